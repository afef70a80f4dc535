"""Subtitle tracks as videos take them: which language each is, what players call it, and as what file it goes in."""

from __future__ import annotations

from pathlib import PurePosixPath

from pipeline.model import Language, PipelineError
from pipeline.project.ffmpeg import SoftTrack
from pipeline.subtitles.markup import converted
from pipeline.subtitles.srt_format import srt_bytes
from pipeline.subtitles.track import Track
from pipeline.text.naming import file_name
from pipeline.text.script import has_han, language_of

_TITLES: dict[Language, tuple[str, str]] = {
    "en": ("eng", "English"), "zh_CN": ("zho", "简体中文"), "zh_TW": ("zho", "繁體中文")
}  # fmt: skip
_BOTH = "中文 + English"
_IN_BOTH = 0.5  # share of cues with a line of either language from which a track counts as bilingual


def soft_track(track: Track) -> SoftTrack:
    """Return a track as a video holds it: styled where it is ASS, else as SRT without the cues that say nothing.

    Raises:
        PipelineError: No cue says anything.
    """
    if not any(cue.text.strip() for cue in track.cues):
        raise PipelineError("holds no subtitles", path=track.path, remedy="name a track with cues")
    language, title = _TITLES[_language(track)]
    if _is_bilingual(track):
        title = _BOTH
    if track.format == "ass":
        return SoftTrack(
            ".ass", track.data.decode(track.encoding, "replace").encode("utf-8", "replace"), language, title
        )
    cues = [cue for cue in converted(track.cues, track.format, "srt") if cue.text.strip()]
    return SoftTrack(".srt", srt_bytes(cues), language, title)


def _language(track: Track) -> Language:
    """The language that the name of the file says, else that of the text; of both, Chinese."""
    named = file_name(PurePosixPath(track.path).name).language
    if named:
        return named
    chinese = [line for cue in track.cues for line in cue.text.split("\n") if has_han(line)]
    return language_of("\n".join(chinese)) if _is_bilingual(track) else language_of(_text(track))


def _text(track: Track) -> str:
    return "\n".join(cue.text for cue in track.cues)


def _is_bilingual(track: Track) -> bool:
    both = 0
    for cue in track.cues:
        sides = {has_han(line) for line in cue.text.split("\n") if line.strip()}
        both += len(sides) == 2
    return both >= _IN_BOTH * len(track.cues)
