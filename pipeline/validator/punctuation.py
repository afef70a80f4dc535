"""The mark that ends a text, in any language: a full stop is a full stop as ``.``, ``。`` or ``।``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Edit, Severity
from pipeline.text.lazily import lazily
from pipeline.text.markup import TAG
from pipeline.text.said import said
from pipeline.text.script import HAN
from pipeline.validator.base import Found, rule
from pipeline.validator.codelike import is_code
from pipeline.validator.messages import CheckedCatalog, Remark, Translation, found_in, message_rule

_KINDS = {
    **dict.fromkeys(".。．｡।॥។။᱾։۔።", "full stop"),
    **dict.fromkeys(":：﹕", "colon"),
    **dict.fromkeys("?？؟՞፧\u037e", "question mark"),
    **dict.fromkeys("!！՜", "exclamation mark"),
    **dict.fromkeys(";；؛", "semicolon"),
    **dict.fromkeys(",，、،", "comma"),
    **dict.fromkeys("…⋯", "ellipsis"),
    **dict.fromkeys("⁈⁉", "interrobang"),
    "՝": "colon",
}
_NAMED = {
    "full stop": said("a full stop"),
    "colon": said("a colon"),
    "question mark": said("a question mark"),
    "exclamation mark": said("an exclamation mark"),
    "semicolon": said("a semicolon"),
    "comma": said("a comma"),
    "ellipsis": said("an ellipsis"),
    "interrobang": said("an interrobang"),
}
_MISSING = {
    "full stop": said("the full stop at the end is missing"),
    "colon": said("the colon at the end is missing"),
    "question mark": said("the question mark at the end is missing"),
    "exclamation mark": said("the exclamation mark at the end is missing"),
    "semicolon": said("the semicolon at the end is missing"),
    "comma": said("the comma at the end is missing"),
    "ellipsis": said("the ellipsis at the end is missing"),
    "interrobang": said("the interrobang at the end is missing"),
}
_CLOSERS = ")）]】}」』”’\"'»›〉》*_~\u200f\u200e \t\n\u00a0\u202f\u3000"
_QUOTES_AND_BRACKETS = ")）]】\"'”’"
_FOOTNOTES = re.compile(r"(?:\[\^[^\[\]\s]++\]\s*+)+\Z")
_ENTITY = re.compile(r"&(?:#\d++|\w++);\Z")
_ELLIPSIS = re.compile(r"\.{3}|[…⋯]|。{2}|．{3}")
_TRACK = re.compile(r"\.(?:srt|vtt|sbv|ass|ssa|bcc|ttml|dfxp)\Z", re.IGNORECASE)
_ABBREVIATION = lazily(
    r"(?:\b(?:etc|e\.g|i\.e|inc|ltd|co|corp|no|vs|al|jr|sr|st|dr|mr|mrs|ms|prof|cf|fig|a\.m|p\.m|u\.s|v|vol|pp?|ed|eds"
    r"|jan|feb|aug|sept?|oct|nov|dec)|\b[A-Z]|(?:^|\s)\d{1,3})\.\W*+$",
    re.IGNORECASE,
)
_INNER_STOP = re.compile(r"[.!?]['\")*_]*+\s+\S|[。！？]\S|[^\W\d_]{3}\. [A-Z]")
_SENTENCE = 12  # blanks of a text that is a sentence rather than a heading
_MOST_TAGS, _LONGEST_TAG = 8, 200
_END = 400  # more of a text than any closing syntax takes
_HEADLINE = 5  # texts up to this length are signs rather than sentences
_GOES_ON = re.compile(r"(?:\b(?:and|or|but|nor|than|of|the|to|with|for|by)|,)\W*+$", re.IGNORECASE)
_ASKS = re.compile(r"[吗嗎呢么麼]$|什么|怎么|为何|如何|是否|哪|谁|几|多少|為何|什麼|怎麼|誰|幾")
_HALF_WIDTH = lazily(rf"(?<=[{HAN}”）》」』])[ \u00a0]?(\.{{3,6}}|[.:;?!,])([\"'”’）)*_\s]*+)$")
_HALF_WIDTH_LAST = frozenset(".:;?!,\"'”’）)*_")  # or a blank
_HABIT, _HABIT_SHARE = 20, 0.05  # so many half-width colons are how a team writes, to be told once
_INNER_ARMENIAN = re.compile("[՛՜՝՞`]")
_FULL = {".": "。", ":": "：", ";": "；", "?": "？", "!": "！", ",": "，"}

# What may end a text in place of another mark, because languages end sentences in other ways.
_MAY_STAND_FOR: dict[tuple[str, str], Severity | None] = {
    ("colon", "full stop"): "info",
    ("full stop", "colon"): "info",
    ("comma", "colon"): None,
    ("comma", "full stop"): "info",
    ("semicolon", "full stop"): None,
    ("full stop", "semicolon"): "info",
    ("semicolon", "comma"): None,
    ("exclamation mark", "full stop"): "info",
    ("full stop", "exclamation mark"): "info",
    ("question mark", "full stop"): "info",
    ("full stop", "question mark"): "info",
    ("", "question mark"): "warning",
    ("", "colon"): "info",
    ("question mark", "interrobang"): None,  # a question all the same
    ("interrobang", "question mark"): None,
    ("exclamation mark", "interrobang"): "info",
    ("interrobang", "exclamation mark"): "info",
}

_ONLY_IN_CHINESE = (("", "colon"), ("question mark", "full stop"))  # where a text leads on, and where none is asked
_FULL_WIDTH = ("zh", "ja", "yue")
_FULL_WIDTH_OR_UNKNOWN = (*_FULL_WIDTH, "")
_MARK_APART = re.compile(r"(?<=\w) +(?:[?!]++|[:;])$")


@message_rule("M131", "final-mark", "warning")
def final_mark(translation: Translation) -> Iterator[Remark]:
    """A translation ends with the mark that its source ends with."""
    source, target = translation.source, translation.target
    if " " in target[-4:] and (apart := _apart(translation)):
        yield Remark("a blank stands before the mark at the end", at=apart, fix="delete it")
    if source == target or _end_alike(source, target) or not source.strip(_CLOSERS) or not target.strip(_CLOSERS):
        return
    language = translation.language.split("_")[0]
    had, has = _kind(source, translation.source_language), _kind(target, language)
    if had == has == "ellipsis" and "…" in source[-8:] and "..." in target[-8:]:
        severity: Severity = "info" if language in _FULL_WIDTH_OR_UNKNOWN or "……" in source else "warning"
        words = said("the translation ends with ... , the source with …")
        yield Remark(words, at=_last(target), fix="write …", severity=severity)
    if had == has or _is_no_text(source) or _ABBREVIATION.search(source[-12:]):
        return
    if not had and has == "full stop" and _ABBREVIATION.search(target[-12:]):
        return
    how_sure = _severity(translation, had, has)
    if how_sure is None or (is_code(source) and "\n" in source.strip()):
        return
    place = len(target.rstrip(_CLOSERS))
    at = (max(0, place - 1), max(1, place))
    yield Remark(_said(had, has), at=at, source_at=_last(source), fix=_fix(had, has), severity=how_sure)


def _apart(translation: Translation) -> tuple[int, int] | None:
    """Where a blank parts a word from the mark that ends the text, in languages that write none there."""
    if translation.language.split("_")[0] in (*_FULL_WIDTH, "fr", "br", ""):
        return None  # M132 tells it where the mark should be full-width
    shift = max(0, len(translation.target) - 12)
    found = _MARK_APART.search(translation.target[shift:])
    if not found or _MARK_APART.search(translation.source[-12:]) or translation.source[-1] not in _KINDS:
        return None
    return shift + found.start(), shift + found.end()


def _end_alike(source: str, target: str) -> bool:
    """Whether both texts plainly end with one mark of the same kind: nine in ten do."""
    kind = _KINDS.get(source[-1])
    if kind is None or kind != _KINDS.get(target[-1]):
        return False
    return source[-2:-1] not in _KINDS and target[-2:-1] not in _KINDS and kind != "ellipsis"


def _is_no_text(source: str) -> bool:
    letters = sum(map(str.isalpha, source))
    return letters < 2 or (len(source) < _HEADLINE and not source[-1:].isalpha() and letters < len(source) - 1)


def _kind(text: str, language: str) -> str:
    """The name of the mark at the end, closing quotes, brackets and emphasis aside; empty where there is none."""
    rest = _without_tags(_FOOTNOTES.sub("", text[-_END:]))
    last = rest[-1:]
    kind = "" if last == ";" and _ENTITY.search(rest[-12:]) else _KINDS.get(last, "")
    if not kind:
        return "full stop" if language.startswith("th") and last == "ฯ" else ""
    run = rest[len(rest) - _length_of_marks(rest) :]
    if _ELLIPSIS.search(run):
        return "ellipsis"
    if len({_KINDS[mark] for mark in run} & {"question mark", "exclamation mark"}) == 2:
        return "interrobang"
    if language.startswith("el"):
        return {";": "question mark", "·": "semicolon"}.get(last, kind)
    if language.startswith("hy") and last == "`":
        return "colon"
    return kind


def _without_tags(text: str) -> str:
    rest = text.rstrip(_CLOSERS)
    for _ in range(_MOST_TAGS):
        start = rest.rfind("<", max(0, len(rest) - _LONGEST_TAG)) if text.rstrip().endswith(">") else -1
        if start < 0 or not TAG.fullmatch(text.rstrip(), start):
            return rest
        text = text[:start]
        rest = text.rstrip(_CLOSERS)
    return rest


def _length_of_marks(rest: str) -> int:
    length = 0
    while length < min(len(rest), 8) and rest[-1 - length] in _KINDS:
        length += 1
    return length


def _severity(translation: Translation, had: str, has: str) -> Severity | None:
    """How sure it is that the two marks should be the same; None where they need not be."""
    language = translation.language.split("_")[0]
    if not had and (language in ("hy", "th", "lo") or (language == "my" and has != "full stop")):
        return None
    if language == "hy" and not has and (had == "exclamation mark" or _INNER_ARMENIAN.search(translation.target)):
        return None  # these marks stand within the word that is stressed
    if (language, had, has) == ("ja", "colon", "full stop"):
        return None
    if language == "my" and had and has == "full stop":
        return None
    if not had and has in ("full stop", "comma"):
        if _goes_on(translation, has):
            return None
        return "info" if has == "full stop" and _is_long(translation.source) else "warning"
    if not has and (_ends_inside(translation.source) or _is_said(translation)):
        return None
    return _severity_of_marks(translation, had, has)


def _is_said(translation: Translation) -> bool:
    """Whether it is from a subtitle track: Chinese ones leave final marks out."""
    places = translation.message.occurrences
    return translation.language.startswith("zh") and bool(places) and bool(_TRACK.search(places[0][0]))


def _severity_of_marks(translation: Translation, had: str, has: str) -> Severity | None:
    if (had, has) in _MAY_STAND_FOR:
        if (had, has) == ("", "question mark") and _ASKS.search(translation.target.rstrip(_CLOSERS + "?？")):
            return "info"
        if (had, has) in _ONLY_IN_CHINESE and not translation.language.startswith(_FULL_WIDTH):
            return "warning"
        return _MAY_STAND_FOR[had, has]
    return "warning"


def _goes_on(translation: Translation, has: str) -> bool:
    """Whether a source without a mark is a part of a sentence, or sentences whose last mark was forgotten."""
    source = translation.source
    if _GOES_ON.search(source[-20:]):
        return True
    return has == "full stop" and (_INNER_STOP.search(source) is not None or "\n" in source.strip())


def _is_long(source: str) -> bool:
    """Whether a source is so long that its author rather forgot the full stop."""
    return max(source.count(" "), len(source) // 8) >= _SENTENCE


def _ends_inside(source: str) -> bool:
    """Whether the mark of the source belongs to its last bracket or quotes alone: 'a list (and more.)'."""
    rest = source.strip("*_~ \t\n")
    return rest[-1:] in _QUOTES_AND_BRACKETS and rest[:1] not in "(（[\"“'"


def _last(source: str) -> tuple[int, int]:
    place = len(source.rstrip(_CLOSERS))
    return max(0, place - 1), max(1, place)


def _said(had: str, has: str) -> str:
    if not has:
        return _MISSING[had]
    if not had:
        return said("the translation ends with {mark}, the source does not", mark=_NAMED[has])
    return said("the translation ends with {mark}, the source with {due}", mark=_NAMED[has], due=_NAMED[had])


def _fix(had: str, has: str) -> str:
    if not had:
        return said("leave it out")
    return said("write it") if not has else said("end it with {mark}", mark=_NAMED[had])


@rule("M132", "half-width-end", "warning")
def half_width_end(catalog: CheckedCatalog) -> Iterator[Found]:
    """A Chinese or Japanese text ends with a full-width mark."""
    if not catalog.language.startswith(("zh", "ja", "yue")):
        return
    found = [(translation, remark) for translation in catalog.translations for remark in _half_width(translation)]
    colons = [translation for translation, _ in found if translation.target.rstrip(_CLOSERS).endswith(":")]
    is_habit = len(colons) >= _HABIT and len(colons) > _HABIT_SHARE * _count_of_colons(catalog)
    for translation, remark in found:
        if not is_habit or not translation.target.rstrip(_CLOSERS).endswith(":"):
            yield found_in(catalog.path, translation, remark)
    if is_habit:
        text = said("{number} texts end with the half-width :, others with ：", number=len(colons))
        line = colons[0].message.linenum or 0
        yield Found(catalog.path, line, text, target=colons[0].target, fix="use one of the two", severity="info")


def _count_of_colons(catalog: CheckedCatalog) -> int:
    return sum(translation.target.rstrip(_CLOSERS)[-1:] in (":", "：") for translation in catalog.translations)


def _half_width(translation: Translation) -> Iterator[Remark]:
    target = translation.target
    if target.isascii() or translation.source == target or not (target[-1] in _HALF_WIDTH_LAST or target[-1].isspace()):
        return
    shift = max(0, len(target) - 40)
    if not (found := _HALF_WIDTH.search(target[shift:])) or is_code(target):
        return
    mark = found[1]
    if mark in ":;" and found[2].startswith(")") and "(" not in target and "（" not in target:
        return  # a face
    full = "……" if len(mark) > 1 else _FULL[mark]
    start = shift + found.start()
    is_second = target[:start].rstrip(_CLOSERS)[-1:] in _KINDS  # 。）.
    edit = None if is_second else Edit(f"{target[:start]}{full}{found[2]}")
    severity: Severity | None = "info" if len(mark) > 1 or mark == "," else None
    text, fix = said("the text ends with the half-width {mark}", mark=mark), said("write {text}", text=full)
    yield Remark(text, at=(start, shift + found.end(1)), fix=fix, edit=edit, severity=severity)
