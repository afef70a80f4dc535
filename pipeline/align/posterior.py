"""How sure each possible pair is, given all others: in any order, and in order with omissions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

__all__ = ["Odds", "Side", "free_posteriors", "odds_of", "ordered_posteriors"]

# A line through the logarithms of the odds that were measured, and its end.
_SLOPE, _OFFSET, _MOST = 14.0, -0.5, 8.0
# Of two titles that share nothing: free renderings exist, but they are rare where all words are known.
_NOTHING, _NOTHING_KNOWN = -1.4, -3.5
_LENGTH_TRUST = 0.7  # lengths and words are not independent
_ROUNDS = 6
_HOPELESS = 0.1  # odds of pairs that are left out of account
_MOST_RIVALS = 60  # of a title in a long list: that they are many is in the scores already
_ESTIMATES = 3  # rounds in which the share of titles left out is estimated anew
_LEAST_GAP, _MOST_GAP, _SAME_GAP = 0.01, 0.5, 0.01


@dataclass(frozen=True, slots=True)
class Side:
    """What is to be known of the titles of one list: their widths in columns, and which share of each is known."""

    widths: Sequence[int]
    known: Sequence[float]


@dataclass(frozen=True, slots=True)
class Odds:
    """How many times likelier what is seen is for a true pair than for a false one.

    ``rows`` holds for each left the rights that share anything with it; for others it is the larger of ``left`` and
    ``right``, which say for each title what it means to share nothing.
    """

    rows: Sequence[Mapping[int, float]]
    left: Sequence[float]
    right: Sequence[float]

    def cells(self, lefts: range, rights: range) -> list[list[float]]:
        """The odds of every pair of two stretches."""
        nothing = [self.right[j] for j in rights]
        cells = []
        for i in lefts:
            ours = self.left[i]
            line = [ours if ours > theirs else theirs for theirs in nothing]
            for j, odd in self.rows[i].items():
                if j in rights:
                    line[j - rights.start] = odd
            cells.append(line)
        return cells


def odds_of(scores: Sequence[Mapping[int, float]], left: Side, right: Side) -> Odds:
    """The odds that scores without hubs stand for, with what lengths and unknown words say."""
    ours, theirs = ([math.log(width + 2) for width in side.widths] for side in (left, right))
    usual = sum(theirs) / max(1, len(theirs)) - sum(ours) / max(1, len(ours))
    left_least, right_least = ([_NOTHING + _NOTHING_KNOWN * known for known in side.known] for side in (left, right))
    rows = [
        {j: _odds(score, max(least, right_least[j]), theirs[j] - length - usual) for j, score in row.items()}
        for length, least, row in zip(ours, left_least, scores, strict=True)
    ]
    return Odds(rows, [*map(math.exp, left_least)], [*map(math.exp, right_least)])


def _odds(score: float, least: float, excess: float) -> float:
    """``excess`` is the logarithm of how much longer than usual the right is, measured by the left."""
    length = _LENGTH_TRUST * max(-1.2, 0.6 - 3.7 * excess * excess)
    return math.exp(max(least, min(_MOST, _SLOPE * score + _OFFSET)) + length)


def free_posteriors(odds: Odds) -> list[dict[int, float]]:
    """The probability of each pair where order says nothing; titles that share nothing are no pair.

    Every title has at most one partner: the marginals of all such matchings, by belief propagation, which is exact where
    pairs compete in no circle (Bayati, Shah and Sharma 2008). The share of titles that have a partner is estimated from
    the pairs found.
    """
    width = len(odds.right)
    longer = max(1, width, len(odds.left))
    cells = [
        ([*row], [*row.values()])
        for row in ({j: odd for j, odd in row.items() if odd > _HOPELESS} for row in odds.rows)
    ]
    gap, shares = 0.15, [[0.0] * len(places) for places, _ in cells]
    for _ in range(_ESTIMATES):
        scale = (1 - gap) / (gap * min(longer, _MOST_RIVALS))
        shares = _matched([(places, [odd * scale for odd in row]) for places, row in cells], width)
        before, gap = gap, min(_MOST_GAP, max(2 * _LEAST_GAP, 1 - sum(map(sum, shares)) / longer))
        if abs(gap - before) < _SAME_GAP:
            break
    return [dict(zip(places, row, strict=True)) for (places, _), row in zip(cells, shares, strict=True)]


def _matched(cells: Sequence[tuple[Sequence[int], Sequence[float]]], width: int) -> list[list[float]]:
    """For each cell the share that matchings with this pair have of the weight of all matchings.

    A message is the chance that a title is free for a pair when the pair is left out: ``theirs`` come from the rights,
    and those from the lefts are in ``pulls``, times the weight of the pair.
    """
    theirs = [[1.0] * len(row) for _, row in cells]
    pulls: list[list[float]] = []
    for _ in range(_ROUNDS):
        sums, pulls = [1.0] * width, []
        for (places, weights), free in zip(cells, theirs, strict=True):
            wanted = [weight * chance for weight, chance in zip(weights, free, strict=True)]
            total = 1 + sum(wanted)
            pulls.append([weight / (total - want) for weight, want in zip(weights, wanted, strict=True)])
            for j, pull in zip(places, pulls[-1], strict=True):
                sums[j] += pull
        theirs = [
            [1 / (sums[j] - pull) for j, pull in zip(places, row, strict=True)]
            for (places, _), row in zip(cells, pulls, strict=True)
        ]
    return [
        [pull * free / (1 + pull * free) for pull, free in zip(row, chances, strict=True)]
        for row, chances in zip(pulls, theirs, strict=True)
    ]


def ordered_posteriors(cells: Sequence[Sequence[float]]) -> list[list[float]]:
    """The probability of each pair where both lists go the same way and each may leave titles out.

    ``cells`` are the odds of every pair. A hidden Markov model (pair, left alone, right alone), summed forwards and
    backwards; the share of titles left out is estimated from the pairs found.
    """
    if not cells or not cells[0]:
        return [[] for _ in cells]
    total = len(cells) + len(cells[0])
    gap, posteriors = 0.15, [list(line) for line in cells]
    for _ in range(_ESTIMATES):
        posteriors = _path_shares(cells, gap)
        gap = min(_MOST_GAP, max(_LEAST_GAP, 1 - 2 * sum(map(sum, posteriors)) / total))
    return posteriors


def _path_shares(cells: Sequence[Sequence[float]], gap: float) -> list[list[float]]:
    """For each cell the share that ways through it have of the weight of all ways.

    A way weighs the product of its pairs; what the titles left alone would weigh is taken off every pair instead.
    """
    pair, skip = (1 - gap) / (1 + gap), gap / (1 + gap)
    weights = [[pair / skip**2 * odd for odd in line] for line in cells]
    before, before_scales = _before(weights)
    after, after_scales = _after(weights)
    whole = after[0][0]  # from the first corner to the last
    shares = []
    for i, line in enumerate(weights):
        scale = math.exp(min(700.0, before_scales[i] + after_scales[i + 1] - after_scales[0])) / whole
        shares.append([b * w * a * scale for b, w, a in zip(before[i], line, after[i + 1][1:], strict=False)])
    return shares


def _before(weights: Sequence[Sequence[float]]) -> tuple[list[list[float]], list[float]]:
    """The weight of all ways to each corner, row by row, and the logarithm each row was divided by.

    Titles alone on the left come before those alone on the right, so that no way is counted twice.
    """
    paired = [1.0] + [0.0] * len(weights[0])  # ways that end with a pair or a left alone
    rows, scales, scale = [], [], 0.0
    for line in weights:
        both = list(accumulate(paired))  # and those that end with a right alone
        rows.append(both)
        scales.append(scale)
        paired = [paired[0], *(b * w + p for b, w, p in zip(both, line, paired[1:], strict=False))]
        top = max(paired)
        paired = [weight / top for weight in paired]
        scale += math.log(top)
    return rows, scales


def _after(weights: Sequence[Sequence[float]]) -> tuple[list[list[float]], list[float]]:
    """The weight of all ways from each corner to the end, row by row, and the logarithm each row was divided by."""
    width = len(weights[0])
    rows, scales, scale = [[1.0] * (width + 1)], [0.0], 0.0
    for line in reversed(weights):
        below = rows[-1]
        paired = [w * b for w, b in zip(line, below[1:], strict=True)]
        alone = [0.0, *accumulate(reversed(paired))][::-1]  # ways on which a pair comes before the next left alone
        row = [a + b for a, b in zip(alone, below, strict=True)]
        top = max(row)
        rows.append([weight / top for weight in row])
        scale += math.log(top)
        scales.append(scale)
    return rows[::-1], scales[::-1]
