"""Prints for each page of a folder what its outline finds, against a list that a script made: topics and lectures;
then what the rules on outlines find on these pages, and how many of the mismatches that are put into them.

    python benchmarks/outlines.py [PAGES LISTS.json] [--rounds N] [--show]

Without arguments the pages in ../shared/data, which are no part of the project; says so where they are absent. Two lists
agree where each text of one is that of the other but for spacing, width and case; the marks ``****``, which the script
left in some texts, do not count. Mismatches are put in N times (2), with seeds 0 … N-1; ``--show`` prints those that
are not found.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from _mismatches import report

from pipeline.extractors.outline import outline
from pipeline.extractors.page import read_page
from pipeline.text.script import folded

DATA = Path(__file__).parents[2] / "shared" / "data"
Pairs = Sequence[Sequence[str]]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="?", type=Path, default=DATA / "showmeai_pages")
    parser.add_argument("lists", nargs="?", type=Path, default=DATA / "gold" / "showmeai_lists.json")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    pages, lists = options.pages, options.lists
    if not pages.is_dir() or not lists.is_file():
        print(f"nothing to measure: {pages} or {lists} is absent")
        return 0
    expected: Mapping[str, Mapping[str, Pairs]] = {
        page["file"]: page for page in json.loads(lists.read_text(encoding="utf-8"))
    }
    print(f"{'page':<44}{'topics':>13}{'lectures':>15}{'claims':>9}  codes")
    for path in sorted(pages.glob("*.md")):
        found = outline(read_page(path.read_bytes(), path.name))
        listed = expected.get(path.name, {})
        topics = [[topic.texts.get("en", ""), topic.texts.get("zh", "")] for topic in found.topics]
        lectures = [[lecture.label, next(iter(lecture.texts.values()))] for lecture in found.lectures]
        columns = (_compared(listed.get("topics", ()), topics), _compared(listed.get("lectures", ()), lectures))
        print(f"{path.stem:<44}{columns[0]:>13}{columns[1]:>15}{len(found.claims):>9}  {', '.join(found.codes)}")
    texts = {path.name: read_page(path.read_bytes(), path.name).text for path in sorted(pages.glob("*.md"))}
    print(*("", *report(texts, options.rounds, options.show)), sep="\n")
    return 0


def _compared(expected: Pairs, found: Pairs) -> str:
    """How many the list has, how many were found, and whether they are the same."""
    same = [[folded(text.replace("****", "")) for text in pair] for pair in expected] == [
        [folded(text) for text in pair] for pair in found
    ]
    return f"{len(expected)} {len(found)} {'same' if same else '≠'}"


if __name__ == "__main__":
    sys.exit(main())
