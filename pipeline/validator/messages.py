"""What rules on messages look at: the translations of a catalog, read once for all of them.

A rule takes a `CheckedCatalog`, goes over its ``translations`` and yields `found`: first what is cheap (is there a
bracket at all?), since every rule sees every message of a large catalog.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import polib

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.memory_files import locales_of
from pipeline.model import Edit, Severity, Spot
from pipeline.text.markup import SYNTAX
from pipeline.validator.base import Found


class Translation:
    """One translated text of a catalog beside its source; a message with plurals has one for each form.

    ``form`` is the number of the plural form, -1 without any. What rules need besides is computed when first asked for,
    once for all of them.
    """

    def __init__(self, message: polib.POEntry, source: str, target: str, form: int = -1) -> None:
        self.message, self.source, self.target, self.form = message, source, target, form

    @cached_property
    def source_prose(self) -> str:
        """The source with blanks for inline markup, code, addresses and Liquid, of the same length."""
        return without_syntax(self.source)

    @cached_property
    def target_prose(self) -> str:
        """The translation with blanks for inline markup, code, addresses and Liquid, of the same length."""
        return without_syntax(self.target)


def without_syntax(text: str) -> str:
    """Return ``text`` with as many blanks for each piece of inline syntax: what is left are its words and marks."""
    return SYNTAX.sub(lambda match: " " * len(match[0]), text)


@dataclass(frozen=True, eq=False)
class CheckedCatalog:
    """A catalog for rules: the locales that it translates between, and what is translated and not fuzzy.

    ``path`` is how findings call it. The locales may be any; empty is one that neither header nor texts tell.
    """

    path: str
    catalog: Catalog
    source_language: str
    language: str
    translations: tuple[Translation, ...] = field(default=())


def checked_catalog(catalog: Catalog, path: str) -> CheckedCatalog:
    """Return what rules need of a catalog."""
    locales = locales_of(catalog)
    return CheckedCatalog(path, catalog, locales.source, locales.target, tuple(translations_in(catalog)))


def translations_in(catalog: Catalog) -> Iterator[Translation]:
    """The texts of a catalog that count as translated, in its order: not fuzzy, not obsolete, not empty."""
    for message in catalog:
        if message.obsolete or message.fuzzy:
            continue
        if message.msgstr:
            yield Translation(message, message.msgid, message.msgstr)
        for form, text in sorted(message.msgstr_plural.items()) if message.msgid_plural else ():
            if text:
                yield Translation(message, message.msgid_plural if form else message.msgid, text, form)


def found(
    catalog: CheckedCatalog,
    translation: Translation,
    message: str,
    *,
    at: Spot | None = None,
    source_at: Spot | None = None,
    fix: str = "",
    edit: Edit | None = None,
    severity: Severity | None = None,
) -> Found:
    """Return a finding about a translation, with both texts whole.

    ``at`` and ``source_at`` are the spots, start and end in code points, that it is about in translation and source;
    ``edit`` is the translation as it should be, where that is certain.
    """
    return Found(
        catalog.path,
        translation.message.linenum or 0,
        message,
        source=translation.source,
        target=translation.target,
        fix=fix,
        severity=severity,
        key=f"{translation.message.msgctxt or ''}\x04{translation.form}",
        spots=(source_at, at),
        edit=edit,
    )
