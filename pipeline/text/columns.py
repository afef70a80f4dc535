"""Text in columns of a terminal, where a Han character takes two."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.text.width import display_width

_NEVER_FIRST = frozenset("，。、；：？！）】》〉」』”’…—～·,.;:?!)]}%")
_NEVER_LAST = frozenset("（【《〈「『“‘([{")


def wrapped(text: str, columns: int) -> list[str]:
    """Return the lines of ``text``, one or more, none wider than ``columns`` (2 at least).

    Lines break at blanks and between Han characters, not before a closing mark nor behind an opening one; a word that is
    wider than the line is cut.

    >>> wrapped("机器学习, part 1", 8)
    ['机器学', '习, part', '1']
    """
    lines = [""]
    for piece in _pieces(text):
        for part in _cut(piece, columns):
            if lines[-1] and display_width(lines[-1] + part.rstrip()) > columns:
                lines.append("")
            lines[-1] += part
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterator[str]:
    """The parts of ``text`` between which a line may end, each with the blanks behind it."""
    start = 0
    for place in range(1, len(text)):
        if _may_end(text[place - 1], text[place]):
            yield text[start:place]
            start = place
    yield text[start:]


def _may_end(before: str, after: str) -> bool:
    if after.isspace() or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before.isspace() or display_width(before) == 2 or display_width(after) == 2


def _cut(piece: str, columns: int) -> list[str]:
    """``piece`` in parts that fit; the last has the blanks behind it."""
    parts = [""]
    for character in piece:
        if not character.isspace() and display_width(parts[-1] + character) > columns:
            parts.append("")
        parts[-1] += character
    return parts
