"""Prints what it takes to read and write 100,000 cues, against `srt`, pysubs2, ffmpeg and the Translate Toolkit.

Whole processes, in turn, so that a busy machine is busy for all; processor time, the median of the rounds, and its share of what
`srt` takes to parse and compose. Peers that cannot be installed here are named and left out. Then 10,000 cues paired and merged.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from _measure import Command, Cost, cost_of, middle
from _peers import PREFIX, LeftOutError, venv

from pipeline import Cue, pair_tracks
from pipeline.exporters.subtitles import bilingual_srt
from pipeline.subtitles.formats import format_of
from pipeline.subtitles.srt_format import read_srt

SAMPLE = Path(__file__).parent.parent / "source_docs" / "sample-lecture"
CUES, ROUNDS = 100_000, 3
FORMATS = ("srt", "vtt", "sbv", "bcc")
WITH_SRT = """
import srt
cues = srt.parse(open("a.srt", encoding="utf-8").read())
open("out.srt", "w", encoding="utf-8").write(srt.compose(cues))
"""
WITH_PYSUBS2 = 'import pysubs2; pysubs2.load("a.srt", keep_unknown_html_tags=True).save("out.srt")'
WITH_TRANSLATE = """
from translate.storage.subtitles import SubRipFile
open("out.srt", "wb").write(bytes(SubRipFile.parsefile("a.srt")))
"""


def long_track(language: str, count: int) -> list[Cue]:
    """The sample lecture again and again, four minutes apart."""
    cues = read_srt((SAMPLE / f"risk-stratification.{language}.srt").read_bytes()).cues
    rounds = range(count // len(cues) + 1)
    return [Cue(cue.start_ms + n * 240_000, cue.end_ms + n * 240_000, cue.text) for n in rounds for cue in cues][:count]


def commands(folder: Path) -> dict[str, Command]:
    """The programs by name, `srt` first."""
    found = {"srt": [sys.executable, "-c", WITH_SRT]}
    for form in FORMATS:
        found[f"bilect {form}"] = [
            sys.executable,
            "-m",
            "pipeline",
            "subs",
            "convert",
            f"a.{form}",
            "-o",
            f"out.{form}",
        ]
    for name, package, script in (
        ("pysubs2", "pysubs2", WITH_PYSUBS2),
        ("translate", "translate-toolkit[subtitles]", WITH_TRANSLATE),
    ):
        try:
            venv(name, package)()
            found[name] = [str(PREFIX / name / "bin/python"), "-c", script]
        except LeftOutError as error:
            print(f"{name} is left out: {error}")
    if shutil.which("ffmpeg"):
        found["ffmpeg"] = ["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-i", "a.srt", "out.srt"]
    root = str(SAMPLE.parent.parent)
    return {name: Command(arguments, folder, {"PYTHONPATH": root}) for name, arguments in found.items()}


def print_costs(costs: dict[str, Sequence[Cost]]) -> None:
    theirs = middle(costs["srt"])
    for name, each in costs.items():
        cost = middle(each)
        share = f"{cost.cpu:5.2f} s {cost.cpu / theirs.cpu:5.2f} of srt {cost.peak:5.0f} MiB"
        print(f"{name:12} {cost.trouble or share}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        for form in FORMATS:
            path = Path(place, f"a.{form}")
            path.write_bytes(format_of(path.name).write(long_track("en", CUES)))
        programs = commands(Path(place))
        for command in programs.values():
            cost_of(command)  # modules are compiled
        rounds = [{name: cost_of(command) for name, command in programs.items()} for _ in range(ROUNDS)]
        print(f"{CUES:,} cues read and written:", flush=True)
        print_costs({name: [each[name] for each in rounds] for name in programs})
    en, zh = long_track("en", 10_000), long_track("zh", 10_500)
    started = time.perf_counter()
    bilingual_srt(en, zh, pair_tracks(en, zh))
    print(f"10,000 English cues paired with Chinese and merged: {time.perf_counter() - started:.2f} s")
