"""Two aligned lists as a table: for spreadsheets, for Markdown, and as a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pipeline.align.listed import Listed, ListRow, PairedLists
from pipeline.exporters.sheet import csv_bytes, markdown_cell
from pipeline.text.printable import one_line
from pipeline.text.script import language_of

_COLUMNS = ("left_line", "left", "right_line", "right", "score", "tier", "evidence")
_HTML = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 2em; }}
table {{ border-collapse: collapse; }}
caption {{ text-align: left; padding-bottom: .5em; }}
th, td {{ border-bottom: 1px solid #ccc; padding: .3em .7em; text-align: left; vertical-align: top; }}
td.number {{ text-align: right; color: #666; font-variant-numeric: tabular-nums; }}
.review td {{ background: #fff6d6; }}
.none td {{ background: #fdecea; }}
td, th {{ color: #111; }}
</style>
</head>
<body>
<table>
<caption>{caption}</caption>
<thead><tr><th>line</th><th>{left}</th><th>line</th><th>{right}</th><th>score</th><th>tier</th><th>evidence</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def as_csv(lists: PairedLists) -> bytes:
    """Return the rows as CSV for spreadsheets with a header; scores have three decimals."""
    return csv_bytes(_COLUMNS, map(_cells, lists.rows()))


def _cells(row: ListRow) -> tuple[str, ...]:
    return (
        *_place_and_text(row.left),
        *_place_and_text(row.right),
        f"{row.pair.score:.3f}" if row.pair else "",
        _tier(row),
        "; ".join(row.pair.evidence) if row.pair else "",
    )


def _place_and_text(listed: Listed | None) -> tuple[str, str]:
    return (str(listed.line), listed.text) if listed else ("", "")


def _tier(row: ListRow) -> str:
    return row.pair.tier if row.pair else "none"


def as_markdown(lists: PairedLists) -> str:
    """Return the rows as a Markdown table, without their evidence."""
    head = f"| line | {lists.left_name} | line | {lists.right_name} | score | tier |\n| ---: | --- | ---: | --- | ---: | --- |\n"
    return head + "".join(f"| {' | '.join(map(markdown_cell, _cells(row)[:-1]))} |\n" for row in lists.rows())


def as_html(lists: PairedLists) -> str:
    """Return the rows as a page that needs no other file; texts are escaped, and marked with their language."""
    pairs, alone = len(lists.alignment.pairs), len(lists.alignment.left_only) + len(lists.alignment.right_only)
    return _HTML.format(
        title=f"{lists.left_name} · {lists.right_name}",
        caption=f"{pairs} pairs, {alone} without a partner",
        left=escape(lists.left_name),
        right=escape(lists.right_name),
        rows="\n".join(_html_rows(lists)),
    )


def _html_rows(lists: PairedLists) -> Iterator[str]:
    for row in lists.rows():
        left_line, left, right_line, right, score, tier, evidence = _cells(row)
        cells = (
            _number(left_line), _text(left), _number(right_line), _text(right), _number(score),
            f"<td>{tier}</td>", f"<td>{escape(one_line(evidence))}</td>",
        )  # fmt: skip
        yield f'<tr class="{tier}">{"".join(cells)}</tr>'


def _number(text: str) -> str:
    return f'<td class="number">{text}</td>'


def _text(text: str) -> str:
    language = language_of(text).replace("_", "-")
    return f'<td lang="{language}">{escape(one_line(text))}</td>' if text else "<td></td>"
