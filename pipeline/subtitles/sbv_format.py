"""SubViewer as YouTube writes it: ``0:00:01.000,0:00:02.500``, the text, a blank line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from pipeline.model import Cue
from pipeline.subtitles.blocks import Block, BlockFormat, Reading, milliseconds
from pipeline.subtitles.formats import Format, register
from pipeline.subtitles.stamps import read_stamps, written_stamps
from pipeline.subtitles.track import Remark
from pipeline.text.said import said

_STAMP = r"(-?)(?:([0-9]{1,9}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?"
_TIMES = re.compile(rf"\s*{_STAMP}\s*,\s*{_STAMP}\s*")
_BROKEN = re.compile(
    r"\s*-?[0-9]{1,9}:[0-9]{1,3}:[0-9]{1,2}(?:\.[0-9]*)?\s*,|.{0,60},\s*-?[0-9]{1,9}:[0-9]{1,3}:[0-9]{1,2}\S*\s*$"
)
_FIX = said("write {text}", text="H:MM:SS.mmm,H:MM:SS.mmm")
_SHORT = r"([0-9]{1,9}:[0-5][0-9]:[0-5][0-9]\.[0-9]{3})"
_HEAD = re.compile(rf"^{_SHORT},{_SHORT}\n", re.MULTILINE)
_ANY_TIMES = re.compile(r"[0-9]:[0-9]{1,2}(?:[.,][0-9]*)?\s*,|,\s*-?[0-9]+:[0-9]")
_BLANKS = re.compile(r"\n[^\S\n]+(?:\n|$)")


def _parse(lines: Sequence[str]) -> tuple[list[Block], list[Remark]]:
    heads = [number for number, line in enumerate(lines) if _is_head(lines, number, line)]
    blocks: list[Block] = []
    first = heads[0] if heads else 0
    remarks = _before(lines, first)
    for number, following in pairwise([*heads, len(lines)]):
        end = following
        while end > number + 1 and not lines[end - 1].strip():
            end -= 1
        text = "\n".join(line for line in lines[number + 1 : end] if line.strip())
        match = _TIMES.fullmatch(lines[number])
        if match is None:
            kind = said("times that cannot be read, the cue is left out")
            source = f"{lines[number].strip()}\n{text}"
            remarks.append(Remark("ST105", number + 1, kind, source=source, fix=_FIX, severity="error"))
            continue
        times = match.groups()
        cue = Cue(_milliseconds(*times[:5]), _milliseconds(*times[5:]), text)
        blocks.append(Block(cue, number, end))
        remarks += _remarks(lines, number, end, first)
    return blocks, remarks


def _is_head(lines: Sequence[str], number: int, line: str) -> bool:
    """Whether a line holds the times of a cue, or after a blank line what was to be them."""
    if "," not in line or ":" not in line:
        return False
    if _TIMES.fullmatch(line):
        return True
    return _BROKEN.match(line) is not None and (number == 0 or not lines[number - 1].strip())


def _milliseconds(sign: str, hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    return 0 if sign else milliseconds(hours, minutes, seconds, fraction)


def _before(lines: Sequence[str], first: int) -> list[Remark]:
    stray = [(number, lines[number]) for number in range(first) if lines[number].strip()]
    if not stray:
        return []
    source = "\n".join(line for _, line in stray)
    detail = stray[0][1].strip()[:60]
    return [Remark("ST102", stray[0][0] + 1, "text before the first cue, left out", detail, source, "take it out")]


def _remarks(lines: Sequence[str], number: int, end: int, first: int) -> list[Remark]:
    """What is not as it should be about a cue whose times stand on line ``number``, counted from 0."""
    remarks = []
    if not _HEAD.fullmatch(f"{lines[number]}\n"):
        remarks.append(
            Remark("ST102", number + 1, "the times are not in SubViewer's form", source=lines[number], fix=_FIX)
        )
    if number > first and lines[number - 1].strip():
        remarks.append(Remark("ST102", number + 1, "no blank line before this cue", fix="put a blank line before it"))
    blank = next((place for place in range(number + 1, end) if not lines[place].strip()), None)
    if blank is not None:
        remarks.append(Remark("ST102", blank + 1, "a blank line in the text of a cue", fix="take it out"))
    return remarks


def _well_formed(text: str) -> Reading | None:
    """The cues of a text in which one blank line or more, and nothing else, ends each cue; None for any other."""
    parts = _HEAD.split(text)
    bodies = parts[3::3]
    if (
        parts[0]
        or not bodies
        or _BLANKS.search(text)
        or not all(body == "\n" or body.endswith("\n\n") for body in bodies[:-1])
    ):
        return None
    texts = [body.rstrip("\n") for body in bodies]
    if any(_is_doubtful(text) for text in texts):
        return None
    lines = accumulate((body.count("\n") + 1 for body in bodies[:-1]), initial=1)
    return Reading(tuple(map(Cue, read_stamps(parts[1::3]), read_stamps(parts[2::3]), texts)), tuple(lines), [])


def _is_doubtful(text: str) -> bool:
    """Whether a text holds blank lines, or what may be the times of another cue."""
    is_blank = "\n\n" in text or text[:1] == "\n"
    return is_blank or ("," in text and ":" in text and _ANY_TIMES.search(text) is not None)


def _times(cues: Sequence[Cue]) -> list[str]:
    starts, ends = ([getattr(cue, name) for cue in cues] for name in ("start_ms", "end_ms"))
    return [
        f"{start},{end}"
        for start, end in zip(written_stamps(starts, ".", "d"), written_stamps(ends, ".", "d"), strict=True)
    ]


def _harmless(text: str) -> str:
    """The text with lines that would be read as times given a semicolon for their comma."""
    if not _is_doubtful(text) and not _BLANKS.search(f"\n{text}"):
        return text
    lines = (line for line in text.split("\n") if line.strip())
    return "\n".join(
        line.replace(",", ";") if _TIMES.fullmatch(line) or _BROKEN.match(line) else line for line in lines
    )


_BLOCKS = BlockFormat("sbv", _well_formed, _parse, _times, _harmless)
SBV = register(Format("sbv", (".sbv",), _BLOCKS.read, _BLOCKS.write, _BLOCKS.rewrite))
