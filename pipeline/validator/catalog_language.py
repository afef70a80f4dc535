"""Which language a catalog is in: what its header, its file and its texts say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath

from pipeline.catalogs.tags import locale_of
from pipeline.model import Language
from pipeline.text.said import said
from pipeline.text.script import has_han, language_of
from pipeline.validator.base import Found, rule
from pipeline.validator.catalog_header import Field, head_line, header_fields
from pipeline.validator.messages import CheckedCatalog

_LOCALE = re.compile(r"[a-z]{2,3}(?:[_-](?:[A-Z]{2}|\d{3}|[A-Z][a-z]{3})){0,2}(?:@[a-z]+)?")
_COMMON = frozenset(
    "en zh ja ko de fr es pt it ru pl cs nl sv da nb nn no fi tr uk el hu ro vi th id ar he fa hi la".split()
)
_SAMPLE, _ENOUGH = 200, 20  # translations; Han characters that tell a script, or texts a language
_MANY = 200  # Han characters of which some would be traditional
_MODIFIERS = frozenset("latin cyrillic arabic devanagari valencia hebrew iqtelif ijekavian quot boldquot".split())
_HAN_LANGUAGES = frozenset({"zh", "ja", "ko", "yue", "cmn", "wuu", "hak", "nan", "lzh", "vi"})


@rule("PO130", "language-invalid", "warning")
def language_invalid(catalog: CheckedCatalog) -> Iterator[Found]:
    """The Language of the header is a locale as gettext has them: zh_CN, zh_TW, en."""
    for field in header_fields(catalog):
        if field.name == "Language" and not (catalog.is_template and not field.value):
            if complaint := _complaint(field.value):
                message, meant = complaint
                fix = said("write {due}", due=meant) if meant else said("write a locale: zh_CN, zh_TW or en")
                yield Found(catalog.path, field.line, message, target=field.value, fix=fix)
        elif field.name == "X-Poedit-Language" and not _locale_named(field.value):
            message = said("X-Poedit-Language is “{value}”, which is no language", value=field.value)
            yield Found(
                catalog.path,
                field.line,
                message,
                target=field.value,
                fix="delete it; Language says it",
                severity="info",
            )


def _complaint(value: str) -> tuple[str, str] | None:
    """What is wrong with a Language, and what was probably meant."""
    if not value:
        return said("Language is empty"), ""
    base, _, modifier = value.partition("@")
    if "." in base:
        meant = value.replace(f".{base.partition('.')[2]}", "")
        return said("Language is “{value}”, with a charset", value=value), meant
    if modifier and modifier.lower() not in _MODIFIERS:
        message = said(
            "Language is “{value}”, with @{modifier}, which is no variety of a language", value=value, modifier=modifier
        )
        return message, base
    if not _LOCALE.fullmatch(value):
        meant = _locale_named(value) or (locale_of(value) if _LOCALE.fullmatch(value.replace("-", "_").lower()) else "")
        return said("Language is “{value}”, which is no locale", value=value), meant
    name = re.split("[_@-]", value)[0]
    if name in _COMMON:
        return None
    names, shorter = _known_languages()
    if name in shorter:
        message = said("Language is “{value}”; gettext has it with two letters", value=value)
        return message, value.replace(name, shorter[name], 1)
    is_one = name in names or len(name) == 3
    return None if is_one else (said("Language is “{value}”, which no language is called", value=value), "")


def _known_languages() -> tuple[frozenset[str], dict[str, str]]:
    """The codes of languages, and those of three letters that have one of two."""
    from babel.core import Locale, get_global  # 30 ms, and the languages of courses need none of it

    aliases = get_global("language_aliases")
    shorter = {old: new for old, new in aliases.items() if len(old) == 3 and len(new) == 2}
    return frozenset(Locale("en").languages), shorter


def _locale_named(name: str) -> str:
    """Return the locale of a language that is called so in English, empty for none."""
    if name.startswith("Chinese"):
        return "zh_TW" if re.search("trad|taiwan|hant", name, re.IGNORECASE) else "zh_CN"
    from babel.core import Locale

    wanted = name.casefold()
    return next((code for code, called in Locale("en").languages.items() if called.casefold() == wanted), "")


@rule("PO131", "language-mismatch", "warning")
def language_mismatch(catalog: CheckedCatalog) -> Iterator[Found]:
    """The header, the file and the translations of a catalog say the same language and the same writing."""
    fields = {field.name: field for field in reversed(header_fields(catalog))}
    language = fields.get("Language")
    if catalog.is_template or language is None or not _LOCALE.fullmatch(language.value):
        return
    named = _in_path(catalog.path, language.value)
    if named and _differ(named, language.value):
        message = said(
            "the file is one of {named}, and its header says {language}", named=named, language=language.value
        )
        fix = said("write Language: {due}, or move the file", due=named)
        yield Found(catalog.path, language.line, message, target=language.value, fix=fix)
    poedit = fields.get("X-Poedit-Language")
    meant = _locale_named(poedit.value) if poedit else ""
    if poedit and meant and _differ(meant.partition("_")[0], language.value):
        message = said(
            "X-Poedit-Language is {value}, and Language is {language}", value=poedit.value, language=language.value
        )
        yield Found(catalog.path, poedit.line, message, target=poedit.value, fix="delete X-Poedit-Language")
    yield from _by_texts(catalog, language)


def _in_path(path: str, language: str) -> str:
    """Return the locale that a path names: the folder of gettext's layout, else the name of the file."""
    places = PurePosixPath(path)
    folders = places.parent.parts
    if "LC_MESSAGES" in folders[1:]:
        name = folders[folders.index("LC_MESSAGES", 1) - 1]
        return name if _LOCALE.fullmatch(name) else ""
    if any(_LOCALE.fullmatch(folder) and not _differ(folder, language) for folder in folders):
        return ""  # LibreOffice: da/dictionaries/pl_PL.po is Danish
    stem = places.stem
    is_sure = _LOCALE.fullmatch(stem) and (stem in _COMMON or re.fullmatch("[a-z]{2}[_-][A-Z]{2}", stem))
    return stem if is_sure else ""


def _differ(one: str, other: str) -> bool:
    """Whether two locales are different languages, or the same in another writing or country."""
    a, b = locale_of(one), locale_of(other)
    if "_" not in one.replace("-", "_") or "_" not in other.replace("-", "_"):  # zh says neither of its writings
        return a.partition("_")[0] != b.partition("_")[0]
    return a.partition("@")[0] != b.partition("@")[0]


def _by_texts(catalog: CheckedCatalog, language: Field) -> Iterator[Found]:
    texts = [each.target_prose for each in islice(catalog.translations, _SAMPLE)]
    sample = "\n".join(texts)
    chinese = [text for text in texts if has_han(text)]
    value, line = language.value, language.line
    found, name = language_of(sample), locale_of(value).partition("_")[0]
    han = sum("\u4e00" <= character <= "\u9fff" for character in sample)
    enough = _ENOUGH if found == "zh_TW" else _MANY
    due = said("write Language: {due}", due=found)
    if name == "zh" and "_" in value and han >= enough and found not in ("en", locale_of(value)):
        yield Found(catalog.path, line, _other_characters(value, found), target=texts[0], fix=due)
    elif name not in _HAN_LANGUAGES and han >= _ENOUGH and 2 * len(chinese) > len(texts):
        message = said("Language is {value}, and the translations are Chinese", value=value)
        yield Found(catalog.path, line, message, target=chinese[0], fix=due)
    elif name == "zh" and len(texts) >= _ENOUGH and not chinese:
        message = said("Language is {value}, and no translation has a Chinese character", value=value)
        yield Found(
            catalog.path, head_line(catalog), message, target=texts[0], fix="is it the catalog of another language?"
        )


def _other_characters(value: str, found: Language) -> str:
    if found == "zh_TW":
        return said("Language is {value}, and the translations are in traditional characters", value=value)
    return said("Language is {value}, and the translations are in simplified characters", value=value)
