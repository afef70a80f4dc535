"""Handouts in HTML: every kind of block, four layouts, what a screen reader and a printer need, and nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from browser import Browser, browser, needs_chromium
from lesson import PNG

from pipeline.align.course import course_of
from pipeline.exporters.base import Layout, Material, exporter_named
from pipeline.exporters.frame import packaged
from pipeline.extractors.page import read_page
from pipeline.text.terms import Term, Terms

PAGE = """---
title: Waves
subtitle: For students of physics
author: Li Lei
---
# Waves

A wave has `a<b` and $x_1 < 2$; see [the notes](https://example.org/n?a=1&b=2).[^1]

#### Too deep

- one
  - two
3. three

> said once

| Name | Meaning |
| --- | --- |
| f | frequency |

![a wave](wave.png) ![far](https://example.org/far.png)

```python
print("<wave>")
```

<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>

[a file](notes.pdf) and [a part](#top)

[^1]: Written in spring.
"""
CHINESE = {
    "Waves": "波", "said once": "说过一次", "one": "一", "frequency": "频率", "Written in spring.": "写于春天。",
    "A wave has `a<b` and $x_1 < 2$; see [the notes](https://example.org/n?a=1&b=2).[^1]":
        "波有 `a<b` 和 $x_1 < 2$；见[笔记](https://example.org/n?a=1&b=2)。[^1]",
    "two": "⚠ 二",
}  # fmt: skip
LAYOUTS: tuple[Layout, ...] = ("interleaved", "side-by-side", "target", "table")


def material(text: str, chinese: Mapping[str, str], layout: Layout = "interleaved") -> Material:
    page = read_page(text.encode(), "c/page.md")
    said = {(unit.context, unit.text): chinese[unit.text] for unit in page.units if unit.text in chinese}
    terms = Terms((Term("wave", ("波",)),))
    pictures = {"c/wave.png": PNG}.get
    return Material(course_of("c", "c", [page]), {"c/page.md": said}, layout=layout, terms=terms, pictures=pictures)


def html(text: str = PAGE, chinese: Mapping[str, str] = CHINESE, layout: Layout = "interleaved") -> str:
    (output,) = exporter_named("html")(material(text, chinese, layout))
    assert output.path == "handout.html"
    return output.data.decode()


class Reader(HTMLParser):
    """What a page is made of: its elements with their attributes, and texts without any language."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[tuple[str, bool]] = []
        self.unsaid: list[str] = []
        self.feed(text)
        assert not self._open, "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"meta", "img", "br", "link", "hr"}:
            self._open.append((tag, "lang" in dict(attrs) and tag != "html"))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        said = any(has for _, has in self._open) or {"style", "code", "title"} & {tag for tag, _ in self._open}
        if re.search(r"[^\W\d_]", data) and not said:
            self.unsaid.append(data)

    def all(self, *tags: str) -> Iterator[dict[str, str | None]]:
        return (attributes for tag, attributes in self.found if tag in tags)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_has_landmarks_and_headings_in_order_and_says_the_language_of_each_text(layout: Layout) -> None:
    read = Reader(html(layout=layout))
    tags = [tag for tag, _ in read.found]
    assert [tags.count(name) for name in ("header", "nav", "main", "footer", "h1")] == [1, 1, 1, 1, 1]
    depths = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(depths))
    assert {each["lang"] for each in read.all("p", "span", "td", "th") if "lang" in each} == {"en", "zh-CN"}
    assert read.unsaid == []
    assert "script" not in tags


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_link_within_the_page_leads_to_one_place(layout: Layout) -> None:
    read = Reader(html(layout=layout))
    ids = [each["id"] for _, each in read.found if "id" in each]
    assert len(ids) == len(set(ids))
    assert {str(each["href"])[1:] for each in read.all("a") if str(each["href"]).startswith("#")} <= set(ids)


def test_every_kind_of_block_is_shown() -> None:
    text = html()
    for part in (
        "<code>a&lt;b</code>", '<code class="math">x_1 &lt; 2</code>',
        '<a href="https://example.org/n?a=1&amp;b=2">笔记</a>',
        '<ol><li value="3">', "<blockquote", '<th scope="col">', "print(&quot;&lt;wave&gt;&quot;)",
        '<img src="data:image/png;base64,',
        '<a class="picture" href="https://example.org/far.png">far</a>', "https://www.youtube.com/watch?v=abcdefghijk",
        '<span class="away" data-address="notes.pdf">a file</span> and a part', 'href="#s1-note-1"', 'href="#s1-to-1-1"',
        '<td><p lang="zh-CN">波</p></td><td><p lang="en">wave</p></td>', "Li Lei",
    ):  # fmt: skip
        assert part in text


def test_what_is_not_finished_is_marked_in_words_and_counted() -> None:
    text = html()
    assert '<div class="pair fuzzy"><p lang="zh-CN">二 <small class="state" lang="zh-CN">〔待核对〕</small></p>' in text
    assert '<p lang="en">three <small class="state" lang="zh-CN">〔未翻译〕</small></p>' in text
    assert re.search(r'class="state fuzzy">1 <span lang="zh-CN">处待核对', text)


def test_one_text_alone_stands_in_the_column_of_its_language() -> None:
    text = html(layout="side-by-side")
    assert re.search(r'<p lang="en" class="right">three ', text)
    assert re.search(r'<p lang="zh-CN">一</p><p lang="en" class="second">one</p>', text)


def test_the_layout_of_translations_alone_shows_the_source_only_where_there_is_none() -> None:
    text = html(layout="target")
    assert "说过一次" in text
    assert "said once" not in text
    assert "three" in text


def test_the_layout_as_a_table_has_a_row_for_each_text() -> None:
    assert '<tr><td lang="zh-CN">说过一次</td><td lang="en">said once</td><td></td></tr>' in html(layout="table")


def test_a_title_is_written_once() -> None:
    text = html()
    assert re.findall("<h1>.*</h1>", text) == [
        '<h1><span lang="zh-CN">波</span><span lang="en" class="second">Waves</span></h1>'
    ]
    assert len(re.findall(r"<h\d[^>]*><span[^>]*>波<", text)) == 1


def test_no_link_stands_in_another() -> None:
    page = "[![cover](https://example.org/a.png) [^n] <b>[in](https://example.org/b)</b>](https://example.org/c)\n\n[^n]: note\n"
    body = html(page, {}).partition("<main")[2]
    depths = [1 if tag.startswith("<a") else -1 for tag in re.findall(r"<a\b|</a>", body)]
    assert set(accumulate(depths)) == {0, 1}
    assert "cover" in body


def test_a_task_has_its_box_before_it() -> None:
    assert '<li class="todo"><span class="box">☑</span><div class="pair none">' in html("- [x] a task\n")


def test_english_comes_first_where_it_is_asked_for() -> None:
    (output,) = exporter_named("html")(replace(material(PAGE, CHINESE), order="en-zh"))
    assert '<p lang="en">said once</p><p lang="zh-CN" class="second">说过一次</p>' in output.data.decode()


HOLES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "<a href='java\tscript:alert(1)'>x</a>",
    "![x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "<svg onload=alert(1)>",
    "</p></main><script>alert(1)",
    "{{ 7*7 }} {% include x %}",
    "`</code><script>alert(1)</script>`",
    "$</code><script>alert(1)</script>$",
    '"onmouseover="alert(1)',
    '[x](https://a.example/"onclick="alert(1))',
    '!["onerror=alert(1)](https://a.example/p.png)',
    "#set page(fill: red)",
    "[x](//evil.example/a)",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>*{display:none}</style>",
    'x[^"><script>]',
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("hole", HOLES)
def test_nothing_of_a_page_or_a_translation_runs(hole: str, layout: Layout) -> None:
    source = f"---\ntitle: '{hole.replace(chr(39), chr(39) * 2)}'\n---\nA text {hole}\n\nWords.\n\n| A {hole} |\n| --- |\n| b |\n"
    text = html(source, {"Words.": f"话 {hole}", f"A text {hole}": f"字 {hole}"}, layout)
    read = Reader(text)
    allowed = {"class", "lang", "id", "href", "src", "alt", "role", "tabindex", "scope", "value", "content", "charset", "name",
               "aria-label", "aria-labelledby", "http-equiv", "data-address", "colspan"}  # fmt: skip
    for tag, attributes in read.found:
        assert tag not in {"script", "iframe", "svg", "object", "embed", "form", "base", "link"}
        assert set(attributes) <= allowed
        for name in ("href", "src"):
            assert re.match(r"https?://|#|data:image/png;|mailto:|$", attributes.get(name) or "")
    assert [tag for tag, _ in read.found].count("style") == 1


def test_pictures_outside_the_project_are_not_read() -> None:
    asked: list[str] = []
    given = material("![x](../../etc/passwd) ![y](/etc/passwd) ![z](c/%2e%2e/%2e%2e/%2e%2e/secret.png)\n", {})
    spying = Material(given.course, pictures=asked.append)
    list(exporter_named("html")(spying))
    assert all(not path.startswith(("/", "..")) for path in asked)


def test_the_same_material_gives_the_same_bytes() -> None:
    assert html() == html()


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_all_colours_of_texts_stand_out_from_their_ground(scheme: str) -> None:
    part = packaged("frame.css").split(":root")[("light", "dark", "print").index(scheme) + 1]
    colours = dict(re.findall(r"--(\w+): (#\w{6})", part))
    for name in ("text", "faint", "link", "accept", "review", "alone"):
        for ground in ("ground", "soft"):
            assert _contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


def _contrast(one: str, other: str) -> float:
    """The contrast of WCAG 2.2 between two colours."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@needs_chromium
def test_a_phone_shows_all_layouts_without_scrolling_sideways_and_asks_for_nothing(tmp_path: Path) -> None:
    wide = (
        PAGE
        + "\n| "
        + " | ".join("abcdefghijkl" for _ in range(12))
        + " |\n|"
        + " --- |" * 12
        + "\n\n`"
        + "x" * 300
        + "`\n"
    )
    with browser(tmp_path / "profile") as tab:
        for layout in LAYOUTS:
            _look(tab, tmp_path / f"{layout}.html", html(wide, layout=layout))


def _look(tab: Browser, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    tab.show(path.as_uri(), width=360)
    assert tab.value("document.documentElement.scrollWidth") == 360
    tab.value("document.querySelector('.skip').focus()")
    assert tab.value("document.querySelector('.skip').getBoundingClientRect().left >= 0") is True
    assert tab.troubles == []
    assert {request for request in tab.requests if not request.startswith("data:")} <= {
        "about:blank",
        *(each.as_uri() for each in path.parent.glob("*.html")),
    }
