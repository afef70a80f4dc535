"""git: the one module that starts it. Catalogs merged and compared by message in a repository, or in all of a user."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import PipelineError
from pipeline.project.files import read_bytes, reason, write_atomically
from pipeline.text.said import said

NAME = "bilect"  # of the merge driver and of the diff driver
HEADING = "# Catalogs are merged and compared by message, once `bilect git install` has been run in the clone."
ATTRIBUTES = tuple(f"*.{suffix} merge={NAME} diff={NAME}" for suffix in ("po", "pot"))

_MERGE = (
    '{program}; command -v "$1" >/dev/null || '
    '{{ echo "bilect is not found:" %P "is merged line by line; bilect git install mends that" >&2; '
    'git merge-file --marker-size=%L %A %O %B; exit; }}; "$@" git merge-driver %O %A %B %P'
)
# git adds the name of the file, quoted, behind the last word.
_TEXTCONV = 'f() {{ file=$1; {program}; command -v "$1" >/dev/null && "$@" git textconv "$file" || cat "$file"; }}; f'
_SETTINGS = (
    (f"merge.{NAME}.name", "bilect: catalogs, message by message"),
    (f"merge.{NAME}.driver", _MERGE),
    (f"diff.{NAME}.textconv", _TEXTCONV),
)


@dataclass(frozen=True, slots=True)
class Step:
    """What was done to a file: ``path`` is how users call it, ``lines`` are what it says now, or says no longer."""

    path: str
    action: str
    lines: tuple[str, ...] = ()


class GitError(PipelineError):
    """git is missing, or refused."""


def install(folder: Path, *, everywhere: bool = False) -> list[Step]:
    """Have git merge and compare catalogs by message, and return what that took; what is so already stays.

    This is set for the repository of ``folder``, with lines in its .gitattributes, or for the user ``everywhere``.

    Raises:
        PipelineError: There is no git or no repository, or a file cannot be written.
    """
    scope, top = _scope(folder, everywhere)
    path = _attributes_file(top)
    before = _bytes(path)
    missing = _missing(before)
    if missing:
        write_atomically(path, with_attributes(before), top)
    program = _program()
    wanted = {name: value.format(program=program) if "{" in value else value for name, value in _SETTINGS}
    stale = [name for name, value in wanted.items() if _setting(name, scope, folder) != value]
    for name in stale:
        _git(["config", scope, "--replace-all", name, wanted[name]], folder)
    return [
        Step(
            _config_name(scope), said("set") if stale else said("is set already"), tuple(name for name, _ in _SETTINGS)
        ),
        Step(_shown(path, top), said("added") if missing else said("has already"), tuple(missing) or ATTRIBUTES),
    ]


def with_attributes(before: bytes) -> bytes:
    """Return a .gitattributes of these bytes with the lines that ask for the drivers, if it lacks them."""
    missing = _missing(before)
    if not missing:
        return before
    if HEADING not in _lines(before):
        missing.insert(0, HEADING)
    newline = "\r\n" if b"\r\n" in before else "\n"
    start = before if not before or before.endswith(b"\n") else before + newline.encode()
    blank = newline if start and HEADING in missing else ""
    return start + (blank + "".join(line + newline for line in missing)).encode()


def uninstall(folder: Path, *, everywhere: bool = False) -> list[Step]:
    """Undo what `install` did, and return what that took.

    Raises:
        PipelineError: There is no git or no repository, or a file cannot be written.
    """
    scope, top = _scope(folder, everywhere)
    gone = [name for name, _ in _SETTINGS if _setting(name, scope, folder) is not None]
    for section in sorted({name.rpartition(".")[0] for name in gone}):
        _git(["config", scope, "--remove-section", section], folder)
    path = _attributes_file(top)
    before = _bytes(path)
    ours = {HEADING, *ATTRIBUTES}
    kept = [line for line in before.splitlines(keepends=True) if _text(line) not in ours]
    removed = tuple(line for line in ATTRIBUTES if line in _lines(before))
    if removed:
        data = b"".join(kept)
        blank = b"\r\n" if b"\r\n" in before else b"\n"
        data = data.removesuffix(blank) if data.endswith(blank + blank) else data
        if data.strip():
            write_atomically(path, data, top)
        else:
            _remove(path)
    return [
        Step(_config_name(scope), said("removed") if gone else said("has none"), tuple(gone)),
        Step(_shown(path, top), said("removed") if removed else said("has none"), removed),
    ]


def top_level(folder: Path) -> Path | None:
    """Return the root of the work tree that a folder is in, or None where it is in none.

    Raises:
        GitError: There is no git.
    """
    try:
        return Path(_git(["rev-parse", "--show-toplevel"], folder))
    except RefusedError:
        return None


def is_installed(folder: Path) -> bool:
    """Return whether git merges the catalogs in a folder by message.

    Raises:
        GitError: There is no git.
    """
    try:
        attributes = _git(["check-attr", "merge", "diff", "--", "x.po", "x.pot"], folder).splitlines()
        is_asked = all(line.endswith(f": {NAME}") for line in attributes)
        return is_asked and bool(_git(["config", f"merge.{NAME}.driver"], folder))
    except RefusedError:
        return False


def merged_by_lines(base: Path, ours: Path, theirs: Path) -> bytes | None:
    """Return what git makes of the lines of three versions of a file; None where they conflict.

    Raises:
        GitError: There is no git.
    """
    command = ["merge-file", "-p", "-q", str(ours), str(base), str(theirs)]
    ended = _started(command, ours.parent)
    return ended.stdout if ended.returncode == 0 else None


_HARMLESS = ("-c", "core.quotePath=false", "-c", "log.showSignature=false", "-c", "core.fsmonitor=false")


def history(folder: Path) -> tuple[tuple[str, int, frozenset[str]], ...]:
    """Return the commits that touched a folder, the newest first: id, seconds since 1970, paths relative to the folder.

    There are none where git is missing, refuses, or knows no commit. Nothing that the repository configures is run.
    """
    command = [
        *_HARMLESS,
        "log",
        "--no-merges",
        "--no-renames",
        "--relative",
        "--name-only",
        "-z",
        "--format=%x02%h %ct%x03",
    ]
    try:
        ended = _started([*command, "--", "."], folder)
    except GitError:
        return ()
    commits = []
    for record in os.fsdecode(ended.stdout).split("\x02")[1:] if ended.returncode == 0 else ():
        head, _, names = record.partition("\x03")
        commit, _, moment = head.partition(" ")
        commits.append((commit, int(moment), frozenset(name.strip("\n") for name in names.split("\0")) - {""}))
    return tuple(commits)


class RefusedError(GitError):
    """git says no."""


def answer(arguments: Sequence[str], folder: Path, asked: bytes = b"") -> bytes:
    """Return the bytes that git answers to a command, with ``asked`` as its input.

    Raises:
        RefusedError: git refuses.
        GitError: There is no git.
    """
    ended = _started([*_HARMLESS, *arguments], folder, asked)
    if ended.returncode:
        complaint = ended.stderr.decode("utf-8", "replace").strip()
        last = re.sub(r"^(?:fatal|error): ", "", complaint.splitlines()[-1]) if complaint else said("git refused")
        raise RefusedError(last, path=folder.as_posix())
    return ended.stdout


def _git(arguments: Sequence[str], folder: Path) -> str:
    return os.fsdecode(answer(arguments, folder)).rstrip("\r\n")


def _started(arguments: Sequence[str], folder: Path, asked: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise GitError(said("git is not found"), remedy=said("bilect doctor says how to install it"))
    try:
        return subprocess.run([program, *arguments], cwd=folder, input=asked, capture_output=True, check=False)  # noqa: S603 - no shell
    except OSError as error:
        raise GitError(said("git cannot be started: {why}", why=reason(error)), path=folder.as_posix()) from error


def _scope(folder: Path, everywhere: bool) -> tuple[str, Path | None]:
    """The option that names the configuration, and the root of the work tree, None for the user's own."""
    if everywhere:
        return "--global", None
    top = top_level(folder)
    if top is None:
        remedy = said("git init makes one; --global is for all of yours")
        raise PipelineError("is in no git repository", path=folder.as_posix(), remedy=remedy)
    return "--local", top


def _setting(name: str, scope: str, folder: Path) -> str | None:
    try:
        return _git(["config", scope, "--get", name], folder)
    except RefusedError:
        return None


def _program() -> str:
    """The shell's words that put the command of this program, or that of the PATH, into ``$1`` and further."""
    script = Path(sys.executable).with_name("bilect.exe" if os.name == "nt" else "bilect")
    # not the current folder's package called pipeline: git starts this in other people's repositories
    words = [script.as_posix()] if script.is_file() else [Path(sys.executable).as_posix(), "-P", "-m", "pipeline"]
    if "%" in words[0]:  # git would put something in its place
        return f"set -- {NAME}"
    return f'set -- {shlex.join(words)}; test -x "$1" || set -- {NAME}'


def _attributes_file(top: Path | None) -> Path:
    if top is not None:
        return top / ".gitattributes"
    try:
        return Path(_git(["config", "--global", "--type=path", "--get", "core.attributesFile"], Path.cwd()))
    except RefusedError:
        home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
        return Path(home) / "git" / "attributes"


def _config_name(scope: str) -> str:
    return ".git/config" if scope == "--local" else "your git configuration"


def _shown(path: Path, top: Path | None) -> str:
    return path.name if top else path.as_posix()


def _missing(before: bytes) -> list[str]:
    """The lines that a .gitattributes needs; a line with further attributes does as well."""
    there = [set(line.split()) for line in _lines(before) if not line.startswith("#")]
    return [line for line in ATTRIBUTES if not any(set(line.split()) <= words for words in there)]


def _bytes(path: Path) -> bytes:
    return read_bytes(path) if os.path.lexists(path) else b""


def _lines(data: bytes) -> list[str]:
    return [_text(line) for line in data.splitlines()]


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise PipelineError(said("cannot be removed: {why}", why=reason(error)), path=path.as_posix()) from error
