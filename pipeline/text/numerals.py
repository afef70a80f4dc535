"""Whole numbers as courses write them: 25, ２５, 二十五, 第五讲, Ⅱ, iv, three."""

from __future__ import annotations

import re
import unicodedata

from pipeline.text.lazily import lazily

_DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2, "兩": 2}
_DIGITS |= {c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)} | {"貳": 2, "參": 3, "陸": 6}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
CHINESE_DIGITS = "".join((*_DIGITS, *_UNITS, *_MYRIADS))
"""All characters a Chinese numeral is written with."""

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_FORM = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_COUNTED = lazily(rf"第?\s*([0-9]+|[{CHINESE_DIGITS}]+)\s*[\u4e00-\u9fff]{{0,2}}")


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral, or None.

    >>> [chinese_number(n) for n in ("二十五", "十", "一百零三", "两千", "二〇一九", "壹拾", "讲")]
    [25, 10, 103, 2000, 2019, 10, None]
    """
    if not text or any(character not in CHINESE_DIGITS for character in text):
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    whole = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            whole = (whole + section + digit) * _MYRIADS[character]
            section = digit = 0
    return whole + section + digit


def roman_number(text: str) -> int | None:
    """The value of a well-formed Roman numeral in either case or in its own characters (Ⅻ), or None."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    if not letters or not _ROMAN_FORM.fullmatch(letters):
        return None
    values = [_ROMAN[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def number_of(text: str) -> int | None:
    """The whole number that a text writes, in whatever form, or None.

    >>> [number_of(n) for n in ("25", "２５", "第二十五讲", "第 5 章", "Ⅱ", "iv", "Three", "③", "word")]
    [25, 25, 25, 5, 2, 4, 3, 3, None]
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if len(plain) > 24:  # no numeral of a course is longer, and int() refuses very long ones
        return None
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if plain in _WORDS:
        return _WORDS.index(plain)
    if counted := _COUNTED.fullmatch(plain):
        digits = counted[1]
        return int(digits) if digits.isascii() else chinese_number(digits)
    return roman_number(plain)
