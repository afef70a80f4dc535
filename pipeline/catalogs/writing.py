"""The bytes of a catalog: its own where nothing changed, and msgcat's form for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain

import polib

from pipeline.catalogs.catalog import Catalog, Kept, whole_catalog
from pipeline.catalogs.charset import codec_for, declared_in, decoded, encoded
from pipeline.catalogs.form import rendered
from pipeline.catalogs.header import header_with, metadata_of, with_utf8
from pipeline.catalogs.message import SourcedMessage
from pipeline.catalogs.reform import reformed
from pipeline.catalogs.wrap import wrap_of_text


def catalog_bytes(catalog: Catalog) -> bytes:
    """Return the file: the bytes it was read from where nothing changed, and msgcat's form where something did.

    Changed messages are broken at the width the file has. A catalog whose charset lacks a character that was typed
    is written as UTF-8, and its header says so.
    """
    if not _is_changed(catalog):
        return catalog.data
    return _encoded(catalog, lambda metadata: _pieces(catalog, metadata))


def formatted(catalog: Catalog, width: int | None = None) -> bytes:
    """Return the file with every message in msgcat's form, the obsolete ones last.

    ``width`` is that of the file unless given; NEWLINES_ONLY is msgcat's ``--no-wrap``.
    """
    columns = catalog.width if width is None else width
    return _encoded(catalog, lambda metadata: [_formatted_text(catalog, metadata, columns)])


def formatted_bytes(data: bytes, path: str, width: int | None = None) -> bytes:
    """Return the bytes of a catalog file in the form that `formatted` gives it.

    Raises:
        BrokenCatalogError: A part of it is broken.
    """
    reading = decoded(data)
    if not reading.problem:
        columns = wrap_of_text(reading.text) if width is None else width
        with suppress(UnicodeEncodeError):
            parts = reformed(reading.text, columns, reading.charset)
            if parts is not None:
                del reading  # before as much is needed again
                return b"".join(parts)
    return formatted(whole_catalog(data, path), width)


def _encoded(catalog: Catalog, pieces_with: Callable[[Mapping[str, str]], Iterable[str]]) -> bytes:
    declared = declared_in(f"Content-Type:{catalog.metadata.get('Content-Type', '')}")
    was_declared = declared_in(catalog.head.msgstr) if catalog.head else declared
    charset = catalog.source.charset if declared == was_declared else codec_for(declared)
    try:
        # piece by piece: the text of a large catalog takes twice the memory of its bytes
        return b"".join([encoded(piece, charset) for piece in pieces_with(catalog.metadata)])
    except UnicodeEncodeError:
        content_type = with_utf8(catalog.metadata.get("Content-Type", "text/plain; charset=UTF-8"))
        pieces = pieces_with({**catalog.metadata, "Content-Type": content_type})
        return b"".join([encoded(piece, "utf-8") for piece in pieces])


def _is_changed(catalog: Catalog) -> bool:
    order = _order(catalog, catalog.metadata)
    if [_start(catalog, message) for message in order] != catalog.starts:
        return True
    return any(message.is_changed() for message in order if isinstance(message, SourcedMessage))


def _order(catalog: Catalog, metadata: Mapping[str, str]) -> list[polib.POEntry]:
    """Return the messages with the header at its place: first, unless its file has it elsewhere."""
    head = _head(catalog, metadata)
    order: list[polib.POEntry] = list(catalog)
    if head is None:
        return order
    if catalog.after_head and catalog.after_head == len(catalog.source.text):
        return [*order, head]
    follower = (index for index, message in enumerate(order) if _start(catalog, message) == catalog.after_head)
    order.insert(next(follower, 0) if catalog.after_head else 0, head)
    return order


def _start(catalog: Catalog, message: polib.POEntry) -> int:
    """Return where in the file of this catalog the message was read from, -1 if it was not."""
    if isinstance(message, SourcedMessage) and message.source is catalog.source:
        return message.start
    return -1


def _head(catalog: Catalog, metadata: Mapping[str, str]) -> polib.POEntry | None:
    if catalog.head is None and not metadata and not catalog.header:
        return None
    head = catalog.head.twin() if catalog.head else polib.POEntry(encoding="utf-8")
    if metadata != metadata_of(head.msgstr):
        head.msgstr = header_with(head.msgstr, metadata)
    head.tcomment = catalog.header
    if bool(catalog.metadata_is_fuzzy) != ("fuzzy" in head.flags):
        head.flags = ["fuzzy"] if catalog.metadata_is_fuzzy else [flag for flag in head.flags if flag != "fuzzy"]
    return head


def _pieces(catalog: Catalog, metadata: Mapping[str, str]) -> Iterator[str]:
    newline = catalog.source.newline

    def chunk(message: polib.POEntry, is_first: bool) -> str:
        blank = "" if is_first else newline
        if isinstance(message, SourcedMessage) and _start(catalog, message) >= 0:
            was_first = message.gap == catalog.beginning
            gap = message.text_before if is_first == was_first else blank
            if not message.is_changed():
                return gap + message.text
            blank = gap.rstrip(" \t")
        return blank + rendered(message, catalog.width).replace("\n", newline)

    yield from _joined(catalog, _order(catalog, metadata), chunk, catalog.kept)
    yield catalog.tail


def _formatted_text(catalog: Catalog, metadata: Mapping[str, str], width: int) -> str:
    newline = catalog.source.newline

    def chunk(message: polib.POEntry, is_first: bool) -> str:
        return ("" if is_first else newline) + rendered(message, width).replace("\n", newline)

    order = sorted(_order(catalog, metadata), key=lambda message: bool(message.obsolete))
    kept = [Kept(newline + text.lstrip("\r\n"), before) for text, before in catalog.kept]
    after = catalog.tail.strip("\r\n")
    whole = "".join((*_joined(catalog, order, chunk, kept), newline + after + newline if after else ""))
    return whole[: catalog.beginning] + whole[catalog.beginning :].lstrip("\r\n")


def _joined(
    catalog: Catalog,
    order: Iterable[polib.POEntry],
    chunk: Callable[[polib.POEntry, bool], str],
    kept: Iterable[Kept],
) -> Iterator[str]:
    """Yield the text in pieces: the messages, and at their places the broken parts of the file.

    ``chunk`` gives the text of a message with the blanks before it, from the message and whether it is the first.
    """
    newline = catalog.source.newline
    broken: dict[int, list[str]] = {}
    for text, before in kept:
        broken.setdefault(before, []).append(text)
    yield catalog.source.text[: catalog.beginning]
    last = ""
    for message in order:
        for text in broken.pop(_start(catalog, message), ()):
            yield from _next(last, text, newline)
            last = text
        text = chunk(message, not last)
        yield from _next(last, text, newline)
        last = text
    for text in chain.from_iterable(broken.values()):
        yield from _next(last, text, newline)
        last = text


def _next(before: str, text: str, newline: str) -> Iterator[str]:
    if before and not before.endswith("\n"):
        yield newline
    yield text
