"""Files and folders as the user names them, in a project or not: how they are called, and where what is made of them goes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.model import PipelineError
from pipeline.project.discovery import SUBTITLES
from pipeline.project.files import read_bytes, reason, told_of, write_atomically, write_generated, write_new
from pipeline.project.root import NoProjectError, Project, project_of
from pipeline.text.naming import PAGE_SUFFIXES
from pipeline.text.said import said
from pipeline.text.series import listed


class NamedFile(NamedTuple):
    """A file that the user named, or that stands in a folder that the user named.

    ``shown`` is how results call it: as given, with ``/``, relative to the project inside one. ``inside`` is its path in
    the folder, or its name. ``data`` are its bytes where it is standard input.
    """

    path: Path
    shown: str
    inside: PurePosixPath
    is_alone: bool = True
    data: bytes | None = None

    def __hash__(self) -> int:
        return hash(self.shown)  # the hashes of paths are slow, and tables of files many

    def read(self) -> bytes:
        """Return the bytes of the file.

        Raises:
            PipelineError: It cannot be read, or was named and is empty.
        """
        data = self.data if self.data is not None else read_bytes(self.path, self.shown)
        if self.is_alone and not data.strip():
            if self.data is not None:
                raise PipelineError("is empty", path=self.shown, remedy="nothing came through the pipe")
            raise PipelineError("is empty", path=self.shown, remedy="restore the file, or leave it out")
        return data

    def write(self, data: bytes) -> bool:
        """Write the file, whole or not at all; say whether it was not like that already.

        Raises:
            PipelineError: It cannot be written.
        """
        with told_of(self.shown):
            return write_atomically(self.path, data)


class FileKind(NamedTuple):
    """The files that a command takes, known by the ends of their names; ``noun`` is what one of them is called."""

    noun: str
    suffixes: tuple[str, ...]

    @property
    def remedy(self) -> str:
        """What to tell a person who named another file."""
        return said("a {noun} ends in {suffixes}", noun=self.noun, suffixes=listed(self.suffixes))

    def covers(self, name: str) -> bool:
        """Say whether a file of that name is one."""
        return name.lower().endswith(self.suffixes)

    def demand(self, file: NamedFile) -> None:
        """Let a file pass that is one; standard input may be anything.

        Raises:
            PipelineError: It is none.
        """
        if file.data is None and not self.covers(file.path.name):
            raise PipelineError(said("is no {noun}", noun=self.noun), path=file.shown, remedy=self.remedy)


PAGES = FileKind(said("page"), PAGE_SUFFIXES)
TRACKS = FileKind(said("subtitle file"), tuple(sorted(SUBTITLES)))
SOURCES = FileKind(said("page or subtitle file"), (*PAGES.suffixes, *TRACKS.suffixes))


def project_around() -> Project | None:
    """Return the project that the current folder is in, or None.

    Raises:
        PipelineError: Its configuration is wrong.
    """
    try:
        return project_of(Path.cwd())
    except NoProjectError:
        return None


def shown_path(path: str | Path, project: Project | None) -> str:
    """Return how results call ``path``: as given, with ``/``, relative to the project inside one.

    Bytes of a file name that are no UTF-8 become U+FFFD, since neither JSON nor a catalog could hold them.
    """
    shown = path if isinstance(path, Path) else Path(path)
    if project is not None:
        whole = Path(os.path.abspath(path))  # resolve() would follow links
        shown = whole.relative_to(project.root) if whole.is_relative_to(project.root) else shown
    return os.fsencode(shown.as_posix()).decode("utf-8", "replace")


def with_slashes(path: str) -> str:
    r"""Return ``path`` with ``/`` for ``\``, as people type it on Windows, where only that names something here."""
    slashed = path.replace("\\", "/")
    is_meant = slashed != path and os.sep == "/" and not os.path.lexists(path) and os.path.lexists(slashed)
    return slashed if is_meant else path


def named_file(path: str, project: Project | None) -> NamedFile:
    """Return the file that the user calls ``path``, read or not."""
    return NamedFile(Path(path), shown_path(path, project), PurePosixPath(Path(path).name))


def named_files(
    paths: Iterable[str], kind: FileKind, project: Project | None
) -> tuple[list[NamedFile], list[PipelineError]]:
    """Return the files that ``paths`` name, each once, and the paths that name none.

    Of a folder, these are the files of the ``kind``, sorted; hidden files and links that lead out of it are none.
    """
    files: dict[str, NamedFile] = {}
    troubles: list[PipelineError] = []
    for path in map(with_slashes, paths):
        try:
            found = _found(path, kind, project, troubles)
        except PipelineError as error:
            troubles.append(error)
            continue
        for file in found:
            files.setdefault(os.path.normcase(os.path.abspath(file.path)), file)
    return list(files.values()), troubles


def _found(path: str, kind: FileKind, project: Project | None, troubles: list[PipelineError]) -> list[NamedFile]:
    file = named_file(path, project)
    if os.path.isdir(path):
        if not (found := list(files_in(path, kind, project, troubles))):
            raise PipelineError(said("holds no {noun}", noun=kind.noun), path=file.shown, remedy=kind.remedy)
        return found
    if path == "-" and not os.path.exists(path):
        raise PipelineError("standard input is not read here", path=path, remedy="name a file or a folder")
    if not os.path.exists(path):
        raise PipelineError("there is no such file or folder", path=file.shown, remedy="mend the path")
    kind.demand(file)
    return [file]


def files_in(
    folder: str, kind: FileKind, project: Project | None, troubles: list[PipelineError]
) -> Iterator[NamedFile]:
    """Yield the files of a kind in a folder and below, sorted; folders that cannot be read are added to ``troubles``."""

    def unreadable(error: OSError) -> None:
        message = said("cannot be read: {why}", why=reason(error))
        troubles.append(PipelineError(message, path=shown_path(error.filename, project)))

    home = Path(folder).resolve()
    paths, folders = [], [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                seen = [entry for entry in entries if not entry.name.startswith(".")]
            folders += [entry.path for entry in seen if entry.is_dir(follow_symlinks=False)]
            paths += [entry.path for entry in seen if kind.covers(entry.name) and _is_file_in(entry, home)]
        except OSError as error:  # of an entry too, where listing a folder does not tell what is in it
            unreadable(error)
    start = len(os.path.join(folder, ""))
    for name in sorted(paths, key=_parts):  # strings, not paths, which take three times as long to sort and to cut
        path, inside = Path(name), PurePosixPath(name[start:].replace(os.sep, "/"))
        yield NamedFile(path, shown_path(path, project), inside, is_alone=False)


def _parts(path: str) -> list[str]:
    return os.path.normcase(path).split(os.sep)


def _is_file_in(entry: os.DirEntry[str], home: Path) -> bool:
    """Whether there is a file, and no link that leads out of ``home``; the system need be asked for links only."""
    if entry.is_symlink():
        return os.path.isfile(entry.path) and Path(entry.path).resolve().is_relative_to(home)
    return entry.is_file(follow_symlinks=False)


@dataclass(frozen=True)
class Destination:
    """Where ``-o`` sends what is made of named files: ``path`` is a file for one of them, else a folder."""

    path: Path
    is_folder: bool
    inputs: tuple[NamedFile, ...]

    @cached_property
    def _identities(self) -> frozenset[tuple[int, int]]:
        return frozenset(filter(None, (_identity(file.path) for file in self.inputs if file.data is None)))

    def places(self, suffix: str) -> tuple[dict[NamedFile, Path], list[PipelineError]]:
        """Return where what is made of each input goes: in a folder, its path and name with another suffix."""
        return self.places_of({file: file.inside.with_suffix(suffix) for file in self.inputs})

    def places_of(self, names: Mapping[NamedFile, PurePosixPath]) -> tuple[dict[NamedFile, Path], list[PipelineError]]:
        """Return where what is made of each input goes, and the inputs whose place is taken by one before them.

        ``names`` are the paths in the folder.
        """
        places: dict[NamedFile, Path] = {}
        owners: dict[str, NamedFile] = {}
        troubles = []
        for file, name in names.items():
            path = self.path / name if self.is_folder else self.path
            owner = owners.setdefault(os.path.normcase(path), file)
            if owner is file:
                places[file] = path
            else:
                other = owner.shown
                message = said("would be written to {place}, as {other} is", place=path.as_posix(), other=other)
                troubles.append(PipelineError(message, path=file.shown, remedy="rename one, or write them apart"))
        return places, troubles

    @cached_property
    def _listed(self) -> dict[str, frozenset[str]]:
        """What stood in each folder when it was first asked: to ask for every file takes a fiftieth of what it costs."""
        return {}

    def may_hold(self, path: Path) -> bool:
        """Say whether there may be something at a path: not where its folder had nothing of that name, in any case."""
        folder, name = os.path.split(path)
        if folder not in self._listed:
            try:
                self._listed[folder] = frozenset(map(str.casefold, os.listdir(folder or os.curdir)))
            except OSError:
                self._listed[folder] = frozenset()
        return name.casefold() in self._listed[folder]

    def write(self, path: Path, data: bytes) -> bool:
        """Write a file; say whether it was not like that already.

        Raises:
            PipelineError: It cannot be written, would replace an input, or would be outside the folder.
        """
        if self.is_folder and not self.may_hold(path) and write_new(path, data, self.path):
            return True
        identity = _identity(path)
        if identity and identity in self._identities:  # which need not be known where there is no file yet
            raise PipelineError(
                "is an input, and is not overwritten", path=path.as_posix(), remedy="name another output"
            )
        return write_generated(path, data, self.path if self.is_folder else None)


def destination(out: str, named: Sequence[str], inputs: Sequence[NamedFile]) -> Destination:
    """Return what ``-o out`` means for the ``named`` paths, which are ``inputs``.

    Raises:
        PipelineError: It is a file, and a folder is needed.
    """
    several = len(named) > 1 or any(map(os.path.isdir, named))
    is_folder = several or os.path.isdir(out) or out.endswith(("/", os.sep))
    if is_folder and os.path.isfile(out):
        raise PipelineError("is a file, and several outputs need a folder", path=out, remedy="name a folder with -o")
    return Destination(Path(out), is_folder, tuple(inputs))


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to, as the system numbers them; None where there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino
