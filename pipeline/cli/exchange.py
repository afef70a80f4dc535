"""`bilect export xliff`, `tmx` and `mo`: catalogs for other programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.exchanged import Outgoing
from pipeline.cli.console import fail, note, out_bytes
from pipeline.cli.files import named
from pipeline.model import PipelineError
from pipeline.project.bare import Destination, NamedFile, destination, named_files, project_around
from pipeline.project.catalog_files import CATALOGS_AND_TEMPLATES, project_catalogs
from pipeline.project.exchange import JOINED, SUFFIXES, Wish, exported_bytes, read_outgoing
from pipeline.project.root import Project, project_of
from pipeline.text.tongue import _, counted

Read = dict[NamedFile, tuple[Catalog, Outgoing]]


def export_catalogs(paths: Sequence[str], output: str | None, wish: Wish) -> int:
    """Export the catalogs that ``paths`` name, or all of the project; say what became of them."""
    project = project_around() if paths else project_of(Path.cwd())
    files = _files(paths, project)
    if wish.form == "mo":
        files = [file for file in files if file.data is not None or file.path.suffix.lower() != ".pot"]
    read: Read = {}
    for file in files:
        try:
            read[file] = read_outgoing(file, wish)
        except PipelineError as error:
            fail(error)
            continue
        if not read[file][1].target_locale and wish.form != "mo":
            note(_("{file}: names no language; --lang says it").format(file=file.shown))
    if read and (output == "-" or (output is None and paths)):
        _to_stdout(read, wish)
    elif read:
        _written(paths, project, output, read, wish)
    elif not files:
        note(_("nothing to export"))
    return 0


def _files(paths: Sequence[str], project: Project | None) -> list[NamedFile]:
    if not paths and project:
        files, troubles = project_catalogs(project)
    else:
        files, troubles = named_files([path for path in paths if path != "-"], CATALOGS_AND_TEMPLATES, project)
        files = _without_templates(files)
    for trouble in troubles:
        fail(trouble)
    return files + ([named("-", project)] if "-" in paths else [])


def _without_templates(files: list[NamedFile]) -> list[NamedFile]:
    """The files without the templates of folders that hold catalogs too: these say all that templates do."""
    catalogs = [file for file in files if file.is_alone or file.path.suffix.lower() != ".pot"]
    return catalogs or files


def _to_stdout(read: Read, wish: Wish) -> None:
    if len(read) > 1 and wish.form == "mo":
        many = _("{number} catalogs do not fit one output: name a folder with -o")
        raise click.UsageError(many.format(number=len(read)))
    if wish.form == "mo" and sys.stdout.isatty():
        raise click.UsageError(_("a compiled catalog is nothing for a terminal: name a file with -o"))
    out_bytes(exported_bytes(list(read.values()), wish))


def _written(paths: Sequence[str], project: Project | None, output: str | None, read: Read, wish: Wish) -> None:
    files = list(read)
    if output is not None and len(files) > 1 and output.lower().endswith(JOINED) and not os.path.isdir(output):
        place = Destination(Path(output), is_folder=False, inputs=tuple(files))
        is_changed = _write(place, Path(output), list(read.values()), wish)
        told = _("{number} catalogs exported to {file}")
        same = _("{number} catalogs exported to {file}, which was so already")
        note((told if is_changed else same).format(number=len(files), file=output))
        return
    if output is None and project:
        place = Destination(Path(os.path.relpath(project.root / project.config.build / wish.form)), True, tuple(files))
    else:
        place = destination(output or "", paths or [os.curdir], files)
    places, troubles = place.places(SUFFIXES[wish.form])
    for trouble in troubles:
        fail(trouble)
    changes = []
    for file, path in places.items():
        try:
            changes.append(_write(place, path, [read[file]], wish))
        except PipelineError as error:
            fail(error)
    told = _("{files} exported, {number} written")
    note(told.format(files=counted(len(changes), "file"), number=sum(changes)))


def _write(place: Destination, path: Path, catalogs: list[tuple[Catalog, Outgoing]], wish: Wish) -> bool:
    return place.write(path, exported_bytes(catalogs, wish))
