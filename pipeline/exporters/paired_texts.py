"""Two aligned texts as a table: for spreadsheets, for Markdown, and as a page to read side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.align.listed import Listed
from pipeline.align.paired_texts import PairedTexts, TextRow
from pipeline.exporters.frame import page, shown
from pipeline.exporters.sheet import csv_bytes, markdown_cell
from pipeline.text.printable import one_line
from pipeline.text.script import language_of

_COLUMNS = ("left_line", "left", "right_line", "right", "score", "tier", "evidence")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_LINK = re.compile(r"!?\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\]\([^()\s]*+(?:\s[^()\n]*+)?\)")
_WORDS = {"accept": "accepted", "review": "to review", "left": "only on the left", "right": "only on the right"}
_STYLE = """\
body { padding: 1rem clamp(.75rem, 3vw, 2rem) 3rem; max-width: 75rem; line-height: 1.6; }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
.told { margin: 0 0 1rem; color: var(--faint); }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; margin: 0 0 .6rem; padding: .5rem .75rem;
  border: 1px solid var(--line); border-left: .35rem solid var(--tier); border-radius: .4rem; }
.row.head { position: sticky; top: 0; z-index: 1; background: var(--ground); border-left-color: var(--line); font-weight: 600; }
.accept { --tier: var(--accept); } .review { --tier: var(--review); } .alone { --tier: var(--alone); border-style: dashed;
  border-left-style: solid; }
.row p { margin: 0 0 .2rem; overflow-wrap: anywhere; }
.line { color: var(--faint); font-size: .8em; font-variant-numeric: tabular-nums; margin-right: .5em; user-select: none; }
.why { grid-column: 1 / -1; font-size: .85rem; color: var(--faint); }
.why b { color: var(--tier); }
@media (max-width: 40rem) { .row { grid-template-columns: 1fr; } .right { border-top: 1px solid var(--line);
  margin-top: .4rem; padding-top: .4rem; } .right:empty { display: none; }
  .left:empty + .right { border: 0; margin: 0; padding: 0; } .row.head { position: static; } }
@media print { body { max-width: none; font-size: 10pt; } .row { break-inside: avoid; } .row.head { position: static; } }
"""


def as_csv(texts: PairedTexts) -> bytes:
    """Return the rows as CSV for spreadsheets with a header; several texts of one side stand in lines of one cell."""
    return csv_bytes(_COLUMNS, map(_cells, texts.rows()))


def as_markdown(texts: PairedTexts) -> str:
    """Return the rows as a Markdown table, without their evidence."""
    names = markdown_cell(texts.left_name), markdown_cell(texts.right_name)
    head = f"| line | {names[0]} | line | {names[1]} | score | tier |\n| ---: | --- | ---: | --- | ---: | --- |\n"
    return head + "".join(f"| {' | '.join(map(_markdown, _cells(row)[:-1]))} |\n" for row in texts.rows())


def _markdown(text: str) -> str:
    return "<br>".join(map(markdown_cell, text.split("\n")))


def _cells(row: TextRow) -> tuple[str, ...]:
    return (
        "\n".join(str(each.line) for each in row.left),
        "\n".join(one_line(each.text) for each in row.left),
        "\n".join(str(each.line) for each in row.right),
        "\n".join(one_line(each.text) for each in row.right),
        f"{row.pair.score:.3f}" if row.pair else "",
        row.pair.tier if row.pair else "none",
        "; ".join(row.pair.evidence) if row.pair else "",
    )


def as_html(texts: PairedTexts) -> str:
    """Return the two texts side by side, one under the other on a phone, as a page that needs no other file.

    The tier of each pair stands there in colour and in words; texts are escaped, and marked with their language.
    """
    title = f"{texts.left_name} · {texts.right_name}"
    sides = "".join(
        f'<div class="{name}">{shown(text)}</div>'
        for name, text in (("left", texts.left_name), ("right", texts.right_name))
    )
    rows = "\n".join(map(_html_row, texts.rows()))
    body = (
        f'<h1>{shown(title)}</h1>\n<p class="told">{texts.what}s: {summary(texts)}</p>\n'
        f'<main>\n<div class="row head">{sides}</div>\n{rows}\n</main>\n'
    )
    return page(title, body, "en", style=_STYLE)


def summary(texts: PairedTexts) -> str:
    """Return how many pairs of each tier there are, and how many texts have no partner."""
    tiers = Counter(pair.tier for pair in texts.alignment.pairs)
    alone = len(texts.alignment.left_only) + len(texts.alignment.right_only)
    return f"{tiers['accept']} accepted, {tiers['review']} to review, {alone} without a partner"


def readable(text: str) -> str:
    """Return a text without its tags and the targets of its links, or as it is where it has nothing else.

    >>> readable("see <b>[this[1]](a.html)</b>"), readable("<hr>")
    ('see this[1]', '<hr>')
    """
    return " ".join(_LINK.sub(r"\1", _TAG.sub("", text)).split()) or text


def _html_row(row: TextRow) -> str:
    kind = row.pair.tier if row.pair else "left" if row.left else "right"
    why = f"<b>{_WORDS.get(kind, kind)}</b>"
    if row.pair:
        why += f" · {row.pair.score:.2f}" + "".join(f" · {shown(words)}" for words in row.pair.evidence)
    tier = row.pair.tier if row.pair else "alone"
    sides = "".join(
        f'<div class="{name}">{"".join(_html_lines(listed))}</div>'
        for name, listed in (("left", row.left), ("right", row.right))
    )
    return f'<div class="row {tier}">{sides}<div class="why">{why}</div></div>'


def _html_lines(listed: Sequence[Listed]) -> Iterator[str]:
    for each in listed:
        language = language_of(each.text).replace("_", "-")
        yield f'<p lang="{language}"><span class="line">{each.line}</span>{shown(readable(each.text))}</p>'
