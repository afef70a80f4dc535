"""`bilect` as people start it: a real process, with bytes in and bytes out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Shown(NamedTuple):
    """How a process ended, and what it wrote."""

    status: int
    stdout: str
    stderr: str


def bilect(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", environment: Mapping[str, str] | None = None
) -> Shown:
    """Run `bilect` in the folder ``cwd``, with COLUMNS=80 unless ``environment`` says otherwise."""
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
