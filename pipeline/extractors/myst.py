"""Directives of MyST (Jupyter Book, Sphinx): what in the lines that begin one is text, and which hold Markdown again.

A directive is a fence with a name in braces, then its options, then what it holds; see https://mystmd.org/guide/directives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extractors.spans import Span
from pipeline.text.lazily import lazily

_TITLED = (
    "admonition attention caution danger error example exercise hint important margin note seealso sidebar tip topic "
    "warning aside card deprecated dropdown epigraph grid-item-card highlights list-table pull-quote tab tab-item table "
    "toggle versionadded versionchanged prf:algorithm prf:assumption prf:axiom prf:conjecture prf:corollary "
    "prf:criterion prf:definition prf:example prf:lemma prf:observation prf:proof prf:property prf:proposition prf:remark "
    "prf:theorem"
).split()
_TITLES = frozenset(name.encode() for name in _TITLED)
_MARKDOWN = _TITLES | {b"div", b"figure", b"figure-md", b"grid", b"grid-item", b"solution", b"tab-set"}

_HEAD = lazily(rb"\{(?P<name>[\w:-]+)\}[ \t]*+(?P<title>[^\r\n]*)")
_OPTION = lazily(rb"\n[ \t>]*+:(?P<key>[\w-]+):(?:[ \t]++(?P<value>[^\r\n]*))?(?=\r?(?:\n|\Z))")
_YAML = lazily(rb"\n[ \t>]*+---[ \t]*+\r?\n(?:(?![ \t>]*+---)[^\n]*+\n)*+[ \t>]*+---[ \t]*+(?=\r?(?:\n|\Z))")
_TEXT_OPTIONS = frozenset((b"alt", b"caption", b"title"))


class Head(NamedTuple):
    """The lines that begin a directive: where they end, the texts in them, and whether it holds Markdown."""

    end: int
    spans: tuple[Span, ...]
    holds_markdown: bool


def directive_head(body: bytes, place: int) -> Head | None:
    r"""What begins behind the marks of a fence that end at ``place``; None where there is no name in braces.

    >>> page = b":::{tip} Read this\n:class: wide\nFirst.\n:::"
    >>> head = directive_head(page, 3)
    >>> page[head.end :], [page[span.start : span.end] for span in head.spans]
    (b'\nFirst.\n:::', [b'Read this'])
    """
    head = _HEAD.match(body, place)
    if not head:
        return None
    spans = []
    if title := head["title"].rstrip() if head["name"] in _TITLES else b"":
        spans.append(Span(head.start("title"), head.start("title") + len(title), "paragraph", "markdown"))
    end = body.find(b"\n", head.end())
    if end >= 0 and (yaml := _YAML.match(body, end)):
        return Head(yaml.end(), tuple(spans), head["name"] in _MARKDOWN)
    end = head.end()
    for option in _options(body, end):
        end = option.end()
        if option["key"] in _TEXT_OPTIONS and (value := (option["value"] or b"").rstrip()):
            start = option.start("value")
            spans.append(Span(start, start + len(value), "attribute", "markdown", key=option["key"].decode()))
    return Head(end, tuple(spans), head["name"] in _MARKDOWN)


def _options(body: bytes, place: int) -> Iterator[re.Match[bytes]]:
    """The lines of options behind the line that ends at ``place``."""
    place += body.startswith(b"\r", place)
    while option := _OPTION.match(body, place):
        yield option
        place = option.end() + body.startswith(b"\r", option.end())
