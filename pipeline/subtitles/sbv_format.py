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

_STAMP = r"(?:([0-9]{1,9}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.]([0-9]{1,9}))?"
_TIMES = re.compile(rf"\s*{_STAMP}\s*,\s*{_STAMP}\s*")
_SHORT = r"([0-9]{1,9}:[0-5][0-9]:[0-5][0-9]\.[0-9]{3})"
_HEAD = re.compile(rf"^{_SHORT},{_SHORT}\n", re.MULTILINE)
_ANY_TIMES = re.compile(r"[0-9]:[0-9]{1,2}(?:\.[0-9]{1,9})?\s*,\s*[0-9]")
_BLANKS = re.compile(r"\n[^\S\n]+(?:\n|$)")


def _parse(lines: Sequence[str]) -> tuple[list[Block], list[Remark]]:
    found = [(number, match) for number, line in enumerate(lines) if (match := _TIMES.fullmatch(line))]
    blocks, remarks = [], []
    first = found[0][0] if found else 0
    if stray := [number for number in range(first) if lines[number].strip()]:
        kind, source = "text before the first cue, left out", "\n".join(lines[number] for number in stray)
        remarks.append(Remark("ST102", stray[0] + 1, kind, lines[stray[0]].strip()[:60], source, "take it out"))
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
    return "\n".join(line.replace(",", ";") if _TIMES.fullmatch(line) else line for line in lines)


_BLOCKS = BlockFormat("sbv", _well_formed, _parse, _times, _harmless)
SBV = register(Format("sbv", (".sbv",), _BLOCKS.read, _BLOCKS.write, _BLOCKS.rewrite))
