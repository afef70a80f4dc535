"""Prints how many milliseconds `bilect --help` takes more than an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

ROUNDS = 15


def seconds(*arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    # one after the other in turn, so that a busy machine is busy for both
    pairs = [(seconds("-c", "pass"), seconds("-m", "pipeline", "--help")) for _ in range(ROUNDS)]
    extra = median(shown - bare for bare, shown in pairs)
    print(f"python -m pipeline --help: {extra * 1000:.0f} ms more than python -c pass (median of {ROUNDS})")
