"""The cues of a track at the times that a retiming gives them: all of them, and in their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.align.track_retiming import Retiming
from pipeline.model import Cue

_LAST_MS = 359_999_999  # 99:59:59,999
_DISPLACED_MS = 500


class Moved(NamedTuple):
    """The cues in the order given, and the positions of those for which the other track has no place.

    These say what was cut out there, or lie before its time 0: they stand where they keep the order.
    """

    cues: tuple[Cue, ...]
    misplaced: tuple[int, ...]


def moved(cues: Sequence[Cue], retiming: Retiming) -> Moved:
    """The cues where a retiming puts them; a cue ends before the next begins if it did so before."""
    order = sorted(range(len(cues)), key=lambda place: cues[place].start_ms)
    starts, misplaced = _starts([cues[place] for place in order], retiming)
    timed = list(cues)
    for number, place in enumerate(order):
        cue, start = cues[place], starts[number]
        end = start + round((cue.end_ms - cue.start_ms) * retiming.rate)
        later = order[number + 1] if number + 1 < len(order) else None
        if later is not None and cue.end_ms <= cues[later].start_ms and end > starts[number + 1] > start:
            end = starts[number + 1]
        timed[place] = Cue(start, max(0, min(_LAST_MS, end)), cue.text)
    return Moved(tuple(timed), tuple(sorted(order[number] for number in misplaced)))


def _starts(cues: Sequence[Cue], retiming: Retiming) -> tuple[list[int], list[int]]:
    """The starts of cues in order of time, and which of them could not be where their stretch wants them."""
    starts: list[int] = []
    misplaced = []
    for number, cue in enumerate(cues):
        wanted = retiming.at(cue.start_ms)
        least, most = _room(cue.start_ms, retiming)
        start = max(min(wanted, most, _LAST_MS), least, starts[-1] if starts else 0)
        starts.append(start)
        if abs(start - wanted) > _DISPLACED_MS:
            misplaced.append(number)
    return starts, misplaced


def _room(time: int, retiming: Retiming) -> tuple[int, int]:
    """Between which times a cue must start: behind what is sure of the stretch before its own, before that of the next."""
    place = retiming.stretch_at(time)
    own = retiming.stretches[place]
    least, most = 0, _LAST_MS
    if place and time < own.first_ms:
        least = retiming.at(retiming.stretches[place - 1].last_ms)
    if place + 1 < len(retiming.stretches) and time > own.last_ms:
        most = retiming.at(retiming.stretches[place + 1].first_ms)
    return least, max(least, most)
