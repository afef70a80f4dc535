"""The rule on a track beside the video or the recording that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.subtitles.track import Track
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
    end = f"the end of {subject.media} ({seconds(subject.length_ms)})"
    places = (
        Place(line, _said(cue.start_ms, cue.end_ms, subject.length_ms, end), cue.text)
        for cue, line in zip(track.cues, track.lines, strict=True)
        if cue.start_ms >= subject.length_ms or cue.end_ms > subject.length_ms + _LATE_MS
    )
    fix = "take the track of this video, shift its cues, or take the cue out"
    yield from each(track.path, places, fix, f"are shown after {end}")


def _said(start_ms: int, end_ms: int, length_ms: int, end: str) -> str:
    if start_ms >= length_ms:
        return f"this cue begins {seconds(start_ms - length_ms)} after {end}"
    return f"this cue ends {seconds(end_ms - length_ms)} after {end}"
