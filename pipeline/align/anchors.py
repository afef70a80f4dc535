"""Where two long pages run along each other: the pairs of blocks that share what is rare."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from pipeline.align.assign import best_chain
from pipeline.align.beads import band
from pipeline.align.features import Features

__all__ = ["turned", "windows_of"]

_FEW = 5  # blocks with a feature, on each side
_LEAST = 4.0  # logarithm of the odds that an anchor has from rare features
_REACH = 12
_FULL_CELLS = 1_600  # two pages of 40 blocks are compared whole


def windows_of(features: Features, height: int, width: int) -> list[range]:
    """For each cut of the left page the cuts of the right where its partner may be."""
    if height * width <= _FULL_CELLS:
        return [range(width + 1)] * (height + 1)
    return band(height, width, _anchors(features, height, width), _REACH)


def _anchors(features: Features, height: int, width: int) -> list[tuple[int, int]]:
    """The cuts before and behind the pairs in order that are each other's best by rare features."""
    votes: list[dict[int, float]] = [defaultdict(float) for _ in range(height)]
    for name, partners in features.partners.items():
        lefts = features.places[name]
        if len(lefts) <= _FEW and len(partners) <= _FEW:
            worth = math.log((width + 1) / len(partners)) / len(lefts)
            for i in lefts:
                for j in partners:
                    votes[i][j] += worth
    best_left: dict[int, float] = {}
    for row in votes:
        for j, vote in row.items():
            best_left[j] = max(vote, best_left.get(j, 0.0))
    strong = [
        {j: vote for j, vote in row.items() if vote >= _LEAST and vote == best_left[j] == max(row.values())}
        for row in votes
    ]
    return [corner for i, j in best_chain(strong).items() for corner in ((i, j), (i + 1, j + 1))]


def turned(windows: Sequence[range], width: int) -> list[range]:
    """The windows as seen from the right page: for each of its blocks the blocks of the left."""
    first, last = [len(windows)] * (width + 1), [0] * (width + 1)
    for i, window in enumerate(windows):
        for j in window:
            first[j], last[j] = min(first[j], i), i
    return [range(a, b + 1) for a, b in zip(first, last, strict=True)]
