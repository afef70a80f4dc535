"""Plural forms: what the header says of them, and that every message has as many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import polib

from pipeline.catalogs.plurals import Form, PluralForms, plural_forms
from pipeline.catalogs.tags import locale_of
from pipeline.text.said import Said, said, said_of, words_of
from pipeline.text.series import listed
from pipeline.validator.base import Found, rule
from pipeline.validator.catalog_header import head_line, header_fields
from pipeline.validator.messages import CheckedCatalog

# 0 to 1000 as msgfmt tries them, and the round numbers that some languages count in another way
_TRIED = (*range(1001), *(10**power for power in range(4, 10)))
_COMPARED = range(201)
_ONE_FORM = "nplurals=1; plural=0;"
_OF_LANGUAGES: Mapping[str, str] = {
    "zh": _ONE_FORM,
    "ja": _ONE_FORM,
    "ko": _ONE_FORM,
    "en": "nplurals=2; plural=(n != 1);",
}
# Numbers of forms that are usual beside babel's: CLDR counts fractions and millions too, and 1 is gettext's for some.
_ALSO: Mapping[str, frozenset[int]] = {
    **dict.fromkeys(("fr", "es", "pt", "it", "ca"), frozenset({3})),
    **dict.fromkeys(("ru", "uk", "be", "pl", "lt", "cs", "sk"), frozenset({3, 4})),
    **dict.fromkeys(("he", "ga", "mt", "br", "gd", "cy", "lv", "ar", "sl", "sr", "hr", "bs"), frozenset({2, 3, 4, 5, 6})),
    **dict.fromkeys(("tr", "hu", "fa", "ka", "az", "kk", "ky", "uz", "tt", "id", "ms", "vi"), frozenset({1, 2})),
}  # fmt: skip


def _field(catalog: CheckedCatalog) -> tuple[str, int] | None:
    for field in header_fields(catalog):
        if field.name == "Plural-Forms":
            return field.value, field.line
    return None


def said_plurals(catalog: CheckedCatalog) -> PluralForms | None:
    """Return what the header says of plural forms, None where it says nothing that can be read."""
    try:
        return plural_forms(found[0]) if (found := _field(catalog)) else None
    except ValueError:
        return None


def _with_plurals(catalog: CheckedCatalog) -> list[polib.POEntry]:
    if "msgid_plural" not in catalog.catalog.source.text:  # no message is taken apart for nothing
        return []
    return [message for message in catalog.catalog if message.msgid_plural and not message.obsolete]


@rule("PO120", "plural-forms-missing", "warning")
def plural_forms_missing(catalog: CheckedCatalog) -> Iterator[Found]:
    """The header of a catalog with plural messages says how its language counts."""
    if _field(catalog) or not (plurals := _with_plurals(catalog)):
        return
    is_used = any(any(message.msgstr_plural.values()) for message in plurals)
    due = _usual(catalog.language) or "nplurals=…; plural=…;"
    yield Found(
        catalog.path,
        head_line(catalog),
        "the header has no Plural-Forms, and the catalog has messages with a plural",
        fix=said('write "Plural-Forms: {due}\\n" into the header', due=due),
        severity="error" if is_used and not catalog.is_template else None,
    )


@rule("PO121", "plural-forms-invalid", "error")
def plural_forms_invalid(catalog: CheckedCatalog) -> Iterator[Found]:
    """Plural-Forms is an expression that gives one of the forms for every number, and each form for some."""
    found = _field(catalog)
    if found is None or catalog.is_template:
        return
    value, line = found
    if not value:
        return  # as good as none
    fix = said("write {due}", due=_usual(catalog.language) or "nplurals=…; plural=…;")
    try:
        plurals = plural_forms(value)
    except ValueError as error:
        message = said("Plural-Forms cannot be read: {reason}", reason=words_of(error))
        # what has no expression at all is no expression that msgfmt could refuse
        is_refused = bool(re.search(r"\bplural\s*=", value) or _with_plurals(catalog))
        yield Found(catalog.path, line, message, target=value, fix=fix, severity=None if is_refused else "warning")
        return
    for stray in filter(None, (plurals.before, plurals.after)):
        message = said("Plural-Forms has {stray!r} beside its expression", stray=stray)
        yield Found(catalog.path, line, message, target=value, fix="delete it", severity="warning")
    if fault := _fault(plurals.number, plurals.form):
        message, is_refused = fault
        yield Found(catalog.path, line, message, target=value, fix=fix, severity=None if is_refused else "warning")


@lru_cache(maxsize=64)
def _fault(number: int, form: Form) -> tuple[Said, bool] | None:
    """What is wrong with the values of an expression, and whether msgfmt refuses it."""
    used = set()
    for n in _TRIED:
        try:
            value = form(n)
        except ZeroDivisionError:
            return said("Plural-Forms divides by zero for {n}", n=n), True
        except OverflowError:
            return said("Plural-Forms leaves the range of numbers for {n}", n=n), False
        if value >= number:
            message = said(
                "Plural-Forms gives form {value} for {n}, and has only {number} (0 to {last})",
                value=value,
                n=n,
                number=number,
                last=number - 1,
            )
            return message, n <= 1000
        used.add(value)
    if number > len(_TRIED):
        return said("Plural-Forms has {number} forms, more than any language", number=number), False
    unused = [str(value) for value in range(number) if value not in used]
    return (said("Plural-Forms gives no number form {forms}", forms=listed(unused)), False) if unused else None


@rule("PO122", "plural-forms-unusual", "warning")
def plural_forms_unusual(catalog: CheckedCatalog) -> Iterator[Found]:
    """Plural-Forms is what the language of the catalog has."""
    found, plurals = _field(catalog), said_plurals(catalog)
    if found is None or plurals is None or catalog.is_template or _fault(plurals.number, plurals.form):
        return
    usual = _usual(catalog.catalog.metadata.get("Language", ""))
    if usual and not _is_usual(plurals, plural_forms(usual), catalog.language):
        message = said("{language} does not count so: {plurals}", language=catalog.language, plurals=found[0])
        yield Found(catalog.path, found[1], message, target=found[0], fix=said("write {due}", due=usual))


def _is_usual(plurals: PluralForms, usual: PluralForms, language: str) -> bool:
    if plurals.number != usual.number:
        return plurals.number in _ALSO.get(language.partition("_")[0], ())
    return all(plurals.form(n) == usual.form(n) for n in _COMPARED) or _is_variant(plurals, language)


def _is_variant(plurals: PluralForms, language: str) -> bool:
    """Whether languages that begin with the same letters count so: Portuguese, Serbian and others have two ways."""
    name = language.partition("_")[0]
    return name in _ALSO and plurals.number in _ALSO[name]


@lru_cache(maxsize=64)
def _usual(language: str) -> str:
    """Return the Plural-Forms of a language, empty for one that is not known."""
    locale = locale_of(language) if language else ""
    name = locale.partition("_")[0].partition("@")[0]
    if not name or name in _OF_LANGUAGES:
        return _OF_LANGUAGES.get(name, "")
    from babel.messages.plurals import PLURALS  # 30 ms, and the languages of courses need none of it

    known = PLURALS.get(locale.partition("@")[0]) or PLURALS.get(name)
    return f"nplurals={known[0]}; plural={known[1]};" if known else ""


@rule("PO123", "plural-count", "error")
def plural_count(catalog: CheckedCatalog) -> Iterator[Found]:
    """Every message with a plural has as many forms as Plural-Forms says."""
    if catalog.is_template:
        return
    translated = [message for message in _with_plurals(catalog) if any(message.msgstr_plural.values())]
    by_count: dict[int, list[polib.POEntry]] = {}
    for message in translated:
        by_count.setdefault(len(message.msgstr_plural), []).append(message)
    plurals = said_plurals(catalog)
    due = plurals.number if plurals else max(by_count, key=lambda count: len(by_count[count]), default=0)
    for count, messages in sorted(by_count.items()):
        if count != due:
            first = messages[0]
            yield Found(
                catalog.path,
                first.linenum or 1,
                _miscounted(count, due, len(messages) - 1),
                source=first.msgid,
                target=" / ".join(first.msgstr_plural.values()),
                fix=said("write msgstr[0] to msgstr[{last}]", last=due - 1)
                if due > 1
                else said("write msgstr[0] only"),
            )


def _miscounted(count: int, due: int, more: int) -> str:
    forms = said_of(count, "{number} form", "{number} forms")
    message = said_of(
        due,
        "the message has {forms} where {number} is due",
        "the message has {forms} where {number} are due",
        forms=forms,
    )
    if not more:
        return message
    return said_of(
        more,
        "{message}; {number} more message has {count} too",
        "{message}; {number} more messages have {count} too",
        message=message,
        count=count,
    )
