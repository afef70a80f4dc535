"""How much English and Chinese titles say the same: which words of one are explained by the other."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import accumulate
from typing import NamedTuple

from pipeline.text.lazily import lazily
from pipeline.text.lexicon import Candidate, Lexicon
from pipeline.text.script import HAN, Title, has_han, spacing_free
from pipeline.text.words import STOP_WORDS, english_words, initials

__all__ = ["Bilingual", "best_cells", "rarity"]

_LONGEST_TERM = 4  # words
_ENGLISH_SHARE = 0.6  # of the similarity; the rest is the share of the Chinese characters that is explained
_STOP_WORTH = 0.15
_NUMBER_WORTH = 0.6  # numbers recur in titles that have nothing else in common
_SAME_NUMBER = 0.8
_ONE_CHARACTER = {"glossary": 0.9, "page": 0.9, "field": 0.75, "dictionary": 0.3}  # one character stands in many words
_PER_FURTHER_WORD = 0.15  # a term of several words is surer than its words
_PART_OF_CANDIDATE = 0.5  # 预报 for 预测: one character of two
_LEAST_SHARE = 0.3
_CANDIDATES_IN_PART = 6
_EMPTY_WORDS = frozenset("的与和在中之及对为到了是用于将把被从以其等个一我你不有这那么吗什如何怎样")
_MOST_WORDS_OF_ONE, _LONGEST = 80, 300  # words and characters of a title: what lies beyond is not read
_MOST_WORDS, _MOST_CHARACTERS = 20_000, 200_000  # of a whole list
_MOST_WORK, _MOST_CELLS = 2_000_000, 250_000  # beyond, common words are passed over, and poor similarities forgotten
_KNOWN_BY_DICTIONARY = 0.6


class _Hit(NamedTuple):
    quality: float
    mask: int  # bit b is set where the character at b is explained
    text: str  # what was found; empty where only a part of a candidate was


def rarity(count: int, total: int) -> float:
    """The weight 0…1 of a word that stands in ``count`` of ``total`` titles: 1 for one title, little for all."""
    return math.log1p(total / count) / math.log1p(total)


def best_cells(row: dict[int, float], most: int, middle: int) -> dict[int, float]:
    """The row, or its highest cells where it has more than that many; of equal ones those next to the middle."""
    if len(row) <= most:
        return row
    return dict(nlargest(most, row.items(), key=lambda cell: (cell[1], -abs(cell[0] - middle), cell[0])))


class _Chinese:
    """The Chinese titles as one text that is searched at once."""

    def __init__(self, titles: Sequence[Title], lexicon: Lexicon) -> None:
        longest = min(_LONGEST, max(40, _MOST_CHARACTERS // max(1, len(titles))))
        self.texts = [lexicon.simplified(spacing_free(title.base[:longest]).casefold()) for title in titles]
        self.text = "\n".join(self.texts) + "\n"
        self.owners = [j for j, text in enumerate(self.texts) for _ in range(len(text) + 1)]
        self.titles_with: dict[str, list[int]] = defaultdict(list)
        for j, text in enumerate(self.texts):
            for character in dict.fromkeys(text):
                self.titles_with[character].append(j)
        self.titles_with_word: dict[str, list[int]] = defaultdict(list)
        for j, title in enumerate(titles):
            for word in dict.fromkeys(english_words(title.base[:longest])):
                self.titles_with_word[word].append(j)
        self.weights = [[self._weight(character) for character in text] for text in self.texts]
        self.totals = [sum(weights) or 1.0 for weights in self.weights]
        starts, start = [], 0
        for text in self.texts:
            starts.append(start)
            start += len(text) + 1
        self.starts = starts

    def _weight(self, character: str) -> float:
        if not character.isalnum():
            return 0.0
        worth = _STOP_WORTH if character in _EMPTY_WORDS else 1.0 if has_han(character) else 0.5
        return worth * rarity(len(self.titles_with[character]), len(self.texts))

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """The titles that hold the text, each with the characters it takes."""
        bits, at = (1 << len(text)) - 1, self.text.find(text)
        while at >= 0:
            owner = self.owners[at]
            yield owner, bits << (at - self.starts[owner])
            at = self.text.find(text, at + 1)

    def explained(self, j: int, mask: int) -> float:
        """The share of a title that the set characters make up."""
        share = 0.0
        for weight in self.weights[j]:
            if mask & 1:
                share += weight
            mask >>= 1
        return share / self.totals[j]


_OTHER_SCRIPT = lazily(rf"[^\W\d_\u0000-\u024f\u1e00-\u1eff{HAN}]+")


def _words(text: str) -> list[str]:
    """The words of a title; those of other scripts come last, for they are words too, though none translates them."""
    return english_words(text) + _OTHER_SCRIPT.findall(text)


class Bilingual:
    """The similarity of every English with every Chinese title, and the terms that they share."""

    def __init__(self, english: Sequence[Title], chinese: Sequence[Title], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._chinese = _Chinese(chinese, lexicon)
        most = min(_MOST_WORDS_OF_ONE, max(12, _MOST_WORDS // max(1, len(english))))
        self._words = [_words(title.base[: most * 12])[:most] for title in english]
        self._counts = Counter(word for words in self._words for word in set(words))
        self._hits: dict[str, Mapping[int, _Hit]] = {}
        self._most_work = _MOST_WORK // max(1, len(english))
        self._most_cells = max(20, _MOST_CELLS // max(1, len(english)))

    def rows(self) -> list[dict[int, float]]:
        """For each English title the similarity 0…1 of the Chinese titles it shares anything with."""
        return [best_cells(self._row(i), self._most_cells, self._middle(i)) for i in range(len(self._words))]

    def known(self) -> list[float]:
        """For each English title the share of its words that the lexicon can translate: how much silence means."""
        return [self._known(words) for words in self._words]

    def _known(self, words: Sequence[str]) -> float:
        shares = dict.fromkeys((place for place, word in enumerate(words) if word not in STOP_WORDS), 0.0)
        for places, key in self._terms(words):
            if candidates := self._lexicon.chinese(key):
                share = _KNOWN_BY_DICTIONARY if candidates[0].origin == "dictionary" else 1.0
                shares.update((place, max(share, shares[place])) for place in places if place in shares)
        return sum(shares.values()) / len(shares) if shares else 1.0

    def shared(self, english: int, chinese: int) -> list[str]:
        """The terms that explain each other, as ``中文=english``, the longest first, none within another."""
        words, taken, explained, terms = self._words[english], set[int](), 0, []
        for places, key in sorted(self._terms(words), key=lambda term: (-len(term[0]), term[0].start)):
            hit = self._found(key).get(chinese)
            if not hit or not hit.text or key in STOP_WORDS or taken.intersection(places):
                continue
            if hit.mask & ~explained:  # one 学 is not both "learning" and "sciences"
                taken.update(places)
                explained |= hit.mask
                terms.append((places[0], key if hit.text == key else f"{hit.text}={key}"))
        return [term for _, term in sorted(terms)]

    def shares(self, english: int, chinese: int) -> tuple[float, float]:
        """The shares 0…1 of an English and of a Chinese title that the other explains."""
        words, mask = self._words[english], 0
        weights = [self._weight(word) for word in words]
        of_title: dict[int, float] = {}
        for places, hits in self._affordable(english):
            if hit := hits.get(chinese):
                mask |= hit.mask
                for place in places:
                    of_title[place] = max(of_title.get(place, 0.0), _quality(hit, places))
        explained = sum(weights[place] * quality for place, quality in of_title.items())
        return explained / (sum(weights) or 1.0), self._chinese.explained(chinese, mask)

    def _weight(self, word: str) -> float:
        worth = _STOP_WORTH if word in STOP_WORDS else _NUMBER_WORTH if word[0].isdigit() else 1.0
        return worth * rarity(self._counts[word], len(self._words))

    @staticmethod
    def _terms(words: Sequence[str]) -> Iterator[tuple[range, str]]:
        for length in range(1, _LONGEST_TERM + 1):
            for start in range(len(words) - length + 1):
                yield range(start, start + length), " ".join(words[start : start + length])

    def _row(self, english: int) -> dict[int, float]:
        words = self._words[english]
        weights = [self._weight(word) for word in words]
        explained: dict[int, dict[int, float]] = defaultdict(dict)
        masks: dict[int, int] = defaultdict(int)
        for places, hits in self._affordable(english):
            for j, hit in hits.items():
                quality = _quality(hit, places)
                masks[j] |= hit.mask
                of_title = explained[j]
                for place in places:
                    if quality > of_title.get(place, 0.0):
                        of_title[place] = quality
        total = sum(weights) or 1.0
        return {
            j: _ENGLISH_SHARE * sum(weights[place] * quality for place, quality in of_title.items()) / total
            + (1 - _ENGLISH_SHARE) * self._chinese.explained(j, masks[j])
            for j, of_title in explained.items()
        }

    def _affordable(self, english: int) -> list[tuple[range, Mapping[int, _Hit]]]:
        """The hits of the terms of a title; in very long lists those of its rarest terms, or those at about its place."""
        found = [(places, hits) for places, key in self._terms(self._words[english]) if (hits := self._found(key))]
        if sum(len(hits) for _, hits in found) <= self._most_work:
            return found
        found.sort(key=lambda term: len(term[1]))
        work = list(accumulate(len(hits) for _, hits in found))
        if work[0] <= self._most_work:
            return found[: bisect_right(work, self._most_work)]
        places, hits = found[0]
        middle, reach = self._middle(english), self._most_work // 2
        near = range(middle - reach, middle + reach + 1)
        return [(places, {j: hits[j] for j in near if j in hits})]

    def _middle(self, english: int) -> int:
        """The Chinese title at about the same place."""
        return english * len(self._chinese.texts) // len(self._words)

    def _found(self, key: str) -> Mapping[int, _Hit]:
        hits = self._hits.get(key)
        if hits is None:
            hits = self._hits[key] = self._search(key)
        return hits

    def _search(self, key: str) -> dict[int, _Hit]:
        candidates = self._lexicon.chinese(key)
        hits: dict[int, _Hit] = {}
        for candidate in candidates:
            text = candidate.text.casefold().replace(" ", "")
            quality = candidate.weight * (_ONE_CHARACTER[candidate.origin] if len(text) == 1 else 1.0)
            for j, mask in self._chinese.places(text):
                best = hits.get(j)
                if best is None or quality > best.quality:
                    hits[j] = _Hit(quality, mask | (best.mask if best else 0), text)
                elif mask & ~best.mask:
                    hits[j] = best._replace(mask=mask | best.mask)
        if " " not in key:
            self._add_same_word(key, hits)
            self._add_parts(candidates, hits)
        elif len(acronym := initials(key.split())) >= (2 if candidates else 3):
            self._add_same_word(acronym, hits)
        return hits

    def _add_same_word(self, word: str, hits: dict[int, _Hit]) -> None:
        """A Latin word or number that stands in the Chinese title as it is, in the singular, or "RNNs" for an "rnn"."""
        for same in dict.fromkeys((word, word.removesuffix("s"), f"{word}s")):
            for j in self._chinese.titles_with_word.get(same, ()):
                at = max(0, self._chinese.texts[j].find(same))
                quality = _SAME_NUMBER if word[0].isdigit() else 1.0
                hits[j] = _Hit(quality, ((1 << len(same)) - 1) << at, same)

    def _add_parts(self, candidates: Sequence[Candidate], hits: dict[int, _Hit]) -> None:
        """Titles that hold some characters of a candidate: 监督 and 督导 are likely the same."""
        best: dict[int, _Hit] = {}
        total = len(self._chinese.texts) + 1
        for candidate in candidates[:_CANDIDATES_IN_PART]:
            characters = [character for character in candidate.text if has_han(character)]
            if len(characters) < 2:
                continue
            shares: dict[int, list[float]] = defaultdict(list)
            for character in characters:
                titles = self._chinese.titles_with.get(character, ()) if character not in _EMPTY_WORDS else ()
                if len(titles) <= self._most_cells:
                    for j in titles:
                        shares[j].append(1 - len(titles) / total)
            for j, found in shares.items():
                quality = _PART_OF_CANDIDATE * candidate.weight * sum(found) / len(characters)
                enough = len(found) >= _LEAST_SHARE * len(characters)
                if enough and j not in hits and quality > best.get(j, _NONE).quality:
                    best[j] = _Hit(quality, self._mask_of(characters, j), "")
        hits.update(best)

    def _mask_of(self, characters: Sequence[str], j: int) -> int:
        mask = 0
        for character in characters:
            if (at := self._chinese.texts[j].find(character)) >= 0 and character not in _EMPTY_WORDS:
                mask |= 1 << at
        return mask


def _quality(hit: _Hit, places: range) -> float:
    return min(1.0, hit.quality * (1 + _PER_FURTHER_WORD * (len(places) - 1)))


_NONE = _Hit(0.0, 0, "")
