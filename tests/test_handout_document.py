"""Handouts as values: which blocks of a page they have, what is known of their texts, and what they never hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lesson import material_of

from pipeline.align.course import course_of
from pipeline.catalogs.translations import Translations
from pipeline.exporters.addresses import safe_url
from pipeline.exporters.base import Material
from pipeline.exporters.document import (
    Film,
    Grid,
    Handout,
    Heading,
    Items,
    Listing,
    Note,
    Paragraph,
    Property,
    handout_of,
)  # fmt: skip
from pipeline.exporters.inline import inlines
from pipeline.exporters.nodes import (  # fmt: skip
    Break,
    Code,
    Image,
    Inline,
    Link,
    Math,
    NoteMark,
    Styled,
    Text,
    plain_text,
)
from pipeline.extractors.page import read_page

PAGE = """---
title: Signals
audience: students of physics
---
# Waves *and* noise

A wave has `freq` and $f$; see [the notes][n].[^1]

```python
print("wave")
```

3. third
4. fourth
   - nested

> said once

| Name | Meaning |
| --- | --- |
| f | frequency |

![a wave](wave.png)

<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>

[^1]: Written in spring.

[n]: https://example.org/notes
"""


def handout(text: str, translations: dict[str, str] | None = None) -> Handout:
    return handout_of(material_of(text, translations))


def test_every_kind_of_block_is_in_the_handout_in_reading_order() -> None:
    blocks = handout(PAGE).sections[0].blocks
    assert [type(block) for block in blocks] == [
        Property, Heading, Paragraph, Listing, Items, Paragraph, Grid, Paragraph, Film, Note,
    ]  # fmt: skip


def test_lists_keep_their_numbers_and_depths() -> None:
    listed = next(block for block in handout(PAGE).sections[0].blocks if isinstance(block, Items))
    assert [(item.level, item.marker) for item in listed.items] == [(1, "3."), (1, "4."), (2, "-")]


def test_code_has_no_fence_but_its_language() -> None:
    listing = next(block for block in handout(PAGE).sections[0].blocks if isinstance(block, Listing))
    assert listing == Listing('print("wave")', "python")


@pytest.mark.parametrize("text", ["Waves\n\n<td>a|b and <b>noise</b></td>\n", "| a\n> --|--\nterm\n<td>noise</td>\n"])
def test_a_cell_outside_a_table_is_a_text_like_others(text: str) -> None:
    blocks = handout(text).sections[0].blocks
    assert [type(block) for block in blocks] == [Paragraph] * len(blocks)
    assert isinstance(blocks[-1], Paragraph)
    assert plain_text(blocks[-1].text.source.nodes).endswith("noise")


def test_the_state_of_a_text_is_known() -> None:
    made = handout(PAGE, {"said once": "说过一次", "third": "⚠ 第三", "Waves *and* noise": "波*与*噪声"})
    states = {
        plain_text(block.text.source.nodes): block.text.state
        for block in made.sections[0].blocks
        if isinstance(block, Heading | Paragraph)
    }
    assert states["said once"] == "final"
    assert states["A wave has freq and f; see the notes."] == "none"
    listed = next(block for block in made.sections[0].blocks if isinstance(block, Items))
    assert listed.items[0].text.state == "fuzzy"
    assert listed.items[0].text.target is not None
    assert plain_text(listed.items[0].text.target.nodes) == "第三"


def test_a_reference_link_leads_where_the_page_says() -> None:
    paragraph = handout(PAGE).sections[0].blocks[2]
    assert isinstance(paragraph, Paragraph)
    assert Link("https://example.org/notes", (Text("the notes"),)) in paragraph.text.source.nodes


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("# no heading", (Text("# no heading"),)),
        ("a <b>b *c*</b>", (Text("a "), Styled("strong", (Text("b "), Styled("emphasis", (Text("c"),)))))),
        ("`a<b>` $x_1$", (Code("a<b>"), Text(" "), Math("x_1"))),
        ("一行\n二行", (Text("一行二行"),)),
        ("one\ntwo", (Text("one two"),)),
        ("one<br>two", (Text("one"), Break(), Text("two"))),
        ("see [^2]", (Text("see "), NoteMark("2"))),
        ("www.example.org/x.", (Link("https://www.example.org/x", (Text("www.example.org/x"),)), Text("."))),
        ('<img src=x.png alt="a wave" onerror=alert(1)>', (Image("x.png", "a wave"),)),
        ("[[notes/1 | 笔记]]{: .big}", (Text("笔记"),)),
    ],
)
def test_a_text_is_read_for_what_it_means(text: str, nodes: tuple[Inline, ...]) -> None:
    assert inlines(text) == nodes


@pytest.mark.parametrize(
    "text",
    [
        "x<script>alert(1)</script>", "x<style>p{}</style>", "x{{ site.secret }}", "x{% include evil %}",
        "[x](javascript:alert(1))", "<a href='JaVa\tScript:alert(1)'>x</a>", "[x](data:text/html;base64,PHN)", "[x](vbscript:x)",
        '<a href="java&#10;script:alert(1)">x</a>', '<a onclick="alert(1)">x</a>', "x<iframe src=//evil></iframe>",
        "x<svg><script>alert(1)</script></svg>", "<p onmouseover=alert(1)>x</p>", "x<!-- alert -->",
    ],
)  # fmt: skip
def test_what_could_run_is_in_no_node(text: str) -> None:
    assert inlines(text) == (Text("x"),)


@pytest.mark.parametrize("url", ["https://a.b", "http://a.b", "mailto:a@b.c", "img/a.png", "#top", "../a.md", "/x"])
def test_harmless_addresses_stay(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize("form", ["markdown", "html", "plain"])
def test_control_characters_and_turns_of_direction_are_in_no_node(form: str) -> None:
    text = "a\0b\x1b[31m `c\x08`\u202e *d\x9f* &#x202e;&#1;e"
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", plain_text(inlines(text, form=form)))


def test_a_page_that_is_the_translation_of_another_is_not_shown_a_second_time() -> None:
    english = read_page(b"# Stars\n", "c/stars.en.md")
    chinese = read_page("# 恒星\n".encode(), "c/stars.zh.md")
    other = read_page("# 太阳\n".encode(), "c/sun.zh.md")
    course = course_of("c", "c", [english, chinese, other])
    told: dict[str, Translations] = {"c/stars.en.md": {(None, "Stars"): "恒星"}}
    assert [section.path for section in handout_of(Material(course, told)).sections] == ["c/stars.en.md", "c/sun.zh.md"]
    assert len(handout_of(Material(course)).sections) == 3


@given(
    st.text(st.sampled_from("ab 中。 1.#-+=>:()'\u00a0\u3000\"éw,%;?"), max_size=20),
    st.sampled_from(["markdown", "html", "plain"]),
)
def test_a_text_without_marks_says_what_it_shows(text: str, form: str) -> None:
    assert inlines(text, form=form) == inlines(f"{text}<!-- -->" if form != "plain" else text, form=form)
