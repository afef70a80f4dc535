"""The picture of a course: which lines it draws, that no title breaks it, and that it reads well without a mouse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from commands import invoked
from golden import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align.course import Course, Pins, course_of
from pipeline.align.coursetable import CourseTable, table_of
from pipeline.exporters.base import Material
from pipeline.exporters.coursemap import as_html, as_svg, course_map, panels_of
from pipeline.exporters.drawing import NARROW, WIDE, Link, Node, Panel, Size, drawing
from pipeline.extractors.page import read_page

MIT = "source_docs/mit-ml-for-healthcare"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> ]]> & \" ' \x00\x1b[2J\u202e\ud800\uffff"


NO_PINS = Pins()


def course_from(text: str, pins: Pins = NO_PINS) -> Course:
    return course_of("x", "x", [read_page(text.encode(), "x/0.md")], pins)


def page(*lectures: str) -> str:
    rows = "".join(f"| 第{number}讲 | {title} |\n" for number, title in enumerate(lectures, 1))
    return (
        f"# 课程\n\n## Topics\n\n- Regression（回归）\n- Classification（分类）\n- Clustering（聚类）\n\n"
        f"## Lectures\n\n| 编号 | 内容 |\n|---|---|\n{rows}"
    )


@pytest.fixture(scope="module")
def table() -> CourseTable:
    names = ("catalog.en.md", "course.zh.md", "lectures.en.md")
    paths = [f"{MIT}/{name}" for name in names]
    return table_of(course_of("mit", MIT, [read_page((ROOT / path).read_bytes(), path) for path in paths]))


def kinds(svg: str, tag: str) -> Counter[str]:
    return Counter(element.get("class", "") for element in ElementTree.fromstring(svg).iter(SVG + tag))


def test_the_lists_of_a_course_stand_side_by_side_with_a_line_for_each_pair(table: CourseTable) -> None:
    topics, titles = panels_of(table)
    assert [(len(each.left), len(each.right), len(each.links)) for each in (topics, titles)] == [
        (25, 15, 20),
        (25, 25, 25),
    ]
    assert [node.number for node in topics.left if node.mark] == ["1", "22", "23", "24", "25"]
    lines = kinds(as_svg(table), "path")
    assert lines["line accept"] + lines["line review"] == 45 + len({"accept", "review"})  # with the legend
    assert lines["cross alone"] == 5 + 1


def test_what_the_picture_in_the_readme_shows_is_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    invoked("export", "map", f"{MIT}/course.zh.md", "-o", str(tmp_path / "map.svg"))
    drawn = ElementTree.parse(ROOT / "docs/images/alignment-map.svg").getroot()
    made = ElementTree.parse(tmp_path / "map.svg").getroot()
    assert [each.text for each in drawn.iter(f"{SVG}text")] == [each.text for each in made.iter(f"{SVG}text")], (
        "make images"
    )


def test_pins_and_acceptances_have_a_form_of_their_own() -> None:
    course = course_from(page("回归", "树木", "聚类", "公平"), Pins(topics=((2, "Classification"),)))
    accepted = {("lecture-without-topic", "x/0.md", course.rows[3].zh.line if course.rows[3].zh else 0): "an extra"}
    panel, *_ = panels_of(table_of(course, (), accepted))
    assert [(link.left, link.right, link.tie) for link in panel.links] == [
        (0, 0, "accept"),
        (1, 1, "pinned"),
        (2, 2, "accept"),
    ]
    assert (panel.left[3].mark, panel.left[3].note) == ("accepted", "topic: an extra")


def test_a_topic_without_a_lecture_is_marked() -> None:
    panel, *_ = panels_of(table_of(course_from(page("回归（上）", "回归（下）", "分类"))))
    assert [node.mark for node in panel.right] == ["", "", "alone"]


def test_a_course_without_two_lists_has_no_picture() -> None:
    assert list(course_map(Material(course_from("# Text\n")))) == []


def picture(*texts: str, size: Size = WIDE) -> str:
    nodes = tuple(Node(str(number), (text,), "alone", text) for number, text in enumerate(texts))
    links = (Link(0, 0, "review", texts[0]),) if texts else ()
    return drawing(texts[0] if texts else "", "", [Panel(("left", "right"), nodes, nodes, links)], size)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_hostile_title_is_text(size: Size) -> None:
    svg = picture(HOSTILE, size=size)
    root = ElementTree.fromstring(svg)  # as XML it is well-formed
    assert "script" not in {element.tag.removeprefix(SVG) for element in root.iter()}
    assert root.findtext(f"{SVG}title") == "<script>alert(1)</script> ]]> & \" ' \\x00\\x1b[2J\\u202e\\ud800\\uffff"
    assert "]]>" not in svg


@settings(max_examples=40)
@given(st.lists(st.text(max_size=80), max_size=4))
def test_whatever_titles_say_the_picture_is_well_formed(texts: Sequence[str]) -> None:
    for size in (WIDE, NARROW):
        assert ElementTree.fromstring(picture(*texts, size=size).encode()).tag == f"{SVG}svg"


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_long_title_is_cut_and_whole_in_its_tooltip(size: Size) -> None:
    long = "机器学习与 machine learning " * 400
    root = ElementTree.fromstring(picture(long, size=size))
    shown = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert sum(text.endswith("…") for text in shown) == 2
    assert all(long.strip() in (group.findtext(f"{SVG}title") or "") for group in root.iter(f"{SVG}g"))


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_no_box_stands_on_another_and_all_are_inside(size: Size) -> None:
    lefts = tuple(Node(str(number), ("A title of some length " * (number % 3 + 1),)) for number in range(12))
    rights = tuple(Node(str(number), ("标题",)) for number in range(5))
    links = tuple(Link(left, left % 5, "accept", "") for left in range(12))
    root = ElementTree.fromstring(drawing("t", "d", [Panel(("a", "b"), lefts, rights, links)], size))
    boxes = [
        [float(box.get(key, "")) for key in ("x", "y", "height")]
        for box in root.iter(f"{SVG}rect")
        if box.get("rx") == "5"
    ]
    assert len(boxes) == 17
    for column in {x for x, _, _ in boxes}:
        places = [(y, y + height) for x, y, height in boxes if x == column]
        assert all(end <= start for (_, end), (start, _) in pairwise(places))
        assert places[-1][1] <= float(root.get("height", ""))


def test_it_is_read_aloud_as_a_picture_with_a_title_and_a_description(table: CourseTable) -> None:
    root = ElementTree.fromstring(as_svg(table))
    names = (root.get("aria-labelledby") or "").split()
    assert (root.get("role"), [root.find(f"*[@id='{name}']") is not None for name in names]) == ("img", [True, True])
    told = root.findtext(f"{SVG}desc") or ""
    assert "20 pairs" in told
    assert "25 可解释性" in told


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        self.ids += [value or "" for name, value in attrs if name == "id"]


def test_the_page_has_the_picture_in_two_sizes_and_all_of_it_as_a_table(table: CourseTable) -> None:
    text = as_html(table)
    tags = Tags(text)
    assert (tags.seen["svg"], tags.seen["tr"]) == (2, 26)
    assert {"script", "link", "img", "iframe"}.isdisjoint(tags.seen)
    assert len(tags.ids) == len(set(tags.ids))
    assert set(re.findall(r"https?://[^\s\"<]+", text)) == {"http://www.w3.org/2000/svg"}


def test_a_hostile_title_is_text_in_the_page_too() -> None:
    text = as_html(
        table_of(course_from(page("回归 &lt;script&gt;", "分类 &lt;/svg&gt;&lt;/td&gt;", "聚类 &quot; onload=x")))
    )
    tags = Tags(text)
    assert (tags.seen["script"], tags.seen["svg"], tags.seen["tr"]) == (0, 2, 4)
    assert "回归 &lt;script&gt;" in text


def test_the_same_course_gives_the_same_bytes(table: CourseTable) -> None:
    made = {output.path: output.data for output in course_map(Material(table.course))}
    assert made == {"map.svg": as_svg(table).encode(), "map.html": as_html(table).encode()}


def test_the_name_of_the_output_says_the_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "course.md").write_text(page("回归", "分类", "聚类"), encoding="utf-8")
    for name, start in (("a.svg", b"<?xml"), ("a.html", b"<!DOCTYPE html>")):
        assert invoked("export", "map", "course.md", "-o", name).exit_code == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert invoked("export", "map", "course.md").stdout.startswith("<?xml")
    assert invoked("export", "csv", "course.md", "-o", "a.json").exit_code == 0
    assert (tmp_path / "a.json").read_bytes().startswith(b"{")
