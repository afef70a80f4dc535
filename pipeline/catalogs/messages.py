"""Units to messages: equal texts share one, and each says in notes where it stands, for the person who translates it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.model import Message, Unit
from pipeline.text.markup import plain

_SHORT = 60  # a text up to this length is hard to translate without its neighbours
_SHOWN = 40


def messages(units: Sequence[Unit]) -> list[Message]:
    """The messages of a page, in the order in which their texts first appear.

    Equal texts in equal context are one message with all its references.
    """
    places: dict[tuple[str | None, str], list[int]] = {}
    for index, unit in enumerate(units):
        places.setdefault((unit.context, unit.text), []).append(index)
    headers = {(unit.cell[0], unit.cell[2]): unit.text for unit in reversed(units) if unit.cell and unit.cell[1] == 1}
    return [
        Message(
            text,
            context,
            tuple((units[index].path, units[index].line) for index in indexes),
            tuple(_notes(units, indexes, headers)),
        )
        for (context, text), indexes in places.items()
    ]


def _notes(units: Sequence[Unit], indexes: Sequence[int], headers: dict[tuple[int, int], str]) -> Iterable[str]:
    unit = units[indexes[0]]
    yield from dict.fromkeys(units[index].note for index in indexes if units[index].note)
    where = description(unit, headers.get((unit.cell[0], unit.cell[2]), "") if unit.cell else "")
    more = f", and in {len(indexes) - 1} more place{'s' * (len(indexes) > 2)}" if len(indexes) > 1 else ""
    section = f" · section: {_excerpt(unit.section)}" if unit.section and unit.kind != "heading" else ""
    yield f"{where}{more}{section}"
    if len(unit.text) <= _SHORT and unit.kind not in {"front matter", "attribute", "heading"}:
        before = units[indexes[0] - 1].text if indexes[0] else ""
        after = units[indexes[0] + 1].text if indexes[0] + 1 < len(units) else ""
        yield " · ".join(
            f"{side}: {_excerpt(text)}" for side, text in (("before it", before), ("after it", after)) if text
        )


def description(unit: Unit, header: str = "") -> str:
    """What a unit is, in words: "heading 2", "table cell, row 5 column 2, header 课时内容", "front matter: subtitle"."""
    if unit.kind == "heading":
        return f"heading {unit.level}"
    if unit.kind == "front matter":
        return f"front matter: {unit.key}"
    if unit.kind == "attribute":
        return "text of an image" if unit.key == "alt" else f"attribute {unit.key}"
    if unit.cell:
        named = f", header {_excerpt(header)}" if header and unit.cell[1] > 1 else ""
        return f"table cell, row {unit.cell[1]} column {unit.cell[2]}{named}"
    return unit.kind


def _excerpt(text: str) -> str:
    shown = plain(text)
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1].rstrip()}…"
