"""`bilect subs mux` and `bilect subs burn`, and the module that starts ffmpeg."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from golden import ROOT
from terminal import bilect
from videos import needs_ffmpeg, streams, subtitles, video

from pipeline.model import Cue, PipelineError
from pipeline.project.doctor import chinese_fonts
from pipeline.project.ffmpeg import condensed, duration_ms
from pipeline.project.video_tracks import burnable
from pipeline.subtitles.ass_format import Style, ass_bytes
from pipeline.subtitles.formats import read_track
from pipeline.subtitles.srt_format import read_srt

EN = "1\n00:00:00,200 --> 00:00:01,000\nGood <i>morning</i>.\n\n2\n00:00:01,000 --> 00:00:01,900\nLet us begin.\n\n"
ZH = "1\n00:00:00,200 --> 00:00:01,000\n早上好\n\n2\n00:00:01,000 --> 00:00:01,900\n我们开始吧\n\n"
ODD = '-a:b\'c,[d]; "$HOME" 课'


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return video(tmp_path_factory.mktemp("video") / "talk.mp4")


@pytest.fixture
def folder(tmp_path: Path, original: Path) -> Path:
    (tmp_path / "talk.mp4").write_bytes(original.read_bytes())
    (tmp_path / "talk.en.srt").write_text(EN, "utf-8")
    (tmp_path / "talk.zh.srt").write_text(ZH, "utf-8")
    return tmp_path


@needs_ffmpeg
@pytest.mark.parametrize(("name", "codec"), [("made.mp4", "mov_text"), ("made.mkv", "subrip")])
def test_soft_tracks_have_language_title_and_one_that_is_shown_and_the_video_is_copied(
    folder: Path, name: str, codec: str
) -> None:
    shown = bilect("subs", "mux", "talk.mp4", "talk.zh.srt", "talk.en.srt", "-o", name, cwd=folder)
    assert (shown.status, shown.stderr) == (0, f"{name}: 2 tracks put in: 简体中文, English.\n")
    picture, sound, chinese, english = streams(folder / name)
    assert [picture["codec"], sound["codec"]] == ["h264", "aac"]
    subtitle = {"kind": "subtitle", "codec": codec}
    assert chinese == {**subtitle, "language": "zho", "title": "简体中文", "is_shown": True}
    assert english == {**subtitle, "language": "eng", "title": "English", "is_shown": False}
    for place, srt in enumerate(
        (ZH, EN)
    ):  # Matroska begins with the first sound, 23 ms before 0, which moves all by that
        found, cues = (read_srt(text.encode()).cues for text in (subtitles(folder / name, place), srt))
        assert [cue.text for cue in found] == [cue.text for cue in cues]
        assert all(abs(one.start_ms - other.start_ms) <= 30 for one, other in zip(found, cues, strict=True))
    assert sorted(path.name for path in folder.iterdir()) == sorted([name, "talk.mp4", "talk.en.srt", "talk.zh.srt"])


@needs_ffmpeg
def test_no_name_of_a_file_is_taken_for_an_option_an_address_or_a_filter(folder: Path) -> None:
    for name in ("talk.mp4", "talk.zh.srt"):
        (folder / name).rename(folder / (ODD + name))
    words = ["-o", f"{ODD}.mkv", "--", f"{ODD}talk.mp4", f"{ODD}talk.zh.srt"]
    assert bilect("subs", "mux", *words, cwd=folder).status == 0
    assert [stream["language"] for stream in streams(folder / f"{ODD}.mkv")][2:] == ["zho"]


@needs_ffmpeg
def test_subtitles_that_a_video_has_already_stay(folder: Path) -> None:
    bilect("subs", "mux", "talk.mp4", "talk.en.srt", "-o", "one.mp4", cwd=folder)
    assert bilect("subs", "mux", "one.mp4", "talk.zh.srt", "-o", "two.mkv", cwd=folder).status == 0
    found = [(each["language"], each["codec"], each["is_shown"]) for each in streams(folder / "two.mkv")[2:]]
    assert found == [("eng", "subrip", False), ("zho", "subrip", True)]


@needs_ffmpeg
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("talk.mp4", "talk.en.srt", "-o", "talk.mp4"), "talk.mp4: is the video itself, and is not overwritten"),
        (("talk.mp4", "talk.en.srt", "-o", "x.avi"), "x.avi: is no kind of video that holds subtitles"),
        (("talk.en.srt", "talk.en.srt", "-o", "x.mp4"), "talk.en.srt: is no video"),
        (("cut.mp4", "talk.en.srt", "-o", "x.mp4"), "cut.mp4: ffprobe: moov atom not found; invalid data"),
        (("talk.mp4", "talk.en.srt", "-o", "x.webm"), "talk.mp4: ffmpeg: only vp8 or vp9"),
        (("none.mp4", "talk.en.srt", "-o", "x.mp4"), "none.mp4: there is no such file"),
        (("-", "talk.en.srt", "-o", "x.mp4"), "a video is no standard input"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_leaves_nothing(folder: Path, words: tuple[str, ...], message: str) -> None:
    (folder / "cut.mp4").write_bytes((folder / "talk.mp4").read_bytes()[:3000])
    before = sorted(folder.iterdir())
    shown = bilect("subs", "mux", *words, cwd=folder)
    assert shown.status == 2
    assert message in shown.stderr
    assert shown.stderr.count("\n") == 1
    assert sorted(folder.iterdir()) == before


def test_without_ffmpeg_the_package_to_install_is_named(tmp_path: Path) -> None:
    (tmp_path / "talk.mp4").write_bytes(b"x")
    (tmp_path / "talk.en.srt").write_text(EN, "utf-8")
    words = ("subs", "mux", "talk.mp4", "talk.en.srt", "-o", "x.mp4")
    shown = bilect(*words, cwd=tmp_path, environment={"PATH": str(tmp_path)})
    assert shown.status == 2
    assert "is not found (" in shown.stderr
    assert "ffmpeg" in shown.stderr.lower().partition("(")[2]
    assert duration_ms(tmp_path / "talk.mp4") is None


@needs_ffmpeg
def test_how_long_a_video_is(original: Path) -> None:
    assert abs((duration_ms(original) or 0) - 2000) < 100


def test_what_ffmpeg_says_becomes_one_line() -> None:
    said = "[mov,mp4 @ 0x55d0] moov atom not found\nfile:/a b: c.mp4: Invalid data found when processing input\n"
    assert condensed(said) == "moov atom not found; invalid data found when processing input"
    assert condensed("") == "refused"


def frame(path: Path) -> bytes:
    """The lower half of the picture at 0.5 s, in grey."""
    command = ["ffmpeg", "-v", "error", "-ss", "0.5", "-i", f"file:{path}", "-frames:v", "1"]
    command += ["-vf", "crop=iw:ih/2:0:ih/2", "-f", "rawvideo", "-pix_fmt", "gray", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


@needs_ffmpeg
def test_burnt_subtitles_are_in_the_pictures_and_the_sound_is_copied(folder: Path) -> None:
    for track in ("talk.en.srt", "talk.zh.srt"):
        (folder / track).rename(folder / (ODD + track))
    video(folder / "talk.mp4", size="320x180")
    tracks = [f"{ODD}talk.{tag}.srt" for tag in (("zh", "en") if next(chinese_fonts(), "") else ("en",))]
    shown = bilect("subs", "burn", "-o", f"{ODD}.mp4", "--", "talk.mp4", *tracks, cwd=folder)
    assert (shown.status, shown.stderr[-11:]) == (0, " burnt in.\n")
    assert [stream["codec"] for stream in streams(folder / f"{ODD}.mp4")] == ["h264", "aac"]
    pixels = list(zip(frame(folder / "talk.mp4"), frame(folder / f"{ODD}.mp4"), strict=True))
    assert sum(abs(one - other) > 60 for one, other in pixels) > 50


@needs_ffmpeg
def test_an_odd_size_and_other_sound_are_fitted_to_the_video(folder: Path) -> None:
    video(folder / "odd.mkv", size="65x37", options=("-c:v", "ffv1"))
    assert bilect("subs", "burn", "odd.mkv", "talk.en.srt", "-o", "made.mp4", cwd=folder).status == 0


def test_ass_is_burnt_in_as_it_is_and_two_tracks_with_a_style_for_each(tmp_path: Path) -> None:
    styled = ass_bytes([("Mine", Cue(0, 1000, "Hello"))], [Style("Mine", 99, 9, "Serif")])
    assert burnable([read_track(styled, "a.ass")], "zh-en") == (styled, None)
    plain, pairing = burnable([read_srt(EN.encode(), "a.en.srt")], "zh-en")
    assert pairing is None
    assert b",Good {\\i1}morning{\\i0}." in plain
    if next(chinese_fonts(), ""):
        both, pairing = burnable([read_srt(ZH.encode(), "a.zh.srt"), read_srt(EN.encode(), "a.en.srt")], "en-zh")
        assert pairing is not None
        assert [line.split(",")[3] for line in both.decode().splitlines() if line.startswith("Dialogue")][:2] == [
            "Chinese", "English",
        ]  # fmt: skip


def test_chinese_without_a_font_is_refused_with_the_package_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.project.video_tracks.chinese_fonts", lambda: iter(()))
    with pytest.raises(PipelineError, match=r"no font here has Chinese \(.+\)"):
        burnable([read_srt(ZH.encode(), "a.zh.srt")], "zh-en")
    assert burnable([read_srt(EN.encode(), "a.en.srt")], "zh-en")[0]


def test_two_tracks_of_one_language_are_not_burnt_in() -> None:
    track = read_srt(EN.encode(), "a.en.srt")
    with pytest.raises(PipelineError, match="name an English and a Chinese track"):
        burnable([track, track], "zh-en")


@needs_ffmpeg
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send on Windows")
def test_an_interrupted_burn_leaves_no_file(folder: Path) -> None:
    source = ["-f", "lavfi", "-i", "testsrc=size=320x180:rate=25", "-t", "12", "-c:v", "mpeg4"]
    subprocess.run(["ffmpeg", "-v", "error", *source, str(folder / "long.mp4")], check=True)
    before = sorted(folder.iterdir())
    words = [sys.executable, "-m", "pipeline", "subs", "burn", "long.mp4", "talk.en.srt", "-o", "x.mp4"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(words, cwd=folder, env=environment, stderr=subprocess.PIPE, start_new_session=True)
    while process.poll() is None and not any(path.name.startswith(".bilect-") for path in folder.iterdir()):
        pass
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to ffmpeg too
    _, said = process.communicate()
    assert (process.returncode, said.strip().count(b"\n")) == (130, 0), said
    assert sorted(folder.iterdir()) == before
