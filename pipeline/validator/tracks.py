"""What rules on subtitles look at: a track with the limits that count for it, and how their findings are told.

What is a matter of degree is told once a file, with its lines; what is wrong is told for the first cues one by one, then once
for all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

from pipeline.model import Cue
from pipeline.subtitles.limits import LIMITS, Limits
from pipeline.subtitles.track import Track
from pipeline.text.lazily import lazily
from pipeline.text.said import Value, said
from pipeline.text.script import has_han
from pipeline.text.series import listed
from pipeline.validator.base import Found

_SHOWN = 3  # single findings of a rule in a file, before one that counts the others
_LISTED = 8  # lines that a count names

MARKUP = lazily(r"<[^<>\n]*>|\{\\[^{}\n]*\}")
_WORD = lazily(r"[A-Za-z]{2}")

_MOST = 0.75  # of the cues of a track in one language; where both are in cues of their own, neither has it

_NO_VALUES: Mapping[str, Value] = MappingProxyType({})

Tongue = Literal["en", "zh", "both", ""]
_ALONE: tuple[Tongue, ...] = ("zh", "en")


@dataclass(frozen=True, eq=False)
class CheckedTrack:
    """A track for rules, with the limits that a project has for it."""

    track: Track
    limits: Limits = LIMITS["netflix"]

    @property
    def path(self) -> str:
        """How findings call the file."""
        return self.track.path

    @cached_property
    def cues(self) -> tuple[tuple[Cue, int], ...]:
        """The cues with their lines, in the order of the file."""
        return tuple(zip(self.track.cues, self.track.lines, strict=True))

    @cached_property
    def shown(self) -> tuple[tuple[Cue, int], ...]:
        """The cues that are shown for some time and hold something, in the order of their times."""
        shown = [(cue, line) for cue, line in self.cues if cue.end_ms > cue.start_ms and plain(cue.text).strip()]
        return tuple(sorted(shown, key=lambda numbered: numbered[0].start_ms))

    @cached_property
    def tongues(self) -> tuple[Tongue, ...]:
        """In which languages each cue is, in the order of the file; both only where each has lines of its own."""
        return tuple(tongue_of(cue.text) for cue in self.track.cues)

    @cached_property
    def tongue(self) -> Tongue:
        """In which languages most cues are; empty where that is not clear."""
        spoken: Counter[Tongue] = Counter(tongue for tongue in self.tongues if tongue)
        if 2 * spoken["both"] > spoken.total():
            return "both"
        return next((tongue for tongue in _ALONE if spoken[tongue] > _MOST * spoken.total()), "")


def plain(text: str) -> str:
    """The text of a cue without its tags."""
    return MARKUP.sub("", text) if "<" in text or "{" in text else text


def tongue_of(text: str) -> Tongue:
    """In which languages the lines of a text are; those with a Han character are Chinese, however much English they hold."""
    if text.isascii():
        return "en" if _WORD.search(plain(text)) else ""
    lines = plain(text).split("\n")
    chinese = any(map(has_han, lines))
    english = any(_WORD.search(line) and not has_han(line) for line in lines)
    if chinese and english:
        return "both"
    return "zh" if chinese else "en" if english else ""


class Place(NamedTuple):
    """A cue that a rule is about, and what is to be said of it where it is said alone; ``target`` is its translation.

    ``message`` is a text, or a form where ``values`` fill it: of thousands of places few are said, and no other is filled.
    """

    line: int
    message: str
    source: str
    target: str = ""
    values: Mapping[str, Value] = _NO_VALUES

    @property
    def words(self) -> str:
        """The message with its values."""
        return said(self.message, **self.values) if self.values else self.message


def each(path: str, places: Iterable[Place], fix: str, form: str, **values: Value) -> Iterator[Found]:
    """The first places one by one, and one finding on all others.

    ``form`` says what is wrong with the ``{number}`` others, at ``{lines}``, with ``values`` besides.
    """
    found = list(places)
    alone = len(found) if len(found) <= _SHOWN + 1 else _SHOWN
    for place in found[:alone]:
        yield Found(path, place.line, place.words, source=place.source, target=place.target, fix=fix)
    if rest := found[alone:]:
        message = said(form, number=len(rest), lines=_lines(rest), **values)
        yield Found(path, rest[0].line, message, source=rest[0].source, target=rest[0].target, fix=fix)


def once(track: Track, places: Iterable[Place], fix: str, form: str, **values: Value) -> Iterator[Found]:
    """One finding for all places together, as infos are told.

    ``form`` says what is wrong with ``{number}`` of ``{total}`` cues, at ``{lines}``, with ``values`` besides.
    """
    found = list(places)
    if len(found) == 1:
        yield Found(track.path, found[0].line, found[0].words, source=found[0].source, fix=fix, severity="info")
    elif found:
        message = said(form, number=len(found), total=len(track.cues), lines=_lines(found), **values)
        yield Found(track.path, found[0].line, message, source=found[0].source, fix=fix, severity="info")


def _lines(places: list[Place]) -> str:
    """Where places are, for people: the first lines, and how many more up to which."""
    first = listed(str(place.line) for place in places[:_LISTED])
    more = len(places) - _LISTED
    if more <= 0:
        return said("lines {lines}", lines=first)
    return said("lines {lines} and {more:,} more up to {last}", lines=first, more=more, last=places[-1].line)


def seconds(milliseconds: int) -> str:
    """Milliseconds as seconds for people: ``0.833 s``."""
    return f"{milliseconds / 1000:,.3f}".rstrip("0").rstrip(".") + " s"
