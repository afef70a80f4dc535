"""Where a pair of English and Chinese cues is cut into events that read best."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import inf
from operator import add

from pipeline.model import Cue
from pipeline.subtitles.layout import width
from pipeline.subtitles.limits import Limits

# What a way to cut a pair into events costs: each event; more than one line of either language; each line and each second
# more than there may be; a cut at which the languages change so far apart.
_EVENT, _SECOND_LINE, _FURTHER_LINE, _SECOND, _MISMATCH_MS = 0.6, 0.4, 3.0, 0.5, 1_000

# what the cheapest way to have an event end somewhere costs, and where that event starts
_Way = tuple[float, tuple[int, int]]
_NO_WAY: _Way = (inf, (0, 0))


def cuts(en: Sequence[Cue], zh: Sequence[Cue], limits: Limits) -> list[tuple[int, int]]:
    """Where the events of a pair end, English and Chinese, by dynamic programming; each event has both languages."""
    last, final = len(en), len(zh)
    if last == 1 or final == 1:
        return [(last, final)]
    english = _english(en, limits)
    halves = [int(2 * width(cue.text)) + 1 for cue in zh]  # half-width characters
    chinese = _costs(halves, int(2 * limits.chinese_width), limits.lines)
    changes, turns = _changes(en), _changes(zh)
    ways: list[list[_Way]] = [[]]  # by the end of their last event in English and in Chinese, each less one
    for i in range(1, last):
        ways.append([_NO_WAY])
        for j in range(1, final):
            cost, start = _cheapest(ways, english[i], chinese[j])
            ways[i].append((cost + abs(changes[i] - turns[j]) / _MISMATCH_MS, start))
    ends, start = [(last, final)], _cheapest(ways, english[last], chinese[final])[1]
    while start != (0, 0):
        ends.append(start)
        start = ways[start[0]][start[1]][1]
    return ends[::-1]


def _cheapest(ways: Sequence[Sequence[_Way]], english: Sequence[float], chinese: Sequence[float]) -> _Way:
    """The cheapest way to end an event whose languages cost this by where they start."""
    cost, start = english[0] + chinese[0], (0, 0)
    for i in range(1, len(english)):
        row, own = ways[i], english[i]
        for j in range(1, len(chinese)):
            way = row[j][0] + (own + chinese[j])
            if way < cost:
                cost, start = way, (i, j)
    return cost, start


def _english(en: Sequence[Cue], limits: Limits) -> list[list[float]]:
    """What each run of English cues costs as an event of its own, by its end and its start."""
    costs = _costs([len(cue.text) + 1 for cue in en], int(limits.english_width), limits.lines, _EVENT)
    starts = [cue.start_ms for cue in en]
    for end, cue in enumerate(en, 1):
        latest = cue.end_ms - limits.longest
        if latest > starts[0]:  # the first run is the longest
            over = [_SECOND * max(0, latest - start) / 1_000 for start in starts[:end]]
            costs[end] = list(map(add, costs[end], over))
    return costs


def _costs(sizes: Sequence[int], limit: int, lines: int, event: float = 0.0) -> list[list[float]]:
    """What the lines of each run of cues cost, by its end and its start, and an event.

    ``sizes`` are how wide the cues are with a blank of 1 behind them, in the same unit as ``limit``.
    """
    before = [0, *accumulate(sizes)]
    further = range(2 - lines, 2 - lines + before[-1] // limit)
    of_lines = [event, event, *[event + (_SECOND_LINE + _FURTHER_LINE * max(0, more)) for more in further]]
    return [[of_lines[(size - start - 2) // limit + 1] for start in before[:end]] for end, size in enumerate(before)]


def _changes(cues: Sequence[Cue]) -> list[int]:
    """When the cue before each place gives way to the one at it; nobody asks for the first place, and the end is free."""
    return [0, *[(before.end_ms + after.start_ms) // 2 for before, after in pairwise(cues)], 0]
