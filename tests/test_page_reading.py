"""What is read of a page without all that a `Page` says, and letters beyond ASCII beside what opens blocks."""

from __future__ import annotations

import pytest

from pipeline.extractors.page import PageOptions, read_page, read_units
from pipeline.text.misreading import Misreading, possible
from pipeline.text.mojibake import mojibake
from pipeline.text.places import with_line_feeds

PAGE = "---\ntitle: 课程\n---\n# 第1讲：导论 Introduction\n\n- 数据\n- caf茅\n\nText.\n"


@pytest.mark.parametrize("bilingual", ["keep", "pair"])
@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode(),
        PAGE.encode("utf-8-sig"),
        PAGE.replace("\n", "\r").encode(),
        PAGE.encode("utf-16"),
        b"bad \xff byte\n",
        b"---\na: 'b\n---\nText.\n",
        b"\x89PNG\r\n\x1a\n\0\0\0",
    ],
)
def test_units_and_findings_are_those_of_the_page(data: bytes, bilingual: str) -> None:
    options = PageOptions(bilingual="pair" if bilingual == "pair" else "keep")
    page = read_page(data, "p.zh.md", options)
    assert read_units(data, "p.zh.md", options) == (page.units, page.findings)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. \\文\n", [("list item", "\\文")]),
        ("学习 <资料>\n<资料>\n", [("paragraph", "学习 <资料> <资料>")]),
        ("<资料>\n\n一二三\n", [("paragraph", "<资料>"), ("paragraph", "一二三")]),
        ("数据\n二. 学习\n", [("paragraph", "数据二. 学习")]),
        ("数据\n——————\n", [("paragraph", "数据 ——————")]),
        ("[资料]: http://例子.cn/页 '题目'\n\n见[资料]。\n", [("paragraph", "见[资料]。")]),
        ("[^注]: 说明\n\n[^释]: 解释\n", [("footnote", "说明"), ("footnote", "解释")]),
        ("# 数据 {#节 .类}\n", [("heading", "数据")]),
        ("数据\u3000\n\u3000\n\u3000- 学习\n", [("paragraph", "数据\u3000\u3000\u3000- 学习")]),
    ],
)
def test_letters_beyond_ascii_neither_open_nor_end_a_block(text: str, expected: list[tuple[str, str]]) -> None:
    blocks = read_page(text.encode(), "p.md").blocks
    assert [(block.kind, block.text) for block in blocks] == expected


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman", "gb18030"])
@pytest.mark.parametrize("text", ["what’s – here", "déjà vu", "机器学习的课程", "© Łódź"])
def test_the_bytes_that_are_at_hand_say_of_mojibake_what_the_text_says(text: str, codec: str) -> None:
    damaged = "\r".join(["Title", text.encode().decode(codec, "replace"), "卷\r\n"])
    at_hand = with_line_feeds(damaged.encode())
    assert at_hand != damaged.encode()
    assert possible(damaged, at_hand) == possible(damaged)
    assert mojibake(damaged, at_hand) == mojibake(damaged)


@pytest.mark.parametrize("text", ["what’s – here", "déjà vu", "机器学习的课程", "© Łódź"])
def test_mac_roman_is_always_looked_for_where_a_page_was_read_so(text: str) -> None:
    assert Misreading("utf-8", "mac_roman") in possible(text.encode().decode("mac_roman"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what opens in code hides nothing, wherever the code began
        ("```\n{% raw %}\n\n<!--\n```\n\nText.\n", ["Text."]),
        (
            "A `span that\n{% comment %} goes on` here.\n\nText.\n",
            ["A `span that {% comment %} goes on` here.", "Text."],
        ),
        ("> ~~~\n> <!--\n>\n> ~~~\n\nText.\n", ["Text."]),
        ("Text.\n\n`<!--` opens.\n\nMore `-->`.\n", ["Text.", "`<!--` opens.", "More `-->`."]),
        # what opens behind it does
        ("```\ncode\n```\n\n{% comment %}\nnone\n\nnone\n{% endcomment %}\n\nText.\n", ["Text."]),
        ("One `tick.\n\n{% comment %}\nnone\n\nnone\n{% endcomment %}\n\nText.\n", ["One `tick.", "Text."]),
        ("{% comment %}\n```\n\n{% endcomment %}\n\nText.\n\n<!--\n\nnone -->\n\nEnd.\n", ["Text.", "End."]),
        # a fence that nothing closes goes on to the end, as in CommonMark
        ("A `word.\n```\n{% comment %}\n\nnone`\n\n{% endcomment %}\n", ["A `word."]),
    ],
)
def test_what_opens_in_code_hides_nothing(text: str, expected: list[str]) -> None:
    assert [unit.text for unit in read_page(text.encode(), "p.md").units] == expected
