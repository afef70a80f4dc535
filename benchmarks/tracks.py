"""Prints how long `bilect subs merge` takes for two long tracks, against `srt-mux`, which pairs nothing.

Real lecture tracks of ../shared/data one after the other where they are there, else the sample lecture again and again.
Whole processes, in turn, so that a busy machine is busy for all; processor time, the median of three. The second line of
each length leaves the lines as they are in the tracks (`--no-wrap`).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from pipeline import Cue
from pipeline.subtitles.srt_format import read_srt, srt_bytes

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared/data/gold/subtitle_merge"
SAMPLE = ROOT / "source_docs/sample-lecture"
COUNTS, ROUNDS, PAUSE_MS = (10_000, 50_000, 100_000), 3, 5_000

Tracks = tuple[list[Cue], list[Cue]]


def main() -> None:
    sources = list(lectures())
    with tempfile.TemporaryDirectory() as folder:
        for count in COUNTS:
            _measured(Path(folder), tiled(sources, count))


def lectures() -> Iterator[Tracks]:
    """The English and the Chinese cues of real lectures, or of the sample."""
    for path in sorted(GOLD.glob("G2_*.json")):
        gold = json.loads(path.read_text("utf-8"))
        en, zh = ([Cue(*row) for row in gold[language] if row[1] > row[0]] for language in ("en", "zh"))
        yield en, zh
    if not GOLD.is_dir():
        files = [(SAMPLE / f"risk-stratification.{language}.srt").read_bytes() for language in ("en", "zh")]
        en, zh = (list(read_srt(data).cues) for data in files)
        yield en, zh


def tiled(lectures: list[Tracks], count: int) -> Tracks:
    """The lectures again and again, each later than the one before, as so many cues of either language."""
    tracks: Tracks = ([], [])
    start = 0
    while min(map(len, tracks)) < count:
        for lecture in lectures:
            for track, cues in zip(tracks, lecture, strict=True):
                track += [Cue(cue.start_ms + start, cue.end_ms + start, cue.text) for cue in cues]
            start += max(cues[-1].end_ms for cues in lecture) + PAUSE_MS
    return tracks[0][:count], tracks[1][:count]


def _measured(folder: Path, tracks: Tracks) -> None:
    en, zh, out = (folder / name for name in ("en.srt", "zh.srt", "out.srt"))
    for path, cues in zip((en, zh), tracks, strict=True):
        path.write_bytes(srt_bytes(cues))
    ours = [sys.executable, "-m", "pipeline", "-q", "subs", "merge", str(en), str(zh), "-o", str(out)]
    theirs = [str(Path(sys.executable).parent / "srt-mux"), "-i", str(en), "-i", str(zh), "-o", str(out)]
    times = [[_seconds(command) for command in (ours, [*ours, "--no-wrap"], theirs)] for _ in range(ROUNDS)]
    wrapped, kept, other = (median(side) for side in zip(*times, strict=True))
    for mine, lines in ((wrapped, "broken into lines"), (kept, "their lines kept")):
        said = f"2 × {len(tracks[0]):,} cues paired, merged, {lines}: {mine:.2f} s"
        print(f"{said}, by srt-mux without pairing {other:.2f} s: {mine / other:.1f} times", flush=True)


def _seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
