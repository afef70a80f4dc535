"""Titles that a list has twice, topics out of order, and how many topics and lectures a page says it has."""

from __future__ import annotations

import pytest

from pipeline.align.course import course_of
from pipeline.extractors.page import read_page
from pipeline.model import Finding
from pipeline.validator.base import findings

NAMES = ("行星", "彗星", "望远镜", "星系", "月球", "黑洞")
ENGLISH = ("Planets", "Comets", "Telescopes", "Galaxies", "The Moon", "Black Holes")


def found_in(*texts: str) -> list[Finding]:
    pages = [read_page(text.encode(), f"{place}.md") for place, text in enumerate(texts)]
    return list(findings(course_of("stars", "stars", pages)))


def told(*texts: str) -> list[tuple[str, str]]:
    return [(finding.name, finding.message) for finding in found_in(*texts)]


def lectures(*titles: str, label: str = "第{}讲") -> str:
    return rows(*((label.format(number), title) for number, title in enumerate(titles, 1)))


def rows(*labelled: tuple[str, str]) -> str:
    return "| 课时 | 内容 |\n|---|---|\n" + "".join(f"| {label} | {title} |\n" for label, title in labelled) + "\n"


def topics(*places: int) -> str:
    return "## 课程主题\n\n" + "".join(f"- {ENGLISH[place]}（{NAMES[place]}）\n" for place in places) + "\n"


def test_a_copied_title_is_told_at_the_second_row() -> None:
    (found,) = found_in(lectures("行星", "彗星", "望远镜", "彗星", "月球"))
    assert (found.name, found.severity, found.line) == ("duplicate-title", "warning", 6)
    assert found.message == "“第4讲” has the title of “第2讲” (line 4)"


@pytest.mark.parametrize(
    "copied",
    [
        lectures("行星", "彗星", "彗星", "月球"),  # one lecture may take two sessions
        rows(("第1.1讲", "行星"), ("第1.2讲", "彗星"), ("第2.1讲", "月球"), ("第2.2讲", "行星")),
    ],
)
def test_a_title_of_two_sessions_or_chapters_is_only_noted(copied: str) -> None:
    assert [(each.name, each.severity) for each in found_in(copied)] == [("duplicate-title", "info")]


@pytest.mark.parametrize(
    "page",
    [
        lectures("彗星（上）", "行星", "彗星（下）", "月球"),
        lectures("Comets, part 1", "Planets", "Comets, part 2", "Telescopes"),
        lectures("客座讲座", "行星", "客座讲座", "月球"),
        lectures("Guest Lecture", "Planets", "Guest lecture", "Comets"),
        lectures("彗星", "行星", "彗星", "月球", "彗星"),  # a kind of meeting
        lectures("行星", "行星", "彗星", "彗星", "月球", "月球"),  # the custom of this list
        rows(("2031年第1讲", "行星"), ("2031年第2讲", "月球"), ("2030年第1讲", "行星"), ("2030年第2讲", "星系")),
        rows(("第1讲", "行星"), ("实验1", "月球"), ("第2讲", "月球"), ("实验2", "行星"), ("第3讲", "彗星")),
        "说明：第4讲重复第2讲。\n\n" + lectures("行星", "彗星", "望远镜", "彗星"),
        "Comets are taught twice.\n\n" + lectures("Planets", "Comets", "Telescopes", "Comets"),
    ],
)
def test_parts_kinds_of_meetings_and_what_a_page_explains_are_no_copies(page: str) -> None:
    assert told(page) == []


def test_a_title_that_both_languages_have_twice_is_as_published() -> None:
    chinese, english = ("行星", "彗星", "望远镜", "彗星"), ("Planets", "Comets", "Telescopes", "Comets")
    assert told(lectures(*chinese), lectures(*english, label="Lecture {}")) == []
    alone = told(lectures(*chinese), lectures(*english[:3], "Galaxies", label="Lecture {}"))
    assert [name for name, _ in alone] == ["duplicate-title"]


def test_a_topic_that_stands_twice_is_told() -> None:
    assert told(topics(0, 1, 2, 1)) == [("duplicate-title", "topic 4 has the title of topic 2 (line 4)")]
    assert told("注：彗星讲两次，内容不同，分为两次。\n\n" + topics(0, 1, 2, 1)) == []


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (
            (0, 1, 3, 2, 4, 5),
            "topic 3 stands before topic 4, but lecture 4 (line 15) after lecture 3 (line 14)",
        ),
        (
            (1, 2, 3, 4, 0, 5),
            "topic 5 stands after topic 4, but lecture 1 (line 12) before lecture 5 (line 16)",
        ),
    ],
)
def test_a_topic_out_of_order_is_told_with_its_lecture(order: tuple[int, ...], message: str) -> None:
    assert told(topics(*order) + lectures(*NAMES)) == [("topic-order", message)]


def test_two_topics_that_have_changed_places_are_both_told() -> None:
    found = found_in(topics(4, 1, 2, 3, 0, 5) + lectures(*NAMES))
    assert [(each.name, each.source) for each in found] == [("topic-order", "The Moon"), ("topic-order", "Planets")]


@pytest.mark.parametrize("order", [(5, 4, 3, 2, 1, 0), (3, 4, 5, 0, 1, 2)])
def test_topics_in_an_order_of_their_own_are_left_alone(order: tuple[int, ...]) -> None:
    assert told(topics(*order) + lectures(*NAMES)) == []


def test_lectures_out_of_order_are_not_told_of_the_topics() -> None:
    swapped = rows(*((f"第{number}讲", NAMES[number - 1]) for number in (1, 2, 4, 3, 5, 6)))
    assert [name for name, _ in told(topics(0, 1, 2, 3, 4, 5) + swapped)] == ["number-order"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("本课程共 8 个主题：", "the page speaks of 8 topics, the list has 6 (lines 5–10)"),
        ("The course covers 5 topics:", "the page speaks of 5 topics, the list has 6 (lines 5–10)"),
        ("本课程共7讲。", "the page speaks of 7 lectures, the list has 6 (lines 14–19)"),
    ],
)
def test_a_wrong_count_of_topics_or_lectures_is_told(said: str, message: str) -> None:
    assert told(f"{said}\n\n{topics(*range(6))}{lectures(*NAMES)}") == [("range-mismatch", message)]


@pytest.mark.parametrize(
    "said",
    [
        "本课程共 6 个主题，6 讲。",
        "The course covers more than 5 topics.",
        "课程约 8 讲。",
        "作业：项目从 8 个主题中选择。",
        "In the first 4 lectures we look at the sky.",
        "未发布第6至7讲。",
    ],
)
def test_a_right_count_and_one_of_something_else_are_believed(said: str) -> None:
    assert told(f"{said}\n\n{topics(*range(6))}{lectures(*NAMES)}") == []


def test_points_below_a_topic_count_or_do_not() -> None:
    nested = "## 主题\n\n- Planets（行星）\n  - The Moon（月球）\n- Comets（彗星）\n- Galaxies（星系）\n"
    assert [told(f"本课程共 {count} 个主题：\n\n{nested}") for count in (3, 4)] == [[], []]


def test_a_part_that_a_bracket_explains_is_missed() -> None:
    page = lectures("行星 1 (轨道)", "行星 3 (卫星)", "彗星", label="第0讲").replace("第0讲", "第1讲")
    assert [message for name, message in told(page) if name == "number-gap"] == [
        "part 2 of “行星 3 (卫星)” (“第1讲”) is missing"
    ]
