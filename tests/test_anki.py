"""The deck of cards: what is on them, what Anki reads, and which notes stay the same."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from commands import invoked

from pipeline.text.script import has_han

ENGLISH = """# Course "A" :: one

About neural networks.

| Lecture | Title |
| --- | --- |
| Lecture 1 | Risk *stratification* |
| Lecture 2 | What is "fair"? |
| Lecture 3 | Causal inference |
| Lecture 4 | Only English |
"""
CHINESE = """# 课程

| 课时 | 题目 |
| --- | --- |
| 第1讲 | 风险分层 |
| 第2讲 | 什么是“公平”？ |
| 第3讲 | 因果推断 |
"""
TERMS = "en,zh_CN,zh_TW,note,status\nneural network,神经网络,,,\nfairness,公平性,,,\nrisk,=风险,,,proposed\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a course in two languages, and the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "source_docs/my course").mkdir(parents=True)
    (tmp_path / "bilect.toml").touch()
    (tmp_path / "source_docs/my course/course.en.md").write_text(ENGLISH, "utf-8")
    (tmp_path / "source_docs/my course/course.zh.md").write_text(CHINESE, "utf-8")
    (tmp_path / "terms.csv").write_text(TERMS, "utf-8")
    return tmp_path


def deck(root: Path, *options: str) -> tuple[list[str], list[list[str]]]:
    """The lines that begin with # and the notes of the only deck, read as Anki reads them."""
    assert invoked("export", "anki", *options, "-o", "out").exit_code == 0
    (path,) = (root / "out/my course").iterdir()
    lines = path.read_bytes().decode().splitlines(keepends=True)
    path.unlink()
    notes = list(csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", strict=True))
    return [line.rstrip("\n") for line in lines if line.startswith("#")], notes


def test_a_deck_holds_the_terms_that_are_used_and_the_titles_in_both_languages(root: Path) -> None:
    head, notes = deck(root)
    assert head == [
        "#separator:tab", "#html:false", '#deck:课程 · Course "A" : one', "#guid column:1",
        "#columns:guid\tEnglish\t中文\ttags", "#tags column:4",
    ]  # fmt: skip
    assert [note[1:] for note in notes] == [
        ["neural network", "神经网络", "course::my-course term"],
        ["Risk stratification", "风险分层", "course::my-course lecture::01"],
        ['What is "fair"?', "什么是“公平”？", "course::my-course lecture::02"],
        ["Causal inference", "因果推断", "course::my-course lecture::03"],
    ]
    assert len({note[0] for note in notes}) == 4


def test_a_note_stays_the_same_when_its_translation_is_mended(root: Path) -> None:
    before = deck(root)[1]
    (root / "terms.csv").write_text(TERMS.replace("神经网络", "类神经网络"), "utf-8")
    page = root / "source_docs/my course/course.zh.md"
    page.write_text(CHINESE.replace("风险分层", "风险的分层"), "utf-8")
    after = deck(root)[1]
    assert [note[0] for note in before] == [note[0] for note in after]
    assert [note[2] for note in after] == ["类神经网络", "风险的分层", "什么是“公平”？", "因果推断"]
    assert deck(root)[1] == after


def test_titles_of_a_list_in_one_language_come_from_its_catalog(root: Path) -> None:
    (root / "source_docs/my course/course.zh.md").unlink()
    page = "# Course\n\n## 1. Neural networks\n\nText.\n\n## 2. Risk\n\nText.\n\n## 3. Fairness\n\nText.\n"
    (root / "source_docs/my course/course.en.md").write_text(page, "utf-8")
    po = root / "locales/zh_CN/LC_MESSAGES/my course/course.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid "1. Neural networks"\nmsgstr "1. 神经网络"\n\nmsgid "2. Risk"\nmsgstr "2. 风险"\n', "utf-8")
    assert [note[1:3] for note in deck(root)[1]] == [
        ["fairness", "公平性"], ["neural network", "神经网络"], ["Neural networks", "神经网络"], ["Risk", "风险"],
    ]  # fmt: skip


def test_no_text_breaks_a_line_or_adds_a_column(root: Path) -> None:
    hostile = 'en,zh_CN\nneural network,"神经\t网络\n#deck:x"\n\'"fairness,<script>alert(1)</script>\nrisk,"""风险"\n'
    (root / "terms.csv").write_text(hostile, "utf-8")
    head, notes = deck(root)
    assert len(head) == 6
    assert {len(note) for note in notes} == {4}
    assert [note[2] for note in notes if note[3].endswith("term")] == ["神经 网络、#deck:x", '"风险']
    assert all(note[0].startswith("bilect-") for note in notes)


def test_the_deck_of_the_edition_has_notes_of_its_own(root: Path) -> None:
    simplified, traditional = deck(root)[1], deck(root, "--lang", "zh_TW")[1]
    assert [note[2] for note in traditional] == ["神經網路", "風險分層", "什麼是「公平」？", "因果推斷"]
    assert not {note[0] for note in simplified} & {note[0] for note in traditional}
    assert all(has_han(note[2]) for note in traditional)
