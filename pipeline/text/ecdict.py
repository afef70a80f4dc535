"""Dictionaries in the columns of ECDICT (word, translation, …), made into an index of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.text.cedict import Index
from pipeline.text.words import english_key

__all__ = ["dictionary_index", "glosses"]

_LINE = re.compile(r"\\[nr]|[\r\n]+")
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>")
_PART = re.compile(r"^\s*(?:[a-z]{1,6}\.\s*(?:&\s*)?)+")
_BETWEEN = re.compile(r"[,，;；、]")
_HAN_ONLY = re.compile("[\u3400-\u9fff〇]+")
_LONGEST, _WORDS_IN_TERM, _MOST = 8, 4, 16


def glosses(translation: str) -> Iterator[tuple[str, int]]:
    r"""Yield the Chinese words of a translation, each with its worth 1…9: the first ones of the first line are the usual ones.

    >>> list(glosses("n. 梯度, 倾斜度\\n[计] 梯度；坡度"))
    [('梯度', 9), ('倾斜度', 8), ('梯度', 8), ('坡度', 7)]
    """
    for order, line in enumerate(_LINE.split(translation)):
        for place, gloss in enumerate(_BETWEEN.split(_PART.sub("", _ASIDE.sub("", line)))):
            word = gloss.strip().removesuffix("的") or gloss.strip()
            if len(word) <= _LONGEST and _HAN_ONLY.fullmatch(word):
                yield word, max(1, 9 - min(order, 4) - min(place, 3))


def dictionary_index(pairs: Iterable[tuple[str, str]]) -> Index:
    """Return the index of (English term, translation) pairs; terms of more than four words are left out."""
    english: list[str] = []
    chinese: dict[str, dict[str, None]] = {}
    for term, translation in pairs:
        key = english_key(term)
        if not key or key.count(" ") >= _WORDS_IN_TERM or not (words := _best(translation)):
            continue
        english.append(f"{key}\t{';'.join(f'{word}{worth}' for word, worth in words)}\n")
        for word, _ in words:
            terms = chinese.setdefault(word, {})
            if len(terms) < _MOST:
                terms[key] = None
    lines = "".join(f"{word}\t{';'.join(terms)}\n" for word, terms in sorted(chinese.items()))
    return Index("".join(_one_a_key(sorted(english))).encode(), lines.encode(), "", "")


def _best(translation: str) -> list[tuple[str, int]]:
    words: dict[str, int] = {}
    for word, worth in glosses(translation):
        words[word] = max(worth, words.get(word, 0))
    return sorted(words.items(), key=_rank)[:_MOST]


def _rank(word: tuple[str, int]) -> tuple[int, int, str]:
    return -word[1], len(word[0]), word[0]


def _one_a_key(lines: Iterable[str]) -> Iterator[str]:
    """The sorted lines with the words of one key in one line: "Apple" and "apple" are one term."""
    for key, same in groupby(lines, lambda line: line.partition("\t")[0]):
        run = list(same)
        if len(run) > 1:
            words = sorted(
                {(word[:-1], int(word[-1])) for line in run for word in line[len(key) + 1 : -1].split(";")}, key=_rank
            )
            best = dict(reversed(words))
            said = ";".join(f"{word}{worth}" for word, worth in sorted(best.items(), key=_rank)[:_MOST])
            yield f"{key}\t{said}\n"
        else:
            yield from run
