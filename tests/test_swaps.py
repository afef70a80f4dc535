"""Translations that have changed places in a bilingual list."""

import doctest
from itertools import combinations

import pytest

from pipeline.align import swaps
from pipeline.align.course import course_of
from pipeline.align.swaps import swapped_rows
from pipeline.extractors.page import read_page
from pipeline.validator.base import findings

ENGLISH = [
    "Overview of Clinical Care", "Risk Stratification, Part 1", "Risk Stratification, Part 2", "Causal Inference",
    "Reinforcement Learning", "Precision Medicine", "Fairness", "Getting Things Done",
]  # fmt: skip
CHINESE = [
    "临床护理概述", "风险分层（上）", "风险分层（下）", "因果推断", "强化学习", "精准医学", "公平", "搞定",
]  # fmt: skip


def test_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(swaps).failed == 0


@pytest.mark.parametrize(("one", "other"), list(combinations(range(8), 2)))
def test_any_two_rows_that_were_swapped_are_found_and_no_other(one: int, other: int) -> None:
    chinese = [*CHINESE]
    chinese[one], chinese[other] = chinese[other], chinese[one]
    assert [swap[:2] for swap in swapped_rows(ENGLISH, chinese)] == [(one, other)]


def test_two_swaps_of_one_list_are_both_found() -> None:
    chinese = [CHINESE[place] for place in (3, 1, 2, 0, 5, 4, 6, 7)]
    assert [swap[:2] for swap in swapped_rows(ENGLISH, chinese)] == [(0, 3), (4, 5)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (ENGLISH, CHINESE),
        ([], []),
        (["Trees"], ["图"]),
        (["Exercises"] * 3, ["练习"] * 3),
        (["", "1", "2"], ["", "1", "2"]),
        (["Foozle", "Barzle"], ["噜噜", "嘟嘟"]),
        (["Trees", "Graphs", "Fairness"], ["图", "公平", "树"]),  # three in a ring are no swap of two
    ],
)
def test_lists_without_a_swap_give_none(left: list[str], right: list[str]) -> None:
    assert swapped_rows(left, right) == []


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="1 texts on the left, 2 on the right"):
        swapped_rows(["Trees"], ["树", "图"])


def test_the_finding_names_both_labels_their_better_partners_and_why() -> None:
    rows = "".join(f"- {english}（**{chinese}**）\n" for english, chinese in zip(ENGLISH, CHINESE, strict=True))
    swapped = rows.replace("强化学习", "~").replace("公平", "强化学习").replace("~", "公平")
    pages = [read_page(f"# Topics\n\n课程覆盖以下主题：\n\n{swapped}".encode(), "x/zh.md")]
    (found,) = (each for each in findings(course_of("x", "x", pages)) if each.name == "labels-swapped")
    assert (found.line, found.source, found.target) == (9, "Reinforcement Learning", "公平")
    assert found.message == (
        "topic 5 and topic 7 (line 11) have each other's translation: “Reinforcement Learning” goes with “强化学习” "
        "(强化学习=reinforcement learning); “Fairness” goes with “公平” (公平=fairness)"
    )
