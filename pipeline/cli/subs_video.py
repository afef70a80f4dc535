"""`bilect subs mux` and `bilect subs burn`: subtitles put into videos by ffmpeg."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import note
from pipeline.cli.files import named, tell
from pipeline.cli.subs_tracks import track_of
from pipeline.project.bare import NamedFile, project_around
from pipeline.subtitles.track import Track
from pipeline.text.printable import one_line
from pipeline.text.tongue import _, counted, told
from pipeline.validator.report import exit_status

if TYPE_CHECKING:
    from pipeline.exporters.base import Order


@click.command("mux")
@click.argument("video")
@click.argument("tracks", metavar="TRACK...", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="OUT", required=True, help="The video to write: .mp4, .m4v, .mov, .mkv or .webm."
)
def mux(video: str, tracks: tuple[str, ...], output: str) -> int:
    """Put subtitle tracks into a video, to be switched on and off.

    Pictures and sound are copied, and the subtitles that VIDEO has already stay. Each TRACK is marked with its language, by
    the name of its file or by its text, and players show the first one unless told otherwise. ASS keeps its styles in
    .mkv. This needs ffmpeg.

    \b
    bilect subs mux talk.mp4 talk.zh.srt talk.en.srt -o talk.subtitled.mp4
    """
    from pipeline.project.ffmpeg import mux as muxed  # few commands start programs
    from pipeline.project.video_tracks import soft_track

    source = _video(video)
    read = _tracks(tracks)
    soft = [soft_track(track) for track in read]
    muxed(source.path, soft, Path(output))
    titles = ", ".join(track.title for track in soft)
    form = _("{file}: {tracks} put in: {titles}.")
    note(form.format(file=one_line(output), tracks=counted(len(soft), "track"), titles=titles))
    return _told(read)


@click.command("burn")
@click.argument("video")
@click.argument("tracks", metavar="TRACK...", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="OUT", required=True, help="The video to write: .mp4, .m4v, .mov, .mkv or .webm."
)
@click.option(
    "--order", type=click.Choice(("zh-en", "en-zh")), default="zh-en", show_default=True,
    help="Two tracks: which language stands above the other.",
)  # fmt: skip
def burn(video: str, tracks: tuple[str, ...], output: str, order: Order) -> int:
    """Draw one or two subtitle tracks into the pictures of a video, for players that show none.

    An English and a Chinese TRACK are paired as by merge; one of ASS keeps its styles. Sound is copied, and pictures are
    coded anew, which takes a while. This needs ffmpeg with libass, and for Chinese a font that has it.

    \b
    bilect subs burn talk.mp4 talk.en.srt talk.zh.srt -o talk.burnt.mp4
    """
    from pipeline.project.ffmpeg import burn as burnt  # few commands start programs
    from pipeline.project.video_tracks import burnable

    if len(tracks) > 2:
        raise click.UsageError(_("one or two tracks can be burnt in: put all others in with mux"))
    source = _video(video)
    read = _tracks(tracks)
    ass, pairing = burnable(read, order)
    for warning in pairing.warnings if pairing else ():
        note(_("warning: {message}").format(message=one_line(told(warning))))
    burnt(source.path, ass, Path(output))
    note(_("{file}: {tracks} burnt in.").format(file=one_line(output), tracks=counted(len(read), "track")))
    return _told(read)


def _video(video: str) -> NamedFile:
    if video == "-":
        raise click.UsageError(_("a video is no standard input: name a file"))
    return named(video, None)


def _tracks(names: tuple[str, ...]) -> list[Track]:
    if names.count("-") > 1:
        raise click.UsageError(_("standard input holds one track"))
    project = project_around()
    return [track_of(named(name, project)) for name in names]


def _told(tracks: list[Track]) -> int:
    findings = [finding for track in tracks for finding in track.findings]
    tell(findings)
    return exit_status(findings)
