"""What `bilect align --pages` and `--sentences` print of two texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from pathlib import PurePosixPath

from pipeline.align.paired_texts import (
    PairedTexts,
    Text,
    TextRow,
    page_blocks,
    paired_blocks,
    paired_sentences,
    text_blocks,
)
from pipeline.cli.aligned import columns_of_pairs, evidence_told, tiers_told
from pipeline.cli.console import shell
from pipeline.cli.table import GREEN, RED, YELLOW, table
from pipeline.exporters.paired_texts import as_csv, as_html, as_markdown, readable
from pipeline.text.lexicon import Lexicon
from pipeline.text.printable import excerpt
from pipeline.text.tongue import _

__all__ = ["page_blocks", "put_in_form", "text_blocks"]

_ALONE = "alone"  # beside the names of the tiers
_COLOURS = {"accept": GREEN, "review": YELLOW, _ALONE: RED}
_MOST_SHOWN = 160  # characters of a block, without -v


def put_in_form(form: str, left: Text, right: Text, what: str, lexicon: Lexicon | None) -> str | bytes:
    """Return two texts side by side in a form, ``what`` of them: pages, that is blocks, or sentences."""
    texts = (paired_blocks if what == "pages" else paired_sentences)(left, right, lexicon)
    return as_csv(texts) if form == "csv" else _FORMS[form](texts)


def _json(texts: PairedTexts) -> str:
    from pipeline.project.schema import text_alignment_json  # pydantic is heavy

    return text_alignment_json(texts) + "\n"


def _table(texts: PairedTexts) -> str:
    left, right = (PurePosixPath(name).name for name in (texts.left_name, texts.right_name))
    columns = columns_of_pairs(left, right, _COLOURS)
    cells, notes = [], []
    for row in texts.rows():
        lines = list(_lines(row))
        cells += lines
        notes += [""] * (len(lines) - 1) + [_why(row)]
    return "\n".join([*table(columns, cells, notes=notes), "", _summary(texts)]) + "\n"


def _summary(texts: PairedTexts) -> str:
    without = len(texts.alignment.left_only) + len(texts.alignment.right_only)
    counts = tiers_told(Counter(pair.tier for pair in texts.alignment.pairs), without)
    told = _("blocks: {counts}") if texts.what == "block" else _("sentences: {counts}")
    return told.format(counts=counts)


def _lines(row: TextRow) -> Iterator[tuple[str, ...]]:
    """The texts of a row, each two of them beside each other, the first with the score and tier."""
    told = (f"{row.pair.score:.2f}", str(row.pair.tier)) if row.pair else ("", _ALONE)
    for left, right in zip_longest(row.left, row.right):
        sides = [(str(each.line), _text(each.text)) if each else ("", "") for each in (left, right)]
        yield *sides[0], *sides[1], *told
        told = "", ""


def _text(text: str) -> str:
    return text if shell().verbosity > 0 else excerpt(readable(text), _MOST_SHOWN)


def _why(row: TextRow) -> str:
    if row.pair and (row.pair.tier != "accept" or shell().verbosity > 0):
        return evidence_told(row.pair)
    return ""


_FORMS: Mapping[str, Callable[[PairedTexts], str]] = {
    "table": _table,
    "json": _json,
    "md": as_markdown,
    "html": as_html,
}
