"""The terms of a project: checked, and what `bilect terms` does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.model import Finding
from pipeline.project.config import Config
from pipeline.project.root import Project
from pipeline.project.terms import lexicon_of
from pipeline.project.work import checked
from pipeline.text.terms import Term


def project_with(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


PO = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n\nmsgid "All traits"\nmsgstr "所有性状"\n'


def of_terms(*paths: str) -> list[Finding]:
    found = checked(paths).findings
    return [each for each in found if each.code in ("M201", "X101")]


def test_a_project_is_checked_with_its_terms_and_its_course_has_the_last_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    catalog = "locales/zh_CN/LC_MESSAGES/rust/page.po"
    accept = '[[accept]]\nrule = "M201"\npage = "page.en.md"\nreason = "old book"\n'
    files = {"source_docs/rust/page.en.md": "All traits\n", catalog: PO, "terms.csv": "en,zh_CN\ntrait,特征\n"}
    project_with(tmp_path, files)
    (finding,) = of_terms()
    assert (finding.code, finding.path, finding.line, finding.source) == ("M201", catalog, 5, "All traits")
    project_with(tmp_path, {"source_docs/rust/course.toml": accept})
    assert [each.accepted for each in of_terms("source_docs/rust/page.en.md")] == ["old book"]
    project_with(tmp_path, {"source_docs/rust/terms.csv": "en,zh_CN\ntrait,性状\n"})
    assert [each.name for each in of_terms()] == ["stale-acceptance"]
    project_with(tmp_path, {"terms.csv": "en,zh_CN\n,特征\n"})
    assert [str(error) for error in checked([]).troubles] == [
        "terms.csv:2: a row without English (write the term, or drop the row)"
    ]


def test_the_terms_of_a_project_come_first_where_lists_are_paired(tmp_path: Path) -> None:
    project = Project(tmp_path, Config())
    assert lexicon_of(project, []) is None
    lexicon = lexicon_of(project, [Term("attention", ("关注",)), Term("loss", ("亏",), status="proposed")])
    assert lexicon is not None
    assert lexicon.chinese("attention")[0].text == "关注"
    assert lexicon.chinese("loss")[0].text != "亏"
    assert lexicon_of(project, [Term("attention", ("关注",))]) is lexicon


def test_a_catalog_of_no_project_is_checked_with_a_glossary_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    project_with(tmp_path, {"in/a.po": PO, "in/b.po": 'msgid "open\n', "g.csv": "en,zh_CN\ntrait,特征\nbox\n"})
    with pytest.raises(SystemExit) as ended:
        main(["check", "in", "in/missing.po", "--terms", "g.csv", "--format", "concise", "--select", "M201,PO101"])
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert [line.split(": ")[0] for line in said.out.splitlines()[:2]] == ["in/a.po:5:1", "in/b.po:1:7"]
    assert [line.split(": ")[1] for line in said.err.splitlines()] == ["g.csv:3", "in/missing.po"]


def bilect(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["terms", *arguments])
    said = capsys.readouterr()
    return ended.value.code, said.out, said.err


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    page = "# 课程\n\n介绍 **无监督学习**（Unsupervised Learning）与时间。\n"
    project_with(tmp_path, {"source_docs/rust/page.en.md": "All traits\n", "source_docs/rust/zh.zh.md": page})
    project_with(tmp_path, {"locales/zh_CN/LC_MESSAGES/rust/page.po": PO})
    return tmp_path


def test_terms_are_mined_once_then_listed_with_their_uses(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bilect(capsys, "list")[2].startswith("No terms: terms.csv")
    assert "terms.csv: 1 proposed term added." in bilect(capsys, "mine", "--write")[2]
    assert bilect(capsys, "mine", "--write")[2] == "No term is proposed.\nterms.csv: 0 proposed terms added.\n"
    with (project / "terms.csv").open("a", encoding="utf-8") as stream:
        stream.write("trait,特征\n")
    (learning, trait) = json.loads(bilect(capsys, "list", "--format", "json")[1])
    assert (learning["zh_CN"], learning["status"], learning["uses"]) == (["无监督学习"], "proposed", 0)
    assert (trait["uses"], trait["rendered"], trait["place"]) == (1, 0, "terms.csv:3")
    status, said, _ = bilect(capsys, "check", "--format", "concise")
    assert (status, said.split(": ")[0]) == (1, "locales/zh_CN/LC_MESSAGES/rust/page.po:5:1")


def test_what_is_imported_changes_no_row_and_what_is_exported_can_be_imported(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = "术语;译名;状态\r\ntrait;特征;\r\n"
    project_with(project, {"terms.csv": mine, "new.csv": "en,zh\ntrait,性状\nclosure,闭包\nloop,\n"})
    status, _, said = bilect(capsys, "import", "new.csv", "missing.csv")
    assert status == 2
    assert said.splitlines() == [
        "bilect: new.csv:4: 'loop' has no Chinese (write one, or drop the row)",
        "terms.csv: 1 terms added, 0 known, 1 known with another rendering.",
        "  not added: trait: 性状",
        "bilect: missing.csv: there is no such file (mend the path)",
    ]
    assert (project / "terms.csv").read_text("utf-8") == mine.replace("\r\n", "\n") + "closure;闭包;approved\n"
    assert bilect(capsys, "export", "-o", "all.tbx")[0] == 0
    assert "0 terms added, 2 known" in bilect(capsys, "import", "all.tbx")[2]


def test_a_glossary_that_cannot_be_read_is_not_called_missing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project_with(project, {"terms.csv": 'en,zh\n"trait,特征\n'})
    for command in ("list", "check"):
        status, _, said = bilect(capsys, command)
        assert (status, len(said.splitlines())) == (2, 1)
        assert "a quote is never closed" in said


def test_a_dictionary_is_kept_beside_the_terms_and_read_by_the_lexicon(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project_with(project, {"ecdict.csv": "word,phonetic,definition,translation\nfoozle,,,n. 噜噜\\nvt. 啦啦\n"})
    assert bilect(capsys, "import", "ecdict.csv")[2] == ".bilect/dictionaries/ecdict.txt: 1 words of a dictionary.\n"
    lexicon = lexicon_of(Project(project, Config()), [Term("foozle", ("呜呜",))])
    assert lexicon is not None
    assert [each.text for each in lexicon.chinese("foozles")] == ["呜呜", "噜噜", "啦啦"]
    (project / ".bilect/dictionaries/ecdict.txt").write_bytes(b"cut short")
    assert [error.message for error in checked([]).troubles] == ["is a damaged dictionary"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--terms", "source_docs"], "cannot be read"),
        (["import", "source_docs"], "is a folder"),
        (["export", "-o", "source_docs"], "cannot be written"),
        (["export", "--terms", "a.csv", "-o", "a.csv"], "is an input"),
        (["check", "nowhere.po", "--terms", "a.csv"], "no such file"),
    ],
)
def test_bad_input_is_one_line(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    project_with(project, {"a.csv": "en,zh\ntrait,特征\n"})
    status, _, errors = bilect(capsys, *arguments)
    assert status == 2
    assert [line for line in errors.splitlines() if said in line]
    assert len(errors.splitlines()) == 1
