"""What a site holds: for each course a folder with its pages, the files to download, and the pages that play its talks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from pipeline.exporters.base import Material, Output, TrackPairFiles, exporter_named
from pipeline.exporters.document import Handout, Section, handout_of
from pipeline.exporters.frame import tag
from pipeline.exporters.handout_words import chinese_among
from pipeline.exporters.showing import section_title
from pipeline.exporters.sitelinks import address, page_keys
from pipeline.exporters.tables import course_titles
from pipeline.exporters.talks import Talk, chinese_of, talk_of
from pipeline.model import Finding, Language, PipelineError, Texts
from pipeline.text.printable import one_line

View = Literal["both", "zh", "en"]
FILES: Mapping[View, str] = {"both": "index.html", "zh": "zh.html", "en": "en.html"}
"""The name of a page in each of the languages that it can be read in."""


class Reading(NamedTuple):
    """How a page of the site is read: in which view, and with which Chinese around what its course says."""

    view: View
    chinese: Language = "zh_CN"


_HANDOUTS = ("html", "pdf", "epub", "docx", "md")
_TABLES = ("csv", "map", "anki")
_SUBTITLES = ("srt", "vtt", "ass", "tracks")
_SHOWN = frozenset({"map.svg", "map.html"})  # they stand on the page itself


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: its form, its path in the folder of the course, its bytes, and the talk it is of, if it is of one."""

    form: str
    path: str
    data: bytes
    talk: str = ""


@dataclass(frozen=True, slots=True)
class TalkPage:
    """A talk: what is known of it, the page that plays it, and which ``chinese`` it has, as HTML writes it."""

    name: str
    talk: Talk
    player: Download
    chinese: str


@dataclass(frozen=True, slots=True)
class SiteCourse:
    """A course of a site; ``folder`` is its folder, ``titles`` are under ``zh`` and ``en``."""

    folder: str
    material: Material
    handout: Handout
    titles: Texts
    talks: tuple[TalkPage, ...]
    downloads: tuple[Download, ...]
    findings: tuple[Finding, ...]

    @property
    def chinese(self) -> str:
        """Which Chinese it has, as HTML writes it."""
        return tag(chinese_among(self.handout.languages))


def site_courses(materials: Sequence[Material]) -> tuple[SiteCourse, ...]:
    """Return the courses that have something to show, each with a folder of its own."""
    taken = {name.casefold() for name in FILES.values()}
    return tuple(
        _course(_free(material.course.name, taken), material)
        for material in materials
        if material.course.pages or material.tracks
    )


def _free(name: str, taken: set[str]) -> str:
    """A name for a folder that no other has, also where small and capital letters are one."""
    folder = name.strip(".") or "course"
    while folder.casefold() in taken:
        folder += "-"
    taken.add(folder.casefold())
    return folder


def _course(folder: str, material: Material) -> SiteCourse:
    handout = handout_of(material)
    findings: dict[Finding, None] = {}
    made = list(_downloads(material, findings))
    talks = tuple(_talk(material, pair) for pair in material.tracks)
    return SiteCourse(folder, material, handout, _titles(material, handout), talks, tuple(made), tuple(findings))


def _titles(material: Material, handout: Handout) -> Texts:
    """The titles of a course under ``zh`` and ``en``; of one that has none the name of its folder."""
    titles = {"en" if language == "en" else "zh": title for language, title in handout.titles.items()}
    titles = {**course_titles(material.course), **titles}
    named = titles or {"en": " ".join(material.course.name.replace("_", "-").split("-")) or "Course"}
    return {language: one_line(title) for language, title in named.items()}


def _downloads(material: Material, findings: dict[Finding, None]) -> Iterator[Download]:
    """The files of all forms that can be made here; one whose library is missing is left out."""
    forms = (*((*_HANDOUTS, *_TABLES) if material.course.pages else ()), *_SUBTITLES)
    taken: set[str] = set()
    for form in forms:
        try:
            outputs = list(exporter_named(form)(material))
        except PipelineError:
            continue
        for output in outputs:
            path = f"downloads/{output.path}"
            findings |= dict.fromkeys(output.findings)
            if output.path not in _SHOWN and path not in taken:
                taken.add(path)
                yield Download(form, path, output.data, _talk_name(material, output) if form in _SUBTITLES else "")


def _talk_name(material: Material, output: Output) -> str:
    names = [pair.name for pair in material.tracks if output.path.startswith(f"{pair.name}.")]
    return max(names, key=len, default="")


def _talk(material: Material, pair: TrackPairFiles) -> TalkPage:
    from pipeline.exporters.player import player  # with its parts, only where there is a talk

    talk, path = talk_of(material, pair), f"talks/{pair.name}.player.html"
    home = "../" * path.count("/") + FILES["both"]
    page = player(pair, talk, material.order, home).encode("utf-8", "replace")
    return TalkPage(pair.name, talk, Download("player", path, page), chinese_of(pair))


def addresses(courses: Sequence[SiteCourse], here: SiteCourse, view: View) -> dict[str, str]:
    """Return where each page of all courses is read in one view, as addresses from the folder of one course."""
    found: dict[str, str] = {}
    for course in courses:
        start = "" if course is here else address(str(PurePosixPath("..", course.folder, FILES[view])))
        for number, section in enumerate(course.handout.sections, 1):
            for key in page_keys(section.path):
                found.setdefault(key, f"{start}#{_anchor(section, number)}")
    return found


def _anchor(section: Section, number: int) -> str:
    """The id of a section on the page of its course; one without a title has none."""
    return f"s{number}-h2" if section_title(section)[0] else "text"
