"""Subtitle text in lines: where a reader of English or of Chinese expects a line to end.

English (Netflix, TED): at most 42 characters; after punctuation, before a conjunction or preposition, never after an
article. Chinese: at most 16 full-width characters, half-width ones counting half; at punctuation or a blank, between words,
never before a closing mark or a particle.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import add

from pipeline.subtitles.limits import Limits
from pipeline.subtitles.pieces import TAG, Pieces, chinese_pieces, english_pieces
from pipeline.text.lazily import lazily

ENGLISH_WIDTH, CHINESE_WIDTH = 42, 16
_DIALOGUE = re.compile(r"\n(?=\s*[-–—]\s?\S)")

# not ".": it may belong to a number, and three are an ellipsis; not the only mark of a line
_FINAL_STOP = re.compile(r"(?<=[^\s，。])[，。]+(?=(?:</[^<>\n]*>|[ \t])*$)", re.MULTILINE)

_FULL_WIDTH = lazily("[\u2e81-\U0010ffff“”‘’…—·]+")

Measure = Callable[[Sequence[str]], Sequence[int]]  # the columns of each text
_Way = tuple[int, float, float]  # the column where a line may start, what the lines before it cost, and that break

_LONGEST = 5_000  # a text of more characters is no subtitle, and stays as it is: nobody could read its lines

_HALF_FULL = 1.0  # what a line of half its width costs, squared


def english_lines(text: str, limit: float = ENGLISH_WIDTH) -> str:
    """English text broken into as few lines as 42 characters allow; text that fits already stays as it is.

    >>> english_lines("and picking names at random would waste most of the calls.")
    'and picking names at random\\nwould waste most of the calls.'
    """
    if _fits(text, limit, english_width):
        return text
    return "\n".join([_broken(english_pieces(part), limit, english_columns) for part in _parts(text)])


def chinese_lines(text: str, limit: float = CHINESE_WIDTH) -> str:
    """Chinese text broken into as few lines as 16 full-width characters allow; text that fits already stays as it is.

    >>> chinese_lines("这就是风险分层 按坏事发生的可能性给人群排序")
    '这就是风险分层\\n按坏事发生的可能性给人群排序'
    """
    if _fits(text, limit, width):
        return text
    return "\n".join([_broken(chinese_pieces(part), 2 * limit, chinese_columns) for part in _parts(text)])


def english_within(limits: Limits, text: str) -> str:
    """English text in lines that fit."""
    return english_lines(text, limits.english_width)


def chinese_within(limits: Limits, text: str) -> str:
    """Chinese text in lines that fit, without final stops where they are not wanted."""
    lines = chinese_lines(text, limits.chinese_width)
    return lines if limits.final_stops else without_final_stops(lines)


def english_shown(limits: Limits, text: str) -> str:
    """English text of a track as another shows it: in lines that fit, or in its own."""
    return english_within(limits, text) if limits.wrap else text


def chinese_shown(limits: Limits, text: str) -> str:
    """Chinese text of a track as another shows it, without final stops where they are not wanted."""
    if limits.wrap:
        return chinese_within(limits, text)
    return text if limits.final_stops else without_final_stops(text)


def english_lines_needed(limits: Limits, text: str) -> int:
    """How many lines `english_within` makes of a text, sooner told than made: each takes what fits.

    >>> english_lines_needed(Limits(), "and picking names at random would waste most of the calls.")
    2
    """
    limit, given = limits.english_width, text.count("\n") + 1
    if _has_tags(text) or len(text) > _LONGEST:
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
    return _columns(text) / 2


def _columns(text: str) -> int:
    """The width of a line in half-width characters."""
    bare = _without_tags(text)
    return len(bare) if bare.isascii() else len(bare) + sum(map(len, _FULL_WIDTH.findall(bare)))


def english_columns(texts: Sequence[str]) -> list[int]:
    """The width of each text in characters, as `english_width` has it, of all at once."""
    return [len(_without_tags(text)) for text in texts] if _has_tags("".join(texts)) else list(map(len, texts))


def chinese_columns(texts: Sequence[str]) -> list[int]:
    """The width of each text in half-width characters: twice what `width` has, of all at once."""
    whole, full = "".join(texts), _FULL_WIDTH.fullmatch
    if full(whole):
        return [2 * len(text) for text in texts]
    if _has_tags(whole):
        return list(map(_columns, texts))
    return [len(text) if text.isascii() else 2 * len(text) if full(text) else _columns(text) for text in texts]


def _has_tags(text: str) -> bool:
    return "<" in text or "{" in text


def _without_tags(text: str) -> str:
    return TAG.sub("", text) if _has_tags(text) else text


def _fits(text: str, limit: float, measure: Callable[[str], float]) -> bool:
    """Whether a text stays as it is; no line is wider than it has characters."""
    if len(text) > _LONGEST:
        return True
    if "\n" not in text:
        return len(text) <= limit or measure(text) <= limit
    return text.count("\n") < 2 and all(len(line) <= limit or measure(line) <= limit for line in text.split("\n"))


def _parts(text: str) -> Sequence[str]:
    """What each speaker of a text says."""
    return _DIALOGUE.split(text) if "\n" in text else (text,)


def _broken(pieces: Pieces, limit: float, measure: Measure) -> str:
    """The pieces in lines: first none too wide, then few of them, then broken where it reads well."""
    if not pieces.woven:
        return ""
    edges = list(accumulate(measure(pieces.woven)))  # the columns where each piece starts and stops
    places = _breaks(edges[::2], edges[1::2], limit, pieces.costs)
    return "\n".join([pieces.said(start, end) for start, end in pairwise([0, *places, pieces.number])])


def _breaks(
    starts: Sequence[int], stops: Sequence[int], limit: float, costs: Callable[[range], Sequence[float]]
) -> list[int]:
    """The places where each line but the first starts, by dynamic programming over the few where it can."""
    unused = _unused(limit)
    room = len(unused) - 2
    windows = _windows(starts, stops, room)
    if all(len(window) == 1 for window in windows):
        return [window[0] for window in windows]
    if len(windows) == 1:  # as in most subtitles; both lines fit, wherever the break is
        window, first, last = windows[0], starts[0], stops[-1]
        lengths = [unused[stops[end - 1] - first] + unused[last - starts[end]] for end in window]
        whole = list(map(add, lengths, costs(window)))
        return [window[whole.index(min(whole))]]
    window, lines = windows[0], []
    so_far = [unused[min(room + 1, stops[end - 1] - starts[0])] for end in window]
    for ends in [*windows[1:], range(len(starts), len(starts) + 1)]:
        ways = list(zip(starts[window.start : window.stop], so_far, costs(window), strict=True))
        best = [_best(ways, stops[end - 1], unused) for end in ends]
        lines.append((window.start, ends.start, best))
        so_far, window = [cost for cost, _ in best], ends
    places = [len(starts)]
    for first, first_end, best in reversed(lines):
        places.append(first + best[places[-1] - first_end][1])
    return places[:0:-1]


def _best(ways: Sequence[_Way], stop: int, unused: Sequence[float]) -> tuple[float, int]:
    """What the best lines up to a column cost, and which of the ways goes before the last: the first of equals."""
    widest = stop - len(unused) + 2
    best, chosen = math.inf, -1
    for place, (start, so_far, cost) in enumerate(ways):
        if start >= widest:
            total = so_far + unused[stop - start] + cost
            if total < best:
                best, chosen = total, place
    if chosen < 0:  # a piece that is too wide by itself
        return ways[-1][1] + ways[-1][2], len(ways) - 1
    return best, chosen


def _windows(starts: Sequence[int], stops: Sequence[int], room: int) -> list[range]:
    """Where each line but the first can start for as few lines as possible; a piece that is too wide has its own."""
    count = len(starts)
    last, first = bisect_right(stops, starts[0] + room), bisect_left(starts, stops[-1] - room)
    if 0 < first <= last < count:  # two lines, as in most subtitles
        return [range(first, last + 1)]
    latest, place = [], 0
    while place < count:
        place = max(place + 1, bisect_right(stops, starts[place] + room, place))
        latest.append(place)
    earliest, place = [], count
    while place:
        place = min(place - 1, bisect_left(starts, stops[place - 1] - room, 0, place))
        earliest.append(place)
    return [range(first, last + 1) for first, last in zip(earliest[-2::-1], latest[:-1], strict=True)]


@lru_cache(maxsize=16)
def _unused(limit: float) -> Sequence[float]:
    """What it costs that a line is shorter than it may be, by its width; the last stands for any that is too wide."""
    slacks = [2 * (1 - line / limit) for line in range(math.floor(min(limit, 2 * _LONGEST)) + 1)]
    return [*(_HALF_FULL * slack * slack for slack in slacks), 0.0]
