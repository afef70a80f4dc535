"""TTML and its forerunner DFXP, read only: each paragraph, or timed span of one, is a cue; styles and regions are left out.

Files with a document type are refused: entities can be made to fill any memory. Source: https://www.w3.org/TR/ttml1/
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple
from xml.parsers import expat

from pipeline.model import Cue, PipelineError
from pipeline.subtitles.blocks import unreadable
from pipeline.subtitles.decoding import SubtitleText, subtitle_text
from pipeline.subtitles.formats import Format, register
from pipeline.subtitles.track import Remark, Track, findings_of, time_remarks
from pipeline.text.encoding import NotTextError
from pipeline.text.said import said, words_of

_CLOCK = re.compile(r"([0-9]{1,7}):([0-9]{2}):([0-9]{2})(?:(\.[0-9]{1,9})|:([0-9]{1,4})(?:\.([0-9]{1,4}))?)?")
_OFFSET = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)(h|ms|m|s|f|t)")
_BLANKS = re.compile(r"[ \t\r\n]+")
_DEEPEST = 200  # elements in each other
_PIECES_OF_TIME = {"h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1}
_LINE_BREAK = "\x00"  # no XML holds it


class _RefusedError(Exception):
    """The file is XML that is not read."""


class _Rates(NamedTuple):
    """How many frames, parts of a frame, and ticks a second has."""

    frames: Fraction = Fraction(30)
    parts: int = 1
    ticks: Fraction = Fraction(1)

    def milliseconds(self, text: str) -> Fraction | None:
        """A time expression in milliseconds; None where it is none."""
        if match := _CLOCK.fullmatch(text.strip()):
            hours, minutes, seconds, fraction, frames, parts = match.groups()
            whole = Fraction((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) + Fraction(f"0{fraction or '.0'}")
            return 1000 * (whole + (Fraction(frames or 0) + Fraction(int(parts or 0), self.parts)) / self.frames)
        if match := _OFFSET.fullmatch(text.strip()):
            units: dict[str, Fraction | int] = {**_PIECES_OF_TIME, "f": 1000 / self.frames, "t": 1000 / self.ticks}
            return Fraction(match[1]) * units[match[2]]
        return None


def _rates(names: Mapping[str, str]) -> _Rates:
    """The rates that the root element says; what it says wrongly is not said."""
    frames = _number(names.get("frameRate", "")) or Fraction(30)
    parts = int(_number(names.get("subFrameRate", "")) or 1) or 1
    ticks = _number(names.get("tickRate", "")) or (frames * parts if "frameRate" in names else Fraction(1))
    multiplier = re.fullmatch(r"\s*([1-9][0-9]{0,8})[\s:]+([1-9][0-9]{0,8})\s*", names.get("frameRateMultiplier", ""))
    if multiplier:
        frames *= Fraction(int(multiplier[1]), int(multiplier[2]))
    return _Rates(frames, parts, ticks)


def _number(text: str) -> Fraction | None:
    return Fraction(text.strip()) if re.fullmatch(r"\s*[0-9]{0,11}[1-9][0-9]{0,11}\s*", text, re.ASCII) else None


class _Cue(NamedTuple):
    """A cue before its end is known, its 1-based line and its language."""

    start: Fraction
    end: Fraction | None
    text: str
    line: int
    language: str


@dataclass(slots=True)
class _Element:
    """An element that is open: when its content starts and ends, and what is said of it."""

    name: str
    line: int
    start: Fraction
    end: Fraction | None
    language: str
    keeps_blanks: bool
    is_timed: bool
    is_sequence: bool
    text: list[str] = field(default_factory=list)
    clock: Fraction = Fraction(0)  # when the next of a sequence starts
    has_cues: bool = False


class _Reader:
    """The cues of a file, found element by element, without a tree."""

    def __init__(self) -> None:
        self.cues: list[_Cue] = []
        self.remarks: list[Remark] = []
        self._open: list[_Element] = []
        self._rates = _Rates()
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refused
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.CharacterDataHandler = self._said

    def read(self, text: str) -> _Reader:
        self._parser.Parse(text, True)
        return self

    def _refused(self, *_: object) -> None:
        raise _RefusedError(said("it has a document type, which subtitles need not have"))

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        names = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        name = name.rpartition(" ")[2]
        if len(self._open) == _DEEPEST:
            raise _RefusedError(said("more than {most} elements stand in each other", most=_DEEPEST))
        if not self._open:
            if name != "tt":
                raise _RefusedError(said("its root is {tag}, not <tt>", tag=f"<{name[:40]}>"))
            self._rates = _rates(names)
        self._open.append(self._element(name, names))
        if name == "br" and (inside := self._holder()):
            inside.text.append(_LINE_BREAK)

    def _element(self, name: str, names: Mapping[str, str]) -> _Element:
        above = self._open[-1] if self._open else None
        start, end = above.start if above else Fraction(0), above.end if above else None
        if above and above.is_sequence:
            start = above.clock
        given = {key: self._time(key, names[key]) for key in ("begin", "end", "dur") if key in names}
        begin = start + (given.get("begin") or 0)
        ends = [
            time for time in (end, _later(start, given.get("end")), _later(begin, given.get("dur"))) if time is not None
        ]
        return _Element(
            name,
            self._parser.CurrentLineNumber,
            begin,
            min(ends, default=None),
            names.get("lang", above.language if above else ""),
            names.get("space", "preserve" if above and above.keeps_blanks else "") == "preserve",
            any(time is not None for time in given.values()),
            names.get("timeContainer") == "seq",
            clock=begin,
        )

    def _time(self, key: str, text: str) -> Fraction | None:
        found = self._rates.milliseconds(text)
        if found is None:
            line = self._parser.CurrentLineNumber
            kind = said("a time that cannot be read: {key}", key=key)
            fix = said("write it like 00:00:02.500 or 2.5s")
            self.remarks.append(Remark("ST105", line, kind, text[:40], fix=fix))
        return found

    def _ended(self, _: str) -> None:
        element = self._open.pop()
        above = self._open[-1] if self._open else None
        if element.name == "p" or (element.name == "span" and element.is_timed):
            self._cue(element)
        elif element.name == "span" and above:
            above.text += element.text
        if above:
            above.has_cues |= element.has_cues
            above.clock = element.end if element.end is not None else element.start

    def _cue(self, element: _Element) -> None:
        if any(above.name in {"head", "metadata"} for above in self._open):
            return
        text = _text(element)
        if text or (element.name == "p" and not element.has_cues):
            if not element.is_timed and not any(above.is_timed for above in self._open):
                fix = said("give the paragraph begin and end")
                remark = Remark("ST105", element.line, "a cue without times, left out", "", text, fix, "error")
                self.remarks.append(remark)
            else:
                self.cues.append(_Cue(element.start, element.end, text, element.line, element.language))
        element.has_cues = True

    def _said(self, text: str) -> None:
        if self._open and self._open[-1].name in {"p", "span"}:
            self._open[-1].text.append(text if self._open[-1].keeps_blanks else _BLANKS.sub(" ", text))

    def _holder(self) -> _Element | None:
        """The element that text at this place belongs to."""
        return next((element for element in reversed(self._open) if element.name in {"p", "span"}), None)


def _later(start: Fraction, by: Fraction | None) -> Fraction | None:
    return None if by is None else start + by


def _text(element: _Element) -> str:
    text = "".join(element.text)
    if not element.keeps_blanks:
        text = re.sub(r" *\x00 *", _LINE_BREAK, re.sub(" {2,}", " ", text)).strip(" ")
    return text.replace(_LINE_BREAK, "\n").strip("\n")


def _timed(reader: _Reader) -> list[tuple[Cue, int]]:
    """The cues with an end each: that of its element, else where the next one starts."""
    starts = sorted({cue.start for cue in reader.cues})
    following = dict(pairwise(starts))
    timed = []
    for cue in reader.cues:
        end = cue.end
        if end is None:
            end = following.get(cue.start, cue.start + 2_000)
            fix = said("give the cue an end")
            reader.remarks.append(Remark("ST105", cue.line, "a cue without an end, shown until the next", fix=fix))
        timed.append((Cue(round(cue.start), round(end), cue.text), cue.line))
    return timed


def _read(data: bytes, path: str = "") -> Track:
    track = Track(path, "ttml", (), (), "utf-8", data)
    try:
        source = subtitle_text(data)
        reader = _parsed(source)
    except NotTextError as error:
        return unreadable(track, "the file is no text", words_of(error))
    except expat.ExpatError as error:
        why = said("{error} on line {line}", error=expat.ErrorString(error.code), line=error.lineno)
        return unreadable(track, "the file is no XML", why)
    except _RefusedError as refused:
        return unreadable(track, "the file is no TTML that is read", words_of(refused))
    timed = _timed(reader)
    track = replace(track, encoding=source.encoding)
    if not timed:
        return unreadable(track, "no paragraph has times")
    cues, lines = tuple(cue for cue, _ in timed), tuple(line for _, line in timed)
    found = findings_of(path, [*source.remarks, *reader.remarks, *time_remarks(cues, lines)])
    return replace(track, cues=cues, lines=lines, findings=found)


def _parsed(source: SubtitleText) -> _Reader:
    return _Reader().read(source.text.removeprefix("\ufeff").lstrip())


def _languages(track: Track) -> tuple[str, ...]:
    """The language that the file says of each cue, as it says it."""
    return tuple(cue.language for cue in _parsed(subtitle_text(track.data)).cues)


def _write(_: Sequence[Cue]) -> bytes:
    raise PipelineError("TTML is read, and not written", remedy="write WebVTT or SRT: bilect subs convert")


def _rewrite(track: Track) -> bytes:
    """The file of a track whose cues are as they were."""
    return track.data if _read(track.data, track.path).cues == track.cues else _write(track.cues)


TTML = register(Format("ttml", (".ttml", ".dfxp"), _read, _write, _rewrite, _languages))
