"""Prints what pairing lists of titles costs: 25 real titles a side, long lists, odd ones, and the whole command.

python benchmarks/lists.py
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline import align_lists
from pipeline.extractors.outline import outline
from pipeline.extractors.page import read_page

COURSE = Path(__file__).resolve().parent.parent / "source_docs" / "mit-ml-for-healthcare"
WORDS = (
    ("tree", "树木"), ("graph", "图形"), ("network", "网络"), ("causal", "因果"), ("image", "图像"), ("language", "语言"),
    ("gradient", "梯度"), ("matrix", "矩阵"), ("patient", "患者"), ("protein", "蛋白质"), ("compiler", "编译器"),
    ("memory", "内存"),
)  # fmt: skip
MANY, LONG = 5_000, 10_000
WARM = 30  # runs, of which the fastest counts


def main() -> int:
    """Print the table."""
    english, chinese = _lectures("lectures.en.md", "en"), _lectures("course.zh.md", "zh")
    print(f"{len(english)} English and {len(chinese)} Chinese titles, warm: {1000 * _fastest(english, chinese):.1f} ms")
    left, right = _made(MANY)
    cases: dict[str, Callable[[], tuple[Sequence[str], Sequence[str]]]] = {
        f"{MANY:,} and {MANY:,} titles": lambda: (left, right),
        "the same, shuffled": lambda: (left, random.Random(1).sample(right, MANY)),
        "English and English": lambda: (left, left),
        "Chinese and Chinese": lambda: (right, right),
        "equal titles": lambda: (["Exercises"] * MANY, ["练习"] * MANY),
        "only numbers": lambda: ([f"{n}" for n in range(MANY)], [f"{n}" for n in range(MANY)]),
        "Russian and Chinese": lambda: ([f"Введение {n}" for n in range(MANY)], right),
        "one side empty": lambda: (left, []),
        f"25 titles of {LONG:,} characters": lambda: (_long(english), _long(chinese)),
        f"500 titles of {LONG:,} characters": lambda: (_long(english * 20), _long(chinese * 20)),
    }
    for name, lists in cases.items():
        ours, theirs = lists()
        started = time.perf_counter()
        alignment = align_lists(ours, theirs)
        print(f"  {name:<34}{time.perf_counter() - started:7.2f} s{len(alignment.pairs):>7,} pairs")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    print(f"bilect align with its cache: {_command({}):.2f} s")
    print(f"where no cache can be written: {_command({'BILECT_CACHE': os.devnull}):.2f} s")
    return 0


def _lectures(name: str, language: str) -> list[str]:
    lectures = outline(read_page((COURSE / name).read_bytes(), name)).lectures
    return [lecture.texts[language] for lecture in lectures]


def _made(count: int) -> tuple[list[str], list[str]]:
    chance = random.Random(0)
    rows = [chance.sample(WORDS, 4) for _ in range(count)]
    return [" ".join(one for one, _ in row) for row in rows], ["".join(other for _, other in row) for row in rows]


def _long(titles: Sequence[str]) -> list[str]:
    return [f"{place} {title * LONG}"[:LONG] for place, title in enumerate(titles)]


def _fastest(left: Sequence[str], right: Sequence[str]) -> float:
    seconds = []
    for _ in range(WARM):
        started = time.perf_counter()
        align_lists(left, right)
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def _command(environment: dict[str, str]) -> float:
    """The fastest of three runs, in seconds."""
    command = [sys.executable, "-m", "pipeline", "align", "course.zh.md", "lectures.en.md"]
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(command, cwd=COURSE, env={**os.environ, **environment}, check=True, capture_output=True)
        seconds.append(time.perf_counter() - started)
    return min(seconds)


if __name__ == "__main__":
    sys.exit(main())
