"""What a course exports, as files under the build folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.catalogs.translations import Translations
from pipeline.exporters.base import Material, TrackPairFiles
from pipeline.model import Language
from pipeline.project.files import TreeFiles
from pipeline.project.load import LoadedCourse
from pipeline.project.options import adaptation, page_options
from pipeline.project.root import Project
from pipeline.text.naming import translated_name


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
        tuple(track_pairs(loaded)),
        options=page_options(project.config),
        wish=replace(adaptation(project.config), files=files),
    )


def track_pairs(loaded: LoadedCourse) -> Iterator[TrackPairFiles]:
    """The talks of a course that have an English and a Chinese track of one name."""
    english = {file.name: track for file, track in loaded.tracks if file.language == "en"}
    for file, track in loaded.tracks:
        if file.language != "en" and file.name in english and track.cues and english[file.name].cues:
            yield TrackPairFiles(file.name, english[file.name], track)
