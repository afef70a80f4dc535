"""A page that plays a talk with its subtitles in both languages: one file that needs nothing but the video beside it.

Nothing of a track is ever markup or script: texts are escaped where they stand in HTML, ``<`` is an escape in the JSON, and
the page allows no style and no script but its own, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import PurePosixPath
from string import Template
from urllib.parse import quote

from pipeline.exporters.base import Material, Order, Output, TrackPairFiles, exporter
from pipeline.exporters.own_words import in_chinese
from pipeline.exporters.subtitles import out_of_step
from pipeline.exporters.talks import Chapter, Talk, chinese_of, in_both, plain_tracks, shown, talk_of
from pipeline.model import Cue, Language, TrackPairing

_MEDIA = (".mp4", ".webm", ".m4v", ".mov", ".mp3", ".m4a")
_Row = tuple[int, int, str, str]
"""When a sentence starts and ends in milliseconds, and its text in English and in Chinese."""


@exporter("player", of="tracks", in_run=False)
def players(material: Material) -> Iterator[Output]:
    """A page for each talk that plays the video beside it, with both tracks, switches and a transcript."""
    for pair in material.tracks:
        data = player(pair, talk_of(material, pair), material.order).encode("utf-8", "replace")
        yield Output(f"{pair.name}.player.html", data, tuple(out_of_step(pair.zh.path, pair.pairing)), pair.en.path)


def player(pair: TrackPairFiles, talk: Talk, order: Order, home: str = "") -> str:
    """Return the page that plays a talk; ``home`` is the address of the page of its course, if that has one."""
    en, zh = plain_tracks(pair)
    stem = PurePosixPath(pair.name).name
    chinese = chinese_of(pair)
    said: Language = "zh_TW" if chinese == "zh-Hant" else "zh_CN"
    script = in_chinese(_text("player.js"), said)
    return Template(in_chinese(_text("player.html"), said)).substitute(
        chinese=chinese,
        language=chinese if order == "zh-en" else "en",
        title=escape(in_both(talk.titles, order)),
        heading=_spans(talk, order, chinese),
        course=_course(in_both(talk.course, order) or (in_chinese("课程 · Course", said) if home else ""), home),
        order=order,
        stem=escape(stem),
        sources="\n".join(f'<source src="{quote(stem + ending)}">' for ending in _MEDIA),
        rows="\n".join(_rows(_sentences(en, zh, pair.pairing), talk.chapters, order, chinese)),
        cues=_json({"en": shown(en), "zh": shown(zh)}),
        style=_text("player.css"),
        style_hash=_hash(_text("player.css")),
        script=script,
        script_hash=_hash(script),
    )


def _sentences(en: Sequence[Cue], zh: Sequence[Cue], pairing: TrackPairing) -> list[_Row]:
    """The pairs of two tracks as rows, and what has no partner as rows of one language, by their times."""
    groups = [([en[place] for place in pair.en], [zh[place] for place in pair.zh]) for pair in pairing.pairs]
    groups += [([en[place]], []) for place in pairing.en_only]
    groups += [([], [zh[place]]) for place in pairing.zh_only]
    rows = []
    for left, right in groups:
        timed = left or right
        row = min(cue.start_ms for cue in timed), max(cue.end_ms for cue in timed), _said(left), _said(right)
        rows += [row] if row[2] or row[3] else []
    return sorted(rows)


def _said(cues: Sequence[Cue]) -> str:
    return " ".join(" ".join(cue.text.split()) for cue in cues)


def _rows(rows: Sequence[_Row], chapters: Sequence[Chapter], order: Order, chinese: str) -> Iterator[str]:
    """The transcript as items of a list, each chapter before what is said in it."""
    ahead = list(chapters)
    for start_ms, end_ms, en, zh in rows:
        while ahead and ahead[0].start_ms <= start_ms:
            yield f'<li class="chapter"><h2>{escape(in_both(ahead.pop(0).texts, order))}</h2></li>'
        both = [f'<p class="zh" lang="{chinese}">{escape(zh)}</p>'] if zh else []
        both += [f'<p class="en" lang="en">{escape(en)}</p>'] if en else []
        said = f'<div class="said{" both" if len(both) == 2 else ""}">{"".join(both)}</div>'
        link = f'<a href="#t={start_ms / 1000:g}">{_clock(start_ms)}</a>'
        yield f'<li data-start="{start_ms}" data-end="{end_ms}">{link}{said}</li>'


def _clock(time_ms: int) -> str:
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _spans(talk: Talk, order: Order, chinese: str) -> str:
    """The title in both languages, each marked with its own."""
    tags = {"zh": chinese, "en": "en"}
    texts = {talk.titles[language]: language for language in order.split("-") if language in talk.titles}
    return " · ".join(f'<span lang="{tags[language]}">{escape(text)}</span>' for text, language in texts.items())


def _course(title: str, home: str) -> str:
    """The title of the course, as a link where it leads somewhere."""
    return f'<a href="{escape(home)}">← {escape(title)}</a>' if home else escape(title)


def _json(tracks: dict[str, tuple[Cue, ...]]) -> str:
    """Tracks as JSON that may stand in a script element whatever they say."""
    lists = {name: [[cue.start_ms, cue.end_ms, cue.text] for cue in cues] for name, cues in tracks.items()}
    text = json.dumps(lists, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _text(name: str) -> str:
    return (files("pipeline.exporters") / name).read_text("utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
