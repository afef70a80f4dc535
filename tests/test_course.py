"""A course put together: its lecture table, the translations its own pages give, and the mismatches between its lists."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Sequence

import pytest
from golden import ROOT

from pipeline.align.course import Course, PinKey, Pins, course_of
from pipeline.align.coursetable import CourseTable, SubtitleFile, table_of
from pipeline.align.lists import align_lists
from pipeline.align.prefill import prefills
from pipeline.exporters.base import Material
from pipeline.exporters.tables import COLUMNS, as_csv, as_json, as_markdown, lecture_table
from pipeline.extractors.page import read_page
from pipeline.model import Finding, Page
from pipeline.validator.base import findings, rules
from pipeline.validator.pins import Pin, PinnedCourse

MIT = "source_docs/mit-ml-for-healthcare"
TOPIC_OF = {
    2: 1, 3: 2, 4: 3, 5: 3, 6: 4, 7: 5, 8: 5, 9: 6, 10: 7, 11: 8, 12: 9, 13: 10,
    14: 11, 15: 11, 16: 12, 17: 12, 18: 13, 19: 13, 20: 14, 21: 15,
}  # fmt: skip
"""Lecture → topic, in numbers as printed; lectures 1, 22, 23, 24 and 25 have none."""


def page_at(path: str) -> Page:
    return read_page((ROOT / path).read_bytes(), path)


@pytest.fixture(scope="module")
def course() -> Course:
    return course_of(
        "mit-ml-for-healthcare",
        MIT,
        map(page_at, [f"{MIT}/{name}" for name in ("catalog.en.md", "course.zh.md", "lectures.en.md")]),
    )


def course_from(*texts: str) -> Course:
    return course_of("x", "x", [read_page(text.encode(), f"x/{number}.md") for number, text in enumerate(texts)])


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


def test_the_lecture_table_says_for_each_lecture_all_there_is(course: Course) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(table_of(course)))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 25
    fifth = rows[4]
    assert (fifth["number"], fifth["zh"], fifth["en"]) == ("5", "风险分层，第 2 部分", "Risk Stratification, Part 2")
    assert (fifth["topic"], fifth["topic_zh"], fifth["topic_en"]) == ("3", "风险分层", "Risk Stratification")
    assert 0 < float(fifth["score"]) <= 1
    assert fifth["tier"] in {"accept", "review"}
    assert fifth["evidence"]
    assert fifth["topic_evidence"]
    assert (rows[0]["topic"], rows[0]["topic_tier"]) == ("", "none")


def test_the_table_says_the_same_in_all_three_forms(course: Course) -> None:
    table = table_of(course)
    from_csv = [(row["number"], row["zh"], row["en"]) for row in csv.DictReader(io.StringIO(as_csv(table)))]
    from_json = [
        (str(row["number"]), row["texts"]["zh"], row["texts"]["en"]) for row in json.loads(as_json(table))["lectures"]
    ]
    from_markdown = [tuple(line.split(" | ")[:3]) for line in as_markdown(table).splitlines()[2:27]]
    assert from_csv == from_json
    assert from_csv == [(number.removeprefix("| "), zh, en) for number, zh, en in from_markdown]


def test_the_table_says_what_material_there_is_and_what_is_missing(course: Course) -> None:
    table = table_of(course)
    assert {row.materials for row in table.rows[:24]} == {("slides", "notes")}
    assert [(row.lecture.number, row.missing) for row in table.rows if row.lecture and row.missing] == [
        (1, ("topic",)), (22, ("topic",)), (23, ("topic",)), (24, ("topic",)), (25, ("topic", "notes")),
    ]  # fmt: skip
    assert [(claim.kind, claim.last or claim.count) for claim in table.claims] == [("exercises", 9), ("readings", 19)]
    assert [video.url for video in table.videos] == ["https://www.bilibili.com/video/BV1SL411x7vf"]


NAMES = {
    "lecture-05": 5, "L12": 12, "07 nlp": 7, "notes/MIT6_S897_lec20": 20, "第9讲-将技术转化为临床": 9, "可解释性": 25,
    "overview_of_clinical_care": 2, "Risk Stratification, Part 1": 4, "99-fairness": 23, "talk": None, "100": None,
}  # fmt: skip


def with_subtitles(course: Course, *names: str) -> CourseTable:
    files = [SubtitleFile(f"{name}.{key}.srt", name, key) for name in names for key in ("en", "zh")]
    return table_of(course, files)


def test_subtitle_files_find_their_lectures_by_title_or_number(course: Course) -> None:
    table = with_subtitles(course, *NAMES)
    found = {
        path[:-7]: row.lecture and row.lecture.number for row in table.rows for path in row.subtitles.get("en", ())
    }
    assert found == NAMES
    assert table.rows[4].subtitles == {"en": ("lecture-05.en.srt",), "zh": ("lecture-05.zh.srt",)}
    assert [row.missing for row in table.rows[25:]] == [("lecture",), ("lecture",)]


def test_a_talk_in_one_language_lacks_the_other(course: Course) -> None:
    table = table_of(course, [SubtitleFile("lecture-05.en.srt", "lecture-05", "en")])
    assert table.rows[4].missing == ("subtitles zh",)
    assert table.rows[5].missing == ("subtitles en", "subtitles zh")


def test_what_is_accepted_is_not_missing(course: Course) -> None:
    accepted = {
        ("lecture-without-topic", f"{MIT}/course.zh.md", 139): "an introduction",
        ("range-mismatch", f"{MIT}/course.zh.md", 107): "not written",
    }
    rows = table_of(course, (), accepted).rows
    assert [(row.missing, row.accepted) for row in (rows[0], rows[24])] == [
        ((), ("topic: an introduction",)),
        (("topic",), ("notes: not written",)),
    ]


@pytest.mark.parametrize(
    ("claim", "titles", "missing"),
    [
        ("课件。Lecture 1~3。", ("回归", "分类", "AlexNet", "聚类"), [(4, ("slides",))]),
        ("课件。Lecture 1~3（说明：未发布第4讲）。", ("回归", "分类", "AlexNet", "聚类"), []),
        ("课件。Lecture 1~3。", tuple(f"第{number}个视频的内容" for number in range(1, 9)), []),  # counts other things
    ],
)
def test_what_a_page_explains_or_does_not_speak_of_is_not_missing(
    claim: str, titles: Sequence[str], missing: Sequence[tuple[int, Sequence[str]]]
) -> None:
    rows = rows_of(*(f"第{number}讲|{title}" for number, title in enumerate(titles, 1)))
    table = table_of(course_from(f"## 资料\n\n- {claim}\n\n{rows}"))
    assert [(row.lecture.number, row.missing) for row in table.rows if row.lecture and row.missing] == missing


def test_a_video_belongs_to_the_lecture_that_it_stands_with() -> None:
    lessons = "".join(
        f"## {number}. {title}\n\n{{% include youtube id=abcdefghij{number} %}}\n\nText.\n\n"
        for number, title in enumerate(("Overview", "Networks", "Ethics", "Data"), 1)
    )
    table = table_of(course_from(f"# Course\n\n{lessons}## Elsewhere\n\n{{% include youtube id=zbcdefghij0 %}}\n"))
    assert [[video.id for video in row.videos] for row in table.rows] == [[f"abcdefghij{n}"] for n in range(1, 5)]
    assert [video.id for video in table.videos] == ["zbcdefghij0"]


def test_a_topic_without_a_lecture_is_a_row_of_its_own() -> None:
    table = table_of(course_from(TOPICS + rows_of("第1讲|回归，第 1 部分", "第2讲|回归，第 2 部分", "第3讲|分类")))
    assert [(row.lecture, row.topic and row.topic.number, row.missing) for row in table.rows[3:]] == [
        (None, 3, ("lecture",))
    ]
    assert "| – | – | – | 3 聚类 · Clustering | 讲次 lecture |" in as_markdown(table)


def test_the_exported_csv_opens_in_a_chinese_excel(course: Course) -> None:
    table, *_ = lecture_table(Material(course))
    assert (table.path, table.data[:9]) == ("lectures.csv", b"\xef\xbb\xbfnumber")
    assert table.data.count(b"\r\n") == table.data.count(b"\n") == 26


def test_no_title_breaks_the_tables() -> None:
    table = table_of(course_from(rows_of("第1讲|=回归\\|树", "第2讲|&lt;script&gt; 二", "第3讲|聚类")))
    assert [row["zh"] for row in csv.DictReader(io.StringIO(as_csv(table)))] == ["'=回归|树", "<script> 二", "聚类"]
    assert "<script>" not in as_markdown(table)
    assert {line.replace("\\|", "").count("|") for line in as_markdown(table).splitlines()} == {4}


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


STALE = [
    (Pin(("lecture", "topic"), 2, 99, 5), "the pin topic = 99 names none of the 15 topics"),
    (Pin(("lecture", "topic"), "可解释", 0, 5), "the pin lecture = '可解释' names none of the 25 lectures"),
    (Pin(("en", "zh"), 30, 2, 5), "the pin en = 30 names none of the 25 English lectures"),
]


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


TOPICS = "## Topics\n\n- Regression（回归）\n- Classification（分类）\n- Clustering（聚类）\n\n"


def lectures(*titles: str, claim: str = "") -> str:
    rows = "".join(f"| 第{number}讲 | {title} |\n" for number, title in enumerate(titles, 1))
    return f"{TOPICS}## Lectures\n\n{claim}| 编号 | 内容 |\n|---|---|\n{rows}"


ENGLISH = "| No. | Title |\n|---|---|\n| Lecture 1 | Regression |\n| Lecture 2 | {} |\n| Lecture 3 | Clustering |\n"

WORDS = ("树的高度", "图的着色", "流与割", "排序算法", "散列表", "近似算法", "随机算法", "字符串")


def numbered(*labels: str) -> str:
    return rows_of(*map("|".join, zip(labels, WORDS, strict=False)))


def rows_of(*rows: str) -> str:
    return "| 编号 | 内容 |\n|---|---|\n" + "".join(f"| {row} |\n" for row in rows)


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


def test_a_pinned_number_is_that_of_all_its_parts() -> None:
    page = course_from(TOPICS + rows_of("第1.1讲|回归", "第1.2讲|树木", "第2讲|聚类")).pages
    pinned = course_of("x", "x", page, Pins(topics=((1, 2),)))
    assert [row.topic and row.topic.number for row in pinned.rows] == [2, 2, 3]
