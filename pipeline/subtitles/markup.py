"""The markup inside the texts of cues, and what is left of it in another format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.model import Cue

_TAG = re.compile(
    r"</?(b|i|u|s|font|c|v|lang|ruby|rt)(?=[\s.>])[^<>]*>|<[0-9]{2,}:[0-9:.]+>|\{\\[^{}]*\}", re.IGNORECASE
)
_KEPT = {"srt": frozenset({"b", "i", "u", "s", "font"}), "vtt": frozenset({"b", "i", "u"})}


def converted(cues: Iterable[Cue], before: str, after: str) -> tuple[Cue, ...]:
    """The cues of one format for another: without the markup that it does not know; the words are all kept."""
    if before == after:
        return tuple(cues)
    kept = _KEPT.get(after, frozenset())

    def left(match: re.Match[str]) -> str:
        return match[0] if (match[1] or "").lower() in kept else ""

    return tuple(replace(cue, text=_TAG.sub(left, cue.text)) for cue in cues)
