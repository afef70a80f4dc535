"""Prints how long 100,000 cues take to be read and written, against `srt`, and 10,000 cues of two tracks to be paired."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import srt

from pipeline import Cue, pair_tracks
from pipeline.exporters.subtitles import bilingual_srt
from pipeline.subtitles.srt_format import read_srt, srt_bytes

SAMPLE = Path(__file__).parent.parent / "source_docs" / "sample-lecture"
ROUNDS = 5


def long_track(language: str, count: int) -> list[Cue]:
    """The sample lecture again and again, four minutes apart."""
    cues = read_srt((SAMPLE / f"risk-stratification.{language}.srt").read_bytes()).cues
    rounds = range(count // len(cues) + 1)
    return [Cue(cue.start_ms + n * 240_000, cue.end_ms + n * 240_000, cue.text) for n in rounds for cue in cues][:count]


def with_ours(data: bytes) -> bytes:
    return srt_bytes(read_srt(data).cues)


def with_srt(data: bytes) -> bytes:
    composed: str = srt.compose(srt.parse(data.decode()))
    return composed.encode()


def seconds(task: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def paired(en: Sequence[Cue], zh: Sequence[Cue]) -> bytes:
    return bilingual_srt(en, zh, pair_tracks(en, zh))


if __name__ == "__main__":
    data = srt_bytes(long_track("en", 100_000))
    # in turn, so that a busy machine is busy for both
    times = [(seconds(lambda: with_ours(data)), seconds(lambda: with_srt(data))) for _ in range(ROUNDS)]
    ours, theirs = (median(side) for side in zip(*times, strict=True))
    print(f"100,000 cues read and written: {ours:.2f} s, by srt {theirs:.2f} s: {ours / theirs:.0%}")
    en, zh = long_track("en", 10_000), long_track("zh", 10_500)
    print(f"10,000 English cues paired with Chinese and merged: {seconds(lambda: paired(en, zh)):.2f} s")
