"""What a command costs: a whole process, its time and its memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

_KILOBYTES = 1024 if sys.platform == "darwin" else 1  # in which unit the system counts memory


@dataclass(frozen=True)
class Command:
    """A process to start: in which folder, and with which variables besides those of this process."""

    arguments: Sequence[str]
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """``wall`` and ``cpu`` in seconds, ``peak`` memory in MiB; ``trouble`` are the last words of a run that failed."""

    wall: float
    cpu: float
    peak: float
    trouble: str = ""


def cost_of(command: Command) -> Cost:
    """Return what one run of a command costs."""
    with tempfile.TemporaryFile() as words:
        started = time.perf_counter()
        process = subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            env=_environment(command),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)  # it has been waited for
        words.seek(0)
        said = words.read().decode("utf-8", "replace").strip().splitlines()
    trouble = "" if process.returncode == 0 else (said or ["no word"])[-1][:200]
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024 / _KILOBYTES, trouble)


def costs_of(command: Command, rounds: int) -> list[Cost]:
    """Return what each of several runs costs, after one that is not counted: an installed program has its modules compiled."""
    cost_of(command)
    return [cost_of(command) for _ in range(rounds)]


def _environment(command: Command) -> dict[str, str]:
    """The variables of this process and of the command; what keeps Python from writing compiled modules is left out."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **command.variables}


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the medians of several runs, and the first trouble."""
    wall, cpu, peak = (median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "peak"))
    return Cost(wall, cpu, peak, next((cost.trouble for cost in costs if cost.trouble), ""))
