"""A track in which two languages stand together, taken apart: line by line, by script, style and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, NamedTuple

from pipeline.model import Cue
from pipeline.subtitles.formats import labels_of
from pipeline.subtitles.track import Track
from pipeline.text.script import HAN, has_han, language_of

Side = Literal["en", "zh"]

_PURE = 0.8  # of the cues of a style are in its language
_STEADY = 0.9  # of what has two lines has the languages in one order
_MARKUP = re.compile(r"<[^<>\n]*>|\{\\[^{}\n]*\}")
_CLASSED = re.compile(r"<c\.(en|zh)>(.*?)</c>", re.DOTALL)
_CLASS = re.compile(r"</?c(?:\.(?:en|zh))?>")
_LATIN = re.compile(r"[A-Za-z]+")
_WORD = re.compile(r"[A-Za-z]{3,}")  # formulas have shorter ones
_HAN = re.compile(f"[{HAN}]")
_MIXED_WORDS, _MIXED_HAN = 5, 2  # a name of four words in a Chinese line is none of two languages


@dataclass(frozen=True, slots=True)
class Sides:
    """The two languages of a track, each line of it in one of them.

    ``together`` is how many times have both; ``mixed`` are the 1-based lines of the cues that have both in one line,
    which stays whole; ``empty`` is how many cues hold no text and are in neither.
    """

    en: tuple[Cue, ...]
    zh: tuple[Cue, ...]
    together: int
    mixed: tuple[int, ...]
    empty: int


class _Line(NamedTuple):
    """A line of the cue at a place in the track; ``is_sure`` where the file itself says its language."""

    place: int
    text: str
    side: Side
    is_sure: bool


def sides_of(track: Track) -> Sides:
    """The English and the Chinese of a bilingual track: of cues that hold both, and of cues that stand side by side.

    Which language stands above is found out, and may change from cue to cue. Lines that do not say their language, like
    formulas, are in that of their style, else of their place where nearly all others have both in one order.
    """
    styles = _styles(track)
    lines = [line for place in range(len(track.cues)) for line in _lines(track, place, styles[place])]
    times = [_times(track.cues[line.place]) for line in lines]
    order = sorted(range(len(lines)), key=lambda place: times[place])
    slots = [[lines[place] for place in slot] for _, slot in groupby(order, key=lambda place: times[place])]
    upper = _upper(slots)
    settled = [_settled(slot, upper) for slot in slots]
    given = [line for slot in settled for line in slot]
    filled = {line.place for line in given}
    return Sides(
        en=_cues(track, given, "en"),
        zh=_cues(track, given, "zh"),
        together=sum(len({line.side for line in slot}) == 2 for slot in settled),
        mixed=tuple(sorted({track.lines[line.place] for line in lines if _is_mixed(line.text)})),
        empty=len(track.cues) - len(filled),
    )


def is_bilingual(track: Track) -> bool:
    """Whether half of the times of a track, or more, have both languages, in one cue or in two."""
    text = "\n".join(cue.text for cue in track.cues)
    if len(text.encode("ascii", "ignore")) * 2 < len(text) or not has_han(text):
        return False  # nearly all tracks, which need no closer look
    return sides_of(track).together * 2 >= len({_times(cue) for cue in track.cues if cue.text.strip()})


def is_in_two_cues(cues: Sequence[Cue]) -> bool:
    """Whether most of a track is two cues at one time, one in each language, as in ASS with two styles."""
    scripts: dict[tuple[int, int], set[bool]] = {}
    for cue in cues:
        if cue.text.strip():
            scripts.setdefault(_times(cue), set()).add(has_han(cue.text))
    return 2 * sum(len(found) == 2 for found in scripts.values()) > len(scripts)


def _times(cue: Cue) -> tuple[int, int]:
    return cue.start_ms, cue.end_ms


def _styles(track: Track) -> list[Side | None]:
    """The language of each cue by its style; None where the file does not have one style, or more, for each language."""
    labels = labels_of(track)
    cues, chinese = Counter[str](), Counter[str]()
    for label, cue in zip(labels, track.cues, strict=True):
        cues[label] += 1
        chinese[label] += _script(_MARKUP.sub("", cue.text)) == "zh"
    sides: dict[str, Side] = {label: "zh" for label, count in cues.items() if chinese[label] >= _PURE * count}
    sides.update((label, "en") for label, count in cues.items() if chinese[label] <= (1 - _PURE) * count)
    return [sides.get(label) if len(set(sides.values())) == 2 else None for label in labels]


def _script(text: str) -> Side:
    return "en" if language_of(text) == "en" else "zh"


def _lines(track: Track, place: int, style: Side | None) -> Iterator[_Line]:
    """The lines of a cue, each with the language that its class, its script or its style says."""
    text, end = track.cues[place].text, 0
    for match in _CLASSED.finditer(text, 0, text.rfind("</c>") + 4) if "<c." in text else ():
        yield from _plain_lines(place, text[end : match.start()], style)
        side: Side = "zh" if match[1] == "zh" else "en"
        yield from (_Line(place, line, side, is_sure=True) for line in match[2].split("\n") if line.strip())
        end = match.end()
    yield from _plain_lines(place, text[end:], style)


def _plain_lines(place: int, text: str, style: Side | None) -> Iterator[_Line]:
    for line in text.split("\n"):
        bare = _MARKUP.sub("", line)
        if not bare.strip():
            continue
        if has_han(bare):
            yield _Line(
                place, line, style if style and _script(bare) == "en" else _script(bare), is_sure=style is not None
            )
        else:
            yield _Line(place, line, style or "en", is_sure=style is not None)


def _upper(slots: Sequence[Sequence[_Line]]) -> Side | None:
    """The language that comes first wherever two lines are shown; None where it may be either, or both are one language's."""
    pairs = [slot for slot in slots if len(slot) == 2]
    first = Counter(slot[0].side for slot in pairs if slot[0].side != slot[1].side)
    return next((side for side, count in first.items() if count >= _STEADY * len(pairs)), None)


def _settled(slot: Sequence[_Line], upper: Side | None) -> Sequence[_Line]:
    """The lines of one time; two that look like one language are one of each where the track is steady."""
    if upper is None or len(slot) != 2 or slot[0].side != slot[1].side or any(line.is_sure for line in slot):
        return slot
    first, second = slot
    if first.side == "zh" and not _is_more_latin((first if upper == "en" else second).text):
        return slot
    lower: Side = "en" if upper == "zh" else "zh"
    return first._replace(side=upper), second._replace(side=lower)


def _is_more_latin(text: str) -> bool:
    bare = _MARKUP.sub("", text)
    return sum(map(len, _LATIN.findall(bare))) > len(_HAN.findall(bare))


def _cues(track: Track, lines: Sequence[_Line], side: Side) -> tuple[Cue, ...]:
    """The cues of one language in the order of the track, each with its lines; a cue that has no other stays as it is."""
    held: dict[int, list[str]] = {}
    others = {line.place for line in lines if line.side != side}
    for line in lines:
        if line.side == side:
            held.setdefault(line.place, []).append(_CLASS.sub("", line.text))
    return tuple(
        replace(
            track.cues[place],
            text="\n".join(held[place]) if place in others else _CLASS.sub("", track.cues[place].text),
        )
        for place in sorted(held)
    )


def _is_mixed(text: str) -> bool:
    bare = _MARKUP.sub("", text)
    return len(_HAN.findall(bare)) >= _MIXED_HAN and len(_WORD.findall(bare)) >= _MIXED_WORDS
