"""Rules on courses: mismatches between the lists of pages, and pins that name nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from courses import MIT, TOPICS, course_from, mit_course, rows_of

from pipeline.align.course import Course
from pipeline.align.coursetable import table_of
from pipeline.exporters.tables import as_csv
from pipeline.model import Finding
from pipeline.validator.base import findings, rules
from pipeline.validator.pins import Pin, PinnedCourse

STALE = [
    (Pin(("lecture", "topic"), 2, 99, 5), "the pin topic = 99 names none of the 15 topics"),
    (Pin(("lecture", "topic"), "可解释", 0, 5), "the pin lecture = '可解释' names none of the 25 lectures"),
    (Pin(("en", "zh"), 30, 2, 5), "the pin en = 30 names none of the 25 English lectures"),
]


@pytest.fixture
def course() -> Course:
    return mit_course()


@pytest.mark.parametrize(("pin", "said"), STALE)
def test_a_stale_pin_is_found_with_a_way_out(course: Course, pin: Pin, said: str) -> None:
    (found,) = findings(PinnedCourse(course, pin, f"{MIT}/course.toml"))
    assert (found.code, found.path, found.line, found.message) == ("X102", f"{MIT}/course.toml", 5, said)
    assert found.fix in {
        "the numbers go from 1 to 15; correct or remove this [[pin]]",
        "did you mean '可解释性'?",
        "the numbers go from 1 to 25; correct or remove this [[pin]]",
    }


def test_a_pin_that_names_what_is_there_is_no_finding(course: Course) -> None:
    for pin in (
        Pin(("lecture", "topic"), 2, 0),
        Pin(("lecture", "topic"), "公平", "Causal Inference"),
        Pin(("en", "zh"), 3, 4),
    ):
        assert list(findings(PinnedCourse(course, pin, "course.toml"))) == []


def test_a_pin_of_a_course_without_such_lists_is_stale() -> None:
    (found,) = findings(PinnedCourse(course_from("# Text\n"), Pin(("en", "zh"), 1, 1, 3), "course.toml"))
    assert (found.line, found.message) == (3, "no two pages list the lectures for this pin")


def found_in(course: Course, name: str) -> list[Finding]:
    return [finding for finding in findings(course) if finding.name == name]


def test_the_five_lectures_without_topic_are_found(course: Course) -> None:
    found = found_in(course, "lecture-without-topic")
    assert [finding.line for finding in found] == [139, 202, 205, 208, 211]
    assert (found[0].target, found[0].source) == ("是什么让医疗保健与众不同？", "What Makes Healthcare Unique?")
    assert found_in(course, "topic-without-lecture") == []


def test_the_wording_of_topic_6_and_lecture_9_is_found(course: Course) -> None:
    (found,) = found_in(course, "wording-drift")
    assert (found.line, found.source, found.target) == (163, "将技术转化到临床", "将技术转化为临床")
    assert "“到” and “为”" in found.message


def test_the_spacing_of_topics_5_and_10_and_lectures_7_8_and_13_is_found(course: Course) -> None:
    found = found_in(course, "spacing-drift")
    assert [finding.line for finding in found] == [157, 160, 175]
    assert [finding.message.split(" have ")[0] for finding in found] == [
        "lecture 7 and topic 5 (line 65)", "lecture 8 and topic 5 (line 65)", "lecture 13 and topic 10 (line 70)",
    ]  # fmt: skip


def test_notes_for_24_of_25_lectures_are_found(course: Course) -> None:
    (found,) = found_in(course, "range-mismatch")
    assert (found.path, found.line) == (f"{MIT}/course.zh.md", 107)
    assert "notes are said to cover lectures 1–24, the list goes to 25" in found.message


def test_the_topic_whose_languages_disagree_is_found(course: Course) -> None:
    (found,) = found_in(course, "label-disagrees")
    assert (found.line, found.source, found.target) == (
        67,
        "Machine Learning for Cardiology",
        "机器学习在心脏成像中的应用",
    )


def test_the_course_codes_of_the_two_pages_are_found(course: Course) -> None:
    (found,) = found_in(course, "course-code-mismatch")
    assert found.path == f"{MIT}/course.zh.md"
    assert "6.S897" in found.message
    assert "6.7930[J] / HST.956[J]" in found.message


def lectures(*titles: str, claim: str = "") -> str:
    rows = "".join(f"| 第{number}讲 | {title} |\n" for number, title in enumerate(titles, 1))
    return f"{TOPICS}## Lectures\n\n{claim}| 编号 | 内容 |\n|---|---|\n{rows}"


ENGLISH = "| No. | Title |\n|---|---|\n| Lecture 1 | Regression |\n| Lecture 2 | {} |\n| Lecture 3 | Clustering |\n"

WORDS = ("树的高度", "图的着色", "流与割", "排序算法", "散列表", "近似算法", "随机算法", "字符串")


def numbered(*labels: str) -> str:
    return rows_of(*map("|".join, zip(labels, WORDS, strict=False)))


ORDERED = "## Topics\n\n- Regression（回归）\n- Classification（分类）\n- Clustering（聚类）\n- Fairness（公平）\n"

ROWS = tuple(f"第{number}讲|{title}" for number, title in enumerate(("回归", "分类", "聚类", "公平"), 1))


def english(*titles: str) -> str:
    return "".join(f"## Lecture {number}: {title}\n\n" for number, title in enumerate(titles, 1))


# name: (pages that fire, pages beside them that stay silent)
FIXTURES: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "lecture-without-topic": ([lectures("回归", "分类", "聚类", "公平")], [lectures("回归", "分类", "聚类")]),
    "topic-without-lecture": (
        [lectures("回归", "分类", "公平")],
        [lectures("回归，第 1 部分", "回归，第 2 部分", "分类", "聚类")],
    ),
    "wording-drift": (
        [lectures("回归", "分类", "聚类").replace("分类）", "模型的分类方法）").replace("| 分类 |", "| 模型之分类方法 |")],
        [lectures("回归", "分类（上）", "聚类")],
    ),
    "spacing-drift": (
        [lectures("回归", "分类 K 类", "聚类").replace("分类）", "分类K类）")],
        [lectures("回归", "分类", "聚类")],
    ),
    "range-mismatch": (
        [lectures("回归", "分类", "聚类", claim="- **笔记**。覆盖Lecture 1~2。\n\n")],
        [lectures("回归", "分类", "聚类", claim="- **笔记**。Lecture 1~2（说明：未发布第3讲）。\n- **课件**。Lecture 1~3。\n\n")],
    ),
    "labels-swapped": (
        [TOPICS.replace("回归", "~").replace("聚类", "回归").replace("~", "聚类")],
        [TOPICS],
    ),
    "label-disagrees": (
        [lectures("回归", "分类", "聚类").replace("Classification", "Sorting algorithms"), ENGLISH.format("Classification")],
        [lectures("回归", "分类", "聚类"), ENGLISH.format("Classification")],
    ),
    "duplicate-title": (
        [lectures("回归", "分类", "聚类", "分类")],
        ["说明：第4讲重复第2讲。\n\n" + lectures("回归", "分类", "聚类", "分类")],
    ),
    "topic-order": (
        [ORDERED.replace("- Regression（回归）\n", "") + "- Regression（回归）\n\n" + rows_of(*ROWS)],
        [ORDERED + "\n" + rows_of(*ROWS)],
    ),
    "number-gap": (
        [numbered("第1讲", "第2讲", "第5讲", "第6讲", "第7讲", "第8讲")],
        ["说明：L3、L4是break。\n\n" + numbered("第1讲", "第2讲", "第5讲", "第6讲", "第7讲", "第8讲")],
    ),
    "duplicate-number": ([numbered("第1讲", "第2讲", "第2讲", "第4讲")], [numbered("第1讲", "第1讲", "第2讲", "第2讲")]),
    "number-order": ([numbered("第1讲", "第3讲", "第2讲", "第4讲")], [numbered("第1讲", "第2讲", "第1讲", "第2讲")]),
    "source-variant": (
        [english("Regression", "Sorting", "Clustering", "Flows"), english("Regression", "Quick orders", "Clustering", "Flows")],
        [english("Regression", "Sorting", "Clustering"), english("Planets", "Comets", "Clustering")],
    ),
    "course-code-mismatch": (["# CS229 Learning\n", "# CS231n Vision\n"], ["# CS229 Learning\n", "# Notes on CS229\n"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FIXTURES)
def test_each_rule_fires_on_its_fixture_and_is_silent_on_the_neighbour(name: str) -> None:
    fires, silent = FIXTURES[name]
    assert name in {finding.name for finding in findings(course_from(*fires))}
    assert [finding.name for finding in findings(course_from(*silent))] == []


def test_every_rule_on_courses_has_a_fixture() -> None:
    assert {each.name for each in rules() if each.subject is Course} == set(FIXTURES)


def test_a_list_of_topics_that_only_sums_up_promises_nothing() -> None:
    summary = "## It covers\n\n- What is learning?\n- Careers\n- Papers\n\n"
    lessons = "".join(
        f"## {number}. {title}\n\n" for number, title in enumerate(("Overview", "Networks", "Ethics", "Data"), 1)
    )
    assert list(findings(course_from(summary + lessons))) == []


@pytest.mark.parametrize(
    "rows",
    [
        ("第1讲|课程介绍", "第2讲|回归", "第3讲|分类", "第4讲|聚类"),  # no list of topics announces the introduction
        ("第1讲|回归与分类", "第2讲|聚类", "第3讲|聚类，第 2 部分"),  # a lecture that names two topics
        ("第1讲|回归", "第2讲|分类", "第3讲|聚类", "第4讲|再论多元线性回归"),  # goes on with a topic
        ("第1.1讲|回归", "第1.2讲|分类", "实验1|聚类", "第2讲|聚类"),
    ],
)
def test_introductions_joint_lectures_and_laboratories_are_believed(rows: tuple[str, ...]) -> None:
    claim = f"## 资料\n\n- 课件。Lecture 1~{2 if '实验1' in str(rows) else len(rows)}。\n\n"
    assert [
        finding.name for finding in findings(course_from(TOPICS.replace("回归", "线性回归") + claim + rows_of(*rows)))
    ] == []


def test_a_claim_that_counts_other_things_than_the_list_is_believed() -> None:
    videos = rows_of(*(f"第{number}讲|第{number}个视频的内容" for number in range(1, 31)))
    assert list(findings(course_from(f"- 课件。Lecture 1~8。\n\n{videos}"))) == []
    assert [finding.name for finding in findings(course_from(f"- 课件。Lecture 1~28。\n\n{videos}"))] == [
        "range-mismatch"
    ]


def test_pages_of_several_courses_in_one_folder_are_not_compared() -> None:
    pages = [f"# CS{number} {subject}\n" for number, subject in ((101, "Trees"), (102, "Graphs"), (103, "Flows"))]
    assert list(findings(course_from(*pages))) == []
    chinese = "# CS201 树\n\n" + rows_of("第1讲|回归", "第2讲|分类", "第3讲|聚类")
    several = course_from(chinese, "# CS202 Sorting\n\n" + ENGLISH.format("Sorting algorithms"), *pages)
    assert several.zh
    assert all(row.en is None for row in several.rows)


def test_a_title_without_chinese_in_a_chinese_list_stays_in_the_table() -> None:
    course = course_from(rows_of("第1讲|回归", "第2讲|AlexNet", "第3讲|聚类"))
    assert [(row["zh"], row["en"]) for row in csv.DictReader(io.StringIO(as_csv(table_of(course))))][1] == (
        "",
        "AlexNet",
    )
    assert list(findings(course)) == []
