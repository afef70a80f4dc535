"""Brackets and quotes that are opened and never closed, or closed and never opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.text.lazily import lazily
from pipeline.text.said import said
from pipeline.validator.codelike import is_code
from pipeline.validator.messages import Remark, Translation, message_rule

_OPENED_BY = {
    ")": "(", "）": "(", "]": "[", "］": "[", "】": "【", "」": "「", "』": "『", "》": "《", "〉": "〈", "}": "{", "〕": "〔",
}  # fmt: skip
_OPENERS = {"（": "(", "［": "[", **{mark: mark for mark in "([【「『《〈{〔"}}
_BRACKET = re.compile("[()（）［］【】「」『』《》〈〉{}〔〕\\[\\]]")
_NO_BRACKET = lazily(
    r"(?m)^[ \t]*+(?:\(?[0-9]{1,3}|\(?[a-zA-Z]|[ivx]{1,5}+|[一二三四五六七八九十]{1,3}+)[)）]"  # 1) a) iv)
    r"|(?:^|(?<=[\s\u3400-\u9fff]))[:;=8]['\-^o]?[()\[\]{}DPp]+"  # smileys
    r"|[\[(]\s*+-?[\w.∞]++\s*+,\s*+-?[\w.∞+]++\s*+[\])]"  # intervals
    r"|\\[()\[\]{}]"
)
_SQUARE = re.compile(r"(?<![\\!])\[[^\W\d_][\w ]{1,40}\](?![(\[:{])")
_DOUBLE = re.compile(r'"')
_INCHES = re.compile(r'(?<=\d)"(?=[\s,.;)x×]|$)')
_DOUBLE_QUOTE = re.compile('["“”„‟«»「」『』‹›]')
_SINGLE_QUOTE = re.compile(r"(?<!\w)['‘‚‹›]|['’‘‹›](?!\w)")
_WITH_GUILLEMETS = ("fr", "fa")
_QUOTED = re.compile(r"""(?<!\w)(["'])(?=\S)[^"'\n]{1,80}+(?<=\S)\1(?!\w)""")
_QUOTING_OTHERWISE = ("zh", "ja", "ko", "yu", "")
_ANY_QUOTE = re.compile("[\"“”„‟«»「」『』《》‹›〝〞`*_]|''|‘|’|'")


@message_rule("M133", "bracket-balance", "warning")
def bracket_balance(translation: Translation) -> Iterator[Remark]:
    """Every bracket of a translation is closed, and none is closed that was not opened."""
    target = translation.target
    if translation.source == target:
        return
    if not _BRACKET.search(target):
        if (
            "[" in translation.source
            and _SQUARE.search(translation.source)
            and _SQUARE.search(translation.source_prose)
        ):
            unsure = translation.language[:2] in _QUOTING_OTHERWISE
            yield Remark("the brackets [ ] are missing", fix="write them", severity="info" if unsure else None)
        return
    if _stray(target) is None:
        return
    stray = _stray(translation.target_prose)
    if stray is None or _stray(translation.source_prose) is not None or is_code(target):
        return
    mark = target[stray]
    if target[stray - 1 : stray] == "]" or target[stray : stray + 1] == "]":
        return  # a link that is broken is told by what checks links
    text = (
        said("the bracket {mark} is never closed", mark=mark)
        if mark in _OPENERS
        else said("the bracket {mark} closes nothing", mark=mark)
    )
    yield Remark(text, at=(stray, stray + 1), fix="add the other one, or leave it out")


def _stray(prose: str) -> int | None:
    """The place of the first bracket without its other one."""
    if ")" in prose or "]" in prose:
        prose = _NO_BRACKET.sub(lambda match: " " * len(match[0]), prose)
    number = _stray_mark(_BRACKET.findall(prose))
    return None if number is None else next(islice(_BRACKET.finditer(prose), number, None)).start()


def _stray_mark(marks: list[str]) -> int | None:
    """Which of the brackets of a text, from 0, lacks its other one; a closing one may belong further out."""
    kinds: list[str] = []
    numbers: list[int] = []
    for number, mark in enumerate(marks):
        if kind := _OPENERS.get(mark):
            kinds.append(kind)
            numbers.append(number)
        elif kinds and kinds[-1] == _OPENED_BY[mark]:
            kinds.pop()
            numbers.pop()
        else:
            return numbers[-1] if _OPENED_BY[mark] in kinds else number
    return numbers[0] if numbers else None


@message_rule("M134", "quote-balance", "warning")
def quote_balance(translation: Translation) -> Iterator[Remark]:
    """Every quotation of a translation is closed."""
    source, target = translation.source, translation.target
    if translation.language[:2] in _WITH_GUILLEMETS:
        yield from _straight_for_guillemets(translation)
    if not _has_quote(source) and not _has_quote(target):
        return
    if source == target or is_code(target):
        return
    if '"' in target:
        yield from _straight(translation)
    if ("“" in target or "”" in target) and translation.language.startswith(("zh", "en", "yue")):
        yield from _curly(translation)
    if '"' in source or "“" in source:
        yield from _lost(translation)
    yield from _more_or_fewer(translation)


def _has_quote(text: str) -> bool:
    return '"' in text or "“" in text or "”" in text  # in a third of the time that a pattern takes


def _straight(translation: Translation) -> Iterator[Remark]:
    places = [match.start() for match in _DOUBLE.finditer(_INCHES.sub(" ", translation.target_prose))]
    if len(places) % 2 and _INCHES.sub(" ", translation.source_prose).count('"') % 2 == 0:
        last = places[-1]
        if translation.target.count('"') % 2 and not re.search("[“”]", translation.target):
            yield Remark('the quotation mark " is never closed', at=(last, last + 1), fix="close it")
        elif translation.target.count('"') % 2:
            yield Remark("a quotation begins and ends with different marks", at=(last, last + 1), fix="close it")


def _curly(translation: Translation) -> Iterator[Remark]:
    is_open = False
    last = -1
    source = translation.source_prose
    if source.count("“") != source.count("”"):
        return
    for match in re.finditer("[“”]", translation.target_prose):
        if is_open == (match[0] == "“"):
            text = (
                said("the quotation mark {mark} opens a quotation within another", mark=match[0])
                if is_open
                else said("the quotation mark {mark} closes nothing", mark=match[0])
            )
            yield Remark(text, at=match.span(), fix="write the other one")
            return
        is_open, last = not is_open, match.start()
    if is_open and '"' not in translation.target:
        yield Remark("the quotation mark “ is never closed", at=(last, last + 1), fix="close it")


def _more_or_fewer(translation: Translation) -> Iterator[Remark]:
    """Between languages that quote alike; Chinese has 《》 for titles and quotes what others set in italics."""
    if translation.language[:2] in _QUOTING_OTHERWISE or translation.source_language[:2] in _QUOTING_OTHERWISE:
        return
    had, has = (len(_DOUBLE_QUOTE.findall(text)) for text in (translation.source_prose, translation.target_prose))
    if had > 1 and not has and _single(translation.target) > max(1, _single(translation.source)):
        yield Remark("the double quotation marks became single ones", fix="write those of the source", severity="info")
    if had != has and has % 2 == 0 and (has > had):
        words = said("the translation has {has} quotation marks, the source {had}", has=has, had=had)
        yield Remark(words, fix="quote what the source quotes")


def _straight_for_guillemets(translation: Translation) -> Iterator[Remark]:
    if found := _QUOTED.search(translation.target_prose):
        words = said("{quotation} stands in quotation marks of English", quotation=found[0][:40])
        yield Remark(words, found.span(), fix="quote it with « »", severity="info")


def _single(text: str) -> int:
    return len(_SINGLE_QUOTE.findall(text))


def _lost(translation: Translation) -> Iterator[Remark]:
    quoted = translation.source_prose.count('"') + len(re.findall("[“”]", translation.source_prose))
    if quoted >= 2 and not _ANY_QUOTE.search(translation.target):
        yield Remark("the quotation marks are missing", fix="write them", severity="info")
