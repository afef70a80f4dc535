"""Nodes of a text as XHTML: well-formed, every text escaped, and every run marked with its language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

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
from pipeline.exporters.showing import TAGS, Shown
from pipeline.model import Language
from pipeline.text.lazily import lazily

_ILLEGAL = lazily("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_ELEMENTS: Mapping[Style, str] = {
    "emphasis": "em", "strong": "strong", "strike": "s", "subscript": "sub", "superscript": "sup",
}  # fmt: skip


def legal(text: str) -> str:
    """Return a text without the characters that XML 1.0 does not allow or advises against.

    >>> legal("a\\0b\\ud800c\\ufffe 课")
    'abc 课'
    """
    return _ILLEGAL.sub("", text)


def escaped(text: str) -> str:
    """Return a text as XML writes it, in elements and in attributes."""
    return escape(legal(text))


def tagged(language: Language) -> str:
    """Return the attributes that say the language of an element."""
    return f'lang="{TAGS[language]}" xml:lang="{TAGS[language]}"'


def _nowhere(_address: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text may lead to: an address in the document or in the web for a link, the file of a picture, the ids of notes.

    All give None, or nothing, where there is no such thing: the link is its text then, and the picture its description.
    """

    link: Callable[[str], str | None] = _nowhere
    picture: Callable[[str], str | None] = _nowhere
    notes: Mapping[str, str] = field(default_factory=dict)


def xhtml(nodes: Inlines, around: Surroundings, is_linked: bool = False) -> str:
    """Return nodes as XHTML; within a link (``is_linked``) there is no other."""
    return "".join(_node(node, around, is_linked) for node in nodes)


def _node(node: Inline, around: Surroundings, is_linked: bool) -> str:
    match node:
        case Text(text):
            return escaped(text)
        case Code(text):
            return f"<code>{escaped(text)}</code>"
        case Math(tex, is_display):
            return f'<code class="math{" display" if is_display else ""}">{escaped(tex)}</code>'
        case Break():
            return "<br/>"
        case Styled(style, inside):
            return f"<{_ELEMENTS[style]}>{xhtml(inside, around, is_linked)}</{_ELEMENTS[style]}>"
        case Link(url, inside):
            address = None if is_linked else around.link(url)
            text = xhtml(inside, around, is_linked or address is not None)
            return f'<a href="{escaped(address)}">{text}</a>' if address else text
        case Image():
            return _picture(node, around, is_linked)
        case NoteMark(label):
            return _note_mark(label, around, is_linked)


def _picture(image: Image, around: Surroundings, is_linked: bool) -> str:
    if place := around.picture(image.source):
        return f'<img src="{escaped(place)}" alt="{escaped(image.alt)}"/>'
    address = None if is_linked else around.link(image.source)
    shown = f'<span class="picture">{escaped(image.alt or address or image.source)}</span>'
    return f'<a href="{escaped(address)}">{shown}</a>' if address else shown


def _note_mark(label: str, around: Surroundings, is_linked: bool) -> str:
    place = None if is_linked else around.notes.get(label)
    if place is None:
        return f"<sup>[{escaped(label)}]</sup>"
    return f'<sup><a href="#{place}" epub:type="noteref" role="doc-noteref">{escaped(label)}</a></sup>'


def texts_in(tag: str, texts: Iterable[Shown], around: Surroundings) -> str:
    """Return each text in an element of its own that says its language, with what is to be said of its state."""
    return "".join(_text_in(tag, each, around) for each in texts)


def _text_in(tag: str, each: Shown, around: Surroundings) -> str:
    mark = f' <span class="state" {tagged(each.mark_language)}>{escaped(each.mark)}</span>' if each.mark else ""
    kind = f' class="{"zh" if each.said.language != "en" else "en"}"'
    return f"<{tag}{kind} {tagged(each.said.language)}>{xhtml(each.said.nodes, around)}{mark}</{tag}>"


def plain_in_both(texts: Iterable[Shown]) -> str:
    """Return texts without links and styles, one after the other, each marked with its language."""
    spans = [f"<span {tagged(each.said.language)}>{escaped(plain_text(each.said.nodes))}</span>" for each in texts]
    return " · ".join(spans)
