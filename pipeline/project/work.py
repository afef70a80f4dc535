"""The work of single commands on a project or on bare files, one function each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.catalogs.po import read_catalog
from pipeline.catalogs.translations import Translations, translations_of
from pipeline.model import Finding, PipelineError
from pipeline.project.checks import course_findings, pages_of_catalogs
from pipeline.project.load import LoadedCourse, load
from pipeline.project.locales import catalog_path
from pipeline.project.progress import watched
from pipeline.project.root import Project
from pipeline.project.scope import is_named, scopes
from pipeline.project.terms import shared_troubles
from pipeline.project.unused import unused_settings
from pipeline.text.naming import target_language
from pipeline.text.terms import Term, Terms


@dataclass(slots=True)
class Checks:
    """The findings about what was looked at, and the files that could not be."""

    findings: list[Finding] = field(default_factory=list)
    troubles: list[PipelineError] = field(default_factory=list)


def checked(paths: Sequence[str], terms: Sequence[Term] | None = None, optional: Sequence[str] = ()) -> Checks:
    """What is wrong with the project, or with ``paths``; ``terms`` are used instead of those of the project.

    ``optional`` selects rules that are off by default, besides those of the configuration.

    Raises:
        PipelineError: There are no paths and no project.
    """
    checks = Checks()
    for scope in scopes(paths):
        project, looked_at = scope.project.selecting(optional), list[str]()
        checks.troubles.extend(scope.troubles)
        checks.troubles.extend(shared_troubles(scope.project) if scope.is_project else ())
        for folder in watched(scope.courses, len(scope.courses), "courses"):
            loaded = load(project, folder)
            loaded = loaded if terms is None else replace(loaded, terms=Terms(terms))
            checks.troubles.extend(loaded.troubles)
            translations = _stored(project, loaded, checks.troubles)
            found = course_findings(project, loaded, translations)
            pages = pages_of_catalogs(project, loaded)
            checks.findings.extend(each for each in found if is_named(pages.get(each.path, each.path), scope))
            looked_at += [*pages, *(file.path for file in (*folder.pages, *folder.subtitles))]
        if scope.only is None and scope.is_project and not checks.troubles:
            checks.findings += unused_settings(project, checks.findings, looked_at)
    return checks


def _stored(project: Project, loaded: LoadedCourse, troubles: list[PipelineError]) -> Mapping[str, Translations]:
    """What the catalogs of a course say, by the path of the page.

    A file that cannot be read at all is added to ``troubles``.
    """
    found: dict[str, Translations] = {}
    for file, page in loaded.pages:
        path = catalog_path(project.config, file, target_language(page.language))
        if not (project.root / path).is_file():
            continue
        try:
            found[page.path] = translations_of(read_catalog(project.read(path), path), project.config.fuzzy)
        except PipelineError as error:
            troubles.append(error)
    return found
