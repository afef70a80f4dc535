"""Whether the two halves of a bilingual label have anything in common, by what the dictionaries know of their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.text.lexicon import Candidate, Lexicon
from pipeline.text.script import has_han, spacing_free, title_of
from pipeline.text.words import STOP_WORDS, english_words, stem

_LONGEST_TERM = 4  # words
_SHORT = 3  # words of a label whose last one names the thing
_MOST_MEANINGS = 2  # shown of a word
_ENOUGH_OF_CANDIDATE = 0.5  # of the Han characters of a translation: 监督 stands for 督导


class Unexplained(NamedTuple):
    """The words of each half that the dictionaries know, and that nothing in the other half says, with what they mean."""

    english: tuple[tuple[str, tuple[str, ...]], ...]
    chinese: tuple[tuple[str, tuple[str, ...]], ...]


def unexplained(english: str, chinese: str, lexicon: Lexicon) -> Unexplained | None:
    """The words that say that the halves of a label disagree, None where they may agree.

    They disagree where more than half of the English words, and at least half of the Chinese ones, are known and mean
    nothing that the other half says; in a short label, where that is so of the last word of both, which names the thing.
    """
    words = english_words(title_of(english).base)
    text = lexicon.simplified(spacing_free(title_of(chinese).base).casefold())
    explained, covered = _explained(words, text, lexicon)
    content = [place for place, word in enumerate(words) if word not in STOP_WORDS and not word[0].isdigit()]
    unsaid = [place for place in content if place not in explained and lexicon.chinese(words[place])]
    mostly, head = 2 * len(unsaid) > len(content), len(content) <= _SHORT and content[-1:] == unsaid[-1:]
    if not unsaid or not (mostly or head):
        return None
    said = [(at, word) for at, word in _chinese_words(text) if len(word) > 1 and has_han(word)]
    right = [(at, word) for at, word in said if at not in covered and not _is_said(word, words, lexicon)]
    if not right or not ((mostly and 2 * len(right) >= len(said)) or (head and said[-1] == right[-1])):
        return None
    return Unexplained(
        tuple((words[place], _meanings(lexicon.chinese(words[place]))) for place in unsaid),
        tuple((word, _meanings(lexicon.english(word))) for _, word in right),
    )


def _explained(words: Sequence[str], text: str, lexicon: Lexicon) -> tuple[set[int], set[int]]:
    """The places of the English words that the Chinese text says, alone or as part of a term, and of its characters
    that say them."""
    places, covered = set[int](), set[int]()
    for length in range(1, _LONGEST_TERM + 1):
        for start in range(len(words) - length + 1):
            candidates = lexicon.chinese(" ".join(words[start : start + length]))
            texts = [candidate.text.casefold().replace(" ", "") for candidate in candidates]
            texts += words[start : start + length] if length == 1 else []
            for found in (found for found in texts if found in text):
                covered.update(range(text.index(found), text.index(found) + len(found)))
            if any(_stands_in(each, text, length) for each in texts):
                places.update(range(start, start + length))
    return places, covered


def _stands_in(candidate: str, text: str, words: int) -> bool:
    """Whether a translation stands in a text, or half of the characters of that of one word."""
    characters = [character for character in candidate if has_han(character)]
    found = sum(character in text for character in characters)
    return candidate in text or (words == 1 < len(characters) and found >= _ENOUGH_OF_CANDIDATE * len(characters))


def _chinese_words(text: str) -> Iterator[tuple[int, str]]:
    """The words of a Chinese text, each with where it begins."""
    from rjieba import cut  # 50 ms and 5 MB, needed only where an English half has words that nothing explains

    at = 0
    for word in cut(text):
        yield at, word
        at += len(word)


def _is_said(word: str, english: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a Chinese word is said in English, or unknown, so that nobody can tell."""
    stems = {stem(each) for each in english}
    meanings = lexicon.english(word)
    return not meanings or any(
        stem(each) in stems for meaning in meanings for each in english_words(meaning.text) if each not in STOP_WORDS
    )


def _meanings(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(candidate.text for candidate in candidates))[:_MOST_MEANINGS]
