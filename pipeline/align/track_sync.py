"""What the pairs of two tracks say of their clocks: one offset and drift for all, and where those do not hold."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

_NEAR_MS = 300  # a start this near to where the line puts it agrees with the line
_DRIFT_WINS = 1.15  # how many more starts a drift must explain
_LEAST_DRIFT_MS = 400  # at the end of the track; less is not worth a drift
_APART_MS = 1_500
_SCATTERED_MS = 4_000  # starts of the same sentences may lie so far apart: a cue and a half of English


class Moment(NamedTuple):
    """One moment on the Chinese clock and on the English one, in ms."""

    zh: int
    en: int


class Sync(NamedTuple):
    """``zh * drift + offset`` is the English time, in ms."""

    offset: float
    drift: float

    def error(self, moment: Moment) -> float:
        """How much later than this says the English starts."""
        return moment.en - moment.zh * self.drift - self.offset


class Stretch(NamedTuple):
    """English times between which the Chinese track runs ``early_ms`` before the rest of it (late where negative)."""

    start_ms: int
    end_ms: int
    early_ms: int


def sync_of(starts: Sequence[Moment]) -> Sync:
    """The offset, and the drift where there clearly is one, that put most pairs in step."""
    if not starts:
        return Sync(0.0, 1.0)
    plain = Sync(_densest([start.en - start.zh for start in starts]), 1.0)
    span = starts[-1].zh - starts[0].zh
    half = len(starts) // 2
    slopes = [
        (late.en - early.en) / (late.zh - early.zh)
        for early, late in zip(starts, starts[half:], strict=False)
        if late.zh - early.zh > 60_000
    ]
    if not slopes:
        return plain
    slope = median(slopes)
    drifting = _fitted(starts, Sync(_densest([start.en - start.zh * slope for start in starts]), slope))
    wins = _hits(starts, drifting) >= _DRIFT_WINS * _hits(starts, plain)
    return drifting if wins and abs(drifting.drift - 1) * span > _LEAST_DRIFT_MS else plain


def _densest(values: Sequence[float]) -> float:
    """The median of those values that lie in the fullest stretch of twice the nearness."""
    ordered = sorted(values)
    counts = _counts(ordered)
    first = max(range(len(ordered)), key=counts.__getitem__)
    return median(ordered[first : first + counts[first]])


def _counts(ordered: Sequence[float]) -> list[int]:
    """How many sorted values lie in twice the nearness from each one on."""
    return [bisect_right(ordered, value + 2 * _NEAR_MS) - place for place, value in enumerate(ordered)]


def _hits(starts: Sequence[Moment], sync: Sync) -> int:
    return sum(abs(sync.error(start)) <= _NEAR_MS for start in starts)


def _fitted(starts: Sequence[Moment], sync: Sync) -> Sync:
    """The line of least squares through the starts near the line given."""
    near = [start for start in starts if abs(sync.error(start)) <= 2 * _NEAR_MS]
    if len(near) < 3:
        return sync
    mean_zh, mean_en = sum(start.zh for start in near) / len(near), sum(start.en for start in near) / len(near)
    spread = sum((start.zh - mean_zh) ** 2 for start in near)
    if not spread:
        return sync
    slope = sum((start.zh - mean_zh) * (start.en - mean_en) for start in near) / spread
    return Sync(mean_en - slope * mean_zh, slope)


def stretches(points: Sequence[Moment], sync: Sync) -> list[Stretch]:
    """Where two points in a row or more are out of step with the rest by more than a second and a half."""
    found: list[Stretch] = []
    run: list[Moment] = []
    for point in points:
        if run and (not _is_apart(point, sync) or abs(sync.error(point) - sync.error(run[-1])) > _APART_MS):
            found += _stretch(run, sync)
            run = []
        if _is_apart(point, sync):
            run.append(point)
    return [*found, *_stretch(run, sync)]


def is_confirmed(stretch: Stretch, starts: Sequence[Moment], sync: Sync) -> bool:
    """Whether the cues that are paired in a stretch are out of step too: they start more than half as early, or as late.

    Where English cues begin in the middle of sentences, starts lie seconds apart though the clocks agree; so what is out
    of step by a few seconds only must be so by nearly the same for half of the starts. These are in order of English time.
    """
    first = bisect_left(starts, stretch.start_ms, key=_english)
    last = bisect_right(starts, stretch.end_ms, key=_english)
    errors = sorted(map(sync.error, starts[first:last]))
    if not errors or median(errors) * (1 if stretch.early_ms > 0 else -1) <= abs(stretch.early_ms) / 2:
        return False
    return abs(stretch.early_ms) >= _SCATTERED_MS or 2 * max(_counts(errors)) >= len(errors)


def _english(moment: Moment) -> int:
    return moment.en


def _is_apart(point: Moment, sync: Sync) -> bool:
    return abs(sync.error(point)) > _APART_MS


def _stretch(run: Sequence[Moment], sync: Sync) -> list[Stretch]:
    if len(run) < 2:
        return []
    return [Stretch(run[0].en, run[-1].en, round(median(sync.error(point) for point in run)))]
