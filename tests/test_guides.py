"""The guides and the README show what the commands print today, and bilect keeps the Chinese of the guides."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from golden import ROOT
from terminal import bilect

GUIDES = sorted((ROOT / "docs/guide").glob("[ez][nh]/*.md"))


def test_the_documents_show_what_the_commands_print_and_the_chinese_guides_are_exported_anew() -> None:
    made = subprocess.run([sys.executable, ROOT / "docs/transcripts.py", "--check"], capture_output=True, check=False)
    assert (made.returncode, made.stdout.decode() + made.stderr.decode()) == (0, ""), "run make docs"


def test_the_guides_are_wholly_translated_and_without_a_finding(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "docs/guide", tmp_path / "guide")
    checked = bilect("check", cwd=folder)
    assert (checked.status, checked.stdout + checked.stderr) == (0, "No findings.\n")
    counted = json.loads(bilect("stats", "--format", "json", cwd=folder).stdout)["counts"]
    assert counted["translated"] == counted["total"]
    assert counted["total"]["messages"] > 50


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_a_guide_fits_two_screens(guide: Path) -> None:
    assert len(guide.read_text("utf-8").splitlines()) <= 110


def test_a_page_that_stands_directly_in_the_source_folder_is_exported_with_its_catalog(tmp_path: Path) -> None:
    (tmp_path / "source_docs").mkdir()
    (tmp_path / "source_docs/a.en.md").write_text("# A title\n", "utf-8")
    assert bilect("update", cwd=tmp_path).status == 0
    catalog = tmp_path / "locales/zh_CN/LC_MESSAGES/source_docs/a.po"
    catalog.write_text(catalog.read_text("utf-8").replace('"A title"\nmsgstr ""', '"A title"\nmsgstr "标题"'), "utf-8")
    made = bilect("export", "page", "source_docs", "-o", "out", cwd=tmp_path)
    assert (made.status, made.stderr) == (0, "1 file exported, 1 written\n")
    assert (tmp_path / "out/a.zh.md").read_text("utf-8") == "# 标题\n"
