"""SubViewer as YouTube writes it: ``0:00:01.000,0:00:02.500``, the text, a blank line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import Cue
from pipeline.subtitles.blocks import Block, BlockFormat, milliseconds, stamp
from pipeline.subtitles.formats import Format, register
from pipeline.subtitles.track import Remark

_STAMP = r"(?:([0-9]{1,7}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.]([0-9]{1,9}))?"
_TIMES = re.compile(rf"\s*{_STAMP}\s*,\s*{_STAMP}\s*")


def _parse(lines: Sequence[str]) -> tuple[list[Block], list[Remark]]:
    found = [(number, match) for number, line in enumerate(lines) if (match := _TIMES.fullmatch(line))]
    blocks, remarks = [], []
    first = found[0][0] if found else 0
    if stray := [number for number in range(first) if lines[number].strip()]:
        detail = lines[stray[0]].strip()[:60]
        remarks.append(Remark("ST102", stray[0] + 1, "text before the first cue, left out", detail, fix="take it out"))
    for (number, match), (following, _) in pairwise([*found, (len(lines), None)]):
        end = following
        while end > number + 1 and not lines[end - 1].strip():
            end -= 1
        body = lines[number + 1 : end]
        if any(not line.strip() for line in body):
            remarks.append(Remark("ST102", number + 1, "a blank line in the text of a cue", fix="take it out"))
        if match:
            times = match.groups()
            text = "\n".join(line for line in body if line.strip())
            blocks.append(Block(Cue(milliseconds(*times[:4]), milliseconds(*times[4:]), text), number, end))
    return blocks, remarks


def _times(cue: Cue) -> str:
    return f"{stamp(cue.start_ms, 'd')},{stamp(cue.end_ms, 'd')}"


def _harmless(text: str) -> str:
    """The text with lines that would be read as times given a semicolon for their comma."""
    lines = (line for line in text.split("\n") if line.strip())
    return "\n".join(line.replace(",", ";") if _TIMES.fullmatch(line) else line for line in lines)


_BLOCKS = BlockFormat("sbv", _parse, _times, _harmless)
SBV = register(Format("sbv", (".sbv",), _BLOCKS.read, _BLOCKS.write, _BLOCKS.rewrite))
