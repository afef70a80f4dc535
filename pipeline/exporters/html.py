"""Handouts as one HTML file: no script, no other file, readable on a phone and on paper, each text marked with its language."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from pipeline.exporters.appendix import glossary_grid, lecture_grid, topic_grid
from pipeline.exporters.base import Material, Output, exporter
from pipeline.exporters.document import Handout, handout_of
from pipeline.exporters.frame import packaged, page, tag
from pipeline.exporters.html_blocks import Listed, Writer
from pipeline.exporters.html_text import Places, words
from pipeline.exporters.pictures import picture_of
from pipeline.text.script import language_of

_MOST_PICTURES = 24 * 1024 * 1024
"""Characters of pictures in one file; a browser on a phone opens no more."""


@exporter("html", in_run=False)
def html_handout(material: Material) -> Iterator[Output]:
    """One bilingual handout a course as a single HTML file that needs no other, for screens and paper."""
    handout = handout_of(material)
    if handout.sections or handout.table:
        yield Output("handout.html", as_html(handout, Places(picture=Embedded(material))).encode("utf-8", "replace"))


@dataclass(slots=True)
class Embedded:
    """Gives pictures of a project as addresses that hold them, up to a limit for all of them together."""

    material: Material
    left: int = _MOST_PICTURES
    made: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def __call__(self, path: str, source: str) -> str | None:
        """Return the address of a picture that a page names, None where it cannot be shown."""
        if (path, source) not in self.made:
            picture = picture_of(self.material, path, source)
            held = f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}" if picture else None
            self.made[path, source] = held
        address = self.made[path, source]
        if not address or len(address) > self.left:
            return None
        self.left -= len(address)
        return address


def as_html(handout: Handout, places: Places) -> str:
    """Return a handout as a page that stands alone; ``places`` says where its pictures and links lead."""
    title = " · ".join(dict.fromkeys(handout.titles.values())) or handout.name
    return page(title, body_of(handout, places), (*handout.languages, "en")[0], style=style_of(handout))


def body_of(handout: Handout, places: Places) -> str:
    """Return what stands in the body of the page of a handout: header, contents, text, credits; handout.css is its style."""
    writer = Writer(handout, places)
    text = "".join([*writer.sections(), *_appendices(writer)])
    return (
        f'<a class="skip" href="#text">{words("skip", handout.languages)}</a>\n'
        f'<div class="handout {handout.layout}">\n{_header(writer)}{_contents(writer)}'
        f'<main id="text">\n{text}</main>\n{_footer(handout)}</div>\n'
    )


def style_of(handout: Handout) -> str:
    """Return the style of the body of a handout."""
    return packaged("handout.css")


def _appendices(writer: Writer) -> Iterator[str]:
    """The lecture table, the topics and the terms, as far as there are any."""
    handout = writer.handout
    if handout.table and handout.table.rows:
        yield writer.part("lectures", writer.grid(lecture_grid(handout.table, handout.languages)))
        if topics := topic_grid(handout.table, handout.languages):
            yield writer.part("topics", writer.grid(topics))
    if handout.terms:
        yield writer.part("glossary", writer.grid(glossary_grid(handout)))


def _header(writer: Writer) -> str:
    """The titles of the course, and how much of it is not finished."""
    handout = writer.handout
    spans: list[str] = []
    for language, title in handout.titles.items():
        second = ' class="second"' if spans else ""
        spans.append(f'<span lang="{tag(language)}"{second}>{escape(title)}</span>')
    told = " ".join(
        f'<span class="state {kind}">{writer.states[kind]} {words(kind, handout.languages)}</span>'
        for kind in ("none", "fuzzy")
        if writer.states[kind]
    )
    counts = f'<p class="told">{told}</p>\n' if told else ""
    return f"<header>\n<h1>{''.join(spans) or escape(handout.name)}</h1>\n{counts}</header>\n"


def _contents(writer: Writer) -> str:
    """The headings of the text as links; nothing where there is but one."""
    if len(writer.listed) < 2:
        return ""
    heading = words("contents", writer.handout.languages)
    inside = "".join(_nested(writer.listed))
    return f'<nav aria-labelledby="contents">\n<h2 id="contents">{heading}</h2>\n{inside}</nav>\n'


def _nested(listed: Sequence[Listed]) -> Iterator[str]:
    depth = 0
    for each in listed:
        wanted = min(each.depth - 1, depth + 1)
        yield "<ul>\n" if wanted > depth else "</li></ul>" * (depth - wanted) + "</li>\n"
        yield f'<li><a href="#{each.name}">{each.html}</a>'
        depth = wanted
    yield "</li></ul>" * depth + "\n"


def _footer(handout: Handout) -> str:
    """Whom a handout names; nothing where it names nobody."""
    lines = []
    for credit in handout.credits:
        text = f'<span lang="{tag(language_of(credit.text))}">{escape(credit.text)}</span>'
        if credit.url == credit.text:
            text = f'<a href="{escape(credit.url)}">{text}</a>'
        elif credit.url:
            text += f' · <a href="{escape(credit.url)}">{escape(credit.url)}</a>'
        is_of_some = len(credit.pages) < len(handout.sections)
        where = f" <small>({escape(', '.join(credit.pages))})</small>" if is_of_some else ""
        lines.append(f"<p>{words(credit.role, handout.languages)}: {text}{where}</p>\n")
    return f"<footer>\n{''.join(lines)}</footer>\n" if lines else ""
