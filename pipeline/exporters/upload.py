"""Folders ready to be uploaded: what YouTube and Bilibili take of a talk. Nothing is uploaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.exporters.base import Material, Order, Output, exporter
from pipeline.exporters.subtitles import bilingual_events, out_of_step
from pipeline.exporters.talks import Chapter, Talk, chinese_of, in_both, plain_tracks, shown, talk_of
from pipeline.subtitles.bcc_format import BCC
from pipeline.subtitles.srt_format import srt_bytes

# https://developers.google.com/youtube/v3/docs/videos: a title has at most 100 characters, a description 5,000 bytes of
# UTF-8, and neither holds < or >. https://support.google.com/youtube/answer/9884579: chapters are at least three, the first
# starts at 0:00, and each lasts ten seconds or more.
TITLE_CHARACTERS, DESCRIPTION_BYTES = 100, 5_000
FEWEST_CHAPTERS, SHORTEST_MS = 3, 10_000
_ANGLES = str.maketrans("<>", "‹›")
_CHINESE = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文"}


@exporter("youtube", of="tracks", in_run=False)
def youtube_folders(material: Material) -> Iterator[Output]:
    """What YouTube takes of each talk: plain subtitles by language, title, description with chapters."""
    for pair in material.tracks:
        talk, chinese = talk_of(material, pair), chinese_of(pair)
        en, zh = map(shown, plain_tracks(pair))
        folder, name = f"youtube/{pair.name}", PurePosixPath(pair.name).name
        description = _description(talk, chinese, material.order, max((cue.end_ms for cue in (*en, *zh)), default=0))
        told = tuple(out_of_step(pair.zh.path, pair.pairing))
        for file, data in (
            (f"{name}.en.srt", srt_bytes(en)),
            (f"{name}.{chinese}.srt", srt_bytes(zh)),
            ("title.txt", (_title(talk, material.order) + "\n").encode("utf-8", "replace")),
            ("description.txt", description.encode("utf-8", "replace")),
        ):
            yield Output(f"{folder}/{file}", data, told, pair.en.path)


@exporter("bilibili", of="tracks", in_run=False)
def bilibili_folders(material: Material) -> Iterator[Output]:
    """What Bilibili takes of each talk: its own JSON by language, and one with both, since it shows one track at a time."""
    for pair in material.tracks:
        en, zh = plain_tracks(pair)
        folder, name = f"bilibili/{pair.name}", PurePosixPath(pair.name).name
        in_step = replace(pair.pairing, offset_ms=0, drift=1.0)  # the cues have been moved
        both = [event.cue(material.order) for event in bilingual_events(en, zh, in_step, limits=material.limits)]
        told = tuple(out_of_step(pair.zh.path, pair.pairing))
        for language, cues in ((".en", en), (f".{chinese_of(pair)}", zh), ("", both)):
            yield Output(f"{folder}/{name}{language}.bcc", BCC.write(shown(cues)), told, pair.en.path)


def _title(talk: Talk, order: Order) -> str:
    """The title in both languages, in the first alone where both are too long together."""
    both = in_both(talk.titles, order).translate(_ANGLES)
    if len(both) <= TITLE_CHARACTERS:
        return both
    first = next(talk.titles[language] for language in order.split("-") if language in talk.titles).translate(_ANGLES)
    return first if len(first) <= TITLE_CHARACTERS else first[: TITLE_CHARACTERS - 1].rstrip() + "…"


def _description(talk: Talk, chinese: str, order: Order, end_ms: int) -> str:
    """Titles, course, chapters and languages; what does not fit is left out, from the last line of the chapters."""
    head = [talk.titles[language] for language in order.split("-") if language in talk.titles]
    course = [in_both(talk.course, order)] if talk.course else []
    tail = ["", f"字幕 Subtitles: English · {_CHINESE[chinese]}"]
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
