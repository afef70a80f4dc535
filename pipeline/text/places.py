"""Where something stands: lines and columns from 1, columns in code points; ``\\n``, ``\\r\\n`` and a lone ``\\r`` end a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

_LINE_END = re.compile(r"\r\n?|\n")
_LONE_RETURN = re.compile(rb"\r(?!\n)")


def with_line_feeds(source: bytes) -> bytes:
    r"""``source`` of the same length in which every line ends with a line feed: a lone ``\r`` has become one.

    >>> with_line_feeds(b"old\rnew\r\n")
    b'old\nnew\r\n'
    """
    return _LONE_RETURN.sub(b"\n", source) if b"\r" in source else source


class Lines:
    """The lines of a text, found once: the place of an offset takes no walk through the text.

    >>> Lines("one\\r\\ntwo").place(6)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def places(source: bytes, offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
    r"""Lines and columns of byte offsets in UTF-8 with line feeds, quick where each stands behind those before it.

    >>> list(places("讲 one\ntwo".encode(), [4, 9]))
    [(1, 3), (2, 2)]
    """
    place, line, column = 0, 1, 1
    for offset in offsets:
        if offset < place:
            place = source.rfind(b"\n", 0, offset) + 1
            line, column = source.count(b"\n", 0, place) + 1, 1
        newline = source.rfind(b"\n", place, offset)
        if newline >= 0:
            line += source.count(b"\n", place, newline + 1)
            place, column = newline + 1, 1
        passed = source[place:offset]
        column += len(passed) if passed.isascii() else len(passed.decode("utf-8", "replace"))
        place = offset
        yield line, column
