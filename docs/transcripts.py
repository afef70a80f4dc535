"""Runs the commands that README.md and the guides show and writes what they print, then makes the guides' Chinese pages.

`make docs` runs it. With --check, nothing is written, and it exits 1 when a document is out of date.

A line `$ bilect …` in a block of a guide is a command, and what follows it in the block is its output. A block with a
`msgid` and a `msgstr` is what a translator types: it goes into the catalog of the example course. The commands in a comment
`run first: …` are run without being shown.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.cli import main

ROOT = Path(__file__).parent.parent
GUIDES = ROOT / "docs/guide"
CATALOG = "locales/zh_CN/LC_MESSAGES/example/course.po"
FINDING = "A106"  # the rule of the finding that the README shows
BLOCK = re.compile(r"^    .*\n(?:    .*\n|\n+(?=    ))*|^<!-- run first: (?P<first>.*) -->$", re.MULTILINE)
TYPED = re.compile(r'^ *(msgid ".*"\n) *(msgstr ".*")$', re.MULTILINE)
RUN = re.compile(r"(?<=## What `make run` prints\n\n)    .*\n(?:    .*\n|\n(?=    ))*")
SHOWN = re.compile(r"(?<=`bilect check` shows:\n\n)    .*\n(?:    .*\n)*")
SECONDS = re.compile(r" in \d+\.\d+ s\b|(?<=\()\d+\.\d+ s(?=\))")


def printed(*arguments: str) -> tuple[int, str]:
    """Return how `bilect` ended and what a terminal shows of it."""
    output = io.BytesIO()
    shown = io.TextIOWrapper(output, "utf-8", write_through=True)
    status = 0
    with redirect_stdout(shown), redirect_stderr(shown):
        try:
            main(arguments)
        except SystemExit as ended:
            status = int(ended.code or 0)
        shown.flush()
    return status, output.getvalue().decode()


@dataclass(slots=True)
class Shell:
    """A folder in which the commands of a guide are run, one after the other; ``status`` is how the last one ended."""

    folder: Path
    status: int = 0

    def output(self, command: str) -> str:
        """Return what a command prints: bilect, cd, echo $?, or ls of one folder."""
        match shlex.split(command, comments=True):
            case []:
                return ""
            case ["cd", folder]:
                self.folder /= folder
                return ""
            case ["echo", "$?"]:
                return f"{self.status}\n"
            case ["ls", folder]:
                return "".join(f"{path.name}\n" for path in sorted((self.folder / folder).iterdir()))
            case ["bilect", *arguments]:
                with chdir(self.folder):
                    self.status, text = printed(*arguments)
                return text
            case _:
                raise ValueError(f"no command of a guide: {command}")

    def block(self, match: re.Match[str]) -> str:
        """Return a block of a guide with the outputs of today."""
        text = match.group()
        for command in (match["first"] or "").split("; "):
            self.output(command)
        if typed := TYPED.search(text):
            catalog = self.folder / CATALOG
            before = catalog.read_text("utf-8")
            after = re.sub(rf"({re.escape(typed[1])})msgstr .*", lambda found: found[1] + typed[2], before)
            assert after != before, f"the catalog has no {typed[1]}"
            catalog.write_text(after, "utf-8", newline="\n")
        commands = re.findall(r"^    \$ (.*)\n", text, re.MULTILINE)
        return "".join(self._shown(command) for command in commands) or text

    def _shown(self, command: str) -> str:
        lines = [f"$ {command}", *self.output(command).rstrip("\n").splitlines()]
        return _indented([line for line in lines if line or len(lines) > 2])


def guide(text: str) -> str:
    """Return a guide with what its commands print today."""
    with TemporaryDirectory() as folder:
        return BLOCK.sub(Shell(Path(folder)).block, text)


def readme(text: str) -> str:
    """Return the README with what the first `make run` of a clone prints, and with a finding."""
    with TemporaryDirectory() as folder:
        for name in ("source_docs", "locales"):
            shutil.copytree(ROOT / name, Path(folder, name))
        for path in (*ROOT.glob("*.csv"), *ROOT.glob("bilect.toml")):
            shutil.copyfile(path, Path(folder, path.name))
        with chdir(folder):
            lines = printed("run")[1].rstrip("\n").splitlines()
            found = printed("check")[1].splitlines()
    start = next(number for number, line in enumerate(found) if f" {FINDING} " in line)
    end = next(number for number in range(start + 1, len(found)) if not found[number].startswith("    "))
    text = RUN.sub(lambda _: _indented(lines), text)
    return SHOWN.sub(lambda _: _indented(found[start:end]), text)


def _indented(lines: Sequence[str]) -> str:
    return "".join(f"    {line}".rstrip() + "\n" for line in lines)


def chinese(changed: dict[Path, str]) -> Iterator[tuple[Path, str]]:
    """Yield what bilect makes of the guides in Chinese: their catalogs, brought up to date, and their pages."""
    with TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(GUIDES, Path(folder, "guide")))
        for path, text in changed.items():
            if path.is_relative_to(GUIDES):
                (copy / path.relative_to(GUIDES)).write_text(text, "utf-8", newline="\n")
        with chdir(copy):
            for arguments in (("update",), ("export", "page", "en", "--lang", "zh_CN", "-o", "zh")):
                status, said = printed(*arguments)
                assert status == 0, said
        for path in sorted(copy.rglob("*")):
            if path.suffix in (".po", ".pot") or path.parent.name == "zh":
                yield GUIDES / path.relative_to(copy), path.read_text("utf-8")


def documents() -> Iterator[tuple[Path, str]]:
    """Yield each document as it should be."""
    path = ROOT / "README.md"
    yield path, readme(path.read_text("utf-8"))
    guides = {path: guide(path.read_text("utf-8")) for path in sorted(GUIDES.glob("en/*.md"))}
    yield from guides.items()
    yield from chinese(guides)


def differs(path: Path, text: str) -> bool:
    """Return whether a document says something else, however long the commands took."""
    there = path.read_text("utf-8") if path.exists() else ""
    return SECONDS.sub("", there) != SECONDS.sub("", text)


def run(is_check: bool) -> int:
    """Write the documents that are out of date, or with ``is_check`` only name them and return 1."""
    os.environ.update(COLUMNS="100", LANG="C.UTF-8", LC_ALL="C.UTF-8", LANGUAGE="")
    stale = [(path, text) for path, text in documents() if differs(path, text)]
    for path, text in stale:
        print(f"{path.relative_to(ROOT)}{' is out of date: run make docs' if is_check else ''}")
        if not is_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    return int(is_check and bool(stale))


if __name__ == "__main__":
    sys.exit(run("--check" in sys.argv))
