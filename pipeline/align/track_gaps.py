"""What two tracks cannot be paired in: stretches that only one of them has, and tracks of the wrong language."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from pipeline.align.track_lattice import Bead
from pipeline.align.track_sides import ChineseCues, Sentences
from pipeline.align.track_sync import Stretch
from pipeline.model import Cue
from pipeline.text.script import language_of

_PAIRED_COSTS = 4  # cues in a row that must stand alone for each that is paired among them
_PAIRED_ENDS = 5  # paired cues more than that end a stretch
_LEAST_CUES, _LEAST_MS = 12, 30_000
_MOST = 3  # stretches of one track that are told
_LOOKED_AT = 500  # cues of each track that tell its language


class Gap(NamedTuple):
    """English times between which nearly all cues of one track stand alone, and the words that say so."""

    start_ms: int
    end_ms: int
    said: str

    def holds(self, stretch: Stretch) -> bool:
        """Whether what a stretch says is only that cues were sought where there are none."""
        return stretch.start_ms < self.end_ms and stretch.end_ms > self.start_ms


class _Cue(NamedTuple):
    start_ms: int
    end_ms: int
    alone: bool


def lonely_stretches(english: Sentences, chinese: ChineseCues, beads: Sequence[Bead]) -> list[Gap]:
    """The longest stretches of either track that have nothing in the other; Chinese times are on the English clock."""
    said = [
        _Cue(english.starts[i], english.ends[i], bead.j0 == bead.j1)
        for bead in beads
        for i in range(bead.i0, bead.i1)
        for _ in english.cues[i]
    ]
    meant = [
        _Cue(chinese.starts[j], chinese.ends[j], bead.i0 == bead.i1) for bead in beads for j in range(bead.j0, bead.j1)
    ]
    return _gaps(said, "English", "Chinese") + _gaps(meant, "Chinese", "English")


def _gaps(cues: Sequence[_Cue], language: str, other: str) -> list[Gap]:
    found = []
    for first, last in _runs([cue.alone for cue in cues]):
        start, end = cues[first].start_ms, max(cue.end_ms for cue in islice(cues, first, last + 1))
        count = sum(cue.alone for cue in islice(cues, first, last + 1))
        if count >= _LEAST_CUES and end - start >= _LEAST_MS:
            what = f"{count} of {last + 1 - first} {language} cues have no {other}"
            found.append((count, Gap(start, end, f"from {clock_time(start)} to {clock_time(end)} {what}")))
    return [gap for _, gap in sorted(found, key=lambda pair: -pair[0])[:_MOST]]


def _runs(alone: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last places of the stretches in which all but a few are alone."""
    level, height, start, best = 0, 0, 0, 0
    runs = []
    for place, is_alone in enumerate(alone):
        if is_alone:
            start = place if level == 0 else start
            level += 1
            height, best = (level, place) if level >= height else (height, best)
        elif level:
            level = max(0, level - _PAIRED_COSTS)
            if level == 0 or height - level > _PAIRED_ENDS * _PAIRED_COSTS:
                runs.append((start, best))
                level = height = 0
    return [*runs, (start, best)] if level else runs


def language_warnings(en: Sequence[Cue], zh: Sequence[Cue]) -> list[str]:
    """A warning where the English track is not English or the Chinese one is."""
    first, second = (language_of("\n".join(cue.text for cue in islice(cues, _LOOKED_AT))) == "en" for cues in (en, zh))
    if first == second:
        return [f"both tracks are {'English' if first else 'Chinese'}: they are paired by time alone"]
    return ["the tracks are swapped: the first is Chinese and the second English"] if second else []


def clock_time(milliseconds: int) -> str:
    """A time for people: ``3:07``, ``1:02:03``."""
    seconds = max(0, milliseconds) // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
