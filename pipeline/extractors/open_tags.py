"""Which tags belong together, found without looking twice at any: pages open a hundred thousand elements and close none."""

from __future__ import annotations

import re
from collections.abc import Collection

_DEEPEST = 10_000


class OpenTags:
    """The elements that are open at a point of a page, outermost first; a place counts from 0.

    ``walls`` are the names of elements that a search may not leave, ``kinds`` those that `innermost_kind` looks for.
    """

    def __init__(self, walls: Collection[bytes] = (), kinds: Collection[bytes] = ()) -> None:
        self._walls, self._kinds = walls, kinds
        self._open: list[tuple[bytes, bool]] = []
        self._places: dict[bytes, list[int]] = {}
        self._block_places: list[int] = []
        self._wall_places: list[int] = []
        self._kind_places: list[int] = []

    def open(self, name: bytes, is_block: bool) -> None:
        """Open an element inside all others; one that is nested deeper than any page is passes unnoticed."""
        place = len(self._open)
        if place == _DEEPEST:
            return
        self._open.append((name, is_block))
        self._places.setdefault(name, []).append(place)
        if is_block:
            self._block_places.append(place)
        if name in self._kinds:
            self._kind_places.append(place)
        if name in self._walls:
            self._wall_places.append(place)

    def close(self, place: int) -> None:
        """Close the element at ``place`` and all inside it."""
        while len(self._open) > place:
            name, is_block = self._open.pop()
            self._places[name].pop()
            if is_block:
                self._block_places.pop()
            if name in self._kinds:
                self._kind_places.pop()
            if name in self._walls:
                self._wall_places.pop()

    def is_block(self, place: int) -> bool:
        """Whether the element at ``place`` is a block."""
        return self._open[place][1]

    def place(self, name: bytes) -> int | None:
        """Where the innermost open ``name`` stands."""
        places = self._places.get(name)
        return places[-1] if places else None

    def place_in_block(self, name: bytes) -> int | None:
        """Where it stands if no block is open inside it."""
        return self._within(name, self._block_places)

    def place_in_wall(self, name: bytes) -> int | None:
        """Where it stands if no wall is open inside it."""
        return self._within(name, self._wall_places)

    def innermost_kind(self) -> bytes | None:
        """The name of the innermost element among ``kinds``."""
        return self._open[self._kind_places[-1]][0] if self._kind_places else None

    def _within(self, name: bytes, walls: list[int]) -> int | None:
        place = self.place(name)
        return None if place is None or (walls and walls[-1] > place) else place


_RAW = frozenset((b"script", b"style", b"textarea", b"iframe", b"noframes"))  # what stands in them is no element


def element_ends(source: bytes, name: bytes, start: int, end: int) -> dict[int, int]:
    """Offset of each start tag ``name`` in ``source[start:end]`` → offset behind the end tag that closes it."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    tag = re.compile(rb"<(/?)" + re.escape(name) + rb"""\b(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""", re.IGNORECASE)
    for match in tag.finditer(source, start, end):
        if match[1]:
            if opened:
                ends[opened.pop()] = match.end()
        elif not opened or name not in _RAW:
            opened.append(match.start())
    return ends
