"""The other programs that turn Markdown into catalogs: how they are installed, each apart, and started.

mdpo and the Translate Toolkit install commands of the same names, so no two peers share a place.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from _corpus import WORK, Corpus
from _measure import Command, cost_of

HERE = Path(__file__).resolve().parent
PREFIX = WORK / "peers"


class LeftOutError(Exception):
    """A peer cannot be installed here; the message says why."""


@dataclass(frozen=True)
class Peer:
    """A program: how it comes here, and its command for a corpus and an empty folder for what it makes."""

    name: str
    install: Callable[[], None]
    command: Callable[[Corpus, Path], Command]
    note: str = ""


def run(*arguments: str | Path, folder: Path | None = None) -> str:
    """Return what a program writes to stdout."""
    try:
        done = subprocess.run([*map(str, arguments)], cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise LeftOutError(f"{arguments[0]} is not installed") from error
    if done.returncode:
        raise LeftOutError(f"{arguments[0]}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
    return done.stdout


def venv(name: str, package: str) -> Callable[[], None]:
    """Return what installs a package into a virtual environment of its own."""

    def install() -> None:
        if not (PREFIX / name / "installed").exists():
            run(sys.executable, "-m", "venv", "--clear", PREFIX / name)
            run(PREFIX / name / "bin/python", "-m", "pip", "install", "--quiet", package)
            (PREFIX / name / "installed").touch()

    return install


def _npm(name: str, package: str) -> Callable[[], None]:
    def install() -> None:
        if not (PREFIX / name / "installed").exists():
            (PREFIX / name).mkdir(parents=True, exist_ok=True)
            run("npm", "install", "--prefix", PREFIX / name, "--no-audit", "--no-fund", "--loglevel=error", package)
            (PREFIX / name / "installed").touch()

    return install


def _install_po4a() -> None:
    """From PATH; else Debian's packages, unpacked where they harm nobody."""
    folder = PREFIX / "po4a"
    if shutil.which("po4a-updatepo") or (folder / "installed").exists():
        return
    planned = run("apt-get", "install", "--simulate", "--no-install-recommends", "po4a").splitlines()
    names = [line.split()[1] for line in planned if line.startswith("Inst ")]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run("apt-get", "download", *names, folder=folder)
    for package in folder.glob("*.deb"):
        run("dpkg", "-x", package, folder / "root")
    (folder / "installed").touch()


def _po4a(corpus: Corpus, out: Path) -> Command:
    pages = [_without_front_matter(page) if page.name in _deadly(corpus) else page for page in corpus.pages]
    return _updatepo(pages, out / "all.pot", corpus)


def _updatepo(pages: Sequence[Path], pot: Path, corpus: Corpus) -> Command:
    root = PREFIX / "po4a/root/usr"
    libraries = [root / "share/perl5", *root.glob("lib/*/perl5/*"), *root.glob("lib/*/perl5")]
    program = [shutil.which("po4a-updatepo") or ""]
    if not program[0]:
        program = ["perl", str(root / "bin/po4a-updatepo")]
    masters = [part for page in pages for part in ("-m", str(page))]
    options = ["-f", "text", "-o", "markdown", "-o", "neverwrap", "-M", "UTF-8"]
    variables = {"PERL5LIB": ":".join(map(str, libraries)), "LC_ALL": "C.UTF-8"}
    return Command([*program, *options, *masters, "-p", str(pot)], corpus.folder.parent, variables)


_DEADLY: dict[Path, frozenset[str]] = {}


def _deadly(corpus: Corpus) -> frozenset[str]:
    """The names of the pages at which po4a dies: on an empty or unusual front matter."""
    if corpus.folder not in _DEADLY:
        pot = corpus.folder.parent / "po4a-probe.pot"
        pot.unlink(missing_ok=True)
        dead: list[str] = []
        if cost_of(_updatepo(corpus.pages, pot, corpus)).trouble:
            for page in corpus.pages[: corpus.different]:
                pot.unlink(missing_ok=True)
                dead += [page.name.partition("-")[2]] if cost_of(_updatepo([page], pot, corpus)).trouble else []
        pot.unlink(missing_ok=True)
        names = [page.name for page in corpus.pages if page.name.partition("-")[2] in dead]
        _DEADLY[corpus.folder] = frozenset(names)
    return _DEADLY[corpus.folder]


def _without_front_matter(page: Path) -> Path:
    stripped = page.parent.with_name(f"{page.parent.name}-stripped") / page.name
    if not stripped.exists():
        stripped.parent.mkdir(exist_ok=True)
        lines = page.read_bytes().split(b"\n")
        ends = [number for number, line in enumerate(lines[1:], 1) if line.rstrip() in {b"---", b"..."}]
        stripped.write_bytes(b"\n".join(lines[ends[0] + 1 :] if ends else lines))
    return stripped


def _python(name: str, *arguments: str) -> Callable[[Corpus, Path], Command]:
    """A command of a virtual environment; {pages}, {out} and {here} stand for folders."""

    def command(corpus: Corpus, out: Path) -> Command:
        places = {"pages": corpus.folder, "out": out, "here": HERE}
        program, *rest = [argument.format(**places) for argument in arguments]
        return Command([str(PREFIX / name / "bin" / program), *rest], corpus.folder.parent)

    return command


def _gettext_markdown(corpus: Corpus, out: Path) -> Command:
    program = PREFIX / "gettext-markdown/node_modules/.bin/gettext-md"
    pages = [str(page) for page in corpus.pages]
    return Command([str(program), "--pot", "-o", f"{out}/__name__.pot", *pages], corpus.folder.parent)


def _diplodoc(corpus: Corpus, out: Path) -> Command:
    script = HERE / "_loop_diplodoc.cjs"
    return Command(["node", str(script), str(PREFIX / "diplodoc"), str(corpus.folder), str(out)], corpus.folder.parent)


PEERS = (
    Peer("po4a", _install_po4a, _po4a, "one catalog for all pages"),
    Peer("markdown-gettext", venv("markdown-gettext", "markdown-gettext"),
         _python("markdown-gettext", "python", "{here}/_loop_markdown_gettext.py", "{pages}", "{out}"), "its own loop"),
    Peer("mdpo", venv("mdpo", "mdpo"), _python("mdpo", "python", "{here}/_loop_mdpo.py", "{pages}", "{out}"),
         "its own loop"),
    Peer("translate-toolkit", venv("translate-toolkit", "translate-toolkit[markdown]"),
         _python("translate-toolkit", "md2po", "--progress=none", "-P", "-i", "{pages}", "-o", "{out}")),
    Peer("gettext-markdown", _npm("gettext-markdown", "gettext-markdown"), _gettext_markdown,
         "splits at blank lines, knows no structure"),
    Peer("diplodoc", _npm("diplodoc", "@diplodoc/translation"), _diplodoc, "XLIFF, cut into sentences"),
)  # fmt: skip
