"""Where a line may break: UAX #14 as GNU gettext applies it, for the scripts of course pages.

The line breaking class of a character is not in `unicodedata`. It follows from its category and width, except for
the characters listed here, taken from Unicode 14 (LineBreak.txt): Latin, Greek, Cyrillic, Hebrew, Arabic, CJK, Hangul,
punctuation, symbols and emoji. Classes are single letters, so that those of a text are a string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

from pipeline.text.lazily import lazily

_EXCEPTIONS = {
    "b": (
        "9 7c ad 2027 2056 2058-205b 205d-205e 2cfa-2cfc 2cff 2d70 2e0e-2e15 2e19 2e2a-2e2d 2e30-2e31 2e33-2e34 "
        "2e3c-2e3e 2e41 2e43-2e4a 2e4c 2e4e-2e4f 3000"
    ),
    " ": "20",
    "!": "21 3f 5c6 61b 61d-61f 6d4 2762-2763 2cf9 2cfe 2e2e 2e53-2e54 fe15-fe16 fe56-fe57 ff01 ff1f",
    '"': "22 27 275b-2760 2e00-2e01 2e06-2e08 2e0b 1f676-1f678",
    "%": "25 a2 b0 609-60b 66a 2030-2037 20a7 20b6 20bb 20be 20c0 2103 2109 fdfc fe6a ff05 ffe0",
    ")": "29 5d",
    "$": "2b 5c b1 2116 2212-2213",
    ",": "2c 2e 3a-3b 37e 589 60c-60d 2044 fe10 fe13-fe14",
    "-": "2d",
    "/": "2f",
    "g": "a0 34f 35c-362 2007 2011 202f",
    "(": "a1 bf 2e18",
    "B": "b4 2c8 2cc 2df",
    "a": (
        "600-605 6dd 2015 2061-2064 23e9-23ec 25fd-25fe 2648-2653 2693 26a1 26aa-26ab 26ce 2705 2728 274c 274e "
        "2753-2755 2757 2795-2797 27b0 27bf 2b1b-2b1c 2b50 2b55 2e1a 1f110-1f16c 1f170-1f1ac 1f39c-1f39d "
        "1f3b5-1f3b6 1f3bc 1f4a0 1f4a2 1f4a4 1f4af 1f4b1-1f4b2 1f500-1f506 1f517-1f524 1f532-1f549 1f5d4-1f5db "
        "1f5f4-1f5f9 1f650-1f675 1f67c-1f67f 1f700-1f773 1f780-1f7d4 1f800-1f80b 1f810-1f847 1f850-1f859 "
        "1f860-1f887 1f890-1f8ad 1f900-1f90b 1fa00-1fa53 1fb00-1fb92 1fb94-1fbca"
    ),
    "n": "66b-66c",
    "L": "1100-115f a960-a97c",
    "V": "1160-11a7",
    "T": "11a8-11ff",
    "z": "200b",
    "j": "200d",
    "=": "2014 2e3a-2e3b",
    ".": "2024-2026 22ef fe19",
    ":": (
        "203c-203d 2047-2049 3005 301c 303b-303c 3041 3043 3045 3047 3049 3063 3083 3085 3087 308e 3095-3096 "
        "309b-309e 30a0-30a1 30a3 30a5 30a7 30a9 30c3 30e3 30e5 30e7 30ee 30f5-30f6 30fb-30fe 31f0-31ff fe54-fe55 "
        "ff1a-ff1b ff65 ff67-ff70 ff9e-ff9f 1f679-1f67b"
    ),
    "w": "2060 feff",
    "i": (
        "23f1-23f2 2600-2603 2618 261a-261f 2639-263b 2668 26bf-26c3 26c6-26c8 26cd 26cf-26d1 26d3 26d8-26d9 26dc "
        "26df-26e1 26f1 26f4 26f7-26f9 26fe-2704 2708-2709 270c-270d 2764 303f ff66 ff71-ff9d ffa0-ffbe ffc2-ffc7 "
        "ffca-ffcf ffd2-ffd7 ffda-ffdc fffc"
    ),
    "}": "3001-3002 fe11-fe12 fe50 fe52 ff0c ff0e ff61 ff64",
    "m": "3035",
    "r": "1f1e6-1f1ff",
    "E": "1f3fb-1f3ff",
}
_OF_CATEGORY = {
    "Mn": "m", "Mc": "m", "Me": "m", "Cc": "m", "Cf": "m", "Nd": "n", "Sc": "$", "Ps": "(", "Pe": "}", "Pi": '"',
    "Pf": '"', "Zs": "b", "Pd": "b",
}  # fmt: skip
_WHATEVER_THE_WIDTH = frozenset({"Mn", "Mc", "Me", "Cc", "Cf", "Sc", "Ps", "Pe", "Pi", "Pf"})

# No break before these, not even after spaces (rules LB7, LB11, LB13).
_NEVER_BEFORE = frozenset(" zw})!,/")
# No break before these unless a space comes first (LB9, LB12a, LB19, LB21, LB22).
_HOLDS_ON = frozenset('mj"gb-:.')
# No break after these unless a space comes first (LB8a, LB11, LB12, LB19, LB21).
_HOLDS_NEXT = frozenset('jwg"B')
# No break after these even after spaces (LB14 to LB17); "[" is a full-width opening bracket.
_SPACED = frozenset({"}:", "==", '"(', '"['})
# No break between the first and any of these (LB23 to LB30b; not LB29: gettext breaks "docs.python." before "org").
_TOGETHER = {
    "a": "an%$(", "n": "an%$(", ")": "an%$", "}": "%$", "%": "an([", "$": "an([iELVT23", "-": "n", ",": "n", "/": "n",
    "i": "%E", "E": "%E", "L": "LV23%", "V": "VT%", "2": "VT%", "T": "T%", "3": "T%",
}  # fmt: skip


class _Classes(dict[int, str]):
    """Code point to class, filled as characters are met: what `str.translate` takes."""

    def __missing__(self, point: int) -> str:
        self[point] = found = _class_of(chr(point))
        return found


class _Profile(dict[int, str]):
    """Code point to its class, after a mark where it takes two columns; to NUL where more than two classes decide."""

    def __missing__(self, point: int) -> str:
        letter, width = _CLASSES[point], columns_of(chr(point))
        is_usual = width > 0 and letter in _USUAL and chr(point) not in _SEPARATORS
        self[point] = found = ("", _WIDE)[width - 1] + letter if is_usual else "\0"
        return found


class _Widths(dict[int, str]):
    """Code point to a character whose own code point is the number of columns."""

    def __missing__(self, point: int) -> str:
        self[point] = found = chr(columns_of(chr(point)))
        return found


def _listed() -> _Classes:
    classes = _Classes()
    for letter, ranges in _EXCEPTIONS.items():
        for span in ranges.split():
            first, _, last = span.partition("-")
            classes.update(dict.fromkeys(range(int(first, 16), int(last or first, 16) + 1), letter))
    return classes


def _class_of(char: str) -> str:
    category, wide = unicodedata.category(char), unicodedata.east_asian_width(char) in "WF"
    if category == "Cn":
        return "i" if wide and char > "\u2e7f" else "a"
    if "\uac00" <= char <= "\ud7a3":
        return "2" if (ord(char) - 0xAC00) % 28 == 0 else "3"
    if category in _WHATEVER_THE_WIDTH:
        return "[" if category == "Ps" and wide else _OF_CATEGORY[category]
    if wide or (category == "So" and char >= "\U0001f000"):
        return "i"
    return _OF_CATEGORY.get(category, "a")


def columns_of(char: str) -> int:
    """Return how many columns a terminal gives the character: 0, 1 or 2, as GNU libunistring counts."""
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf", "Cc") or "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7fb":
        return 0
    if category == "Cn":  # Python 3.11 calls all of these full-width
        return 2 if "\u2e80" <= char <= "\u4dff" or "\U00020000" <= char <= "\U0003ffff" else 1
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


_CLASSES = _listed()
_WIDTHS = _Widths()
_PROFILE = _Profile()
_WIDE = "\xff"  # before the class of a character of two columns
_USUAL = ' !"%)$,-/(an=.:i}[b'  # between these a break depends on the two only, and on whether spaces are between them
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_NARROW_MARKS, _WIDE_MARKS = "“”‘’—…", "、。，：；？！（）《》【】「」"
_CHINESE_MARKS = _NARROW_MARKS + _WIDE_MARKS
_NARROW = lazily(f"[{_NARROW_MARKS}]")
_ONLY_WIDE = lazily(f"[ -~{_WIDE_MARKS}一-龥]*")
_TWO_BYTES = "gb2312"  # what it has of these is ASCII, or has two bytes, none of them of ASCII
_ASCII = bytes(range(0x80))
_SEPARATORS = "\x85\u2028\u2029"  # after these, columns are counted anew


def classes_of(text: str) -> str:
    """Return the line breaking class of each character, as a letter each."""
    return text.translate(_CLASSES)


def widths_of(text: str) -> bytes:
    """Return the columns of each character, as a byte each."""
    return text.translate(_WIDTHS).encode("latin-1")


def columns(text: str) -> int:
    """Return how many columns the text takes.

    >>> columns("Lecture 第1讲")
    13
    """
    if text.isascii() and text.isprintable():
        return len(text)
    counted = _by_columns(text)
    return sum(widths_of(text)) if counted is None else len(counted[1])


def may_break(classes: str, index: int) -> bool:
    """Return whether a line may end before the character at ``index`` (0 < index < length)."""
    after, at = classes[index], index - 1
    if classes[at] == "z" and after not in " z":
        return True
    if after in _NEVER_BEFORE:
        return False
    while at >= 0 and classes[at] == " ":
        at -= 1
    if at < 0:
        return False  # only spaces before it: the line starts here
    spaced = at < index - 1
    before = classes[at]
    if not spaced and (after in _HOLDS_ON or before in _HOLDS_NEXT):
        return after == "g" and before in "b-"
    if before in "mj":
        at, before = _base(classes, at)
    if before in "([" or before + after in _SPACED:
        return False
    if before == after == "r" and not spaced:
        return (at - len(classes[: at + 1].rstrip("r"))) % 2 == 1
    return spaced or (after not in _TOGETHER.get(before, "") and before not in _HOLDS_NEXT)


def _base(classes: str, at: int) -> tuple[int, str]:
    """Return the index and class of the character that the combining marks up to ``at`` belong to."""
    while at > 0 and classes[at] in "mj" and classes[at - 1] != " ":
        at -= 1
    return at, "a" if classes[at] in "mj" else classes[at]


def profile_of(text: str) -> str | None:
    """Return the text as `cuts` takes it, as long as the text is wide; None if it is too unusual."""
    profile = text.translate(_PROFILE)
    return None if "\0" in profile or "   " in profile else profile


def cuts(profile: str, room: int) -> list[int]:
    """Return the lengths of the lines of the text, each ended at the last place that leaves it ``room`` columns wide.

    Where there is no such place, a line ends at the next one.
    """
    return [len(line) - line.count(_WIDE) for line in _line(max(1, room)).findall(profile)]


def ascii_lines(room: int) -> Callable[[str], list[str]]:
    r"""Return what cuts a literal into lines as `cuts` does.

    The literal is of printable ASCII, without three backslashes or spaces in a row, and with ``\\n`` only at its end,
    which stands in no line of its own.
    """
    return _ascii_line(max(1, room)).findall


def chinese_lines(literal: str, room: int) -> list[str] | None:
    r"""Return the lines of a literal as `cuts` does; None where it holds more than ASCII and usual Chinese characters.

    It is without three backslashes or spaces in a row, and has ``\\n`` only at its end. Encoded, it has as many bytes as
    columns, so that the encoder counts them: ten times quicker than to look up each character.
    """
    if (counts := _by_columns(literal)) is None:
        return None
    narrowed, counted = counts
    last_end = _last_line_end().match
    protected = len(literal) - 2 if literal.endswith("\\n") else -1
    lines: list[str] = []
    start = position = 0
    while len(counted) - position > room:
        reached = counted[position : position + room]
        wide = len(reached.translate(None, _ASCII))
        limit = start + len(reached) - wide + wide // 2
        found = last_end(literal, start, limit + 1)
        if found is None or found.end() == protected:
            return None
        lines.append(found[0])
        at_limit = found.end() == limit
        position += len(reached) - wide % 2 if at_limit else len(narrowed[start : found.end()].encode(_TWO_BYTES))
        start = found.end()
    lines.append(literal[start:])
    return lines


def is_breakable(literal: str) -> bool:
    r"""Return whether a line may end inside a literal that `ascii_lines` or `chinese_lines` takes, without ``\\n``."""
    return _last_line_end().match(literal) is not None


def _by_columns(text: str) -> tuple[str, bytes] | None:
    """Return a text of usual Chinese characters with other narrow marks, and as many bytes as it has columns."""
    if not _ONLY_WIDE.fullmatch(text):
        text = _NARROW.sub(".", text)
        if not _ONLY_WIDE.fullmatch(text):
            return None
    try:
        return text, text.encode(_TWO_BYTES)
    except UnicodeEncodeError:  # a rare character
        return None


@lru_cache(maxsize=64)
def _line(room: int) -> re.Pattern[str]:
    end = rf"(?:\Z|{_places({letter: letter for letter in _USUAL}, f'{_WIDE}?')})"
    return re.compile(rf".{{1,{room}}}{end}|.+?{end}")


@lru_cache(maxsize=64)
def _ascii_line(room: int) -> re.Pattern[str]:
    end = rf"(?:\Z|{_places_of(_PRINTABLE)}(?!\\n\Z))"
    return re.compile(rf".{{1,{room}}}{end}|.+?{end}")


@cache
def _last_line_end() -> re.Pattern[str]:
    """Return the pattern of a text up to the last place where a line may end."""
    return re.compile(".+" + _places_of(_PRINTABLE + _CHINESE_MARKS + "一").replace("一", "一-龥"))


@cache
def _places_of(chars: str) -> str:
    not_inside_escape = r"(?!(?<=\\)\\)"
    return _places({char: _CLASSES[ord(char)] for char in chars}, "") + not_inside_escape


def _places(class_of: Mapping[str, str], before_next: str) -> str:
    """Return the pattern of a place where a line may end, made of what `may_break` says of all pairs of classes."""
    classes = dict.fromkeys(class_of.values())
    beside, spaced = (
        "|".join(
            f"(?<={_set_of(befores, class_of)}{' ' * spaces})(?={before_next}{_set_of(afters, class_of)})"
            for spaces in counts
            for befores, afters in _breaking(classes, spaces)
        )
        for counts in ((0,), (1, 2))
    )
    return f"(?:(?<= )(?:{spaced})|(?<! )(?:{beside}))"  # so that half of them need not be tried


def _breaking(classes: Iterable[str], spaces: int) -> list[tuple[str, str]]:
    """Return the classes after which, and so many spaces, a line may end, with those before which it may, as strings."""
    befores: dict[str, str] = {}
    for before in classes:
        if before == " ":
            continue
        text = before + " " * spaces
        afters = "".join(after for after in classes if may_break(text + after, len(text)))
        befores[afters] = befores.get(afters, "") + before
    return [(before, afters) for afters, before in befores.items() if afters]


def _set_of(letters: str, class_of: Mapping[str, str]) -> str:
    return "[" + "".join(re.escape(char) for char, letter in class_of.items() if letter in letters) + "]"
