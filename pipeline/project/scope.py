"""What a command works on: a whole project, some paths of it, or files that belong to no project."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath

from pipeline.model import PipelineError
from pipeline.project.bare import SOURCES, named_files, project_around, with_slashes
from pipeline.project.config import Config
from pipeline.project.discovery import COURSE_FILE, CourseFolder, SourceFile, discovered, source_file
from pipeline.project.root import Project, project_of


@dataclass(frozen=True, slots=True)
class Scope:
    """Courses to work on; ``only`` holds the paths that were named, None for all of them.

    A course of a project is always whole, since its pages are compared with each other: ``only`` says which of its
    files the results are about. Files of no project are a scope too, each folder a course.
    """

    project: Project
    courses: tuple[CourseFolder, ...]
    only: frozenset[str] | None
    troubles: tuple[PipelineError, ...] = ()
    is_project: bool = True


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
    around = _project_around()
    inside, outside = _divided(paths, around)
    troubles: list[PipelineError] = []
    yield Scope(Project(here, Config()), tuple(_loose(outside, troubles)), None, tuple(troubles), is_project=False)
    if inside and around:
        named = frozenset(inside)
        sources = discovered(around.root, around.config.source)
        courses = tuple(
            course for course in sources.courses if any(_is_in(file.path, named) for file in _files(course))
        )
        yield Scope(around, courses, named)


def is_named(path: str, scope: Scope) -> bool:
    """Whether the results about the file at ``path`` are wanted."""
    return scope.only is None or _is_in(path, scope.only)


def _is_in(path: str, named: Iterable[str]) -> bool:
    return any(path == name or path.startswith(f"{name}/") for name in named)


def _files(course: CourseFolder) -> tuple[SourceFile, ...]:
    return (*course.pages, *course.subtitles)


def _divided(paths: Sequence[str], project: Project | None) -> tuple[list[str], list[str]]:
    """Paths inside the sources of the project around, relative to it, and other paths as given."""
    inside: list[str] = []
    outside: list[str] = []
    for path in map(with_slashes, paths):
        whole = Path(os.path.abspath(path))  # resolve() would follow links
        if project and whole.exists() and whole.is_relative_to(project.root / project.config.source):
            inside.append(whole.relative_to(project.root).as_posix())
        else:
            outside.append(path)
    return inside, outside


def _project_around() -> Project | None:
    try:
        return project_around()
    except PipelineError:  # bare files need no right configuration
        return None


def _loose(paths: Sequence[str], troubles: list[PipelineError]) -> Iterator[CourseFolder]:
    """Courses of files that belong to no project: each folder is one."""
    found, missing = named_files(paths, SOURCES, None)
    troubles.extend(missing)
    files = sorted({PurePosixPath(file.path.as_posix()) for file in found})
    for folder, members in groupby(files, lambda path: path.parent):
        course = [file for path in members if (file := source_file(path, folder))]
        settings = (folder / COURSE_FILE).as_posix()
        yield CourseFolder(
            folder.name,
            folder.as_posix(),
            tuple(file for file in course if file.kind == "page"),
            tuple(file for file in course if file.kind == "subtitles"),
            settings if Path(settings).is_file() else "",
        )
