"""A course put together: its rows, the translations its own pages give, and its pins."""

from __future__ import annotations

import random

import pytest
from courses import MIT, TOPICS, course_from, mit_course, rows_of

from pipeline.align.course import Course, PinKey, Pins, course_of
from pipeline.align.lists import align_lists
from pipeline.align.prefill import prefills

TOPIC_OF = {
    2: 1, 3: 2, 4: 3, 5: 3, 6: 4, 7: 5, 8: 5, 9: 6, 10: 7, 11: 8, 12: 9, 13: 10,
    14: 11, 15: 11, 16: 12, 17: 12, 18: 13, 19: 13, 20: 14, 21: 15,
}  # fmt: skip

"""Lecture → topic, in numbers as printed; lectures 1, 22, 23, 24 and 25 have none."""


@pytest.fixture
def course() -> Course:
    return mit_course()


def test_every_lecture_has_its_topic_and_five_have_none(course: Course) -> None:
    assert {row.number: row.topic.number for row in course.rows if row.topic} == TOPIC_OF


def test_every_chinese_title_has_its_english_one(course: Course) -> None:
    assert [(row.zh and row.zh.number, row.en and row.en.number) for row in course.rows] == [
        (n, n) for n in range(1, 26)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_titles_find_each_other_when_one_list_is_shuffled(course: Course, seed: int) -> None:
    zh = [row.zh.texts["zh"] for row in course.rows if row.zh]
    en = [row.en.texts["en"] for row in course.rows if row.en]
    order = list(range(25))
    random.Random(seed).shuffle(order)
    for left, right in ((zh, en), (en, zh)):
        pairs = align_lists(left, [right[place] for place in order]).pairs
        assert {pair.left: order[pair.right] for pair in pairs} == {n: n for n in range(25)}


def test_topics_and_titles_prefill_the_catalogs_with_their_origin(course: Course) -> None:
    found = prefills(course)
    chinese, english = found[f"{MIT}/course.zh.md"], found[f"{MIT}/lectures.en.md"]
    topic = chinese[None, "Risk Stratification（**风险分层**）"]
    assert (topic.text, topic.fuzzy, topic.note) == ("Risk Stratification", False, "from the English half of this text")
    assert sum("（**" in msgid for _, msgid in chinese) == 15
    title = chinese[None, "风险分层，第 2 部分"]
    assert title.text == "Risk Stratification, Part 2"
    assert title.note.startswith(f"from {MIT}/lectures.en.md:19: certain (")
    assert chinese[None, "第5讲"].text == "Lecture 5"
    assert english[None, "Risk Stratification, Part 2"].text == "风险分层，第 2 部分"
    assert sum(row.zh is not None and (None, row.zh.texts["zh"]) in chinese for row in course.rows) == 25


def test_a_pair_that_is_not_certain_is_fuzzy(course: Course) -> None:
    for row in course.rows:
        if row.zh and row.titles:
            prefill = prefills(course)[f"{MIT}/course.zh.md"][None, row.zh.texts["zh"]]
            assert prefill.fuzzy is (row.titles.tier != "accept")


def test_a_half_that_could_not_stand_in_its_page_fills_nothing() -> None:
    page = (
        "- Regression（回归）\n- Trees（**树**）\n- [Forests](f.md)（森林）\n- 区域（`eu-west`）、地区（`us-east`）\n"
    )
    course = course_from(page + "\n这是一个中文页面，内容是机器学习。\n")
    assert {prefill.text for prefill in prefills(course)["x/0.md"].values()} == {"Regression", "Trees"}


def test_a_pin_wins_over_what_is_computed(course: Course) -> None:
    pinned = course_of("mit", MIT, course.pages, Pins(topics=((1, 1), (2, 0))))
    topics = {row.number: row.topic.number for row in pinned.rows if row.topic}
    assert topics == {**{number: topic for number, topic in TOPIC_OF.items() if number != 2}, 1: 1}


def test_a_pin_may_name_titles_in_either_language(course: Course) -> None:
    pinned = course_of("mit", MIT, course.pages, Pins(topics=(("可解释性", "precision medicine"), ("精准医学", 0))))
    assert {row.number: row.topic.number for row in pinned.rows if row.topic} == {**without(TOPIC_OF, 20), 25: 14}


def without(topics: dict[int, int], lecture: int) -> dict[int, int]:
    return {number: topic for number, topic in topics.items() if number != lecture}


def test_a_topic_keeps_the_lectures_that_are_surely_its_beside_a_pinned_one(course: Course) -> None:
    pinned = course_of("mit", MIT, course.pages, Pins(topics=((1, 3),)))
    assert {row.number: row.topic.number for row in pinned.rows if row.topic} == {**TOPIC_OF, 1: 3}
    emptied = course_of("mit", MIT, course.pages, Pins(topics=((0, 3), (1, 3))))
    assert [row.number for row in emptied.rows if row.topic and row.topic.number == 3] == [1]


@pytest.mark.parametrize("pin", [(2, 99), (99, 2), ("Alchemy", 2), (2, "Alchemy"), (0, 99)])
def test_a_pin_of_which_a_side_is_not_there_changes_nothing(course: Course, pin: tuple[PinKey, PinKey]) -> None:
    assert course_of(course.name, MIT, course.pages, Pins(topics=(pin,))).rows == course.rows


def test_a_pinned_number_is_that_of_all_its_parts() -> None:
    page = course_from(TOPICS + rows_of("第1.1讲|回归", "第1.2讲|树木", "第2讲|聚类")).pages
    pinned = course_of("x", "x", page, Pins(topics=((1, 2),)))
    assert [row.topic and row.topic.number for row in pinned.rows] == [2, 2, 3]
