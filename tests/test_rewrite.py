"""A page with its translations: what is escaped, what is left out and why, and that nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extractors.escapes import escaped, unescaped
from pipeline.extractors.faults import translation_fault
from pipeline.extractors.page import read_page
from pipeline.extractors.rewrite import TranslatedPage, translated_page
from pipeline.extractors.skeleton import have_same_blocks, tag_names


def exported(source: str, target: str, path: str = "p.md") -> TranslatedPage:
    page = read_page(source.encode(), path)
    return translated_page(page, lambda unit: target if "word" in unit.text else None)


def text_again(made: TranslatedPage, path: str = "p.md") -> str:
    return read_page(made.data, path).blocks[0].text


# --- what needs no more than an escape

BLOCK_STARTS = [
    "# 一", "###", "- 一", "+ 一", "* 一", "1. 一", "12) 一", "> 一", "***", "---", "===", "~~~", "[x]: y", "[^1]: 一", ": 一",
    "[x] 一", "- - 一",
]  # fmt: skip


@pytest.mark.parametrize("target", BLOCK_STARTS)
@pytest.mark.parametrize("source", ["word here\n", "- word here\n", "> word here\n", "word here\n===\n", "1. word\n"])
def test_a_translation_that_looks_like_a_block_is_written_as_text_and_read_back_as_typed(
    source: str, target: str
) -> None:
    made = exported(source, target)
    assert made.findings == ()
    assert text_again(made) == target
    assert tag_names(made.data.decode(), is_html=False) == tag_names(source, is_html=False)


@pytest.mark.parametrize(
    "target", [*BLOCK_STARTS, "一 #", "a | b", '"一"', "'一'", "a: b", "一\\", "{一}: x", "", "一*"]
)
@pytest.mark.parametrize(
    "source",
    ["| word |\n|---|\n", "|word|\n|---|\n", "---\ntitle: word\n---\n", "---\ntitle: 'word'\n---\n", '+++\ntitle = "word"\n+++\n',
     "---\ntitle: >\n  word\n---\n", "<p title='word'></p>\n", '<p title="word"></p>\n', "# word\n"],
)  # fmt: skip
def test_every_place_is_written_in_its_own_way(source: str, target: str) -> None:
    made = exported(source, target)
    assert made.findings == ()
    page = read_page(made.data, "p.md")
    if page.blocks:  # a value of front matter that is no prose is none of a translator's
        assert page.blocks[0].text == (target or "word")


@pytest.mark.parametrize(
    ("target", "data"),
    [
        ("一\n二", "一二\n"),
        ("one\n\n\ntwo", "one two\n"),
        ("一  \n# 二", "一  \n\\# 二\n"),
        ("\t一 ", "一\n"),
        ("    一\r\n", "一\n"),
        ("``` 一", "\\``` 一\n"),
        ("<div 一", "\\<div 一\n"),
    ],
)
def test_blanks_and_lines_are_written_so_that_the_paragraph_stays_one(target: str, data: str) -> None:
    assert exported("word here\n", target).data.decode() == data


def test_in_html_a_lone_angle_bracket_is_an_entity() -> None:
    assert exported("<div>word</div>\n", "x <b 一").data == "<div>x &lt;b 一</div>\n".encode()
    assert exported("<div>word <i>x</i></div>\n", "一 < 二 <i>x</i>").data == "<div>一 < 二 <i>x</i></div>\n".encode()


def test_brackets_in_the_text_of_an_image_are_escaped() -> None:
    assert exported("![word](x.png)\n", "一] 二").data == "![一\\] 二](x.png)\n".encode()


def test_an_automatic_link_at_the_start_stays_one() -> None:
    source = "<https://x.org> word\n"
    assert exported(source, "<https://x.org/zh> 一").data == "<https://x.org/zh> 一\n".encode()


@given(
    st.lists(st.sampled_from(["#", "-", "1", ".", " ", "\\", "a", ">", "*", "[x]", ":", "=", "~", "\n", "9)"])).map(
        "".join
    )
)
def test_what_is_escaped_is_unescaped_again(text: str) -> None:
    assert unescaped(escaped(text)) == unescaped(text) or unescaped(escaped(text)) == text


# --- what a translator may do, and what would break the page


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("see [a](x) and [b](y)", "[乙](y)和[甲](x)"),
        ("an *old* **word**", "旧词"),
        ("旧词", "an *old* **word**"),
        ("see [a](https://x.org/en/)", "见[甲](https://x.org/zh/)"),
        ("![a picture](x.png) here", "这里![图](x.png)"),
        ("call `f(x)` of <b>x</b>", "<b>x</b> 的 `f(x)`"),
        ("[[path/x | word]] and [^1]", "[^1]和[[path/x|词]]"),
        ("“x” word", "**“x”**字"),
        ("a [word] b", "一个词"),
        ("see [a][ref]", "见[甲][ref]"),
        ("{{ page.x }} word", "词 {{ page.x }}"),
        ("a ratio of 1:2", "javascript: 一种语言"),
    ],
)
def test_links_may_move_and_emphasis_come_and_go(source: str, target: str) -> None:
    assert translation_fault(source, target, labels=frozenset({"ref"})) == ""


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("see [a](x)", "见甲", "it has lost a link: x"),
        ("see [a](x)", "见[甲] (x)", "it has lost a link: x"),
        ("see a", "见[甲](x)", "it adds a link: x"),
        ("see [a][ref]", "见甲", "it has lost a link: ref"),
        ("![a](x.png) b", "乙", "it has lost an image: x.png"),
        ("use `f(x)` here", "用 `f(x) 这里", "it has lost a code span: f(x)"),
        ("use f(x)", "用 `f(x)`", "it adds a code span: f(x)"),
        ("a[^1]", "一", "it has lost the footnote mark [^1]"),
        ("a[^1]", "一[^2]", "it adds the footnote mark [^2]"),
        ("[[x | a]]", "[[y | 甲]]", "it adds the wikilink [[y"),
        ("a", "一 <!-- 二", "it adds the comment <!--"),
        ("a <!-- b -->", "一", "it has lost the comment <!-- b -->"),
        ("a", "一 {% include x", "its Liquid differs"),
        ("[a](x)", "[甲](javascript:x)", "it adds the URL scheme javascript:"),
        ("a formula", r"公式 $\href{javascript:x}{y}$", "it adds the URL scheme javascript:"),
        ("[a](x)", "[甲](data:text/html,x)", "it adds the URL scheme data:"),
    ],
)  # fmt: skip
def test_a_link_image_mark_or_code_span_is_neither_lost_nor_added(source: str, target: str, why: str) -> None:
    assert translation_fault(source, target, labels=frozenset({"ref"})) == why


def test_only_the_translations_that_break_the_page_are_left_out() -> None:
    source = "".join(f"word {number}\n\n" for number in range(40))
    bad = {3, 4, 20, 39}

    def translate(text: str) -> str:
        number = int(text.split()[1])
        return f"词 {number} | x  \n--- | ---" if number in bad else f"词 {number}"

    made = translated_page(read_page(source.encode(), "p.md"), lambda unit: translate(unit.text))
    assert [finding.line for finding in made.findings] == [2 * number + 1 for number in sorted(bad)]
    assert made.translated == 36
    assert made.data.decode() == "".join(f"{'word' if number in bad else '词'} {number}\n\n" for number in range(40))


def test_a_second_byte_order_mark_is_a_character_of_the_text() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        page = read_page("\ufeff一段文字在这里，足够长".encode(encoding), "p.md")
        made = translated_page(page, lambda unit: f"译{unit.text}")
        assert made.findings == ()
        assert read_page(made.data, "p.md").units[0].text == f"译{page.units[0].text}"


# --- any page, any translation

PIECES = st.sampled_from(
    ["# ", "- ", "1. ", "> ", "|", "***", "`", "```", "](", "[", "]", "![", "<!--", "-->", "{{", "}}", "[[", "]]", "\n",
     "\n\n", "  \n", "\\", ": ", "---", "\t", "    ", '"', "'", "\\|", "===", "[x]: y", "[^1]: ", "[^1]", "<div>", "</div>",
     "<b>", "</b>", "<", ">", "&", "{#x}", "{: .y}", "词", "word ", "a(b)", "[a](b)", "*", "_", "\r\n", "#", "{% x %}", "$",
     "\u2028", "\0", "http://x.y ", "1"]
)  # fmt: skip


@given(
    st.lists(PIECES, max_size=14).map("".join),
    st.lists(st.lists(PIECES, max_size=6).map("".join), min_size=1, max_size=4),
    st.sampled_from(["p.md", "p.md", "p.html"]),
)
def test_no_translation_breaks_any_page(source: str, targets: list[str], path: str) -> None:
    page = read_page(source.encode(), path)
    wanted = {unit: targets[number % len(targets)] for number, unit in enumerate(page.units)}
    made = translated_page(page, wanted.get)
    if not page.units:
        assert made.data == page.data
        return
    before, after = (tag_names(data.decode(), path == "p.html") for data in (page.data, made.data))
    assert have_same_blocks(before, after)
    again = read_page(made.data, path)
    body = [block for block in page.blocks if block.kind != "front matter"]
    left_out = {(finding.line, finding.column) for finding in made.findings}
    for old, new in zip(body, [block for block in again.blocks if block.kind != "front matter"], strict=True):
        is_kept = (old.line, old.column) in left_out or not wanted.get(old, "").strip()
        assert not is_kept or new.text == old.text
