"""Who goes with whom: the best assignment, free or in order, of sparse gains; no library needed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

__all__ = ["best_assignment", "best_chain", "longest_increasing"]

Gains = Sequence[Mapping[int, float]]
"""For each left index the gain of each right index it may go with; what is absent or not positive is no pair."""

_EXACT_CELLS = 90_000  # a component larger than 300 × 300 is assigned greedily


def best_assignment(gains: Gains) -> dict[int, int]:
    """The one-to-one pairs, left to right, whose gains sum highest; of equal sums always the same.

    Components are solved apart and exactly in O(n³); one of more than 300 × 300 is taken greedily, best gain first.
    """
    pairs: dict[int, int] = {}
    for lefts, rights in _components(gains):
        if len(lefts) * len(rights) > _EXACT_CELLS:
            pairs.update(_greedy(gains, lefts))
        elif len(lefts) <= len(rights):
            pairs.update(_exact([[max(gains[i].get(j, 0.0), 0.0) for j in rights] for i in lefts], lefts, rights))
        else:
            turned = _exact([[max(gains[i].get(j, 0.0), 0.0) for i in lefts] for j in rights], rights, lefts)
            pairs.update((i, j) for j, i in turned.items())
    return {i: j for i, j in sorted(pairs.items()) if gains[i].get(j, 0.0) > 0}


def _components(gains: Gains) -> list[tuple[list[int], list[int]]]:
    lefts_of: dict[int, list[int]] = {}
    for i, row in enumerate(gains):
        for j, gain in row.items():
            if gain > 0:
                lefts_of.setdefault(j, []).append(i)
    components = []
    seen: set[int] = set()
    for first in range(len(gains)):
        if first in seen:
            continue
        lefts, rights, open_lefts = {first}, set(), [first]
        while open_lefts:
            for j, gain in gains[open_lefts.pop()].items():
                if gain > 0 and j not in rights:
                    rights.add(j)
                    fresh = [i for i in lefts_of[j] if i not in lefts]
                    lefts.update(fresh)
                    open_lefts += fresh
        seen |= lefts
        if rights:
            components.append((sorted(lefts), sorted(rights)))
    return components


def _greedy(gains: Gains, lefts: Sequence[int]) -> dict[int, int]:
    cells = sorted((-gain, i, j) for i in lefts for j, gain in gains[i].items() if gain > 0)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in cells:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _exact(matrix: Sequence[Sequence[float]], rows: Sequence[int], columns: Sequence[int]) -> dict[int, int]:
    """Shortest augmenting paths with potentials (Jonker and Volgenant 1987); there are no more rows than columns."""
    width = len(columns)
    row_potential, column_potential = [0.0] * len(rows), [0.0] * width
    row_of = [-1] * width
    for start in range(len(rows)):
        distance = [float("inf")] * width
        before = [-1] * width
        free = list(range(width))
        row, column, reach = start, -1, 0.0
        done: list[int] = []
        while row >= 0:
            gains, base, nearest, best = matrix[row], reach - row_potential[row], float("inf"), -1
            for c in free:
                through = base - gains[c] - column_potential[c]
                if through < distance[c]:
                    distance[c], before[c] = through, column
                if distance[c] < nearest:
                    nearest, best = distance[c], c
            reach, column = nearest, best
            free.remove(column)
            done.append(column)
            row = row_of[column]
        row_potential[start] += reach
        for c in done[:-1]:
            row_potential[row_of[c]] += reach - distance[c]
            column_potential[c] -= reach - distance[c]
        while column >= 0:  # turn the path round
            previous = before[column]
            row_of[column] = row_of[previous] if previous >= 0 else start
            column = previous
    return {rows[r]: columns[c] for c, r in enumerate(row_of) if r >= 0}


def longest_increasing(values: Sequence[int]) -> list[int]:
    """The positions of one longest strictly increasing subsequence.

    >>> longest_increasing([3, 1, 2, 9, 4, 5])
    [1, 2, 4, 5]
    """
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
        before.append(places[at - 1] if at else -1)
        places[at : at + 1] = [place]
    chain, place = [], places[-1] if places else -1
    while place >= 0:
        chain.append(place)
        place = before[place]
    return chain[::-1]


def best_chain(gains: Gains) -> dict[int, int]:
    """The pairs, left to right, that keep both orders and whose gains sum highest; O(E log n) for E positive gains.

    >>> best_chain([{0: 1.0, 2: 1.5}, {1: 1.0}, {2: 0.1}])
    {0: 0, 1: 1, 2: 2}
    """
    ends: list[tuple[int, float, _Link]] = []  # (right, weight, chain): the heaviest chains by their last right
    for i, row in enumerate(gains):
        longer = []
        for j, gain in row.items():
            at = bisect_left(ends, j, key=_right_of)
            weight, before = (ends[at - 1][1], ends[at - 1][2]) if at else (0.0, None)
            if gain > 0:
                longer.append((j, weight + gain, (i, j, before)))
        for end in sorted(longer):
            _insert(ends, end)
    pairs: dict[int, int] = {}
    link = ends[-1][2] if ends else None
    while link:
        pairs[link[0]] = link[1]
        link = link[2]
    return dict(sorted(pairs.items()))


_Link = tuple[int, int, "_Link | None"] | None


def _right_of(end: tuple[int, float, _Link]) -> int:
    return end[0]


def _insert(ends: list[tuple[int, float, _Link]], end: tuple[int, float, _Link]) -> None:
    """Keep chains by rising right and rising weight: a chain that ends later and weighs no more is useless."""
    at = bisect_left(ends, end[0], key=_right_of)
    if (at and ends[at - 1][1] >= end[1]) or (at < len(ends) and ends[at][0] == end[0] and ends[at][1] >= end[1]):
        return
    last = at
    while last < len(ends) and ends[last][1] <= end[1]:
        last += 1
    ends[at:last] = [end]
