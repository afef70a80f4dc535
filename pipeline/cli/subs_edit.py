"""`bilect subs shift` and `bilect subs wrap`: one track with other times, or with other lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Unpack

import click

from pipeline.cli.subs_limits import Wishes, limit_options, wished_limits
from pipeline.cli.subs_tracks import Changed, change_tracks, told_lines
from pipeline.project.bare import project_around
from pipeline.subtitles.limits import Limits
from pipeline.subtitles.retiming import (
    clock,
    milliseconds_of,
    misfits,
    seconds,
    shifted,
    wrapped,
)
from pipeline.subtitles.track import Track
from pipeline.text.printable import one_line
from pipeline.text.said import words_of
from pipeline.text.tongue import _, counted, ngettext, told

_NEGATIVE = re.compile(r"-[0-9].*", re.ASCII)


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
@click.option("-o", "--output", metavar="OUT", help="A file, or a folder; without it, or with -, standard output.")
@click.option(
    "--from", "start", type=_Time(), default="0", metavar="TIME", help="Move only the cues that start at TIME or later."
)
def shift(file: str, by: int, start: int, output: str | None) -> int:
    """Move the cues of a track in time.

    BY is how much later, or with a minus earlier: 2s, +2s, -1.5s, 500ms, 1:30, 00:00:02,000. No cue is moved before 0.
    Nothing else in a well-formed file changes.

    FILE may be a folder of tracks, which go into the folder OUT, and each keeps its format; - is standard input, in the
    format that it begins as.

    \b
    bilect subs shift talk.en.srt +2s -o talk.later.srt
    bilect subs shift talk.en.srt -1.5s --from 10:00 > talk.earlier.srt
    """

    def change(track: Track) -> Changed:
        moved = shifted(track, by, start)
        changed = sum(cue.start_ms >= start for cue in track.cues)
        form = _("{number:,} of {cues} moved by {seconds} s.")
        cues = counted(len(track.cues), "cue")
        done = form.format(number=changed, cues=cues, seconds=f"{'+' * (by >= 0)}{seconds(by)}")
        return Changed(moved, _overtaken(track, moved), done)

    return change_tracks(file, output, project_around(), change)


@click.command("wrap")
@click.argument("file")
@click.option("-o", "--output", metavar="OUT", help="A file, or a folder; without it, or with -, standard output.")
@limit_options
def wrap(file: str, output: str | None, **wishes: Unpack[Wishes]) -> int:
    """Break the lines of a track that are too wide.

    English lines end after punctuation or before a conjunction, Chinese ones between words and never before a closing mark
    or 的. In a cue with both languages each keeps its own lines. Cues whose lines fit stay as they are, and no text is
    dropped: a cue that needs more lines is told.

    FILE may be a folder of tracks, which go into the folder OUT, and each keeps its format; - is standard input, in the
    format that it begins as.

    \b
    bilect subs wrap talk.zh.srt -o talk.wrapped.srt
    bilect subs wrap talk.en.srt --width 36 --lines 1
    """
    project = project_around()
    limits = wished_limits(project, wishes)

    def change(track: Track) -> Changed:
        made = wrapped(track, limits)
        changed = sum(before != after for before, after in zip(track.cues, made.cues, strict=True))
        done = _("{number:,} of {cues} broken anew.").format(number=changed, cues=counted(len(track.cues), "cue"))
        return Changed(made, _misfits(made, limits), done)

    return change_tracks(file, output, project, change)


def _overtaken(before: Track, after: Track) -> Iterator[str]:
    """Yield where the first moved cue starts before all cues that stayed are over, and did not before."""
    pairs = list(zip(before.cues, after.cues, after.lines, strict=True))
    moved = [(new.start_ms, line, old.start_ms) for old, new, line in pairs if new != old]
    over = max((old.end_ms for old, new, _ in pairs if new == old), default=0)
    if moved and min(moved)[0] < over <= min(moved)[2]:
        start, line = min(moved)[:2]
        form = _("warning: {place}: the cue now starts at {time}, before the one above it ends")
        yield form.format(place=f"{one_line(after.path)}:{line}", time=clock(start))


def _misfits(track: Track, limits: Limits) -> Iterator[str]:
    """Yield which cues do not fit their lines."""
    found = misfits(track, limits)
    if found:
        form = ngettext(
            "warning: {file}: {number} cue does not fit {lines}: line {places}",
            "warning: {file}: {number} cues do not fit {lines}: line {places}",
            len(found),
        )
        lines = counted(limits.lines, "line")
        yield (form.format(file=one_line(track.path), number=f"{len(found):,}", lines=lines, places=told_lines(found)))
