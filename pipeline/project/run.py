"""The main job: extract, align, update, check, export; each file is written only when it says something new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from pipeline.catalogs.translations import Translations, translations_of
from pipeline.catalogs.translators import translators_of
from pipeline.exporters.base import Output, run_exporters
from pipeline.exporters.tables import as_csv
from pipeline.model import Finding, Language, PipelineError
from pipeline.project.checks import course_findings
from pipeline.project.discovery import CourseFolder
from pipeline.project.exports import material_of
from pipeline.project.files import NoSpaceError
from pipeline.project.jobs import mapped
from pipeline.project.load import LoadedCourse, load
from pipeline.project.locales import Change, table_path
from pipeline.project.orphans import Orphans, orphans
from pipeline.project.progress import watched
from pipeline.project.remains import Remains, digest, keep_record, made_no_more, remains
from pipeline.project.root import Project
from pipeline.project.selection import Selection, is_selected, selection
from pipeline.project.terms import shared_troubles
from pipeline.project.update import CatalogUpdate, Outcome, course_update, orphan_updates, write_catalog
from pipeline.text.naming import target_language

_COUNTED = "M101"  # how many messages are not translated: the line of a course says it already


@dataclass(slots=True)
class CourseReport:
    """What a run found and did in one course.

    ``messages``, ``translated`` and ``fuzzy`` count over its catalogs; ``written`` are the files that changed, and
    ``outcomes`` says what became of those that are catalogs. ``stale`` are those that were made of what is no more.
    """

    name: str
    pages: int = 0
    topics: int = 0
    lectures: int = 0
    lectures_with_topic: int = 0
    pairs: int = 0
    messages: int = 0
    translated: int = 0
    fuzzy: int = 0
    cues: int = 0
    written: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    exported: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class RunReport:
    """What a run did, course by course, what became of the catalogs of pages that are gone, and what it could not do.

    ``remains`` are the tables and exports of courses that are gone: what was made of them is removed.
    """

    courses: list[CourseReport] = field(default_factory=list)
    orphans: CourseReport = field(default_factory=lambda: CourseReport(""))
    remains: Remains = field(default_factory=Remains)
    troubles: list[PipelineError] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """All findings, course by course."""
        return [finding for course in self.courses for finding in course.findings]

    @property
    def written(self) -> list[str]:
        """All files that changed."""
        return [path for course in (*self.courses, self.orphans) for path in course.written]

    @property
    def outcomes(self) -> list[Outcome]:
        """What became of all catalogs that changed."""
        return [outcome for course in (*self.courses, self.orphans) for outcome in course.outcomes]


def run(project: Project) -> RunReport:
    """Do the main job for every course of the project; what fails is in the report, and the rest goes on.

    A project that is configured so has its courses done in several processes, which say and write the same.

    Raises:
        NoSpaceError: The disk is full.
    """
    report = RunReport()
    sources = project.sources()
    report.troubles.extend(sources.troubles)
    report.troubles.extend(shared_troubles(project))
    alone = orphans(project, sources)
    if project.config.memory:
        from pipeline.project.recall import recalling  # SQLite, which few projects need here

        project, troubles = recalling(project)
        report.troubles.extend(troubles)
    made_runs = mapped(partial(_course_run, project, alone), sources.courses, project.config.jobs)
    for made in watched(made_runs, len(sources.courses), "courses"):
        report.courses.extend(made.courses)
        report.troubles.extend(made.troubles)
    last = _Run(project, report, alone)
    last.pages_gone(report.orphans)
    stale = {path for course in report.courses for path in course.stale if not sources.troubles}
    stale -= {path for course in report.courses for path in course.exported}
    report.remains = replace(remains(project, sources), stale=tuple(sorted(stale)))
    last.remove((*report.remains.made, *report.remains.records, *report.remains.stale))
    return report


def _course_run(project: Project, alone: Orphans, folder: CourseFolder) -> RunReport:
    report = RunReport()
    report.courses.append(_Run(project, report, alone).course(folder))
    return report


class _Run:
    """The steps of one course; they share what a run collects."""

    def __init__(self, project: Project, report: RunReport, alone: Orphans) -> None:
        self.project, self.troubles, self.alone = project, report.troubles, alone
        self.before = len(self.troubles)
        self.translations: dict[str, Translations] = {}
        self.targets: dict[str, Language] = {}
        self.translators: dict[str, tuple[str, ...]] = {}
        self.selection: Selection = selection(project)
        self.made: dict[str, str] = {}

    def course(self, folder: CourseFolder) -> CourseReport:
        loaded = load(self.project, folder)
        self.troubles.extend(loaded.troubles)
        report = CourseReport(folder.name or folder.path)
        self._count(loaded, report)
        self._locales(loaded, report)
        if (table := loaded.table).rows:
            data = as_csv(table).encode("utf-8", "replace")
            self._make(self._of_course(loaded, Change(table_path(self.project.config, folder.name), data)), report)
        found = course_findings(self.project.selecting(self.selection[0]), loaded, self.translations)
        report.findings.extend(each for each in found if self._is_told(each))
        self._exports(loaded, report)
        if self._is_whole(loaded) and all(track.cues for _, track in loaded.tracks):
            report.stale += made_no_more(self.project, folder.name, self.made)
        keep_record(self.project, folder.name, self.made)
        return report

    def _is_told(self, finding: Finding) -> bool:
        """Whether a finding is wanted and says more than the count of translated messages does."""
        is_count = finding.code == _COUNTED and not finding.key
        return not is_count and is_selected(finding, *self.selection)

    def _count(self, loaded: LoadedCourse, report: CourseReport) -> None:
        rows = loaded.course.rows
        report.pages = len(loaded.pages)
        report.topics = sum(len(outline.topics) for outline in loaded.course.outlines)
        report.lectures = len(rows)
        report.lectures_with_topic = sum(row.topic is not None for row in rows)
        report.pairs = sum(row.zh is not None and row.en is not None for row in rows)
        report.cues = sum(len(track.cues) for _, track in loaded.tracks)

    def _locales(self, loaded: LoadedCourse, report: CourseReport) -> None:
        """Templates and catalogs, each written when it says something new."""
        update = course_update(self.project, loaded, self.alone)
        if self.project.config.memory:
            from pipeline.project.recall import recalled  # SQLite, which few projects need here

            recalled(self.project, update)
        self.troubles.extend(update.troubles)
        for made in update.templates:
            self._write(made, report)
        self.remove(update.removed)
        for catalog in update.catalogs:
            self._catalog(catalog, report)
            page = catalog.page
            if page is None or catalog.language != target_language(page.language):
                continue
            live = [message for message in catalog.catalog if not message.obsolete]
            report.messages += len(live)
            report.translated += sum(bool(message.msgstr) and not message.fuzzy for message in live)
            report.fuzzy += sum(bool(message.msgstr) and message.fuzzy for message in live)
            self.translations[page.path] = translations_of(catalog.catalog, self.project.config.fuzzy)
            self.translators[page.path] = translators_of(catalog.catalog)
            self.targets[page.path] = catalog.language

    def pages_gone(self, report: CourseReport) -> None:
        """Make the catalogs of pages that are gone obsolete, and remove their templates."""
        update = orphan_updates(self.project, self.alone)
        self.troubles.extend(update.troubles)
        for catalog in update.catalogs:
            self._catalog(catalog, report)
        self.remove(update.removed)

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files of the project."""
        for path in paths:
            try:
                self.project.remove(path)
            except PipelineError as error:
                self.troubles.append(error)

    def _catalog(self, update: CatalogUpdate, report: CourseReport) -> None:
        if not update.outcome.is_changed:
            return
        try:
            write_catalog(self.project, update)
            report.outcomes.append(update.outcome)
            if not update.outcome.is_removed:
                report.written.append(update.outcome.path)
        except NoSpaceError:
            raise
        except PipelineError as error:
            self.troubles.append(error)

    def _exports(self, loaded: LoadedCourse, report: CourseReport) -> None:
        material = replace(
            material_of(self.project, loaded, self.translations, self.targets), translators=self.translators
        )
        for export in run_exporters(self.project.config.exports):
            try:
                for output in export(material):
                    self._export(loaded, output, report)
            except NoSpaceError:
                raise
            except PipelineError as error:  # such as a font that is not there: what else is exported does not need it
                self.troubles.append(error)

    def _export(self, loaded: LoadedCourse, output: Output, report: CourseReport) -> None:
        path = "/".join(filter(None, (self.project.config.build, loaded.folder.name, output.path)))
        report.exported.append(path)
        change = Change(path, output.data)
        self._make(change if output.source else self._of_course(loaded, change), report)

    def _of_course(self, loaded: LoadedCourse, change: Change) -> Change:
        """A file made of a whole course; where a part could not be read, what was made of all parts is not replaced."""
        return (
            change
            if self._is_whole(loaded) or not (self.project.root / change.path).is_file()
            else Change(change.path, None)
        )

    def _is_whole(self, loaded: LoadedCourse) -> bool:
        """Whether all of a course could be read, and all that was to be made of it could be made so far."""
        return len(self.troubles) == self.before and not any(
            finding.severity == "error" for _, page in loaded.pages for finding in page.findings
        )

    def _make(self, change: Change, report: CourseReport) -> None:
        """Write a file that goes with its course."""
        if change.data is not None and self._write(change, report):
            self.made[change.path] = digest(change.data)

    def _write(self, change: Change, report: CourseReport) -> bool:
        """Write a file that should be another; say whether it is as it should be."""
        try:
            if change.data is not None and self.project.write(change.path, change.data):
                report.written.append(change.path)
        except NoSpaceError:  # for all that follow too
            raise
        except PipelineError as error:
            self.troubles.append(error)
            return False
        return True
