"""Subtitle tracks as videos take them: which language each is, what players call it, and as what file it goes in.

A track goes in as SRT, or as ASS where it is that already or is burnt in; two tracks are burnt in as one bilingual track.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from pipeline.align.tracks import pair_tracks
from pipeline.exporters.base import Order
from pipeline.exporters.bilingual_files import Look, bilingual_bytes
from pipeline.model import Language, PipelineError, TrackPairing
from pipeline.project.doctor import chinese_fonts, to_get
from pipeline.project.ffmpeg import SoftTrack
from pipeline.subtitles.ass_format import Style, ass_bytes
from pipeline.subtitles.markup import converted
from pipeline.subtitles.srt_format import srt_bytes
from pipeline.subtitles.track import Track
from pipeline.text.naming import file_name
from pipeline.text.said import said
from pipeline.text.script import has_han, language_of

_TITLES: dict[Language, tuple[str, str]] = {
    "en": ("eng", "English"), "zh_CN": ("zho", "简体中文"), "zh_TW": ("zho", "繁體中文")
}  # fmt: skip
_STYLED = frozenset({"ass", "ssa"})
# Fonts that have all of modern Chinese in its Simplified form, the usual ones first; any other that has Chinese does too.
_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi",
    "Sans",
)
_SIZE, _MARGIN = 58, 40  # pixels of 1080
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


def burnable(tracks: Sequence[Track], order: Order) -> tuple[bytes, TrackPairing | None]:
    """Return an ASS file of one track, or of an English and a Chinese one, with how those were paired.

    One that is ASS keeps its styles. ``order`` says which language stands above the other.

    Raises:
        PipelineError: A track says nothing, two are in one language, one of two is bilingual, or Chinese has no font here.
    """
    for track in tracks:
        if not any(cue.text.strip() for cue in track.cues):
            raise PipelineError("holds no subtitles", path=track.path, remedy="name a track with cues")
    if len(tracks) == 2 and (both := [track for track in tracks if _is_bilingual(track)]):
        remedy = said("burn it in alone, or name a track of one language")
        raise PipelineError("holds both languages already", path=both[0].path, remedy=remedy)
    font = _font() if any(has_han(_text(track)) for track in tracks) else "Arial"
    if len(tracks) == 1:
        return _ass(tracks[0], font), None
    en, zh = sorted(tracks, key=lambda track: _language(track) != "en")
    if (_language(en) == "en") == (_language(zh) == "en"):
        remedy = said("name an English and a Chinese track")
        message = said("is in the language of {track}", track=tracks[0].path)
        raise PipelineError(message, path=tracks[1].path, remedy=remedy)
    pairing = pair_tracks(en.cues, zh.cues)
    return bilingual_bytes(en, zh, pairing, "ass", Look(order, zh_font=font)), pairing


def _ass(track: Track, font: str) -> bytes:
    if track.format in _STYLED:
        return _styled(track)
    cues = [cue for cue in converted(track.cues, track.format, "ass") if cue.text.strip()]
    return ass_bytes((("Default", cue) for cue in cues), [Style("Default", _SIZE, _MARGIN, font)])


def _styled(track: Track) -> bytes:
    """The bytes of an ASS file in UTF-8."""
    return track.data.decode(track.encoding, "replace").removeprefix("\ufeff").encode("utf-8", "replace")


def _font() -> str:
    """A font of this machine that has Chinese.

    Raises:
        PipelineError: None has.
    """
    found = list(chinese_fonts())
    if not found:
        raise PipelineError("no font here has Chinese", remedy=to_get("fonts"))
    usual = (font for wanted in _FONTS for font in found if wanted in font)
    return next(usual, found[0])


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
