"""Which subtitle files of a course are translated by sentence, and what their catalogs are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.extractors.page import PageOptions, read_page
from pipeline.model import Page
from pipeline.project.discovery import TALK_SUFFIX, CourseFolder, SourceFile
from pipeline.subtitles.formats import read_track
from pipeline.subtitles.talk import Talk, talk_of
from pipeline.subtitles.track import Track


def talk_file(file: SourceFile) -> SourceFile:
    """Return a subtitle file under the name of its catalog."""
    return file._replace(name=f"{file.name}{TALK_SUFFIX}")


def talk_name(file: SourceFile) -> str:
    """Return the name of a talk without what its catalog has behind it."""
    return file.name.removesuffix(TALK_SUFFIX)


def source_files(folder: CourseFolder) -> tuple[SourceFile, ...]:
    """Return all files of a course that have catalogs: its pages, and of each talk the track that is translated."""
    return (*folder.pages, *map(talk_file, translated_tracks(folder.subtitles)))


def translated_tracks(files: Iterable[SourceFile]) -> Sequence[SourceFile]:
    """Return of the tracks of each talk the one that is translated: an English one, else the first."""
    chosen: dict[str, SourceFile] = {}
    for file in sorted(files, key=lambda file: (file.language != "en", file.language is not None, file.path)):
        chosen.setdefault(file.name, file)
    return sorted(chosen.values(), key=lambda file: file.path)


def spoken(tracks: Sequence[tuple[SourceFile, Track]]) -> tuple[tuple[SourceFile, Talk], ...]:
    """Return the tracks that are translated, under the names of their catalogs, sentence by sentence."""
    read = {file.path: track for file, track in tracks}
    return tuple(
        (talk_file(file), talk_of(read[file.path], file.language))
        for file in translated_tracks(file for file, _ in tracks)
    )


def read_source(data: bytes, file: SourceFile, options: PageOptions) -> Page:
    """Return a page, or a track as one."""
    if file.kind == "page":
        return read_page(data, file.path, options)
    return talk_of(read_track(data, file.path), file.language).page
