"""What a text of a handout consists of: nodes in which nothing is that could run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

BLANKS = re.compile(r"[^\S\u3000]+")
"""Blanks that a browser shows as one; the wide one of Chinese stays."""

Style = Literal["emphasis", "strong", "strike", "subscript", "superscript"]


@dataclass(frozen=True, slots=True)
class Text:
    """Letters as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Code within a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """TeX; ``is_display`` where it stands on lines of its own."""

    tex: str
    is_display: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line."""


@dataclass(frozen=True, slots=True)
class Styled:
    """Nodes in a style."""

    style: Style
    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Nodes that lead somewhere; ``url`` has a harmless scheme or none."""

    url: str
    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; ``source`` is an address with a harmless scheme or a path."""

    source: str
    alt: str


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where a footnote belongs."""

    label: str


Inline = Text | Code | Math | Break | Styled | Link | Image | NoteMark
Inlines = tuple[Inline, ...]


def plain_text(nodes: Sequence[Inline]) -> str:
    """What a reader reads of the nodes, on one line."""
    return BLANKS.sub(" ", "".join(map(letters_of, nodes))).strip()


def letters_of(node: Inline) -> str:
    """What a reader reads of a node, blanks as they are."""
    match node:
        case Text(text) | Code(text):
            return text
        case Math(tex):
            return tex
        case Image(alt=alt):
            return alt
        case Styled(inside=inside) | Link(inside=inside):
            return "".join(map(letters_of, inside))
        case Break():
            return " "
        case NoteMark():
            return ""
