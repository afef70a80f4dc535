"""`bilect subs shift` and `bilect subs wrap`: one track with other times, or with other lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Unpack

import click

from pipeline.cli.console import note
from pipeline.cli.files import deliver_bytes, named, tell
from pipeline.cli.subs_limits import Wishes, limit_options, wished_limits
from pipeline.model import PipelineError
from pipeline.project.bare import NamedFile, project_around
from pipeline.subtitles.formats import format_of, read_track, read_unnamed
from pipeline.subtitles.limits import Limits
from pipeline.subtitles.retiming import (
    clock,
    milliseconds_of,
    misfits,
    retimed_bytes,
    seconds,
    shifted,
    wrapped,
)
from pipeline.subtitles.track import Track
from pipeline.text.said import said, words_of
from pipeline.text.series import listed
from pipeline.text.tongue import _, counted, ngettext, told
from pipeline.validator.report import exit_status

_NEGATIVE = re.compile(r"-[0-9].*", re.ASCII)
_NAMED = 5  # lines that a note names


class _SignedCommand(click.Command):
    """A command whose arguments may be times before 0, which click would read as options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, ["\u2212" + arg[1:] if _NEGATIVE.fullmatch(arg) else arg for arg in args])


class _Time(click.ParamType[int]):
    name = "time"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        try:
            return milliseconds_of(value)
        except ValueError as error:
            self.fail(told(words_of(error)).replace("\u2212", "-"), param, ctx)


@click.command("shift", cls=_SignedCommand)
@click.argument("file")
@click.argument("by", type=_Time())
@click.option("-o", "--output", metavar="OUT", help="A file; without it, or with -, standard output.")
@click.option(
    "--from", "start", type=_Time(), default="0", metavar="TIME", help="Move only the cues that start at TIME or later."
)
def shift(file: str, by: int, start: int, output: str | None) -> int:
    """Move the cues of a track in time.

    BY is how much later, or with a minus earlier: 2s, +2s, -1.5s, 500ms, 1:30, 00:00:02,000. No cue is moved before 0.
    Nothing else in a well-formed file changes. FILE - is standard input, an SRT file.

    \b
    bilect subs shift talk.en.srt +2s -o talk.later.srt
    bilect subs shift talk.en.srt -1.5s --from 10:00 > talk.earlier.srt
    """
    source = named(file, project_around())
    track = track_of(source)
    demand_format(track, output)
    moved = shifted(track, by, start)
    deliver_bytes(retimed_bytes(moved), output, [source])
    tell(track.findings)
    _tell_overtaken(track, moved)
    changed = sum(cue.start_ms >= start for cue in track.cues)
    form = _("{number:,} of {cues} moved by {seconds} s.")
    cues = counted(len(track.cues), "cue")
    note(form.format(number=changed, cues=cues, seconds=f"{'+' * (by >= 0)}{seconds(by)}"))
    return exit_status(track.findings)


@click.command("wrap")
@click.argument("file")
@click.option("-o", "--output", metavar="OUT", help="A file; without it, or with -, standard output.")
@limit_options
def wrap(file: str, output: str | None, **wishes: Unpack[Wishes]) -> int:
    """Break the lines of a track that are too wide.

    English lines end after punctuation or before a conjunction, Chinese ones between words and never before a closing mark
    or 的. In a cue with both languages each keeps its own lines. Cues whose lines fit stay as they are, and no text is
    dropped: a cue that needs more lines is told. FILE - is standard input, an SRT file.

    \b
    bilect subs wrap talk.zh.srt -o talk.wrapped.srt
    bilect subs wrap talk.en.srt --width 36 --lines 1
    """
    project = project_around()
    limits = wished_limits(project, wishes)
    source = named(file, project)
    track = track_of(source)
    demand_format(track, output)
    done = wrapped(track, limits)
    deliver_bytes(retimed_bytes(done), output, [source])
    tell(track.findings)
    _tell_misfits(done, limits)
    changed = sum(before != after for before, after in zip(track.cues, done.cues, strict=True))
    note(_("{number:,} of {cues} broken anew.").format(number=changed, cues=counted(len(track.cues), "cue")))
    return exit_status(track.findings)


def told_lines(lines: Sequence[int]) -> str:
    """The numbers of the first of some lines, at least one, for a note: "3, 14, 15, 92, 65 …"."""
    return told(listed(map(str, lines[:_NAMED]))) + (" …" if len(lines) > _NAMED else "")


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
    if output not in {None, "-"} and format_of(str(output)).name != track.format:
        remedy = said("name an .{format} file", format=track.format)
        what = said("the track keeps its format, {format}", format=track.format)
        raise PipelineError(what, path=output, remedy=remedy)


def _tell_overtaken(before: Track, after: Track) -> None:
    """Say where the first moved cue starts before all cues that stayed are over, and did not before."""
    pairs = list(zip(before.cues, after.cues, after.lines, strict=True))
    moved = [(new.start_ms, line, old.start_ms) for old, new, line in pairs if new != old]
    over = max((old.end_ms for old, new, _ in pairs if new == old), default=0)
    if moved and min(moved)[0] < over <= min(moved)[2]:
        start, line = min(moved)[:2]
        form = _("warning: {place}: the cue now starts at {time}, before the one above it ends")
        note(form.format(place=f"{after.path}:{line}", time=clock(start)))


def _tell_misfits(track: Track, limits: Limits) -> None:
    found = misfits(track, limits)
    if found:
        form = ngettext(
            "warning: {file}: {number} cue does not fit {lines}: line {places}",
            "warning: {file}: {number} cues do not fit {lines}: line {places}",
            len(found),
        )
        lines = counted(limits.lines, "line")
        note(form.format(file=track.path, number=f"{len(found):,}", lines=lines, places=told_lines(found)))
