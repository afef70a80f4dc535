"""`bilect merge` and `bilect format` through real processes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from terminal import bilect

HEADER = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
OLD = (
    HEADER + '\n#: a.md:1\nmsgid "One text."\nmsgstr "一。"\n\n#, max-length:9\nmsgid "Another text."\nmsgstr "二。"\n'
)
NEW = HEADER + '\n#: a.md:3\nmsgid "One text."\nmsgstr ""\n\n#: a.md:5\nmsgid "Another long text."\nmsgstr ""\n'


def test_merge_keeps_every_translation(tmp_path: Path) -> None:
    (tmp_path / "old.po").write_text(OLD, "utf-8")
    (tmp_path / "new.pot").write_text(NEW, "utf-8")
    shown = bilect("merge", "old.po", "new.pot", "-o", "out.po", cwd=tmp_path)
    assert (shown.status, shown.stderr) == (0, "1 kept, 0 moved, 1 fuzzy, 0 new, 0 obsolete.\n")
    one, other = polib.pofile(str(tmp_path / "out.po"))
    assert (one.msgstr, one.fuzzy, one.occurrences) == ("一。", False, [("a.md", "3")])
    assert (other.msgstr, other.fuzzy, other.previous_msgid) == ("二。", True, "Another text.")
    assert "max-length:9" in other.flags


def test_merge_says_what_fits_nowhere_and_lists_it_when_asked(tmp_path: Path) -> None:
    (tmp_path / "old.po").write_text(OLD, "utf-8")
    (tmp_path / "new.pot").write_text(HEADER + '\nmsgid "One text."\nmsgstr ""\n', "utf-8")
    shown = bilect("merge", "old.po", "new.pot", "-o", "out.po", cwd=tmp_path)
    assert shown.stderr == (
        "1 kept, 0 moved, 0 fuzzy, 0 new, 1 obsolete.\n"
        "1 translation fits nowhere now; it stays as obsolete (-v lists them).\n"
    )
    shown = bilect("merge", "-v", "old.po", "new.pot", "-o", "out.po", cwd=tmp_path)
    assert shown.stderr.endswith("it stays as obsolete.\nold.po:11: Another text.\n")


def test_merge_may_write_over_the_old_catalog_and_leaves_a_broken_one_alone(tmp_path: Path) -> None:
    old = tmp_path / "old.po"
    old.write_text(OLD, "utf-8")
    (tmp_path / "new.pot").write_text(NEW, "utf-8")
    assert bilect("merge", "old.po", "new.pot", "-o", "old.po", cwd=tmp_path).status == 0
    assert "Another long text." in old.read_text("utf-8")
    old.write_text(OLD + 'msgid "open\n', "utf-8")
    shown = bilect("merge", "old.po", "new.pot", "-o", "old.po", cwd=tmp_path)
    assert shown.status == 2
    assert shown.stderr.startswith("bilect: old.po:13: ")
    assert old.read_text("utf-8").endswith('msgid "open\n')


def test_format_gives_what_msgcat_gives_and_keeps_unknown_flags(tmp_path: Path) -> None:
    crooked = HEADER + '\nmsgid   "One"\n"text."\nmsgstr "一。"\n\n\n\n#, max-length:9\nmsgid "b"\nmsgstr "二"\n'
    (tmp_path / "a.po").write_text(crooked, "utf-8")
    assert bilect("format", "--check", "a.po", cwd=tmp_path).status == 1
    assert bilect("format", "a.po", "-o", "b.po", cwd=tmp_path).status == 0
    made = (tmp_path / "b.po").read_text("utf-8")
    assert "#, max-length:9\n" in made
    assert bilect("format", "--check", "b.po", cwd=tmp_path).status == 0
    if not shutil.which("msgcat"):
        pytest.skip("gettext's msgcat is not installed")
    expected = subprocess.run(["msgcat", "a.po"], cwd=tmp_path, capture_output=True, check=True).stdout.decode()
    assert made.replace("#, max-length:9\n", "") == expected


def test_format_sorts_and_numbers_subtitles_and_leaves_broken_files_alone(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(
        "7\n00:00:03,000 --> 00:00:04,000\ntwo\n\n3\n00:00:01,000 --> 00:00:02,000\none\n", "utf-8"
    )
    (tmp_path / "b.po").write_text(OLD + 'msgid "open\n', "utf-8")
    shown = bilect("format", "a.srt", "b.po", cwd=tmp_path)
    assert shown.status == 2
    assert "b.po:13:7: " in shown.stderr
    assert (tmp_path / "a.srt").read_text("utf-8").startswith("1\n00:00:01,000 --> 00:00:02,000\none\n\n2\n")
    assert (tmp_path / "b.po").read_text("utf-8").endswith('msgid "open\n')


def test_format_names_all_faults_of_a_catalog_with_their_places(tmp_path: Path) -> None:
    broken = 'msgid "a\nmsgstr ""\n\n<<<<<<< HEAD\nmsgid "b"\nmsgstr "1"\n=======\nmsgid "b"\nmsgstr "2"\n>>>>>>> x\n'
    (tmp_path / "a.po").write_text(broken, "utf-8")
    shown = bilect("format", "a.po", cwd=tmp_path)
    assert shown.status == 2
    assert [line.split(" (")[0] for line in shown.stderr.splitlines()] == [
        "bilect: a.po:1:7: a string of this msgid has no closing quote",
        "bilect: a.po:4:1: a merge conflict of 7 lines is left in the file",
        "0 of 1 file formatted.",
    ]
    assert (tmp_path / "a.po").read_text("utf-8") == broken
