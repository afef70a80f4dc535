"""`bilect export`: what an exporter makes of a project, of some of its pages, or of bare files, and where it goes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from pipeline.align.course import course_of
from pipeline.catalogs.po import read_catalog
from pipeline.exporters.base import Export, Material, Order, Output, Translations, exporter_named
from pipeline.model import Finding, Language, Page, PipelineError
from pipeline.project.exports import track_pairs, translations_of
from pipeline.project.files import read_bytes, write_atomically
from pipeline.project.load import LoadedCourse, load, target_language
from pipeline.project.locales import catalog_path
from pipeline.project.options import page_options
from pipeline.project.scope import Scope, is_named, scopes
from pipeline.text.naming import file_name


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to export and how: ``output``, ``catalog``, ``language`` and ``fuzzy`` are None where the defaults count."""

    form: str
    output: str | None = None
    catalog: str | None = None
    language: Language | None = None
    order: Order = "zh-en"
    fuzzy: str | None = None


@dataclass(slots=True)
class Exported:
    """The files of an export as (path, bytes), what was found on the way, and what could not be read.

    ``sources`` are the files that were read: none of them is ever written.
    """

    files: list[tuple[str, bytes]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    troubles: list[PipelineError] = field(default_factory=list)
    sources: set[Path] = field(default_factory=set)


def exported(paths: Sequence[str], order: ExportOrder) -> Exported:
    """The files that ``order`` makes of the project, or of ``paths``; nothing is written.

    Raises:
        PipelineError: No such format, no project, or several files for one output.
    """
    export = exporter_named(order.form)
    result = Exported()
    for scope in scopes(paths):
        result.troubles.extend(scope.troubles)
        for folder in scope.courses:
            loaded = load(scope.project, folder)
            result.troubles.extend(loaded.troubles)
            result.sources.update(
                (scope.project.root / file.path).resolve() for file, _ in (*loaded.pages, *loaded.tracks)
            )
            outputs = list(_outputs(scope, loaded, export, order, result.troubles))
            places = [_place(scope, loaded, output, paths, order) for output in outputs]
            result.files += [(place, output.data) for place, output in zip(places, outputs, strict=True)]
            result.findings += [finding for output in outputs for finding in output.findings]
    if len(result.files) > 1 and (order.output == "-" or (order.output and Path(order.output).is_file())):
        raise PipelineError(f"{len(result.files)} files cannot go into one", path=order.output, remedy="name a folder")
    return result


def _outputs(
    scope: Scope, loaded: LoadedCourse, export: Export, order: ExportOrder, troubles: list[PipelineError]
) -> Iterator[Output]:
    """What the exporter makes of a course; of each page for itself where the files belong to no project."""
    material = _material(scope, loaded, order, troubles)
    is_project = bool(scope.only is not None or loaded.folder.path.startswith(f"{scope.project.config.source}/"))
    if is_project or order.form in {"page", "srt"}:
        yield from (each for each in export(material) if not each.source or is_named(each.source, scope))
        return
    for page in loaded.course.pages:
        alone = replace(material, course=course_of(loaded.course.name, loaded.course.path, [page]))
        for output in export(alone):
            if output.path.endswith(f".{order.form}"):
                name = PurePosixPath(page.path).with_suffix(f".{order.form}").name
                yield replace(output, path=name, source=page.path)


def _material(scope: Scope, loaded: LoadedCourse, order: ExportOrder, troubles: list[PipelineError]) -> Material:
    config = scope.project.config
    targets = {page.path: order.language or target_language(page.language) for _, page in loaded.pages}
    translations: dict[str, Translations] = {}
    for file, page in loaded.pages:
        if order.language and (order.language == "en") == (page.language == "en"):
            del targets[page.path]  # it is in that language already
            continue
        inside = catalog_path(config, file, targets[page.path])
        path = _catalog(scope.project.root, page, order.catalog, inside)
        if path:
            try:
                catalog = read_catalog(read_bytes(path, path.as_posix()), path.as_posix())
                translations[page.path] = translations_of(catalog, order.fuzzy or config.fuzzy)
            except PipelineError as error:
                troubles.append(error)
    tracks = tuple(track_pairs(loaded))
    return Material(loaded.course, translations, targets, tracks, order.order, page_options(config))


def _catalog(root: Path, page: Page, given: str | None, inside: str) -> Path | None:
    """The catalog of a page: the file given, or the one in the folder given, in the project's locales or beside the page."""
    if given and Path(given).is_file():
        return Path(given)
    place = root / page.path
    stem = file_name(place.name).stem
    names = (f"{place.stem}.po", f"{stem}.po")
    if given:
        if not Path(given).is_dir():
            raise PipelineError("there is no such catalog or folder", path=given)
        below = "/".join(PurePosixPath(inside).parts[1:])
        candidates = [Path(given, name) for name in (*names, page.path.rsplit(".", 1)[0] + ".po", below)]
    else:
        candidates = [root / inside, *(place.with_name(name) for name in names)]
    return next((path for path in candidates if path.is_file()), None)


def _place(scope: Scope, loaded: LoadedCourse, output: Output, paths: Sequence[str], order: ExportOrder) -> str:
    """Where a file goes, as a path from the current folder."""
    config, folder = scope.project.config, loaded.folder
    is_project = scope.only is not None or not paths
    if order.output is None and is_project:
        return os.path.relpath(scope.project.root / config.build / folder.name / output.path)
    single = len(paths) == 1 and not Path(paths[0]).is_dir()
    if order.output is None or order.output == "-":
        return output.path
    if single and not Path(order.output).is_dir() and not order.output.endswith("/"):
        return order.output
    inside = folder.name if is_project else _below_given(folder.path, paths)
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
    written = []
    for path, data in result.files:
        if Path(path).resolve() in result.sources:
            error = PipelineError("is a source of this export", path=path, remedy="choose another output with -o")
            result.troubles.append(error)
            continue
        try:
            if write_atomically(Path(path), data):
                written.append(path)
        except PipelineError as error:
            result.troubles.append(error)
    return written
