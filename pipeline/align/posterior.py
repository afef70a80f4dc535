"""How sure each possible pair is, given all others: in any order, and in order with omissions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

__all__ = ["free_posteriors", "odds_of", "ordered_posteriors"]

Odds = Sequence[Mapping[int, float]]
"""For each left how many times likelier its score is for a true pair with the right than for a false one."""

# A line through the logarithms of the odds that were measured, and where it ends.
_SLOPE, _OFFSET, _LEAST, _MOST = 13.5, 0.3, -4.3, 8.0
_NO_EVIDENCE = math.exp(_LEAST)  # of two titles that share nothing: free renderings exist, but they are rare
_LENGTH_TRUST = 0.7  # lengths and words are not independent
_SINKHORN_ROUNDS = 12
_ESTIMATES = 3  # rounds in which the share of titles left out is estimated anew
_LEAST_GAP, _MOST_GAP = 0.01, 0.5


def odds_of(scores: Sequence[Mapping[int, float]], left: Sequence[int], right: Sequence[int]) -> list[dict[int, float]]:
    """The odds that scores without hubs stand for, with what ``left`` and ``right``, the titles' widths, say."""
    ours = [math.log(width + 2) for width in left]
    theirs = [math.log(width + 2) for width in right]
    usual = sum(theirs) / max(1, len(theirs)) - sum(ours) / max(1, len(ours))
    return [
        {j: _odds(score, theirs[j] - length - usual) for j, score in row.items()}
        for length, row in zip(ours, scores, strict=True)
    ]


def _odds(score: float, excess: float) -> float:
    """``excess`` is the logarithm of how much longer than usual the right is, measured by the left."""
    length = _LENGTH_TRUST * max(-1.2, 0.6 - 3.7 * excess * excess)
    return math.exp(max(_LEAST, min(_MOST, _SLOPE * score + _OFFSET)) + length)


def free_posteriors(odds: Odds, width: int) -> list[dict[int, float]]:
    """The probability of each pair where order says nothing; titles that share nothing are no pair.

    Every title has at most one partner: rows and columns are normalised in turn, each with a place for "none"
    (Sinkhorn). The share of titles that have a partner is estimated from the pairs found.
    """
    longer = max(1, width, len(odds))
    gap, posteriors = 0.15, [dict[int, float]() for _ in odds]
    for _ in range(_ESTIMATES):
        scale = (1 - gap) / (gap * longer)
        posteriors = _normalised([{j: odd * scale for j, odd in row.items()} for row in odds], width)
        gap = min(_MOST_GAP, max(2 * _LEAST_GAP, 1 - sum(sum(row.values()) for row in posteriors) / longer))
    return posteriors


def _normalised(rows: Odds, width: int) -> list[dict[int, float]]:
    right = [1.0] * width
    left = [1.0] * len(rows)
    for _ in range(_SINKHORN_ROUNDS):
        left = [1 / (1 + sum([weight * right[j] for j, weight in row.items()])) for row in rows]
        sums = [1.0] * width
        for ours, row in zip(left, rows, strict=True):
            for j, weight in row.items():
                sums[j] += weight * ours
        right = [1 / total for total in sums]
    return [{j: ours * weight * right[j] for j, weight in row.items()} for ours, row in zip(left, rows, strict=True)]


def ordered_posteriors(odds: Odds, width: int) -> list[list[float]]:
    """The probability of each pair where both lists go the same way and each may leave titles out.

    A hidden Markov model over the cells of the two lists (pair, left alone, right alone), summed forwards and
    backwards; the share of titles left out is estimated from the pairs found.
    """
    cells = [[_NO_EVIDENCE] * width for _ in odds]
    for line, row in zip(cells, odds, strict=True):
        for j, odd in row.items():
            line[j] = odd
    total = len(odds) + width
    gap, posteriors = 0.15, cells
    for _ in range(_ESTIMATES if cells and width else 0):
        posteriors = _path_shares(cells, gap)
        gap = min(_MOST_GAP, max(_LEAST_GAP, 1 - 2 * sum(map(sum, posteriors)) / total))
    return posteriors


def _path_shares(cells: Sequence[Sequence[float]], gap: float) -> list[list[float]]:
    """For each cell the share that paths through it have of the weight of all paths."""
    pair, skip = (1 - gap) / (1 + gap), gap / (1 + gap)
    weights = [[pair * odd for odd in line] for line in cells]
    before, before_scales = _before(weights, skip)
    after, after_scales = _after(weights, skip)
    whole = after[0][0]  # from the first corner to the last
    shares = []
    for i, line in enumerate(weights):
        scale = math.exp(min(700.0, before_scales[i] + after_scales[i + 1] - after_scales[0])) / whole
        shares.append([b * w * a * scale for b, w, a in zip(before[i], line, after[i + 1][1:], strict=False)])
    return shares


def _before(weights: Sequence[Sequence[float]], skip: float) -> tuple[list[list[float]], list[float]]:
    """The weight of all ways to each corner, row by row, and the logarithm each row was divided by.

    Titles alone on the left come before those alone on the right, so that no way is counted twice.
    """
    width = len(weights[0])
    paired = [1.0] + [0.0] * width  # ended with a pair or a left alone
    rows, scales, scale = [], [], 0.0
    for line in [*weights, None]:
        alone, both = 0.0, []  # ended with a right alone
        for weight in paired:
            both.append(weight + alone)
            alone = (weight + alone) * skip
        rows.append(both)
        scales.append(scale)
        if line is None:
            break
        paired = [paired[0] * skip, *(b * w + p * skip for b, w, p in zip(both, line, paired[1:], strict=False))]
        top = max(paired)
        paired = [weight / top for weight in paired]
        scale += math.log(top)
    return rows, scales


def _after(weights: Sequence[Sequence[float]], skip: float) -> tuple[list[list[float]], list[float]]:
    """The weight of all ways from each corner to the end, where a left alone may follow, and the divisors' logarithms."""
    width = len(weights[0])
    rows, scales, scale = [_tail(width, skip)], [0.0], 0.0
    for line in reversed(weights):
        below, alone, row = rows[-1], 0.0, []
        for j in range(width, -1, -1):
            through = line[j] * below[j + 1] if j < width else 0.0
            row.append(through + skip * below[j] + skip * alone)
            alone = through + skip * alone
        row.reverse()
        top = max(row)
        rows.append([weight / top for weight in row])
        scale += math.log(top)
        scales.append(scale)
    return rows[::-1], scales[::-1]


def _tail(width: int, skip: float) -> list[float]:
    return [skip ** (width - j) for j in range(width + 1)]
