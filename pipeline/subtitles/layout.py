"""Subtitle text in lines: where a reader of English or of Chinese expects a line to end.

English (Netflix, TED): at most 42 characters; after punctuation, before a conjunction or preposition, never after an
article. Chinese: at most 16 full-width characters, half-width ones counting half; at punctuation or a blank, between words,
never before a closing mark or a particle.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from pipeline.subtitles.limits import Limits
from pipeline.subtitles.pieces import TAG, Piece, chinese_pieces, english_pieces

ENGLISH_WIDTH, CHINESE_WIDTH = 42, 16
_DIALOGUE = re.compile(r"\n(?=\s*[-–—]\s?\S)")

# not ".": it may belong to a number, and three are an ellipsis; not the only mark of a line
_FINAL_STOP = re.compile(r"(?<=[^\s，。])[，。]+(?=(?:</[^<>\n]*>|[ \t])*$)", re.MULTILINE)

_FULL_WIDTH = re.compile("[\u2e81-\U0010ffff“”‘’…—·]+")

_LONGEST = 5_000  # a text of more characters is no subtitle, and stays as it is: nobody could read its lines

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


def english_lines_needed(limits: Limits, text: str) -> int:
    """How many lines `english_within` makes of a text, sooner told than made: each takes what fits.

    >>> english_lines_needed(Limits(), "and picking names at random would waste most of the calls.")
    2
    """
    limit, given = limits.english_width, text.count("\n") + 1
    if "<" in text or "{" in text or len(text) > _LONGEST:
        return english_within(limits, text).count("\n") + 1
    if given <= 2 and all(len(line) <= limit for line in text.split("\n")):
        return given
    return sum(_words_fill(" ".join(part.split()), limit) for part in _DIALOGUE.split(text))


def _words_fill(text: str, limit: float) -> int:
    """How many lines words with one blank between them need; one that is too wide has its own."""
    count, start = 1, 0
    while len(text) - start > limit:
        end = text.rfind(" ", start, start + int(limit) + 1)
        if end < 0:
            end = text.find(" ", start)
            if end < 0:
                break
        count, start = count + 1, end + 1
    return count


def without_final_stops(text: str) -> str:
    """Chinese text whose lines do not end with a comma or a full stop, as in lecture tracks; quotes, ？ and ！ stay.

    >>> without_final_stops("我们先看风险，\\n再看“模型。”")
    '我们先看风险\\n再看“模型。”'
    """
    return _FINAL_STOP.sub("", text)


def english_width(text: str) -> float:
    """The width of a line in English characters: tags count nothing."""
    return float(len(_without_tags(text)))


def width(text: str) -> float:
    """The width of a line in Chinese characters: half-width characters count half, tags nothing."""
    bare = _without_tags(text)
    return len(bare) / 2 if bare.isascii() else (len(bare) + sum(map(len, _FULL_WIDTH.findall(bare)))) / 2


def _without_tags(text: str) -> str:
    return TAG.sub("", text) if "<" in text or "{" in text else text


def _laid_out(text: str, limit: float, pieces: Callable[[str], list[Piece]]) -> str:
    measure = width if pieces is chinese_pieces else english_width
    if len(text) > _LONGEST or (text.count("\n") < 2 and all(measure(line) <= limit for line in text.split("\n"))):
        return text
    return "\n".join(_broken(pieces(part), limit, measure) for part in _DIALOGUE.split(text))


def _broken(pieces: Sequence[Piece], limit: float, measure: Callable[[str], float]) -> str:
    """The pieces in lines: first none too wide, then few of them, then broken where it reads well."""
    widths = [measure(piece.text) for piece in pieces]
    blanks = [measure(piece.blank) for piece in pieces]
    total = sum(widths) + sum(blanks[1:])
    ends = _halved(pieces, widths, blanks, limit) if limit < total <= 2 * limit else []
    return "\n".join(_lines(pieces, ends or _ends(pieces, widths, blanks, limit)))


def _unused(line: float, limit: float) -> float:
    """What it costs that a line is shorter than it may be."""
    slack = 2 * (1 - line / limit)
    return _HALF_FULL * slack * slack if slack > 0 else 0.0


def _halved(pieces: Sequence[Piece], widths: Sequence[float], blanks: Sequence[float], limit: float) -> list[int]:
    """Where each of two lines ends, as in most subtitles; nothing where two are too few."""
    total = sum(widths) + sum(blanks[1:])
    best, end, line = math.inf, 0, -blanks[0]
    for place, piece in enumerate(pieces):
        rest = total - line - blanks[place]
        if place and line <= limit and rest <= limit:
            cost = _unused(line, limit) + _unused(rest, limit) + piece.cost
            best, end = (cost, place) if cost < best else (best, end)
        line += blanks[place] + widths[place]
        if line > limit:
            break
    return [end, len(pieces)] if end else []


def _ends(pieces: Sequence[Piece], widths: Sequence[float], blanks: Sequence[float], limit: float) -> list[int]:
    """Where each line ends, by dynamic programming over what the lines so far are too wide by, their number and cost."""
    ways: list[tuple[float, int, float]] = [(0.0, 0, 0.0)]
    starts = [0]
    for end in range(1, len(pieces) + 1):
        line, best, chosen = 0.0, (math.inf, 0, 0.0), 0
        for start in range(end - 1, -1, -1):
            line += widths[start] + (blanks[start + 1] if start + 1 < end else 0.0)
            over = max(0.0, line - limit)
            if over and start < end - 1:
                break
            before = ways[start]
            cost = before[2] + _unused(line, limit) + (pieces[start].cost if start else 0.0)
            way = (before[0] + over, before[1] + 1, cost)
            best, chosen = (way, start) if way <= best else (best, chosen)
        ways.append(best)
        starts.append(chosen)
    ends = [len(pieces)] if pieces else []
    while ends and starts[ends[-1]]:
        ends.append(starts[ends[-1]])
    return ends[::-1]


def _lines(pieces: Sequence[Piece], ends: Sequence[int]) -> list[str]:
    return [
        pieces[start].text + "".join([piece.blank + piece.text for piece in pieces[start + 1 : end]])
        for start, end in zip([0, *ends], ends, strict=False)
    ]
