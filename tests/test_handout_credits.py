"""Whom a handout names, which terms it explains, and which pages it leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import invoked

from pipeline.align.course import course_of
from pipeline.catalogs.catalog import read_catalog
from pipeline.catalogs.translators import translators_of
from pipeline.exporters.base import Material
from pipeline.exporters.credits import Credit, credits_of
from pipeline.exporters.document import handout_of
from pipeline.extractors.page import read_page
from pipeline.text.terms import Term, Terms

PAGE = """---
title: Waves
author: 张三
author_url: https://example.org/zhang
license: CC BY 4.0
---
Two waveforms meet. A wave is *not* a particle.
"""


def material(text: str, *terms: Term, names: tuple[str, ...] = ()) -> Material:
    page = read_page(text.encode(), "c/page.md")
    course = course_of("c", "c", [page])
    return Material(course, terms=Terms(terms), translators={"c/page.md": names})


def test_authors_licences_and_translators_are_named_by_their_role() -> None:
    made = handout_of(material(PAGE, names=("李四",)))
    assert made.credits == (
        Credit("author", "张三", "https://example.org/zhang", ("c/page.md",)),
        Credit("licence", "CC BY 4.0", "", ("c/page.md",)),
        Credit("translator", "李四", "", ("c/page.md",)),
    )
    assert str(made.credits[0]) == "作者 · Author: 张三 <https://example.org/zhang>"


@pytest.mark.parametrize(
    "matter",
    [
        "author: [open", "author: {a: [x]}", "author: &a [*a]", "author: {{ site.author }}\nx: : :", "- author: x", "author:",
        "license: false", "author: " + "[" * 90,
    ],
)  # fmt: skip
def test_a_front_matter_that_is_odd_or_broken_credits_nobody_it_does_not_name(matter: str) -> None:
    given = material(f"---\n{matter}\n---\nText.\n")
    assert [each.text for each in credits_of(given, given.course.pages) if each.text != "false"] == []


def test_an_address_that_could_run_is_no_link_of_a_credit() -> None:
    given = material("---\nauthor: X\nauthor_url: 'javascript:alert(1)'\nsource: http://a.example\n---\n")
    assert [each.url for each in credits_of(given, given.course.pages)] == ["", "http://a.example"]


def test_only_the_terms_that_the_course_uses_are_in_its_glossary() -> None:
    terms = (
        Term("waveform", ("波形",), note="a shape"), Term("wave", ("波", "波动")), Term("field", ("场",)),
        Term("particle", ("粒子",), status="proposed"),
    )  # fmt: skip
    assert handout_of(material(PAGE, *terms)).terms == (("wave", "波、波动", ""), ("waveform", "波形", "a shape"))


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("# Li Lei <li@example.org>, 2023, 2024.\n# Han Mei <han@example.org>, 2025.\n", ("Li Lei", "Han Mei")),
        ("# Copyright (C) 2024 The Authors\n# This file is free: use it.\n", ()),
        ("# FIRST AUTHOR <EMAIL@ADDRESS>, YEAR.\n", ()),
    ],
)
def test_the_comments_of_a_header_name_its_translators(header: str, names: tuple[str, ...]) -> None:
    text = f'{header}msgid ""\nmsgstr "Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n"\n'
    assert translators_of(read_catalog(text.encode())) == names


def test_a_page_that_is_hardly_translated_is_left_out_of_handouts_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "bilect.toml").write_text("")
    folder = tmp_path / "source_docs/c"
    folder.mkdir(parents=True)
    (folder / "one.en.md").write_text("Words of the first page.\n")
    (folder / "two.en.md").write_text("Words of the second page.\n")
    invoked("-C", str(tmp_path), "run")
    catalog = tmp_path / "locales/zh_CN/LC_MESSAGES/c/one.po"
    catalog.write_text(
        catalog.read_text().replace('page."\nmsgstr ""', 'page."\nmsgstr "第一页的话。"'), encoding="utf-8"
    )
    result = invoked("-C", str(tmp_path), "export", "md", "--min", "80", "-o", str(tmp_path / "out"))
    assert "source_docs/c/two.en.md: 0 % translated, left out of handouts" in result.stderr
    made = (tmp_path / "out/c/handout.md").read_text(encoding="utf-8")
    assert "第一页的话" in made
    assert "second" not in made


@pytest.mark.parametrize(
    ("options", "row"),
    [
        (("--fuzzy", "use"), "| 一页 | One page |  |"),
        (("--fuzzy", "mark"), "| 一页 | One page | 〔待核对〕 |"),
        (("--fuzzy", "source"), "|  | One page | 〔未翻译〕 |"),
        (("--fuzzy", "use", "--order", "en-zh"), "| One page | 一页 |  |"),
    ],
)
def test_options_say_what_a_handout_shows_of_fuzzy_texts_and_in_which_layout(
    options: tuple[str, ...], row: str, tmp_path: Path
) -> None:
    (tmp_path / "a.en.md").write_text("Words first.\n\nOne page\n")
    catalog = 'msgid ""\nmsgstr "Language: zh_CN\\n"\n\n#, fuzzy\nmsgid "One page"\nmsgstr "一页"\n'
    (tmp_path / "a.po").write_text(catalog, encoding="utf-8")
    page, place = tmp_path / "a.en.md", tmp_path / "out.md"
    assert invoked("export", "md", str(page), "-o", str(place), "--layout", "table", *options).exit_code == 0
    assert row in place.read_text(encoding="utf-8").splitlines()
