"""Where the topics and lectures of a course stand, and how findings show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.align.course import Course
from pipeline.extractors.labels import LECTURE_KINDS, label_kind, label_number, label_path
from pipeline.model import Alignment, Lecture, Outline, Page, Topic
from pipeline.text.markup import plain
from pipeline.text.said import said

_ANNOUNCED = 0.6  # share of lectures with a topic from which a list is taken to announce all of them
_ANNOUNCED_ROWS = 0.75  # the same where most lectures have several rows, one of which is soon like a topic

Group = tuple[int, ...]
"""The positions of the lectures that share a number: 第5.1讲 and 第5.2讲, 第2A讲 and 第2B讲."""


def announced_groups(outline: Outline, alignment: Alignment[int]) -> list[Group]:
    """The lectures, by their numbers, of each series that the topics announce.

    A list that names topics for less than three in five lectures of a series promises none for each: it is a summary.
    """
    groups: dict[tuple[str, str], dict[int, list[int]]] = {}
    for position, lecture in enumerate(outline.lectures):
        series, numbers = label_path(lecture)
        groups.setdefault(series, {}).setdefault(numbers[0], []).append(position)
    paired = {pair.left for pair in alignment.pairs}
    announced: list[Group] = []
    for by_number in groups.values():
        with_topic = sum(not paired.isdisjoint(positions) for positions in by_number.values())
        has_many_rows = 2 * len(by_number) < sum(map(len, by_number.values()))
        if with_topic >= (_ANNOUNCED_ROWS if has_many_rows else _ANNOUNCED) * len(by_number):
            announced += map(tuple, by_number.values())
    return announced


def announced_lists(course: Course) -> Iterator[tuple[Outline, Alignment[int]]]:
    """Each outline whose topics announce its lectures, with the alignment of the two."""
    for outline in course.outlines:
        alignment = course.topic_pairs.get(outline.path)
        if alignment and announced_groups(outline, alignment):
            yield outline, alignment


def page_of(course: Course, outline: Outline) -> Page:
    """The page that an outline of the course was made of."""
    return next(page for page in course.pages if page.path == outline.path)


def highest_topics(course: Course, outline: Outline) -> list[Topic]:
    """The topics of the highest level; those below may be called alike under different ones."""
    levels = {block.line: block.level for block in page_of(course, outline).blocks}
    highest = min((levels.get(topic.line, 0) for topic in outline.topics), default=0)
    return [topic for topic in outline.topics if levels.get(topic.line, 0) == highest]


def own_rows(course: Course, outline: Outline) -> list[Lecture]:
    """The lectures without the further rows of one that spans several rows with its label."""
    printed = {block.line for block in page_of(course, outline).blocks if label_number(plain(block.text)) is not None}
    kept: list[Lecture] = []
    for lecture in outline.lectures:
        again = bool(kept) and kept[-1].label == lecture.label
        if not again or not printed or any(kept[-1].line < line <= lecture.line for line in printed):
            kept.append(lecture)
    return kept


def column(course: Course, outline: Outline, line: int, title: str) -> int:
    """The column at which a title stands in its line, 1 where the page does not have it as it is shown."""
    blocks = [block for block in page_of(course, outline).blocks if block.line == line]
    return next((block.column for block in blocks if title in plain(block.text)), blocks[0].column if blocks else 1)


def place(course: Course, outline: Outline, listed: Topic | Lecture) -> tuple[int, int]:
    """The line and the column of a topic or a lecture."""
    return listed.line, column(course, outline, listed.line, next(iter(listed.texts.values()), ""))


def called(lecture: Lecture) -> str:
    """What a message calls a lecture: "lecture 5", or the label of a laboratory among the lectures."""
    is_lecture = label_kind(lecture.label) in {"", *LECTURE_KINDS}
    return said("lecture {number}", number=lecture.number) if is_lecture else f"“{lecture.label}”"


def both(texts: Mapping[str, str]) -> tuple[str, str]:
    """The English and the Chinese text; empty where there is none."""
    return texts.get("en", ""), texts.get("zh", "")


def both_titles(course: Course, outline: Outline, lecture: Lecture) -> tuple[str, str]:
    """The titles of a lecture in both languages: its own, and that of its partner on another page of the course."""
    for row in course.rows:
        if row.zh and row.en and lecture in (row.zh, row.en) and outline in (course.zh, course.en):
            return both({**row.en.texts, **row.zh.texts, **lecture.texts})
    return both(lecture.texts)


def lines_of(listed: Sequence[Topic] | Sequence[Lecture]) -> str:
    """The lines that a list takes: "61–75"."""
    return f"{listed[0].line}–{listed[-1].line}"
