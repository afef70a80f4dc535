"""Prints how long `bilect extract` takes for 1,000 pages, against every other program that can be installed here."""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from _corpus import ROOT, WORK, Corpus, corpus
from _measure import Command, Cost, cost_of, middle
from _peers import PEERS, LeftOutError, Peer

_MESSAGE = re.compile(rb'^msgid "(?:[^"\n]|"\r?\n")', re.MULTILINE)
# Where all programs write: a disk would be measured too, and ext4 takes many times as long for a new file while files
# that were removed a minute ago are on its mind.
_MEMORY = Path("/dev/shm")
_SIZES = (250, 500, 1000, 2000)


@dataclass
class Measured:
    """The runs of one program, and what it made: ``doubt`` says where that is not what it should be."""

    peer: Peer
    costs: list[Cost] = field(default_factory=list)
    files: int = 0
    messages: int = 0
    doubt: str = ""


def ours(*options: str) -> Peer:
    """bilect, as a user starts it."""

    def command(pages: Corpus, out: Path) -> Command:
        arguments = [sys.executable, "-m", "pipeline", "extract", str(pages.folder), "-o", str(out), "-q", *options]
        # outside the project, as the pages are
        return Command(arguments, Path(WORK.anchor), {"PYTHONPATH": str(ROOT)})

    return Peer(" ".join(("bilect extract", *options)), lambda: None, command)


def installed(peers: Sequence[Peer]) -> list[Peer]:
    """The peers that are here or can be brought here; the others are named."""
    found = []
    for peer in peers:
        try:
            peer.install()
            found.append(peer)
        except LeftOutError as error:
            print(f"left out: {peer.name}: {error}")
    return found


def measured(peers: Sequence[Peer], pages: Corpus, rounds: int) -> list[Measured]:
    """The costs of all peers on the same pages, in turn, so that a busy machine is busy for all."""
    results = [Measured(peer) for peer in peers]
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        for number in range(rounds):
            for result in results:
                out = Path(folder, f"{result.peer.name.replace(' ', '-')}-{number}")
                out.mkdir()
                result.costs.append(cost_of(result.peer.command(pages, out)))
                if number == 0:
                    look_at(result, out, pages)
    return results


def look_at(result: Measured, out: Path, pages: Corpus) -> None:
    """Count what a program made, and let gettext read what is different of it."""
    catalogs = sorted(path for path in out.rglob("*") if path.suffix in {".pot", ".po", ".xlf"})
    result.files = len(catalogs)
    for path in catalogs:
        text = path.read_bytes()
        result.messages += text.count(b"<trans-unit") if path.suffix == ".xlf" else len(_MESSAGE.findall(text))
    if shutil.which("msgfmt"):
        gettext = [path for path in catalogs[: pages.different] if path.suffix != ".xlf"]
        broken = sum(_is_refused(path) for path in gettext)
        if broken:
            result.doubt = f"msgfmt refuses {broken} of {len(gettext)} files"
    if not result.messages:
        result.doubt = "made nothing"


def _is_refused(path: Path) -> bool:
    return subprocess.run(["msgfmt", "-o", os.devnull, path], capture_output=True, check=False).returncode != 0


def table(results: Sequence[Measured]) -> str:
    """The costs, with each time as a part of po4a's."""
    base = next((middle(each.costs).wall for each in results if each.peer.name == "po4a"), 0.0)
    lines = [f"{'':26}{'wall s':>8}{'cpu s':>8}{'peak MiB':>10}{'files':>7}{'messages':>10}{'÷ po4a':>8}"]
    for each in sorted(results, key=lambda each: middle(each.costs).wall):
        cost = middle(each.costs)
        ratio = f"{cost.wall / base:.2f}" if base else "–"
        figures = f"{cost.wall:8.2f}{cost.cpu:8.2f}{cost.peak:10.0f}{each.files:7,}{each.messages:10,}{ratio:>8}"
        remarks = "; ".join(filter(None, (each.peer.note, each.doubt, cost.trouble)))
        lines.append(f"{each.peer.name:26}{figures}  {remarks}".rstrip())
    return "\n".join(lines)


def growth(rounds: int) -> str:
    """What bilect takes for more and more pages: the cost of a page should be the same."""
    peer = ours()
    lines = [f"{'pages':>8}{'wall s':>8}{'ms a page':>11}{'peak MiB':>10}"]
    for size in _SIZES:
        cost = middle(measured([peer], corpus(size), rounds)[0].costs)
        lines.append(f"{size:8,}{cost.wall:8.2f}{cost.wall / size * 1000:11.2f}{cost.peak:10.0f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="how many pages (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each program (%(default)s)")
    parser.add_argument("--only", default="", help="names of peers, with commas between them; 'none' for bilect alone")
    options = parser.parse_args()
    wanted = [peer for peer in PEERS if not options.only or peer.name in options.only.split(",")]
    peers = [ours(), ours("--jobs", "2"), *installed(wanted)]
    pages = corpus(options.pages)
    print(f"{options.pages:,} Markdown pages of {pages.size / 1e6:.2f} MB together ({pages.origin}, repeated).")
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"Median of {options.rounds} runs of the whole process, in turn, on {machine}.\n")
    print(table(measured(peers, pages, options.rounds)))
    print(f"\nGrowth:\n\n{growth(options.rounds)}")


if __name__ == "__main__":
    main()
