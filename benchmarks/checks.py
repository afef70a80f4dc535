"""Prints what `bilect check` costs on catalogs of 10,000 and 78,000 messages, with all rules, beside other checkers."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from itertools import islice
from multiprocessing import Process
from pathlib import Path

from _corpus import ROOT, WORK
from _measure import Command, costs_of, middle
from _peers import PREFIX, LeftOutError, venv
from catalogs import messages

from pipeline.catalogs.header import new_metadata
from pipeline.catalogs.po import PAGE_WIDTH, Catalog, formatted

SIZES = (10_000, 78_000)
PEERS = {
    "msgfmt -c": ["msgfmt", "-c", "-o", os.devnull, "{po}"],
    "i18nspector": ["i18nspector", "{po}"],
    "l10n-lint": ["{peers}/l10n-lint/bin/l10n-lint", "{po}"],
    "pofilter": ["{peers}/pofilter/bin/pofilter", "--language=zh_CN", "{po}", "{po}.out"],
}
PACKAGES = {"l10n-lint": "l10n-lint", "pofilter": "translate-toolkit"}


def catalog_of(size: int) -> Path:
    """Where the catalog of so many messages stands, none of them twice."""
    return WORK / f"checked-{size}.po"


def make_catalogs() -> None:
    """Write the catalogs that are checked."""
    WORK.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        catalog = Catalog()
        catalog.metadata = new_metadata("zh_CN", "benchmark 1.0", "2025-01-31 18:00+0000")
        catalog.extend(islice((message for message in messages() if message.msgstr and not message.fuzzy), size))
        catalog_of(size).write_bytes(formatted(catalog, PAGE_WIDTH))


def commands(po: Path) -> dict[str, Command]:
    """Every checker that is here or can be brought here; the others are named."""
    ours = [sys.executable, "-m", "pipeline", "check", str(po), "--format", "concise", "--fail-on", "never"]
    found = {"bilect check": Command(ours, Path(WORK.anchor), {"PYTHONPATH": str(ROOT)})}
    for name, arguments in PEERS.items():
        try:
            if name in PACKAGES:
                venv(name, PACKAGES[name])()
        except LeftOutError as error:
            print(f"left out: {name}: {error}")
            continue
        filled = [argument.format(po=po, peers=PREFIX) for argument in arguments]
        if shutil.which(filled[0]):
            found[name] = Command(filled, WORK)
        else:
            print(f"left out: {name}: not installed")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each program (%(default)s)")
    parser.add_argument("--only", default="", help="names of programs besides bilect, with commas between them")
    options = parser.parse_args()
    # in a process of its own: what this one holds would count as memory of those that it starts
    maker = Process(target=make_catalogs)
    maker.start()
    maker.join()
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"Median of {options.rounds} runs of the whole process, on {machine}.")
    for size in SIZES:
        print(f"\n{size:,} messages:\n\n{'':20}{'wall s':>8}{'cpu s':>8}{'peak MiB':>10}")
        for name, command in commands(catalog_of(size)).items():
            if name == "bilect check" or not options.only or name in options.only.split(","):
                cost = middle(costs_of(command, options.rounds))
                print(f"{name:20}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.peak:10.0f}")


if __name__ == "__main__":
    main()
