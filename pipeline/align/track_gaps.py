"""What two tracks cannot be paired in: stretches that only one of them has, and tracks of the wrong language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple

from pipeline.align.track_lattice import Bead
from pipeline.align.track_sides import ChineseCues, Sentences
from pipeline.align.track_sync import Stretch
from pipeline.model import Cue
from pipeline.text.said import phrase, said
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
    words: str

    def holds(self, stretch: Stretch) -> bool:
        """Whether what a stretch says is only that cues were sought where there are none."""
        return stretch.start_ms < self.end_ms and stretch.end_ms > self.start_ms


def lonely_stretches(english: Sentences, chinese: ChineseCues, beads: Sequence[Bead]) -> list[Gap]:
    """The longest stretches of either track that have nothing in the other; Chinese times are on the English clock."""
    spoken, meant = bytearray(), bytearray()  # 1 for each cue that is alone, in order
    for i0, i1, j0, j1 in beads:
        spoken += (b"\1" if j0 == j1 else b"\0") * sum(map(len, english.cues[i0:i1]))
        meant += (b"\1" if i0 == i1 else b"\0") * (j1 - j0)
    sentences = [sentence for sentence, run in enumerate(english.cues) for _ in run]
    found = _gaps(spoken, _NO_CHINESE, lambda cue: (english.starts[sentences[cue]], english.ends[sentences[cue]]))
    return found + _gaps(meant, _NO_ENGLISH, lambda cue: (chinese.starts[cue], chinese.ends[cue]))


_NO_CHINESE = phrase("from {start} to {end} {number} of {total} English cues have no Chinese")
_NO_ENGLISH = phrase("from {start} to {end} {number} of {total} Chinese cues have no English")


def _gaps(alone: bytearray, form: str, time_of: Callable[[int], tuple[int, int]]) -> list[Gap]:
    found = []
    for first, last in _runs(alone):
        count = alone.count(1, first, last + 1)
        start, end = time_of(first)[0], max(time_of(cue)[1] for cue in range(first, last + 1))
        if count >= _LEAST_CUES and end - start >= _LEAST_MS:
            total = last + 1 - first
            words = said(form, start=clock_time(start), end=clock_time(end), number=count, total=total)
            found.append((count, Gap(start, end, words)))
    return [gap for _, gap in sorted(found, key=lambda pair: -pair[0])[:_MOST]]


def _runs(alone: bytearray) -> list[tuple[int, int]]:
    """First and last places of the stretches in which all but a few are alone."""
    runs = []
    start = alone.find(1)
    while start >= 0:
        level = height = 0
        best = place = start
        while place < len(alone) and (level or place == start) and height - level <= _PAIRED_ENDS * _PAIRED_COSTS:
            level = level + 1 if alone[place] else max(0, level - _PAIRED_COSTS)
            height, best = (level, place) if level >= height and alone[place] else (height, best)
            place += 1
        runs.append((start, best))
        start = alone.find(1, place)
    return runs


def language_warnings(en: Sequence[Cue], zh: Sequence[Cue]) -> list[str]:
    """A warning where the English track is not English or the Chinese one is."""
    first, second = (language_of("\n".join(cue.text for cue in islice(cues, _LOOKED_AT))) == "en" for cues in (en, zh))
    if first and second:
        return [said("both tracks are English: they are paired by time alone")]
    if not first and not second:
        return [said("both tracks are Chinese: they are paired by time alone")]
    return [said("the tracks are swapped: the first is Chinese and the second English")] if second else []


def clock_time(milliseconds: int) -> str:
    """A time for people: ``3:07``, ``1:02:03``."""
    seconds = max(0, milliseconds) // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
