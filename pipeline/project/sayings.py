"""What is told of the texts of a page that is taken into a catalog."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.model import Unit
from pipeline.text.printable import excerpt
from pipeline.text.said import Said, said


class Saying(NamedTuple):
    """Something of a page that is told: the place, and what became of what stands there.

    ``is_lost`` says that the catalog does not say what stands there.
    """

    path: str
    line: int
    message: str
    is_lost: bool = True


def saying_of(block: Unit, message: str, *, is_lost: bool = True) -> Saying:
    """Return what became of a text, with the beginning of the text."""
    whole = said("{message}: {text}", message=message, text=short(block.text))
    return Saying(block.path, block.line, whole, is_lost)


def reason_in(message: str) -> str:
    """Return what a finding gives as the reason, without that the translation is left out."""
    why = message.values.get("why") if isinstance(message, Said) else None
    return why if isinstance(why, str) else message


def short(text: str) -> str:
    """Return the beginning of a text between quotes."""
    return f'"{excerpt(text, 40)}"'
