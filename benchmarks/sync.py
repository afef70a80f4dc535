"""Prints how far tracks that were put out of step in fourteen ways are from their old times once `subs sync` has been at them.

A case is repaired in a lesson where the middle of all cues is within 150 ms; the worst cue is told beside it. Old times are
those that a track has when it is synchronised as it is, so that what people timed early is not counted.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import NamedTuple

from pipeline import Cue
from pipeline.align.track_moved import moved
from pipeline.align.track_retiming import retiming_of

GOLD = Path(__file__).parents[2] / "shared" / "data" / "gold" / "subtitle_merge"
REPAIRED_MS = 150
SHOWN_MS = 500
LESSONS = 14


class Made(NamedTuple):
    """Two tracks that were put out of step; ``kept`` are the positions in the Chinese track of the cues that are left."""

    kept: list[int]
    zh: list[Cue]
    en: list[Cue]


def by(rate: float, offset: int, *jumps: tuple[float, int]) -> Callable[[Sequence[Cue], Sequence[Cue]], Made]:
    """A change of rate and offset, and jumps from some share of the track on; what comes before 0 is left out."""

    def change(en: Sequence[Cue], zh: Sequence[Cue]) -> Made:
        whole = en[-1].end_ms
        late = []
        for cue in zh:
            step = sum(jump for share, jump in jumps if cue.start_ms >= share * whole)
            start = round((cue.start_ms + step) * rate) + offset
            late.append(Cue(start, start + round((cue.end_ms - cue.start_ms) * rate), cue.text))
        kept = [place for place, cue in enumerate(late) if cue.start_ms >= 0]
        return Made(kept, [late[place] for place in kept], list(en))

    return change


def without(cues: Sequence[Cue], first: float, last: float) -> list[tuple[int, Cue]]:
    """The cues, and their positions, of a track that lacks the time between two moments."""
    gap = round(last - first)
    return [
        (place, cue if cue.start_ms < first else Cue(cue.start_ms - gap, cue.end_ms - gap, cue.text))
        for place, cue in enumerate(cues)
        if not first <= cue.start_ms < last
    ]


def missing(en: Sequence[Cue], zh: Sequence[Cue]) -> Made:
    """The video of the Chinese track lacks a tenth."""
    whole = en[-1].end_ms
    left = without(zh, 0.4 * whole, 0.5 * whole)
    return Made([place for place, _ in left], [cue for _, cue in left], list(en))


def cut(en: Sequence[Cue], zh: Sequence[Cue]) -> Made:
    """The video of the English track lacks half a minute; only cues before that are measured."""
    whole = en[-1].end_ms
    left = [cue for _, cue in without(en, 0.5 * whole, 0.5 * whole + 30_000)]
    return Made([place for place, cue in enumerate(zh) if cue.end_ms < 0.5 * whole], list(zh), left)


CASES: Mapping[str, Callable[[Sequence[Cue], Sequence[Cue]], Made]] = MappingProxyType(
    {
        "nothing": by(1, 0),
        "+2 s": by(1, 2_000),
        "+15 s": by(1, 15_000),
        "-90 s": by(1, -90_000),
        "25:23.976": by(25 / 23.976, 0),
        "24:25": by(24 / 25, 0),
        "30:24": by(30 / 24, 0),
        "0.1 % + 1 s": by(1.001, 1_000),
        "+8 s after 50 %": by(1, 0, (0.5, 8_000)),
        "+5 s, +30 s": by(1, 0, (0.3, 5_000), (0.7, 30_000)),
        "ads of 60 s": by(1, 0, (0.4, 60_000)),
        "+8 s, 0.1 %": by(1.001, 0, (0.5, 8_000)),
        "lacks 10 %": missing,
        "has 30 s more": cut,
    }
)


def lessons() -> Iterator[tuple[list[Cue], list[Cue]]]:
    paths = sorted(GOLD.glob("G2_*.json"))
    for path in paths[:: max(1, len(paths) // LESSONS)]:
        gold = json.loads(path.read_text("utf-8"))
        en, zh = ([Cue(start, end, text) for start, end, text in gold[name] if end > start] for name in ("en", "zh"))
        yield en, zh


def residuals(made: Made, due: Sequence[Cue]) -> list[int]:
    """How far each cue is from where it is due, in ms; a refusal leaves all where they are."""
    retiming = retiming_of(made.zh, made.en)
    found = made.zh if retiming.problem else moved(made.zh, retiming).cues
    return [abs(cue.start_ms - due[place].start_ms) for place, cue in zip(made.kept, found, strict=False)]


if __name__ == "__main__":
    tracks = list(lessons())
    due = [moved(zh, retiming_of(zh, en)).cues for en, zh in tracks]
    print(
        f"{len(tracks)} lessons, English and human Chinese     median of medians   worst median   cues off > {SHOWN_MS} ms      s"
    )
    for name, change in CASES.items():
        start = time.perf_counter()
        found = [residuals(change(en, zh), times) for (en, zh), times in zip(tracks, due, strict=True)]
        seconds = (time.perf_counter() - start) / len(tracks)
        middles = [median(each) for each in found]
        far = sum(off > SHOWN_MS for each in found for off in each)
        repaired = sum(middle <= REPAIRED_MS for middle in middles)
        print(
            f"{name:16} {repaired:2} of {len(tracks)} repaired {median(middles):21.0f} ms {max(middles):11.0f} ms"
            f" {far:6} of {sum(map(len, found)):5} {seconds:10.2f}"
        )
    elsewhere = [tracks[place - 1][0] for place in range(len(tracks))]
    refused = sum(bool(retiming_of(zh, en).problem) for (_, zh), en in zip(tracks, elsewhere, strict=True))
    print(f"with the English of another lesson: {refused} of {len(tracks)} refused")
