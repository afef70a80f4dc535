"""`bilect align` in real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from golden import ROOT
from terminal import bilect

from pipeline.text.script import display_width

COURSE = ROOT / "source_docs/mit-ml-for-healthcare"


def test_one_page_is_aligned_with_its_own_topics() -> None:
    shown = bilect("align", "course.zh.md", "--format", "json", cwd=COURSE)
    found = json.loads(shown.stdout)
    assert (shown.status, shown.stderr, list(found)) == (0, "", ["pairs", "left_only", "right_only"])
    pairs = {each["left"]["index"]: each["right"]["index"] for each in found["pairs"]}
    assert (pairs[3], pairs[4]) == (2, 2)
    assert found["left_only"] == [0, 21, 22, 23, 24]
    assert found["right_only"] == []
    assert found["pairs"][0]["left"] == {"index": 1, "text": "临床护理概述", "line": 142}
    assert found["pairs"][0]["right"] == {"index": 0, "text": "临床护理概述", "line": 61}


def test_two_pages_are_aligned_by_their_lectures_and_the_table_fits_80_columns() -> None:
    shown = bilect("align", "course.zh.md", "lectures.en.md", cwd=COURSE)
    lines = shown.stdout.splitlines()
    assert shown.status == 0
    assert max(map(display_width, lines)) <= 80
    assert lines[0].split() == ["line", "left:", "lecture", "line", "right:", "lecture", "score", "tier"]
    assert any("公平" in line and "Fairness" in line and "accept" in line for line in lines)
    assert lines[-1].endswith(" without a partner")


def test_text_files_are_lists_with_one_title_a_line(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text("Causal Inference\n\nReinforcement Learning\nUnrelated Appendix\n", "utf-8")
    stdin = "\ufeff强化学习\r\n因果推断\r\n".encode()
    shown = bilect("align", "en.txt", "-", "--format", "json", cwd=tmp_path, stdin=stdin)
    found = json.loads(shown.stdout)
    assert [(each["left"]["line"], each["right"]["line"]) for each in found["pairs"]] == [(1, 2), (3, 1)]
    assert found["left_only"] == [2]
    shown = bilect("align", "en.txt", "-", "-v", cwd=tmp_path, stdin=stdin)
    assert "\n1 only on the left\n   4  Unrelated Appendix\n" in shown.stdout
    assert shown.stdout.splitlines()[2].startswith("      ")


@pytest.mark.parametrize(
    ("form", "start"), [("csv", "\ufeffleft_line,"), ("md", "| line |"), ("html", "<!DOCTYPE html>")]
)
def test_an_alignment_is_written_to_a_file_in_each_form(tmp_path: Path, form: str, start: str) -> None:
    (tmp_path / "a.txt").write_text("公平\n", "utf-8")
    shown = bilect("align", "a.txt", "a.txt", "--format", form, "-o", f"out.{form}", "--color=always", cwd=tmp_path)
    assert shown == (0, "", "")
    assert (tmp_path / f"out.{form}").read_bytes().decode().startswith(start)


def test_what_cannot_be_aligned_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("公平\n", "utf-8")
    (tmp_path / "page.md").write_text("# Nothing listed\n", "utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01" * 99)
    cases = {
        ("a.txt",): "bilect align: Missing argument 'RIGHT': only a page can be paired with itself (see",
        ("a.txt", "page.md"): "bilect: page.md: no list of lectures or topics is found (bilect outline shows what",
        ("a.txt", "binary.txt"): "bilect: binary.txt: this is not a text: ",
        ("a.txt", "nowhere.txt"): "bilect: nowhere.txt: there is no such file (mend the path)",
        ("a.txt", "a.txt", "-o", "a.txt"): "bilect: a.txt: is an input, and is not overwritten (name another output)",
    }
    for arguments, said in cases.items():
        shown = bilect("align", *arguments, cwd=tmp_path)
        assert (shown.status, shown.stdout) == (2, "")
        assert shown.stderr.startswith(said)
        assert shown.stderr.count("\n") == 1
