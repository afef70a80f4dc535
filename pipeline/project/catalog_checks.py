"""What is wrong with catalogs that are named as files: their syntax, and the terms of their project or of a glossary."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.catalogs.po import Catalog, read_catalog
from pipeline.model import Finding, PipelineError
from pipeline.project.bare import NamedFile, named_files, with_slashes
from pipeline.project.catalog_files import CATALOGS_AND_TEMPLATES, place_in_locales
from pipeline.project.catalog_findings import findings_in
from pipeline.project.discovery import PAGES, SUBTITLES
from pipeline.project.files import read_bytes
from pipeline.project.progress import watched
from pipeline.project.root import Project
from pipeline.project.selection import with_severities
from pipeline.project.terms import course_terms, glossary_of, shared_terms, term_findings
from pipeline.text.terms import Term, Terms
from pipeline.validator.suppression import suppressed_by_path


@dataclass(slots=True)
class CatalogChecks:
    """The findings about named catalogs, and the files that could not be read."""

    findings: list[Finding] = field(default_factory=list)
    troubles: list[PipelineError] = field(default_factory=list)


def catalogs_and_sources(paths: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the paths that name catalogs, or folders with some, and those that name anything else, or folders with it."""
    catalogs, sources = [], []
    for path in map(with_slashes, paths):
        has_catalogs, has_sources = _contents(path)
        if has_catalogs:
            catalogs.append(path)
        if has_sources or not has_catalogs:
            sources.append(path)
    return catalogs, sources


def _contents(path: str) -> tuple[bool, bool]:
    """Whether a path is or holds a catalog, and whether a page or subtitles."""
    names = [path]
    if os.path.isdir(path):
        names = [name for _, _, found in os.walk(path) for name in found]
    suffixes = {PurePosixPath(name).suffix.lower() for name in names}
    return not suffixes.isdisjoint(CATALOGS_AND_TEMPLATES.suffixes), not suffixes.isdisjoint(PAGES | SUBTITLES)


def named_terms(path: str, troubles: list[PipelineError]) -> tuple[Term, ...]:
    """Return the terms of a glossary that the user names; rows that are none are added to ``troubles``.

    Raises:
        PipelineError: It cannot be read.
    """
    glossary = glossary_of(read_bytes(Path(path), path), path)
    troubles.extend(glossary.troubles)
    return glossary.terms


def checked_catalogs(
    paths: Sequence[str], project: Project | None, terms: Sequence[Term] | None = None, optional: Sequence[str] = ()
) -> CatalogChecks:
    """Return what is wrong with the catalogs that ``paths`` name: with ``terms``, or those of their course.

    ``optional`` selects rules that are off by default, besides those of the configuration.
    """
    checks = CatalogChecks()
    words = (*optional, *(project.config.check.optional if project else ()))
    files, troubles = named_files(paths, CATALOGS_AND_TEMPLATES, project)
    checks.troubles.extend(troubles)
    owners = TermsOfCatalogs(project, terms)
    for file in watched(files, len(files), "catalogs"):
        try:
            catalog = read_catalog(file.read(), file.shown)
        except PipelineError as error:
            checks.troubles.append(error)
            continue
        checks.findings += findings_in(catalog, file.shown, _term_findings(catalog, file, owners), words)
    if project:
        checks.findings = suppressed_by_path(checks.findings, project.config.check.per_file)
        checks.findings = with_severities(checks.findings, project.config.check.severity)
    return checks


def _term_findings(catalog: Catalog, file: NamedFile, owners: TermsOfCatalogs) -> Iterable[Finding]:
    terms = owners.of(file)
    return term_findings(catalog, file.shown, terms) if terms else ()


class TermsOfCatalogs:
    """The terms that hold for each catalog of a project: those of its course, or ``terms`` for all."""

    def __init__(self, project: Project | None, terms: Sequence[Term] | None) -> None:
        self._project = project
        self._fixed = Terms(terms) if terms is not None else None
        self._of_course: dict[str, Terms] = {}

    def of(self, file: NamedFile) -> Terms:
        """Return the terms that hold for a catalog."""
        if self._fixed is not None:
            return self._fixed
        place = place_in_locales(file.shown)
        course = place.course if place else ""
        if course not in self._of_course:
            self._of_course[course] = Terms(self._terms(course))
        return self._of_course[course]

    def _terms(self, course: str) -> Sequence[Term]:
        if not self._project:
            return ()
        folders = [each for each in self._project.sources().courses if each.name == course and course]
        return course_terms(self._project, folders[0]).terms if folders else shared_terms(self._project)
