"""CC-CEDICT turned round: from its lines to a sorted text in which English terms and Chinese words are found."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.text.words import english_key

__all__ = ["Index", "index_of"]

_LINE = re.compile(r"(\S+) (\S+) \[[^\]]*\] /(.*)/")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_RARE = re.compile(
    r"\((?:[^()]*\b)?(?:archaic|literary|old|dialect|bound form|slang|classical|coll\.|dated)\b", re.IGNORECASE
)
_NO_GLOSS = re.compile(
    r"(?:old |erhua |archaic |Japanese )?variant of |surname |CL:|see |also (?:written|called|pr)|used in |abbr\. (?:for|to)|"
    r"Taiwan pr|equivalent to |same as |classifier ",
)
_LEADING = re.compile(r"^(?:to be |to |an? |the )")
_HAN_ONLY = re.compile("[\u3400-\u9fff〇]+")
_WORDS_IN_TERM = 4
_MOST = 16  # translations kept of one term


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
    low, high = 0, len(lines)
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


def index_of(lines: Iterable[str]) -> Index:
    """The index of a dictionary in the CEDICT format; lines that are none of its form are passed over."""
    english: dict[str, dict[str, int]] = defaultdict(dict)
    chinese: dict[str, dict[str, None]] = defaultdict(dict)
    became: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        if line.startswith("#") or (found := _LINE.match(line)) is None:
            continue
        traditional, word, senses = found.groups()
        if len(traditional) == len(word):
            for old, new in zip(traditional, word, strict=True):
                became[old][new] += 1
        if not _HAN_ONLY.fullmatch(word):
            continue
        for term, worth in _terms(senses):
            english[term][word] = max(worth, english[term].get(word, 0))
            chinese[word][term] = None
    changed = {old: new.most_common(1)[0][0] for old, new in sorted(became.items())}
    changed = {old: new for old, new in changed.items() if old != new}
    return Index(
        _sorted_lines((term, ";".join(_best(words))) for term, words in english.items()),
        _sorted_lines((word, ";".join(list(terms)[:_MOST])) for word, terms in chinese.items()),
        "".join(changed),
        "".join(changed.values()),
    )


def _terms(senses: str) -> Iterator[tuple[str, int]]:
    """The English terms among the senses of one word, each with its worth 1…9: the first senses are the usual ones."""
    for order, sense in enumerate(senses.split("/")):
        for place, gloss in enumerate(sense.split(";")):
            if _NO_GLOSS.match(gloss.strip()):
                continue
            plain = _LEADING.sub("", _ASIDE.sub(" ", gloss).strip())
            term = english_key(plain)
            if term and term.count(" ") < _WORDS_IN_TERM and "," not in plain:
                yield term, max(1, 9 - min(order, 4) - min(place, 2) - (3 if _RARE.search(gloss) else 0))


def _best(words: dict[str, int]) -> list[str]:
    ordered = sorted(words.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))
    return [f"{word}{worth}" for word, worth in ordered[:_MOST]]


def _sorted_lines(pairs: Iterable[tuple[str, str]]) -> bytes:
    return b"".join(sorted(f"{key}\t{value}\n".encode() for key, value in pairs))
