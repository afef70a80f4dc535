"""The blocks of a handout as WordprocessingML, in all layouts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.exporters.document import (
    Block,
    Both,
    Film,
    Grid,
    Handout,
    Heading,
    Item,
    Items,
    Listing,
    Note,
    Paragraph,
    Property,
    Section,
)  # fmt: skip
from pipeline.exporters.docx_tables import letters, lined_table, pair_table, paragraph, widths_for
from pipeline.exporters.docx_text import Targets, plain_run, text_runs
from pipeline.exporters.handout_words import chinese_among, word_in_both
from pipeline.exporters.nodes import plain_text
from pipeline.exporters.showing import Depths, Shown, section_title, shown, table_rows

_TASKS = {"[x]": "☑ ", "[X]": "☑ ", "[ ]": "☐ "}
_DEEPEST = 8  # levels that Word numbers, from 0
_TOGETHER = '<w:keepNext/><w:keepLines/>{}<w:spacing w:after="20"/>'
_STYLES = {"quote": "Quote", "caption": "Caption", "term": "Term", "definition": "Definition"}
Piece = str | tuple[str, str]
"""Paragraphs and tables over the whole width, or two texts that stand beside each other."""


BULLETS = 101
"""The `w:numId` of lists that are not numbered; those that are have the numbers behind it."""


@dataclass(slots=True)
class Lists:
    """The numbered lists of the document: the level of each, from 0, and the number that it starts with."""

    starts: list[tuple[int, int]] = field(default_factory=list)

    def new(self, level: int, start: int) -> int:
        """Return the `w:numId` of a new list."""
        self.starts.append((level, start))
        return BULLETS + len(self.starts)


@dataclass(frozen=True, slots=True)
class _Point:
    """A point of a list: the properties of its first paragraph and of those below, and the runs before its text."""

    place: str = ""
    below: str = ""
    ahead: str = ""


_NO_POINT = _Point()


@dataclass(slots=True)
class Writer:
    """Writes blocks; ``width`` is that of the text on a page, in twentieths of a point."""

    handout: Handout
    targets: Targets
    lists: Lists
    width: int
    bookmarks: Iterator[int]
    _depths: Depths = field(default_factory=Depths)
    _noted: set[str] = field(default_factory=set)

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        """Return the blocks of a page, in the layout of the handout."""
        if self.handout.layout == "table":
            return "".join(self._rows(blocks))
        pieces = (piece for block in blocks for piece in self._pieces(block))
        return "".join(self._laid_out(pieces))

    def _laid_out(self, pieces: Iterator[Piece]) -> Iterator[str]:
        half = self.width // 2
        for are_pairs, run in groupby(pieces, lambda piece: isinstance(piece, tuple)):
            if are_pairs:
                yield pair_table([piece for piece in run if isinstance(piece, tuple)], [half, self.width - half])
            else:
                yield from (piece for piece in run if isinstance(piece, str))

    def _rows(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        """The layout ``table``: source, translation and note beside each other."""
        widths = widths_for([60, 60, 8], self.width)
        chinese = chinese_among(self.handout.languages)
        heads = [
            paragraph("TableHead", plain_run(word_in_both(name, chinese), chinese))
            for name in ("original", "translation", "note")
        ]
        for is_text, run in groupby(table_rows(blocks), lambda each: isinstance(each, Both)):
            if is_text:
                yield lined_table([heads, *(self._row(each) for each in run if isinstance(each, Both))], widths, 1)
            else:
                yield from self._laid_out(
                    piece for each in run if not isinstance(each, Both) for piece in self._pieces(each)
                )

    def _row(self, text: Both) -> list[str]:
        mark = next((each for each in shown(text, self.handout) if each.mark), None)
        cells = [text_runs(Shown(said), self.targets) if said else "" for said in (text.source, text.target)]
        cells.append(plain_run(mark.mark, mark.mark_language, "State") if mark else "")
        return [paragraph("TableText", cell) for cell in cells]

    def _pieces(self, block: Block) -> Iterator[Piece]:
        match block:
            case Heading(level, text):
                yield self.heading(f"Heading{self._depths.of(level)}", shown(text, self.handout))
            case Paragraph(text, kind):
                style = _STYLES.get(kind, "Normal")
                yield self._pair(text, style, style if style != "Normal" else "SecondLanguage")
            case Items(items):
                yield from self._list(items)
            case Listing(text, _):
                lines = "<w:r><w:br/></w:r>".join(plain_run(line, "en") for line in text.split("\n"))
                yield paragraph("SourceCode", lines)
            case Grid():
                yield self.grid(block)
            case Film(provider, url):
                yield paragraph("Normal", plain_run(f"▶ {provider}: ", "en") + self._address(url))
            case Note(label, text):
                yield self._note(label, text)
            case Property(key, text):
                yield paragraph("Key", plain_run(key, "en"), "<w:keepNext/>")
                yield self._pair(text, "Normal", "SecondLanguage")

    def _address(self, url: str) -> str:
        target, run = self.targets.link(url), plain_run(url, "en", "Hyperlink")
        return f"<w:hyperlink {target}>{run}</w:hyperlink>" if target else plain_run(url, "en")

    def heading(self, style: str, texts: Sequence[Shown], properties: str = "", bookmark: str = "") -> str:
        """Return a heading in one paragraph, the languages on lines of their own."""
        styles = ("", *["SecondTitle"] * len(texts))
        lines = [text_runs(each, self.targets, look) for each, look in zip(texts, styles, strict=False)]
        runs = "<w:r><w:br/></w:r>".join(lines)
        return paragraph(style, self.bookmarked(runs, bookmark), properties)

    def bookmarked(self, runs: str, name: str) -> str:
        """Return runs that links of the document may lead to by a name; an empty name is none."""
        number = next(self.bookmarks) if name else 0
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'
            if name
            else runs
        )

    def _pair(self, text: Both, first: str, second: str, point: _Point = _NO_POINT) -> Piece:
        """One or two paragraphs that stay on one page, in the styles ``first`` and ``second``."""
        ahead, properties = point.ahead, (point.place, point.below)
        texts = shown(text, self.handout)
        runs = [text_runs(each, self.targets) for each in texts]
        if len(runs) == 1:
            return paragraph(first, ahead + runs[0], f"<w:keepLines/>{properties[0]}")
        if self.handout.layout == "side-by-side":
            return paragraph(first, ahead + runs[0], properties[0]), paragraph(
                "Normal" if properties[0] else first, runs[1]
            )
        return paragraph(first, ahead + runs[0], _TOGETHER.format(properties[0])) + paragraph(
            second, runs[1], f"<w:keepLines/>{properties[1]}"
        )

    def _list(self, items: Sequence[Item]) -> Iterator[Piece]:
        counted: dict[int, int] = {}
        for item in items:
            level = min(item.level - 1, _DEEPEST)
            listed = self._list_of(item, level, counted)
            place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listed}"/></w:numPr>'
            below = f'<w:ind w:left="{360 * (level + 1)}" w:firstLine="0"/>'
            task = plain_run(_TASKS[item.marker], "en") if item.marker in _TASKS else ""
            style = "ListBullet" if listed == BULLETS else "ListNumber"
            yield self._pair(item.text, style, "ListContinue", _Point(place, below, task))

    def _list_of(self, item: Item, level: int, counted: dict[int, int]) -> int:
        """The list that a point belongs to; ``counted`` are the numbered lists that are open, by level."""
        for closed in [each for each in counted if each > level]:
            del counted[closed]
        number = item.marker.rstrip(".)")
        if not (number.isascii() and number.isdigit()):
            counted.pop(level, None)
            return BULLETS
        if level not in counted:
            counted[level] = self.lists.new(level, int(number))
        return counted[level]

    def _note(self, label: str, text: Both) -> str:
        name = "" if label in self._noted else self.targets.notes.get(label, "")
        self._noted.add(label)
        sign = self.bookmarked(plain_run(f"[{label}] ", "en"), name)
        texts = [text_runs(each, self.targets) for each in shown(text, self.handout)]
        return "".join(
            paragraph("NoteText", (sign if not number else "") + runs, "<w:keepLines/>")
            for number, runs in enumerate(texts)
        )

    def grid(self, grid: Grid) -> str:
        """Return a table of the handout."""
        heads = 1 if grid.has_head else 0
        rows = [
            [self._cell(cell, "TableHead" if number < heads else "TableText") for cell in row]
            for number, row in enumerate(grid.rows)
        ]
        lengths = [max((self._length(row[column]) for row in grid.rows), default=0) for column in range(len(rows[0]))]
        return lined_table(rows, widths_for(lengths, self.width), heads) if lengths else ""

    def _cell(self, cell: Both | None, style: str) -> str:
        texts = shown(cell, self.handout) if cell else ()
        return "".join(paragraph(style, text_runs(each, self.targets)) for each in texts)

    def _length(self, cell: Both | None) -> int:
        return (
            max((letters(plain_text(each.said.nodes)) for each in shown(cell, self.handout)), default=0) if cell else 0
        )


def note_bookmarks(section: Section, number: int) -> dict[str, str]:
    """Return the bookmarks of the footnotes of the page of that number, by their labels."""
    _, blocks = section_title(section)
    labels = dict.fromkeys(block.label for block in blocks if isinstance(block, Note))
    return {label: f"note_{number}_{place}" for place, label in enumerate(labels, 1)}
