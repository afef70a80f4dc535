"""What a course exports, as files under the build folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from pipeline.align.coursetable import CourseTable, SubtitleFile, table_of
from pipeline.catalogs.translations import Translations
from pipeline.exporters.base import Material
from pipeline.exporters.spoken import TranslatedTalk, translated_talk
from pipeline.model import Language, Unit
from pipeline.project.discovery import SourceFile
from pipeline.project.files import TreeFiles
from pipeline.project.load import LoadedCourse
from pipeline.project.options import adaptation, page_options
from pipeline.project.pictures import PictureFiles
from pipeline.project.root import Project
from pipeline.project.talks import talk_name
from pipeline.subtitles.track import Track
from pipeline.text.naming import translated_name
from pipeline.text.printable import one_line
from pipeline.text.script import language_of


def material_of(
    project: Project,
    loaded: LoadedCourse,
    translations: Mapping[str, Translations],
    targets: Mapping[str, Language],
) -> Material:
    """What the exporters get for a course."""
    made = (
        PurePosixPath(path).with_name(translated_name(PurePosixPath(path).name, to)) for path, to in targets.items()
    )
    files = TreeFiles(str(project.root), frozenset(map(str, made)))
    return Material(
        loaded.course,
        translations,
        targets,
        (*loaded.talks, *_translated_talks(loaded, translations, targets)),
        options=page_options(project.config),
        wish=replace(adaptation(project.config), files=files),
        table=course_table(loaded),
        limits=project.config.subtitles.limits,
        paper=project.config.paper,
        terms=loaded.terms,
        pictures=PictureFiles(str(project.root)),
    )


def _translated_talks(
    loaded: LoadedCourse, translations: Mapping[str, Translations], targets: Mapping[str, Language]
) -> Iterator[TranslatedTalk]:
    """The talks that have a track in one language and a translation into the other."""
    by_hand = {talk.name for talk in loaded.talks}
    for file, talk in loaded.spoken:
        name, said = talk_name(file), translations.get(talk.track.path, {})
        if name not in by_hand and said and talk.track.path in targets:
            say = partial(_said, said)
            if made := translated_talk(name, talk, say, targets[talk.track.path]):
                yield made


def _said(said: Translations, unit: Unit) -> str | None:
    return said.get((unit.context, unit.text))


def course_table(loaded: LoadedCourse) -> CourseTable:
    """The lecture table of a course from all its sources; what its course.toml accepts is not missing."""
    return table_of(loaded.course, map(_subtitle_file, loaded.tracks), loaded.accepted)


def _subtitle_file(file_and_track: tuple[SourceFile, Track]) -> SubtitleFile:
    """A subtitle file with its language: that of its name, else that of its text."""
    file, track = file_and_track
    language = file.language or language_of(" ".join(cue.text for cue in track.cues))
    path = one_line(PurePosixPath(file.path).relative_to(file.course).as_posix())
    return SubtitleFile(path, file.name, "en" if language == "en" else "zh")
