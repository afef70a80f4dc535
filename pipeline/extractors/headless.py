"""Tables of kramdown that begin with their delimiter row, which CommonMark reads as a paragraph of pipes.

kramdown needs no header: a table may begin with `|---|---|`, have further such lines where a body ends, and `|===|===|`
before its foot. See https://kramdown.gettalong.org/syntax.html#tables.
"""

from __future__ import annotations

import re

from pipeline.extractors.spans import MOST_SPANS, TooManySpansError

Cells = list[tuple[int, int]]
"""The byte ranges of the cells of a row, blanks around them left out."""

STARTS = b"|-:{"
"""What a paragraph that `headless_rows` takes for a table may begin with; others need not be asked."""

_ATTRIBUTES = rb"\{:[^{}\n]*+\}[ \t]*+\r?"
_DELIMITERS = rb"(?=[^|\n]*+\|)(?=[^-\n]*+-)[|:+ \t-]++\r?"
_DELIMITER_ROW = re.compile(_DELIMITERS)
_HEAD = re.compile(rb"(?:%b\n[ \t>]*+)*+(?P<rule>%b)(?:\n[ \t>]*+|\Z)" % (_ATTRIBUTES, _DELIMITERS))
_LINE = re.compile(rb"[ \t>]*+([^\n]*+)\n?")
_FOOT = rb"(?=[^|\n]*+\|)(?=[^=\n]*+=)[|:+ \t=]++\r?"
_BETWEEN = re.compile(rb"%b|%b|%b" % (_DELIMITERS, _FOOT, _ATTRIBUTES))
# What may hold a pipe that parts no cells, and the pipes that do; a code span here is as long as its line at most.
_PIPE = re.compile(
    rb"\\[|`]|(?<!`)(?P<ticks>`{1,16}+)(?!`).*?(?<!`)(?P=ticks)(?!`)|<code\b(?:(?!<code\b).)*?</code>|(?P<pipe>\|)",
    re.IGNORECASE,
)


def is_delimiter_row(line: bytes) -> bool:
    """Whether a line, without what its container writes before it, parts the head of a table from its body."""
    return _DELIMITER_ROW.fullmatch(line) is not None


def headless_rows(source: bytes, start: int, end: int) -> list[Cells] | None:
    r"""The rows of the table that the paragraph ``source[start:end]`` is for kramdown, None where it is none.

    No row is one of delimiters. A pipe in code or behind a backslash parts no cells; a paragraph with a line that has no
    other pipe is no table.

    >>> page = b"|---|---|\n| a | `b|c` |\n"
    >>> [[page[first:last] for first, last in row] for row in headless_rows(page, 0, len(page))]
    [[b'a', b'`b|c`']]
    """
    head = _HEAD.match(source, start, end)
    if not head:
        return None
    leads = source.startswith(b"|", head.start("rule"))
    rows: list[Cells] = []
    count = 0
    for line in _LINE.finditer(source, head.end(), end):
        first, last = line.span(1)
        if first == last or _BETWEEN.fullmatch(source, first, last):
            continue
        row = _cells(source, first, last, leads)
        if row is None:
            return None
        count += len(row)
        if count > MOST_SPANS:
            raise TooManySpansError
        rows.append(row)
    return rows


def _cells(source: bytes, start: int, end: int, leads: bool) -> Cells | None:
    """The cells of a row, None where nothing parts them; ``leads`` where the table has pipes before its first cells."""
    pipes = [match.start() for match in _PIPE.finditer(source, start, end) if match["pipe"]]
    if not pipes:
        return None
    cells = []
    for first, last in zip([start, *(pipe + 1 for pipe in pipes)], [*pipes, end], strict=True):
        text = source[first:last]
        cells.append((first + len(text) - len(text.lstrip()), first + len(text.rstrip())))
    if leads and cells[0][0] >= cells[0][1]:
        del cells[0]
    if cells and cells[-1][0] >= cells[-1][1]:
        del cells[-1]
    return cells


def with_pipes(text: str) -> str:
    r"""The text of a cell as such a table has it: pipes behind a backslash but for those in code, which shows backslashes.

    >>> with_pipes("a | `b|c`")
    'a \\| `b|c`'
    """
    return _PIPE.sub(lambda match: rb"\|" if match["pipe"] else match[0], text.encode()).decode()


def has_bare_pipe(text: bytes) -> bool:
    r"""Whether what stands in a cell has a pipe without a backslash, which only tables of kramdown have, in code."""
    return b"|" in text and b"|" in text.replace(rb"\|", b"")
