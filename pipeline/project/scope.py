"""What a command works on: a whole project, some paths of it, or files that belong to no project."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath

from pipeline.model import PipelineError
from pipeline.project.config import Config
from pipeline.project.discovery import COURSE_FILE, CourseFolder, SourceFile, discovered, source_file
from pipeline.project.root import Project, project_of


@dataclass(frozen=True, slots=True)
class Scope:
    """Courses to work on; ``only`` holds the paths that were named, None for all of them.

    A course of a project is always whole, since its pages are compared with each other: ``only`` says which of its
    files the results are about.
    """

    project: Project
    courses: tuple[CourseFolder, ...]
    only: frozenset[str] | None
    troubles: tuple[PipelineError, ...] = ()


def scopes(paths: Sequence[str]) -> Iterator[Scope]:
    """What ``paths`` name, or the project of the current folder without any: at most one scope in a project, one outside.

    Raises:
        PipelineError: There are no paths and no project.
    """
    here = Path.cwd()
    if not paths:
        project = project_of(here)
        sources = project.sources()
        yield Scope(project, sources.courses, None, sources.troubles)
        return
    inside, outside, troubles = _divided(paths, here)
    yield Scope(Project(here, Config()), tuple(_loose(outside, troubles)), None, tuple(troubles))
    if inside:
        project = project_of(here)
        named = frozenset(inside)
        sources = discovered(project.root, project.config.source)
        courses = tuple(
            course for course in sources.courses if any(_is_in(file.path, named) for file in _files(course))
        )
        yield Scope(project, courses, named)


def is_named(path: str, scope: Scope) -> bool:
    """Whether the results about the file at ``path`` are wanted."""
    return scope.only is None or _is_in(path, scope.only)


def _is_in(path: str, named: Iterable[str]) -> bool:
    return any(path == name or path.startswith(f"{name}/") for name in named)


def _files(course: CourseFolder) -> tuple[SourceFile, ...]:
    return (*course.pages, *course.subtitles)


def _divided(paths: Sequence[str], here: Path) -> tuple[list[str], list[str], list[PipelineError]]:
    """Paths inside the sources of the project around, relative to it; other paths as given; and those that are missing."""
    project = _project_around(here)
    inside: list[str] = []
    outside: list[str] = []
    troubles: list[PipelineError] = []
    for path in paths:
        whole = Path(os.path.abspath(path))  # resolve() would follow links
        if not whole.exists():
            troubles.append(
                PipelineError("there is no such file or folder", path=path, remedy="look for a slip in the path")
            )
        elif project and whole.is_relative_to(project.root / project.config.source):
            inside.append(whole.relative_to(project.root).as_posix())
        else:
            outside.append(Path(path).as_posix())
    return inside, outside, troubles


def _project_around(folder: Path) -> Project | None:
    try:
        return project_of(folder)
    except PipelineError:  # bare files need no project, nor a right configuration
        return None


def _loose(paths: Iterable[str], troubles: list[PipelineError]) -> Iterator[CourseFolder]:
    """Courses of files that belong to no project: each folder is one."""
    files: set[str] = set()
    for path in paths:
        found = list(_below(path)) if Path(path).is_dir() else [path]
        taken = [each for each in found if source_file(PurePosixPath(each), PurePosixPath(each).parent)]
        if not taken:
            message = "holds no page and no subtitles" if Path(path).is_dir() else "is no page and no subtitle file"
            troubles.append(PipelineError(message, path=path, remedy="pages end in .md or .html, subtitles in .srt"))
        files.update(taken)
    for folder, members in groupby(sorted(map(PurePosixPath, files)), lambda path: path.parent):
        found_files = [file for path in members if (file := source_file(path, folder))]
        settings = (folder / COURSE_FILE).as_posix()
        yield CourseFolder(
            folder.name,
            folder.as_posix(),
            tuple(file for file in found_files if file.kind == "page"),
            tuple(file for file in found_files if file.kind == "subtitles"),
            settings if Path(settings).is_file() else "",
        )


def _below(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield path.as_posix()
