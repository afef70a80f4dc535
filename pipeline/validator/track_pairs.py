"""Rules on two tracks of one talk: what the Chinese leaves out or says otherwise, and where they run apart.

What is said is compared between paired cues, and looked for in the Chinese around them too: a sentence is not always cut
where the pair ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median
from typing import NamedTuple

from pipeline.model import Language, TrackPairing
from pipeline.subtitles.layout import width
from pipeline.subtitles.track import Track
from pipeline.text.lazily import lazily
from pipeline.text.lexicon import shared_lexicon
from pipeline.text.printable import excerpt
from pipeline.text.said import phrase, said
from pipeline.text.script import has_han, language_of
from pipeline.text.series import either
from pipeline.text.terms import Terms, holds
from pipeline.text.words import STOP_WORDS, english_words
from pipeline.validator.base import Found, rule
from pipeline.validator.numbers import missing_number
from pipeline.validator.terms import is_meant
from pipeline.validator.tracks import Place, each, plain

_UNRELATED = "hardly agree"
_AROUND = 2  # pairs before and behind a pair in whose Chinese its words may stand
_FEW_WORDS = 4  # of a sentence that says something
_SHORT = 20  # characters of a sentence whose Chinese may have any length
_ROOM, _SAID = 0.6, 0.4  # how much of a sentence others may hold, by length and by words
_MANY_LINES, _EXCERPT = 6, 300
_REMARK = lazily(r"[\[(（【][^\])）】]*[\])）】]|♪[^♪]*♪?")


@dataclass(frozen=True, eq=False)
class PairedTracks:
    """The English and the Chinese track of a talk, which of their cues say the same, and the terms of the course."""

    en: Track
    zh: Track
    pairing: TrackPairing
    terms: Terms = field(default_factory=lambda: Terms(()))

    @cached_property
    def said(self) -> tuple[Saying, ...]:
        """What both say, pair by pair in the order of the English; sentences without Chinese are pairs too."""
        found = [(pair.en, pair.zh) for pair in self.pairing.pairs] + [(run, ()) for run in _runs(self.pairing.en_only)]
        found.sort(key=lambda pair: self.en.cues[pair[0][0]].start_ms)
        chinese = [_text(self.zh, zh) for _, zh in found]
        return tuple(
            Saying(self.en.lines[en[0]], self.zh.lines[zh[0]] if zh else 0, _text(self.en, en), chinese[place],
                   "\n".join(chinese[max(0, place - _AROUND) : place + _AROUND + 1]))
            for place, (en, zh) in enumerate(found)
        )  # fmt: skip

    @property
    def are_related(self) -> bool:
        """Whether the tracks are of one talk, and most of it is translated: else ST107 tells it."""
        paired = sum(len(pair.en) for pair in self.pairing.pairs)
        return 2 * paired > len(self.en.cues) and not any(_UNRELATED in warning for warning in self.pairing.warnings)

    @cached_property
    def language(self) -> Language:
        """The writing of the Chinese track."""
        return language_of("\n".join(cue.text for cue in self.zh.cues))


class Saying(NamedTuple):
    """What a pair says in both languages, at which lines of the files, and ``around`` what the Chinese near it says."""

    en_line: int
    zh_line: int
    english: str
    chinese: str
    around: str


def _text(track: Track, places: Iterable[int]) -> str:
    return "\n".join(plain(track.cues[place].text) for place in places)


def _runs(places: Sequence[int]) -> list[tuple[int, ...]]:
    """Places in runs of those that follow each other."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [tuple(run) for run in runs]


@rule("ST107", "subtitle-sync", "warning")
def subtitle_sync(tracks: PairedTracks) -> Iterator[Found]:
    """The two tracks of a talk keep in step, or are apart by the same time throughout."""
    for warning in tracks.pairing.warnings:
        yield Found(tracks.zh.path, 1, warning, fix="listen there, and shift the cues or take the track of this video")


@rule("ST130", "subtitle-missing", "warning")
def subtitle_missing(tracks: PairedTracks) -> Iterator[Found]:
    """Every English sentence has its Chinese."""
    if not tracks.are_related:
        return
    usual = _usual_size(tracks.said)
    places = (
        Place(saying.en_line, _missing(saying.english), excerpt(saying.english, _EXCERPT))
        for place, saying in enumerate(tracks.said)
        if not saying.zh_line and _is_left_out(saying.english, _beside(tracks.said, place), usual)
    )
    fix = said("translate it in {path}", path=tracks.zh.path)
    yield from each(tracks.en.path, places, fix, "{number:,} more cues have no Chinese: {lines}")


def _missing(english: str) -> str:
    cues = english.count("\n") + 1
    if cues <= _MANY_LINES:
        return said("this sentence has no Chinese")
    return said("these {number:,} lines have no Chinese", number=cues)


def _beside(sayings: Sequence[Saying], place: int) -> list[Saying]:
    """What is said just before and behind a place."""
    return [*sayings[max(0, place - 1) : place], *sayings[place + 1 : place + 2]]


def _usual_size(sayings: Sequence[Saying]) -> float:
    """How much Chinese says a character of English, in most pairs."""
    sizes = [
        _size(pair.chinese) / size for pair in sayings if pair.zh_line and (size := len(_close(pair.english))) > _SHORT
    ]
    return median(sizes) if sizes else 0.0


def _size(chinese: str) -> float:
    return width(_close(chinese))


def _close(text: str) -> str:
    return "".join(text.split())


def _is_left_out(english: str, beside: Sequence[Saying], usual: float) -> bool:
    """Whether a sentence says something that the Chinese before and behind it does not say, nor has the room to."""
    words = [word for word in english_words(_REMARK.sub("", english)) if word not in STOP_WORDS]
    if len(words) < _FEW_WORDS or not usual:
        return False
    room = sum(_size(pair.chinese) - usual * len(_close(pair.english)) for pair in beside)
    if room > _ROOM * usual * len(_close(english)):
        return False
    others = {word for pair in beside for word in english_words(pair.english)}
    own = [word for word in words if word not in others]
    lexicon = shared_lexicon()
    near = lexicon.simplified(_close("".join(pair.chinese for pair in beside)))
    there = sum(any(candidate.text in near for candidate in lexicon.chinese(word)) for word in own)
    return there < _SAID * len(own)


@rule("ST131", "subtitle-numbers", "warning")
def subtitle_numbers(tracks: PairedTracks) -> Iterator[Found]:
    """The Chinese has the numbers of its English."""
    places = (
        Place(saying.zh_line, said("the number {number} is missing", number=number), saying.english, saying.chinese)
        for saying in (tracks.said if tracks.are_related else ())
        if has_han(saying.chinese) and (number := missing_number(saying.english, saying.around))
    )
    form = phrase("{number:,} more cues lack a number of their English: {lines}")
    yield from each(tracks.zh.path, places, "write it", form)


@rule("ST132", "subtitle-terms", "info")
def subtitle_terms(tracks: PairedTracks) -> Iterator[Found]:
    """Terms of the glossary are rendered as it says."""
    places = (
        place
        for saying in (tracks.said if tracks.terms and tracks.are_related else ())
        for place in _terms(saying, tracks)
    )
    fix = said("write what the glossary says, or add what stands here")
    yield from each(tracks.zh.path, places, fix, "{number:,} more cues have other terms: {lines}")


def _terms(saying: Saying, tracks: PairedTracks) -> Iterator[Place]:
    if not has_han(saying.chinese):
        return
    for use in tracks.terms.used(saying.english):
        wanted = [text for term in use.terms for text in term.renderings(tracks.language)]
        sure = any(term.status == "approved" for term in use.terms)
        if wanted and sure and is_meant(saying.english, use) and not holds(saying.around, wanted):
            form = phrase("{term!r} is {wanted} in the glossary, and not here")
            message = said(form, term=use.terms[0].en, wanted=either(dict.fromkeys(wanted)))
            yield Place(saying.zh_line, message, saying.english, saying.chinese)
