"""Markdown for a terminal: headings stand out, paragraphs and list items fill the lines, code is indented."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.columns import wrapped

_BLOCKS = re.compile(r"\n{2,}")
_ITEM = re.compile(r"(?P<mark>[-*+]|\d{1,9}[.)]) +(?P<text>.*)", re.DOTALL)
_NEXT_ITEM = re.compile(r"\n(?=(?:[-*+]|\d{1,9}[.)]) )")
_FENCED = re.compile(r"(?P<fence>```|~~~)[^\n]*\n(?P<code>.*?)\n?(?P=fence)[ \t]*\Z", re.DOTALL)
_FENCES = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`(?P<code>[^`\n]+)`|\*\*(?P<strong>[^*\n]+)\*\*|\[(?P<label>[^\]\n]+)\]\([^)\s]+\)")
_BOLD, _CODE = "1", "36"
_KEPT_WHOLE = 40  # characters of a code span that stands on one line
# characters of no width that stand for colours until the lines are filled, and one for a blank where no line may end
_OPEN, _CLOSE, _KEPT_BLANK = {_CODE: "\u2061", _BOLD: "\u2062"}, "\u2063", "\ue000"
_COLOUR_OF = {mark: colour for colour, mark in _OPEN.items()}
_MARKS = re.compile("([\u2061\u2062\u2063])")


def rendered(markdown: str, columns: int) -> str:
    """Return Markdown as lines of at most so many columns, with colours; code and tables stay as wide as they are.

    It knows what the pages on rules are written with: headings, paragraphs, flat lists, code, tables, links, emphasis.
    """
    return "\n\n".join("\n".join(_block(block, columns)) for block in _blocks(markdown.strip("\n")))


def _blocks(markdown: str) -> Iterator[str]:
    """The stretches between blank lines; a fenced block is one, and indented code goes on behind a blank line."""
    start = 0
    for fence in _FENCES.finditer(markdown):
        yield from _joined(markdown[start : fence.start()])
        yield fence[0]
        start = fence.end()
    yield from _joined(markdown[start:])


def _joined(text: str) -> Iterator[str]:
    code = ""
    for block in _BLOCKS.split(text.strip("\n")):
        if block.startswith("    "):
            code += f"\n\n{block}" if code else block
            continue
        if code:
            yield code
            code = ""
        if block:
            yield block
    if code:
        yield code


def _block(block: str, columns: int) -> Iterator[str]:
    fenced = _FENCED.fullmatch(block)
    if fenced or block.startswith("    "):
        lines = fenced["code"].split("\n") if fenced else [line.removeprefix("    ") for line in block.split("\n")]
        yield from (f"    {_painted(_CODE, line)}" if line else "" for line in lines)
    elif block.startswith("#"):
        heading, _, rest = block.partition("\n")
        yield _painted(_BOLD, heading.lstrip("#").strip())
        if rest:
            yield from _block(rest, columns)
    elif block.startswith("|"):
        yield from map(_inline, block.split("\n"))
    else:
        for part in _NEXT_ITEM.split(block):
            yield from _paragraph(part, columns)


def _paragraph(text: str, columns: int) -> Iterator[str]:
    item = _ITEM.fullmatch(text)
    head = f"{item['mark']} " if item else ""
    words = " ".join((item["text"] if item else text).split())
    marked = _INLINE.sub(_marked, words)
    open_ = ""
    for number, line in enumerate(wrapped(marked, columns - len(head))):
        painted, open_ = _coloured(open_ + line)
        yield (" " * len(head) if number else head) + painted


def _inline(line: str) -> str:
    return _coloured(_INLINE.sub(_marked, line))[0]


def _marked(found: re.Match[str]) -> str:
    """A code span or a strong text between marks, a link as its label."""
    if found["label"]:
        return found["label"]
    text = found["code"] or found["strong"]
    is_short = len(text) <= _KEPT_WHOLE
    return _OPEN[_CODE if found["code"] else _BOLD] + (text.replace(" ", _KEPT_BLANK) if is_short else text) + _CLOSE


def _coloured(line: str) -> tuple[str, str]:
    """A line with colours for marks, and the mark that is open at its end."""
    parts, open_ = [], ""
    for part in _MARKS.split(line.replace(_KEPT_BLANK, " ")):
        if part == _CLOSE:
            open_ = ""
        elif part in _COLOUR_OF:
            open_ = part
        elif part:
            parts.append(_painted(_COLOUR_OF[open_], part) if open_ else part)
    return "".join(parts), open_


def _painted(colour: str, text: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"
