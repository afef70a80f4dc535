"""What is known of a talk beside its tracks: its titles, those of its course, and its chapters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from pipeline.exporters.base import Material, Order, TrackPairFiles
from pipeline.exporters.tables import course_titles, sides
from pipeline.model import Cue, Page, Texts, TrackPairing
from pipeline.subtitles.markup import converted
from pipeline.text.lazily import lazily
from pipeline.text.markup import plain
from pipeline.text.naming import file_name
from pipeline.text.printable import one_line
from pipeline.text.script import language_of

_TIME = r"(?P<h>\d{1,2}:)?(?P<m>[0-5]?\d):(?P<s>[0-5]\d)"
_BEFORE = lazily(rf"[\[(（]?{_TIME}[\])）]?(?:\s*[-–—~～]\s*[\d:]+\d)?\s*[-–—:：·|]*\s+(?P<title>\S.*)", re.ASCII)
_BEHIND = re.compile(rf"(?P<title>.*\S)\s*[\[(（]{_TIME}[\])）]", re.ASCII)
_SEPARATORS = re.compile(r"[\s_.-]+")


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a part of a talk starts, and what it is called in the languages that say it."""

    start_ms: int
    texts: Texts


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk for readers: its titles and those of its course by language, and its chapters by time."""

    titles: Texts
    course: Texts
    chapters: tuple[Chapter, ...]


def talk_of(material: Material, pair: TrackPairFiles) -> Talk:
    """Return what the pages of a course say of one of its talks."""
    pages = list(_pages(material, pair))
    end_ms = max(cue.end_ms for cue in (*pair.en.cues, *pair.zh.cues))
    chapters = [chapter for chapter in _chapters(material, pages) if chapter.start_ms < end_ms]
    return Talk(_titles(material, pair, pages), course_titles(material.course), tuple(chapters))


def in_both(texts: Texts, order: Order) -> str:
    """Return a text in both languages in that order, once where they are the same."""
    return " · ".join(dict.fromkeys(texts[language] for language in order.split("-") if language in texts))


def plain_tracks(pair: TrackPairFiles) -> tuple[tuple[Cue, ...], tuple[Cue, ...]]:
    """Return the cues of both tracks as they are paired, without markup and on the English clock."""
    pairing = pair.pairing
    en, zh = (
        [replace(cue, text=cue.text.strip()) for cue in converted(track.cues, track.format, "plain")]
        for track in (pair.en, pair.zh)
    )
    return tuple(en), tuple(_moved(cue, pairing) for cue in zh)


def _moved(cue: Cue, pairing: TrackPairing) -> Cue:
    start, end = (round(time * pairing.drift) + pairing.offset_ms for time in (cue.start_ms, cue.end_ms))
    return Cue(max(0, start), max(0, end), cue.text)


def shown(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Return the cues that say something for a while, by their times."""
    return tuple(
        sorted((cue for cue in cues if cue.text and cue.end_ms > max(0, cue.start_ms)), key=lambda cue: cue.start_ms)
    )


def chinese_of(pair: TrackPairFiles) -> Literal["zh-Hans", "zh-Hant"]:
    """Return which Chinese a pair has, as the web calls it: a text in traditional characters is that, whatever its name."""
    named = file_name(PurePosixPath(pair.zh.path).name).language
    found = language_of(" ".join(cue.text for cue in pair.zh.cues))
    return "zh-Hant" if "zh_TW" in {named, found} else "zh-Hans"


def _pages(material: Material, pair: TrackPairFiles) -> Iterator[Page]:
    """The pages that bear the name of a talk; in a course of one talk all pages."""
    folder = PurePosixPath(material.course.path)
    is_only = len({each.name for each in material.tracks}) == 1
    for page in material.course.pages:
        path = PurePosixPath(page.path)
        name = path.with_name(file_name(path.name).stem)
        inside = name.relative_to(folder) if name.is_relative_to(folder) else name
        if is_only or inside.as_posix() == pair.name:
            yield page


def _titles(material: Material, pair: TrackPairFiles, pages: Iterable[Page]) -> Texts:
    """The titles that the lecture table gives a talk, else the page of its name, else its name."""
    paths = {PurePosixPath(track.path).name for track in (pair.en, pair.zh)}
    for row in material.lecture_table().rows:
        files = {PurePosixPath(path).name for group in row.subtitles.values() for path in group}
        if row.lecture and paths & files:
            return {language: one_line(plain(each.texts[language])) for language, each in sides(row).items()}
    named = {
        page.path for page in pages if file_name(PurePosixPath(page.path).name).stem == pair.name.rpartition("/")[2]
    }
    titles: dict[str, str] = {}
    for outline in material.course.outlines:
        if outline.path in named and outline.title:
            titles.setdefault("en" if outline.language == "en" else "zh", one_line(plain(outline.title)))
    return titles or {"en": one_line(_SEPARATORS.sub(" ", pair.name.rpartition("/")[2]).strip())}


def _chapters(material: Material, pages: Iterable[Page]) -> Iterator[Chapter]:
    """The chapters that pages list with their times; what stands in two pages is one."""
    found: dict[int, dict[str, str]] = {}
    for page in pages:
        timed = list(_timed(material, page))
        if any(start_ms == 0 for start_ms, _, _ in timed):  # else they are times of day, or of another thing
            for start_ms, language, title in timed:
                found.setdefault(start_ms, {}).setdefault(language, title)
    for start_ms, texts in sorted(found.items()):
        yield Chapter(start_ms, texts)


def _timed(material: Material, page: Page) -> Iterator[tuple[int, str, str]]:
    """The times of a page with their titles, each in one language."""
    own, other = ("en", "zh") if page.language == "en" else ("zh", "en")
    for unit in page.units:
        for language, text in ((own, unit.text), (other, material.translation(unit) or "")):
            for start_ms, title in timed_titles(text):
                yield start_ms, language, title


def timed_titles(text: str) -> Iterator[tuple[int, str]]:
    """Yield the times in milliseconds and the titles of a text whose lines have both.

    >>> list(timed_titles("[12:30](https://x.org/?t=750) Risk"))
    [(750000, 'Risk')]
    """
    for line in text.split("\n"):
        shown = one_line(plain(line)).strip()
        match = _BEFORE.fullmatch(shown) or _BEHIND.fullmatch(shown)
        if match:
            yield _milliseconds(match.groupdict()), match["title"].strip()


def _milliseconds(time: Mapping[str, str | None]) -> int:
    hours, minutes, seconds = ((time[part] or "0").rstrip(":") for part in "hms")
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000
