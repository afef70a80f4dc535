"""`bilect format`: catalogs in msgcat's form, subtitles in order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.catalogs.po import BrokenCatalogError, formatted_bytes
from pipeline.cli.console import detail, fail, note, out_bytes
from pipeline.cli.files import named
from pipeline.model import PipelineError
from pipeline.project.bare import FileKind, NamedFile, destination, named_files, project_around
from pipeline.project.files import write_atomically
from pipeline.project.root import project_of

_MOST_TOLD = 50  # faults of one file
FORMATTED = FileKind("catalog or subtitle file", (".po", ".srt"))


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
        raise click.UsageError(f"{len(files)} files do not fit one output: name a folder with -o")
    place = destination(output, paths, files) if output is not None and output != "-" else None
    places, troubles = (
        place.places_of({file: file.inside for file in files}) if place else ({file: file.path for file in files}, [])
    )
    for trouble in troubles:
        fail(trouble)
    changed = 0
    for file in files:
        try:
            data = formatted_file(file)
            if output == "-":
                out_bytes(data)
            elif file in places and _is_other(places[file], data):
                changed += 1
                detail(f"{places[file].as_posix()}: {'would change' if check else 'formatted'}")
                if not check:
                    place.write(places[file], data) if place else write_atomically(file.path, data)
        except BrokenCatalogError as error:
            _tell_all(error)
        except PipelineError as error:
            fail(error)
    if output != "-":
        note(f"{changed} of {len(files)} files {'would change' if check else 'formatted'}.")
    return int(check and changed > 0)


def _tell_all(broken: BrokenCatalogError) -> None:
    """Write a line on each fault of a catalog, with its place; of very many, on the first."""
    for finding in broken.findings[:_MOST_TOLD]:
        fail(PipelineError(finding.message, path=f"{finding.path}:{finding.line}:{finding.column}", remedy=finding.fix))
    more = len(broken.findings) - _MOST_TOLD
    if more > 0:
        fail(PipelineError(f"{more} more faults", path=broken.path, remedy="bilect check names all"))


def _files(paths: Sequence[str]) -> list[NamedFile]:
    """The files that ``paths`` name, or the catalogs of the project around; paths that name none are told."""
    if paths == ("-",):
        return [named("-", None)]
    if not paths:
        project = project_of(Path.cwd())
        paths = [str(path) for path in sorted((project.root / project.config.locales).rglob("*.po"))]
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
    from pipeline.subtitles.srt_format import read_srt, srt_bytes  # catalogs need none of it

    track = read_srt(file.read(), file.shown)
    for finding in track.findings:
        if finding.severity == "error":
            raise PipelineError(finding.message, path=file.shown, line=finding.line, remedy=finding.fix)
    return srt_bytes(track.cues)


def _is_other(path: Path, data: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != data
