"""A text of a page as nodes that a handout can show: what is not in them, no exporter writes.

Tags of a page are read for what they mean (bold, a link, an image, a line break) and never copied; scripts, styles, event
handlers, Liquid and addresses with a scheme that could run something are not in the nodes at all. So an exporter needs only
to escape texts for its own format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from pipeline.exporters.addresses import safe_url
from pipeline.exporters.nodes import (
    BLANKS,
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
    letters_of,
)
from pipeline.text.lazily import lazily
from pipeline.text.markup import LIQUID, URL, WIKILINK
from pipeline.text.script import HAN

if TYPE_CHECKING:
    import pyromark

_UNSAID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e]")
_ATTRIBUTE_LIST = re.compile(
    r"\{:[^{}\n]*\}|(?<=[\])}*_`])\{[.#][^{}\n]*\}|(?<=\S)[ \t]+\{#[^{}\s]+\}[ \t]*$", re.MULTILINE
)
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_HAN_END = lazily(rf"[{HAN}\u3000-\u303f\uff01-\uff60]$")
_DEEPEST = 40  # styles and links in each other: whoever writes nodes may walk down without counting
_MARKED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u202d\u202e\\`*_\[\]<>&~$!{}|^@/\ue000]|:(?=\S)|www\."
)  # what has none of these says what it shows
_GUARD = "\ue000"  # before a text: so nothing at its start opens a block

_STYLES: Mapping[str, Style] = {
    "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis", "dfn": "emphasis",
    "s": "strike", "del": "strike", "strike": "strike", "sub": "subscript", "sup": "superscript",
    "Emphasis": "emphasis", "Strong": "strong", "Strikethrough": "strike",
}  # fmt: skip
_HTML_FORMS = frozenset({"html", "attribute", "alt"})
_MONOSPACED = {"code", "kbd", "samp", "tt"}
_UNSHOWN = {"script", "style", "template", "noscript", "iframe", "object", "svg", "head", "title", "select", "textarea"}


def without_controls(text: str) -> str:
    """The text without control characters and those that turn the order of letters round (https://trojansource.codes).

    >>> without_controls("a\\0b\\u202ec\\td")
    'abc\\td'
    """
    return _UNSAID.sub("", text)


def inlines(text: str, *, form: str = "markdown", references: Mapping[str, str] | None = None) -> Inlines:
    """The nodes of a text, neighbouring texts joined; ``form`` is that of its unit (see `extractors.spans`).

    ``references`` are the addresses of the page's link definitions, by their label in lower case.

    >>> inlines("see **[notes](n.pdf)** <script>x</script>")
    (Text(text='see '), Styled(style='strong', inside=(Link(url='n.pdf', inside=(Text(text='notes'),)),)))
    """
    if not _MARKED.search(text):
        plain = BLANKS.sub(" ", text).strip() if form in _HTML_FORMS else text.strip()
        return (Text(plain),) if plain else ()
    text = without_controls(text)
    text = LIQUID.sub("", text) if "{" in text else text
    text = WIKILINK.sub(lambda match: (match[3] or match[2]).strip(), text) if "[[" in text else text
    builder = _Builder()
    if form == "plain":
        builder.text(text)
    elif form in _HTML_FORMS:
        builder.html(text)
    else:
        _read_markdown(_ATTRIBUTE_LIST.sub("", text) if "{" in text else text, references or {}, builder)
    return builder.done()


@dataclass(slots=True)
class _Open:
    """A style or a link that is not closed yet, or the whole text."""

    name: str
    url: str = ""
    inside: list[Inline] = field(default_factory=list)


class _Builder:
    """Makes the tree of nodes from what opens, closes and stands in a text, in reading order."""

    def __init__(self) -> None:
        self._stack = [_Open("")]
        self._image: list[str] | None = None
        self._image_source = ""
        self._tags = _Tags(self)

    def text(self, text: str) -> None:
        if self._tags.hidden:
            return
        if not text.isprintable():  # character references may stand for anything
            text = without_controls(text)
        if self._image is not None:
            self._image.append(text)
            return
        if self._tags.monospaced:
            self.add(Code(text))
            return
        linked = any(each.name == "link" for each in self._stack)
        place = 0
        for found in () if linked or (":" not in text and "www." not in text) else URL.finditer(text):
            address = found[0].rstrip(".,;:!?")
            if url := safe_url(address if ":" in address.partition("/")[0] else f"https://{address}"):
                self._letters(text[place : found.start()])
                self.add(Link(url, (Text(address),)))
                place = found.start() + len(address)
        self._letters(text[place:])

    def soft_break(self) -> None:
        """A line of the source ends: a blank, unless the line ends with a Han character or its marks, as Chinese is written."""
        last = self._stack[-1].inside[-1] if self._stack[-1].inside else None
        if not (isinstance(last, Text) and _HAN_END.search(last.text)):
            self.text(" ")

    def _letters(self, text: str) -> None:
        inside = self._stack[-1].inside
        if text and inside and isinstance(inside[-1], Text):
            inside[-1] = Text(inside[-1].text + text)
        elif text:
            inside.append(Text(text))

    def add(self, node: Inline) -> None:
        if self._tags.hidden:
            return
        if self._image is not None:
            self._image.append(letters_of(node))
        else:
            self._stack[-1].inside.append(node)

    def open(self, name: str, url: str = "") -> None:
        if self._image is None and not self._tags.hidden and len(self._stack) < _DEEPEST:
            self._stack.append(_Open(name, url))

    def close(self, name: str) -> None:
        """Close what is open under that name, and what was opened in it and not closed."""
        if self._image is not None or all(each.name != name for each in self._stack[1:]):
            return
        while self._stack[-1].name != name:
            self._fold()
        self._fold()

    def _fold(self) -> None:
        closed = self._stack.pop()
        inside = tuple(closed.inside)
        if not inside:
            return
        if closed.name != "link":
            self._stack[-1].inside.append(Styled(_STYLES[closed.name], inside))
        elif closed.url:
            self._stack[-1].inside.append(Link(closed.url, inside))
        else:
            for node in inside:
                self._letters(node.text) if isinstance(node, Text) else self._stack[-1].inside.append(node)

    def open_image(self, source: str) -> None:
        self._image, self._image_source = [], source

    def close_image(self) -> None:
        alt, source = BLANKS.sub(" ", "".join(self._image or ())).strip(), safe_url(self._image_source)
        self._image = None
        self.add(Image(source, alt)) if source else self.text(alt)

    def html(self, text: str) -> None:
        self._tags.feed(text)
        self._tags.close()

    def tag(self, text: str) -> None:
        self._tags.feed(text)

    def done(self) -> Inlines:
        while len(self._stack) > 1:
            self._fold()
        return _trimmed(self._stack[0].inside)


def _trimmed(nodes: list[Inline]) -> Inlines:
    """The nodes without blanks at the ends of the text."""
    while nodes and (isinstance(nodes[0], Break) or (isinstance(nodes[0], Text) and not nodes[0].text.strip())):
        del nodes[0]
    while nodes and (isinstance(nodes[-1], Break) or (isinstance(nodes[-1], Text) and not nodes[-1].text.strip())):
        del nodes[-1]
    if nodes and isinstance(nodes[0], Text):
        nodes[0] = Text(nodes[0].text.lstrip())
    if nodes and isinstance(nodes[-1], Text):
        nodes[-1] = Text(nodes[-1].text.rstrip())
    return tuple(nodes)


class _Tags(HTMLParser):
    """Tags read for what they mean."""

    def __init__(self, builder: _Builder) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = builder
        self.hidden: list[str] = []
        self.monospaced = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _UNSHOWN:
            self.hidden.append(tag)
        elif tag in _STYLES:
            self._builder.open(tag)
        elif tag in _MONOSPACED:
            self.monospaced += 1
        elif tag == "a":
            self._builder.open("link", safe_url(given.get("href", "")) or "")
        elif tag == "img":
            self._builder.open_image(given.get("src", ""))
            self._builder.text(given.get("alt", ""))
            self._builder.close_image()
        elif tag in {"br", "p", "div", "li", "tr"}:
            self._builder.add(Break())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSHOWN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            del self.hidden[self.hidden.index(tag) :]
        elif tag in _MONOSPACED:
            self.monospaced = max(0, self.monospaced - 1)
        elif tag in _STYLES or tag == "a":
            self._builder.close("link" if tag == "a" else tag)

    def handle_data(self, data: str) -> None:
        self._builder.text(BLANKS.sub(" ", data))


def _read_markdown(text: str, references: Mapping[str, str], builder: _Builder) -> None:
    import pyromark  # heavy, and not needed for texts of HTML

    labels = dict.fromkeys(_NOTE.findall(text)) if "[^" in text else ()
    notes = "".join(f"\n\n[^{label}]: x" for label in labels)
    small = text.lower() if "[" in text else ""
    definitions = "".join(f"\n\n[{label}]: <{url}>" for label, url in references.items() if f"[{label}]" in small)
    depth = 0
    for event in pyromark.events(_GUARD + text + notes + definitions, options=_options()):
        kind, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        if kind in {"Start", "End"} and _name(value) == "FootnoteDefinition":
            depth += 1 if kind == "Start" else -1
        elif not depth:
            _take(kind, value, builder)


@cache
def _options() -> pyromark.Options:
    import pyromark  # as above

    options = pyromark.Options
    return options.ENABLE_FOOTNOTES | options.ENABLE_STRIKETHROUGH | options.ENABLE_MATH


def _name(value: Any) -> str:
    return value if isinstance(value, str) else str(next(iter(value)))


def _take(kind: str, value: Any, builder: _Builder) -> None:
    """Give the builder one event."""
    if kind == "Start":
        _start(value, builder)
    elif kind == "End":
        _end(_name(value), builder)
    elif kind == "Text":
        builder.text(value.replace(_GUARD, ""))
    elif kind == "Code":
        builder.add(Code(value))
    elif kind in {"InlineMath", "DisplayMath"}:
        builder.add(Math(value.strip(), kind == "DisplayMath"))
    elif kind in {"InlineHtml", "Html"}:
        builder.tag(value)
    elif kind == "SoftBreak":
        builder.soft_break()
    elif kind == "HardBreak":
        builder.add(Break())
    elif kind == "FootnoteReference":
        builder.add(NoteMark(value))


def _start(value: Any, builder: _Builder) -> None:
    name = _name(value)
    if name in _STYLES:
        builder.open(name)
    elif name == "Link":
        builder.open("link", safe_url(value["Link"]["dest_url"]) or "")
    elif name == "Image":
        builder.open_image(value["Image"]["dest_url"])


def _end(name: str, builder: _Builder) -> None:
    if name in _STYLES:
        builder.close(name)
    elif name == "Link":
        builder.close("link")
    elif name == "Image":
        builder.close_image()
    elif name in {"Paragraph", "Item"}:
        builder.add(Break())
