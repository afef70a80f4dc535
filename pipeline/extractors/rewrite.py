"""A page in another language: its own bytes, with the translations in the places of their units.

Nothing is rendered anew, so nothing that is not translated can change. The result is read and rendered again before it is
given out: where it does not say exactly what was put in, or has other tags, the translations that break it are found and
left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import NamedTuple

from pipeline.extractors.adaptation import Adaptation, heading_ids, relinked
from pipeline.extractors.bilingual import units_of_blocks
from pipeline.extractors.faults import translation_fault
from pipeline.extractors.forms import text_of, written
from pipeline.extractors.page import PageOptions, is_html, read_page
from pipeline.extractors.skeleton import Value, front_matter_values, have_same_blocks, tag_names
from pipeline.model import Finding, Page, Unit
from pipeline.text.places import with_line_feeds
from pipeline.text.said import said
from pipeline.text.slugs import Dialect

_Shape = tuple[str, int, tuple[int, int, int] | None, str]
Translate = Callable[[Unit], str | None]

_BOM = b"\xef\xbb\xbf"
_LABEL = re.compile(r"^[ \t>]*\[((?:[^\[\]\\]|\\.)+)\]:", re.MULTILINE)
_LINE_END = re.compile(r"\r\n?")
_ANY_LINE_END = re.compile(rb"\r\n?|\n")
_HEADING_START = re.compile(rb"(?:\xef\xbb\xbf)?[ ]{0,3}(?:#{1,6}[ \t]+)?")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class TranslatedPage:
    """The bytes of a page with its translations, how many of its units have one, and the findings about those left out."""

    data: bytes
    translated: int
    findings: tuple[Finding, ...] = ()


class _Edit(NamedTuple):
    """Bytes in the place of ``source[start:end]``."""

    start: int
    end: int
    made: bytes


@dataclass(frozen=True, slots=True)
class _Change:
    """A translation on its way into the page; ``unit`` has its offsets in the UTF-8 of the page."""

    place: int  # index among the blocks
    unit: Unit
    raw: str
    text: str

    @property
    def reading(self) -> str:
        """What the page says in its place where not quite what was typed: blanks and escapes differ."""
        return text_of(self.raw.rstrip(), self.unit.form)


def translated_page(
    page: Page, translate: Translate, options: PageOptions = PageOptions(), wish: Adaptation = Adaptation()
) -> TranslatedPage:
    """``page`` with ``translate(unit)`` in the place of each unit; None or an equal text leaves the page's own bytes.

    Where anything is translated, the page is also fitted to its language as ``wish`` says.

    A translation that adds or drops markup or a URL scheme, cannot be written in the page's encoding, or after which the
    page would be read or rendered with other blocks is left out, with a finding that says why.
    """
    if not page.units:
        return TranslatedPage(page.data, 0)
    is_utf8 = page.encoding == "utf-8"
    source = page.data if is_utf8 else _in_utf8(page)
    inner = page if is_utf8 else read_page(source, page.path, options)
    rewriting = _Rewriting(inner, source, options)
    changes, findings = rewriting.changes(translate, page.encoding)
    kept = rewriting.unbroken(changes)
    places = {change.place for change in kept}
    for change in changes:
        if change.place not in places:
            findings.append(_left_out(change.unit, change.text, rewriting.faults[change.place]))
    data = rewriting.adapted(kept, wish) if kept else page.data
    if kept and not is_utf8:
        text = data.removeprefix(_BOM).decode("utf-8", "surrogateescape")
        data = _head(page) + text.encode(page.encoding, "surrogateescape")
    return TranslatedPage(data, len(kept), tuple(sorted(findings, key=lambda found: (found.line, found.column))))


def _head(page: Page) -> bytes:
    """The byte order mark of a page that is not UTF-8."""
    return page.data[: len(page.data) - len(page.text.encode(page.encoding))]


def _in_utf8(page: Page) -> bytes:
    """A page that is not UTF-8, in UTF-8; bytes that fit no encoding stay as they are."""
    text = page.data[len(_head(page)) :].decode(page.encoding, "surrogateescape")
    return _BOM + text.encode("utf-8", "surrogateescape")


def _left_out(unit: Unit, text: str, why: str) -> Finding:
    return Finding(
        "P201", "translation-left-out", "error", unit.path, unit.line, unit.column,
        said("the translation is left out: {why}", why=why), unit.text, text,
        said("mend the translation; the page shows its source until then"),
    )  # fmt: skip


def _unwritable(text: str, encoding: str) -> str:
    if "\0" in text:
        return said("it holds the character U+0000")
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        return said(
            "{character!r} cannot be written in {encoding}, the encoding of the page",
            character=text[error.start],
            encoding=encoding,
        )
    return ""


class _Rewriting:
    """A page and what is known of it while translations are tried; ``source`` is the page in UTF-8."""

    def __init__(self, page: Page, source: bytes, options: PageOptions) -> None:
        self.page, self.source, self.options = page, source, options
        self.lines = with_line_feeds(source)
        first_end = _ANY_LINE_END.search(source)
        self.line_end = first_end[0] if first_end else b"\n"
        self.shapes = [_shape(block) for block in _body(page.blocks)]
        self.units = units_of_blocks(page)
        self.faults: dict[int, str] = {}  # of translations that are left out, by index among the blocks

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of the links that the page defines."""
        return frozenset(_BLANKS.sub(" ", label).casefold() for label in _LABEL.findall(self.page.text))

    @cached_property
    def tags(self) -> list[str]:
        """The tags of the page as it is."""
        return tag_names(_text(self.source), is_html(self.page.path))

    @cached_property
    def values(self) -> list[Value] | None:
        """The keys and values of the front matter as it is."""
        return front_matter_values(_text(self.source))

    def changes(self, translate: Translate, encoding: str) -> tuple[list[_Change], list[Finding]]:
        """The translations that could go into the page, and the findings about those that could not."""
        changes, findings = [], []
        for place, block in enumerate(self.page.blocks):
            unit = self.units.get(block)  # of a text in both languages its half; what is translated replaces the whole
            text = _LINE_END.sub("\n", translate(unit) or "") if unit else ""
            if not unit or not text.strip() or text == unit.text:
                continue
            fault = _unwritable(text, encoding) or translation_fault(unit.text, text, unit.form, self.labels)
            if fault:
                findings.append(_left_out(unit, text, fault))
            else:
                changes.append(_Change(place, block, written(text, block, self.lines), text))
        return changes, findings

    def unbroken(self, changes: Sequence[_Change], beside: Sequence[_Change] = ()) -> list[_Change]:
        """The changes with which, and those ``beside`` them, the page still reads as it should; found by halving."""
        fault = self._fault([*beside, *changes]) if changes else ""
        if not fault:
            return list(changes)
        if len(changes) == 1:
            self.faults[changes[0].place] = fault
            return []
        middle = len(changes) // 2
        kept = self.unbroken(changes[:middle], beside)
        return kept + self.unbroken(changes[middle:], [*beside, *kept])

    def spliced(self, changes: Sequence[_Change], insertions: Sequence[_Edit] = ()) -> bytes:
        """The page with ``changes`` and ``insertions``."""
        edits = [
            _Edit(change.unit.start, change.unit.end, change.raw.encode().replace(b"\n", self.line_end))
            for change in changes
        ]
        pieces: list[bytes] = []
        last = 0
        for start, end, made in sorted([*edits, *insertions]):
            pieces += (self.source[last:start], made)
            last = end
        return b"".join(pieces) + self.source[last:]

    def adapted(self, kept: Sequence[_Change], wish: Adaptation) -> bytes:
        """The page with the translations ``kept``, fitted to its language as far as it still reads as it does without."""
        made = self.spliced(kept)
        found = heading_ids(self.page, [change.unit for change in kept], wish)
        if insertions := [edit for unit, name, dialect in found if (edit := self._id_edit(unit, name, dialect))]:
            made = self._if_alike(self.spliced(kept, insertions), made, [block.text for block in self._blocks(made)])
        if wish.links or wish.language:
            led = relinked(made.decode("utf-8", "surrogateescape"), self.page, wish)
            made = self._if_alike(led.encode("utf-8", "surrogateescape"), made)
        return made

    def _blocks(self, made: bytes) -> Sequence[Unit]:
        return read_page(made, self.page.path, self.options).blocks

    def _if_alike(self, made: bytes, before: bytes, texts: Sequence[str] | None = None) -> bytes:
        """``made`` where it has the blocks of ``before``, with ``texts`` if given; else ``before``."""
        if made == before:
            return before
        blocks = self._blocks(made)
        is_alike = [_shape(block) for block in blocks] == [_shape(block) for block in self._blocks(before)]
        return made if is_alike and texts in (None, [block.text for block in blocks]) else before

    def _id_edit(self, unit: Unit, name: str, dialect: Dialect) -> _Edit | None:
        """What gives a heading its id, in the page's own dialect; None where it has one, or cannot have one."""
        source = self.source
        start, end = source.rfind(b"\n", 0, unit.start) + 1, source.find(b"\n", unit.end)
        end = len(source) if end < 0 else end
        rest = source[unit.end : end]
        if b"{" in rest or not _HEADING_START.fullmatch(source, start, unit.start):
            return None
        if dialect == "github":
            gap = b"" if source[:start].endswith((b"\n\n", b"\n\r\n")) or start == 0 else b"\n"
            made = gap + f'<a id="{escape(name)}"></a>\n\n'.encode()
            return _Edit(start, start, made.replace(b"\n", self.line_end))
        place = unit.end + len(rest.rstrip())
        return _Edit(place, place, f" {{#{name}}}".encode())

    def _fault(self, changes: Sequence[_Change]) -> str:
        """What is wrong with the page written with ``changes``; empty where its blocks and tags are the same.

        Its units must say exactly what was put in.
        """
        made = self.spliced(changes)
        again = _body(read_page(made, self.page.path, self.options).blocks)
        if difference := _difference(self.shapes, [_shape(block) for block in again]):
            return said("it would change the blocks of the page: {difference}", difference=difference)
        expected = {place: {block.text} for place, block in enumerate(self.page.blocks) if block in self.units}
        expected |= {change.place: {change.text, change.reading} for change in changes}
        matter = [place for place in expected if self.page.blocks[place].kind == "front matter"]
        offset = len(self.page.blocks) - len(again)
        for place, texts in expected.items():
            unit = again[place - offset] if place not in matter else None
            if unit and unit.text not in texts and _written_text(made, unit) not in texts:
                return said("the page would say “{text}” there", text=unit.text[:60])
        text = _text(made)
        if not self._has_values(text, [change.text for change in changes if change.place in matter]):
            return said("it would change other values of the front matter")
        has_tags = have_same_blocks(self.tags, tag_names(text, is_html(self.page.path)))
        return "" if has_tags else said("the page would have other tags")

    def _has_values(self, text: str, changed: list[str]) -> bool:
        """Whether the front matter of ``text`` is that of the page but for the values ``changed``.

        It is compared by value: a text that is no prose is not read as a unit again.
        """
        if not changed:
            return True
        after = front_matter_values(text)
        if self.values is None or after is None or len(self.values) != len(after):
            return False
        differing = [new for old, new in zip(self.values, after, strict=True) if old != new]
        wanted = Counter(value.strip() for value in changed)
        return Counter(value for _, value in differing) <= wanted and _types(self.values) == _types(after)


def _written_text(made: bytes, unit: Unit) -> str:
    """What a unit says on disk: its text is repaired where a translation happens to look like mojibake."""
    return text_of(made[unit.start : unit.end].decode("utf-8", "replace"), unit.form)


def _body(blocks: Sequence[Unit]) -> Sequence[Unit]:
    """The blocks behind the front matter."""
    return [block for block in blocks if block.kind != "front matter"]


def _types(values: Sequence[Value]) -> list[str]:
    return [kind for kind, _ in values]


def _difference(before: Sequence[_Shape], after: Sequence[_Shape]) -> str:
    """Where two lists of blocks part, in words; empty where they are the same."""
    if before == after:
        return ""
    if len(after) < len(before):
        return said("it would be no text of its own")
    place = next((each for each, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), -1)
    kind = said(after[place][0])
    if len(after) > len(before):
        return said("there would be another {kind}", kind=kind)
    return said("it would be a {kind}", kind=kind)


def _text(source: bytes) -> str:
    return source.removeprefix(_BOM).decode("utf-8", "replace")


def _shape(block: Unit) -> _Shape:
    return block.kind, block.level, block.cell, block.key
