"""The courses of a project, read: pages, outlines, alignments, subtitle tracks; what cannot be read is told and left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from pipeline.align.course import Course, Pins, course_of
from pipeline.align.coursetable import CourseTable, SubtitleFile, table_of
from pipeline.exporters.base import TrackPairFiles
from pipeline.extractors.page import read_page
from pipeline.model import Finding, Language, Page, PipelineError
from pipeline.project.config import CourseSettings
from pipeline.project.discovery import CourseFolder, SourceFile
from pipeline.project.options import page_options
from pipeline.project.progress import watched
from pipeline.project.root import Project
from pipeline.project.talks import spoken
from pipeline.project.terms import course_terms, lexicon_of
from pipeline.subtitles.formats import read_track
from pipeline.subtitles.talk import Talk
from pipeline.subtitles.track import Track
from pipeline.text.printable import one_line
from pipeline.text.script import language_of
from pipeline.text.terms import Terms


@dataclass(frozen=True)
class LoadedCourse:
    """A course folder with everything in it read; ``troubles`` are the files that could not be.

    ``pages`` pairs each page with its file, in the order of the paths; ``tracks`` the same for subtitles; ``terms`` are
    those of its own glossary and of the project's.
    """

    folder: CourseFolder
    settings: CourseSettings
    course: Course
    pages: tuple[tuple[SourceFile, Page], ...]
    tracks: tuple[tuple[SourceFile, Track], ...]
    terms: Terms
    troubles: tuple[PipelineError, ...] = ()

    @cached_property
    def spoken(self) -> tuple[tuple[SourceFile, Talk], ...]:
        """The tracks that are translated by sentence, under the names of their catalogs."""
        return spoken(self.tracks)

    @cached_property
    def list_findings(self) -> tuple[Finding, ...]:
        """What the rules on courses find in its lists; for checks and tables alike."""
        from pipeline.validator.base import findings  # with all rules on courses

        return tuple(findings(self.course))

    @cached_property
    def table(self) -> CourseTable:
        """The lecture table from all its sources; what its course.toml accepts is not missing."""
        return table_of(self.course, map(_subtitle_file, self.tracks), self.accepted)

    @cached_property
    def accepted(self) -> dict[tuple[str, str, int], str]:
        """What course.toml accepts of the findings about the lectures: the reasons by name, path and line."""
        if not self.settings.acceptances:
            return {}
        from pipeline.validator.acceptance import marked_by  # for tables only

        marked, _ = marked_by(self.list_findings, self.settings.acceptances, self.folder.settings)
        return {(each.name, each.path, each.line): each.accepted for each in marked if each.accepted is not None}

    @property
    def sources(self) -> tuple[tuple[SourceFile, Page], ...]:
        """All that has a catalog: the pages, and the tracks that are translated as such."""
        return (*self.pages, *((file, talk.page) for file, talk in self.spoken))

    @cached_property
    def talks(self) -> tuple[TrackPairFiles, ...]:
        """The talks that have an English and a Chinese track of one name, each language in the first of its formats.

        A track whose name says no language is the Chinese one only where no other is: beside two others it holds both.
        """
        first: dict[tuple[str, Language | None], Track] = {}
        for file, track in self.tracks:
            if track.cues:
                first.setdefault((file.name, file.language), track)
        chinese = {name for name, language in first if language not in {None, "en"}}
        return tuple(
            TrackPairFiles(name, first[name, "en"], track)
            for (name, language), track in first.items()
            if language != "en" and (name, "en") in first and (language is not None or name not in chinese)
        )


def _subtitle_file(file_and_track: tuple[SourceFile, Track]) -> SubtitleFile:
    """A subtitle file with its language: that of its name, else that of its text."""
    file, track = file_and_track
    language = file.language or language_of(" ".join(cue.text for cue in track.cues))
    path = one_line(PurePosixPath(file.path).relative_to(file.course).as_posix())
    return SubtitleFile(path, file.name, "en" if language == "en" else "zh")


def load(project: Project, folder: CourseFolder) -> LoadedCourse:
    """Everything in a course folder, read."""
    troubles: list[PipelineError] = []
    try:
        settings = project.settings(folder)
    except PipelineError as error:
        settings = CourseSettings({})
        troubles.append(error)
    options = page_options(project.config)
    pages, tracks = [], []
    files = (*folder.pages, *folder.subtitles)
    for file in watched(files, len(files), "files"):
        try:
            data = project.read(file.path)
            if file.kind == "page":
                pages.append((file, read_page(data, file.path, options)))
            else:
                tracks.append((file, read_track(data, file.path)))
        except PipelineError as error:
            troubles.append(error)
    own = course_terms(project, folder)
    troubles += own.troubles
    pins = Pins(settings.topic_pins, settings.lecture_pins, lexicon_of(project, own.terms))
    course = course_of(folder.name, folder.path, (page for _, page in pages), pins)
    return LoadedCourse(folder, settings, course, tuple(pages), tuple(tracks), Terms(own.terms), tuple(troubles))
