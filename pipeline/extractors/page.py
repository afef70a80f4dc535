"""A page to units: front matter, Markdown, HTML, Liquid and wikilinks in one file, as they come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from pipeline.extractors.code import CodeMode
from pipeline.extractors.directives import directed
from pipeline.extractors.forms import text_of
from pipeline.extractors.frontmatter import FrontMatter, KeyChoice, front_matter
from pipeline.extractors.html import html_spans
from pipeline.extractors.markdown import markdown_spans
from pipeline.extractors.repairs import Repairs, repairs
from pipeline.extractors.spans import Span, TooManySpansError
from pipeline.model import Finding, Language, Page, Unit
from pipeline.text.encoding import Decoded, NotTextError, decoded
from pipeline.text.markup import is_identifier, is_message
from pipeline.text.naming import file_name
from pipeline.text.places import Lines, places, with_line_feeds
from pipeline.text.said import said, said_of, words_of

MOST_BYTES = 32 * 1024 * 1024
_start_of = itemgetter(0)  # of a span, as its name gives it, without a call of Python
_new = tuple.__new__  # a named tuple of all its fields, in a third of the time that its own name takes
_LARGE = 100_000  # bytes; in less, nothing can be nested so deep that it matters
_DEEP = re.compile(rb"^(?:[ \t]*+(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){1000}", re.MULTILINE)
_MARKS, _MOST_MARKS = b"*_~`[]!<>&\\", 4_000_000  # for each the parser keeps 60 bytes: 30 MB of brackets took 2 GB
_ENOUGH = 4000  # characters that tell the language of a page


class PageOptions(NamedTuple):
    """What a project may decide about reading its pages.

    ``context`` is what keeps equal texts apart as messages: nothing, the section they stand in, or their kind. ``code``
    says for languages of code blocks, "" for all others, what of them is translated. ``bilingual`` says whether a text
    that says the same in both languages stays one unit, or only its half in the language of the page is one.
    """

    front_matter: KeyChoice = KeyChoice()
    context: Literal["none", "section", "kind"] = "none"
    code: tuple[tuple[str, CodeMode], ...] = ()
    bilingual: Literal["keep", "pair"] = "keep"


class _Content(NamedTuple):
    """What a page holds, whatever its language; without an encoding where it could not be read."""

    text: str = ""
    encoding: str = ""
    blocks: tuple[Unit, ...] = ()
    units: tuple[Unit, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_page(data: bytes, path: str, options: PageOptions = PageOptions()) -> Page:
    """The page that ``data`` is, with every unit and block; what cannot be read is a finding on a page without units.

    ``path`` is used as it is in units and findings; its name tells the language (``x.zh.md``) and whether it is HTML.
    """
    text, encoding, blocks, units, findings = _content(data, path, options)
    if not encoding:
        return Page(path, data, "", "", "en", findings=findings)
    page = Page(path, data, text, encoding, page_language(path, text), blocks, units, findings)
    if options.bilingual != "pair":
        return page
    from pipeline.extractors.bilingual import split  # a tenth of the start of a command, which few pages need

    return split(page)


def read_units(data: bytes, path: str, options: PageOptions) -> tuple[tuple[Unit, ...], tuple[Finding, ...]]:
    """The units and findings of the page that `read_page` gives; to tell its language takes a twentieth of the time."""
    if options.bilingual == "pair":
        page = read_page(data, path, options)
        return page.units, page.findings
    content = _content(data, path, options)
    return content.units, content.findings


def _content(data: bytes, path: str, options: PageOptions) -> _Content:
    if len(data) > MOST_BYTES:
        message = said("a page of {number:,} bytes is not read (at most {most:,})", number=len(data), most=MOST_BYTES)
        return _unreadable(path, message, said("split the page"))
    try:
        text = decoded(data)
    except NotTextError as error:
        message = said("this is not a text: {why}", why=words_of(error))
        return _unreadable(path, message, said("save the page as UTF-8"))
    is_utf8 = text.encoding == "utf-8" and not text.bom and text.lossless
    source = with_line_feeds(data if is_utf8 else text.text.encode("utf-8", "replace"))
    matter = front_matter(source, options.front_matter)
    try:
        spans = _spans(source, matter.end, path, options)
    except TooManySpansError as error:
        return _unreadable(path, words_of(error), said("split the page"))
    blocks = _blocks(source, [*matter.spans, *spans], path, repairs(text.text, source))
    blocks, skipped = directed(source, _in_context(blocks, options.context))
    units = tuple(filter(_is_unit, blocks))
    if skipped:
        units = tuple(unit for unit in units if unit.start not in skipped)
    if text.bom or text.encoding != "utf-8":
        units, blocks = _on_disk(units, text), _on_disk(blocks, text)
    findings = tuple(_findings(path, source, text, matter))
    return _Content(text.text, text.encoding, blocks, units, findings)


def _spans(source: bytes, start: int, path: str, options: PageOptions) -> list[Span]:
    """The stretches behind the front matter."""
    if is_html(path):
        return html_spans(source, start, len(source))
    if len(source) > _LARGE:
        if _DEEP.search(source):
            raise TooManySpansError(said("a page whose quotes and lists are nested a thousand deep is not read"))
        if len(source) - len(source.translate(None, _MARKS)) > _MOST_MARKS:
            message = said("a page of more than {number:,} brackets, ticks and stars is not read", number=_MOST_MARKS)
            raise TooManySpansError(message)
    return markdown_spans(source, start, dict(options.code))


def _in_context(blocks: tuple[Unit, ...], context: str) -> tuple[Unit, ...]:
    """``blocks`` with the context that keeps equal texts apart."""
    if context == "section":
        return tuple(block._replace(context=block.section or None) for block in blocks)
    return blocks if context == "none" else tuple(block._replace(context=block.kind) for block in blocks)


def _is_unit(block: Unit) -> bool:
    """Whether a block is translated; an identifier is, where it is all that an image says."""
    if block.form == "code" or not is_message(block.text):
        return False
    return block.kind == "attribute" or not is_identifier(block.text)


def is_html(path: str) -> bool:
    """Whether the page at ``path`` is HTML; all others are Markdown."""
    return path.lower().endswith((".html", ".htm"))


def page_language(path: str, text: str) -> Language:
    """The language a page is written in: by its name where that says it, else by its characters."""
    from pipeline.text.script import language_of  # with all that is in titles; extraction needs no language

    return file_name(PurePosixPath(path).name).language or language_of(text[:_ENOUGH])


def _unreadable(path: str, message: str, fix: str) -> _Content:
    return _Content(findings=(Finding("P101", "unreadable-page", "error", path, 1, 1, message, fix=fix),))


def _findings(path: str, source: bytes, text: Decoded, matter: FrontMatter) -> Iterator[Finding]:
    if matter.fault:
        offset, message = matter.fault
        ((line, column),) = places(source, [offset])
        fix = said("mend the front matter; until then none of it is translated")
        yield Finding("P102", "front-matter-syntax", "error", path, line, column, message, fix=fix)
    if text.broken:
        first = text.broken[0]
        line, column = Lines(text.text).place(first)
        byte = text.data[text.bom + len(text.text[:first].encode(text.encoding))]
        message = said_of(
            len(text.broken),
            "1 byte is not {name}, the first is 0x{byte:02X}",
            "{number} bytes are not {name}, the first is 0x{byte:02X}",
            name=text.name,
            byte=byte,
        )
        fix = said(
            "`bilect repair {path}` shows what they can have been; until then they are written back as they are",
            path=path,
        )
        yield Finding("E102", "broken-encoding", "warning", path, line, column, message, fix=fix)


def _blocks(source: bytes, spans: list[Span], path: str, damage: Repairs | None) -> tuple[Unit, ...]:
    """The units of ``spans``, also those with nothing to translate, in reading order, with line, column and section."""
    tables: dict[int, int] = {}
    blocks, section = [], ""
    for span, (line, column) in zip(spans, places(source, map(_start_of, spans)), strict=True):
        start, end, kind, form, level, cell, key, text = span
        if damage:
            text = damage.text(source, span)
        elif text is None:
            text = text_of(source[start:end].decode("utf-8", "replace"), form)
        if cell:
            cell = (tables.setdefault(cell[0], len(tables) + 1), cell[1], cell[2])
        blocks.append(
            _new(Unit, (path, line, column, start, end, kind, text, None, level, cell, key, section, form, ""))
        )
        if kind == "heading":
            section = text
    return tuple(blocks)


def _on_disk(units: tuple[Unit, ...], text: Decoded) -> tuple[Unit, ...]:
    """``units`` with their offsets moved from the UTF-8 of the text to the bytes of the file."""
    if text.encoding == "utf-8":
        return tuple(unit._replace(start=unit.start + text.bom, end=unit.end + text.bom) for unit in units)
    source = text.text.encode()
    places = sorted({place for unit in units for place in (unit.start, unit.end)})
    moved, last, disk = {}, 0, text.bom
    for place in places:
        disk += len(source[last:place].decode().encode(text.encoding))
        moved[place] = disk
        last = place
    return tuple(unit._replace(start=moved[unit.start], end=moved[unit.end]) for unit in units)
