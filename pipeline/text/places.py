"""Where something stands: lines and columns from 1, columns in code points; ``\\n``, ``\\r\\n`` and a lone ``\\r`` end a line."""

from __future__ import annotations

import re
from bisect import bisect_right

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


class Cursor:
    """Lines and columns of byte offsets in UTF-8 with line feeds, quick where each is asked for after those before it."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._offset, self._line, self._column = 0, 1, 1

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a byte offset."""
        source = self._source
        if offset < self._offset:
            self._offset = source.rfind(b"\n", 0, offset) + 1
            self._line, self._column = source.count(b"\n", 0, self._offset) + 1, 1
        newline = source.rfind(b"\n", self._offset, offset)
        if newline >= 0:
            self._line += source.count(b"\n", self._offset, newline + 1)
            self._offset, self._column = newline + 1, 1
        passed = source[self._offset : offset]
        self._column += len(passed) if passed.isascii() else len(passed.decode("utf-8", "replace"))
        self._offset = offset
        return self._line, self._column
