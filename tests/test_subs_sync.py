"""`bilect subs sync`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from golden import ROOT
from terminal import bilect

from pipeline.subtitles.retiming import retimed_bytes, shifted
from pipeline.subtitles.srt_format import read_srt, srt_bytes

SAMPLE = ROOT / "source_docs/sample-lecture"
EN, ZH = SAMPLE / "risk-stratification.en.srt", SAMPLE / "risk-stratification.zh.srt"


@pytest.fixture
def late(tmp_path: Path) -> Path:
    """The Chinese track with eight seconds more from the second minute on."""
    path = tmp_path / "late.zh.srt"
    path.write_bytes(retimed_bytes(shifted(read_srt(ZH.read_bytes()), 8_000, 120_000)))
    return path


def test_each_stretch_is_moved_by_itself_and_told(late: Path, tmp_path: Path) -> None:
    done = bilect(
        "subs", "sync", late, "--to", EN, "-o", tmp_path / "out.srt", "--report", tmp_path / "out.json", cwd=tmp_path
    )
    assert done.status == 0
    assert done.stderr.splitlines() == [
        "00:00:00 to 00:02:10 is moved by -0.04 s: 21 of 21 places agree, off by 40 ms in the middle",
        "00:02:10 to 00:03:20 is moved by -8.04 s: 14 of 14 places agree, off by 60 ms in the middle",
        "59 of 59 cues moved.",
    ]
    back, due = (read_srt(path.read_bytes()).cues for path in (tmp_path / "out.srt", ZH))
    assert [cue.text for cue in back] == [cue.text for cue in due]
    assert {one.start_ms - other.start_ms for one, other in zip(back, due, strict=True)} == {-40}
    report = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert [stretch["offset_ms"] for stretch in report["stretches"]] == [-40, -8040]
    assert (report["rate"], report["ratio"], report["moved"], report["misplaced"]) == (1, "", 59, [])


def test_a_dry_run_tells_the_stretches_and_writes_nothing(late: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    done = bilect("subs", "sync", late, "--to", EN, "-n", "-o", tmp_path / "out.srt", cwd=tmp_path)
    assert [line[:32] for line in done.stdout.splitlines()] == [
        "00:00:00 to 00:02:10 is moved by",
        "00:02:10 to 00:03:20 is moved by",
    ]
    assert done.stderr == "59 of 59 cues would be moved.\n"
    assert sorted(tmp_path.iterdir()) == before


def test_a_track_that_is_in_step_stays_as_it_is(tmp_path: Path) -> None:
    done = bilect("subs", "sync", ZH, "--to", EN, "-o", tmp_path / "out.srt", cwd=tmp_path)
    assert (tmp_path / "out.srt").read_bytes() == ZH.read_bytes()
    assert "00:00:00 to 00:03:12 is in step already" in done.stderr


def test_the_frame_rates_are_named(tmp_path: Path) -> None:
    track = read_srt(EN.read_bytes())
    slow = "".join(
        f"{number}\n00:{cue.start_ms * 24 // 25 // 60_000:02}:{cue.start_ms * 24 // 25 / 1_000 % 60:06.3f} --> "
        f"00:{cue.end_ms * 24 // 25 // 60_000:02}:{cue.end_ms * 24 // 25 / 1_000 % 60:06.3f}\n{cue.text}\n\n".replace(
            ".", ",", 2
        )
        for number, cue in enumerate(track.cues, 1)
    )
    (tmp_path / "slow.srt").write_text(slow, "utf-8")
    done = bilect("subs", "sync", tmp_path / "slow.srt", "--to", EN, "-n", cwd=tmp_path)
    assert done.stdout.startswith("all times are multiplied by 1.041667: 25:24 frames a second\n")


def test_what_is_not_sure_is_written_told_and_ends_with_one(tmp_path: Path) -> None:
    cues = [
        replace(cue, start_ms=cue.start_ms + by, end_ms=cue.end_ms + by)
        for cue in read_srt(EN.read_bytes()).cues
        for by in [(900, 3_100, 1_700, 4_300)[cue.start_ms // 5_000 % 4] if 90_000 <= cue.start_ms < 150_000 else 0]
    ]
    (tmp_path / "astray.srt").write_bytes(srt_bytes(cues))
    done = bilect("subs", "sync", "astray.srt", "--to", EN, "-o", "out.srt", cwd=tmp_path)
    assert done.status == 1
    assert (tmp_path / "out.srt").exists()
    told = [line for line in done.stderr.splitlines() if line.startswith("warning")]
    assert told == [
        "warning: astray.srt: 00:01:35 to 00:02:29 may be out of step: nothing there agrees with the reference"
    ]


@pytest.mark.parametrize(("file", "reference"), [("both", "en"), ("both", "zh"), ("en", "both"), ("zh", "both")])
def test_a_bilingual_track_is_heard_in_the_language_of_the_other(file: str, reference: str, tmp_path: Path) -> None:
    assert bilect("subs", "merge", EN, ZH, "-o", "both.srt", cwd=tmp_path).status == 0
    paths = {"both": tmp_path / "both.srt", "en": EN, "zh": ZH}
    late = retimed_bytes(shifted(read_srt(paths[file].read_bytes()), 8_000))
    (tmp_path / "late.srt").write_bytes(late)
    done = bilect("subs", "sync", "late.srt", "--to", paths[reference], "-o", "out.srt", cwd=tmp_path)
    assert done.status == 0, done.stderr
    back, due = (read_srt(path.read_bytes()).cues for path in (tmp_path / "out.srt", paths[file]))
    off = [abs(one.start_ms - other.start_ms) for one, other in zip(back, due, strict=True)]
    assert max(off) <= 400


def test_a_track_of_another_talk_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.srt"
    other.write_text(
        "1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n\n2\n00:00:03,000 --> 00:00:04,000\nSit down.\n", "utf-8"
    )
    done = bilect("subs", "sync", other, "--to", EN, "-o", tmp_path / "out.srt", cwd=tmp_path)
    assert done.status == 2
    assert "other.srt: does not belong to" in done.stderr
    assert "bilect subs shift" in done.stderr
    assert not (tmp_path / "out.srt").exists()


@pytest.mark.parametrize(
    "names",
    [
        ("-", "--to", "-"),
        (ZH, "--to", EN, "--report", "-"),
        (ZH, "--to", EN, "-o", "x.srt", "--report", "x.srt"),
        (ZH,),
    ],
)
def test_names_that_cannot_be_are_refused(names: tuple[str | Path, ...], tmp_path: Path) -> None:
    assert bilect("subs", "sync", *names, cwd=tmp_path).status == 2
