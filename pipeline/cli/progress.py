"""A progress bar on a terminal, that is gone before anything else is written."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import TextIO, TypeVar

import click

from pipeline.cli.console import Shell
from pipeline.project.progress import watch
from pipeline.text.tongue import _

Thing = TypeVar("Thing")

_PATIENCE = 0.5  # seconds of work after which a bar is shown
_PAUSE = 0.1  # seconds between two looks of it
_CLEARED = "\r\x1b[K\x1b[?25h"  # the start of an empty line; click hides the cursor while it draws


class Progress:
    """The bar of the outermost loop that somebody waits for.

    Nothing is drawn with ``-q``, in CI, where TERM is dumb, and in the processes that share the work.
    """

    def __init__(self, shell: Shell, stream: TextIO) -> None:
        self._shell, self._stream = shell, stream
        self._process = os.getpid()
        self._is_busy = self._is_drawn = False

    def __call__(self, things: Iterator[Thing], total: int, noun: str) -> Iterator[Thing]:
        """Yield ``things``, and draw how many of ``total`` are done."""
        if self._is_busy or total < 2 or self._shell.verbosity < 0 or os.getpid() != self._process:
            yield from things
            return
        self._is_busy = True
        try:
            yield from self._drawn(things, total, noun)
        finally:
            self._is_busy = False
            self.clear()

    def _drawn(self, things: Iterator[Thing], total: int, noun: str) -> Iterator[Thing]:
        bar = click.progressbar(length=total, label=_(noun), show_pos=True, file=self._stream, width=30)
        due = time.monotonic() + _PATIENCE
        for done, thing in enumerate(things, 1):
            yield thing
            if (now := time.monotonic()) >= due:
                due = now + _PAUSE
                self._is_drawn = True
                bar.update(done - bar.pos)

    def clear(self) -> None:
        """Take the bar away, so that something can be written; it comes back with the next step."""
        if self._is_drawn:
            self._is_drawn = False
            self._stream.write(_CLEARED)
            self._stream.flush()


def show_progress(shell: Shell, stream: TextIO) -> None:
    """Have the loops of this process watched, and drawn on ``stream``, which is a terminal."""
    if not os.environ.get("CI") and os.environ.get("TERM") != "dumb":
        progress = Progress(shell, stream)
        shell.clear = progress.clear
        watch(progress)
