"""The names of languages: locales as gettext has them, tags of BCP 47 as XML has them."""

from __future__ import annotations

from typing import get_args

from pipeline.model import Language

_LANGUAGES: dict[str, Language] = {language: language for language in get_args(Language)}
_TRADITIONAL = {"tw", "hk", "mo", "hant", "cht"}
_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}
_MODIFIERS = {tag: name for name, tag in _SCRIPTS.items()}


def language_tag(locale: str) -> str:
    """Return the BCP 47 tag of a locale, "und" for none.

    >>> [language_tag(locale) for locale in ("zh_CN", "zh_TW", "en", "sr_RS@latin", "pt_BR.UTF-8", "")]
    ['zh-CN', 'zh-TW', 'en', 'sr-Latn-RS', 'pt-BR', 'und']
    """
    base, _, modifier = locale.partition("@")
    language, *rest = base.partition(".")[0].replace("_", "-").split("-")
    script = _SCRIPTS.get(modifier.lower())
    return "-".join(part for part in (language.lower(), script, *rest) if part) or "und"


def locale_of(tag: str) -> str:
    """Return the locale that a tag means, in any case and with ``-`` or ``_``: one of the project's own where it is one.

    >>> [locale_of(tag) for tag in ("en-US", "ZH-cn", "zh-Hans-CN", "zh_CN", "zh", "zh-Hant", "zh-hk", "pt-br")]
    ['en', 'zh_CN', 'zh_CN', 'zh_CN', 'zh_CN', 'zh_TW', 'zh_TW', 'pt_BR']
    """
    base, _, modifier = tag.strip().partition("@")
    parts = base.partition(".")[0].replace("_", "-").lower().split("-")
    if parts[0] in {"en", "eng"}:
        return "en"
    if parts[0] in {"zh", "cmn", "zho", "chi"}:
        return "zh_TW" if _TRADITIONAL.intersection(parts) else "zh_CN"
    if parts[0] in {"", "und", "mul"}:
        return ""
    scripts = [part.title() for part in parts[1:] if len(part) == 4 and part.isalpha()]
    others = [part.upper() for part in parts[1:] if not (len(part) == 4 and part.isalpha())]
    name = modifier or next((_MODIFIERS[script] for script in scripts if script in _MODIFIERS), "")
    return "_".join([parts[0], *others]) + (f"@{name}" if name else "")


def language_named(tag: str) -> Language | None:
    """Return the language of the project that a tag means, written as `locale_of` takes it; None for any other.

    >>> [language_named(tag) for tag in ("en-GB", "zh-Hant-TW", "cmn", "de", "")]
    ['en', 'zh_TW', 'zh_CN', None, None]
    """
    return _LANGUAGES.get(locale_of(tag))
