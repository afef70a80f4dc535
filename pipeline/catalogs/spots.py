"""Where in the file of a catalog a character of a translation stands: translators jump there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polib

from pipeline.catalogs.message import SourcedMessage
from pipeline.catalogs.strings import quoted, unescaped
from pipeline.model import Change, Edit, Spot

_MSGSTR = re.compile(r"^[ \t]*msgstr(?:[ \t]*\[[ \t]*([0-9]+)[ \t]*\])?(?=[ \t\r\n\"])", re.MULTILINE)
_LITERAL = re.compile(r'[ \t\r\n\f\v]*+"([^"\\\n]*+(?:\\.[^"\\\n]*+)*+)"', re.DOTALL)
_PART = re.compile(r'((?:\\[abfnrtv"\\])++)|(?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]++))++|\\.|[^\\]++', re.DOTALL)

_BYTES = re.compile(r"\\[0-7x]")


def place_of(message: polib.POEntry, form: int = -1, offset: int | None = None) -> tuple[int, int]:
    """Return line and column, from 1 and in code points, of a character of a translation in the file.

    ``offset`` counts the code points of the text as it is read, escapes undone; None is the ``msgstr`` itself, of the
    plural ``form`` unless that is -1. Where it cannot be told, it is the line of the msgid (0 for a message of no file).
    """
    if not isinstance(message, SourcedMessage):
        return message.linenum or 0, 1
    text = message.text
    keyword = next((each for each in _MSGSTR.finditer(text) if int(each[1] or -1) == form), None)
    if keyword is None:
        return message.linenum or 0, 1
    inside = keyword.start() if offset is None else _inside(text, keyword.end(), offset, message.source.charset)
    place = message.start + inside
    return message.source.line_at(place), message.source.column_at(place)


def end_of(message: polib.POEntry, form: int, spot: Spot) -> tuple[int, int]:
    """Return line and column behind the last character of a spot of a translation, on the line of that character."""
    start, end = spot
    line, column = place_of(message, form, max(start, end - 1))
    behind = place_of(message, form, end)
    return behind if behind[0] == line else (line, column + 1)


def change_of(message: polib.POEntry, form: int, before: str, edit: Edit) -> Change | None:
    """Return what an edit of a translation, which is ``before``, changes in the file.

    None where the file writes characters as numbers, or in another way than they are counted.
    """
    if not isinstance(message, SourcedMessage) or _BYTES.search(message.text) or _MSGSTR.search(message.text) is None:
        return None
    start, end = changed(before, edit.text)
    new = edit.text[start : len(edit.text) - (len(before) - end)]
    return Change(*place_of(message, form, start), *place_of(message, form, end), quoted(new)[1:-1])


def changed(before: str, after: str) -> Spot:
    """Return start and end of what of ``before`` is not in ``after``."""
    shorter = min(len(before), len(after))
    start = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    behind = shorter - start
    same = next((count for count in range(behind) if before[-1 - count] != after[-1 - count]), behind)
    return start, len(before) - same


def _inside(text: str, start: int, offset: int, charset: str) -> int:
    """Where in ``text`` the character stands whose strings begin at ``start``; for one behind the last, the last quote."""
    end = start
    for first, literal in _literals(text, start):
        length = len(unescaped(literal, charset))
        if offset < length:
            return first + _raw_offset(literal, offset, charset)
        offset -= length
        end = first + len(literal)
    return end


def _literals(text: str, position: int) -> Iterator[tuple[int, str]]:
    while found := _LITERAL.match(text, position):
        yield found.start(1), found[1]
        position = found.end()


def _raw_offset(literal: str, offset: int, charset: str) -> int:
    """The place in a string, with its escapes, of a character of what it says."""
    if "\\" not in literal:
        return offset
    for part in _PART.finditer(literal):
        width = 2 if part[1] else 1  # of one character: a million escapes are not read one by one
        length = len(part[0]) // 2 if part[1] else len(unescaped(part[0], charset))
        if offset < length:
            return part.start() + (offset * width if length * width == len(part[0]) else 0)
        offset -= length
    return len(literal)
