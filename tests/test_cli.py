"""The command line as people start it: real processes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from pipeline.cli import COMMANDS


def bilect(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
    )


def test_help_names_every_command_and_what_it_does() -> None:
    shown = bilect("--help")
    assert shown.returncode == 0
    assert shown.stderr == ""
    for name, (_, line) in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(line[:40])}", shown.stdout, re.MULTILINE), name


@pytest.mark.parametrize("name", ["import_", "memory", "update"])
def test_what_would_be_done_is_asked_for_in_one_way(name: str) -> None:
    command = import_module(f"pipeline.cli.{name}").command
    command = command.commands["fill"] if isinstance(command, click.Group) else command
    (option,) = (each for each in command.params if "--dry-run" in each.opts)
    assert option.opts == ["-n", "--dry-run"]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_help_is_the_first_sentence_of_the_command(name: str) -> None:
    module, line = COMMANDS[name]
    command = import_module(f"pipeline.cli.{module}").command
    assert isinstance(command, click.Command)
    assert (command.help or "").replace("\n", " ").split(". ")[0].rstrip(".") == line.rstrip(".")


def test_every_command_module_is_in_the_table() -> None:
    modules = {path.stem for path in (Path(__file__).parent.parent / "pipeline" / "cli").glob("*.py")}
    commands = {module for module in modules if hasattr(import_module(f"pipeline.cli.{module}"), "command")}
    assert commands == {module for module, _ in COMMANDS.values()}


def test_the_version_is_that_of_the_package() -> None:
    assert re.fullmatch(r"bilect \d+\.\d+\.\d+\n", bilect("--version").stdout)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rul"], "bilect: No such command 'rul'; did you mean 'rule'? (see bilect --help)"),
        (["zzzz"], "bilect: No such command 'zzzz' (see bilect --help)"),
        (["--colour", "never"], "bilect: No such option '--colour'. Did you mean '--color'? (see bilect --help)"),
        (["rule", "--verbos"], "bilect rule: No such option '--verbos'. Did you mean '--verbose'?"),
        (["rule", "a", "b"], "bilect rule: Got unexpected extra argument"),
        (["rule", "stale-aceptance"], "bilect: no rule is called 'stale-aceptance' (did you mean 'stale-acceptance'?)"),
        (["-C", "no/such/folder", "rule"], "bilect: Invalid value for '-C' / '--project': Directory 'no/such/folder'"),
    ],
)
def test_wrong_usage_is_one_line_on_stderr_and_status_2(arguments: list[str], said: str) -> None:
    shown = bilect(*arguments)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr.startswith(said)
    assert shown.stderr.count("\n") == 1


def test_without_arguments_the_help_is_shown() -> None:
    shown = bilect()
    assert shown.returncode == 2
    assert "Commands:" in shown.stderr


def test_rule_lists_all_rules_and_explains_one_by_code_or_name() -> None:
    assert re.search(r"^X101 +stale-acceptance +warning +Every ", bilect("rule").stdout, re.MULTILINE)
    by_name, by_code = bilect("rule", "stale-acceptance"), bilect("rule", "x101")
    assert by_name.stdout == by_code.stdout
    assert by_name.stdout.startswith("# X101 stale-acceptance\n")
    assert by_name.returncode == 0


@pytest.mark.parametrize(
    "arguments", [["-q", "rule", "X101"], ["rule", "-q", "X101"], ["rule", "X101", "--color=always"]]
)
def test_shared_options_may_stand_before_and_behind_the_command(arguments: list[str]) -> None:
    assert bilect(*arguments).returncode == 0


def test_output_is_utf8_whatever_the_system_says() -> None:
    shown = bilect("rule", "stale-acceptance", PYTHONIOENCODING="cp1252", PYTHONUTF8="0", LC_ALL="C")
    assert "望远镜" in shown.stdout
    assert shown.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells writers nothing")
def test_a_reader_that_leaves_early_is_told_nothing() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        shown = subprocess.run(
            [sys.executable, "-m", "pipeline", "rule", "X101"], stdout=nobody, stderr=subprocess.PIPE, check=False
        )
    assert (shown.returncode, shown.stderr) == (141, b"")


ENDING = """
import sys, types
import click
import pipeline.cli as cli
from pipeline.cli.console import fail, note, out
from pipeline.model import PipelineError

def end() -> int | None:
    {statement}

module = types.ModuleType("pipeline.cli.end")
module.command = click.command()(end)
sys.modules["pipeline.cli.end"] = module
cli.COMMANDS["end"] = ("end", "End.")
cli.main(sys.argv[1:])
"""


INTERRUPTED = "bilect: interrupted; every file is whole, and running it again does the rest"


def ended(statement: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = ENDING.format(statement=statement)
    return subprocess.run(
        [sys.executable, "-c", program, *(arguments or ["end"])], capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize(
    ("statement", "status", "stdout", "stderr"),
    [
        ("pass", 0, "", ""),
        ("return 1", 1, "", ""),
        ("raise PipelineError('x', path='a', line=3, remedy='do y')", 2, "", "bilect: a:3: x (do y)\n"),
        ("fail(PipelineError('x\\n\\x1b[2J')); out('rest')", 2, "rest\n", "bilect: x \\x1b[2J\n"),
        ("fail(PipelineError('x')); return 1", 2, "", "bilect: x\n"),
        ("raise KeyboardInterrupt", 130, "", f"\n{INTERRUPTED}\n"),
    ],
)
def test_a_command_ends_with_its_status_and_what_can_be_mended_is_one_line(
    statement: str, status: int, stdout: str, stderr: str
) -> None:
    shown = ended(statement)
    assert (shown.returncode, shown.stdout, shown.stderr) == (status, stdout, stderr)


def test_a_bug_keeps_its_traceback() -> None:
    shown = ended("raise ZeroDivisionError('bug')")
    assert shown.returncode == 1
    assert "Traceback" in shown.stderr
    assert "ZeroDivisionError: bug" in shown.stderr


@pytest.mark.parametrize(("arguments", "stderr"), [(["end"], "n\n"), (["-q", "end"], ""), (["end", "-q"], "")])
def test_quiet_silences_notes_and_not_results(arguments: list[str], stderr: str) -> None:
    shown = ended("note('n'); out('o')", *arguments)
    assert (shown.stdout, shown.stderr) == ("o\n", stderr)


def test_colours_are_kept_only_when_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    painted = "out(click.style('o', fg='red'))"
    assert ended(painted).stdout == "o\n"
    assert ended(painted, "end", "--color", "always").stdout == "\x1b[31mo\x1b[0m\n"
    monkeypatch.setenv("NO_COLOR", "1")
    assert ended(painted, "--color", "auto", "end").stdout == "o\n"
    assert ended(painted, "--color", "always", "end").stdout == "\x1b[31mo\x1b[0m\n"


def test_a_command_works_in_the_folder_that_it_is_given(tmp_path: Path) -> None:
    shown = ended("import os; out(os.getcwd())", "-C", str(tmp_path), "end")
    assert Path(shown.stdout.strip()).resolve() == tmp_path.resolve()
