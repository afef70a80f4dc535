"""What a catalog says, for those who only read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pipeline.catalogs.catalog import Catalog

Fuzzy = Literal["use", "mark", "source"]
Translations = Mapping[tuple[str | None, str], str]  # by context and msgid

MARK = "⚠ "


def translations_of(catalog: Catalog, fuzzy: Fuzzy = "source") -> Translations:
    """What a catalog says, by context and msgid.

    Fuzzy translations are in it for "use", in it behind `MARK` for "mark", and left out for "source".
    """
    return {
        (message.msgctxt, message.msgid): (MARK if message.fuzzy and fuzzy == "mark" else "") + message.msgstr
        for message in catalog
        if message.msgstr and message.msgid and not message.obsolete and (fuzzy != "source" or not message.fuzzy)
    }
