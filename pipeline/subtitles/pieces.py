"""What of a subtitle is never broken, and how well it reads where a line or a cue may end.

English (Netflix, TED): after punctuation, before a conjunction or preposition, never after an article. Chinese: at
punctuation or a pause, between words, never before a closing mark or a particle. In both: not inside a number, a formula,
a name, or a short bracket.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

from pipeline.text.lazily import lazily

TAG = re.compile(r"<[^<>]*>|\{[^{}]*\}")
_ENGLISH_WORD = re.compile(r"(?:<[^<>]*>|\{[^{}]*\}|\S)+")
_CHINESE_PIECE = re.compile(r"(?:<[^<>]*>|\{[^{}]*\})+|\s+|[^\s<{]+|[<{]")

# What it costs to break after a full stop, another mark, 、; at a blank between Chinese characters; between words.
_STOP, _MARK, _LIST_MARK, _PAUSE, _WORD = -0.3, 0.0, 0.5, 0.0, 1.0
_BEFORE_CLAUSE, _AFTER_WEAK, _PARTICLE, _TOGETHER, _BRACKET = -0.4, 1.2, 2.0, 1.5, 1.0
_JOINED = 2  # to any word, as a number is; a name is half so: to another name
_KNOWN_WORDS = 4_096  # of which it is remembered where they may stand: most of a talk says the same few again
_SHORT_BRACKET = 24  # characters up to which what stands in brackets or quotes is kept together

_NO_LINE_END = frozenset(
    "a an the my your his her its our their this that these those some any no every each of in on at to for from with by"
    " about into onto over under between through during without than as and or but nor so if because when while where which"
    " who whom whose whether is are was were be been being am do does did has have had can could will would shall should may"
    " might must i you he she it we they there not very too dr mr mrs ms prof st vs let's i'm you're we're they're it's that's"
    " don't doesn't isn't aren't can't won't".split()
)
_LINE_START = frozenset(
    "and or but so because if when while where which who that than as of in on at to for from with by about into before after"
    " until unless although though".split()
)
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "st", "vs", "eg", "ie", "cf", "fig", "no"})
_NO_LETTER = re.compile(r"[^\w']")
_ENGLISH_MARK = re.compile(r"""[,;:.!?…—–]["'”’)\]]*$""")
_ENGLISH_STOP = re.compile(r"""[.!?]["'”’)\]]*$""")
_OPERATORS = frozenset("= + - − × * / < > ≤ ≥ ≈ ÷ ± → ≠".split())
_PAIRS = {
    "(": ")",
    "[": "]",
    "“": "”",
    "‘": "’",
    "（": "）",
    "【": "】",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
}
_OPENED = re.compile(f"[{re.escape(''.join(_PAIRS))}]")
_CLOSING = {close: opening for opening, close in _PAIRS.items()}

_NEVER_FIRST = frozenset("，。、；：？！）】》〉」』”’…—·～~%％‰℃°,.;:?!)]}>")
_CLOSING_MARKS = frozenset("，。、；：？！）】》〉」』")  # not even behind a blank
_NEVER_LAST = frozenset("（【《〈「『“‘([{<#$￥·@第")
_GLUED = frozenset("的了吗呢吧啊呀嘛么们")
_GLUED_WORDS = _GLUED | {"的话", "似的", "之一", "来说", "来讲", "而言"}
_PARTICLES = frozenset("着过地得上下里中内外前后时")
_CHINESE_MARK = frozenset("，。、；：？！…—,.;:?!")
_CHINESE_START = frozenset(
    "但 但是 而 而且 所以 因为 如果 以及 或者 并 并且 那么 然后 不过 因此 于是 虽然 尽管 即使 当 即 也就是 例如 比如 就 才 还 也"
    " 都 从而 使得 只要 只有 除非 无论 同时 其中 由于 为了 通过 直到".split()
)
_CHINESE_WEAK = frozenset(
    "在 把 被 将 对 从 向 和 与 或 及 跟 同 给 为 以 由 于 当 但 而 且 并 因为 如果 所以 而且 但是 以及 或者 并且 那么"
    " 这 那 该 此 每 各 某 一个 这个 那个 一种 这种 那种 两个 每个 一些 这些 那些 几个 很 更 最 太 非常 不 没 没有 是 有"
    " 要 会 能 可以 可 应 应该 必须 想 让 使 令 叫 到 我 你 他 她 它 我们 你们 他们 它们 其 之 所 地 得 也 都 就 才 还 再"
    " 又 已 已经 正在 关于 对于 根据 通过 为了 比 像 如".split()
)
_ATOM = lazily(
    r"\$[^$\s][^$\n]{0,40}\$|\\\([^\n]{1,60}?\\\)|`[^`\n]{1,40}`"
    r"|[^\W\u2e80-\uffff]+(?:(?:[-+*/=^<>≤≥≈×÷.'’&@:_\\~–−]+|,(?=\d{3}(?!\d)))[^\W\u2e80-\uffff]+|\([\w+*/, -]{0,12}\))*"
    r"(?:\+\+|#)?"
)
_NO_ATOM = lazily(r"[\u2e80-\u3028\u302e-\u3098\u309b-\ufdff\ufe10-\uffff“”‘’…—·]+")
# What is one letter or picture with the character before it: accents, forms and skins, what a joiner joins, flags.
_OF_ONE_SIGN = lazily(
    r"[\u0300-\u036f\u200d\u20d0-\u20ff\u302a-\u302d\u3099\u309a\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    r"|(?<=\u200d).|(?<=[\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff]"
)
_PRINTED_ASCII = re.compile(r"[!-~]")
_LONGEST = 1000  # characters that stay together: a longer row is rubble, and joining it takes the square of its length


class Pieces(NamedTuple):
    """What of a text is never broken, each with the blank before it, and what breaks cost before a range of them.

    Costs are reckoned when they are asked for: of most texts few breaks come into question, and none before the first.
    """

    woven: Sequence[str]  # a blank, a piece, a blank, a piece …
    costs: Callable[[range], Sequence[float]]

    @property
    def number(self) -> int:
        """How many pieces there are."""
        return len(self.woven) // 2

    @property
    def texts(self) -> Sequence[str]:
        """The pieces without blanks."""
        return self.woven[1::2]

    def said(self, start: int, end: int) -> str:
        """The text from one place to another, without the blank before it."""
        return "".join(self.woven[2 * start + 1 : 2 * end])


# --- English


def english_pieces(text: str) -> Pieces:
    """The words of an English text."""
    if "<" in text or "{" in text:
        words = _ENGLISH_WORD.findall(text)
        bare = [TAG.sub("", word) for word in words]
    else:
        words = bare = text.split()
    woven = [" "] * (2 * len(words))
    woven[1::2] = words
    inside = _bracketed(bare, [len(word) + 1 for word in bare]) if _OPENED.search(text) else []
    return Pieces(woven, partial(_english_costs, bare, inside))


def _english_costs(words: Sequence[str], inside: Sequence[bool], places: range) -> list[float]:
    lasts = map(_as_last, words[places.start - 1 : places.stop - 1])
    firsts = map(_as_first, words[places.start : places.stop])
    costs = [
        (cost + weak + _TOGETHER if joint + next_joint >= _JOINED else cost + weak) if mark is None else mark
        for (mark, weak, joint), (cost, next_joint) in zip(lasts, firsts, strict=True)
    ]
    return _with_brackets(costs, inside, places) if inside else costs


@lru_cache(_KNOWN_WORDS)
def _as_last(word: str) -> tuple[float | None, float, int]:
    """What a break after a word costs for its mark alone; if it has none, how much more, and how it is joined."""
    core = _core(word)
    if _ENGLISH_MARK.search(word) and core not in _TITLES and (len(core) > 1 or word[-1] != "."):
        return _STOP if _ENGLISH_STOP.search(word) else _MARK, 0.0, 0
    is_weak = core in _NO_LINE_END
    is_joined = word in _OPERATORS or core[-1:].isdigit()
    return None, _AFTER_WEAK if is_weak else 0.0, _JOINED if is_joined else word[:1].isupper() and not is_weak


@lru_cache(_KNOWN_WORDS)
def _as_first(word: str) -> tuple[float, int]:
    """What a break before a word costs, and how it is joined to the one before."""
    core = _core(word)
    is_joined = word in _OPERATORS or core[:1].isdigit()
    return _WORD + _BEFORE_CLAUSE * (core in _LINE_START), _JOINED if is_joined else word[:1].isupper()


def _core(word: str) -> str:
    """The letters and digits of a word, in lower case."""
    return word.lower() if word.isalnum() else _NO_LETTER.sub("", word.replace("’", "'")).lower()


def _bracketed(words: Sequence[str], widths: Sequence[int]) -> list[bool]:
    """Whether a break before each word is inside a short pair of brackets or quotes."""
    inside = [False] * len(words)
    opened: list[tuple[str, int]] = []
    for place, word in enumerate(words):
        for character in word:
            if character in _PAIRS:
                opened.append((character, place))
            elif opened and _CLOSING.get(character) == opened[-1][0]:
                start = opened.pop()[1]
                if sum(widths[start : min(place, start + _SHORT_BRACKET) + 1]) <= _SHORT_BRACKET:
                    inside[start + 1 : place + 1] = [True] * (place - start)
    return inside


def _with_brackets(costs: Sequence[float], inside: Sequence[bool], places: range) -> list[float]:
    return [cost + _BRACKET if inside[place] else cost for cost, place in zip(costs, places, strict=True)]


# --- Chinese


def chinese_pieces(text: str) -> Pieces:
    """The words of a Chinese text, each with the marks that stay with it."""
    woven: list[str] = []
    beside: list[tuple[str, str, str]] = []  # the words before and after each break, and the blank between them
    is_glued = _is_glued_to_tags if "<" in text or "{" in text or len(text) > _LONGEST else _is_glued
    last = blank = ""
    for part in _CHINESE_PIECE.findall(text):
        if part.isspace():
            stopped = last[-1:] in _CHINESE_MARK
            blank = part if "\n" not in part else "" if stopped else " "
            continue
        for word in _words(part):
            if woven and is_glued(woven[-1], blank, word):
                woven[-1] += blank + word
            else:
                woven += (blank, word)
                beside.append((last, blank, word))
            if word[0] not in "<{" or not _is_tag(word):
                last = word
            blank = ""
    pieces = woven[1::2]
    inside = _bracketed(pieces, [2 * len(piece) for piece in pieces]) if _OPENED.search(text) else []
    return Pieces(woven, partial(_chinese_costs, beside, inside))


def _is_tag(word: str) -> bool:
    return word[0] in "<{" and TAG.match(word) is not None


def _is_glued(before: str, blank: str, word: str) -> bool:
    """Whether a line may not be broken between two pieces, neither of them a tag."""
    if blank:
        return word[0] in _CLOSING_MARKS or word in _GLUED
    return word[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST or word in _GLUED_WORDS


def _is_glued_to_tags(before: str, blank: str, word: str) -> bool:
    """The same where either may be a tag, or hold some."""
    if len(before) > _LONGEST:
        return word.startswith("</")
    if not blank and _is_tag(word):
        return word.startswith("</")
    bare = TAG.sub("", before) if "<" in before or "{" in before else before
    return (not bare and not blank) or _is_glued(bare, blank, word)


def _chinese_costs(beside: Sequence[tuple[str, str, str]], inside: Sequence[bool], places: range) -> list[float]:
    costs = [_chinese_cost(*words) for words in beside[places.start : places.stop]]
    return _with_brackets(costs, inside, places) if inside else costs


def _chinese_cost(before: str, blank: str, word: str) -> float:
    end = before[-1:]
    if end in _CHINESE_MARK:
        return _STOP if end in "。？！" else _LIST_MARK if end == "、" else _MARK
    is_after_latin, is_latin = end < "⺀", word[:1] < "⺀"
    if blank and not (is_after_latin or is_latin):
        return _PAUSE
    cost = _WORD + _TOGETHER if (is_after_latin and is_latin) or end.isdigit() else _WORD
    if word in _PARTICLES:
        cost += _PARTICLE
    if word in _CHINESE_START:
        cost += _BEFORE_CLAUSE
    return cost + _AFTER_WEAK if before in _CHINESE_WEAK else cost


def _words(text: str) -> Sequence[str]:
    """The words of a text without blanks, atoms and tags whole; its characters where no segmenter is installed."""
    if len(text) == 1 or _is_tag(text) or (text.isascii() and text.isalnum()):
        return (text,)
    cut = _segmenter()
    words = cut(text) if cut else list(text)
    if _NO_ATOM.fullmatch(text) or (
        text.isalpha() and text[0] > "⺀" and text[-1] > "⺀" and not _PRINTED_ASCII.search(text)
    ):
        return words
    kept = {place for atom in _ATOM.finditer(text) for place in range(atom.start() + 1, atom.end())}
    if not text.isascii():
        kept.update(match.start() for match in _OF_ONE_SIGN.finditer(text))
    if not kept:
        return words
    ends = [place for place in accumulate(map(len, words)) if place not in kept]
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@cache
def _segmenter() -> Callable[[str], list[str]] | None:
    try:
        from rjieba import cut  # 50 ms and 5 MB, needed only where a Chinese text is too long
    except ImportError:
        return None
    segment: Callable[[str], list[str]] = cut
    return segment
