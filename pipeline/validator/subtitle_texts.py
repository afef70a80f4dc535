"""Rules on the texts of one subtitle track: text that is none, that is in the wrong language, or not as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Language, Severity
from pipeline.text.lazily import lazily
from pipeline.text.naming import file_name
from pipeline.text.script import has_han, language_of
from pipeline.validator.base import Found, rule
from pipeline.validator.tracks import MARKUP, CheckedTrack, Place, each, plain

_UNSEEN = lazily(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+|&(?:nbsp|#160|lrm|rlm);")
_TAG = lazily(r"<(/?)(b|i|u|s|font|ruby|rt|c|lang)(?=[\s.>])[^<>\n]*>", re.IGNORECASE)
_JUNK = lazily(
    r"\A\W*(?:no (?:transcript|captions?|subtitles?) (?:was |were )?(?:found|available)"
    r"|transcript (?:is )?(?:not available|unavailable))\W*\Z"
    r"|(?:advertise your product|support us and become vip|api\.opensubtitles|(?:downloaded|subtitles) from \S*(?:\.com|\.org))"
    r"|subtitles by the amara\.org community|osdb\.link|\baddic7ed\b|\byify\b|\byts\.\w+"
    r"|字幕由\s*amara\.org|请不吝点赞|請不吝點讚|仅供.{0,12}(?:学习|交流).{0,40}(?:商业|商用|24\s*小时)"
    r"|(?:字幕|翻译|压制|时间轴|校对)\w{0,4}[：:\s]{1,3}\S{0,20}(?:字幕组|字幕社|压制组)"
    r"|\b(?:zimuzu|zmz\d{4}|rrys|assrt|subhd|shooter|opensubtitles|subscene|podnapisi)\.(?:com|net|org|cn|tv|io)\b"
    r"|\A\W*(?:https?://|www\.)\S+\W*\Z",
    re.IGNORECASE,
)
# one of them is in all that the expression above finds, and looking for them takes a tenth of the time
_JUNK_WORDS = (
    "transcript", "caption", "subtitle", "advertise", "become vip", "download", "osdb", "addic7ed", "yify", "yts.", "amara",
    "不吝", "仅供", "字幕", "压制组", "http", "www.", "zimuzu", "zmz", "rrys", "assrt", "subhd", "shooter.", "subscene",
    "podnapisi",
)  # fmt: skip


@rule("ST116", "subtitle-empty", "warning")
def subtitle_empty(checked: CheckedTrack) -> Iterator[Found]:
    """Every cue holds text."""
    places = (
        Place(line, "this cue holds no text", cue.text)
        for cue, line in checked.cues
        if not _UNSEEN.sub("", plain(cue.text))
    )
    yield from each(checked.path, places, "write what is said, or take the cue out", "hold no text")


@rule("ST117", "subtitle-tags", "warning")
def subtitle_tags(checked: CheckedTrack) -> Iterator[Found]:
    """Every tag is closed in the cue that opens it."""
    places = (
        Place(line, said, cue.text) for cue, line in checked.cues if "<" in cue.text and (said := _unpaired(cue.text))
    )
    yield from each(checked.path, places, "close the tag in its cue, or take it out", "have tags that are not paired")


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
def subtitle_junk(checked: CheckedTrack) -> Iterator[Found]:
    """Every cue says what is said, and no cue advertises or reports an error."""
    places = (
        Place(line, f"“{junk[0]}” is not what the speaker says", cue.text)
        for cue, line in checked.cues
        if any(map(cue.text.casefold().__contains__, _JUNK_WORDS)) and (junk := _JUNK.search(plain(cue.text)))
    )
    yield from each(checked.path, places, "take the cue out, or fetch the track again", "are not what the speaker says")


@rule("ST119", "subtitle-language", "warning")
def subtitle_language(checked: CheckedTrack) -> Iterator[Found]:
    """A track is in the language that the name of its file says."""
    name = checked.path.replace("\\", "/").rpartition("/")[2]
    named = file_name(name).language
    text = MARKUP.sub("", "\n".join(cue.text for cue in checked.track.cues))
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
    yield Found(checked.path, 1, f"the name says {_SAID[named]}, the text is {is_other}", fix=fix, severity=severity)


_SAID: dict[Language, str] = {"en": "English", "zh_CN": "simplified Chinese", "zh_TW": "traditional Chinese"}
