"""The mojibake of a page, undone stretch by stretch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.extractors.forms import text_of
from pipeline.extractors.spans import Span
from pipeline.text.mojibake import Mojibake, mojibake


class Repairs:
    """What the damaged ``runs`` of a page were meant to be, by their places in the page as UTF-8."""

    def __init__(self, text: str, runs: Sequence[Mojibake]) -> None:
        self._runs = runs
        self._starts: list[int] = []
        self._ends: list[int] = []
        offset = last = 0
        for run in runs:
            offset += len(text[last : run.start].encode("utf-8", "replace"))
            self._starts.append(offset)
            offset += len(run.before.encode("utf-8", "replace"))
            self._ends.append(offset)
            last = run.end

    def text(self, source: bytes, span: Span) -> str:
        """What a stretch of ``source`` says, with the damaged runs that lie in it as they were meant."""
        first, last = bisect_left(self._starts, span.start), bisect_right(self._ends, span.end)
        if span.text is not None:
            return _repaired(span.text, self._runs[first:last])
        pieces, place = list[bytes](), span.start
        for index in range(first, last):
            pieces += (source[place : self._starts[index]], self._runs[index].after.encode())
            place = self._ends[index]
        return text_of(b"".join([*pieces, source[place : span.end]]).decode("utf-8", "replace"), span.form)


def repairs(text: str, raw: bytes) -> Repairs | None:
    """The repairs of a page, which ``raw`` says in UTF-8; None where nothing in it is damaged."""
    runs = mojibake(text, raw)
    return Repairs(text, runs) if runs else None


def _repaired(text: str, runs: Sequence[Mojibake]) -> str:
    """A text that is not quite what the page writes, run by run."""
    pieces, place = list[str](), 0
    for run in runs:
        found = text.find(run.before, place)
        if found >= 0:
            pieces += (text[place:found], run.after)
            place = found + len(run.before)
    return "".join([*pieces, text[place:]])
