"""A catalog as polib models it, with the bytes it was read from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import polib

from pipeline.catalogs.charset import Decoded, decoded
from pipeline.catalogs.header import metadata_of
from pipeline.catalogs.message import Source, SourcedMessage
from pipeline.catalogs.syntax import Problem, Stretch, stretches
from pipeline.catalogs.wrap import NEWLINES_ONLY, wrap_of_text
from pipeline.model import Finding, PipelineError
from pipeline.text.said import said, said_of

_LATER_HEADER = re.compile(r'^msgid[ \t]*""[ \t\r]*\nmsgstr', re.MULTILINE)


class Kept(NamedTuple):
    """A broken part of the file, blanks before it included, and the start of the message that it stands before."""

    text: str
    before: int


class BrokenCatalogError(PipelineError):
    """Parts of a catalog are broken; it says the first, and ``findings`` say all."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        first, more = findings[0], len(findings) - 1
        message = first.message
        if more:
            message = said_of(
                more, "{first}, and {number} more fault", "{first}, and {number} more faults", first=message
            )
        super().__init__(message, path=first.path, line=first.line, remedy=first.fix or said("mend the catalog"))
        self.findings = findings

    def __reduce__(
        self,
    ) -> tuple[type[BrokenCatalogError], tuple[tuple[Finding, ...]]]:  # on the way from another process
        return type(self), (self.findings,)


class Catalog(polib.POFile):
    """A list of `polib.POEntry` without the header, which is in ``header``, ``metadata`` and ``metadata_is_fuzzy``.

    It is written with `catalog_bytes`; polib's own ``save`` wraps every line anew.

    ``findings`` are the faults of the file in reading order. What else is here is for writing the file back:
    ``beginning`` is the length of the byte order mark, ``starts`` are the offsets of the messages, ``head`` is the
    header as read and ``after_head`` the offset of the message after it, 0 where the header comes
    first and the length of the text where it comes last; ``kept`` are
    the broken parts and ``tail`` what follows the last message.
    """

    def __init__(self, source: Source | None = None, data: bytes = b"", path: str = "") -> None:
        self.source = source or Source("", "utf-8")
        super().__init__(encoding=self.source.charset)
        self.data, self.path = data, path
        self.findings: tuple[Finding, ...] = ()
        self.beginning = int(self.source.text.startswith("\ufeff"))
        self.starts: list[int] = []
        self.head: SourcedMessage | None = None
        self.after_head = 0
        self.kept: list[Kept] = []
        self.tail = ""

    def with_messages(self, messages: Iterable[polib.POEntry]) -> Catalog:
        """Return a catalog of the same file, with its header and its broken parts, but with these messages."""
        other = Catalog(self.source, self.data, self.path)
        other.header, other.metadata, other.metadata_is_fuzzy = self.header, dict(self.metadata), self.metadata_is_fuzzy
        other.findings, other.starts, other.after_head = self.findings, self.starts, self.after_head
        other.head, other.kept, other.tail = self.head, self.kept, self.tail
        other.extend(messages)
        return other

    @cached_property
    def width(self) -> int:
        """The width at which the file breaks its strings, or NEWLINES_ONLY."""
        return wrap_of_text(self.source.text) if self.source.text else NEWLINES_ONLY


def read_catalog(data: bytes, path: str = "") -> Catalog:
    """Return the catalog in the bytes of a .po or .pot file; what is broken there is in its ``findings``.

    A broken message is left out, up to the start of the next one, and its text is kept for writing. ``path`` is only
    for the findings.
    """
    reading = decoded(data)
    source = Source(reading.text, reading.charset)
    catalog = Catalog(source, data, path)
    found = list(stretches(source.text)) if reading.is_readable else []
    messages: list[SourcedMessage] = []
    gap, waiting = catalog.beginning, 0
    for start, end, is_message, _ in found:
        if is_message:
            messages.append(SourcedMessage(source, gap, start, end))
            if waiting < len(catalog.kept):
                catalog.kept[waiting:] = [Kept(text, start) for text, _ in catalog.kept[waiting:]]
                waiting = len(catalog.kept)
        else:
            catalog.kept.append(Kept(source.text[gap:end], len(source.text)))
        gap = end
    catalog.tail = source.text[gap:]
    _fill(catalog, messages)
    catalog.findings = _findings(catalog, reading, found)
    return catalog


def _fill(catalog: Catalog, messages: list[SourcedMessage]) -> None:
    """Put the messages into the empty catalog, the first one with an empty msgid as its header."""
    catalog.starts = [message.start for message in messages]
    index = _header_index(messages)
    if index >= 0:
        catalog.head = head = messages.pop(index)
        catalog.header, catalog.metadata = head.tcomment, metadata_of(head.msgstr)
        catalog.metadata_is_fuzzy = "fuzzy" in head.flags
        if index > 0:
            catalog.after_head = messages[index].start if index < len(messages) else len(catalog.source.text)
    catalog.extend(messages)


def whole_catalog(data: bytes, path: str) -> Catalog:
    """Return the catalog in the bytes of a file, all of it.

    Raises:
        BrokenCatalogError: A part of it is broken.
    """
    catalog = read_catalog(data, path)
    if catalog.findings:
        raise BrokenCatalogError(catalog.findings)
    return catalog


def _header_index(messages: list[SourcedMessage]) -> int:
    """Return the index of the first message with an empty msgid, -1 if there is none."""
    if not messages:
        return -1
    if _is_header(messages[0]):
        return 0
    later = _LATER_HEADER.search(messages[0].source.text)
    index = bisect_left([message.end for message in messages], later.end()) if later else len(messages)
    return index if index < len(messages) and _is_header(messages[index]) else -1


def _is_header(message: SourcedMessage) -> bool:
    context: str | None = message.msgctxt
    return not message.msgid and context is None and not message.obsolete


def _findings(catalog: Catalog, reading: Decoded, found: list[Stretch]) -> tuple[Finding, ...]:
    findings = [_finding(catalog, "PO101", "po-syntax", problem) for stretch in found for problem in stretch.problems]
    if reading.problem:
        problem = Problem(reading.offset, reading.problem, reading.fix)
        finding = _finding(catalog, "PO102", "encoding-invalid", problem)
        findings.insert(0, finding if reading.is_refused else replace(finding, severity="warning"))
    return tuple(findings)


def _finding(catalog: Catalog, code: str, name: str, problem: Problem) -> Finding:
    offset, message, fix = problem
    line, column = catalog.source.line_at(offset), catalog.source.column_at(offset)
    return Finding(code, name, "error", catalog.path, line, column, message, fix=fix)
