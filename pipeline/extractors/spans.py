"""The stretches that the readers of front matter, Markdown and HTML find in the bytes of a page."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipeline.model import Kind
from pipeline.text.said import said

# How a stretch is written in its page, so how a translation must be written there.
Form = Literal[
    "markdown", "cell", "alt", "label", "html", "attribute",
    "yaml plain", "yaml single", "yaml double", "yaml literal", "yaml folded", "toml basic", "toml literal",
    "code", "code text",
]  # fmt: skip


MOST_SPANS = 300_000  # a thousand course pages together have a third of that


class TooManySpansError(Exception):
    """A page holds more than ``MOST_SPANS`` stretches, or what they stand in is nested too deep; the message says so."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or said("a page of more than {number:,} headings, paragraphs and cells is not read", number=MOST_SPANS)
        )


class Span(NamedTuple):
    """``data[start:end]`` of a page, before it is decoded.

    ``cell`` is (byte offset of the table, row, column), rows and columns from 1; ``text`` is given where it is not
    simply the decoded bytes; ``key`` is a front matter key or the name of an attribute.
    """

    start: int
    end: int
    kind: Kind
    form: Form
    level: int = 0
    cell: tuple[int, int, int] | None = None
    key: str = ""
    text: str | None = None
