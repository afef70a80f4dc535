"""Changes to the lines of a subtitle file that leave all its other bytes as they are: cues taken out, numbers put right."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.subtitles.decoding import SubtitleText, subtitle_text
from pipeline.subtitles.track import Track

_WITH_NUMBERS = "srt"
IN_BLOCKS = frozenset({"srt", "vtt", "sbv"})
"""The formats whose cues are blocks of lines, so that one can be taken out."""


def is_patchable(track: Track) -> bool:
    """Whether a file is text from end to end, with line ends of one kind, so that what is not changed stays as it is."""
    if not track.cues:
        return False
    source = subtitle_text(track.data)
    if not source.decoded.lossless:
        return False
    return _bytes(track, *_lines(track)) == track.data


def renumbered(track: Track) -> bytes | None:
    """The file of an SRT track with its cues numbered from 1; None where a cue has no number on a line of its own."""
    if track.format != _WITH_NUMBERS:
        return None
    source, lines = _lines(track)
    for number, line in enumerate(track.lines, 1):
        place = line - 2
        if place < 0 or not lines[place].strip().isdecimal() or (place and lines[place - 1].strip()):
            return None
        lines[place] = str(number)
    return _bytes(track, source, lines)


def without_cues(track: Track, places: Collection[int]) -> bytes | None:
    """The file of a track without the cues at ``places``, counted from 0; None where its format has no blocks of lines."""
    if track.format not in IN_BLOCKS:
        return None
    source, lines = _lines(track)
    starts = [_first(lines, line - 1, track.format) for line in track.lines]
    for place in sorted(places, reverse=True):
        behind = starts[place + 1] if place + 1 < len(starts) else len(lines) - (not lines[-1])
        del lines[starts[place] : _end(lines, track.lines[place], behind)]
    return _bytes(track, source, lines)


def _first(lines: list[str], times: int, form: str) -> int:
    """The first line of a cue, counted from 0: its number or name, else its times."""
    above = lines[times - 1].strip() if times else ""
    is_head = above.isdecimal() if form == "srt" else bool(above) and form == "vtt" and above != "WEBVTT"
    return times - 1 if is_head else times


def _end(lines: list[str], text: int, behind: int) -> int:
    """Behind the text of a cue that begins on line ``text``, and the blank lines after it."""
    while text < behind and lines[text]:
        text += 1
    while text < behind and not lines[text]:
        text += 1
    return text


def _lines(track: Track) -> tuple[SubtitleText, list[str]]:
    source = subtitle_text(track.data)
    return source, source.text.removeprefix("\ufeff").split("\n")


def _bytes(track: Track, source: SubtitleText, lines: list[str]) -> bytes:
    mark = "\ufeff" if source.text.startswith("\ufeff") else ""
    return track.data[: source.decoded.bom] + (mark + source.newline.join(lines)).encode(source.decoded.encoding)
