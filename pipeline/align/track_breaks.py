"""Where the stretches of a track that was cut anew begin: at the row from which on the later offset fits better."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from pipeline.align.track_moments import Scene, rows_at
from pipeline.align.track_stretches import NEAR_MS, Way, lack_of
from pipeline.align.track_sync import Moment

_BEYOND = 2  # moments to either side of a break between which its place is looked for
# What it costs that the later stretch begins before the last row of the earlier one has started, and before it has ended
_DISORDER, _OVERLAP, _SLACK_MS = 3.0, 0.8, 500
_WORDS = 0.7  # the weight of words in common beside a start
_PAUSE, _LONG_PAUSE_MS = 0.8, 2_000  # videos are cut where nobody speaks
_DOUBTFUL = 0.5  # a stretch of whose moments fewer agree, and fewer than half the share of the best one's, is none
_BETTER = 1.2  # how much better a stretch must fit than what the stretches around it would make of it


class Run(NamedTuple):
    """The rows from ``row`` on have an offset; ``first`` and ``last`` are the outermost rows with a moment."""

    row: int
    first: int
    last: int
    offset: float


def standing_runs(scene: Scene, moments: Sequence[Moment], way: Way) -> list[Run]:
    """The runs of a way, from the first row on, but for those that fit hardly better than the ones around them."""
    runs, shares = [], []
    for offset, group in groupby(zip(moments, way.offsets, strict=True), key=lambda pair: pair[1]):
        here = [moment for moment, _ in group]
        first, last = (_row_at(scene, moment.zh) for moment in (here[0], here[-1]))
        runs.append(Run(first, first, last, offset))
        shares.append(sum(abs(lack_of(moment, way.rate) - offset) <= NEAR_MS for moment in here) / len(here))
    least = min(_DOUBTFUL, max(shares) / 2)
    runs = [run for run, share in zip(runs, shares, strict=True) if share >= least]
    while (weak := _weak(scene, runs, way.rate)) is not None:
        del runs[weak]
    rows = [0, *(_break(scene, moments, way.rate, pair) for pair in pairwise(runs))]
    return [run._replace(row=row) for run, row in zip(runs, rows, strict=True)]


def moments_in(run: Run, scene: Scene, moments: Sequence[Moment]) -> Sequence[Moment]:
    """The moments from the first row of a run to its last with a moment."""
    low = bisect_left(moments, scene.moved.starts[run.row], key=lambda moment: moment.zh)
    high = bisect_left(moments, scene.moved.ends[run.last] + 1, key=lambda moment: moment.zh)
    return moments[low : max(low, high)]


def _row_at(scene: Scene, time: int) -> int:
    """The last row that has started at a time."""
    return max(0, bisect_right(scene.moved.starts, time) - 1)


def _weak(scene: Scene, runs: Sequence[Run], rate: float) -> int | None:
    """The first run whose rows would stand as well under the offsets before and after it; None where there is none."""
    for place, run in enumerate(runs):
        around = [other.offset for other in runs[max(0, place - 1) : place + 2] if other is not run]
        rows = range(run.first, run.last + 1)
        if around:
            before, after = ([_fit(scene, row, rate, offset) for row in rows] for offset in (around[0], around[-1]))
            own = sum(_fit(scene, row, rate, run.offset) for row in rows)
            if own < _BETTER * max(_splits(before, after)):
                return place
    return None


def _splits(before: Sequence[float], after: Sequence[float]) -> list[float]:
    """What the first rows of the one and the others of the other come to, for each number of first rows."""
    rest = sum(after)
    late = [rest, *(rest - done for done in accumulate(after))]
    return [one + other for one, other in zip([0.0, *accumulate(before)], late, strict=True)]


def _break(scene: Scene, moments: Sequence[Moment], rate: float, runs: tuple[Run, Run]) -> int:
    """The first row of the later of two runs: where rows before fit the one best, and rows from it on the other."""
    before, after = runs
    starts, ends = scene.moved
    times = [moment.zh for moment in moments]
    low = times[max(0, bisect_left(times, starts[before.last]) - _BEYOND)]
    high = times[min(len(times) - 1, bisect_left(times, starts[after.first]) + _BEYOND)]
    first = max(before.first, bisect_left(starts, low)) + 1
    last = max(first, min(after.last, bisect_left(starts, high)))
    fits = [[_fit(scene, row, rate, run.offset) for row in range(first, last)] for run in runs]
    splits = _splits(fits[0], fits[1])
    jump = (before.offset - after.offset) / rate

    def score(place: int) -> float:
        row = first + place
        pause = max(0, starts[row] - ends[row - 1])
        return (
            splits[place]
            + _PAUSE * min(1.0, pause / _LONG_PAUSE_MS)
            - _DISORDER * (starts[row] - starts[row - 1] < jump)
            - _OVERLAP * (pause < jump - _SLACK_MS)
        )

    return first + max(range(last - first + 1), key=score)


def _fit(scene: Scene, row: int, rate: float, offset: float) -> float:
    """How well a row stands under an offset: by its start, its end, and the words it shares with rows there."""
    start, end = (round(times[row] * rate + offset) for times in scene.moved)
    words = max((scene.shared(row, other) for other in rows_at(scene.still, start, end)), default=0.0)
    at_start, at_end = _near(scene.still.starts, start), _near(scene.still.ends, end)
    return at_start + at_end / 2 + _WORDS * min(1.0, words)


def _near(times: Sequence[int], time: int) -> float:
    """1 where one of the times is that time, 0 where none is near."""
    place = bisect_left(times, time)
    distance = min((abs(other - time) for other in times[max(0, place - 1) : place + 1]), default=NEAR_MS)
    return max(0.0, 1 - distance / NEAR_MS)
