"""Pages in every encoding that is read come back byte for byte, and keep their encoding when they are translated."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import bilect

from pipeline.extractors.page import read_page
from pipeline.extractors.rewrite import translated_page
from pipeline.validator.base import findings

PAGE = "---\ntitle: 课程\n---\n\n# 机器学习\n\n第一段，**粗体**。\n\n- 列表\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n"
TRADITIONAL = PAGE.replace("课", "課").replace("机", "機").replace("学习", "學習").replace("体", "體")
ENCODINGS = [
    ("utf-8", b"", PAGE),
    ("utf-8", b"\xef\xbb\xbf", PAGE),
    ("utf-16-le", b"\xff\xfe", PAGE),
    ("utf-16-be", b"\xfe\xff", PAGE),
    ("utf-16-le", b"", PAGE),
    ("utf-16-be", b"", PAGE),
    ("utf-32-le", b"\xff\xfe\0\0", PAGE),
    ("gb18030", b"", PAGE),
    ("gb18030", b"\x84\x31\x95\x33", PAGE),
    ("big5", b"", TRADITIONAL),
    ("cp950", b"", TRADITIONAL + "\n# 碁盤的裏面\n"),
    ("big5hkscs", b"", TRADITIONAL + "\n# 佢哋嘅課程\n"),
    ("cp1252", b"", "# Où l’été dure\n\nUn café très agréable.\n"),
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(("encoding", "mark", "text"), ENCODINGS)
def test_a_page_is_read_and_written_back_in_kind(encoding: str, mark: bytes, text: str, line_end: str) -> None:
    data = mark + text.replace("\n", line_end).encode(encoding)
    page = read_page(data, "p.md")
    assert page.encoding == encoding
    assert [data[unit.start : unit.end].decode(encoding) for unit in page.units] == [unit.text for unit in page.units]
    assert translated_page(page, lambda _unit: None).data == data
    word = "Text" if encoding == "cp1252" else "文件"
    made = translated_page(page, lambda unit: word if unit.kind != "heading" else None)
    assert made.findings == ()
    assert made.data.startswith(mark)
    assert made.data[len(mark) :].decode(encoding).count(word) == made.translated > 0
    assert made.data.decode("latin-1").count("\r") == (data.count(b"\r") if line_end == "\r\n" else 0)


def test_the_encoding_is_named_unless_it_is_plain_utf8() -> None:
    shown = {
        encoding + mark.hex(): list(findings(read_page(mark + text.encode(encoding), "p.md")))
        for encoding, mark, text in ENCODINGS
    }
    messages = {key: [each.message for each in found if each.code == "E103"] for key, found in shown.items()}
    assert messages["utf-8"] == []
    assert messages["utf-8efbbbf"] == ["the page starts with a byte order mark, which UTF-8 does not need"]
    assert messages["utf-16-lefffe"] == ["the page is UTF-16 LE with a byte order mark, not UTF-8"]
    assert messages["gb18030"] == ["the page is GB18030, not UTF-8"]
    assert messages["big5"] == ["the page is Big5, not UTF-8"]
    assert messages["cp1252"] == ["the page is Windows-1252, not UTF-8"]
    (found,) = [each for each in shown["gb18030"] if each.code == "E103"]
    assert found.severity == "info"
    assert "`bilect repair --to-utf8 --write p.md`" in found.fix


def test_a_character_that_the_encoding_has_not_leaves_its_translation_out() -> None:
    page = read_page("# 課程介紹\n\n作業與課程\n".encode("big5"), "p.md")
    made = translated_page(page, lambda unit: "课程" if unit.line == 1 else "Text")
    assert made.data == "# 課程介紹\n\nText\n".encode("big5")
    (finding,) = made.findings
    assert (finding.name, finding.line) == ("translation-left-out", 1)
    assert "'课' cannot be written in big5" in finding.message


def test_a_broken_byte_in_a_gb18030_page_is_named_and_kept() -> None:
    data = "# 标题\n\n机器学习课程的讲义。\n".encode("gb18030") * 12 + b"\n> \xff tail\n"
    page = read_page(data, "p.md")
    (finding,) = page.findings
    assert (finding.code, finding.line, finding.column) == ("E102", 38, 3)
    assert finding.message == "1 byte is not GB18030, the first is 0xFF"
    assert translated_page(page, lambda _unit: None).data == data
    made = translated_page(page, lambda unit: "另一段" if unit.kind == "paragraph" else None).data
    assert made.endswith(b"\n> \xff tail\n")
    assert made.count("另一段".encode("gb18030")) > 1


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_export_page_gives_the_bytes_back(tmp_path: Path, encoding: str) -> None:
    data = PAGE.encode(encoding)
    (tmp_path / "p.zh.md").write_bytes(data)
    shown = bilect("export", "page", "p.zh.md", "-o", "out.md", cwd=tmp_path)
    assert shown.status == 0
    assert (tmp_path / "out.md").read_bytes() == data


def test_backslashes_in_an_argument_are_folders(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.en.md").write_bytes(b"# A heading\r\n\r\ntwo\r\nlines\r\n")
    shown = bilect("extract", "--format", "json", "pages\\a.en.md", cwd=tmp_path)
    assert (
        shown.status,
        shown.stdout.count('"path": "pages/a.en.md"') + shown.stdout.count('"path":"pages/a.en.md"'),
    ) == (0, 2)
    assert bilect("check", "pages\\a.en.md", cwd=tmp_path).status == 0
