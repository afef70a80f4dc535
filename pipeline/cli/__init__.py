"""Floor 6: the `bilect` command, the only place that prints or exits.

A command is a module of this package with a click command named ``command``, and a line in ``COMMANDS``; it is
imported when it runs, so that `bilect --help` imports click and nothing heavier.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from pipeline import __version__
from pipeline.cli.console import Colour, Shell, error_line
from pipeline.cli.helps import translated
from pipeline.model import PipelineError
from pipeline.text.printable import one_line
from pipeline.text.suggestion import nearest
from pipeline.text.tongue import _, hear_click, is_chinese

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMPLETES = "_BILECT_COMPLETE"  # the variable of the environment with which a shell asks for completions

# name: (module of this package, one line of help), in the order in which a newcomer needs them
COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("init", "Start a project in a folder."),
    "doctor": ("doctor", "Say what is missing on this machine."),
    "run": ("run", "Extract, align, update, check and export all courses."),
    "check": ("check", "Check the project, or only PATHs."),
    "export": ("export", "Export the project, or only PATHs, as FORMAT."),
    "import": ("import_", "Import translations from XLIFF, TMX, PO, pages or tracks into their catalogs."),
    "repair": ("repair", "Repair mojibake and encodings of pages, subtitles and catalogs."),
    "extract": ("extract", "Extract the texts of pages into templates."),
    "update": ("update", "Bring templates and catalogs up to date with the pages."),
    "merge": ("merge", "Merge a catalog with a newer template."),
    "format": ("format", "Format catalogs and subtitles."),
    "memory": ("memory", "Find, fill in and exchange what was translated before."),
    "stats": ("stats", "Count what is translated, and plan the next hour."),
    "outline": ("outline", "Show the topics, lectures, claims and videos of pages."),
    "align": ("align", "Pair two lists of titles, or two texts."),
    "subs": ("subs", "Merge, split, convert, time and wrap subtitles, and put them into videos."),
    "terms": ("terms", "Keep the terms of a project: list, check, mine, import, export."),
    "git": ("git", "Merge and compare catalogs by message in git."),
    "rule": ("rule", "Explain a rule, or list them all."),
    "completion": ("completion", "Print what bash, zsh or fish needs to complete commands."),
}


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `bilect` with ``arguments`` (default: those of the process) and exit.

    The status is 0 when all is fine, 1 for findings or files that would change, 2 for wrong usage or what the user can
    mend, 130 when interrupted, 141 when the reader of stdout has left.
    """
    # few values here are in circles, and with Python's threshold of 700 they are looked for all the time
    gc.set_threshold(50_000, 20, 100)
    atexit.register(gc.freeze)  # else the end of each command looks through all that was imported, for nothing: 9 ms
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    hear_click()
    translated(bilect)
    try:
        status = _status(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        status = _reader_left()
    sys.exit(status)


def _status(arguments: Sequence[str] | None) -> int:
    shell = Shell()
    if sys.stderr.isatty():
        from pipeline.cli.progress import show_progress

        show_progress(shell, sys.stderr)
    try:
        status = bilect.main(arguments, prog_name="bilect", standalone_mode=False, obj=shell)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.ClickException as error:
        click.echo(_usage_line(error), err=True)
        return 2
    except PipelineError as error:
        click.echo(error_line(error), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):  # the second while click completes, or loads a command
        click.echo(_("bilect: interrupted; every file is whole, and running it again does the rest"), err=True)
        return 130
    except SystemExit as ended:  # click's own answer, in this mode, to a reader that has left
        return int(ended.code or 0) if _COMPLETES in os.environ else _reader_left()
    return 2 if shell.failed else int(status or 0)


def _usage_line(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context else "bilect"
    message = one_line(error.format_message())
    if is_chinese(os.environ):
        message = message.removesuffix(".")  # click writes one behind what is missing, in every language
    return _("{path}: {message} (see {path} --help)").format(path=path, message=message)


def _reader_left() -> int:
    # `bilect check | head`: nobody is left to tell; without this the interpreter complains when it flushes at exit
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


def _speak_utf8(stream: TextIO) -> None:
    # a pipe on Windows is cp1252 and breaks at the first Han character; a lone surrogate of a file name must not raise
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _chosen_folder(_context: click.Context, _option: click.Parameter, folder: str | None) -> None:
    if folder:
        os.chdir(folder)


def _chosen_colour(context: click.Context, _option: click.Parameter, colour: Colour | None) -> None:
    if colour:
        context.ensure_object(Shell).colour = colour


def _louder(context: click.Context, _option: click.Parameter, times: int) -> None:
    context.ensure_object(Shell).verbosity += times


def _quieter(context: click.Context, _option: click.Parameter, times: int) -> None:
    context.ensure_object(Shell).verbosity -= times


def _shared_options() -> list[click.Option]:
    return [
        click.Option(
            ["-C", "--project"],
            metavar="DIR",
            type=click.Path(exists=True, file_okay=False),
            is_eager=True,  # before any path of the command is looked at
            expose_value=False,
            callback=_chosen_folder,
            help="Work as if started in DIR.",
        ),
        click.Option(["-q", "--quiet"], count=True, expose_value=False, callback=_quieter, help="Say less."),
        click.Option(["-v", "--verbose"], count=True, expose_value=False, callback=_louder, help="Say more."),
        click.Option(
            ["--color"],
            type=click.Choice(["auto", "always", "never"]),
            expose_value=False,
            callback=_chosen_colour,
            help="Colours: on a terminal only (auto, unless NO_COLOR is set), always, never.",
        ),
    ]


def _with_shared_options(command: click.Command) -> click.Command:
    """Return ``command``, which now takes the shared options too: `bilect check -q` is what people type."""
    taken = {spelling for parameter in command.params for spelling in parameter.opts}
    for option in _shared_options():
        if taken.isdisjoint(option.opts):
            option.hidden = True
            command.params.append(option)
    for child in command.commands.values() if isinstance(command, click.Group) else ():
        _with_shared_options(child)
    return command


class Bilect(click.Group):
    """The `bilect` command: its commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            module = import_module(f"pipeline.cli.{COMMANDS[cmd_name][0]}")
            command = translated(_with_shared_options(module.command))
            if _COMPLETES in os.environ:
                from pipeline.cli.completion import completable

                completable(command)
            self.add_command(command, cmd_name)
        return self.commands[cmd_name]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Return the commands and options that begin with ``incomplete``, importing no command."""
        from pipeline.cli.completion import completed_commands

        return completed_commands(COMMANDS, incomplete) + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that ``args`` begin with.

        Raises:
            click.UsageError: There is none of that name; the message names the nearest.
        """
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            meant = nearest(args[0], COMMANDS)
            unknown = _("No such command {name!r}; did you mean {meant!r}?") if meant else _("No such command {name!r}")
            raise click.UsageError(unknown.format(name=args[0], meant=meant), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names and the one-line helps, importing no command."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(line)) for name, (_module, line) in COMMANDS.items()])


bilect = Bilect(
    "bilect",
    params=list(_shared_options()),
    help="Keep English and Chinese course material in step.",
    epilog="Start with `bilect run` in a folder that holds source_docs/.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
)
click.version_option(__version__, message="%(prog)s %(version)s")(bilect)
