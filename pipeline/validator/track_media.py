"""The rule on a track beside the video or the recording that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import Cue
from pipeline.subtitles.track import Track
from pipeline.text.said import phrase, said
from pipeline.validator.base import Found, rule
from pipeline.validator.tracks import Place, each, seconds

_LATE_MS = 1_000  # so much later a last cue may end: players cut it off, and nobody misses anything


@dataclass(frozen=True, eq=False, slots=True)
class TrackOfMedia:
    """A track with the length of the file beside it that it is shown with, and the name of that file."""

    track: Track
    media: str
    length_ms: int


@rule("ST125", "subtitle-beyond-media", "warning")
def subtitle_beyond_media(subject: TrackOfMedia) -> Iterator[Found]:
    """No cue is shown after the end of its video."""
    track = subject.track
    length = seconds(subject.length_ms)
    places = (
        Place(line, _late(cue, subject), cue.text)
        for cue, line in zip(track.cues, track.lines, strict=True)
        if cue.start_ms >= subject.length_ms or cue.end_ms > subject.length_ms + _LATE_MS
    )
    fix = said("take the track of this video, shift its cues, or take the cue out")
    form = phrase("{number:,} more cues are shown after the end of {media} ({length}): {lines}")
    yield from each(track.path, places, fix, form, media=subject.media, length=length)


def _late(cue: Cue, subject: TrackOfMedia) -> str:
    media, length = subject.media, seconds(subject.length_ms)
    if cue.start_ms >= subject.length_ms:
        time = seconds(cue.start_ms - subject.length_ms)
        return said("this cue begins {time} after the end of {media} ({length})", time=time, media=media, length=length)
    time = seconds(cue.end_ms - subject.length_ms)
    return said("this cue ends {time} after the end of {media} ({length})", time=time, media=media, length=length)
