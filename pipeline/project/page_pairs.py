"""Which pages of a course are translations of each other, by their names, and when each was last changed, by git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.model import Page
from pipeline.project.git import history
from pipeline.project.root import Project
from pipeline.project.terms import lexicon_of
from pipeline.text.naming import language_named
from pipeline.validator.page_pairs import LastChange, PagePair

if TYPE_CHECKING:  # pydantic and the aligner would come with them
    from pipeline.project.load import LoadedCourse


def page_pairs(project: Project, loaded: LoadedCourse) -> Iterator[PagePair]:
    """Yield the English pages of a course with the Chinese ones that have the same name.

    ``graphs.en.md`` is beside ``graphs.zh.md``, ``graphs.md`` is in the language of its text, and folders that are named
    for a language (``en/graphs.md``, ``zh/graphs.md``) do not count. A page that cannot be read has no partner.
    """
    english: dict[str, Page] = {}
    pairs: list[tuple[Page, Page]] = []
    readable = [(_key(file.name), page) for file, page in loaded.pages if page.blocks]
    for key, page in readable:
        if page.language == "en":
            english.setdefault(key, page)
    pairs = [(english[key], page) for key, page in readable if page.language != "en" and key in english]
    changes = _changes(project, loaded.folder.path) if pairs else {}
    for source, translated in pairs:
        dates = changes.get(source.path), changes.get(translated.path)
        yield PagePair(source, translated, lexicon_of(project, loaded.terms.terms), dates)


def _key(name: str) -> str:
    folders = [part for part in PurePosixPath(name).parts[:-1] if not language_named(part)]
    return PurePosixPath(*folders, PurePosixPath(name).name).as_posix().casefold()


def _changes(project: Project, folder: str) -> Mapping[str, LastChange]:
    """The last change of each file of a course: git is asked once for all of them."""
    found: dict[str, LastChange] = {}
    for commit, moment, names in history(project.root / folder):
        for name in names:
            path = PurePosixPath(folder, name).as_posix()
            if path in found:
                found[path] = found[path]._replace(added=moment)
            else:
                date = datetime.fromtimestamp(moment, UTC).date().isoformat()
                found[path] = LastChange(commit, date, moment, moment)
    return found
