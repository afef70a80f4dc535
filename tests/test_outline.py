"""What a page announces, lists and claims."""

from __future__ import annotations

import pytest
from golden import ROOT

from pipeline.extractors.outline import outline
from pipeline.extractors.page import read_page
from pipeline.model import Outline


def outline_at(path: str) -> Outline:
    return outline(read_page((ROOT / "source_docs" / path).read_bytes(), path))


def outline_of(text: str) -> Outline:
    return outline(read_page(text.encode(), "page.md"))


def test_the_chinese_page_announces_15_topics_in_both_languages() -> None:
    topics = outline_at("mit-ml-for-healthcare/course.zh.md").topics
    assert [topic.number for topic in topics] == list(range(1, 16))
    assert [topic.line for topic in topics] == list(range(61, 76))
    assert topics[4].texts == {"en": "Natural Language Processing (NLP)", "zh": "自然语言处理(NLP)"}
    assert topics[14].texts == {"en": "Automating Clinical Workflows", "zh": "自动化临床工作流程"}


def test_the_chinese_page_lists_25_lectures() -> None:
    lectures = outline_at("mit-ml-for-healthcare/course.zh.md").lectures
    assert [lecture.number for lecture in lectures] == list(range(1, 26))
    assert (lectures[4].label, lectures[4].texts, lectures[4].line) == ("第5讲", {"zh": "风险分层，第 2 部分"}, 151)


def test_the_chinese_page_claims_its_material() -> None:
    claims = outline_at("mit-ml-for-healthcare/course.zh.md").claims
    assert [(claim.kind, claim.what, claim.first, claim.last, claim.count) for claim in claims] == [
        ("slides", "lecture", 1, 25, None),
        ("notes", "lecture", 1, 24, None),
        ("exercises", "recitation", 1, 9, None),
        ("readings", "paper", None, None, 19),
    ]
    assert [claim.line for claim in claims] == [106, 107, 108, 109]


def test_the_chinese_page_plays_one_video_and_says_its_code() -> None:
    found = outline_at("mit-ml-for-healthcare/course.zh.md")
    assert [(video.provider, video.id, video.line) for video in found.videos] == [("bilibili", "BV1SL411x7vf", 117)]
    assert (found.codes, found.language, found.title) == (("6.S897",), "zh_CN", "MIT医疗机器学习-学习资料")


def test_the_online_course_has_nine_lessons_with_their_videos() -> None:
    found = outline_at("ml-health-online/course.en.md")
    assert [lecture.number for lecture in found.lectures] == list(range(1, 10))
    assert found.lectures[2].texts == {"en": "How does a machine learning model learn?"}
    assert [video.id for video in found.videos] == [
        "dj_mF4OlcUY", "Uib6wHr5PSQ", "nrHH8y7cKAc", "ykUiNMonJzc", "sVz8UKTBY1E",
        "xlrj1iFCYUk", "1HxjNZ304Sw", "WVMiBvKEgYE", "warzSW199Sw",
    ]  # fmt: skip
    assert [topic.line for topic in found.topics] == [33, 34, 35, 36, 37]


def test_the_english_list_has_25_lectures_and_claims_them() -> None:
    found = outline_at("mit-ml-for-healthcare/lectures.en.md")
    assert [lecture.number for lecture in found.lectures] == list(range(1, 26))
    assert found.lectures[4].texts == {"en": "Risk Stratification, Part 2"}
    assert [(claim.kind, claim.count) for claim in found.claims] == [("lectures", 25)]
    assert "6.S897" in found.codes


def test_a_catalog_note_says_the_codes_of_its_course_and_not_those_it_requires() -> None:
    assert outline_at("mit-ml-for-healthcare/catalog.en.md").codes == ("6.7930[J]", "HST.956[J]")


@pytest.mark.parametrize(
    "text",
    [
        "## Lecture 1: One thing\n\n## Lecture 2: Two things\n\n## Lecture 3: Three things\n",
        "- Week 1: One thing\n- Week 2: Two things\n- Week 3: Three things\n",
        "| No. | Title |\n|---|---|\n| 1 | One thing |\n| 2 | Two things |\n| 3 | Three things |\n",
        "| Title |\n|---|\n| L01 One thing |\n| L02 Two things |\n| L03 Three things |\n",
        "## 1. One thing\n\n## 2. Two things\n\n## 3. Three things\n",
        "## Week 1\n\n### One thing\n\n## Week 2\n\n### Two things\n\n## Week 3\n\n### Three things\n",
        "# Course on things\n\n## Syllabus\n\n1. One thing\n2. Two things\n3. Three things\n",
        "# Lectures\n\n1. **One thing**\n1. [Two things](two.md)\n1. Three things\n",
        "<h2>Schedule</h2>\n<ol>\n<li>One thing</li>\n<li>Two things</li>\n<li>Three things</li>\n</ol>\n",
        "Lecture 1: One thing\n\nLecture 2: Two things\n\nLecture 3: Three things\n",
        "| Week | Date | Topic | Slides |\n|---|---|---|---|\n| 1 | Jan 5 | One thing | [pdf](a) |\n"
        "| 2 | Jan 12 | Two things | [pdf](b) |\n| 3 | Jan 19 | Three things | [pdf](c) |\n",
        "<table><tr><th>编号</th><th>内容</th></tr><tr><td>第一讲</td><td>One thing</td></tr>"
        "<tr><td>第二讲</td><td>Two things</td></tr><tr><td>第三讲</td><td>Three things</td></tr></table>\n",
        "## A\n\n- Lecture 1: One thing\n- Lecture 2: Two things\n\n## B\n\n- Lecture 3: Three things\n",
    ],
)
def test_lectures_are_found_in_headings_lists_and_tables(text: str) -> None:
    found = [(lecture.number, lecture.texts["en"]) for lecture in outline_of(text).lectures]
    assert found == [(1, "One thing"), (2, "Two things"), (3, "Three things")]


def test_a_table_with_a_column_for_each_language_gives_both_titles() -> None:
    rows = (
        "课时|标题|Title",
        "---|---|---",
        "第1讲|回归|Regression",
        "第2讲|分类|Classification",
        "第3讲|聚类|Clustering",
    )
    text = "".join(f"|{row}|\n" for row in rows)
    assert outline_of(text).lectures[1].texts == {"zh": "分类", "en": "Classification"}


def table(*rows: str) -> str:
    header, *body = rows
    return "".join(f"| {row} |\n" for row in (header, "|".join("---" for _ in header.split("|")), *body)) + "\n"


def test_titles_keep_their_own_numbers_and_the_brackets_around_a_week() -> None:
    rows = ("P1|【第一周 树】1.1 树的高度", "P2|1.2 旋转", "P3|1.3 遍历", "P4|【第二周】图")
    assert [lecture.texts["zh"] for lecture in outline_of(table("编号|课时内容", *rows)).lectures] == [
        "【第一周 树】1.1 树的高度", "1.2 旋转", "1.3 遍历", "图",
    ]  # fmt: skip


def test_a_column_of_dates_names_no_lectures() -> None:
    rows = ("1|3.14 Mon|Trees", "2|3.21|Graphs", "3|3.28 (holiday)|Flows")
    found = outline_of(table("No|When|What", *rows)).lectures
    assert [lecture.texts["en"] for lecture in found] == ["Trees", "Graphs", "Flows"]


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        (("第1.1讲", "第1.2讲", "第2.1.1讲"), [1, 1, 2]),
        (("第0讲", "第1A讲", "第1B讲"), [0, 1, 1]),
        (("2031年第1讲", "2031年第2讲", "2030年第1讲"), [1, 2, 1]),
        (("第1讲", "实验1", "第2讲"), [1, 1, 2]),
        (("第1讲", "第2- 选修 讲", "第3讲"), [1, 2, 3]),
        (("L1", "L2", "L3"), [1, 2, 3]),
        (("Lecture 1", "Lecture 2", "Lab 2"), [1, 2, 2]),
        (("P1", "P2", "P3"), [1, 2, 3]),
    ],
)
def test_the_number_is_the_first_of_the_label_and_the_label_is_as_printed(
    labels: tuple[str, ...], numbers: list[int]
) -> None:
    titles = ("树的高度", "图的着色", "流与割")
    found = outline_of(table("课时|内容", *map("|".join, zip(labels, titles, strict=True)))).lectures
    assert [(lecture.label, lecture.number) for lecture in found] == list(zip(labels, numbers, strict=True))
    assert tuple(lecture.texts["zh"] for lecture in found) == titles


def test_tables_that_go_on_are_one_list() -> None:
    first = table("课时|内容", "第1讲|树", "第2讲|图", "第3讲|流")
    found = outline_of(f"{first}## 下半学期\n\n{table('课时|内容', '第4讲|割', '第5讲|匹配')}").lectures
    assert [lecture.number for lecture in found] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "text",
    [
        table("方向|课程", "数学|线性代数", "系统|操作系统", "理论|可计算性"),
        table("Level|Score|Epochs", "1|0.5|40", "2|0.6|80", "3|0.7|90"),
        table("长度|类型", "1|字符", "1|文本", "3|数字"),
        table("作业|内容", "作业1|树", "作业2|图", "作业3|流"),
        "# Installing the program\n\n1. Get the archive\n2. Unpack it\n3. Run it\n",
    ],
)
def test_a_table_of_other_things_and_a_list_of_steps_are_no_lectures(text: str) -> None:
    assert outline_of(text).lectures == ()


TOPICS = """## 课程主题

- Graphs（**图**）
  - BFS（**广度优先搜索**）
  - Flows and cuts（**流与割**）
- Matching（**匹配**）

第二部分：

- SAT（**SAT**）
- Randomness（**随机性**）
- 测试 / Testing

## 参考资料

- Graph theory（**图论**）
- Algorithms（**算法**）
- Numbers（**数论**）
"""


def test_all_bilingual_lists_of_the_section_of_topics_are_topics_in_all_their_levels() -> None:
    topics = outline_of(TOPICS).topics
    assert [(topic.texts["en"], topic.texts["zh"]) for topic in topics] == [
        ("Graphs", "图"), ("BFS", "广度优先搜索"), ("Flows and cuts", "流与割"), ("Matching", "匹配"),
        ("SAT", "SAT"), ("Randomness", "随机性"), ("Testing", "测试"),
    ]  # fmt: skip


def test_a_table_of_topics_with_a_column_for_each_language_gives_both() -> None:
    text = "## Topics\n\n" + table("English|中文", "Trees|树", "Graphs|图", "Flows|流")
    assert [dict(topic.texts) for topic in outline_of(text).topics][1] == {"en": "Graphs", "zh": "图"}


def test_links_remarks_and_lists_that_are_called_something_else_are_no_topics() -> None:
    links = "".join(f"- [教程 {name}](/docs/{name}.md)\n" for name in "abc")
    assert outline_of(f"## 下一步\n\n{links}").topics == ()
    assert outline_of("## 术语\n\n- Tree（**树**）\n- Graph（**图**）\n- Flow（**流**）\n").topics == ()


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("课件：Chapter 1-19 的全部", [("slides", "chapter", 1, 19, None)]),
        ("笔记（PDF）。Note 1~14（部分对应 2 章内容）。", [("notes", "note", 1, 14, None)]),
        ("作业。覆盖作业1-10。", [("exercises", "homework", 1, 10, None)]),
        ("代码。Lab 1~10 的全部", [("code", "lab", 1, 10, None)]),
        ("课件。Lecture 1-8（说明：官方未发布L9~L12课件）。", [("slides", "lecture", 1, 8, None)]),
        ("课件（说明：课件Lecture编号至16，已是全部）", [("slides", "lecture", 1, 16, None)]),
        ("阅读材料。20+课程推荐的相关论文。", [("readings", "paper", None, None, 20)]),
        ("阅读材料。8份相关论文/文章。", [("readings", "paper", None, None, 8)]),
        ("课件。Lecture 0~8。- 作业。5个Project。", [("slides", "lecture", 0, 8, None), ("exercises", "project", None, None, 5)]),
        ("阅读 PRML 第 10 和 11 章", []),
        ("GAMES101 videos can be watched", []),
    ],
)  # fmt: skip
def test_claims_say_what_of_which_material(text: str, claims: list[tuple[object, ...]]) -> None:
    found = outline_of(f"- {text}\n").claims
    assert [(claim.kind, claim.what, claim.first, claim.last, claim.count) for claim in found] == claims


def test_the_code_of_a_page_stands_in_its_head_and_not_in_its_lists() -> None:
    rest = "## Lectures\n\nFrom CS111.\n\n- CS222 Trees\n- CS333 Graphs\n- ERROR 1105\n"
    assert outline_of(f"# Trees\n\nCS444\n\n{rest}").codes == ("CS444",)
    assert outline_of(f"# Trees\n\n{rest}").codes == ()


def test_a_page_without_lists_has_an_empty_outline() -> None:
    found = outline_of("Some text in 3 parts.\n\n- one\n- two\n")
    assert (found.topics, found.lectures, found.claims, found.videos, found.codes) == ((), (), (), (), ())
