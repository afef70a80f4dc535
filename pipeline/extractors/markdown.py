"""Markdown to spans: one for each heading, paragraph, list item, table cell and image text.

pulldown-cmark finds the blocks; what it cannot know is hidden from it first, byte for byte (`masking`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from operator import indexOf
from types import MappingProxyType
from typing import Any

import pyromark

from pipeline.extractors.code import CodeChoice, code_spans
from pipeline.extractors.forms import text_of
from pipeline.extractors.headless import STARTS, headless_rows
from pipeline.extractors.html import TAG, Tag, html_spans, stripped, unwrapped
from pipeline.extractors.masking import masked, parsable
from pipeline.extractors.spans import MOST_SPANS, Form, Span, TooManySpansError
from pipeline.model import Kind
from pipeline.text.lazily import lazily
from pipeline.text.markup import IMAGE, is_message

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
)

_ATX_OPENING = re.compile(rb"[ \t]*+#{1,6}[ \t]++")
_ATX = re.compile(rb"[ \t]*+#{1,6}[ \t]++(.*?)(?:(?<![ \t])[ \t]++#++)?\Z", re.DOTALL)
_SETEXT = re.compile(rb"(.*?)(?:(?<![ \t])[ \t]++)?\r?\n[ \t>]*+(?:=++|-++)\Z", re.DOTALL)
_HEADING_ATTRIBUTES = re.compile(rb"(?:(?<![ \t])[ \t]++#++)?(?:(?<![ \t])[ \t]++)?\{[^{}\n]*+\}[ \t]*+\Z")
_CONTAINER_KINDS: dict[str, Kind] = {
    "Item": "list item", "BlockQuote": "quote", "FootnoteDefinition": "footnote", "DefinitionListDefinition": "definition",
}  # fmt: skip
_CONTAINERS = frozenset((*_CONTAINER_KINDS, "List", "DefinitionList"))
_LEAVES = frozenset(("Paragraph", "Heading", "TableCell", "DefinitionListTitle", "CodeBlock", "HtmlBlock"))
_ENDS: dict[str, Any] = {name: {"End": name} for name in _LEAVES - {"Heading"}}  # the events that end them
_MARKS = frozenset(("Start", "End"))
_INLINE = frozenset(
    ("Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript", "Link", "Image", "Text", "Code", "InlineHtml",
     "InlineMath", "DisplayMath", "FootnoteReference", "SoftBreak", "HardBreak", "Html")
)  # fmt: skip
_ATTRIBUTE_LINES = re.compile(rb"(?:\{:[^{}\n]*+\}[ \t]*+\r?\n[ \t>]*+)*+")  # kramdown
_ATTRIBUTE_LIST = re.compile(rb"\{:[^{}\n]*+\}")
_BLOCK_ID = re.compile(rb"[ \t\n]\^[A-Za-z0-9-]+\Z")  # Obsidian
_CALLOUT = re.compile(rb"\[![A-Za-z][\w-]*\][+-]?[ \t]*(?P<title>[^\r\n]*)(?:\r?\n[ \t>]*)?")  # Obsidian, GitHub
_MARKDOWN_AGAIN = re.compile(rb"\n[ \t]*\r?\n {0,3}\S|^ {0,3}(?:`{3}|~{3})", re.MULTILINE)
_IMAGE = re.compile(IMAGE.pattern.encode())
_BACKSLASH = b"\\"[0]
_ODD_STARTS = STARTS + b"ie"
_ESM = lazily(
    rb"""(?:\s*+(?:import|export)\s++(?:[^'";]*?\sfrom\s*+)?(?:'[^'\n]*+'|"[^"\n]*+");?)++\s*+"""
    rb"|export\s++(?:const|let|default|function)\s.*",
    re.DOTALL,
)
_FIGURE_ALT = lazily(rb"""\{[^{}\n]*?\bfig-alt="([^"\n]+)\"""")  # of Quarto
_LESS, _BANG, _HAT, _BRACE = b"<!^{"  # a leaf without them is one text; numbers are looked for in a third of the time
_new = tuple.__new__  # a named tuple of all its fields, in a third of the time that its own name takes
_DEEPEST_QUOTE = 100
_LINE = re.compile(rb"[^\s][^\r\n]*[^\s]|[^\s]")
# No block begins or ends by a letter beyond ASCII, and a page of ASCII alone goes to the parser and back in three quarters
# of the time. In their place stands the one character that is no letter, mark or blank and may stand in addresses too.
_ASCII = bytes(min(byte, 0x7F) for byte in range(256))


def markdown_spans(source: bytes, start: int, code: CodeChoice = MappingProxyType({})) -> list[Span]:
    """The spans of the Markdown in ``source[start:]``, in reading order; also those that hold nothing to translate.

    A code block is one span, and what ``code`` wants of it further ones.
    """
    hidden = masked(source[start:] if start else source)
    reader = _Walk(source, start, hidden.admonitions, code)
    reader.read(hidden.text)
    if hidden.tables:  # `<?` without an end reads on through them
        starts = [first for first, _ in hidden.tables]
        reader.found = [span for span in reader.found if not _is_in(span.start - start, starts, hidden.tables)]
    for first, last in hidden.tables:
        for span in html_spans(source, start + first, start + last):
            reader.found.extend(_inside(source, span, code))
    if hidden.tables or hidden.spans:
        reader.found.sort(key=_by_place)
        reader.found.extend(_uncovered(reader.found, hidden.spans, start))
        reader.found.sort(key=_by_place)
    return reader.found


def _inside(source: bytes, span: Span, code: CodeChoice) -> list[Span]:
    """A cell of an HTML table, or what Markdown makes of it: after a blank line in a cell most sites read Markdown again."""
    if span.form != "html" or not _MARKDOWN_AGAIN.search(source, span.start, span.end):
        return [span]
    reader = _Walk(source, span.start, set(), code)
    reader.read(source[span.start : span.end])
    return [
        found._replace(kind=span.kind if found.kind == "paragraph" else found.kind, cell=span.cell)
        for found in reader.found
    ]


def _uncovered(found: list[Span], spans: Sequence[Span], base: int) -> list[Span]:
    """What was found on hidden lines, but for what an HTML block that goes on through them says already."""
    starts = [span.start for span in found] if spans else []
    moved = [span._replace(start=span.start + base, end=span.end + base) for span in spans]
    before = [bisect_right(starts, span.start) - 1 for span in moved]
    return [span for span, place in zip(moved, before, strict=True) if place < 0 or found[place].end <= span.start]


def _is_in(offset: int, starts: list[int], ranges: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(starts, offset)
    return place > 0 and offset < ranges[place - 1][1]


def _by_place(span: Span) -> tuple[int, int]:
    return span.start, -span.end


class _Walk:
    """Collects the spans of the blocks in one pass; a leaf is taken whole when it starts."""

    def __init__(self, source: bytes, base: int, admonitions: Set[int], code: CodeChoice) -> None:
        self.source, self.base, self.admonitions, self.code = source, base, admonitions, code
        self.hidden = b""
        self.found: list[Span] = []
        self.containers: list[str] = []
        self.paragraphs: list[int] = []  # of each container, so far
        self.depth = 0  # of list items
        self.table, self.row, self.column = 0, 0, 0
        self.headless = 0, -1  # the end of the last paragraph that begins with a delimiter row, and its depth

    def read(self, hidden: bytes) -> None:
        """Walk over all blocks of ``hidden``, the page from ``base`` on as Markdown may read it.

        Inline events outside leaves, in tight list items, are joined. This loop sees every event of every page, so it
        does as little as it can, and what is in leaves is passed over in C.
        """
        first: Any = None  # the places of the inline events that are joined
        last: Any = None
        self.hidden = hidden
        joined = self._joined if b"\\" in hidden or b"][]" in hidden else self._paragraph
        text = parsable(hidden.translate(_ASCII).decode("ascii"))
        events: Iterator[tuple[Any, Any]] = iter(pyromark.events_with_range(text, options=OPTIONS))
        for event, place in events:
            (key,) = event if event.__class__ is dict else (event,)
            if key in _MARKS:
                tag: Any = event[key]
                name = tag if tag.__class__ is str else next(iter(tag))
            else:
                name = key
            if name in _INLINE:
                first = first or place
                last = place  # what is nested ends before what is around it does
                continue
            if first and name != "TaskListMarker":
                joined(first["start"] + self.base, last["end"] + self.base)
                first = None
            if key == "Start":
                self._open(name, tag, place["start"], place["end"])
                if len(self.found) > MOST_SPANS:
                    raise TooManySpansError
                if name in _LEAVES:
                    end = _ENDS.get(name) or {"End": {name: tag[name]["level"]}}
                    indexOf(events, (end, place))  # goes on behind the end of the leaf; its place is that of the start
            elif key == "End" and name in _CONTAINERS:
                self.containers.pop()
                self.paragraphs.pop()
                self.depth -= name == "Item"
        if first:
            joined(first["start"] + self.base, last["end"] + self.base)

    def _joined(self, start: int, end: int) -> None:
        r"""Take in the inline events of a tight list item: their places leave out a first backslash and a last `[]`."""
        start -= self.source[start - 1] == _BACKSLASH
        if self.source.startswith(b"][]", end - 1):
            end += 2
        self._paragraph(start, end)

    def _open(self, name: str, tag: Any, start: int, end: int) -> None:
        if name in _CONTAINERS:
            self.containers.append("Admonition" if start in self.admonitions else name)
            self.paragraphs.append(0)
            self.depth += name == "Item"
            return
        start, end = start + self.base, end + self.base
        if name == "Paragraph":
            self._paragraph(start, end)
        elif name == "TableCell":
            self.column += 1
            self._inline(start, end, "cell")
        elif name in {"TableHead", "TableRow"}:
            self.row, self.column = self.row + 1, 0
        elif name == "Table":
            self._table(start)
        elif name == "Heading":
            self._heading(start, end, tag["Heading"])
        elif name == "DefinitionListTitle":
            self._inline(start, end, "term")
        elif name == "CodeBlock":
            self._code(start, end)
        elif name == "HtmlBlock":
            self.found.extend(self._html(start, end))

    def _paragraph(self, start: int, end: int) -> None:
        if self.source[start] not in _ODD_STARTS or not (self._is_code(start, end) or self._headless(start, end)):
            self._inline(start, end, self._kind())

    def _is_code(self, start: int, end: int) -> bool:
        """Whether a paragraph is an import or an export of MDX, which readers never see."""
        return self.source.startswith((b"import ", b"export "), start) and bool(_ESM.fullmatch(self.source, start, end))

    def _headless(self, start: int, end: int) -> bool:
        """Read a paragraph as a table that begins with its delimiter row; False where it has no such rows."""
        rows = headless_rows(self.source, start, end)
        if rows is None:
            return False
        self.headless = end, len(self.containers)
        self.table, self.row = start, 0
        for row in rows:
            self.row, self.column = self.row + 1, 0
            for first, last in row:
                self.column += 1
                self._inline(first, last, "cell")
        return bool(rows)

    def _table(self, start: int) -> None:
        """Begin a table, or go on with the paragraph above: a further delimiter row makes a header of the row before it."""
        end, depth = self.headless
        if depth != len(self.containers) or self.source[self.source.find(b"\n", end - 1) + 1 : start].strip(b" \t>"):
            self.table, self.row = start, 0
        elif not self.row:
            self.found.pop()  # the delimiter row, which was a paragraph of its own
        self.headless = 0, -1

    def _kind(self) -> Kind:
        """The kind of a paragraph here; the first in a list item is the item itself."""
        if not self.containers:
            return "paragraph"
        container = self.containers[-1]
        self.paragraphs[-1] += 1
        if container == "Item" and self.paragraphs[-1] > 1:
            return "paragraph"
        return _CONTAINER_KINDS.get(container, "paragraph")

    def _html(self, start: int, end: int) -> Iterator[Span]:
        """The spans of an HTML block; the marks of the quotes around it are none of its text."""
        kind = self._kind()
        depth = self.containers[-_DEEPEST_QUOTE:].count("BlockQuote")
        if not depth or self.source.find(b"\n", start, end) < 0:
            yield from html_spans(self.source, start, end, kind=kind)
            return
        marks = re.compile(rb"(?<=\n)(?:[ \t]*+>){1,%d}+" % depth)
        block = marks.sub(lambda match: b" " * len(match[0]), self.source[start:end])
        for span in html_spans(block, 0, len(block), kind=kind):
            text = text_of(block[span.start : span.end].decode("utf-8", "replace"), span.form)
            cell = span.cell and (span.cell[0] + start, *span.cell[1:])
            yield span._replace(start=span.start + start, end=span.end + start, cell=cell, text=text)

    def _code(self, start: int, end: int) -> None:
        line = self.source.rfind(b"\n", self.base, start) + 1 or self.base
        if self.source[line:start] != self.hidden[line - self.base : start - self.base]:
            # what hides before it on its line is no indent: text behind </table> is no code
            block = self.hidden[start - self.base : end - self.base]
            self._inline(start + len(block) - len(block.lstrip()), end, self._kind())
            return
        if self.source[start] == _LESS and self._is_below_hidden(line):
            self.found.extend(self._html(start, end))
            return
        self.found.append(Span(start, end, "code", "code"))
        if self.code:
            self.found.extend(code_spans(self.source, start, end, self.code))

    def _is_below_hidden(self, line: int) -> bool:
        """Whether a hidden element ends right above a line: the tags below </style> are no code, however far in they are."""
        before = self.source.rfind(b"\n", self.base, max(self.base, line - 1)) + 1 or self.base
        is_hidden = not self.hidden[before - self.base : line - self.base].strip()
        return is_hidden and self.source[before:line].rstrip().endswith(b">")

    def _heading(self, start: int, end: int, tag: Any) -> None:
        text = self.source[start:end].rstrip()
        if not text.endswith(b"#") and (match := _ATX_OPENING.match(text)):  # nothing closes it, as is usual
            start, end = start + match.end(), start + len(text)
        elif match := _ATX.match(text) or _SETEXT.match(text):
            start, end = start + match.start(1), start + match.end(1)
        if (tag["id"] or tag["classes"] or tag["attrs"]) and (
            match := _HEADING_ATTRIBUTES.search(self.source, start, end)
        ):
            end = match.start()
        self._inline(start, end, "heading", int(tag["level"][1]))

    def _inline(self, start: int, end: int, kind: Kind, level: int = 0) -> None:
        """Spans for one leaf: itself, its lines where each is an element of its own, or the texts of its images."""
        text = self.source[start:end]
        cell = (self.table, self.row, self.column) if kind == "cell" else None
        form: Form = "cell" if cell else "markdown"
        level = level or self.depth * (kind == "list item")
        if _LESS in text or _BANG in text or _HAT in text or _BRACE in text:
            self._marked(Span(start, end, kind, form, level, cell))
        elif stripped := text.strip():
            start += len(text) - len(text.lstrip()) if len(stripped) != len(text) else 0
            self.found.append(_new(Span, (start, start + len(stripped), kind, form, level, cell, "", None)))

    def _marked(self, leaf: Span) -> None:
        """Spans for a leaf in which more than text may stand."""
        source, kind = self.source, leaf.kind
        start, end = _trimmed(source, leaf.start, leaf.end)
        if kind == "quote" and source.startswith(b"[!", start) and (match := _CALLOUT.match(source, start, end)):
            self._inline(*match.span("title"), "quote")
            start, end = stripped(source, match.end(), end)
        if start >= end:
            return
        text = source[start:end]
        if b"<" not in text and b"\n![" not in text:
            self._add(leaf._replace(start=start, end=end))
            return
        for first, last in _lines_of_their_own(source, start, end):
            for span in html_spans(source, first, last, form=leaf.form, kind=kind):
                self._add(span if span.kind != kind else span._replace(level=leaf.level, cell=leaf.cell))

    def _add(self, span: Span) -> None:
        """Add a span, or the texts of the images in it where there is nothing else to read."""
        self.found.append(span)
        text = self.source[span.start : span.end]
        if b"![" in text and not is_message(text.decode("utf-8", "replace")):
            for match in _IMAGE.finditer(text):
                start, end = stripped(text, *match.span(1))
                is_label = text.startswith(b"][]", end)  # `![text][]` is found by its text
                first, last = span.start + start, span.start + end + 2 * is_label
                self.found.append(Span(first, last, "attribute", "label" if is_label else "alt", key="alt"))
                if described := _FIGURE_ALT.match(text, match.end()):
                    first, last = (span.start + place for place in described.span(1))
                    self.found.append(Span(first, last, "attribute", "attribute", key="fig-alt"))


def _trimmed(source: bytes, start: int, end: int) -> tuple[int, int]:
    """A leaf without the blanks around it, the attribute lists of kramdown and the block id of Obsidian."""
    text = source[start:end]
    if b"{:" in text:
        start, end = _without_attribute_lists(source, start, start + len(text.rstrip()))
        text = source[start:end]
    if b"^" in text and (match := _BLOCK_ID.search(text.rstrip())):
        text = text[: match.start()]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _without_attribute_lists(source: bytes, start: int, end: int) -> tuple[int, int]:
    """A leaf without the attribute lists on lines of their own before it and anywhere behind it."""
    if match := _ATTRIBUTE_LINES.match(source, start, end):
        start = match.end()
    while source[end - 1 : end] == b"}":
        place = source.rfind(b"{:", start, end)
        if place < 0 or not _ATTRIBUTE_LIST.fullmatch(source, place, end):
            break
        end = place
        while end > start and source[end - 1 : end].isspace():
            end -= 1
    return start, end


def _lines_of_their_own(source: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a paragraph where each is one whole element or one image (a picture and its caption), else all of it."""
    lines = [match.span() for match in _LINE.finditer(source, start, end)]
    if len(lines) > 1 and all(_is_whole(source, *line) for line in lines):
        yield from lines
    else:
        yield start, end


def _is_whole(source: bytes, start: int, end: int) -> bool:
    if _IMAGE.fullmatch(source, start, end):
        return True
    matches = list(TAG.finditer(source, start, end))
    if not matches or matches[0].start() != start or matches[-1].end() != end or not matches[0]["name"]:
        return False
    tags = [Tag(match.start(), match.end(), (match["name"] or b"!").lower(), bool(match["close"])) for match in matches]
    inner = unwrapped(source, start, end, tags)
    return inner[0] >= matches[0].end() and inner[1] <= matches[-1].start() and len(tags) > 1
