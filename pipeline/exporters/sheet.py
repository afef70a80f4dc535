"""Cells of tables: CSV (RFC 4180) that a spreadsheet opens as it is meant, and Markdown that no text breaks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from pipeline.text.printable import one_line

_MARKDOWN = re.compile(r"([\\|<>*_`\[\]])")
_BOM = "\ufeff"  # without it a Chinese Excel reads a CSV as GBK
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, also in full width
(https://owasp.org/www-community/attacks/CSV_Injection)."""


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows under a header, with ``\\n`` at line ends; a cell that would run as a formula begins with an apostrophe.

    >>> csv_text(["title"], [["=1+1"], ["a, b"]])
    'title\\n\\'=1+1\\n"a, b"\\n'
    """
    return _written(columns, rows, "\n")


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The same for spreadsheets: UTF-8 with a byte order mark, ``\\r\\n`` at line ends."""
    return (_BOM + _written(columns, rows, "\r\n")).encode("utf-8", "replace")


def _written(columns: Sequence[str], rows: Iterable[Sequence[str]], line_end: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return stream.getvalue()


def guarded(cell: str) -> str:
    """The text of a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def markdown_cell(text: str) -> str:
    """The text of a cell of a Markdown table, as one line, with what Markdown would read as marks escaped."""
    return _MARKDOWN.sub(r"\\\1", one_line(text))
