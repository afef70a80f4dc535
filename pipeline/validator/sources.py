"""Rules on what several pages say of one course: its code, and the titles of its lectures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from pipeline.align.course import Course, is_collection, plain_codes
from pipeline.extractors.labels import label_path
from pipeline.model import Lecture, Outline
from pipeline.text.said import said
from pipeline.text.script import folded, title_of
from pipeline.validator.base import Found, rule
from pipeline.validator.course_places import both_titles, place
from pipeline.validator.labels import says_otherwise

_FEWEST = 3  # lectures of a list that is compared with another
_SAME_COURSE = 0.5  # of the titles of the shorter list stand in the other too, where both list one course


@rule("A107", "course-code-mismatch", "info")
def course_code_mismatch(course: Course) -> Iterator[Found]:
    """All pages of a course give it the same code."""
    coded = [outline for outline in course.outlines if outline.codes] if not is_collection(course.outlines) else []
    for first, second in combinations(coded, 2):
        if not plain_codes(first.codes) & plain_codes(second.codes):
            here, there = " / ".join(second.codes), " / ".join(first.codes)
            message = said(
                "this page calls the course {here}, {page} calls it {there}", here=here, page=first.path, there=there
            )
            fix = said("say on one of the pages that they are one course, or accept it")
            yield Found(second.path, 1, message, 1, there, here, fix)


@rule("A111", "source-variant", "info")
def source_variant(course: Course) -> Iterator[Found]:
    """All English lists of the lectures of a course give a lecture the same title."""
    for known, other in combinations(_english_lists(course), 2):
        first, second = (known, other) if other is not course.en else (other, known)
        for lecture, variant in _variants(first, second):
            chinese = both_titles(course, first, lecture)[1]
            message = said(
                "“{variant}” is “{title}” in the other English list ({place})",
                variant=_title(variant), title=_title(lecture), place=f"{first.path}:{lecture.line}",
            )  # fmt: skip
            if chinese:
                message = said("{what}; its Chinese title is “{title}”", what=message, title=chinese)
            fix = said("use one of the two titles, or accept that both are published")
            line, column = place(course, second, variant)
            yield Found(second.path, line, message, column, _title(variant), chinese, fix)


def _english_lists(course: Course) -> list[Outline]:
    """The outlines that list lectures in English; none where the pages belong to several courses."""
    if is_collection(course.outlines):
        return []
    return [each for each in course.outlines if sum("en" in lecture.texts for lecture in each.lectures) >= _FEWEST]


def _variants(first: Outline, second: Outline) -> Iterator[tuple[Lecture, Lecture]]:
    """The lectures of two lists that have one number and two titles, where the lists are of one course.

    A title that the other list has at another number is no variant: the lists are numbered differently.
    """
    ours, theirs = _by_number(first), _by_number(second)
    titles, others = ({folded(_title(lecture)) for lecture in each.values()} for each in (ours, theirs))
    if len(titles & others) < _SAME_COURSE * min(len(titles), len(others)):
        return
    for number in sorted(ours.keys() & theirs.keys()):
        one, other = ours[number], theirs[number]
        elsewhere = folded(_title(one)) in others or folded(_title(other)) in titles
        if not elsewhere and says_otherwise(title_of(_title(one)).base, title_of(_title(other)).base):
            yield one, other


def _by_number(outline: Outline) -> dict[tuple[int, ...], Lecture]:
    """The lectures with an English title by their numbers; those of two with one number by the first."""
    found: dict[tuple[int, ...], Lecture] = {}
    for lecture in outline.lectures:
        if "en" in lecture.texts:
            found.setdefault(label_path(lecture).numbers, lecture)
    return found


def _title(lecture: Lecture) -> str:
    return lecture.texts["en"]
