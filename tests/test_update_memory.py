"""`bilect update --memory`: what an update leaves empty is filled from the memory of the project."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import invoked
from updating import CATALOGS, TEXTS, said, start, start_translated, update, write

from pipeline.project.root import project_of
from pipeline.project.run import run

NEW = "The second text stands here."
FILLED = f"{CATALOGS}/other.po: made, 3 new, 1 filled in from the memory, 1 as fuzzy from the memory\n"


@pytest.fixture(autouse=True)
def _page_that_says_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start(tmp_path, monkeypatch)
    start_translated()
    write("other.en.md", TEXTS[1], NEW, "Something else.")


def test_new_messages_are_filled_from_it_where_that_is_wanted() -> None:
    assert FILLED in update("--memory").stdout
    assert said("other") == {TEXTS[1]: "第一段。", NEW: "?第二段。", "Something else.": ""}
    text = Path(CATALOGS, "other.po").read_text(encoding="utf-8")
    assert "#. memory: 98 % of course/page.po\n#. changed: … text stands [-there-] {+here+}.\n" in text
    assert '#| msgid "The second text stands there."\n' in text
    assert said("page")["Last words of all."] == ""
    assert update("--memory").stdout == update().stdout == "Nothing to update in 2 catalogs.\n"


def test_it_does_what_memory_fill_does_afterwards() -> None:
    update()
    before = Path(CATALOGS, "other.po").read_bytes()
    assert invoked("memory", "fill").exit_code == 0
    filled = Path(CATALOGS, "other.po").read_bytes()
    Path(CATALOGS, "other.po").write_bytes(before)
    assert update("--memory").stdout.startswith(f"{CATALOGS}/other.po: 1 filled in from the memory, 1 as fuzzy")
    assert Path(CATALOGS, "other.po").read_bytes() == filled


def test_a_dry_run_shows_it_and_writes_no_catalog() -> None:
    shown = update("--memory", "--dry-run", "--diff")
    assert '+msgstr "第二段。"\n' in shown.stdout
    assert not Path(CATALOGS, "other.po").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_configuration_has_it_always(jobs: int) -> None:
    Path("bilect.toml").write_text(f"memory = true\njobs = {jobs}\n", encoding="utf-8")
    assert FILLED in update("--dry-run").stdout
    report = run(project_of(Path.cwd()))
    assert report.troubles == []
    assert said("other")[NEW] == "?第二段。"
    assert run(project_of(Path.cwd())).written == []


def test_one_that_cannot_be_used_is_told_once_and_the_update_is_made() -> None:
    Path(".bilect").mkdir(exist_ok=True)
    Path(".bilect/memory.sqlite").write_text("no memory\n" * 100, encoding="utf-8")
    result = update("--memory")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert ".bilect/memory.sqlite: is no memory" in result.stderr
    assert said("other")[TEXTS[1]] == ""
