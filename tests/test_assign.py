"""Assignments and chains against the exhaustive answer, and probabilities against all ways counted one by one."""

import doctest
import math
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align import assign, posterior
from pipeline.align.assign import best_assignment, best_chain, longest_increasing
from pipeline.align.posterior import Odds, Side, free_posteriors, odds_of, ordered_posteriors

Rows = list[dict[int, float]]
GAINS = st.sampled_from([-1.0, 0.0, 0.1, 0.5, 1.0]) | st.floats(0.01, 1)
ROWS = st.lists(st.dictionaries(st.integers(0, 4), GAINS, max_size=5), max_size=5)
CELLS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.floats(0.02, 500), min_size=width, max_size=width), min_size=1, max_size=4)
)


def _sum(rows: Rows, pairs: dict[int, int]) -> float:
    return sum(rows[i][j] for i, j in pairs.items())


def _best_sum(rows: Rows) -> float:
    square = [[max(0.0, row.get(j, 0.0)) for j in range(5)] for row in [*rows, *[{}] * (5 - len(rows))]]
    return max(sum(square[i][j] for i, j in enumerate(order)) for order in permutations(range(5)))


def _best_chain_sum(rows: Rows) -> float:
    sums = [0.0] * 6
    for row in rows:
        for j in range(4, -1, -1):
            sums[j + 1] = max(sums[j + 1], sums[j] + max(0.0, row.get(j, 0.0)))
        for j in range(5):
            sums[j + 1] = max(sums[j + 1], sums[j])
    return sums[5]


def test_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(assign).failed == 0


@given(ROWS)
@settings(max_examples=300)
def test_an_assignment_is_one_to_one_gainful_and_the_best(rows: Rows) -> None:
    pairs = best_assignment(rows)
    assert len(set(pairs.values())) == len(pairs)
    assert all(rows[i][j] > 0 for i, j in pairs.items())
    assert _sum(rows, pairs) == pytest.approx(_best_sum(rows))


@given(ROWS)
@settings(max_examples=300)
def test_a_chain_keeps_both_orders_and_is_the_best(rows: Rows) -> None:
    pairs = best_chain(rows)
    assert list(pairs) == sorted(pairs)
    assert list(pairs.values()) == sorted(set(pairs.values()))
    assert _sum(rows, pairs) == pytest.approx(_best_chain_sum(rows))


@given(st.permutations(range(7)))
def test_a_longest_increasing_subsequence_increases_and_none_is_longer(values: list[int]) -> None:
    places = longest_increasing(values)
    chosen = [values[place] for place in places]
    assert chosen == sorted(set(chosen))
    longest = [1] * len(values)
    for at, value in enumerate(values):
        longest[at] += max((longest[before] for before in range(at) if values[before] < value), default=0)
    assert len(places) == max(longest)


def test_a_component_too_large_to_solve_is_taken_greedily() -> None:
    rows = [{j: 1.0 if i == j else 0.1 for j in range(i, min(400, i + 3))} for i in range(400)]
    assert best_assignment(rows) == {i: i for i in range(400)}


def _shares(cells: list[list[float]], gap: float) -> list[list[float]]:
    """What `_path_shares` says, by writing out every set of pairs that keeps both orders."""
    pair, skip = (1 - gap) / (1 + gap), gap / (1 + gap)
    height, width = len(cells), len(cells[0])
    shares = [[0.0] * width for _ in cells]
    total = 0.0

    def go(first: int, second: int, weight: float, pairs: list[tuple[int, int]]) -> None:
        nonlocal total
        whole = weight * skip ** (height + width - 2 * len(pairs))
        total += whole
        for i, j in pairs:
            shares[i][j] += whole
        for i in range(first, height):
            for j in range(second, width):
                go(i + 1, j + 1, weight * pair * cells[i][j], [*pairs, (i, j)])

    go(0, 0, 1.0, [])
    return [[share / total for share in row] for row in shares]


@given(CELLS, st.floats(0.01, 0.5))
def test_the_share_of_a_cell_is_that_of_all_ways_through_it(cells: list[list[float]], gap: float) -> None:
    for found, counted in zip(posterior._path_shares(cells, gap), _shares(cells, gap), strict=True):
        assert found == pytest.approx(counted, abs=1e-9)


@given(st.lists(st.floats(0.01, 5000), min_size=5, max_size=5))
def test_the_share_of_a_pair_is_that_of_all_matchings_with_it_where_none_compete_in_a_circle(odds: list[float]) -> None:
    a, b, c, d, e = odds  # left 0 – right 0 – left 1 – right 1 – left 2 – right 2
    cells = [([0], [a]), ([0, 1], [b, c]), ([1, 2], [d, e])]
    matchings = {(): 1.0, "a": a, "b": b, "c": c, "d": d, "e": e, "ac": a * c, "ad": a * d, "ae": a * e}
    matchings |= {"bd": b * d, "be": b * e, "ce": c * e, "ace": a * c * e}
    whole = sum(matchings.values())
    expected = [sum(weight for names, weight in matchings.items() if pair in names) / whole for pair in "abcde"]
    assert [share for row in posterior._matched(cells, 3) for share in row] == pytest.approx(expected, rel=1e-6)


@given(ROWS)
def test_chances_of_one_title_sum_to_one_at_most(scores: Rows) -> None:
    odds = odds_of(scores, Side([10] * len(scores), [0.5] * len(scores)), Side([10] * 5, [1.0] * 5))
    cells = odds.cells(range(len(scores)), range(5))
    for rows in (free_posteriors(odds), [dict(enumerate(row)) for row in ordered_posteriors(cells)]):
        assert len(rows) == len(scores)
        assert all(sum(row.values()) <= 1.01 for row in rows)
        assert all(chance >= 0 for row in rows for chance in row.values())


def test_sharing_nothing_means_less_where_words_are_unknown() -> None:
    odds = odds_of([{0: -0.5, 1: 0.5}, {}], Side([10, 10], [0.0, 1.0]), Side([10, 10], [1.0, 1.0]))
    (first, second), (third, fourth) = odds.cells(range(2), range(2))
    assert first > third == fourth
    assert second > 100 > first


def _between_sure_ones(count: int) -> Odds:
    rows = [{i: 800.0} if i != count // 2 else {} for i in range(count)]
    return Odds(rows, [0.02] * count, [0.02] * count)


def test_a_pair_without_evidence_between_sure_ones_is_likely_only_in_order() -> None:
    odds = _between_sure_ones(15)
    assert ordered_posteriors(odds.cells(range(15), range(15)))[7][7] > 0.5
    assert free_posteriors(odds)[7] == {}


def test_nothing_and_very_long_lists_have_chances_too() -> None:
    assert ordered_posteriors([]) == []
    assert ordered_posteriors([[]]) == [[]]
    assert free_posteriors(Odds([], [], [])) == []
    for height, width in ((200, 200), (1, 5000), (5000, 1)):
        odds = _between_sure_ones(max(height, width))
        chances = ordered_posteriors(odds.cells(range(height), range(width)))
        assert all(math.isfinite(chance) for row in chances for chance in row)
        assert chances[0][0] > 0.8
