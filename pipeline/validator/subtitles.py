"""Rules on one subtitle track: times that cannot be followed, lines that do not fit, text that is none.

Limits are those of Netflix's guides for English and Chinese. What is a matter of degree is told once a file, with its lines;
what is wrong is told for the first cues one by one, then once for all others. Cues in two languages are measured by each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.model import Cue, Language, Severity
from pipeline.subtitles.layout import CHINESE_WIDTH, ENGLISH_WIDTH, width
from pipeline.subtitles.track import Track
from pipeline.text.lazily import lazily
from pipeline.text.naming import file_name
from pipeline.text.script import has_han, language_of
from pipeline.validator.base import Found, rule

_SHORT_MS, _LONG_MS = 833, 7_000
_TWO_FRAMES_MS = 83  # at 24 a second
_MOST_LINES = 2
_ENGLISH_SPEED, _CHINESE_SPEED = 20, 9  # characters a second
_FAR_BEYOND = 1.5
_SHOWN = 3  # single findings of a rule in a file, before one that counts the others
_LISTED = 8  # lines that a count names

_MARKUP = lazily(r"<[^<>\n]*>|\{\\[^{}\n]*\}")
_UNSEEN = lazily(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+|&(?:nbsp|#160|lrm|rlm);")
_PLACED = lazily(r"\{\\(?:an?\d|pos\b)")
_TAG = lazily(r"<(/?)(b|i|u|s|font|ruby|rt|c|lang)(?=[\s.>])[^<>\n]*>", re.IGNORECASE)
_JUNK = lazily(
    r"\A\W*(?:no (?:transcript|captions?|subtitles?) (?:was |were )?(?:found|available)"
    r"|transcript (?:is )?(?:not available|unavailable))\W*\Z"
    r"|(?:advertise your product|support us and become vip|api\.opensubtitles|(?:downloaded|subtitles) from \S*(?:\.com|\.org))"
    r"|subtitles by the amara\.org community|osdb\.link|\baddic7ed\b|\byify\b|\byts\.\w+"
    r"|字幕由\s*amara\.org|请不吝点赞|請不吝點讚|仅供.{0,12}(?:学习|交流).{0,40}(?:商业|商用|24\s*小时)",
    re.IGNORECASE,
)
# one of them is in all that the expression above finds, and looking for them takes a tenth of the time
_JUNK_WORDS = (
    "transcript", "caption", "subtitle", "advertise", "become vip", "download", "osdb", "addic7ed", "yify", "yts.", "amara",
    "不吝", "仅供",
)  # fmt: skip


class _Place(NamedTuple):
    """A cue that a rule is about, and what is to be said of it where it is said alone."""

    line: int
    message: str
    cue: Cue


def _each(track: Track, places: Iterable[_Place], fix: str, kind: str) -> Iterator[Found]:
    """The first places one by one, and one finding that counts the others as cues that ``kind`` says what is wrong with."""
    found = list(places)
    alone = len(found) if len(found) <= _SHOWN + 1 else _SHOWN
    for place in found[:alone]:
        yield Found(track.path, place.line, place.message, source=place.cue.text, fix=fix)
    if rest := found[alone:]:
        message = f"{len(rest):,} more cues {kind}: {_lines(rest)}"
        yield Found(track.path, rest[0].line, message, source=rest[0].cue.text, fix=fix)


def _once(track: Track, places: Iterable[_Place], fix: str, kind: str) -> Iterator[Found]:
    """One finding for all places together, as infos are told."""
    found = list(places)
    if len(found) == 1:
        yield Found(track.path, found[0].line, found[0].message, source=found[0].cue.text, fix=fix, severity="info")
    elif found:
        message = f"{len(found):,} of {len(track.cues):,} cues {kind}: {_lines(found)}"
        yield Found(track.path, found[0].line, message, source=found[0].cue.text, fix=fix, severity="info")


def _lines(places: list[_Place]) -> str:
    """Where places are, for people: the first lines, and how many more up to which."""
    listed = ", ".join(str(place.line) for place in places[:_LISTED])
    more = len(places) - _LISTED
    return f"lines {listed}" + (f" and {more:,} more up to {places[-1].line}" if more > 0 else "")


def _cues(track: Track) -> Iterator[tuple[Cue, int]]:
    return zip(track.cues, track.lines, strict=True)


@lru_cache(maxsize=1)  # most rules ask for the same track, one after the other
def _shown(track: Track) -> tuple[tuple[Cue, int], ...]:
    """The cues that are shown for some time and hold something, in the order of their times."""
    shown = [(cue, line) for cue, line in _cues(track) if cue.end_ms > cue.start_ms and _plain(cue.text).strip()]
    return tuple(sorted(shown, key=lambda numbered: numbered[0].start_ms))


def _plain(text: str) -> str:
    """The text of a cue without its tags."""
    return _MARKUP.sub("", text) if "<" in text or "{" in text else text


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:,.3f}".rstrip("0").rstrip(".") + " s"


@rule("ST110", "subtitle-overlap", "warning")
def subtitle_overlap(track: Track) -> Iterator[Found]:
    """A cue ends before the next one begins."""

    slight: list[_Place] = []
    clear: list[_Place] = []
    for (before, _), (cue, line) in pairwise(_shown(track)):
        over = min(before.end_ms, cue.end_ms) - cue.start_ms
        # two cues at the very same time, or one that is placed elsewhere, are meant to be seen together
        together = (before.start_ms, before.end_ms) == (cue.start_ms, cue.end_ms)
        if over > 0 and not together and not _PLACED.search(before.text + cue.text):
            place = _Place(line, f"this cue begins {_seconds(over)} before the one before it ends", cue)
            (slight if over < _TWO_FRAMES_MS else clear).append(place)
    fix = "end the cue before earlier"
    yield from _each(track, clear, fix, "begin before the one before them ends")
    yield from _once(track, slight, fix, "begin less than two frames before the one before them ends")


@rule("ST111", "subtitle-gap", "info")
def subtitle_gap(track: Track) -> Iterator[Found]:
    """Cues follow each other at once, or two frames or more apart."""

    def places() -> Iterator[_Place]:
        for (before, _), (cue, line) in pairwise(_shown(track)):
            gap = cue.start_ms - before.end_ms
            if 0 < gap < _TWO_FRAMES_MS:
                yield _Place(line, f"only {gap} ms lie between this cue and the one before it", cue)

    yield from _once(track, places(), "let the cue before end here", "begin less than two frames after the one before")


@rule("ST112", "subtitle-short", "info")
def subtitle_short(track: Track) -> Iterator[Found]:
    """A cue is shown for five sixths of a second or longer."""
    places = (
        _Place(line, f"this cue is shown for {_seconds(cue.end_ms - cue.start_ms)} only", cue)
        for cue, line in _shown(track)
        if cue.end_ms - cue.start_ms < _SHORT_MS
    )
    yield from _once(track, places, "show it longer, or join it with the next", "are shown for less than 0.833 s")


@rule("ST113", "subtitle-long", "info")
def subtitle_long(track: Track) -> Iterator[Found]:
    """A cue is shown for seven seconds or shorter."""
    places = (
        _Place(line, f"this cue is shown for {_seconds(cue.end_ms - cue.start_ms)}", cue)
        for cue, line in _shown(track)
        if cue.end_ms - cue.start_ms > _LONG_MS
    )
    yield from _once(track, places, "cut it in two, or end it earlier", "are shown for more than 7 s")


@rule("ST114", "subtitle-speed", "warning")
def subtitle_speed(track: Track) -> Iterator[Found]:
    """Text can be read while it is shown: 20 characters of English a second, 9 of Chinese."""
    fast: list[_Place] = []
    far: list[_Place] = []
    for cue, line in _shown(track):
        # a word that is shown for a moment is not too much to read, but shown too short
        seconds = max(cue.end_ms - cue.start_ms, _SHORT_MS) / 1000
        if len(cue.text) <= _CHINESE_SPEED * seconds:  # no text is wider than it has characters
            continue
        speed, limit = max(_speeds(cue.text, seconds), key=lambda measured: measured[0] / measured[1])
        if speed > limit:
            place = _Place(line, f"{speed:,.1f} characters a second, of which {limit} can be read", cue)
            (far if speed > limit * _FAR_BEYOND else fast).append(place)
    fix = "show it longer, or say it in fewer words"
    yield from _each(track, far, fix, "have far more text than can be read in their time")
    yield from _once(track, fast, fix, "have more text than can be read in their time")


def _speeds(text: str, seconds: float) -> list[tuple[float, int]]:
    """Characters a second and how many can be read, in Chinese and in the other language of a cue."""
    plain = _plain(text)
    if plain.isascii():
        return [(len(plain.strip()) / seconds, _ENGLISH_SPEED)]
    lines = plain.split("\n")
    chinese = sum(width(line) for line in lines if has_han(line))
    other = " ".join(line.strip() for line in lines if not has_han(line))
    return [(chinese / seconds, _CHINESE_SPEED), (len(other) / seconds, _ENGLISH_SPEED)]


@rule("ST115", "subtitle-lines", "info")
def subtitle_lines(track: Track) -> Iterator[Found]:
    """A cue has two lines of a language at most, of 42 characters in English and 16 in Chinese."""
    places = (_Place(line, said, cue) for cue, line in _shown(track) if (said := _not_fitting(cue.text)))
    yield from _once(
        track, places, "break its lines anew, or cut it in two", "have lines that are too long or too many"
    )


def _not_fitting(text: str) -> str:
    """What is too much of the lines of a cue; empty where they fit."""
    if len(text) <= CHINESE_WIDTH and text.count("\n") < _MOST_LINES:
        return ""
    lines = [line for line in _plain(text).split("\n") if line.strip()]
    chinese = [has_han(line) for line in lines]
    if (most := max(chinese.count(True), chinese.count(False))) > _MOST_LINES:
        return f"this cue has {most} lines"
    for line, is_chinese in zip(lines, chinese, strict=True):
        long, limit = (width(line), CHINESE_WIDTH) if is_chinese else (len(line), ENGLISH_WIDTH)
        if long > limit:
            return f"a line is {long:g} characters long, {limit} fit"
    return ""


@rule("ST116", "subtitle-empty", "warning")
def subtitle_empty(track: Track) -> Iterator[Found]:
    """Every cue holds text."""
    places = (
        _Place(line, "this cue holds no text", cue)
        for cue, line in _cues(track)
        if not _UNSEEN.sub("", _plain(cue.text))
    )
    yield from _each(track, places, "write what is said, or take the cue out", "hold no text")


@rule("ST117", "subtitle-tags", "warning")
def subtitle_tags(track: Track) -> Iterator[Found]:
    """Every tag is closed in the cue that opens it."""
    places = (
        _Place(line, said, cue) for cue, line in _cues(track) if "<" in cue.text and (said := _unpaired(cue.text))
    )
    yield from _each(track, places, "close the tag in its cue, or take it out", "have tags that are not paired")


def _unpaired(text: str) -> str:
    """The first tag that lacks its partner, as words; empty where all are paired, in whatever order they close."""
    is_open: dict[str, int] = {}
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if not tag[1]:
            is_open[name] = is_open.get(name, 0) + 1
        elif not is_open.get(name):
            return f"</{name}> closes nothing"
        else:
            is_open[name] -= 1
    return next((f"<{name}> is not closed" for name, many in is_open.items() if many), "")


@rule("ST118", "subtitle-junk", "warning")
def subtitle_junk(track: Track) -> Iterator[Found]:
    """Every cue says what is said, and no cue advertises or reports an error."""
    places = (
        _Place(line, f"“{junk[0]}” is not what the speaker says", cue)
        for cue, line in _cues(track)
        if any(map(cue.text.casefold().__contains__, _JUNK_WORDS)) and (junk := _JUNK.search(_plain(cue.text)))
    )
    yield from _each(track, places, "take the cue out, or fetch the track again", "are not what the speaker says")


@rule("ST119", "subtitle-language", "warning")
def subtitle_language(track: Track) -> Iterator[Found]:
    """A track is in the language that the name of its file says."""
    name = track.path.replace("\\", "/").rpartition("/")[2]
    named = file_name(name).language
    text = _MARKUP.sub("", "\n".join(cue.text for cue in track.cues))
    if named is None or not any(map(str.isalpha, text)):
        return
    written = language_of(text)
    says_no_writing = name.lower().endswith(".zh" + file_name(name).extension.lower())
    if written == named or (says_no_writing and written != "en"):
        return
    if named == "en" or written != "en":
        is_other, fix = _SAID[written], "rename the file, or take the track that was meant"
    elif has_han(text):
        is_other, fix = "mostly English", "translate what is left in English"
    else:
        is_other, fix = "not in Chinese", "rename the file, or take the track that was meant"
    severity: Severity | None = None if "en" in (named, written) else "info"
    yield Found(track.path, 1, f"the name says {_SAID[named]}, the text is {is_other}", fix=fix, severity=severity)


_SAID: dict[Language, str] = {"en": "English", "zh_CN": "simplified Chinese", "zh_TW": "traditional Chinese"}
