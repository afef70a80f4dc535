"""Prints how much of a catalog is filled from a page that is its translation, and how much of that is right.

    python benchmarks/prefill.py [FOLDER]

FOLDER holds page_pairs_natural.json and page_pairs_same_structure.json: page pairs whose blocks were aligned by hand or
by their structure. A translation is right where both blocks belong together and neither to a further one. Without an
argument the pages in ../shared/data, which are no part of the project; says so where they are absent.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from pipeline.align.pagefill import filled_from_pages
from pipeline.extractors.page import read_page
from pipeline.model import Page

GOLD = Path(__file__).parents[2] / "shared" / "data" / "gold"
FILES = ("page_pairs_natural.json", "page_pairs_same_structure.json")
MARKS = {"li": "- ", **{f"h{level}": "#" * level + " " for level in range(1, 7)}}


class Side(NamedTuple):
    """A page made of the blocks of a gold list, and the block that each line is of."""

    page: Page
    owners: list[int]


def main() -> int:
    """Print the figures."""
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else GOLD
    samples = [
        sample
        for name in FILES
        if (folder / name).is_file()
        for sample in json.loads((folder / name).read_text(encoding="utf-8"))
    ]
    if not samples:
        print(f"nothing to measure: {folder} is absent")
        return 0
    groups: dict[str, list[dict[str, object]]] = {}
    for sample in samples:
        groups.setdefault(str(sample["id"]).split("/", 1)[0], []).append(sample)
    for name, group in groups.items():
        started = time.perf_counter()
        counts = sum((_counts(sample) for sample in group), Counter[str]())
        shown = (f"{word} {counts[word] / counts['messages']:.3f}" for word in ("accept", "fuzzy", "noted"))
        right = (f"{word} P {counts[f'{word} right'] / max(1, counts[word]):.3f}" for word in ("accept", "fuzzy"))
        spent = (time.perf_counter() - started) / len(group)
        print(f"{name:14} {len(group):3} pages  {'  '.join([*shown, *right])}  {spent * 1000:.0f} ms a page")
    return 0


def _counts(sample: dict[str, object]) -> Counter[str]:
    kinds = sample.get("types")
    en, zh = (
        _side(sample[name], sample.get(own) or kinds, f"x.{name}.md") for name, own in (("en", ""), ("zh", "types_zh"))
    )
    gold = {i: (lefts, rights) for lefts, rights in _links(sample) for i in lefts}
    counts = Counter(messages=len(en.page.units))
    for each in filled_from_pages(en.page, zh.page).counterparts:
        word = "noted" if not each.text else "accept" if each.tier == "accept" else "fuzzy"
        pair = [en.owners[each.unit.line - 1]], [zh.owners[each.line - 1]]
        counts[word] += 1
        counts[f"{word} right"] += gold.get(pair[0][0]) == pair
    return counts


def _links(sample: dict[str, object]) -> list[tuple[list[int], list[int]]]:
    found = sample["gold"]
    assert isinstance(found, list)
    return [(lefts, rights) for lefts, rights in found]


def _side(blocks: object, kinds: object, name: str) -> Side:
    assert isinstance(blocks, list)
    kinds = kinds if isinstance(kinds, list) else ["p"] * len(blocks)
    lines: list[str] = []
    owners: list[int] = []
    for place, (text, kind) in enumerate(zip(blocks, kinds, strict=False)):
        marked = text if text.startswith(("#", "- ", "* ")) else MARKS.get(kind, "") + text
        own = [*marked.split("\n"), ""]
        lines += own
        owners += [place] * len(own)
    return Side(read_page("\n".join(lines).encode(), name), owners)


if __name__ == "__main__":
    sys.exit(main())
