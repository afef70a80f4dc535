"""Compiled catalogs, as programs load them: what msgfmt makes, by polib."""

from __future__ import annotations

import re

import polib

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.exchanged import forms_of
from pipeline.catalogs.header import with_utf8
from pipeline.catalogs.message import copy_of

_CREATED = re.compile(r"^POT-Creation-Date:.*\n", re.MULTILINE)  # msgfmt leaves it out, so that only content counts


class _Compiled(polib.POFile):
    """A catalog of which polib writes what msgfmt would: the header as it is, and messages that are translated."""

    def __init__(self, catalog: Catalog, with_fuzzy: bool) -> None:
        super().__init__(encoding="utf-8")
        header = catalog.head.msgstr if catalog.head else ""
        self.head = polib.POEntry(msgid="", msgstr=_CREATED.sub("", with_utf8(header)))
        for message in catalog:
            if forms_of(message)[0] and not message.obsolete and (with_fuzzy or not message.fuzzy):
                self.append(_with_empty_context(message) if message.msgctxt == "" else message)

    def translated_entries(self) -> list[polib.POEntry]:
        """Return the messages to write."""
        return list(self)

    def metadata_as_entry(self) -> polib.POEntry:
        """Return the header; polib's own sorts its fields anew."""
        return self.head


def _with_empty_context(message: polib.POEntry) -> polib.POEntry:
    """Return a message that polib writes with its context, which it leaves out where it is empty."""
    other = copy_of(message)
    other.msgctxt, other.msgid = None, "\4" + message.msgid  # type: ignore[assignment]  # polib's own default
    return other


def mo_bytes(catalog: Catalog, *, with_fuzzy: bool = False) -> bytes:
    """Return the compiled catalog in UTF-8; obsolete messages and, unless ``with_fuzzy``, fuzzy ones are left out."""
    return _Compiled(catalog, with_fuzzy).to_binary()
