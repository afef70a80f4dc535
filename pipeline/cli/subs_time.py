"""`bilect subs time`: how long cues are shown, what lies between them, and the frame rate they are made for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TypedDict, Unpack

import click

from pipeline.cli.subs_limits import limits_of
from pipeline.cli.subs_tracks import Changed, change_tracks
from pipeline.project.bare import project_around
from pipeline.subtitles.durations import STEPS, Step, Timed, at_frame_rate
from pipeline.subtitles.durations import timed as timed_cues
from pipeline.subtitles.frame_rates import frame_rate
from pipeline.subtitles.limits import LIMITS, Limits
from pipeline.subtitles.track import Track
from pipeline.text.said import words_of
from pipeline.text.tongue import _, counted, ngettext, told


class _Wishes(TypedDict):
    preset: str | None
    fps: Fraction | None
    made_for: Fraction | None
    wanted: Fraction | None
    steps: tuple[Step, ...]


class _FrameRate(click.ParamType[Fraction]):
    name = "rate"

    def convert(self, value: str | Fraction, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        if isinstance(value, Fraction):
            return value
        try:
            return frame_rate(value)
        except ValueError as error:
            self.fail(told(words_of(error)), param, ctx)


@click.command("time")
@click.argument("file")
@click.option("-o", "--output", metavar="OUT", help="A file, or a folder; without it, or with -, standard output.")
@click.option(
    "--only", "steps", type=click.Choice(STEPS), multiple=True,
    help="Do only this, or with several --only these; without it all four, or only the conversion where one is asked for.",
)  # fmt: skip
@click.option(
    "--preset", type=click.Choice(tuple(LIMITS)),
    help="Whose shortest and longest times: netflix 0.833 and 7 s, ted 1 and 7 s. Without it those of the project.",
)  # fmt: skip
@click.option(
    "--fps", type=_FrameRate(), metavar="RATE", help="Frames a second, of which a gap is two; without it 83 ms."
)
@click.option("--from-fps", "made_for", type=_FrameRate(), metavar="RATE", help="The frame rate the track is made for.")
@click.option("--to-fps", "wanted", type=_FrameRate(), metavar="RATE", help="The frame rate it is to be made for.")
def retime(file: str, output: str | None, **wishes: Unpack[_Wishes]) -> int:
    """Mend how long cues are shown, or convert a track to another frame rate.

    A cue ends before the next one begins and is shown for 7 s at most; a short one is extended into free time up to 833 ms;
    a gap of 3 to 11 frames, or less than two, is set to two. No start is moved and no text is changed. Frame rates are
    23.976, 24, 25, 29.97, 30 and others.

    FILE may be a folder of tracks, which go into the folder OUT, and each keeps its format; - is standard input, in the
    format that it begins as.

    \b
    bilect subs time talk.en.srt -o talk.timed.srt
    bilect subs time talk.en.srt --only short --only gaps --fps 25 > talk.timed.srt
    bilect subs time film.srt --from-fps 25 --to-fps 23.976 -o film.24.srt
    """
    if (wishes["made_for"] is None) != (wishes["wanted"] is None):
        raise click.UsageError(_("a conversion needs --from-fps and --to-fps"))
    project = project_around()
    limits = _limits(limits_of(project, wishes["preset"]), wishes["fps"] or wishes["wanted"])

    def change(track: Track) -> Changed:
        factor, done = _done(track, limits, wishes)
        made = replace(track, cues=done.cues)
        if not factor:
            return Changed(made, (), _told(done))
        form = _("{cues} converted: all times are multiplied by {factor:.6f}.")
        converted = form.format(cues=counted(len(track.cues), "cue"), factor=factor)
        return Changed(made, (), " ".join((converted, *([_told(done)] if any(done.changed.values()) else ()))))

    return change_tracks(file, output, project, change)


def _limits(limits: Limits, rate: Fraction | None) -> Limits:
    return limits if rate is None else limits._replace(gap=int(2_000 / rate))


def _done(track: Track, limits: Limits, wishes: _Wishes) -> tuple[float, Timed]:
    """What the times were multiplied with, 0 for nothing, and the cues after it and all other steps."""
    if wishes["made_for"] is None or wishes["wanted"] is None:
        return 0.0, timed_cues(track.cues, limits, wishes["steps"] or STEPS)
    converted = at_frame_rate(track, wishes["made_for"], wishes["wanted"])
    return float(wishes["made_for"] / wishes["wanted"]), timed_cues(converted.cues, limits, wishes["steps"])


def _told(done: Timed) -> str:
    numbers = done.changed
    forms = {
        "overlaps": ngettext("{number} overlap removed", "{number} overlaps removed", numbers.get("overlaps", 0)),
        "long": ngettext("{number} long cue cut", "{number} long cues cut", numbers.get("long", 0)),
        "short": ngettext("{number} short cue extended", "{number} short cues extended", numbers.get("short", 0)),
        "gaps": ngettext("{number} gap set to two frames", "{number} gaps set to two frames", numbers.get("gaps", 0)),
    }
    steps: tuple[Step, ...] = ("overlaps", "long", "short", "gaps")
    parts = [forms[step].format(number=f"{numbers[step]:,}") for step in steps if numbers.get(step)]
    mended = _(", ").join(parts) or _("nothing to mend")
    return _("{mended}; {cues} kept.").format(mended=mended, cues=counted(len(done.cues), "cue"))
