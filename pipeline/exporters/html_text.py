"""Texts of a handout as HTML: every letter escaped, every address looked at, and where pictures and links lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from pipeline.exporters.addresses import web_address
from pipeline.exporters.frame import tag
from pipeline.exporters.handout_words import WORDS
from pipeline.exporters.nodes import (  # fmt: skip
    Break,
    Code,
    Image,
    Inline,
    Link,
    Math,
    NoteMark,
    Styled,
    Text,
    plain_text,
)
from pipeline.exporters.showing import Shown
from pipeline.model import Language

_ELEMENTS: Mapping[str, str] = {
    "emphasis": "em", "strong": "strong", "strike": "s", "subscript": "sub", "superscript": "sup",
}  # fmt: skip


def nowhere(_page: str, _url: str) -> None:
    """Return nothing: no file lies beside the handout."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where what a page names is found from the handout, by the path of the page and the address that it gives.

    ``picture`` gives the address of a picture that can be shown, ``link`` that of what is no address of the web.
    """

    picture: Callable[[str, str], str | None] = nowhere
    link: Callable[[str, str], str | None] = nowhere


@dataclass(slots=True)
class Texts:
    """Writes the texts of one page; ``key`` begins the ids of its footnotes, ``labels`` are those that it explains.

    ``marks`` are the ids of the places that lead to a footnote, by its label; ``is_linked`` says that a link is open.
    """

    page: str
    key: str
    places: Places
    labels: Mapping[str, int] = field(default_factory=dict)
    marks: dict[str, list[str]] = field(default_factory=dict)
    is_linked: bool = False

    def html(self, nodes: Sequence[Inline], *, linked: bool = True) -> str:
        """Return nodes as HTML; unless ``linked``, as in a table of contents, without links, pictures and footnotes."""
        return "".join([self._node(node, linked) for node in nodes])

    def _node(self, node: Inline, linked: bool) -> str:
        match node:
            case Text(text):
                return escape(text)
            case Styled(style, inside):
                name = _ELEMENTS[style]
                return f"<{name}>{self.html(inside, linked=linked)}</{name}>"
            case Link(url, inside):
                return self._link(url, inside) if linked else self.html(inside, linked=False)
            case Code(text):
                return f"<code>{escape(text)}</code>"
            case Math(tex, is_display):
                return f'<code class="math{" display" if is_display else ""}">{escape(tex)}</code>'
            case Image():
                return self._image(node, linked)
            case NoteMark(label):
                return self._mark(label) if linked else ""
            case Break():
                return "<br>" if linked else " "

    def _link(self, url: str, inside: Sequence[Inline]) -> str:
        if self.is_linked or any(isinstance(node, Link) for node in inside):
            return self.html(inside)
        address = web_address(url) or self.places.link(self.page, url)
        text = (replace(self, is_linked=True) if address else self).html(inside)
        if address is None:
            return text if url.startswith("#") else f'<span class="away" data-address="{escape(url)}">{text}</span>'
        bare = ' class="bare"' if plain_text(inside) in {url, address} else ""
        return f'<a href="{escape(address)}"{bare}>{text}</a>'

    def _image(self, image: Image, linked: bool) -> str:
        alt = escape(image.alt)
        if not linked:
            return alt
        if address := self.places.picture(self.page, image.source):
            return f'<img src="{escape(address)}" alt="{alt}">'
        if not self.is_linked and (address := web_address(image.source)):
            return f'<a class="picture" href="{escape(address)}">{alt or escape(address)}</a>'
        return f'<span class="picture">{alt or escape(image.source)}</span>'

    def _mark(self, label: str) -> str:
        number = self.labels.get(label)
        if number is None or self.is_linked:
            return f"<sup>[{escape(label)}]</sup>"
        places = self.marks.setdefault(label, [])
        places.append(f"{self.key}-to-{number}-{len(places) + 1}")
        return (
            f'<sup><a id="{places[-1]}" href="#{self.key}-note-{number}" role="doc-noteref">[{escape(label)}]</a></sup>'
        )

    def said(self, texts: Iterable[Shown], element: str = "p") -> str:
        """Return texts as elements, each in its language, those after the first as ``second``, with what is wrong with them."""
        return "".join([self._said(text, element, place) for place, text in enumerate(texts)])

    def _said(self, text: Shown, element: str, place: int) -> str:
        second = ' class="second"' if place else ""
        return (
            f'<{element} lang="{tag(text.said.language)}"{second}>{self.html(text.said.nodes)}{state(text)}</{element}>'
        )


def state(text: Shown) -> str:
    """Return what is wrong with a text in words, nothing where nothing is."""
    return f' <small class="state" lang="{tag(text.mark_language)}">{text.mark}</small>' if text.mark else ""


def words(name: str, languages: Sequence[Language]) -> str:
    """Return a word of ``WORDS`` in all languages of a handout, each in an element that says which it is."""
    return " · ".join(f'<span lang="{tag(each)}">{WORDS[name][each]}</span>' for each in languages or ("en",))
