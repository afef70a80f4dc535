"""The site of all courses: a folder of pages that can be read from a disk or a web server, without scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.exporters.base import Material, Output, exporter_of_all
from pipeline.exporters.coursemap import as_html, as_svg, in_words, panels_of
from pipeline.exporters.document import Handout
from pipeline.exporters.drawing import NARROW
from pipeline.exporters.frame import packaged, page
from pipeline.exporters.handout_words import chinese_among
from pipeline.exporters.html import body_of, style_of
from pipeline.exporters.own_words import in_chinese
from pipeline.exporters.sitelinks import Linker, in_one_language
from pipeline.exporters.sitepages import (
    bar,
    contents,
    course_list,
    file_list,
    map_picture,
    part,
    plain,
    talk_list,
    titled,
    worded,
)
from pipeline.exporters.siteplan import FILES, Reading, SiteCourse, addresses, site_courses
from pipeline.model import Language

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file: data:; base-uri 'none'; form-action 'none'"
)
_HEADINGS = {
    "text": ("讲义", "Handout"), "lectures": ("课程表", "Lectures"), "map": ("对齐图", "Map"), "talks": ("视频与字幕", "Talks"),
    "downloads": ("下载", "Downloads"),
}  # fmt: skip


@exporter_of_all("site")
def site(materials: Sequence[Material]) -> Iterator[Output]:
    """A folder of pages for all courses: handouts, lecture tables, pictures, players and downloads, in three views."""
    courses = site_courses(materials)
    chinese = chinese_among([course.material.chinese for course in courses])
    for view, name in FILES.items() if courses else ():
        yield Output(name, _index(courses, Reading(view, chinese)).encode("utf-8", "replace"))
    for course in courses:
        yield from _course(courses, course)


def _index(courses: Sequence[SiteCourse], reading: Reading) -> str:
    head = f"{bar(reading)}<header>\n<h1>{worded('课程', 'Courses', reading)}</h1>\n</header>\n"
    body = f'<div class="site">\n{head}<main>\n{course_list(courses, reading)}</main>\n</div>\n'
    return _page(plain({"zh": in_chinese("课程", reading.chinese), "en": "Courses"}, reading), reading, body)


def _page(title: str, reading: Reading, body: str, style: str = "") -> str:
    language: Language = "en" if reading.view == "en" else reading.chinese
    return page(title, body, language, style=style + packaged("site.css"), policy=_POLICY)


def _course(courses: Sequence[SiteCourse], course: SiteCourse) -> Iterator[Output]:
    """The files of one course."""
    files: dict[str, bytes] = {}
    findings = course.findings
    for view, name in FILES.items():
        data = _course_page(courses, course, Reading(view, course.material.chinese), files).encode("utf-8", "replace")
        yield Output(f"{course.folder}/{name}", data, findings)
        findings = ()
    table = course.material.lecture_table()
    if panels_of(table):
        files |= {"map.svg": as_svg(table).encode(), "map-narrow.svg": as_svg(table, NARROW).encode()}
        files["map.html"] = as_html(table).encode()
    files |= {file.path: file.data for file in (*course.downloads, *(talk.player for talk in course.talks))}
    for path, data in sorted(files.items()):
        yield Output(f"{course.folder}/{path}", data)


def _course_page(courses: Sequence[SiteCourse], course: SiteCourse, reading: Reading, files: dict[str, bytes]) -> str:
    """The page of a course in one view; ``files`` takes what lies beside the pages of the course and is linked."""
    linker = Linker(course.material, addresses(courses, course, reading.view), files)
    handout = course.handout if reading.view == "both" else in_one_language(course.handout, reading.view)
    parts = dict(_parts(course, reading))
    links = contents([(name, _HEADINGS[name]) for name in (*_of_handout(handout), *parts)], reading)
    text = "".join(part(name, _HEADINGS[name], html, reading) for name, html in parts.items())
    head = f'<div class="site">\n{bar(reading, "../")}{links}'
    if handout.sections or handout.table:
        body = f'{head}</div>\n{body_of(handout, linker.places())}<div class="site">\n{text}</div>\n'
    else:
        title = f"<header>\n<h1>{titled(course.titles, reading, course.chinese)}</h1>\n</header>\n"
        body = f"{head}{title}<main>\n{text}</main>\n</div>\n"
    return _page(plain(course.titles, reading), reading, body, style_of(handout))


def _of_handout(handout: Handout) -> Iterator[str]:
    """The ids of the parts that the handout itself has."""
    if handout.sections:
        yield "text"
    if handout.table and handout.table.rows:
        yield "lectures"


def _parts(course: SiteCourse, reading: Reading) -> Iterator[tuple[str, str]]:
    """What a course has beside its handout, under names, as HTML."""
    if course.talks:
        yield "talks", talk_list(course.talks, course.downloads, reading)
    table = course.material.lecture_table()
    if panels_of(table):
        yield "map", map_picture(in_words(table))
    if rest := [file for file in course.downloads if not file.talk]:
        yield "downloads", file_list(rest, reading)
