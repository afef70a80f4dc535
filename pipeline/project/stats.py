"""How far the translation is, catalog by catalog, and what the next hour of work would best be."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.catalogs.counts import Counts, Measure, Tally, counts_of, measure_of, tallies
from pipeline.catalogs.po import Catalog, whole_catalog
from pipeline.model import PipelineError
from pipeline.project.bare import NamedFile, named_files, project_around, shown_path
from pipeline.project.catalog_files import CATALOGS, MESSAGES_FOLDER, place_in_locales, project_catalogs
from pipeline.project.root import Project, project_of
from pipeline.project.talks import source_files
from pipeline.text.said import said

CHARACTERS_A_WORD = 1.6  # Chinese characters that take as long as an English word
CHECKING = 0.5  # what checking a fuzzy translation takes of the time of making one

_UNKNOWN = "?"
_LOCALE = re.compile(r"[a-z]{2,3}(?:[_-](?:[A-Z]{2}|[A-Z][a-z]{3}))*(?:@\w+)?")


@dataclass(frozen=True, slots=True)
class CatalogStats:
    """How far a catalog is: ``course`` is the folder it stands in, ``page`` its name, ``path`` how results call it."""

    path: str
    locale: str
    course: str
    page: str
    measure: Measure
    tallies: tuple[Tally, ...]
    counts: Counts


@dataclass(slots=True)
class Stats:
    """The catalogs by locale and path, and what could not be counted."""

    catalogs: list[CatalogStats] = field(default_factory=list)
    troubles: list[PipelineError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Step:
    """Work on one catalog: how many messages to check, and to translate; ``length`` is that of their sources."""

    catalog: CatalogStats
    check: int
    translate: int
    length: int
    finishes: bool


def stats(paths: Sequence[str]) -> Stats:
    """Return how far the catalogs are that ``paths`` name, or those of the project around without any.

    A path may be a catalog, a folder, or a page or a course of the project, whose catalogs are meant then.

    Raises:
        PipelineError: There are no paths and no project, or no catalogs in it.
    """
    project = project_around() if paths else project_of(Path.cwd())
    found = Stats()
    if project and not paths:
        files, troubles = _all_of(project)
    else:
        named = list(_with_catalogs(paths, project, found.troubles)) if project else paths
        files, troubles = named_files(named, CATALOGS, project)
    found.troubles.extend(troubles)
    for file in files:
        try:
            found.catalogs.append(_counted(file))
        except PipelineError as error:
            found.troubles.append(error)
    found.catalogs.sort(key=lambda catalog: (catalog.locale, catalog.course, catalog.path))
    return found


def counts_together(catalogs: Iterable[CatalogStats]) -> Counts:
    """Return the sums of what the catalogs hold."""
    return sum((catalog.counts for catalog in catalogs), Counts())


def of_language(catalogs: Sequence[CatalogStats], language: str) -> list[CatalogStats]:
    """Return the catalogs of a locale; "zh" means every Chinese one.

    Raises:
        PipelineError: There are none, but others.
    """
    wanted = language.replace("-", "_").casefold()
    chosen = [each for each in catalogs if f"{each.locale}_".replace("-", "_").casefold().startswith(f"{wanted}_")]
    if catalogs and not chosen:
        others = ", ".join(sorted({each.locale for each in catalogs}))
        message = said("no catalog is in {language}", language=language)
        raise PipelineError(message, remedy=said("there are: {locales}", locales=others))
    return chosen


def next_hour(catalogs: Iterable[CatalogStats], rate: int) -> list[Step]:
    """Return the work of an hour that finishes the most pages, for someone who translates ``rate`` English words in it.

    The pages with the least left come first, whole, and then as much of the next one as fits; in a page, what is to
    check comes before what is to translate.
    """
    unfinished = sorted(
        (catalog for catalog in catalogs if catalog.counts.left.messages), key=lambda each: (_effort(each), each.path)
    )
    steps: list[Step] = []
    room = float(rate)
    for catalog in unfinished:
        step = _step(catalog, room)
        steps.append(step)
        room -= _effort(catalog)
        if room <= 0 or not step.finishes:
            break
    return steps


def hours_left(catalogs: Iterable[CatalogStats], rate: int) -> float:
    """Return the hours that all the work on the catalogs takes at ``rate`` English words an hour."""
    return sum(map(_effort, catalogs)) / rate


def _effort(catalog: CatalogStats) -> float:
    return sum(_effort_of(tally, catalog.measure) for tally in catalog.tallies)


def _effort_of(tally: Tally, measure: Measure) -> float:
    """How many English words take as long to translate."""
    if tally.state == "translated":
        return 0
    words = tally.length if measure == "words" else tally.length / CHARACTERS_A_WORD
    return words * CHECKING if tally.state == "fuzzy" else words


def _step(catalog: CatalogStats, room: float) -> Step:
    """As much work on a catalog as there is room for, one message at least if nothing was done before it."""
    done: list[Tally] = []
    # "fuzzy" comes before "untranslated"
    left = sorted((tally for tally in catalog.tallies if tally.state != "translated"), key=lambda each: each.state)
    for tally in left:
        if room <= 0:
            break
        room -= _effort_of(tally, catalog.measure)
        done.append(tally)
    check = sum(tally.state == "fuzzy" for tally in done)
    length = sum(tally.length for tally in done)
    return Step(catalog, check, len(done) - check, length, finishes=len(done) == len(left))


def _all_of(project: Project) -> tuple[list[NamedFile], list[PipelineError]]:
    """The catalogs of the project.

    Raises:
        PipelineError: It holds none yet.
    """
    files, troubles = project_catalogs(project)
    if not files and not troubles:
        remedy = said("bilect run makes them from the pages")
        raise PipelineError("there are no catalogs yet", path=project.config.locales, remedy=remedy)
    return files, troubles


def _with_catalogs(paths: Sequence[str], project: Project, troubles: list[PipelineError]) -> Iterator[str]:
    """The paths, with the catalogs of a page or a course in its place."""
    sources = project.root / project.config.source
    for path in paths:
        whole = Path(os.path.abspath(path))  # resolve() would follow links
        if CATALOGS.covers(path) or not (whole.exists() and whole.is_relative_to(sources)):
            yield path
        elif found := list(_catalogs_of(whole.relative_to(project.root), project)):
            yield from found
        else:
            shown = shown_path(path, project)
            troubles.append(PipelineError("has no catalog yet", path=shown, remedy="bilect run makes it"))


def _catalogs_of(source: Path, project: Project) -> Iterator[str]:
    locales = sorted((project.root / project.config.locales).glob(f"*/{MESSAGES_FOLDER}"))
    pages = (page for course in project.sources().courses for page in source_files(course))
    names = {
        f"{PurePosixPath(page.course).name}/{page.name}.po" for page in pages if Path(page.path).is_relative_to(source)
    }
    for folder in locales:
        yield from (str(path) for name in sorted(names) if (path := folder / name).is_file())


def _counted(file: NamedFile) -> CatalogStats:
    data = file.read()
    if not data.strip():  # gettext reads it as a catalog in which nothing is left to do
        raise PipelineError("is empty", path=file.shown, remedy="restore the file, or delete it")
    catalog = whole_catalog(data, file.shown)
    locale, course, page = _place(file, catalog)
    measure = measure_of(catalog, locale)
    counted = tuple(tallies(catalog, measure))
    return CatalogStats(file.shown, locale, course, page, measure, counted, counts_of(counted, measure))


def _place(file: NamedFile, catalog: Catalog) -> tuple[str, str, str]:
    """The locale, the course and the page of a catalog, as far as its path or its header says them."""
    if place := place_in_locales(file.shown):
        return place
    path = PurePosixPath(file.shown)
    declared = catalog.metadata.get("Language", "")
    names = (path.stem.rpartition(".")[2], path.stem, path.parent.name)
    locale = declared or next(filter(_LOCALE.fullmatch, names), _UNKNOWN)
    return locale, "" if path.parent == PurePosixPath() else path.parent.as_posix(), path.stem
