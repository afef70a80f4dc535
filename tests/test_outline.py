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


def test_a_page_without_lists_has_an_empty_outline() -> None:
    found = outline_of("Some text in 3 parts.\n\n- one\n- two\n")
    assert (found.topics, found.lectures, found.claims, found.videos, found.codes) == ((), (), (), (), ())
