"""The videos and recordings that stand beside subtitles, and how long they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pipeline.project.ffmpeg import duration_ms
from pipeline.subtitles.track import Track
from pipeline.text.naming import file_name
from pipeline.validator.track_media import TrackOfMedia

MEDIA = (".mp4", ".m4v", ".mkv", ".webm", ".mov", ".m4a", ".mp3", ".ogg", ".opus", ".flac", ".wav")


def with_media(root: Path, tracks: Sequence[Track]) -> Iterator[TrackOfMedia]:
    """Yield the tracks that have a file of their name beside them whose length can be told; ``root`` is that of their paths."""

    @cache  # the tracks of a talk have one video
    def length(media: Path) -> int | None:
        return duration_ms(media)

    for track in tracks:
        path = root / track.path
        media = _media(path) if track.cues else None
        if media is not None and (length_ms := length(media)):
            yield TrackOfMedia(track, media.name, length_ms)


def _media(path: Path) -> Path | None:
    """The file beside a track that has its name but for language and extension."""
    stem = file_name(path.name).stem
    beside = (path.with_name(stem + suffix) for suffix in MEDIA)
    return next((media for media in beside if media.is_file()), None)
