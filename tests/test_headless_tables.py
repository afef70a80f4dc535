"""Tables of kramdown that begin with their delimiter row: cells, not one paragraph; what is plain Markdown stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lesson import material_of
from test_identity import assert_identity, assert_inverse

from pipeline.catalogs.messages import messages
from pipeline.exporters.document import Grid, handout_of
from pipeline.exporters.nodes import plain_text
from pipeline.extractors.outline import outline
from pipeline.extractors.page import read_page
from pipeline.extractors.rewrite import translated_page


def cells(text: str) -> list[tuple[int, int, str]]:
    """(row, column, text) of the cells of a page that has one table."""
    blocks = [block for block in read_page(text.encode(), "page.md").blocks if block.cell]
    assert {block.cell[0] for block in blocks if block.cell} <= {1}
    return [(*block.cell[1:], block.text) for block in blocks if block.cell]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_page(text.encode(), "page.md").blocks]


TABLES = {
    "|---|---|\n| waves | noise |\n| light | dark |\n": [
        (1, 1, "waves"), (1, 2, "noise"), (2, 1, "light"), (2, 2, "dark"),
    ],
    "| :-- | --: |\n| waves |\n| light | dark | grey |": [
        (1, 1, "waves"), (2, 1, "light"), (2, 2, "dark"), (2, 3, "grey"),
    ],
    "--- | ---\nwaves | noise\n | dark\n": [(1, 1, "waves"), (1, 2, "noise"), (2, 2, "dark")],
    "|---|---|\n| waves | |\n| | noise |\n|===|===|\n| light | dark |\n": [
        (1, 1, "waves"), (2, 2, "noise"), (3, 1, "light"), (3, 2, "dark"),
    ],
    "|---|\n| `a|b` and <code>c|d</code> | e\\|f | `g\n": [
        (1, 1, "`a|b` and <code>c|d</code>"), (1, 2, "e|f"), (1, 3, "`g"),
    ],
    "{: .wide}\n|---|---|\n| waves | noise |\n{: .striped}\n": [(1, 1, "waves"), (1, 2, "noise")],
    "|---|---|\n| head | line |\n|---|---|\n| waves | noise |\n": [
        (1, 1, "head"), (1, 2, "line"), (2, 1, "waves"), (2, 2, "noise"),
    ],
    "|---|---|\n| a | b |\n| head | line |\n|---|---|\n| waves | noise |\n": [
        (1, 1, "a"), (1, 2, "b"), (2, 1, "head"), (2, 2, "line"), (3, 1, "waves"), (3, 2, "noise"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", TABLES)
@pytest.mark.parametrize("before", ["", "> ", "- ", "1. > "])
def test_each_cell_is_a_unit_wherever_the_table_stands(text: str, before: str) -> None:
    further = "".join(mark if mark == ">" else " " for mark in before)
    placed = before + text.rstrip("\n").replace("\n", f"\n{further}") + "\n"
    assert cells(placed) == TABLES[text]
    assert [kind for kind, _ in kinds(placed)] == ["cell"] * len(TABLES[text])
    assert assert_inverse(placed.encode()) == 0
    assert assert_inverse(placed.replace("\n", "\r\n").encode(), change=lambda text: f"{text}|x") == 0


@pytest.mark.parametrize(
    "text",
    [
        "|---|---|\n",
        "|---|---|\ntext without pipes\n",
        "|---|---|\n| waves | noise |\nand more\n",
        "|---|\n`a|b`\n",
        "text\n|---|---|\n| waves | noise |\n",
        "|+|+|\n| waves | noise |\n",
        "| waves | noise |\n| light | dark |\n",
    ],
)
def test_what_kramdown_reads_as_a_paragraph_stays_one(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == ["paragraph"]
    assert_identity(text.encode())


def test_code_stays_code_and_a_table_of_github_stays_as_it_is() -> None:
    assert [kind for kind, _ in kinds("```\n|---|\n| a |\n```\n\n    |---|\n    | a |\n")] == ["code", "code"]
    assert cells("| a | b |\n|---|---|\n| `c\\|d` | e |\n") == [(1, 1, "a"), (1, 2, "b"), (2, 1, "`c|d`"), (2, 2, "e")]


def test_two_tables_one_below_the_other_are_two() -> None:
    page = read_page(b"|---|\n| waves |\n\n| light |\n|---|\n| dark |\n\n> |---|\n\n> | a |\n> |---|\n", "page.md")
    assert [block.cell for block in page.blocks] == [(1, 1, 1), (2, 1, 1), (2, 2, 1), None, (3, 1, 1)]


def test_a_cell_is_read_as_in_a_table_with_a_header() -> None:
    row = '| ![a wave](w.png) | **[notes](n.md)** <img src="x.png" alt="a tree"> | <b>bold</b> |\n'
    assert kinds(f"|---|---|---|\n{row}") == kinds(f"{row}|---|---|---|\n")


def test_notes_for_translators_tell_row_column_and_header() -> None:
    page = read_page("|---|---|\n| 编号 | 课时内容 |\n| P1 | 波与噪声 |\n".encode(), "page.md")
    notes = {message.msgid: message.notes for message in messages(page.units)}
    assert "table cell, row 2 column 2, header 课时内容" in notes["波与噪声"][0]


@pytest.mark.parametrize(
    ("text", "has_head"),
    [
        ("|---|---|\n| waves | noise |\n| light | dark |\n", False),
        ("|---|---|\n| waves | noise |\n|---|---|\n| light | dark |\n", True),
        ("| waves | noise |\n|---|---|\n| light | dark |\n", True),
        ("> waves | noise\n> --- | ---\n> light | dark", True),
        ("| | |\n|---|---|\n| waves | noise |\n| light | dark |", False),
    ],
)
def test_a_handout_shows_a_table_and_a_header_only_where_there_is_one(text: str, has_head: bool) -> None:
    (section,) = handout_of(material_of(text)).sections
    (grid,) = section.blocks
    assert isinstance(grid, Grid)
    shown = [[plain_text(cell.source.nodes) if cell else "" for cell in row] for row in grid.rows]
    assert (shown, grid.has_head) == ([["waves", "noise"], ["light", "dark"]], has_head)


def test_an_outline_reads_lectures_from_such_a_table_with_pictures_in_it() -> None:
    rows = "".join(f"| 第{number}讲 | ![图{number}](p.png) | 波{number} |\n" for number in range(1, 6))
    found = outline(read_page(f"# 课程\n\n|---|---|---|\n| 编号 | 图 | 内容 |\n{rows}".encode(), "page.md"))
    assert [(lecture.number, lecture.texts["zh"]) for lecture in found.lectures] == [
        (number, f"波{number}") for number in range(1, 6)
    ]


@given(st.lists(st.sampled_from(["|", "-", " ", "\n", "a", "b|", "`", "\\", ">", "=", "{: .x}", "|---|\n", "<code>"])))
def test_any_mix_of_pipes_and_rules_comes_back(parts: list[str]) -> None:
    assert_identity(("|---|---|\n" + "".join(parts)).encode())


def test_a_pipe_in_code_is_written_as_the_cell_had_it() -> None:
    page = read_page(b"|---|---|\n| light `a|b` | waves |\n", "page.md")
    texts = {"light `a|b`": "光 | `b|a`", "waves": "波 | 浪"}
    made = translated_page(page, lambda unit: texts[unit.text])
    assert (made.data.decode(), made.findings) == ("|---|---|\n| 光 \\| `b|a` | 波 \\| 浪 |\n", ())
    plain = read_page(b"| light `a\\|b` |\n|---|\n", "page.md")
    assert translated_page(plain, lambda unit: "`b|a` 光").data == "| `b\\|a` 光 |\n|---|\n".encode()
