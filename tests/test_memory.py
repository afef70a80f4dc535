"""The memory: what it keeps, what it finds, and what it does to catalogs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs.memory import SIDES, Memory, Origin, Remembered, opened
from pipeline.catalogs.memory_index import features, query_of
from pipeline.catalogs.suggestions import Suggestion, Wanted, suggestions
from pipeline.model import PipelineError

PAIRS = (
    ("Machine learning for healthcare", "医疗健康中的机器学习"),
    ("Deep learning", "深度学习"),
    ("Lecture 3: decision trees", "第3讲：决策树"),
    ("See the [notes](https://example.org/a) first.", "请先看[讲义](https://example.org/a)。"),
    ("Risk stratification of patients with diabetes, in two parts", "糖尿病患者的风险分层，共两部分"),
    ("Trees", "树"),
)


def remembered(*pairs: tuple[str, str]) -> list[Remembered]:
    return [Remembered(source, target, "en", "zh_CN") for source, target in pairs]


def keep(memory: Memory, path: str, *pairs: Remembered) -> None:
    with memory.writing():
        memory.remember(Origin(path, is_catalog=False), pairs)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    memory = opened(tmp_path / "memory.sqlite")
    keep(memory, "a.tmx", *remembered(*PAIRS))
    yield memory
    memory.close()


def best(memory: Memory, text: str, minimum: int = 60) -> Suggestion:
    return suggestions(memory, text, Wanted(minimum=minimum, contains=True))[0]


def test_a_text_that_is_remembered_is_exact_in_both_languages(memory: Memory) -> None:
    for source, target in PAIRS:
        forth, back = best(memory, source), best(memory, target)
        assert (forth.score, forth.likeness, forth.target, forth.is_reversed) == (100, "exact", target, False)
        assert (back.score, back.likeness, back.target, back.is_reversed) == (100, "exact", source, True)


@pytest.mark.parametrize(
    ("text", "found", "likeness"),
    [
        ("lecture 12: Decision trees", "Lecture 3: decision trees", "numbers"),
        ("DEEP LEARNING!", "Deep learning", "spelling"),
        ("See the [notes](https://example.org/b) first.", "See the [notes](https://example.org/a) first.", "markup"),
        ("Risk stratification of people with diabetes, in two parts", PAIRS[4][0], "similar"),
        ("Machin lerning for healthcare", PAIRS[0][0], "similar"),
        ("糖尿病病人的风险分层，共两部分", PAIRS[4][1], "similar"),
        ("stratification of patients", PAIRS[4][0], "contains"),
    ],
)  # fmt: skip
def test_a_like_text_is_found_and_says_in_what_it_differs(memory: Memory, text: str, found: str, likeness: str) -> None:
    suggestion = best(memory, text)
    assert (suggestion.source, suggestion.likeness) == (found, likeness)
    assert suggestion.score < 100


@pytest.mark.parametrize(
    "text", ["树", "学", "病", "学习", "风险", "分层", "患者", "决策树", "机器 学习", "dia", "tree"]
)
def test_a_query_of_one_or_two_characters_is_found_inside_longer_texts(memory: Memory, text: str) -> None:
    assert text.replace(" ", "") in best(memory, text).source.casefold().replace(" ", "")


@given(st.text("机器学习之树ab 1", min_size=1, max_size=12), st.data())
def test_every_han_character_of_a_text_is_looked_for_by_what_the_text_is_found_by(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    query = query_of(text[start : data.draw(st.integers(start + 1, len(text)))])
    has = features(text)
    han = [feature for feature in query.features if feature[0] >= "\u4e00"]
    assert set(han) <= has
    assert all(any(each.startswith(start) for each in has) for start in query.beginnings if start >= "\u4e00")


def test_what_is_not_like_enough_or_in_another_locale_is_not_suggested(memory: Memory) -> None:
    assert suggestions(memory, "Quantum chromodynamics", Wanted()) == []
    assert suggestions(memory, "Deep learning", Wanted("en", "zh_TW")) == []
    assert suggestions(memory, "深度学习", Wanted("en", "zh_CN")) == []
    assert len(suggestions(memory, "深度学习", Wanted("zh_CN", "en"))) == 1


def test_of_equal_texts_the_one_in_the_same_context_comes_first_then_reviewed_then_latest(memory: Memory) -> None:
    plain = Remembered("Home", "主页", "en", "zh_CN", date="2024-01-01 00:00+0000")
    keep(
        memory,
        "b.po",
        plain,
        plain._replace(target="首页", date="2025-01-01 00:00+0000"),
        plain._replace(target="家", reviewed=False, date="2026-01-01 00:00+0000"),
        plain._replace(target="本垒", context="baseball"),
        plain._replace(place="a.md:7"),
    )
    found = suggestions(memory, "Home", Wanted(), "baseball")
    assert [(each.target, each.times) for each in found] == [("本垒", 1), ("首页", 1), ("主页", 2), ("家", 1)]


def test_a_file_that_is_read_again_replaces_its_pairs_and_can_be_forgotten(memory: Memory) -> None:
    keep(memory, "b.po", *remembered(("Graph", "图")))
    keep(memory, "b.po", *remembered(("Graphs", "图论")))
    assert [(path, origin.pairs) for path, origin in memory.origins().items()] == [("a.tmx", len(PAIRS)), ("b.po", 1)]
    assert best(memory, "图论").target == "Graphs"
    with memory.writing():
        assert memory.forget("b.po") == 1
    assert suggestions(memory, "图", Wanted()) == []


def test_many_small_changes_leave_everything_found(tmp_path: Path) -> None:
    memory = opened(tmp_path / "memory.sqlite")
    for number in range(24):
        keep(memory, f"{number % 8}.po", *remembered(*((f"Chapter {number} part {part}", "章") for part in range(30))))
    assert len(memory) == 8 * 30
    assert all(best(memory, f"chapter {number} PART 7").likeness == "spelling" for number in range(16, 24))
    database = sqlite3.connect(tmp_path / "memory.sqlite")
    assert database.execute("select count(*) from segment").fetchone()[0] < 8
    database.close()
    memory.close()


def test_a_write_that_fails_changes_nothing(memory: Memory) -> None:
    def pairs() -> Iterator[Remembered]:
        yield from remembered(("Graph", "图"))
        raise KeyError

    with pytest.raises(KeyError), memory.writing():
        memory.remember(Origin("a.tmx", is_catalog=False), pairs())
    assert len(memory) == len(PAIRS)
    assert best(memory, "Deep learning").score == 100


def test_what_was_written_is_there_for_the_next_process(memory: Memory, tmp_path: Path) -> None:
    other = opened(tmp_path / "memory.sqlite")
    assert list(other.pairs()) == list(memory.pairs())
    assert other.directions() == {("en", "zh_CN")}
    other.close()


def test_texts_that_no_database_takes_are_left_out(memory: Memory) -> None:
    keep(memory, "b.po", *remembered(("broken \udcff", "坏"), ("nul \0 is fine", "零")))
    assert [pair.target for pair in memory.pairs() if pair.origin == "b.po"] == ["零"]
    assert suggestions(memory, "\udcff", Wanted()) == []


@pytest.mark.parametrize("side", SIDES)
def test_queries_without_words_find_nothing_and_break_nothing(memory: Memory, side: str) -> None:
    for text in ("", " ", "…", "'; drop table pair; --", "%", "0", "\U0010ffff", "a" * 20_000, "学" * 20_000):
        assert all(each.score < 100 for each in suggestions(memory, text, Wanted(contains=bool(text.strip()))))


def foreign(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("create table song (name text)")
    database.commit()
    database.close()


def test_another_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# A page that is long enough to be no database\n" * 40, "utf-8")
    foreign(tmp_path / "songs.db")
    for name, message in (
        ("page.md", r"is no memory \(name another file with --memory; move it away,"),
        ("songs.db", "is the database of another program"),
    ):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(PipelineError, match=f"{name}: {message}"):
            opened(tmp_path / name, name)
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(PipelineError, match="is a folder"):
        opened(tmp_path)


def test_a_damaged_memory_says_what_to_do(memory: Memory, tmp_path: Path) -> None:
    keep(memory, "b.po", *remembered(*((f"text {number}", f"文{number}") for number in range(3000))))
    memory.close()
    data = bytearray((tmp_path / "memory.sqlite").read_bytes())
    data[4096 : len(data) : 7] = b"\xff" * len(range(4096, len(data), 7))
    (tmp_path / "memory.sqlite").write_bytes(data)
    damaged = opened(tmp_path / "memory.sqlite", "memory.sqlite")
    with pytest.raises(PipelineError, match=r"memory\.sqlite: is damaged \(move it away"):
        list(damaged.pairs())
    damaged.close()


def test_where_nothing_can_be_written_a_copy_in_memory_serves(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    memory = opened(tmp_path / "file" / "memory.sqlite")
    assert not memory.is_lasting
    keep(memory, "a.tmx", *remembered(*PAIRS))
    assert best(memory, "Deep learning").score == 100
    memory.close()
