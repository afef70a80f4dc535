"""Tables on a terminal: columns that share its width, where a Han character takes two."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.text.columns import wrapped
from pipeline.text.printable import one_line
from pipeline.text.script import display_width

BOLD, DIM, GREEN, YELLOW, RED = "1", "2", "32", "33", "31"
_GAP = "  "
_NARROWEST, _WIDEST = 40, 120  # columns of a whole table


def _plain(_text: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its title; one that ``gives`` is wrapped where the terminal is too narrow.

    ``colour`` says for the text of a cell in which colour it is written, empty for none.
    """

    title: str
    is_number: bool = False
    gives: bool = False
    colour: Callable[[str], str] = _plain


def dim(_text: str) -> str:
    """Return the colour of what is less important, for any text."""
    return DIM


def painted(colour: str, text: str) -> str:
    """Return ``text`` in a colour; `pipeline.cli.console` drops it where none is wanted."""
    return f"\x1b[{colour}m{text}\x1b[0m" if colour and text else text


def terminal_width() -> int:
    """Return the columns that a table may take: those of the terminal, 80 without one."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))


def paragraph(colour: str, text: str, margin: int = 0) -> Iterator[str]:
    """Yield the lines of a text that, with a margin, may be as wide as a table."""
    yield from (painted(colour, line) for line in wrapped(one_line(text), terminal_width() - margin))


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], indent: str = "", notes: Sequence[str] = ()
) -> Iterator[str]:
    """Yield the lines of a table with its titles; columns in which nothing stands are left out.

    Each of ``notes`` stands under the row of its place, from the second column on.
    """
    shown = [[one_line(text) for text in row] for row in rows]
    kept = [place for place in range(len(columns)) if any(row[place] for row in shown)]
    columns, shown = [columns[place] for place in kept], [[row[place] for place in kept] for row in shown]
    widths = _widths(columns, shown, terminal_width() - display_width(indent))
    titles = [Column(column.title, column.is_number, colour=dim) for column in columns]
    yield from _lines(titles, [column.title for column in columns], widths, indent)
    for row, note in zip_longest(shown, notes[: len(shown)], fillvalue=""):
        yield from _lines(columns, row, widths, indent)
        if note:
            margin = indent + " " * widths[0] + _GAP
            yield from (margin + line for line in paragraph(DIM, note, display_width(margin)))


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], whole: int) -> list[int]:
    """The width of each column: what its texts need, or, of those that give, a fair share of what is left."""
    widths = [
        max(map(display_width, (column.title, *texts)))
        for column, texts in zip(columns, zip(*rows, strict=True), strict=True)
    ]
    giving = sorted((place for place, column in enumerate(columns) if column.gives), key=lambda place: widths[place])
    left = whole - len(_GAP) * (len(columns) - 1) - sum(widths) + sum(widths[place] for place in giving)
    for others, place in zip(range(len(giving), 0, -1), giving, strict=True):
        widths[place] = max(4, min(widths[place], left // others))
        left -= widths[place]
    return widths


def _lines(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int], indent: str) -> Iterator[str]:
    cells = [wrapped(text, width) for text, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        line = [
            _cell(column, text, part, width)
            for column, text, part, width in zip(columns, row, parts, widths, strict=True)
        ]
        yield (indent + _GAP.join(line)).rstrip()


def _cell(column: Column, text: str, part: str, width: int) -> str:
    blanks = " " * (width - display_width(part))
    coloured = painted(column.colour(text), part)
    return blanks + coloured if column.is_number else coloured + blanks
