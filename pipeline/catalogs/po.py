"""Catalogs read and written without loss: what nobody changed comes back byte for byte.

The model is polib's; the text is not, since polib wraps anew whatever it writes, refuses ``#=`` lines and takes
references apart at blanks.
"""

from __future__ import annotations

from pipeline.catalogs.catalog import BrokenCatalogError, Catalog, read_catalog, whole_catalog
from pipeline.catalogs.charset import decoded
from pipeline.catalogs.header import new_metadata
from pipeline.catalogs.template import template_bytes
from pipeline.catalogs.wrap import NEWLINES_ONLY, PAGE_WIDTH, wrap_of_text
from pipeline.catalogs.writing import catalog_bytes, formatted, formatted_bytes

__all__ = [
    "NEWLINES_ONLY", "PAGE_WIDTH", "BrokenCatalogError", "Catalog", "catalog_bytes", "formatted", "formatted_bytes",
    "new_catalog", "read_catalog", "template_bytes", "whole_catalog", "wrap_of",
]  # fmt: skip


def new_catalog(language: str, project: str, date: str) -> Catalog:
    """Return a catalog that has a header and no messages.

    ``language`` is a locale ("zh_CN"), ``project`` is "name version" and ``date`` a ``YYYY-MM-DD HH:MM+ZZZZ``.
    """
    catalog = Catalog()
    catalog.metadata = new_metadata(language, project, date)
    return catalog


def wrap_of(data: bytes) -> int:
    """Return the width in columns at which the catalog breaks its strings, or NEWLINES_ONLY."""
    return wrap_of_text(decoded(data).text)
