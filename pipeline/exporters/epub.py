"""A course as an EPUB 3: a book for readers and phones with both languages, that asks for nothing from outside."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.resources import files
from pathlib import PurePosixPath

from pipeline.exporters.addresses import web_address
from pipeline.exporters.appendix import glossary_grid, lecture_grid
from pipeline.exporters.base import Material, Output, exporter
from pipeline.exporters.document import Handout, InLanguage, Section, handout_of
from pipeline.exporters.epub_chapters import Chapter, chapter_of, grid_body
from pipeline.exporters.epub_package import container, navigation, package, page
from pipeline.exporters.handout_words import WORDS
from pipeline.exporters.nodes import Text
from pipeline.exporters.pictures import Picture, local_path, picture_of
from pipeline.exporters.showing import Shown
from pipeline.exporters.xhtml import Surroundings, escaped, tagged
from pipeline.exporters.zipped import zipped
from pipeline.model import Language
from pipeline.text.naming import file_name

_CORE = frozenset({"png", "jpg", "gif", "svg"})  # what every reader of EPUB 3 shows; WebP came with 3.3


@exporter("epub", in_run=False)
def epub(material: Material) -> Iterator[Output]:
    """A course as one EPUB 3 with its pages, lecture table and glossary in both languages."""
    handout = handout_of(material)
    if handout.sections or handout.table:
        yield Output("handout.epub", book(handout, material))


@dataclass(slots=True)
class _Pictures:
    """The pictures of the book, each once, by names of the book's own."""

    material: Material
    found: dict[bytes, tuple[str, Picture]] = field(default_factory=dict)

    def place(self, page: str, source: str) -> str | None:
        picture = picture_of(self.material, page, source)
        if picture is None or picture.suffix not in _CORE:
            return None
        key = hashlib.sha256(picture.data).digest()
        return self.found.setdefault(key, (f"picture-{len(self.found) + 1}.{picture.suffix}", picture))[0]


def book(handout: Handout, material: Material) -> bytes:
    """Return the bytes of the book."""
    pictures = _Pictures(material)
    chapters = list(_chapters(handout, pictures))
    members = {f"{chapter.name}": page(chapter, handout) for chapter in chapters}
    members["nav.xhtml"] = navigation(chapters, handout)
    content = hashlib.sha256("\0".join(members.values()).encode()).hexdigest()
    identifier = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'bilect:{handout.name}:{content}')}"
    found = [(name, picture.media_type) for name, picture in pictures.found.values()]
    members["package.opf"] = package(chapters, handout, identifier, found)
    members["style.css"] = (files("pipeline.exporters") / "epub.css").read_text("utf-8")
    texts = [(f"EPUB/{name}", text.encode()) for name, text in members.items()]
    shown = [(f"EPUB/{name}", picture.data) for name, picture in pictures.found.values()]
    first = [("mimetype", b"application/epub+zip"), ("META-INF/container.xml", container().encode())]
    return zipped([*first, *texts, *shown], {"mimetype"})


def _chapters(handout: Handout, pictures: _Pictures) -> Iterator[Chapter]:
    """The title page, the pages of the course, then what belongs to all of them."""
    names = {section.path: f"page-{number}.xhtml" for number, section in enumerate(handout.sections, 1)}
    yield _title_page(handout)
    for section in handout.sections:
        link, picture = partial(_address, names, section.path), partial(pictures.place, section.path)
        chapter = chapter_of(section, names[section.path], handout, Surroundings(link, picture))
        yield chapter if chapter.titles else replace(chapter, titles=_instead_of_titles(section, handout))
    around = Surroundings(web_address)
    if handout.table:
        body = grid_body(lecture_grid(handout.table, handout.languages), handout, around)
        yield _appendix("lectures", handout, body, "chapter")
    if handout.terms:
        yield _appendix("glossary", handout, grid_body(glossary_grid(handout), handout, around), "glossary")
    if handout.credits:
        yield _appendix("credits", handout, _credits(handout), "acknowledgments")


def _address(names: Mapping[str, str], page: str, url: str) -> str | None:
    """Where a link leads: to a chapter of the book, or out into the web."""
    path = local_path(page, url)
    return names.get(path) if path and path in names else web_address(url)


def _plain(text: str, language: Language) -> Shown:
    return Shown(InLanguage(language, (Text(text),)))


def _instead_of_titles(section: Section, handout: Handout) -> tuple[Shown, ...]:
    """What a page without a title is called: as the course where it is its only page, else as its file."""
    named = (_plain(file_name(PurePosixPath(section.path).name).stem, "en"),)
    return (_title_of(handout) or named) if len(handout.sections) == 1 else named


def _title_of(handout: Handout) -> tuple[Shown, ...]:
    return tuple(_plain(text, language) for language, text in handout.titles.items())


def _title_page(handout: Handout) -> Chapter:
    titles = _title_of(handout) or (_plain(handout.name, "en"),)
    return Chapter("title.xhtml", titles, "", titles[0].said.language, "titlepage")


def _appendix(name: str, handout: Handout, body: str, kind: str) -> Chapter:
    shown = tuple(_plain(WORDS[name][language], language) for language in handout.languages)
    return Chapter(f"{name}.xhtml", shown, body, handout.languages[0], kind)


def _credits(handout: Handout) -> str:
    language = tagged(handout.languages[0])
    lines = [_credit(str(credit).partition(" <")[0], credit.url) for credit in handout.credits]
    return f"<ul {language}>{''.join(lines)}</ul>"


def _credit(line: str, url: str) -> str:
    address = web_address(url) if url else None
    link = f' <a href="{escaped(address)}">{escaped(url)}</a>' if address else ""
    return f"<li>{escaped(line)}{link}</li>"
