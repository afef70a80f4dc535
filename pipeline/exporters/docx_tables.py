"""Tables and paragraphs of WordprocessingML."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

SPACER = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>'
"""Behind each table: two that touch would be one, and a document may not end with one."""

_NARROWEST = 700  # of a column: two figures, and the margins of a cell
_BARE = (
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="200" w:type="dxa"/></w:tblCellMar>'
    '<w:tblLook w:val="0000"/>'
)
_LINED = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph; ``properties`` stand behind its style in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def lined_table(rows: Sequence[Sequence[str]], widths: Sequence[int], heads: int) -> str:
    """Return a table with lines; the first ``heads`` rows are repeated on each page, cells are paragraphs."""
    return _table('<w:tblStyle w:val="TableGrid"/>', _LINED, rows, widths, heads)


def pair_table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """Return texts beside each other, without lines."""
    return _table("", _BARE, rows, widths, 0)


def _table(style: str, look: str, rows: Sequence[Sequence[str]], widths: Sequence[int], heads: int) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(_row(row, widths, number < heads) for number, row in enumerate(rows))
    width = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{style}{width}{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>{SPACER}"


def _row(cells: Sequence[str], widths: Sequence[int], is_head: bool) -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell or "<w:p/>"}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{made}</w:tr>"


def widths_for(lengths: Sequence[int], whole: int) -> list[int]:
    """Return the widths of columns that fill ``whole``, in twentieths of a point, for the longest text of each, in letters."""
    weights = [min(max(length, 4), 60) ** 0.6 for length in lengths]
    shares = [max(_NARROWEST, int(whole * weight / sum(weights))) for weight in weights]
    widest = shares.index(max(shares))
    shares[widest] += whole - sum(shares)  # what rounding left, or what the narrowest took
    return shares if shares[widest] >= _NARROWEST else [max(1, whole // len(lengths))] * len(lengths)


def letters(text: str) -> int:
    """Return how many Latin letters are as wide as a text."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
