"""`bilect export` of whole courses: handouts, tables and subtitles of a project, of some of its files, or of bare files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from pipeline.align.course import course_of
from pipeline.catalogs.po import read_catalog
from pipeline.catalogs.translations import Fuzzy, Translations, translations_of
from pipeline.catalogs.translators import translators_of
from pipeline.exporters.base import Export, Layout, Material, Order, Output, Paper, exporter_named, is_of_tracks
from pipeline.exporters.edition import traditional_edition
from pipeline.exporters.spoken import TranslatedTalk
from pipeline.model import Finding, Language, Page, PipelineError
from pipeline.project.bare import Destination, NamedFile
from pipeline.project.discovery import SUBTITLES
from pipeline.project.editions import (
    CREDIT,
    EDITION,
    add_new,
    converter,
    edition_catalogs,
    edition_name,
    edition_of,
    overrides_for,
)
from pipeline.project.exports import material_of
from pipeline.project.files import read_bytes
from pipeline.project.load import LoadedCourse, load
from pipeline.project.page_export import Catalogs, translated_share
from pipeline.project.progress import watched
from pipeline.project.scope import Scope, is_named, scopes
from pipeline.project.terms import shared_troubles
from pipeline.text.naming import file_name, target_language
from pipeline.text.said import said
from pipeline.text.traditional import Overrides


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to export and how: ``output``, ``catalog``, ``language``, ``fuzzy`` and ``paper`` are None where the defaults count.

    Talks of which less than ``percent`` is translated are left out, and from handouts such pages.
    """

    form: str
    output: str | None = None
    catalog: str | None = None
    language: Language | None = None
    order: Order = "zh-en"
    fuzzy: Fuzzy | None = None
    percent: int = 0
    layout: Layout = "interleaved"
    paper: Paper | None = None


@dataclass(slots=True)
class Exported:
    """The files of an export as (path, bytes), what was found on the way, and what could not be read.

    ``sources`` are the files that were read: none of them is ever written. ``notes`` say what was left out.
    """

    files: list[tuple[str, bytes]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    troubles: list[PipelineError] = field(default_factory=list)
    sources: list[NamedFile] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def exported(paths: Sequence[str], order: ExportOrder) -> Exported:
    """The files that ``order`` makes of the project, or of ``paths``; nothing is written.

    Raises:
        PipelineError: No such format, no project, or several files for one output.
    """
    export = exporter_named(order.form)
    result = Exported()
    for scope in scopes(paths):
        for loaded in _courses(scope, result):
            try:
                outputs = _forms(_outputs(scope, loaded, export, order, result), order)
            except PipelineError as error:
                if not error.path:  # not of this course, but of the machine
                    raise
                if str(error) not in map(str, result.troubles):
                    result.troubles.append(error)
                continue
            if len(scope.courses) == len(outputs) == 1 and _is_name_for(outputs[0], order.output):
                places = [str(order.output)]
            else:
                places = [_place(scope, loaded, output, paths, order) for output in outputs]
            result.files += [(place, output.data) for place, output in zip(places, outputs, strict=True)]
            result.findings += [finding for output in outputs for finding in output.findings]
    if len(result.files) > 1 and (order.output == "-" or (order.output and Path(order.output).is_file())):
        message = said("{number} files cannot go into one", number=len(result.files))
        raise PipelineError(message, path=order.output, remedy="name a folder")
    return result


def materials(paths: Sequence[str], order: ExportOrder, result: Exported) -> Iterator[Material]:
    """The courses of the project, or those of ``paths``, for an exporter of all of them; ``result`` takes what goes wrong.

    Raises:
        PipelineError: There are no paths and no project.
    """
    for scope in scopes(paths):
        for loaded in _courses(scope, result):
            yield _material(scope, loaded, order, result)


def _courses(scope: Scope, result: Exported) -> Iterator[LoadedCourse]:
    """The courses of a scope; ``result`` takes what goes wrong, and which files were read."""
    result.troubles.extend((*scope.troubles, *(shared_troubles(scope.project) if scope.is_project else ())))
    for folder in watched(scope.courses, len(scope.courses), "courses"):
        loaded = load(scope.project, folder)
        add_new(result.troubles, loaded.troubles)
        result.sources += [_named(scope, file.path) for file, _ in (*loaded.pages, *loaded.tracks)]
        yield loaded


def _is_name_for(output: Output, path: str | None) -> bool:
    """Whether the user named a file for the only one that is made, however many it is made of."""
    suffix = PurePosixPath(output.path).suffix
    return path is not None and bool(suffix) and path.endswith(suffix) and not Path(path).is_dir()


def _named(scope: Scope, path: str) -> NamedFile:
    return NamedFile(scope.project.root / path, path, PurePosixPath(path))


def _outputs(
    scope: Scope, loaded: LoadedCourse, export: Export, order: ExportOrder, result: Exported
) -> Iterator[Output]:
    """What the exporter makes of a course; of each page for itself where the files belong to no project."""
    material = _material(scope, loaded, order, result)
    if scope.is_project or is_of_tracks(order.form):
        yield from (
            _named_so(each, order) for each in export(material) if not each.source or is_named(each.source, scope)
        )
        return
    for page in material.course.pages:
        alone = replace(material, course=course_of(loaded.course.name, loaded.course.path, [page]), table=None)
        for output in _forms(export(alone), order)[:1]:
            name = PurePosixPath(page.path).with_suffix(PurePosixPath(output.path).suffix).name
            yield replace(output, path=name, source=page.path)


def _left_out(material: Material, percent: int, notes: list[str]) -> frozenset[str]:
    """The pages of which less is translated than a handout should hold; a note on each."""
    shares = {page.path: translated_share(page, material.translation) for page in material.course.pages}
    poor = {path: share for path, share in shares.items() if share < percent}
    notes += [
        said("{path}: {share} % translated, left out of handouts", path=path, share=share)
        for path, share in sorted(poor.items())
    ]
    return frozenset(poor)


def _named_so(output: Output, order: ExportOrder) -> Output:
    """A file under the name of its edition: it does not take the place of the usual one."""
    if order.language != EDITION or is_of_tracks(order.form):
        return output
    return replace(output, path=edition_name(output.path))


def _forms(outputs: Iterable[Output], order: ExportOrder) -> list[Output]:
    """All that an exporter makes, or of several forms of one thing that which the name of the output file asks for."""
    made = list(outputs)
    suffix = PurePosixPath(order.output or "").suffix
    if not suffix or Path(order.output or "").is_dir():
        return made
    named = [output for output in made if output.path.endswith(suffix)] or made
    language = file_name(PurePosixPath(order.output or "").name).language
    return [output for output in named if file_name(PurePosixPath(output.path).name).language == language] or named


def _material(scope: Scope, loaded: LoadedCourse, order: ExportOrder, result: Exported) -> Material:
    targets = {page.path: order.language or target_language(page.language) for _, page in loaded.sources}
    translations: dict[str, Translations] = {}
    translators: dict[str, tuple[str, ...]] = {}
    overrides = (
        overrides_for(scope.project, loaded.folder.path, result.troubles)
        if order.language == EDITION and scope.is_project
        else ()
    )
    catalogs = _Catalogs(scope, order, overrides)
    for _, page in loaded.sources:
        if order.language and (order.language == "en") == (page.language == "en"):
            if order.language != EDITION or page not in loaded.course.pages:
                del targets[page.path]  # it is in that language already
                continue
            targets[page.path] = "en"  # it is converted below
        try:
            if found := catalogs.translations(page, targets[page.path]):
                translations[page.path], translators[page.path] = found
        except PipelineError as error:
            result.troubles.append(error)
    material = material_of(scope.project, loaded, translations, targets)
    enough = [talk for talk in material.tracks if not isinstance(talk, TranslatedTalk) or talk.share >= order.percent]
    made = replace(material, order=order.order, tracks=tuple(enough), layout=order.layout, translators=translators)
    made = replace(made, paper=order.paper or material.paper)
    if order.language == EDITION:
        made = traditional_edition(made, converter(overrides))
    if not order.percent or is_of_tracks(order.form):
        return made
    return replace(made, left_out=_left_out(made, order.percent, result.notes))


class _Catalogs:
    """What the catalogs of a course say, with those who translated it."""

    def __init__(self, scope: Scope, order: ExportOrder, overrides: Overrides) -> None:
        config = scope.project.config
        self._scope, self._overrides = scope, overrides
        self._fuzzy: Fuzzy = order.fuzzy or config.fuzzy
        self._is_edition = order.language == EDITION
        self._of = Catalogs(order.catalog or "", str(scope.project.root), config.locales, config.source).of

    def translations(self, page: Page, target: Language) -> tuple[Translations, tuple[str, ...]] | None:
        """Return what there is for a page in a language, None where it has no catalog."""
        file = _named(self._scope, page.path)
        converted = (CREDIT,) if self._is_edition and page.language != EDITION else ()
        if target != EDITION:
            said, names = self._read(self._of(file, target)) or ({}, ())
            return (said, (*names, *converted)) if said or converted else None
        own, base = map(self._read, edition_catalogs(self._of, file))
        if own is None and base is None:
            return None
        made = edition_of(own[0] if own else {}, base[0] if base else {}, self._overrides)
        translators = dict.fromkeys(name for each in (own, base) if each for name in each[1])
        return made.translations, (*translators, *(converted if made.converted else ()))

    def _read(self, path: Path | None) -> tuple[Translations, tuple[str, ...]] | None:
        if path is None:
            return None
        catalog = read_catalog(read_bytes(path, path.as_posix()), path.as_posix())
        return translations_of(catalog, self._fuzzy), translators_of(catalog)


def _place(scope: Scope, loaded: LoadedCourse, output: Output, paths: Sequence[str], order: ExportOrder) -> str:
    """Where a file goes, as a path from the current folder."""
    config, folder = scope.project.config, loaded.folder
    if order.output is None and scope.is_project:
        return os.path.relpath(scope.project.root / config.build / folder.name / output.path)
    single = len(paths) == 1 and not Path(paths[0]).is_dir()
    if order.output is None or order.output == "-":
        return output.path
    if single and not Path(order.output).is_dir() and not order.output.endswith("/"):
        return order.output
    inside = folder.name if scope.is_project else _below_given(folder.path, paths)
    return Path(order.output, inside, output.path).as_posix()


def _below_given(folder: str, paths: Sequence[str]) -> str:
    """The path of a folder below the one that was named; empty for that one itself and for the folder of a named file."""
    for path in map(Path, paths):
        if path.is_dir() and Path(folder).is_relative_to(path):
            return Path(folder).relative_to(path).as_posix()
    return ""


def write_exports(result: Exported) -> list[str]:
    """Write the files of an export, each only where it differs; the paths that were written.

    A file that was read is never written over, and no file stops the others: both are added to the troubles.
    """
    place = Destination(Path(), is_folder=False, inputs=tuple(result.sources))
    written = []
    for path, data in result.files:
        try:
            _spare_a_hand_made_track(Path(path), data, result.sources)
            if place.write(Path(path), data):
                written.append(path)
        except PipelineError as error:
            result.troubles.append(error)
    return written


def _spare_a_hand_made_track(path: Path, data: bytes, sources: Iterable[NamedFile]) -> None:
    """Let a place pass that holds no other track of one language beside a source.

    Raises:
        PipelineError: It does: talk.en.srt and talk.zh.srt in one folder are both hand-made.
    """
    is_track = path.suffix.lower() in SUBTITLES and file_name(path.name).language is not None
    if not is_track or not path.is_file() or read_bytes(path) == data:
        return
    for source in sources:
        if source.path.parent.resolve() == path.parent.resolve():
            message = said("stands beside {source} and may be hand-made: it is not overwritten", source=source.shown)
            raise PipelineError(message, path=path.as_posix(), remedy="name another folder with -o, or delete it first")
