"""Bilingual handouts in Markdown, for wikis and for whatever turns Markdown into something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pipeline.exporters.appendix import glossary_grid, lecture_grid, topic_grid
from pipeline.exporters.base import Material, Output, exporter
from pipeline.exporters.credits import Credit
from pipeline.exporters.document import (
    Block,
    Both,
    Film,
    Grid,
    Handout,
    Heading,
    Items,
    Listing,
    Note,
    Paragraph,
    Property,
    Section,
    handout_of,
)
from pipeline.exporters.handout_words import WORDS, word_in_both
from pipeline.exporters.markdown_text import code_block, escaped, markdown, text_of
from pipeline.exporters.nodes import Link, Text
from pipeline.exporters.showing import (
    Depths,
    Shown,
    is_titled_so,
    section_title,
    shown,
    table_rows,
    without_repeated_title,
)


@exporter("md")
def handout(material: Material) -> Iterator[Output]:
    """One bilingual handout a course in Markdown: its pages, its lecture table, its terms, and whom it names."""
    made = handout_of(material)
    if made.sections or made.table:
        yield Output("handout.md", as_markdown(made).encode("utf-8", "replace"))


def as_markdown(handout: Handout) -> str:
    """Return a handout as Markdown."""
    titles = " · ".join(map(escaped, dict.fromkeys(handout.titles.values()))) or escaped(handout.name)
    parts = [f"# {titles}"]
    for number, section in enumerate(handout.sections, 1):
        parts += _Pages(handout, section, number).parts()
    return "\n\n".join([*parts, *_appendices(handout)]) + "\n"


def _appendices(handout: Handout) -> Iterator[str]:
    """The lecture table, the topics, the terms and the credits, as far as there are any."""
    grids: list[tuple[str, Grid | None]] = []
    if handout.table and handout.table.rows:
        grids.append(("lectures", lecture_grid(handout.table, handout.languages)))
        grids.append(("topics", topic_grid(handout.table, handout.languages)))
    grids.append(("glossary", glossary_grid(handout) if handout.terms else None))
    for name, grid in grids:
        if grid:
            yield _heading_of(name, handout)
            yield _grid(grid, handout, {})
    if handout.credits:
        yield _heading_of("credits", handout)
        yield "\n".join(f"- {_credit(credit)}" for credit in handout.credits)


def _credit(credit: Credit) -> str:
    """Whom a handout names, with the address as a link."""
    link = markdown((Link(credit.url, (Text(credit.url),)),), {}) if credit.url else ""
    named = escaped(f"{word_in_both(credit.role, credit.chinese)}: {'' if credit.url == credit.text else credit.text}")
    return f"{named.rstrip()} {link}".rstrip()


def _heading_of(name: str, handout: Handout) -> str:
    return f"## {_in_languages(name, handout)}"


def _in_languages(name: str, handout: Handout) -> str:
    return " · ".join(WORDS[name][language] for language in handout.languages or ("en",))


class _Pages:
    """Writes one page; the labels of its footnotes get the number of the page, since a file has many pages."""

    def __init__(self, handout: Handout, section: Section, number: int) -> None:
        self._handout, self._section = handout, section
        labels = dict.fromkeys(block.label for block in section.blocks if isinstance(block, Note))
        self._notes = {label: f"{number}-{place}" for place, label in enumerate(labels, 1)}

    def parts(self) -> Iterator[str]:
        """Yield the blocks of the page in reading order, its footnotes last."""
        title, blocks = section_title(self._section)
        depths = Depths()
        if title and not is_titled_so(self._handout, title):
            yield self._heading(title, depths.of(1))
        blocks = without_repeated_title(title, blocks) if title else blocks
        rest = tuple(block for block in blocks if not isinstance(block, Note))
        in_rows = self._handout.layout in {"side-by-side", "table"}
        yield from self._in_rows(rest, depths) if in_rows else (self._block(block, depths) for block in rest)
        for block in self._section.blocks:
            if isinstance(block, Note):
                text = "\n\n    ".join(self._texts(block.text))
                yield f"[^{self._notes[block.label]}]: {text}"

    def _texts(self, text: Both, *, in_cell: bool = False) -> list[str]:
        return [text_of(each, self._notes, in_cell=in_cell) for each in shown(text, self._handout)]

    def _heading(self, text: Both, depth: int) -> str:
        return f"{'#' * depth} {' · '.join(self._texts(text, in_cell=True))}"

    def _block(self, block: Block, depths: Depths) -> str:
        match block:
            case Heading(level, text):
                return self._heading(text, depths.of(level))
            case Paragraph(text, "quote"):
                return "\n>\n".join("> " + each.replace("\n", "\n> ") for each in self._texts(text))
            case Property(key, text):
                return "\n\n".join([f"**{escaped(key)}:**", *self._texts(text)])
            case Items(items):
                return "\n".join(self._point(each.text, each.level, each.marker) for each in items)
            case Grid():
                return _grid(block, self._handout, self._notes)
            case Listing(text, language):
                return code_block(text, language)
            case Film(provider, url):
                return f"▶ {escaped(provider)}: <{url}>"
            case Paragraph(text) | Note(_, text):
                return "\n\n".join(self._texts(text))

    def _point(self, text: Both, level: int, marker: str) -> str:
        indent = "    " * (level - 1)
        start = f"- {marker} " if marker.startswith("[") else f"{marker} "
        inside = indent + " " * (len(marker) + 1)
        return indent + start + "  \n".join(self._texts(text)).replace("\n", f"\n{inside}")

    def _in_rows(self, blocks: tuple[Block, ...], depths: Depths) -> Iterator[str]:
        """The layouts with columns: texts as rows, tables whole where the languages stand side by side."""
        is_table = self._handout.layout == "table"
        rows = list(table_rows(blocks)) if is_table else list(_texts_of(blocks))
        for is_text, run in groupby(rows, lambda each: isinstance(each, Both)):
            if is_text:
                yield self._columns([each for each in run if isinstance(each, Both)], is_table)
            else:
                yield from (self._block(each, depths) for each in run if not isinstance(each, Both))

    def _columns(self, texts: Sequence[Both], with_note: bool) -> str:
        languages = self._handout.languages
        head = [WORDS["name"][language] for language in languages]
        head += [_in_languages("note", self._handout)] if with_note else []
        return _table([head, *(self._row(text, with_note) for text in texts)])

    def _row(self, text: Both, with_note: bool) -> list[str]:
        """A text in the column of its language; what is the same in both stands in the first."""
        texts = shown(text, self._handout)
        bare = [Shown(each.said) for each in texts] if with_note else texts
        said = {each.said.language: text_of(each, self._notes, in_cell=True) for each in bare}
        cells = [said.get(language, "") for language in self._handout.languages]
        if text.state == "same" and len(texts) == 1:
            cells = [*said.values(), *[""] * (len(cells) - 1)]
        return [*cells, " ".join(each.mark for each in texts if each.mark)] if with_note else cells


def _texts_of(blocks: Sequence[Block]) -> Iterator[Both | Block]:
    """The texts of paragraphs and lists, and other blocks as they are."""
    for block in blocks:
        if isinstance(block, Grid | Heading | Listing | Film):
            yield block
        else:
            yield from (each for each in table_rows((block,)))


def _grid(grid: Grid, handout: Handout, notes: Mapping[str, str]) -> str:
    """A table in both languages; Markdown has none without a head, so that one is empty."""
    rows = [
        [
            "<br>".join(text_of(each, notes, in_cell=True) for each in shown(cell, handout)) if cell else ""
            for cell in row
        ]
        for row in grid.rows
    ]
    width = max((len(row) for row in rows), default=1)
    return _table(rows if grid.has_head and rows else [[""] * width, *rows])


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]])
