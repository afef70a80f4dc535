"""How lectures are numbered and claimed: what is missing, doubled or out of turn, and what a page explains itself."""

from __future__ import annotations

import pytest

from pipeline.align.course import course_of
from pipeline.extractors.absences import absent_numbers
from pipeline.extractors.page import read_page
from pipeline.model import Finding
from pipeline.text.lexicon import shared_lexicon
from pipeline.validator.base import findings
from pipeline.validator.label_words import unexplained

WORDS = ("行星", "彗星", "望远镜", "星系", "月球", "黑洞", "脉冲星", "流星", "星云", "日食", "潮汐", "轨道")


def table(*labels: str, names: tuple[str, ...] = WORDS) -> str:
    rows = "".join(f"| {label} | {name} |\n" for label, name in zip(labels, names, strict=False))
    return f"\n| 课时 | 内容 |\n|---|---|\n{rows}\n"


def found_in(*texts: str) -> list[Finding]:
    pages = [read_page(text.encode(), f"{place}.md") for place, text in enumerate(texts)]
    return list(findings(course_of("stars", "stars", pages)))


def told(*texts: str) -> list[tuple[str, str]]:
    return [(finding.name, finding.message) for finding in found_in(*texts)]


def numbered(*numbers: object) -> str:
    return table(*(f"第{number}讲" for number in numbers))


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((1, 2, 3, 4, 5, 8, 9, 10), "lectures 6–7 are missing between “第5讲” (line 8) and “第8讲”"),
        ((2, 3, 4, 5), "lecture 1 is missing before “第2讲”"),
        (("1.1", "1.2", "1.4", "2.1", "2.2"), "lecture 1.3 is missing between “第1.2讲” (line 5) and “第1.4讲”"),
        (("1A", "1C", "2A", "2B"), "lecture 1.2 is missing between “第1A讲” (line 4) and “第1C讲”"),
    ],
)
def test_a_missing_number_is_told_with_its_neighbours(numbers: tuple[object, ...], message: str) -> None:
    assert told(numbered(*numbers)) == [("number-gap", message)]


@pytest.mark.parametrize(
    "explanation",
    [
        "说明：L6、L7是break。",
        "官方未发布第6至7讲。",
        "Note: lectures 6 and 7 were not recorded.",
        "第6、7讲放假，没有视频。",
        "- Lecture 6–7: cancelled",
    ],
)
def test_a_page_that_explains_its_gap_is_believed(explanation: str) -> None:
    assert told(f"{explanation}\n{numbered(1, 2, 3, 4, 5, 8, 9, 10)}") == []


def test_another_number_than_the_one_explained_is_still_missing() -> None:
    ((name, message),) = told(f"说明：L6是break。\n{numbered(1, 2, 3, 4, 5, 8, 9, 10)}")
    assert (name, message.split(" between")[0]) == ("number-gap", "lecture 7 is missing")


def test_a_row_without_a_title_is_told_at_its_own_line() -> None:
    (found,) = found_in(table("第1讲", "第2讲", "第3讲", "第4讲", names=("行星", "彗星", "", "星系")))
    assert (found.line, found.message) == (6, "lecture 3 has a row, but no title")


@pytest.mark.parametrize(
    "numbers",
    [
        (0, 1, 2, 3),
        (0, 0, 1, 1, 2, 2),
        ("1.0", "1.1", "2.0", "2.1.1", "2.1.2", "2.2"),
        (1, 2, 3, 1, 2, 3),
    ],
)
def test_other_ways_to_number_are_no_faults(numbers: tuple[object, ...]) -> None:
    assert told(numbered(*numbers)) == []


def test_each_year_is_numbered_anew_and_laboratories_apart() -> None:
    assert told(table("2031年第1讲", "2031年第2讲", "2031年第3讲", "2030年第1讲", "2030年第2讲", "2030年第3讲")) == []
    assert told(table("第1讲", "实验1", "第2讲", "实验2", "第3讲", "实验3", "第4讲")) == []


def test_a_list_that_lacks_many_numbers_is_only_noted() -> None:
    (found,) = found_in(numbered(1, 3, 5, 7, 9, 11))
    assert (found.severity, found.line) == ("info", 4)
    assert found.message == "5 numbers are missing among the 6 lectures from here on: 2, 4, 6, 8, 10"


def test_two_lectures_with_one_number_are_told_with_the_number_that_is_due() -> None:
    ((name, message),) = told(numbered(1, 2, 2, 4, 5, 6))
    assert (name, message) == (
        "duplicate-number",
        "“第2讲” is also the number of “彗星” in line 5; 3 is due here and missing",
    )


def test_rows_out_of_turn_are_told() -> None:
    assert [name for name, _ in told(numbered(1, 2, 4, 3, 5, 6))] == ["number-order"]
    assert [name for name, _ in told(numbered(5, 2, 3, 4, 1, 6))] == ["number-order", "number-order"]
    ((name, message),) = told(numbered(1, 2, 13, 4, 5, 6, 7, 8, 9))[-1:]
    assert name == "number-order"
    assert message.endswith("; 3 is due here and missing")


def test_a_part_between_two_others_is_missing() -> None:
    names = ("行星（1）", "行星（3）", "彗星", "星系 II")
    ((name, message),) = told(table("第1讲", "第2讲", "第3讲", "第4讲", names=names))
    assert (name, message) == ("number-gap", "part 2 of “行星（3）” (“第2讲”) is missing")


@pytest.mark.parametrize(
    ("claim", "messages"),
    [
        ("课件。Lecture 1~6。", []),
        ("课件。Lecture 1~5。", ["the slides are said to cover lectures 1–5, the list goes to 6 (lines 6–11)"]),
        ("课件。Lecture 3~6。", ["the slides are said to cover lectures 3–6, the list begins with 1 (lines 6–11)"]),
        ("课件。Lecture 1~8（官方未发布第7和8讲的课件）。", []),
        ("课件。Lecture 1~5（说明：第6讲没有课件）。", []),
        ("笔记。Lecture 1~4（说明：第6讲没有）。", ["the notes are said to cover lectures 1–4, the list goes to 6 (lines 6–11)"]),
        ("课件。Lecture 1~5（说明：已是全部资料）。", []),
        ("视频。共7讲。", ["the videos are said to cover 7 lectures, the list has 6 (lines 6–11)"]),
        ("课件。Lecture 1~76。", []),
    ],
)  # fmt: skip
def test_claims_are_held_against_the_list(claim: str, messages: list[str]) -> None:
    found = found_in(f"- {claim}\n\n{numbered(1, 2, 3, 4, 5, 6)}")
    assert [finding.message for finding in found] == messages
    assert {finding.severity for finding in found} <= {"info" if "说明" in claim else "warning"}


def test_ranges_that_follow_each_other_are_one_claim() -> None:
    assert told(f"- 课件。Lecture 1~3。\n- 课件。Lecture 4~6。\n{numbered(1, 2, 3, 4, 5, 6)}") == []


def test_claims_of_laboratories_are_held_against_those_among_the_lectures() -> None:
    rows = table("第1讲", "实验1", "第2讲", "实验2", "第3讲", "实验3")
    assert told(f"- 代码。Lab 1~3。\n{rows}") == []
    ((name, message),) = told(f"- 代码。Lab 1~4。\n{rows}")
    assert (name, message.split(" (")[0]) == (
        "range-mismatch",
        "the code is said to cover labs 1–4, the list goes to 3",
    )


def test_a_lecture_of_several_rows_has_its_topic_in_one_of_them() -> None:
    topics = "## 课程主题\n\n- Planets（行星）\n- Comets（彗星）\n- Telescopes（望远镜）\n- Galaxies（星系）\n"
    names = ("行星", "内侧的", "彗星", "长周期", "望远镜", "镜面", "星系", "旋臂")
    rows = table(*(f"第{number}讲" for number in ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2")), names=names)
    assert told(topics + rows) == []
    ((name, message),) = told(topics.replace("- Galaxies（星系）\n", "") + rows)
    assert (name, message) == (
        "lecture-without-topic",
        "lecture 4 in its 2 rows has none of the 3 topics in lines 3–5; the nearest is topic 1, “行星”, 50 % alike",
    )


def test_a_laboratory_among_the_lectures_is_called_by_its_label() -> None:
    topics = "## 课程主题\n\n- Planets（行星）\n- Comets（彗星）\n- Telescopes（射电望远镜的使用）\n"
    rows = table("第1讲", "第2讲", "实验1", "第3讲", names=("行星", "彗星", "射电望远镜之使用", "期末考试"))
    ((name, message),) = told(topics + rows)
    assert (name, message.split(" (line")[0]) == ("wording-drift", "“实验1” and topic 3")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [("Neural Networks", "神经网络"), ("RL", "强化学习"), ("Zorbification", "行星"), ("CNN", "CNN 简介")],
)
def test_labels_that_may_agree_are_left_alone(english: str, chinese: str) -> None:
    assert unexplained(english, chinese, shared_lexicon()) is None


@pytest.mark.parametrize(("english", "chinese"), [("Telescopes", "彗星"), ("Machine Language", "机器学习")])
def test_halves_of_a_label_that_say_different_things_are_noted_with_what_they_mean(english: str, chinese: str) -> None:
    (found,) = found_in(f"## Topics\n\n- Planets（行星）\n- Moon（月球）\n- {english}（{chinese}）\n")
    assert (found.name, found.severity, found.line) == ("label-disagrees", "info", 5)
    assert found.message.startswith("nothing in the Chinese says ")
    assert (found.source, found.target) == (english, chinese)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("覆盖Lecture 1~21全部章节", []),
        ("Lecture 1~16（官方未发布第14章）", [14]),
        ("There is no lecture 5. Lecture 6 is long.", [5]),
        ("Lecture 5 was not held. Lecture 6 is long.", [5]),
    ],
)
def test_only_the_clause_that_denies_says_what_is_absent(text: str, numbers: list[int]) -> None:
    assert list(absent_numbers(text)) == numbers
