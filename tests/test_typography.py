"""Chinese typography: off by default, never in code, addresses or placeholders, and an edit that needs no second one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal import bilect

from pipeline.catalogs.po import read_catalog
from pipeline.extractors.page import read_page
from pipeline.model import Finding, Page
from pipeline.validator.base import findings, rules
from pipeline.validator.messages import CheckedCatalog, checked_catalog

# name: a text, the same as it should be, neighbours that are right
FIXTURES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "han-latin-space": (
        "学习Python3很好",
        "学习 Python3 很好",
        ("学习 Python", "`a中b`", "见[图](图a.png)", "{name}的", "%s个", "复制-赋值", "50% 的人", "<b>图</b>"),
    ),
    "half-width-mark": (
        "你好,世界!",
        "你好，世界！",
        ("你好，3.5 元", "`你,好`", "见 https://example.org/a,b", "a, b 与 c"),
    ),
    "full-width-letter": ("使用 ＡＢＣ１２", "使用 ABC12", ("使用 ABC", "`ＡＢ`的")),
    "chinese-ellipsis": ("等等...", "等等……", ("等等……", "`等...`", "range(1, ...) 的", "见 1...3")),
    "chinese-quotes": (
        '他说"你好"吗',
        "他说“你好”吗",
        ("他说“你好”", '`"你好"`', '<a title="你好">图</a>', '键 "key" 的'),
    ),
    "blank-at-mark": ("你好， 世界 。", "你好，世界。", ("你好，Python 世界", "`你好， 世`")),
}


def catalog_of(text: str, language: str = "zh_CN") -> CheckedCatalog:
    said = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    header = f'msgid ""\nmsgstr "Language: {language}\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
    return checked_catalog(read_catalog(f'{header}\nmsgid "source"\nmsgstr "{said}"\n'.encode(), "a.po"), "a.po")


def found_in(text: str, language: str = "zh_CN") -> list[Finding]:
    return [each for each in findings(catalog_of(text, language), ["M3"]) if each.code.startswith("M3")]


@pytest.mark.parametrize("name", FIXTURES)
def test_each_rule_fires_on_its_fixture_mends_it_and_is_silent_on_the_neighbours(name: str) -> None:
    text, wanted, silent = FIXTURES[name]
    (finding,) = [each for each in found_in(text) if each.name == name]
    assert finding.edit is not None
    assert (finding.edit.text, finding.severity) == (wanted, "info")
    assert [each.name for each in found_in(wanted)] == []
    assert [(neighbour, each.name) for neighbour in silent for each in found_in(neighbour) if each.name == name] == []


def test_every_rule_on_typography_has_a_fixture_and_is_off_by_default() -> None:
    own = [each for each in rules() if each.code.startswith("M3")]
    assert {each.name for each in own} == set(FIXTURES)
    assert not any(each.is_default for each in own)
    assert [each.code for each in findings(catalog_of("学习Python很好")) if each.code.startswith("M3")] == []


def test_quotes_are_those_of_the_language() -> None:
    (finding,) = found_in('他說"你好"嗎', "zh_TW")
    assert finding.edit is not None
    assert finding.edit.text == "他說「你好」嗎"


def test_only_chinese_is_looked_at() -> None:
    assert found_in("Learn Python,now...", "en") == []


def chinese_page(text: str) -> Page:
    return read_page(text.encode(), "a.zh.md")


def test_a_chinese_page_is_looked_at_too_but_not_its_code() -> None:
    page = chinese_page("# 学习Python\n\n```\n学习Python\n```\n\n    学习Python\n")
    assert [(each.name, each.line, each.edit) for each in findings(page, ["M301"])] == [("han-latin-space", 1, None)]
    assert list(findings(page)) == []


@given(st.text(st.sampled_from('中文aB1 ,.!:;?"…。，（）(){}%s`*_[]<>/-１Ａ\n'), max_size=40))
def test_applying_every_edit_comes_to_rest(text: str) -> None:
    steps = 0
    while (edits := [each.edit for each in found_in(text) if each.edit]) and steps < 12:
        text = edits[0].text
        steps += 1
    assert not edits, f"never at rest: {text!r}"


def test_rules_of_taste_are_turned_on_by_select_or_by_the_configuration(tmp_path: Path) -> None:
    page = tmp_path / "source_docs" / "sky" / "sky.zh.md"
    page.parent.mkdir(parents=True)
    page.write_text("# 学习Python\n", "utf-8")
    catalog = tmp_path / "a.zh_CN.po"
    catalog.write_text('msgid ""\nmsgstr "Language: zh_CN\\n"\n\nmsgid "Learn"\nmsgstr "学习Python3"\n', "utf-8")

    def said(*arguments: str) -> list[str]:
        shown = bilect("check", *arguments, "--format", "concise", cwd=tmp_path).stdout
        return [line.partition(" ")[0] for line in shown.splitlines() if "han-latin-space" in line]

    assert said() == said("a.zh_CN.po") == said("--select", "M") == []
    assert said("--select", "M3") == ["source_docs/sky/sky.zh.md:1:3:"]
    assert len(said("a.zh_CN.po", "--select", "han-latin-space")) == 1
    (tmp_path / "bilect.toml").write_text('[check]\noptional = ["M301"]\n', "utf-8")
    assert said() == ["source_docs/sky/sky.zh.md:1:3:"]
    assert len(said("a.zh_CN.po")) == 1
    course = page.with_name("course.toml")
    course.write_text('[[accept]]\nrule = "M302"\nreason = "our style"\n', "utf-8")
    assert bilect("check", cwd=tmp_path).status == 0
