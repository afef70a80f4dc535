"""Prints what a catalog of 210 MB costs each command that reads one."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from _corpus import ROOT, WORK
from _measure import Command, cost_of

CATALOG = ROOT.parent / "shared" / "data" / "catalogs" / "merge_10k.po"
FOLDER = WORK / "large"
EACH_CHANGED = 100  # one message in so many
COMMANDS = {
    "bilect merge": ("merge", "old.po", "new.pot", "-o", "merged.po"),
    "bilect check": ("check", "old.po", "-o", "report.txt", "--fail-on", "never"),
    "bilect stats": ("stats", "old.po"),
    "bilect memory import": ("memory", "import", "old.po", "--memory", "memory.sqlite"),
    "git's merge driver": ("git", "merge-driver", "old.po", "ours.po", "theirs.po"),
    "merge, cut off": ("merge", "cut.po", "new.pot", "-o", "merged.po"),
    "merge, not text": ("merge", "noise.po", "new.pot", "-o", "merged.po"),
}


def entries() -> Iterator[str]:
    """Yield real messages again and again, each with its number behind both texts."""
    blocks = CATALOG.read_text("utf-8").split("\n\n")[1:]
    usual = [block.rstrip() for block in blocks if "\nmsgid_plural" not in block and "#~" not in block]
    for number in count():
        block = usual[number % len(usual)]
        yield block.replace('"\nmsgstr', f' {number}"\nmsgstr', 1)[:-1] + f' {number}"\n'


def write_files(size: int) -> int:
    """Write the catalog of that many bytes, its template, two sides of a merge and two broken files; count the messages."""
    head = CATALOG.read_text("utf-8").partition("\n\n")[0] + "\n"
    made, messages = 0, 0
    with (
        (FOLDER / "old.po").open("w", encoding="utf-8") as old,
        (FOLDER / "new.pot").open("w", encoding="utf-8") as new,
    ):
        old.write(head)
        new.write(head)
        for entry in entries():
            if made >= size:
                break
            made, messages = made + old.write(f"\n{entry}"), messages + 1
            source = entry.partition("\nmsgstr ")[0]
            new.write(f'\n{source[:-1] + " anew" + chr(34) if messages % EACH_CHANGED == 0 else source}\nmsgstr ""\n')
            made += len(entry.encode()) - len(entry)
    data = (FOLDER / "old.po").read_bytes()
    (FOLDER / "ours.po").write_bytes(data + b'\nmsgid "ours"\nmsgstr ""\n')
    (FOLDER / "theirs.po").write_bytes(data + b'\nmsgid "theirs"\nmsgstr ""\n')
    (FOLDER / "cut.po").write_bytes(data[:-3])
    (FOLDER / "noise.po").write_bytes(bytes(byte ^ 0xA5 for byte in data[: 1 << 20]) * (len(data) >> 20))
    return messages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=210, help="size of the catalog (210)")
    size = parser.parse_args().megabytes * 1_000_000
    if not CATALOG.is_file():
        sys.exit(f"there is no {CATALOG}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    messages = write_files(size)
    print(f"{messages:,} messages, {(FOLDER / 'old.po').stat().st_size / 1e6:.0f} MB:\n")
    print(f"{'':22}{'wall s':>8}{'cpu s':>8}{'peak MiB':>10}")
    for name, arguments in COMMANDS.items():
        program = (sys.executable, "-m", "pipeline", *arguments)
        cost = cost_of(Command(program, FOLDER, {"PYTHONPATH": str(Path(ROOT))}))
        print(f"{name:22}{cost.wall:8.1f}{cost.cpu:8.1f}{cost.peak:10.0f}  {cost.trouble[:110]}", flush=True)
    shutil.rmtree(FOLDER)


if __name__ == "__main__":
    main()
