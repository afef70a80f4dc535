"""Shell completion, as shells ask for it: with a variable of the environment, and answered on stdout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def completed(line: str, shell: str = "bash") -> list[str]:
    words = line.split(" ")
    environment = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_BILECT_COMPLETE": f"{shell}_complete"}
    command = [sys.executable, "-m", "pipeline"]
    environment = {**os.environ, **environment}
    shown = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    assert (shown.returncode, shown.stderr) == (0, "")
    return shown.stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("bilect ex", ["plain,export", "plain,extract"]),
        ("bilect subs mu", ["plain,mux"]),
        ("bilect check --fail-on ", ["plain,error", "plain,warning", "plain,never"]),
        ("bilect export m", ["plain,md", "plain,map", "plain,mo"]),
        ("bilect rule m110", ["plain,M110"]),
        ("bilect check --select A101,X101", ["plain,A101,X101"]),
        ("bilect memory import --to zh", ["plain,zh_CN", "plain,zh_TW"]),
        ("bilect check source", ["file,source"]),
        ("bilect check -o rep", ["file,rep"]),
        ("bilect -C so", ["dir,so"]),
        ("bilect update --wa", ["plain,--wait"]),
    ],
)
def test_what_may_stand_here_is_offered(line: str, offered: list[str]) -> None:
    assert completed(line) == offered


def test_zsh_shows_what_a_command_does() -> None:
    assert completed("bilect docto", "zsh") == ["plain", "doctor", "Say what is missing on this machine."]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_asks_bilect(shell: str) -> None:
    command = [sys.executable, "-m", "pipeline", "completion", shell]
    shown = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert f"_BILECT_COMPLETE={shell}_complete" in shown.stdout
    assert shown.stderr == ""


@pytest.mark.skipif(not shutil.which("bash") or sys.platform == "win32", reason="needs bash")
def test_bash_takes_the_script(tmp_path: Path) -> None:
    (tmp_path / "bilect").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline "$@"\n', "utf-8")
    (tmp_path / "bilect").chmod(0o755)
    script = (
        'eval "$(bilect completion bash)"; complete -p bilect; COMP_WORDS=(bilect exp); COMP_CWORD=1;'
        ' _bilect_completion bilect; echo "${COMPREPLY[@]}"'
    )
    search = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    shown = subprocess.run(
        ["bash", "--norc", "-c", script],
        capture_output=True, encoding="utf-8", env={**os.environ, "PATH": search}, check=True,
    )  # fmt: skip
    assert shown.stdout.splitlines() == ["complete -o nosort -F _bilect_completion bilect", "export"]
