"""Catalogs filled from a page that is the translation of another: what is certain, what is not, and what is only noted."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from commands import invoked

from pipeline.align.pagefill import PageFill, filled_from_pages
from pipeline.extractors.page import read_page
from pipeline.model import PipelineError

EN = """---
title: Machine learning for healthcare
layout: page
---

# Machine learning for healthcare

This course covers machine learning methods for clinical data.

![The hospital](a.png)

| Lecture | Topic |
| --- | --- |
| Lecture 1 | Introduction to clinical care |
| Lecture 2 | Risk stratification |

## Prerequisites

- Linear algebra and probability theory
- Programming experience with Python

Students submit a project at the end. The project is graded by the teachers. Late work is not accepted.
"""
ZH = """---
title: 医疗机器学习
layout: page
---

# 医疗机器学习

本课程介绍用于临床数据的机器学习方法。

![医院](a.png)

| 讲次 | 主题 |
| --- | --- |
| 第1讲 | 临床护理导论 |
| 第2讲 | 风险分层 |

## 先修要求

- 线性代数与概率论
- 使用 Python 编程的经验

学生在期末提交一个项目。项目由教师评分。迟交的作业不予接受。
"""


def fill(en: str = EN, zh: str = ZH) -> PageFill:
    return filled_from_pages(read_page(en.encode(), "page.en.md"), read_page(zh.encode(), "page.zh.md"))


def said(found: PageFill) -> dict[str, str]:
    return {key[1]: "?" * each.fuzzy + each.text for key, each in found.prefills().items() if each.text}


def notes(found: PageFill) -> dict[str, str]:
    return {key[1]: each.note for key, each in found.prefills().items() if each.note}


def test_front_matter_headings_cells_items_paragraphs_and_images_are_filled() -> None:
    found = said(fill())
    assert found["Machine learning for healthcare"] == "医疗机器学习"
    assert found["Topic"] == "主题"
    assert found["Risk stratification"] == "风险分层"
    assert found["Linear algebra and probability theory"] == "线性代数与概率论"
    assert found["The hospital"] == "医院"
    assert not fill().unplaced
    assert not fill().left


def test_a_paragraph_that_was_left_out_leaves_its_message_empty_and_moves_no_other() -> None:
    without = ZH.replace("- 线性代数与概率论\n", "")
    found = said(fill(zh=without))
    assert "Linear algebra and probability theory" not in found
    assert found["Programming experience with Python"] == "使用 Python 编程的经验"
    assert found["Risk stratification"] == "风险分层"


def test_a_text_that_is_left_over_is_glued_to_no_neighbour() -> None:
    added = "译者注：这一段原文没有，说的是苹果与香蕉的价格。"
    found = fill(zh=ZH.replace("## 先修要求\n", f"{added}\n\n## 先修要求\n"))
    assert not any(added in text for text in said(found).values())
    assert [unit.text for unit in found.unplaced] == [added]


def test_a_paragraph_that_was_split_stays_empty_and_its_sentences_are_suggested() -> None:
    split = ZH.replace("一个项目。项目", "一个项目。\n\n项目").replace("评分。迟交", "评分。\n\n迟交")
    source = EN.splitlines()[-1]
    found = fill(zh=split)
    assert source not in said(found)
    assert "“The project is graded by the teachers.” = “项目由教师评分。”" in notes(found)[source]
    assert all(line.startswith("aligned: ") for line in notes(found)[source].split("\n"))


def test_a_translation_whose_markup_would_break_the_page_is_only_noted() -> None:
    found = fill(zh=ZH.replace("线性代数与概率论", "线性代数与<b>概率论</b>"))
    source = "Linear algebra and probability theory"
    assert source not in said(found)
    assert "but it adds <b>" in notes(found)[source]


def test_a_table_with_another_number_of_rows_is_filled_row_by_row() -> None:
    found = said(fill(zh=ZH.replace("| 第1讲 | 临床护理导论 |\n", "")))
    assert "Introduction to clinical care" not in found
    assert found["Risk stratification"].lstrip("?") == "风险分层"


@pytest.mark.parametrize("zh", ["", "\n", "---\ntitle:\n---\n", "| a |\n", "# 只有标题\n"])
def test_hardly_any_page_is_no_trouble(zh: str) -> None:
    assert not said(fill(zh=zh or "。"))
    assert not said(fill(en=zh or "."))


CATALOG = Path("locales/zh_CN/LC_MESSAGES/course/page.po")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    folder = Path("source_docs/course")
    folder.mkdir(parents=True)
    (folder / "page.en.md").write_text(EN, encoding="utf-8")
    (folder / "page.zh.md").write_text(ZH, encoding="utf-8")
    return tmp_path


def translations() -> dict[str, str]:
    return {each.msgid: "?" * each.fuzzy + each.msgstr for each in polib.pofile(str(CATALOG)) if not each.obsolete}


def test_an_update_fills_the_catalog_of_a_page_from_the_one_beside_it_and_writes_neither(project: Path) -> None:
    invoked("update")
    found = translations()
    assert found["Risk stratification"] == "风险分层"
    assert all(found.values())
    before = CATALOG.read_bytes()
    assert invoked("update").stdout == "Nothing to update in 1 catalog.\n"
    assert CATALOG.read_bytes() == before
    assert Path("source_docs/course/page.zh.md").read_text(encoding="utf-8") == ZH
    assert Path("source_docs/course/page.en.md").read_text(encoding="utf-8") == EN


def test_an_update_replaces_nothing_that_was_typed(project: Path) -> None:
    invoked("update")
    typed = CATALOG.read_text(encoding="utf-8").replace('msgstr "风险分层"', 'msgstr "风险等级划分"')
    CATALOG.write_text(typed.replace('msgstr "主题"', 'msgstr ""'), encoding="utf-8")
    invoked("update")
    assert translations()["Risk stratification"] == "风险等级划分"
    assert translations()["Topic"] == "主题"


def test_notes_on_what_is_not_filled_come_once_and_go_with_the_translation(project: Path) -> None:
    page = Path("source_docs/course/page.zh.md")
    page.write_text(ZH.replace("一个项目。项目", "一个项目。\n\n项目"), encoding="utf-8")
    invoked("update")
    last = EN.splitlines()[-1]
    assert translations()[last] == ""
    before = CATALOG.read_bytes()
    assert before.count(b"aligned: ") > 1
    invoked("update")
    assert CATALOG.read_bytes() == before
    catalog = polib.pofile(str(CATALOG))
    next(each for each in catalog if each.msgid == last).msgstr = "学生在期末提交一个项目。"
    catalog.save()
    invoked("update")
    assert b"aligned: " not in CATALOG.read_bytes()


def test_an_import_of_a_translation_made_elsewhere_fills_the_catalog_of_the_project(project: Path) -> None:
    Path("source_docs/course/page.zh.md").rename("elsewhere.zh.md")
    dry = invoked("import", "elsewhere.zh.md", "source_docs/course/page.en.md", "-n", "--diff")
    assert '+msgstr "风险分层"' in dry.stdout
    assert not CATALOG.exists()
    assert invoked("import", "elsewhere.zh.md", "source_docs/course/page.en.md").exit_code == 0
    assert all(translations().values())
    assert "nothing to take" in invoked("import", "elsewhere.zh.md", "source_docs/course/page.en.md").stderr


def test_an_import_replaces_what_was_typed_only_with_theirs(project: Path) -> None:
    invoked("update")
    typed = CATALOG.read_text(encoding="utf-8").replace('msgstr "风险分层"', 'msgstr "风险等级划分"')
    CATALOG.write_text(typed, encoding="utf-8")
    arguments = ("import", "source_docs/course/page.zh.md", "source_docs/course/page.en.md")
    kept = invoked(*arguments)
    assert kept.exit_code == 1
    assert "has another translation in the catalog; kept" in kept.stderr
    assert translations()["Risk stratification"] == "风险等级划分"
    invoked(*arguments, "--theirs")
    assert translations()["Risk stratification"] == "风险分层"


def test_a_page_that_is_a_translation_is_no_source(project: Path) -> None:
    with pytest.raises(PipelineError, match=r"is the translation of source_docs/course/page\.en\.md"):
        invoked("import", "source_docs/course/page.en.md", "source_docs/course/page.zh.md")


def test_align_fills_the_catalog_of_either_page_and_makes_one_that_is_not_there(project: Path) -> None:
    pages = ("source_docs/course/page.en.md", "source_docs/course/page.zh.md")
    for order, language in ((pages, "zh_CN"), (pages[::-1], "en")):
        catalog = f"new.{language}.po"
        assert invoked("align", *order, "--pages", "--into", catalog).exit_code == 0
        made = polib.pofile(catalog)
        assert made.metadata["Language"] == language
        assert made.percent_translated() == 100
        before = Path(catalog).read_bytes()
        assert "nothing to take" in invoked("align", *pages, "--pages", "--into", catalog).stderr
        assert Path(catalog).read_bytes() == before


def test_a_catalog_of_another_page_is_left_alone(project: Path) -> None:
    other = 'msgid ""\nmsgstr "Language: zh_CN\\n"\n\nmsgid "Elsewhere"\nmsgstr "别处"\n'
    Path("other.po").write_text(other, encoding="utf-8")
    pages = ("source_docs/course/page.en.md", "source_docs/course/page.zh.md")
    with pytest.raises(PipelineError, match="it is the catalog of another page"):
        invoked("align", *pages, "--pages", "--into", "other.po")
    assert Path("other.po").read_text(encoding="utf-8") == other
