"""Which old messages were split into several new ones, and which were joined into one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from pipeline.catalogs.parts import glued
from pipeline.catalogs.similar import Text, is_long, matches, nearest
from pipeline.text.script import spacing_free

_ALIKE = 80.0  # per cent of the characters in common that the whole and its parts must have
_SHARE = 0.85  # of the characters of each part that the whole must have besides those of the other parts
_MOST = 3  # parts that are looked for where texts also changed; where none did, any number
_MANY = 20_000  # parts, from which not each with its neighbours is compared with all wholes
_BEGINNING = 8  # characters by which the whole that a part begins is found


class Placed(NamedTuple):
    """A text and its place in its catalog: neighbours have places that follow each other."""

    place: int
    text: str


class Regrouped(NamedTuple):
    """The places of one whole text, and of its parts in their order."""

    whole: int
    parts: tuple[int, ...]


def regrouped(wholes: Sequence[Placed], parts: Sequence[Placed]) -> list[Regrouped]:
    """Return which wholes are two or more neighbouring parts put together, each text in one group at most.

    Unchanged texts are found whatever their number, changed ones where two or three belong together.
    """
    runs = [run for run in _runs(parts) if len(run) > 1]
    if not runs or not wholes:
        return []
    groups: list[Regrouped] = []
    used_wholes: set[int] = set()
    used_parts: set[int] = set()
    for group in (*_exact(wholes, runs), *_changed(wholes, runs)):
        if group.whole not in used_wholes and used_parts.isdisjoint(group.parts):
            groups.append(group)
            used_wholes.add(group.whole)
            used_parts.update(group.parts)
    return groups


def _runs(texts: Iterable[Placed]) -> Iterator[list[Placed]]:
    run: list[Placed] = []
    for text in texts:
        if run and text.place != run[-1].place + 1:
            yield run
            run = []
        run.append(text)
    if run:
        yield run


def _exact(wholes: Sequence[Placed], runs: Iterable[Sequence[Placed]]) -> Iterator[Regrouped]:
    beginning: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for whole in wholes:
        key = spacing_free(whole.text)
        beginning[key[:_BEGINNING]].append((whole.place, key))
    for run in runs:
        keys = [spacing_free(text.text) for text in run]
        for start, first in enumerate(keys):
            for place, text in beginning.get(first[:_BEGINNING], ()):
                count = _covering(text, keys[start:])
                if count > 1:
                    yield Regrouped(place, tuple(text.place for text in run[start : start + count]))


def _covering(whole: str, keys: Iterable[str]) -> int:
    """Return how many of the keys, one after the other, make up the whole; 0 if they do not."""
    end = 0
    for count, key in enumerate(keys, 1):
        if not key or not whole.startswith(key, end):
            return 0
        end += len(key)
        if end == len(whole):
            return count
    return 0


def _changed(wholes: Sequence[Placed], runs: Iterable[Sequence[Placed]]) -> list[Regrouped]:
    windows = _windows(wholes, runs)
    joined = [Text(glued([text.text for text in window])) for window in windows]
    found = matches(joined, [Text(whole.text) for whole in wholes])
    return [
        Regrouped(wholes[match.old].place, tuple(text.place for text in windows[match.new]))
        for match in sorted(found, key=lambda match: (-match.score, match.new))
        if match.score >= _ALIKE and _all_count(wholes[match.old].text, [text.text for text in windows[match.new]])
    ]


def _windows(wholes: Sequence[Placed], runs: Iterable[Sequence[Placed]]) -> list[tuple[Placed, ...]]:
    """The neighbours that may make up a whole: of very many, those of which a whole shares rare words with two."""
    parts = [part for run in runs for part in run]
    windows = (
        tuple(run[start : start + size])
        for run in runs
        for size in range(2, _MOST + 1)
        for start in range(len(run) - size + 1)
    )
    if len(parts) <= max(_MANY, len(wholes)):
        return list(windows)
    near = {
        pair
        for found in nearest([whole.text for whole in wholes], [part.text for part in parts])
        for pair in _close(sorted(parts[index].place for index in found))
    }
    return [window for window in windows if any(pair in near for pair in _close([part.place for part in window]))]


def _close(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of the sorted places that fit into one window."""
    for number, first in enumerate(places):
        yield from ((first, second) for second in places[number + 1 : number + _MOST] if second - first < _MOST)


def _all_count(whole: str, parts: Sequence[str]) -> bool:
    """Whether the whole has nearly all of each part besides what it has of the others; not asked of long texts."""
    if is_long(whole, whole):
        return False
    common = LCSseq.similarity(whole, glued(parts))
    for number, part in enumerate(parts):
        others = glued([*parts[:number], *parts[number + 1 :]])
        if common - LCSseq.similarity(whole, others) < _SHARE * len(part):
            return False
    return True
