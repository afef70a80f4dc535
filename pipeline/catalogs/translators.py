"""Who made the translations of a catalog, as its header says."""

from __future__ import annotations

import re

from pipeline.catalogs.catalog import Catalog

_ADDRESS = re.compile(r"<[^<>]*>|\(?\S+@\S+\)?")
_YEARS = re.compile(
    r"[,;]?\s*(?:\(c\)\s*)?(?:19|20)\d\d(?:\s*[-–,]\s*(?:19|20)?\d\d)*\s*[.,]?\s*$|[,;]\s*YEAR\b.*", re.IGNORECASE
)
_PLACEHOLDERS = {"full name", "first author", "automatically generated", "automatic", "none", "anonymous"}
_CREDIT = re.compile(r"[^\n:]{2,60}(?:<[^<>\n]*@[^<>\n]*>)[^\n]*")


def translators_of(catalog: Catalog) -> tuple[str, ...]:
    """The names in the comments of the header ("Li Lei <li@example.org>, 2024."), then the last translator; no addresses.

    >>> from pipeline.catalogs.catalog import read_catalog
    >>> text = '# Li Lei <li@example.org>, 2024.\\nmsgid ""\\nmsgstr "Last-Translator: Han Mei <han@example.org>\\\\n"\\n'
    >>> translators_of(read_catalog(text.encode()))
    ('Li Lei', 'Han Mei')
    """
    lines = [line.strip() for line in catalog.header.split("\n")]
    named = [line for line in lines if _CREDIT.fullmatch(line)] + [catalog.metadata.get("Last-Translator", "")]
    return tuple(dict.fromkeys(name for line in named if (name := _name(line)).casefold() not in {"", *_PLACEHOLDERS}))


def _name(line: str) -> str:
    """The name in a line, without its address and its years."""
    return _ADDRESS.sub(" ", _YEARS.sub("", line)).strip(" \t,;.")
