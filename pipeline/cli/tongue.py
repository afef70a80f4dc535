"""The language of what people read: English, or Chinese where the locale asks for it.

Texts stand in the code in English, marked with `_` and `ngettext`, and are looked up when they are shown; the helps of
commands and options need no mark, since `translated` looks them up when a command is loaded. JSON, reports for other
programs and the names of options are the same in every language. `make messages` keeps the catalog in `pipeline/locale`.
"""

from __future__ import annotations

import gettext
import inspect
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import click

_DOMAIN = "bilect"
# The folder of the compiled catalog is "zh", where gettext looks for it under zh_CN, zh_TW, zh_HK and zh_SG alike.
_FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale")
_COLUMNS = re.compile(r"(\s*\S.*?\s{2,})(\S.*)")  # what stands behind a gap explains what stands before it
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


@cache
def _catalog() -> gettext.NullTranslations:
    return gettext.translation(_DOMAIN, _FOLDER, ["zh"], fallback=True)


def said_of_help(text: str, say: Callable[[str], str]) -> str:
    r"""Return the help of a command as ``say`` says its texts: paragraphs, and explanations in its tables.

    >>> said_of_help("Do it. Twice\nor more.\n\n\b\nbilect do  once", str.upper)
    'DO IT. TWICE OR MORE.\n\n\x08\nbilect do  ONCE'
    """
    return "\n\n".join(
        _said_of_table(part, say) if part.startswith("\b") else say(" ".join(part.split()))
        for part in re.split(r"\n{2,}", inspect.cleandoc(text))
    )


def _said_of_table(block: str, say: Callable[[str], str]) -> str:
    lines = []
    for line in block.splitlines():
        columns = _COLUMNS.fullmatch(line)
        lines.append(columns[1] + say(columns[2]) if columns else line)
    return "\n".join(lines)


def translated(command: click.Command) -> click.Command:
    """Return ``command``, with its helps and those of its options and commands in the language of the user."""
    if not is_chinese(os.environ):
        return command
    from pipeline.cli.wide import WideContext  # with a table of characters

    command.context_class = WideContext
    if command.short_help:
        command.short_help = _(command.short_help)
    if command.help:
        command.help = said_of_help(command.help, _)
        # click looks for the end of the first sentence at a full stop and a blank
        command.short_help = command.short_help or command.help.split("\n\n")[0].split("。")[0]
    command.epilog = command.epilog and _(command.epilog)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = _(parameter.help)
        if isinstance(parameter.type, click.Path):  # "Directory 'x' does not exist"
            parameter.type.name = _(parameter.type.name)
    for child in command.commands.values() if isinstance(command, click.Group) else ():
        translated(child)
    return command


def texts_of_help(text: str) -> list[str]:
    """Return the texts of the help of a command, as they are looked up."""
    texts: list[str] = []

    def kept(text: str) -> str:
        texts.append(text)
        return text

    said_of_help(text, kept)
    return texts


def helps_of(commands: Iterable[click.Command]) -> set[str]:
    """Return all texts that the help of ``commands`` shows, as they are looked up."""
    texts: set[str] = set()
    for command in commands:
        options = [each for each in command.params if isinstance(each, click.Option) and not each.hidden]
        texts |= {*texts_of_help(command.help or ""), command.short_help or "", command.epilog or ""}
        texts |= {option.help or "" for option in options}
        texts |= helps_of(command.commands.values()) if isinstance(command, click.Group) else set()
    return texts - {""}
