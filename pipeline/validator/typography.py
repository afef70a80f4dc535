"""Chinese typography, for translations and Chinese pages: rules of taste, off until somebody selects them (``M3``).

autocorrect (MIT) knows where a space belongs and which marks are full-width; it sees only prose, never code, addresses,
markup or placeholders. Of what it would change, each rule takes its own part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Edit, Page, Spot
from pipeline.text.lazily import lazily
from pipeline.text.markup import SYNTAX
from pipeline.text.said import Said, said
from pipeline.text.script import has_han
from pipeline.validator.base import Found, rule
from pipeline.validator.messages import CheckedCatalog

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PLACEHOLDER = lazily(r"%\([^()\s]*+\)[a-z]|%[-+ #0]?\d*+\.?\d*+[a-zA-Z](?![A-Za-z])|\{[^{}\n]*+\}|\\.")
_BESIDE_HAN = lazily(rf"(?<=[{_HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%+#])(?=[{_HAN}])")
_ELLIPSIS = lazily(rf"(?<=[{_HAN}])(?:\.{{3,}}|。{{2,}}|…(?!…))(?![\w.…])|(?<![\w.…])(?:\.{{3,}}|…(?!…))(?=[{_HAN}])")
_QUOTED = lazily(r'(?<![A-Za-z0-9=])"(?=\S)([^"\n]{1,200}+)"(?![A-Za-z0-9])')
_BLANK = lazily(rf"(?<=[，。！？；：、（「『《]) ++(?=[{_HAN}])|(?<=[{_HAN}]) ++(?=[，。！？；：、）」』》])")
_WIDE = lazily(r"[０-９Ａ-Ｚａ-ｚ]++")
_HALF_TO_FULL = {",": "，", ".": "。", "!": "！", "?": "？", ";": "；", ":": "："}
_LONGEST = 20_000  # characters of a text that is looked at


class Change(NamedTuple):
    """What should stand in a text between two places, in code points."""

    start: int
    end: int
    text: str


Changes = Callable[[str, str], Iterable[Change]]  # of a text in a language


def _typographic(code: str, name: str, says: Said, *, is_safe: bool = True) -> Callable[[Changes], Changes]:
    """Register a function from a text and its language to what should change in it as a rule that is off by default.

    ``says`` is what is wrong with a text then.
    """

    def register(changes: Changes) -> Changes:
        def of_texts(subject: CheckedCatalog | Page) -> Iterator[Found]:
            for place, key, source, target in _texts(subject):
                if found := list(changes(target, subject.language)):
                    yield _found(place, key, (source, target), found, says)._replace(
                        edit=Edit(_changed(target, found), is_safe) if key else None
                    )

        of_texts.__doc__ = changes.__doc__
        rule(code, name, "info", is_default=False)(of_texts)
        return changes

    return register


_Place = tuple[str, int, int]  # path, line and column


def _texts(subject: CheckedCatalog | Page) -> Iterator[tuple[_Place, str, str, str]]:
    """The Chinese texts of a catalog or a page: place, key of a message, source and text."""
    if isinstance(subject, Page):
        for unit in subject.units if subject.language != "en" else ():
            if unit.form != "code" and has_han(unit.text):
                yield (subject.path, unit.line, unit.column), "", "", unit.text
    elif subject.language.startswith("zh"):
        for each in subject.translations:
            if has_han(each.target):
                key = f"{each.message.msgctxt or ''}\x04{each.form}"
                yield (subject.path, each.message.linenum or 0, 1), key, each.source, each.target


def _found(place: _Place, key: str, texts: tuple[str, str], changes: list[Change], says: Said) -> Found:
    path, line, column = place
    source, target = texts
    first = changes[0]
    start, end = max(0, first.start - 6), first.end + 6
    near = target[start:end].replace("\n", " ")
    wanted = _changed(target[start:end], [first._replace(start=first.start - start, end=first.end - start)])
    spot: Spot = (first.start, max(first.end, first.start + 1))
    message = (
        said("{what} in “{near}”, and {number} more", what=says, near=near, number=len(changes) - 1)
        if len(changes) > 1
        else said("{what} in “{near}”", what=says, near=near)
    )
    fix = said("write “{text}”", text=wanted)
    return Found(path, line, message, column, source, target, fix, key=key, spots=(None, spot))


def _changed(text: str, changes: Iterable[Change]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end, new in changes:
        pieces += (text[last:start], new)
        last = end
    return "".join(pieces) + text[last:]


@lru_cache(maxsize=2)
def _prose(text: str) -> tuple[Spot, ...]:
    """The stretches of a text that are neither syntax nor placeholders."""
    taken = sorted(match.span() for pattern in (SYNTAX, _PLACEHOLDER) for match in pattern.finditer(text[:_LONGEST]))
    found, last = [], 0
    for start, end in taken:
        if start > last:
            found.append((last, start))
        last = max(last, end)
    return (*found, (last, min(len(text), _LONGEST)))


def _marks(text: str) -> Iterator[Change]:
    """The marks in the prose of a text that autocorrect would have full-width."""
    import autocorrect_py  # a library of Rust, and the rules are off by default

    for start, end in _prose(text):
        before = text[start:end]
        if not has_han(before):
            continue
        after = "".join(autocorrect_py.format(before).split())
        places = [start + place for place, letter in enumerate(before) if not letter.isspace()]
        if len(after) == len(places):  # but for blanks it only puts one character for another
            for place, letter in zip(places, after, strict=True):
                if _HALF_TO_FULL.get(text[place]) == letter:
                    yield Change(place, place + 1, letter)


def _in_prose(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    for start, end in _prose(text):
        for match in pattern.finditer(text, start, end):
            if match[0] or match.start() > start:  # what stands before the prose is no Latin word
                yield match


@_typographic("M301", "han-latin-space", said("no space between Chinese and Latin"))
def han_latin_space(text: str, _language: str) -> Iterator[Change]:
    """Between Chinese and Latin letters or digits stands a space."""
    for match in _in_prose(_BESIDE_HAN, text):
        yield Change(match.start(), match.end(), " ")


@_typographic("M302", "half-width-mark", said("a half-width mark"), is_safe=False)
def half_width_mark(text: str, _language: str) -> Iterator[Change]:
    """Marks between Chinese words are full-width."""
    if any(mark in text for mark in _HALF_TO_FULL):
        yield from _marks(text)


@_typographic("M303", "full-width-letter", said("full-width letters or digits"))
def full_width_letter(text: str, _language: str) -> Iterator[Change]:
    """Letters and digits are half-width."""
    for match in _in_prose(_WIDE, text):
        yield Change(match.start(), match.end(), "".join(chr(ord(letter) - 0xFEE0) for letter in match[0]))


@_typographic("M304", "chinese-ellipsis", said("an ellipsis that is not ……"))
def chinese_ellipsis(text: str, _language: str) -> Iterator[Change]:
    """An ellipsis in Chinese is two characters of three dots."""
    if "..." in text or "…" in text or "。。" in text:
        for match in _in_prose(_ELLIPSIS, text):
            yield Change(match.start(), match.end(), "……")


@_typographic("M305", "chinese-quotes", said("straight quotes round Chinese"), is_safe=False)
def chinese_quotes(text: str, language: str) -> Iterator[Change]:
    """Quotes round Chinese words are Chinese ones: “” in simplified, 「」 in traditional writing."""
    opening, closing = "「」" if language == "zh_TW" else "“”"
    for match in _in_prose(_QUOTED, text) if text.count('"') > 1 else ():
        if has_han(match[1]):
            yield Change(match.start(), match.start() + 1, opening)
            yield Change(match.end() - 1, match.end(), closing)


@_typographic("M306", "blank-at-mark", said("a space beside a full-width mark"))
def blank_at_mark(text: str, _language: str) -> Iterator[Change]:
    """No space stands beside a full-width mark."""
    for match in _in_prose(_BLANK, text):
        yield Change(match.start(), match.end(), "")
