"""Words that stand twice in a row, and emphasis that a page would show as asterisks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.model import Edit
from pipeline.text.markup import CODE_SPAN
from pipeline.text.said import said
from pipeline.text.script import HAN
from pipeline.validator.codelike import is_code
from pipeline.validator.messages import Remark, Translation, message_rule

_WORD_TWICE = re.compile(
    r"(?<![\w.'’·$%@&{\\<-])([^\W\d_]{2,40}+)([ \u00a0]{1,3}|[ \t]?\n)\1(?![\w'’·{}>]|-\w)", re.IGNORECASE
)
# What every word that stands twice has: the two letters before a blank again, in the next word.
_MAYBE_WORD_TWICE = re.compile(
    r"[ \u00a0\t\n](?<=([^\W\d_]{2})[ \u00a0\t\n])[ \u00a0\n]{0,2}[^\W\d_]{0,38}?\1", re.IGNORECASE
)
_AGAIN = re.compile(r"\b([^\W\d_]{2,40}+)(?=[ \u00a0]{1,3}\1\b)", re.IGNORECASE)  # once for each time after the first
_DOUBLING = frozenset(
    "vi st nso tn id ms jv su tl fil ceb haw mi sm to sw zu xh ta te bn hi mr".split()
)  # say words twice
_NATURAL = frozenset(
    "had that very really so many far bye ha hah no yes long big blah bla knock more nous vous sie die der das the".split()
)
# Small words of Chinese twice; those that belong to a longer word (目的的, 了了解, 对对象) are no slip.
_SMALL_TWICE = re.compile(
    r"(?<![目标有中有])的的(?!确|確|士)|(?<!除|为|為)了了(?![解然如断斷])|(?<!不)是是(?![非否的])|被被|(?<![参參赋賦给給授])与与|或或|(?<!公)里里(?!外)|这这|這這"
    r"|(?<![反从從])而而|个个(?!人|体|體|别|別|性)个|一个一个个|的地的"
)
_CHARACTER_TWICE = re.compile(r"[的了是被与與或里这這而个地一](?:(?<=(.))\1|(?<=一)个一个|(?<=的)地)")
_PHRASE_TWICE = re.compile(f"([{HAN}]{{2,4}})\\1")
_NATURAL_PHRASE = re.compile(
    r"^[一两兩三数數几幾每][^的]$|考虑|研究|讨论|商量|休息|学习|了解|练习|试试|看看|想想|哈|呵|嘻|滴|咚|叮|啦|喵|汪|慢|好|谢|等"
)
_EMPHASIS = re.compile(r"(?<![*\\])(\*{1,3}+)([^*\n]++)\1(?!\*)")
_LETTER = re.compile(r"\w")
_PARAGRAPH_LIMIT = 20_000
_LOOKED_AT = 20  # for each the whole source is read: who says twenty things twice means it


@message_rule("M145", "repeated-word", "warning")
def repeated_word(translation: Translation) -> Iterator[Remark]:
    """No word of a translation stands twice in a row by accident."""
    target = translation.target
    if translation.source == target or translation.language.split("_")[0] in _DOUBLING:
        return
    if found := _slip(translation):
        if is_code(target):
            return
        word = found[1] if found.lastindex else found[0][: len(found[0]) // 2]
        is_sure = found.re is not _PHRASE_TWICE
        text = said("{word} stands twice", word=word)
        yield Remark(text, at=found.span(), fix="write it once", severity=None if is_sure else "info")


def _slip(translation: Translation) -> re.Match[str] | None:
    for pattern in _patterns(translation.target):
        for found in islice(pattern.finditer(translation.target_prose), _LOOKED_AT):
            if not _is_meant(translation, found):
                return found
    return None


def _patterns(target: str) -> Iterator[re.Pattern[str]]:
    """The patterns that may find something in a text; the look at the whole text is cheaper than taking out its syntax."""
    if _MAYBE_WORD_TWICE.search(target) and _WORD_TWICE.search(target):
        yield _WORD_TWICE
    if not target.isascii() and _CHARACTER_TWICE.search(target):
        yield _SMALL_TWICE
    if not target.isascii() and _PHRASE_TWICE.search(target):
        yield _PHRASE_TWICE


def _is_meant(translation: Translation, found: re.Match[str]) -> bool:
    """Whether a word may well stand twice: in this language, or because the source says it twice."""
    if found.re is _WORD_TWICE:
        if found[0].endswith(found[1].upper()) and found[1].islower():
            return True  # an alphabet: abc ABC
        return found[1].casefold() in _NATURAL_PAIRS or _repeats(translation, found[1])
    if found.re is _SMALL_TWICE:
        return False
    return _NATURAL_PHRASE.search(found[1]) is not None or _repeats(translation, "")


_NATURAL_PAIRS = _NATURAL - {"the"}


def _repeats(translation: Translation, word: str) -> bool:
    """Whether the source says as much twice: 'Ho ho!'."""
    if word and f"{word} {word}".casefold() in translation.source.casefold():
        return True
    times = len(_AGAIN.findall(translation.source))
    return times > 0 and (not word or times >= len(_AGAIN.findall(translation.target)))


@message_rule("M144", "emphasis-not-shown", "warning")
def emphasis_not_shown(translation: Translation) -> Iterator[Remark]:
    """Every emphasis of a translation is shown as emphasis."""
    target = translation.target
    if "*" not in target or target.isascii() or len(target) > _PARAGRAPH_LIMIT or "``" in target or is_code(target):
        return
    shown = _asterisks(target)
    if not shown or shown <= _asterisks(translation.source):
        return
    for found in _EMPHASIS.finditer(CODE_SPAN.sub(lambda match: "\0" * len(match[0]), target)):
        if fault := _fault(target, found):
            mended = _mended(target, found)
            edit = Edit(mended, is_safe=False) if _asterisks(mended) < shown else None
            yield Remark(fault, at=found.span(), fix="put a blank outside of the asterisks", edit=edit)
            return


def _fault(text: str, found: re.Match[str]) -> str:
    """Why an emphasis beside a letter is none: CommonMark takes asterisks between a letter and a mark for the other side."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if _LETTER.match(after) and not _LETTER.match(found[2][-1]) and found[2][-1] != "\0":
        place = f"{found[2][-1]}{found[1]}{after}"
        return said("the emphasis does not end at {place}: the page shows asterisks", place=place)
    if _LETTER.match(before) and not _LETTER.match(found[2][0]) and found[2][0] != "\0":
        place = f"{before}{found[1]}{found[2][0]}"
        return said("the emphasis does not begin at {place}: the page shows asterisks", place=place)
    if "\0" in (found[2][0], found[2][-1]) and (_LETTER.match(before) or _LETTER.match(after)):
        return said("the emphasis of the code span is not shown: the page shows asterisks")
    if found[2][-1].isspace() or found[2][0].isspace():
        return said("the emphasis is not shown: the page shows asterisks")
    return ""


def _mended(text: str, found: re.Match[str]) -> str:
    marks, inner = found[1], text[found.start(2) : found.end(2)]
    before, after = text[: found.start()], text[found.end() :]
    left = " " if before and _LETTER.match(before[-1]) and not _LETTER.match(inner[0]) else ""
    right = " " if after and _LETTER.match(after[0]) and not _LETTER.match(inner.rstrip()[-1]) else ""
    return f"{before}{left}{marks}{inner.rstrip()}{marks}{right}{after}"


def _asterisks(text: str) -> int:
    """How many asterisks a reader of the page sees, code aside."""
    import pyromark  # a library that no other rule of this module needs

    rendered = pyromark.html("x " + text.replace("\n", " "))
    return re.sub(r"<code>.*?</code>", "", rendered).count("*")
