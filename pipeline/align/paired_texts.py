"""The blocks or sentences of two pages or text files, put side by side, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from pipeline.align.listed import Listed
from pipeline.align.pages import align_blocks
from pipeline.align.sentences import align_block_sentences
from pipeline.catalogs.parts import unwrapped
from pipeline.model import Alignment, Page, Pair, PipelineError, Unit
from pipeline.text.lexicon import Lexicon
from pipeline.text.script import display_width
from pipeline.text.sentences import sentence_spans

__all__ = ["Block", "PairedTexts", "Text", "TextRow", "page_blocks", "paired_blocks", "paired_sentences", "text_blocks"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_WRAPPED = 60  # columns from which a line without a full stop is taken to go on in the next
_ENDS = re.compile(r"[.!?:;。！？：；…|][\"'”’」』）)\]*_]*\Z")
_STARTS = re.compile(r"(?:[-*+]|\d{1,3}[.)、]|#{1,6}|>|\|)\s?")


class Block(NamedTuple):
    """A heading, paragraph, list item, row of a table or piece of code: its text at a line, and as Markdown.

    ``is_prose`` tells what has sentences from code, pictures and what else is not translated; what ``is_one``, a heading
    or a row, is not cut into them.
    """

    line: int
    text: str
    source: str
    is_prose: bool = True
    is_one: bool = False


class Text(NamedTuple):
    """The blocks of a page or file; ``name`` is its path as the user knows it."""

    name: str
    blocks: Sequence[Block]


class TextRow(NamedTuple):
    """What stands side by side: a pair, or one text alone on its side."""

    left: tuple[Listed, ...]
    right: tuple[Listed, ...]
    pair: Pair[tuple[int, ...]] | None


@dataclass(frozen=True, slots=True)
class PairedTexts:
    """The blocks or sentences (``what``) of two texts, and which belong together."""

    what: str
    left: tuple[Listed, ...]
    right: tuple[Listed, ...]
    alignment: Alignment[tuple[int, ...]]
    left_name: str
    right_name: str

    def rows(self) -> Iterator[TextRow]:
        """Yield every pair and every text without a partner, in reading order.

        That is the order of the left; what is on the right alone follows what stands before it there.
        """
        rows = {pair.left[0]: self._row(pair.left, pair.right, pair) for pair in self.alignment.pairs}
        rows.update((index, self._row((index,), (), None)) for index in self.alignment.left_only)
        alone = set(self.alignment.right_only)
        yield from self._alone(alone, 0)
        for _, row in sorted(rows.items()):
            yield row
            for listed in row.right:
                yield from self._alone(alone, listed.index + 1)

    def _row(self, left: Sequence[int], right: Sequence[int], pair: Pair[tuple[int, ...]] | None) -> TextRow:
        return TextRow(tuple(self.left[i] for i in left), tuple(self.right[j] for j in right), pair)

    def _alone(self, alone: set[int], start: int) -> Iterator[TextRow]:
        while start in alone:
            yield self._row((), (start,), None)
            start += 1


def page_blocks(page: Page) -> Text:
    """Return the blocks of a page: of its front matter what is translated, of its tables the rows.

    Raises:
        PipelineError: It has none.
    """
    units = {unit.start for unit in page.units}
    blocks = [
        block
        for block in page.blocks
        if block.kind != "attribute" and (block.kind != "front matter" or block.start in units)
    ]
    found = [_block(list(group), units) for _, group in groupby(enumerate(blocks), key=_row_of)]
    if not found:
        raise PipelineError("has no text", path=page.path, remedy="name a page with text in it")
    return Text(page.path, found)


def _row_of(numbered: tuple[int, Unit]) -> tuple[int, int]:
    number, block = numbered
    return (-1 - number, 0) if block.cell is None else block.cell[:2]


def _block(group: Sequence[tuple[int, Unit]], units: set[int]) -> Block:
    cells = [block for _, block in group]
    first = cells[0]
    is_prose = any(cell.start in units for cell in cells) and first.kind != "code"
    if first.cell:
        text = " | ".join(cell.text for cell in cells)
        return Block(first.line, text, f"| {text} |", is_prose, is_one=len(cells) > 1)
    marks = {"heading": "#" * max(1, first.level) + " ", "list item": "- ", "quote": "> "}
    return Block(first.line, first.text, marks.get(first.kind, "") + first.text, is_prose, first.kind == "heading")


def text_blocks(text: str, path: str) -> Text:
    """Return the blocks of a plain text: its lines, where a line that is wrapped goes on in the next.

    Raises:
        PipelineError: It has none.
    """
    blocks: list[Block] = []
    before = ""
    for number, line in enumerate(_LINE_END.split(text), 1):
        stripped = line.strip()
        if before and stripped and _goes_on(before, stripped):
            joined = f"{blocks[-1].text}\n{stripped}"
            blocks[-1] = Block(blocks[-1].line, joined, joined)
        elif stripped:
            blocks.append(Block(number, stripped, stripped, is_one=stripped.startswith("#")))
        before = stripped
    if not blocks:
        raise PipelineError("has no text", path=path, remedy="write some in it, or name another file")
    return Text(path, blocks)


def _goes_on(before: str, line: str) -> bool:
    return display_width(before) >= _WRAPPED and not (_ENDS.search(before) or _STARTS.match(line))


def paired_blocks(left: Text, right: Text, lexicon: Lexicon | None = None) -> PairedTexts:
    """Return the blocks of two texts side by side."""
    alignment = align_blocks(
        [block.source for block in left.blocks], [block.source for block in right.blocks], lexicon=lexicon
    )
    return PairedTexts("block", _listed(left), _listed(right), alignment, left.name, right.name)


def _listed(text: Text) -> tuple[Listed, ...]:
    return tuple(Listed(index, _on_one_line(block.text), block.line) for index, block in enumerate(text.blocks))


def paired_sentences(left: Text, right: Text, lexicon: Lexicon | None = None) -> PairedTexts:
    """Return the sentences of two texts side by side.

    Raises:
        PipelineError: One of them has none.
    """
    left, right = (_prose(text) for text in (left, right))
    blocks = paired_blocks(left, right, lexicon).alignment
    ours, theirs = ([_sentences(block) for block in text.blocks] for text in (left, right))
    alignment = align_block_sentences(_texts(ours), _texts(theirs), blocks, lexicon=lexicon)
    return PairedTexts("sentence", _numbered(ours), _numbered(theirs), alignment, left.name, right.name)


def _prose(text: Text) -> Text:
    blocks = [block for block in text.blocks if block.is_prose]
    if not blocks:
        raise PipelineError("has no sentence", path=text.name, remedy="name a page with text in it, or use --pages")
    return Text(text.name, blocks)


def _sentences(block: Block) -> list[tuple[int, str]]:
    """The sentences of a block, each with its line."""
    if block.is_one:
        return [(block.line, _on_one_line(block.text))]
    return [
        (block.line + block.text.count("\n", 0, start), _on_one_line(block.text[start:end]))
        for start, end in sentence_spans(block.text)
    ]


def _texts(blocks: Sequence[Sequence[tuple[int, str]]]) -> list[list[str]]:
    return [[text for _, text in block] for block in blocks]


def _numbered(blocks: Sequence[Sequence[tuple[int, str]]]) -> tuple[Listed, ...]:
    sentences = [sentence for block in blocks for sentence in block]
    return tuple(Listed(index, text, line) for index, (line, text) in enumerate(sentences))


def _on_one_line(text: str) -> str:
    return unwrapped(text) if "\n" in text else text
