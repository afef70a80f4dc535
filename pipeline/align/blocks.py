"""What a block of Markdown is, for whoever looks for its like: its kind, its prose, its marks."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from pipeline.text.lazily import lazily
from pipeline.text.markup import IMAGE, URL, prose
from pipeline.text.script import display_width, narrowed

__all__ = ["Block", "Form", "block_of"]

Form = Literal["heading", "list item", "table", "code", "image", "quote", "definition", "formula", "paragraph"]

_MOST = 4_000  # characters of a block that are read: more tell no more
_FENCE = lazily(r"\s{0,3}(?:```|~~~)")
_FORMULA_BLOCK = lazily(r"\s*(?:\$\$.+\$\$|\\\[.+\\\])\s*", re.DOTALL)
_STARTS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("heading", lazily(r"\s{0,3}(#{1,6})\s|<h([1-6])\b", re.IGNORECASE)),
    ("code", _FENCE),
    ("definition", lazily(r"\s{0,3}\[[^\]\n]+\]:\s")),
    ("list item", lazily(r"\s*(?:[-*+]|\d{1,3}[.)])\s")),
    ("table", lazily(r"\s*\|.*\||<table\b", re.IGNORECASE)),
    ("quote", lazily(r"\s{0,3}>")),
    ("formula", _FORMULA_BLOCK),
)
_SETEXT = lazily(r"\S[^\n]*\n\s{0,3}(=+|-{2,})\s*")
_MARK = lazily(r"^\s*(?:#{1,6}\s+|[-*+]\s+|>\s*)+|^\s*\d{1,3}[.)]\s+|\s+#+\s*$")
_PICTURE = lazily(r"<img\b[^<>]*>|!\[\[[^\[\]\n]*\]\]", re.IGNORECASE)
_PICTURE_FILE = lazily(r"[\w%.-]+\.(?:png|jpe?g|gif|svg|webp|bmp)", re.IGNORECASE)
_TARGET = lazily(
    r"\]\(<?([^()\s<>]+)|(?:href|src)\s*=\s*[\"']([^\"']+)|\]\[([^\]\n]+)\]|\[\[([^\[\]|\n]+)", re.IGNORECASE
)
_CODE = lazily(r"(?<!`)`([^`\n]+)`(?!`)|<code>([^<]+)</code>")
_FORMULA = lazily(r"\$\$(.+?)\$\$|\$([^\s$](?:[^$\n]*[^\s$])?)\$(?!\d)", re.DOTALL)
_NAMED = lazily(r"\[\^[^\]\s]+\]|\{#[^{}\s]+\}|^\s{0,3}(\[[^\]\n]+\]:)")
_SYMBOLS = lazily(r"[\u2190-\u2bff\U0001f300-\U0001faff]+")
_LABEL = lazily(r"([^:.!?。！？]{2,40}?)\s?[*_]{0,2}:")
_NUMBER = lazily(r"(?:§\s*)?(\d+(?:\.\d+)+)")


class Block(NamedTuple):
    """A block taken apart.

    ``level`` is that of a heading, else 0; ``text`` its prose in half-width punctuation; ``marks`` what no translator
    changes: addresses, files, code, formulas, ids, symbols; ``label`` what stands before a colon at its start, or a
    whole heading; ``width`` the columns of its prose.
    """

    form: Form
    level: int
    text: str
    marks: frozenset[str]
    label: str
    width: int


def block_of(source: str) -> Block:
    """The block that a piece of Markdown source is.

    >>> block = block_of("## See [the notes](https://example.org/n1)")
    >>> block.form, block.level, sorted(block.marks)
    ('heading', 2, ['example.org/n1'])
    """
    short = source[:_MOST]
    form, level = _form(short)
    text = short if form == "code" else prose(_MARK.sub("", short))
    plain = narrowed(text)
    label = plain if form == "heading" else found[1] if (found := _LABEL.match(plain)) else ""
    return Block(form, level, plain, frozenset(_marks(short)), label.strip(" *_"), display_width(plain))


def _form(source: str) -> tuple[Form, int]:
    for form, start in _STARTS:
        if found := start.match(source):
            level = len(found[1]) if form == "heading" and found[1] else int(found[2]) if form == "heading" else 0
            return form, level
    if found := _SETEXT.fullmatch(source):
        return "heading", 1 if found[1][0] == "=" else 2
    if IMAGE.match(source.lstrip()) or _PICTURE.search(source[:400]):
        return "image", 0
    return "paragraph", 0


def _marks(source: str) -> set[str]:
    marks = {_address(url) for url in URL.findall(source)}
    for pattern in (_TARGET, _CODE, _FORMULA, _NAMED):
        for found in pattern.finditer(source):
            text = next((group for group in found.groups() if group), found[0])
            marks.add(_address(text) if pattern is _TARGET else "".join(text.split()))
    marks.update(name.casefold() for name in _PICTURE_FILE.findall(source))
    marks.update(_SYMBOLS.findall(source))
    marks.update(_NUMBER.findall(source[:80]))
    return marks - {""}


def _address(url: str) -> str:
    """An address without what does not tell pages apart: scheme, www, a last slash."""
    return re.sub(r"^(?:https?:)?(?://)?(?:www\.)?|[/.,;)]+$", "", url.strip()).casefold()
