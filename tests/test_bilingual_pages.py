"""Pages in two languages at once: what says the same in both is found, and what does not is left alone."""

from __future__ import annotations

import pytest

from pipeline.extractors.bilingual import bilingual_pairs
from pipeline.extractors.page import PageOptions, read_page
from pipeline.extractors.rewrite import translated_page


def pairs_of(text: str) -> list[tuple[str, str, str]]:
    page = read_page(text.encode(), "page.md")
    return [(pair.en, pair.zh, pair.found) for pair in bilingual_pairs(page)]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("- Trees（**树**）\n- BFS（**广搜**）\n", [("Trees", "树", "list"), ("BFS", "广搜", "list")]),
        ("- 树 / Trees\n- 图 / Graphs\n", [("Trees", "树", "list"), ("Graphs", "图", "list")]),
        ("- 生成树 (Spanning trees)\n- 流 (Flows)\n", [("Spanning trees", "生成树", "list"), ("Flows", "流", "list")]),
        ("## Spanning trees（生成树）\n", [("Spanning trees", "生成树", "halves")]),
        ("## 生成树 | Spanning trees\n", [("Spanning trees", "生成树", "halves")]),
        (
            "|中文|English|\n|---|---|\n|树|Trees|\n|图|Graphs|\n",
            [("Trees", "树", "columns"), ("Graphs", "图", "columns")],
        ),
        (
            "|n|名称|\n|---|---|\n|1|Trees（树）|\n|2|Graphs（图）|\n",
            [("Trees", "树", "list"), ("Graphs", "图", "list")],
        ),
        ("教材是《Trees and Graphs（**树与图**）》。\n", [("Trees and Graphs", "树与图", "fragment")]),
        ("点击 **打开设置** (Open Settings)。\n", [("Open Settings", "打开设置", "fragment")]),
        (
            "Spanning trees\n\n生成树\n\nUniversity of the North\n\n北方大学\n",
            [("Spanning trees", "生成树", "neighbours"), ("University of the North", "北方大学", "neighbours")],
        ),
    ],
)
def test_what_says_the_same_in_both_languages_is_a_pair(text: str, pairs: list[tuple[str, str, str]]) -> None:
    assert pairs_of(text) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "- 接口 1 (动画)\n- 接口 2 (selenium)\n- 接口 3\n",
        "## 部署工具 (selenium)\n",
        "- 用法一：[文档](/docs/a.md)\n- 用法二：[文档](/docs/b.md)\n",
        "|机器|存储|\n|---|---|\n|16 cores<br>100 个用于存储|x|\n|8 cores<br>40 个用于存储|y|\n",
        "Spanning trees（包含最小生成树）\n",
        "|术语|说明|\n|---|---|\n|Trees|无环的连通图|\n|Graphs|点和边|\n",
        "Run the program\n\n然后等待\n",
    ],
)
def test_what_is_only_written_in_two_languages_is_none(text: str) -> None:
    assert pairs_of(text) == []


def test_a_pair_names_the_units_that_say_it() -> None:
    page = read_page("|中文|English|\n|---|---|\n|树|Trees|\n".encode(), "page.md")
    (pair,) = bilingual_pairs(page)
    assert pair.other
    assert (pair.unit.text, pair.other.text) == ("树", "Trees")


HYBRID = (
    "# 目录\n\n- Trees（**树**）\n- Flows and cuts（**流与割**）\n- BERT（**BERT**）\n\n"
    "|n|名称|\n|---|---|\n|1|图 / Graphs|\n|2|点 / Nodes|\n"
)
PAIR = PageOptions(bilingual="pair")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_split_unit_is_the_half_in_the_language_of_the_page_at_its_exact_place(encoding: str) -> None:
    page = read_page(HYBRID.encode(encoding), "page.zh.md", PAIR)
    assert [unit.text for unit in page.units] == ["目录", "树", "流与割", "BERT（**BERT**）", "名称", "图", "点"]
    assert all(page.data[unit.start : unit.end].decode(page.encoding) == unit.text for unit in page.units)
    lines = page.text.split("\n")
    assert all(lines[unit.line - 1][unit.column - 1 :].startswith(unit.text) for unit in page.units)
    english = read_page(HYBRID.encode(encoding), "page.en.md", PAIR)
    assert [unit.text for unit in english.units][1:3] == ["Trees", "Flows and cuts"]


def test_a_split_page_without_translations_is_itself_and_a_translation_replaces_both_halves() -> None:
    page = read_page(HYBRID.encode(), "page.zh.md", PAIR)
    assert translated_page(page, lambda unit: None, PAIR).data == page.data
    assert translated_page(page, lambda unit: unit.text, PAIR).data == page.data
    texts = {unit.text: f"Text {number}" for number, unit in enumerate(page.units)}
    made = translated_page(page, lambda unit: texts[unit.text], PAIR)
    assert made.findings == ()
    for options in (PAIR, PageOptions()):
        assert [unit.text for unit in read_page(made.data, "page.en.md", options).units] == list(texts.values())


def test_a_page_is_not_split_unless_asked() -> None:
    assert read_page(HYBRID.encode(), "page.zh.md").units[1].text == "Trees（**树**）"
