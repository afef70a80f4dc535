"""Which new texts are old texts changed a little."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.text.lazily import lazily

_ENOUGH = 60.0  # per cent of the characters in common, from which an old translation helps more than it misleads
_ENOUGH_SHORT = 80.0  # of texts under _SHORT characters, where one word makes another meaning
_SHORT = 12
_PLACE = 10.0  # what standing between the same neighbours is worth, half of it for one neighbour
_AGAIN = 85.0  # from which one old text may serve a second new one
_CANDIDATES = 32  # old texts compared with each new one for their words
_ALL = 64  # old texts up to which each is compared, and in one place up to which the place says something
_QUICK = 10**9  # product of the lengths of two texts, up to which they are compared in some 20 ms
_READ = 10**5  # characters by which a longer text is known
_MOST_LOOKED_AT = 1_000  # places of words, rarest first, after which common words are not asked
_COMMON = 300  # old texts that share a word, from which the word says nothing

_WORD = lazily(r"[^\W_\u2e80-\u9fff\uac00-\ud7a3]+|[\u2e80-\u9fff\uac00-\ud7a3]")
_FEW = 4


class Text(NamedTuple):
    """A text and the messages it stands between, as any values that are equal for equal messages; None at an end."""

    text: str
    before: object = None
    after: object = None


class Match(NamedTuple):
    """The indexes of a new text and an old one, and how alike they are, in per cent."""

    new: int
    old: int
    score: float


def matches(new: Sequence[Text], old: Sequence[Text]) -> list[Match]:
    """Return for each new text at most one old text that it seems to come from, in the order of the new texts.

    The best pairs are taken first; an old text serves twice only where the second one is nearly the same. Each new
    text is compared with the few old ones that share its rarest words or its place, so that time grows with the
    number of texts and not with its square.
    """
    index = _Index([text.text for text in old])
    places = _places(old)
    scored = sorted(
        (match for number, text in enumerate(new) for match in _scored(number, text, old, index, places)),
        key=lambda match: (-match.score, match.new, match.old),
    )
    taken: dict[int, Match] = {}
    used: set[int] = set()
    for match in scored:
        if match.new not in taken and (match.old not in used or match.score >= _AGAIN):
            taken[match.new] = match
            used.add(match.old)
    return sorted(taken.values())


def nearest(texts: Iterable[str], old: Sequence[str]) -> Iterator[Sequence[int]]:
    """Yield for each text the indexes of the old texts that share the most and rarest words with it, a few dozen."""
    index = _Index(old)
    yield from map(index.candidates, texts)


def is_long(one: str, other: str) -> bool:
    """Return whether to compare two texts character by character would take more than a moment."""
    return len(one) * len(other) > _QUICK


def likeness(one: str, other: str, at_least: float = 0) -> float:
    """Return how many per cent of the characters of two texts are the same, in the same order; 0 under ``at_least``.

    Of long texts (`is_long`) it is the words, in any order, of their first hundred thousand characters.
    """
    if 200 * min(len(one), len(other)) < at_least * (len(one) + len(other)):
        return 0
    if not is_long(one, other):
        return fuzz.ratio(one, other, score_cutoff=at_least)
    left, right = (Counter(_WORD.findall(text, 0, _READ)) for text in (one, other))
    score = 200 * (left & right).total() / max(left.total() + right.total(), 1)
    return score if score >= at_least else 0


def neighbours(known: Sequence[int | None]) -> list[tuple[int | None, int | None]]:
    """Return for each place what is known nearest before it and after it; None where nothing is."""
    before = list(_latest(known))
    after = list(_latest(reversed(known)))
    return list(zip(before, reversed(after), strict=True))


def _latest(known: Iterable[int | None]) -> Iterator[int | None]:
    last: int | None = None
    for value in known:
        last = last if value is None else value
        yield last


def _scored(
    number: int, text: Text, old: Sequence[Text], index: _Index, places: Mapping[object, list[int]]
) -> Iterator[Match]:
    near = [*places.get((0, text.before), ()), *places.get((1, text.after), ())]
    for other in {*index.candidates(text.text), *(near if len(near) <= _ALL else ())}:
        there = old[other]
        beside = (text.before == there.before is not None) + (text.after == there.after is not None)
        bonus = _PLACE / 2 * beside
        enough = _ENOUGH if min(len(text.text), len(there.text)) >= _SHORT else _ENOUGH_SHORT
        score = likeness(text.text, there.text, enough - bonus)
        if score:
            yield Match(number, other, score + bonus)


def _places(old: Iterable[Text]) -> dict[object, list[int]]:
    places: dict[object, list[int]] = defaultdict(list)
    for number, text in enumerate(old):
        if text.before is not None:
            places[0, text.before].append(number)
        if text.after is not None:
            places[1, text.after].append(number)
    return places


class _Index:
    """The texts by their words; a Han character counts as half a word, with its follower."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for feature in _features(text):
                self._postings[feature].append(number)
        self._count = len(texts)

    def candidates(self, text: str) -> Sequence[int]:
        """Return the numbers of the texts that share the most and rarest words with this one."""
        if self._count <= _ALL:
            return range(self._count)
        shared: defaultdict[int, float] = defaultdict(float)
        found = [posting for feature in _features(text) if (posting := self._postings.get(feature))]
        found.sort(key=lambda posting: (len(posting), posting))  # the same in every run
        looked_at = 0
        for posting in [posting for posting in found if len(posting) <= _COMMON] or found[:1]:
            if looked_at > _MOST_LOOKED_AT:
                break
            looked_at += len(posting)
            weight = log(1 + self._count / len(posting))
            for number in posting:
                shared[number] += weight
        return sorted(shared, key=shared.__getitem__, reverse=True)[:_CANDIDATES]  # quicker than heapq's nlargest


def _features(text: str) -> set[str]:
    text = text[:_READ]
    words = _WORD.findall(text.casefold())
    features = {first + second if len(first) == 1 else first for first, second in pairwise([*words, ""])}
    if len(features) < _FEW:
        features.update(map("".join, pairwise(text)))
    return features
