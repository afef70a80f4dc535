"""What is told in CI: only what is new, against a baseline and against a commit, and how a check ends."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from commands import invoked
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Finding, PipelineError
from pipeline.validator.baseline import (
    Entry,
    fingerprint,
    judged,
    numbered_fingerprints,
    read_baseline,
    renewed,
    written_baseline,
)

LOST = Finding(
    "M111", "brace-placeholder", "warning", "a.po", 12, 3, "{n} is missing", "{n} files", "文件", key="\x04-1"
)
GAP = Finding("A105", "number-gap", "warning", "a.md", 7, 1, "lecture 5 is missing between line 6 and line 7")


def baseline_of(*findings: Finding) -> list[Entry]:
    return renewed(findings, [], lambda _entry: True).entries


# --- what makes a finding the same


@pytest.mark.parametrize(
    "moved",
    [
        replace(LOST, line=99, column=1, message="reworded", severity="error", fix="x", spots=((0, 3), None)),
        replace(GAP, line=9, message="lecture 5 is missing between line 8 and line 9"),
    ],
)
def test_a_finding_stays_known_when_lines_move_and_rules_are_reworded(moved: Finding) -> None:
    assert fingerprint(moved) == fingerprint(LOST if moved.code == "M111" else GAP)


@pytest.mark.parametrize(
    "other",
    [
        replace(LOST, code="M112"),
        replace(LOST, path="b.po"),
        replace(LOST, key="menu\x04-1"),
        replace(LOST, source="{m} files"),
        replace(LOST, target="文件。"),
    ],
)
def test_a_finding_lapses_with_its_rule_its_file_its_message_and_its_texts(other: Finding) -> None:
    assert fingerprint(LOST) != fingerprint(other)


def test_a_finding_without_texts_is_known_by_its_words() -> None:
    assert fingerprint(GAP) != fingerprint(replace(GAP, message="lecture 6 is missing between line 6 and line 7"))


@given(st.lists(st.sampled_from([LOST, GAP, replace(LOST, key="menu\x04-1")])))
def test_no_two_findings_of_a_report_have_one_fingerprint(findings: list[Finding]) -> None:
    assert len(set(numbered_fingerprints(findings))) == len(findings)


# --- what passes


def test_known_findings_pass_and_new_ones_are_told() -> None:
    told = judged([GAP, LOST], baseline_of(LOST))
    assert (told.new, told.known, told.unused) == ([GAP], 1, [])


def test_only_as_many_equal_findings_pass_as_there_were() -> None:
    assert judged([GAP, GAP, GAP], baseline_of(GAP, GAP)).new == [GAP]
    assert [left for _, left in judged([GAP], baseline_of(GAP, GAP)).unused] == [1]


def test_what_is_accepted_needs_no_baseline() -> None:
    accepted = replace(LOST, accepted="a name")
    assert baseline_of(accepted) == []
    told = judged([accepted], baseline_of(LOST))
    assert (told.new, told.known, len(told.unused)) == ([accepted], 0, 1)


# --- the file


@given(st.lists(st.builds(replace, st.just(LOST), source=st.text(), path=st.text(min_size=1), key=st.text())))
def test_a_baseline_is_read_as_it_was_written_whatever_the_order(findings: list[Finding]) -> None:
    text = written_baseline(baseline_of(*findings))
    assert text == written_baseline(baseline_of(*reversed(findings)))
    if "\\ud" not in ascii(text):
        entries = read_baseline(text.encode(), "b.json")
        assert [replace(each, at=0) for each in entries] == baseline_of(*findings)
        assert judged(findings, entries).new == []


def test_a_baseline_is_written_anew_with_the_reasons_that_people_gave_and_what_was_not_looked_at() -> None:
    (lost,), (gap,) = baseline_of(LOST), baseline_of(GAP)
    before = [replace(lost, reason="a brand"), gap]
    made = renewed([LOST], before, lambda entry: entry.path == "a.po")
    assert (made.entries, made.added, made.gone) == ([gap, replace(lost, reason="a brand")], 0, 0)
    made = renewed([LOST], before, lambda _entry: True)
    assert (made.entries, made.added, made.gone) == ([replace(lost, reason="a brand")], 0, 1)


def test_an_entry_a_line_keeps_versions_apart() -> None:
    lines = written_baseline(baseline_of(LOST, GAP)).splitlines()
    assert len(lines) == 3 + 2 + 2
    assert [entry.at for entry in read_baseline("\n".join(lines).encode(), "b.json")] == [4, 5]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff", "is not UTF-8"),
        (b"{\n", "b.json:2: is no JSON"),
        (b"[]", "is no baseline of this version"),
        (b'{"bilect-baseline": 2, "findings": []}', "is no baseline of this version"),
        (b'{"bilect-baseline": 1, "findings": [7]}', "holds what is no finding: 7"),
        (b'{"bilect-baseline": 1, "findings": [{"fingerprint": "a", "count": true}]}', "holds what is no finding"),
        (b"[" * 100_000, "is no JSON"),
    ],
)
def test_what_is_no_baseline_is_told_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(PipelineError, match=said) as caught:
        read_baseline(data, "b.json")
    assert "bilect check --write-baseline" in str(caught.value)


# --- the command

HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: x\\n"\n"PO-Revision-Date: 2024-01-01 00:00+0000\\n"\n'
    '"Language: zh_CN\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
)
FIRST = '\nmsgid "Open {n} files."\nmsgstr "打开文件。"\n'
SECOND = '\nmsgid "Close {n} files."\nmsgstr "关闭文件。"\n'
CHECK = ("check", "a.po", "--select", "brace-placeholder,X105", "--format", "concise")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.po").write_text(HEADER + FIRST, "utf-8")
    return tmp_path


def test_old_findings_are_let_pass_and_new_ones_told(folder: Path) -> None:
    made = invoked(*CHECK, "--baseline", "b.json", "--write-baseline")
    assert (made.exit_code, made.stdout) == (0, "")
    assert made.stderr == "b.json: 1 finding from now on let pass (1 added, 0 removed)\n"
    assert invoked(*CHECK, "--baseline", "b.json", "--max-warnings", "0").exit_code == 0
    (folder / "a.po").write_text(HEADER + "\n# moved\n" + SECOND + FIRST, "utf-8")
    told = invoked(*CHECK, "--baseline", "b.json", "--max-warnings", "0")
    assert (told.exit_code, told.stdout.count("\n")) == (1, 1)
    assert told.stderr == "1 finding in the baseline b.json is not shown.\n"


def test_what_is_mended_leaves_the_baseline(folder: Path) -> None:
    invoked(*CHECK, "--baseline", "b.json", "--write-baseline")
    (folder / "a.po").write_text(HEADER + FIRST.replace("打开", "打开 {n} 个"), "utf-8")
    told = invoked(*CHECK, "--baseline", "b.json")
    assert (told.exit_code, told.stdout) == (
        0,
        "b.json:4:1: info X105 unused-baseline: the M111 brace-placeholder finding in a.po is gone\n",
    )
    assert invoked(*CHECK[:3], "M2", *CHECK[4:], "--baseline", "b.json").stdout == ""
    invoked(*CHECK, "--baseline", "b.json", "--write-baseline")
    assert json.loads((folder / "b.json").read_text("utf-8"))["findings"] == []


def test_the_configuration_names_the_baseline(folder: Path) -> None:
    (folder / "bilect.toml").write_text('[check]\nbaseline = "b.json"\n', "utf-8")
    with pytest.raises(PipelineError, match=r"b.json: there is no such baseline .*--write-baseline makes it"):
        invoked(*CHECK)
    invoked(*CHECK, "--write-baseline")
    assert invoked(*CHECK).stdout == ""


def test_a_baseline_needs_a_file_and_all_findings(folder: Path) -> None:
    for options, said in ([], "needs a file"), (["--changed", "HEAD"], "leave out"):
        with pytest.raises(Exception, match=said):
            invoked(*CHECK, "--write-baseline", *options)


# --- how a check ends, and where its reports go


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 0),
        (("--fail-on", "warning"), 1),
        (("--fail-on", "never"), 0),
        (("--max-warnings", "1"), 0),
        (("--max-warnings", "0"), 1),
        (("--fail-on", "never", "--max-warnings", "0"), 1),
        (("missing.po", "--fail-on", "warning"), 2),
    ],
)
@pytest.mark.usefixtures("folder")
def test_the_exit_status_is_that_of_the_contract(options: tuple[str, ...], status: int) -> None:
    assert invoked(*CHECK, *options).exit_code == status


def test_content_that_cannot_be_parsed_is_a_finding_and_ends_with_1(folder: Path) -> None:
    (folder / "a.po").write_text(HEADER + '\nmsgid "x\n', "utf-8")
    assert invoked("check", "a.po").exit_code == 1


def test_one_run_writes_several_reports(folder: Path) -> None:
    told = invoked(*CHECK, "-o", "c.txt", "--report", "sarif=x/r.sarif", "--report", "html=r.html")
    assert told.stdout == ""
    assert told.stderr == ("x/r.sarif: 1 finding as sarif\nr.html: 1 finding as html\nc.txt: 1 finding as concise\n")
    assert (folder / "c.txt").read_text("utf-8").startswith("a.po:")
    assert json.loads((folder / "x" / "r.sarif").read_text("utf-8"))["runs"][0]["results"][0]["ruleId"] == "M111"
    assert not (folder / "r.html").read_text("utf-8").startswith("\ufeff")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("wrong", ["sarif", "sarif=", "srif=x.json"])
def test_a_report_without_form_or_file_is_wrong_usage(wrong: str) -> None:
    with pytest.raises(Exception, match="is not FORM=FILE, with FORM one of text, concise, json"):
        invoked(*CHECK, "--report", wrong)


def test_a_report_that_cannot_be_written_does_not_stop_the_others(folder: Path) -> None:
    (folder / "x").mkdir()
    told = invoked(*CHECK, "--report", "sarif=x", "--report", "junit=j.xml")
    assert (told.exit_code, told.stderr.count("cannot be written")) == (2, 1)
    assert (folder / "j.xml").is_file()
    assert told.stdout.startswith("a.po:")


def test_on_github_a_table_is_appended_to_the_summary_of_the_step(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = folder / "summary.md"
    summary.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    invoked(*CHECK[:4])
    assert summary.read_text("utf-8") == "before\n"
    invoked(*CHECK[:4], "--format", "github")
    assert summary.read_text("utf-8").startswith("before\n### bilect check: 1 finding (1 warning)\n\n| |")


# --- what a change brought

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def git(*arguments: str, cwd: Path) -> None:
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *settings, *arguments], cwd=cwd, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git("add", "-A", cwd=folder)
    git("commit", "-q", "-m", "a change", cwd=folder)


@pytest.fixture
def repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One with a project in a folder of it, which is the current folder."""
    project = folder / "docs"
    project.mkdir()
    (project / "bilect.toml").touch()
    (folder / "a.po").rename(project / "a.po")
    git("init", "-q", cwd=folder)
    commit(folder)
    monkeypatch.chdir(project)
    return folder


@needs_git
def test_only_what_a_change_brought_is_told(repository: Path) -> None:
    catalog = repository / "docs" / "a.po"
    assert invoked(*CHECK, "--changed", "HEAD").stdout == ""
    catalog.write_text(HEADER + SECOND + FIRST, "utf-8")
    told = invoked(*CHECK, "--changed", "HEAD", "--max-warnings", "0")
    assert (told.exit_code, told.stdout.count("\n")) == (1, 1)
    assert told.stdout.startswith("a.po:11:1: ")
    commit(repository)
    assert invoked(*CHECK, "--changed", "HEAD").stdout == ""
    assert invoked(*CHECK, "--changed", "HEAD~1").stdout == told.stdout


@needs_git
def test_files_are_compared_from_the_root_of_the_repository_too(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    (repository / "docs" / "a.po").write_text(HEADER + SECOND + FIRST, "utf-8")
    for path in ("docs/a.po", "docs", str(repository / "docs" / "a.po")):
        assert invoked("check", path, *CHECK[2:], "--changed", "HEAD").stdout.count("\n") == 1


@needs_git
def test_a_file_that_is_renamed_brings_nothing_and_a_new_one_all(repository: Path) -> None:
    project = repository / "docs"
    git("mv", "docs/a.po", "docs/b.po", cwd=repository)
    (project / "c.po").write_text(HEADER + SECOND, "utf-8")
    told = invoked("check", "b.po", "c.po", *CHECK[2:], "--changed", "HEAD").stdout
    assert [line.partition(":")[0] for line in told.splitlines()] == ["c.po"]


@needs_git
def test_what_others_did_meanwhile_is_not_of_the_change(repository: Path) -> None:
    project = repository / "docs"
    git("checkout", "-q", "-b", "topic", cwd=repository)
    git("checkout", "-q", "main", cwd=repository)
    (project / "a.po").write_text(HEADER, "utf-8")
    commit(repository)
    git("checkout", "-q", "topic", cwd=repository)
    (project / "other.txt").write_text("x", "utf-8")
    assert invoked(*CHECK, "--changed", "main").stdout == ""


@needs_git
def test_what_git_ignores_is_of_no_change(repository: Path) -> None:
    (repository / ".gitignore").write_text("c.po\n", "utf-8")
    (repository / "docs" / "c.po").write_text(HEADER + SECOND, "utf-8")
    assert invoked("check", "c.po", *CHECK[2:], "--changed", "HEAD").stdout == ""


@needs_git
def test_a_page_is_compared_with_the_whole_project_as_it_was(repository: Path) -> None:
    course = repository / "docs" / "source_docs" / "stars"
    course.mkdir(parents=True)
    (course / "a.md").write_text("# A\n\n[b](b.md) [c](c.md) [d](d.md)\n", "utf-8")
    (course / "b.md").write_text("# B\n\n[a](a.md)\n", "utf-8")
    (course / "d.md").write_text("# D\n", "utf-8")
    commit(repository)
    (course / "b.md").unlink()
    told = invoked("check", "--select", "broken-link", "--format", "concise", "--changed", "HEAD").stdout
    assert told.count("\n") == 1
    assert told.startswith("source_docs/stars/a.md:3:")
    assert "b.md" in told.partition(": ")[2]


@needs_git
def test_a_change_is_found_in_a_second_work_tree_and_nothing_is_left_behind(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("worktree", "add", "-q", "../second", cwd=repository)
    second = repository.parent / "second" / "docs"
    monkeypatch.chdir(second)
    (second / "a.po").write_text(HEADER + FIRST + SECOND, "utf-8")
    assert invoked(*CHECK, "--changed", "main").stdout.count("\n") == 1
    listed = subprocess.run(["git", "worktree", "list"], cwd=second, capture_output=True, check=True).stdout
    assert listed.count(b"\n") == 2


@needs_git
def test_a_commit_that_is_not_there_is_told_and_what_a_shallow_clone_lacks(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("nope", "--all"):
        with pytest.raises(PipelineError, match=f"no commit is called '{name}'"):
            invoked(*CHECK, f"--changed={name}")
    (repository / "docs" / "a.po").write_text(HEADER + FIRST + SECOND, "utf-8")
    commit(repository)
    shallow = repository.parent / "shallow"
    git("clone", "-q", "--depth", "1", repository.as_uri(), str(shallow), cwd=repository)
    monkeypatch.chdir(shallow / "docs")
    with pytest.raises(PipelineError, match=r"'HEAD~1' is not in this shallow clone .*fetch-depth: 0"):
        invoked(*CHECK, "--changed", "HEAD~1")


@needs_git
def test_without_a_repository_there_is_no_change(folder: Path) -> None:
    with pytest.raises(PipelineError, match="is in no git repository"):
        invoked(*CHECK, "--changed", "HEAD")
    assert folder.is_dir()


@needs_git
def test_reports_for_ci_call_files_as_the_repository_does(repository: Path) -> None:
    invoked(*CHECK, "--report", "gitlab=g.json", "--report", "json=j.json")
    (issue,) = json.loads((repository / "docs" / "g.json").read_text("utf-8"))
    (finding,) = json.loads((repository / "docs" / "j.json").read_text("utf-8"))
    assert (issue["location"]["path"], finding["path"]) == ("docs/a.po", "a.po")
