"""Texts of a handout as code of typst in which nothing is code but what is written here: every letter is in a string.

https://typst.app/docs/reference/foundations/str/ says what a string may hold. In code mode a string is shown as it is: no
mark in it means anything, so no text of a page can call, read or import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.exporters.nodes import (  # fmt: skip
    Break,
    Code,
    Image,
    Inline,
    Inlines,
    Link,
    Math,
    NoteMark,
    Style,
    Styled,
    Text,
    plain_text,
)
from pipeline.exporters.typst_math import typst_math
from pipeline.model import Language

# Marks that are not seen, among them those that turn the direction of a text round (https://trojansource.codes).
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"
)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_BLANKS = re.compile(r"[ \t\n]+")
_ABROAD = re.compile(r"(?:https?|ftp|mailto|tel):", re.IGNORECASE)
LONGEST_ADDRESS = 2_000
"""In characters; a longer address is a text without a link."""

VOICES: Mapping[Language, str] = {"en": "en", "zh_CN": "zh", "zh_TW": "tw"}
"""The functions of handout.typ that set a text in its language and its fonts."""
_STYLES = {"strong": "strong", "strike": "strike", "subscript": "sub", "superscript": "super"}
_SETS = {"strong": "zh-strong", "emphasis": "zh-emph"}  # Chinese has no italics


def literal(text: str) -> str:
    r"""A text as a string of typst.

    >>> literal('#read("/etc/passwd") \\ $x$')
    '"#read(\\"/etc/passwd\\") \\\\ $x$"'
    """
    return f'"{_UNSEEN.sub("", text).translate(_ESCAPES)}"'


@dataclass(slots=True)
class Surroundings:
    """What the texts of a handout need to know of each other.

    ``picture`` gives the name of the file of a picture, None where it is not at hand; ``note`` the code of a footnote.
    ``addresses`` are numbered in the order in which they are met, ``replaced`` says what stands
    for a character that no font has: in brackets its number, or its name where that is an emoji.
    """

    picture: Callable[[str], str | None] = lambda _: None
    note: Callable[[str], str | None] = lambda _: None
    addresses: dict[str, int] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    notes: int = 0

    def literal(self, text: str, *, with_emoji: bool = True) -> str:
        """A text as a string of typst, with its emoji or without them."""
        text = _UNSEEN.sub("", text)
        for character, words in self.replaced.items():
            if with_emoji or words.startswith("[U+"):
                text = text.replace(character, words)
            elif character in text:
                text = text.replace(f"{character} ", "").replace(character, "")
        return literal(text)

    def is_emoji(self, text: str) -> bool:
        """Whether a text says nothing but emoji that no font has."""
        return all(each in self.replaced or each.isspace() for each in _UNSEEN.sub("", text))

    def next_note(self) -> int:
        """The number of the next footnote, of all pages."""
        self.notes += 1
        return self.notes

    def number(self, url: str) -> int:
        """The number of an address in the list at the end."""
        return self.addresses.setdefault(url, len(self.addresses) + 1)


def spoken(language: Language, nodes: Inlines, around: Surroundings, *, in_heading: bool = False) -> str:
    """The code of a text in its language; a heading has neither footnotes nor pictures nor numbers of links."""
    with_emoji = bool(around.replaced) and around.is_emoji(plain_text(nodes))
    writer = _Writer(language, around, in_heading, with_emoji)
    return f"{VOICES[language]}({writer.nodes(nodes)})"


def linked(url: str, body: str) -> str:
    """The code of a link where the address leads somewhere from a sheet of paper, else of its text alone."""
    is_abroad = _ABROAD.match(url) and len(url) <= LONGEST_ADDRESS
    return f"link({literal(url)}, {body})" if is_abroad else body


def _styles_in(nodes: Inlines) -> frozenset[Style]:
    """The styles of some nodes, at any depth."""
    inner = (_styles_in(node.inside) for node in nodes if isinstance(node, Styled | Link))
    return frozenset(node.style for node in nodes if isinstance(node, Styled)).union(*inner)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the nodes of one text."""

    language: Language
    around: Surroundings
    in_heading: bool
    with_emoji: bool
    styles: frozenset[Style] = frozenset()

    def _literal(self, text: str) -> str:
        return self.around.literal(text, with_emoji=self.with_emoji)

    def nodes(self, nodes: Inlines) -> str:
        """A block of code whose value is the nodes one after the other."""
        return "{" + "; ".join(filter(None, map(self._node, nodes))) + "}" if nodes else '""'

    def _node(self, node: Inline) -> str:
        match node:
            case Text(text):
                return self._literal(_BLANKS.sub(" ", text))
            case Code(text):
                return f"raw({self._literal(_BLANKS.sub(' ', text))})"
            case Math(tex, is_display):
                return self._math(tex, is_display)
            case Break():
                return '" "' if self.in_heading else "linebreak()"
            case Styled():
                return self._styled(node)
            case Link():
                return self._link(node)
            case Image():
                return self._image(node)
            case NoteMark(label):
                return "" if self.in_heading else self.around.note(label) or f"super({self._literal(label)})"

    def _math(self, tex: str, is_display: bool) -> str:
        made = typst_math(tex)
        if made is None:
            return f"raw({self._literal(tex)})"
        alt = self._literal(tex)
        return f"math.equation(block: {str(is_display and not self.in_heading).lower()}, alt: {alt}, {made})"

    def _styled(self, node: Styled) -> str:
        """A style; in itself it is not set again, so that nothing is deeper than typst goes."""
        if node.style in self.styles:
            return self.nodes(node.inside)
        inside = replace(self, styles=self.styles | {node.style}).nodes(node.inside)
        if self.language != "en" and node.style in _SETS:
            # PDF/UA-1 allows but one line at a text, and the dots are one
            is_dotted = node.style == "emphasis" and "strike" not in self.styles | _styles_in(node.inside)
            return f"{_SETS['emphasis' if is_dotted else 'strong']}({inside})"
        return f"{_STYLES.get(node.style, 'emph')}({inside})"

    def _link(self, node: Link) -> str:
        inside = self.nodes(node.inside)
        if node.url.startswith("#") or self.in_heading:
            return inside
        code = linked(node.url, inside)
        if plain_text(node.inside).removeprefix("https://") == node.url.removeprefix("https://"):
            return code
        return f"{code}; address({self.around.number(node.url)})"

    def _image(self, node: Image) -> str:
        name = None if self.in_heading else self.around.picture(node.source)
        if name:
            return f"picture({literal(name)}, {self._literal(node.alt or node.source)})"
        alt = self._literal(node.alt or node.source)
        return alt if self.in_heading else f"elsewhere({linked(node.source, alt)}, {self.around.number(node.source)})"
