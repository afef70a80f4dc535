"""Catalogs brought up to date with their pages: what would become of each, and the writing of it.

Nothing is written while it is found out, so that all of it can be shown first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import polib

from pipeline.align.prefill import prefills
from pipeline.catalogs.carry import Key, key_of
from pipeline.catalogs.merge import MergeResult, merged
from pipeline.catalogs.message import translations
from pipeline.catalogs.po import Catalog, catalog_bytes, new_catalog, read_catalog, template_bytes, whole_catalog
from pipeline.catalogs.prefilled import Prefill
from pipeline.model import Language, Page, PipelineError
from pipeline.project.catalog_files import place_in_locales
from pipeline.project.clock import now
from pipeline.project.discovery import CourseFolder, SourceFile
from pipeline.project.load import LoadedCourse
from pipeline.project.locales import (
    LANGUAGES,
    Change,
    StoredFile,
    catalog_path,
    course_name,
    existing,
    has_template,
    project_name,
    template,
    template_path,
)
from pipeline.project.orphans import Orphans
from pipeline.project.root import Project
from pipeline.project.talks import talk_file
from pipeline.text.naming import target_language


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a project is brought up to date: paths of pages, catalogs and folders, None for all; languages likewise."""

    paths: frozenset[str] | None = None
    languages: tuple[Language, ...] = ()

    def wants(self, *paths: str) -> bool:
        """Whether one of the paths, or a folder that holds it, was named."""
        named = self.paths
        return named is None or any(_is_in(path, name) for path in paths for name in named)

    def wants_language(self, language: Language) -> bool:
        """Whether catalogs in a language are wanted."""
        return not self.languages or language in self.languages

    def may_want(self, project: Project, course: CourseFolder) -> bool:
        """Whether something of a course may be wanted."""
        if self.paths is None:
            return True
        name, locales = PurePosixPath(course.path).name, project.config.locales
        folders = [course.path, f"{locales}/templates/{name}"]
        folders += [f"{locales}/{language}/LC_MESSAGES/{name}" for language in LANGUAGES]
        return any(_is_in(folder, path) or _is_in(path, folder) for folder in folders for path in self.paths)


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a catalog, in numbers of messages: ``moved`` ones had the same text in another place or page.

    ``filled`` ones had no translation, and took one from the pages of the course; ``remembered`` ones took that of the same
    text from the memory, ``suggested`` ones a like one as fuzzy, ``noted`` ones have it in a note only.

    ``origin`` is where it stood before, or the catalog of a page that says what it said; ``is_orphan`` that its page is
    gone, ``is_new`` that it was not there, ``is_removed`` that nothing is left of it. ``unplaced`` are the lines, before,
    and the texts of translations that fit nowhere now.
    """

    path: str
    origin: str = ""
    new: int = 0
    filled: int = 0
    fuzzy: int = 0
    moved: int = 0
    obsolete: int = 0
    remembered: int = 0
    suggested: int = 0
    noted: int = 0
    unplaced: tuple[tuple[int, str], ...] = ()
    is_changed: bool = True
    is_new: bool = False
    is_orphan: bool = False
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class CatalogUpdate:
    """A catalog as it should be: its bytes on disk ``before``, at its place or where it stood, and ``after``.

    None is no file. ``page`` is None where it is gone.
    """

    outcome: Outcome
    language: Language
    catalog: Catalog
    before: bytes | None
    after: bytes | None
    page: Page | None = None


@dataclass(slots=True)
class CourseUpdate:
    """Templates and catalogs as they should be, and what could not be brought up to date.

    ``removed`` are templates of pages that are gone or say nothing any more.
    """

    templates: list[Change] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    catalogs: list[CatalogUpdate] = field(default_factory=list)
    troubles: list[PipelineError] = field(default_factory=list)


def course_update(
    project: Project, loaded: LoadedCourse, alone: Orphans, selection: Selection | None = None
) -> CourseUpdate:
    """Return what the templates and catalogs of a course should be; nothing that a translator typed is lost.

    A page that could not be read whole keeps what it has, and a catalog that cannot be read is left alone.
    """
    return _CourseUpdate(project, loaded, alone, selection or Selection()).result()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A catalog before it is merged; ``place`` is where it stands."""

    file: SourceFile
    page: Page
    language: Language
    template: Catalog
    old: Catalog
    before: bytes | None
    path: str
    place: str


class _CourseUpdate:
    """The work on one course: its catalogs are read first, because texts move from one to another."""

    def __init__(self, project: Project, loaded: LoadedCourse, alone: Orphans, selection: Selection) -> None:
        self.project, self.loaded, self.alone, self.selection = project, loaded, alone, selection
        self.update = CourseUpdate()
        self.left: dict[tuple[Language, str], list[tuple[str, polib.POEntry]]] = {}
        self.used: set[tuple[Language, str]] = set()

    def result(self) -> CourseUpdate:
        wanted = list(self._wanted())
        for each in wanted:
            keys = {key_of(message) for message in each.template}
            self._note_what_left(each.language, each.place, each.old, keys)
            self.used |= {(each.language, msgid) for _, msgid in keys}
        for file in self.alone.catalogs:
            if file.language and file.course == PurePosixPath(self.loaded.folder.path).name:
                self._note_orphan(file.language, file.path)
        suggestions = prefills(self.loaded.course)
        for each in wanted:
            if self._is_chosen(each):
                usual = each.language == target_language(each.page.language)
                known = suggestions.get(each.page.path, {}) if usual else {}
                self.update.catalogs.append(self._merged(each, {**known, **self._from_partner(each, known)}))
        return self.update

    def _from_partner(self, wanted: _Wanted, known: Mapping[Key, Prefill]) -> Mapping[Key, Prefill]:
        """What the page beside it that is its translation by hand says, foo.zh.md for foo.en.md.

        A course that is sure of another translation is believed.
        """
        done = {key_of(message) for message in wanted.old if not message.obsolete and translations(message)}
        if all(key_of(message) in done for message in wanted.template):
            return {}
        from pipeline.project.partners import filled_from_partner  # the aligner, which few courses need

        fill = filled_from_partner(self.project, self.loaded, (wanted.file, wanted.page), wanted.language)
        found = fill.prefills() if fill else {}
        sure = {key for key, prefill in known.items() if not prefill.fuzzy}
        return {key: prefill for key, prefill in found.items() if key not in sure}

    def _is_chosen(self, each: _Wanted) -> bool:
        return self.selection.wants_language(each.language) and self.selection.wants(
            each.page.path, each.path, each.place, template_path(self.project.config, each.file), *self._beside(each)
        )

    def _beside(self, each: _Wanted) -> Iterator[str]:
        """The tracks that a track is filled from: who names one means its catalog."""
        return (file.path for file, _ in self.loaded.tracks if talk_file(file).name == each.file.name)

    def _wanted(self) -> Iterator[_Wanted]:
        """The catalogs of all pages that were read whole, and on the way the templates that are chosen."""
        for file, page in self.loaded.sources:
            if not has_template(self.loaded, file) or any(each.severity == "error" for each in page.findings):
                continue
            try:
                made = self._template(file, page)
            except PipelineError as error:
                self.update.troubles.append(error)
                continue
            for language in self._languages(file, page):
                try:
                    yield self._read(file, page, language, made)
                except PipelineError as error:
                    self.update.troubles.append(error)

    def _template(self, file: SourceFile, page: Page) -> bytes:
        """The template of a page; that of one without texts has none, and is no file."""
        path = template_path(self.project.config, file)
        is_chosen = self.selection.wants(page.path, path, *self._places(file))
        if not page.units:
            if is_chosen and (self.project.root / path).is_file():
                self.update.removed.append(path)
            return template_bytes((), project=project_name(course_name(file), file.name), date=now())
        change = template(self.project, file, page)
        if change.data is not None and is_chosen:
            self.update.templates.append(change)
        return change.data if change.data is not None else self.project.read(change.path)

    def _places(self, file: SourceFile) -> list[str]:
        return [catalog_path(self.project.config, file, language) for language in LANGUAGES]

    def _languages(self, file: SourceFile, page: Page) -> Iterator[Language]:
        """The languages that a page has catalogs in, or is to have one."""
        for language, path in zip(LANGUAGES, self._places(file), strict=True):
            is_other = (language == "en") != (page.language == "en")
            is_wanted = language == target_language(page.language) or language in self.selection.languages
            is_there = path in self.alone.moves or (self.project.root / path).is_file()
            if is_other and (is_there or (is_wanted and page.units)):
                yield language

    def _read(self, file: SourceFile, page: Page, language: Language, made: bytes) -> _Wanted:
        path = catalog_path(self.project.config, file, language)
        place = self.alone.moves.get(path, path)
        data = existing(self.project, place)
        name = project_name(course_name(file), file.name)
        old = whole_catalog(data, place) if data and data.strip() else new_catalog(language, name, now())
        return _Wanted(file, page, language, read_catalog(made, path), old, data, path, place)

    def _note_what_left(self, language: Language, place: str, old: Catalog, kept: Collection[Key]) -> None:
        """Remember the translated messages of a catalog that its page has no more."""
        for message in old:
            if (message.obsolete or key_of(message) not in kept) and translations(message):
                self.left.setdefault((language, message.msgid), []).append((place, message))

    def _note_orphan(self, language: Language, path: str) -> None:
        try:
            catalog = read_catalog(self.project.read(path), path)
        except PipelineError:  # told where it is made obsolete
            return
        self._note_what_left(language, path, catalog, ())

    def _merged(self, wanted: _Wanted, suggestions: Mapping[Key, Prefill]) -> CatalogUpdate:
        pool = list(self._pool(wanted))
        old = _without_blanks(wanted.old, {message.msgid for message in pool})
        result = merged(old, wanted.template, date=now(), prefill=suggestions, pool=pool)
        is_moved = wanted.place != wanted.path
        if is_moved:
            _rename(result.catalog, wanted)
        is_same = wanted.before is not None and not is_moved and not result.content_changed
        after = wanted.before if is_same else catalog_bytes(result.catalog)
        outcome = Outcome(
            wanted.path,
            origin=wanted.place if is_moved else "",
            new=result.new,
            filled=result.filled,
            fuzzy=result.fuzzy,
            moved=result.moved,
            obsolete=result.obsolete,
            unplaced=self._unplaced(wanted.language, result),
            is_changed=is_moved or after != wanted.before,
            is_new=wanted.before is None,
        )
        return CatalogUpdate(outcome, wanted.language, result.catalog, wanted.before, after, wanted.page)

    def _pool(self, wanted: _Wanted) -> Iterator[polib.POEntry]:
        """What other pages lost and this one has."""
        for msgid in dict.fromkeys(message.msgid for message in wanted.template) if self.left else ():
            for place, message in self.left.get((wanted.language, msgid), ()):
                if place != wanted.place:
                    yield message

    def _unplaced(self, language: Language, result: MergeResult) -> tuple[tuple[int, str], ...]:
        """What fits nowhere; a text that another page has now is there."""
        lost = [message for message in result.unplaced if (language, message.msgid) not in self.used]
        return tuple((message.linenum or 0, message.msgid) for message in lost)


def _without_blanks(old: Catalog, texts: Collection[str]) -> Catalog:
    """The catalog without messages that nobody translated and whose texts are given: they are as good as new."""
    kept = [each for each in old if each.msgid not in texts or each.obsolete or each.tcomment or translations(each)]
    return old if len(kept) == len(old) else old.with_messages(kept)


def _rename(catalog: Catalog, wanted: _Wanted) -> None:
    """Write the new name of a page into the header of its catalog, unless somebody wrote another one there."""
    place = place_in_locales(wanted.place)
    if place and catalog.metadata.get("Project-Id-Version") == project_name(place.course, place.page):
        catalog.metadata["Project-Id-Version"] = project_name(course_name(wanted.file), wanted.file.name)


def orphan_updates(project: Project, alone: Orphans, selection: Selection | None = None) -> CourseUpdate:
    """Return what the templates and catalogs of pages that are gone should be: no file, or all messages obsolete."""
    chosen = selection or Selection()
    update = CourseUpdate()
    for path in alone.templates:
        if chosen.wants(path) and not chosen.languages:
            update.removed.append(path)
    for file in alone.catalogs:
        if (
            file.language
            and file.path in alone.gone
            and chosen.wants_language(file.language)
            and chosen.wants(file.path)
        ):
            try:
                update.catalogs.append(_obsolete(project, file, file.language, alone.covered.get(file.path, "")))
            except PipelineError as error:
                update.troubles.append(error)
    return update


def _obsolete(project: Project, file: StoredFile, language: Language, same: str) -> CatalogUpdate:
    before = project.read(file.path)
    result = merged(whole_catalog(before, file.path), Catalog(), date=now())
    is_removed = bool(same) or not (result.catalog or result.catalog.header)
    after = None if is_removed else catalog_bytes(result.catalog)
    outcome = Outcome(file.path, same, obsolete=result.obsolete, is_orphan=True, is_removed=is_removed)
    return CatalogUpdate(outcome, language, result.catalog, before, after)


def write_catalog(project: Project, update: CatalogUpdate) -> None:
    """Write a catalog, or remove it.

    Raises:
        PipelineError: It cannot be written, or somebody has changed it since it was read.
    """
    path, origin = update.outcome.path, update.outcome.origin
    place = origin if origin and not update.outcome.is_orphan else path
    if existing(project, place) != update.before:
        raise PipelineError("was changed meanwhile, and is left alone", path=place, remedy="run it again")
    if update.after is None:
        project.remove(path)
        return
    project.write(path, update.after)
    if place != path and not _is_one_file(project.root / place, project.root / path):
        project.remove(place)


def _is_one_file(place: Path, path: Path) -> bool:
    """Whether two names are one file: page.po and Page.po are, on some disks."""
    return place.exists() and path.exists() and place.samefile(path)
