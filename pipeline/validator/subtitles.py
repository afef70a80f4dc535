"""Rules on the times and the lines of one subtitle track: what cannot be followed, and what does not fit.

Limits are those of Netflix's guides for English and Chinese unless the project has others. Cues in two languages are
measured by each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from pipeline.model import Edit
from pipeline.subtitles.durations import lengthened
from pipeline.subtitles.formats import step_of
from pipeline.subtitles.layout import width
from pipeline.subtitles.limits import Limits
from pipeline.text.lazily import lazily
from pipeline.text.said import Value, phrase, said
from pipeline.text.script import has_han
from pipeline.validator.base import Found, rule
from pipeline.validator.tracks import CheckedTrack, Place, each, once, plain, seconds

_FAR_BEYOND = 1.5
PLACED = lazily(r"\{\\(?:an?\d|pos\b)")


@rule("ST110", "subtitle-overlap", "warning")
def subtitle_overlap(checked: CheckedTrack) -> Iterator[Found]:
    """A cue ends before the next one begins."""

    over_the_last = phrase("this cue begins {time} before the one before it ends")
    slight: list[Place] = []
    clear: list[Place] = []
    for (before, _), (cue, line) in pairwise(checked.shown):
        over = min(before.end_ms, cue.end_ms) - cue.start_ms
        # two cues at the very same time, or one that is placed elsewhere, are meant to be seen together
        together = (before.start_ms, before.end_ms) == (cue.start_ms, cue.end_ms)
        if over > 0 and not together and not PLACED.search(before.text + cue.text):
            place = Place(line, over_the_last, cue.text, values={"time": seconds(over)})
            (slight if over < checked.limits.gap else clear).append(place)
    fix = said("end the cue before earlier")
    yield from each(checked.path, clear, fix, "{number:,} more cues begin before the one before them ends: {lines}")
    slightly = phrase(
        "{number:,} of {total:,} cues begin less than two frames before the one before them ends: {lines}"
    )
    for told in once(checked.track, slight, fix, slightly):
        yield told._replace(edit=Edit(told.source))  # the text stays, the time is mended


@rule("ST111", "subtitle-gap", "info")
def subtitle_gap(checked: CheckedTrack) -> Iterator[Found]:
    """Cues follow each other at once, or two frames or more apart."""

    def places() -> Iterator[Place]:
        for (before, _), (cue, line) in pairwise(checked.shown):
            gap = cue.start_ms - before.end_ms
            if 0 < gap < checked.limits.gap:
                form = phrase("only {gap} ms lie between this cue and the one before it")
                yield Place(line, form, cue.text, values={"gap": gap})

    near = phrase("{number:,} of {total:,} cues begin less than two frames after the one before: {lines}")
    for told in once(checked.track, places(), "let the cue before end here", near):
        yield told._replace(edit=Edit(told.source))


@rule("ST112", "subtitle-short", "info")
def subtitle_short(checked: CheckedTrack) -> Iterator[Found]:
    """A cue is shown for five sixths of a second or longer."""
    least = checked.limits.shortest
    short = [(cue, line) for cue, line in checked.shown if cue.end_ms - cue.start_ms < least]
    places = (
        Place(line, "this cue is shown for {time} only", cue.text, values={"time": seconds(cue.end_ms - cue.start_ms)})
        for cue, line in short
    )
    longer = lengthened(checked.track.cues, checked.limits, step_of(checked.track)) if short else {}
    has_room = any((cue.start_ms, cue.end_ms) in longer for cue, _ in short)
    fix = said("show it longer, or join it with the next")
    form = phrase("{number:,} of {total:,} cues are shown for less than {time}: {lines}")
    for told in once(checked.track, places, fix, form, time=seconds(least)):
        # not safe: the voice may be over, and the picture another one
        yield told._replace(edit=Edit(told.source, is_safe=False) if has_room else None)


@rule("ST113", "subtitle-long", "info")
def subtitle_long(checked: CheckedTrack) -> Iterator[Found]:
    """A cue is shown for seven seconds or shorter."""
    most = checked.limits.longest
    places = (
        Place(line, "this cue is shown for {time}", cue.text, values={"time": seconds(cue.end_ms - cue.start_ms)})
        for cue, line in checked.shown
        if cue.end_ms - cue.start_ms > most
    )
    form = phrase("{number:,} of {total:,} cues are shown for more than {time}: {lines}")
    yield from once(checked.track, places, "cut it in two, or end it earlier", form, time=seconds(most))


@rule("ST114", "subtitle-speed", "warning")
def subtitle_speed(checked: CheckedTrack) -> Iterator[Found]:
    """Text can be read while it is shown: 20 characters of English a second, 9 of Chinese."""
    fast: list[Place] = []
    far: list[Place] = []
    limits = checked.limits
    slowest = min(limits.english_speed, limits.chinese_speed)
    for cue, line in checked.shown:
        # a word that is shown for a moment is not too much to read, but shown too short
        time = max(cue.end_ms - cue.start_ms, limits.shortest) / 1000
        if len(cue.text) <= slowest * time:  # no text is wider than it has characters
            continue
        speed, limit = max(_speeds(cue.text, time, limits), key=lambda measured: measured[0] / measured[1])
        if speed > limit:
            form = phrase("{speed:,.1f} characters a second, of which {limit:g} can be read")
            place = Place(line, form, cue.text, values={"speed": speed, "limit": limit})
            (far if speed > limit * _FAR_BEYOND else fast).append(place)
    fix = said("show it longer, or say it in fewer words")
    form = phrase("{number:,} more cues have far more text than can be read in their time: {lines}")
    yield from each(checked.path, far, fix, form)
    form = phrase("{number:,} of {total:,} cues have more text than can be read in their time: {lines}")
    yield from once(checked.track, fast, fix, form)


def _speeds(text: str, time: float, limits: Limits) -> list[tuple[float, float]]:
    """Characters a second and how many can be read, in Chinese and in the other language of a cue."""
    shown = plain(text)
    if shown.isascii():
        return [(len(shown.strip()) / time, limits.english_speed)]
    lines = shown.split("\n")
    chinese = sum(width(line) for line in lines if has_han(line))
    other = " ".join(line.strip() for line in lines if not has_han(line))
    return [(chinese / time, limits.chinese_speed), (len(other) / time, limits.english_speed)]


@rule("ST115", "subtitle-lines", "info")
def subtitle_lines(checked: CheckedTrack) -> Iterator[Found]:
    """A cue has two lines of a language at most, of 42 characters in English and 16 in Chinese."""
    places = (
        Place(line, fault[0], cue.text, values=fault[1])
        for cue, line in checked.shown
        if (fault := _not_fitting(cue.text, checked.limits))
    )
    form = phrase("{number:,} of {total:,} cues have lines that are too long or too many: {lines}")
    yield from once(checked.track, places, "break its lines anew, or cut it in two", form)


def _not_fitting(text: str, limits: Limits) -> tuple[str, Mapping[str, Value]] | None:
    """What is too much of the lines of a cue, as a form and its values; None where they fit."""
    if len(text) <= min(limits.chinese_width, limits.english_width) and text.count("\n") < limits.lines:
        return None
    lines = [line for line in plain(text).split("\n") if line.strip()]
    chinese = [has_han(line) for line in lines]
    if (most := max(chinese.count(True), chinese.count(False))) > limits.lines:
        return phrase("this cue has {number} lines"), {"number": most}
    for line, is_chinese in zip(lines, chinese, strict=True):
        long, limit = (width(line), limits.chinese_width) if is_chinese else (len(line), limits.english_width)
        if long > limit:
            return phrase("a line is {long:g} characters long, {limit:g} fit"), {"long": long, "limit": limit}
    return None
