"""All that is wrong with one catalog: alone, beside its page, with the terms of its course, in its project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.po import read_catalog
from pipeline.model import Finding, Page, PipelineError
from pipeline.project.discovery import SourceFile
from pipeline.project.findings_cache import FindingsCache, Known, findings_cache, key_of
from pipeline.project.locales import catalog_path, has_template
from pipeline.project.root import Project
from pipeline.project.terms import term_findings
from pipeline.text.naming import target_language
from pipeline.validator.base import findings
from pipeline.validator.messages import CheckedCatalog, checked_catalog
from pipeline.validator.stale import CatalogInTree, CatalogOfPage, Key
from pipeline.validator.suppression import in_catalog, suppressed

if TYPE_CHECKING:  # pydantic and the aligner would come with them
    from pipeline.project.load import LoadedCourse


@dataclass(frozen=True)
class _Asked:
    """A catalog that is to be checked: its page and the texts of that, None where they are not known."""

    project: Project
    loaded: LoadedCourse
    path: str
    page: str
    texts: Mapping[Key, int] | None
    known: Known = field(default_factory=dict)

    def is_file(self, path: str) -> bool:
        """Whether a file is there, which is remembered."""
        if path not in self.known:
            self.known[path] = (self.project.root / path).is_file()
        return self.known[path]


def findings_in(
    catalog: Catalog, path: str, more: Iterable[Finding] = (), optional: Iterable[str] = ()
) -> list[Finding]:
    """Return what is wrong with a catalog, and ``more``, the findings that its comments suppress with their reason.

    ``optional`` selects rules that are off by default.
    """
    return _suppressed(catalog, checked_catalog(catalog, path), more, optional)


def _suppressed(
    catalog: Catalog, checked: CheckedCatalog, more: Iterable[Finding], optional: Iterable[str]
) -> list[Finding]:
    found = [*catalog.findings, *findings(catalog), *findings(checked, optional), *more]
    return suppressed(found, in_catalog(catalog, checked.path), (Catalog, CheckedCatalog))


def findings_in_catalogs(project: Project, loaded: LoadedCourse) -> list[Finding]:
    """Return what is wrong with the catalogs of a course; one that cannot be read is told by who reads it first.

    What was found before in a catalog that is still the same is not looked for again.
    """
    cache, found = findings_cache(project.root, loaded.folder.path), []
    for file, page in loaded.sources:
        path = catalog_path(project.config, file, target_language(page.language))
        if (project.root / path).is_file():
            found += _findings(_asked(project, loaded, file, page), cache)
    cache.write()
    return found


def _asked(project: Project, loaded: LoadedCourse, file: SourceFile, page: Page) -> _Asked:
    path = catalog_path(project.config, file, target_language(page.language))
    is_whole = has_template(loaded, file) and all(each.severity != "error" for each in page.findings)
    if not is_whole:
        return _Asked(project, loaded, path, page.path, None)
    texts: dict[Key, int] = {}
    for unit in page.units:
        if unit.text:
            texts.setdefault((unit.context, unit.text), unit.line)
    return _Asked(project, loaded, path, page.path, texts)


def _findings(asked: _Asked, cache: FindingsCache) -> list[Finding]:
    try:
        data = asked.project.read(asked.path)
    except PipelineError:
        return []
    key = key_of(data, asked.page, asked.texts, asked.loaded.terms.terms, asked.project.config.check.optional)

    def look(known: Known) -> list[Finding]:
        return _looked(data, _Asked(asked.project, asked.loaded, asked.path, asked.page, asked.texts, known))

    return cache.findings(asked.path, key, look)


def _looked(data: bytes, asked: _Asked) -> list[Finding]:
    catalog = read_catalog(data, asked.path)
    checked = checked_catalog(catalog, asked.path)
    more = [*findings(CatalogInTree(checked, asked.is_file))]
    if asked.texts is not None and not catalog.findings:  # what cannot be read may hold what seems to be missing
        more += findings(CatalogOfPage(checked, asked.page, asked.texts))
    if asked.loaded.terms:
        more += term_findings(catalog, asked.path, asked.loaded.terms)
    return _suppressed(catalog, checked, more, asked.project.config.check.optional)
