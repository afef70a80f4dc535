"""Each source of the lexicon is asked by `bilect align`: a made-up word that only one source knows pairs two titles."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal import bilect

from pipeline import align_lists
from pipeline.catalogs.memory import Origin, Remembered, opened, short_pairs
from pipeline.project.config import Config
from pipeline.project.root import Project
from pipeline.project.terms import MEMORY_FILE, lexicon_of, remembered_terms

ENGLISH, CHINESE = ("Foozles", "Fairness", "Blorting"), ("公平", "噜噜", "咕咕")


def by_terms(root: Path) -> None:
    (root / "terms.csv").write_text("en,zh\nfoozle,噜噜\n", "utf-8")


def by_memory(root: Path) -> None:
    memory = opened(root / MEMORY_FILE)
    with memory.writing():
        memory.remember(Origin("old.tmx", False), [Remembered("Foozles", "噜噜", "en", "zh_CN")])
    memory.close()


def by_dictionary(root: Path) -> None:
    (root / "words.csv").write_text("word,translation\nfoozle,n. 噜噜\n", "utf-8")
    assert bilect("terms", "import", "words.csv", cwd=root).status == 0


def project(root: Path) -> Path:
    (root / "bilect.toml").write_text("", "utf-8")
    (root / "en.txt").write_text("\n".join(ENGLISH), "utf-8")
    (root / "zh.txt").write_text("\n".join(CHINESE), "utf-8")
    return root


def evidence(root: Path) -> str:
    shown = bilect("align", "en.txt", "zh.txt", "--format", "json", cwd=root)
    assert shown.status == 0, shown.stderr
    return json.dumps(json.loads(shown.stdout), ensure_ascii=False)


@pytest.mark.parametrize("know", [by_terms, by_memory, by_dictionary])
def test_a_word_that_one_source_of_a_project_knows_pairs_titles(know: Callable[[Path], None], tmp_path: Path) -> None:
    root = project(tmp_path)
    assert "噜噜=fooz" not in evidence(root)
    know(root)
    assert "噜噜=fooz" in evidence(root)


def test_the_pairs_of_a_page_teach_its_own_words() -> None:
    """And `align_lists` as a library call knows nothing else of them."""
    right = ["咕咕", "公平", "噜噜"]
    assert "噜噜" not in str(align_lists(["Foozles", "Fairness", "Blorts"], right).pairs)
    taught = align_lists(["Foozle（噜噜）", "Fairness（公平）", "Blort（咕咕）", "Foozles"], right)
    assert {(pair.left, pair.right) for pair in taught.pairs} == {(0, 2), (1, 1), (2, 0)}


def test_a_memory_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    root = project(tmp_path)
    opened_project = Project(root, Config())
    assert remembered_terms(opened_project) == ()
    (root / ".bilect").mkdir(exist_ok=True)
    (root / MEMORY_FILE).write_bytes(b"no database at all, but long enough to be taken for one")
    assert remembered_terms(opened_project) == ()
    assert lexicon_of(opened_project, ()) is None


def test_only_short_reviewed_pairs_of_english_and_chinese_are_terms(tmp_path: Path) -> None:
    memory = opened(tmp_path / "memory.sqlite")
    with memory.writing():
        memory.remember(
            Origin("old.tmx", False),
            [
                Remembered("Foozles", "噜噜", "en", "zh_CN"),
                Remembered("咕咕", "blort", "zh_CN", "en"),
                Remembered("Foozles", "Fusel", "en", "de"),
                Remembered("one two three four five six seven", "七", "en", "zh_CN"),
                Remembered("quux", "垮", "en", "zh_CN", reviewed=False),
            ],
        )
    memory.close()
    assert short_pairs(tmp_path / "memory.sqlite", 6) == (("Foozles", "噜噜"), ("blort", "咕咕"))
