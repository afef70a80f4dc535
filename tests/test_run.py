"""The main job: what it writes, that it writes nothing twice, and what bad input does to it."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
import terminal
from golden import ROOT

ENVIRONMENT = {"SOURCE_DATE_EPOCH": "1760000000", "PYTHONIOENCODING": "utf-8"}


def bilect(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    shown = terminal.bilect(*arguments, cwd=at, environment=ENVIRONMENT)
    return subprocess.CompletedProcess(arguments, *shown)


def started(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    """What a process of its own does, which knows nothing of those before it."""
    return subprocess.CompletedProcess(arguments, *terminal.started(*arguments, cwd=at, environment=ENVIRONMENT))


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own courses after one run."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "source_docs", root / "source_docs")
    result = bilect("run", at=root)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "project")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    page = tmp_path / "source_docs" / "course" / "page.en.md"
    page.parent.mkdir(parents=True)
    page.write_text("# A title\n\nOne text.\n\nAnother text.\n", encoding="utf-8")
    return tmp_path


def catalog(root: Path, path: str) -> polib.POFile:
    return polib.pofile(str(root / "locales" / path))


def test_several_processes_make_and_say_what_one_does(made: Path, tmp_path: Path) -> None:
    def outputs(root: Path) -> dict[str, bytes]:
        found = [*(root / "build").rglob("*.*"), *(root / "locales").rglob("*.*")]
        dates = re.compile(rb'"PO[A-Z-]+Date: .*"', re.IGNORECASE)
        return {path.relative_to(root).as_posix(): dates.sub(b"", path.read_bytes()) for path in found}

    shutil.copytree(ROOT / "source_docs", tmp_path / "source_docs")
    (tmp_path / "source_docs/sample-lecture/broken.en.md").mkdir()
    (tmp_path / "source_docs/ml-health-online/course.toml").write_text("titel = 'x'\n", encoding="utf-8")
    (tmp_path / "bilect.toml").write_text("jobs = 2\n", encoding="utf-8")
    result = bilect("run", at=tmp_path)
    assert result.stderr.startswith("bilect: source_docs/ml-health-online/course.toml:1: unknown key 'titel'")
    assert outputs(tmp_path) == outputs(made)


def test_every_page_has_its_template_and_its_catalog(made: Path) -> None:
    pages = ["dl-for-healthcare/labs", "mit-ml-for-healthcare/catalog", "mit-ml-for-healthcare/lectures",
             "ml-health-online/course", "personalized-ml/course"]  # fmt: skip
    for page in (*pages, "mit-ml-for-healthcare/course"):
        assert (made / f"locales/templates/{page}.pot").is_file()
    for page in pages:
        assert catalog(made, f"zh_CN/LC_MESSAGES/{page}.po").metadata["Language"] == "zh_CN"
    assert catalog(made, "en/LC_MESSAGES/mit-ml-for-healthcare/course.po").metadata["Language"] == "en"


def test_every_message_of_a_catalog_stands_where_its_reference_says(made: Path) -> None:
    for path in sorted((made / "locales").rglob("*.po")):
        for message in polib.pofile(str(path)):
            for place, line in message.occurrences:
                text = (made / place).read_text(encoding="utf-8").split("\n")[int(line) - 1]
                assert message.msgid.split()[0].isascii() is False or message.msgid.split()[0] in text


def test_the_lecture_table_has_its_25_rows(made: Path) -> None:
    with (made / "locales/tables/mit-ml-for-healthcare/lectures.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [int(row["number"]) for row in rows] == list(range(1, 26))
    assert sum(bool(row["topic"]) for row in rows) == 20


def test_topics_and_titles_are_in_the_catalogs_with_their_origin(made: Path) -> None:
    messages = {message.msgid: message for message in catalog(made, "en/LC_MESSAGES/mit-ml-for-healthcare/course.po")}
    topic = messages["Causal Inference（**因果推断**）"]
    assert topic.msgstr == "Causal Inference"
    assert "from the English half of this text" in topic.comment
    assert "source_docs/mit-ml-for-healthcare/lectures.en.md:" in messages["因果推断，第 1 部分"].comment


def test_handout_pages_and_subtitles_are_exported(made: Path) -> None:
    handout = (made / "build/mit-ml-for-healthcare/handout.md").read_text(encoding="utf-8")
    assert "因果推断，第 1 部分" in handout
    assert "Causal Inference, Part 1" in handout
    assert "| 25 | 可解释性 | Interpretability |" in handout
    page = (made / "build/mit-ml-for-healthcare/course.en.md").read_text(encoding="utf-8")
    assert "<td>Causal Inference, Part 1</td>" in page
    assert "- Causal Inference\n" in page
    subtitles = list((made / "build/sample-lecture").glob("*.srt"))
    assert len(subtitles) == 1


def test_a_run_and_a_check_call_and_count_findings_alike(project: Path) -> None:
    counts = re.compile(r"\d+ (?:errors?|warnings?|info)\b")
    (told,) = re.findall(r"^Findings: (.*)$", bilect("run", at=project).stdout, re.MULTILINE)
    (found,) = re.findall(
        r"^\d+ findings: (.*?)\.?$", bilect("check", "--ignore", "M101", at=project).stdout, re.MULTILINE
    )
    assert counts.findall(told) == counts.findall(found) != []


def test_a_second_run_writes_nothing_and_says_so(project: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()}
    result = started("run", at=project)
    assert "Nothing has changed, nothing was written" in result.stdout
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()} == before


def test_the_same_input_gives_the_same_bytes_anywhere(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(ROOT / "source_docs", other / "source_docs")
    started("run", at=other)
    assert files(other) == files(made)


def test_what_a_translator_typed_stays_and_is_exported(small: Path) -> None:
    bilect("run", at=small)
    path = small / "locales/zh_CN/LC_MESSAGES/course/page.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('msgid "One text."\nmsgstr ""', '# mine\nmsgid "One text."\nmsgstr "一段文字。"'), encoding="utf-8"
    )
    bilect("run", at=small)
    assert "# mine" in path.read_text(encoding="utf-8")
    exported = (small / "build/course/page.zh.md").read_text(encoding="utf-8")
    assert exported == "# A title\n\n一段文字。\n\nAnother text.\n"


def test_lines_that_only_moved_do_not_rewrite_a_catalog(small: Path) -> None:
    bilect("run", at=small)
    path = small / "locales/zh_CN/LC_MESSAGES/course/page.po"
    before = path.read_bytes()
    page = small / "source_docs/course/page.en.md"
    page.write_text("\n\n" + page.read_text(encoding="utf-8"), encoding="utf-8")
    bilect("run", at=small)
    assert path.read_bytes() == before


def test_a_changed_text_keeps_its_translation_as_fuzzy_with_the_previous_text(small: Path) -> None:
    bilect("run", at=small)
    path = small / "locales/zh_CN/LC_MESSAGES/course/page.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('msgid "Another text."\nmsgstr ""', 'msgid "Another text."\nmsgstr "另一段文字。"'),
        encoding="utf-8",
    )
    page = small / "source_docs/course/page.en.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Another text.", "Another long text."), encoding="utf-8")
    bilect("run", at=small)
    message = polib.pofile(str(path)).find("Another long text.")
    assert message is not None
    assert (message.msgstr, message.fuzzy, message.previous_msgid) == ("另一段文字。", True, "Another text.")


def test_findings_are_accepted_with_a_reason_and_stale_ones_are_told(project: Path) -> None:
    course = project / "source_docs/mit-ml-for-healthcare"
    for settings in project.glob("source_docs/*/course.toml"):
        settings.unlink()
    (course / "course.toml").write_text(
        '[[accept]]\nrule = "lecture-without-topic"\nreason = "taught beside the topics"\n\n'
        '[[accept]]\nrule = "wording-drift"\ntext = "no such text"\nreason = "was so once"\n',
        encoding="utf-8",
    )
    found = json.loads(bilect("check", "--format", "json", at=project).stdout)
    accepted = [each for each in found if each["accepted"]]
    assert {each["name"] for each in accepted} == {"lecture-without-topic"}
    assert len(accepted) == 5
    (stale,) = [each for each in found if each["name"] == "stale-acceptance"]
    assert (stale["path"], stale["line"]) == ("source_docs/mit-ml-for-healthcare/course.toml", 5)
    text = bilect("check", at=project).stdout
    assert "taught beside the topics" in text


def test_of_a_course_without_its_project_no_acceptance_for_catalogs_is_called_stale(tmp_path: Path) -> None:
    (tmp_path / "notes.en.md").write_text("# Notes\n", "utf-8")
    settings = '[[accept]]\nrule = "{rule}"\nreason = "names stay"\n'
    for rules, stale in ((("M201", "catalog-stale"), []), (("M201", "A101", "M2012"), [4, 7])):
        (tmp_path / "course.toml").write_text("".join(settings.format(rule=rule) for rule in rules), "utf-8")
        found = json.loads(bilect("check", ".", "--format", "json", at=tmp_path).stdout)
        assert [(each["name"], each["line"]) for each in found] == [("stale-acceptance", line) for line in stale]


def test_check_finds_what_is_wrong_with_the_five_pages(project: Path) -> None:
    for settings in project.glob("source_docs/*/course.toml"):
        settings.unlink()
    result = bilect("check", "--format", "json", at=project)
    found = json.loads(result.stdout)
    assert result.returncode == 0
    names = [each["name"] for each in found]
    assert {name: names.count(name) for name in sorted(set(names))} == {
        "course-code-mismatch": 1, "duplicate-anchor": 3, "label-disagrees": 1, "label-target-mismatch": 2,
        "lecture-without-topic": 5, "mojibake": 2, "range-mismatch": 1, "spacing-drift": 3, "subtitle-gap": 2,
        "untranslated": 6, "wording-drift": 1,
    }  # fmt: skip
    assert all(each["line"] >= 1 and each["column"] >= 1 and each["message"] and each["fix"] for each in found)
    assert bilect("check", "--fail-on", "warning", at=project).returncode == 1
    assert bilect("check", "--select", "E", "--max-warnings", "1", at=project).returncode == 1


def test_the_example_courses_are_translated_and_each_of_their_mismatches_is_accepted_with_a_reason(
    tmp_path: Path,
) -> None:
    for folder in ("source_docs", "locales"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "terms.csv", tmp_path)
    found = json.loads(bilect("check", "--format", "json", at=tmp_path).stdout)
    assert {each["name"] for each in found if not each["accepted"]} <= {"subtitle-gap"}
    assert sum(each["severity"] == "warning" for each in found if each["accepted"]) == 20
    counts = json.loads(bilect("stats", "--format", "json", at=tmp_path).stdout)["counts"]
    assert counts["translated"] == counts["total"]


def test_bad_files_are_told_in_one_line_each_and_the_rest_goes_on(small: Path) -> None:
    bilect("run", at=small)
    before = (small / "locales/zh_CN/LC_MESSAGES/course/page.po").read_bytes()
    handout = (small / "build/course/handout.md").read_bytes()
    course = small / "source_docs/course"
    (course / "picture.en.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (course / "matter.en.md").write_text("---\ntitle: 'open\n---\nText here.\n", encoding="utf-8")
    (course / "table.en.md").write_text("<table><tr><td>A cell</td></tr>\n\nMore text.\n", encoding="utf-8")
    (course / "empty.en.md").write_bytes(b"")
    (course / "page.en.md").write_bytes(b"\0\0\0")
    result = bilect("run", at=small)
    assert "Traceback" not in result.stdout + result.stderr
    assert "unreadable-page  2" in result.stdout
    assert "front-matter-syntax  1" in result.stdout
    assert "broken-table  1" in result.stdout
    assert (small / "locales/zh_CN/LC_MESSAGES/course/page.po").read_bytes() == before
    assert (small / "build/course/page.zh.md").read_text(encoding="utf-8").startswith("# A title")
    assert (small / "build/course/handout.md").read_bytes() == handout
    assert (small / "locales/templates/course/table.pot").is_file()
    assert bilect("check", at=small).returncode == 1


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="whoever may read everything cannot have an unreadable file"
)
def test_an_unreadable_page_is_told_and_the_rest_goes_on(small: Path) -> None:
    page = small / "source_docs/course/locked.en.md"
    page.write_text("Text.\n", encoding="utf-8")
    page.chmod(0)
    result = bilect("run", at=small)
    assert result.returncode == 2
    assert "locked.en.md: cannot be read" in result.stderr
    assert (small / "locales/templates/course/page.pot").is_file()


def test_a_page_that_is_a_broken_link_is_passed_over(small: Path) -> None:
    (small / "source_docs/course/gone.en.md").symlink_to("nowhere.md")
    result = bilect("run", at=small)
    assert "Traceback" not in result.stderr
    assert (small / "locales/templates/course/page.pot").is_file()


def test_a_broken_catalog_is_told_and_left_alone(small: Path) -> None:
    bilect("run", at=small)
    path = small / "locales/zh_CN/LC_MESSAGES/course/page.po"
    broken = path.read_bytes() + b'\nmsgid "open\nmsgstr ""\n'
    path.write_bytes(broken)
    result = bilect("run", at=small)
    assert result.returncode == 2
    assert "locales/zh_CN/LC_MESSAGES/course/page.po:" in result.stderr
    assert path.read_bytes() == broken


def test_a_broken_catalog_is_an_error_finding_of_check(small: Path) -> None:
    bilect("run", at=small)
    path = small / "locales/zh_CN/LC_MESSAGES/course/page.po"
    path.write_bytes(path.read_bytes() + b'\nmsgid "open\nmsgstr ""\n')
    result = bilect("check", "--format", "concise", at=small)
    assert result.returncode == 1
    assert "locales/zh_CN/LC_MESSAGES/course/page.po:" in result.stdout
    assert "po-syntax" in result.stdout


def test_subtitles_that_hold_nothing_stop_nothing(small: Path) -> None:
    (small / "source_docs/course/talk.en.ass").write_text("[Script Info]\n", encoding="utf-8")
    result = bilect("run", at=small)
    assert result.returncode == 0
    assert "ST101  subtitle-unreadable" in result.stdout
    assert "Traceback" not in result.stderr
    assert (small / "locales/templates/course/page.pot").is_file()


def test_an_empty_source_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "source_docs").mkdir()
    result = bilect("run", at=tmp_path)
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "source_docs: holds no page and no subtitles" in result.stderr
    assert "Next:" not in result.stdout


def test_a_course_of_subtitles_alone_is_not_told_to_have_no_pages(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "source_docs/sample-lecture", tmp_path / "source_docs/talk")
    assert bilect("run", at=tmp_path).stdout.startswith("talk\n    37 of 37 messages translated · 115 cues\n")


def test_pages_of_any_folder_are_exported_byte_for_byte(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = bilect("export", "page", "source_docs", "-o", str(out), at=ROOT)
    assert result.returncode == 0, result.stderr
    bare = tmp_path / "bare"
    shutil.copytree(ROOT / "source_docs/personalized-ml", bare / "a")
    result = bilect("export", "page", "bare", "-o", "made", at=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "made/a/course.zh.md").read_bytes() == (bare / "a/course.en.md").read_bytes()


def test_an_export_never_writes_over_its_source(small: Path) -> None:
    page = small / "notes.md"
    page.write_text("Text.\n", encoding="utf-8")
    result = bilect("export", "page", "notes.md", "-o", "notes.md", at=small)
    assert result.returncode == 2
    assert "is an input, and is not overwritten" in result.stderr
    assert page.read_text(encoding="utf-8") == "Text.\n"


def test_extract_without_paths_keeps_the_templates_of_the_project(small: Path) -> None:
    assert bilect("extract", "--check", at=small).returncode == 1
    result = bilect("extract", at=small)
    assert (result.returncode, result.stderr) == (0, "1 of 1 template written.\n")
    assert (small / "locales/templates/course/page.pot").is_file()
    assert bilect("extract", "--check", at=small).returncode == 0
    units = json.loads(bilect("extract", "--format", "json", at=small).stdout)
    assert [unit["text"] for unit in units] == ["A title", "One text.", "Another text."]
