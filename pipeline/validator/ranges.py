"""Rules that hold what a page claims against what it lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from pipeline.align.course import Course
from pipeline.extractors.absences import NOT_THERE, absent_lectures, absent_numbers
from pipeline.extractors.claims import singular
from pipeline.extractors.labels import is_lecture, label_kind
from pipeline.model import Claim, Lecture, Outline, Topic
from pipeline.text.said import Said, said
from pipeline.text.script import has_han
from pipeline.validator.base import Found, rule
from pipeline.validator.course_places import column, highest_topics, lines_of, page_of

_OTHER_THINGS = (
    2.5  # times that a claim and a list may differ; beyond, they count different things (76 videos of 14 lectures)
)
_EXPLAINED = re.compile(r"说明[:：]|說明[:：]|注[:：]|\bnote:", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:约|大约|近|超过|超過|多于|至少|不少于|多达|最多|前|后|後|其中|剩余|另外|其他|每\S{0,2}"
    r"|more than|over|about|around|some|nearly|almost|up to|at least|at most|(?:few|less)er? than"
    r"|first|last|next|other|remaining|each|every|these|following|of the)\s*(?:有|的)?\s*$",
    re.IGNORECASE,
)
_TABLE_ITSELF = frozenset({"lectures", "topics"})  # kinds of claims that speak of no material
_FEWEST = 3  # rows of a kind with which a claim is compared
_THINGS = {
    "assignment": said("assignments"),
    "chapter": said("chapters"),
    "exam": said("exams"),
    "exercise": said("exercises"),
    "homework": said("homeworks"),
    "lab": said("labs"),
    "lecture": said("lectures"),
    "module": said("modules"),
    "note": said("notes"),
    "paper": said("papers"),
    "project": said("projects"),
    "quiz": said("quizzes"),
    "reading": said("readings"),
    "recitation": said("recitations"),
    "session": said("sessions"),
    "slide": said("slides"),
    "topic": said("topics"),
    "unit": said("units"),
    "video": said("videos"),
    "week": said("weeks"),
}


@dataclass(frozen=True, slots=True)
class _Listed:
    """The rows that a claim speaks of, with their numbers as printed, and the numbers that the page says are not there.

    ``below`` are points of other topics, which count or do not.
    """

    rows: Sequence[Lecture] | Sequence[Topic]
    numbers: Sequence[int]
    absent: Set[int]
    below: int = 0

    @property
    def ends(self) -> set[int]:
        """The numbers that a range of these may end with; a list may count on where a lecture was left out."""
        left = [number for number in self.numbers if number not in self.absent] or self.numbers
        last = max(self.numbers)
        return {last, max(left), max(last, *self.absent, 0), last + len(self.absent)}

    @property
    def counts(self) -> set[int]:
        """How many these are: rows that share a number ("第1.1讲", "第1.2讲") are one or many, lecture 0 may be none.

        Where numbers are missing among them, `number-gap` says so, and the last is how many there are.
        """
        different = {*self.numbers}
        whole = {len(self.numbers), len(different), len(different | self.absent), len(different) + len(self.absent)}
        return whole | {len(different - {0}), len(different) - self.below, max(different)}


@rule("A105", "range-mismatch", "warning")
def range_mismatch(course: Course) -> Iterator[Found]:
    """What a page claims of its lectures and topics agrees with those that it lists."""
    for outline in course.outlines:
        for claim in _joined(outline.claims):
            explains = bool(NOT_THERE.search(claim.text) or _EXPLAINED.search(claim.text))
            if explains and not any(absent_numbers(claim.text)):
                continue
            if claim.last is None and _is_vague(claim):
                continue
            listed = _listed(course, outline, claim.what)
            if how := _unlike(claim, listed):
                found = _found(course, outline, claim, how, listed)
                yield found._replace(severity="info") if explains else found


def _is_vague(claim: Claim) -> bool:
    """Whether a count is about right or of some of them ("over 20 lectures", "前 10 讲"), or topics are those to choose from."""
    at = re.search(rf"(?<!\d){claim.count}(?!\d)", claim.text)
    is_of_material = claim.what == "topic" and claim.kind not in _TABLE_ITSELF
    return is_of_material or bool(at and _ABOUT.search(claim.text[: at.start()]))


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
    """The topics, the lectures, or the laboratories and the like among them; for lectures bare numbers count too."""
    if what == "topic":
        below = len(outline.topics) - len(highest_topics(course, outline))
        return _Listed(outline.topics, [topic.number for topic in outline.topics], frozenset(), below)
    if what == "lecture":
        rows = [lecture for lecture in outline.lectures if is_lecture(lecture) or not label_kind(lecture.label)]
    else:
        rows = [lecture for lecture in outline.lectures if singular(label_kind(lecture.label)) == what]
    return _Listed(rows, [lecture.number for lecture in rows], absent_lectures(page_of(course, outline)))


def _unlike(claim: Claim, listed: _Listed) -> Said | None:
    """What the list has instead of what is claimed; None where it agrees, or counts other things."""
    claimed = claim.last if claim.last is not None else claim.count
    if len(listed.numbers) < _FEWEST or not claimed:
        return None
    fitting = listed.counts if claim.last is None else listed.ends
    if max(claimed, *fitting) > _OTHER_THINGS * max(1, min(claimed, *fitting)):
        return None
    first = min(listed.numbers)
    if claimed not in fitting:
        if claim.last is None:
            return said("the list has {count}", count=max(listed.counts))
        return said("the list goes to {last}", last=max(listed.numbers))
    if claim.first is not None and claim.first > max(first, 1) and not listed.absent & set(range(first, claim.first)):
        return said("the list begins with {first}", first=first)
    return None


def _claimed(claim: Claim) -> Said:
    """What the page says of itself, or of a material."""
    if claim.kind in _TABLE_ITSELF:
        return said("the page speaks of {what}", what=_counted(claim))
    if claim.kind == "code":
        return said("the code is said to cover {what}", what=_counted(claim))
    return said("the {material} are said to cover {what}", material=_things(claim.kind), what=_counted(claim))


def _counted(claim: Claim) -> Said:
    if claim.last is None:
        return said("{count} {things}", count=claim.count or 0, things=_things(claim.what))
    return said("{things} {first}–{last}", things=_things(claim.what), first=claim.first or 0, last=claim.last)


def _things(word: str) -> str:
    """What many of a kind are called."""
    one = word.removesuffix("s")
    return _THINGS.get(one, f"{one}s")


def _found(course: Course, outline: Outline, claim: Claim, how: Said, listed: _Listed) -> Found:
    message = said("{claim}, {how} (lines {lines})", claim=_claimed(claim), how=how, lines=lines_of(listed.rows))
    texts = ("", claim.text) if has_han(claim.text) else (claim.text, "")
    fix = said("correct the number, or say on the page why they differ")
    return Found(outline.path, claim.line, message, column(course, outline, claim.line, claim.text), *texts, fix)
