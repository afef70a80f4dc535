"""`bilect repair` in real processes: the diff, the proof, what is written, and the way back."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from terminal import bilect

from pipeline.model import PipelineError
from pipeline.project.undo import replace_source, undo
from pipeline.text.encoding import NotTextError
from pipeline.text.repair import repair

DAMAGED = "# Clean été\n\nwhatâ€™s \x1b[2J\r\n清楚\n鏈哄櫒瀛︿範\n"
MEANT = "# Clean été\n\nwhat’s \x1b[2J\r\n清楚\n机器学习\n"
FILES = {
    "damaged.md": DAMAGED.encode(),
    "deep/clean.md": "# 机器学习 été\n".encode(),
    "deep/gbk.md": "# 机器学习\r\n\r\n课程\r\n".encode("gb18030"),
    "talk.srt": "1\n00:00:01,000 --> 00:00:02,000\nIt鈥檚 here\n".encode(),
    "page.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=GBK\\n"\n\nmsgid "a"\nmsgstr "课程"\n'.encode(
        "gbk"
    ),
    "page.html": '<meta charset="gb2312">\n<p>机器学习</p>\n'.encode("gbk"),
    "utf16.md": "\ufeff# 标题\n".encode("utf-16-le"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file() and ".bilect" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_without_write_the_diff_is_shown_and_nothing_changes(folder: Path) -> None:
    shown = bilect("repair", "damaged.md", cwd=folder)
    assert (shown.status, shown.stderr) == (1, "1 of 1 file would change; --write writes it.\n")
    assert shown.stdout.splitlines() == [
        "--- damaged.md\tUTF-8",
        "+++ damaged.md\tUTF-8",
        "@@ -1,5 +1,5 @@",
        " # Clean été",
        " ",
        "-whatâ€™s \\x1b[2J",
        "+what’s \\x1b[2J",
        " 清楚",
        "-鏈哄櫒瀛︿範",
        "+机器学习",
    ]
    assert contents(folder) == FILES
    assert not (folder / ".bilect").exists()


def test_a_clean_file_is_silent_and_a_terminal_gets_colours(folder: Path) -> None:
    assert bilect("repair", "deep/clean.md", cwd=folder) == (0, "", "Nothing to repair in 1 file.\n")
    assert "\x1b[31m-鏈哄櫒瀛︿範\x1b[0m" in bilect("repair", "--color", "always", "damaged.md", cwd=folder).stdout


def test_each_repair_has_its_proof(folder: Path) -> None:
    lines = bilect("repair", "-v", "damaged.md", cwd=folder).stderr.splitlines()
    assert lines[:2] == [
        "damaged.md:3:5: â€™ → ’: UTF-8 that was read as cp1252: E2 80 99 read as cp1252 is â€™",
        "damaged.md:5:1: 鏈哄櫒瀛︿範 → 机器学习: UTF-8 that was read as gb18030: "
        "E6 9C BA E5 99 A8 E5 AD A6 E4 B9 A0 read as gb18030 is 鏈哄櫒瀛︿範",
    ]


def test_what_is_written_can_be_taken_back_step_by_step(folder: Path) -> None:
    written = bilect("repair", "--write", ".", cwd=folder)
    assert (written.status, written.stdout) == (0, "")
    first = contents(folder)
    assert first == {
        **FILES,
        "damaged.md": MEANT.encode(),
        "talk.srt": FILES["talk.srt"].replace("鈥檚".encode(), "’s".encode()),
    }
    assert bilect("repair", "--write", "--to-utf8", ".", cwd=folder).status == 0
    second = contents(folder)
    assert second["deep/gbk.md"] == "# 机器学习\r\n\r\n课程\r\n".encode()
    assert second["utf16.md"] == "# 标题\n".encode()
    assert b"charset=UTF-8\\n" in second["page.po"]
    assert second["page.html"] == '<meta charset="utf-8">\n<p>机器学习</p>\n'.encode()
    assert bilect("repair", "--to-utf8", ".", cwd=folder).status == 0
    assert bilect("repair", "--undo", ".", cwd=folder).status == 0
    assert bilect("repair", "--undo", "damaged.md", "talk.srt", cwd=folder).status in {0, 2}
    assert contents(folder) == FILES
    assert not (folder / ".bilect").exists()


def test_undo_refuses_a_file_that_was_changed_since(folder: Path) -> None:
    bilect("repair", "--write", "damaged.md", cwd=folder)
    (folder / "damaged.md").write_bytes(MEANT.encode() + b"more\n")
    shown = bilect("repair", "--undo", "damaged.md", "deep/clean.md", cwd=folder)
    assert shown.status == 2
    assert shown.stderr.startswith("bilect: damaged.md: was changed since it was repaired (its old bytes are in ")
    assert "deep/clean.md: was not repaired" in shown.stderr
    assert (folder / "damaged.md").read_bytes() == MEANT.encode() + b"more\n"


def test_in_a_project_the_old_bytes_are_kept_at_its_root(folder: Path) -> None:
    page = folder / "source_docs/course/a.en.md"
    page.parent.mkdir(parents=True)
    page.write_bytes(DAMAGED.encode())
    page.chmod(0o600)
    bilect("repair", "--write", "a.en.md", cwd=page.parent)
    (record,) = [path for path in (folder / ".bilect/undo").iterdir() if path.name != ".gitignore"]
    assert record.read_bytes() == DAMAGED.encode()
    assert page.read_bytes() == MEANT.encode()
    if sys.platform != "win32":
        assert stat.S_IMODE(record.stat().st_mode) == stat.S_IMODE(page.stat().st_mode) == 0o600
    assert bilect("repair", "--undo", "-C", folder, "source_docs", cwd=folder.parent).status == 0
    assert page.read_bytes() == DAMAGED.encode()


def test_a_run_that_was_killed_before_it_wrote_loses_nothing(folder: Path) -> None:
    page = folder / "damaged.md"
    replace_source(page, DAMAGED.encode(), MEANT.encode())
    page.write_bytes(DAMAGED.encode())  # as if the last step had not come
    undo(page)
    assert page.read_bytes() == DAMAGED.encode()
    with pytest.raises(PipelineError, match="nothing to undo"):
        undo(page)
    with pytest.raises(PipelineError, match="was changed while it was read"):
        replace_source(page, b"other", b"new")


def test_what_cannot_be_read_is_one_line_each_and_the_rest_is_done(folder: Path) -> None:
    (folder / "binary.md").write_bytes(b"\x89PNG\0\0")
    (folder / "empty.md").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"")
    names = ["nowhere.md", "binary.md", "empty.md", "picture.png", "damaged.md"]
    shown = bilect("repair", "--write", *names, cwd=folder)
    assert shown.status == 2
    assert [line.partition(" (")[0] for line in shown.stderr.splitlines()] == [
        "bilect: nowhere.md: there is no such file or folder",
        "bilect: picture.png: is no page, subtitle file or catalog",
        "bilect: binary.md: is not repaired: it holds NUL bytes",
        "bilect: empty.md: is empty",
        "damaged.md: 2 places repaired",
        "1 of 3 files written; bilect repair --undo brings the old bytes back.",
    ]
    assert (folder / "damaged.md").read_bytes() == MEANT.encode()


def test_standard_input_becomes_standard_output(folder: Path) -> None:
    shown = bilect("repair", "--write", "-", cwd=folder, stdin="whatâ€™s\n".encode())
    assert (shown.status, shown.stdout) == (0, "what’s\n")
    assert bilect("repair", "-", cwd=folder, stdin="whatâ€™s\n".encode()).status == 1
    assert bilect("repair", "--undo", "-", cwd=folder).status == 2
    assert bilect("repair", cwd=folder).status == 2


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_no_link_leads_a_write_out_of_the_project(folder: Path) -> None:
    (folder / "home/source_docs").mkdir(parents=True)
    os.symlink(folder / "damaged.md", folder / "home/source_docs/a.md")
    shown = bilect("repair", "--write", "source_docs/a.md", cwd=folder / "home")
    assert (shown.status, "leads out of the project" in shown.stderr) == (2, True)
    assert contents(folder)["damaged.md"] == DAMAGED.encode()
    os.symlink(folder / "damaged.md", folder / "deep/link.md")
    assert bilect("repair", "--write", "deep/link.md", cwd=folder).status == 0
    assert contents(folder)["damaged.md"] == MEANT.encode()
    assert bilect("repair", "--undo", "deep/link.md", cwd=folder).status == 0
    assert contents(folder)["damaged.md"] == DAMAGED.encode()


def test_a_line_of_another_encoding_in_a_utf8_page_is_read() -> None:
    data = "# 课程\n\n第一讲\n".encode() + "机器学习与医疗\n".encode("gb18030") + "完\n".encode()
    assert repair(data).data.decode() == "# 课程\n\n第一讲\n机器学习与医疗\n完\n"


def test_a_repair_that_the_encoding_cannot_hold_is_left_out() -> None:
    data = "Un café très agréable, où l’été dure, WaÅ‚Ä™sa\n".encode("cp1252")
    result = repair(data)
    assert result.data == data
    assert [mend.after for mend in result.unwritable] == ["łę"]
    assert repair(data, to_utf8=True).data.decode() == "Un café très agréable, où l’été dure, Wałęsa\n"


def test_a_repair_is_proved_of_which_a_part_was_misread_less_often() -> None:
    once = "機器學習".encode("big5").decode("latin-1") + "‡"
    (mend,) = repair(once.encode().decode("cp1252").encode()).mends
    assert mend.after == "機器學習‡"
    assert mend.proof.endswith("BE F7 BE B9 BE C7 B2 DF at the start")


def test_broken_bytes_stay_and_are_not_converted() -> None:
    data = "机器学习课程的讲义。\n".encode("gb18030") * 20 + b"\xff\n"
    assert repair(data).data == data
    with pytest.raises(NotTextError, match="1 of its bytes are not GB18030"):
        repair(data, to_utf8=True)
