"""WebVTT: every line with ``-->`` starts a cue, as in browsers; all else stays in the bytes (notes, styles, regions).

Texts keep their tags; entities are decoded, except ``&lt;`` where the sign would make a tag. Source:
https://www.w3.org/TR/webvtt1/#file-parsing
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from pipeline.model import Cue
from pipeline.subtitles.blocks import Block, BlockFormat, Reading, milliseconds
from pipeline.subtitles.decoding import subtitle_text
from pipeline.subtitles.formats import Format, register
from pipeline.subtitles.stamps import read_stamps, written_stamps
from pipeline.subtitles.track import Remark, Track
from pipeline.text.said import said

_STAMP = r"([-\u2212]?)(?:([0-9]{1,9})\s*:\s*)?([0-9]{1,3})\s*:\s*([0-9]{1,2})(?:[.,]([0-9]{1,9}))?"
_TIMES = re.compile(rf"\s*{_STAMP}\s*-->\s*{_STAMP}((?:\s.*)?)")
_STRICT_STAMP = r"(?:[0-9]{2,}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3}"
_STRICT = re.compile(rf"\s*{_STRICT_STAMP}\s*-->\s*{_STRICT_STAMP}(?:\s.*)?")
_HEAD = re.compile(
    r"^((?:[0-9]{2,9}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3}) --> ((?:[0-9]{2,9}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3})(?:[ \t].*)?\n",
    re.MULTILINE,
)
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?(?:\n.+)*")
_IDENTIFIER = re.compile(r"\n*(?:.+\n)?")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION|WEBVTT)(?:\s.*)?")
_TAG = r"(?=/?(?:b|i|u|c|v|lang|ruby|rt)(?:[\s.>]|&gt;)|[0-9]{2,}:[0-9])"
_ENTITY = re.compile(rf"&(?:amp|gt|nbsp|lrm|rlm|lt(?!;{_TAG}));")
_BARE = re.compile(rf"&(?!lt;{_TAG})|<(?!{_TAG}|/?>)|(?<=--)>")
_SIGNS = {"&amp;": "&", "&gt;": ">", "&lt;": "<", "&nbsp;": "\xa0", "&lrm;": "\u200e", "&rlm;": "\u200f"}
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class _Aside(NamedTuple):
    """A style, a region or a note, which stands before the cue at a place."""

    lines: tuple[str, ...]
    place: int


class _Reader:
    """The blocks of a file, found line by line."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self._blocks: list[Block] = []
        self._texts: list[list[str]] = []  # the lines of each cue
        self.remarks: list[Remark] = []
        self.asides: list[_Aside] = []
        self.header = ["WEBVTT"]
        self._is_open = False  # whether text may still belong to the last cue

    def read(self) -> list[Block]:
        number = 0
        if self.lines and not self.lines[0].startswith("WEBVTT"):
            kind, fix = said("the file does not start with WEBVTT"), said("put WEBVTT and a blank line first")
            self._tell("ST102", 0, kind, fix)
        while number < len(self.lines):
            end = self._end(number)
            if not self.lines[number]:
                end = number + 1
            elif "-->" in self.lines[number]:
                self._cue(number, end)
            elif _ASIDE.fullmatch(self.lines[number]):
                self._is_open = False
                self._aside(number, end)
            elif not self._is_identifier(number, end):
                self._stray(number, end)
            number = end
        texts = (_decoded("\n".join(lines)) for lines in self._texts)
        return [
            block._replace(cue=replace(block.cue, text=text)) for block, text in zip(self._blocks, texts, strict=True)
        ]

    def _aside(self, number: int, end: int) -> None:
        if self.lines[number].startswith("WEBVTT"):
            is_above_times = end < len(self.lines) and self.lines[end]
            self.header = list(self.lines[:1] if is_above_times else self.lines[:end])
        else:
            self.asides.append(_Aside(tuple(self.lines[number:end]), len(self._blocks)))

    def _end(self, number: int) -> int:
        """Where the block that starts at a line ends: before a blank line or a line of times."""
        end = number + 1
        while end < len(self.lines) and self.lines[end] and "-->" not in self.lines[end]:
            end += 1
        return end

    def _is_identifier(self, number: int, end: int) -> bool:
        is_before_times = end < len(self.lines) and "-->" in self.lines[end]
        return end == number + 1 and (is_before_times or self.lines[number].strip().isdecimal())

    def _cue(self, number: int, end: int) -> None:
        match = _TIMES.fullmatch(self.lines[number])
        self._is_open = match is not None
        if match is None:
            fix = said("write them like {text}", text="00:00:01.000 --> 00:00:02.500")
            kind = said("times that cannot be read, the cue is left out")
            self.remarks.append(
                Remark("ST105", number + 1, kind, source=self._text(number, end), fix=fix, severity="error")
            )
            return
        times = match.groups()
        if times[0] or times[5]:
            kind, fix = said("a time before 0, read as 0"), said("give the cue times of 0 or later")
            self._tell("ST102", number, kind, fix)
        elif not _STRICT.fullmatch(self.lines[number]):
            kind, fix = said("times that are not written as in WebVTT"), said("bilect subs convert writes them so")
            self._tell("ST102", number, kind, fix)
        if end < len(self.lines) and self.lines[end]:
            self._tell("ST102", end, said("no blank line before this cue"), said("put one there"))
            end -= self.lines[end - 1].strip().isdecimal() and end - 1 > number
        cue = Cue(_milliseconds(*times[:5]), _milliseconds(*times[5:10]), "")
        self._blocks.append(Block(cue, number, end, times[10]))
        self._texts.append(list(self.lines[number + 1 : end]))

    def _stray(self, number: int, end: int) -> None:
        if not self._is_open:
            kind, fix = said("text that belongs to no cue, left out"), said("give it times, or make it a NOTE")
            self.remarks.append(Remark("ST102", number + 1, kind, source=self._text(number, end), fix=fix))
            return
        kind, fix = said("a blank line in the text of a cue"), said("take it out; players stop there")
        self._tell("ST102", number, kind, fix)
        self._blocks[-1] = self._blocks[-1]._replace(end=end)
        self._texts[-1] += self.lines[number:end]

    def _text(self, number: int, end: int) -> str:
        return "\n".join(self.lines[number:end])

    def _tell(self, code: str, number: int, kind: str, fix: str) -> None:
        self.remarks.append(Remark(code, number + 1, kind, source=self.lines[number].strip()[:60], fix=fix))


def _milliseconds(sign: str, hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    return 0 if sign else milliseconds(hours, minutes, seconds, fraction)


def _parse(lines: Sequence[str]) -> tuple[list[Block], list[Remark]]:
    reader = _Reader(lines)
    return reader.read(), reader.remarks


def _well_formed(text: str) -> Reading | None:
    """The cues of a text that has a header, cues with or without identifiers, and no notes; None for any other."""
    parts = _HEAD.split(text)
    bodies = parts[3::3]
    if not bodies or text.count("-->") != len(bodies):
        return None
    header, *texts = (body.partition("\n\n") for body in (parts[0], *bodies))
    if not _HEADER.fullmatch(header[0]) or not all(map(_is_whole, (header, *texts[:-1]))):
        return None
    if texts[-1][2].strip("\n") or any(each[:1] == "\n" and each != "\n" for each, _, _ in texts):
        return None
    starts, ends = read_stamps(parts[1::3]), read_stamps(parts[2::3])
    cues = map(Cue, starts, ends, [_decoded(each.strip("\n")) for each, _, _ in texts])
    before = parts[0].count("\n") + 1
    lines = accumulate((body.count("\n") + 1 for body in bodies[:-1]), initial=before)
    return Reading(tuple(cues), tuple(lines), [])


def _is_whole(parts: tuple[str, str, str]) -> bool:
    """Whether a blank line ends a block, and at most one line, the identifier of the next cue, follows."""
    text, blank, rest = parts
    return text == "\n" or (bool(blank) and _IDENTIFIER.fullmatch(rest) is not None)


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda match: _SIGNS[match[0]], text) if "&" in text else text


def _escaped(text: str) -> str:
    if "&" not in text and "<" not in text and ">" not in text:
        return text
    return _BARE.sub(lambda match: _ESCAPES[match[0]], text)


def _times(cues: Sequence[Cue]) -> list[str]:
    starts, ends = ([getattr(cue, name) for cue in cues] for name in ("start_ms", "end_ms"))
    return [
        f"{start} --> {end}" for start, end in zip(written_stamps(starts, "."), written_stamps(ends, "."), strict=True)
    ]


def _anew(track: Track) -> bytes:
    """A canonical file with the header, styles, regions and notes of the track's own, and the names and settings of its cues."""
    lines = subtitle_text(track.data).text.removeprefix("\ufeff").split("\n")
    reader = _Reader(lines)
    frames = _Frames(lines, reader.read())
    ordered = sorted(track.cues, key=_span)
    chunks: list[list[str]] = [[] for _ in range(len(ordered) + 1)]
    for aside in reader.asides:
        chunks[frames.place(aside.place, ordered)].append("\n".join(aside.lines))
    for chunk, cue, times in zip(chunks, ordered, _times(ordered), strict=False):
        chunk.append(frames.head(cue, times) + "\n" + _BLOCKS.body(cue))
    made = [chunk for chunks_here in chunks for chunk in chunks_here]
    return "".join(["\n".join(reader.header) + "\n", *(f"\n{chunk}\n" for chunk in made)]).encode("utf-8", "replace")


def _span(cue: Cue) -> tuple[int, int]:
    return cue.start_ms, cue.end_ms


class _Frames:
    """What a file says of its cues besides times and texts, for cues that are made of them."""

    def __init__(self, lines: Sequence[str], blocks: Sequence[Block]) -> None:
        self._lines, self._blocks = lines, blocks
        self._timed: dict[tuple[int, int], deque[Block]] = {}
        for block in blocks:
            self._timed.setdefault(_span(block.cue), deque()).append(block)

    def place(self, before: int, ordered: Sequence[Cue]) -> int:
        """Where in other cues something comes to stand that stood before a cue of the file."""
        if before == len(self._blocks):
            return len(ordered)
        return bisect_left(ordered, _span(self._blocks[before].cue), key=_span) if before else 0

    def head(self, cue: Cue, times: str) -> str:
        """The name, the times and the settings of a cue."""
        same = self._timed.get(_span(cue), deque())
        first = cue.text.partition("\n")[0]
        block = next((each for each in same if first in each.cue.text), same[0] if same else None)
        if block is None:
            return times
        if block.cue == cue:
            same.remove(block)
        name = self._lines[block.times - 1] if block.times else ""
        is_name = name and not _ASIDE.fullmatch(name) and (block.times == 1 or not self._lines[block.times - 2])
        return f"{name}\n{times}{block.rest}" if is_name else times + block.rest


_BLOCKS = BlockFormat("vtt", _well_formed, _parse, _times, _escaped, header="WEBVTT\n\n")
VTT = register(Format("vtt", (".vtt",), _BLOCKS.read, _BLOCKS.write, _BLOCKS.rewrite, anew=_anew))
