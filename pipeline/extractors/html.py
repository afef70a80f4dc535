"""HTML of any quality to spans: text between block tags, inline tags kept inside, nothing built that could break.

There is no tree: a page in the wild has void tags, `<center>`, tags never closed and cells cut by blank lines. Tags are
found one after the other; a block tag ends the run of text before it, an inline tag belongs to the run.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.extractors.open_tags import OpenTags, element_ends
from pipeline.extractors.spans import MOST_SPANS, Form, Span, TooManySpansError
from pipeline.model import Kind
from pipeline.text.markup import is_message

TAG = re.compile(
    rb"""<(?P<mark>!--|!\[CDATA\[|\?|![a-zA-Z])|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*)"""
    rb"""(?P<attributes>(?:\s++(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)?)/?>"""
)
_CODE_OR_TAG = re.compile(rb"(?P<ticks>(?<![`\\])`++)|\\<|" + TAG.pattern)
_ENDS = {b"!--": b"-->", b"![CDATA[": b"]]>", b"?": b"?>"}

KINDS: dict[bytes, Kind] = {
    b"td": "cell", b"th": "cell", b"li": "list item", b"caption": "caption", b"figcaption": "caption",
    b"dt": "term", b"dd": "definition", b"blockquote": "quote",
    **{b"h%d" % level: "heading" for level in range(1, 7)},
}  # fmt: skip
BLOCKS = frozenset(
    b"address article aside audio base blockquote body button canvas caption center col colgroup dd details dialog dir div dl "
    b"dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li "
    b"link main map math menu meta nav noframes noscript object ol optgroup option p param picture pre script search "
    b"section select source style summary svg table tbody td template textarea tfoot th thead title tr track ul "
    b"video".split()
)
_VOID = frozenset(b"area base br col embed frame hr img input link meta param source track wbr".split())
_OPAQUE = frozenset(b"iframe math noframes pre script style svg textarea".split())
_ENDED_BY = {
    b"li": b"li", b"td": b"td th", b"th": b"td th", b"tr": b"tr td th", b"p": b"p", b"dt": b"dt dd", b"dd": b"dt dd",
    b"option": b"option", b"tbody": b"tr td th", b"tfoot": b"tr td th",
}  # fmt: skip
_KEEPS_OUT = frozenset((b"table", b"ul", b"ol", b"dl", b"select"))

_ATTRIBUTE = re.compile(
    rb"""(?<![^\s=<>/"'])(?P<key>[a-zA-Z_:@][^\s=<>/"']*+)\s*+=\s*+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>=`]+))"""
)
_TEXT_KEYS = frozenset((b"alt", b"title", b"placeholder", b"aria-label"))
_MAY_HOLD_TEXT = re.compile(rb"alt|title|placeholder|aria-label|description", re.IGNORECASE)
_META_NAMES = frozenset((b"description", b"og:title", b"og:description", b"twitter:title", b"twitter:description"))
_NOT_TRANSLATED = re.compile(rb"""translate\s*=\s*["']?no\b|\bnotranslate\b""", re.IGNORECASE)
_SHOWN_AS_BLOCK = re.compile(rb"display:\s*block", re.IGNORECASE)
_ATX = re.compile(rb"^ {0,3}(#{1,6})[ \t]++(.+?)(?:(?<![ \t])[ \t]++#++)?(?:(?<![ \t])[ \t]++)?\r?$", re.MULTILINE)
_UNFINISHED = re.compile(rb"</?[a-zA-Z]")
_MOST_TAGS = 10_000  # of one text; what has more is no text
_MOST_TICKS = 16  # of a code span; each number of them may have to be looked for up to the end
_WIDEST = 64  # columns in which cells can reach down; no table that people read is wider


class Tag(NamedTuple):
    """One tag of a run; ``close`` is true for an end tag."""

    start: int
    end: int
    name: bytes
    close: bool


@dataclass(slots=True)
class _Table:
    """Where the current cell of an open table stands; ``last`` is the last column that the cell covers."""

    start: int
    row: int = 0
    column: int = 0
    last: int = 0
    busy: dict[int, int] = field(default_factory=dict)  # column → last row that a rowspan covers

    def next_row(self) -> None:
        self.row, self.column, self.last = self.row + 1, 0, 0

    def next_cell(self, tag: bytes) -> None:
        self.row, self.column = max(self.row, 1), self.last + 1
        while self.busy.get(self.column, 0) >= self.row:
            self.column += 1
        across, down = _number(tag, rb"colspan"), _number(tag, rb"rowspan")
        self.last = self.column + across - 1
        for column in range(self.column, min(self.last, _WIDEST) + 1) if down > 1 else ():
            self.busy[column] = self.row + down - 1


def _number(source: bytes, key: bytes) -> int:
    """The value of a ``colspan`` or ``rowspan``, 1 where there is none; browsers stop at 1000 too."""
    match = re.search(key + rb"""\s*=\s*["']?(\d{1,4})""", source, re.IGNORECASE) if key in source.lower() else None
    return min(max(int(match[1]), 1), 1000) if match else 1


def html_spans(source: bytes, start: int, end: int, *, form: Form = "html", kind: Kind = "paragraph") -> list[Span]:
    """The spans of the HTML in ``source[start:end]``, in reading order: texts and the attributes that people read.

    With the form "markdown" (or "cell") code spans hide tags and ``kind`` is that of the paragraph around. In HTML
    inside a Markdown page a line that starts with ``#`` is a heading, as it is for kramdown.
    """
    return _Reader(source, start, end, form, kind).spans()


class _Reader:
    """Walks over the tags once."""

    def __init__(self, source: bytes, start: int, end: int, form: Form, kind: Kind) -> None:
        self.source, self.start, self.end, self.form, self.kind = source, start, end, form, kind
        self.found: list[Span] = []
        self.open = OpenTags(_KEEPS_OUT, KINDS)
        self.ends: dict[bytes, dict[int, int]] = {}  # of elements that are passed over, by name
        self.lonely: set[int] = set()  # numbers of ticks that no code span behind this place has
        self.tables: list[_Table] = []
        self.run_start = start
        self.run_tags: list[Tag] = []

    def spans(self) -> list[Span]:
        position, source = self.start, self.source
        if self.form == "html":
            self.end = _shown_end(source, self.start, self.end)
        search = (TAG if self.form == "html" else _CODE_OR_TAG).search
        while match := search(source, position, self.end):
            position = self._after(match)
        self._flush(self.end)
        return self.found

    def _after(self, match: re.Match[bytes]) -> int:
        """Take in one match and say where to go on."""
        if match["name"]:
            return self._tag(match)
        if match["mark"]:
            return self._beyond(match)
        if self.form != "html" and match["ticks"]:
            return self._past_code(match["ticks"], match.end())
        return match.end()

    def _past_code(self, ticks: bytes, position: int) -> int:
        if len(ticks) > _MOST_TICKS or len(ticks) in self.lonely:
            return position
        close = re.compile(rb"(?<!`)" + ticks + rb"(?!`)").search(self.source, position, self.end)
        if close is None:
            self.lonely.add(len(ticks))
        return close.end() if close else position

    def _beyond(self, match: re.Match[bytes]) -> int:
        """Past a comment, CDATA section, processing instruction or declaration; unclosed, it runs to the end."""
        close = _ENDS.get(match["mark"], b">")
        place = self.source.find(close, match.end(), self.end)
        end = self.end if place < 0 else place + len(close)
        self.run_tags.append(Tag(match.start(), end, b"!", close=False))
        return end

    def _tag(self, match: re.Match[bytes]) -> int:
        name, end = match["name"].lower(), match.end()
        if match["close"]:
            self._close(name, match.start(), end)
            return end
        attributes = match["attributes"]
        is_block = name in BLOCKS or (b"display" in attributes and _SHOWN_AS_BLOCK.search(attributes) is not None)
        skipped = name in _OPAQUE or (b"translat" in attributes and _NOT_TRANSLATED.search(attributes) is not None)
        if not is_block and not skipped:
            if len(self.run_tags) == _MOST_TAGS:
                self._flush(match.start())
                self.run_start = match.start()
            self.run_tags.append(Tag(match.start(), end, name, close=False))
            if name not in _VOID:
                self.open.open(name, is_block=False)
            return end
        self._flush(match.start())
        self._open_block(name, match)
        end = self._past_element(name, match.start(), end) if skipped and name not in _VOID else end
        self.run_start = end
        return end

    def _open_block(self, name: bytes, match: re.Match[bytes]) -> None:
        self._attributes(Tag(match.start(), match.end(), name, close=False))
        for ended in _ENDED_BY.get(name, b"").split():
            if (place := self.open.place_in_wall(ended)) is not None:
                self.open.close(place)
        if name == b"table":
            self.tables.append(_Table(match.start()))
        elif self.tables and name == b"tr":
            self.tables[-1].next_row()
        elif self.tables and name in {b"td", b"th"}:
            self.tables[-1].next_cell(match[0])
        if name not in _VOID and name not in _OPAQUE:
            self.open.open(name, is_block=True)

    def _past_element(self, name: bytes, start: int, position: int) -> int:
        """The end of an element that is passed over whole, nested ones of its name counted."""
        if name not in self.ends:
            self.ends[name] = element_ends(self.source, name, start, self.end)
        end = self.ends[name].get(start)
        if end is None or end < position:
            return self.end if name in {b"script", b"style"} else position
        if name not in _OPAQUE and (place := self.open.place(name)) is not None:
            self.open.close(place)
        return end

    def _close(self, name: bytes, start: int, end: int) -> None:
        place = self.open.place(name) if name in BLOCKS else self.open.place_in_block(name)
        ends_run = self.open.is_block(place) if place is not None else name in BLOCKS
        if ends_run:
            self._flush(start)
            self.run_start = end
        else:
            self.run_tags.append(Tag(start, end, name, close=True))
        if place is not None:
            self.open.close(place)
        if name == b"table" and self.tables:
            self.tables.pop()

    def _flush(self, end: int) -> None:
        """The run of text up to ``end`` becomes a span, or several."""
        start, tags = self.run_start, self.run_tags
        self.run_tags = []
        if start >= end:
            return
        if not tags and self.source[start:end].isspace():
            return
        if self.form == "html" and self.source.find(b"#", start, end) >= 0:
            for heading in _ATX.finditer(self.source, start, end):
                self._run(start, heading.start(), _between(tags, start, heading.start()))
                inside = _between(tags, *heading.span(2))
                self._run(*heading.span(2), inside, ("heading", "markdown", len(heading[1])))
                start = heading.end()
        self._run(start, end, _between(tags, start, end))

    def _run(self, start: int, end: int, tags: list[Tag], place: tuple[Kind, Form, int] | None = None) -> None:
        first, last = unwrapped(self.source, start, end, tags)
        kind, form, level = place or self._place()
        cell = (
            (self.tables[-1].start, self.tables[-1].row, self.tables[-1].column)
            if self.tables and kind == "cell"
            else None
        )
        if first >= last:
            first = last = end
        for tag in _between(tags, start, first):
            self._attributes(tag)
        if len(self.found) > MOST_SPANS:
            raise TooManySpansError
        if first < last:
            self.found.append(Span(first, last, kind, form, level, cell))
            if not is_message(self.source[first:last].decode("utf-8", "replace")):
                for tag in _between(tags, first, last):
                    self._attributes(tag)
        for tag in _between(tags, last, end):
            self._attributes(tag)

    def _place(self) -> tuple[Kind, Form, int]:
        name = self.open.innermost_kind()
        if name is None:
            return self.kind, self.form, 0
        return KINDS[name], self.form, int(name[1:]) if KINDS[name] == "heading" else 0

    def _attributes(self, tag: Tag) -> None:
        """Spans for the attributes of a tag that people read."""
        source = self.source
        if tag.close or tag.name == b"!" or not _MAY_HOLD_TEXT.search(source, tag.start, tag.end):
            return
        if tag.name == b"meta":
            self.found.extend(_meta_span(source, tag))
            return
        for match in _ATTRIBUTE.finditer(source, tag.start + 1 + len(tag.name), tag.end):
            if match["key"].lower() in _TEXT_KEYS:
                self.found.append(_attribute_span(match))


def _attribute_span(match: re.Match[bytes]) -> Span:
    group = next(name for name in ("double", "single", "bare") if match[name] is not None)
    start, end = stripped(match.string, *match.span(group))
    return Span(start, end, "attribute", "attribute", key=match["key"].decode("ascii", "replace").lower())


def _meta_span(source: bytes, tag: Tag) -> Iterator[Span]:
    """The content of a ``<meta>`` that search engines and previews show."""
    matches = {match["key"].lower(): match for match in _ATTRIBUTE.finditer(source, tag.start, tag.end)}
    named = matches.get(b"name") or matches.get(b"property")
    value = named and (named["double"] or named["single"] or named["bare"] or b"")
    if value and value.lower() in _META_NAMES and b"content" in matches:
        yield _attribute_span(matches[b"content"])._replace(key=value.decode("ascii", "replace").lower())


def unwrapped(source: bytes, start: int, end: int, tags: list[Tag]) -> tuple[int, int]:
    """The part of a run that a translator needs: blanks, breaks, comments and tags around the whole of it are left out.

    A tag inside stays, and so does its partner; ``<sup>a<sup>b</sup></sup>`` gives ``a<sup>b</sup>``.
    """
    partner = _partners(tags)
    left, right = 0, len(tags) - 1
    while True:
        start, end = stripped(source, start, end)
        if left > right or start >= end:
            return start, end
        first, last = tags[left], tags[right]
        if first.start == start and _drops_left(tags, partner, left, right, end):
            if partner.get(left) == right and left != right:
                end, right = last.start, right - 1
            start, left = first.end, left + 1
        elif last.end == end and (last.name in {b"!", b"br", b"wbr"} or right not in partner):
            if last.name in _VOID and last.name not in {b"br", b"wbr"}:
                return start, end
            end, right = last.start, right - 1
        else:
            return start, end


def _drops_left(tags: list[Tag], partner: dict[int, int], left: int, right: int, end: int) -> bool:
    """Whether the tag at the left edge is none of the translator's: a break, half a pair, empty, or around it all."""
    tag = tags[left]
    if tag.name in {b"!", b"br", b"wbr"}:
        return True
    if tag.name in _VOID:
        return False
    if left not in partner:
        return True
    return partner[left] == right and tags[right].end == end


def _partners(tags: list[Tag]) -> dict[int, int]:
    """Index of each start tag → index of its end tag, and back; void and lonely tags are missing."""
    found: dict[int, int] = {}
    opened, indexes = OpenTags(), list[int]()
    for index, tag in enumerate(tags) if len(tags) > 1 else ():
        if not tag.close:
            if tag.name not in _VOID and tag.name != b"!":
                opened.open(tag.name, is_block=False)
                indexes.append(index)
        elif (place := opened.place(tag.name)) is not None:
            found[indexes[place]], found[index] = index, indexes[place]
            opened.close(place)
            del indexes[place:]
    return found


def _shown_end(source: bytes, start: int, end: int) -> int:
    """Where the text ends that browsers show: before a tag that is never finished."""
    match = _UNFINISHED.search(source, max(start, source.rfind(b">", start, end)), end)
    return match.start() if match else end


def _between(tags: list[Tag], start: int, end: int) -> list[Tag]:
    """The tags, sorted by their place, that start in ``source[start:end]``."""
    return tags[bisect_left(tags, (start,)) : bisect_left(tags, (end,))] if tags else tags


def stripped(source: bytes, start: int, end: int) -> tuple[int, int]:
    """``source[start:end]`` without the blanks at its ends."""
    while start < end and source[start : start + 1].isspace():
        start += 1
    while end > start and source[end - 1 : end].isspace():
        end -= 1
    return start, end
