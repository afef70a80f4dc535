"""Rules on one title that stands in two places of a page."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.align.course import Course
from pipeline.extractors.labels import label_path
from pipeline.model import Outline, Pair
from pipeline.text.said import Said, Value, said
from pipeline.text.script import folded, narrowed, titles_of
from pipeline.validator.base import Found, rule
from pipeline.validator.course_places import announced_lists, called, place

_SAME_TITLE = 80  # per cent of characters that two wordings of one title share at least


def _wordings(course: Course) -> Iterator[tuple[Outline, Pair[int], str, str]]:
    """Each pair of a lecture and its topic with their titles in the language they share, parts left out."""
    for outline, alignment in announced_lists(course):
        bases = {language: _bases(outline, language) for language in ("en", "zh")}
        for pair in alignment.pairs:
            lecture, topic = outline.lectures[pair.left], outline.topics[pair.right]
            for language in sorted(lecture.texts.keys() & topic.texts.keys()):
                yield outline, pair, bases[language][pair.left], narrowed(topic.texts[language])


def _bases(outline: Outline, language: str) -> list[str]:
    """The titles of all lectures in a language without their parts, some of which only the list tells."""
    return [title.base for title in titles_of([lecture.texts.get(language, "") for lecture in outline.lectures])]


@rule("A103", "wording-drift", "warning")
def wording_drift(course: Course) -> Iterator[Found]:
    """A topic and its lecture are worded alike in the same language."""
    from rapidfuzz.fuzz import ratio  # 8 ms, which only courses need

    for outline, pair, taught, announced in _wordings(course):
        likeness = ratio(folded(taught), folded(announced))
        if _SAME_TITLE <= likeness < 100 and not _is_one_of_several(outline, pair, taught, announced):
            one, other = _difference(announced, taught)
            message = said(
                "{lecture} and topic {topic} (line {line}) have one title, but the wording differs in “{one}” and “{other}”",
                **_called(outline, pair), one=one, other=other,
            )  # fmt: skip
            plural = folded(taught).removesuffix("s") == folded(announced).removesuffix("s")
            found = _drift(course, (outline, pair), (announced, taught), message)
            yield found._replace(severity="info") if plural else found


def _is_one_of_several(outline: Outline, pair: Pair[int], taught: str, announced: str) -> bool:
    """Whether a row goes on with the topic and its lecture has other rows: 第5.2讲 "… 示例" beside 第5.1讲."""
    numbers = [(path.series, path.numbers[0]) for path in map(label_path, outline.lectures)]
    rows = numbers.count(numbers[pair.left])
    return rows > 1 and (folded(announced) in folded(taught) or folded(taught) in folded(announced))


@rule("A104", "spacing-drift", "info")
def spacing_drift(course: Course) -> Iterator[Found]:
    """A topic and its lecture are spaced alike in the same language."""
    for outline, pair, taught, announced in _wordings(course):
        is_same = folded(taught) == folded(announced)
        if taught != announced and is_same and taught.casefold() != announced.casefold():
            message = said(
                "{lecture} and topic {topic} (line {line}) have one title, but only the spacing differs",
                **_called(outline, pair),
            )
            yield _drift(course, (outline, pair), (announced, taught), message)


def _called(outline: Outline, pair: Pair[int]) -> dict[str, Value]:
    """What messages call the lecture and the topic of a pair."""
    topic = outline.topics[pair.right]
    return {"lecture": called(outline.lectures[pair.left]), "topic": topic.number, "line": topic.line}


def _drift(course: Course, where: tuple[Outline, Pair[int]], texts: tuple[str, str], message: Said) -> Found:
    outline, pair = where
    line, column = place(course, outline, outline.lectures[pair.left])
    return Found(outline.path, line, message, column, *texts, said("choose one form and use it in both places"))


def _difference(one: str, other: str) -> tuple[str, str]:
    """What stands between the common beginning and the common end of two texts."""
    start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    shortest = min(len(one), len(other)) - start
    tail = next((back for back in range(shortest) if one[-1 - back] != other[-1 - back]), shortest)
    return one[start : len(one) - tail], other[start : len(other) - tail]
