"""`bilect extract` in real processes."""

from __future__ import annotations

import json
from pathlib import Path

import polib
import pytest
from golden import ROOT
from terminal import bilect

PAGE = "---\ntitle: A course\n---\n\n# Lectures\n\nText of the *first* page.\n"
EARLY, LATE = {"SOURCE_DATE_EPOCH": "0"}, {"SOURCE_DATE_EPOCH": "86400"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"a.en.md": PAGE, "deep/b.md": "# 课程\n", "deep/c.html": "<p>A paragraph</p>\n"}.items():
        (tmp_path / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pages" / name).write_text(text, "utf-8", newline="\n")
    return tmp_path


def test_json_has_every_unit_in_the_fixed_shape_with_its_place_on_disk(folder: Path) -> None:
    shown = bilect("extract", "--format", "json", "pages", cwd=folder)
    units = json.loads(shown.stdout)
    assert (shown.status, shown.stderr) == (0, "")
    assert [(unit["path"], unit["kind"], unit["text"]) for unit in units] == [
        ("pages/a.en.md", "front matter", "A course"),
        ("pages/a.en.md", "heading", "Lectures"),
        ("pages/a.en.md", "paragraph", "Text of the *first* page."),
        ("pages/deep/b.md", "heading", "课程"),
        ("pages/deep/c.html", "paragraph", "A paragraph"),
    ]
    assert list(units[0]) == ["path", "line", "column", "start", "end", "kind", "text", "context"]
    assert (units[0]["line"], units[0]["column"], units[0]["context"]) == (2, 8, None)
    for unit in units:
        source = (folder / unit["path"]).read_bytes()
        assert source[unit["start"] : unit["end"]].decode() == unit["text"]


def test_paths_are_relative_to_the_project_inside_one() -> None:
    page = ROOT / "source_docs/dl-for-healthcare/labs.en.md"
    shown = bilect("extract", "--format", "json", page, cwd=ROOT / "source_docs")
    assert json.loads(shown.stdout)[0]["path"] == "source_docs/dl-for-healthcare/labs.en.md"


def test_one_page_without_an_output_is_a_template_on_stdout(folder: Path) -> None:
    shown = bilect("extract", "pages/a.en.md", cwd=folder, environment=EARLY)
    catalog = polib.pofile(shown.stdout)
    assert (shown.status, shown.stderr) == (0, "")
    assert catalog.metadata["POT-Creation-Date"] == "1970-01-01 00:00+0000"
    assert [entry.msgid for entry in catalog] == ["A course", "Lectures", "Text of the *first* page."]
    assert catalog[1].occurrences == [("pages/a.en.md", "5")]
    written = bilect("extract", "pages/a.en.md", "-o", "out/a.pot", cwd=folder, environment=EARLY)
    assert written == (0, "", "out/a.pot: written\n")
    assert (folder / "out/a.pot").read_bytes().decode() == shown.stdout


def test_a_folder_gives_a_folder_of_templates_and_a_date_alone_changes_none(folder: Path) -> None:
    first = bilect("extract", "pages", "-o", "out", cwd=folder, environment=EARLY)
    assert (first.status, first.stdout) == (0, "")
    assert first.stderr == "3 templates written, 0 unchanged in out.\n"
    made = {path: path.read_bytes() for path in (folder / "out").rglob("*.*")}
    assert sorted(path.relative_to(folder).as_posix() for path in made) == [
        "out/a.en.pot", "out/deep/b.pot", "out/deep/c.pot",
    ]  # fmt: skip
    assert bilect("extract", "pages", "-o", "out", "--check", cwd=folder, environment=LATE).status == 0
    assert bilect("extract", "pages", "-o", "out", cwd=folder, environment=LATE).stderr.startswith(
        "0 templates written, 3 "
    )
    assert {path: path.read_bytes() for path in made} == made
    (folder / "pages/deep/b.md").write_text("# 主题\n", "utf-8")
    checked = bilect("extract", "pages", "-o", "out", "--check", "-v", cwd=folder, environment=LATE)
    assert (checked.status, checked.stderr.splitlines()[1]) == (1, "out/deep/b.pot: would be written")
    assert (folder / "out/deep/b.pot").read_bytes() == made[folder / "out/deep/b.pot"]
    bilect("extract", "pages", "-o", "out", cwd=folder, environment=LATE)
    changed = polib.pofile((folder / "out/deep/b.pot").read_text("utf-8"))
    assert (changed[0].msgid, changed.metadata["POT-Creation-Date"]) == ("主题", "1970-01-02 00:00+0000")


def test_what_cannot_be_read_is_told_and_the_rest_is_done(folder: Path) -> None:
    (folder / "pages/binary.md").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "pages/broken.md").write_text("---\ntitle: [a\n---\n\n# Still here\n", "utf-8")
    shown = bilect("extract", "pages", "-o", "out", "-q", cwd=folder)
    assert shown.status == 1
    assert [line.split(": ")[:2] for line in shown.stderr.splitlines()] == [
        ["pages/binary.md:1:1", "error P101 unreadable-page"],
        ["pages/broken.md:2:8", "error P102 front-matter-syntax"],
    ]
    assert not (folder / "out/binary.pot").exists()
    assert "Still here" in (folder / "out/broken.pot").read_text("utf-8")
    shown = bilect("extract", "nowhere", "pages", "Makefile", "--format", "json", cwd=folder)
    assert (shown.status, len(json.loads(shown.stdout))) == (2, 6)
    assert shown.stderr.startswith("bilect: nowhere: there is no such file or folder (mend the path)\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pages"], "bilect extract: 3 templates do not fit one output: name a folder with -o"),
        (["pages", "--check"], "bilect extract: --check needs a file or a folder to look at"),
        (["pages", "-o", "pages/a.en.md"], "bilect: pages/a.en.md: is a file, and several outputs need a folder"),
        (["pages/a.en.md", "-o", "pages/a.en.md"], "bilect: pages/a.en.md: is an input, and is not overwritten"),
        (["pages/a.en.md", "-q", "-o", "pages/deep/b.md/x.pot"], "bilect: pages/deep/b.md/x.pot: cannot be written"),
    ],
)
def test_wrong_usage_is_one_line_and_changes_nothing(folder: Path, arguments: list[str], said: str) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    shown = bilect("extract", *arguments, cwd=folder)
    assert (shown.status, shown.stdout) == (2, "")
    assert shown.stderr.startswith(said)
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


@pytest.mark.parametrize(
    ("form", "places"),
    [
        ("full", [("p.en.md", "3"), ("p.en.md", "14"), ("p.en.md", "19")]),
        ("file", [("p.en.md", "")]),
        ("none", []),
        ("10", [("p.en.md", "1"), ("p.en.md", "10")]),
    ],
)
def test_references_are_as_exact_as_wanted_by_option_and_by_configuration(
    tmp_path: Path, form: str, places: list[tuple[str, str]]
) -> None:
    page = tmp_path / "p.en.md"
    page.write_text("# One\n\nThe same text.\n" + "\n" * 10 + "The same text.\n\n# Two\n\n\nThe same text.\n", "utf-8")
    shown = bilect("extract", "p.en.md", "--references", form, cwd=tmp_path, environment=EARLY)
    message = polib.pofile(shown.stdout).find("The same text.")
    assert message is not None
    assert message.occurrences == places
    (tmp_path / "bilect.toml").write_text(f"references = {form if form.isdecimal() else repr(form)}\n", "utf-8")
    assert bilect("extract", "p.en.md", cwd=tmp_path, environment=EARLY) == shown
    units = json.loads(bilect("extract", "p.en.md", "--format", "json", cwd=tmp_path).stdout)
    assert [unit["line"] for unit in units] == [1, 3, 14, 16, 19]


def test_a_project_keeps_its_templates_in_the_form_of_its_configuration(tmp_path: Path) -> None:
    (tmp_path / "source_docs/c").mkdir(parents=True)
    (tmp_path / "source_docs/c/p.en.md").write_text("# One\n\nText.\n", "utf-8")
    (tmp_path / "bilect.toml").write_text("references = 'file'\n", "utf-8")
    bilect("extract", cwd=tmp_path)
    template = tmp_path / "locales/templates/c/p.pot"
    assert "#: source_docs/c/p.en.md\n" in template.read_text("utf-8")
    assert bilect("extract", "--references", "none", cwd=tmp_path).stderr == "1 of 1 template written.\n"
    assert "#:" not in template.read_text("utf-8")


@pytest.mark.parametrize("form", ["0", "-1", "line", "1.5"])
def test_a_form_of_references_that_is_none_is_told(tmp_path: Path, form: str) -> None:
    shown = bilect("extract", f"--references={form}", cwd=tmp_path)
    assert (shown.status, shown.stdout) == (2, "")
    assert "should be full, file, none or a number of lines" in shown.stderr
