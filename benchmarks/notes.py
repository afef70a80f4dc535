"""Prints how many links between the blocks of long lecture notes are right, with and without the gold's large beads.

    python benchmarks/notes.py [PAGES.json]

A bead that takes several blocks with several stands for a link of each with each, though its blocks translate each other
one by one: the second line leaves out the links within such beads, in the gold and in what is found. Then it prints each
link that only one of the two has. Without an argument the pages in ../shared/data, which are no part of the project; says
so where they are absent.
"""

from __future__ import annotations

import json
import sys
from itertools import product
from pathlib import Path

from pipeline import align_blocks

PAGES = Path(__file__).parents[2] / "shared" / "data" / "gold" / "page_pairs_same_structure.json"
_SHOWN = 50

Link = tuple[str, int, int]


def main() -> int:
    """Print the figures and the links."""
    path = Path(sys.argv[1]) if len(sys.argv) == 2 else PAGES
    if not path.is_file():
        print(f"nothing to measure: {path} is absent")
        return 0
    pages = [page for page in json.loads(path.read_text(encoding="utf-8")) if page["id"].startswith("nyu")]
    texts = {page["id"]: (page["en"], page["zh"]) for page in pages}
    gold, large, found = set[Link](), set[Link](), set[Link]()
    for page in pages:
        for lefts, rights in page["gold"]:
            links = {(page["id"], i, j) for i, j in product(lefts, rights)}
            gold |= links
            large |= links if min(len(lefts), len(rights)) > 1 else set()
        for pair in align_blocks(*texts[page["id"]]).pairs:
            found |= {(page["id"], i, j) for i, j in product(pair.left, pair.right)}
    print("all links                ", _figures(found, gold))
    print("without those large beads", _figures(found - large, gold - large))
    for name, i, j in sorted((found ^ gold) - large):
        side = "found" if (name, i, j) in found else "gold"
        print(f"only {side:5} {name} {i}:{j}  {texts[name][0][i][:_SHOWN]!r}  {texts[name][1][j][:_SHOWN]!r}")
    return 0


def _figures(found: set[Link], gold: set[Link]) -> str:
    hit = len(found & gold)
    precision, recall = hit / max(1, len(found)), hit / max(1, len(gold))
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * hit / (len(found) + len(gold)):.3f}  ({len(gold)} links)"


if __name__ == "__main__":
    sys.exit(main())
