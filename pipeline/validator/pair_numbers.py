"""The rule on the numbers of two pages: what one says in digits, the other says in digits, numerals or words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from pipeline.model import Unit
from pipeline.text.lazily import lazily
from pipeline.text.markup import prose
from pipeline.text.numerals import CHINESE_DIGITS, chinese_number, number_of
from pipeline.text.said import Said, said
from pipeline.validator.base import Found
from pipeline.validator.page_pairs import PagePair, pair_rule

_NUMBER = lazily(
    r"(?<![A-Za-z_\d.])(?P<digits>\d{1,3}(?:,\d{3})++(?!\d)|\d{1,15}+)(?P<part>\.\d{1,9}+)?+"
    r"(?:(?:st|nd|rd|th)\b|(?![A-Za-z_\d]))\s?(?P<scale>[万萬亿億千百]|(?:thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_NUMERAL = lazily(rf"[{CHINESE_DIGITS}]{{1,24}}")
_RUN = lazily(r"(?<!\d)(\d{1,15}+)([kK](?![A-Za-z]))?+")
_WORD = lazily(r"[A-Za-z]{2,10}")
_SCALES = {
    "百": 100, "千": 1000, "thousand": 1000, "万": 10**4, "萬": 10**4, "million": 10**6,
    "亿": 10**8, "億": 10**8, "billion": 10**9,
}  # fmt: skip
_MONTHS = {name: month for month, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_COUNTED = {"once": 1, "first": 1, "twice": 2, "second": 2, "both": 2, "pair": 2, "third": 3, "fourth": 4, "fifth": 5}
_COUNTED |= {"sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "dozen": 12, "hundred": 100, "half": 2}
_SMALL = 4  # what is less is often said without a number: "a", "both", 各
_LONGEST = 20_000  # characters of a block that is read


@pair_rule("P218", "number-differs", "info")
def number_differs(pair: PagePair) -> Iterator[Found]:
    """The numbers of a text are those of its translation, in digits, numerals or words."""
    for bead in pair.beads:
        if not (bead.is_sure and len(bead.left) == len(bead.right) == 1):
            continue
        one, other = bead.left[0], bead.right[0]
        if one.form == "code" or len(one.blocks) != len(other.blocks):
            continue
        for ours, theirs in zip(one.blocks, other.blocks, strict=True):
            yield from _of_texts(pair, ours, theirs)


def _of_texts(pair: PagePair, ours: Unit, theirs: Unit) -> Iterator[Found]:
    if ours.text == theirs.text or not (_has_digit(ours.text) or _has_digit(theirs.text)):
        return
    texts = [unicodedata.normalize("NFKC", prose(unit.text[:_LONGEST])) for unit in (ours, theirs)]
    digits = [_in_digits(text) for text in texts]
    known = [_in_any_form(text) | set(own) for text, own in zip(texts, digits, strict=True)]
    lost = [shown for value, shown in digits[0].items() if value not in known[1]]
    new = [shown for value, shown in digits[1].items() if value not in known[0]]
    large = [shown for own in digits for value, shown in own.items() if value >= _SMALL and shown in (*lost, *new)]
    if not (lost and new) and not large:
        return
    message = _told(", ".join(lost), ", ".join(new), pair.place(0, ours.line))
    fix = said("correct one of the two, or accept that each language counts in its own way")
    yield Found(pair.translated.path, theirs.line, message, theirs.column, ours.text, theirs.text, fix)


def _told(lost: str, new: str, place: str) -> Said:
    if not new:
        return said("lacks {lost} of {place}", lost=lost, place=place)
    if not lost:
        return said("says {new}, which {place} does not", new=new, place=place)
    return said("says {new} where {place} says {lost}", new=new, place=place, lost=lost)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _in_digits(text: str) -> dict[Decimal, str]:
    """The numbers that a text writes in digits, and how it writes them."""
    found: dict[Decimal, str] = {}
    for match in _NUMBER.finditer(text):
        value = Decimal(match["digits"].replace(",", "") + (match["part"] or ""))
        scale = _SCALES.get((match["scale"] or "").lower(), 1)
        found.setdefault(value * scale, match[0].strip())
    return found


def _in_any_form(text: str) -> set[Decimal]:
    """The numbers that a text may say otherwise: in numerals, in words, as months."""
    found = {chinese_number(match[0]) for match in _NUMERAL.finditer(text)}
    for match in _WORD.finditer(text):
        word = match[0].lower()
        found |= {_MONTHS.get(word[:3]), _COUNTED.get(word.removesuffix("s")), number_of(word)}
    for match in _RUN.finditer(text):  # 3k, 100h, fall2013; 1万 is 1 too
        found |= {int(match[1]), int(match[1]) * 1000 if match[2] else None}
    return {Decimal(value) for value in found if value is not None}
