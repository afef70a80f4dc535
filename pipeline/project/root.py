"""Finding the project that a command works on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import PipelineError
from pipeline.project.discovery import CourseFolder, Sources, discovered
from pipeline.project.files import read_bytes, remove, told_of, write_atomically
from pipeline.text.said import said

if TYPE_CHECKING:
    from pipeline.project.config import Config, CourseSettings

_SOURCE = "source_docs"  # the folder that makes a project of one without a configuration


class NoProjectError(PipelineError):
    """A folder is in no project."""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with its configuration; paths are relative to ``root``, with ``/``."""

    root: Path
    config: Config

    def sources(self) -> Sources:
        """Return the courses in the source folder."""
        return discovered(self.root, self.config.source)

    def selecting(self, words: Iterable[str]) -> Project:
        """Return the same project, where rules that are off by default look too if ``words`` select them."""
        check = self.config.check
        wanted = check.model_copy(update={"optional": (*check.optional, *words)})
        return replace(self, config=self.config.model_copy(update={"check": wanted}))

    def settings(self, course: CourseFolder) -> CourseSettings:
        """Return what the course.toml of a course says; all defaults without one.

        Raises:
            PipelineError: It cannot be read, or says something that it cannot say.
        """
        from pipeline.project.config import CourseSettings, course_settings  # pydantic is heavy

        if not course.settings:
            return CourseSettings({})
        return course_settings(self.read(course.settings), course.settings)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of the project.

        Raises:
            PipelineError: It cannot be read.
        """
        return read_bytes(self.root / path, path)

    def write(self, path: str, data: bytes) -> bool:
        """Write a file of the project, whole or not at all; say whether it was not like that already.

        Raises:
            PipelineError: It cannot be written, or a link leads out of the project.
        """
        with told_of(path):
            return write_atomically(self.root / path, data, self.root)

    def remove(self, path: str) -> None:
        """Remove a file of the project, and the folders that it leaves empty.

        Raises:
            PipelineError: It cannot be removed, or a link leads out of the project.
        """
        with told_of(path):
            remove(self.root / path, self.root)


def project_of(start: Path) -> Project:
    """Return the project that ``start`` is in: the nearest folder upwards with a configuration or a `source_docs`.

    The search ends at the root of a repository: a project does not reach beyond it.

    Raises:
        NoProjectError: There is none.
        PipelineError: Its configuration is wrong.
    """
    first = start.resolve()
    for folder in (first, *first.parents):
        config = _config_in(folder)
        if config is not None:
            return Project(folder, config)
        if (folder / ".git").exists():
            break
    raise NoProjectError(
        said("no project here: no bilect.toml, no [tool.bilect] and no source_docs folder, nor in a folder above"),
        path=start.as_posix(),
        remedy=said("go to one, or name it with -C DIR"),
    )


def _config_in(folder: Path) -> Config | None:
    for name, tables in (("bilect.toml", ()), ("pyproject.toml", ("tool", "bilect"))):
        path = folder / name
        if path.is_file():
            from pipeline.project.config import config_of  # pydantic is heavy, and most bare files have no project

            if (config := config_of(read_bytes(path), name, tables)) is not None:
                return config
    if (folder / _SOURCE).is_dir():
        from pipeline.project.config import Config

        return Config()
    return None
