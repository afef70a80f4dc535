"""`bilect subs`: folders, pipes and standard input, and what is refused before anything is written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from golden import ROOT
from terminal import bilect

SAMPLE = ROOT / "source_docs/sample-lecture"
EN, ZH = SAMPLE / "risk-stratification.en.srt", SAMPLE / "risk-stratification.zh.srt"
CUES = "1\n00:00:01,000 --> 00:00:03,000\n{}\n\n2\n00:00:04,000 --> 00:00:06,000\n{}\n"
ENGLISH, CHINESE = CUES.format("Good evening.", "Sit down."), CUES.format("晚上好。", "请坐。")
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nGood evening.\n"


@pytest.fixture
def tracks(tmp_path: Path) -> Path:
    """A folder of two tracks, one in a folder of its own."""
    folder = tmp_path / "tracks"
    (folder / "one").mkdir(parents=True)
    (folder / "a.en.srt").write_text(ENGLISH, "utf-8")
    (folder / "one" / "a.vtt").write_text(VTT, "utf-8")
    return folder


@pytest.mark.parametrize("words", [("shift", "tracks", "1s"), ("time", "tracks"), ("wrap", "tracks")])
def test_of_a_folder_each_track_is_written_to_its_place(words: tuple[str, ...], tracks: Path) -> None:
    done = bilect("subs", *words, "-o", "out", cwd=tracks.parent)
    assert done.status == 0
    names = [line.split(": ")[0] for line in done.stderr.splitlines()]
    assert names == ["tracks/a.en.srt", "tracks/one/a.vtt"]
    made = sorted(path.relative_to(tracks.parent).as_posix() for path in tracks.parent.rglob("out/**/*.*"))
    assert made == ["out/a.en.srt", "out/one/a.vtt"]
    assert (tracks.parent / "out/one/a.vtt").read_text("utf-8").startswith("WEBVTT\n")


def test_what_cannot_be_read_in_a_folder_is_told_and_the_rest_is_written(tracks: Path) -> None:
    (tracks / "b.srt").write_bytes(bytes(range(256)))
    (tracks / "c.srt").write_text(VTT, "utf-8")
    done = bilect("subs", "shift", "tracks", "1s", "-o", "out", cwd=tracks.parent)
    assert done.status == 2
    assert "bilect: tracks/b.srt: no subtitles" in done.stderr
    assert (tracks.parent / "out/a.en.srt").exists()
    assert (tracks.parent / "out/c.srt").read_text("utf-8").startswith("WEBVTT\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("shift", "tracks", "1s"), "standard output holds one file"),
        (("wrap", "tracks", "-o", "-"), "standard output holds one file"),
        (("time", "tracks", "-o", "tracks"), "tracks/a.en.srt: is an input, and is not overwritten"),
        (("time", "none"), "none: there is no such file or folder"),
        (("wrap", "-"), "-: is empty (nothing came through the pipe)"),
        (("convert", "tracks", "-o", "a.vtt", "--to", "vtt"), "a.vtt is one file, and IN is a folder"),
        (("convert", "tracks/a.en.srt", "-o", "x"), "x: has no suffix"),
        (("split", "tracks/a.en.srt", "-o", "-"), "holds no Chinese"),
        (("merge", EN, ZH, "-o", "tracks"), "tracks: is no name for a bilingual track (name a file that ends in .ass"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(words: tuple[str, ...], told: str, tracks: Path) -> None:
    before = sorted(tracks.parent.rglob("*"))
    done = bilect("subs", *words, cwd=tracks.parent)
    assert done.status == 2
    assert told in done.stderr
    assert sorted(tracks.parent.rglob("*")) == before


@pytest.mark.parametrize("place", [0, 1])
def test_a_bilingual_track_is_no_side_of_another(place: int, tmp_path: Path) -> None:
    assert bilect("subs", "merge", EN, ZH, "-o", "both.srt", cwd=tmp_path).status == 0
    sides = [str(EN), str(ZH)]
    sides[place] = "both.srt"
    done = bilect("subs", "merge", *sides, "-o", "out.srt", cwd=tmp_path)
    assert done.status == 2
    assert done.stderr.startswith("bilect: both.srt: holds both languages already")
    assert "bilect subs split" in done.stderr
    assert not (tmp_path / "out.srt").exists()


def test_split_makes_no_folder_that_is_called_as_standard_output(tmp_path: Path) -> None:
    assert bilect("subs", "merge", EN, ZH, "-o", "both.srt", cwd=tmp_path).status == 0
    done = bilect("subs", "split", "both.srt", "-o", "-", cwd=tmp_path)
    assert done.status == 2
    assert "two tracks are made, and standard output holds one" in done.stderr
    assert not (tmp_path / "-").exists()


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="needs /dev/fd")
@pytest.mark.parametrize("words", [("shift", "1s"), ("time",), ("wrap",)])
def test_a_pipe_needs_no_suffix(words: tuple[str, ...], tmp_path: Path) -> None:
    command, *rest = words
    plain = bilect("subs", command, "-", *rest, cwd=tmp_path, stdin=VTT.encode())
    (source, fill), (drain, target) = os.pipe(), os.pipe()
    os.write(fill, VTT.encode())
    os.close(fill)
    piped = bilect("subs", command, f"/dev/fd/{source}", *rest, "-o", f"/dev/fd/{target}", cwd=tmp_path)
    os.close(target)
    os.close(source)
    with open(drain, "rb") as made:
        assert made.read().decode() == plain.stdout
    assert (plain.status, piped.status) == (0, 0), piped.stderr
    assert plain.stdout.startswith("WEBVTT\n")


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="needs /dev/stdout")
def test_a_file_that_standard_input_and_output_are_sent_to_needs_no_suffix_either(tmp_path: Path) -> None:
    (tmp_path / "talk").write_text(VTT, "utf-8")
    command = [sys.executable, "-m", "pipeline", "subs", "shift", "/dev/stdin", "1s", "-o", "/dev/stdout"]
    with open(tmp_path / "talk", "rb") as source, open(tmp_path / "later", "wb") as target:
        subprocess.run(command, check=True, cwd=ROOT, stdin=source, stdout=target, timeout=60)
    later = (tmp_path / "later").read_text("utf-8")
    assert later == "WEBVTT\n\n00:00:02.000 --> 00:00:03.000\nGood evening.\n"


def test_standard_input_in_a_folder_has_the_suffix_of_its_format(tmp_path: Path) -> None:
    assert bilect("subs", "shift", "-", "1s", "-o", "out/", cwd=tmp_path, stdin=VTT.encode()).status == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["stdin.vtt"]


def test_one_pair_is_no_plural(tmp_path: Path) -> None:
    one = {"en.srt": "Good evening.", "zh.srt": "晚上好。"}
    for name, text in one.items():
        (tmp_path / name).write_text(f"1\n00:00:01,000 --> 00:00:03,000\n{text}\n", "utf-8")
    done = bilect("subs", "merge", "en.srt", "zh.srt", "-o", "both.srt", cwd=tmp_path)
    assert done.stderr == "2 of 2 cues are in 1 pair, 0 only English, 0 only Chinese.\n"
