"""Courses that several tests look at: the example of MIT, and small ones made of texts."""

from __future__ import annotations

from functools import cache

from golden import ROOT

from pipeline.align.course import Course, course_of
from pipeline.extractors.page import read_page
from pipeline.model import Page

MIT = "source_docs/mit-ml-for-healthcare"


def page_at(path: str) -> Page:
    return read_page((ROOT / path).read_bytes(), path)


@cache
def mit_course() -> Course:
    return course_of(
        "mit-ml-for-healthcare",
        MIT,
        map(page_at, [f"{MIT}/{name}" for name in ("catalog.en.md", "course.zh.md", "lectures.en.md")]),
    )


def course_from(*texts: str) -> Course:
    return course_of("x", "x", [read_page(text.encode(), f"x/{number}.md") for number, text in enumerate(texts)])


TOPICS = "## Topics\n\n- Regression（回归）\n- Classification（分类）\n- Clustering（聚类）\n\n"


def rows_of(*rows: str) -> str:
    return "| 编号 | 内容 |\n|---|---|\n" + "".join(f"| {row} |\n" for row in rows)
