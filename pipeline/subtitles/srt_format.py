"""SubRip: read whole and quickly where it is well formed, by `srt_recovery` where it is not, and written back.

`srt.compose` drops cues that it finds useless and `srt.parse` stops at junk (280 cues in 63 of 453 real files), so
both are our own; `srt` reads unusual times and is the oracle of the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from pipeline.model import Cue
from pipeline.subtitles.decoding import SubtitleText, subtitle_text
from pipeline.subtitles.formats import Format, register
from pipeline.subtitles.srt_recovery import Block, harmless, recovered
from pipeline.subtitles.stamps import read_stamps, written_stamps
from pipeline.subtitles.track import Remark, Track, findings_of, time_remarks
from pipeline.text.encoding import NotTextError
from pipeline.text.said import said, said_of, sentence, words_of

_TIME = "([0-9]{2,9}:[0-5][0-9]:[0-5][0-9],[0-9]{3})"
_HEAD = re.compile(rf"^([0-9]+)\n{_TIME} --> {_TIME}\n", re.MULTILINE)
_ANY_TIME = re.compile(r"^[^\w\n]*[0-9０-９]+\s*[:：]\s*[0-9０-９]+\s*[:：.,]|-->", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{2,}")


class _Reading(NamedTuple):
    cues: list[Cue]
    lines: list[int]
    indexes: list[str | None]
    remarks: list[Remark]


def read_srt(data: bytes, path: str = "") -> Track:
    """The track that the bytes of an SRT file hold, every cue of it once and in the order of the file.

    Repairs are findings with their line; a file without any cue has one error finding and no cues.
    """
    try:
        source = subtitle_text(data)
    except NotTextError as error:
        return _unreadable(data, path, said("the file is no text"), words_of(error))
    text = source.text.removeprefix("\ufeff")
    reading = _well_formed(text) or _mended(text)
    if not reading.cues:
        return _unreadable(data, path, *_why_empty(text))
    remarks = [*source.remarks, *reading.remarks, *_index_remarks(reading), *time_remarks(reading.cues, reading.lines)]
    return Track(
        path=path,
        format="srt",
        cues=tuple(reading.cues),
        lines=tuple(reading.lines),
        encoding=source.encoding,
        data=data,
        findings=findings_of(path, remarks),
    )


def _unreadable(data: bytes, path: str, kind: str, detail: str) -> Track:
    kind = said("no subtitles: {why}", why=sentence(kind))
    remark = Remark("ST101", 1, kind, detail, fix="restore the file or take it away")
    return Track(path, "srt", (), (), "utf-8", data, findings_of(path, [remark]))


def _why_empty(text: str) -> tuple[str, str]:
    words = " ".join(text.split())
    if not words:
        return said("the file is empty"), ""
    return said("no line holds the times of a cue"), said("the file says {text!r}", text=words[:60])


def _well_formed(text: str) -> _Reading | None:
    """The cues of a text in which every block is as it should be, or None."""
    parts = _HEAD.split(text)
    bodies = parts[4::4]
    texts = [body.rstrip("\n") for body in bodies]
    if parts[0] or not bodies or not _are_clean(bodies, texts) or any(map(_may_hold_times, texts)):
        return None
    cues = list(map(Cue, read_stamps(parts[2::4]), read_stamps(parts[3::4]), texts))
    lines = list(accumulate((body.count("\n") + 2 for body in bodies[:-1]), initial=2))
    indexes: list[str | None] = list(parts[1::4])
    return _Reading(cues, lines, indexes, [])


def _are_clean(bodies: list[str], texts: list[str]) -> bool:
    """Whether each body ends with a blank line, which the last need not, and its text holds none."""
    whole = "\0".join(["", *texts])  # a character that no text of a subtitle file has: all are looked through at once
    if "\n\n" in whole or "\0\n" in whole:
        return False
    return all(body[-2:] == "\n\n" or body == "\n" for body in bodies[:-1])


def _may_hold_times(text: str) -> bool:
    """Whether a line of the text could be read as the times of another cue."""
    if ":" not in text and "-->" not in text and "：" not in text:
        return False
    return _ANY_TIME.search(text) is not None


def _mended(text: str) -> _Reading:
    blocks, remarks = recovered(text)
    cues, lines = [block.cue for block in blocks], [block.times + 1 for block in blocks]
    return _Reading(cues, lines, [block.index for block in blocks], remarks)


def _index_remarks(reading: _Reading) -> list[Remark]:
    """One remark where the indexes do not count 1, 2, 3 …; missing ones and words have remarks of their own."""
    if reading.indexes == list(map(str, range(1, len(reading.indexes) + 1))):
        return []
    numbers = [index for index in reading.indexes if index and index.isdecimal()]
    wrong = [place for place, index in enumerate(reading.indexes) if index and index != str(place + 1)]
    if not wrong or not numbers:
        return []
    first = wrong[0]
    doubled = len(numbers) - len(set(numbers))
    cue, index = first + 1, reading.indexes[first] or ""
    detail = said("cue {cue} has {index}", cue=cue, index=index)
    if doubled:
        detail = said_of(
            doubled,
            "cue {cue} has {index}, {number} number stands twice",
            "cue {cue} has {index}, {number} numbers stand twice",
            cue=cue,
            index=index,
        )
    kind = said("the indexes do not count 1, 2, 3 …")
    return [Remark("ST104", max(1, reading.lines[first] - 1), kind, detail, fix="bilect format numbers the cues")]


def srt_bytes(cues: Iterable[Cue]) -> bytes:
    """An SRT file in UTF-8 with LF: the cues by start and end, numbered from 1, none left out.

    Blank lines inside a text, which would end the cue, are taken out; times before 0 are written as 0.
    """
    ordered = sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))
    starts = written_stamps([cue.start_ms for cue in ordered], ",")
    ends = written_stamps([cue.end_ms for cue in ordered], ",")
    texts = [_writable(cue.text) for cue in ordered]
    blocks = [
        f"{index}\n{start} --> {end}\n{text}\n\n"
        for index, (start, end, text) in enumerate(zip(starts, ends, texts, strict=True), 1)
    ]
    return "".join(blocks).encode("utf-8", "replace")


def _writable(text: str) -> str:
    if "\r" in text or "\n\n" in text or text[:1] == "\n" or text[-1:] == "\n":
        text = _BLANK_LINES.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    if _may_hold_times(text):
        text = harmless(text)
    return text


def rewritten(track: Track) -> bytes:
    """The file of a track: its own bytes where no cue changed, else with the changed cues' times and texts replaced.

    A track with other cues than its file, or whose encoding cannot hold the new text, is written as `srt_bytes` does.
    """
    before = read_srt(track.data, track.path)
    if before.cues == track.cues:
        return track.data
    source = subtitle_text(track.data) if before.cues else None
    if source is None or len(before.cues) != len(track.cues) or not source.decoded.lossless:
        return srt_bytes(track.cues)
    blocks = recovered(source.text.removeprefix("\ufeff"))[0]
    try:
        return _patched(source, track, blocks)
    except UnicodeEncodeError:
        return srt_bytes(track.cues)


def _patched(source: SubtitleText, track: Track, blocks: list[Block]) -> bytes:
    mark = "\ufeff" if source.text.startswith("\ufeff") else ""
    lines = source.text.removeprefix(mark).split("\n")
    for block, cue in reversed(list(zip(blocks, track.cues, strict=True))):
        if cue != block.cue:
            lines[block.times : block.end] = _patch(lines, block, cue)
    patched = (mark + source.newline.join("\n".join(lines).split("\n"))).encode(source.decoded.encoding)
    return track.data[: source.decoded.bom] + patched


def _patch(lines: list[str], block: Block, cue: Cue) -> list[str]:
    times, body = lines[block.times], lines[block.times + 1 : block.end]
    if (cue.start_ms, cue.end_ms) != (block.cue.start_ms, block.cue.end_ms):
        times = " --> ".join(written_stamps((cue.start_ms, cue.end_ms), ","))
    if cue.text != block.cue.text:
        body = _writable(cue.text).split("\n")
    return [times, *body]


SRT = register(Format("srt", (".srt",), read_srt, srt_bytes, rewritten))
