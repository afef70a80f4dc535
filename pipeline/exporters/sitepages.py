"""The pages of a site as HTML that needs no script: the list of courses, and what is around the handout of a course."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from pipeline.exporters.frame import shown, tag
from pipeline.exporters.own_words import in_chinese
from pipeline.exporters.sitelinks import address
from pipeline.exporters.siteplan import FILES, Download, Reading, SiteCourse, TalkPage, View
from pipeline.model import Texts
from pipeline.text.printable import one_line

_KINDS: dict[str, tuple[str, str]] = {
    "html": ("网页，可打印", "Web page, for printing too"), "pdf": ("PDF，可打印", "PDF, for printing"),
    "epub": ("电子书", "E-book"), "docx": ("Word 文档", "Word document"), "md": ("Markdown 文本", "Markdown text"),
    ".csv": ("讲次表，电子表格", "Lecture table, for spreadsheets"), ".json": ("讲次表，供程序用", "Lecture table, for programs"),
    ".md": ("讲次表，文本", "Lecture table, as text"), "anki": ("Anki 卡片", "Cards for Anki"),
    "srt": ("字幕 SRT", "Subtitles, SRT"), "vtt": ("字幕 WebVTT", "Subtitles, WebVTT"),
    "ass": ("字幕 ASS", "Subtitles, ASS"), "tracks": ("单语字幕", "Subtitles in one language"),
}  # fmt: skip
_SWITCH: tuple[tuple[View, str, str], ...] = (
    ("both", '<span lang="{chinese}">中</span> + <span lang="en">EN</span>', "双语 Both languages"),
    ("zh", '<span lang="{chinese}">中文</span>', "中文"),
    ("en", '<span lang="en">English</span>', "English"),
)


def worded(zh: str, en: str, reading: Reading) -> str:
    """Return words of the site in the languages of a view, each marked with its own, as HTML."""
    return _marked({"zh": in_chinese(zh, reading.chinese), "en": en}, reading, " · ", tag(reading.chinese))


def titled(titles: Texts, reading: Reading, chinese: str = "zh-CN") -> str:
    """Return a title in the languages of a view that it has, else in that which it has, as HTML."""
    return _marked(titles, reading, " ", chinese)


def _marked(texts: Texts, reading: Reading, between: str, chinese: str = "zh-CN") -> str:
    tags = {"zh": chinese, "en": "en"}
    return between.join(
        f'<span lang="{tags[key]}">{shown(text)}</span>' for key, text in _chosen(texts, reading).items()
    )


def _chosen(texts: Texts, reading: Reading) -> dict[str, str]:
    """The texts that a view shows, each once; all of them where it would show none."""
    wanted = [key for key in ("zh", "en") if key in texts and reading.view in {"both", key}] or list(texts)
    return {key: texts[key] for key in wanted if key == wanted[0] or texts[key] != texts[wanted[0]]}


def plain(texts: Texts, reading: Reading) -> str:
    """Return a title as text that stands alone."""
    return " · ".join(map(one_line, _chosen(texts, reading).values()))


def bar(reading: Reading, home: str = "") -> str:
    """Return the head of each page: the way back to the list of courses, and the switch of languages."""
    back = f'<a href="{home}{FILES[reading.view]}">← {worded("全部课程", "All courses", reading)}</a>' if home else ""
    here = {each: ' aria-current="page"' if each == reading.view else "" for each in FILES}
    links = "".join(
        f'<a href="{FILES[each]}" title="{in_chinese(name, reading.chinese)}"{here[each]}>'
        f"{words.format(chinese=tag(reading.chinese))}</a>"
        for each, words, name in _SWITCH
    )
    label = in_chinese("语言", reading.chinese)
    return f'<div class="bar">{back}<nav class="switch" aria-label="{label} Language">{links}</nav></div>\n'


def course_list(courses: Sequence[SiteCourse], reading: Reading) -> str:
    """Return the courses, each as a link to its page."""
    cards = "".join(
        f'<li><h2><a href="{address(str(PurePosixPath(course.folder, FILES[reading.view])))}">'
        f"{titled(course.titles, reading, course.chinese)}</a></h2>\n<p>{_facts(course, reading)}</p></li>\n"
        for course in courses
    )
    return f'<ul class="courses">\n{cards}</ul>\n'


def _facts(course: SiteCourse, reading: Reading) -> str:
    """How much there is of a course."""
    counts = (
        (len(course.handout.sections), "页", "page"),
        (sum(1 for row in course.material.lecture_table().rows if row.lecture), "讲", "lecture"),
        (len(course.talks), "段字幕", "talk"),
    )
    there = [(number, zh, en) for number, zh, en in counts if number]
    zh = "，".join(f"{number} {word}" for number, word, _ in there)
    en = ", ".join(f"{number} {word}{'s' * (number != 1)}" for number, _, word in there)
    return worded(zh, en, reading) if there else ""


def part(name: str, heading: tuple[str, str], body: str, reading: Reading) -> str:
    """Return a part of a page under its heading."""
    title = f'<h2 id="{name}-h">{worded(*heading, reading)}</h2>'
    return f'<section class="part" id="{name}" aria-labelledby="{name}-h">\n{title}\n{body}</section>\n'


def contents(parts: Sequence[tuple[str, tuple[str, str]]], reading: Reading) -> str:
    """Return links to the parts of a page."""
    links = "".join(f'<li><a href="#{name}">{worded(*heading, reading)}</a></li>' for name, heading in parts)
    return f'<nav class="parts" aria-label="{in_chinese("目录", reading.chinese)} Contents"><ul>{links}</ul></nav>\n'


def map_picture(description: str) -> str:
    """Return the picture of the lists of a course, in the size that fits, as a link to its page."""
    return (
        '<p class="map"><a href="map.html"><picture><source media="(max-width: 640px)" srcset="map-narrow.svg">'
        f'<img src="map.svg" alt="{shown(description)}"></picture></a></p>\n'
    )


def talk_list(talks: Sequence[TalkPage], downloads: Sequence[Download], reading: Reading) -> str:
    """Return the talks, each with the page that plays it and its files."""
    return f'<ul class="talks">\n{"".join(_talk(talk, downloads, reading) for talk in talks)}</ul>\n'


def _talk(talk: TalkPage, downloads: Sequence[Download], reading: Reading) -> str:
    stem = PurePosixPath(talk.name).name
    play = worded("播放与文稿", "Player and transcript", reading)
    video = worded(
        f"把视频 {stem}.mp4 放在播放页旁边，或在那里选择",
        f"put the video {stem}.mp4 beside the player, or choose it there",
        reading,
    )
    own = [file for file in downloads if file.talk == talk.name]
    return (
        f"<li><h3>{titled(talk.talk.titles, reading, ' ')}</h3>\n"
        f'<p class="play"><a href="{address(talk.player.path)}">▶ {play}</a></p>\n'
        f"<p>{video}</p>\n{file_list(own, reading)}</li>\n"
    )


def file_list(files: Sequence[Download], reading: Reading) -> str:
    """Return files to download, each with what it is and how large it is."""
    return f'<ul class="files">\n{"".join(_file(file, reading) for file in files)}</ul>\n' if files else ""


def _file(file: Download, reading: Reading) -> str:
    place = PurePosixPath(file.path)
    kind = _KINDS.get(place.suffix if file.form == "csv" else file.form)
    name = shown(place.relative_to("downloads").as_posix().encode("utf-8", "replace").decode())
    words = f"<span>{worded(*kind, reading)}</span>" if kind else "<span></span>"
    return (
        f'<li><a href="{address(file.path)}">{name}</a>{words}<span class="size">{_size(len(file.data))}</span></li>\n'
    )


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 1_000_000 else f"{max(1, round(number / 1000))} kB"
