"""Cues without text, given to the pair in whose time they stand: nothing is said there, and the clock never sees them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.model import Cue, TrackPairing

_NEAR = 8  # pairs that may lie between the one that starts last before a cue ends and the one it belongs to


class _Span(NamedTuple):
    """The time of one side of a pair, on its own clock."""

    start: float
    end: float
    pair: int


def is_silent(cue: Cue) -> bool:
    """Whether a cue has no text."""
    return not cue.text or cue.text.isspace()


def with_silent_cues(pairing: TrackPairing, en: Sequence[Cue], zh: Sequence[Cue]) -> TrackPairing:
    """The pairing with each silent cue in the pair whose other side is said meanwhile; without one it stays alone."""
    silent_en = [place for place in pairing.en_only if is_silent(en[place])]
    silent_zh = [place for place in pairing.zh_only if is_silent(zh[place])]
    if not pairing.pairs or not (silent_en or silent_zh):
        return pairing
    said_zh = _spans(zh, [pair.zh for pair in pairing.pairs]) if silent_en else []
    said_en = _spans(en, [pair.en for pair in pairing.pairs]) if silent_zh else []
    en_to = _homes(silent_en, en, said_zh, _chinese(pairing))
    zh_to = _homes(silent_zh, zh, said_en, _english(pairing))
    more: dict[int, tuple[list[int], list[int]]] = {}
    for side, homes in enumerate((en_to, zh_to)):
        for place, home in homes.items():
            more.setdefault(home, ([], []))[side].append(place)
    pairs = list(pairing.pairs)
    for number, (left, right) in more.items():
        pair = pairs[number]
        pairs[number] = replace(pair, en=_with(pair.en, left), zh=_with(pair.zh, right))
    return replace(
        pairing,
        pairs=tuple(pairs),
        en_only=tuple(place for place in pairing.en_only if place not in en_to),
        zh_only=tuple(place for place in pairing.zh_only if place not in zh_to),
    )


def _with(places: tuple[int, ...], more: list[int]) -> tuple[int, ...]:
    return tuple(sorted((*places, *more)))


def _english(pairing: TrackPairing) -> Callable[[int], float]:
    """A Chinese time on the English clock."""
    return lambda time: time * pairing.drift + pairing.offset_ms


def _chinese(pairing: TrackPairing) -> Callable[[int], float]:
    """An English time on the Chinese clock."""
    return lambda time: (time - pairing.offset_ms) / pairing.drift


def _spans(cues: Sequence[Cue], sides: Sequence[tuple[int, ...]]) -> list[_Span]:
    return sorted(
        _Span(min(cues[place].start_ms for place in places), max(cues[place].end_ms for place in places), number)
        for number, places in enumerate(sides)
    )


def _homes(
    silent: Sequence[int], cues: Sequence[Cue], spans: Sequence[_Span], clock: Callable[[int], float]
) -> Mapping[int, int]:
    """The pair of each silent cue that has one."""
    starts = [span.start for span in spans]
    homes = {}
    for place in silent:
        start, end = clock(cues[place].start_ms), clock(cues[place].end_ms)
        last = bisect_left(starts, end)
        near = spans[max(0, last - _NEAR) : last]
        common = max(((min(end, span.end) - max(start, span.start), span.pair) for span in near), default=(0.0, 0))
        if common[0] > 0:
            homes[place] = common[1]
    return homes
