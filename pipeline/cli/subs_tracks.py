"""What the commands that change tracks one by one have in common: a file, a folder of them, or standard input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from pipeline.cli.console import fail, note
from pipeline.cli.files import deliver_bytes, is_unnamed, named, tell
from pipeline.model import PipelineError
from pipeline.project.bare import TRACKS, Destination, NamedFile, destination, named_files
from pipeline.project.files import is_stream
from pipeline.project.root import Project
from pipeline.subtitles.formats import format_of, read_track, read_unnamed
from pipeline.subtitles.retiming import retimed_bytes
from pipeline.subtitles.track import Track
from pipeline.text.printable import one_line
from pipeline.text.said import said
from pipeline.text.series import listed
from pipeline.text.tongue import _, told
from pipeline.validator.report import exit_status

_NAMED = 5  # lines that a note names


class Changed(NamedTuple):
    """A track with its changes, what to warn of, and what was done, as a sentence."""

    track: Track
    warnings: Iterable[str]
    done: str


def change_tracks(source: str, output: str | None, project: Project | None, change: Callable[[Track], Changed]) -> int:
    """Write what ``change`` makes of each track that the user calls ``source``, in its own format; the exit status.

    Of a folder, a track that cannot be read or changed is told, and the others are written.

    Raises:
        click.UsageError: A folder goes to standard output.
        PipelineError: The one file cannot be read, changed or written.
    """
    files = tracks_named(source, project)
    is_one = len(files) == 1 and files[0].is_alone
    if not is_one and is_unnamed(output):
        raise click.UsageError(_("standard output holds one file, and these are several: name a folder with -o"))
    where = None if output is None or is_unnamed(output) else destination(output, [source], files)
    if is_one:
        return _written(files[0], output, where, change)
    status = 0
    for file in files:
        try:
            status |= _written(file, output, where, change)
        except PipelineError as error:
            fail(error)
    return status


def _written(file: NamedFile, output: str | None, where: Destination | None, change: Callable[[Track], Changed]) -> int:
    track = track_of(file)
    if where and where.is_folder:
        place: str | None = _place(file, track, where)
    else:
        demand_format(track, place := output)
    made = change(track)
    data = retimed_bytes(made.track)
    if where and place is not None:
        where.write(Path(place), data)
    else:
        deliver_bytes(data, output, [file])
    tell(track.findings)
    for warning in made.warnings:
        note(warning)
    form = made.done if file.is_alone else _("{file}: {what}").format(file=one_line(file.shown), what=made.done)
    note(form)
    return exit_status(track.findings)


def _place(file: NamedFile, track: Track, where: Destination) -> str:
    """The path in a folder, which a track of standard input gets the suffix of its format for."""
    inside = file.inside if file.inside.suffix else file.inside.with_suffix(f".{track.format}")
    return (where.path / inside).as_posix()


def tracks_named(source: str, project: Project | None) -> list[NamedFile]:
    """Return the subtitle files that the user calls ``source``; ``-`` and a pipe are one.

    Raises:
        PipelineError: There are none.
    """
    if source == "-" or is_stream(source):
        return [named(source, project)]
    files, troubles = named_files([source], TRACKS, project)
    if not files:
        raise troubles[0]
    for trouble in troubles:
        fail(trouble)
    return files


def track_of(file: NamedFile) -> Track:
    """The cues that a file holds.

    Raises:
        PipelineError: It cannot be read, or holds none.
    """
    if file.data is None:
        format_of(file.shown)  # a name of no format is told before the file is read
        track = read_track(file.read(), file.shown)
    else:
        track = read_unnamed(file.read(), file.shown)
    if track.cues:
        return track
    for finding in track.findings:
        if finding.severity == "error":
            raise PipelineError(finding.message, path=file.shown, remedy=finding.fix)
    raise PipelineError("no subtitles", path=file.shown, remedy="restore the file")


def demand_format(track: Track, output: str | None) -> None:
    """Let pass a track that is to be written in its own format.

    Raises:
        PipelineError: It is not.
    """
    if output is not None and not is_unnamed(output) and format_of(output).name != track.format:
        remedy = said("name a file that ends in {suffixes}", suffixes=f".{track.format}")
        what = said("the track keeps its format, {format}", format=track.format)
        raise PipelineError(what, path=output, remedy=remedy)


def told_lines(lines: Sequence[int]) -> str:
    """The numbers of the first of some lines, at least one, for a note: "3, 14, 15, 92, 65 …"."""
    return told(listed(map(str, lines[:_NAMED]))) + (" …" if len(lines) > _NAMED else "")
