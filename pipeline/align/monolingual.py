"""How much titles of one language say the same: which words, or which pairs of Han characters, they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipeline.align.bilingual import best_cells, rarity
from pipeline.text.lazily import lazily
from pipeline.text.lexicon import Lexicon
from pipeline.text.script import HAN, Title, narrowed
from pipeline.text.words import STOP_WORDS, english_words, initials, stem

__all__ = ["Monolingual"]

_HAN_RUN = lazily(f"[{HAN}]+")
_OTHER_WORD = lazily(rf"[^\W\d_a-z{HAN}]+")
_ACRONYM = lazily("[a-z]{3,6}")
_ACRONYM_WORDS = range(3, 6)
_STOP_WORTH = 0.15
_LONGEST, _MOST_CHARACTERS = 400, 400_000
_MOST_WORK, _MOST_CELLS = 4_000_000, 250_000


class Monolingual:
    """The similarity of every left with every right title of the same language, and the words that they share."""

    def __init__(self, left: Sequence[Title], right: Sequence[Title], lexicon: Lexicon) -> None:
        longest = min(_LONGEST, max(40, _MOST_CHARACTERS // max(1, len(left) + len(right))))
        self._left = [_tokens(lexicon.simplified(title.base[:longest])) for title in left]
        self._right = [_tokens(lexicon.simplified(title.base[:longest])) for title in right]
        short = {token for tokens in (*self._left, *self._right) for token in tokens if _ACRONYM.fullmatch(token)}
        for title, tokens in zip((*left, *right), (*self._left, *self._right), strict=True):
            tokens.update(_acronyms(title.base[:longest], short))
        counts = Counter(token for tokens in (*self._left, *self._right) for token in tokens)
        total = len(left) + len(right)
        self._weights = {
            token: rarity(count, total) * (_STOP_WORTH if token in STOP_WORDS else 1.0)
            for token, count in counts.items()
        }
        self._most_work = _MOST_WORK // max(1, len(left))
        self._most_cells = max(20, _MOST_CELLS // max(1, len(left)))

    def rows(self) -> list[dict[int, float]]:
        """For each left title the similarity 0…1 of the right titles that share anything: the mean of both shares."""
        holders: dict[str, list[int]] = defaultdict(list)
        for j, tokens in enumerate(self._right):
            for token in tokens:
                holders[token].append(j)
        totals = [self._total(tokens) for tokens in self._right]
        rows = []
        for i, tokens in enumerate(self._left):
            middle = i * len(self._right) // len(self._left)
            rows.append(best_cells(self._row(tokens, holders, totals), self._most_cells, middle))
        return rows

    def _row(
        self, tokens: Mapping[str, str], holders: Mapping[str, list[int]], totals: list[float]
    ) -> dict[int, float]:
        shared: dict[int, float] = defaultdict(float)
        work = 0
        for token in sorted(tokens, key=lambda token: len(holders.get(token, ()))):
            work += len(holders.get(token, ()))
            if work > self._most_work and shared:
                break
            for j in holders.get(token, ()):
                shared[j] += self._weights[token]
        total = self._total(tokens)
        return {j: (weight / total + weight / totals[j]) / 2 for j, weight in shared.items()}

    def shares(self, left: int, right: int) -> tuple[float, float]:
        """The shares 0…1 of a left and of a right title that the other holds too."""
        common = sum(self._weights[token] for token in self._left[left] if token in self._right[right])
        return common / self._total(self._left[left]), common / self._total(self._right[right])

    def shared(self, left: int, right: int) -> list[str]:
        """The words that both titles hold, in the order of the left; runs of Han characters are joined."""
        common = [text for token, text in self._left[left].items() if token in self._right[right]]
        words: list[str] = []
        for text in common:
            if words and len(text) == 2 and _HAN_RUN.fullmatch(text) and words[-1][-1] == text[0]:
                words[-1] += text[1]
            elif text not in STOP_WORDS:
                words.append(text)
        return words

    def _total(self, tokens: Mapping[str, str]) -> float:
        return sum(self._weights[token] for token in tokens) or 1.0


def _acronyms(text: str, short: set[str]) -> dict[str, str]:
    """The short words of the lists that are the first letters of words of a text: "rnn" of "Recurrent neural networks"."""
    words = english_words(text)
    found: dict[str, str] = {}
    for length in _ACRONYM_WORDS:
        for start in range(len(words) - length + 1):
            acronym = initials(words[start : start + length])
            found.update((same, same) for same in (acronym, f"{acronym}s") if same in short)
    return found


def _tokens(text: str) -> dict[str, str]:
    """What a title is compared by, with its printed form: stems, pairs of Han characters, words of other scripts."""
    plain = narrowed(text).casefold()
    tokens = {stem(word): word for word in english_words(plain)}
    for run in _HAN_RUN.findall(plain):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        tokens.update((pair, pair) for pair in pairs)
    tokens.update((word, word) for word in _OTHER_WORD.findall(plain))
    return tokens
