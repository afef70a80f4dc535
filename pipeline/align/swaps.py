"""Rows of a list in two languages whose translations have changed places."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.align.posterior import Odds, Side, odds_of
from pipeline.align.score import Comparison
from pipeline.text.lexicon import Lexicon, shared_lexicon
from pipeline.text.script import display_width, folded

__all__ = ["Swap", "swapped_rows"]

_GAIN = 6.0  # a swap explains the texts e^6 times better: of a list of 25 rows, 300 swaps are asked
_LOSS = 3.0  # and neither left has a partner elsewhere that explains it e^3 times better still


class Swap(NamedTuple):
    """Two rows, by index, that each have the other's translation.

    ``shared`` are the terms that the first left shares with the second right, and the second left with the first right.
    """

    first: int
    second: int
    shared: tuple[tuple[str, ...], tuple[str, ...]]


def swapped_rows(left: Sequence[str], right: Sequence[str], *, lexicon: Lexicon | None = None) -> list[Swap]:
    """The pairs of rows whose rights belong to each other's lefts, by the first row; no row is in two of them.

    The lists are as long as each other, and right ``i`` stands beside left ``i``.

    Raises:
        ValueError: One list is longer.

    >>> swapped_rows(["Fairness", "Causal Inference", "Trees"], ["因果推断", "公平", "树"])
    [Swap(first=0, second=1, shared=(('公平=fairness',), ('因果推断=causal inference',)))]
    """
    if len(left) != len(right):
        raise ValueError(f"{len(left)} texts on the left, {len(right)} on the right")
    comparison = Comparison(left, right, lexicon or shared_lexicon())
    chances = _Chances(_odds(comparison))
    swaps, taken = [], set[int]()
    for _, first, second in sorted(_gains(chances, [folded(text) for text in left], [folded(text) for text in right])):
        if not taken & {first, second}:
            taken |= {first, second}
            shared = (tuple(comparison.shared(first, second)), tuple(comparison.shared(second, first)))
            swaps.append(Swap(first, second, shared))
    return sorted(swaps)


def _odds(comparison: Comparison) -> Odds:
    left_known, right_known = comparison.known()
    return odds_of(
        comparison.scores(),
        Side([display_width(title.base) for title in comparison.left], left_known),
        Side([display_width(title.base) for title in comparison.right], right_known),
    )


class _Chances:
    """The logarithms of odds, looked up pair by pair; ``best`` says for each left what its likeliest right has."""

    def __init__(self, odds: Odds) -> None:
        self.rows: list[Mapping[int, float]] = [
            {j: math.log(odd) for j, odd in row.items() if odd > 0} for row in odds.rows
        ]
        self._left, self._right = [*map(math.log, odds.left)], [*map(math.log, odds.right)]
        self.best = [max(row.values(), default=-math.inf) for row in self.rows]

    def of(self, left: int, right: int) -> float:
        """The logarithm of the odds of one pair."""
        found = self.rows[left].get(right)
        return max(self._left[left], self._right[right]) if found is None else found


def _gains(chances: _Chances, left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    """The pairs of rows that are better swapped, each with what that gains, negated."""
    own = [chances.of(i, i) for i in range(len(left))]
    asked = {(min(i, j), max(i, j)) for i, row in enumerate(chances.rows) for j, chance in row.items() if chance > 0}
    for i, j in asked:
        if i == j or left[i] == left[j] or right[i] == right[j]:
            continue
        ours, theirs = chances.of(i, j), chances.of(j, i)
        gain = ours + theirs - own[i] - own[j]
        if gain >= _GAIN and max(chances.best[i] - ours, chances.best[j] - theirs) < _LOSS:
            yield -gain, i, j
