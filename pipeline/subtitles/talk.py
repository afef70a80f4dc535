"""A track as a page of sentences, so that it has messages, a catalog and translations as pages have."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from pipeline.model import Language, Page, Unit
from pipeline.subtitles.reading import reading_note
from pipeline.subtitles.sentences import Sentence, spoken_sentences
from pipeline.subtitles.track import Track
from pipeline.text.script import has_han, language_of

ENGLISH_SPEED, CHINESE_SPEED = 20, 9  # characters that are read in a second (Netflix)
_LINE_ENDS = {1: re.compile(rb"\r*\n|\r"), 2: re.compile(rb"(?:\r\0)*\n\0|\r\0")}
_LATIN = re.compile(r"[A-Za-z]{2,}[^\n]*[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Talk:
    """What a track says; each unit of ``page`` is the sentence at its place, with its place in the file."""

    track: Track
    page: Page
    sentences: tuple[Sentence, ...]


def talk_of(track: Track, language: Language | None = None) -> Talk:
    """The sentences of a track that is in a language, its text's where it is not known.

    A track whose cues hold both languages is no source: it has no sentences.
    """
    text = " ".join(cue.text for cue in track.cues)
    language = language or language_of(text)
    said = () if _is_bilingual(track) else spoken_sentences(track.cues, language)
    places = _Places(track)
    units = tuple(places.unit(sentence, language) for sentence in said)
    page = Page(track.path, track.data, "", track.encoding, language, units, units, track.findings)
    return Talk(track, page, said)


def clock_time(milliseconds: int) -> str:
    """A time for people: ``0:12``, ``1:02:03``."""
    minutes, seconds = divmod(max(0, milliseconds) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def budget(sentence: Sentence, language: Language) -> int:
    """How many characters of a language can be read while a sentence is shown."""
    return sentence.shown_ms * (ENGLISH_SPEED if language == "en" else CHINESE_SPEED) // 1000


def _is_bilingual(track: Track) -> bool:
    both = sum(has_han(cue.text) and bool(_LATIN.search(cue.text)) and "\n" in cue.text for cue in track.cues)
    return 2 * both > len(track.cues)


class _Places:
    """Where the sentences of a track stand in its file."""

    def __init__(self, track: Track) -> None:
        self.track = track
        encoding = track.encoding.lower().replace("_", "-")
        self.codec = "utf-8" if encoding == "utf-8-sig" else track.encoding
        width = 2 if encoding.startswith("utf-16") else 1
        found = (match.end() for match in _LINE_ENDS[width].finditer(track.data))
        self.starts = [0, *(end for end in found if end % width == 0)]

    def unit(self, sentence: Sentence, language: Language) -> Unit:
        """The unit of a sentence, its note with the time that it has."""
        start, _ = self._span(sentence, 0)
        end = max(start, self._span(sentence, -1)[1])
        line = bisect_right(self.starts, start)
        column = len(self.track.data[self.starts[line - 1] : start].decode(self.codec, "replace")) + 1
        first, last = sentence.cues[0].start_ms, sentence.cues[-1].end_ms
        room = budget(sentence, "zh_CN" if language == "en" else "en")
        note = reading_note(f"{clock_time(first)}–{clock_time(last)}", room)
        return Unit(self.track.path, line, column, start, end, "cue", sentence.text, form="cue", note=note)

    def _span(self, sentence: Sentence, which: int) -> tuple[int, int]:
        """The bytes of a sentence in its first or last cue; all lines of that where they are written in another way."""
        begin, end = self._lines_of(sentence.places[which])
        whole = sentence.cues[which].text.encode(self.codec, "replace")
        if (start := self.track.data.find(whole, begin, end)) >= 0:
            return start, start + len(whole)
        words = [re.escape(word.encode(self.codec, "replace")) for word in sentence.cues[which].text.split()]
        found = re.compile(rb"\s*".join(words)).search(self.track.data, begin, end)
        return found.span() if found else (begin, end)

    def _lines_of(self, place: int) -> tuple[int, int]:
        """The bytes of the lines of a cue: those below its times, or in formats of one line a cue that line."""
        time, text = self.track.lines[place], self.track.cues[place].text
        has_lines_below = self.track.format in {"srt", "vtt", "sbv"}
        first = time + 1 if has_lines_below else time
        count = text.count("\n") + 1 if has_lines_below else 1
        starts, size = self.starts, len(self.track.data)
        begin = starts[first - 1] if first <= len(starts) else size
        return begin, starts[first - 1 + count] if first - 1 + count < len(starts) else size
