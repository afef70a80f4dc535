"""What every command needs of the terminal: where text goes, whether it is coloured, how the run ended.

Results go to stdout with `out`, everything else to stderr with `note`, `detail` and `fail`. A command returns its exit
status (None is 0); a `PipelineError` that need not stop the work goes to `fail`, and the run then ends with 2.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TextIO

import click

from pipeline.model import PipelineError
from pipeline.text.printable import one_line
from pipeline.text.tongue import _, told

Colour = Literal["auto", "always", "never"]


def _nothing() -> None:
    """What there is to clear where no progress is shown."""


@dataclass(slots=True)
class Shell:
    """What the options of every command say, and whether the run has failed; one a process, kept in click's context.

    ``verbosity`` is 0, less with ``-q``, more with ``-v``. ``clear`` takes a bar away before something is written.
    """

    verbosity: int = 0
    colour: Colour = "auto"
    failed: bool = False
    clear: Callable[[], None] = _nothing


def shell() -> Shell:
    """Return the shell of the running command."""
    return click.get_current_context().ensure_object(Shell)


def out(text: str) -> None:
    """Write a result and a line end to stdout."""
    shell().clear()
    click.echo(text, color=in_colour(sys.stdout))


def tell_done(text: str) -> None:
    """Write to stdout what a command has done, unless ``-q`` asks for silence."""
    if shell().verbosity >= 0:
        out(text)


def out_bytes(data: bytes) -> None:
    """Write the bytes of a file to stdout as they are: what ``-o -`` asks for."""
    shell().clear()
    sys.stdout.flush()
    click.echo(data, nl=False)


def note(text: str) -> None:
    """Write a message for a person to stderr, unless ``-q`` asks for silence."""
    if shell().verbosity >= 0:
        _to_stderr(text)


def detail(text: str) -> None:
    """Write a message to stderr that only ``-v`` asks for."""
    if wants_details():
        _to_stderr(text)


def wants_details() -> bool:
    """Say whether `detail` writes anything: a thousand messages that nobody reads need not be made."""
    return shell().verbosity > 0


def fail(error: PipelineError) -> None:
    """Write one line on what went wrong to stderr; the run goes on and ends with exit status 2."""
    shell().failed = True
    shell().clear()
    click.echo(error_line(error), err=True)


def error_line(error: PipelineError) -> str:
    """Return the line that tells of an error, with the name of the program."""
    return f"bilect: {error_sentence(error)}"


def error_sentence(error: PipelineError) -> str:
    """Return where an error is, what was found and what to do, in the language of the user where its words are known."""
    return one_line(
        str(PipelineError(told(error.message), path=error.path, line=error.line, remedy=told(error.remedy)))
    )


def told_and_awaited(error: PipelineError) -> None:
    """Tell who is at work on the project, whose lock is waited for then."""
    note(_("{message}: waiting until it is done.").format(message=told(error.message)))


def in_colour(stream: TextIO) -> bool:
    """Say whether text for ``stream`` may hold colours: ``--color``, else NO_COLOR, else whether it is a terminal.

    See https://no-color.org: any value but an empty one counts.
    """
    wanted = shell().colour
    if wanted != "auto":
        return wanted == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns_of_terminal(otherwise: int) -> int:
    """Return how wide the terminal of stdout is, or what COLUMNS says; ``otherwise`` where there is none."""
    from shutil import get_terminal_size  # loads three kinds of compression

    return get_terminal_size((otherwise, 0)).columns


def _to_stderr(text: str) -> None:
    shell().clear()
    click.echo(text, err=True, color=in_colour(sys.stderr))
