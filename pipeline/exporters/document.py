"""A handout as a value: the blocks of a course's pages in both languages, for whoever writes it as HTML, PDF, EPUB or DOCX.

A handout is made from the blocks of its pages, not from their bytes: Liquid, styles and scripts of a site have no place on
paper. What is here is safe by its form (see `exporters.inline`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from pathlib import PurePosixPath
from textwrap import dedent
from typing import Literal

from pipeline.align.coursetable import CourseTable
from pipeline.catalogs.translations import MARK
from pipeline.exporters.base import Layout, Material
from pipeline.exporters.credits import Credit, credits_of
from pipeline.exporters.inline import inlines, without_controls
from pipeline.exporters.nodes import Image, Inlines, plain_text
from pipeline.extractors.headless import is_delimiter_row
from pipeline.model import Language, Outline, Page, Unit, Video
from pipeline.text.halves import bilingual_halves
from pipeline.text.markup import is_message
from pipeline.text.naming import file_name
from pipeline.text.printable import one_line
from pipeline.text.terms import Term

State = Literal["same", "final", "fuzzy", "none"]
"""What is known of a text: it is the same in both languages, translated, to be checked, or not translated."""


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A text in one language."""

    language: Language
    nodes: Inlines


@dataclass(frozen=True, slots=True)
class Both:
    """A text of a page and its translation, None where there is none to show."""

    source: InLanguage
    target: InLanguage | None = None
    state: State = "none"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` counts from 2, since the title of the handout is 1."""

    level: int
    text: Both


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or anything that is shown like one; ``kind`` is that of its unit."""

    text: Both
    kind: Literal["paragraph", "quote", "caption", "term", "definition"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list; ``level`` counts from 1, ``marker`` is as the page has it: "-" or "3."."""

    level: int
    marker: str
    text: Both


@dataclass(frozen=True, slots=True)
class Items:
    """The points of a list that stand together."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of code."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells, None where a row has no cell; ``has_head`` where the first row heads the columns."""

    rows: tuple[tuple[Both | None, ...], ...]
    has_head: bool = True


@dataclass(frozen=True, slots=True)
class Film:
    """A video, for whoever cannot play it here: its address."""

    provider: str
    url: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    label: str
    text: Both


@dataclass(frozen=True, slots=True)
class Property:
    """A key of the front matter that has a text."""

    key: str
    text: Both


Block = Heading | Paragraph | Items | Listing | Grid | Film | Note | Property


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a course; ``path`` is relative to the project."""

    path: str
    language: Language
    title: Both | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """A course as one document; ``titles`` are by language, in the order of the handout.

    ``languages`` are the source's and the target's in the order in which they are shown. ``terms`` are those of the course
    that its texts use, as (English, Chinese, note) by the English; ``layout`` says how two languages are shown.
    """

    name: str
    titles: Mapping[Language, str]
    languages: tuple[Language, ...]
    sections: tuple[Section, ...]
    table: CourseTable | None
    terms: tuple[tuple[str, str, str], ...] = ()
    credits: tuple[Credit, ...] = ()
    layout: Layout = "interleaved"


_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*\{?\.?([\w+#-]*)[^\n]*\n?")
_NUMBER = re.compile(r"(\d{1,9}[.)]|\[[ xX]\])[ \t]*$")
_NOTE_LABEL = re.compile(r"\[\^([^\[\]\s]+)\]:[ \t]*$")
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n^][^\[\]\n]*)\]:[ \t]*<?([^\s<>]+)>?", re.MULTILINE)
_LINE_END = re.compile(r"\r\n?|\n")
_OTHER: Mapping[Language, Language] = {"en": "zh_CN", "zh_CN": "en", "zh_TW": "en"}


def handout_of(material: Material) -> Handout:
    """The handout of a course: the page with its lists first, then the others by path, then the lecture table."""
    course = material.course
    hidden = material.left_out | _said_by_others(material)
    shown = [each for each in zip(course.pages, course.outlines, strict=True) if each[0].path not in hidden]
    both = sorted(shown, key=lambda each: (not each[1].topics, not each[1].lectures))
    sections = [_Reader(page, outline, material).section() for page, outline in both if page.blocks]
    targets = {language for page, _ in both for language in (page.language, _target(page, material))}
    order = sorted(targets, key=lambda language: (language == "en") == (material.order == "zh-en"))
    pages = [page for page, _ in both if page.blocks]
    return Handout(
        one_line(course.name),  # a folder may be called anything
        _titles(material, sections),
        tuple(order),
        tuple(sections),
        material.lecture_table() if course.rows else None,
        tuple(_used_terms(material, pages, targets)),
        credits_of(material, pages),
        material.layout,
    )


def _said_by_others(material: Material) -> Set[str]:
    """The paths of pages without a catalog that are the translation of one with a catalog: foo.zh.md beside foo.en.md."""
    names = {page.path: PurePosixPath(page.path) for page in material.course.pages}
    stems = {path: (name.parent, file_name(name.name).stem) for path, name in names.items()}
    told = {(stems[page.path], page.language) for page in material.course.pages if material.translations.get(page.path)}
    return {
        page.path
        for page in material.course.pages
        if not material.translations.get(page.path) and (stems[page.path], _OTHER[page.language]) in told
    }


def _used_terms(material: Material, pages: Sequence[Page], languages: Set[Language]) -> Iterator[tuple[str, str, str]]:
    """The terms that the English of some pages uses, page or translation, each as (English, Chinese, note)."""
    if not len(material.terms):
        return
    chinese: Language = "zh_TW" if "zh_TW" in languages else "zh_CN"
    used: dict[str, Term] = {}
    for page in pages:
        texts = (unit.text if page.language == "en" else material.translation(unit) or "" for unit in page.units)
        for use in material.terms.used("\n\n".join(texts)):
            used |= {term.en: term for term in use.terms if term.status == "approved" and term.renderings(chinese)}
    for term in sorted(used.values(), key=lambda term: (term.en.casefold(), term.en)):
        yield term.en, "、".join(term.renderings(chinese)), term.note


def _target(page: Page, material: Material) -> Language:
    return material.targets.get(page.path) or _OTHER[page.language]


def _titles(material: Material, sections: Sequence[Section]) -> Mapping[Language, str]:
    """The title of the course by language in the order of the handout: that of its first page, else of any other."""
    titles: dict[Language, str] = {}
    for section in sections[:1]:
        first = section.blocks[0] if section.blocks else None
        title = section.title or (first.text if isinstance(first, Heading) else None)
        for said in (title.target, title.source) if title and title.target else ():
            titles[said.language] = plain_text(said.nodes)
    for outline, page in zip(material.course.outlines, material.course.pages, strict=True):
        if outline.title:
            titles.setdefault(page.language, outline.title)
    order: tuple[Language, ...] = ("zh_CN", "zh_TW", "en") if material.order == "zh-en" else ("en", "zh_CN", "zh_TW")
    return {language: without_controls(titles[language]) for language in order if titles.get(language)}


class _Reader:
    """Makes the section of one page."""

    def __init__(self, page: Page, outline: Outline, material: Material) -> None:
        self._page, self._material = page, material
        self._videos = list(outline.videos)
        self._target = _target(page, material)
        self._references = {label.lower(): url for label, url in _DEFINITION.findall(page.text)}
        self._alts = {
            block.text: translation
            for block in page.blocks
            if block.kind == "attribute" and (translation := material.translation(block))
        }

    def section(self) -> Section:
        blocks = [block for block in self._page.blocks if block.kind != "attribute"]
        title = next(
            (block for block in blocks if block.kind == "front matter" and block.key.casefold() == "title"), None
        )
        made: list[Block] = []
        for group, members in groupby((block for block in blocks if block is not title), _group):
            made += self._blocks(group[0], list(members))
        made += self._films_before(self._page.text.count("\n") + 2)
        return Section(self._page.path, self._page.language, self._both(title) if title else None, tuple(made))

    def _films_before(self, line: int) -> Iterator[Film]:
        while self._videos and self._videos[0].line < line:
            video: Video = self._videos.pop(0)
            yield Film(video.provider, video.url)

    def _blocks(self, kind: str, run: Sequence[Unit]) -> Iterator[Block]:
        if kind in {"cell", "list item"}:
            yield from self._films_before(run[0].line)
        if kind == "cell" and run[0].cell:  # one outside a table is a text like others
            yield self._grid(run)
        elif kind == "list item":
            items = (Item(max(1, block.level), self._before(block, _NUMBER) or "-", self._both(block)) for block in run)
            if shown := tuple(item for item in items if item.text.source.nodes):
                yield Items(shown)
        else:
            for block in run:
                yield from self._films_before(block.line)
                made = self._block(block)
                if isinstance(made, Listing) or made.text.source.nodes:
                    yield made

    def _block(self, block: Unit) -> Heading | Paragraph | Listing | Note | Property:
        if block.kind == "code":
            return _listing(block.text)
        text = self._both(block)
        if block.kind == "heading":
            return Heading(min(block.level + 1, 6), text)
        if block.kind == "footnote":
            return Note(self._before(block, _NOTE_LABEL) or "", text)
        if block.kind == "front matter":
            return Property(block.key, text)
        if block.kind in {"quote", "caption", "term", "definition"}:
            return Paragraph(text, block.kind)
        return Paragraph(text)

    def _before(self, block: Unit, pattern: re.Pattern[str]) -> str | None:
        """What of the line before a block a pattern finds."""
        start = self._page.data.rfind(b"\n", 0, block.start) + 1
        found = pattern.search(self._page.data[start : block.start].decode("utf-8", "replace"))
        return found[1] if found else None

    def _grid(self, cells: Sequence[Unit]) -> Grid:
        """The cells of a table; a cell that spans rows stands in the first of them."""
        texts = {cell.cell[1:]: self._both(cell) for cell in reversed(cells) if cell.cell}
        columns = range(1, max(column for _, column in texts) + 1)
        rows = tuple(tuple(texts.get((row, column)) for column in columns) for row in sorted({row for row, _ in texts}))
        return Grid(rows, self._is_head(cells[0]))

    def _is_head(self, cell: Unit) -> bool:
        """Whether the row of a cell, the first of a table that says anything, heads the columns."""
        if cell.form != "html":
            return is_delimiter_row(self._lines[cell.line].lstrip(" \t>").encode())
        before = self._page.data[max(0, cell.start - 500) : cell.start].lower()
        return before.rfind(b"<th") > before.rfind(b"<td")

    @cached_property
    def _lines(self) -> list[str]:
        """The lines of the page and an empty one, so that each has one behind it."""
        return [*_LINE_END.split(self._page.text), ""]

    def _both(self, block: Unit) -> Both:
        source = InLanguage(self._page.language, self._nodes(block.text, block.form))
        translation = self._material.translation(block)
        if translation is None:
            alone = not is_message(block.text) or bilingual_halves(block.text)
            return Both(source, self._with_other_alts(source) if alone else None, "same" if alone else "none")
        text = translation.removeprefix(MARK)
        if text == block.text or bilingual_halves(block.text):
            return Both(source, None, "same")
        target = InLanguage(self._target, self._nodes(text, block.form))
        return Both(source, target, "fuzzy" if text != translation else "final")

    def _nodes(self, text: str, form: str) -> Inlines:
        return inlines(text, form=form, references=self._references)

    def _with_other_alts(self, source: InLanguage) -> InLanguage | None:
        """A picture with its text translated, None where nothing of it is."""
        nodes = tuple(
            replace(node, alt=self._alts[node.alt]) if isinstance(node, Image) and node.alt in self._alts else node
            for node in source.nodes
        )
        return InLanguage(self._target, nodes) if nodes != source.nodes else None


def _group(block: Unit) -> tuple[str, int]:
    """What stays together: the cells of a table, the items of a list."""
    return (block.kind, block.cell[0] if block.cell else 0) if block.kind in {"cell", "list item"} else ("block", 0)


def _listing(text: str) -> Listing:
    """Lines of code without their fence."""
    text = without_controls(text)
    if fence := _FENCE.match(text):
        lines = text[fence.end() :].rstrip().split("\n")
        if lines and lines[-1].strip(" \t>").startswith(fence[1]):
            lines.pop()
        return Listing("\n".join(lines), fence[2])
    return Listing(dedent(text).strip("\n"))
