"""`bilect outline` in real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from golden import ROOT
from terminal import bilect

from pipeline.text.script import display_width

SOURCES = ROOT / "source_docs"
COURSE = "mit-ml-for-healthcare/course.zh.md"


def test_one_page_is_one_object_of_the_fixed_shape() -> None:
    shown = bilect("outline", "--format", "json", f"source_docs/{COURSE}", cwd=ROOT)
    found = json.loads(shown.stdout)
    assert (shown.status, shown.stderr) == (0, "")
    assert list(found) == ["path", "language", "title", "codes", "topics", "lectures", "claims", "videos"]
    assert (found["path"], found["language"], found["codes"]) == (f"source_docs/{COURSE}", "zh_CN", ["6.S897"])
    texts = {"en": "Overview of Clinical Care", "zh": "临床护理概述"}
    assert found["topics"][0] == {"number": 1, "line": 61, "texts": texts}
    assert found["lectures"][4] == {"number": 5, "label": "第5讲", "line": 151, "texts": {"zh": "风险分层，第 2 部分"}}
    claim = found["claims"][3]
    assert list(claim) == ["line", "kind", "what", "first", "last", "count", "text"]
    assert (claim["first"], claim["last"], claim["count"]) == (None, None, 19)
    assert list(found["videos"][0]) == ["line", "provider", "id", "url"]


def test_several_pages_are_an_array_in_the_order_given_and_what_fails_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "binary.md").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / "b.en.md").write_text("# Second\n", "utf-8")
    (tmp_path / "a.en.md").write_text("# First\n", "utf-8")
    (tmp_path / "folder.md").mkdir()
    names = ["b.en.md", "nowhere.md", "a.en.md", "empty.md", "binary.md", "folder.md", "talk.srt"]
    (tmp_path / "talk.srt").write_bytes(b"1\n")
    shown = bilect("outline", *names, "--format", "json", cwd=tmp_path)
    assert [(each["path"], each["title"]) for each in json.loads(shown.stdout)] == [
        ("b.en.md", "Second"),
        ("a.en.md", "First"),
    ]
    assert shown.status == 2
    assert shown.stderr.splitlines() == [
        "bilect: nowhere.md: there is no such file (mend the path)",
        "bilect: empty.md: is empty (restore the file, or leave it out)",
        "bilect: binary.md: this is not a text: it holds NUL bytes (save the page as UTF-8)",
        "bilect: folder.md: is a folder (name a file in it)",
        "bilect: talk.srt: is no page (a page ends in .md, .markdown, .mdx, .qmd, .rmd, .html, .htm)",
    ]


@pytest.mark.parametrize(("colour", "escapes"), [("never", False), ("always", True)])
def test_the_table_fits_80_columns(colour: str, escapes: bool) -> None:
    shown = bilect("outline", COURSE, "ml-health-online/course.en.md", "--color", colour, cwd=SOURCES)
    assert ("\x1b[" in shown.stdout) == escapes
    if not escapes:
        assert max(map(display_width, shown.stdout.splitlines())) <= 80
        assert "    61   1  Overview of Clinical Care                 临床护理概述\n" in shown.stdout
        assert "   151  第5讲   风险分层，第 2 部分\n" in shown.stdout
        assert "   107  notes      lecture 1–24" in shown.stdout
        assert "    53  youtube   https://www.youtube.com/watch?v=dj_mF4OlcUY\n" in shown.stdout
        assert "\nno claims\n" in shown.stdout


def test_a_page_may_come_from_standard_input(tmp_path: Path) -> None:
    page = "# 标题\n\n## 主题\n\n- 望远镜\n- 行星\n- 恒星\n".encode()
    found = json.loads(bilect("outline", "-", "--format=json", cwd=tmp_path, stdin=page).stdout)
    assert (found["path"], found["language"]) == ("-", "zh_CN")
    assert [topic["texts"] for topic in found["topics"]] == [{"zh": "望远镜"}, {"zh": "行星"}, {"zh": "恒星"}]
