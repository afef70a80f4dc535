"""The rule on bilingual lists whose translations have changed places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.align.course import Course
from pipeline.align.swaps import Swap, swapped_rows
from pipeline.model import Lecture, Outline, Topic
from pipeline.text.printable import excerpt
from pipeline.validator.base import Found, rule
from pipeline.validator.course_places import both, place

_SHOWN = 60  # characters of a title


@rule("A112", "labels-swapped", "warning")
def labels_swapped(course: Course) -> Iterator[Found]:
    """No two labels of a bilingual list have each other's translation."""
    for outline in course.outlines:
        for what, listed in (("topic", outline.topics), ("lecture", outline.lectures)):
            bilingual = [each for each in listed if {"en", "zh"} <= each.texts.keys()]
            if len(bilingual) > 1:
                english, chinese = ([each.texts[language] for each in bilingual] for language in ("en", "zh"))
                for swap in swapped_rows(english, chinese, lexicon=course.lexicon):
                    yield _found(course, outline, what, (bilingual[swap.first], bilingual[swap.second]), swap)


def _found(course: Course, outline: Outline, what: str, rows: Sequence[Topic | Lecture], swap: Swap) -> Found:
    first, second = rows
    message = (
        f"{what} {first.number} and {what} {second.number} (line {second.line}) have each other's translation: "
        f"{_partner(first, second, swap.shared[0])}; {_partner(second, first, swap.shared[1])}"
    )
    line, column = place(course, outline, first)
    english, chinese = both(first.texts)
    return Found(outline.path, line, message, column, english, chinese, "exchange the two Chinese texts")


def _partner(ours: Topic | Lecture, theirs: Topic | Lecture, shared: Sequence[str]) -> str:
    english, chinese = excerpt(ours.texts["en"], _SHOWN), excerpt(theirs.texts["zh"], _SHOWN)
    return f"“{english}” goes with “{chinese}”" + (f" ({', '.join(shared[:3])})" if shared else "")
