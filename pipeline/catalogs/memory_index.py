"""By what a memory finds texts: words, and Han characters with their followers, as lists of the texts that hold them.

SQLite's own index of three characters finds nothing for a Chinese query of one or two.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from zlib import crc32

from pipeline.text.markup import SYNTAX
from pipeline.text.script import HAN
from pipeline.text.words import STOP_WORDS

_WORD = re.compile(rf"[{HAN}]+|[^\W\d_{HAN}]+")
_ANY_SYNTAX = re.compile(r"[<`\[{&$@\\]|:\w|:/|www\.", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
# Most of inline markup, in a fourth of the time: what is left counts as words, in all texts alike.
_ROUGH = re.compile(r"(?::[\w:.+-]+:)?`[^`]*`|<[^<>]*>|\]\([^()]*\)|https?://[^\s<>()]+|\{[{%][^{}]*\}+")
_SAID = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_SYLLABLES = "\u2e80"  # from here on, scripts of East Asia that put no blanks between words
_MARKUP_SIGN, _NUMBER_SIGN = "\ue000", "\ue001"  # of the private use area: no text holds them

_STEM = 6  # letters of a word that count: inflections share them
_FEW = 4  # words below which their parts count too: of a short text a slip of the pen spares no word
_PART = "~"  # before a part of a word
_LONGEST = 0xFFFF

SEGMENT = 1 << 16  # pairs in a segment, whose places fit two bytes
_LOOKED_AT = 3000  # places of a segment that are counted for one query
_HIGHEST = "\U0010ffff"


def masked(text: str) -> str:
    """Return the text with one sign for each piece of inline markup and one for each number."""
    return _NUMBER.sub(_NUMBER_SIGN, without_markup(text))


def number_count(masked_text: str) -> int:
    """Return how many numbers a `masked` text has."""
    return masked_text.count(_NUMBER_SIGN)


def without_markup(text: str) -> str:
    """Return the text with one sign for each piece of inline markup."""
    return SYNTAX.sub(_MARKUP_SIGN, text) if _ANY_SYNTAX.search(text) else text


def markup(text: str) -> list[str]:
    """Return the pieces of inline markup of the text, in reading order."""
    return [found[0] for found in SYNTAX.finditer(text)] if _ANY_SYNTAX.search(text) else []


def numbers(text: str) -> list[str]:
    """Return the numbers of the text outside its markup, in reading order."""
    return _NUMBER.findall(without_markup(text))


def with_numbers(text: str, changes: Mapping[str, str]) -> str:
    """Return the text with other numbers outside its markup.

    >>> with_numbers("第3讲：[图3](fig3.png)", {"3": "12"})
    '第12讲：[图12](fig3.png)'
    """
    pieces, end = [], 0
    for found in SYNTAX.finditer(text):
        pieces += [_renumbered(text[end : found.start()], changes), found[0]]
        end = found.end()
    return "".join([*pieces, _renumbered(text[end:], changes)])


def _renumbered(text: str, changes: Mapping[str, str]) -> str:
    return _NUMBER.sub(lambda found: changes.get(found[0], found[0]), text)


def rough(text: str) -> str:
    """Return the letters of the text and a 0 for each number: equal for texts that say the same in the same words.

    A text of nothing but markup says its markup.

    >>> rough("Lecture 12: **Trees** (1.5 h)") == rough("lecture 3 – trees (2 h)")
    True
    """
    plain = _ROUGH.sub(" ", text if text.isascii() else unicodedata.normalize("NFKC", text))
    words = "".join(_SAID.findall(plain.casefold())) or text.casefold()
    return words if words.isalpha() else _DIGITS.sub("0", words)


def key_of(text: str) -> int:
    """Return a number that texts share which say the same in the same words."""
    return key_of_rough(rough(text))


def key_of_rough(words: str) -> int:
    """Return the `key_of` a text of which `rough` form is known."""
    return crc32(words.encode("utf-8", "surrogatepass"))


def features(text: str) -> set[str]:
    """Return what the text is found by.

    >>> sorted(features("机器学习")), sorted(features("the trees of life, the forests of trees, and classification"))
    (['习', '器学', '学习', '机器'], ['classi', 'forest', 'life', 'trees'])
    """
    words = _WORD.findall(text.casefold())
    found = _whole(words, STOP_WORDS)
    if len(found) < _FEW:
        found = _whole(words, frozenset())
        if len(found) < _FEW:
            found |= _parts(words)
    return found


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: ``features``, those that begin with one of ``beginnings``, and how many a like text has."""

    features: tuple[str, ...]
    beginnings: tuple[str, ...]
    size: int


def query_of(text: str) -> Query:
    """Return what finds the texts that are like this one, or that hold it.

    Of a Han character alone, and of a short word alone, everything that begins with it is looked for.
    """
    words = _WORD.findall(text.casefold())
    whole = features(text)
    runs = [word for word in words if word[0] >= _SYLLABLES]
    beginnings = [word for word in runs if len(word) == 1]
    if not runs and len(words) == 1 and len(words[0]) < _STEM:
        beginnings = words
    ends = {run[-1] for run in runs}  # in a longer text another character may follow
    return Query(tuple(sorted(whole - ends - set(beginnings))), tuple(beginnings), len(whole))


def _whole(words: Sequence[str], without: frozenset[str]) -> set[str]:
    found = {word[:_STEM] for word in words if word[0] < _SYLLABLES and word not in without}
    for run in words:
        if run[0] >= _SYLLABLES:
            found.update(map(str.__add__, run, run[1:]))
            found.add(run[-1])
    return found


def _parts(words: Iterable[str]) -> set[str]:
    return {
        _PART + word[start : start + 3]
        for word in words
        if len(word) > 3 and word[0] < _SYLLABLES
        for start in range(len(word) - 2)
    }


# --- segments: the texts of up to SEGMENT pairs in a row


@dataclass(frozen=True, slots=True)
class Segment:
    """For each feature the places of the texts that have it, from 0, and for each place how many features it has.

    Both as bytes, two for a number, the lower first.
    """

    postings: Mapping[str, bytes]
    sizes: bytes


def segment_of(texts: Iterable[tuple[int, str]]) -> Segment:
    """Return the segment of texts with their places, which ascend and lie below ``SEGMENT``."""
    postings: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
    sizes = array("H")
    for place, text in texts:
        sizes.extend([0] * (place - len(sizes)))
        found = features(text)
        sizes.append(min(len(found), _LONGEST))
        for feature in found:
            postings[feature].append(place)
    return Segment({feature: packed(places) for feature, places in postings.items()}, packed(sizes))


def packed(numbers: array[int]) -> bytes:
    """Return the bytes of numbers below 65,536, the same on every machine."""
    if sys.byteorder == "big":
        numbers = array("H", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def unpacked(data: bytes) -> array[int]:
    """Return the numbers in the bytes; an odd last byte, of a damaged file, is no number."""
    numbers = array("H")
    numbers.frombytes(data[: len(data) & ~1])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def nearest(postings: Sequence[bytes], sizes: Sequence[int], size: int, limit: int) -> list[tuple[float, int]]:
    """Return what shares the most features with a text that has ``size`` of them, as (likeness, place), best first.

    Only the rarest features are counted where there are many places, and a longer text counts for less.
    """
    counts: Counter[int] = Counter()
    room = _LOOKED_AT
    for posting in sorted(postings, key=len):
        if len(posting) > 2 * room and counts:
            break
        places = unpacked(posting[: 2 * _LOOKED_AT])
        counts.update(places)
        room -= len(places)
    if not counts:
        return []
    least = max(counts.values()) // 2
    known = len(sizes)
    scored = [
        (2 * count / (size + sizes[place]), place)
        for place, count in counts.items()
        if count >= least and place < known
    ]
    return nlargest(limit, scored)


def after(beginning: str) -> str:
    """Return what stands behind all texts that begin so, in the order of their characters."""
    return beginning + _HIGHEST
