"""A course as a Word document (DOCX), by python-docx: real styles, links and tables, and each run with its language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import PurePosixPath
from typing import Protocol

from pipeline.exporters.addresses import web_address
from pipeline.exporters.appendix import glossary_grid, lecture_grid
from pipeline.exporters.base import Material, Output, exporter
from pipeline.exporters.credits import Credit
from pipeline.exporters.document import Handout, InLanguage, Section, handout_of
from pipeline.exporters.docx_blocks import Lists, Writer, note_bookmarks
from pipeline.exporters.docx_tables import paragraph
from pipeline.exporters.docx_text import Targets, plain_run
from pipeline.exporters.handout_words import WORDS
from pipeline.exporters.nodes import Text, plain_text
from pipeline.exporters.pictures import local_path, picture_of
from pipeline.exporters.showing import Shown, section_title, shown
from pipeline.exporters.xhtml import escaped
from pipeline.model import Language, PipelineError
from pipeline.text.naming import file_name
from pipeline.text.said import said

MARGIN = 1134
"""Of each side, in twentieths of a point: two centimetres."""
SIZES = {"a4": (11906, 16838), "letter": (12240, 15840)}
"""Width and height of a page, in twentieths of a point."""


@exporter("docx", in_run=False)
def word_document(material: Material) -> Iterator[Output]:
    """A course as one Word document with its pages, lecture table and glossary in both languages."""
    handout = handout_of(material)
    if handout.sections or handout.table:
        yield Output("handout.docx", document_bytes(handout, material))


class Package(Protocol):
    """What a document needs of the file that holds it."""

    def link(self, url: str) -> str:
        """Return the id of a link into the web."""

    def picture(self, data: bytes, alt: str) -> str | None:
        """Return a drawing of a picture, None where the format does not know it."""


def document_bytes(handout: Handout, material: Material) -> bytes:
    """Return the bytes of the document.

    Raises:
        PipelineError: python-docx is not installed.
    """
    try:
        from pipeline.exporters.word.package import WordPackage  # python-docx is heavy, and an extra
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "docx":
            raise
        message = said("Word documents need python-docx, which is not installed")
        raise PipelineError(message, remedy="pip install 'bilect[docx]'") from error

    width, _ = SIZES[material.paper]
    package, lists = WordPackage(handout, SIZES[material.paper], MARGIN), Lists()
    body = "".join(_Assembly(handout, material, package, lists, width - 2 * MARGIN).parts())
    return package.saved(body, lists)


@dataclass(slots=True)
class _Assembly:
    """Puts the parts of the document one behind the other."""

    handout: Handout
    material: Material
    package: Package
    lists: Lists
    width: int
    _bookmarks: Iterator[int] = field(default_factory=lambda: count(1))

    def parts(self) -> Iterator[str]:
        """Titles, pages, lecture table, glossary and credits."""
        handout = self.handout
        titles = self._titles() or (_plain(handout.name, "en"),)
        yield self._writer().heading("Title", titles)
        places = {section.path: f"page_{number}" for number, section in enumerate(handout.sections, 1)}
        for number, section in enumerate(handout.sections, 1):
            yield from self._section(section, number, places)
        if handout.table and handout.table.rows:
            yield self._appendix("lectures")
            yield self._writer().grid(lecture_grid(handout.table, handout.languages))
        if handout.terms:
            yield self._appendix("glossary")
            yield self._writer().grid(glossary_grid(handout))
        if handout.credits:
            yield self._appendix("credits")
            yield from map(self._credit, handout.credits)

    def _section(self, section: Section, number: int, places: Mapping[str, str]) -> Iterator[str]:
        title, blocks = section_title(section)
        texts = shown(title, self.handout) if title else self._instead_of_title(section)
        if len(self.handout.sections) == 1 and _lines(texts) == _lines(self._titles()):
            texts = ()  # the title of the document says it already
        link, picture = partial(self._target, places, section.path), partial(self._picture, section.path)
        writer = self._writer(Targets(link, picture, note_bookmarks(section, number)))
        if texts:
            on_new_page = "<w:pageBreakBefore/>" if number > 1 else ""
            yield writer.heading("Heading1", texts, on_new_page, places[section.path])
        yield writer.blocks(blocks)

    def _instead_of_title(self, section: Section) -> tuple[Shown, ...]:
        """What a page without a title is called: nothing where it is the only one, else as its file."""
        return (
            (_plain(file_name(PurePosixPath(section.path).name).stem, "en"),) if len(self.handout.sections) > 1 else ()
        )

    def _titles(self) -> tuple[Shown, ...]:
        return tuple(_plain(text, language) for language, text in self.handout.titles.items())

    def _appendix(self, name: str) -> str:
        texts = [_plain(WORDS[name][language], language) for language in self.handout.languages]
        return self._writer().heading("Heading1", texts)

    def _credit(self, credit: Credit) -> str:
        line = f"{str(credit).partition(' <')[0]} "
        shown_url = plain_run(credit.url, "en", "Hyperlink") if credit.url else ""
        address = web_address(credit.url)
        link = f'<w:hyperlink r:id="{self.package.link(address)}">{shown_url}</w:hyperlink>' if address else shown_url
        return paragraph("Normal", plain_run(line, self.handout.languages[0]) + link)

    def _writer(self, targets: Targets | None = None) -> Writer:
        around = targets or Targets(partial(self._target, {}, ""))
        return Writer(self.handout, around, self.lists, self.width, self._bookmarks)

    def _target(self, places: Mapping[str, str], page: str, url: str) -> str | None:
        """The attribute of a link: to a page of the document, or out into the web."""
        path = local_path(page, url)
        if path and path in places:
            return f'w:anchor="{places[path]}"'
        address = web_address(url)
        return f'r:id="{escaped(self.package.link(address))}"' if address else None

    def _picture(self, page: str, source: str, alt: str) -> str | None:
        picture = picture_of(self.material, page, source)
        return self.package.picture(picture.data, alt) if picture and picture.suffix in {"png", "jpg", "gif"} else None


def _lines(texts: tuple[Shown, ...]) -> list[str]:
    return [plain_text(each.said.nodes) for each in texts]


def _plain(text: str, language: Language) -> Shown:
    return Shown(InLanguage(language, (Text(text),)))
