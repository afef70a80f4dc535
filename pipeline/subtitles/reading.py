"""How much of a sentence can be read in its time, as the note to its translator says it."""

from __future__ import annotations

import re

_ROOM = re.compile(r"^time \S+ · (\d+) characters can be read in it$", re.MULTILINE)


def reading_note(span: str, room: int) -> str:
    """Return the note that a sentence is shown for a ``span`` like ``0:12–0:15``, in which ``room`` characters can be read."""
    return f"time {span} · {room} characters can be read in it"


def rooms_in(notes: str) -> list[int]:
    """Return how many characters can be read at each place of a sentence that its notes, one a line, tell of.

    >>> rooms_in("time 0:12–0:15 · 27 characters can be read in it\\nafter it: Why?")
    [27]
    """
    return [int(room) for room in _ROOM.findall(notes)] if "can be read in it" in notes else []
