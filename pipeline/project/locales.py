"""The locales of a project: where templates and catalogs stand, and the templates of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, get_args

from pipeline.catalogs.messages import messages
from pipeline.catalogs.po import template_bytes
from pipeline.model import Language, Page
from pipeline.project.clock import now
from pipeline.project.discovery import SourceFile
from pipeline.project.root import Project

if TYPE_CHECKING:  # pydantic and the aligner would come with them
    from pipeline.project.config import Config
    from pipeline.project.load import LoadedCourse

LANGUAGES: tuple[Language, ...] = get_args(Language)
_CREATED = re.compile(rb'^"POT-Creation-Date: ([^"\\]*)\\n"\n', re.MULTILINE)
_PLACES = re.compile(rb"^#[:.].*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it should be: ``data`` is None where it is right already."""

    path: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A template or a catalog on disk; ``course`` and ``name`` are those of the page that it is of."""

    path: str
    course: str
    name: str
    language: Language | None = None


def template_path(config: Config, file: SourceFile) -> str:
    """Where the template of a page stands."""
    return _joined(config.locales, "templates", course_name(file), f"{file.name}.pot")


def catalog_path(config: Config, file: SourceFile, language: Language) -> str:
    """Where the catalog of a page in a language stands."""
    return _joined(config.locales, language, "LC_MESSAGES", course_name(file), f"{file.name}.po")


def table_path(config: Config, course: str) -> str:
    """Where the lecture table of a course stands."""
    return _joined(config.locales, "tables", course, "lectures.csv")


def course_name(file: SourceFile) -> str:
    """Return the name that the course of a file has in the locales."""
    return PurePosixPath(file.course).name


def stored_catalogs(project: Project) -> Iterator[StoredFile]:
    """The catalogs of courses on disk, by language and path."""
    for language in LANGUAGES:
        yield from _stored(project, (project.config.locales, language, "LC_MESSAGES"), ".po", language)


def stored_templates(project: Project) -> Iterator[StoredFile]:
    """The templates of courses on disk, by path."""
    return _stored(project, (project.config.locales, "templates"), ".pot", None)


def _stored(project: Project, folder: tuple[str, ...], suffix: str, language: Language | None) -> Iterator[StoredFile]:
    base = Path(project.root, *folder)
    for path in sorted(base.rglob(f"*{suffix}")):
        inside = path.relative_to(base).with_suffix("")
        if len(inside.parts) > 1 and path.is_file():
            course, name = inside.parts[0], PurePosixPath(*inside.parts[1:]).as_posix()
            yield StoredFile(path.relative_to(project.root).as_posix(), course, name, language)


def _joined(*parts: str) -> str:
    return PurePosixPath(*parts).as_posix()


def templates(project: Project, loaded: LoadedCourse) -> Iterator[tuple[SourceFile, Page, Change]]:
    """The template of each page and track that is translated; one that could not be read whole keeps its old one."""
    for file, page in loaded.sources:
        if page.units and has_template(loaded, file) and all(each.severity != "error" for each in page.findings):
            yield file, page, template(project, file, page)


def has_template(loaded: LoadedCourse, file: SourceFile) -> bool:
    """Whether a page is translated: not one whose source in the other language stands beside it."""
    others = {(other.name, other.language) for other, _ in loaded.sources}
    return file.language == "en" or (file.name, "en") not in others


def template(project: Project, file: SourceFile, page: Page) -> Change:
    """The template of a page; an old one that says the same but for its date keeps its date."""
    path = template_path(project.config, file)
    old = existing(project, path)
    config, name = project.config, project_name(course_name(file), file.name)
    made = template_bytes(
        messages(page.units), project=name, date=now(), references=config.references, bugs=config.bugs
    )
    if old is None:
        return Change(path, made)
    created = _CREATED.search(old)
    if created and _PLACES.sub(b"", _CREATED.sub(b"", old)) == _PLACES.sub(b"", _CREATED.sub(b"", made)):
        made = _CREATED.sub(lambda _: created[0], made, count=1)
    return Change(path, None if made == old else made)


def project_name(course: str, name: str) -> str:
    """Return what the header of a page's template and catalogs calls it."""
    return f"{course}-{name.replace('/', '-')} 1.0"


def existing(project: Project, path: str) -> bytes | None:
    """Return the bytes of a file of the project, None where there is none.

    Raises:
        PipelineError: It cannot be read.
    """
    return project.read(path) if (project.root / path).is_file() else None
