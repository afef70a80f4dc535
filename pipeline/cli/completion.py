"""`bilect completion`: what a shell needs to complete the commands, options and values of bilect."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping

import click
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class

from pipeline.cli.console import out
from pipeline.text.tongue import _

VARIABLE = "_BILECT_COMPLETE"
"""The variable of the environment with which a shell asks for completions."""

_FILES = frozenset({"FILE", "OUT", "CATALOG", "DIR", "PO|DIR", "REFERENCE"})  # metavars of options
_TEXTS = frozenset({"BY", "TEXT"})  # of arguments that name no file


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")), metavar="SHELL")
def command(shell: str) -> None:
    """Print what bash, zsh or fish needs to complete commands.

    Put the line for your shell into the file that it reads when it starts:

    \b
    eval "$(bilect completion bash)"    in ~/.bashrc
    eval "$(bilect completion zsh)"     in ~/.zshrc
    bilect completion fish | source     in ~/.config/fish/config.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101  # the choice has no others
    root = click.get_current_context().find_root().command
    # not the source() of the class for bash, which starts one to find out its version
    out(ShellComplete.source(kind(root, {}, "bilect", VARIABLE)).rstrip("\n"))


def completable(command: click.Command) -> click.Command:
    """Return ``command``, whose values are completed: files, formats, rules and locales."""
    for parameter in command.params:
        word = (parameter.metavar or "").strip("[].")
        if isinstance(parameter, click.Argument):
            word = word or (parameter.name or "").upper()
        if word == "FORMAT" and isinstance(parameter, click.Argument):
            parameter.type = _Words(_formats)
        elif word == "CODE":
            parameter.type = _Words(_rules)
        elif word == "LOCALE":
            parameter.type = _Words(_locales)
        elif parameter.type is click.STRING and _names_file(parameter, word):
            parameter.type = click.Path()
    for child in command.commands.values() if isinstance(command, click.Group) else ():
        completable(child)
    return command


def _names_file(parameter: click.Parameter, word: str) -> bool:
    return word not in _TEXTS if isinstance(parameter, click.Argument) else word in _FILES


class _Words(click.ParamType[str]):
    """A word that is completed from a list, which is made when it is asked for; any word is valid."""

    name = "text"

    def __init__(self, words: Callable[[click.Context], Iterable[tuple[str, str]]]) -> None:
        self._words = words

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        """Return the words that begin with what was typed, of a list with commas its last part."""
        before, comma, last = incomplete.rpartition(",")
        found = [(word, said) for word, said in self._words(ctx) if word.lower().startswith(last.lower())]
        return [CompletionItem(before + comma + word, help=said or None) for word, said in found]


def _locales(_context: click.Context) -> Iterator[tuple[str, str]]:
    yield from ((name, "") for name in ("en", "zh_CN", "zh_TW"))


def _rules(_context: click.Context) -> Iterator[tuple[str, str]]:
    from pipeline.validator.base import rules  # with all its rules, which few completions need

    yield from ((rule.code, rule.name) for rule in rules())


def _formats(context: click.Context) -> Iterator[tuple[str, str]]:
    """The formats, as the help of the command explains them."""
    table = (context.command.help or "").partition("\b\n")[2].partition("\n\n")[0]
    for line in inspect.cleandoc(table).splitlines():
        name, _blank, said = line.partition(" ")
        yield name, said.strip()
    yield from ((name, "") for name in ("ass", "vtt", "sbv", "bcc"))


def completed_commands(commands: Mapping[str, tuple[str, str]], incomplete: str) -> list[CompletionItem[str]]:
    """Return the commands that begin with what was typed, importing none of them."""
    return [
        CompletionItem(name, help=_(line)) for name, (_module, line) in commands.items() if name.startswith(incomplete)
    ]
