"""The rule on titles that a list has twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from pipeline.align.course import Course
from pipeline.extractors.absences import clauses, mentioned_numbers
from pipeline.extractors.labels import label_path
from pipeline.model import Lecture, Outline, Severity, Topic
from pipeline.text.markup import plain
from pipeline.text.said import said
from pipeline.text.script import folded, title_of
from pipeline.text.words import english_words
from pipeline.validator.base import Found, rule
from pipeline.validator.course_places import both, both_titles, highest_topics, own_rows, page_of, place

_TWO = 2
_APART = (False, True)  # two rows of one chapter with others between them
_NO_PROSE = frozenset({"cell", "heading", "code", "attribute"})
_MOST_SESSIONS = 2  # rows right below one of the same title; with more, a list gives several rows to a lecture
_AGAIN = re.compile(
    r"重复|重複|重讲|相同|同一|同名|一样|再次|两次|兩次|分为|分成"
    r"|\b(?:repeat(?:s|ed)?|same|twice|again|both|identical|two (?:sessions|parts|lectures|halves)|splits?|continu\w+)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d]{2}")
_LATIN = re.compile(r"[A-Za-z]+")
_GENERIC = frozenset(
    "a and class course discussion exam exams exercises examples demo demos final finals guest holiday homework "
    "introduction invited lab labs laboratory lecture lectures lesson midterm no of office hours overview paper papers "
    "practice presentation presentations problem problems project projects q quiz quizzes reading recess recitation "
    "recitations review section session sessions speaker special spring student students study summary talk talks tba "
    "tbd team test the this thanksgiving topics tutorial week work workshop break case conclusion fall winter".split()
)
_GENERIC_HAN = re.compile(
    r"(?:课程|課程|本课|学生|小组|嘉宾|客座|特邀|期中|期末|讲座|講座|习题|習題|练习|練習|实验|實驗|项目|項目|展示|汇报|报告|讨论|討論"
    r"|答疑|待定|复习|複習|回顾|回顧|考试|考試|测验|自习|放假|休息|停课|假期|案例|分析|演示|示例|作业|作業|简介|介绍|介紹|概述|导论"
    r"|小结|总结|總結|结语|引言|前言|课|與|与|和|及|的|\W|\d)*"
)
_FIX = said("give each its own title, or say which part it is")

Listed = TypeVar("Listed", Topic, Lecture)


@rule("A113", "duplicate-title", "warning")
def duplicate_title(course: Course) -> Iterator[Found]:
    """Every topic and every lecture of a list has a title of its own, or says which part it is."""
    for outline in course.outlines:
        remarks = _remarks(course, outline)
        for first, again in _twice(highest_topics(course, outline)):
            if not _is_explained(remarks, (first, again)):
                line, column = place(course, outline, again)
                message = said(
                    "topic {again} has the title of topic {first} (line {line})",
                    again=again.number, first=first.number, line=first.line,
                )  # fmt: skip
                yield Found(outline.path, line, message, column, *both(again.texts), _FIX)
        for found, rows in _lectures_twice(course, outline):
            if not _is_explained(remarks, rows):
                yield found


def _lectures_twice(course: Course, outline: Outline) -> Iterator[tuple[Found, tuple[Lecture, Lecture]]]:
    """Two lectures of a title; only noted of two that follow each other or belong to different chapters.

    The first may be the sessions of one lecture, the second two chapters that come to the same thing.
    """
    rows = own_rows(course, outline)
    places = {id(row): at for at, row in enumerate(rows)}
    twice = [pair for pair in _lecture_pairs(rows) if not _is_published(course, outline, pair)]
    placed = [(places[id(again)] - places[id(first)] == 1, _is_one_chapter(first, again)) for first, again in twice]
    customs = {how for how in {*placed} if how[0] and placed.count(how) > _MOST_SESSIONS}
    for (first, again), how in zip(twice, placed, strict=True):
        if how not in customs:
            line, column = place(course, outline, again)
            message = said(
                "“{again}” has the title of “{first}” (line {line})",
                again=again.label, first=first.label, line=first.line,
            )  # fmt: skip
            titles = both_titles(course, outline, again)
            severity: Severity | None = None if how == _APART else "info"
            yield Found(outline.path, line, message, column, *titles, _FIX, severity), (first, again)


def _lecture_pairs(rows: Sequence[Lecture]) -> Iterator[tuple[Lecture, Lecture]]:
    """The lectures of each series with one title and a number of their own; a label with words is a title too."""
    by_series: dict[tuple[str, str], list[Lecture]] = {}
    for lecture in rows:
        if not _WORDS.search(title_of(lecture.label).base):
            by_series.setdefault(label_path(lecture).series, []).append(lecture)
    for series in by_series.values():
        for first, again in _twice(series):
            if label_path(first).numbers != label_path(again).numbers:
                yield first, again


def _is_one_chapter(first: Lecture, again: Lecture) -> bool:
    return label_path(first).numbers[:-1] == label_path(again).numbers[:-1]


def _twice(listed: Sequence[Listed]) -> Iterator[tuple[Listed, Listed]]:
    """Each two rows with one title in a language; a title of three rows or more is that of a kind of row."""
    told = set()
    for language in ("en", "zh"):
        titled: dict[str, list[Listed]] = {}
        for each in listed:
            if language in each.texts and not _is_generic(each.texts[language]):
                titled.setdefault(folded(each.texts[language]), []).append(each)
        for rows in titled.values():
            if len(rows) == len({row.line for row in rows}) == _TWO and rows[1].line not in told:
                told.add(rows[1].line)
                yield rows[0], rows[1]


def _is_generic(title: str) -> bool:
    """Whether a title says only what kind of meeting it is of ("Guest Lecture", "习题课")."""
    return _GENERIC.issuperset(english_words(title.casefold())) and bool(_GENERIC_HAN.fullmatch(_LATIN.sub("", title)))


def _is_published(course: Course, outline: Outline, lectures: tuple[Lecture, Lecture]) -> bool:
    """Whether the other language, on a page of its own, has one title for both lectures too."""
    first, again = (both_titles(course, outline, lecture) for lecture in lectures)
    own = {*lectures[0].texts.values()}
    return any(one and one not in own and folded(one) == folded(other) for one, other in zip(first, again, strict=True))


def _remarks(course: Course, outline: Outline) -> list[tuple[str, frozenset[int]]]:
    """What the page says of something that comes again: the clauses, folded, with the numbers in them."""
    lines = {topic.line for topic in outline.topics} | {lecture.line for lecture in outline.lectures}
    prose = (block for block in page_of(course, outline).blocks if block.kind not in _NO_PROSE)
    said = (clause for block in prose if block.line not in lines for clause in clauses(plain(block.text)))
    return [(folded(clause), frozenset(mentioned_numbers(clause))) for clause in said if _AGAIN.search(clause)]


def _is_explained(remarks: Sequence[tuple[str, frozenset[int]]], rows: tuple[Listed, Listed]) -> bool:
    """Whether the page says of the title, or of the number of one of the rows, that it comes again."""
    titles = [folded(text) for text in rows[0].texts.values()]
    return any(
        numbers.intersection(row.number for row in rows) or any(title in clause for title in titles)
        for clause, numbers in remarks
    )
