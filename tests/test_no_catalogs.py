"""Files that are named like catalogs and are none: each is one finding, or one line, and no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import bilect

from pipeline.catalogs.po import read_catalog

HEADER = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
TEXT = f'{HEADER}msgid "A text here."\nmsgstr "一段文本。"\n'
WHOLE = TEXT.encode()
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (WHOLE.replace("一".encode(), b"\xff\xfe\x80"), ["7:9 error: 3 bytes are no UTF-8; the first is 0xff"]),
        (
            WHOLE[: WHOLE.index("文".encode()) + 1],
            ["7:11 error: 1 byte is no UTF-8; the first is 0xe6", "7:8 error: a string of this msgstr has no closing quote"],
        ),
        (b"\0" * 5000, ["1:1 error: the file is no text"]),
        (PNG, ["1:1 error: the file is no text"]),
        (TEXT.encode("utf-16"), ["1:1 error: the file is UTF-16, which no gettext tool reads"]),
        (TEXT.encode("utf-16-be"), ["1:1 error: the file is UTF-16, which no gettext tool reads"]),
        (TEXT.encode("utf-16-le"), ["1:1 error: the file is UTF-16, which no gettext tool reads"]),
        (TEXT.encode("utf-32"), ["1:1 error: the file is UTF-32, which no gettext tool reads"]),
    ],
)  # fmt: skip
def test_what_is_no_catalog_is_told_and_kept_as_it_is(tmp_path: Path, data: bytes, said: list[str]) -> None:
    (tmp_path / "x.po").write_bytes(data)
    shown = bilect("check", "x.po", "--select", "PO1", "--ignore", "PO110", cwd=tmp_path)
    catalog = read_catalog(data, "x.po")
    assert [f"{each.line}:{each.column} {each.severity}: {each.message}" for each in catalog.findings] == said
    assert (shown.status, shown.stderr) == (int("error" in said[0]), "")
    assert all(each.message in shown.stdout for each in catalog.findings)
    if not catalog:
        assert "has no header" not in bilect("check", "x.po", cwd=tmp_path).stdout


@pytest.mark.parametrize("kind", ["empty", "folder", "missing", "loop"])
def test_a_catalog_that_is_not_there_is_one_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.po"
    if kind == "empty":
        path.touch()
    elif kind == "folder":
        path.mkdir()
    elif kind == "loop":
        path.symlink_to("x.po")
    shown = bilect("check", "x.po", "--format", "concise", cwd=tmp_path)
    assert (shown.status, shown.stdout) == (2, "")
    assert shown.stderr.startswith("bilect: x.po: ")
    assert shown.stderr.count("\n") == 1
