"""The pages of a course put together: which lecture belongs to which topic, and which title translates which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.align.lists import align_lists
from pipeline.extractors.outline import outline
from pipeline.model import Alignment, Lecture, Outline, Page, Pair, Tier, Topic
from pipeline.text.lexicon import Lexicon
from pipeline.text.said import said
from pipeline.text.script import folded

PinKey = int | str
"""One side of a pin: a number as printed, 0 for none, or a title in either language."""


@dataclass(frozen=True, slots=True)
class Pins:
    """What a maintainer has decided: pairs, in numbers as printed or titles, 0 for none, and what terms are called.

    ``topics`` are (lecture, topic), ``titles`` (English lecture, Chinese lecture); ``lexicon`` knows the terms, None is
    the shared one.
    """

    topics: tuple[tuple[PinKey, PinKey], ...] = ()
    titles: tuple[tuple[PinKey, PinKey], ...] = ()
    lexicon: Lexicon | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """How sure a pair is, and why; ``pinned`` pairs are sure because a person said so."""

    score: float
    tier: Tier
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LectureRow:
    """One lecture of a course in both languages, with its topic; what is missing is None."""

    zh: Lecture | None
    en: Lecture | None
    topic: Topic | None = None
    titles: Match | None = None
    topics: Match | None = None

    @property
    def number(self) -> int:
        """The number as printed, that of the Chinese list where both have one."""
        lecture = self.zh or self.en
        return lecture.number if lecture else 0


@dataclass(frozen=True, slots=True)
class Course:
    """A course: its pages and outlines in the order of their paths, and its lecture table.

    ``topic_pairs`` gives for the path of each outline with topics and lectures the alignment of its lectures (left) with
    its topics (right). ``zh`` and ``en`` are the outlines that the two columns of titles come from. ``lexicon`` knows the
    terms of the course, None is the shared one.
    """

    name: str
    path: str
    pages: tuple[Page, ...]
    outlines: tuple[Outline, ...]
    rows: tuple[LectureRow, ...] = ()
    zh: Outline | None = None
    en: Outline | None = None
    topic_pairs: Mapping[str, Alignment[int]] = field(default_factory=dict)
    lexicon: Lexicon | None = None


def course_of(name: str, path: str, pages: Iterable[Page], pins: Pins = Pins()) -> Course:
    """The course that ``pages`` make; ``path`` is its folder."""
    pages = tuple(pages)
    outlines = tuple(outline(page) for page in pages)
    pairs = {each.path: topics_of_lectures(each, pins) for each in outlines if each.topics and each.lectures}
    zh = _with_most_lectures(outlines, "zh")
    en = _with_most_lectures([each for each in outlines if not is_collection(outlines) or _are_one(each, zh)], "en")
    return Course(name, path, pages, outlines, tuple(_rows(zh, en, pairs, pins)), zh, en, pairs, pins.lexicon)


_MOST_NAMES = 2  # codes that one course may go under in its pages


def is_collection(outlines: Iterable[Outline]) -> bool:
    """Whether pages that lie together belong to several courses: three or more that share no code.

    What is true of one course (one code, one list in two languages) is not asked of a collection.
    """
    groups: list[set[str]] = []
    for codes in (plain_codes(each.codes) for each in outlines if each.codes):
        joined = [group for group in groups if group & codes]
        groups = [group for group in groups if not group & codes] + [codes.union(*joined)]
    return len(groups) > _MOST_NAMES


def _are_one(each: Outline, other: Outline | None) -> bool:
    """Whether two pages of a collection belong to one course: they share a code."""
    return other is None or each is other or bool(plain_codes(each.codes) & plain_codes(other.codes))


def plain_codes(codes: Iterable[str]) -> set[str]:
    """Codes as keys: without blanks, case and the mark of a joint subject."""
    return {re.sub(r"\[J\]$", "", code).replace(" ", "").casefold() for code in codes}


class Aligner(Protocol):
    """What pairs two lists of titles, `align_lists` or another."""

    def __call__(self, left: Sequence[str], right: Sequence[str], *, lexicon: Lexicon | None) -> Alignment[int]:
        """The pairs and what has no partner."""


def topics_of_lectures(each: Outline, pins: Pins = Pins(), aligner: Aligner = align_lists) -> Alignment[int]:
    """Which of its topics (right) each lecture (left) of an outline belongs to; parts of one lecture share a topic."""
    language = "zh" if all("zh" in lecture.texts for lecture in each.lectures) else "en"
    left = [_text(lecture.texts, language) for lecture in each.lectures]
    right = [_text(topic.texts, language) for topic in each.topics]
    lists = each.lectures, each.topics
    alignment = aligner(left, right, lexicon=pins.lexicon)
    sure = [pair for pair in alignment.pairs if pair.tier == "accept"]
    return _pinned(alignment, lists, pins.topics, sure)


def _text(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _pinned(
    alignment: Alignment[int],
    lists: tuple[Sequence[Lecture | Topic], Sequence[Lecture | Topic]],
    pins: Sequence[tuple[PinKey, PinKey]],
    shared: Sequence[Pair[int]] = (),
) -> Alignment[int]:
    """``alignment`` with the pins in it; a pin of which a side is not there changes nothing.

    A pinned left number is that of all rows that share it ("第3.1讲", "第3.2讲"). Of two pins for one row the last counts.
    The pairs ``shared`` stay beside a pin to their right side: a topic may have several lectures.
    """
    if not pins:
        return alignment
    fixed, barred = _fixed(lists, pins)
    taken = barred.union(place for place in fixed.values() if place is not None)
    pairs = [
        pair
        for pair in alignment.pairs
        if pair.left not in fixed and (pair.right not in taken or (pair in shared and pair.right not in barred))
    ]
    pairs += [Pair(left, right, 1.0, "accept", (PINNED,)) for left, right in fixed.items() if right is not None]
    pairs.sort(key=lambda pair: (pair.left, pair.right))
    left_only = sorted(set(range(len(lists[0]))) - {pair.left for pair in pairs})
    right_only = sorted(set(range(len(lists[1]))) - {pair.right for pair in pairs})
    return Alignment(tuple(pairs), tuple(left_only), tuple(right_only))


def _fixed(
    lists: tuple[Sequence[Lecture | Topic], Sequence[Lecture | Topic]], pins: Sequence[tuple[PinKey, PinKey]]
) -> tuple[dict[int, int | None], set[int]]:
    """The left rows that are pinned, with the right row of each or None, and the right rows that are to have no left one."""
    lefts, rights = (_places(each) for each in lists)
    fixed: dict[int, int | None] = {}
    barred: set[int] = set()
    for left, right in ((_key(left), _key(right)) for left, right in pins):
        place = next(iter(rights.get(right, ())), None)
        if left in lefts and (place is not None or right == 0):
            fixed.update(dict.fromkeys(lefts[left], place))
        elif left == 0 and place is not None:
            barred.add(place)
    return fixed, barred


PINNED = said("pinned")
"""The evidence of a pair that a person has decided."""


def _key(side: PinKey) -> PinKey:
    return folded(side) if isinstance(side, str) else side


def _places(listed: Iterable[Lecture | Topic]) -> dict[PinKey, list[int]]:
    """Where each number and each title stands."""
    places: dict[PinKey, list[int]] = {}
    for place, each in enumerate(listed):
        keys: set[PinKey] = {each.number, *map(folded, each.texts.values())}
        for key in keys:
            places.setdefault(key, []).append(place)
    return places


def unknown_sides(pin: tuple[PinKey, PinKey], lists: tuple[Sequence[Lecture | Topic], ...]) -> tuple[bool, bool]:
    """Whether each side of a pin names nothing in its list; 0, for none, is never unknown."""
    left, right = (side != 0 and _key(side) not in _places(listed) for side, listed in zip(pin, lists, strict=True))
    return left, right


def _with_most_lectures(outlines: Sequence[Outline], language: str) -> Outline | None:
    """The outline that lists most lectures in a language; of equals, one that has topics too."""

    def worth(each: Outline) -> tuple[int, int]:
        return sum(language in lecture.texts for lecture in each.lectures), len(each.topics)

    best = max(outlines, key=worth, default=None)
    return best if best and worth(best)[0] else None


def _rows(
    zh: Outline | None, en: Outline | None, pairs: Mapping[str, Alignment[int]], pins: Pins
) -> Iterable[LectureRow]:
    base = zh or en
    if not base:
        return
    titles = _titles(zh, en, pins)
    topics = _topics(base, pairs)
    used = set()
    for index, lecture in enumerate(base.lectures):
        topic, why = topics.get(index, (None, None))
        if zh is base:
            other, match = titles.get(index) or (lecture if "en" in lecture.texts else None, None)
            used.add(id(other))
            yield LectureRow(lecture, other, topic, match, why)
        else:
            yield LectureRow(None, lecture, topic, None, why)
    if zh and en and en is not zh:
        for lecture in en.lectures:
            if id(lecture) not in used:
                yield LectureRow(None, lecture)


def _titles(zh: Outline | None, en: Outline | None, pins: Pins) -> dict[int, tuple[Lecture, Match]]:
    """For each lecture of ``zh``, by index, the English one of the same title."""
    if not zh or not en:
        return {}
    if zh is en:
        both = Match(1.0, "accept", (said("both titles stand in one row"),))
        return {
            index: (lecture, both) for index, lecture in enumerate(zh.lectures) if {"en", "zh"} <= lecture.texts.keys()
        }
    left = [_text(lecture.texts, "zh") for lecture in zh.lectures]
    right = [_text(lecture.texts, "en") for lecture in en.lectures]
    decided = [(chinese, english) for english, chinese in pins.titles]
    alignment = _pinned(align_lists(left, right, lexicon=pins.lexicon), (zh.lectures, en.lectures), decided)
    return {pair.left: (en.lectures[pair.right], _match(pair)) for pair in alignment.pairs}


def _topics(base: Outline, pairs: Mapping[str, Alignment[int]]) -> dict[int, tuple[Topic, Match]]:
    alignment = pairs.get(base.path)
    if not alignment:
        return {}
    return {pair.left: (base.topics[pair.right], _match(pair)) for pair in alignment.pairs}


def _match(pair: Pair[int]) -> Match:
    return Match(pair.score, pair.tier, pair.evidence)
