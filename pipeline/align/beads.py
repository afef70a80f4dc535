"""Two sequences laid side by side in order, n to m: dynamic programming over whatever says how well two runs fit.

Blocks of pages and sentences of paragraphs use it alike. A caller gives the two lengths and a ``gain``: the logarithm of
how many times likelier what is seen is for runs that belong together than for runs that do not. What stands alone gains
nothing; how often that happens, and how often runs of which lengths go together, is in ``shares``.

    lattice = Lattice(len(left), len(right), gain)
    shares = lattice.estimated(SHARES)
    beads, chances = lattice.best(shares), lattice.chances(shares)
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

__all__ = ["SHARES", "Bead", "Gain", "Lattice", "Move", "band"]

Gain = Callable[[int, int, int, int], float]
"""Of the run ``i0`` to ``i1`` of the left and ``j0`` to ``j1`` of the right, half open; -inf for what cannot be."""

Move = tuple[int, int]
"""How many of the left go with how many of the right."""

SHARES: Mapping[Move, float] = {
    (1, 1): 0.8, (1, 0): 0.05, (0, 1): 0.05, (1, 2): 0.03, (2, 1): 0.03, (1, 3): 0.01, (3, 1): 0.01, (2, 2): 0.005,
}  # fmt: skip
"""The share of each move to begin with; a mapping with other moves has others tried."""

_IMPOSSIBLE = -math.inf
_LAST_RESORT = -20.0
_NEGLIGIBLE = -30.0  # logarithm of a weight that no sum notices
_LEAST_CHANCE = 0.001
_PRIOR_MOVES = 10.0  # how many moves what was believed before counts for, against those that are seen


class Bead(NamedTuple):
    """The run ``i0`` to ``i1`` of the left with ``j0`` to ``j1`` of the right, half open; one may be empty."""

    i0: int
    i1: int
    j0: int
    j1: int

    @property
    def is_pair(self) -> bool:
        """Whether neither side is empty."""
        return self.i0 < self.i1 and self.j0 < self.j1


def band(height: int, width: int, points: Sequence[tuple[int, int]], reach: int) -> list[range]:
    """For each cut 0…height of the left the cuts of the right that lie within reach of the line through the points.

    ``points`` are cuts (left, right) that fall on neither side; the line begins and ends at the corners. Where it goes
    straight across, the window holds all that it crosses. Each window shares a cut with the next.
    """
    first, last = [width] * (height + 1), [0] * (height + 1)
    for (i0, j0), (i1, j1) in pairwise([(0, 0), *points, (height, width)]):
        rise = -(-(j1 - j0) // max(1, i1 - i0))  # from one window to the next
        for i in range(i0, i1 + 1):
            low = j0 + (j1 - j0) * (i - i0) // max(1, i1 - i0)
            high = low if i1 > i0 else j1
            first[i] = min(first[i], max(0, low - reach - rise))
            last[i] = max(last[i], min(width, high + reach + rise))
    return [range(low, high + 1) for low, high in zip(first, last, strict=True)]


class Lattice:
    """All ways to lay one sequence along the other; each gain is asked for once, time and memory grow with the windows."""

    def __init__(
        self, height: int, width: int, gain: Gain, *, windows: Sequence[range] = (), moves: Sequence[Move] = (*SHARES,)
    ) -> None:
        self._windows = windows or [range(width + 1)] * (height + 1)
        self._moves = moves
        self._gains = [[self._line(gain, i, move) for i in range(height + 1)] for move in moves]
        self._last = (height, width)

    def _line(self, gain: Gain, i: int, move: Move) -> array[float]:
        """The gain of a move from each cut of a window; -inf where it would leave the lattice."""
        down, across = move
        window = self._windows[i]
        if i + down >= len(self._windows):
            return array("d", [_IMPOSSIBLE]) * len(window)
        target = self._windows[i + down]
        if not (down and across):
            return array("d", [0.0 if j + across in target else _IMPOSSIBLE for j in window])
        return array("d", [gain(i, i + down, j, j + across) if j + across in target else _IMPOSSIBLE for j in window])

    def best(self, shares: Mapping[Move, float]) -> list[Bead]:
        """The likeliest beads, in order; every index of both sides is in exactly one."""
        table = self._forward(shares, max)
        found, (i, j) = [], self._last
        while (i, j) != (0, 0):
            terms = self._terms(table, shares, i, j)
            _, (down, across) = max(terms, key=lambda term: term[0])
            found.append(Bead(i - down, i, j - across, j))
            i, j = i - down, j - across
        return found[::-1]

    def chances(self, shares: Mapping[Move, float]) -> dict[Bead, float]:
        """The probability of every pair of runs that is not negligible, given all others."""
        before, after = self._forward(shares, _log_sum), self._backward(shares)
        whole, chances = after[0][0], {}
        for move, lines in zip(self._moves, self._gains, strict=True):
            (down, across), prior = move, _log(shares.get(move, 0.0)) - whole
            if not (down and across):
                continue
            for i, line in enumerate(lines[: max(0, len(lines) - down)]):
                window, target = self._windows[i], self._windows[i + down]
                for at, gain in enumerate(line):
                    if gain == _IMPOSSIBLE:
                        continue
                    j = window.start + at
                    value = before[i][at] + gain + prior + after[i + down][j + across - target.start]
                    if value > -7 and (chance := math.exp(min(0.0, value))) >= _LEAST_CHANCE:
                        chances[Bead(i, i + down, j, j + across)] = chance
        return chances

    def estimated(self, shares: Mapping[Move, float], rounds: int = 2) -> dict[Move, float]:
        """The shares of the moves as they are in these two sequences, as far as they can be told."""
        current = dict(shares)
        for _ in range(rounds):
            seen = dict.fromkeys(current, 0.0)
            lefts, rights = map(float, self._last)
            for bead, chance in self.chances(current).items():
                seen[bead.i1 - bead.i0, bead.j1 - bead.j0] += chance
                lefts, rights = lefts - chance * (bead.i1 - bead.i0), rights - chance * (bead.j1 - bead.j0)
            seen[1, 0], seen[0, 1] = max(0.0, lefts), max(0.0, rights)
            total = sum(seen.values()) + _PRIOR_MOVES
            current = {move: (seen[move] + _PRIOR_MOVES * shares[move]) / total for move in shares}
        return current

    def _forward(self, shares: Mapping[Move, float], combine: Callable[[list[float]], float]) -> list[list[float]]:
        """For each cut what the ways to it weigh, as logarithms.

        Of what stands alone between two pairs the lefts come before the rights, so that no way is counted twice.
        """
        table: list[list[float]] = []
        closed: list[list[float]] = []  # ways that do not end with a right alone
        across_alone = _log(shares.get((0, 1), 0.0))
        for i, window in enumerate(self._windows):
            sources = self._sources(table, closed, shares, i)
            row: list[float] = []
            closed_row: list[float] = []
            for j in window:
                terms = [
                    values[at] + gains[at] + prior
                    for values, gains, prior, shift in sources
                    if 0 <= (at := j - shift) < len(values)
                ]
                value = combine(terms) if terms else _IMPOSSIBLE if i or j else 0.0
                closed_row.append(value)
                row.append(combine([value, row[-1] + across_alone]) if row else value)
            table.append(row)
            closed.append(closed_row)
        return table

    def _sources(
        self, table: list[list[float]], closed: list[list[float]], shares: Mapping[Move, float], i: int
    ) -> list[tuple[list[float], array[float], float, int]]:
        """For each move down to a row: values and gains of the row it comes from, its prior, and what to take off a cut."""
        sources = []
        for (down, across), gains in zip(self._moves, self._gains, strict=True):
            if 0 < down <= i:
                shift, prior = across + self._windows[i - down].start, _log(shares.get((down, across), 0.0))
                sources.append(((table if across else closed)[i - down], gains[i - down], prior, shift))
                if not across:  # where windows leave no other way
                    sources.append((table[i - down], gains[i - down], prior + _LAST_RESORT, shift))
        return sources

    def _terms(
        self, table: list[list[float]], shares: Mapping[Move, float], i: int, j: int
    ) -> list[tuple[float, Move]]:
        """What each move to a cut makes the way weigh."""
        terms = []
        for (down, across), gains in zip(self._moves, self._gains, strict=True):
            if down <= i and (at := j - across - self._windows[i - down].start) >= 0 and at < len(table[i - down]):
                prior = _log(shares.get((down, across), 0.0))
                terms.append((table[i - down][at] + gains[i - down][at] + prior, (down, across)))
        return terms

    def _backward(self, shares: Mapping[Move, float]) -> list[list[float]]:
        """For each cut what the ways from it to the end weigh, as logarithms."""
        table: list[list[float]] = [[0.0] * len(window) for window in self._windows]
        down_alone, across_alone = _log(shares.get((1, 0), 0.0)), _log(shares.get((0, 1), 0.0))
        for i in reversed(range(len(table))):
            window, steps = self._windows[i], self._steps(table, shares, i)
            below, below_start = (table[i + 1], self._windows[i + 1].start) if i + 1 < len(table) else ([], 0)
            opened = _IMPOSSIBLE  # ways that do not begin with a left alone
            for at in reversed(range(len(window))):
                terms = [
                    gains[at] + prior + values[at + shift]
                    for gains, values, prior, shift in steps
                    if gains[at] != _IMPOSSIBLE
                ]
                terms.append(opened + across_alone)
                opened = 0.0 if (i, window.start + at) == self._last else _log_sum(terms)
                under = at + window.start - below_start
                alone = below[under] + down_alone if 0 <= under < len(below) else _IMPOSSIBLE
                table[i][at] = _log_sum([opened, alone])
        return table

    def _steps(
        self, table: list[list[float]], shares: Mapping[Move, float], i: int
    ) -> list[tuple[array[float], list[float], float, int]]:
        """For each pair from a row: its gains, the values where it leads, its prior, and what to add to a place."""
        window = self._windows[i]
        return [
            (
                gains[i],
                table[i + down],
                _log(shares.get((down, across), 0.0)),
                across + window.start - self._windows[i + down].start,
            )
            for (down, across), gains in zip(self._moves, self._gains, strict=True)
            if down and across and i + down < len(table)
        ]


def _log(share: float) -> float:
    return math.log(share) if share > 0 else _IMPOSSIBLE


def _log_sum(terms: list[float]) -> float:
    top = max(terms, default=_IMPOSSIBLE)
    if top == _IMPOSSIBLE:
        return top
    return top + math.log(sum([math.exp(term - top) for term in terms if term - top > _NEGLIGIBLE]))
