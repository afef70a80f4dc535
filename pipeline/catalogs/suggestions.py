"""What a memory knows of a text: the same text first, then like ones, each with its likeness and in what it differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import Literal

from rapidfuzz import fuzz

from pipeline.catalogs.memory import SIDES, Memory, Remembered, Side
from pipeline.catalogs.memory_index import (
    key_of_rough,
    markup,
    masked,
    number_count,
    numbers,
    query_of,
    rough,
    with_numbers,
)

Likeness = Literal["exact", "spelling", "numbers", "markup", "similar", "contains"]

_LONGEST = 10_000  # characters of a text that are compared
_CLOSEST, _FEWEST = 16, 3  # candidates that are compared in every way: fewer of long texts, where that takes long,
_FOR_EACH = 30  # namely one for each so many characters
_HIDDEN = 30  # per cent that markup may make texts less alike than what they say is
_OTHER_COUNT = 10  # per cent that are taken off where one text has more numbers: "Lecture 2" is not like "Lecture"
_SHORT = 100  # characters of a text in which markup may be more than what it says
_NEARLY = 60  # per cent below which texts that say the same but for markup are called similar only


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair that may help with a text, and how.

    ``score`` is how much of the text is in the pair, in per cent, where all numbers are alike and so is all markup; 100
    only where nothing differs. ``likeness`` is "exact", or what alone differs: the "spelling" (case, blanks, punctuation),
    "numbers", or "markup"; "similar" where words do, "contains" where the pair has the whole text inside a longer one.
    ``is_reversed`` where the text is the translation of the pair. ``times`` is in how many places the memory has it.
    """

    pair: Remembered
    score: int
    likeness: Likeness
    is_reversed: bool = False
    times: int = 1

    @property
    def source(self) -> str:
        """The text of the pair in the language of the query."""
        return self.pair.target if self.is_reversed else self.pair.source

    @property
    def target(self) -> str:
        """The text of the pair in the other language."""
        return self.pair.source if self.is_reversed else self.pair.target


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the locales, None for any, how alike it has to be, and whether longer texts count too."""

    source_locale: str | None = None
    target_locale: str | None = None
    minimum: int = 60
    contains: bool = False


def suggestions(memory: Memory, text: str, wanted: Wanted, context: str | None = None) -> list[Suggestion]:
    """Return what the memory knows of a text, best first, each translation of a text once.

    Of what is equally alike comes first what has the same ``context``, then what is reviewed, not reversed, and latest.
    """
    text = text.strip()[:_LONGEST].encode("utf-8", "replace").decode()
    found: dict[tuple[str, str], list[Suggestion]] = {}
    for suggestion in _all(memory, text, wanted):
        found.setdefault((suggestion.source, suggestion.target), []).append(suggestion)
    best = [replace(_sorted(alike, context)[0], times=len(alike)) for alike in found.values()]
    return _sorted(best, context)


def _sorted(found: Iterable[Suggestion], context: str | None) -> list[Suggestion]:
    latest = sorted(found, key=lambda each: each.pair.date, reverse=True)
    return sorted(
        latest,
        key=lambda each: (-each.score, each.pair.context != context, not each.pair.reviewed, each.is_reversed),
    )


def _all(memory: Memory, text: str, wanted: Wanted) -> Iterator[Suggestion]:
    looked_for, query = _Text(text), query_of(text)
    key = key_of_rough(looked_for.rough)
    for side in SIDES:
        directions = {direction for direction in memory.directions() if _fits(direction, side, wanted)}
        if not directions:
            continue
        near = _closest(memory.near(query, side), looked_for, side, wanted)
        for pair in dict.fromkeys((*memory.same(text, key, side), *near)):
            if (pair.source_locale, pair.target_locale) in directions:
                score, likeness = looked_for.compared(getattr(pair, side))
                if score >= wanted.minimum or (likeness == "contains" and wanted.contains):
                    yield Suggestion(pair, score, likeness, side == "target")


def _fits(direction: tuple[str, str], side: Side, wanted: Wanted) -> bool:
    ours, theirs = direction if side == "source" else direction[::-1]
    return ours == (wanted.source_locale or ours) and theirs == (wanted.target_locale or theirs)


def _closest(pairs: Iterable[Remembered], text: _Text, side: Side, wanted: Wanted) -> list[Remembered]:
    """The pairs worth a closer look: markup and numbers can make texts a little more alike than their characters are."""
    scored: list[tuple[float, int, Remembered]] = []
    for pair in pairs:
        other: str = getattr(pair, side)[:_LONGEST]
        score = fuzz.ratio(text.plain, other.casefold(), score_cutoff=wanted.minimum - _HIDDEN)
        if score or (wanted.contains and text.is_in(other)):
            scored.append((score, len(scored), pair))
    number = max(_CLOSEST - len(text.plain) // _FOR_EACH, _FEWEST)
    return [pair for *_, pair in nlargest(number, scored)]


class _Text:
    """A text in the forms in which it is compared."""

    def __init__(self, text: str) -> None:
        self.text, self.plain = text, text.casefold()
        self.masked, self.rough = masked(self.plain), rough(text)
        self._dense = "".join(self.plain.split())

    def is_in(self, other: str) -> bool:
        """Whether another text holds it; Chinese is written with and without blanks."""
        return self._dense in "".join(other.casefold().split())

    def compared(self, other: str) -> tuple[int, Likeness]:
        """How alike another text is, and how it differs."""
        if other == self.text:
            return 100, "exact"
        folded = other[:_LONGEST].casefold()
        is_close = len(folded) < 3 * len(self.plain) + _SHORT  # or markup makes no difference
        hidden = masked(folded) if is_close else folded
        score = min(99, int(fuzz.ratio(self.masked, hidden)))
        score -= _OTHER_COUNT * (number_count(self.masked) != number_count(hidden))
        if score < _NEARLY or self.rough != rough(other):
            return score, "contains" if self.is_in(other) else "similar"
        if markup(self.text) != markup(other):
            return score, "markup"
        return score, "spelling" if numbers(self.text) == numbers(other) else "numbers"


def adapted(suggestion: Suggestion, text: str) -> str:
    """Return the translation that a suggestion has for a text: with its numbers, where they alone differ.

    Each number that differs has to stand in the translation as often as in the source; otherwise nothing is replaced.
    """
    old, new = numbers(suggestion.source), numbers(text)
    target = numbers(suggestion.target)
    changes = dict(zip(old, new, strict=False))
    is_clear = len(old) == len(new) and [changes[number] for number in old] == new
    if suggestion.likeness != "numbers" or not is_clear:
        return suggestion.target
    moved = {number for number in old if changes[number] != number}
    if any(old.count(number) != target.count(number) for number in moved):
        return suggestion.target
    return with_numbers(suggestion.target, changes)
