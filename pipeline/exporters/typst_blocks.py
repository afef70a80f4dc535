"""The blocks of a handout as code of typst, in the layouts of handouts; how each looks stands in handout.typ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
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
)  # fmt: skip
from pipeline.exporters.handout_words import WORDS, chinese_among, word_in_both
from pipeline.exporters.nodes import Break, Image, Inlines, Link, Math, Styled, plain_text
from pipeline.exporters.showing import Depths, shown
from pipeline.exporters.typst_text import VOICES, Surroundings, linked, literal, spoken
from pipeline.text.script import display_width

_KINDS: Mapping[str, str] = {"quote": "quoted", "caption": "captioned", "term": "termed", "definition": "defined"}
_LONGEST_WHOLE = 2_600  # columns of text: about half a page; what is longer may break, or it would run off the page
_LONGEST_CELL = 900  # in a table of several columns a text is as many times as high
_DEEPEST = 8  # levels of lists: a page has no room for more, and typst sets no 30
_MOST_NOTES = 4  # in each other; the deepest stand at the end of their page
_PAGE_WIDTH, _NARROW, _WIDE, _LINE = 90, 7, 40, 60  # in columns of text


@dataclass(frozen=True, slots=True)
class Pair:
    """The code of a text: ``other`` is empty where there is one text to show; ``mark`` says that it is not finished.

    ``width`` is that of all texts in columns, ``line`` that of the longer one. ``place`` says in which column a single text
    stands that lacks its translation, None where it stands for both. ``dress`` says what kind of block it is.
    """

    first: str
    other: str = ""
    mark: str = ""
    width: int = 0
    line: int = 0
    place: int | None = None
    dress: tuple[Callable[[str], str], ...] = ()

    @property
    def whole(self) -> str:
        """Whether the text must not be broken by the end of a page."""
        return str(self.extent <= _LONGEST_WHOLE).lower()

    @property
    def extent(self) -> int:
        """The columns that the texts need, one under the other or the longer one in half of the page."""
        return max(self.width, 2 * self.line)

    def dressed(self, dress: Callable[[str], str]) -> Pair:
        """The pair as a block of some kind."""
        return replace(self, dress=(*self.dress, dress))

    def _shown(self, *codes: str) -> str:
        parts = [code for code in codes if code]
        code = parts[0] if len(parts) == 1 else f"{{{'; '.join(parts)}}}"
        for dress in self.dress:
            code = dress(code)
        return code

    def columns(self) -> tuple[str, str]:
        """The code of both texts, marked; of one that lacks its translation with the mark in the place of that."""
        if self.other:
            return self._shown(self.first), self._shown(self.other, self.mark)
        sides = self._shown(self.first), self.mark or "[]"
        return sides[::-1] if self.place else sides

    def alone(self) -> str:
        """The code of the only text, marked."""
        return self._shown(self.first, self.mark)


@dataclass(slots=True)
class BlockWriter:
    """Writes the blocks of one page."""

    handout: Handout
    around: Surroundings
    depths: Depths = field(default_factory=Depths)
    notes: dict[str, Both] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)
    open_notes: int = 0

    def written(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Each block as a line of code; last the footnotes that no text names."""
        self.notes = {block.label: block.text for block in reversed(blocks) if isinstance(block, Note)}
        for is_row, run in groupby(blocks, key=self._is_row):
            if is_row:
                yield self._rows([row for block in run for row in self._pairs_of(block)])
            else:
                yield from filter(None, map(self._block, run))
        self.open_notes = _MOST_NOTES
        for label, text in reversed(list(self.notes.items())):
            key = f"super({self.around.literal(label)})"
            yield self._arranged(self.pair(text).dressed(partial(_labelled, key)))

    def _is_row(self, block: Block) -> bool:
        return self.handout.layout == "table" and isinstance(block, Paragraph | Items | Grid | Property)

    # --- texts

    def pair(self, text: Both, *, in_heading: bool = False) -> Pair:
        """A text in the languages that the layout shows, in their order."""
        texts = shown(text, self.handout)
        codes = [
            spoken(each.said.language, each.said.nodes, self.around, in_heading=in_heading) for each in texts
        ]  # fmt: skip
        marks = [f"mark({VOICES[each.mark_language]}({literal(each.mark)}))" for each in texts if each.mark]
        widths = [_extent(each.said.nodes) for each in texts]
        is_alone = len(texts) == 1 and text.state == "none"
        place = int(texts[0].said.language != self.handout.languages[0]) if is_alone else None
        return Pair(codes[0], "".join(codes[1:]), "".join(marks[:1]), sum(widths), max(widths), place)

    def _arranged(self, pair: Pair) -> str:
        """A pair as a block of its own."""
        if pair.other or (pair.place is not None and self.handout.layout == "side-by-side"):
            return f"both({', '.join(pair.columns())}, whole: {pair.whole})"
        return f"one({pair.alone()}, whole: {pair.whole})"

    def heading(self, text: Both, level: int) -> str:
        """A heading, at most one level below that of the heading before, as PDF/UA wants it."""
        depth = self.depths.of(level) - 1
        pair = self.pair(text, in_heading=True)
        body = f"in-title({pair.first}, {pair.other})" if pair.other else pair.first
        return f"heading(level: {depth}, {body})" + (f"; {pair.mark}" if pair.mark and pair.other else "")

    # --- blocks

    def _block(self, block: Block) -> str:
        match block:
            case Heading(level, text):
                return self.heading(text, level)
            case Items(items):
                return self._items(items)
            case Listing(text, language):
                return f"listing({self.around.literal(text)}, {literal(language) if language else 'none'})"
            case Grid():
                return self.grid(block)
            case Film(provider, url):
                return f"film({self.around.literal(provider + ': ')}, {linked(url, self.around.literal(url))})"
            case Note():
                return ""
            case Paragraph() | Property():
                return self._arranged(self._paragraph(block))

    def _paragraph(self, block: Paragraph | Property) -> Pair:
        pair = self.pair(block.text)
        if isinstance(block, Property):
            key = self.around.literal(f"{block.key}: ")
            return pair.dressed(lambda code: f"property({key}, {code})")
        wrap = _KINDS.get(block.kind)
        return pair.dressed(lambda code: f"{wrap}({code})") if wrap else pair

    def _pairs_of(self, block: Block) -> Iterator[Pair]:
        """The rows that a block makes where a handout is a table."""
        match block:
            case Items(items):
                for item in items:
                    flat = replace(item, level=min(item.level, _DEEPEST))
                    yield self.pair(item.text).dressed(partial(_lone_item, flat))
            case Grid(rows):
                yield from (self.pair(cell) for row in rows for cell in row if cell)
            case Paragraph() | Property():
                yield self._paragraph(block)

    def _rows(self, pairs: Sequence[Pair]) -> str:
        """A table of source, target and what is to be said of them."""
        names = [WORDS["name"][language] for language in self.handout.languages[:2]]
        note = word_in_both("note", chinese_among(self.handout.languages))
        head = ", ".join(map(literal, (*names, note)))
        body = []
        for pair in pairs:
            if not pair.other and pair.place is None:
                body += [f"table.cell(colspan: 2, {pair.alone()})", "[]"]
                continue
            unmarked = replace(pair, mark="")
            body += [*unmarked.columns(), pair.mark or "[]"]
        is_whole = max(pair.extent for pair in pairs) <= _LONGEST_WHOLE
        return _cells("(1fr, 1fr, auto)", "9.5pt", is_whole, head, body)

    def _items(self, given: Sequence[Item]) -> str:
        items = [replace(item, level=min(item.level, _DEEPEST)) for item in given]
        if self.handout.layout == "side-by-side":
            return "; ".join(self._arranged(self.pair(item.text).dressed(partial(_lone_item, item))) for item in items)
        return self._nested(items, 0)

    def _nested(self, items: list[Item], least: int) -> str:
        """Lists in lists; takes from ``items`` those that are deeper than ``least``."""
        made: list[tuple[str, list[str]]] = []
        while items and items[0].level > least:
            item = items.pop(0)
            body = self._arranged(self.pair(item.text))
            if items and items[0].level > item.level:
                body += f"; {self._nested(items, item.level)}"
            if not made or made[-1][0] != _list(item):
                made.append((_list(item), []))
            made[-1][1].append(_in_list(item, body))
        return "; ".join(f"{opening}{', '.join(bodies)})" for opening, bodies in made)

    def grid(self, grid: Grid) -> str:
        """A table of the page, with both languages in each cell."""
        pairs = [[self.pair(cell) if cell else None for cell in row] for row in grid.rows]
        columns = max(map(len, pairs))
        size = "9.5pt" if columns <= 3 else "9pt" if columns <= 5 else "8pt" if columns <= 8 else "6.5pt"
        codes = [[_in_cell(pair) for pair in row] + ["[]"] * (columns - len(row)) for row in pairs]
        widest = max((pair.width for row in pairs for pair in row if pair), default=0)
        head = ", ".join(codes.pop(0)) if grid.has_head else ""
        body = [code for row in codes for code in row]
        return _cells(_columns(pairs, columns), size, widest * columns <= _LONGEST_CELL * 3, head, body)

    # --- footnotes

    def note(self, label: str) -> str | None:
        """The code of a footnote where its text is known, that of a reference where it has been said before."""
        if label in self.said:
            return f"footnote(<note-{self.said[label]}>)"
        if label not in self.notes or self.open_notes == _MOST_NOTES:
            return None
        self.open_notes += 1
        pair = self.pair(self.notes.pop(label))  # gone before it is written: a note that names itself is none
        self.open_notes -= 1
        self.said[label] = self.around.next_note()
        body = _labelled(pair.first, pair.other) if pair.other else pair.first
        return f"[#footnote({body})<note-{self.said[label]}>]"


def _extent(nodes: Inlines) -> int:
    """The columns of a text as they count for its height: a new line and a picture take more than their letters."""
    heights = {Break: _LINE, Image: 10 * _LINE, Math: 3 * _LINE}
    inside = sum(
        _extent(node.inside) - display_width(plain_text(node.inside))
        for node in nodes
        if isinstance(node, Styled | Link)
    )
    return display_width(plain_text(nodes)) + inside + sum(heights.get(type(node), 0) for node in nodes)


def _labelled(key: str, code: str) -> str:
    return "{" + '; " "; '.join((key, code)) + "}"


def _columns(rows: Sequence[Sequence[Pair | None]], columns: int) -> str:
    """How wide the columns of a table are: as their texts want it where all fit, else shares of the page."""
    widths = [
        max((pair.line for row in rows for pair in row[place : place + 1] if pair), default=1)
        for place in range(columns)
    ]
    if sum(widths) + 2 * columns <= _PAGE_WIDTH:
        return str(columns)
    shares = ("auto" if width <= _NARROW else f"{min(width, _WIDE)}fr" for width in widths)
    return f"({', '.join(shares)},)"


def _cells(columns: str, size: str, is_whole: bool, head: str, body: Sequence[str]) -> str:
    lists = f"({head},)" if head else "()", f"({', '.join(body)},)" if body else "()"
    return f"cells({columns}, {size}, whole: {str(is_whole).lower()}, {', '.join(lists)})"


def _in_cell(pair: Pair | None) -> str:
    if pair is None:
        return "[]"
    return f"in-cell({', '.join(pair.columns())})" if pair.other else pair.alone()


def _list(item: Item) -> str:
    """What opens the list that a point stands in: its numbers, its marks, or its boxes that are ticked or not."""
    if item.marker[:1].isdigit():
        return "enum("
    box = {"[ ]": "☐", "[x]": "☑", "[X]": "☑"}.get(item.marker)
    return f"list(marker: {literal(box)}, " if box else "list("


def _in_list(item: Item, body: str) -> str:
    return f"enum.item({int(item.marker[:-1])}, {{{body}}})" if item.marker[:1].isdigit() else f"list.item({{{body}}})"


def _lone_item(item: Item, body: str) -> str:
    """A point of a list that stands beside its translation."""
    return f"pad(left: {item.level - 1}em, {_list(item)}{_in_list(item, body)}))"
