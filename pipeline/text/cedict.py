"""CC-CEDICT turned round: from its lines to a sorted text in which English terms and Chinese words are found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.lazily import lazily
from pipeline.text.words import english_key

__all__ = ["Index", "index_of", "sorted_lines"]

_LINE = lazily(r"(\S+) (\S+) \[[^\]]*\] /(.*)/")
_ASIDE = lazily(r"\([^()]*\)|\[[^\]]*\]")
_RARE = lazily(
    r"\((?:[^()]*\b)?(?:archaic|literary|old|dialect|bound form|slang|classical|coll\.|dated)\b", re.IGNORECASE
)
_NO_GLOSS = lazily(
    r"(?:old |erhua |archaic |Japanese )?variant of |surname |CL:|see |also (?:written|called|pr)|used in |abbr\. (?:for|to)|"
    r"Taiwan pr|equivalent to |same as |classifier ",
)
_LEADING = lazily(r"^(?:to be |to |an? |the )")
_PLAIN = lazily(r"[a-z]+(?: [a-z]+)*")
_HAN_ONLY = lazily("[\u3400-\u9fff〇]+")
_WORDS_IN_TERM = 4
_MOST = 16  # translations kept of one term
_APART = (
    2_048  # bytes between two lines that are known by heart: less means more of them, which takes longer at the start
)
_OFTEN = 6  # a character that stays itself once in so many words, or more often, is not replaced


@dataclass(frozen=True, slots=True)
class Index:
    """Sorted lines ``key<TAB>value`` in UTF-8 for each direction.

    ``english`` gives for a term Chinese words, each followed by a digit 1…9 for its worth, parted by ``;``;
    ``chinese`` gives for a simplified word its English terms. ``traditional`` and ``simplified`` are parallel strings:
    the traditional characters and what they became.
    """

    english: bytes
    chinese: bytes
    traditional: str
    simplified: str

    def chinese_of(self, english: str) -> list[tuple[str, float]]:
        """The Chinese words for an English term in its look-up form, with their worth, the best first."""
        return [(word[:-1], int(word[-1]) / 10) for word in _values(self.english, english)]

    def english_of(self, chinese: str) -> list[str]:
        """The English terms for a simplified Chinese word, as the dictionary orders them."""
        return _values(self.chinese, chinese)


def _values(lines: bytes, key: str) -> list[str]:
    """The values of the line that starts with the key: a binary search over sorted lines, without unpacking them."""
    wanted = key.encode() + b"\t"
    texts, places = _signposts(lines)
    post = bisect_right(texts, wanted + b"\xff")  # behind all that the line may go on with
    low, high = places[post], places[post + 1]
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", start)
        if lines.startswith(wanted, start):
            return lines[start + len(wanted) : end].decode().split(";")
        if lines[start:end] < wanted:
            low = end + 1
        else:
            high = start
    return []


@lru_cache(maxsize=16)
def _signposts(lines: bytes) -> tuple[list[bytes], list[int]]:
    """Lines that stand some thousand bytes from each other, without the first, and their places, with the first and the end."""
    places = sorted({lines.find(b"\n", place) + 1 for place in range(_APART, len(lines), _APART)} - {len(lines)})
    return [lines[place : lines.find(b"\n", place)] for place in places], [0, *places, len(lines)]


def index_of(lines: Iterable[str]) -> Index:
    """The index of a dictionary in the CEDICT format; lines that are none of its form are passed over."""
    english: dict[str, dict[str, int]] = defaultdict(dict)
    chinese: dict[str, dict[str, None]] = defaultdict(dict)
    unchanged: list[str] = []
    became: list[tuple[str, str]] = []
    for line in lines:
        if line.startswith("#") or (found := _LINE.match(line)) is None:
            continue
        traditional, word, senses = found.groups()
        if traditional == word:
            unchanged.append(word)
        elif len(traditional) == len(word):
            became.extend(zip(traditional, word, strict=True))
        if not _HAN_ONLY.fullmatch(word):
            continue
        terms = chinese[word]
        for term, worth in _terms(senses):
            words = english[term]
            if worth > words.get(word, 0):
                words[word] = worth
            terms[term] = None
    counts = Counter({(same, same): number for same, number in Counter("".join(unchanged)).items()})
    counts.update(became)
    changed = _changed(counts)
    return Index(
        sorted_lines((term, ";".join(_best(words))) for term, words in english.items()),
        sorted_lines((word, ";".join(list(terms)[:_MOST])) for word, terms in chinese.items() if terms),
        "".join(changed),
        "".join(changed.values()),
    )


def _changed(became: Counter[tuple[str, str]]) -> dict[str, str]:
    """Each traditional character with the other character that it mostly becomes.

    A character that others become more often than it becomes another is a simplified one: 麼 is 么, and 么 seldom 幺.
    One that often stays is left alone: 著 is 着 in 跟著, and itself in 顯著.
    """
    usual: dict[str, tuple[str, int]] = {}
    results: Counter[str] = Counter()
    for (old, new), count in became.most_common():
        usual.setdefault(old, (new, count))
        results[new] += count if old != new else 0
    return {
        old: new
        for old, (new, count) in sorted(usual.items())
        if old != new and count > results[old] + _OFTEN * became[old, old]
    }


def _terms(senses: str) -> Iterator[tuple[str, int]]:
    """The English terms among the senses of one word, each with its worth 1…9: the first senses are the usual ones.

    Two senses in three are plain words, which are their own key: the others take the longer way.
    """
    for order, sense in enumerate(senses.split("/")):
        for place, written in enumerate(sense.split(";") if ";" in sense else (sense,)):
            gloss = written.strip()
            if _NO_GLOSS.match(gloss):
                continue
            worth = 9 - (order if order < 4 else 4) - (place if place < 2 else 2)
            if _PLAIN.fullmatch(gloss):
                term = _LEADING.sub("", gloss, count=1)
            else:
                plain = _LEADING.sub("", _ASIDE.sub(" ", gloss).strip())
                term = "" if "," in plain else english_key(plain)
                worth -= 3 if "(" in gloss and _RARE.search(gloss) else 0
            if term and term.count(" ") < _WORDS_IN_TERM:
                yield term, worth if worth > 1 else 1


def _best(words: dict[str, int]) -> list[str]:
    if len(words) == 1:
        return [f"{word}{worth}" for word, worth in words.items()]
    ordered = sorted(words.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))
    return [f"{word}{worth}" for word, worth in ordered[:_MOST]]


def sorted_lines(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Lines ``key<TAB>value`` as an index holds them."""
    # the order of code points is that of their UTF-8
    return "".join(sorted(f"{key}\t{value}\n" for key, value in pairs)).encode()
