"""`bilect format`: catalogs in msgcat's form, subtitles in order."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from pipeline.catalogs.po import BrokenCatalogError, formatted_bytes
from pipeline.cli.console import detail, fail, note, out_bytes
from pipeline.cli.files import named
from pipeline.model import PipelineError
from pipeline.project.bare import FileKind, NamedFile, destination, named_files, project_around
from pipeline.project.catalog_files import project_catalogs
from pipeline.project.files import write_atomically
from pipeline.project.lock import guarded
from pipeline.project.root import project_of
from pipeline.text.said import said, said_of
from pipeline.text.tongue import _, counted

_MOST_TOLD = 50  # faults of one file
FORMATTED = FileKind(said("catalog or subtitle file"), (".po", ".srt"))


@click.command("format")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "-o", "--output", metavar="OUT",
    help="A file for one input, a folder for several or for a folder; - is standard output. Default: in place.",
)  # fmt: skip
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
def command(paths: tuple[str, ...], output: str | None, check: bool) -> int:
    """Format catalogs and subtitles.

    A catalog takes the form that msgcat gives, in the wrapping that it has; unknown flags stay. Subtitles are sorted and
    numbered from 1. Without PATH these are the catalogs of the project. No text is changed; a file that cannot be read
    whole is told and left alone.

    \b
    bilect format                     the catalogs of the project, in place
    bilect format --check locales     whether any would change
    bilect format a.po -o b.po        one catalog, to another file
    """
    files = _files(paths)
    if output == "-" and len(files) > 1:
        many = _("{number} files do not fit one output: name a folder with -o")
        raise click.UsageError(many.format(number=len(files)))
    place = destination(output, paths, files) if output is not None and output != "-" else None
    places, troubles = (
        place.places_of({file: file.inside for file in files}) if place else ({file: file.path for file in files}, [])
    )
    for trouble in troubles:
        fail(trouble)
    if output == "-":
        for file in files:
            _print(file)
        return 0
    write = None if check else place.write if place else write_atomically
    with guarded(project_around(), writes=output is None and not check):
        changed = sum(_formatted(file, places[file], write) for file in files if file in places)
    told = _("{number} of {files} would change.") if check else _("{number} of {files} formatted.")
    note(told.format(number=changed, files=counted(len(files), "file")))
    return int(check and changed > 0)


def _print(file: NamedFile) -> None:
    with _told():
        out_bytes(formatted_file(file))


def _formatted(file: NamedFile, path: Path, write: Callable[[Path, bytes], bool] | None) -> bool:
    """Write one file in its form, or only say whether it would change; False for one that cannot be read."""
    with _told():
        data = formatted_file(file)
        if _is_other(path, data):
            if write:
                write(path, data)
            told = _("{file}: formatted") if write else _("{file}: would change")
            detail(told.format(file=path.as_posix()))
            return True
    return False


@contextmanager
def _told() -> Iterator[None]:
    """Tell what is wrong with a file, and go on with the next one."""
    try:
        yield
    except BrokenCatalogError as error:
        _tell_all(error)
    except PipelineError as error:
        fail(error)


def _tell_all(broken: BrokenCatalogError) -> None:
    """Write a line on each fault of a catalog, with its place; of very many, on the first."""
    for finding in broken.findings[:_MOST_TOLD]:
        fail(PipelineError(finding.message, path=f"{finding.path}:{finding.line}:{finding.column}", remedy=finding.fix))
    more = len(broken.findings) - _MOST_TOLD
    if more > 0:
        what = said_of(more, "{number} more fault", "{number} more faults")
        fail(PipelineError(what, path=broken.path, remedy="bilect check names all"))


def _files(paths: Sequence[str]) -> list[NamedFile]:
    """The files that ``paths`` name, or the catalogs of the project around; paths that name none are told."""
    if paths == ("-",):
        return [named("-", None)]
    if not paths:
        files, troubles = project_catalogs(project_of(Path.cwd()))
    else:
        files, troubles = named_files(paths, FORMATTED, project_around())
    for trouble in troubles:
        fail(trouble)
    return files


def formatted_file(file: NamedFile) -> bytes:
    """The bytes of a file in its canonical form.

    Raises:
        PipelineError: It cannot be read whole.
    """
    if file.path.suffix.lower() == ".srt":
        return _formatted_track(file)
    return formatted_bytes(file.read(), file.shown)


def _formatted_track(file: NamedFile) -> bytes:
    from pipeline.subtitles.formats import read_track  # catalogs need none of it
    from pipeline.subtitles.srt_format import srt_bytes

    gc.disable()  # cues have no circles, and looking for them takes a tenth of the time
    track = read_track(file.read(), file.shown)
    if track.format != "srt":
        raise PipelineError(track.findings[0].message, path=file.shown, remedy=track.findings[0].fix)
    for finding in track.findings:
        if finding.severity == "error":
            raise PipelineError(finding.message, path=file.shown, line=finding.line, remedy=finding.fix)
    return srt_bytes(track.cues)


def _is_other(path: Path, data: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != data
