"""Prints what a memory of 100,000 pairs costs: import, look-ups, 1,000 messages filled, its file and the process.

The pairs are the messages of catalogs, changed at random but always alike; the catalogs are those of
../shared/data/catalogs, or, where these are missing, those of locales.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import polib

from pipeline.catalogs.memory import Memory, opened
from pipeline.catalogs.po import new_catalog, read_catalog
from pipeline.catalogs.suggestions import Wanted, suggestions
from pipeline.project.bare import named_file
from pipeline.project.memory import Filled, filled, remembered

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data" / "catalogs"
PAIRS, QUERIES, MESSAGES = 100_000, 1_000, 1_000
Pair = tuple[str, str]


def real_pairs(folder: Path) -> list[Pair]:
    """The translated messages of the catalogs in a folder, each once."""
    found: dict[Pair, None] = {}
    for path in sorted(folder.rglob("*.po")):
        catalog = read_catalog(path.read_bytes(), path.name)
        if catalog.metadata.get("Language", "").startswith("zh"):
            found.update(dict.fromkeys((each.msgid, each.msgstr) for each in catalog if each.msgid and each.msgstr))
    return list(found)


def changed(text: str, words: Sequence[str], chance: random.Random) -> str:
    """The text with one word in five replaced, added or left out."""
    parts = text.split(" ")
    for _ in range(1 + len(parts) // 5):
        place, kind = chance.randrange(len(parts)), chance.random()
        if kind < 0.4:
            parts[place] = chance.choice(words)
        elif kind < 0.7:
            parts.insert(place, chance.choice(words))
        elif len(parts) > 1:
            del parts[place]
    return " ".join(parts)


def many_pairs(pairs: Sequence[Pair], count: int) -> list[Pair]:
    """The pairs, and variants of them up to a number; the same in every run."""
    chance = random.Random(1)
    words = sorted({word for source, _ in pairs for word in source.split() if word.isalpha()})
    found = dict.fromkeys(pairs[:count])
    while len(found) < count:
        source, target = chance.choice(pairs)
        place = chance.randrange(len(target))
        other = chance.choice(pairs)[1][:4]
        found[changed(source, words, chance), target[:place] + other + target[place + 1 :]] = None
    return list(found)


def table_of(pairs: Sequence[Pair], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, "excel-tab").writerows(pairs)
    return path


class Spent(NamedTuple):
    """Seconds on the clock, and seconds of one core: other work on the machine makes the first longer."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.cpu:.2f} s of a core)"


def spent(task: Callable[[], object]) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    task()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def lookups(memory: Memory, texts: Sequence[str], wanted: Wanted) -> str:
    """Median and 99th percentile of one look-up, after some to warm up, on the clock and of a core."""
    for text in texts[:50]:
        suggestions(memory, text, wanted)
    times = [spent(lambda text=text: suggestions(memory, text, wanted)) for text in texts]
    walls, cpus = (sorted(1000 * each for each in side) for side in zip(*times, strict=True))
    figures = (median(walls), quantiles(walls, n=100)[98], median(cpus), quantiles(cpus, n=100)[98])
    return "".join(f"{figure:9.2f}" for figure in figures)


def queries(pairs: Sequence[Pair]) -> Iterator[tuple[str, Sequence[str], Wanted]]:
    chance = random.Random(2)
    words = sorted({word for source, _ in pairs for word in source.split() if word.isalpha()})
    sample = [chance.choice(pairs) for _ in range(QUERIES)]
    to_fill, to_find = Wanted("en", "zh_CN", 75), Wanted(contains=True)
    yield "a message, to fill it", [changed(source, words, chance) for source, _ in sample], to_fill
    yield "the same text", [source for source, _ in sample], to_fill
    yield "an English word", [chance.choice(words) for _ in sample], to_find
    for length in (1, 2, 4):
        starts = [(text, chance.randrange(max(1, len(text) - length))) for _, text in sample]
        parts = (text[start : start + length] for text, start in starts)
        yield f"{length} of its characters", [part for part in parts if part.strip()], to_find


def untranslated(pairs: Sequence[Pair], count: int) -> polib.POFile:
    chance = random.Random(3)
    words = sorted({word for source, _ in pairs for word in source.split() if word.isalpha()})
    catalog = new_catalog("zh_CN", "benchmark 1.0", "2025-01-01 00:00+0000")
    texts = dict.fromkeys(changed(chance.choice(pairs)[0], words, chance) for _ in range(2 * count))
    catalog.extend(polib.POEntry(msgid=text, msgstr="", encoding="utf-8") for text in list(texts)[:count])
    return catalog


def peak() -> float:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    folder = SHARED if SHARED.is_dir() else ROOT / "locales"
    real = real_pairs(folder)
    pairs = many_pairs(real, PAIRS)
    print(f"{len(pairs):,} pairs, of {len(real):,} in {'../shared/data/catalogs' if folder == SHARED else 'locales'}.")
    with tempfile.TemporaryDirectory() as home:
        table = table_of(pairs, Path(home, "pairs.tsv"))
        path = Path(home, "memory.sqlite")
        memory = opened(path)
        before = peak()
        took = spent(lambda: remembered(memory, named_file(str(table), None)))
        table_size, size = (file.stat().st_size / (1 << 20) for file in (table, path))
        print(f"imported from a table of {table_size:.0f} MiB: {took}, {peak() - before:.0f} MiB of memory")
        print(f"its file: {size:.0f} MiB")
        memory.close()
        memory = opened(path)
        print(
            "\none look-up, ms              median      99 %   median      99 %\n"
            + " " * 28
            + "on the clock       of a core"
        )
        for name, texts, wanted in queries(real):
            print(f"  {name:24}{lookups(memory, texts, wanted)}")
        catalog = untranslated(real, MESSAGES)
        results: list[Filled] = []
        took = spent(lambda: results.append(filled(catalog, memory)))
        said = results[0].fill
        print(
            f"\n{len(catalog):,} messages filled: {took}; {said.final + said.fuzzy} have a translation, {said.noted} a note"
        )
        memory.close()


if __name__ == "__main__":
    main()
