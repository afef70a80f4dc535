"""All findings about a course, the accepted ones marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pipeline.catalogs.translations import Translations
from pipeline.extractors.rewrite import translated_page
from pipeline.model import Finding, Page, Unit
from pipeline.project.catalog_findings import findings_in_catalogs
from pipeline.project.files import TreeFiles
from pipeline.project.locales import catalog_path
from pipeline.project.media import with_media
from pipeline.project.options import page_options
from pipeline.project.page_pairs import page_pairs
from pipeline.project.root import Project
from pipeline.project.selection import with_severities
from pipeline.text.naming import target_language
from pipeline.validator.acceptance import Acceptance, needs_catalogs, with_acceptances
from pipeline.validator.base import findings
from pipeline.validator.front_matter_keys import PagesOfCourse
from pipeline.validator.links import PageInTree, is_there, linked_files
from pipeline.validator.pins import PinnedCourse
from pipeline.validator.suppression import in_page, suppressed, suppressed_by_path
from pipeline.validator.track_fixes import with_offers
from pipeline.validator.track_pairs import PairedTracks
from pipeline.validator.tracks import CheckedTrack

if TYPE_CHECKING:  # pydantic and the aligner would come with them
    from pipeline.project.load import LoadedCourse


def course_findings(
    project: Project, loaded: LoadedCourse, translations: Mapping[str, Translations]
) -> Sequence[Finding]:
    """What is wrong with a course, sorted by place; ``translations`` are those of its pages, by path.

    Findings that its course.toml accepts are in it with their reason, and one for each acceptance that nothing matches.
    """
    found = [
        *_of_pages(project, loaded, translations), *loaded.list_findings, *_of_pins(loaded), *_of_pairs(project, loaded),
        *_of_tracks(project, loaded), *_of_talks(loaded), *findings_in_catalogs(project, loaded),
    ]  # fmt: skip
    found = suppressed(found, [each for _, page in loaded.pages for each in in_page(page)], _ran(loaded))
    found = suppressed_by_path(found, project.config.check.per_file)
    if loaded.folder.settings:
        pages = pages_of_catalogs(project, loaded)
        found = with_acceptances(found, _acceptances(project, loaded, pages), loaded.folder.settings, pages)
    found = with_severities(found, project.config.check.severity)
    return sorted(found, key=lambda each: (each.path, each.line, each.column, each.code))


def _acceptances(project: Project, loaded: LoadedCourse, catalogs: Iterable[str]) -> Sequence[Acceptance]:
    """Those of a course that may be stale: of a folder that was taken out of its project, no catalog says anything."""
    acceptances = loaded.settings.acceptances
    if any((project.root / path).is_file() for path in catalogs):
        return acceptances
    return [each for each in acceptances if not needs_catalogs(each)]


def _ran(loaded: LoadedCourse) -> tuple[type, ...]:
    """What was looked at whole: a course is not where a page could not be read."""
    return (Page,) if loaded.troubles else (Page, type(loaded.course))


def _of_pages(project: Project, loaded: LoadedCourse, translations: Mapping[str, Translations]) -> Iterable[Finding]:
    options = page_options(project.config)
    files = TreeFiles(str(project.root))
    pages = [page for _, page in loaded.pages]
    has_tree = any(is_there(place, files) for page in pages for _, place in linked_files(page))
    for page in pages:
        yield from findings(page, project.config.check.optional)
        if has_tree:  # a page that was taken out of its site alone has left everything behind
            yield from findings(PageInTree(page, files))
        if own := translations.get(page.path):
            yield from translated_page(page, partial(_translation, own), options).findings


def _translation(own: Translations, unit: Unit) -> str | None:
    return own.get((unit.context, unit.text))


def _of_pairs(project: Project, loaded: LoadedCourse) -> Iterable[Finding]:
    """What pages that are translations of each other do not have in common, and the front matter of all."""
    yield from findings(PagesOfCourse(tuple(page for _, page in loaded.pages)))
    for pair in page_pairs(project, loaded):
        yield from findings(pair)


def _of_pins(loaded: LoadedCourse) -> Iterable[Finding]:
    """Pins that name nothing; where a page could not be read, what it lists is not known."""
    for pin in () if loaded.troubles else loaded.settings.pins:
        yield from findings(PinnedCourse(loaded.course, pin, loaded.folder.settings))


def pages_of_catalogs(project: Project, loaded: LoadedCourse) -> dict[str, str]:
    """For the path of the catalog of each page the path of that page."""
    return {
        catalog_path(project.config, file, target_language(page.language)): page.path for file, page in loaded.sources
    }


def _of_tracks(project: Project, loaded: LoadedCourse) -> Iterable[Finding]:
    for _, track in loaded.tracks:
        yield from with_offers(track)
        yield from findings(CheckedTrack(track, project.config.subtitles.limits))
    for timed in with_media(project.root, [track for _, track in loaded.tracks]):
        yield from findings(timed)


def _of_talks(loaded: LoadedCourse) -> Iterable[Finding]:
    """What the two tracks of a talk do not have in common; a bilingual track stands beside its English one too."""
    for talk in loaded.talks:
        if CheckedTrack(talk.zh).tongue == "zh":
            yield from findings(PairedTracks(talk.en, talk.zh, talk.pairing, loaded.terms))
