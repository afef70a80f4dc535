"""The addresses in a page, as Markdown and HTML write them, and the anchors that it offers to links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from pipeline.text.markup import TAG, without_code

_DESTINATION = re.compile(
    r"(?<=\])\([ \t]*(?:<(?P<pointed>[^<>\n]*)>|(?P<bare>(?:[^()\s\\<]|\\.|\((?:[^()\s\\]|\\.)*\))+))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*\)"
    r"|^[ ]{0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*<?(?P<defined>[^\s<>]+)>?",
    re.MULTILINE,
)
_ADDRESS = re.compile(
    r"""\s(?:href|src|poster)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>=`]+))""", re.IGNORECASE
)
_ID = re.compile(r"""\s(?:id|name)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""", re.IGNORECASE)
_WRITTEN_ID = re.compile(r"\{:?[^{}\n]*?#([^\s{}]+)[^{}\n]*\}|^\(([^()\s]+)\)=\s*$|(?<=\s)\^([\w-]+)\s*$", re.MULTILINE)


class Link(NamedTuple):
    """An address; ``start`` and ``end`` are its place in the text of the page, in code points."""

    start: int
    end: int
    target: str


def links(text: str) -> Iterator[Link]:
    """The addresses of links and images of a page, Markdown before HTML; those in code and comments are none."""
    shown = without_code(text)
    for match in _DESTINATION.finditer(shown) if "](" in shown or "]:" in shown else ():
        group = next(name for name in ("pointed", "bare", "defined") if match[name] is not None)
        yield Link(*match.span(group), match[group])
    for tag in TAG.finditer(shown) if "<" in shown else ():
        for match in _ADDRESS.finditer(tag[0]):
            group = next(name for name in ("double", "single", "bare") if match[name] is not None)
            first, last = match.span(group)
            yield Link(tag.start() + first, tag.start() + last, match[group])


def written_anchors(text: str) -> frozenset[str]:
    """The ids that a page writes itself: of its tags, its headings (``{#id}``) and its blocks."""
    shown = without_code(text)
    found = {match[match.lastindex or 0] for match in _WRITTEN_ID.finditer(shown)}
    for tag in TAG.finditer(shown) if "<" in shown else ():
        found.update(match[match.lastindex or 0] for match in _ID.finditer(tag[0]))
    return frozenset(found)


def anchor_of(target: str) -> str:
    """The anchor of an address in the page itself, as its id is written; empty where it leads elsewhere.

    >>> anchor_of("#%E8%AF%BE"), anchor_of("other.md#x")
    ('课', '')
    """
    return unquote(target[1:]) if target.startswith("#") else ""
