"""Which languages a catalog translates between."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.message import translations
from pipeline.catalogs.tags import locale_of
from pipeline.text.script import language_of

SAMPLE = 200  # texts that tell a language


class Locales(NamedTuple):
    """From which locale to which a file translates; empty where that is not known."""

    source: str = ""
    target: str = ""


UNKNOWN = Locales()


def locales_of(catalog: Catalog, locales: Locales = UNKNOWN) -> Locales:
    """Return from which locale to which a catalog translates, as ``locales``, its header or its texts say."""
    live = [message for message in islice(catalog, SAMPLE) if message.msgid]
    target = locales.target or locale_of(catalog.metadata.get("Language", ""))
    target = target or language_of("\n".join(text for message in live for text in translations(message)))
    source = locales.source or language_of("\n".join(message.msgid for message in live))
    if not locales.source and source == target:
        source = "zh_CN" if target == "en" else "en"
    return Locales(source, target)
