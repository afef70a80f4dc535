"""Subtitle text in lines: where a reader of English or of Chinese expects a line to end.

English (Netflix, TED): at most 42 characters; after punctuation, before a conjunction or preposition, never after an
article. Chinese: at most 16 full-width characters, half-width ones counting half; at punctuation or a blank, between words,
never before a closing mark or a particle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

ENGLISH_WIDTH, CHINESE_WIDTH = 42, 16
_TAG = re.compile(r"<[^<>]*>|\{[^{}]*\}")
_ENGLISH_WORD = re.compile(r"(?:<[^<>]*>|\{[^{}]*\}|\S)+")
_CHINESE_PIECE = re.compile(r"(?:<[^<>]*>|\{[^{}]*\})+|\s+|[^\s<{]+|[<{]")
_DIALOGUE = re.compile(r"\n(?=\s*[-–—]\s?\S)")

_FORBIDDEN = 50.0
_HALF_FULL = 1.0  # what a line of half its width costs, squared
_NO_LINE_END = frozenset(
    "a an the my your his her its our their this that these those some any no every each of in on at to for from with by"
    " about into onto over under between through during without than as and or but nor so if because when while where which"
    " who whom whose whether is are was were be been being am do does did has have had can could will would shall should may"
    " might must i you he she it we they there not very too dr mr mrs ms prof st vs".split()
)
_LINE_START = frozenset(
    "and or but so because if when while where which who that than as of in on at to for from with by about into before after"
    " until unless although though".split()
)
_ENGLISH_MARK = re.compile(r"""[,;:.!?…—–]["'”’)\]]*$""")
_NEVER_FIRST = "，。、；：？！）】》〉」』”’…—·～%％,.;:?!)]}>"
_NEVER_LAST = "（【《〈「『“‘([{<#$￥"
_PARTICLES = frozenset("的了吗呢吧啊呀嘛么着过们地得")
_CHINESE_MARK = "，。、；：？！…—,.;:?!"


class Piece(NamedTuple):
    """What is never broken, with the blank before it and what a break before it costs."""

    text: str
    blank: str
    cost: float


def english_lines(text: str, limit: float = ENGLISH_WIDTH) -> str:
    """English text broken into as few lines as 42 characters allow; text that fits already stays as it is.

    >>> english_lines("and picking names at random would waste most of the calls.")
    'and picking names at random\\nwould waste most of the calls.'
    """
    return _laid_out(text, limit, english_pieces)


def chinese_lines(text: str, limit: float = CHINESE_WIDTH) -> str:
    """Chinese text broken into as few lines as 16 full-width characters allow; text that fits already stays as it is.

    >>> chinese_lines("这就是风险分层 按坏事发生的可能性给人群排序")
    '这就是风险分层\\n按坏事发生的可能性给人群排序'
    """
    return _laid_out(text, limit, chinese_pieces)


def english_width(text: str) -> float:
    """The width of a line in English characters: tags count nothing."""
    return float(len(_TAG.sub("", text)))


def width(text: str) -> float:
    """The width of a line in Chinese characters: half-width characters count half, tags nothing."""
    return sum(1.0 if character > "⺀" or character in "“”‘’…—·" else 0.5 for character in _TAG.sub("", text))


def _laid_out(text: str, limit: float, pieces: Callable[[str], list[Piece]]) -> str:
    measure = width if pieces is chinese_pieces else english_width
    if text.count("\n") < 2 and all(measure(line) <= limit for line in text.split("\n")):
        return text
    return "\n".join(_broken(pieces(part), limit, measure) for part in _DIALOGUE.split(text))


class _Way(NamedTuple):
    """The cheapest way to break the text up to a place: too wide by, lines, cost, and where the last line starts."""

    over: float
    lines: int
    cost: float
    start: int


def _broken(pieces: Sequence[Piece], limit: float, measure: Callable[[str], float]) -> str:
    """The pieces in lines: first none too wide, then few of them, then broken where it reads well."""
    widths = [measure(piece.text) for piece in pieces]
    blanks = [measure(piece.blank) for piece in pieces]
    ways = [_Way(0.0, 0, 0.0, 0)]
    for end in range(1, len(pieces) + 1):
        line, best = 0.0, None
        for start in range(end - 1, -1, -1):
            line += widths[start] + (blanks[start + 1] if start + 1 < end else 0.0)
            over = max(0.0, line - limit)
            if over and start < end - 1:
                break
            before = ways[start]
            slack = max(0.0, 1 - line / limit) * 2
            cost = before.cost + _HALF_FULL * slack * slack + (pieces[start].cost if start else 0.0)
            way = _Way(before.over + over, before.lines + 1, cost, start)
            best = min(best, way) if best else way
        ways.append(best or ways[-1])
    return "\n".join(_lines(pieces, ways))


def _lines(pieces: Sequence[Piece], ways: Sequence[_Way]) -> list[str]:
    lines, end = [], len(pieces)
    while end:
        start = ways[end].start
        line = pieces[start].text + "".join(piece.blank + piece.text for piece in pieces[start + 1 : end])
        lines.append(line)
        end = start
    return lines[::-1]


# --- English


def english_pieces(text: str) -> list[Piece]:
    """The words of an English text."""
    words = _ENGLISH_WORD.findall(text)
    return [
        Piece(word, " ", _english_cost(words[place - 1], word) if place else 0.0) for place, word in enumerate(words)
    ]


def _english_cost(before: str, after: str) -> float:
    last, first = (re.sub(r"[^\w']", "", _TAG.sub("", word)).lower() for word in (before, after))
    if _ENGLISH_MARK.search(_TAG.sub("", before)) and last not in {"dr", "mr", "mrs", "ms", "prof", "st", "vs"}:
        return 0.0
    cost = 1.0 - 0.4 * (first in _LINE_START)
    return cost + 1.2 * (last in _NO_LINE_END)


# --- Chinese


def chinese_pieces(text: str) -> list[Piece]:
    """The words of a Chinese text, each with the marks that stay with it."""
    words = [word for part in _CHINESE_PIECE.findall(text) for word in ([part] if _TAG.match(part) else _words(part))]
    pieces: list[Piece] = []
    blank = ""
    for word in words:
        if word.isspace():
            stopped = pieces and pieces[-1].text[-1] in "，。、；：？！"
            blank = word if "\n" not in word else "" if stopped else " "
            continue
        glued = pieces and not blank and _is_glued(pieces[-1].text, word)
        if glued:
            pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + word)
        else:
            pieces.append(Piece(word, blank, _chinese_cost(pieces[-1].text if pieces else "", blank, word)))
        blank = ""
    return pieces


def _is_glued(before: str, word: str) -> bool:
    """Whether a line may not be broken between two pieces that touch."""
    if _TAG.match(word):
        return word.startswith("</")
    bare = _TAG.sub("", before)
    if not bare:
        return True
    joined = bare[-1] < "⺀" and word[0] < "⺀" and bare[-1].isalnum() and word[0].isalnum()
    return joined or word[0] in _NEVER_FIRST or bare[-1] in _NEVER_LAST


def _chinese_cost(before: str, blank: str, word: str) -> float:
    if blank:
        latin = before[-1:] < "⺀" and word[:1] < "⺀"
        return 1.0 if latin else 0.0
    if before[-1:] in _CHINESE_MARK:
        return 0.0
    return 3.0 if word[:1] in _PARTICLES and len(word) == 1 else 1.0


def _words(text: str) -> list[str]:
    """The words of a text without blanks; its characters where no segmenter is installed."""
    if text.isspace():
        return [text]
    cut = _segmenter()
    return cut(text) if cut else re.findall(r"[A-Za-z0-9'’.,_%-]+|.", text, re.DOTALL)


@cache
def _segmenter() -> Callable[[str], list[str]] | None:
    try:
        from rjieba import cut  # 50 ms and 5 MB, needed only where a Chinese line is too long
    except ImportError:
        return None
    segment: Callable[[str], list[str]] = cut
    return segment
