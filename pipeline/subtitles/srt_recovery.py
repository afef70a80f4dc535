"""SRT as people really write it: every cue of a file, found by its times, and a remark on each repair.

The times make a cue: what stands before them is its index, what follows is its text up to the index of the next cue.
So a missing index, a missing or a surplus blank line cost nothing. The times themselves are read by `srt`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import srt

from pipeline.model import Cue
from pipeline.subtitles.track import Remark
from pipeline.text.lazily import lazily
from pipeline.text.said import said

_FIX = said("write {text}", text="HH:MM:SS,mmm --> HH:MM:SS,mmm")
_COLON, _COMMA = r"\s*[:：]\s*", r"\s*[,.，．。:：]\s*"
_STAMP = (
    rf"-?(?:[0-9０-９]{{1,9}}{_COLON})?[0-9０-９]{{1,3}}{_COLON}[0-9０-９]{{1,2}}(?:{_COMMA}[0-9０-９]+(?:[.][0-9]+)?)?"
)
_MARKS = r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"  # of no width, as copying from a page brings along
_TIMES = lazily(
    rf"(?P<lead>[^\w-]*)(?P<start>{_STAMP})(?P<arrow>[\s\-–—−－=~→>＞]{{1,9}}?|\s*--?&gt;\s*)(?P<end>{_STAMP}){_MARKS}(?P<rest>(?:\s.*)?)"
)
_FORM = "[0-9]{2,9}:[0-5][0-9]:[0-5][0-9],[0-9]{3}"
_CANONICAL = re.compile(f"{_FORM} --> {_FORM}")
_BROKEN = re.compile(rf"[^\w-]*+(?P<start>{_STAMP})?\S{{0,60}}\s*-{{1,2}}[\s-]?>.*")
_SETTINGS = re.compile(r"(?:\s*\w+:[\w.,%+-]+)+\s*")
_LONGEST_INDEX = 18  # digits
_NUMBER = re.compile(r"[^\w-]*-?[0-9０-９]+(?:\.[0-9]*)?[^\w]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A cue and the lines it came from, counted from 0: its times, and its text up to but not including ``end``.

    ``index`` is what stands for the number, None where nothing does.
    """

    cue: Cue
    times: int
    end: int
    index: str | None


@dataclass(frozen=True, slots=True)
class _Times:
    """A line that holds the times of a cue; ``header`` is the first line of its cue, counted from 0."""

    line: int
    header: int
    index: str | None
    start_ms: int
    end_ms: int
    rest: str
    readable: bool = True


def recovered(text: str) -> tuple[list[Block], list[Remark]]:
    """Every cue of an SRT text in the order of the file, and a remark on every repair."""
    lines = text.split("\n")
    remarks: list[Remark] = []
    heads = _heads(lines, remarks)
    remarks += _before(lines[: heads[0].header] if heads else lines)
    ends = [*(head.header for head in heads[1:]), len(lines)][: len(heads)]
    blocks = []
    for head, end in zip(heads, ends, strict=True):
        body = _body(lines, head, end, remarks)
        if head.readable:
            cue = Cue(head.start_ms, head.end_ms, "\n".join(body))
            blocks.append(Block(cue, head.line, _text_end(lines, head.line + 1, end), head.index))
        else:
            remarks.append(_unreadable(head, lines[head.line], body))
    return blocks, remarks


def _heads(lines: list[str], remarks: list[Remark]) -> list[_Times]:
    heads: list[_Times] = []
    for number, line in enumerate(lines):
        if ":" not in line and "：" not in line and "-->" not in line:
            continue
        before = heads[-1] if heads else None
        head = _head(lines, number, before)
        if head is not None:
            heads.append(head)
            if head.readable:
                remarks += _head_remarks(lines, head, before.line + 1 if before else 0)
    return heads


def _head(lines: list[str], number: int, before: _Times | None) -> _Times | None:
    """The times on a line, or None where it is text; ``before`` are the times above it."""
    match = _times(lines[number])
    if match:
        header, index = _index(lines, number, before)
        start, end = _milliseconds(match["start"]), _milliseconds(match["end"])
        return _Times(number, header, index, start, end, match["rest"].strip())
    broken = _BROKEN.fullmatch(lines[number]) if "-" in lines[number] else None
    if not broken:
        return None
    header, index = _index(lines, number, before)
    if index is not None and not _NUMBER.fullmatch(index):
        header, index = number, None
    if not broken["start"] and (index is None or (header and lines[header - 1].strip())):
        return None  # a text about arrows
    return _Times(number, header, index, 0, 0, "", readable=False)


def _times(line: str) -> re.Match[str] | None:
    """Start and end of a cue; two times of day with a dash between them are none."""
    match = _TIMES.fullmatch(line)
    return (
        match
        if match and (">" in match["arrow"] or ";" in match["arrow"] or re.search(r"[,.，．]", match["start"]))
        else None
    )


def _index(lines: list[str], number: int, before: _Times | None) -> tuple[int, str | None]:
    """The first line of the cue whose times stand on line ``number``, and its index, None where it has none."""
    floor = before.line + 1 if before else 0
    far = number - 1
    while far >= floor and not lines[far].strip():
        far -= 1
    if far < floor:
        return number, None
    text_above = any(lines[place].strip() for place in range(floor, far))
    alone = far == 0 or (not lines[far - 1].strip() and (text_above or before is None))
    is_number, touches = _NUMBER.fullmatch(lines[far]), far == number - 1
    if is_number and touches:
        return far, lines[far].strip()
    if alone and (touches or (is_number and _follows(lines[far], before))):
        return far, lines[far].strip()
    return number, None


def _follows(number: str, before: _Times | None) -> bool:
    """Whether a number that stands apart from its times, every second line being blank, is the next index."""
    if before is None or before.index is None:
        return before is None
    digits = [re.sub("[^0-9]", "", text) for text in (before.index, number)]
    return all(0 < len(text) <= _LONGEST_INDEX for text in digits) and int(digits[1]) == int(digits[0]) + 1


def _milliseconds(stamp: str) -> int:
    """A time as `srt` reads it, hours optional; of more than three digits after the comma, the first three count.

    One file of 3Blue1Brown's captions has ``00:00:04,560.0000000000009``, a float that was printed. A time before 0
    is 0: no player shows anything there.
    """
    plain = "".join(stamp.split())
    if plain.startswith("-"):
        return 0
    fields = re.split(r"[^0-9０-９]", plain)
    if len(re.findall("[:：]", plain)) < 2:
        fields.insert(0, "0")
    hours, minutes, seconds, fraction = (*fields, "0")[:4]
    read: timedelta = srt.srt_timestamp_to_timedelta(f"{int(hours)}:{int(minutes)}:{int(seconds)},{int(fraction[:3])}")
    return read // timedelta(milliseconds=1)


def _head_remarks(lines: list[str], head: _Times, floor: int) -> list[Remark]:
    line = lines[head.line]
    remarks = []
    if not _CANONICAL.fullmatch(line.removesuffix(head.rest).rstrip() if head.rest else line):
        read = said("read as {start} ms to {end} ms", start=head.start_ms, end=head.end_ms)
        remarks.append(Remark("ST102", head.line + 1, "the times are not in SRT's form", read, line, _FIX))
    if head.rest:
        kind = (
            said("settings on the line of the times")
            if _SETTINGS.fullmatch(head.rest)
            else said("text, taken into the cue, on the line of the times")
        )
        remarks.append(Remark("ST102", head.line + 1, kind, source=line, fix="move it"))
    if head.index is None:
        remarks.append(Remark("ST104", head.line + 1, "the cue has no index", fix="bilect format numbers the cues"))
    elif not _NUMBER.fullmatch(head.index):
        kind, fix = said("the index is no number"), said("bilect format numbers the cues")
        remarks.append(Remark("ST104", head.header + 1, kind, head.index, fix=fix))
    if head.header > floor and lines[head.header - 1]:
        remarks.append(
            Remark("ST102", head.header + 1, "no blank line before this cue", fix="put a blank line before it")
        )
    if head.index is not None and head.line > head.header + 1:
        remarks.append(Remark("ST102", head.line + 1, "blank line between index and times", fix="take it out"))
    return remarks


def _body(lines: list[str], head: _Times, end: int, remarks: list[Remark]) -> list[str]:
    """The text of a cue line by line, without blank lines: nobody could write them back into an SRT file."""
    first, last = head.line + 1, _text_end(lines, head.line + 1, end)
    body = [line for line in lines[first:last] if line]
    blank = next((number for number in range(first, last) if not lines[number]), None)
    if blank is not None:
        kind = said("blank line inside the text of a cue")
        remarks.append(Remark("ST102", blank + 1, kind, source="\n".join(body), fix="take it out"))
    if head.rest and not _SETTINGS.fullmatch(head.rest):
        body.insert(0, head.rest)
    return body


def _text_end(lines: list[str], first: int, end: int) -> int:
    while end > first and not lines[end - 1]:
        end -= 1
    return end


def _unreadable(head: _Times, line: str, body: list[str]) -> Remark:
    kind = said("the times of this cue cannot be read, so it is left out")
    return Remark("ST102", head.line + 1, kind, line.strip(), "\n".join(body), _FIX, "error")


def _before(lines: list[str]) -> list[Remark]:
    """What stands before the first cue belongs to none."""
    written = [(number, line) for number, line in enumerate(lines, 1) if line.strip(" \t\ufeff\u200b")]
    if not written:
        return []
    text = "\n".join(line.strip() for _, line in written)
    fix = said("take it out, or give it times")
    return [Remark("ST102", written[0][0], "text before the first cue, left out", source=text, fix=fix)]


def harmless(text: str) -> str:
    """The text of a cue with every line that would be read as the times of another cue given another arrow."""
    return "\n".join(map(_harmless_line, text.split("\n")))


def _harmless_line(line: str) -> str:
    match = _times(line)
    if match:
        return f"{line[: match.end('start')]} ⟶ {line[match.start('end') :]}"
    broken = _BROKEN.fullmatch(line)
    return re.sub(r"-{1,2}[\s-]?>", "⟶", line) if broken and broken["start"] else line
