"""Advanced SubStation Alpha and its forerunner SSA: each dialogue is a cue; all else stays in the bytes.

Comments and events that only draw are no cues. Times are hundredths of a second. Source:
http://www.tcax.org/docs/ass-specs.htm
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.model import Cue
from pipeline.subtitles.ass_text import cue_text, event_text, is_drawing
from pipeline.subtitles.blocks import milliseconds, unreadable
from pipeline.subtitles.decoding import SubtitleText, subtitle_text
from pipeline.subtitles.formats import Format, register
from pipeline.subtitles.track import Remark, Track, findings_of, time_remarks
from pipeline.text.encoding import NotTextError
from pipeline.text.said import said, words_of

_FIX = said("write them like {text}", text="0:00:02.50")
_EVENT_COLUMNS = "Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_STYLE_COLUMNS = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, "
    "StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding"
)
_SSA_STYLE_COLUMNS = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, TertiaryColour, BackColour, Bold, Italic, "
    "BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, AlphaLevel, Encoding"
)
_SECTION = re.compile(r"\s*\[([^\[\]]+)\]\s*")
_STAMP = re.compile(r"\s*(-?)([0-9]{1,7}):([0-9]{1,3}):([0-9]{1,2})(?:[.,:]([0-9]{1,9}))?\s*")
_STRICT = re.compile(r"\s*[0-9]+:[0-5][0-9]:[0-5][0-9]\.[0-9]{2}\s*")


class Style(NamedTuple):
    """How the cues of one style look, on a screen 1080 high: ``size`` and ``margin``, from the bottom, are its pixels."""

    name: str
    size: int
    margin: int
    font: str = "Arial"

    def line(self) -> str:
        """The style as a line of an ASS file."""
        white_on_black = "&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,60,60"
        return f"Style: {self.name},{self.font},{self.size},{white_on_black},{self.margin},1"


class _Event(NamedTuple):
    """A cue, the 0-based line it stands on, and its columns."""

    cue: Cue
    number: int
    columns: _Columns
    style: str


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where an event has what; its text is the last column."""

    count: int
    start: int
    end: int
    style: int


def _columns(names: str) -> _Columns | None:
    found = [name.strip().lower() for name in names.split(",")]
    if found[-1] != "text" or not {"start", "end"} <= set(found):
        return None
    style = found.index("style") if "style" in found else len(found)
    return _Columns(len(found), found.index("start"), found.index("end"), style)


_USUAL = _Columns(10, 1, 2, 3)


class _Reader:
    """The events of a file, found line by line."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.events: list[_Event] = []
        self.remarks: list[Remark] = []
        self._columns = _USUAL

    def read(self) -> _Reader:
        section, has_events = "", False
        for number, line in enumerate(self.lines):
            if line[:9] == "Dialogue:":
                self._dialogue(number, line)
            elif (match := _SECTION.fullmatch(line)) is not None:
                section = match[1].strip().lower()
                has_events |= section == "events"
            elif section == "events":
                self._other(number, line)
        if self.events and not has_events:
            kind, fix = said("no line [Events] stands before the first event"), said("put it there")
            self._tell("ST102", self.events[0].number, kind, fix)
        return self

    def _dialogue(self, number: int, line: str) -> None:
        columns = self._columns
        fields = line[9:].split(",", columns.count - 1)
        if len(fields) < columns.count:
            kind, fix = said("an event with too few fields, left out"), said("compare it with the line Format:")
            self._tell("ST102", number, kind, fix, True)
            return
        start, end = (_STAMP.fullmatch(fields[place]) for place in (columns.start, columns.end))
        if start is None or end is None:
            self._tell("ST105", number, said("times that cannot be read, the cue is left out"), _FIX, True)
            return
        if not all(_STRICT.fullmatch(fields[place]) for place in (columns.start, columns.end)):
            is_early = bool(start[1] or end[1])
            early, other = said("a time before 0, read as 0"), said("times that are not written as in ASS")
            self._tell("ST102", number, early if is_early else other, _FIX)
        text = cue_text(fields[-1])
        if not is_drawing(text):
            style = fields[columns.style].strip().lstrip("*") if columns.style < columns.count - 1 else ""
            cue = Cue(_milliseconds(start), _milliseconds(end), text)
            self.events.append(_Event(cue, number, columns, style))

    def _other(self, number: int, line: str) -> None:
        kind, colon, rest = line.partition(":")
        if kind.strip().lower() == "format" and colon:
            if (columns := _columns(rest)) is None:
                wrong, fix = said("a line Format: without Start, End and, last, Text"), said("write the usual columns")
                self._tell("ST102", number, wrong, fix)
            self._columns = columns or _USUAL
        elif line.strip() and line.lstrip()[0] not in ";!" and not (colon and kind.strip().isalpha()):
            wrong, fix = said("a line that is no event, left out"), said("take it out, or join it to the one above")
            self._tell("ST102", number, wrong, fix)

    def _tell(self, code: str, number: int, kind: str, fix: str, is_error: bool = False) -> None:
        source = self.lines[number].strip()[:60]
        self.remarks.append(Remark(code, number + 1, kind, "", source, fix, "error" if is_error else None))


def _milliseconds(stamp: re.Match[str]) -> int:
    return 0 if stamp[1] else milliseconds(*stamp.groups()[1:])


def _stamp(time_ms: int) -> str:
    """A time as ASS writes it, in hundredths; times before 0 are 0."""
    hundredths = (max(0, time_ms) + 5) // 10
    seconds, rest = divmod(hundredths, 100)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:02}"


def _patched(line: str, event: _Event, cue: Cue) -> str:
    """The line of an event with what a cue has otherwise."""
    columns = event.columns
    fields = line[9:].split(",", columns.count - 1)
    if cue.start_ms != event.cue.start_ms:
        fields[columns.start] = _stamp(cue.start_ms)
    if cue.end_ms != event.cue.end_ms:
        fields[columns.end] = _stamp(cue.end_ms)
    if cue.text != event.cue.text:
        fields[-1] = event_text(cue.text)
    return line[:9] + ",".join(fields)


def _replaced(lines: list[str], events: Sequence[_Event], cues: Iterable[Cue]) -> list[str]:
    """The lines of a file with other cues: each cue that was there has its own line, each new one the style of the first."""
    own: dict[Cue, deque[str]] = {}
    for event in events:
        own.setdefault(event.cue, deque()).append(lines[event.number])
    first = events[0]
    made = [own[cue].popleft() if own.get(cue) else _patched(lines[first.number], first, cue) for cue in cues]
    gone = {event.number for event in events}
    left = [line for number, line in enumerate(lines) if number not in gone]
    return [*left[: first.number], *made, *left[first.number :]]


def ass_bytes(events: Iterable[tuple[str, Cue]], styles: Sequence[Style]) -> bytes:
    """An ASS file in UTF-8 with LF: cues with the names of their styles by start and end, none left out."""
    ordered = sorted(events, key=lambda event: (event[1].start_ms, event[1].end_ms))
    lines = [
        *("[Script Info]", "ScriptType: v4.00+", "WrapStyle: 0", "ScaledBorderAndShadow: yes", "PlayResX: 1920"),
        *("PlayResY: 1080", "", "[V4+ Styles]", f"Format: {_STYLE_COLUMNS}", *(style.line() for style in styles), ""),
        *("[Events]", f"Format: Layer, {_EVENT_COLUMNS}"),
        *(f"Dialogue: 0,{_fields(cue, style)}" for style, cue in ordered),
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _fields(cue: Cue, style: str) -> str:
    return f"{_stamp(cue.start_ms)},{_stamp(cue.end_ms)},{style},,0,0,0,,{event_text(cue.text)}"


def _write_ass(cues: Sequence[Cue]) -> bytes:
    return ass_bytes((("Default", cue) for cue in cues), [Style("Default", 60, 40)])


def _write_ssa(cues: Sequence[Cue]) -> bytes:
    """An SSA file, the form before ASS, which some old players want."""
    ordered = sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))
    lines = [
        *("[Script Info]", "ScriptType: v4.00", "PlayResX: 1920", "PlayResY: 1080", "", "[V4 Styles]"),
        f"Format: {_SSA_STYLE_COLUMNS}",
        *("Style: Default,Arial,60,16777215,65535,65535,0,0,0,1,3,1,2,60,60,40,0,1", "", "[Events]"),
        f"Format: Marked, {_EVENT_COLUMNS}",
        *(f"Dialogue: Marked=0,{_fields(cue, 'Default')}" for cue in ordered),
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _read(data: bytes, path: str, name: str) -> Track:
    try:
        source = subtitle_text(data)
    except NotTextError as error:
        return unreadable(Track(path, name, (), (), "utf-8", data), "the file is no text", words_of(error))
    reader = _Reader(_lines(source.text)).read()
    cues, lines = tuple(event.cue for event in reader.events), tuple(event.number + 1 for event in reader.events)
    track = Track(path, name, cues, lines, source.encoding, data)
    if not cues:
        words = " ".join(source.text.split())[:60]
        if not words:
            return unreadable(track, "the file is empty")
        return unreadable(track, "no line holds a dialogue", said("the file says {text!r}", text=words))
    # events may stand in any order, so that their order is no trouble
    times = [remark for remark in time_remarks(cues, lines) if remark.code != "ST106"]
    found = findings_of(path, [*source.remarks, *reader.remarks, *times])
    return Track(path, name, cues, lines, source.encoding, data, found)


def _registered(name: str, write: Callable[[Sequence[Cue]], bytes]) -> Format:
    """One of the two formats, which differ only in what a new file looks like."""

    def read(data: bytes, path: str = "") -> Track:
        return _read(data, path, name)

    def rewrite(track: Track) -> bytes:
        before = read(track.data, track.path).cues
        if before == track.cues:
            return track.data
        return _rewritten(track) if before else write(track.cues)

    def anew(track: Track) -> bytes:
        return _text_with(track)[0].encode("utf-8", "replace")

    return register(Format(name, (f".{name}",), read, write, rewrite, styles_of, step_ms=10, anew=anew))


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").split("\n")


def _rewritten(track: Track) -> bytes:
    """The file of a track with its changed cues changed; in UTF-8 where its own encoding cannot hold them."""
    text, source = _text_with(track)
    mark = "\ufeff" if source.text.startswith("\ufeff") else ""
    text = mark + text.replace("\n", source.newline)
    try:
        if source.decoded.lossless:
            return track.data[: source.decoded.bom] + text.encode(source.decoded.encoding)
    except UnicodeEncodeError:
        pass
    return text.encode("utf-8", "replace")


def _text_with(track: Track) -> tuple[str, SubtitleText]:
    """The text of a track's file with the cues of the track, and as it was."""
    source = subtitle_text(track.data)
    lines = _lines(source.text)
    events = _Reader(lines).read().events
    if len(events) == len(track.cues):
        for event, cue in zip(events, track.cues, strict=True):
            if cue != event.cue:
                lines[event.number] = _patched(lines[event.number], event, cue)
    else:
        lines = _replaced(lines, events, track.cues)
    return "\n".join(lines), source


def styles_of(track: Track) -> tuple[str, ...]:
    """The style of each cue, by its name, as the file of the track has it."""
    return tuple(event.style for event in _Reader(_lines(subtitle_text(track.data).text)).read().events)


ASS = _registered("ass", _write_ass)
SSA = _registered("ssa", _write_ssa)
