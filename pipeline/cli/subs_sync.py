"""`bilect subs sync`: one track put in step with another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypedDict, Unpack

import click

from pipeline.align.track_moved import Moved, moved
from pipeline.align.track_retiming import Retiming, Stretch, retiming_of
from pipeline.cli.console import note, out
from pipeline.cli.files import are_one, deliver, deliver_bytes, named, tell
from pipeline.cli.subs_tracks import demand_format, told_lines, track_of
from pipeline.model import Cue, PipelineError
from pipeline.project.bare import project_around
from pipeline.subtitles.bilingual import is_bilingual, sides_of
from pipeline.subtitles.retiming import clock, retimed_bytes
from pipeline.subtitles.track import Track
from pipeline.text.printable import one_line
from pipeline.text.said import said
from pipeline.text.script import language_of
from pipeline.text.tongue import _, counted, ngettext
from pipeline.validator.report import exit_status

_TOLD_MS = 100  # nobody sees that a cue has moved by less


class _Wishes(TypedDict):
    output: str | None
    dry_run: bool
    report: str | None


@click.command("sync")
@click.argument("file")
@click.option("--to", "reference", metavar="REFERENCE", required=True, help="A track that is in step with the video.")
@click.option("-o", "--output", metavar="OUT", help="A file; without it, or with -, standard output.")
@click.option("-n", "--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--report", "report", metavar="FILE", help="Write what was done to FILE, as JSON.")
def sync(file: str, reference: str, **wishes: Unpack[_Wishes]) -> int:
    """Put a track in step with another one of the same talk.

    REFERENCE is in the same language, or one is English and the other Chinese; they may be cut into cues differently. FILE
    may be early or late, run at another frame rate, and jump where the video was cut anew: each stretch is moved by itself,
    and what was done is said. No cue is lost. A bilingual track is heard in the language of the other one. Tracks of
    different talks are refused; a result that is not sure is written, with a warning of where to look, and the exit
    status is 1. - is standard input, in the format that it begins as; docs/json.md explains the JSON of the report.

    \b
    bilect subs sync talk.zh.srt --to talk.en.srt -o talk.zh.sync.srt
    bilect subs sync old.en.srt --to talk.en.srt -n
    """
    _demand_names(file, reference, wishes)
    project = project_around()
    files = [named(path, project) for path in (file, reference)]
    track, other = (track_of(each) for each in files)
    demand_format(track, wishes["output"])
    retiming = _trusted(retiming_of(*_heard(track, other)), track, other)
    done = _moved(track, retiming)
    if not wishes["dry_run"]:
        deliver_bytes(retimed_bytes(replace(track, cues=done.cues)), wishes["output"], files)
    if wishes["report"] is not None:
        from pipeline.project.sync_schema import sync_json  # pydantic is heavy

        deliver(sync_json(retiming, done, _changed(track, done)) + "\n", wishes["report"], files)
    tell(track.findings)
    _tell(track, retiming, done, wishes)
    return exit_status(track.findings) or int(not all(stretch.is_sure for stretch in retiming.stretches))


def _demand_names(file: str, reference: str, wishes: _Wishes) -> None:
    """Let names pass that are each of one file.

    Raises:
        click.UsageError: Two results or two inputs would be one.
    """
    result = [] if wishes["dry_run"] else [wishes["output"] or "-"]
    outputs = [*result, *filter(None, [wishes["report"]])]
    if are_one(outputs) or file == reference == "-":
        raise click.UsageError(_("two files cannot be one: name each of them"))


def _heard(track: Track, other: Track) -> tuple[tuple[Cue, ...], tuple[Cue, ...]]:
    """The cues by which two tracks are put in step: where one of them is bilingual, those in the language of the other."""
    both = [is_bilingual(each) for each in (track, other)]
    if both == [True, False]:
        return _in_language_of(other, track), other.cues
    return track.cues, _in_language_of(track, other) if both == [False, True] else other.cues


def _in_language_of(one: Track, bilingual: Track) -> tuple[Cue, ...]:
    sides = sides_of(bilingual)
    return sides.en if language_of("\n".join(cue.text for cue in one.cues)) == "en" else sides.zh


def _trusted(retiming: Retiming, track: Track, other: Track) -> Retiming:
    """The retiming.

    Raises:
        PipelineError: It is not to be trusted.
    """
    if retiming.problem:
        raise PipelineError(
            said("does not belong to {file}: {why}", file=other.path, why=retiming.problem),
            path=track.path,
            remedy="name a track of the same talk, or move this one yourself: bilect subs shift",
        )
    return retiming


def _moved(track: Track, retiming: Retiming) -> Moved:
    """The cues in step; as they are where they are so already."""
    return Moved(track.cues, ()) if _is_in_step(retiming) else moved(track.cues, retiming)


def _is_in_step(retiming: Retiming) -> bool:
    return retiming.rate == 1 and len(retiming.stretches) == 1 and abs(retiming.stretches[0].offset_ms) < _TOLD_MS


def _changed(track: Track, done: Moved) -> int:
    return sum(before != after for before, after in zip(track.cues, done.cues, strict=True))


def _tell(track: Track, retiming: Retiming, done: Moved, wishes: _Wishes) -> None:
    """Say what was done; a dry run's result is nothing else."""
    say = out if wishes["dry_run"] and wishes["report"] != "-" else note
    for line in _told(retiming):
        say(line)
    _tell_misplaced(track, done)
    _tell_doubts(track, retiming)
    told = _("{number:,} of {cues} would be moved.") if wishes["dry_run"] else _("{number:,} of {cues} moved.")
    note(told.format(number=_changed(track, done), cues=counted(len(track.cues), "cue")))


def _told(retiming: Retiming) -> Iterator[str]:
    """What is done to each stretch, a line each."""
    if retiming.rate != 1:
        name = _(": {ratio} frames a second").format(ratio=retiming.ratio) if retiming.ratio else ""
        yield _("all times are multiplied by {factor:.6f}").format(factor=retiming.rate) + name
    for stretch in retiming.stretches:
        in_step, moved = _("{start} to {end} is in step already"), _("{start} to {end} is moved by {step}")
        told, step = (in_step, "") if _is_in_step(retiming) else (moved, _step(retiming, stretch))
        sentence = told.format(start=_short(stretch.start_ms), end=_short(stretch.end_ms), step=step)
        yield _("{sentence}: {grounds}").format(sentence=sentence, grounds=_grounds(stretch))


def _step(retiming: Retiming, stretch: Stretch) -> str:
    """By how many seconds the cues of a stretch are moved: those at its start and those at its end."""
    steps = [time * (retiming.rate - 1) + stretch.offset_ms for time in (max(0, stretch.start_ms), stretch.end_ms)]
    first, last = (f"{step / 1000:+.2f}" for step in steps)
    one, two = _("{seconds} s"), _("{first} to {last} s")
    return (one if first == last else two).format(seconds=first, first=first, last=last)


def _grounds(stretch: Stretch) -> str:
    places = counted(stretch.moments, "place")
    told = _("{number} of {places} agree, off by {ms} ms in the middle")
    return told.format(number=stretch.agreeing, places=places, ms=stretch.off_ms)


def _short(milliseconds: int) -> str:
    return clock(max(0, milliseconds))[:8]


def _tell_misplaced(track: Track, done: Moved) -> None:
    if done.misplaced:
        lines = [track.lines[place] for place in done.misplaced]
        told = ngettext(
            "warning: {file}: {number:,} cue has no place in the reference, and is squeezed in: line {places}",
            "warning: {file}: {number:,} cues have no place in the reference, and are squeezed in: line {places}",
            len(lines),
        )
        note(told.format(file=track.path, number=len(lines), places=told_lines(lines)))


def _tell_doubts(track: Track, retiming: Retiming) -> None:
    """Say which stretches are not sure, and where in them nothing agrees."""
    for stretch in retiming.stretches:
        if stretch.silent:
            told = _("warning: {file}: {start} to {end} may be out of step: nothing there agrees with the reference")
            span = stretch.silent
        elif not stretch.is_sure:
            told = _("warning: {file}: {start} to {end} may be out of step: most places there do not agree")
            span = stretch.start_ms, stretch.end_ms
        else:
            continue
        note(told.format(file=one_line(track.path), start=_short(span[0]), end=_short(span[1])))
