"""What a course exports, as files under the build folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from pipeline.catalogs.translations import Translations
from pipeline.exporters.base import Material
from pipeline.exporters.handout_words import chinese_among
from pipeline.exporters.spoken import TranslatedTalk, translated_talk
from pipeline.model import Language, Unit
from pipeline.project.files import TreeFiles
from pipeline.project.load import LoadedCourse
from pipeline.project.options import adaptation, page_options
from pipeline.project.pictures import PictureFiles
from pipeline.project.root import Project
from pipeline.project.talks import talk_name
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
        (*loaded.talks, *_translated_talks(loaded, translations, targets)),
        options=page_options(project.config),
        wish=replace(adaptation(project.config), files=files),
        table=lambda: loaded.table,
        limits=project.config.subtitles.limits,
        paper=project.config.paper,
        terms=loaded.terms,
        pictures=PictureFiles(str(project.root)),
        chinese=chinese_among([*(page.language for page in loaded.course.pages), *targets.values()]),
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
