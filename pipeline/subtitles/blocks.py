"""Formats whose cues are a line of times and the lines of a text: read, and written back with only what changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.model import Cue
from pipeline.subtitles.decoding import subtitle_text
from pipeline.subtitles.track import Remark, Track, findings_of, time_remarks
from pipeline.text.encoding import NotTextError
from pipeline.text.said import said, sentence, words_of

_BLANK_LINES = re.compile(r"\n{2,}")


class Block(NamedTuple):
    """A cue and its lines, counted from 0: its times, and its text up to but not including ``end``.

    ``rest`` is what follows the times on their line.
    """

    cue: Cue
    times: int
    end: int
    rest: str = ""


class Reading(NamedTuple):
    """The cues of a text, the 1-based lines of their times, and what was repaired."""

    cues: tuple[Cue, ...]
    lines: tuple[int, ...]
    remarks: list[Remark]


@dataclass(frozen=True, slots=True)
class BlockFormat:
    """How the blocks of a format are found in lines, and how the times and the text of a cue are written.

    ``quick`` reads a text in which every block is as it should be, and gives None for any other; ``times`` writes the times
    of many cues.
    """

    name: str
    quick: Callable[[str], Reading | None]
    parse: Callable[[Sequence[str]], tuple[list[Block], list[Remark]]]
    times: Callable[[Sequence[Cue]], list[str]]
    text: Callable[[str], str]
    header: str = ""

    def read(self, data: bytes, path: str = "") -> Track:
        """The track that the bytes of a file hold, every cue of it once and in the order of the file."""
        try:
            source = subtitle_text(data)
        except NotTextError as error:
            return unreadable(Track(path, self.name, (), (), "utf-8", data), "the file is no text", words_of(error))
        text = source.text.removeprefix("\ufeff")
        cues, lines, remarks = self.quick(text) or self._slowly(text)
        track = Track(path, self.name, cues, lines, source.encoding, data)
        if not cues:
            words = " ".join(source.text.split())[:60]
            if not words:
                return unreadable(track, "the file is empty")
            return unreadable(track, "no line holds the times of a cue", said("the file says {text!r}", text=words))
        found = findings_of(path, [*source.remarks, *remarks, *time_remarks(cues, lines)])
        return Track(path, self.name, cues, lines, source.encoding, data, found)

    def _slowly(self, text: str) -> Reading:
        blocks, remarks = self.parse(text.split("\n"))
        return Reading(tuple(block.cue for block in blocks), tuple(block.times + 1 for block in blocks), remarks)

    def write(self, cues: Sequence[Cue]) -> bytes:
        """A file in UTF-8 with LF: the cues by start and end, none left out."""
        ordered = sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))
        pairs = zip(self.times(ordered), ordered, strict=True)
        blocks = [f"{times}\n{self.body(cue)}\n" for times, cue in pairs]
        return (self.header + "\n".join(blocks)).encode("utf-8", "replace")

    def rewrite(self, track: Track) -> bytes:
        """The file of a track: its own bytes where no cue changed, else with the changed times and texts replaced.

        A track with other cues than its file, or whose encoding cannot hold the new text, is written anew.
        """
        before = self.read(track.data, track.path).cues
        if before == track.cues:
            return track.data
        if len(before) != len(track.cues) or not (source := subtitle_text(track.data)).decoded.lossless:
            return self.write(track.cues)
        mark = "\ufeff" if source.text.startswith("\ufeff") else ""
        lines = source.text.removeprefix(mark).split("\n")
        for block, cue in reversed(list(zip(self.parse(lines)[0], track.cues, strict=True))):
            if cue != block.cue:
                lines[block.times : block.end] = self._patch(lines, block, cue)
        try:
            patched = (mark + source.newline.join(lines)).encode(source.decoded.encoding)
        except UnicodeEncodeError:
            return self.write(track.cues)
        return track.data[: source.decoded.bom] + patched

    def _patch(self, lines: Sequence[str], block: Block, cue: Cue) -> list[str]:
        times, body = lines[block.times], list(lines[block.times + 1 : block.end])
        if (cue.start_ms, cue.end_ms) != (block.cue.start_ms, block.cue.end_ms):
            times = self.times([cue])[0] + block.rest
        if cue.text != block.cue.text:
            body = self.body(cue).split("\n")
        return [times, *body]

    def body(self, cue: Cue) -> str:
        """The text of a cue without the blank lines that would end it."""
        text = cue.text
        if "\r" in text or "\n\n" in text or text[:1] == "\n" or text[-1:] == "\n":
            text = _BLANK_LINES.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
        return self.text(text)


def unreadable(track: Track, kind: str, detail: str = "") -> Track:
    """The track without cues, and an error that says why."""
    kind = said("no subtitles: {why}", why=sentence(kind))
    remark = Remark("ST101", 1, kind, detail, fix="restore the file or take it away")
    return Track(track.path, track.format, (), (), track.encoding, track.data, findings_of(track.path, [remark]))


def milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    """The time that the parts of a time say; a fraction may have any number of digits."""
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0")[:3].ljust(3, "0"))
