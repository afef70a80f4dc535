"""`bilect subs time`: times within limits, and frame rates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from golden import ROOT
from hypothesis import given
from hypothesis import strategies as st
from terminal import bilect

from pipeline.model import Cue
from pipeline.subtitles.durations import STEPS, Step, timed
from pipeline.subtitles.limits import Limits
from pipeline.subtitles.srt_format import read_srt

EN = ROOT / "source_docs/sample-lecture/risk-stratification.en.srt"


def spans(times: Sequence[tuple[int, int]], steps: Sequence[Step] = STEPS) -> list[tuple[int, int]]:
    done = timed([Cue(start, end, "x") for start, end in times], Limits(), steps)
    return [(cue.start_ms, cue.end_ms) for cue in done.cues]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([(0, 300), (2_000, 3_000)], [(0, 833), (2_000, 3_000)]),  # extended into free time
        ([(0, 300), (600, 3_000)], [(0, 517), (600, 3_000)]),  # as far as there is room
        ([(0, 9_000), (9_500, 11_000)], [(0, 7_000), (9_500, 11_000)]),  # cut
        ([(0, 3_000), (2_500, 4_000)], [(0, 2_417), (2_500, 4_000)]),  # no overlap, and two frames
        ([(0, 2_000), (2_200, 4_000)], [(0, 2_117), (2_200, 4_000)]),  # five frames closed to two
        ([(0, 2_000), (2_500, 4_000)], [(0, 2_000), (2_500, 4_000)]),  # twelve frames are a pause
        ([(0, 2_000), (2_020, 4_000)], [(0, 1_937), (2_020, 4_000)]),  # half a frame
        ([(0, 2_000), (0, 2_000), (2_000, 4_000)], [(0, 1_917), (0, 1_917), (2_000, 4_000)]),  # two languages
        ([(0, -40), (2_000, 2_000)], [(0, 833), (2_000, 2_833)]),  # never shown before
        ([(0, 100), (50, 2_000)], [(0, 50), (50, 2_000)]),  # no room for a gap
        ([(2_500, 4_000), (0, 3_000)], [(2_500, 4_000), (0, 2_417)]),  # in the order of the file
    ],
)
def test_times_are_brought_within_limits(before: list[tuple[int, int]], after: list[tuple[int, int]]) -> None:
    assert spans(before) == after


def test_only_what_is_asked_for_is_done() -> None:
    before = [(0, 300), (2_000, 9_500), (9_400, 10_400)]
    assert spans(before, ["short"]) == [(0, 833), *before[1:]]
    assert spans(before, ["long"]) == [before[0], (2_000, 9_000), before[2]]
    assert spans(before, ["overlaps"]) == [before[0], (2_000, 9_400), before[2]]


@pytest.mark.parametrize("steps", [["short"], ["short", "gaps"], ["long", "short"]])
def test_a_cue_is_not_extended_under_one_that_is_still_shown(steps: list[Step]) -> None:
    under = [(1_000, 6_000), (3_000, 3_200)]
    assert spans(under, steps) == under
    assert spans(under) == [(1_000, 2_917), (3_000, 3_833)]


def test_what_was_cut_before_is_shown_no_longer() -> None:
    assert spans([(0, 9_000), (7_500, 7_600)], ["long", "short"]) == [(0, 7_000), (7_500, 8_333)]


@given(st.lists(st.tuples(st.integers(0, 60_000), st.integers(-200, 12_000)), max_size=40))
def test_every_cue_keeps_its_text_and_start_and_a_second_time_changes_nothing(times: list[tuple[int, int]]) -> None:
    cues = [Cue(start, start + length, str(number)) for number, (start, length) in enumerate(times)]
    once = timed(cues, Limits()).cues
    assert [(cue.start_ms, cue.text) for cue in once] == [(cue.start_ms, cue.text) for cue in cues]
    assert timed(once, Limits()).cues == once
    starts = sorted({cue.start_ms for cue in once})
    for cue in once:
        following = [start for start in starts if start > cue.start_ms]
        assert cue.end_ms <= max(cue.start_ms + 7_000, cue.start_ms)
        assert not following or cue.end_ms <= following[0]


def test_a_file_is_mended_and_what_was_done_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(
        "1\n00:00:01,000 --> 00:00:01,200\nHello.\n\n2\n00:00:03,000 --> 00:00:05,000\nGood\n\n"
        "3\n00:00:05,200 --> 00:00:14,000\nmorning.\n",
        "utf-8",
    )
    done = bilect("subs", "time", "a.srt", "--fps", "25", "-o", "b.srt", cwd=tmp_path)
    assert (done.status, done.stderr) == (
        0, "1 long cue cut, 1 short cue extended, 1 gap set to two frames; 3 cues kept.\n",
    )  # fmt: skip
    cues = read_srt((tmp_path / "b.srt").read_bytes()).cues
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(1_000, 1_833), (3_000, 5_120), (5_200, 12_200)]


def test_a_track_is_converted_to_another_frame_rate_and_back(tmp_path: Path) -> None:
    there = bilect("subs", "time", EN, "--from-fps", "25", "--to-fps", "23.976", "-o", "slow.srt", cwd=tmp_path)
    assert there.stderr == "56 cues converted: all times are multiplied by 1.042708.\n"
    back = bilect("subs", "time", "slow.srt", "--from-fps", "23.976", "--to-fps", "25", cwd=tmp_path)
    assert back.stdout.encode() == EN.read_bytes()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--from-fps", "25"], "a conversion needs --from-fps and --to-fps"),
        (["--fps", "0"], "'0' is no frame rate"),
        (["--from-fps", "fast", "--to-fps", "25"], "'fast' is no frame rate"),
        (["--only", "everything"], "'everything' is not one of"),
        (["-o", "x.vtt"], "the track keeps its format"),
    ],
)
def test_what_cannot_be_is_refused(options: list[str], message: str, tmp_path: Path) -> None:
    done = bilect("subs", "time", EN, *options, cwd=tmp_path)
    assert done.status == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
