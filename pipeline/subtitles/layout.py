"""Subtitle text in lines: where a reader of English or of Chinese expects a line to end.

English (Netflix, TED): at most 42 characters; after punctuation, before a conjunction or preposition, never after an
article. Chinese: at most 16 full-width characters, half-width ones counting half; at punctuation or a blank, between words,
never before a closing mark or a particle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.subtitles.limits import Limits
from pipeline.subtitles.pieces import TAG, Piece, chinese_pieces, english_pieces

ENGLISH_WIDTH, CHINESE_WIDTH = 42, 16
_DIALOGUE = re.compile(r"\n(?=\s*[-–—]\s?\S)")

# not ".": it may belong to a number, and three are an ellipsis; not the only mark of a line
_FINAL_STOP = re.compile(r"(?<=[^\s，。])[，。]+(?=(?:</[^<>\n]*>|[ \t])*$)", re.MULTILINE)

_HALF_FULL = 1.0  # what a line of half its width costs, squared


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


def english_within(limits: Limits, text: str) -> str:
    """English text in lines that fit."""
    return english_lines(text, limits.english_width)


def chinese_within(limits: Limits, text: str) -> str:
    """Chinese text in lines that fit, without final stops where they are not wanted."""
    lines = chinese_lines(text, limits.chinese_width)
    return lines if limits.final_stops else without_final_stops(lines)


def without_final_stops(text: str) -> str:
    """Chinese text whose lines do not end with a comma or a full stop, as in lecture tracks; quotes, ？ and ！ stay.

    >>> without_final_stops("我们先看风险，\\n再看“模型。”")
    '我们先看风险\\n再看“模型。”'
    """
    return _FINAL_STOP.sub("", text)


def english_width(text: str) -> float:
    """The width of a line in English characters: tags count nothing."""
    return float(len(TAG.sub("", text)))


def width(text: str) -> float:
    """The width of a line in Chinese characters: half-width characters count half, tags nothing."""
    return sum(1.0 if character > "⺀" or character in "“”‘’…—·" else 0.5 for character in TAG.sub("", text))


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
