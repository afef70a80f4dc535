"""Rules on how the lectures of a page are numbered and called: no number missing, doubled or out of turn."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from pipeline.align.assign import longest_increasing
from pipeline.align.course import Course
from pipeline.extractors.absences import absent_lectures
from pipeline.extractors.labels import label_number, label_path
from pipeline.model import Lecture, Outline
from pipeline.text.markup import plain
from pipeline.text.said import Said, said, said_of
from pipeline.text.script import Title, folded, titles_of
from pipeline.validator.base import Found, rule
from pipeline.validator.course_places import both_titles, own_rows, page_of, place

_FEWEST = 3  # lectures whose numbers make a sequence
_OUT_OF_TURN = 3  # one in so many lectures at most; beyond, they are listed by another order than their numbers
_MISSING = 0.3  # of the numbers at most; beyond, the list is a choice and says so by itself
_MOST_GAPS = 5  # that are told one by one
_GROUPED = 0.3  # of the lectures that repeat a number from which several rows to a number are the custom

_EXPLAINED_PART = re.compile(r"(?<=\s\d)\s*[(（][^()（）]*[)）]$")

Path = tuple[int, ...]


@dataclass(frozen=True)
class _Run:
    """Lectures of one series in their order, up to where it starts anew."""

    lectures: tuple[Lecture, ...]
    paths: tuple[Path, ...]

    @cached_property
    def doubled(self) -> Mapping[int, int]:
        """For the position of each lecture that repeats a number the position of the one that has it first."""
        first: dict[Path, int] = {}
        again = {
            position: first[path]
            for position, path in enumerate(self.paths)
            if first.setdefault(path, position) != position
        }
        return {} if len(again) >= _GROUPED * len(self.paths) else again

    @cached_property
    def misplaced(self) -> Collection[int]:
        """The positions of the lectures that stand out of turn."""
        ranks = {path: rank for rank, path in enumerate(sorted(set(self.paths)))}
        single = [position for position, path in enumerate(self.paths) if path not in self.paths[:position]]
        kept = {single[at] for at in longest_increasing([ranks[self.paths[position]] for position in single])}
        out = [position for position in single if position not in kept]
        if not self.doubled:  # several rows to a number are the custom: they stand together
            out += [
                at
                for at in range(1, len(self.paths))
                if self.paths[at] in self.paths[: at - 1] and self.paths[at] != self.paths[at - 1]
            ]
        return sorted(out) if len(out) <= max(1, len(self.paths) // _OUT_OF_TURN) else ()

    @cached_property
    def missing(self) -> Collection[Path]:
        """The numbers between the first and the last that no lecture has, in each level."""
        present = {path[:depth] for path in self.paths for depth in range(1, len(path) + 1)}
        missing = set()
        for parent in {path[:-1] for path in present}:
            children = [path[-1] for path in present if path[:-1] == parent and len(path) == len(parent) + 1]
            missing |= {(*parent, number) for number in set(range(1, max(children))).difference(children)}
        return missing

    @cached_property
    def misnumbered(self) -> Mapping[int, Path]:
        """For the positions of lectures that are doubled or misplaced the missing number that is due there."""
        suspects = {*self.misplaced, *self.doubled, *self.doubled.values()}
        wrong: dict[int, Path] = {}
        for position in sorted(suspects):
            before = self.paths[position - 1] if position else ()
            due = (*before[:-1], before[-1] + 1) if before else (1,)
            if due in self.missing:
                wrong[position] = due
        return wrong


def _runs(lectures: Sequence[Lecture]) -> list[_Run]:
    """The runs of a list with three or more lectures, series by series."""
    labels = [label_path(lecture) for lecture in lectures]
    runs = []
    for series in dict.fromkeys(label.series for label in labels):
        rows = [
            (label.numbers, lecture) for label, lecture in zip(labels, lectures, strict=True) if label.series == series
        ]
        starts = [0, *_restarts([path for path, _ in rows]), len(rows)]
        for start, end in pairwise(starts):
            if end - start >= _FEWEST:
                runs.append(
                    _Run(tuple(lecture for _, lecture in rows[start:end]), tuple(path for path, _ in rows[start:end]))
                )
    return runs


def _restarts(paths: Sequence[Path]) -> Iterator[int]:
    """Where the numbers start anew: at a first number that was there before, with one behind it that was too."""
    seen: set[Path] = set()
    for position, path in enumerate(paths):
        behind = paths[position + 1] if position + 1 < len(paths) else None
        if path in seen and path[0] <= 1 and paths[position - 1][0] > path[0] and behind in seen:
            yield position
            seen.clear()
        seen.add(path)


def _all_runs(course: Course) -> Iterator[tuple[Outline, _Run]]:
    for outline in course.outlines:
        for run in _runs(own_rows(course, outline)):
            yield outline, run


@rule("A108", "number-gap", "warning")
def number_gap(course: Course) -> Iterator[Found]:
    """The numbers of lectures go up without a gap, or the page says why not."""
    for outline, run in _all_runs(course):
        absent = absent_lectures(page_of(course, outline))
        due = set(run.misnumbered.values())
        missing = [path for path in sorted(run.missing) if path not in due and not absent.intersection(path)]
        gaps = _gaps(missing)
        if len(gaps) > _MOST_GAPS or (len(gaps) > 1 and len(missing) > _MISSING * len(run.paths)):
            yield _many(course, outline, run, gaps)
        else:
            yield from (_gap(course, outline, run, gap) for gap in gaps)
    for outline in course.outlines:
        for language in ("en", "zh"):
            yield from _part_gaps(course, outline, language)


def _gaps(missing: Sequence[Path]) -> list[list[Path]]:
    """Missing numbers, those that follow each other together."""
    runs = groupby(enumerate(missing), lambda each: (each[1][:-1], each[1][-1] - each[0]))
    return [[path for _, path in run] for _, run in runs]


def _many(course: Course, outline: Outline, run: _Run, gaps: Sequence[Sequence[Path]]) -> Found:
    """One finding, and only a note, for a list that lacks much: it may be a choice."""
    lecture = run.lectures[0]
    shown = ", ".join(map(_range, gaps[:_MOST_GAPS])) + (", …" if len(gaps) > _MOST_GAPS else "")
    message = said(
        "{count} numbers are missing among the {lectures} lectures from here on: {shown}",
        count=sum(map(len, gaps)), lectures=len(run.paths), shown=shown,
    )  # fmt: skip
    fix = said("add what is missing, or accept that the list is a choice")
    at = _at(course, outline, lecture, message)
    return Found(outline.path, *at, *both_titles(course, outline, lecture), fix, "info")


def _range(gap: Sequence[Path]) -> str:
    return _number(gap[0]) + (f"–{_number(gap[-1])}" if len(gap) > 1 else "")


def _gap(course: Course, outline: Outline, run: _Run, gap: Sequence[Path]) -> Found:
    lecture = run.lectures[next(position for position, path in enumerate(run.paths) if path > gap[-1])]
    below = [position for position, path in enumerate(run.paths) if path < gap[0]]
    known = run.lectures[max(below, key=run.paths.__getitem__)] if below else None
    if known and (line := _untitled(course, outline, (known.line, lecture.line), gap[0])):
        message = said("lecture {number} has a row, but no title", number=_number(gap[0]))
        fix = said("name it, or say on the page why there is none (“L6 is a break”, “官方未发布第6讲”)")
        return Found(outline.path, line, message, fix=fix)
    fix = said(
        "add what is missing, correct the numbers, or say on the page why there is none"
        " (“L6 is a break”, “官方未发布第6讲”)"
    )
    at = _at(course, outline, lecture, _missing(gap, known, lecture))
    return Found(outline.path, *at, *both_titles(course, outline, lecture), fix)


def _missing(gap: Sequence[Path], known: Lecture | None, lecture: Lecture) -> Said:
    """That a gap is between two lectures, or before the first."""
    if known is None:
        return said_of(
            len(gap),
            "lecture {numbers} is missing before “{label}”",
            "lectures {numbers} are missing before “{label}”",
            numbers=_range(gap),
            label=lecture.label,
        )
    return said_of(
        len(gap),
        "lecture {numbers} is missing between “{known}” (line {line}) and “{label}”",
        "lectures {numbers} are missing between “{known}” (line {line}) and “{label}”",
        numbers=_range(gap),
        known=known.label,
        line=known.line,
        label=lecture.label,
    )


def _part_gaps(course: Course, outline: Outline, language: str) -> Iterator[Found]:
    """The parts of one title ("… (1)", "… (3)") between which one is missing."""
    series: dict[str, dict[int, Lecture]] = {}
    lectures = [lecture for lecture in outline.lectures if language in lecture.texts]
    for lecture, title in zip(lectures, _titles(lectures, language), strict=True):
        if title.part:
            series.setdefault(folded(title.base), {}).setdefault(title.part, lecture)
    for parts in series.values():
        for number in sorted(set(range(min(parts), max(parts))).difference(parts)):  # a first part may have no number
            lecture = parts[min(part for part in parts if part > number)]
            message = said(
                "part {part} of “{title}” (“{label}”) is missing",
                part=number, title=lecture.texts[language], label=lecture.label,
            )  # fmt: skip
            at = _at(course, outline, lecture, message)
            fix = said("add the part, or correct the numbers of the parts")
            yield Found(outline.path, *at, *both_titles(course, outline, lecture), fix)


def _titles(lectures: Sequence[Lecture], language: str) -> list[Title]:
    """The titles with their parts, those too that a bracket explains ("Trees 2 (AVL trees)")."""
    return titles_of([_EXPLAINED_PART.sub("", lecture.texts[language]) for lecture in lectures])


def _untitled(course: Course, outline: Outline, between: tuple[int, int], path: Path) -> int:
    """The line of a row between two others that has the number and names nothing; 0 where there is none."""
    for block in page_of(course, outline).blocks:
        if between[0] < block.line <= between[1] and label_number(plain(block.text)) == path[-1] and len(path) == 1:
            return block.line
    return 0


def _at(course: Course, outline: Outline, lecture: Lecture, message: str) -> tuple[int, str, int]:
    line, column = place(course, outline, lecture)
    return line, message, column


def _number(path: Path) -> str:
    return ".".join(map(str, path))


@rule("A109", "duplicate-number", "warning")
def duplicate_number(course: Course) -> Iterator[Found]:
    """Every lecture of a list has a number of its own."""
    for outline, run in _all_runs(course):
        for again, first in run.doubled.items():
            wrong = first if first in run.misnumbered else again
            lecture, other = run.lectures[wrong], run.lectures[again if wrong == first else first]
            what = said(
                "“{label}” is also the number of “{title}” in line {line}",
                label=lecture.label, title=_shown(other), line=other.line,
            )  # fmt: skip
            at = _at(course, outline, lecture, _with_due(what, run, wrong))
            fix = said("give each its own number")
            yield Found(outline.path, *at, *both_titles(course, outline, lecture), fix)


@rule("A110", "number-order", "warning")
def number_order(course: Course) -> Iterator[Found]:
    """Lectures stand in the order of their numbers."""
    for outline, run in _all_runs(course):
        for position in run.misplaced:
            lecture = run.lectures[position]
            near = run.lectures[position - 1 if position else 1]
            at = _at(course, outline, lecture, _with_due(_stands(lecture, near, position), run, position))
            fix = said("put the rows in order, or correct the number")
            yield Found(outline.path, *at, *both_titles(course, outline, lecture), fix)


def _stands(lecture: Lecture, near: Lecture, position: int) -> Said:
    if position:
        return said("“{label}” follows “{near}” (line {line})", label=lecture.label, near=near.label, line=near.line)
    return said("“{label}” stands before “{near}” (line {line})", label=lecture.label, near=near.label, line=near.line)


def _with_due(what: Said, run: _Run, position: int) -> Said:
    due = run.misnumbered.get(position)
    return said("{what}; {number} is due here and missing", what=what, number=_number(due)) if due else what


def _shown(lecture: Lecture) -> str:
    return next(iter(lecture.texts.values()))
