"""Whole pages and other sequences, put side by side."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import align_blocks
from pipeline.align.beads import SHARES, Bead, Lattice, band
from pipeline.align.blocks import block_of
from pipeline.model import Alignment


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
    ways = 0.2**3 + 2 * 0.5 * 0.2 + 0.1
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


ENGLISH = [
    "# Introduction to Optics",
    "Light travels in a straight line until it meets another medium.",
    "## Refraction",
    "When light enters water it changes direction. The angle depends on the speed of light in both media.",
    "- Prerequisites: calculus",
    "- Homework: three exercises, see [the list](https://example.org/optics/ex)",
    "![The prism](img/prism.png)",
    "## Telescopes",
    "A telescope collects light with a mirror or a lens. Astronomers measure the distance of stars with it.",
]
CHINESE = [
    "# 光学导论",
    "光沿直线传播，直到遇到另一种介质。",
    "## 折射",
    "光进入水中时会改变方向。角度取决于光在两种介质中的速度。",
    "- 先修要求：微积分",
    "- 作业：三道练习，见[列表](https://example.org/optics/ex)",
    "![棱镜](img/prism.png)",
    "## 望远镜",
    "望远镜用镜子或透镜收集光。天文学家用它测量恒星的距离。",
]


def _links(alignment: Alignment[tuple[int, ...]]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(pair.left, pair.right) for pair in alignment.pairs]


SAME = [((i,), (i,)) for i in range(len(ENGLISH))]


def test_a_page_and_its_translation_are_paired_block_by_block() -> None:
    alignment = align_blocks(ENGLISH, CHINESE)
    assert _links(alignment) == SAME
    assert alignment.pairs[8].tier == "accept"
    assert alignment.pairs[7].evidence[0] == "one shared term: 望远镜=telescopes"
    assert "in both: example.org/optics/ex" in alignment.pairs[5].evidence
    assert alignment.pairs[6].evidence[-1] == "same place"


@pytest.mark.parametrize(("left", "right"), [(CHINESE, ENGLISH), (ENGLISH, ENGLISH), (CHINESE, CHINESE)])
def test_either_language_may_stand_on_either_side(left: list[str], right: list[str]) -> None:
    assert _links(align_blocks(left, right)) == SAME


def test_what_one_page_lacks_stays_alone() -> None:
    alignment = align_blocks(ENGLISH[:2] + ENGLISH[4:], CHINESE[:6] + CHINESE[7:])
    assert alignment.right_only == (2, 3)
    assert alignment.left_only == (4,)


def test_two_paragraphs_that_became_one_are_a_pair_for_review() -> None:
    cut = ENGLISH[3].index(" The") + 1
    split = [*ENGLISH[:3], ENGLISH[3][:cut], ENGLISH[3][cut:], *ENGLISH[4:]]
    pair = next(pair for pair in align_blocks(split, CHINESE).pairs if pair.right == (3,))
    assert pair.left == (3, 4)
    assert pair.tier == "review"


def test_a_paragraph_that_stands_elsewhere_is_found_and_not_accepted() -> None:
    moved = [*ENGLISH[:1], ENGLISH[8], *ENGLISH[1:8]]
    alignment = align_blocks(moved, CHINESE)
    pair = next(pair for pair in alignment.pairs if pair.left == (1,))
    assert pair.right == (8,)
    assert pair.tier == "review"
    assert pair.evidence[-1] == "another place"


def test_blocks_that_share_nothing_are_paired_by_their_place_and_not_accepted() -> None:
    alignment = align_blocks([ENGLISH[1], "Zzyzx qwrt", ENGLISH[8]], [CHINESE[1], "囧囧囧", CHINESE[8]])
    assert _links(alignment) == SAME[:3]
    assert alignment.pairs[1].tier == "review"
    assert "no shared term" in alignment.pairs[1].evidence


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [""] * 5,
        ["Same text here."] * 60,
        [str(number) for number in range(60)],
        [f"Предложение номер {number} о машинах" for number in range(60)],
        ["word graph tree " * 3000] * 2,
    ],
)
def test_any_blocks_are_paired_with_themselves(blocks: list[str]) -> None:
    assert _links(align_blocks(blocks, blocks)) == [((i,), (i,)) for i in range(len(blocks))]
    assert align_blocks(blocks, []).left_only == tuple(range(len(blocks)))
    assert align_blocks([], blocks).right_only == tuple(range(len(blocks)))


def test_long_pages_are_paired_along_what_is_rare_in_them() -> None:
    left = [f"The value of experiment {number * 37} is measured." for number in range(300)]
    right = [f"测量实验{number * 37}的值。" for number in range(300)]
    alignment = align_blocks(left[:100] + left[140:], right)
    assert alignment.right_only == tuple(range(100, 140))
    assert all(pair.left in {pair.right, (pair.right[0] - 40,)} for pair in alignment.pairs)


def test_sections_that_repeat_are_paired_in_their_turn() -> None:
    alignment = align_blocks(ENGLISH * 5, CHINESE * 5)
    assert _links(alignment) == [((i,), (i,)) for i in range(5 * len(ENGLISH))]


@given(st.lists(st.sampled_from([*ENGLISH, *CHINESE, "", "|a|b|", "```x```"]), max_size=6), st.data())
def test_every_block_is_in_one_pair_or_alone(left: list[str], data: st.DataObject) -> None:
    right = data.draw(st.lists(st.sampled_from([*ENGLISH, *CHINESE, "$$x$$", "> q"]), max_size=6))
    alignment = align_blocks(left, right)
    lefts = sorted([*alignment.left_only, *(i for pair in alignment.pairs for i in pair.left)])
    rights = sorted([*alignment.right_only, *(j for pair in alignment.pairs for j in pair.right)])
    assert lefts == list(range(len(left)))
    assert rights == list(range(len(right)))
    assert all(pair.left and pair.right and 0 <= pair.score <= 1 for pair in alignment.pairs)


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("## A", "heading"), ("A\n---", "heading"), ("1. a", "list item"), ("```py\nx\n```", "code"), ("|a|b|", "table"),
        ("> a", "quote"), ("[a]: http://b", "definition"), ("$$x$$", "formula"), ("![a](b.png)", "image"), ("a", "paragraph"),
    ],
)  # fmt: skip
def test_a_block_is_known_by_its_marks(source: str, form: str) -> None:
    assert block_of(source).form == form
