"""Texts without translation that are the parts of a longer one that a memory knows: a paragraph that was split."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.catalogs.parts import glued, shares
from pipeline.catalogs.regroup import Placed, regrouped
from pipeline.catalogs.suggestions import Suggestion
from pipeline.catalogs.worddiff import split_notes

NEARLY_THE_SAME = 90  # per cent from which nobody asks whether a text was split
_LARGE = 0.3  # of a text that at least one of its parts is
_AROUND = 8  # messages before and after such a part that may be the others


class Open(NamedTuple):
    """A message without translation: its place in its catalog, its text, and what a memory suggests for it."""

    place: int
    text: str
    suggestions: Sequence[Suggestion]


class Part(NamedTuple):
    """What a part takes of the translation of the whole text, and the note that says so.

    ``target`` is empty where nobody can tell, and the first part has all of it. The suggestion's score is how alike all
    parts together and the whole text are.
    """

    suggestion: Suggestion
    target: str
    note: str


def split_parts(messages: Sequence[Open], fits: Callable[[str, str], bool]) -> dict[int, Part]:
    """Return by their places the messages that are neighbouring parts of a text that is suggested for one of them.

    ``messages`` are sorted by place. ``fits`` says whether a text may be translated as another; where the first part may
    not be translated as the whole, nothing is said of a text.
    """
    unknown = [each for each in messages if not any(found.score >= NEARLY_THE_SAME for found in each.suggestions)]
    texts = {each.place: each.text for each in unknown}
    wholes: dict[str, Suggestion] = {}
    around: set[int] = set()
    for each in unknown:
        for suggestion in each.suggestions:
            if _LARGE * len(suggestion.source) <= len(each.text) < len(suggestion.source):
                wholes.setdefault(suggestion.source, suggestion)
                around.update(range(each.place - _AROUND, each.place + _AROUND + 1))
    sources = list(wholes)
    parts = [Placed(place, text) for place, text in texts.items() if place in around]
    found: dict[int, Part] = {}
    for whole, places in regrouped([Placed(*each) for each in enumerate(sources)], parts):
        given = _parts(wholes[sources[whole]], [texts[place] for place in places], fits)
        found.update(zip(places, given, strict=False))
    return found


def _parts(suggestion: Suggestion, texts: Sequence[str], fits: Callable[[str, str], bool]) -> Iterator[Part]:
    targets = shares(texts, suggestion.source, suggestion.target)
    if targets is None or not all(map(fits, texts, targets)):
        if not fits(texts[0], suggestion.target):
            return
        targets = None
    notes = split_notes(len(texts), is_shared=targets is not None)
    suggestion = replace(suggestion, score=min(99, int(fuzz.ratio(glued(texts), suggestion.source))))
    for target, note in zip(targets or [suggestion.target, *[""] * (len(texts) - 1)], notes, strict=True):
        yield Part(suggestion, target, note)
