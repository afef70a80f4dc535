"""Handouts in Markdown: they read as the page does, in each layout, and no text in them is a mark, a tag or a template."""

from __future__ import annotations

import re

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_handout_html import CHINESE, HOLES, LAYOUTS, PAGE, material

from pipeline.exporters.base import Layout, exporter_named
from pipeline.exporters.markdown_text import code_block, markdown
from pipeline.exporters.nodes import Code, Link, Math, Styled, Text

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)


def made(text: str = PAGE, layout: Layout = "interleaved", **chinese: str) -> str:
    (output,) = exporter_named("md")(material(text, chinese or CHINESE, layout))
    return output.data.decode()


def read(text: str) -> str:
    """What a reader of Markdown makes of it."""
    return pyromark.html(text, options=_OPTIONS)


def test_every_kind_of_block_is_in_both_languages() -> None:
    text = made()
    for part in (
        "# 波 · Waves\n", "**subtitle:**", "## Too deep", "- 一  \n  one\n    - 二 **〔待核对〕**  \n      two",
        "3. three **〔未翻译〕**", "> 说过一次\n>\n> said once", "| f | 频率<br>frequency |", "```python\nprint(\"<wave>\")\n```",
        "▶ youtube: <https://www.youtube.com/watch?v=abcdefghijk>", "[^1-1]: 写于春天。\n\n    Written in spring.",
        "[笔记](<https://example.org/n?a=1&b=2>)", "| 波 | wave |", "- 作者 · Author: Li Lei",
    ):  # fmt: skip
        assert part in text


def test_what_is_read_is_what_was_said() -> None:
    html = read(made())
    assert '<a href="https://example.org/n?a=1&amp;b=2">笔记</a>' in html
    assert '<ol start="3">' in html
    assert "<td>频率<br>frequency</td>" in html
    assert html.count('class="footnote-reference"') == 2


def test_languages_stand_side_by_side_as_columns_and_tables_stay_whole() -> None:
    text = made(layout="side-by-side")
    assert "| 中文 | English |\n| --- | --- |\n" in text
    assert "| 说过一次 | said once |" in text
    assert "| f | 频率<br>frequency |" in text


def test_the_layout_as_a_table_says_what_is_not_finished() -> None:
    assert "| 二 | two | 〔待核对〕 |" in made(layout="table")


def test_the_layout_of_translations_alone_has_no_source() -> None:
    text = made(layout="target")
    assert "说过一次" in text
    assert "said once" not in text


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("hole", HOLES)
def test_nothing_of_a_page_or_a_translation_runs(hole: str, layout: Layout) -> None:
    title = hole.replace("'", "''")
    source = (
        f"---\ntitle: '{title}'\n---\nA text {hole}\n\nWords.\n\n| A {hole} |\n| --- |\n| b |\n\n```\n{hole}\n```\n"
    )
    (output,) = exporter_named("md")(material(source, {"Words.": f"话 {hole}", f"A text {hole}": f"字 {hole}"}, layout))
    text = output.data.decode()
    assert not re.search(r"\{[{%]", text)
    html = read(text)
    assert not re.search(r"<(?:script|img[^>]*\son|iframe|svg|style|a[^>]*\son|/main)", html, re.IGNORECASE)
    assert not re.search(r"""(?:href|src)="\s*(?:javascript|data|vbscript):""", html, re.IGNORECASE)


_LETTERS = st.text(st.sampled_from("ab1 *_`[]()<>{}%#:|$~\\&;!-+=.中（）\"'/@^"), min_size=1, max_size=14)


@given(_LETTERS)
@settings(max_examples=120, deadline=None)
def test_any_letters_are_read_as_they_are(letters: str) -> None:
    html = read(markdown((Text(letters),), {}))
    assert _words(html) == _words_of(letters)
    assert set(re.findall(r"</?(\w+)", html)) <= {"p", "a"}


@given(_LETTERS.filter(lambda text: text.strip() == text), _LETTERS)
@settings(max_examples=80, deadline=None)
def test_code_and_styles_hold_any_letters(code: str, styled: str) -> None:
    html = read(markdown((Text("x "), Code(code), Text(" y "), Styled("strong", (Text(f"a{styled}b"),))), {}))
    assert _words(html) == _words_of(f"x {code} y a{styled}b")
    assert "<code>" in html
    assert "<strong>" in html


def _words(html: str) -> str:
    import html as entities

    return _words_of(entities.unescape(re.sub(r"<[^>]*>", "", html)))


def _words_of(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("text", ["a\n```\nb", "{{ x }}\n\n<b>", "````", "{% raw %}"])
def test_a_listing_ends_where_its_lines_end(text: str) -> None:
    html = read(code_block(text, "") + "\n\nafter\n")
    assert html.count("<pre>") == 1
    assert html.endswith("</pre>\n<p>after</p>\n")


def test_tex_that_looks_like_a_tag_is_written_in_another_way() -> None:
    assert markdown((Math("a<script>b"),), {}) == r"$a\lt script\gt b$"


def test_an_address_that_is_its_own_text_is_written_once() -> None:
    assert markdown((Link("https://a.example/x", (Text("https://a.example/x"),)),), {}) == "<https://a.example/x>"
