"""Prints how long `bilect format` takes for a catalog of 62,565 messages, against every other program that rewrites one."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from multiprocessing import Process
from pathlib import Path

import polib
from _corpus import ROOT, WORK
from _measure import Command, Cost, cost_of, middle
from _peers import HERE, PREFIX, LeftOutError, run, venv

from pipeline.catalogs.message import copy_of
from pipeline.catalogs.po import PAGE_WIDTH, Catalog, formatted, read_catalog

SHARED = ROOT.parent / "shared" / "data" / "catalogs"
MESSAGES = 62_565  # as many as the catalog of Python's documentation has
POLIB_WIDTH = 78


CATALOGS = {"as msgcat writes it": WORK / "canonical.po", "as polib writes it": WORK / "polib.po"}


@dataclass(frozen=True)
class Rewriter:
    """A program that reads a catalog and writes it in its own form: how it comes here, and its command."""

    name: str
    install: Callable[[], None]
    command: Callable[[Path, Path], Command]


@dataclass
class Measured:
    """The runs of one program on one catalog; ``remark`` says how what it wrote compares with what msgcat writes."""

    program: Rewriter
    costs: list[Cost] = field(default_factory=list)
    remark: str = ""


def _ours(source: Path, target: Path) -> Command:
    arguments = [sys.executable, "-m", "pipeline", "format", str(source), "-o", str(target), "-q"]
    return Command(arguments, Path(WORK.anchor), {"PYTHONPATH": str(ROOT)})


def _msgcat(source: Path, target: Path) -> Command:
    # bilect keeps the width of a file; polib's is one less than gettext's
    width = POLIB_WIDTH if source.name == "polib.po" else PAGE_WIDTH
    return Command(["msgcat", f"--width={width}", str(source), "-o", str(target)], WORK)


def _python(name: str, script: str) -> Callable[[Path, Path], Command]:
    def command(source: Path, target: Path) -> Command:
        return Command([str(PREFIX / name / "bin/python"), str(HERE / script), str(source), str(target)], WORK)

    return command


def _is_there() -> None:
    run("msgcat", "--version")


PROGRAMS = (
    Rewriter("bilect format", lambda: None, _ours),
    Rewriter("msgcat", _is_there, _msgcat),
    Rewriter("translate-toolkit", venv("translate-toolkit", "translate-toolkit[markdown]"),
             _python("translate-toolkit", "_rewrite_translate.py")),
    Rewriter("polib", venv("polib", "polib"), _python("polib", "_rewrite_polib.py")),
    Rewriter("babel", venv("babel", "babel"), _python("babel", "_rewrite_babel.py")),
)  # fmt: skip


def messages() -> Iterator[polib.POEntry]:
    """The messages of the real catalogs again and again, with a number at the end so that none stands there twice."""
    paths = sorted(SHARED.glob("*.po")) or sorted((ROOT / "locales").rglob("*.po"))
    originals = [message for path in paths for message in read_catalog(path.read_bytes()) if not message.obsolete]
    for number in count(1):
        for place, original in enumerate(originals):
            message = copy_of(original)
            ending = f" ({number}.{place})"
            message.msgid = _numbered(message.msgid, ending)
            if message.msgstr:
                message.msgstr = _numbered(message.msgstr, ending)
            yield message


def _numbered(text: str, ending: str) -> str:
    return text[:-1] + ending + "\n" if text.endswith("\n") else text + ending


def make_catalogs() -> None:
    """Write the catalogs that are rewritten."""
    catalog = Catalog()
    catalog.metadata = {"Language": "zh_CN", "Content-Type": "text/plain; charset=UTF-8"}
    catalog.extend(islice(messages(), MESSAGES))
    WORK.mkdir(parents=True, exist_ok=True)
    CATALOGS["as msgcat writes it"].write_bytes(formatted(catalog, PAGE_WIDTH))
    CATALOGS["as polib writes it"].write_text(str(catalog), encoding="utf-8", newline="\n")


def installed(wanted: Sequence[str]) -> list[Rewriter]:
    """The programs that are here or can be brought here; the others are named."""
    found = []
    for program in PROGRAMS:
        if wanted and program.name not in wanted and program.name != "bilect format":
            continue
        try:
            program.install()
            found.append(program)
        except LeftOutError as error:
            print(f"left out: {program.name}: {error}")
    return found


def measured(programs: Sequence[Rewriter], source: Path, rounds: int) -> list[Measured]:
    """The costs of all programs for the same catalog, in turn, so that a busy machine is busy for all."""
    results = [Measured(program) for program in programs]
    out = WORK / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    for _ in range(rounds):
        for result in results:
            target = out / f"{result.program.name.replace(' ', '-')}.po"
            target.unlink(missing_ok=True)
            result.costs.append(cost_of(result.program.command(source, target)))
    theirs = out / "msgcat.po"
    for result in results:
        if result.program.name != "msgcat" and theirs.exists():
            ours = out / f"{result.program.name.replace(' ', '-')}.po"
            result.remark = _likeness(ours, theirs)
    shutil.rmtree(out)
    return results


def _likeness(path: Path, theirs: Path) -> str:
    if not path.exists():
        return "wrote nothing"
    if subprocess.run(["cmp", "--silent", path, theirs], check=False).returncode == 0:
        return "msgcat's bytes"
    differing = subprocess.run(["diff", path, theirs], capture_output=True, check=False).stdout.count(b"\n<")
    return f"{differing:,} lines that msgcat does not write"


def table(results: Sequence[Measured]) -> str:
    """The costs, with each time as a part of msgcat's."""
    base = next((middle(each.costs).wall for each in results if each.program.name == "msgcat"), 0.0)
    lines = [f"{'':20}{'wall s':>8}{'cpu s':>8}{'peak MiB':>10}{'÷ msgcat':>10}"]
    for each in sorted(results, key=lambda each: middle(each.costs).wall):
        cost = middle(each.costs)
        ratio = f"{cost.wall / base:.2f}" if base else "–"
        remarks = "; ".join(filter(None, (each.remark, cost.trouble)))
        lines.append(
            f"{each.program.name:20}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.peak:10.0f}{ratio:>10}  {remarks}".rstrip()
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each program (%(default)s)")
    parser.add_argument("--only", default="", help="names of programs besides bilect, with commas between them")
    options = parser.parse_args()
    programs = installed([name for name in options.only.split(",") if name])
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"Median of {options.rounds} runs of the whole process, in turn, on {machine}.")
    # in a process of its own: what this one holds would count as memory of those that it starts
    maker = Process(target=make_catalogs)
    maker.start()
    maker.join()
    for what, path in CATALOGS.items():
        print(f"\n{MESSAGES:,} messages, {path.stat().st_size / 1e6:.1f} MB, {what}:\n")
        print(table(measured(programs, path, options.rounds)))


if __name__ == "__main__":
    main()
