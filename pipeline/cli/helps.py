"""The helps of commands and options, text by text: paragraphs, and what tables explain."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Iterable

import click

from pipeline.text.tongue import _, is_chinese

_COLUMNS = re.compile(r"(\s*\S.*?\s{2,})(\S.*)")  # what stands behind a gap explains what stands before it


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
        # "Directory 'x' does not exist", "'x' is not a valid integer range"
        if isinstance(parameter.type, click.Path | click.IntRange | click.FloatRange):
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
