"""The rule on the order of topics: that of the lectures they announce."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.align.assign import longest_increasing
from pipeline.align.course import PINNED, Course
from pipeline.align.swaps import swapped_rows
from pipeline.extractors.labels import label_path
from pipeline.model import Alignment, Lecture, Outline
from pipeline.text.said import Said, Value, said
from pipeline.text.script import folded, titles_of
from pipeline.validator.base import Found, rule
from pipeline.validator.course_places import announced_lists, both, called, place

_CERTAIN = 0.9  # score of a pair from which it tells where the topic belongs
_OUT_OF_TURN = 4  # one topic in so many at most; beyond, the topics are listed by another order than the lectures
_FEWEST = 4  # topics that have an order

Key = tuple[int, ...]


@rule("A114", "topic-order", "warning")
def topic_order(course: Course) -> Iterator[Found]:
    """Topics stand in the order of the lectures that they announce."""
    for outline, alignment in announced_lists(course):
        taught = _taught(outline, alignment)
        misplaced = _misplaced(outline, taught)
        if misplaced and not _is_translation_swapped(course, outline, misplaced):
            yield from _found(course, outline, taught, misplaced)


def _taught(outline: Outline, alignment: Alignment[int]) -> dict[int, int]:
    """For each topic, by index, its first lecture, where that is certain."""
    taught: dict[int, int] = {}
    for pair in alignment.pairs:
        if pair.tier == "accept" or pair.score >= _CERTAIN:
            taught[pair.right] = min(pair.left, taught.get(pair.right, pair.left))
    pinned = {pair.right for pair in alignment.pairs if PINNED in pair.evidence}
    taught.update((topic, lecture) for topic, lecture in _of_one_title(outline) if topic not in pinned)
    return dict(sorted(taught.items()))


def _of_one_title(outline: Outline) -> Iterator[tuple[int, int]]:
    """Each topic whose title is that of one lecture, or of the parts of one, and the first of these.

    Between lists of which most goes in step, an alignment takes a row far off for another one; here it is what is asked.
    """
    for language in ("en", "zh"):
        titles = titles_of([lecture.texts.get(language, "") for lecture in outline.lectures])
        lectures: dict[str, list[int]] = {}
        for at, title in enumerate(titles):
            lectures.setdefault(folded(title.base), []).append(at)
        topics = [folded(topic.texts.get(language, "")) for topic in outline.topics]
        for index, topic in enumerate(topics):
            same = lectures.get(topic, []) if topic else []
            if topics.count(topic) == 1 and (len(same) == 1 or (same and all(titles[at].part for at in same))):
                yield index, same[0]


def _misplaced(outline: Outline, taught: Mapping[int, int]) -> list[int]:
    """The topics that break the order of their lectures, both as these stand and as they are numbered.

    Where lectures have changed places, or one has a wrong number, the topics are right.
    """
    if len(taught) < _FEWEST:
        return []
    series = [label_path(lecture).series for lecture in outline.lectures]
    numbers = [(series.index(series[at]), *label_path(outline.lectures[at]).numbers) for at in taught.values()]
    by_place, by_number = (_breaking(keys) for keys in ([(at,) for at in taught.values()], numbers))
    topics = list(taught)
    both_ways = [topics[at] for at in by_place if at in by_number]
    return both_ways if len(both_ways) <= max(2, len(taught) // _OUT_OF_TURN) else []


def _breaking(keys: Sequence[Key]) -> list[int]:
    """The places of the keys outside a longest sequence that goes up; two rows of one key are in order."""
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    again = [ranks[key] * len(keys) + keys[:at].count(key) for at, key in enumerate(keys)]
    return sorted(set(range(len(keys))).difference(longest_increasing(again)))


def _is_translation_swapped(course: Course, outline: Outline, misplaced: Sequence[int]) -> bool:
    """Whether the topics are in order and their translations are not, which `labels-swapped` says."""
    bilingual = [topic for topic in outline.topics if {"en", "zh"} <= topic.texts.keys()]
    english, chinese = ([topic.texts[language] for topic in bilingual] for language in ("en", "zh"))
    swaps = swapped_rows(english, chinese, lexicon=course.lexicon) if len(bilingual) > 1 else []
    swapped = {bilingual[place].number for swap in swaps for place in (swap.first, swap.second)}
    return any(outline.topics[index].number in swapped for index in misplaced)


def _found(course: Course, outline: Outline, taught: Mapping[int, int], misplaced: Sequence[int]) -> Iterator[Found]:
    for index in misplaced:
        topic = outline.topics[index]
        message = _stands(outline, taught, index, _neighbour(taught, index, misplaced))
        fix = said("put the topics in the order of the lectures, or accept theirs")
        line, column = place(course, outline, topic)
        yield Found(outline.path, line, message, column, *both(topic.texts), fix)


def _stands(outline: Outline, taught: Mapping[int, int], index: int, other: int) -> Said:
    """On which side of another topic one stands, and their lectures."""
    values: dict[str, Value] = {
        "topic": outline.topics[index].number,
        "lecture": _lecture(outline.lectures[taught[index]]),
        "near": outline.topics[other].number,
        "its": _lecture(outline.lectures[taught[other]]),
    }
    if other < index:
        return said("topic {topic} stands after topic {near}, but {lecture} before {its}", **values)
    return said("topic {topic} stands before topic {near}, but {lecture} after {its}", **values)


def _lecture(lecture: Lecture) -> Said:
    return said("{lecture} (line {line})", lecture=called(lecture), line=lecture.line)


def _neighbour(taught: Mapping[int, int], index: int, misplaced: Sequence[int]) -> int:
    """The nearest topic in order that stands on the wrong side."""
    kept = [other for other in taught if other not in misplaced]
    wrong = [other for other in kept if (other - index) * (taught[other] - taught[index]) < 0]
    return min(wrong, key=lambda other: abs(other - index))
