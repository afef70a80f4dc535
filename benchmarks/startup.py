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
    middle = median(shown - bare for bare, shown in pairs)
    least = min(shown for _, shown in pairs) - min(bare for bare, _ in pairs)
    print("python -m pipeline --help takes, more than python -c pass:")
    print(f"{least * 1000:.0f} ms at the least, {middle * 1000:.0f} ms in the middle of {ROUNDS} rounds")
