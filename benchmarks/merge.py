"""Prints what `bilect merge` makes of changed templates, and how long it takes, against msgmerge."""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from _corpus import ROOT, WORK
from _measure import Command, cost_of, middle

from pipeline.catalogs.po import Catalog, catalog_bytes, new_catalog, read_catalog, template_bytes
from pipeline.model import Message

CATALOGS = ROOT.parent / "shared" / "data" / "catalogs"
FOLDER = WORK / "merge"
DATE = "2026-01-01 00:00+0000"
MESSAGES, CHANGED, BRAND_NEW = 62_565, 2_711, 623
VERDICTS = ("changed", "right", "wrong", "missed", "lost", "brand new", "of these filled")
WORD = re.compile(r"[a-z]{3,}")


@dataclass
class Task:
    """A catalog, a template, and the file that says which old text each changed one comes from."""

    name: str
    catalog: Path
    template: Path
    gold: Path


def small_task() -> Task:
    """10,000 messages of the Python documentation, 421 of them changed."""
    return Task("10,000 messages", *(CATALOGS / f"merge_10k.{kind}" for kind in ("po", "pot", "json")))


def large_task() -> Task:
    """The same documentation again and again, each time with its words exchanged for others of the same length."""
    rng = random.Random(20260101)
    base = read_catalog((CATALOGS / "merge_10k.po").read_bytes())
    old = dict(_copies(base, rng))
    rust = read_catalog((CATALOGS / "comprehensive-rust.zh_CN.po").read_bytes())
    new = [message.msgid for message in rust if message.msgid not in old and len(message.msgid) > 20][:BRAND_NEW]
    texts = list(old)
    origins: dict[str, str] = {}
    while len(origins) < CHANGED:
        text = rng.choice(texts)
        made = changed(text, rng)
        is_new = made not in old and made not in origins and made.split() != text.split()
        if is_new and text not in origins.values():
            origins[made] = text
    became = {text: made for made, text in origins.items()}
    wanted = [became.get(text, text) for text in texts]
    for text in new:
        wanted.insert(rng.randrange(len(wanted)), text)
    catalog = new_catalog("zh_CN", "large 1", DATE)
    catalog.extend(read_catalog(template(texts, 1)))
    for message in catalog:
        message.msgstr = old[message.msgid]
    (FOLDER / "large.po").write_bytes(catalog_bytes(catalog))
    (FOLDER / "large.pot").write_bytes(template(wanted, 2))
    (FOLDER / "large.json").write_text(json.dumps({"old": old, "changed": origins}), "utf-8")
    return Task(f"{MESSAGES:,} messages", *(FOLDER / f"large.{kind}" for kind in ("po", "pot", "json")))


def template(texts: Sequence[str], step: int) -> bytes:
    """A template of the texts, at lines that are ``step`` apart."""
    messages = [Message(text, None, (("a.rst", step * number),)) for number, text in enumerate(texts)]
    return template_bytes(messages, project="large 1", date=DATE)


def _copies(base: Catalog, rng: random.Random) -> Iterator[tuple[str, str]]:
    words: dict[int, list[str]] = defaultdict(list)
    for word in sorted({word for message in base for word in WORD.findall(message.msgid)}):
        words[len(word)].append(word)
    known: set[str] = set()
    for copy in range(100):
        other: dict[str, str] = {}
        for alike in words.values():
            other |= zip(alike, rng.sample(alike, len(alike)) if copy else alike, strict=True)
        for message in base:
            text = WORD.sub(lambda match, other=other: other[match[0]], message.msgid)
            if text not in known:
                known.add(text)
                yield text, f"{message.msgstr}（{copy}）"
                if len(known) == MESSAGES:
                    return


def changed(text: str, rng: random.Random) -> str:
    """The text with a word dropped, added or replaced, or another end."""
    words = text.split(" ")
    place = rng.randrange(len(words))
    match rng.randrange(4):
        case 0 if len(words) > 4:
            del words[place]
        case 1:
            words.insert(place, rng.choice(("usually", "also", "only")))
        case 2 if len(words) > 4:
            words[place] = rng.choice(("the", "another", "this"))
        case _:
            return text[:-1] + "!" if text[-1] in ".:" else text + "s"
    return " ".join(words)


def judged(task: Task, merged: Path) -> str:
    """What became of the changed messages and of the brand-new ones."""
    gold = json.loads(task.gold.read_text("utf-8"))
    old, origins = gold["old"], gold["changed"]
    count: Counter[str] = Counter(changed=len(origins))
    for message in read_catalog(merged.read_bytes()):
        if message.obsolete:
            continue
        text, translation = message.msgid, message.msgstr
        if text in origins:
            right = translation == old[origins[text]]
            count["right" if right and message.fuzzy else "wrong" if translation else "missed"] += 1
        elif text in old:
            count["lost"] += translation != old[text] or message.fuzzy
        else:
            count["brand new"] += 1
            count["of these filled"] += bool(translation)
    return ", ".join(f"{count[name]:,} {name}" for name in VERDICTS)


def commands(task: Task, out: Path, with_fuzzy: bool) -> Iterator[tuple[str, Command]]:
    """What is measured: bilect, and msgmerge where it is installed."""
    files = [str(task.catalog), str(task.template), "-o", str(out)]
    yield "bilect merge", Command([sys.executable, "-m", "pipeline", "merge", *files], ROOT)
    if shutil.which("msgmerge"):
        yield "msgmerge -N", Command(["msgmerge", "-q", "--no-fuzzy-matching", *files], ROOT)
        if with_fuzzy:
            yield "msgmerge", Command(["msgmerge", "-q", "--previous", *files], ROOT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each program (%(default)s)")
    parser.add_argument("--fuzzy", action="store_true", help="also msgmerge's own matching, half a minute for 10,000")
    options = parser.parse_args()
    if not CATALOGS.is_dir():
        print("left out: ../shared/data/catalogs is not there")
        return
    print(f"Median of {options.rounds} whole processes, {os.cpu_count()} cores, Python {platform.python_version()}.")
    # what is heavy is done in another process: the system counts the memory of this one for those that it starts
    with ProcessPoolExecutor(1, get_context("spawn")) as aside:
        FOLDER.mkdir(parents=True, exist_ok=True)
        out = FOLDER / "out.po"
        for task in (aside.submit(small_task).result(), aside.submit(large_task).result()):
            print(f"\n{task.name}:\n{'':14}{'wall s':>8}{'cpu s':>8}{'peak MiB':>10}")
            for name, command in commands(task, out, options.fuzzy and task.gold.parent == CATALOGS):
                cost = middle([cost_of(command) for _ in range(1 if name == "msgmerge" else options.rounds)])
                verdict = cost.trouble or aside.submit(judged, task, out).result()
                print(f"{name:14}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.peak:10.0f}  {verdict}")


if __name__ == "__main__":
    main()
