"""The progress bar: on a terminal, gone before anything else is written, and nowhere else."""

from __future__ import annotations

import io
import os
from pathlib import Path

import click
import pytest
from terminal import bilect

from pipeline.cli import progress as module
from pipeline.cli.console import Shell, out
from pipeline.cli.progress import Progress, show_progress
from pipeline.project.progress import watched


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    shown = Terminal()
    monkeypatch.setattr(module, "_PATIENCE", 0)
    monkeypatch.setattr(module, "_PAUSE", 0)
    return shown


def test_what_is_done_is_drawn_and_then_taken_away(terminal: Terminal) -> None:
    assert list(Progress(Shell(), terminal)(iter("abc"), 3, "pages")) == ["a", "b", "c"]
    drawn = terminal.getvalue()
    assert "pages  [##########--------------------]  1/3" in drawn
    assert "3/3" in drawn
    assert drawn.endswith("\r\x1b[K\x1b[?25h")


def test_results_are_written_on_an_empty_line(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell()
    shown = Progress(shell, terminal)
    shell.clear = shown.clear
    with click.Context(click.Command("x"), obj=shell):
        for letter in shown(iter("ab"), 2, "pages"):
            out(letter)
            assert not terminal.getvalue() or terminal.getvalue().endswith("\r\x1b[K\x1b[?25h")
    assert capsys.readouterr().out == "a\nb\n"


def test_only_the_outermost_loop_is_shown_and_one_step_is_none(terminal: Terminal) -> None:
    shown = Progress(Shell(), terminal)
    for _ in shown(iter("ab"), 2, "courses"):
        assert list(shown(iter("cde"), 3, "files")) == ["c", "d", "e"]
    assert "files" not in terminal.getvalue()
    terminal.truncate(0)
    assert list(shown(iter("a"), 1, "courses")) == ["a"]
    assert not terminal.getvalue().strip("\0")


def test_a_loop_that_is_left_leaves_no_bar(terminal: Terminal) -> None:
    shown = Progress(Shell(), terminal)
    for thing in (loop := shown(iter("abc"), 3, "pages")):
        if thing == "b":
            break
    loop.close()  # type: ignore[attr-defined]
    assert terminal.getvalue().endswith("\x1b[?25h")


def test_quiet_means_no_bar(terminal: Terminal) -> None:
    assert list(Progress(Shell(verbosity=-1), terminal)(iter("ab"), 2, "pages")) == ["a", "b"]
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_ci_and_dumb_terminals_see_no_bar(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    show_progress(Shell(), terminal)
    assert list(watched("ab", 2, "pages")) == ["a", "b"]
    assert terminal.getvalue() == ""


def test_a_pipe_gets_no_bar(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.en.md").write_text("Text.\n", "utf-8")
    shown = bilect("extract", ".", "-o", "out", cwd=tmp_path, environment={**os.environ, "TERM": "xterm"})
    assert (shown.status, shown.stdout) == (0, "")
    assert "\r" not in shown.stderr
