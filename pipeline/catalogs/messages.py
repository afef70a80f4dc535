"""Units to messages: equal texts share one, and each says in notes where it stands, for the person who translates it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from pipeline.model import Message, Unit
from pipeline.text.markup import plain

_SHORT = 60  # a text up to this length is hard to translate without its neighbours
_SHOWN = 40
_SPOKEN = 160  # characters that are shown of a sentence said before or after another
_MOST_TIMES = 3
_LOOKED_AT = 400  # characters of a text in which its first ones that are shown stand, whatever the markup
_new = tuple.__new__  # a named tuple of all its fields, in a third of the time that its own name takes
_context_and_text = attrgetter("context", "text")
_OUT_OF_LINE = frozenset(("front matter", "attribute", "heading"))  # what stands beside these explains nothing


def messages(units: Sequence[Unit]) -> list[Message]:
    """The messages of a page, in the order in which their texts first appear.

    Equal texts in equal context are one message with all its references.
    """
    places: dict[tuple[str | None, str], list[int]] = {}
    for index, key in enumerate(map(_context_and_text, units)):
        places.setdefault(key, []).append(index)
    notes = _Notes(units)
    return [
        _new(Message, (text, context, _references(units, indexes), notes.of(indexes), "", False))
        for (context, text), indexes in places.items()
    ]


def _references(units: Sequence[Unit], indexes: Sequence[int]) -> tuple[tuple[str, int], ...]:
    if len(indexes) == 1:  # as nearly all have
        return (units[indexes[0]][:2],)
    return tuple([units[index][:2] for index in indexes])


class _Excerpts(dict[str, str]):
    """Text to the beginning of what a reader sees of it; each is made once a page, and shown up to three times."""

    def __missing__(self, text: str) -> str:
        shown = plain(text if len(text) <= _LOOKED_AT else text[:_LOOKED_AT])
        if len(shown) > _SHOWN:
            shown = f"{shown[: _SHOWN - 1].rstrip()}…"
        self[text] = shown
        return shown


class _Notes:
    """What the messages of one page say about the places they stand at."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units, self.excerpts = units, _Excerpts()
        self.are_authors_notes = any(unit.note for unit in units)
        self.headers = {
            (unit.cell[0], unit.cell[2]): unit.text for unit in reversed(units) if unit.cell and unit.cell[1] == 1
        }

    def of(self, indexes: Sequence[int]) -> tuple[str, ...]:
        """The notes of the message that the units at ``indexes`` share."""
        first = indexes[0]
        unit = self.units[first]
        kind, section = unit.kind, unit.section
        if kind == "cue":
            return self._of_speech(indexes)
        is_out_of_line = kind in _OUT_OF_LINE
        where = description(unit, self._header(unit)) if is_out_of_line or unit.cell else kind
        if len(indexes) > 1:
            where += f", and in {len(indexes) - 1} more place{'s' * (len(indexes) > 2)}"
        if section and kind != "heading":
            where = f"{where} · section: {self.excerpts[section]}"
        is_clear = is_out_of_line or len(unit.text) > _SHORT
        notes = (where,) if is_clear else (where, self._neighbours(first))
        return (*self._authors_notes(indexes), *notes) if self.are_authors_notes else notes

    def _of_speech(self, indexes: Sequence[int]) -> tuple[str, ...]:
        """The times of a sentence that is said, and the sentences before and after it."""
        times = [self.units[index].note for index in indexes]
        if len(times) > _MOST_TIMES:
            times = [*times[:_MOST_TIMES], f"and {len(times) - _MOST_TIMES} more times"]
        before = [f"before it: {_excerpt(self.units[indexes[0] - 1].text)}"] if indexes[0] else []
        after = [f"after it: {_excerpt(each.text)}" for each in self.units[indexes[0] + 1 : indexes[0] + 2]]
        return (*times, *before, *after)

    def _authors_notes(self, indexes: Sequence[int]) -> Iterable[str]:
        return dict.fromkeys([self.units[index].note for index in indexes if self.units[index].note])

    def _header(self, unit: Unit) -> str:
        """The beginning of the first cell in the column of a cell, where that is another."""
        if not unit.cell or unit.cell[1] == 1:
            return ""
        return self.excerpts[self.headers.get((unit.cell[0], unit.cell[2]), "")]

    def _neighbours(self, index: int) -> str:
        units, excerpts = self.units, self.excerpts
        if 0 < index < len(units) - 1:  # at once, as for nearly all
            return f"before it: {excerpts[units[index - 1].text]} · after it: {excerpts[units[index + 1].text]}"
        if index:
            return f"before it: {excerpts[units[index - 1].text]}"
        return f"after it: {excerpts[units[1].text]}" if len(units) > 1 else ""


def _excerpt(text: str) -> str:
    return text if len(text) <= _SPOKEN else f"{text[: _SPOKEN - 1].rstrip()}…"


def description(unit: Unit, header: str = "") -> str:
    """What a unit is, in words: "heading 2", "table cell, row 5 column 2, header 课时内容", "front matter: subtitle"."""
    if unit.kind == "heading":
        return f"heading {unit.level}"
    if unit.kind == "front matter":
        return f"front matter: {unit.key}"
    if unit.kind == "attribute":
        return "text of an image" if unit.key == "alt" else f"attribute {unit.key}"
    if unit.cell:
        named = f", header {header}" if header else ""
        return f"table cell, row {unit.cell[1]} column {unit.cell[2]}{named}"
    return unit.kind
