"""How the cues of a track must be moved to be in step with another track: a rate, and an offset for each stretch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from pipeline.align.track_breaks import moments_in, standing_runs
from pipeline.align.track_moments import Scene, rows_at, scene_of
from pipeline.align.track_stretches import NEAR_MS, Way, best_way, lack_of
from pipeline.align.track_sync import Moment
from pipeline.model import Cue
from pipeline.subtitles.frame_rates import RATIOS
from pipeline.text.said import phrase, said

_FAR_RATES = (1.0, 1.25, 1.2, 1 / 1.2, 0.8)  # 30:24, 30:25 and back; nearer ones are found from the first
_SAME_RATE = 1e-9
_PASSES = 2
_FEWEST = 5  # moments that agree
_LEAST_AGREEING, _LEAST_OF_ROWS = 0.25, 0.08
# Rows share at least so many times the words that rows some way off do: 7.5 to 60 in 90 pairs of tracks, at most 3.2 where
# English and Chinese were of different lectures.
_UNRELATED = 5.0
_ELSEWHERE = (-13, -9, -6, 6, 9, 13)
# Rows in a row none of whose moments agree, as share of the track: 0.2 and more in two of 13 wrong results (the others have
# few moments that agree anywhere), at most 0.14 in 360 right ones.
_SILENT, _FEWEST_SILENT = 0.18, 4


class Stretch(NamedTuple):
    """From ``start_ms`` on, cues stand at ``time * rate + offset_ms``; ``agreeing`` of its ``moments`` say so.

    ``off_ms`` is how far these are from it, in the middle, ``first_ms`` and ``last_ms`` are the outermost of them.
    ``silent`` is a long part of the track, from one time to another, in which no moment agrees.
    """

    start_ms: int
    end_ms: int
    offset_ms: int
    moments: int
    agreeing: int
    off_ms: int
    first_ms: int
    last_ms: int
    silent: tuple[int, int] | None = None

    @property
    def is_sure(self) -> bool:
        """Whether most of its moments agree, and some of them in each part."""
        return self.agreeing * 2 > self.moments and self.silent is None


@dataclass(frozen=True, slots=True)
class Retiming:
    """The rate of a whole track and its stretches, which begin where the one before ends; times are the track's own.

    ``problem`` says why it is not to be trusted; then the stretches are what came nearest.
    """

    rate: float
    stretches: tuple[Stretch, ...]
    problem: str = ""

    @property
    def ratio(self) -> str:
        """The frame rates that explain the rate, as ``25:23.976``; empty where none do."""
        return next((name for ratio, name in RATIOS.items() if abs(ratio - self.rate) < _SAME_RATE), "")

    def at(self, time: int) -> int:
        """Where a time of the track stands in the other."""
        return round(time * self.rate + self.stretches[self.stretch_at(time)].offset_ms)

    def stretch_at(self, time: int) -> int:
        """The position of the stretch that a time of the track lies in."""
        return max(0, bisect_right(self.stretches, time, key=lambda stretch: stretch.start_ms) - 1)


def retiming_of(cues: Sequence[Cue], reference: Sequence[Cue]) -> Retiming:
    """How ``cues`` come in step with ``reference``; both may be in any order, and of one language or of two."""
    if not cues or not reference:
        return Retiming(1.0, (), said("a track has no cues"))
    still = sorted(reference, key=lambda cue: cue.start_ms)
    first = None
    for rate in _FAR_RATES:
        timed = sorted((_scaled(cue, rate) for cue in cues), key=lambda cue: cue.start_ms)
        found = _retiming(scene_of(timed, still))
        if not found.problem and (rate == 1 or all(stretch.is_sure for stretch in found.stretches)):
            return _unscaled(found, rate)
        first = first or found
    return first or Retiming(1.0, ())


def _scaled(cue: Cue, rate: float) -> Cue:
    return cue if rate == 1 else Cue(round(cue.start_ms * rate), round(cue.end_ms * rate), cue.text)


def _unscaled(found: Retiming, rate: float) -> Retiming:
    """The retiming of the cues before they were scaled; a rate that is nearly one of frame rates is that one."""
    whole = found.rate * rate
    stretches = tuple(
        stretch._replace(
            start_ms=round(stretch.start_ms / rate),
            end_ms=round(stretch.end_ms / rate),
            first_ms=round(stretch.first_ms / rate),
            last_ms=round(stretch.last_ms / rate),
            silent=stretch.silent and (round(stretch.silent[0] / rate), round(stretch.silent[1] / rate)),
        )
        for stretch in found.stretches
    )
    return Retiming(whole, stretches, found.problem)


def _retiming(scene: Scene) -> Retiming:
    moments = scene.moments_under(None)
    if len(moments) < _FEWEST:
        return Retiming(1.0, (), said("they say too little in common"))
    way = best_way(moments)
    for _ in range(_PASSES):
        found = Retiming(way.rate, tuple(_stretches(scene, moments, way)))
        moments = scene.moments_under(found.at)
        if len(moments) < _FEWEST:
            return Retiming(1.0, (), said("they say too little in common"))
        way = best_way(moments)
    stretches = tuple(_stretches(scene, moments, way))
    found = Retiming(way.rate, stretches)
    return Retiming(way.rate, stretches, _problem(scene, found))


def _stretches(scene: Scene, moments: Sequence[Moment], way: Way) -> Iterator[Stretch]:
    runs = standing_runs(scene, moments, way)
    starts = scene.moved.starts
    edges = [min(0, starts[0]), *(starts[run.row] for run in runs[1:]), max(scene.moved.ends)]
    for run, (start, end) in zip(runs, pairwise(edges), strict=True):
        here = moments_in(run, scene, moments)
        offs = [(abs(lack_of(moment, way.rate) - run.offset), moment.zh) for moment in here]
        near = [pair for pair in offs if pair[0] <= NEAR_MS]
        off = round(median(off for off, _ in near)) if near else 0
        first, last = (near[0][1], near[-1][1]) if near else (start, start)
        yield Stretch(start, end, round(run.offset), len(offs), len(near), off, first, last, _silent(offs, scene))


def _silent(offs: Sequence[tuple[float, int]], scene: Scene) -> tuple[int, int] | None:
    """The longest part between moments none of which agrees; None where it is too short to say anything."""
    starts = scene.moved.starts
    parts = [[time for _, time in group] for far, group in groupby(offs, key=lambda off: off[0] > NEAR_MS) if far]
    rows = [bisect_right(starts, part[-1]) - bisect_left(starts, part[0]) for part in parts]
    most = max(range(len(parts)), key=rows.__getitem__, default=None)
    if most is None or len(parts[most]) < _FEWEST_SILENT or rows[most] < _SILENT * len(starts):
        return None
    return parts[most][0], parts[most][-1]


# --- trust


def _problem(scene: Scene, found: Retiming) -> str:
    """Why a retiming is not to be trusted; empty where it is."""
    moments = sum(stretch.moments for stretch in found.stretches)
    agreeing = sum(stretch.agreeing for stretch in found.stretches)
    rows = min(len(scene.moved.starts), len(scene.still.starts))
    if agreeing < max(_FEWEST, _LEAST_AGREEING * moments, _LEAST_OF_ROWS * rows):
        form = phrase("only {agreeing} of {moments} places that could be the same are in step")
        return said(form, agreeing=agreeing, moments=moments)
    here = words_in_common(scene, found, 0)
    elsewhere = sum(words_in_common(scene, found, rows) for rows in _ELSEWHERE) / len(_ELSEWHERE)
    if here < _UNRELATED * elsewhere or not here:
        return said("they hardly agree in what they say")
    return ""


def words_in_common(scene: Scene, found: Retiming, rows_away: int) -> float:
    """What the rows that are moved share with the rows that many places from where they come to stand."""
    total, count = 0.0, len(scene.still.starts)
    for row, (start, end) in enumerate(zip(*scene.moved, strict=True)):
        here = rows_at(scene.still, found.at(start), found.at(end))
        total += sum(scene.shared(row, other + rows_away) for other in here if 0 <= other + rows_away < count)
    return total
