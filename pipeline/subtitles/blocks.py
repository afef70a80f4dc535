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

_BLANK_LINES = re.compile(r"\n{2,}")


class Block(NamedTuple):
    """A cue and its lines, counted from 0: its times, and its text up to but not including ``end``.

    ``rest`` is what follows the times on their line.
    """

    cue: Cue
    times: int
    end: int
    rest: str = ""


@dataclass(frozen=True, slots=True)
class BlockFormat:
    """How the blocks of a format are found in lines, and how the times and the text of a cue are written."""

    name: str
    parse: Callable[[Sequence[str]], tuple[list[Block], list[Remark]]]
    times: Callable[[Cue], str]
    text: Callable[[str], str]
    header: str = ""

    def read(self, data: bytes, path: str = "") -> Track:
        """The track that the bytes of a file hold, every cue of it once and in the order of the file."""
        try:
            source = subtitle_text(data)
        except NotTextError as error:
            return unreadable(Track(path, self.name, (), (), "utf-8", data), "the file is no text", str(error))
        blocks, remarks = self.parse(source.text.removeprefix("\ufeff").split("\n"))
        cues, lines = tuple(block.cue for block in blocks), tuple(block.times + 1 for block in blocks)
        track = Track(path, self.name, cues, lines, source.encoding, data)
        if not cues:
            words = " ".join(source.text.split())[:60]
            kind = "no line holds the times of a cue" if words else "the file is empty"
            return unreadable(track, kind, f"the file says {words!r}" if words else "")
        found = findings_of(path, [*source.remarks, *remarks, *time_remarks(cues, lines)])
        return Track(path, self.name, cues, lines, source.encoding, data, found)

    def write(self, cues: Sequence[Cue]) -> bytes:
        """A file in UTF-8 with LF: the cues by start and end, none left out."""
        ordered = sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))
        blocks = [f"{self.times(cue)}\n{self._body(cue)}\n" for cue in ordered]
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
            times = self.times(cue) + block.rest
        if cue.text != block.cue.text:
            body = self._body(cue).split("\n")
        return [times, *body]

    def _body(self, cue: Cue) -> str:
        """The text of a cue without the blank lines that would end it."""
        text = cue.text.replace("\r\n", "\n").replace("\r", "\n")
        return self.text(_BLANK_LINES.sub("\n", text).strip("\n"))


def unreadable(track: Track, kind: str, detail: str = "") -> Track:
    """The track without cues, and an error that says why."""
    remark = Remark("ST101", 1, f"no subtitles: {kind}", detail, fix="restore the file or take it away")
    return Track(track.path, track.format, (), (), track.encoding, track.data, findings_of(track.path, [remark]))


def stamp(milliseconds: int, hours: str) -> str:
    """Times as both formats write them; ``hours`` is how hours are formatted. Times before 0 are 0."""
    seconds, rest = divmod(max(0, milliseconds), 1000)
    return f"{format(seconds // 3600, hours)}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    """The time that the parts of a time say; a fraction may have any number of digits."""
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0")[:3].ljust(3, "0"))
