"""Translations that something else suggests for messages, and how they are filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polib

from pipeline.catalogs.message import translations
from pipeline.catalogs.worddiff import ALIGNED

_ORIGIN = re.compile(
    r"from (?:the (?:English|Chinese) half of this text$|(?:the label of )?\S.*:[0-9]+: (?:certain|please check))"
)


@dataclass(frozen=True, slots=True)
class Prefill:
    """A translation that something other than a person suggests; ``note`` says where it comes from.

    Without a ``text``, the note is put beside what has no translation.
    """

    text: str
    fuzzy: bool = True
    note: str = ""


def is_helpful(message: polib.POEntry, suggestion: Prefill) -> bool:
    """Whether a note helps: what was suggested stands there, and nobody has looked; or nothing does, and the note is all."""
    if not suggestion.text:
        return not translations(message)
    return suggestion.text in translations(message) and (message.fuzzy or not suggestion.note.startswith(ALIGNED))


def without_aligned(comment: str) -> str:
    """The notes of a message without those of an alignment that is made anew."""
    return "\n".join(line for line in comment.split("\n") if not line.startswith(ALIGNED))


def origins_in(comment: str) -> Iterator[str]:
    """Yield the notes of a message that say from which part of its course the translation is."""
    return (line for line in comment.split("\n") if _ORIGIN.match(line))


def write_prefill(message: polib.POEntry, suggestion: Prefill) -> None:
    """Fill a message in, as fuzzy where the suggestion is."""
    if message.msgid_plural:
        message.msgstr_plural = message.msgstr_plural | {0: suggestion.text}
    else:
        message.msgstr = suggestion.text
    if suggestion.fuzzy and "fuzzy" not in message.flags:
        message.flags = ["fuzzy", *message.flags]
