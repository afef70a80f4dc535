"""Rules on the texts of one subtitle track: text that is none, that is in the wrong language, or not as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from pipeline.model import Edit, Language, Severity
from pipeline.subtitles.surgery import IN_BLOCKS
from pipeline.text.lazily import lazily
from pipeline.text.naming import file_name
from pipeline.text.said import Said, phrase, said
from pipeline.text.script import HAN, has_han, language_of
from pipeline.validator.base import Found, rule
from pipeline.validator.tracks import MARKUP, CheckedTrack, Place, Tongue, each, once, plain, tongue_of

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
_RUN = lazily(r"[A-Za-z][A-Za-z'’-]*(?:[ ,;\n]+[A-Za-z][A-Za-z'’-]*){3,}")
_SMALL = lazily(r"\b[a-z][a-z'’]+\b|\b[AI]\b(?=[ '’][a-z])")
_MOST_SMALL, _FEW_WORDS = 4, 2
_REMARK = lazily(r"[\[(（【].*?[\])）】]|♪[^♪]*♪?")
_FORMULA = frozenset("=*^")
_HAN_SIGN = lazily(f"[{HAN}]")
_BLANKS, _INDENT = " \t\u3000", 3  # so many before a line are its layout
_WIDE = lazily("[０-９Ａ-Ｚａ-ｚ]")
_WIDE_BY = ord("０") - ord("0")


@rule("ST116", "subtitle-empty", "warning")
def subtitle_empty(checked: CheckedTrack) -> Iterator[Found]:
    """Every cue holds text."""
    places = (Place(line, "this cue holds no text", cue.text) for cue, line in checked.cues if is_empty(cue.text))
    form = phrase("{number:,} more cues hold no text: {lines}")
    for told in each(checked.path, places, "write what is said, or take the cue out", form):
        yield told._replace(edit=Edit("", is_safe=False) if checked.track.format in IN_BLOCKS else None)


def is_empty(text: str) -> bool:
    """Whether the text of a cue shows nothing."""
    return not _UNSEEN.sub("", plain(text))


@rule("ST117", "subtitle-tags", "warning")
def subtitle_tags(checked: CheckedTrack) -> Iterator[Found]:
    """Every tag is closed in the cue that opens it."""
    places = (
        Place(line, fault, cue.text) for cue, line in checked.cues if "<" in cue.text and (fault := _unpaired(cue.text))
    )
    form = phrase("{number:,} more cues have tags that are not paired: {lines}")
    yield from each(checked.path, places, "close the tag in its cue, or take it out", form)


def _unpaired(text: str) -> str:
    """The first tag that lacks its partner, as words; empty where all are paired, in whatever order they close."""
    is_open: dict[str, int] = {}
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if not tag[1]:
            is_open[name] = is_open.get(name, 0) + 1
        elif not is_open.get(name):
            return said("{tag} closes nothing", tag=f"</{name}>")
        else:
            is_open[name] -= 1
    return next((said("{tag} is not closed", tag=f"<{name}>") for name, many in is_open.items() if many), "")


@rule("ST118", "subtitle-junk", "warning")
def subtitle_junk(checked: CheckedTrack) -> Iterator[Found]:
    """Every cue says what is said, and no cue advertises or reports an error."""
    places = (
        Place(line, said("“{text}” is not what the speaker says", text=junk[0]), cue.text)
        for cue, line in checked.cues
        if any(map(cue.text.casefold().__contains__, _JUNK_WORDS)) and (junk := _JUNK.search(plain(cue.text)))
    )
    form = phrase("{number:,} more cues are not what the speaker says: {lines}")
    yield from each(checked.path, places, "take the cue out, or fetch the track again", form)


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
        form, fix = _OTHER, said("rename the file, or take the track that was meant")
    elif has_han(text):
        form = phrase("the name says {named}, the text is mostly English")
        fix = said("translate what is left in English")
    else:
        form = phrase("the name says {named}, the text is not in Chinese")
        fix = said("rename the file, or take the track that was meant")
    severity: Severity | None = None if "en" in (named, written) else "info"
    message = said(form, named=_NAMES[named], written=_NAMES[written])
    yield Found(checked.path, 1, message, fix=fix, severity=severity)


_OTHER = phrase("the name says {named}, the text is {written}")
_NAMES: dict[Language, Said] = {
    "en": said("English"),
    "zh_CN": said("simplified Chinese"),
    "zh_TW": said("traditional Chinese"),
}


@rule("ST120", "subtitle-untranslated", "warning")
def subtitle_untranslated(checked: CheckedTrack) -> Iterator[Found]:
    """No cue of a track is in the other language."""
    if checked.tongue == "en":
        places = (
            Place(line, "this cue is in Chinese, and the track in English", cue.text)
            for (cue, line), tongue in zip(checked.cues, checked.tongues, strict=True)
            if tongue == "zh"
        )
        form = phrase("{number:,} more cues are in Chinese, and the track in English: {lines}")
        yield from each(checked.path, places, "translate it, or take it out", form)
    elif checked.tongue == "zh":
        left = (
            Place(line, said("“{text}” is left in English", text=english), cue.text)
            for cue, line in checked.cues
            if (english := _english_left(plain(cue.text)))
        )
        form = phrase("{number:,} more cues have English that is not translated: {lines}")
        yield from each(checked.path, left, "translate it", form)


def _english_left(text: str) -> str:
    """The first English sentence in a text that should be Chinese; names, terms and formulas are none."""
    return next((run[0] for run in _RUN.finditer(text) if len(_SMALL.findall(run[0])) >= _MOST_SMALL), "")


@rule("ST121", "subtitle-one-sided", "warning")
def subtitle_one_sided(checked: CheckedTrack) -> Iterator[Found]:
    """Every cue of a bilingual track has both languages."""
    if checked.tongue != "both":
        return
    missing: dict[Tongue, Said] = {"en": said("this cue has no Chinese"), "zh": said("this cue has no English")}
    places = (
        Place(line, missing[tongue], cue.text)
        for (cue, line), tongue in zip(checked.cues, checked.tongues, strict=True)
        if tongue in missing and _is_one_sided(plain(cue.text), tongue)
    )
    form = phrase("{number:,} more cues have one language only: {lines}")
    yield from each(checked.path, places, "write the other language too", form)


def _is_one_sided(text: str, tongue: Tongue) -> bool:
    """Whether a text says something in one language, and nothing that both share: a formula, a name, a number."""
    bare = _REMARK.sub("", text)
    if tongue == "zh":
        return tongue_of(bare) == tongue and len(_HAN_SIGN.findall(bare)) >= 2 * _FEW_WORDS
    return (
        all(len(_SMALL.findall(line)) >= _FEW_WORDS and _FORMULA.isdisjoint(line) for line in text.split("\n"))
        and tongue_of(bare) == "en"
    )


@rule("ST122", "subtitle-language-order", "info")
def subtitle_language_order(checked: CheckedTrack) -> Iterator[Found]:
    """The cues of a bilingual track have the same language on top."""
    if checked.tongue != "both":
        return
    orders = [
        _order(plain(cue.text)) if tongue == "both" else ""
        for cue, tongue in zip(checked.track.cues, checked.tongues, strict=True)
    ]
    usual = max(("zh-en", "en-zh"), key=orders.count)
    message, fix, form = _ORDERED[usual]
    places = (
        Place(line, message, cue.text)
        for (cue, line), order in zip(checked.cues, orders, strict=True)
        if order and order != usual
    )
    yield from once(checked.track, places, fix, form)


_ORDERED = {
    "zh-en": (
        said("the languages do not stand as in most cues, Chinese on top"),
        said("write the Chinese above the other"),
        phrase("{number:,} of {total:,} cues have their languages in another order than most, Chinese on top: {lines}"),
    ),
    "en-zh": (
        said("the languages do not stand as in most cues, English on top"),
        said("write the English above the other"),
        phrase("{number:,} of {total:,} cues have their languages in another order than most, English on top: {lines}"),
    ),
}


def _order(text: str) -> str:
    """The languages of the lines from top to bottom, each run of lines once; lines without words belong to any."""
    tongues = [tongue_of(line) for line in text.split("\n")]
    return "-".join(tongue for tongue, _ in groupby(filter(None, tongues)))


@rule("ST123", "subtitle-blanks", "info")
def subtitle_blanks(checked: CheckedTrack) -> Iterator[Found]:
    """No line of a cue begins or ends with a blank."""
    found = [(cue, line) for cue, line in checked.cues if without_blanks(cue.text) != cue.text]
    places = (Place(line, "a line of this cue begins or ends with a blank", cue.text) for cue, line in found)
    edit = Edit(without_blanks(found[0][0].text)) if found else None
    form = phrase("{number:,} of {total:,} cues have lines that begin or end with a blank: {lines}")
    for told in once(checked.track, places, "take the blanks out", form):
        yield told._replace(edit=edit)


def without_blanks(text: str) -> str:
    """The text without blanks at the ends of its lines; one that holds nothing else stays, and so do lines moved to the right."""
    if not text.strip() or not (" " in text or "\t" in text or "\u3000" in text):
        return text
    return "\n".join(filter(None, map(_without_blanks, text.split("\n"))))


def _without_blanks(line: str) -> str:
    bare = line.strip(_BLANKS)
    indent = line[: len(line) - len(line.lstrip(_BLANKS))]
    return indent + bare if bare and len(indent) >= _INDENT else bare


@rule("ST124", "subtitle-full-width", "info")
def subtitle_full_width(checked: CheckedTrack) -> Iterator[Found]:
    """Digits and Latin letters are written half-width."""
    found = [(cue, line) for cue, line in checked.cues if not cue.text.isascii() and _WIDE.search(cue.text)]
    places = (Place(line, "digits or Latin letters of this cue are full-width", cue.text) for cue, line in found)
    edit = Edit(half_width(found[0][0].text)) if found else None
    form = phrase("{number:,} of {total:,} cues have full-width digits or Latin letters: {lines}")
    for told in once(checked.track, places, "write them half-width", form):
        yield told._replace(edit=edit)


def half_width(text: str) -> str:
    """The text with its full-width digits and Latin letters half-width."""
    return _WIDE.sub(lambda sign: chr(ord(sign[0]) - _WIDE_BY), text)
