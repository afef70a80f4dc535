"""How long cues are shown and what lies between them, brought within limits; every cue keeps its text and its start."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from operator import ne
from typing import Literal, NamedTuple, get_args

from pipeline.model import Cue, PipelineError
from pipeline.subtitles.limits import Limits
from pipeline.subtitles.track import Track
from pipeline.text.said import said

Step = Literal["overlaps", "long", "short", "gaps"]
STEPS: tuple[Step, ...] = get_args(Step)
"""What can be done, in the order in which it is."""

_LAST_MS = 359_999_999  # 99:59:59,999
_LEAST_FRAMES, _MOST_FRAMES = 3, 11  # gaps of so many frames are closed to two, says Netflix
_LEAST_LEFT = 0.5  # a gap does not take more than that of a cue's time


class Timed(NamedTuple):
    """The cues in the order given, and how many of them each step has changed."""

    cues: tuple[Cue, ...]
    changed: Mapping[Step, int]


class _Room(NamedTuple):
    """How long cues and gaps may be, in ms; ``frame`` is the time of one."""

    shortest: int
    longest: int
    gap: int
    frame: float


def timed(cues: Sequence[Cue], limits: Limits, steps: Collection[Step] = STEPS) -> Timed:
    """The cues with other ends: not over the next start, not too long, not too short where there is room, no flicker.

    Gaps of 3 to 11 frames become gaps of 2, as smaller ones do where the cue keeps half its time; two frames are
    ``limits.gap``. Cues that start at one time stand together, as those in two languages do. Time in which a cue that
    began before is still shown is no room.
    """
    room = _Room(limits.shortest, limits.longest, limits.gap, limits.gap / 2)
    ends = [cue.end_ms for cue in cues]
    changed: Counter[Step] = Counter()
    for step in STEPS:
        if step in steps:
            shown = _shown(cues, ends)
            better = [
                _end(step, (cue.start_ms, end), shown.around(cue.start_ms), room)
                for cue, end in zip(cues, ends, strict=True)
            ]
            changed[step] = sum(map(ne, ends, better))
            ends = better
    kept = (cue if end == cue.end_ms else replace(cue, end_ms=end) for cue, end in zip(cues, ends, strict=True))
    return Timed(tuple(kept), changed)


def lengthened(cues: Sequence[Cue], limits: Limits, step_ms: int = 1) -> Mapping[tuple[int, int], int]:
    """The new ends, by the old times, of the cues that are too short and have the free time not to be.

    ``step_ms`` is the shortest time that the file can tell; two frames stay free before the next start. Time in which
    a cue that began before is still shown is not free.
    """
    shown = _shown(cues, [cue.end_ms for cue in cues])
    least = -(-limits.shortest // step_ms) * step_ms
    ends = {}
    for cue in cues:
        if 0 < cue.end_ms - cue.start_ms < limits.shortest:
            around, end = shown.around(cue.start_ms), cue.start_ms + least
            following = _LAST_MS + limits.gap if around.following is None else around.following
            if end <= following - limits.gap and around.shown_until <= cue.end_ms:
                ends[cue.start_ms, cue.end_ms] = end
    return ends


class _Around(NamedTuple):
    """The next start after a start, None for none, and until when what began before it is shown."""

    following: int | None
    shown_until: int


class _Shown(NamedTuple):
    """The starts in a track, in order, and until when what began before each of them is shown."""

    starts: Sequence[int]
    until: Sequence[int]

    def around(self, start: int) -> _Around:
        place = bisect_right(self.starts, start)
        return _Around(self.starts[place] if place < len(self.starts) else None, self.until[place - 1])


def _shown(cues: Sequence[Cue], ends: Sequence[int]) -> _Shown:
    """When the cues of a track are shown that have these ends."""
    latest: dict[int, int] = {}  # by start, in order
    for start, end in sorted((cue.start_ms, end) for cue, end in zip(cues, ends, strict=True)):
        latest[start] = end
    starts = list(latest)
    return _Shown(starts, [*starts[:1], *accumulate(latest.values(), max)])


def _end(step: Step, span: tuple[int, int], around: _Around, room: _Room) -> int:
    """The end that a step gives a cue."""
    (start, end), following = span, around.following
    if step == "long":
        return min(end, start + room.longest)
    if step == "short":
        if around.shown_until > max(start, end):
            return end
        most = start + room.shortest if following is None else min(start + room.shortest, following - room.gap)
        return max(end, min(most, _LAST_MS))
    if following is None:
        return end
    return min(end, following) if step == "overlaps" else _before(following, span, room)


def _before(following: int, span: tuple[int, int], room: _Room) -> int:
    """The end with two frames to the next start, where that is no further than it should be."""
    start, end = span
    gap, due = following - end, following - room.gap
    if _LEAST_FRAMES * room.frame - 1 <= gap <= _MOST_FRAMES * room.frame + 1:
        return due if due - start <= room.longest else end
    too_near = 0 <= gap < room.gap and due - start >= _LEAST_LEFT * (end - start) and due > start
    return due if too_near else end


def at_frame_rate(track: Track, made_for: Fraction, wanted: Fraction) -> Track:
    """The track of a video of ``made_for`` frames a second as it runs in one of ``wanted``.

    Raises:
        PipelineError: A cue would end after 99:59:59,999.
    """
    ratio = made_for / wanted
    cues = tuple(
        replace(cue, start_ms=round(cue.start_ms * ratio), end_ms=round(cue.end_ms * ratio)) for cue in track.cues
    )
    for cue, line in zip(cues, track.lines, strict=True):
        if max(cue.start_ms, cue.end_ms) > _LAST_MS:
            message = said("the cue would end after 99:59:59,999")
            raise PipelineError(message, path=track.path, line=line, remedy="mend its time, or the frame rates")
    return replace(track, cues=cues)
