"""Rules that hold what a page claims against what it lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from pipeline.align.course import Course
from pipeline.extractors.absences import NOT_THERE, absent_lectures
from pipeline.extractors.claims import singular
from pipeline.extractors.labels import is_lecture, label_kind
from pipeline.model import Claim, Lecture, Outline
from pipeline.text.script import has_han
from pipeline.validator.base import Found, rule
from pipeline.validator.course_places import column, lines_of, page_of

_OTHER_THINGS = (
    2.5  # times that a claim and a list may differ; beyond, they count different things (76 videos of 14 lectures)
)
_EXPLAINED = ("说明", "說明", "note:", "注：", "注意")
_FEWEST = 3  # rows of a kind with which a claim is compared


@dataclass(frozen=True, slots=True)
class _Listed:
    """The rows that a claim speaks of, with their numbers as printed and those that the page says are not there."""

    rows: Sequence[Lecture]
    numbers: Collection[int]
    absent: Set[int]


@rule("A105", "range-mismatch", "warning")
def range_mismatch(course: Course) -> Iterator[Found]:
    """What a page claims of its lectures agrees with the lectures that it lists."""
    for outline in course.outlines:
        for claim in _joined(outline.claims):
            if NOT_THERE.search(claim.text) or any(word in claim.text.casefold() for word in _EXPLAINED):
                continue
            listed = _listed(course, outline, claim.what)
            if how := _unlike(claim, listed):
                yield _found(
                    course, outline, claim, f"the {claim.kind} are said to cover {_said(claim)}, {how}", listed
                )


def _joined(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims, where ranges of one material that follow each other are one ("Lecture 1~8", then "Lecture 9~12")."""
    for _, group in groupby(claims, lambda claim: (claim.kind, claim.what)):
        last: Claim | None = None
        for claim in group:
            if last and last.last is not None and claim.first == last.last + 1:
                last = Claim(last.line, last.kind, last.what, last.first, claim.last, None, last.text)
                continue
            if last:
                yield last
            last = claim
        if last:
            yield last


def _listed(course: Course, outline: Outline, what: str) -> _Listed:
    """The rows of the lectures, or of the laboratories and the like among them; for lectures bare numbers count too."""
    if what == "lecture":
        rows = [lecture for lecture in outline.lectures if is_lecture(lecture) or not label_kind(lecture.label)]
    else:
        rows = [lecture for lecture in outline.lectures if singular(label_kind(lecture.label)) == what]
    numbers = [lecture.number for lecture in rows]
    return _Listed(rows, numbers, absent_lectures(page_of(course, outline)) - set(numbers))


def _unlike(claim: Claim, listed: _Listed) -> str:
    """What the list has instead of what is claimed; empty where it agrees, or counts other things.

    Rows that share a number ("第1.1讲", "第1.2讲") may be counted as one or as many.
    """
    claimed = claim.last if claim.last is not None else claim.count
    if len(listed.rows) < _FEWEST or not claimed:
        return ""
    last, first = max(listed.numbers), min(listed.numbers)
    counts = {len(listed.numbers), len(set(listed.numbers)), len({*listed.numbers, *listed.absent})}
    fitting = (
        {last, max(last, *listed.absent, 0)} if claim.last is not None else counts | {max(counts) + 1 - bool(first)}
    )
    if max(claimed, *fitting) > _OTHER_THINGS * min(claimed, *fitting):
        return ""
    if claimed not in fitting:
        return f"the list goes to {last}" if claim.last is not None else f"the list has {max(counts)}"
    if claim.first is not None and claim.first > max(first, 1) and not listed.absent & set(range(first, claim.first)):
        return f"the list begins with {first}"
    return ""


def _said(claim: Claim) -> str:
    if claim.last is not None:
        return f"{claim.what}s {claim.first}–{claim.last}"
    return f"{claim.count} {claim.what}s"


def _found(course: Course, outline: Outline, claim: Claim, message: str, listed: _Listed) -> Found:
    at = claim.line, f"{message} (lines {lines_of(listed.rows)})", column(course, outline, claim.line, claim.text)
    texts = ("", claim.text) if has_han(claim.text) else (claim.text, "")
    return Found(outline.path, *at, *texts, "correct the number, or say on the page why they differ")
