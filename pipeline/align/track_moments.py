"""Moments at which two tracks say the same: of one language by words in common, of English and Chinese by pairing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.align.track_clock import clock_of
from pipeline.align.track_lattice import beads
from pipeline.align.track_sides import ChineseCues, Sentences, shared_weight, sides
from pipeline.align.track_sync import Moment
from pipeline.model import Cue
from pipeline.text.lexicon import shared_lexicon
from pipeline.text.script import language_of

_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_WORDS, _CHARACTERS = 3, 5  # so many in a row seldom stand in two places of a track
_EXACT = 0.25  # the share of cues with a moment at their start that makes the others needless

Timing = Callable[[int], int]


class Rows(NamedTuple):
    """Starts and ends, in order of starts, of cues, or of the sentences that cues make up."""

    starts: Sequence[int]
    ends: Sequence[int]


@dataclass(frozen=True, slots=True)
class Scene:
    """A track that is to be moved and the one that stands still; ``shared`` says how much two rows of them agree.

    ``moments_under`` are the moments found when the rows that are moved stand where a timing puts them; None is
    for no timing known. Their ``zh`` is on the clock of the track that is moved, ``en`` on that of the other.
    """

    moved: Rows
    still: Rows
    shared: Callable[[int, int], float]
    moments_under: Callable[[Timing | None], list[Moment]]


def scene_of(cues: Sequence[Cue], reference: Sequence[Cue]) -> Scene:
    """The scene of two tracks, each in order of starts."""
    languages = [_language(track) for track in (cues, reference)]
    if (languages[0] == "en") == (languages[1] == "en"):
        return _same_language(cues, reference)
    return _to_english(cues, reference) if languages[1] == "en" else _to_chinese(cues, reference)


def _language(cues: Sequence[Cue]) -> str:
    return language_of("\n".join(cue.text for cue in cues))


# --- English and Chinese


def _to_english(cues: Sequence[Cue], reference: Sequence[Cue]) -> Scene:
    english, chinese = sides(reference, cues)

    def moments_under(timing: Timing | None) -> list[Moment]:
        return _paired_starts(english, chinese, timing)

    return Scene(
        Rows(chinese.starts, chinese.ends),
        Rows(english.starts, english.ends),
        lambda moved, still: shared_weight(english.words[still], chinese.words[moved]),
        moments_under,
    )


def _to_chinese(cues: Sequence[Cue], reference: Sequence[Cue]) -> Scene:
    english, chinese = sides(cues, reference)

    def moments_under(timing: Timing | None) -> list[Moment]:
        if timing is None:
            found = _paired_starts(english, chinese, None)
        else:
            times = [timing(time) for time in (*english.starts, *english.ends)]
            starts, ends = times[: len(english.starts)], times[len(english.starts) :]
            timed = Sentences(english.cues, starts, ends, english.sizes, english.words)
            back = dict(zip(starts, english.starts, strict=True))
            found = [Moment(moment.zh, back[moment.en]) for moment in _paired_starts(timed, chinese, lambda time: time)]
        return sorted(Moment(moment.en, moment.zh) for moment in found)

    return Scene(
        Rows(english.starts, english.ends),
        Rows(chinese.starts, chinese.ends),
        lambda moved, still: shared_weight(english.words[moved], chinese.words[still]),
        moments_under,
    )


def _paired_starts(english: Sentences, chinese: ChineseCues, timing: Timing | None) -> list[Moment]:
    """Where paired sentences and cues start under a timing, or on the clock that the tracks tell."""
    times = (*chinese.starts, *chinese.ends)
    timed = chinese.at(list(map(timing, times)) if timing else clock_of(english, chinese).english(times))
    return [
        Moment(chinese.starts[bead.j0], english.starts[bead.i0])
        for bead in beads(english, timed)
        if bead.i0 < bead.i1 and bead.j0 < bead.j1
    ]


# --- one language


class _Spoken(NamedTuple):
    """A word, or a Chinese character, and when it is said; ``is_first`` where a cue begins with it."""

    word: str
    time: int
    is_first: bool


def _same_language(cues: Sequence[Cue], reference: Sequence[Cue]) -> Scene:
    moved, still = _spoken(cues), _spoken(reference)
    found = _common(moved, still, len(cues))
    words = [[frozenset(_tokens(cue.text)) for cue in track] for track in (cues, reference)]

    def shared(one: int, other: int) -> float:
        left, right = words[0][one], words[1][other]
        return len(left & right) / max(1, min(len(left), len(right)))

    return Scene(_rows(cues), _rows(reference), shared, lambda _: found)


def _rows(cues: Sequence[Cue]) -> Rows:
    return Rows([cue.start_ms for cue in cues], [max(cue.end_ms, cue.start_ms + 1) for cue in cues])


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_TAG.sub(" ", text).casefold())


def _spoken(cues: Sequence[Cue]) -> list[_Spoken]:
    spoken = []
    for cue in cues:
        tokens = _tokens(shared_lexicon().simplified(cue.text) if not cue.text.isascii() else cue.text)
        whole, said = sum(map(len, tokens)), 0
        for token in tokens:
            spoken.append(_Spoken(token, cue.start_ms + (cue.end_ms - cue.start_ms) * said // whole, not said))
            said += len(token)
    return spoken


def _common(moved: Sequence[_Spoken], still: Sequence[_Spoken], cues: int) -> list[Moment]:
    """When both say the same few words in a row equally often; where cues begin, if that is enough."""
    places, others = _places(moved), _places(still)
    both = [
        (moved[one], still[other])
        for words, ours in places.items()
        if len(ours) == len(theirs := others.get(words, ()))
        for one, other in zip(ours, theirs, strict=True)
    ]
    both.sort(key=lambda pair: (pair[0].time, pair[1].time))
    exact = [Moment(one.time, other.time) for one, other in both if one.is_first and other.is_first]
    if len(exact) >= max(4, _EXACT * cues):
        return exact
    return [Moment(one.time, other.time) for one, other in both]


def _places(spoken: Sequence[_Spoken]) -> dict[tuple[str, ...], list[int]]:
    length = _CHARACTERS if sum(each.word > "\u33ff" for each in spoken) * 2 > len(spoken) else _WORDS
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in range(len(spoken) - length + 1):
        places[tuple(each.word for each in spoken[place : place + length])].append(place)
    return places


def rows_at(rows: Rows, start: int, end: int) -> range:
    """The rows that start between a little before ``start`` and ``end``."""
    low = bisect_left(rows.starts, start - 1_000)
    return range(low, max(low, bisect_left(rows.starts, end)))
