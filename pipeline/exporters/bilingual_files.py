"""Bilingual subtitles in the forms of players: ASS with a style for each language, WebVTT with a class, SubViewer, Bilibili."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.exporters.base import Material, Order, Output, exporter
from pipeline.exporters.spoken import translated_files
from pipeline.exporters.subtitles import BilingualCue, bilingual_events, out_of_step
from pipeline.model import Cue, Language, TrackPairing
from pipeline.subtitles.ass_format import Style, ass_bytes
from pipeline.subtitles.bcc_format import BCC
from pipeline.subtitles.formats import format_of
from pipeline.subtitles.limits import LIMITS, Limits
from pipeline.subtitles.markup import converted
from pipeline.subtitles.sbv_format import SBV
from pipeline.subtitles.srt_format import srt_bytes
from pipeline.subtitles.track import Track
from pipeline.subtitles.vtt_format import VTT
from pipeline.text.naming import translated_name
from pipeline.text.script import language_of

_VTT_START = b"WEBVTT\n\n"
_MARGIN = 40  # pixels below the lower language, of 1080


@dataclass(frozen=True, slots=True)
class Look:
    """Which language stands above, how high the letters are on a screen of 1080 (ASS, WebVTT), how long the lines.

    ``zh_font`` is the font of Chinese in ASS; a player without it takes another.
    """

    order: Order = "zh-en"
    zh_size: int = 64
    en_size: int = 46
    limits: Limits = LIMITS["netflix"]
    zh_font: str = "Noto Sans CJK SC"


def ass_of(events: Sequence[BilingualCue], look: Look) -> bytes:
    """An ASS file in which each language is an event of its own style; players put the second above the first."""
    styles = [
        Style("Chinese", look.zh_size, _MARGIN, look.zh_font),
        Style("English", look.en_size, _MARGIN, "Arial"),
    ]
    sides = [
        (style, Cue(event.start_ms, event.end_ms, text))
        for event in events
        for style, text in _from_below(event, look.order)
        if text
    ]
    return ass_bytes(sides, styles)


def _from_below(event: BilingualCue, order: Order) -> Iterator[tuple[str, str]]:
    below_and_above = [("English", event.en), ("Chinese", event.zh)]
    yield from below_and_above if order == "zh-en" else reversed(below_and_above)


def vtt_of(events: Sequence[BilingualCue], look: Look) -> bytes:
    """A WebVTT file in which each language has a class, ``zh`` and ``en``, and a style sheet says their sizes."""
    marked = [event._replace(en=_classed(event.en, "en"), zh=_classed(event.zh, "zh")) for event in events]
    sizes = [f"::cue(.{name}) {{ font-size: {size / 56:.2f}em }}" for name, size in _sizes(look)]
    start = "\n".join(["WEBVTT", "", "STYLE", *sizes, "", ""])
    return start.encode() + VTT.write([event.cue(look.order) for event in marked]).removeprefix(_VTT_START)


def _sizes(look: Look) -> list[tuple[str, int]]:
    return [("zh", look.zh_size), ("en", look.en_size)]


def _classed(text: str, name: str) -> str:
    return f"<c.{name}>{text}</c>" if text else ""


def _joined(write: Callable[[Sequence[Cue]], bytes]) -> Callable[[Sequence[BilingualCue], Look], bytes]:
    def written(events: Sequence[BilingualCue], look: Look) -> bytes:
        return write([event.cue(look.order) for event in events])

    return written


FORMS: Mapping[str, Callable[[Sequence[BilingualCue], Look], bytes]] = {
    "ass": ass_of,
    "bcc": _joined(BCC.write),
    "sbv": _joined(SBV.write),
    "srt": _joined(srt_bytes),
    "vtt": vtt_of,
}
"""The formats of bilingual tracks by name, and what writes each."""


def bilingual_bytes(en: Track, zh: Track, pairing: TrackPairing, form: str, look: Look) -> bytes:
    """The file of a format in ``FORMS`` that holds two tracks as one; markup that it has not is left out."""
    english, chinese = (converted(track.cues, track.format, form) for track in (en, zh))
    return FORMS[form](bilingual_events(english, chinese, pairing, limits=look.limits), look)


def _exports(material: Material, form: str) -> Iterator[Output]:
    for pair in material.tracks:
        data = bilingual_bytes(pair.en, pair.zh, pair.pairing, form, Look(material.order, limits=material.limits))
        yield Output(f"{pair.name}.{form}", data, tuple(out_of_step(pair.zh.path, pair.pairing)), pair.en.path)
    yield from translated_files(material, form, format_of(f"x.{form}").write)


@exporter("ass", of="tracks", in_run=False)
def bilingual_ass(material: Material) -> Iterator[Output]:
    """Bilingual subtitles of each talk with a style for each language, for players and for burning in."""
    yield from _exports(material, "ass")


@exporter("vtt", of="tracks", in_run=False)
def bilingual_vtt(material: Material) -> Iterator[Output]:
    """Bilingual subtitles of each talk with a class for each language, for web pages."""
    yield from _exports(material, "vtt")


@exporter("sbv", of="tracks", in_run=False)
def bilingual_sbv(material: Material) -> Iterator[Output]:
    """Bilingual subtitles of each talk as SubViewer."""
    yield from _exports(material, "sbv")


@exporter("bcc", of="tracks", in_run=False)
def bilingual_bcc(material: Material) -> Iterator[Output]:
    """Bilingual subtitles of each talk as Bilibili takes them."""
    yield from _exports(material, "bcc")


@exporter("tracks", of="tracks", in_run=False)
def single_tracks(material: Material) -> Iterator[Output]:
    """Each language of each talk as a plain SRT file on one clock, for sites that show one at a time."""
    for pair in material.tracks:
        english, chinese = (converted(track.cues, track.format, "srt") for track in (pair.en, pair.zh))
        events = bilingual_events(english, chinese, pair.pairing, limits=material.limits)
        findings = tuple(out_of_step(pair.zh.path, pair.pairing))
        found = language_of(" ".join(cue.text for cue in pair.zh.cues))
        language: Language = "zh_CN" if found == "en" else found
        name = f"{pair.name}.en.srt"
        yield Output(name, _plain(events, lambda event: event.en), (), pair.en.path)
        translated = PurePosixPath(name).with_name(translated_name(PurePosixPath(name).name, language)).as_posix()
        yield Output(translated, _plain(events, lambda event: event.zh), findings, pair.en.path)


def _plain(events: Sequence[BilingualCue], side: Callable[[BilingualCue], str]) -> bytes:
    return srt_bytes(Cue(event.start_ms, event.end_ms, side(event)) for event in events if side(event))
