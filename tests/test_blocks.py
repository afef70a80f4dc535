"""Whole pages and other sequences, put side by side."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from pipeline.align.beads import SHARES, Bead, Lattice, band


def _sums(left: list[int], right: list[int]) -> Lattice:
    """Runs fit whose sums are equal."""

    def gain(i0: int, i1: int, j0: int, j1: int) -> float:
        return 3.0 if sum(left[i0:i1]) == sum(right[j0:j1]) else -3.0

    return Lattice(len(left), len(right), gain)


def test_runs_of_several_are_laid_together_where_they_fit() -> None:
    beads = _sums([5, 7, 1, 2, 9], [5, 3, 4, 3, 9]).best(SHARES)
    assert beads == [Bead(0, 1, 0, 1), Bead(1, 2, 1, 3), Bead(2, 4, 3, 4), Bead(4, 5, 4, 5)]


def test_what_fits_nothing_stands_alone() -> None:
    beads = _sums([5, 80, 7, 9], [5, 7, 9, 70]).best(SHARES)
    assert [bead for bead in beads if not bead.is_pair] == [Bead(1, 2, 1, 1), Bead(4, 4, 3, 4)]


@given(st.lists(st.integers(0, 3), max_size=7), st.lists(st.integers(0, 3), max_size=7))
def test_every_index_is_in_one_bead_and_chances_are_probabilities(left: list[int], right: list[int]) -> None:
    lattice = _sums(left, right)
    shares = lattice.estimated(SHARES)
    beads, chances = lattice.best(shares), lattice.chances(shares)
    assert [i for bead in beads for i in range(bead.i0, bead.i1)] == list(range(len(left)))
    assert [j for bead in beads for j in range(bead.j0, bead.j1)] == list(range(len(right)))
    for i in range(len(left)):
        assert sum(chance for bead, chance in chances.items() if bead.i0 <= i < bead.i1) <= 1.0001


def test_chances_are_the_shares_of_all_ways() -> None:
    """Two against one, counted by hand: the ways are both alone and one of the two or both paired."""
    shares = {(1, 1): 0.5, (1, 0): 0.2, (0, 1): 0.2, (2, 1): 0.1}
    chances = Lattice(2, 1, lambda i0, i1, j0, j1: 0.0, moves=(*shares,)).chances(shares)
    ways = 3 * 0.2**3 + 2 * 0.5 * 0.2 + 0.1
    assert abs(chances[Bead(0, 2, 0, 1)] - 0.1 / ways) < 1e-9
    assert abs(chances[Bead(0, 1, 0, 1)] - 0.1 / ways) < 1e-9


def test_windows_lead_from_corner_to_corner() -> None:
    for height, width, reach in product((0, 1, 4, 30), (0, 1, 4, 90), (0, 3)):
        windows = band(height, width, [(2, 3)] if min(height, width) > 3 else [], reach)
        assert len(windows) == height + 1
        assert 0 in windows[0]
        assert width in windows[-1]
        assert all(above.stop > below.start for above, below in pairwise(windows))
        beads = Lattice(height, width, lambda i0, i1, j0, j1: 1.0, windows=windows).best(SHARES)
        assert sum(bead.i1 - bead.i0 for bead in beads) == height
