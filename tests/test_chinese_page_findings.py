"""What rules on pages, pairs of pages and courses say is told in Chinese, whole, and is English for programs."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from courses import course_from
from spoken_chinese import speak_chinese
from test_course_rules import FIXTURES as OF_COURSES
from test_page_pairs import EN, FIXTURES, ZH, pair_of
from test_page_rules import FIXTURES as OF_PAGES

from pipeline.extractors.page import read_page
from pipeline.model import Finding
from pipeline.text.script import has_han
from pipeline.text.tongue import told
from pipeline.validator.base import findings
from pipeline.validator.front_matter_keys import PagesOfCourse
from pipeline.validator.links import PageInTree
from pipeline.validator.page_pairs import LastChange, PagePair
from pipeline.validator.pins import Pin, PinnedCourse

ENGLISH = re.compile(r"\b(?:the|is|are|has|have|lacks|which|with|and|or|of|not|it|this|line|lecture|topic)\b")
QUOTED = re.compile(r"“[^”]*”|'[^']*'|`[^`]*`|found unexpected end of stream|(?:lecture|topic) = ")


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_chinese(monkeypatch)


def in_english(found: list[Finding]) -> list[str]:
    """What is not told in Chinese, or not wholly."""
    shown = [told(text) for each in found for text in (each.message, each.fix)]
    return [text for text in shown if not has_han(text) or ENGLISH.search(QUOTED.sub("", text))]


def of_page(data: bytes) -> list[Finding]:
    return [*findings(read_page(data, "page.md"))]


def of_pair(source: str, translated: str) -> list[Finding]:
    return [*findings(pair_of(source, translated))]


def of_course(*texts: str) -> list[Finding]:
    return [*findings(course_from(*texts))]


def rows(*labelled: tuple[str, str]) -> str:
    return "| 课时 | 内容 |\n|---|---|\n" + "".join(f"| {label} | {title} |\n" for label, title in labelled) + "\n"


def lectures(*titles: str) -> str:
    return rows(*((f"第{number}讲", title) for number, title in enumerate(titles, 1)))


def topics(*titles: str) -> str:
    return "## 课程主题\n\n" + "".join(f"- {title}\n" for title in titles) + "\n"


SKY = ("Planets（行星）", "Comets（彗星）", "Telescopes（望远镜）", "Galaxies（星系）", "The Moon（月球）")
TITLES = ("行星", "彗星", "望远镜", "星系", "月球")
MORE_COURSES = (
    (topics(*SKY) + lectures(*TITLES, "黑洞", "望远镜片"),),
    (topics(*SKY, "Dark Matter（暗物质）") + lectures(*TITLES),),
    (topics(*SKY) + rows(*((f"第{number}讲", title) for number, title in enumerate(TITLES, 1)), ("第8讲", "日食")),),
    (
        topics(*SKY)
        + rows(("第3讲", "行星"), ("第1讲", "彗星"), ("第2讲", "望远镜"), ("第2讲", "星系"), ("第5讲", "月球")),
    ),
    (topics(SKY[4], *SKY[:4]) + lectures(*TITLES),),
    (topics(*SKY, SKY[1]) + lectures(*TITLES, "彗星"),),
    (topics("Planets（彗星）", "Comets（行星）", *SKY[2:]) + lectures(*TITLES),),
    (
        "课件。Lecture 1~4。代码。覆盖 Lecture 1~3。\n\n本课程共 4 讲，共 6 个主题。\n\n"
        + topics(*SKY)
        + lectures(*TITLES),
    ),
    (lectures("行星（1）", "彗星", "行星（3）", "月球", "星系"),),
    (topics(*SKY) + lectures("行星", "慧星的轨道", "望远镜", "星 系", "月球"),),
    ("# 6.100 Stars\n\n" + lectures(*TITLES), "# 6.200 Stars\n\n" + lectures(*TITLES)),
)


@pytest.mark.parametrize("name", OF_PAGES)
def test_what_is_wrong_with_a_page_is_told_in_chinese(name: str) -> None:
    found = of_page(OF_PAGES[name][0])
    assert found
    assert in_english(found) == []


@pytest.mark.parametrize("name", FIXTURES)
def test_what_two_pages_have_not_in_common_is_told_in_chinese(name: str) -> None:
    there, instead, *_ = FIXTURES[name]
    other = ZH.replace(there, instead)
    assert in_english([*of_pair(EN, other), *of_pair(other, EN)]) == []


@pytest.mark.parametrize("texts", [*(fires for fires, _ in OF_COURSES.values()), *MORE_COURSES])
def test_what_is_wrong_with_the_lists_of_a_course_is_told_in_chinese(texts: Sequence[str]) -> None:
    found = of_course(*texts)
    assert found
    assert in_english(found) == []


def test_what_needs_more_than_pages_is_told_in_chinese() -> None:
    page = read_page(b"[a](gone.md)\n", "page.md")
    course = course_from(topics(*SKY) + lectures(*TITLES))
    old, new = LastChange("aaa1111", "2026-01-02", 1, 1), LastChange("bbb2222", "2026-03-04", 9, 0)
    both = pair_of(EN, ZH)
    pages = tuple(
        read_page(f"---\ntitle: x\n{key}---\n".encode(), f"{key}.md") for key in ("w: 1\n", "w: 2\n", "w: 3\n", "")
    )
    found = [
        *findings(PageInTree(page, ())),
        *findings(PinnedCourse(course, Pin(("lecture", "topic"), 99, "黑洞", 5), "course.toml")),
        *findings(PagePair(both.source, both.translated, changes=(new, old))),
        *findings(PagesOfCourse(pages)),
    ]
    assert {each.name for each in found} == {"broken-link", "stale-pin", "pair-outdated", "front-matter-key"}
    assert in_english(found) == []


@pytest.mark.parametrize(
    ("found", "chinese"),
    [
        (of_page(OF_PAGES["duplicate-anchor"][0]), "锚点“x”定义了 2 次，在第 1、3 行"),
        (of_pair(EN, ZH.replace("- 微积分\n", "")), "缺少 sky.en.md:10 的列表项“calculus”"),
        (of_pair(EN.replace("- calculus\n", ""), ZH), "sky.en.md 里没有列表项“微积分”"),
        (of_course(lectures("行星", "彗星", "望远镜", "彗星")), "“第4讲”与“第2讲”（第 4 行）的标题相同"),
        (
            of_course(rows(("第1讲", "行星"), ("第2讲", "彗星"), ("第5讲", "月球"))),
            "在“第2讲”（第 4 行）与“第5讲”之间缺少第 3–4 讲",
        ),
    ],
)
def test_a_sentence_is_chinese_for_people_and_english_for_programs(found: list[Finding], chinese: str) -> None:
    assert told(found[0].message) == chinese
    assert str(found[0].message).isascii() or ENGLISH.search(str(found[0].message))
