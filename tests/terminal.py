"""`bilect` as people start it, with bytes in and bytes out: in this process, which is quick, or in one of its own."""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.cli import main


class Shown(NamedTuple):
    """How a command ended, and what it wrote."""

    status: int
    stdout: str
    stderr: str


def bilect(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", environment: Mapping[str, str] | None = None
) -> Shown:
    """Run `bilect` in the folder ``cwd``, with COLUMNS=80 unless ``environment`` says otherwise."""
    output, errors = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd)
        for name, value in {"COLUMNS": "80", **(environment or {})}.items():
            patch.setenv(name, value)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        patch.setattr(sys, "stdout", io.TextIOWrapper(output))
        patch.setattr(sys, "stderr", io.TextIOWrapper(errors))
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        sys.stdout.flush()
        sys.stderr.flush()
        said = output.getvalue().decode(), errors.getvalue().decode()
    gc.enable()  # a merge works without
    assert isinstance(ended.value.code, int)
    return Shown(ended.value.code, *said)


def started(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", environment: Mapping[str, str] | None = None
) -> Shown:
    """Run `bilect` like `bilect`, as a process."""
    ended = subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        capture_output=True,
        input=stdin,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(Path(__file__).parent.parent), **(environment or {})},
        check=False,
    )
    assert b"Traceback" not in ended.stderr, ended.stderr.decode()
    return Shown(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
