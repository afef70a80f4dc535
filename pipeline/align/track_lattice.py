"""The cheapest way to lay Chinese cues on English sentences in order: dynamic programming over the cuts between them."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from pipeline.align.track_sides import ChineseCues, Sentences

REACH_MS = 5_000  # how far from its time a cut between sentences is looked for
_NEAREST = 5  # cuts tried for one sentence
_CAP_MS = 1_200  # beyond this a start is simply wrong, and so is a half of it more
_START_MS, _END_MS = 1_000, 1_400  # a start, and an end, this far off costs 1
_LENGTH = 0.9  # a Chinese text e times as long or short as usual costs this
_TEXT = 1.5 / 1000  # one shared word that stands nowhere else earns a thousand times this
_ALONE_EN, _ALONE_ZH = 3.0, 3.5
_FAR_MS = 1_500  # a Chinese cue so far from all English stands alone for less, and with a sentence for more
_FAR_ALONE, _FAR_PAIRED = 0.3, 1.0
# What it costs that a sentence is over after a cue without a full stop: so many times the surprise at that, which is small
# in tracks that do without.
_UNMARKED, _MOST_MARKED = 0.2, 0.95
# What it costs that a cue ties two sentences together, by what speaks for it: a full stop inside the cue about where the
# English has one; a full stop elsewhere; fewer cues than sentences; words of both sentences; nothing.
_MERGE_SURE, _MERGE_STOP, _MERGE_FEW, _MERGE_BOTH, _MERGE_BLIND = 0.5, 1.2, 1.0, 0.55, 20.0
_STOP_NEAR = 0.2  # of the length of the cue
_PER_LINK, _PER_SURE_LINK, _SURE_LINKS = 0.5, 0.15, 9  # and for each English cue times each Chinese one
_OVERHANG_MS = 300  # how far a cue lies over the end of a sentence before it can belong to two
_BOTH = 250  # the weight of the words shared with either sentence
_MOST_SENTENCES, _MOST_CUES = 3, 4  # of sentences that one cue ties together


class Bead(NamedTuple):
    """Sentences ``i0`` to ``i1`` said by the Chinese cues ``j0`` to ``j1``, both half open; one side may be empty."""

    i0: int
    i1: int
    j0: int
    j1: int


_Step = tuple[float, int, int]  # what the way to a cut costs, and the cut before
_Row = dict[int, _Step]


def beads(english: Sentences, chinese: ChineseCues) -> list[Bead]:
    """Both sides cut into beads, in order and complete; Chinese times must already be on the English clock."""
    cuts = _cuts(english, chinese)
    lattice = _Lattice(english, chinese, cuts)
    count = len(english.cues)
    table: list[_Row] = [{} for _ in cuts]
    table[0] = {j: (lattice.skipped[j], 0, 0) for j in cuts[0]}
    for i in range(count):
        if i:
            _skip_cues(table[i], i, cuts[i], lattice.skipped)
        _extend(table, i, cuts[i + 1], lattice)
        for k in range(i + 2, min(i + _MOST_SENTENCES, count) + 1):
            if not lattice.ties[k - 2]:
                break
            _tie(table, (i, k), cuts[k], lattice)
    _skip_cues(table[-1], count, cuts[-1], lattice.skipped)
    return _traced(table, lattice.skipped)


def _cuts(english: Sentences, chinese: ChineseCues) -> list[list[int]]:
    """For the start, each boundary between two sentences and the end: the cue positions where the Chinese may be cut."""
    starts, ends, count = chinese.starts, chinese.ends, len(chinese.starts)
    middles = [starts[0], *((end + start) // 2 for end, start in zip(ends, starts[1:], strict=False)), ends[-1]]
    middles = list(accumulate(middles, max))
    cuts = [list(range(min(count, bisect_right(middles, english.starts[0] + REACH_MS)) + 1))]
    for end, start in zip(english.ends, english.starts[1:], strict=False):
        early, late = min(end, start), max(end, start)
        low, high = bisect_left(middles, early - REACH_MS), bisect_right(middles, late + REACH_MS)
        near = range(low, high) or range(max(0, low - 1), min(count, low) + 1)
        inside = [j for j in near if early <= middles[j] <= late]
        nearest = sorted(near, key=lambda j: abs(2 * middles[j] - early - late))[:_NEAREST]
        cuts.append(sorted({*inside, *nearest}))
    cuts.append(list(range(min(count, bisect_left(middles, english.ends[-1] - REACH_MS)), count + 1)))
    return _connected(cuts)


def _connected(cuts: list[list[int]]) -> list[list[int]]:
    """The cuts, with one more wherever all those of a boundary lie before the first of the boundary before it."""
    floor = 0
    for places in cuts:
        if places[-1] < floor:
            places.append(floor)
        floor = max(floor, places[0])
    return cuts


class _Tie(NamedTuple):
    """A cue that lies over the end of a sentence, and what speaks for its saying something of both."""

    cue: int
    stop: bool
    near_stop: bool
    both: bool


class _Lattice:
    """What each way to pair costs; ``ties`` has for each sentence the cues that may tie it to the next."""

    def __init__(self, english: Sentences, chinese: ChineseCues, cuts: Sequence[Sequence[int]]) -> None:
        self.english, self.chinese = english, chinese
        self.ratio = max(0.01, sum(chinese.sizes) / max(1, sum(english.sizes)))
        self._size_en = [0, *accumulate(english.sizes)]
        self.size_zh = [0.0, *accumulate(chinese.sizes)]
        self._cues = [0, *accumulate(map(len, english.cues))]
        far = [self._is_far(j) for j in range(len(chinese.starts))]
        self.skipped = [0.0, *accumulate(_FAR_ALONE if lost else _ALONE_ZH for lost in far)]
        self._far = [0, *accumulate(map(int, far))]
        marked = min(_MOST_MARKED, sum(chinese.ended) / max(1, len(english.cues)))
        surprise = -_UNMARKED * math.log(1 - marked)
        self._unmarked = [0.0, *(0.0 if ended else surprise for ended in chinese.ended)]
        self._first = [places[0] for places in cuts]
        self._text = [self._shared(i, cuts[i][0], cuts[i + 1][-1]) for i in range(len(english.cues))]
        self.ties = [self._ties(i) for i in range(len(english.cues) - 1)]

    def _is_far(self, j: int) -> bool:
        english, chinese = self.english, self.chinese
        after = bisect_right(english.starts, chinese.starts[j])
        gap_before = chinese.starts[j] - english.ends[after - 1] if after else REACH_MS
        gap_after = english.starts[after] - chinese.ends[j] if after < len(english.starts) else REACH_MS
        return min(gap_before, gap_after) > _FAR_MS

    def _shared(self, i: int, first: int, last: int) -> list[int]:
        """The words that a sentence shares with the cues from ``first`` on, added up to before each one to ``last``."""
        return [0, *accumulate(self.chinese.shared.weights(i, first, last))]

    def _text_of(self, i: int, a: int, b: int) -> int:
        sums, first = self._text[i], self._first[i]
        last = len(sums) - 1
        return sums[min(max(b - first, 0), last)] - sums[min(max(a - first, 0), last)]

    def alone(self, i: int) -> float:
        """What it costs that nothing says a sentence."""
        return _ALONE_EN * min(1.5, 0.4 + self.english.sizes[i] / 60)

    def closing(self, i: int, b: int) -> float:
        """What it costs that the cues of a sentence end before ``b``, but for their length."""
        end = min(abs(self.chinese.ends[b - 1] - self.english.ends[i]), _CAP_MS) / _END_MS
        return end + self._unmarked[b] + _FAR_PAIRED * self._far[b] - _TEXT * self._text[i][b - self._first[i]]

    def opening(self, i: int, a: int) -> float:
        """What it costs that the cues of a sentence begin with ``a``: with the closing and the length it is the `cost`."""
        start = min(abs(self.chinese.starts[a] - self.english.starts[i]), _CAP_MS) / _START_MS
        return start - _FAR_PAIRED * self._far[a] + _TEXT * self._text[i][a - self._first[i]]

    def cost(self, i: int, k: int, a: int, b: int) -> float:
        """What it costs that the sentences ``i`` to ``k`` are said by the Chinese cues ``a`` to ``b``, one or more."""
        size = self._size_en[k] - self._size_en[i]
        start = min(abs(self.chinese.starts[a] - self.english.starts[i]), _CAP_MS) / _START_MS
        end = min(abs(self.chinese.ends[b - 1] - self.english.ends[k - 1]), _CAP_MS) / _END_MS
        length = math.log((self.size_zh[b] - self.size_zh[a] + 3) / (size * self.ratio + 3))
        text = self._text_of(i, a, b)
        for sentence in range(i + 1, k):
            text += self._text_of(sentence, a, b)
        far = _FAR_PAIRED * (self._far[b] - self._far[a])
        return start + end + self._unmarked[b] + far + _LENGTH * length * length - _TEXT * text

    def merge(self, i: int, k: int, a: int, b: int) -> float:
        """What it costs to take several sentences together: only a cue that lies over the cut between them ties them."""
        costs = [self._tied(inner, b - a < k - i, a, b) for inner in range(i, k - 1)]
        links = (self._cues[k] - self._cues[i]) * (b - a)
        sure = links <= _SURE_LINKS and all(cost <= _MERGE_SURE for cost in costs)
        return sum(costs) + (_PER_SURE_LINK if sure else _PER_LINK) * links

    def _tied(self, i: int, few: bool, a: int, b: int) -> float:
        best = math.inf
        for tie in self.ties[i]:
            if a <= tie.cue < b:
                loose = _MERGE_FEW if few else _MERGE_BOTH if tie.both else _MERGE_BLIND
                best = min(best, _MERGE_SURE if tie.near_stop else _MERGE_STOP if tie.stop else loose)
        return best

    def _ties(self, i: int) -> list[_Tie]:
        end, start = self.english.ends[i], self.english.starts[i + 1]
        last = bisect_right(self.chinese.starts, end - _OVERHANG_MS - 1)
        found = []
        for j in range(max(0, last - 3), last):
            before, after = end - self.chinese.starts[j], self.chinese.ends[j] - start
            if min(before, after) > _OVERHANG_MS:
                share, stops = before / (before + after), self.chinese.stops[j]
                both = min(self._text_of(i, j, j + 1), self._text_of(i + 1, j, j + 1)) > _BOTH
                found.append(_Tie(j, bool(stops), any(abs(stop - share) < _STOP_NEAR for stop in stops), both))
        return found


def _skip_cues(row: _Row, i: int, cuts: Sequence[int], skipped: Sequence[float]) -> None:
    """Let Chinese cues between two sentences stand alone."""
    for j in cuts:
        if j - 1 in row:
            cost = row[j - 1][0] + skipped[j] - skipped[j - 1]
            if j not in row or cost < row[j][0]:
                row[j] = (cost, i, j - 1)


def _extend(table: list[_Row], i: int, ends: Sequence[int], lattice: _Lattice) -> None:
    """Let a sentence be said by every run of cues that its cuts allow, or by none.

    Nearly all cells are of this kind: what depends on one end of a run is reckoned once for each end.
    """
    before, row, sizes = table[i], table[i + 1], lattice.size_zh
    first = min(before)
    closings = [(b, lattice.closing(i, b)) for b in ends if b > first]
    due = lattice.english.sizes[i] * lattice.ratio + 3
    for a, (reached, _, _) in before.items():
        if a in ends:
            _keep(row, a, (reached + lattice.alone(i), i, a))
        if a >= ends[-1]:
            continue
        opened = reached + lattice.opening(i, a)
        size = 3 - sizes[a]
        for b, closing in closings:
            if b > a:
                length = math.log((sizes[b] + size) / due)
                _keep(row, b, (opened + closing + _LENGTH * length * length, i, a))


def _tie(table: list[_Row], span: tuple[int, int], ends: Sequence[int], lattice: _Lattice) -> None:
    """Let the sentences of ``span`` be said together by the few cues that tie them."""
    i, k = span
    for a, (reached, _, _) in table[i].items():
        for b in ends:
            if a < b <= a + _MOST_CUES:
                cost = reached + lattice.cost(i, k, a, b) + lattice.merge(i, k, a, b)
                if cost < math.inf:
                    _keep(table[k], b, (cost, i, a))


def _keep(row: _Row, j: int, step: _Step) -> None:
    """Let a step lead to a cut if none that costs as little does."""
    if j not in row or step[0] < row[j][0]:
        row[j] = step


def _traced(table: list[_Row], skipped: Sequence[float]) -> list[Bead]:
    """The beads along the cheapest way, from the first sentence to the last."""
    last = len(skipped) - 1
    i, j = len(table) - 1, min(table[-1], key=lambda end: table[-1][end][0] + skipped[last] - skipped[end])
    found = [Bead(i, i, j, last)] if j < last else []
    while i:
        _, i0, j0 = table[i][j]
        found.append(Bead(i0, i, j0, j))
        i, j = i0, j0
    if j:
        found.append(Bead(0, 0, 0, j))
    return found[::-1]
