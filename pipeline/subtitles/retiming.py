"""The cues of a track at other times, or in other lines; what is said in them stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.model import Cue, PipelineError
from pipeline.subtitles.formats import format_of, track_bytes
from pipeline.subtitles.layout import chinese_within, english_width, english_within, width, without_final_stops
from pipeline.subtitles.limits import Limits
from pipeline.subtitles.track import Track
from pipeline.text.said import phrase, said
from pipeline.text.script import language_of

_TIME = re.compile(
    r"(?P<sign>[-+\u2212]?)(?:(?:(?P<hours>\d{1,7}):)?(?P<minutes>\d{1,3}):(?P<clock>\d{1,2}(?:[.,]\d{1,6})?)"
    r"|(?P<amount>\d{1,9}(?:[.,]\d{1,6})?)\s*(?P<unit>ms|s|m|min|))",
    re.ASCII,
)
_LAST_MS = 359_999_999
_UNITS = {"": 1_000, "ms": 1, "s": 1_000, "m": 60_000, "min": 60_000}


def milliseconds_of(text: str) -> int:
    """A time as people write it, in milliseconds: ``2``, ``+2s``, ``-1.5s``, ``500ms``, ``1:30``, ``00:00:02,000``.

    >>> milliseconds_of("-1.5s"), milliseconds_of("00:00:02,000")
    (-1500, 2000)

    Raises:
        ValueError: It is no time.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None or (match["clock"] and float(match["clock"].replace(",", ".")) >= 60):
        raise ValueError(said("{text!r} is no time: write 2s, -1.5s, 500ms, 1:30 or 00:00:02,000", text=text))
    if match["clock"]:
        rest = float(match["clock"].replace(",", "."))
        total = (int(match["hours"] or 0) * 60 + int(match["minutes"])) * 60_000 + round(rest * 1_000)
    else:
        total = round(float(match["amount"].replace(",", ".")) * _UNITS[match["unit"]])
    return total if match["sign"] in {"", "+"} else -total


def shifted(track: Track, by_ms: int, from_ms: int = 0) -> Track:
    """The track with each cue that starts at ``from_ms`` or later moved by ``by_ms``.

    Raises:
        PipelineError: A cue would start or end before 0, or after 99:59:59,999, the last time that SRT has room for.
    """
    moved = [place for place, cue in enumerate(track.cues) if cue.start_ms >= from_ms]
    first = min(moved, key=lambda place: min(_times(track.cues[place])), default=None)
    last = max(moved, key=lambda place: max(_times(track.cues[place])), default=None)
    if first is not None and (time := min(_times(track.cues[first]))) + by_ms < 0:
        form = phrase("the cue at {time} would come {seconds} s before 0")
        message = said(form, time=clock(time), seconds=seconds(-time - by_ms))
        form = phrase("move it by no more than -{seconds}s, or leave the first cues with --from")
        remedy = said(form, seconds=seconds(time))
        raise PipelineError(message, path=track.path, line=track.lines[first], remedy=remedy)
    if by_ms > 0 and last is not None and (time := max(_times(track.cues[last]))) + by_ms > _LAST_MS:
        message = said("the cue at {time} would end after {last}", time=clock(time), last=clock(_LAST_MS))
        raise PipelineError(message, path=track.path, line=track.lines[last], remedy="move it by less")
    cues = list(track.cues)
    for place in moved:
        cue = cues[place]
        cues[place] = Cue(cue.start_ms + by_ms, cue.end_ms + by_ms, cue.text)
    return replace(track, cues=tuple(cues))


def _times(cue: Cue) -> tuple[int, int]:
    return cue.start_ms, cue.end_ms


def seconds(milliseconds: int) -> str:
    """Milliseconds as seconds for people: ``1.5``."""
    return f"{milliseconds / 1000:.3f}".rstrip("0").rstrip(".")


def clock(milliseconds: int) -> str:
    """A time as SRT writes it."""
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02},{rest:03}"


def wrapped(track: Track, limits: Limits) -> Track:
    """The track with the cues that have too wide a line broken anew, without final stops if so wanted; others as they are."""
    return replace(track, cues=tuple(replace(cue, text=_wrapped(cue.text, limits)) for cue in track.cues))


def misfits(track: Track, limits: Limits) -> list[int]:
    """The 1-based lines of the cues that have a line too wide, or more lines of a language than they may."""
    return [line for cue, line in zip(track.cues, track.lines, strict=True) if not _fits(cue.text, limits)]


def retimed_bytes(track: Track) -> bytes:
    """The file of a changed track, only its changed cues new where its format can do that without loss."""
    data = track_bytes(track)
    written = format_of(f"x.{track.format}")
    same = written.read(data, track.path).cues == tuple(_stepped(cue, written.step_ms) for cue in track.cues)
    return data if same else written.write(track.cues)


def _stepped(cue: Cue, step_ms: int) -> Cue:
    """The cue with its times as a format can write them."""
    if step_ms == 1:
        return cue
    start, end = ((time + step_ms // 2) // step_ms * step_ms for time in _times(cue))
    return replace(cue, start_ms=start, end_ms=end)


def _runs(text: str) -> list[tuple[bool, list[str]]]:
    """The lines of a cue, those of one language together; true for Chinese."""
    parts = groupby(text.split("\n"), key=lambda line: language_of(line) != "en")
    return [(is_chinese, list(lines)) for is_chinese, lines in parts]


def _wrapped(text: str, limits: Limits) -> str:
    if "\n" not in text and len(text) <= min(limits.english_width, limits.chinese_width) and limits.final_stops:
        return text
    return "\n".join(_run(is_chinese, lines, limits) for is_chinese, lines in _runs(text))


def _run(is_chinese: bool, lines: Sequence[str], limits: Limits) -> str:
    text = "\n".join(lines)
    if _is_wide(is_chinese, lines, limits):
        return (chinese_within if is_chinese else english_within)(limits, text)
    return without_final_stops(text) if is_chinese and not limits.final_stops else text


def _is_wide(is_chinese: bool, lines: Sequence[str], limits: Limits) -> bool:
    if is_chinese:
        return any(width(line) > limits.chinese_width for line in lines)
    return any(english_width(line) > limits.english_width for line in lines)


def _fits(text: str, limits: Limits) -> bool:
    return all(len(lines) <= limits.lines and not _is_wide(zh, lines, limits) for zh, lines in _runs(text))
