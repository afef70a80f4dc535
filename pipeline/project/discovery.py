"""What stands in the source folder: courses, their pages and their subtitles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from errno import ENOENT
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from pipeline.model import Language, PipelineError
from pipeline.project.files import reason
from pipeline.text.naming import PAGE_SUFFIXES, file_name
from pipeline.text.said import said

PAGES = frozenset(PAGE_SUFFIXES)
SUBTITLES = frozenset({".srt", ".vtt", ".sbv", ".ass", ".ssa", ".bcc", ".ttml", ".dfxp"})
TALK_SUFFIX = ".subtitles"  # of the catalog of talk.en.srt, which stands beside that of talk.en.md
COURSE_FILE = "course.toml"


class SourceFile(NamedTuple):
    """A page or a subtitle file of a course.

    ``path`` and ``course``, the course folder, are relative to the project, with ``/``; ``name`` is the path inside the
    course without language and extension.
    """

    path: str
    course: str
    name: str
    language: Language | None
    kind: Literal["page", "subtitles"]


class CourseFolder(NamedTuple):
    """The files of one course, sorted by path.

    ``name`` is that of its folder, empty for files that stand directly in the source folder; ``settings`` is the path
    of its course.toml, empty without one.
    """

    name: str
    path: str
    pages: tuple[SourceFile, ...]
    subtitles: tuple[SourceFile, ...]
    settings: str = ""


class Sources(NamedTuple):
    """All courses of a project, sorted by name, and the folders and links that could not be read."""

    courses: tuple[CourseFolder, ...]
    troubles: tuple[PipelineError, ...]


def discovered(root: Path, source: str) -> Sources:
    """Return what stands in the folder ``source`` of the project ``root``.

    Hidden files, README files of the source folder and of course folders, and links that lead out of the project are no
    sources. A source folder that is missing or holds nothing is one trouble.
    """
    troubles: list[PipelineError] = []
    paths = sorted((_course_name(path, source), path) for path in _paths(root, source, troubles))
    courses = tuple(
        _course(source, name, [path for _, path in members])
        for name, members in groupby(paths, lambda member: member[0])
    )
    courses = tuple(course for course in courses if course.pages or course.subtitles)
    if not courses and not troubles:
        remedy = said("a course is a folder in it with pages, such as foo.en.md, or subtitles, such as foo.en.srt")
        troubles.append(PipelineError("holds no page and no subtitles", path=source, remedy=remedy))
    return Sources(courses, tuple(troubles))


def _paths(root: Path, source: str, troubles: list[PipelineError]) -> Iterator[PurePosixPath]:
    home = root.resolve()

    def unreadable(error: OSError) -> None:
        path = Path(error.filename).relative_to(root).as_posix()
        troubles.append(PipelineError(said("cannot be read: {why}", why=reason(error)), path=path))

    if not (root / source).resolve().is_relative_to(home):
        troubles.append(PipelineError("leads out of the project", path=source))
        return
    for folder, subfolders, names in os.walk(root / source, onerror=unreadable):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if name.startswith(".") or not _stays_inside(path, home):
                continue
            if path.is_file():
                yield PurePosixPath(path.relative_to(root).as_posix())
            elif path.is_symlink() and (
                _kind(path.suffix) or name == COURSE_FILE
            ):  # as where a part is not checked out
                unreadable(FileNotFoundError(ENOENT, os.strerror(ENOENT), os.fspath(path)))


def _stays_inside(path: Path, home: Path) -> bool:
    return not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(home)  # resolve() raises for a loop


def _course_name(path: PurePosixPath, source: str) -> str:
    inside = path.relative_to(source)
    return inside.parts[0] if len(inside.parts) > 1 else ""


def _course(source: str, name: str, paths: list[PurePosixPath]) -> CourseFolder:
    folder = PurePosixPath(source, name)
    files = [file for path in paths if (file := source_file(path, folder)) is not None]
    return CourseFolder(
        name=name,
        path=folder.as_posix(),
        pages=tuple(file for file in files if file.kind == "page"),
        subtitles=tuple(file for file in files if file.kind == "subtitles"),
        settings=next((path.as_posix() for path in paths if path == folder / COURSE_FILE), ""),
    )


def source_file(path: PurePosixPath, folder: PurePosixPath) -> SourceFile | None:
    """Return the file at ``path`` of the course in ``folder`` if it is a page or subtitles; a README is neither."""
    stem, language, extension = file_name(path.name)
    kind = _kind(extension)
    if kind is None or (path.parent == folder and stem.casefold() == "readme"):
        return None
    inside = path.relative_to(folder).with_name(stem).as_posix()
    return SourceFile(path.as_posix(), folder.as_posix(), inside, language, kind)


def _kind(extension: str) -> Literal["page", "subtitles"] | None:
    if extension.lower() in PAGES:
        return "page"
    return "subtitles" if extension.lower() in SUBTITLES else None
