"""How wide a text is on a terminal."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def display_width(text: str) -> int:
    """The columns a text takes on a terminal: 2 for a Han or full-width character, 0 for a combining one."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=8192)  # a text has few different characters
def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1
