"""What rules on messages look at: the translations of a catalog, read once for all of them.

A rule on messages looks at one translation::

    @message_rule(code, name, "warning")
    def bracket_balance(translation: Translation) -> Iterator[Remark]:
        \"\"\"Every bracket of a translation is closed.\"\"\"
        if …:
            yield Remark("the bracket （ is never closed", at=(3, 4), fix="close it")

Every rule sees every message of a large catalog, so what is cheap comes first: is there a bracket at all? A rule on the
catalog as a whole takes a `CheckedCatalog`, with `rule`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import polib

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.languages import locales_of
from pipeline.catalogs.spots import change_of, end_of, place_of
from pipeline.model import Edit, Severity, Spot
from pipeline.text.lazily import lazily
from pipeline.text.markup import SYNTAX
from pipeline.validator.base import Found, rule

# What begins each piece of `SYNTAX`, in forms that a look for one sign finds: the pattern itself, with its words of any
# case, would be tried at every character. The few texts with an @, or with a sign for a table of contents, are left to it.
_SYNTAX_STARTS = lazily(
    r"[`<{\[(&$:](?:(?<=`)|(?<=<)(?=[a-z!/])|(?<=\{)(?=[%{#:.])|(?<=[\])]\{)|(?<=!\[)|(?<=\[)(?=[\[^])|(?<=\]\[)|(?<=\]\()"
    r"|(?<=&)(?=[a-z#])|(?<=\$)(?=\S)|(?<=:)(?=[a-z]))",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[hfmeHFME](?i:ttps?|tp|ailto|agnet|d2k):")
_WWW = re.compile(r"[wW]{3}\.")
_CONTENTS = re.compile(r"\s*+\[\[?_?toc", re.IGNORECASE)


class Translation:
    """One translated text of a catalog beside its source; a message with plurals has one for each form.

    ``form`` is the number of the plural form, -1 without any. ``source_language`` and ``language`` are locales, empty
    where neither header nor texts tell them. What rules need besides is computed when first asked for, once for all.
    """

    def __init__(self, message: polib.POEntry, source: str, target: str, form: int = -1) -> None:
        self.message, self.source, self.target, self.form = message, source, target, form
        self.source_language = self.language = ""

    @property
    def key(self) -> str:
        """What tells it apart from others with the same texts: the context and the plural form."""
        return f"{self.message.msgctxt or ''}\x04{self.form}"

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
    if "@" in text or "\\" in text or _CONTENTS.match(text):  # addresses and formulas begin otherwise
        return SYNTAX.sub(lambda match: " " * len(match[0]), text)
    kept, end = [], 0
    for start in _syntax_starts(text):
        if start >= end and (found := SYNTAX.match(text, start)):
            kept += [text[end:start], " " * (found.end() - start)]
            end = found.end()
    return "".join((*kept, text[end:])) if kept else text


def _syntax_starts(text: str) -> list[int]:
    """Where a piece of syntax may begin, in reading order."""
    starts = [match.start() for match in _SYNTAX_STARTS.finditer(text)]
    more = [start - 1 for start in starts if text[start - 1 : start] == "!"] if "![" in text else []
    if "." in text:
        more += [match.start() for match in _WWW.finditer(text)]
    if ":" in text:
        more += [match.start() for match in _SCHEME.finditer(text)]
    return sorted(starts + more) if more else starts


class Remark(NamedTuple):
    """What a rule on messages yields; path, line and both texts come from the message.

    ``at`` and ``source_at`` are the spots, start and end in code points, that it is about in translation and source;
    ``edit`` is the translation as it should be, where that is certain; ``severity`` is given where this one is weaker.
    """

    message: str
    at: Spot | None = None
    source_at: Spot | None = None
    fix: str = ""
    edit: Edit | None = None
    severity: Severity | None = None


OfTranslation = Callable[[Translation], Iterable[Remark]]


def message_rule(
    code: str, name: str, severity: Severity, *, is_default: bool = True
) -> Callable[[OfTranslation], OfTranslation]:
    """Register the decorated function as a rule that looks at each translation of a catalog."""

    def register(finds: OfTranslation) -> OfTranslation:
        def of_catalog(catalog: CheckedCatalog) -> Iterator[Found]:
            for translation in catalog.translations:
                for remark in finds(translation):
                    yield found_in(catalog.path, translation, remark)

        of_catalog.__doc__ = finds.__doc__
        rule(code, name, severity, is_default=is_default)(of_catalog)
        return finds

    return register


def found_in(path: str, translation: Translation, remark: Remark) -> Found:
    """Return a remark on a translation as what a rule on the catalog yields."""
    line, column = place_of(translation.message, translation.form, remark.at[0] if remark.at else None)
    return Found(
        path,
        line,
        remark.message,
        column,
        source=translation.source,
        target=translation.target,
        fix=remark.fix,
        severity=remark.severity,
        key=translation.key,
        spots=(remark.source_at, remark.at),
        edit=remark.edit,
        end=end_of(translation.message, translation.form, remark.at) if remark.at else None,
        change=change_of(translation.message, translation.form, translation.target, remark.edit)
        if remark.edit
        else None,
    )


@dataclass(frozen=True, eq=False)
class CheckedCatalog:
    """A catalog for rules: the locales that it translates between, and what is translated and not fuzzy.

    ``path`` is how findings call it.
    """

    path: str
    catalog: Catalog
    source_language: str
    language: str
    translations: tuple[Translation, ...] = field(default=())

    @property
    def is_template(self) -> bool:
        """Whether it holds the messages without translations."""
        return self.path.lower().endswith(".pot")


def checked_catalog(catalog: Catalog, path: str) -> CheckedCatalog:
    """Return what rules need of a catalog."""
    locales = locales_of(catalog)
    translations = tuple(translations_in(catalog))
    for each in translations:
        each.source_language, each.language = locales.source, locales.target
    return CheckedCatalog(path, catalog, locales.source, locales.target, translations)


def translations_in(catalog: Catalog) -> Iterator[Translation]:
    """The texts of a catalog that count as translated, in its order: not fuzzy, not obsolete, neither text empty."""
    for message in catalog:
        if message.obsolete or message.fuzzy or not message.msgid:
            continue
        if message.msgstr:
            yield Translation(message, message.msgid, message.msgstr)
        for form, text in sorted(message.msgstr_plural.items()) if message.msgid_plural else ():
            if text:
                yield Translation(message, message.msgid_plural if form else message.msgid, text, form)
