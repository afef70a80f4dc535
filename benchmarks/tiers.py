"""Prints how many pairs of titles are found, and accepted rightly, over several seeds and two halves of the lists.

    python benchmarks/tiers.py [LISTS.json]

Lists of titles in two languages are left as they are, lose 15 % of each side, are shuffled, or both, each with six seeds.
The halves are told by the MD5 of the source of a list, so that a threshold chosen on the one can be tried on the other.
Without an argument the lists in ../shared/data, which are no part of the project; says so where they are absent.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pipeline import align_lists

LISTS = Path(__file__).parents[2] / "shared" / "data" / "gold" / "title_lists.json"
SEEDS, MISSING = 6, 0.15
UNSAFE = {f"hfcourse/chapter{number}" for number in (1, 2, 3)}  # their keys have drifted

Rows = list[tuple[str, str]]


def main() -> int:
    """Print the figures."""
    path = Path(sys.argv[1]) if len(sys.argv) == 2 else LISTS
    if not path.is_file():
        print(f"nothing to measure: {path} is absent")
        return 0
    samples = [sample for sample in json.loads(path.read_text(encoding="utf-8")) if sample["id"] not in UNSAFE]
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for place, sample in enumerate(samples):
        half = "AB"[int(hashlib.md5(sample["id"].split("/")[0].encode()).hexdigest(), 16) % 2]
        for seed in range(SEEDS):
            for name, left, right in _variants(sample, place + 1000 * seed):
                count = _counted(left, right)
                counts[name, half] += count
                counts[name, "both halves"] += count
    for (name, half), count in sorted(counts.items()):
        print(f"{name:17} {half:12}", _figures(count))
    return 0


def _variants(sample: dict[str, Rows], seed: int) -> Iterator[tuple[str, Rows, Rows]]:
    chance, mixed = random.Random(seed), [*sample["zh"]]
    yield "ordered", sample["en"], sample["zh"]
    yield "missing", _thinned(sample["en"], chance), _thinned(sample["zh"], chance)
    chance.shuffle(mixed)
    yield "shuffled", sample["en"], mixed
    left, right = _thinned(sample["en"], chance), _thinned(sample["zh"], chance)
    chance.shuffle(right)
    yield "shuffled+missing", left, right


def _thinned(rows: Rows, chance: random.Random) -> Rows:
    return [row for row in rows if chance.random() > MISSING] or [*rows]


def _counted(left: Rows, right: Rows) -> Counter[str]:
    place = {key: j for j, (key, _) in enumerate(right)}
    gold = {(i, place[key]) for i, (key, _) in enumerate(left) if key in place}
    pairs = align_lists([title for _, title in left], [title for _, title in right]).pairs
    found = {(pair.left, pair.right) for pair in pairs}
    sure = {(pair.left, pair.right) for pair in pairs if pair.tier == "accept"}
    return Counter(gold=len(gold), found=len(found), hit=len(found & gold), sure=len(sure), right=len(sure & gold))


def _figures(count: Counter[str]) -> str:
    f1 = 2 * count["hit"] / (count["found"] + count["gold"])
    precision, share = count["right"] / max(1, count["sure"]), count["right"] / count["gold"]
    return f"F1 {f1:.3f}  accept P {precision:.4f}  accept share {share:.3f}  accepted {count['sure']}"


if __name__ == "__main__":
    sys.exit(main())
