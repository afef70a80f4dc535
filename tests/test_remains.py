"""What becomes of the tables and exports of a course that is deleted: what bilect made goes, all else stays."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from unicodedata import normalize

import pytest
from click.testing import Result
from commands import invoked

from pipeline.project.remains import digest

TABLE = "locales/tables/gone/lectures.csv"
PAGE = """# A course

| No. | Title |
| --- | --- |
| Lecture 1 | Regression |
| Lecture 2 | Classification |
| Lecture 3 | Clustering |

Some text.
"""


def made(*folders: str) -> list[str]:
    return sorted(path.as_posix() for folder in folders for path in Path(folder).rglob("*") if path.is_file())


def files() -> dict[str, bytes]:
    return {path: Path(path).read_bytes() for path in made(".")}


@pytest.fixture(autouse=True)
def _two_courses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    for name in ("gone", "stays"):
        path = Path("source_docs", name, "page.en.md")
        path.parent.mkdir(parents=True)
        path.write_text(PAGE, encoding="utf-8")
    assert bilect("run").exit_code == 0
    assert Path(TABLE).is_file()


def bilect(*arguments: str) -> Result:
    return invoked(*arguments)


@pytest.mark.parametrize("command", ["run", "update"])
def test_what_was_made_of_a_deleted_course_is_removed_and_told_once(command: str) -> None:
    others = {path: data for path, data in files().items() if "/stays/" in path}
    number = len(made("build/gone"))
    assert number > 1
    shutil.rmtree("source_docs/gone")
    result = bilect(command)
    said = result.stdout + result.stderr
    assert "locales/tables/gone: its course is gone: 1 file removed\n" in said
    assert f"build/gone: its course is gone: {number} files removed\n" in said
    assert not Path("build/gone").exists()
    assert not Path("locales/tables/gone").exists()
    assert {path: data for path, data in files().items() if "/stays/" in path} == others
    again = bilect(command)
    assert "its course is gone" not in again.stdout + again.stderr


def test_a_dry_run_says_it_and_removes_nothing() -> None:
    shutil.rmtree("source_docs/gone")
    before = files()
    dry = bilect("update", "--dry-run").stdout
    assert "locales/tables/gone: its course is gone: 1 file removed\n" in dry
    assert files() == before
    assert [line for line in bilect("update").stdout.splitlines() if "course" in line] == [
        line for line in dry.splitlines() if "course" in line
    ]


def test_what_a_person_changed_or_put_there_stays() -> None:
    own = Path("build/gone/own.txt")
    own.write_bytes(b"mine")
    table = Path(TABLE)
    changed = table.read_bytes() + b"mine\n"
    table.write_bytes(changed)
    shutil.rmtree("source_docs/gone")
    result = bilect("update")
    assert f"{TABLE}: its course is gone; it was changed, or made elsewhere, and is kept\n" in result.stdout
    assert (table.read_bytes(), made("build/gone")) == (changed, [own.as_posix()])


def test_without_a_record_nothing_is_removed() -> None:
    shutil.rmtree(".bilect")
    shutil.rmtree("source_docs/gone")
    before = made("build/gone", "locales/tables/gone")
    result = bilect("run")
    assert result.stderr.count("is kept\n") == 1
    assert made("build/gone", "locales/tables/gone") == before


@pytest.mark.parametrize("path", ["README.md", "../outside.md", "build/../README.md", "locales/own.md"])
def test_a_record_that_somebody_else_wrote_removes_nothing_of_others(path: str) -> None:
    target = Path(path)
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(b"mine")
    shutil.rmtree("source_docs/gone")
    for record in Path(".bilect/made").glob("*.json"):
        said = json.loads(record.read_bytes())
        said["files"][path] = digest(b"mine")
        record.write_text(json.dumps(said), encoding="utf-8")
    assert bilect("update").exit_code == 0
    assert target.read_bytes() == b"mine"


@pytest.mark.parametrize("text", ["", "[]", '{"course": 1}', "{" * 9])
def test_a_record_that_is_none_is_as_good_as_missing(text: str) -> None:
    for record in Path(".bilect/made").glob("*.json"):
        record.write_text(text, encoding="utf-8")
    shutil.rmtree("source_docs/gone")
    assert bilect("update").exit_code == 0
    assert made("build/gone")


def test_nothing_is_taken_for_gone_where_there_is_no_course_at_all() -> None:
    shutil.rmtree("source_docs")
    Path("source_docs").mkdir()
    before = files()
    bilect("run")
    assert files().keys() >= before.keys()


def test_an_update_of_one_course_leaves_the_others_alone() -> None:
    shutil.rmtree("source_docs/gone")
    bilect("update", "source_docs/stays")
    assert made("build/gone")


def test_a_course_that_comes_back_is_made_again() -> None:
    before = {path: data for path, data in files().items() if path.startswith(("build", "locales/tables"))}
    Path("source_docs/gone").rename("kept")
    bilect("run")
    Path("kept").rename("source_docs/gone")
    bilect("run")
    assert {path: data for path, data in files().items() if path.startswith(("build", "locales/tables"))} == before


def told_of_stale(result: Result) -> list[str]:
    return [line for line in (result.stdout + result.stderr).splitlines() if "is no more" in line]


def test_what_was_made_of_a_deleted_page_goes_while_its_course_lives() -> None:
    write_second_page()
    assert "build/stays/second.zh.md" in made("build/stays")
    Path("source_docs/stays/second.en.md").unlink()
    result = bilect("run")
    assert told_of_stale(result) == ["build/stays: 1 file removed, made of what is no more"]
    assert "build/stays/second.zh.md" not in made("build")
    assert "build/stays/page.zh.md" in made("build")
    assert told_of_stale(bilect("run")) == []


def test_an_export_of_a_deleted_page_that_a_person_changed_stays() -> None:
    write_second_page()
    export = Path("build/stays/second.zh.md")
    export.write_text("mine", "utf-8")
    Path("source_docs/stays/second.en.md").unlink()
    assert told_of_stale(bilect("run")) == []
    assert export.read_text("utf-8") == "mine"


@pytest.mark.parametrize("gone", ["source_docs/stays/second.en.md", "source_docs/stays"])
def test_a_link_that_a_person_put_in_the_place_of_an_export_stays(gone: str, tmp_path: Path) -> None:
    write_second_page()
    export = Path("build/stays/second.zh.md")
    export.rename("mine.md")
    export.symlink_to(tmp_path / "mine.md")
    remove = shutil.rmtree if Path(gone).is_dir() else os.unlink
    remove(gone)
    bilect("run")
    assert (export.is_symlink(), export.is_file()) == (True, True)


@pytest.mark.parametrize("old", ["second", "Zweite\u0308"])
def test_a_file_of_another_name_on_a_disk_that_tells_no_case_apart_stays(old: str) -> None:
    new = normalize("NFC", old).upper()
    page = Path("source_docs/stays", f"{old}.en.md")
    page.write_text("# Another page\n\nMore text.\n", "utf-8")
    assert bilect("run").exit_code == 0
    page.rename(page.with_name(f"{new}.en.md"))
    os.link(f"build/stays/{old}.zh.md", f"build/stays/{new}.zh.md")  # as two names of one file are there
    assert told_of_stale(bilect("run")) == []
    assert Path(f"build/stays/{new}.zh.md").is_file()


def test_two_pages_that_differ_in_case_alone_stay_both() -> None:
    write_second_page()
    Path("source_docs/stays/SECOND.en.md").write_text("# A third page\n\nIts text.\n", "utf-8")
    before = made("build/stays") if bilect("run").exit_code == 0 else []
    assert {"build/stays/second.zh.md", "build/stays/SECOND.zh.md"} <= {*before}
    shutil.rmtree("source_docs/gone")
    assert told_of_stale(bilect("run")) == []
    assert made("build/stays") == before


def test_nothing_goes_while_a_page_of_the_course_cannot_be_read() -> None:
    write_second_page()
    Path("source_docs/stays/second.en.md").write_bytes(b"\x00" * 99)
    Path("source_docs/stays/page.en.md").rename("source_docs/stays/third.en.md")
    assert told_of_stale(bilect("run")) == []
    assert {"build/stays/second.zh.md", "build/stays/page.zh.md"} <= {*made("build")}


def test_nothing_goes_while_a_track_of_the_course_cannot_be_read() -> None:
    for language in ("en", "zh"):
        Path(f"source_docs/stays/talk.{language}.srt").write_bytes(b"1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    assert bilect("run").exit_code == 0
    before = made("build/stays")
    for language in ("en", "zh"):
        Path(f"source_docs/stays/talk.{language}.srt").write_bytes(b"")
    assert told_of_stale(bilect("run")) == []
    assert set(made("build/stays")) >= set(before)


@pytest.mark.parametrize("target", ["not-checked-out.md", "second.en.md"])
def test_nothing_goes_while_a_page_is_a_link_to_nothing(target: str) -> None:
    write_second_page()
    page = Path("source_docs/stays/second.en.md")
    page.unlink()
    page.symlink_to(target)
    before = files()
    result = bilect("run")
    assert (result.exit_code, told_of_stale(result)) == (2, [])
    assert "source_docs/stays/second.en.md: cannot be read: no such file" in result.stderr
    assert files().keys() == before.keys()


def write_second_page() -> None:
    Path("source_docs/stays/second.en.md").write_text("# Another page\n\nMore text.\n", "utf-8")
    assert bilect("run").exit_code == 0
