"""One rate and few offsets that put most moments of a track in step with another: a line in stretches.

A moment is where both tracks say the same. Many are off by tenths of seconds, some are simply wrong. For each rate in
question the offsets on which moments agree are counted, and the cheapest way through them that changes its offset
seldom is taken; the rate with the cheapest way wins, and a frame rate's ratio wins over its neighbours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from pipeline.align.track_sync import Moment
from pipeline.subtitles.frame_rates import RATIOS

NEAR_MS = 400  # a moment further from its place says nothing
_PEAK_MS = 300
_MOST_PEAKS = 16
_FEW = 3  # moments that agree by chance
_BREAK = 2.8  # what a change of offset costs, in moments that are wrong
_OTHER_RATE, _OWN_RATE = 1.0, 3.0  # and a rate other than 1, and one that no frame rates explain
_SLOPE_WIDTH = 0.0006
_SHORT_MS = 30_000
_ENOUGH = 1_500  # moments to find the rate by


@dataclass(frozen=True, slots=True)
class Way:
    """``zh * rate + offset`` with each moment's own offset, what it cost, and which moments it explains."""

    rate: float
    offsets: tuple[float, ...]
    cost: float

    def agrees(self, number: int, moment: Moment) -> bool:
        """Whether the moment of that number lies where the way puts it."""
        return abs(lack_of(moment, self.rate) - self.offsets[number]) <= NEAR_MS


def lack_of(moment: Moment, rate: float) -> float:
    """The offset that a moment asks for at a rate, in ms."""
    return moment.en - moment.zh * rate


def best_way(moments: Sequence[Moment]) -> Way:
    """The cheapest way through moments in order of time; at least one moment is needed."""
    sample = moments[:: len(moments) // _ENOUGH + 1]
    ways = [_way(sample, rate) for rate in (1.0, *RATIOS)]
    ways += [_way(sample, rate, _OWN_RATE) for rate in _slopes(sample)]
    best = min(ways, key=lambda way: way.cost)
    fitted = _way(sample, _fitted_rate(sample, best), _OWN_RATE)
    best = min(best, fitted, key=lambda way: way.cost)
    return best if len(sample) == len(moments) else _way(moments, best.rate)


def _slopes(moments: Sequence[Moment]) -> Iterator[float]:
    """The rates on which most pairs of moments that are some way apart agree."""
    for steps in (max(4, len(moments) // 12), max(4, len(moments) // 5)):
        slopes = sorted(
            (late.en - early.en) / (late.zh - early.zh)
            for early, late in zip(moments, moments[steps:], strict=False)
            if late.zh - early.zh > _SHORT_MS
        )
        if len(slopes) >= _FEW:
            counts = [bisect_left(slopes, slope + _SLOPE_WIDTH) - place for place, slope in enumerate(slopes)]
            first = max(range(len(slopes)), key=counts.__getitem__)
            slope = median(slopes[first : first + counts[first]])
            if 0.5 < slope < 2:
                yield slope


def _way(moments: Sequence[Moment], rate: float, extra: float = _OTHER_RATE) -> Way:
    """The cheapest way at a rate, by Viterbi: a state is an offset."""
    lacks = [lack_of(moment, rate) for moment in moments]
    peaks = _peaks(lacks)
    costs, traces = [0.0] * len(peaks), []
    for lack in lacks:
        low = min(range(len(peaks)), key=costs.__getitem__)
        jump = costs[low] + _BREAK
        traces.append([place if cost <= jump else low for place, cost in enumerate(costs)])
        costs = [
            min(cost, jump) + min(1.0, abs(lack - peak) / NEAR_MS) for cost, peak in zip(costs, peaks, strict=True)
        ]
    place = min(range(len(peaks)), key=costs.__getitem__)
    cost = costs[place] + (0.0 if rate == 1 else extra)
    offsets: list[float] = []
    for trace in reversed(traces):
        offsets.append(peaks[place])
        place = trace[place]
    return Way(rate, tuple(_centred(lacks, offsets[::-1])), cost)


def _peaks(lacks: Sequence[float]) -> list[float]:
    """The offsets on which most moments agree, apart from each other; at least one."""
    left = sorted(lacks)
    found: list[float] = []
    while left and len(found) < _MOST_PEAKS:
        counts = [bisect_left(left, lack + _PEAK_MS) - place for place, lack in enumerate(left)]
        first = max(range(len(left)), key=counts.__getitem__)
        if found and counts[first] < _FEW:
            break
        peak = median(left[first : first + counts[first]])
        found.append(peak)
        left = [lack for lack in left if abs(lack - peak) > _PEAK_MS]
    return found


def _centred(lacks: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """The offsets, each run of them moved to the middle of the moments that it explains."""
    centred: list[float] = []
    for offset, run in groupby(offsets):
        here = lacks[len(centred) : len(centred) + len(list(run))]
        near = [lack for lack in here if abs(lack - offset) <= NEAR_MS]
        centred += [median(near) if near else offset] * len(here)
    return centred


def _fitted_rate(moments: Sequence[Moment], way: Way) -> float:
    """The rate of least squares within the runs of a way."""
    above = below = 0.0
    numbered = list(enumerate(moments))
    for _, group in groupby(numbered, key=lambda pair: way.offsets[pair[0]]):
        run = [moment for number, moment in group if way.agrees(number, moment)]
        if run:
            zh, en = sum(moment.zh for moment in run) / len(run), sum(moment.en for moment in run) / len(run)
            above += sum((moment.zh - zh) * (moment.en - en) for moment in run)
            below += sum((moment.zh - zh) ** 2 for moment in run)
    return above / below if below else way.rate
