"""Pairs for a memory from catalogs, TMX, XLIFF and tables, and back."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import groupby
from pathlib import PurePosixPath

import polib

from pipeline.catalogs.catalog import Catalog, read_catalog
from pipeline.catalogs.header import metadata_of
from pipeline.catalogs.languages import SAMPLE, UNKNOWN, Locales, locales_of
from pipeline.catalogs.memory import Remembered
from pipeline.catalogs.message import translations
from pipeline.catalogs.tags import language_named, locale_of
from pipeline.catalogs.worddiff import MEMORY
from pipeline.model import PipelineError
from pipeline.text.encoding import NotTextError, decoded
from pipeline.text.said import said, words_of
from pipeline.text.script import language_of

_SUGGESTED = re.compile(rf"^{MEMORY}\d+ % of ", re.MULTILINE)
_LONGEST_CELL = 1 << 24
_COLUMNS = ("source", "target", "source locale", "target locale", "context", "origin", "place", "date", "reviewed")
_NAMED: Mapping[str, str] = {
    "english": "en",
    "chinese": "zh_CN",
    "英文": "en",
    "英语": "en",
    "中文": "zh_CN",
    "汉语": "zh_CN",
}
_SIDES = ("source", "target")
_NO = frozenset({"no", "false", "0", "fuzzy"})


Reader = Callable[[bytes, str, Locales], list[Remembered]]


def pairs_of(catalog: Catalog, path: str, locales: Locales = UNKNOWN) -> Iterator[Remembered]:
    """Yield what a catalog says, obsolete messages too; a fuzzy translation is one of the text that it was made for.

    What a memory has filled in, and nobody has looked at, is not in it.
    """
    pair = Remembered("", "", *locales_of(catalog, locales), date=_date(catalog.metadata), origin=path)
    yield from _pairs(catalog, pair)


def _date(metadata: Mapping[str, str]) -> str:
    """When a catalog was translated, as its header says; empty where that is still to be filled in."""
    date = metadata.get("PO-Revision-Date", "")
    return date if date[:1].isdecimal() else ""


def _pairs(messages: Iterable[polib.POEntry], pair: Remembered) -> Iterator[Remembered]:
    """Yield what messages say, as pairs that are like ``pair`` in all else."""
    for message in messages:
        if not message.msgid or (message.fuzzy and _SUGGESTED.search(message.comment)):
            continue
        text: str = message.msgid
        context: str | None = message.msgctxt
        if message.fuzzy and message.previous_msgid:
            text, context = message.previous_msgid, message.previous_msgctxt
        said = translations(message)
        both = [(text, said[0]), (message.msgid_plural, said[-1])] if said and message.msgid_plural else []
        for each, translation in both or ([(text, said[0])] if said else []):
            if each:
                place = _place(message) or pair.place
                yield pair._replace(
                    source=each, target=translation, context=context, place=place, reviewed=not message.fuzzy
                )


def suggestion_note(score: int, origin: str) -> str:
    """Return the note on a translation that a memory suggests, from a file and with a likeness in per cent."""
    return f"{MEMORY}{score} % of {origin}"


def without_suggestion_notes(comment: str) -> str:
    """Return the notes of a message without those that begin like a `suggestion_note`."""
    return "\n".join(line for line in comment.split("\n") if not _SUGGESTED.match(line))


def _place(message: polib.POEntry) -> str:
    return ":".join(filter(None, message.occurrences[0])) if message.occurrences else ""


def _from_catalog(data: bytes, path: str, locales: Locales) -> list[Remembered]:
    catalog = read_catalog(data, path)
    if not catalog and catalog.findings:
        first = catalog.findings[0]
        raise PipelineError(first.message, path=path, line=first.line, remedy=first.fix or said("mend the catalog"))
    return list(pairs_of(catalog, path, locales))


def _from_tmx(data: bytes, path: str, locales: Locales) -> list[Remembered]:
    from pipeline.catalogs.tmx import read_tmx  # a parser of XML that nothing else here needs

    found = []
    for unit in read_tmx(data, path):
        named = dict(unit.properties)
        source = unit.source_locale or locales.source or language_of(unit.source)
        target = unit.target_locale or locales.target or language_of(unit.target)
        if unit.source.strip() and unit.target.strip():
            found.append(
                Remembered(
                    unit.source, unit.target, source, target, unit.context, named.get("reference", unit.origin),
                    reviewed=not unit.fuzzy, origin=path,
                )
            )  # fmt: skip
    return found


def _from_xliff(data: bytes, path: str, locales: Locales) -> list[Remembered]:
    from pipeline.catalogs.xliff import read_xliff  # a parser of XML that nothing else here needs

    found: list[Remembered] = []
    for sheet in read_xliff(data, path):
        messages = [each.message for each in sheet.messages]
        sample = [(each.msgid, text) for each in messages[:SAMPLE] for text in translations(each)]
        texts = ["\n".join(pair[side] for pair in sample) for side in range(2)]
        source = sheet.source_locale or locales.source or language_of(texts[0])
        target = sheet.target_locale or locales.target or language_of(texts[1])
        header = next((each.msgstr for each in messages if not each.msgid and each.msgctxt is None), "")
        pair = Remembered("", "", source, target, place=sheet.path, date=_date(metadata_of(header)), origin=path)
        found += _pairs(messages, pair)
    return [pair for pair in found if pair.source.strip() and pair.target.strip()]


# --- tables


def _from_table(data: bytes, path: str, locales: Locales) -> list[Remembered]:
    rows = list(_rows(data, path))
    columns = _header(rows[0]) if rows else {}
    body = rows[1:] if columns else rows
    columns = columns or {"source": 0, "target": 1, "context": 2}
    full = [row for row in body if all(len(row) > columns[side] and row[columns[side]].strip() for side in _SIDES)]
    if not full:
        remedy = said("a row is a source, a target, and a context if you like")
        raise PipelineError("holds no pair of texts", path=path, remedy=remedy)
    named = dict(name.split("=") for name in columns if "=" in name)
    sampled = ["\n".join(row[columns[side]] for row in full[:SAMPLE]) for side in _SIDES]
    source = locales.source or named.get("source") or language_of(sampled[0])
    target = locales.target or named.get("target") or language_of(sampled[1])
    return [_pair(row, columns, Locales(source, target), path) for row in full]


def _rows(data: bytes, path: str) -> Iterator[list[str]]:
    try:
        text = decoded(data).text
    except NotTextError as error:
        message = said("is no text: {why}", why=words_of(error))
        raise PipelineError(message, path=path, remedy="save it as UTF-8") from error
    first = text.partition("\n")[0]
    delimiter = max("\t,;", key=first.count) if not path.lower().endswith(".tsv") else "\t"
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        message = said("is no table: {why}", why=str(error))
        raise PipelineError(message, path=path, line=reader.line_num, remedy="mend that row") from error


def _header(row: Sequence[str]) -> dict[str, int]:
    """The places of the columns that a first row names; empty where it is a pair itself."""
    names = [cell.strip().lower() for cell in row]
    known = {name: place for place, name in enumerate(names) if name in _COLUMNS}
    if known.keys() >= {*_SIDES}:
        return known
    places = [place for place, name in enumerate(names) if _language(name)]
    if len(places) < 2:
        return {}
    named = {
        f"{side}={_language(names[place])}": place for side, place in zip(("source", "target"), places, strict=False)
    }
    return {**known, "source": places[0], "target": places[1], **named}


def _language(name: str) -> str:
    return _NAMED.get(name) or language_named(name) or ""


def _pair(row: Sequence[str], columns: Mapping[str, int], locales: Locales, path: str) -> Remembered:
    source, target = row[columns["source"]], row[columns["target"]]
    if len(row) == 2:
        return Remembered(source, target, *locales, origin=path)
    said = {name: row[place] for name, place in columns.items() if place < len(row)}
    return Remembered(
        source,
        target,
        locale_of(said.get("source locale", "")) or locales.source,
        locale_of(said.get("target locale", "")) or locales.target,
        said.get("context") or None,
        said.get("place", ""),
        said.get("date", ""),
        said.get("reviewed", "").strip().lower() not in _NO,
        path,
    )


READERS: Mapping[str, Reader] = {
    ".po": _from_catalog,
    ".tmx": _from_tmx,
    ".xlf": _from_xliff,
    ".xliff": _from_xliff,
    ".tsv": _from_table,
    ".csv": _from_table,
}
"""By the end of a file's name, what reads its pairs; each raises a `PipelineError` for a file that it cannot read."""


# --- and back


def as_tsv(pairs: Iterable[Remembered]) -> bytes:
    """Return the pairs as a table with a header, as it is read again."""
    written = StringIO()
    writer = csv.writer(written, "excel-tab", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for pair in pairs:
        writer.writerow(
            (
                pair.source, pair.target, pair.source_locale, pair.target_locale, pair.context or "", _origin(pair),
                pair.place, pair.date, "yes" if pair.reviewed else "no",
            )
        )  # fmt: skip
    return written.getvalue().encode()


def as_tmx(pairs: Iterable[Remembered]) -> bytes:
    """Return the pairs as TMX 1.4b."""
    from pipeline.catalogs.exchanged import Outgoing, segments_of
    from pipeline.catalogs.tmx import tmx_bytes

    def outgoing() -> Iterator[Outgoing]:
        together = groupby(pairs, key=lambda pair: (_origin(pair), pair.source_locale, pair.target_locale, pair.date))
        for number, ((origin, source, target, date), alike) in enumerate(together):
            header = polib.POEntry(msgid="", msgstr=f"PO-Revision-Date: {date}\n", encoding="utf-8")
            messages = [header, *map(_message, alike)]
            keyed = enumerate(messages)
            yield Outgoing(origin, source, target, [segments_of(each, f"m{number}-{place}") for place, each in keyed])

    return tmx_bytes(outgoing())


def _origin(pair: Remembered) -> str:
    """The file of a pair as others may know it: no path of this machine."""
    path = PurePosixPath(pair.origin)
    return path.name if path.is_absolute() or ".." in path.parts else pair.origin


def _message(pair: Remembered) -> polib.POEntry:
    path, _, line = pair.place.rpartition(":")
    place = [(path, line)] if path and line.isdecimal() else [(pair.place, "")] if pair.place else []
    return polib.POEntry(
        msgctxt=pair.context, msgid=pair.source, msgstr=pair.target, occurrences=place,
        flags=[] if pair.reviewed else ["fuzzy"], encoding="utf-8",
    )  # fmt: skip
