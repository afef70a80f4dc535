"""The Chinese track's clock against the English one: found from when cues start and from what they say.

Every twenty seconds a window of English sentences is laid over the Chinese track at all offsets within reach. Starts
that coincide vote sharply, shared words vote broadly. A path through the best offsets of all windows that changes its
offset seldom is the clock; so tracks that are shifted, drift, or run apart from some place on are followed alike.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, repeat
from operator import sub
from statistics import fmean, median
from typing import NamedTuple

from pipeline.align.track_sides import ChineseCues, Sentences

_BIN_MS = 200
_STEP_MS, _HALF_MS = 20_000, 20_000  # windows overlap by half
_NEAR_MS, _REACH_MS, _FIRST_REACH_MS = 12_000, 90_000, 600_000
_STARTS, _TEXTS = 1, 15  # how many bins to either side a vote for starts, and one for shared words, is spread
_STARTS_SHARE = 0.5  # what coinciding starts count beside shared words
_APART_MS = 1_500
_TOP = 4
_LOOKED_AT = 120  # bins with the most votes, enough for the peaks
_JUMP, _JUMP_MOST = 1.0, 3.0  # a change of offset costs 1 a second, and at most 3
_STEADY, _LEAST_STEADY = 0.42, 0.35  # shares of starts and of the usual shared words that confirm the offset before
_FEW_WORDS = 0.2  # shared by a sentence with the cues at its time
_LEAST_TEXT = 4.0  # what the votes of one sentence's words deviate by; 3.4 to 19 in 90 pairs of tracks
_SAMPLES = 9
_MOST_DRIFT = 0.06  # 25 frames a second against 24 is 0.04
_DRIFT_COST = 1.2
# What a far jump needs of the usual shared words in the windows from there on, two or three of them: in what one track
# lacks, something always fits a bit, but not for long.
_LASTING_WORDS, _LASTING = 0.5, (2, 3)


class Window(NamedTuple):
    """The sentences ``first`` to ``last`` (half open) around an English ``time``."""

    time: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Clock:
    """``time * drift + offset`` puts a Chinese time on the English clock, but for what it is off at places.

    At the (already moved) ``times`` the Chinese track is still ``offsets`` early; linear in between. All in ms.
    """

    drift: float
    offset: float
    times: tuple[int, ...]
    offsets: tuple[int, ...]

    def english(self, times: Iterable[int]) -> list[int]:
        """The English times at which ``times`` of the Chinese track stand."""
        moved = [round(time * self.drift + self.offset) for time in times]
        before, after = (self.offsets[0], *self.offsets), (*self.offsets, self.offsets[-1])
        return [
            time + (before[place] if before[place] == after[place] else self._between(place, time))
            for time, place in zip(moved, map(bisect_right, repeat(self.times), moved), strict=True)
        ]

    def _between(self, place: int, moved: int) -> int:
        """How early the track is at a time behind ``place`` of the ``times``."""
        early, later = self.offsets[place - 1], self.offsets[place]
        before, after = self.times[place - 1], self.times[place]
        return round(early + (moved - before) / max(1, after - before) * (later - early))

    def points(self) -> list[tuple[int, int]]:
        """The moments, Chinese and English, between which the clock is linear."""
        return [
            (round((moved - self.offset) / self.drift), moved + early)
            for moved, early in zip(self.times, self.offsets, strict=True)
        ]


def tells_clock(english: Sentences, chinese: ChineseCues) -> bool:
    """Whether starts can tell an offset: that of one sentence, or one cue, is any, so what overlaps is taken to be in step."""
    overlap = chinese.starts[0] < english.ends[-1] and english.starts[0] < chinese.ends[-1]
    return min(len(english.starts), len(chinese.starts)) > 1 or not overlap


def clock_of(english: Sentences, chinese: ChineseCues) -> Clock:
    """The clock that explains best when the Chinese cues stand and what they say."""
    if not tells_clock(english, chinese):
        return Clock(1.0, 0.0, (0,), (0,))
    windows = _windows(english)
    offset, drift = _line(windows, _Ballot(english, chinese))
    moved = chinese.at([round(time * drift + offset) for time in (*chinese.starts, *chinese.ends)])
    path = _path(windows, _Ballot(english, moved))
    nudge = _nudge(english, moved, windows, path)
    path = [early + nudge for early in path]
    times = accumulate((window.time - early for window, early in zip(windows, path, strict=True)), max)
    return Clock(drift, offset, tuple(times), tuple(path))


def _windows(english: Sentences) -> list[Window]:
    windows, time = [], english.starts[0]
    while time <= english.ends[-1]:
        first = bisect_left(english.starts, time - _HALF_MS)
        last = bisect_right(english.starts, time + _HALF_MS)
        if last - first >= 3:
            windows.append(Window(time, first, last))
        if first == last == len(english.starts):
            break
        empty = english.starts[first] - _HALF_MS - time if first == last else 0  # one cue may stand a million hours on
        time += max(1, -(-empty // _STEP_MS)) * _STEP_MS
    return windows or [Window(english.starts[0], 0, len(english.starts))]


class _Ballot:
    """Counts the votes of windows for offsets."""

    def __init__(self, english: Sentences, chinese: ChineseCues) -> None:
        self._english, self._chinese = english, chinese
        self._known: dict[int, dict[int, tuple[bool, int]]] = {}
        self._middles = [(start + end) // 2 for start, end in zip(chinese.starts, chinese.ends, strict=True)]

    def scores(self, window: Window, center: int, reach: int) -> list[float]:
        """How well each offset fits, one a bin from ``center - reach`` on, in standard deviations."""
        bins = 2 * reach // _BIN_MS + 1
        starts, texts = [0] * bins, [0] * bins
        english, chinese, middles = self._english, self._chinese, self._middles
        for i in range(window.first, window.last):
            start = english.starts[i] - center + reach
            middle = (english.starts[i] + english.ends[i]) // 2 - center + reach
            low, high = bisect_left(chinese.starts, start - 2 * reach), bisect_right(chinese.starts, start)
            for other in chinese.starts[low:high]:
                starts[(start - other) // _BIN_MS] += 1
            for weight, other in zip(chinese.shared.weights(i, low, high), middles[low:high], strict=True):
                place = (middle - other) // _BIN_MS
                if weight and 0 <= place < bins:
                    texts[place] += weight
        by_start, by_text = _smooth(starts, _STARTS), _smooth(texts, _TEXTS)
        start_mean, start_deviation = _moments(by_start, 0.0)
        text_mean, text_deviation = _moments(by_text, 1000 * _LEAST_TEXT * (window.last - window.first))
        share = _STARTS_SHARE / start_deviation
        mean = start_mean * share + text_mean / text_deviation
        return [share * start + text / text_deviation - mean for start, text in zip(by_start, by_text, strict=True)]

    def agreement(self, window: Window, offset: int) -> tuple[float, float]:
        """The share of sentences that start with a Chinese cue under an offset, and the words they share with cues there."""
        known = self._known.setdefault(offset, {})
        hits = weight = 0
        for i in range(window.first, window.last):
            if i not in known:
                known[i] = self._agreement_of(i, offset)
            hit, shared = known[i]
            hits += hit
            weight += shared
        return hits / (window.last - window.first), weight / (1000 * (window.last - window.first))

    def _agreement_of(self, i: int, offset: int) -> tuple[bool, int]:
        starts = self._chinese.starts
        start, end = self._english.starts[i] - offset, self._english.ends[i] - offset
        low = bisect_left(starts, start - 1_000)
        place = bisect_left(starts, start - 2 * _BIN_MS, low)
        hit = place < len(starts) and starts[place] <= start + 2 * _BIN_MS
        return hit, sum(self._chinese.shared.weights(i, low, bisect_left(starts, end, low)))


def _smooth(votes: list[int], half: int) -> list[int]:
    """The votes spread over ``half`` bins to either side, twice, which makes the spread a triangle."""
    for _ in range(2):
        sums = [*[0] * (half + 1), *accumulate(votes)]
        sums += [sums[-1]] * half
        votes = list(map(sub, sums[2 * half + 1 :], sums))
    return votes


def _moments(votes: list[int], least: float) -> tuple[float, float]:
    """The mean of votes and the deviation from it; one below ``least`` is noise."""
    mean = sum(votes) / len(votes)
    squares = round(math.hypot(*votes) ** 2)  # a fourth of the time that it takes to add them up
    variance = squares / len(votes) - mean * mean
    return mean, max(least, math.sqrt(max(0.0, variance))) + 1e-9


class Candidate(NamedTuple):
    """An offset in ms and how well it fits."""

    offset: int
    score: float


def _best_offsets(scores: Sequence[float], center: int, reach: int) -> list[Candidate]:
    """The best offsets that lie apart from each other."""
    found: list[Candidate] = []
    for place in sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:_LOOKED_AT]:
        offset = center - reach + place * _BIN_MS + _BIN_MS // 2
        if all(abs(offset - other.offset) > _APART_MS for other in found):
            found.append(Candidate(offset, scores[place]))
            if len(found) == _TOP:
                break
    return found


class _Poll(NamedTuple):
    """How well each offset fits at one English time, and the offsets that fit best."""

    time: int
    scores: list[float]
    offsets: list[int]


class _Line(NamedTuple):
    """An offset at English time 0, and its change a millisecond."""

    offset: float
    change: float


def _line(windows: Sequence[Window], ballot: _Ballot) -> tuple[float, float]:
    """The offset and the drift of the Chinese clock on which most of a few windows agree."""
    polls = []
    for window in windows[:: max(1, len(windows) // _SAMPLES)]:
        scores = ballot.scores(window, 0, _FIRST_REACH_MS)
        best = _best_offsets(scores, 0, _FIRST_REACH_MS)
        polls.append(_Poll(window.time, scores, [found.offset for found in best[:2]]))
    line = max(_lines(polls), key=lambda line: _agreement(polls, line))
    drift = 1 / (1 - line.change)
    return line.offset * drift, drift


def _lines(polls: Sequence[_Poll]) -> Iterator[_Line]:
    """The lines through two leading offsets of windows that are well apart, and those that do not drift."""
    for number, poll in enumerate(polls):
        for one in poll.offsets:
            yield _Line(one, 0.0)
            for later in polls[number + 3 :]:
                for other in later.offsets:
                    change = (other - one) / (later.time - poll.time)
                    if abs(change) < _MOST_DRIFT:
                        yield _Line(one - change * poll.time, change)


def _agreement(polls: Sequence[_Poll], line: _Line) -> float:
    """How much the windows give for a line; one that drifts can touch both halves of a track with a jump in it."""
    found = sum(_score_at(poll.scores, line.offset + line.change * poll.time, _FIRST_REACH_MS) for poll in polls)
    return found / _DRIFT_COST if line.change else found


def _score_at(scores: Sequence[float], offset: float, reach: int) -> float:
    """How well an offset fits, give or take a bin; 0 where it is out of reach."""
    place = int((offset + reach) // _BIN_MS)
    return max(scores[max(0, place - 1) : max(0, place + 2)], default=0.0)


def _nudge(english: Sentences, chinese: ChineseCues, windows: Sequence[Window], path: Sequence[int]) -> int:
    """What the path is off by, within a bin or two: the middle of what the starts of sentences lack to those of cues."""
    lacks = []
    for window, early in zip(windows, path, strict=True):
        for i in range(window.first, window.last):
            time = english.starts[i] - early
            place = bisect_left(chinese.starts, time)
            near = (time - start for start in chinese.starts[max(0, place - 1) : place + 1])
            lack = min(near, key=abs)
            if abs(lack) <= 2 * _BIN_MS:
                lacks.append(lack)
    return round(median(lacks)) if lacks else 0


class _Node(NamedTuple):
    offset: int
    score: float
    before: int


def _path(windows: Sequence[Window], ballot: _Ballot) -> list[int]:
    """The offset at each window: of all paths through the candidates the one with the best votes and few jumps."""
    shared = sorted(ballot.agreement(window, 0)[1] for window in windows)
    if shared[-1 - len(shared) // 4] < _FEW_WORDS:  # nothing to confirm a jump by
        return [0] * len(windows)
    usual = median(shared)
    rows: list[list[_Node]] = []
    for number in range(len(windows)):
        ahead = windows[number : number + max(_LASTING)]
        rows.append(_row(ahead, ballot, rows[-1] if rows else [_Node(0, 0.0, 0)], usual))
    place = max(range(len(rows[-1])), key=lambda number: rows[-1][number].score)
    path = []
    for row in reversed(rows):
        path.append(row[place].offset)
        place = row[place].before
    return path[::-1]


def _is_steady(starts: float, words: float) -> bool:
    """Whether shares of starts, and of the usual shared words, confirm an offset: much of one needs less of the other."""
    return min(starts, words) >= _LEAST_STEADY and starts * words >= _STEADY


def _leading_offsets(
    window: Window, ballot: _Ballot, center: int, usual: float
) -> tuple[list[float], int, list[Candidate]]:
    """How well offsets fit, how far they reach, and the best: of those near ``center`` where they do, else of all."""
    scores = ballot.scores(window, center, _NEAR_MS)
    candidates = _best_offsets(scores, center, _NEAR_MS)
    starts, words = ballot.agreement(window, candidates[0].offset)
    if _is_steady(starts, words / max(usual, 1e-9)):
        return scores, _NEAR_MS, candidates
    scores = ballot.scores(window, center, _REACH_MS)
    return scores, _REACH_MS, _best_offsets(scores, center, _REACH_MS)


def _lasts(offset: int, ahead: Sequence[Window], ballot: _Ballot, usual: float) -> bool:
    """Whether what is said from a window on stands where an offset puts it."""
    words = [ballot.agreement(window, offset)[1] for window in ahead]
    return max(fmean(words[:count]) for count in _LASTING) >= _LASTING_WORDS * usual


def _row(ahead: Sequence[Window], ballot: _Ballot, nodes: Sequence[_Node], usual: float) -> list[_Node]:
    """The best ways to the offsets of the first window of ``ahead``, which further ones follow."""
    window = ahead[0]
    first = max(range(len(nodes)), key=lambda number: nodes[number].score)
    leading = nodes[first].offset
    starts, words = ballot.agreement(window, leading)
    if _is_steady(starts, words / max(usual, 1e-9)):
        return [_Node(leading, nodes[first].score, first)]
    scores, reach, leaders = _leading_offsets(window, ballot, leading, usual)
    candidates = [
        found
        for found in leaders
        if abs(found.offset - leading) <= _NEAR_MS or _lasts(found.offset, ahead, ballot, usual)
    ]
    known = {found.offset for found in candidates}
    offsets = [
        *(found.offset for found in candidates),
        *dict.fromkeys(node.offset for node in nodes if node.offset not in known),
    ]
    row = []
    for offset in offsets:
        own = _score_at(scores, offset - leading, reach)
        reached = [node.score - min(_JUMP_MOST, _JUMP * abs(node.offset - offset) / 1_000) for node in nodes]
        before = max(range(len(nodes)), key=reached.__getitem__)
        row.append(_Node(offset, reached[before] + own, before))
    return sorted(row, key=lambda node: -node.score)[:6]
