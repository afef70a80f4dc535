"""Texts with a plural or a format: what their source must be, and which forms of a translation must say their number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import polib

from pipeline.text.said import said
from pipeline.text.series import listed
from pipeline.validator.base import Found, rule
from pipeline.validator.catalog_plurals import said_plurals
from pipeline.validator.markup_parts import Piece, Pieces
from pipeline.validator.messages import CheckedCatalog
from pipeline.validator.placeholders import directives, fields, spec_of

_PERCENT = frozenset(f"{name}-format" for name in ("c", "objc", "python", "php", "perl"))
_BRACE = frozenset(f"{name}-format" for name in ("python-brace", "perl-brace", "csharp", "java", "rust"))
_RANGE = re.compile(r"range:\s*(\d{1,4})[.][.](\d{1,4})\s*")
_QT = re.compile(r"(?<!%)%n\b")
_UNNAMED = re.compile(r"(?<!%)(?:%%)*+%[-+ #0-9.]*+[sdiufxr]")
_NUMBERS = range(1, 201)  # 0 is often never shown, and has a message of its own


def _reader(message: polib.POEntry) -> Pieces | None:
    """What finds the placeholders of a message, by its flags."""
    if not _PERCENT.isdisjoint(message.flags):
        return directives
    return fields if not _BRACE.isdisjoint(message.flags) else None


def _looked_at(catalog: CheckedCatalog) -> Iterator[polib.POEntry]:
    text = catalog.catalog.source.text
    if "-format" in text or "msgid_plural" in text:  # else no message is taken apart for nothing
        yield from (each for each in catalog.catalog if not each.obsolete and (each.flags or each.msgid_plural))


@rule("PO150", "source-format", "warning")
def source_format(catalog: CheckedCatalog) -> Iterator[Found]:
    """A text of a template that is marked as a format is one, and its singular and plural have the same placeholders."""
    if not catalog.is_template:
        return  # who translates cannot change it
    for message in _looked_at(catalog):
        for what, fix in (*_unlike(message), *_no_format(message)):
            key = f"{message.msgctxt or ''}\x04{0 if message.msgid_plural else -1}"
            yield Found(catalog.path, message.linenum or 1, what, source=message.msgid, fix=fix, key=key)


def _unlike(message: polib.POEntry) -> Iterator[tuple[str, str]]:
    """In what a plural of the source differs from its singular, but for a number that the singular says in words."""
    one, other = message.msgid, message.msgid_plural
    if not other:
        return
    alike = said("write both alike: msgfmt refuses it")
    if one.startswith("\n") != other.startswith("\n"):
        yield said("singular and plural do not both begin with a line break"), alike
    if one.endswith("\n") != other.endswith("\n"):
        yield said("singular and plural do not both end with a line break"), alike
    reader = _reader(message)
    if reader is None:
        return
    had, has = ({piece.key: piece for piece in reader(text)} for text in (one, other))
    lost, added = [had[key] for key in had.keys() - has.keys()], [has[key] for key in has.keys() - had.keys()]
    if lost:
        lacks = said("the plural lacks the placeholder {placeholder} of the singular", placeholder=lost[0].shown)
        yield lacks, said("write it into both")
    elif len(added) > 1 or (added and not _may_be_in_words(message, added[0])):
        lacks = said("the singular lacks the placeholder {placeholder} of the plural", placeholder=added[0].shown)
        yield lacks, said("write it into both")
    for key in had.keys() & has.keys():
        if spec_of(had[key].text) != spec_of(has[key].text):
            one_is, other_is = had[key].shown, has[key].shown
            what = said("the placeholder {one} is {other} in the plural", one=one_is, other=other_is)
            yield what, said("write one of them in both")


def _may_be_in_words(message: polib.POEntry, piece: Piece) -> bool:
    """Whether a program runs without a placeholder: it shows a number, and Python knows its name."""
    is_named = "(" in piece.text or "python-format" not in message.flags
    return is_named and spec_of(piece.text)[-1:] not in ("s", "c")


def _no_format(message: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Why a text is none of the format that its flag says."""
    if "c-format" in message.flags and message.msgid_plural and _QT.search(message.msgid):
        yield said("%n is the number of Qt, and no directive for c-format"), said("write qt-plural-format")
    for text in filter(None, (message.msgid, message.msgid_plural)):
        if "python-format" in message.flags and len(_UNNAMED.findall(text)) > 1:
            what = said("Python cannot fill in several placeholders without names in another order")
            yield what, said("name them: %(name)s")
        elif "python-brace-format" in message.flags and not _is_read(text):
            what = said("Python cannot read the format: a brace is not closed, or not doubled")
            yield what, said("write {opening} or {closing} for a brace", opening="{{", closing="}}")
        elif "perl-brace-format" in message.flags and text.count("{") != text.count("}"):
            yield said("a brace of the format is not closed"), said("close it")


def _is_read(text: str) -> bool:
    try:
        return all(True for _ in Formatter().parse(text))
    except ValueError:
        return False


@rule("PO151", "plural-number-missing", "warning")
def plural_number_missing(catalog: CheckedCatalog) -> Iterator[Found]:
    """A plural form that stands for several numbers says which it is."""
    if catalog.is_template or "msgid_plural" not in catalog.catalog.source.text:
        return
    for message in _looked_at(catalog):
        reader = _reader(message)
        if reader is None or not message.msgid_plural or message.fuzzy:
            continue
        due = {piece.key: piece for piece in reader(message.msgid_plural)}
        for form, text in sorted(message.msgstr_plural.items()):
            missing = [due[key] for key in due.keys() - {piece.key for piece in reader(text)}]
            if not text or len(missing) != 1 or _is_told(message, reader, form, missing[0]):
                continue
            what = _why(catalog, message, form, missing[0])
            if what:
                key = f"{message.msgctxt or ''}\x04{form}"
                line, fix = message.linenum or 1, said("write {placeholder}", placeholder=missing[0].shown)
                yield Found(catalog.path, line, what, source=message.msgid_plural, target=text, fix=fix, key=key)


def _is_told(message: polib.POEntry, reader: Pieces, form: int, missing: Piece) -> bool:
    """Whether the rules on placeholders say it: both texts of the source have it, and this is not the first of many forms."""
    is_in_both = any(piece.key == missing.key for piece in reader(message.msgid))
    return is_in_both and (form > 0 or len(message.msgstr_plural) == 1)


def _why(catalog: CheckedCatalog, message: polib.POEntry, form: int, missing: Piece) -> str:
    """What to say of a form without its placeholder; empty where it can do without."""
    numbers = _numbers_of(catalog, message, form)
    if len(numbers) > 1:
        return said(
            "the plural form {form} is for {numbers} …, and does not say {placeholder}",
            form=form,
            numbers=listed(map(str, numbers[:3])),
            placeholder=missing.shown,
        )
    if spec_of(missing.text)[-1:] not in ("s", "c") or "php-format" in message.flags:
        return ""
    return said(
        "the placeholder {placeholder}, which is no number, is missing in the plural form {form}",
        placeholder=missing.shown,
        form=form,
    )


def _numbers_of(catalog: CheckedCatalog, message: polib.POEntry, form: int) -> list[int]:
    """Some of the numbers that a form is for, by the header and the flag on the range."""
    plurals = said_plurals(catalog)
    if plurals is None:
        return [*_NUMBERS] if len(message.msgstr_plural) == 1 else []
    found = next(filter(None, (_RANGE.fullmatch(flag) for flag in message.flags)), None)
    numbers = range(int(found[1]), int(found[2]) + 1) if found else _NUMBERS
    try:
        return [number for number in numbers if plurals.form(number) == form]
    except (ZeroDivisionError, OverflowError):
        return []
