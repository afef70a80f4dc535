"""Folders for YouTube and Bilibili: what is in them, and the limits of both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import bilect

from pipeline.align.course import course_of
from pipeline.exporters.base import Material, TrackPairFiles
from pipeline.exporters.talks import Chapter, timed_titles
from pipeline.exporters.upload import DESCRIPTION_BYTES, TITLE_CHARACTERS, fit_chapters, youtube_folders
from pipeline.extractors.page import read_page
from pipeline.subtitles.srt_format import read_srt

EN = (
    "1\n00:00:01,000 --> 00:00:02,000\nGood <i>morning</i>.\n\n2\n00:01:30,000 --> 00:02:00,000\nThe end.\n\n"
    "3\n00:02:00,000 --> 00:02:00,000\nNever shown.\n\n"
)
ZH = "1\n00:00:01,000 --> 00:00:02,000\n早上好\n\n2\n00:01:30,000 --> 00:02:00,000\n完\n\n"
PAGE = (
    "# Risk <b>& more</b>\n\n- 0:00 Welcome\n- 0:05 Too soon\n- [0:20](https://x.org/?t=20) What risk is\n"
    "- 1:00 – Models\n- 1:55 Too late\n- 9:00 Behind the end\n"
)  # fmt: skip


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, "source_docs/course/talk.en.srt", EN)
    write(tmp_path, "source_docs/course/talk.zh.srt", ZH)
    write(tmp_path, "source_docs/course/talk.en.md", PAGE)
    write(tmp_path, "source_docs/course/talk.zh.md", "# 风险\n\n- 0:00 欢迎\n- 0:20 什么是风险\n- 1:00 模型\n")
    return tmp_path


def test_the_folder_for_youtube_holds_plain_tracks_a_title_and_chapters(project: Path) -> None:
    shown = bilect("export", "youtube", cwd=project)
    assert (shown.status, shown.stderr) == (0, "4 files exported, 4 written\n")
    folder = project / "build/course/youtube/talk"
    assert read_srt((folder / "talk.en.srt").read_bytes()).cues[0].text == "Good morning."
    assert "\n2\n00:01:30,000 --> 00:02:00,000\nThe end.\n" in (folder / "talk.en.srt").read_text("utf-8")
    assert (folder / "talk.zh-Hans.srt").read_text("utf-8") == ZH
    assert (folder / "title.txt").read_text("utf-8") == "风险 · Risk & more\n"
    assert (folder / "description.txt").read_text("utf-8") == (
        "风险\nRisk & more\n风险 · Risk & more\n\n0:00 欢迎 · Welcome\n0:20 什么是风险 · What risk is\n1:00 模型 · Models\n\n"
        "字幕 Subtitles: English · 简体中文\n"
    )
    assert bilect("export", "youtube", cwd=project).stderr == "4 files exported, 0 written\n"


def test_the_folder_for_bilibili_holds_each_language_and_both_in_one(project: Path) -> None:
    assert bilect("export", "bilibili", "--order", "en-zh", cwd=project).status == 0
    folder = project / "build/course/bilibili/talk"
    texts = {
        path.name: [cue["content"] for cue in json.loads(path.read_text("utf-8"))["body"]] for path in folder.iterdir()
    }
    assert texts == {
        "talk.en.bcc": ["Good morning.", "The end."],
        "talk.zh-Hans.bcc": ["早上好", "完"],
        "talk.bcc": ["Good morning.\n早上好", "The end.\n完"],
    }


def test_bare_tracks_are_enough(tmp_path: Path) -> None:
    write(tmp_path, "a-talk.en.srt", EN)
    write(tmp_path, "a-talk.zh.srt", ZH)
    assert bilect("export", "youtube", "a-talk.en.srt", "a-talk.zh.srt", "-o", "out", cwd=tmp_path).status == 0
    assert (tmp_path / "out/youtube/a-talk/title.txt").read_text("utf-8") == "a talk\n"


def test_a_run_makes_no_folder_that_nobody_asked_for(project: Path) -> None:
    assert bilect("run", cwd=project).status == 0
    assert not (project / "build/course/youtube").exists()
    assert not list((project / "build").rglob("*.player.html"))


def test_what_youtube_would_refuse_is_made_to_fit() -> None:
    title = "1 < 2: " + "a very long title " * 6
    lines = "\n".join(f"- {minute}:00 {'章' * 60} {minute}" for minute in range(60))
    page = read_page(f"# {title}\n\n{lines}\n".encode(), "course/talk.en.md")
    end = "1\n00:00:01,000 --> 00:59:59,000\n"
    tracks = (read_srt((end + text).encode(), f"course/talk.{tag}.srt") for tag, text in (("en", "a"), ("zh", "一")))
    material = Material(course_of("course", "course", [page]), tracks=(TrackPairFiles("talk", *tracks),))
    made = {output.path.rpartition("/")[2]: output.data for output in youtube_folders(material)}
    description = made["description.txt"].decode()
    assert TITLE_CHARACTERS - 1 <= len(made["title.txt"].decode().strip()) <= TITLE_CHARACTERS
    assert len(description.encode()) <= DESCRIPTION_BYTES < len(description.encode()) + 200
    assert not {"<", ">"} & {*description, *made["title.txt"].decode()}
    assert "\n0:00 章" in description
    assert description.endswith("\n\n字幕 Subtitles: English · 简体中文\n")


def test_chapters_that_youtube_would_not_show_are_left_out() -> None:
    def starts(*seconds: int, end: int = 3600) -> list[int]:
        chapters = [Chapter(second * 1000, {"en": "x"}) for second in seconds]
        return [chapter.start_ms // 1000 for chapter in fit_chapters(chapters, end * 1000)]

    assert starts(0, 10, 19, 20) == [0, 10, 20]
    assert starts(0, 10) == []
    assert starts(5, 20, 40) == []
    assert starts(0, 100, 200, 295, end=300) == [0, 100, 200]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**1:02:03** – The end", [(3_723_000, "The end")]),
        ("(5:10) Foo", [(310_000, "Foo")]),
        ("00:00–01:30 开场", [(0, "开场")]),
        ("Introduction (0:45)", [(45_000, "Introduction")]),
        ("The ratio is 3:20", []),
        ("3:2 x", []),
        ("0:99 x", []),
    ],
)
def test_a_time_with_a_title_is_known_however_it_is_written(text: str, expected: list[tuple[int, str]]) -> None:
    assert list(timed_titles(text)) == expected
