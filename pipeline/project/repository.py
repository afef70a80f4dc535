"""The git repository around a project: how paths are called in it, and what a change brought."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.model import PipelineError
from pipeline.project.git import RefusedError, answer, top_level
from pipeline.project.root import Project
from pipeline.text.naming import PAGE_SUFFIXES
from pipeline.text.said import said

_WHOLE = frozenset({*PAGE_SUFFIXES, ".po", ".pot", ".srt", ".vtt", ".toml", ".csv", ".tbx", ".txt"})
_SMALL = 256 * 1024  # bytes; of a larger file of another kind only that it is there matters


@dataclass(frozen=True, slots=True)
class Places:
    """How results call files, and how the repository does; ``top`` is its root, or the folder itself outside of one."""

    top: Path
    bases: tuple[Path, ...]

    def within(self, path: str) -> str:
        """Return what the repository calls a file that results call ``path``; as it is where it lies outside."""
        wholes = [Path(os.path.normpath(base / path)) for base in self.bases]
        whole = next((each for each in wholes if os.path.lexists(each)), wholes[0])
        return whole.relative_to(self.top).as_posix() if whole.is_relative_to(self.top) else path


def places(project: Project | None) -> Places:
    """Return the places of the current folder, in a project or not; git is not asked."""
    here = Path.cwd()
    bases = (project.root, here) if project else (here,)
    top = next((folder for folder in (here, *here.parents) if os.path.lexists(folder / ".git")), here)
    return Places(top, bases)


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in a repository since the commit ``base``: files as they are on disk, against it.

    Paths are relative to ``top``: ``touched`` are new or changed, ``gone`` are no more, ``renamed`` gives the old path for
    the new one.
    """

    top: Path
    base: str
    touched: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_none(self) -> bool:
        """Whether nothing changed."""
        return not (self.touched or self.gone)


def change_since(revision: str, folder: Path) -> Change:
    """Return what changed since the commit at which the history of ``revision`` and that of the work tree part.

    Raises:
        PipelineError: There is no git, no repository, no such commit; or the history is cut off before it.
    """
    top = top_level(folder)
    if top is None:
        remedy = said("--changed compares with a commit; leave it out")
        raise PipelineError("is in no git repository", path=folder.as_posix(), remedy=remedy)
    base = _base(_commit(revision, top), revision, top)
    words = _words(answer(["diff", "--no-ext-diff", "--name-status", "--find-renames", "-z", base, "--"], top))
    touched: set[str] = set()
    gone: set[str] = set()
    renamed: dict[str, str] = {}
    while words:
        status, path = words.pop(0), words.pop(0)
        if status.startswith(("R", "C")):
            path, old = words.pop(0), path
            renamed[path] = old
        (gone if status == "D" else touched).add(path)
    untracked = _words(answer(["ls-files", "--others", "--exclude-standard", "-z"], top))
    return Change(top, base, frozenset({*touched, *untracked}), frozenset(gone), renamed)


def _words(answered: bytes) -> list[str]:
    return [os.fsdecode(word) for word in answered.split(b"\0") if word]


def _commit(revision: str, top: Path) -> str:
    try:
        name = answer(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"], top)
    except RefusedError as error:
        if _is_shallow(top):
            message = said("{revision!r} is not in this shallow clone", revision=revision)
            raise PipelineError(message, remedy=_DEEPEN) from error
        message = said("no commit is called {revision!r}", revision=revision)
        raise PipelineError(message, remedy="git log and git branch -a list them") from error
    return name.decode().strip()


_DEEPEN = said("git fetch --unshallow, or fetch-depth: 0 for actions/checkout, or GIT_DEPTH: 0 on GitLab")


def _base(commit: str, revision: str, top: Path) -> str:
    try:
        return answer(["merge-base", commit, "HEAD"], top).decode().strip()
    except RefusedError as error:
        if _is_shallow(top):
            message = said(
                "this shallow clone does not reach back to where its history leaves {revision!r}", revision=revision
            )
            raise PipelineError(message, remedy=_DEEPEN) from error
        return commit  # no common history, or no commit yet: then all of it is the change


def _is_shallow(top: Path) -> bool:
    return answer(["rev-parse", "--is-shallow-repository"], top).strip() == b"true"


def tracked(change: Change) -> frozenset[str]:
    """Return the paths that git knew at the base, or that have changed since."""
    return (
        frozenset(_words(answer(["ls-tree", "-r", "-z", "--name-only", "--full-tree", change.base], change.top)))
        | change.touched
    )


@contextmanager
def tree_before(change: Change, folders: Sequence[Path]) -> Iterator[Path]:
    """A temporary folder with what stood at the base in the folder that holds all ``folders``, for as long as it is used.

    Texts are whole; large files of other kinds are empty, since only that they are there matters. Links are left out.
    git finds the history of the base there, and none that came later.
    """
    inside = [os.path.relpath(folder, change.top) for folder in folders if folder.is_relative_to(change.top)]
    prefix = (os.path.commonpath(inside) if inside else "") or "."
    from tempfile import TemporaryDirectory  # most commands look at no commit

    with TemporaryDirectory(prefix="bilect-") as made:
        root = Path(os.path.realpath(made))
        _write_history(root / ".git", change)
        _write_files(root, change, prefix)
        yield root


def _write_history(folder: Path, change: Change) -> None:
    """What git takes for the folder of another work tree, so that nothing is written to the repository itself."""
    common = answer(["rev-parse", "--path-format=absolute", "--git-common-dir"], change.top).decode().strip()
    folder.mkdir()
    (folder / "HEAD").write_text(f"{change.base}\n")
    (folder / "commondir").write_text(f"{common}\n")


def _write_files(root: Path, change: Change, prefix: str) -> None:
    listed = answer(["ls-tree", "-r", "-l", "-z", "--full-tree", change.base, "--", prefix], change.top)
    wanted: dict[str, list[Path]] = {}
    for line in _words(listed):
        facts, _, path = line.partition("\t")
        mode, _kind, name, size = facts.split()
        if not mode.startswith("100"):  # links and submodules
            continue
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if PurePosixPath(path).suffix.lower() in _WHOLE or int(size) <= _SMALL:
            wanted.setdefault(name, []).append(place)
        else:
            place.touch()
    for name, data in _blobs(list(wanted), change.top):
        for place in wanted[name]:
            place.write_bytes(data)


def _blobs(names: Sequence[str], top: Path) -> Iterator[tuple[str, bytes]]:
    said = memoryview(answer(["cat-file", "--batch"], top, "".join(f"{name}\n" for name in names).encode()))
    start = 0
    while start < len(said):
        head = bytes(said[start : start + 200]).partition(b"\n")[0]
        start += len(head) + 1
        name, *kind = head.decode().split()
        if len(kind) == 2 and kind[0] == "blob":
            size = int(kind[1])
            yield name, bytes(said[start : start + size])
            start += size + 1
