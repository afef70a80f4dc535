"""Old translations by the parts of their texts, for pages that are cut into messages in another way than before."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from typing import NamedTuple

from pipeline.catalogs.parts import Piece, pieces, sentence_pieces, unwrapped
from pipeline.catalogs.similar import Text, matches
from pipeline.text.markup import plain
from pipeline.text.script import spacing_free

_PLACEHOLDER = re.compile(r"\{\d+\}")  # the Translate Toolkit's marks around inline markup


class Known(NamedTuple):
    """An old message: its index, its text and its translation."""

    number: int
    source: str
    target: str


class Found(NamedTuple):
    """What fits a new text: the old message, the part of its text, what that is translated as, and whether surely so.

    ``is_whole`` says that it is the whole message but for marks and tags around it.
    """

    number: int
    source: str
    target: str
    is_certain: bool
    is_whole: bool = False


class Parts:
    """The old messages, whole but for the marks of their block, and their cells, items and lines."""

    def __init__(self, messages: Iterable[Known]) -> None:
        self.known = [(message, piece) for message in messages for piece in pieces(message.source, message.target)]
        self._exact = self._by(unwrapped)
        self._loose = self._by(_loose)

    def find(self, text: str) -> Found | None:
        """Return what has the same text on one line, blanks aside, else what has it with other markup."""
        if "\n" in text.strip():  # lines that were kept apart mean something: code, verses
            return None
        found = self._exact.get(unwrapped(text), ())
        is_certain = len({piece.target for _, piece in found}) == 1
        if not found and (key := _loose(text)):
            found = self._loose.get(key, ())
        for message, piece in found:
            return Found(message.number, piece.source, piece.target, is_certain and piece.is_certain, piece.is_whole)
        return None

    def similar(self, texts: Iterable[str], taken: Container[tuple[int, str]]) -> list[tuple[int, Found]]:
        """Return the positions of the texts that are similar to a part of a message that is not taken, and that part."""
        parts = [
            (message, piece)
            for message, piece in self.known
            if not piece.is_whole and (message.number, piece.source) not in taken
        ]
        found = matches([Text(text) for text in texts], [Text(piece.source) for _, piece in parts])
        chosen = [(match.new, *parts[match.old]) for match in found]
        return [
            (number, Found(message.number, piece.source, piece.target, is_certain=False))
            for number, message, piece in chosen
        ]

    def _by(self, key_of: Callable[[str], str]) -> dict[str, list[tuple[Known, Piece]]]:
        found: dict[str, list[tuple[Known, Piece]]] = {}
        for message, piece in self.known:
            found.setdefault(key_of(piece.source), []).append((message, piece))
        return found


def found_sentences(messages: Iterable[Known]) -> dict[str, Found]:
    """Return the sentences of the messages whose translations have as many, by their texts without blanks."""
    found: dict[str, Found] = {}
    for message in messages:
        for piece in sentence_pieces(message.source, message.target):
            found.setdefault(
                spacing_free(piece.source), Found(message.number, message.source, piece.target, is_certain=False)
            )
    return found


def _loose(text: str) -> str:
    return spacing_free(plain(_PLACEHOLDER.sub("", text))).casefold()
