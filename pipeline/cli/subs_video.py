"""`bilect subs mux` and `bilect subs burn`: subtitles put into videos by ffmpeg."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.console import counted, note
from pipeline.cli.files import named, tell
from pipeline.cli.subs_edit import track_of
from pipeline.project.bare import NamedFile, project_around
from pipeline.subtitles.track import Track
from pipeline.text.printable import one_line
from pipeline.validator.report import exit_status


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
    note(f"{one_line(output)}: {counted(len(soft), 'track')} put in: {titles}.")
    return _told(read)


def _video(video: str) -> NamedFile:
    if video == "-":
        raise click.UsageError("a video is no standard input: name a file")
    return named(video, None)


def _tracks(names: tuple[str, ...]) -> list[Track]:
    if names.count("-") > 1:
        raise click.UsageError("standard input holds one track")
    project = project_around()
    return [track_of(named(name, project)) for name in names]


def _told(tracks: list[Track]) -> int:
    findings = [finding for track in tracks for finding in track.findings]
    tell(findings)
    return exit_status(findings)
