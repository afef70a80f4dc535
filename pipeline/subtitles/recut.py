"""A translated sentence cut back onto the cues of its source, where it may be cut and when it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.model import Cue, Language
from pipeline.subtitles.layout import english_width, width
from pipeline.subtitles.pieces import Piece, chinese_pieces, english_pieces

_PLACE = 1.0  # what the worst of common places costs, against a cut that is a whole cue too early or too late
_LATE = 4.0
_EMPTY = 100.0  # what a cue without text costs: only where there are fewer words than cues
_REACH = 80  # words around the time share of a cut among which it is looked for
_BLANKS = re.compile(r"\s+")


def recut(text: str, cues: Sequence[Cue], language: Language) -> tuple[str, ...]:
    """One text for each cue, in order: together they are the text, without the blanks where it was cut.

    A cut is near the share of time of the cues before it, at a mark if there is one, never inside a word, a number or
    before a closing mark. Cues are without text only where there are fewer words than cues, the first never.
    """
    pieces = (english_pieces if language == "en" else chinese_pieces)(_BLANKS.sub(" ", text).strip())
    if len(cues) < 2 or not pieces:
        return (_said(pieces), *[""] * (len(cues) - 1)) if cues else ()
    ends = [0, *_cuts(pieces, _shares(cues), language), len(pieces)]
    return tuple(_said(pieces[start:end]) for start, end in pairwise(ends))


def _said(pieces: Sequence[Piece]) -> str:
    return "".join((piece.blank if place else "") + piece.text for place, piece in enumerate(pieces))


def _shares(cues: Sequence[Cue]) -> list[float]:
    """The share of the time after each cue, the last one 1."""
    durations = [max(1, cue.end_ms - cue.start_ms) for cue in cues]
    total, shares, over = sum(durations), [], 0
    for duration in durations:
        over += duration
        shares.append(over / total)
    return shares


class _Window(NamedTuple):
    """The places where one cut may be, and what the cheapest way to each costs and where it cut before."""

    first: int
    costs: list[float]
    before: list[int]


def _cuts(pieces: Sequence[Piece], shares: Sequence[float], language: Language) -> list[int]:
    """The number of the first piece of each cue but the first one."""
    measure = english_width if language == "en" else width
    places = [0.0]
    for piece in pieces:
        places.append(places[-1] + measure(piece.blank + piece.text))
    reached = _Window(0, [0.0], [0])
    windows = []
    for number, (low, high) in enumerate(_ranges(places, shares)):
        ideal = shares[number] * places[-1]
        share = (shares[number + 1] - (shares[number - 1] if number else 0.0)) / 2 * places[-1]
        costs, before = [], []
        for place in range(low, high + 1):
            cost, cut = _cheapest(reached, place, number > 0)
            late = (places[place] - ideal) / share
            edge = pieces[place].cost if place < len(pieces) else 0.0
            costs.append(cost + _PLACE * edge + _LATE * late * late)
            before.append(cut)
        reached = _Window(low, costs, before)
        windows.append(reached)
    return _way_back(windows, len(pieces))


def _ranges(places: Sequence[float], shares: Sequence[float]) -> list[tuple[int, int]]:
    """Which places each cut may have, so that every cue can have a word if there are enough words."""
    count, cuts = len(places) - 1, len(shares) - 1
    step = 1 if count > cuts else 0
    lows: list[int] = []
    near = 0
    for number in range(cuts):
        while near < count and places[near] < shares[number] * places[-1]:
            near += 1
        low = max(1, near - _REACH, lows[-1] + step if lows else 0)
        lows.append(min(low, count - step * (cuts - number)))
    highs: list[int] = []
    for number in range(cuts - 1, -1, -1):
        highest = highs[-1] - step if highs else count - step
        highs.append(max(lows[number], min(highest, lows[number] + 2 * _REACH)))
    return list(zip(lows, reversed(highs), strict=True))


def _cheapest(reached: _Window, place: int, may_be_empty: bool) -> tuple[float, int]:
    """The cost of the best cut before a place, and that cut."""
    best = (float("inf"), place)
    for cut, cost in enumerate(reached.costs, reached.first):
        if cut < place:
            best = min(best, (cost, cut))
        elif cut == place and may_be_empty:
            best = min(best, (cost + _EMPTY, cut))
    return best


def _way_back(windows: Sequence[_Window], count: int) -> list[int]:
    last = windows[-1]
    costs = [cost + _EMPTY * (place == count) for place, cost in enumerate(last.costs, last.first)]
    place = last.first + costs.index(min(costs))
    cuts = []
    for window in reversed(windows):
        cuts.append(place)
        place = window.before[place - window.first]
    return cuts[::-1]
