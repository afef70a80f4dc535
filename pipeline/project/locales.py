"""The locales of a project: templates from pages, catalogs from templates, each written only when it says something new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.align.prefill import Key, prefills
from pipeline.catalogs.merge import MergeResult, Prefill, merged
from pipeline.catalogs.messages import messages
from pipeline.catalogs.po import Catalog, catalog_bytes, new_catalog, read_catalog, template_bytes, whole_catalog
from pipeline.model import Language, Page
from pipeline.project.clock import now
from pipeline.project.config import Config
from pipeline.project.discovery import SourceFile
from pipeline.project.load import LoadedCourse
from pipeline.project.root import Project
from pipeline.text.naming import target_language

_CREATED = re.compile(rb'^"POT-Creation-Date: ([^"\\]*)\\n"\n', re.MULTILINE)
_PLACES = re.compile(rb"^#[:.].*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it should be: ``data`` is None where it is right already."""

    path: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class CatalogUpdate:
    """A catalog brought up to date with its page; ``merge`` says what became of its messages."""

    change: Change
    page: Page
    language: Language
    catalog: Catalog
    merge: MergeResult


def template_path(config: Config, file: SourceFile) -> str:
    """Where the template of a page stands."""
    return _joined(config.locales, "templates", PurePosixPath(file.course).name, f"{file.name}.pot")


def catalog_path(config: Config, file: SourceFile, language: Language) -> str:
    """Where the catalog of a page in a language stands."""
    return _joined(config.locales, language, "LC_MESSAGES", PurePosixPath(file.course).name, f"{file.name}.po")


def table_path(config: Config, course: str) -> str:
    """Where the lecture table of a course stands."""
    return _joined(config.locales, "tables", course, "lectures.csv")


def _joined(*parts: str) -> str:
    return PurePosixPath(*parts).as_posix()


def templates(project: Project, loaded: LoadedCourse) -> Iterator[tuple[SourceFile, Page, Change]]:
    """The template of each page of a course that is translated; a page that could not be read whole keeps its old one."""
    for file, page in loaded.pages:
        if page.units and has_template(loaded, file) and all(each.severity != "error" for each in page.findings):
            yield file, page, template(project, file, page)


def has_template(loaded: LoadedCourse, file: SourceFile) -> bool:
    """Whether a page is translated: not one whose source in the other language stands beside it."""
    others = {(other.name, other.language) for other, _ in loaded.pages}
    return file.language == "en" or (file.name, "en") not in others


def template(project: Project, file: SourceFile, page: Page) -> Change:
    """The template of a page; an old one that says the same but for its date keeps its date."""
    path = template_path(project.config, file)
    old = _existing(project, path)
    references = project.config.references
    made = template_bytes(messages(page.units), project=_project_name(file), date=now(), references=references)
    if old is None:
        return Change(path, made)
    created = _CREATED.search(old)
    if created and _PLACES.sub(b"", _CREATED.sub(b"", old)) == _PLACES.sub(b"", _CREATED.sub(b"", made)):
        made = _CREATED.sub(lambda _: created[0], made, count=1)
    return Change(path, None if made == old else made)


def _project_name(file: SourceFile) -> str:
    return f"{PurePosixPath(file.course).name}-{file.name.replace('/', '-')} 1.0"


def _existing(project: Project, path: str) -> bytes | None:
    return project.read(path) if (project.root / path).is_file() else None


def catalog_update(
    project: Project, file: SourceFile, page: Page, made: bytes, suggestions: Mapping[Key, Prefill]
) -> CatalogUpdate:
    """The catalog of a page merged with its template ``made``; nothing that a translator typed is lost.

    Raises:
        PipelineError: The catalog on disk cannot be read whole; it is left as it is.
    """
    language = target_language(page.language)
    path = catalog_path(project.config, file, language)
    data = _existing(project, path)
    old = whole_catalog(data, path) if data is not None else new_catalog(language, _project_name(file), now())
    result = merged(old, read_catalog(made, path), date=now(), prefill=suggestions)
    change = Change(path, catalog_bytes(result.catalog) if data is None or result.content_changed else None)
    return CatalogUpdate(change, page, language, result.catalog, result)


def suggestions_of(loaded: LoadedCourse) -> Mapping[str, Mapping[Key, Prefill]]:
    """What the pages of a course say in the other language already, by the path of the page it is for."""
    return prefills(loaded.course)
