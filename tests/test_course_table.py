"""The lecture table of a course: its rows, its forms, and what is missing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import pytest
from courses import MIT, TOPICS, course_from, mit_course, rows_of

from pipeline.align.course import Course
from pipeline.align.coursetable import CourseTable, SubtitleFile, table_of
from pipeline.exporters.base import Material
from pipeline.exporters.tables import COLUMNS, as_csv, as_json, as_markdown, lecture_table


@pytest.fixture
def course() -> Course:
    return mit_course()


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
