"""`bilect align` in real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from golden import ROOT
from terminal import bilect

from pipeline.text.script import display_width

COURSE = ROOT / "source_docs/mit-ml-for-healthcare"
ENGLISH = """# Machine Learning

Reinforcement learning chooses a treatment for each patient.

A neural network reads the scans. A physician looks at them too.

- Fairness
- Causal inference

Buy me a coffee.
"""
CHINESE = """# 机器学习

强化学习为每个病人选择治疗。

神经网络读扫描图。

医生也会看它们。

- 公平
- 因果推断
"""


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


def test_lessons_stand_beside_the_point_that_covers_them() -> None:
    shown = bilect("align", "course.en.md", "--format", "json", cwd=ROOT / "source_docs/ml-health-online")
    found = json.loads(shown.stdout)
    pairs = [(each["left"]["index"] + 1, each["right"]["index"] + 1) for each in found["pairs"]]
    assert pairs == [(2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (7, 3), (8, 4)]


def test_the_sentences_of_two_pages_are_paired_also_where_they_cross() -> None:
    shown = bilect("align", "catalog.en.md", "course.zh.md", "--sentences", "--format", "json", cwd=COURSE)
    found = json.loads(shown.stdout)
    accepted = [each for each in found["pairs"] if each["tier"] == "accept"]
    starts = {each["left"][0]["text"][:6]: each["right"][0]["text"][:4] for each in accepted}
    assert starts == {"Introd": "医学部分", "Topics": "机器学习", "Guest ": "课程两位"}
    assert [each["left"][0]["line"] for each in accepted] == [21, 21, 21]
    assert all(type(each) is int for each in found["left_only"] + found["right_only"])


def test_the_blocks_of_two_pages_are_paired_several_with_one(tmp_path: Path) -> None:
    (tmp_path / "a.en.md").write_text(ENGLISH, "utf-8")
    (tmp_path / "a.zh.md").write_text(CHINESE, "utf-8")
    shown = bilect("align", "a.en.md", "a.zh.md", "--pages", "--format", "json", cwd=tmp_path)
    found = json.loads(shown.stdout)
    lines = [([x["line"] for x in each["left"]], [x["line"] for x in each["right"]]) for each in found["pairs"]]
    assert lines == [([1], [1]), ([3], [3]), ([5], [5, 7]), ([7], [9]), ([8], [10])]
    assert found["pairs"][0]["left"] == [{"index": 0, "text": "Machine Learning", "line": 1}]
    assert (found["left_only"], found["right_only"]) == ([5], [])
    for columns in ("80", "100"):
        shown = bilect("align", "a.en.md", "a.zh.md", "--pages", cwd=tmp_path, environment={"COLUMNS": columns})
        table = shown.stdout.splitlines()
        assert max(map(display_width, table)) <= int(columns)
        assert table[0].split() == ["line", "left:", "a.en.md", "line", "right:", "a.zh.md", "score", "tier"]
        assert table[-1].startswith("blocks: ")
        assert table[-1].endswith(" 1 without a partner")


def test_sentences_of_wrapped_text_files_have_their_lines(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(
        "Causal inference finds out what would have happened to a patient\nwithout a treatment. Thank you!\n", "utf-8"
    )
    (tmp_path / "zh.txt").write_text("因果推断找出病人没有接受治疗会发生什么。\n谢谢！\n", "utf-8")
    shown = bilect("align", "en.txt", "zh.txt", "--sentences", "--format", "csv", cwd=tmp_path)
    rows = [line.split(",") for line in shown.stdout.splitlines()]
    assert [(row[0], row[2]) for row in rows[1:]] == [("1", "1"), ("2", "2")]
    assert "a patient without a treatment." in rows[1][1]


@pytest.mark.parametrize(
    ("form", "start"), [("csv", "\ufeffleft_line,"), ("md", "| line |"), ("html", "<!DOCTYPE html>")]
)
def test_aligned_pages_are_written_in_each_form(tmp_path: Path, form: str, start: str) -> None:
    (tmp_path / "a.md").write_text(f"{ENGLISH}\n\nA <script>alert(1)</script> 1 < 2 | =1+1\n", "utf-8")
    (tmp_path / "b.md").write_text(CHINESE, "utf-8")
    shown = bilect("align", "a.md", "b.md", "--pages", "--format", form, "-o", f"out.{form}", cwd=tmp_path)
    assert shown == (0, "", "")
    written = (tmp_path / f"out.{form}").read_bytes().decode()
    assert written.startswith(start)
    if form == "html":
        assert "<script" not in written
        assert 'lang="zh-CN"' in written
        assert "1 &lt; 2" in written
        assert "only on the left" in written


def test_what_cannot_be_aligned_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("公平\n", "utf-8")
    (tmp_path / "page.md").write_text("# Nothing listed\n", "utf-8")
    (tmp_path / "code.md").write_text("```\n1\n```\n", "utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01" * 99)
    cases = {
        ("a.txt",): "bilect align: Missing argument 'RIGHT': only a page can be paired with itself (see",
        ("a.txt", "page.md"): "bilect: page.md: no list of lectures or topics is found (bilect outline shows what",
        ("a.txt", "--pages"): "bilect align: Missing argument 'RIGHT': --pages puts two texts side by side (see",
        ("a.txt", "a.txt", "--pages", "--sentences"): "bilect align: --pages and --sentences are two ways to look at",
        ("a.txt", "code.md", "--sentences"): "bilect: code.md: has no sentence (name a page with text in it, or use",
        ("a.txt", "binary.txt", "--pages"): "bilect: binary.txt: this is not a text: ",
        ("a.txt", "binary.txt"): "bilect: binary.txt: this is not a text: ",
        ("a.txt", "nowhere.txt"): "bilect: nowhere.txt: there is no such file (mend the path)",
        ("a.txt", "a.txt", "-o", "a.txt"): "bilect: a.txt: is an input, and is not overwritten (name another output)",
    }
    for arguments, said in cases.items():
        shown = bilect("align", *arguments, cwd=tmp_path)
        assert (shown.status, shown.stdout) == (2, "")
        assert shown.stderr.startswith(said)
        assert shown.stderr.count("\n") == 1
