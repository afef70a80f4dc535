"""The lists and tables of a page as its blocks show them, with what announces them and how they are numbered."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.model import Page, Unit

Row = Mapping[int, Unit]
"""The cells of a row by their column, from 1; cells without a text are absent."""

_FEW_WORDS = 120  # characters of a text that announces a list; a longer one is prose that happens to stand before it


@dataclass(frozen=True, slots=True)
class Listing:
    """Neighbouring list items.

    ``headings`` are the headings that the list stands under, the outermost first; ``before`` is a short text just
    before it.
    """

    blocks: tuple[Unit, ...]
    headings: tuple[Unit, ...]
    before: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table in their order, with the headings it stands under."""

    rows: tuple[Row, ...]
    headings: tuple[Unit, ...]


def listings(page: Page) -> Iterator[Listing]:
    """Each run of list items of a page, in reading order."""
    above: list[Unit] = []
    before = ""
    for is_list, members in groupby(page.blocks, lambda block: block.kind == "list item"):
        run = list(members)
        if is_list:
            yield Listing(tuple(run), tuple(above), before if len(before) <= _FEW_WORDS else "")
        else:
            _descend(above, run)
            before = "" if run[-1].kind == "heading" else run[-1].text


def tables(page: Page) -> Iterator[Table]:
    """Each table of a page, in reading order."""
    above: list[Unit] = []
    blocks = (
        block for block in page.blocks if block.kind != "attribute"
    )  # the text of a picture in a cell ends no table
    for number, members in groupby(blocks, lambda block: block.cell[0] if block.cell else 0):
        run = list(members)
        if not number:
            _descend(above, run)
            continue
        rows = groupby(run, lambda cell: cell.cell and cell.cell[1])
        yield Table(tuple({cell.cell[2]: cell for cell in row if cell.cell} for _, row in rows), tuple(above))


def _descend(above: list[Unit], run: Sequence[Unit]) -> None:
    """Bring ``above``, the headings that one stands under, past the blocks of ``run``."""
    for block in run:
        if block.kind == "heading":
            while above and above[-1].level >= block.level:
                above.pop()
            above.append(block)


# --- ordered lists

_MARKER = re.compile(r"^[\s>]*(?:[-*+]\s+)?(\d{1,3})[.)、]\s*(?:\[[ xX]\]\s*)?(?:\*{1,3}|_{1,3}|\[{1,2}|<[^<>]*>|`)*$")
_TAG = re.compile(r"<(/?)(ol|ul)\b[^>]*>", re.IGNORECASE)


def ordinals(page: Page, run: Sequence[Unit]) -> list[int] | None:
    """The number of each block of ``run`` where the page numbers them as one ordered list, else None.

    A Markdown list counts from its first number, whatever the others are, as a browser does.
    """
    lines = page.text.split("\n")
    markers = [_MARKER.match(lines[block.line - 1][: block.column - 1]) for block in run]
    if all(markers) and markers[0]:
        printed = [int(marker[1]) for marker in markers if marker]
        return printed if len(set(printed)) == len(printed) else [printed[0] + place for place in range(len(run))]
    if "<ol" in page.text.lower() and all(_in_ordered_list(page.text, lines, run)):
        return list(range(1, len(run) + 1))
    return None


def _in_ordered_list(text: str, lines: Sequence[str], run: Sequence[Unit]) -> Iterator[bool]:
    """For each block whether the HTML list that it stands in is an ordered one."""
    places, inside = [0], [False]
    stack: list[bool] = []
    for tag in _TAG.finditer(text):
        if tag[1]:
            del stack[-1:]
        else:
            stack.append(tag[2].lower() == "ol")
        places.append(tag.end())
        inside.append(bool(stack) and stack[-1])
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for block in run:
        yield inside[bisect(places, starts[block.line - 1] + block.column - 1) - 1]
