"""The language that a file name says: `course.zh.md`, `talk.en-US.srt`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.model import Language

# Markdown with components (Docusaurus, Astro) or with code that is run (Quarto, R Markdown) is read as Markdown
PAGE_SUFFIXES = (".md", ".markdown", ".mdx", ".qmd", ".rmd", ".html", ".htm")
# what stands before the extension in the wild, in lower case with "-" for "_"
_LANGUAGES: Mapping[str, Language] = {
    **dict.fromkeys(("en", "en-us", "en-gb", "eng"), "en"),
    **dict.fromkeys(("zh", "zh-cn", "zh-sg", "zh-hans", "zh-hans-cn", "cn", "chs"), "zh_CN"),
    **dict.fromkeys(("zh-tw", "zh-hk", "zh-hant", "zh-hant-tw", "cht"), "zh_TW"),
}
_SHORT: Mapping[Language, str] = {"en": "en", "zh_CN": "zh", "zh_TW": "zh_TW"}


class FileName(NamedTuple):
    """The parts of a file name; ``extension`` begins with its dot, ``language`` is None where the name says none."""

    stem: str
    language: Language | None
    extension: str


def file_name(name: str) -> FileName:
    """Return the parts of a file name (no folders).

    >>> file_name("course.zh.md")
    FileName(stem='course', language='zh_CN', extension='.md')
    >>> file_name("6.S897.md")
    FileName(stem='6.S897', language=None, extension='.md')
    """
    stem, dot, extension = name.rpartition(".")
    if not stem:
        return FileName(name, None, "")
    base, _, tag = stem.rpartition(".")
    language = language_named(tag) if base else None
    return FileName(base if language else stem, language, dot + extension)


def language_named(word: str) -> Language | None:
    """Return the language that a part of a name or a folder says, None where it says none.

    >>> language_named("zh-Hans"), language_named("notes")
    ('zh_CN', None)
    """
    return _LANGUAGES.get(word.replace("_", "-").casefold())


def translated_name(name: str, language: Language) -> str:
    """Return the name of a file's translation: another language where it says one, else the same name.

    >>> translated_name("course.en.md", "zh_CN"), translated_name("course.md", "zh_CN")
    ('course.zh.md', 'course.md')
    """
    parts = file_name(name)
    return f"{parts.stem}.{_SHORT[language]}{parts.extension}" if parts.language else name


def target_language(source: Language) -> Language:
    """Return the language that a page is translated into where nothing else is said."""
    return "zh_CN" if source == "en" else "en"
