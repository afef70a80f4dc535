"""`bilect export` of all courses together into one folder, in which nothing is touched that was not made so."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from pipeline.exporters.base import ExportOfAll
from pipeline.model import PipelineError
from pipeline.project.bare import project_around
from pipeline.project.exporting import Exported, ExportOrder, materials
from pipeline.project.files import NoSpaceError, read_bytes, remove, write_generated
from pipeline.project.remains import digest
from pipeline.text.said import said

_RECORD = ".bilect-export.json"
_LARGEST = 1 << 24  # bytes of a record: a hundred thousand files


def folder_of(paths: Sequence[str], order: ExportOrder) -> Path:
    """The folder that the export goes to: what `-o` names, else one of its name in the build folder of the project.

    Raises:
        PipelineError: There is none, it is a file, or sources stand in it.
    """
    project = project_around()
    if order.output is None and (paths or project is None):
        raise PipelineError("is made of many files", path=order.form, remedy="name a folder for them with -o")
    name = order.form if order.language != "zh_TW" else f"{order.form}.zh_TW"
    default = project.root / project.config.build / name if project else Path()
    folder = Path(os.path.relpath(default)) if order.output is None else Path(order.output)
    if order.output == "-" or folder.is_file():
        raise PipelineError("is a file, and many are made", path=str(order.output), remedy="name a folder with -o")
    if project and folder.resolve().is_relative_to((project.root / project.config.source).resolve()):
        message = said("is among the sources: what is made there would be a source itself")
        raise PipelineError(message, path=folder.as_posix(), remedy="name another folder with -o")
    return folder


def whole_exported(export: ExportOfAll, paths: Sequence[str], order: ExportOrder) -> Exported:
    """The files that ``order`` makes of all courses, by their paths in its folder; nothing is written.

    Raises:
        PipelineError: There are no paths and no project.
    """
    result = Exported()
    for output in export(tuple(materials(paths, order, result))):
        if not _is_inside(output.path):
            raise PipelineError("leads out of the folder of the export", path=output.path, remedy="rename its source")
        result.findings += output.findings
        result.files.append((output.path, output.data))
    return result


def _is_inside(path: str) -> bool:
    place = PurePosixPath(path)
    return not place.is_absolute() and bool(place.parts) and ".." not in place.parts and "\0" not in path


def write_whole(result: Exported, folder: Path) -> tuple[list[str], list[str]]:
    """Write the files of an export below ``folder``, each where it differs; what was written, and what was removed.

    Files of a former export that are made no more are removed where they are as they were made, if nothing went wrong.

    Raises:
        PipelineError: A file stands there that no export made, and nothing has been written; or the disk is full.
    """
    former = _former(folder)
    for path, data in result.files:
        _spare(folder, path, data, former)
    made = {path: digest(data) for path, data in result.files}
    _keep_record(folder, former | made)  # first: whatever is written is known as made here, if the work is stopped too
    written = []
    for path, data in result.files:
        try:
            if write_generated(folder / path, data, folder):
                written.append(path)
        except NoSpaceError:  # for all that follow too
            raise
        except PipelineError as error:
            result.troubles.append(error)
    gone = {} if result.troubles else {path: former[path] for path in sorted(former.keys() - made.keys())}
    removed = list(_removed(folder, gone, result.troubles))
    kept = {path: former[path] for path in former if path not in gone}
    _keep_record(folder, kept | made)
    return written, removed


def _spare(folder: Path, path: str, data: bytes, former: Mapping[str, str]) -> None:
    place = folder / path
    if path not in former and place.is_file() and read_bytes(place) != data:
        remedy = said("name another folder with -o, or delete it first")
        raise PipelineError("was not made by an export: nothing is written", path=place.as_posix(), remedy=remedy)


def _removed(folder: Path, gone: Mapping[str, str], troubles: list[PipelineError]) -> Iterator[str]:
    """Remove files that are as they were made."""
    for path, made in gone.items():
        try:
            if (folder / path).is_file() and digest(read_bytes(folder / path)) == made:
                remove(folder / path, folder)
                yield path
        except PipelineError as error:
            troubles.append(error)


def _former(folder: Path) -> dict[str, str]:
    """What a former export made in a folder, as digests by path; a record may be anyone's, so none leads out of it."""
    said: object = None
    with suppress(OSError, ValueError, RecursionError):
        place = folder / _RECORD
        said = json.loads(place.read_bytes().decode("utf-8", "surrogateescape")) if _is_small(place) else None
    files = said.get("files") if isinstance(said, dict) else None
    found = files.items() if isinstance(files, dict) else ()
    return {str(path): str(made) for path, made in found if _is_inside(str(path))}


def _is_small(place: Path) -> bool:
    return place.stat().st_size <= _LARGEST


def _keep_record(folder: Path, files: Mapping[str, str]) -> None:
    text = json.dumps({"files": dict(sorted(files.items()))}, ensure_ascii=False, indent=1) + "\n"
    write_generated(folder / _RECORD, text.encode("utf-8", "surrogateescape"), folder)
