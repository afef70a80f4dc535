"""Folders ready to be uploaded: what YouTube and Bilibili take of a talk. Nothing is uploaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.align.tracks import pair_tracks
from pipeline.exporters.base import Material, Order, Output, TrackPairFiles, exporter
from pipeline.exporters.subtitles import bilingual_cues
from pipeline.exporters.talks import Chapter, Talk, in_both, plain_cues, talk_of
from pipeline.model import Cue
from pipeline.subtitles.bcc_format import BCC
from pipeline.subtitles.srt_format import srt_bytes
from pipeline.text.naming import file_name

# https://developers.google.com/youtube/v3/docs/videos: a title has at most 100 characters, a description 5,000 bytes of
# UTF-8, and neither holds < or >. https://support.google.com/youtube/answer/9884579: chapters are at least three, the first
# starts at 0:00, and each lasts ten seconds or more.
TITLE_CHARACTERS, DESCRIPTION_BYTES = 100, 5_000
FEWEST_CHAPTERS, SHORTEST_MS = 3, 10_000
_ANGLES = str.maketrans("<>", "‹›")
_LANGUAGES = {"en": "English", "zh_CN": "简体中文", "zh_TW": "繁體中文"}
_SUFFIXES = {"zh_CN": "zh-Hans", "zh_TW": "zh-Hant"}  # as YouTube calls them


@exporter("youtube", of="tracks", in_run=False)
def youtube_folders(material: Material) -> Iterator[Output]:
    """What YouTube takes of each talk: plain subtitles by language, title, description with chapters."""
    for pair in material.tracks:
        talk = talk_of(material, pair)
        tracks = {"en": plain_cues(pair.en), _language(pair): plain_cues(pair.zh)}
        folder, name = f"youtube/{pair.name}", PurePosixPath(pair.name).name
        for language, cues in tracks.items():
            yield _of(pair, f"{folder}/{name}.{_SUFFIXES.get(language, language)}.srt", srt_bytes(cues))
        end_ms = max((cue.end_ms for cues in tracks.values() for cue in cues), default=0)
        description = _description(talk, tuple(tracks), material.order, end_ms)
        yield _of(pair, f"{folder}/title.txt", (_title(talk, material.order) + "\n").encode("utf-8", "replace"))
        yield _of(pair, f"{folder}/description.txt", description.encode("utf-8", "replace"))


@exporter("bilibili", of="tracks", in_run=False)
def bilibili_folders(material: Material) -> Iterator[Output]:
    """What Bilibili takes of each talk: its own JSON by language, and one with both, since it shows one track at a time."""
    for pair in material.tracks:
        en, zh = (replace(track, cues=plain_cues(track)) for track in (pair.en, pair.zh))
        folder, name = f"bilibili/{pair.name}", PurePosixPath(pair.name).name
        both = bilingual_cues(en.cues, zh.cues, pair_tracks(en.cues, zh.cues), material.order)
        yield _of(pair, f"{folder}/{name}.en.bcc", BCC.write(en.cues))
        yield _of(pair, f"{folder}/{name}.{_SUFFIXES[_language(pair)]}.bcc", BCC.write(zh.cues))
        yield _of(pair, f"{folder}/{name}.bcc", BCC.write(_shown(both)))


def _of(pair: TrackPairFiles, path: str, data: bytes) -> Output:
    return Output(path, data, source=pair.en.path)


def _language(pair: TrackPairFiles) -> str:
    return "zh_TW" if file_name(PurePosixPath(pair.zh.path).name).language == "zh_TW" else "zh_CN"


def _shown(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    return tuple(cue for cue in cues if cue.text)


def _title(talk: Talk, order: Order) -> str:
    """The title in both languages, in the first alone where both are too long together."""
    both = in_both(talk.titles, order).translate(_ANGLES)
    if len(both) <= TITLE_CHARACTERS:
        return both
    first = next(talk.titles[language] for language in order.split("-") if language in talk.titles).translate(_ANGLES)
    return first if len(first) <= TITLE_CHARACTERS else first[: TITLE_CHARACTERS - 1].rstrip() + "…"


def _description(talk: Talk, languages: Sequence[str], order: Order, end_ms: int) -> str:
    """Titles, course, chapters and languages; what does not fit is left out, from the last line of the chapters."""
    head = [talk.titles[language] for language in order.split("-") if language in talk.titles]
    course = [in_both(talk.course, order)] if talk.course else []
    names = " · ".join(_LANGUAGES[language] for language in languages)
    tail = ["", f"字幕 Subtitles: {names}"]
    lines = [f"{_clock(each.start_ms)} {in_both(each.texts, order)}" for each in fit_chapters(talk.chapters, end_ms)]
    while True:
        chapters = ["", *lines] if len(lines) >= FEWEST_CHAPTERS else []
        text = "\n".join([*head, *course, *chapters, *tail]).translate(_ANGLES) + "\n"
        if len(text.encode("utf-8", "replace")) <= DESCRIPTION_BYTES:
            return text
        if not chapters:
            return text.encode("utf-8", "replace")[: DESCRIPTION_BYTES - 1].decode("utf-8", "ignore") + "\n"
        lines.pop()


def fit_chapters(chapters: Sequence[Chapter], end_ms: int) -> list[Chapter]:
    """Return the chapters that YouTube shows: none of a list that it would not, and none shorter than ten seconds."""
    fit: list[Chapter] = []
    for chapter in chapters:
        is_apart = not fit or chapter.start_ms - fit[-1].start_ms >= SHORTEST_MS
        if is_apart and end_ms - chapter.start_ms >= SHORTEST_MS:
            fit.append(chapter)
    return fit if len(fit) >= FEWEST_CHAPTERS and fit[0].start_ms == 0 else []


def _clock(time_ms: int) -> str:
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
