"""What of a subtitle is never broken, and how well it reads where a line or a cue may end.

English (Netflix, TED): after punctuation, before a conjunction or preposition, never after an article. Chinese: at
punctuation or a pause, between words, never before a closing mark or a particle. In both: not inside a number, a formula,
a name, or a short bracket.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.text.lazily import lazily

TAG = re.compile(r"<[^<>]*>|\{[^{}]*\}")
_ENGLISH_WORD = re.compile(r"(?:<[^<>]*>|\{[^{}]*\}|\S)+")
_CHINESE_PIECE = re.compile(r"(?:<[^<>]*>|\{[^{}]*\})+|\s+|[^\s<{]+|[<{]")

# What it costs to break after a full stop, another mark, 、; at a blank between Chinese characters; between words.
_STOP, _MARK, _LIST_MARK, _PAUSE, _WORD = -0.3, 0.0, 0.5, 0.0, 1.0
_BEFORE_CLAUSE, _AFTER_WEAK, _PARTICLE, _TOGETHER, _BRACKET = -0.4, 1.2, 2.0, 1.5, 1.0
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
_OPENING = frozenset(_PAIRS)
_CLOSING = {close: opening for opening, close in _PAIRS.items()}

_NEVER_FIRST = frozenset("，。、；：？！）】》〉」』”’…—·～~%％‰℃°,.;:?!)]}>")
_CLOSING_MARKS = frozenset("，。、；：？！）】》〉」』")  # not even behind a blank
_NEVER_LAST = frozenset("（【《〈「『“‘([{<#$￥·@第")
_GLUED = frozenset("的了吗呢吧啊呀嘛么们")
_GLUED_WORDS = frozenset({"的话", "似的", "之一", "来说", "来讲", "而言"})
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
_LONGEST = 1000  # characters that stay together: a longer row is rubble, and joining it takes the square of its length


class Piece(NamedTuple):
    """What is never broken, with the blank before it and what a break before it costs."""

    text: str
    blank: str
    cost: float


# --- English


def english_pieces(text: str) -> list[Piece]:
    """The words of an English text."""
    words = _ENGLISH_WORD.findall(text)
    if not words:
        return []
    bare = [TAG.sub("", word) if "<" in word or "{" in word else word for word in words]
    inside = _bracketed(bare, [len(word) + 1 for word in bare])
    costs = [0.0, *map(_english_cost, pairwise(bare), pairwise(map(_core, bare)))]
    return [Piece(word, " ", cost + _BRACKET * kept) for word, cost, kept in zip(words, costs, inside, strict=True)]


def _core(word: str) -> str:
    """The letters and digits of a word, in lower case."""
    return word.lower() if word.isalnum() else _NO_LETTER.sub("", word.replace("’", "'")).lower()


def _english_cost(words: tuple[str, str], cores: tuple[str, str]) -> float:
    """What a break between two words costs; ``cores`` are their letters and digits."""
    (before, after), (last, first) = words, cores
    if (
        not before.isalnum()
        and _ENGLISH_MARK.search(before)
        and last not in _TITLES
        and (len(last) > 1 or before[-1] != ".")
    ):
        return _STOP if _ENGLISH_STOP.search(before) else _MARK
    cost = _WORD
    if first in _LINE_START:
        cost += _BEFORE_CLAUSE
    if last in _NO_LINE_END:
        cost += _AFTER_WEAK
    if before in _OPERATORS or after in _OPERATORS or first[:1].isdigit() or last[-1:].isdigit():
        cost += _TOGETHER
    elif before[:1].isupper() and after[:1].isupper() and last not in _NO_LINE_END:
        cost += _TOGETHER  # a name of two words
    return cost


def _bracketed(words: Sequence[str], widths: Sequence[int]) -> list[bool]:
    """Whether a break before each word is inside a short pair of brackets or quotes."""
    inside = [False] * len(words)
    if _OPENING.isdisjoint("".join(words)):
        return inside
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


# --- Chinese


def chinese_pieces(text: str) -> list[Piece]:
    """The words of a Chinese text, each with the marks that stay with it."""
    pieces: list[Piece] = []
    last = blank = ""
    for word in _chinese_words(text):
        if word.isspace():
            stopped = last[-1:] in _CHINESE_MARK
            blank = word if "\n" not in word else "" if stopped else " "
            continue
        if pieces and _is_glued(pieces[-1].text, blank, word):
            pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + blank + word)
        else:
            pieces.append(Piece(word, blank, _chinese_cost(last, blank, word) if pieces else 0.0))
        if not TAG.match(word):
            last = word
        blank = ""
    inside = _bracketed([piece.text for piece in pieces], [2 * len(piece.text) for piece in pieces])
    return [
        piece._replace(cost=piece.cost + _BRACKET) if kept else piece
        for piece, kept in zip(pieces, inside, strict=True)
    ]


def _is_glued(before: str, blank: str, word: str) -> bool:
    """Whether a line may not be broken between two pieces."""
    if len(before) > _LONGEST:
        return word.startswith("</")
    if blank:
        return word[0] in _CLOSING_MARKS or word in _GLUED
    if TAG.match(word):
        return word.startswith("</")
    bare = TAG.sub("", before) if "<" in before or "{" in before else before
    if not bare:
        return True
    return word[0] in _NEVER_FIRST or bare[-1] in _NEVER_LAST or word in _GLUED or word in _GLUED_WORDS


def _chinese_cost(before: str, blank: str, word: str) -> float:
    if before[-1:] in _CHINESE_MARK:
        return _STOP if before[-1:] in "。？！" else _LIST_MARK if before[-1:] == "、" else _MARK
    is_latin = before[-1:] < "⺀", word[:1] < "⺀"
    if blank and not any(is_latin):
        return _PAUSE
    cost = _WORD + _TOGETHER * (all(is_latin) or before[-1:].isdigit())
    if len(word) == 1 and word in _PARTICLES:
        cost += _PARTICLE
    if word in _CHINESE_START:
        cost += _BEFORE_CLAUSE
    return cost + _AFTER_WEAK * (before in _CHINESE_WEAK)


def _chinese_words(text: str) -> Iterator[str]:
    """The words, blanks, numbers and tags of a text, one after the other."""
    for part in _CHINESE_PIECE.findall(text):
        if len(part) == 1 or part.isspace() or TAG.match(part):
            yield part
        else:
            yield from _words(part)


def _words(text: str) -> Iterator[str]:
    """The words of a text without blanks, atoms whole; its characters where no segmenter is installed."""
    cut = _segmenter()
    words = cut(text) if cut else list(text)
    if text.isalpha() and text[0] > "⺀" and text[-1] > "⺀" and not re.search(r"[!-~]", text):
        yield from words
        return
    kept = {place for atom in _ATOM.finditer(text) for place in range(atom.start() + 1, atom.end())}
    start = place = 0
    for word in words:
        place += len(word)
        if place not in kept:
            yield text[start:place]
            start = place


@cache
def _segmenter() -> Callable[[str], list[str]] | None:
    try:
        from rjieba import cut  # 50 ms and 5 MB, needed only where a Chinese text is too long
    except ImportError:
        return None
    segment: Callable[[str], list[str]] = cut
    return segment
