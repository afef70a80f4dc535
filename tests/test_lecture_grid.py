"""The lecture table as a table of a handout: its columns, their order, and what is in which language."""

from __future__ import annotations

from pipeline.align.course import course_of
from pipeline.align.coursetable import table_of
from pipeline.exporters.appendix import lecture_grid
from pipeline.exporters.nodes import plain_text
from pipeline.extractors.page import read_page
from pipeline.model import Language

PAGES = {
    "c/a.en.md": "# Waves\n\n## Lecture 1: Sound\n\nAir.\n\n## Lecture 2: Light\n\nGlass.\n\n## Lecture 3: Heat\n\nFire.\n",
    "c/a.zh.md": "# 波\n\n## 第1讲 声音\n\n空气。\n\n## 第2讲 光\n\n玻璃。\n\n## 第3讲 热\n\n火。\n",
}


def texts(order: tuple[Language, ...]) -> list[list[str]]:
    table = table_of(course_of("c", "c", [read_page(text.encode(), path) for path, text in PAGES.items()]))
    return [[plain_text(cell.source.nodes) if cell else "" for cell in row] for row in lecture_grid(table, order).rows]


def test_a_lecture_has_both_titles_in_the_order_of_the_handout() -> None:
    assert texts(("zh_CN", "en"))[:2] == [["讲", "中文", "英文"], ["1", "声音", "Sound"]]
    assert texts(("en", "zh_CN"))[1] == ["1", "Sound", "声音"]


def test_a_column_that_no_row_fills_is_not_there() -> None:
    assert {len(row) for row in texts(("zh_CN", "en"))} == {3}
