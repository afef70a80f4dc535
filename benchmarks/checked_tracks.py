"""Prints what `bilect check` costs on the two tracks of a talk of 10,000 to 100,000 cues, and how that grows.

Real lecture tracks of ../shared/data one after the other where they are there, else the sample lecture again and again: every
rule on tracks, and their pairing. A diff of the fixes is measured on a copy in which every second cue ends with a blank.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from _measure import Command, Cost, costs_of, middle
from tracks import COUNTS, lectures, tiled

from pipeline.model import Cue
from pipeline.subtitles.srt_format import srt_bytes

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3


def cost(folder: Path, *arguments: str) -> Cost:
    """What one `bilect check` costs, the middle of some runs; each begins with the files as they were."""
    program = [sys.executable, "-m", "pipeline", "check", *arguments, "--format", "concise", "--fail-on", "never"]
    return middle(costs_of(Command(program, folder, {"PYTHONPATH": str(ROOT)}), ROUNDS))


def main() -> None:
    sources, before = list(lectures()), [0.0, 0.0]
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for language, cues in zip(("en", "zh"), tiled(sources, count), strict=True):
                (folder / f"talk.{language}.srt").write_bytes(srt_bytes(cues))
                blank = [Cue(cue.start_ms, cue.end_ms, cue.text + " " * (place % 2)) for place, cue in enumerate(cues)]
                (folder / f"other.{language}.srt").write_bytes(srt_bytes(blank))
            costs = [
                cost(folder, "talk.en.srt", "talk.zh.srt"),
                cost(folder, "other.en.srt", "--diff", "--select", "ST"),
            ]
        each = [1e6 * found.cpu / count for found in costs]
        grown = [f", {after / old:.2f} of that before" if old else "" for after, old in zip(each, before, strict=True)]
        for what, found, per_cue, more in zip(("two tracks checked", "one mended"), costs, each, grown, strict=True):
            said = f"{count:9,} cues, {what:18} {found.cpu:7.2f} s of processor, {found.peak:5.0f} MiB"
            print(f"{said}, {per_cue:6.1f} µs a cue{more}  {found.trouble}", flush=True)
        before = each


if __name__ == "__main__":
    main()
