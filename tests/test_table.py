"""Tables on a terminal."""

from __future__ import annotations

import pytest

from pipeline.cli.table import GREEN, Column, dim, table
from pipeline.text.script import display_width

COLUMNS = (Column("line", is_number=True, colour=dim), Column("title", gives=True), Column("标题", gives=True))


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def plain(lines: list[str]) -> list[str]:
    return [line.replace("\x1b[2m", "").replace("\x1b[32m", "").replace("\x1b[0m", "") for line in lines]


def test_columns_stand_under_each_other_where_a_han_character_takes_two() -> None:
    rows = [("7", "Causal Inference", "因果推断"), ("12", "Fairness", "公平")]
    assert plain(list(table(COLUMNS, rows, "  "))) == [
        "  line  title             标题",
        "     7  Causal Inference  因果推断",
        "    12  Fairness          公平",
    ]


def test_a_table_is_no_wider_than_the_terminal_and_loses_nothing() -> None:
    rows = [("1", "word " * 30, "学习" * 40), ("1000", "short", "短")]
    lines = plain(list(table(COLUMNS, rows)))
    assert max(map(display_width, lines)) <= 80
    assert sum(line.count("word") for line in lines) == 30
    assert sum(line.count("学") for line in lines) == 40


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    assert plain(list(table(COLUMNS, [("1", "Fairness", "")]))) == ["line  title", "   1  Fairness"]


def test_colours_do_not_move_columns_and_a_page_brings_none_of_its_own() -> None:
    columns = (Column("tier", colour=lambda tier: GREEN if tier == "accept" else ""), Column("title"))
    lines = list(table(columns, [("accept", "\x1b[31mred"), ("x", "y")]))[1:]
    assert lines == ["\x1b[32maccept\x1b[0m  \\x1b[31mred", "x       y"]


def test_a_note_stands_under_its_row() -> None:
    rows = [("1", "Fairness", "公平"), ("2", "Privacy", "隐私")]
    lines = plain(list(table(COLUMNS, rows, notes=["", "because " * 10])))
    assert lines[1:3] == ["   1  Fairness  公平", "   2  Privacy   隐私"]
    assert [line[:13] for line in lines[3:]] == ["      because", "      because"]
