"""What a page says to bilect in its comments: `<!-- bilect:off -->` … `on`, `skip`, `note text`, `context text`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.model import Unit

_DIRECTIVE = re.compile(rb"<!--\s*bilect:(?P<word>off|on|skip|note|context)\b[ \t]*(?P<text>[^\n]{0,500}?)\s*-->")


def directed(source: bytes, blocks: Sequence[Unit]) -> tuple[tuple[Unit, ...], frozenset[int]]:
    """``blocks`` with the notes and contexts that the page gives them, and the starts of those that it keeps to itself.

    ``off`` counts up to the next ``on`` or the end of the page. ``skip``, ``note`` and ``context`` are about the next
    block; ``skip`` before a table is about the whole table.
    """
    if b"bilect:" not in source:
        return tuple(blocks), frozenset()
    starts = [block.start for block in blocks]
    changed, off = list(blocks), -1
    skipped: set[int] = set()
    for match in _DIRECTIVE.finditer(source):
        word, text = match["word"], match["text"].decode("utf-8", "replace").strip()
        index = bisect_left(starts, match.end())
        if word == b"off":
            off = index if off < 0 else off
        elif word == b"on":
            skipped.update(starts[off:index] if off >= 0 else ())
            off = -1
        elif index == len(starts):
            continue
        elif word == b"skip":
            skipped.update(_skipped(changed, index))
        elif word == b"note":
            changed[index] = changed[index]._replace(note=text)
        else:
            changed[index] = changed[index]._replace(context=text or None)
    skipped.update(starts[off:] if off >= 0 else ())
    return tuple(changed), frozenset(skipped)


def _skipped(blocks: Sequence[Unit], index: int) -> list[int]:
    """The starts of a block and of all cells of its table."""
    block = blocks[index]
    if not block.cell:
        return [block.start]
    return [other.start for other in blocks[index:] if other.cell and other.cell[0] == block.cell[0]]
