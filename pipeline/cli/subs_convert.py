"""`bilect subs convert`: subtitle files in other formats."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pipeline.cli.console import fail, note
from pipeline.cli.files import deliver_bytes, is_unnamed, tell
from pipeline.cli.subs_tracks import track_of, tracks_named
from pipeline.model import PipelineError
from pipeline.project.bare import TRACKS, Destination, NamedFile, destination, project_around
from pipeline.subtitles.bilingual import is_in_two_cues
from pipeline.subtitles.formats import Format, bytes_anew, format_of
from pipeline.subtitles.markup import converted
from pipeline.text.printable import one_line
from pipeline.text.tongue import _, counted
from pipeline.validator.report import exit_status

_PLACED = frozenset({"ass", "ssa", "ttml", "vtt"})  # cues at one time do not cover each other


@click.command("convert")
@click.argument("source", metavar="IN")
@click.option(
    "-o", "--output", metavar="OUT", required=True, help="A file, whose suffix says the format, a folder, or -."
)
@click.option(
    "--to", "form", metavar="FORMAT", help="The format where OUT is a folder or -: ass, bcc, sbv, srt, ssa or vtt."
)
def convert(source: str, output: str, form: str | None) -> int:
    """Write subtitles in another format.

    IN is a subtitle file (.ass, .bcc, .dfxp, .sbv, .srt, .ssa, .ttml, .vtt) or a folder of them; - is standard input, in the
    format that it begins as. All cues are kept; markup that the other format does not know, and notes, comments, drawings
    and styles, are left out. TTML is not written.

    \b
    bilect subs convert talk.zh.srt -o talk.zh.vtt
    bilect subs convert subtitles -o out --to bcc
    """
    files = tracks_named(source, project_around())
    if is_unnamed(output) and len(files) > 1:
        raise click.UsageError(_("standard output holds one file, and these are several: name a folder with -o"))
    if os.path.isdir(source) and not os.path.isdir(output) and TRACKS.covers(output):
        one = _("{file} is one file, and IN is a folder: name a folder with -o")
        raise click.UsageError(one.format(file=output))
    where = destination(output, [source], files)
    target = _target(output, where, form)
    places, troubles = where.places(target.suffixes[0])
    status = 0
    for file, path in places.items():
        try:
            status |= _convert(file, path, target, where)
        except PipelineError as error:
            troubles.append(error)
    for trouble in troubles:
        fail(trouble)
    return status


def _target(output: str, where: Destination, form: str | None) -> Format:
    """The format that is asked for.

    Raises:
        click.UsageError: None is, or two are.
        PipelineError: There is no such format.
    """
    is_named = not where.is_folder and not is_unnamed(output)
    if form is None and not is_named:
        raise click.UsageError(_("a folder and - have no format: name it with --to ass, bcc, sbv, srt, ssa or vtt"))
    target = wanted_format(form) if form is not None else format_of(output)
    if is_named and format_of(output) is not target:
        other = _("{file} is no {format} file: leave --to out, or name another file")
        raise click.UsageError(other.format(file=output, format=target.name))
    return target


def wanted_format(name: str) -> Format:
    """The format that `--to` names.

    Raises:
        click.UsageError: There is none of that name.
    """
    try:
        return format_of(f"track.{name}")
    except PipelineError:
        unknown = _("--to {name} is no format: name ass, bcc, sbv, srt, ssa or vtt")
        raise click.UsageError(unknown.format(name=name)) from None


def _convert(file: NamedFile, path: Path, target: Format, where: Destination) -> int:
    track = track_of(file)
    cues = converted(track.cues, track.format, target.name)
    data = bytes_anew(track) if target.name == track.format else target.write(cues)
    if is_unnamed(os.fspath(where.path)):
        deliver_bytes(data, os.fspath(where.path), where.inputs)
    else:
        where.write(path, data)
        told = _("{file}: {cues} written to {output}.")
        count = counted(len(track.cues), "cue")
        note(told.format(file=one_line(file.shown), cues=count, output=one_line(path.as_posix())))
    if track.format in _PLACED and target.name not in _PLACED and is_in_two_cues(cues):
        told = _(
            "{file}: both languages are cues of their own at one time; bilect subs split and merge make one of them."
        )
        note(told.format(file=one_line(file.shown)))
    tell(track.findings)
    return exit_status(track.findings)
