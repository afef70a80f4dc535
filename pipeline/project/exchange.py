"""Catalogs and the files that carry them to other programs: what each is called, and which belongs to which."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from pipeline.catalogs.catalog import Catalog, read_catalog
from pipeline.catalogs.charset import codec_for, declared_in
from pipeline.catalogs.exchanged import Exchanged, Outgoing, Sheet, outgoing
from pipeline.catalogs.form import rendered
from pipeline.catalogs.mo import mo_bytes
from pipeline.catalogs.po import catalog_bytes, new_catalog, whole_catalog
from pipeline.catalogs.tags import locale_of
from pipeline.catalogs.tmx import TmxUnit, exchanged_units, read_tmx, tmx_bytes
from pipeline.catalogs.xliff import Version, read_xliff, xliff_bytes
from pipeline.model import PipelineError
from pipeline.project.bare import FileKind, NamedFile
from pipeline.project.catalog_files import CATALOGS_AND_TEMPLATES
from pipeline.project.clock import now
from pipeline.text.naming import file_name
from pipeline.text.said import said

Form = Literal["xliff", "tmx", "mo"]

CARRIERS = FileKind(said("file with translations"), (".xlf", ".xliff", ".tmx", ".po"))
SUFFIXES = {"xliff": ".xlf", "tmx": ".tmx", "mo": ".mo"}
JOINED = (".xlf", ".xliff", ".tmx")  # files that hold several catalogs


@dataclass(frozen=True, slots=True)
class Wish:
    """How catalogs are exported; ``locale`` is the language of translations, empty where the catalog knows."""

    form: Form
    version: Version = "2.1"
    with_fuzzy: bool | None = None
    locale: str = ""


def read_outgoing(file: NamedFile, wish: Wish) -> tuple[Catalog, Outgoing]:
    """Return the catalog in a file, and what is exported of it.

    Raises:
        PipelineError: It cannot be read whole.
    """
    CATALOGS_AND_TEMPLATES.demand(file)
    catalog = whole_catalog(file.read(), file.shown)
    locale = wish.locale or target_locale(catalog, file.shown)
    return catalog, outgoing(catalog, _name(file), source_locale(catalog, locale), locale)


def _name(file: NamedFile) -> str:
    """How the exported file calls the catalog, so that it is found again: no path of this machine."""
    if file.data is not None:
        return ""
    place = PurePosixPath(file.shown)
    return file.inside.as_posix() if place.is_absolute() or ".." in place.parts else file.shown


def exported_bytes(catalogs: list[tuple[Catalog, Outgoing]], wish: Wish) -> bytes:
    """Return the file that holds the catalogs: of a compiled one just one.

    Raises:
        PipelineError: They do not fit one file.
    """
    if wish.form == "mo":
        return mo_bytes(catalogs[0][0], with_fuzzy=bool(wish.with_fuzzy))
    files = [file for _, file in catalogs]
    if wish.form == "tmx":
        return tmx_bytes(files, with_fuzzy=wish.with_fuzzy is not False)
    return xliff_bytes(files, wish.version)


def target_locale(catalog: Catalog, path: str) -> str:
    """Return the language of a catalog: what its header says, else its path; empty where neither does.

    >>> target_locale(Catalog(), "locales/zh_TW/LC_MESSAGES/a/b.po"), target_locale(Catalog(), "b.zh_CN.po")
    ('zh_TW', 'zh_CN')
    """
    if language := catalog.metadata.get("Language", "").strip():
        return locale_of(language)
    place = PurePosixPath(path)
    for name in (*place.parts[:-1], place.stem):
        if locale := file_name(f"x.{name}.po").language:
            return locale
    return file_name(place.name).language or ""


def source_locale(catalog: Catalog, target: str) -> str:
    """Return the language of the msgids: what the header says, else English, or Chinese where the target is English."""
    named = locale_of(catalog.metadata.get("X-Source-Language", ""))
    return named or ("zh_CN" if target == "en" else "en")


def sheets(file: NamedFile) -> list[Sheet]:
    """Return what a file brings, by catalog.

    Raises:
        PipelineError: It is malformed, or of another kind.
    """
    CARRIERS.demand(file)
    suffix = file.path.suffix.lower()
    data = file.read()
    if suffix == ".tmx" or (file.data is not None and b"<tmx" in data[:4096]):
        return _memory(read_tmx(data, file.shown))
    if suffix == ".po":
        catalog = whole_catalog(data, file.shown)
        return [Sheet("", "", target_locale(catalog, ""), [Exchanged(message) for message in catalog])]
    return read_xliff(data, file.shown)


def _memory(units: Iterator[TmxUnit]) -> list[Sheet]:
    """The units of a memory, by the catalog that they are from."""
    found: dict[tuple[str, str, str], list[TmxUnit]] = {}
    for unit in units:
        found.setdefault((unit.origin, unit.source_locale, unit.target_locale), []).append(unit)
    return [Sheet(*place, list(exchanged_units(group))) for place, group in found.items()]


def in_one(found: list[Sheet], locale: str) -> Sheet:
    """Return all that sheets bring in one language, turned round where they have it as their source."""
    messages: list[Exchanged] = []
    for sheet in found:
        if not locale or not sheet.target_locale or sheet.target_locale == locale:
            messages += sheet.messages
        elif sheet.source_locale == locale:
            messages += (_turned(each) for each in sheet.messages if not each.message.msgid_plural)
    return Sheet("", "", locale, messages)


def _turned(brought: Exchanged) -> Exchanged:
    message = brought.message
    message.msgid, message.msgstr = message.msgstr, message.msgid
    return Exchanged(message, is_bound=False)


def home_of(path: str, folder: Path) -> Path:
    """Return where the catalog that a file calls ``path`` stands in a folder.

    Raises:
        PipelineError: It names none, or one outside the folder.
    """
    name = PurePosixPath(path.replace("\\", "/"))
    if not path or name.suffix.lower() not in CATALOGS_AND_TEMPLATES.suffixes:
        raise PipelineError("does not say which catalog it is from", path=path, remedy="name the catalog behind it")
    whole = Path(os.path.abspath(folder / name))
    if name.is_absolute() or not whole.is_relative_to(os.path.abspath(folder)):
        raise PipelineError("is outside the folder, and left alone", path=path, remedy="name the catalog behind it")
    return folder / name


def made_catalog(sheet: Sheet) -> bytes:
    """Return the catalog that a file holds, made of nothing else, in the wrapping that it had."""
    messages = sheet.messages
    head = messages[0].message if messages and not messages[0].message.msgid else None
    width = messages[0].width if head else 0
    if head is None:
        fresh = new_catalog(sheet.target_locale, "catalog", now())
        start = catalog_bytes(fresh).decode("utf-8")
    else:
        start, messages = rendered(head, width), messages[1:]
    text = "\n".join([start, *(rendered(each.message, width) for each in messages)])
    charset = codec_for(declared_in(head.msgstr if head else ""))
    try:
        return text.encode(charset)
    except UnicodeEncodeError:
        catalog = read_catalog(text.replace(f"charset={charset}", "charset=UTF-8", 1).encode("utf-8", "replace"))
        return catalog_bytes(catalog)
