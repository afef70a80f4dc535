"""A translated sentence cut back onto the cues of its source, where it may be cut and when it is said."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from heapq import nsmallest
from itertools import accumulate, pairwise
from typing import NamedTuple

from pipeline.model import Cue, Language
from pipeline.subtitles.layout import chinese_columns, english_columns
from pipeline.subtitles.pieces import Pieces, chinese_pieces, english_pieces

# What a way to cut costs: a cut that is a whole cue too early or late, squared; a break between words is 1.
_LATE = 4.0
_NO_MARK = 0.5  # the source ends with a mark here and the translation does not
_ELSEWHERE = 1.5  # a number or Latin word in another cue than in the source
_FAST = 4.0  # each time again as much text as can be read
_EMPTY = 100.0  # a cue without text: only where there are fewer words than cues

_CANDIDATES = 10  # places for each cut that are looked at together
_REACH = 60  # words around the time share of a cut among which they are
_ENGLISH_SPEED, _CHINESE_SPEED = 20.0, 9.0  # characters a second that can be read
_SHORT_MS = 833
_BLANKS = re.compile(r"\s+")
_NAME = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[A-Za-z]{2,}")
_PAIRED_TAG = re.compile(r"<(/?)([biusc]|font|lang|v|ruby|rt)(?=[\s.>])[^<>]*>", re.IGNORECASE)
_DEEPEST = 8
_SOURCE_MARK = re.compile(r"""[,;:.!?，。；：？！][\s"'”’)\]]*\Z""")


def recut(text: str, cues: Sequence[Cue], language: Language) -> tuple[str, ...]:
    """One text for each cue, in order: together they are the text, without the blanks where it was cut.

    A cut is near the share of time of the cues before it, at a mark if there is one, never inside a word, a number or
    before a closing mark. Numbers and Latin words stand, where that reads well, in the cue whose own text has them. Cues
    are without text only where there are fewer words than cues, the first never. A tag that is open at a cut is closed
    there and opened again.
    """
    text = _BLANKS.sub(" ", text).strip()
    pieces = english_pieces(text) if language == "en" else chinese_pieces(text)
    count = pieces.number
    if len(cues) < 2 or not count:
        return (pieces.said(0, count), *[""] * (len(cues) - 1)) if cues else ()
    ends = [0, *_cuts(_Sentence.of(pieces, cues, language)), count]
    parts = [pieces.said(start, end) for start, end in pairwise(ends)]
    return tuple(_with_whole_tags(parts) if "<" in text else parts)


class _Sentence(NamedTuple):
    """What is cut: ``widths`` are those up to each place, ``edges`` what a cut there costs for how it reads.

    ``shares`` is how much of the width each cue has time for, ``room`` the width that can be read in each; ``names`` are
    the pieces with the cue that their source has them in; ``marked`` says which cues of the source end with a mark.
    """

    widths: Sequence[float]
    edges: Sequence[float]
    shares: Sequence[float]
    room: Sequence[float]
    names: Sequence[tuple[int, int]]
    marked: Sequence[bool]

    @classmethod
    def of(cls, pieces: Pieces, cues: Sequence[Cue], language: Language) -> _Sentence:
        if language == "en":
            speed, columns, unit = _ENGLISH_SPEED, english_columns(pieces.woven), 1.0
        else:
            speed, columns, unit = _CHINESE_SPEED, chinese_columns(pieces.woven), 0.5
        widths = [unit * width for width in list(accumulate(columns, initial=0))[::2]]
        durations = [max(1, cue.end_ms - cue.start_ms) for cue in cues]
        total = sum(durations)
        # where the whole sentence is too long for its time, no cut is to blame for it
        speed = max(speed, 1.1 * widths[-1] / total * 1_000)
        return cls(
            widths,
            [0.0, *pieces.costs(range(1, pieces.number)), 0.0],
            [duration / total * widths[-1] for duration in durations],
            [max(duration, _SHORT_MS) / 1_000 * speed for duration in durations],
            _names(pieces.texts, cues),
            [_SOURCE_MARK.search(cue.text) is not None for cue in cues],
        )

    def costs(self, cut: int, places: range, ideal: float) -> list[float]:
        """What it costs to make a cut at each of the places, whatever the other cuts are."""
        edges, spread = self.edges[places.start : places.stop], self.shares[cut] + self.shares[cut + 1]
        if self.marked[cut]:
            edges = [edge + _NO_MARK if edge > 0 else edge for edge in edges]
        lates = [(width - ideal) * 2 / spread for width in self.widths[places.start : places.stop]]
        costs = [edge + _LATE * late * late for edge, late in zip(edges, lates, strict=True)]
        if not self.names:
            return costs
        elsewhere = [sum((piece < place) != (cue <= cut) for piece, cue in self.names) for place in places]
        return [cost + _ELSEWHERE * count for cost, count in zip(costs, elsewhere, strict=True)]


def _names(pieces: Sequence[str], cues: Sequence[Cue]) -> list[tuple[int, int]]:
    """The pieces with a number or Latin word that both languages have once, with the cue of the source that has it."""
    if not _NAME.search("".join(pieces)):  # as in most texts
        return []
    found = [(name, place) for place, piece in enumerate(pieces) for name in _NAME.findall(piece)]
    if not found or len(found) > _REACH:
        return []
    source = [(name, number) for number, cue in enumerate(cues) for name in _NAME.findall(cue.text)]
    names, source_names = [name for name, _ in found], [name for name, _ in source]
    cue_of = {name: number for name, number in source if source_names.count(name) == 1}
    return [(place, cue_of[name]) for name, place in found if name in cue_of and names.count(name) == 1]


class _Way(NamedTuple):
    """The cheapest way to make the cuts up to one at a place, and where the cut before it is."""

    cost: float
    place: int
    before: int


def _cuts(sentence: _Sentence) -> list[int]:
    """The number of the first piece of each cue but the first one."""
    reached = [_Way(0.0, 0, 0)]
    steps = []
    for cut, places in enumerate(_candidates(sentence)):
        reached = [_cheapest(sentence, cut, reached, own, place) for own, place in places]
        steps.append(reached)
    way = _cheapest(sentence, len(steps), reached, 0.0, len(sentence.edges) - 1)
    cuts: list[int] = []
    for ways in reversed(steps):
        cuts.append(way.before)
        way = next(each for each in ways if each.place == way.before)
    return cuts[::-1]


def _cheapest(sentence: _Sentence, cue: int, reached: Sequence[_Way], own: float, place: int) -> _Way:
    """The best way to a cut that costs ``own`` by itself and ends a cue at a place."""
    end, room = sentence.widths[place], sentence.room[cue]
    best, chosen = math.inf, place
    for cost, start, _ in reached:
        if start > place:
            continue
        excess = (end - sentence.widths[start]) / room - 1
        unread = _FAST * excess if excess > 0 else 0.0
        whole = cost + (unread if start < place else _EMPTY * (1 + (cue == 0)))
        if whole < best or (whole == best and start < chosen):
            best, chosen = whole, start
    return _Way(best + own, place, chosen)


def _candidates(sentence: _Sentence) -> list[list[tuple[float, int]]]:
    """What the best places for each cut cost, and the places; the first is one that leaves each cue a word."""
    count, cuts = len(sentence.edges) - 1, len(sentence.shares) - 1
    step = 1 if count > cuts else 0
    found: list[list[tuple[float, int]]] = []
    ideal, low = 0.0, 1 - step
    for cut in range(cuts):
        ideal += sentence.shares[cut]
        near = bisect_left(sentence.widths, ideal)
        high = count - step * (cuts - cut)
        low = min(max(low + step, near - _REACH), high)
        places = range(low, max(low, min(high, near + _REACH)) + 1)
        costs = list(zip(sentence.costs(cut, places, ideal), places, strict=True))
        found.append([costs[0], *nsmallest(_CANDIDATES, costs[1:])])
    return found


def _with_whole_tags(parts: Sequence[str]) -> list[str]:
    """The parts, each with the tags it stands in; as they are where the tags are not paired in the whole text."""
    opened: list[tuple[str, str]] = []
    whole = []
    for part in parts:
        before = "".join(tag for tag, _ in opened)
        for tag in _PAIRED_TAG.finditer(part):
            if not tag[1]:
                opened.append((tag[0], tag[2]))
            elif opened and opened[-1][1] == tag[2]:
                opened.pop()
            else:
                return list(parts)
            if len(opened) > _DEEPEST:
                return list(parts)
        whole.append(before + part + "".join(f"</{name}>" for _, name in reversed(opened)) if part else "")
    return list(parts) if opened else whole
