"""The lecture table of a course: titles, topics, material, subtitle files, videos, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from pipeline.align.course import Course, LectureRow
from pipeline.align.lists import align_lists
from pipeline.extractors.absences import absent_lectures
from pipeline.extractors.claims import singular
from pipeline.extractors.labels import LECTURE_KINDS, is_lecture, label_kind
from pipeline.model import Claim, Language, Lecture, Outline, Page, Topic, Unit, Video
from pipeline.text.lazily import lazily
from pipeline.text.markup import plain
from pipeline.text.script import has_han, title_of

_ANNOUNCED = 0.6  # share of lectures with a topic from which a list is taken to announce all of them
_OTHER_THINGS = (
    2.5  # times that the ends of a claim and of a list may differ (slides of 14 lectures, a list of 84 videos)
)
_WORDS = lazily(r"[A-Za-z]{3}|[\u3400-\u9fff]{2}")
_SEPARATORS = re.compile(r"[\s_.]+|-+")
_NUMBER = lazily(
    r"(?<![a-z])(?:lecture|lec|lesson|l|episode|ep|week|w|class|session|video|day)\s?0*(?P<word>\d{1,3})(?!\d)"
    r"|^0*(?P<first>\d{1,3})(?![\da-z])",
    re.IGNORECASE,
)

Accepted = Mapping[tuple[str, str, int], str]
"""Reasons of accepted findings by the name of their rule, their path and line."""


class SubtitleFile(NamedTuple):
    """A subtitle file of a course: ``name`` is its path in the course without language and ending, ``language`` en or zh."""

    path: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the table: a lecture with all there is for it, or a topic or a talk that belongs to no lecture.

    ``materials`` are kinds (slides, notes), ``subtitles`` paths by language. ``missing`` names what other lectures of the
    course have, ``accepted`` why a maintainer lives with what is missing.
    """

    lecture: LectureRow | None = None
    topic: Topic | None = None
    materials: tuple[str, ...] = ()
    subtitles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    videos: tuple[Video, ...] = ()
    missing: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseTable:
    """The rows of a course, lectures first; ``claims`` and ``videos`` are those of the course as a whole.

    ``chinese`` is the Chinese of an edition, in which its headings are written.
    """

    course: Course
    rows: tuple[TableRow, ...]
    claims: tuple[Claim, ...] = ()
    videos: tuple[Video, ...] = ()
    chinese: Language = "zh_CN"


def table_of(
    course: Course, subtitles: Iterable[SubtitleFile] = (), accepted: Accepted = MappingProxyType({})
) -> CourseTable:
    """The lecture table of a course; ``accepted`` holds for its findings why a maintainer lives with them."""
    talks: dict[str, list[SubtitleFile]] = {}
    for file in sorted(subtitles):
        talks.setdefault(file.name, []).append(file)
    places = _lectures_of_talks(list(talks), course)
    videos, ranges = _lectures_of_videos(course), tuple(_ranges(course))
    rows = [
        TableRow(
            row,
            row.topic,
            tuple(dict.fromkeys(claim.kind for claim in ranges if _covers(claim, row))),
            _by_language(file for name, place in places.items() if place == index for file in talks[name]),
            tuple(video for place, video in videos.values() if place == index),
        )
        for index, row in enumerate(course.rows)
    ]
    rows += [TableRow(topic=topic) for topic in _topics_alone(course)]
    rows += [TableRow(subtitles=_by_language(files)) for name, files in talks.items() if name not in places]
    expected = _Expected.of(course, rows, ranges)
    material = (claim for claim in _claims(course) if claim.kind not in {"lectures", "topics"})  # the table itself
    whole = tuple(claim for claim in material if claim not in ranges)
    everywhere = (video for outline in course.outlines for video in outline.videos)
    alone = {video.url: video for video in everywhere if video.url not in videos}
    return CourseTable(course, tuple(expected.with_gaps(row, accepted) for row in rows), whole, tuple(alone.values()))


def _by_language(files: Iterable[SubtitleFile]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        found[file.language] = (*found.get(file.language, ()), file.path)
    return found


def _topics_alone(course: Course) -> Iterator[Topic]:
    """The topics that the table's own list announces and no lecture has."""
    base = course.zh or course.en
    alignment = course.topic_pairs.get(base.path) if base else None
    if base and alignment:
        yield from (base.topics[index] for index in alignment.right_only)


# --- material


def _claims(course: Course) -> Iterator[Claim]:
    for outline in course.outlines:
        yield from outline.claims


def _ranges(course: Course) -> Iterator[Claim]:
    """The claims that speak of rows of the table; one that ends far from their last number counts other things."""
    for claim in _claims(course):
        last = max((row.number for row in course.rows if _is_about(claim, row)), default=0)
        if claim.first is not None and claim.last and max(claim.last, last) <= _OTHER_THINGS * min(claim.last, last):
            yield claim


def _covers(claim: Claim, row: LectureRow) -> bool:
    """Whether a claim about a range speaks of a lecture."""
    return (claim.first or 0) <= row.number <= (claim.last or 0) and _is_about(claim, row)


def _is_about(claim: Claim, row: LectureRow) -> bool:
    """Whether a claim counts what a row is: lectures, or laboratories and the like by their own name."""
    lecture = row.zh or row.en
    kind = label_kind(lecture.label) if lecture else ""
    if lecture and (is_lecture(lecture) or not kind):
        return claim.what == "lecture" or (bool(kind) and claim.what == singular(kind))
    return claim.what == singular(kind)


# --- subtitles


def _lectures_of_talks(names: Sequence[str], course: Course) -> dict[str, int]:
    """For the name of each talk the index of its lecture, by the title in it, else by its number."""
    found = _by_title(names, course)
    numbers = {row.number: index for index, row in reversed(list(enumerate(course.rows)))}
    for name in names:
        number = _number_in(name)
        if name not in found and number in numbers:
            found[name] = numbers[number]
    return found


def _by_title(names: Sequence[str], course: Course) -> dict[str, int]:
    """The talks whose names say the title of a lecture; a doubtful pair is none."""
    found: dict[str, int] = {}
    for language in ("en", "zh"):
        titled = [(index, title) for index, row in enumerate(course.rows) if (title := _title(row, language))]
        worded = [
            (name, text)
            for name in names
            if has_han(text := _without_number(name)) == (language == "zh") and _WORDS.search(text)
        ]
        alignment = align_lists([text for _, text in worded], [title for _, title in titled], lexicon=course.lexicon)
        for pair in alignment.pairs:
            if pair.tier == "accept":
                found[worded[pair.left][0]] = titled[pair.right][0]
    return found


def _title(row: LectureRow, language: str) -> str:
    lecture = row.zh if language == "zh" else row.en
    return (lecture or row.zh or row.en or _NOBODY).texts.get(language, "")


_NOBODY = Lecture(0, "", 0, {})


def _spoken(name: str) -> str:
    """The name of a file as a person says it: "week1/05-risk_stratification" → "05 risk stratification"."""
    return _SEPARATORS.sub(" ", name.rpartition("/")[2]).strip()


def _number_in(name: str) -> int | None:
    text = _spoken(name)
    title = title_of(text)
    if title.ordinal and (title.kind in LECTURE_KINDS or not title.kind):
        return title.ordinal[0]
    match = _NUMBER.search(text)
    return int(match["word"] or match["first"]) if match else None


def _without_number(name: str) -> str:
    text = _spoken(name)
    title = title_of(text)
    rest = text[len(title.label) :] if title.label and text.startswith(title.label) else text
    return _NUMBER.sub("", rest, count=1).strip()


# --- videos


def _lectures_of_videos(course: Course) -> dict[str, tuple[int, Video]]:
    """For the address of each video that stands with a lecture the index of that lecture."""
    found: dict[str, tuple[int, Video]] = {}
    for page, outline in zip(course.pages, course.outlines, strict=True):
        lectures: dict[int, int] = {}
        for index, row in enumerate(course.rows):
            lectures |= {each.line: index for each in _of_outline(row, outline)}
        for video in outline.videos:
            place = _place(page, video, lectures, course.rows)
            if place is not None:
                found.setdefault(video.url, (place, video))
    return found


def _of_outline(row: LectureRow, outline: Outline) -> Iterator[Lecture]:
    yield from (each for each in (row.zh, row.en) if each and any(each is other for other in outline.lectures))


def _place(page: Page, video: Video, lectures: Mapping[int, int], rows: Sequence[LectureRow]) -> int | None:
    """The index of the lecture that a video stands with, or that the text around it names by number."""
    above = max((line for line in lectures if line <= video.line), default=None)
    if above is not None and _stands_with(page, above, video.line):
        return lectures[above]
    for block in page.blocks:
        if block.line == video.line:
            title = title_of(plain(block.text))
            if title.kind in LECTURE_KINDS and title.ordinal:
                return next((index for index, row in enumerate(rows) if row.number == title.ordinal[0]), None)
    return None


def _stands_with(page: Page, lecture: int, video: int) -> bool:
    """Whether nothing between the line of a lecture and that of a video begins something else."""
    head = next((block for block in page.blocks if block.line == lecture), None)
    between = [block for block in page.blocks if lecture < block.line <= video]
    return head is not None and not any(_begins_other(head, block) for block in between)


def _begins_other(head: Unit, block: Unit) -> bool:
    if head.cell:
        return block.cell is None or block.cell[:2] != head.cell[:2]
    if head.kind == "heading":
        return block.kind == "heading" and block.level <= head.level
    return block.kind != head.kind or block.level <= head.level


# --- what is missing


def _languages(course: Course) -> Iterator[str]:
    """The languages that a lecture should have a title in: those of a list of their own, or of most titles of a list.

    In a Chinese list a title such as AlexNet lacks nothing.
    """
    for language, own, other in (("zh", course.zh, course.en), ("en", course.en, course.zh)):
        titled = sum(bool(_title(row, language)) for row in course.rows)
        if own is not None and (own is not other or titled >= _ANNOUNCED * len(course.rows)):
            yield language


@dataclass(frozen=True, slots=True)
class _Expected:
    """What the lectures of a course have, so that one without it lacks it."""

    course: Course
    ranges: tuple[Claim, ...]
    absent: Set[int]
    titles: tuple[str, ...]
    topics: bool
    subtitles: tuple[str, ...]
    videos: bool

    @classmethod
    def of(cls, course: Course, rows: Sequence[TableRow], ranges: tuple[Claim, ...]) -> _Expected:
        lectures = [row for row in rows if row.lecture]
        with_topic = sum(row.topic is not None for row in lectures)
        return cls(
            course,
            ranges,
            frozenset({0}).union(*map(absent_lectures, course.pages)),  # lecture 0 is often a mere welcome
            tuple(_languages(course)),
            bool(lectures) and with_topic >= _ANNOUNCED * len(lectures),
            ("en", "zh") if any(row.subtitles for row in rows) else (),
            any(row.videos for row in lectures),
        )

    def with_gaps(self, row: TableRow, accepted: Accepted) -> TableRow:
        """``row`` with what it lacks, and with the reasons why that is accepted."""
        missing: list[str] = []
        reasons: list[str] = []
        for what, reason in self._lacks(row, accepted):
            if reason is None:
                missing.append(what)
            else:
                reasons.append(f"{what}: {reason}")
        return replace(row, missing=tuple(dict.fromkeys(missing)), accepted=tuple(dict.fromkeys(reasons)))

    def _lacks(self, row: TableRow, accepted: Accepted) -> Iterator[tuple[str, str | None]]:
        """What a row lacks, each with the reason why that is accepted, or None."""
        if row.lecture is None:
            yield from self._lacks_alone(row, accepted)
            return
        is_alone = len(self.titles) == 1 and bool(row.lecture.zh or row.lecture.en)
        for language in self.titles if not is_alone else ():
            if not _title(row.lecture, language):
                yield f"title {language}", None
        if self.topics and row.topic is None:
            yield "topic", self._reason("lecture-without-topic", row.lecture, accepted)
        for claim in self.ranges if row.lecture.number not in self.absent else ():
            if claim.kind not in row.materials and _is_about(claim, row.lecture):
                yield claim.kind, self._reason_of_claim(claim, accepted)
        yield from ((f"subtitles {language}", None) for language in self.subtitles if language not in row.subtitles)
        if self.videos and not row.videos:
            yield "video", None

    def _lacks_alone(self, row: TableRow, accepted: Accepted) -> Iterator[tuple[str, str | None]]:
        if row.topic and self.topics:
            base = self.course.zh or self.course.en
            yield "lecture", accepted.get(("topic-without-lecture", base.path if base else "", row.topic.line))
        if row.subtitles:
            yield from ((f"subtitles {language}", None) for language in self.subtitles if language not in row.subtitles)
            if self.course.rows:
                yield "lecture", None

    def _reason(self, rule: str, row: LectureRow, accepted: Accepted) -> str | None:
        lecture = row.zh or row.en
        base = self.course.zh if row.zh else self.course.en
        return accepted.get((rule, base.path, lecture.line)) if base and lecture else None

    def _reason_of_claim(self, claim: Claim, accepted: Accepted) -> str | None:
        paths = (outline.path for outline in self.course.outlines if claim in outline.claims)
        return next(filter(None, (accepted.get(("range-mismatch", path, claim.line)) for path in paths)), None)
