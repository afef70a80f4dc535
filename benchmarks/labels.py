"""Prints how many of the labels whose translations were swapped are found, and how many others are named.

    python benchmarks/labels.py [LISTS.json]

In each list of titles in two languages the translations of two rows, chosen by a fixed seed, change places, ten times
anew; both rows must be named, and no other. The lists as they are must give none. Without an argument the lists in
../shared/data, which are no part of the project; says so where they are absent.
"""

from __future__ import annotations

import json
import random
import sys
from itertools import combinations
from pathlib import Path

from pipeline.align.swaps import swapped_rows
from pipeline.text.script import folded

LISTS = Path(__file__).parents[2] / "shared" / "data" / "gold" / "title_lists.json"
ROUNDS, LEAST = 10, 4  # rows that a list has at least
UNSAFE = {f"hfcourse/chapter{number}" for number in (1, 2, 3)}  # their keys have drifted


def main() -> int:
    """Print the figures."""
    path = Path(sys.argv[1]) if len(sys.argv) == 2 else LISTS
    if not path.is_file():
        print(f"nothing to measure: {path} is absent")
        return 0
    samples = [sample for sample in json.loads(path.read_text(encoding="utf-8")) if sample["id"] not in UNSAFE]
    lists = [rows for sample in samples if len(rows := _rows(sample)) >= LEAST]
    hits = false = missed = 0
    for seed, rows in enumerate(lists):
        chance = random.Random(seed)
        for _ in range(ROUNDS):
            swap = set(chance.choice([pair for pair in combinations(range(len(rows)), 2) if _differ(rows, *pair)]))
            found = _named(_with_swap(rows, *swap))
            hits, false, missed = hits + len(found & swap), false + len(found - swap), missed + len(swap - found)
    print(
        f"swapped     P {hits / max(1, hits + false):.3f}  R {hits / max(1, hits + missed):.3f}  ({hits + missed} labels)"
    )
    print(f"as they are {sum(len(_named(rows)) for rows in lists)} labels named of {sum(map(len, lists))}")
    print(f"{len(lists)} lists")
    return 0


def _rows(sample: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """The titles that both languages have, side by side."""
    chinese = dict(sample["zh"])
    return [(title, chinese[key]) for key, title in sample["en"] if key in chinese]


def _differ(rows: list[tuple[str, str]], one: int, other: int) -> bool:
    return all(folded(a) != folded(b) for a, b in zip(rows[one], rows[other], strict=True))


def _with_swap(rows: list[tuple[str, str]], one: int, other: int) -> list[tuple[str, str]]:
    chinese = {one: rows[other][1], other: rows[one][1]}
    return [(english, chinese.get(place, own)) for place, (english, own) in enumerate(rows)]


def _named(rows: list[tuple[str, str]]) -> set[int]:
    swaps = swapped_rows([english for english, _ in rows], [chinese for _, chinese in rows])
    return {row for swap in swaps for row in (swap.first, swap.second)}


if __name__ == "__main__":
    sys.exit(main())
