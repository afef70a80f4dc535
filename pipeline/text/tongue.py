"""The language of what people read: English, or Chinese where the locale asks for it.

Texts stand in the code in English and are looked up when they are shown: by `_` and `ngettext` where that is at once, by `told`
where a finding or an error was made on a lower floor (`said`). The helps of commands and options need no mark, since
`pipeline.cli.helps` looks them up when a command is loaded. JSON, reports for other programs and the names of options are
the same in every language. `make messages` keeps the catalog in `pipeline/locale`.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Mapping
from functools import cache

from pipeline.text.said import Said

_DOMAIN = "bilect"
# The folder of the compiled catalog is "zh", where gettext looks for it under zh_CN, zh_TW, zh_HK and zh_SG alike.
_FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale")
_ENGLISH = re.compile(r"(?:en|C|POSIX)(?:[_.@-].*)?")
_CHINESE = re.compile(r"zh(?:[_.@].*)?")


def is_chinese(environment: Mapping[str, str]) -> bool:
    """Say whether messages are to be in Chinese: LANGUAGE, a list, else LC_ALL, LC_MESSAGES or LANG, as gettext has it.

    >>> is_chinese({"LANG": "zh_CN.UTF-8"}), is_chinese({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"})
    (True, False)
    >>> is_chinese({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_TW:en"})
    True
    """
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    if re.fullmatch(r"(?:C|POSIX)(?:\..*)?", locale):
        return False  # programs that set this mean to read the output; LANGUAGE does not count then
    wished = (environment.get("LANGUAGE") or locale).split(":")
    known = (name for name in wished if _CHINESE.fullmatch(name) or _ENGLISH.fullmatch(name))
    return bool(_CHINESE.fullmatch(next(known, "en")))


def hear_click() -> None:
    """Have click's own strings come from the catalog too, where messages are in Chinese."""
    if is_chinese(os.environ):
        gettext.bindtextdomain(_DOMAIN, _FOLDER)
        gettext.textdomain(_DOMAIN)


def _(text: str) -> str:
    """Return ``text`` in the language of the user."""
    return _catalog().gettext(text) if text and is_chinese(os.environ) else text


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form of a text for a number, in the language of the user."""
    if is_chinese(os.environ):
        return _catalog().ngettext(one, many, number)
    return one if number == 1 else many


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 page", "2,000 pages", "2 info"; the noun is a constant, for `make messages` to find."""
    many = noun if noun == "info" else f"{noun}s"
    return ngettext(f"{{number}} {noun}", f"{{number}} {many}", number).format(number=f"{number:,}")


def told(text: str) -> str:
    """Return what a finding or an error says in the language of the user; a text that no catalog has stays as it is."""
    if not isinstance(text, Said):
        return _(text)
    return text.told(_form) if is_chinese(os.environ) else str(text)


def _form(one: str, many: str, number: int) -> str:
    return _(one) if one == many else ngettext(one, many, number)


@cache
def _catalog() -> gettext.NullTranslations:
    return gettext.translation(_DOMAIN, _FOLDER, ["zh"], fallback=True)
