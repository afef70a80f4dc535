"""The rule on bilingual lists whose translations have changed places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.align.course import Course
from pipeline.align.swaps import Swap, swapped_rows
from pipeline.model import Lecture, Outline, Topic
from pipeline.text.printable import excerpt
from pipeline.text.said import Said, Value, said
from pipeline.text.series import listed
from pipeline.validator.base import Found, rule
from pipeline.validator.course_places import both, place

_SHOWN = 60  # characters of a title


@rule("A112", "labels-swapped", "warning")
def labels_swapped(course: Course) -> Iterator[Found]:
    """No two labels of a bilingual list have each other's translation."""
    for outline in course.outlines:
        for rows in (outline.topics, outline.lectures):
            bilingual = [each for each in rows if {"en", "zh"} <= each.texts.keys()]
            if len(bilingual) > 1:
                english, chinese = ([each.texts[language] for each in bilingual] for language in ("en", "zh"))
                for swap in swapped_rows(english, chinese, lexicon=course.lexicon):
                    yield _found(course, outline, (bilingual[swap.first], bilingual[swap.second]), swap)


def _found(course: Course, outline: Outline, rows: Sequence[Topic | Lecture], swap: Swap) -> Found:
    first, second = rows
    message = _exchanged(first, second, swap)
    line, column = place(course, outline, first)
    english, chinese = both(first.texts)
    return Found(outline.path, line, message, column, english, chinese, said("exchange the two Chinese texts"))


def _exchanged(first: Topic | Lecture, second: Topic | Lecture, swap: Swap) -> Said:
    values: dict[str, Value] = {
        "first": first.number,
        "second": second.number,
        "line": second.line,
        "one": _partner(first, second, swap.shared[0]),
        "other": _partner(second, first, swap.shared[1]),
    }
    if isinstance(first, Topic):
        return said(
            "topic {first} and topic {second} (line {line}) have each other's translation: {one}; {other}", **values
        )
    return said(
        "lecture {first} and lecture {second} (line {line}) have each other's translation: {one}; {other}", **values
    )


def _partner(ours: Topic | Lecture, theirs: Topic | Lecture, shared: Sequence[str]) -> Said:
    english, chinese = excerpt(ours.texts["en"], _SHOWN), excerpt(theirs.texts["zh"], _SHOWN)
    if not shared:
        return said("“{en}” goes with “{zh}”", en=english, zh=chinese)
    return said("“{en}” goes with “{zh}” ({shared})", en=english, zh=chinese, shared=listed(shared[:3]))
