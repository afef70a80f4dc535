"""The lists of pages and text files, put side by side with the places of their titles."""

from __future__ import annotations

import pytest

from pipeline.align.course import Pins
from pipeline.align.listed import TitleList, lecture_list, lectures_and_topics, line_list, paired_lists
from pipeline.extractors.outline import outline
from pipeline.extractors.page import read_page
from pipeline.model import Outline, PipelineError

ENGLISH = "# Course\n\n| Lecture | Title |\n| --- | --- |\n" + "".join(
    f"| Lecture {number} | {title} |\n"
    for number, title in enumerate(("Causal Inference", "Reinforcement Learning", "Fairness"), 1)
)
CHINESE = "# 课程\n\n## 主题\n\n- 强化学习\n- 因果推断\n- 数据库\n\n## 讲座\n\n" + "".join(
    f"- 第{number}讲 {title}\n" for number, title in enumerate(("因果推断", "强化学习", "公平"), 1)
)
BOTH = "# Topics\n\nThe topics:\n\n- Causal Inference（因果推断）\n- Fairness（公平）\n- Reinforcement Learning（强化学习）\n"


def outline_of(text: str) -> Outline:
    return outline(read_page(text.encode(), "page.md"))


def said(titles: TitleList, language: str) -> list[str]:
    return [each.text for each in titles.said_in(language)]


def test_the_lectures_of_a_page_are_its_list_and_without_lectures_its_topics() -> None:
    assert [(each.index, each.line) for each in lecture_list(outline_of(ENGLISH)).said_in("en")] == [
        (0, 5),
        (1, 6),
        (2, 7),
    ]
    topics = lecture_list(outline_of(BOTH))
    assert (topics.what, sorted(topics.languages())) == ("topic", ["en", "zh"])
    assert said(topics, "zh") == ["因果推断", "公平", "强化学习"]


def test_a_page_without_a_list_is_told() -> None:
    with pytest.raises(PipelineError, match=r"page\.md: no list of lectures or topics is found \(bilect outline"):
        lecture_list(outline_of("# A page\n\nText.\n"))
    with pytest.raises(PipelineError, match="no list of topics is found"):
        lectures_and_topics(outline_of(ENGLISH))


def test_a_text_lists_its_lines_and_blank_ones_count_as_lines() -> None:
    titles = line_list("\r\nCausal Inference \r\n\r\n  公平\n", "x.txt")
    assert [(each.index, each.text, each.line) for each in titles.said_in("zh")] == [
        (0, "Causal Inference", 2),
        (1, "公平", 4),
    ]
    with pytest.raises(PipelineError, match=r"x\.txt: has no title \(write one title a line\)"):
        line_list(" \n", "x.txt")


@pytest.mark.parametrize(
    ("left", "right", "first"),
    [
        (CHINESE, ENGLISH, ("因果推断", "Causal Inference")),
        (BOTH, ENGLISH, ("因果推断", "Causal Inference")),
        (ENGLISH, BOTH, ("Causal Inference", "因果推断")),
        (BOTH, CHINESE, ("Causal Inference", "因果推断")),
        (ENGLISH, ENGLISH, ("Causal Inference", "Causal Inference")),
        (BOTH, BOTH, ("因果推断", "因果推断")),
    ],
    ids=["zh-en", "both-en", "en-both", "both-zh", "en-en", "both-both"],
)
def test_two_pages_are_compared_in_the_languages_that_complete_each_other(
    left: str, right: str, first: tuple[str, str]
) -> None:
    lists = paired_lists(lecture_list(outline_of(left)), lecture_list(outline_of(right)))
    assert (lists.left[0].text, lists.right[0].text) == first
    assert (lists.alignment.pairs[0].left, lists.alignment.pairs[0].right) == (0, 0)


def test_the_lectures_of_a_page_are_put_beside_its_own_topics() -> None:
    lists = lectures_and_topics(outline_of(CHINESE))
    assert (lists.left_name, lists.right_name) == ("lecture", "topic")
    assert [(row.left and row.left.text, row.right and row.right.text) for row in lists.rows()] == [
        ("因果推断", "因果推断"),
        ("强化学习", "强化学习"),
        ("公平", None),
        (None, "数据库"),
    ]


def test_a_pin_of_the_course_decides() -> None:
    lists = lectures_and_topics(outline_of(CHINESE), Pins(((3, 3),)))
    assert [(pair.left, pair.right) for pair in lists.alignment.pairs] == [(0, 1), (1, 0), (2, 2)]
