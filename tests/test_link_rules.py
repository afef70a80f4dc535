"""Links to anchors and files: what is broken is found, and what any site generator makes is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import bilect

from pipeline.extractors.page import read_page
from pipeline.validator.links import PageInTree, broken_anchor, broken_link


def broken(text: str) -> list[str]:
    return [found.source for found in broken_anchor(read_page(text.encode(), "p.md"))]


def test_a_link_to_nothing_has_its_place_and_the_nearest_anchor() -> None:
    page = read_page(b"# The notes\n\nfirst\nsee [x](#the-note) here\n", "p.md")
    (found,) = broken_anchor(page)
    assert (found.line, found.column, found.source) == (4, 9, "#the-note")
    assert found.message == "nothing on this page has the id “the-note”"
    assert found.fix == "did you mean 'the-notes'?"


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("## 2. What's *new*?", "2-whats-new"),
        ("## 2. What's new?", "whats-new"),
        ("## 第1讲：绪论", "第1讲绪论"),
        ("## 第1讲：绪论", "%E7%AC%AC1%E8%AE%B2%E7%BB%AA%E8%AE%BA"),
        ("## 🚀 Start", "-start"),
        ("## :rocket: Start", "rocket-start"),
        ("## :rocket: Start", "start"),
        ("## A\n\n## A", "a-1"),
        ("## A\n\n## A", "a_1"),
        ("## `f(x)` & [b](c)", "fx--b"),
        ("## A_b c", "a_b-c"),
        ("Title\n=====", "title"),
        ("<h2>Some <b>words</b></h2>", "some-words"),
        ("## A {#own}", "own"),
        ("## A\n{: #own}", "own"),
        ("<a name='x y'></a>", "x%20y"),
        ("<div id=x></div>", "x"),
        ("a[^1]\n\n[^1]: b", "fn:1"),
        ("text", "top"),
        ("text", "/route"),
        ("text", "{{ page.id }}"),
        ("{% include toc.html %}", "anything"),
    ],
)
def test_an_anchor_of_any_generator_is_there(heading: str, anchor: str) -> None:
    assert broken(f"[x](#{anchor})\n\n{heading}\n") == []


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [("## A", "b"), ("## A", "a-1"), ("## 绪论", "introduction"), ("`<a id=x>`", "x"), ("<!-- <a id=x> -->", "x")],
)
def test_an_anchor_that_nothing_has_is_broken(heading: str, anchor: str) -> None:
    assert broken(f"[x](#{anchor})\n\n{heading}\n") == [f"#{anchor}"]


def test_links_in_code_and_links_to_other_pages_are_no_matter_of_anchors() -> None:
    assert broken("`[x](#y)` [z](other.md#y) [v](https://x.org#y) [w](#)\n") == []


def test_only_a_file_that_is_missing_is_a_broken_link() -> None:
    text = (
        "[a](b.md) [c](../img/d%20e.png) ![f](g.png) [h](i.html#x) [j](/k.md) [l](https://m.org/n.md) [o](p) [q](r/)\n"
        "[s](#t) [u]({{ v }}.md) <img src='w.svg'> [x](mailto:a@b.cc) [y](v1.2) [z](../../out.md)\n"
    )
    files = {"c/b.md", "img/d e.png", "c/i.md"}
    found = broken_link(PageInTree(read_page(text.encode(), "c/a.md"), files))
    assert [each.source for each in found] == ["g.png", "w.svg"]


def test_files_are_looked_for_in_a_course_that_has_some(tmp_path: Path) -> None:
    course = tmp_path / "source_docs/c"
    course.mkdir(parents=True)
    (course / "a.en.md").write_text("# T\n\n[b](b.en.md) [x](gone.png)\n", "utf-8")
    assert "L104" not in bilect("check", "--format", "concise", cwd=tmp_path).stdout
    (course / "b.en.md").write_text("# T\n", "utf-8")
    shown = bilect("check", "--format", "concise", cwd=tmp_path).stdout
    assert "source_docs/c/a.en.md:3:18: warning L104 broken-link: there is no file source_docs/c/gone.png" in shown
