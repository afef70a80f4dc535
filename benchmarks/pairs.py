"""Prints what the rules on page pairs find on pages in two languages as they are, and how many of the faults put into them.

    python benchmarks/pairs.py [GOLD.json ...] [--rounds N] [--show] [--sample N]

Without arguments the pairs in ../shared/data, which are no part of the project; says so where they are absent. A pair is
written as Markdown from its blocks, and its first list as a table in a second version, since no pair has tables. Each
round (2) puts each fault once into each Chinese page that can have it, with seeds 0 … N-1. A fault is found where a rule
that may tell it has a finding that the pair did not have before. ``--show`` prints the faults that are not found,
``--sample`` findings of the pages as they are, for somebody to judge.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pipeline.extractors.page import read_page
from pipeline.model import Finding
from pipeline.text.markup import SYNTAX
from pipeline.validator.base import findings
from pipeline.validator.page_pairs import PagePair

DATA = Path(__file__).parents[2] / "shared" / "data" / "gold"
MARKS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- "}
_PLACES = re.compile(r"\S+:\d+|\b\d+ (?:rows|headings|list items?)")

Gold = Mapping[str, list[str]]
Change = Callable[[str, str, random.Random], str | None]  # of a page beside its source


def pages_of(gold: Gold, as_table: bool) -> tuple[str, str]:
    """The Markdown of both pages of a pair; with its first list as a table where that is wanted."""
    types = {"en": gold.get("types", []), "zh": gold.get("types_zh", gold.get("types", []))}
    return _page(gold["en"], types["en"], as_table), _page(gold["zh"], types["zh"], as_table)


def _page(blocks: list[str], types: list[str], as_table: bool) -> str:
    lines: list[str] = []
    before = ""
    is_first = as_table
    for block, kind in zip(blocks, types or [""] * len(blocks), strict=True):
        if before == "li" != kind and is_first:
            is_first = False
        if kind == "li" and is_first:
            lines += ["", "| n | text |", "| - | ---- |"] if before != "li" else []
            lines.append(f"| {sum(line.startswith('| ') for line in lines)} | {_cell(block)} |")
        else:
            lines += [] if kind == before == "li" else [""]
            lines.append(MARKS.get(kind, "") + block)
        before = kind
    return "\n".join(lines).strip() + "\n"


def _cell(block: str) -> str:
    return " ".join(block.replace("|", "/").split())


def drop_heading(page: str, _source: str, rnd: random.Random) -> str | None:
    """A heading is missing."""
    return _without(page, re.compile(r"^#{1,6} .*\n", re.MULTILINE), rnd)


def drop_item(page: str, _source: str, rnd: random.Random) -> str | None:
    """An item of a list is missing."""
    return _without(page, re.compile(r"^- .*\n", re.MULTILINE), rnd)


def drop_row(page: str, _source: str, rnd: random.Random) -> str | None:
    """A row of a table is missing."""
    return _without(page, re.compile(r"^\| \d+ \|.*\n", re.MULTILINE), rnd)


def _without(page: str, pattern: re.Pattern[str], rnd: random.Random) -> str | None:
    found = list(pattern.finditer(page))
    if not found:
        return None
    start, end = rnd.choice(found).span()
    return page[:start] + page[end:]


def drop_link(page: str, source: str, rnd: random.Random) -> str | None:
    """A link of both pages has lost its address."""  # one that the source lacks is no fault when it goes
    links = re.finditer(r"(?<!!)\[([^\[\]\n]+)\]\((https?://[^()\s]+)\)", page)
    found = [link for link in links if link[2] in source]
    if not found:
        return None
    link = rnd.choice(found)
    return page[: link.start()] + link[1] + page[link.end() :]


def change_number(page: str, _source: str, rnd: random.Random) -> str | None:
    """A number of a sentence is another one."""
    shown = SYNTAX.sub(lambda match: " " * len(match[0]), page)
    found = list(re.finditer(r"(?<![\w.\-/|])(?<!\| )\d+(?![\w.\-/|])(?! \|)", shown))
    if not found:
        return None
    number = rnd.choice(found)
    return page[: number.start()] + str(int(number[0]) + rnd.choice((7, 13, 110))) + page[number.end() :]


FAULTS: Mapping[Change, tuple[bool, frozenset[str]]] = {
    drop_heading: (False, frozenset({"heading-missing"})),
    drop_item: (False, frozenset({"list-length"})),
    drop_row: (True, frozenset({"table-shape", "table-missing"})),
    drop_link: (False, frozenset({"link-mismatch", "video-mismatch"})),
    change_number: (False, frozenset({"number-differs"})),
}


def found_in(en: str, zh: str) -> list[Finding]:
    """What the rules say of two pages."""
    return list(findings(PagePair(read_page(en.encode(), "page.en.md"), read_page(zh.encode(), "page.zh.md"))))


def _told(en: str, zh: str, names: frozenset[str]) -> Counter[str]:
    return Counter(f"{each.name} {_PLACES.sub('', each.message)}" for each in found_in(en, zh) if each.name in names)


def faults(pairs: list[Gold], rounds: int, show: bool) -> Iterator[str]:
    """The lines of the table of faults."""
    yield f"{'fault':<42}{'put in':>8}{'found':>8}{'share':>8}"
    for change, (as_table, names) in FAULTS.items():
        put = found = 0
        missed = []
        for number, gold in enumerate(pairs):
            en, zh = pages_of(gold, as_table)
            before = _told(en, zh, names)
            for seed in range(rounds):
                changed = change(zh, en, random.Random(f"{seed} {number}"))
                if changed is None or changed == zh:
                    continue
                put += 1
                if _told(en, changed, names) - before:
                    found += 1
                else:
                    missed.append(f"    not found, pair {number}, seed {seed}: {_difference(zh, changed)}")
        yield f"{change.__doc__ or '':<42}{put:>8}{found:>8}{found / put if put else 0:>8.3f}"
        yield from missed if show else ()


def _difference(before: str, after: str) -> str:
    lost = set(before.splitlines()) - set(after.splitlines())
    return " / ".join(line[:120] for line in lost)


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    options = parser.parse_args()
    paths = options.gold or sorted(DATA.glob("page_pairs_*.json"))
    read = [gold for path in paths if path.is_file() for gold in json.loads(path.read_text(encoding="utf-8"))]
    pairs = [gold for gold in read if gold.get("types")]
    if not pairs:
        print(f"nothing to measure: {DATA} is absent")
        return 0
    found = [(number, each) for number, gold in enumerate(pairs) for each in found_in(*pages_of(gold, as_table=False))]
    print(f"{len(pairs)} pairs as they are: {len(found)} findings")
    counts = Counter((each.code, each.name, each.severity) for _, each in found)
    print(*(f"{' '.join(kind):<42}{count:>8}" for kind, count in sorted(counts.items())), "", sep="\n")
    for number, each in random.Random(0).sample(found, min(options.sample, len(found))):
        print(f"pair {number}, line {each.line}: {each.severity} {each.name}: {each.message}")
        print(f"    {each.source[:300]!r}\n    {each.target[:300]!r}")
    print(*faults(pairs, options.rounds, options.show), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
