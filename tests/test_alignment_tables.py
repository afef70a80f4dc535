"""Two aligned lists as CSV, Markdown, HTML and JSON."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest

from pipeline.align.listed import Listed, PairedLists
from pipeline.exporters.alignment import as_csv, as_html, as_markdown
from pipeline.model import Alignment, Pair
from pipeline.project.schema import alignment_json

LISTS = PairedLists(
    (Listed(0, '公平, "好"', 3), Listed(1, "<b>|x|</b> *y*", 4)),
    (Listed(0, "Fairness", 7), Listed(1, "a & b\x1b[2J", 9)),
    Alignment((Pair(0, 0, 0.98765, "review", ("one shared term", "same place")),), (1,), (1,)),
    "lecture",
    "topic",
)


def test_csv_is_what_excel_reads_with_every_title_in_it() -> None:
    data = as_csv(LISTS)
    assert data.startswith(b"\xef\xbb\xbfleft_line,left,right_line,right,score,tier,evidence\r\n")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:] == [
        ["3", '公平, "好"', "7", "Fairness", "0.988", "review", "one shared term; same place"],
        ["4", "<b>|x|</b> *y*", "", "", "", "none", ""],
        ["", "", "9", "a & b\x1b[2J", "", "none", ""],
    ]


def test_markdown_is_a_table_that_no_title_breaks() -> None:
    assert as_markdown(LISTS) == (
        "| line | lecture | line | topic | score | tier |\n"
        "| ---: | --- | ---: | --- | ---: | --- |\n"
        '| 3 | 公平, "好" | 7 | Fairness | 0.988 | review |\n'
        r"| 4 | \<b\>\|x\|\</b\> \*y\* |  |  |  | none |" + "\n"
        r"|  |  | 9 | a & b\\x1b\[2J |  | none |" + "\n"
    )


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_one_page_in_which_titles_are_text() -> None:
    page = as_html(LISTS)
    tags = Tags(page)
    assert "b" not in tags.seen
    assert {"script", "link", "img"}.isdisjoint(tags.seen)
    assert tags.seen.count("tr") == 4
    assert "<b>|x|</b> *y*" in tags.text
    assert 'lang="zh-CN">公平' in page
    assert "\x1b" not in page


def test_json_has_the_fixed_shape() -> None:
    assert json.loads(alignment_json(LISTS)) == {
        "pairs": [
            {
                "left": {"index": 0, "text": '公平, "好"', "line": 3},
                "right": {"index": 0, "text": "Fairness", "line": 7},
                "score": 0.98765,
                "tier": "review",
                "evidence": ["one shared term", "same place"],
            }
        ],
        "left_only": [1],
        "right_only": [1],
    }


@pytest.mark.parametrize("title", ["=1+1", "+1", "-2", "@SUM(A1)", "＝1+1", " =1+1", "\t=1"])
def test_no_title_runs_as_a_formula_in_a_spreadsheet(title: str) -> None:
    lists = PairedLists((Listed(0, title, 1),), (), Alignment((), (0,), ()), "lecture", "topic")
    ((_, cell, *_),) = list(csv.reader(io.StringIO(as_csv(lists).decode("utf-8-sig"), newline="")))[1:]
    assert cell == f"'{title}"
