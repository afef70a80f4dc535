"""Prints proposals of `bilect terms mine` for a person to judge: a sample with a fixed seed, each with an example.

python benchmarks/terms.py CATALOG_OR_PAGE… [--size 50] [--seed 2024] [--min 0]
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from pipeline.align.termcorpus import Translated
from pipeline.align.termmining import mined
from pipeline.catalogs.po import read_catalog
from pipeline.extractors.page import read_page
from pipeline.text.lexicon import shared_lexicon


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--size", type=int, default=50)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--min", type=float, default=0.0)
    asked = parser.parse_args()
    pages, messages = [], []
    for path in asked.paths:
        if path.suffix == ".po":
            catalog = read_catalog(path.read_bytes(), path.name)
            messages += [
                Translated(f"{path.name}:{message.linenum}", message.msgid, message.msgstr)
                for message in catalog
                if message.msgstr and not message.fuzzy and not message.obsolete
            ]
        else:
            pages.append(read_page(path.read_bytes(), path.name))
    found = [each for each in mined(pages, messages, shared_lexicon()) if each.score >= asked.min]
    sample = random.Random(asked.seed).sample(found, min(asked.size, len(found)))
    print(f"{len(found)} proposals from {len(pages)} pages and {len(messages)} messages; {len(sample)} of them:")
    for each in sorted(sample, key=lambda proposal: -proposal.score):
        place, source, target = each.examples[0]
        print(f"{each.score:.2f}  {each.en}  {each.zh}    {place}  {source[:50]!r}  {target[:40]!r}")


if __name__ == "__main__":
    main()
