"""Catalogs and templates whose page is gone: a page that says the same takes the catalog along, other texts become obsolete.

A page is only gone where everything in the source folder could be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.message import translations
from pipeline.catalogs.po import read_catalog
from pipeline.model import Language, PipelineError
from pipeline.project.config import Config
from pipeline.project.discovery import SourceFile, Sources
from pipeline.project.locales import (
    StoredFile,
    catalog_path,
    course_name,
    existing,
    stored_catalogs,
    stored_templates,
    template_path,
)
from pipeline.project.options import page_options
from pipeline.project.root import Project
from pipeline.project.talks import read_source, source_files

_ENOUGH = 0.5  # of the texts, by length: what git takes for a renamed file
_OURS = "bilect"
_HEADER = 4096  # bytes in which the header of a template stands


@dataclass(frozen=True, slots=True)
class Orphans:
    """What is on disk for pages that are gone.

    ``moves`` are the catalogs that a new page takes along: its path to the path where it stands. ``catalogs`` are the
    others; of these ``gone`` still have messages in use, ``covered`` say nothing that the catalog of a page does not.
    ``templates`` are paths.
    """

    moves: Mapping[str, str] = field(default_factory=dict)
    catalogs: tuple[StoredFile, ...] = ()
    gone: frozenset[str] = frozenset()
    covered: Mapping[str, str] = field(default_factory=dict)
    templates: tuple[str, ...] = ()


def orphans(project: Project, sources: Sources) -> Orphans:
    """Return what is on disk for pages that are gone."""
    if sources.troubles:
        return Orphans()
    pages = [page for course in sources.courses for page in source_files(course)]
    owned = {(course_name(page), page.name) for page in pages}
    templates = [file for file in stored_templates(project) if (file.course, file.name) not in owned]
    stored = list(stored_catalogs(project))
    alone = [file for file in stored if (file.course, file.name) not in owned]
    ours = {file.path for file in templates if _is_made_by_us(project, file.path)}
    if not alone:
        return Orphans(templates=tuple(sorted(ours)))
    search = _Search(project, {file.path: found for file in alone if (found := _read(project, file)) is not None})
    moves = search.moves(alone, pages, {file.path for file in stored})
    left = [file for file in alone if file.path not in moves.values()]
    gone = frozenset(file.path for file in left if search.is_in_use(file, ours))
    covered = search.covered(
        [file for file in left if file.path in gone], [file for file in stored if file not in alone]
    )
    return Orphans(moves, tuple(left), gone, covered, tuple(sorted(ours)))


def _is_made_by_us(project: Project, path: str) -> bool:
    with (project.root / path).open("rb") as stream:
        return f'"X-Generator: {_OURS}'.encode() in stream.read(_HEADER)


def _read(project: Project, file: StoredFile) -> Catalog | None:
    try:
        data = existing(project, file.path)
    except PipelineError:  # told where it is made obsolete
        return None
    return read_catalog(data, file.path) if data is not None else None


class _Search:
    """The search for pages that say what orphaned ``catalogs`` say, by their paths."""

    def __init__(self, project: Project, catalogs: Mapping[str, Catalog]) -> None:
        self.project, self.catalogs = project, catalogs

    def moves(
        self, alone: Iterable[StoredFile], pages: Iterable[SourceFile], stored: Collection[str]
    ) -> dict[str, str]:
        """The catalogs of new pages that stand under the names of old ones; those that share most come first."""
        known = _by_language(alone)
        found: list[tuple[float, str, str]] = []
        for page in pages:
            places = {language: catalog_path(self.project.config, page, language) for language in known}
            open_places = {language: path for language, path in places.items() if path not in stored}
            texts = self._texts(page) if open_places else frozenset()
            for language, path in open_places.items():
                for file in known[language]:
                    catalog = self.catalogs.get(file.path)
                    if texts and catalog is not None and not catalog.findings:
                        found.append((-_share(texts, _msgids(catalog)), path, file.path))
        moves: dict[str, str] = {}
        for share, path, old in sorted(found):
            if -share >= _ENOUGH and path not in moves and old not in moves.values():
                moves[path] = old
        return moves

    def _texts(self, page: SourceFile) -> frozenset[str]:
        try:
            read = read_source(self.project.read(page.path), page, page_options(self.project.config))
        except PipelineError:  # told where the course is read
            return frozenset()
        return frozenset(unit.text for unit in read.units)

    def is_in_use(self, file: StoredFile, templates: Collection[str]) -> bool:
        """Whether an orphan has messages in use and was made for a page of this project, not for something else."""
        catalog = self.catalogs.get(file.path)
        if catalog is None:  # it cannot be read: told, if it is ours
            return _template_of(self.project.config, file) in templates
        live = [message for message in catalog if not message.obsolete]
        return bool(live) and (
            _template_of(self.project.config, file) in templates
            or catalog.metadata.get("X-Generator", "").startswith(_OURS)
            or any(place.startswith(f"{self.project.config.source}/") for each in live for place, _ in each.occurrences)
        )

    def covered(self, gone: Iterable[StoredFile], kept: Iterable[StoredFile]) -> dict[str, str]:
        """The orphans whose every word stands in the catalog of a page too: a run was killed before it removed them."""
        others = _by_language(kept)
        said: dict[str, frozenset[object]] = {}
        covered: dict[str, str] = {}
        for file in gone:
            typed = _typed(self.catalogs.get(file.path))
            for other in others.get(file.language, ()) if typed and file.language else ():
                if other.path not in said:
                    said[other.path] = _typed(_read(self.project, other))
                if typed <= said[other.path]:
                    covered[file.path] = other.path
        return covered


def _by_language(files: Iterable[StoredFile]) -> Mapping[Language, Sequence[StoredFile]]:
    found: dict[Language, list[StoredFile]] = {}
    for file in files:
        if file.language:
            found.setdefault(file.language, []).append(file)
    return found


def _template_of(config: Config, file: StoredFile) -> str:
    return template_path(config, SourceFile("", file.course, file.name, None, "page"))


def _msgids(catalog: Catalog) -> frozenset[str]:
    """The texts in use; where none is any more, those that were."""
    live = frozenset(message.msgid for message in catalog if not message.obsolete)
    return live or frozenset(message.msgid for message in catalog)


def _share(left: frozenset[str], right: frozenset[str]) -> float:
    larger = max(_length(left), _length(right))
    return _length(left & right) / larger if larger else 0.0


def _length(texts: Iterable[str]) -> int:
    return sum(map(len, texts))


def _typed(catalog: Catalog | None) -> frozenset[object]:
    """All that people typed into a catalog; nothing where that is not known."""
    if catalog is None or catalog.findings:
        return frozenset()
    return frozenset(
        (message.msgctxt, message.msgid, tuple(translations(message)), message.tcomment)
        for message in catalog
        if translations(message) or message.tcomment
    )
