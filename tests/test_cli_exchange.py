"""`bilect export xliff` and `bilect import` as processes."""

from __future__ import annotations

from pathlib import Path

from exchanging import HEADER, PO, SIMPLE, exported
from terminal import started as bilect


def test_export_and_import_through_real_processes(tmp_path: Path) -> None:
    page = tmp_path / "locales/zh_CN/LC_MESSAGES/a.po"
    page.parent.mkdir(parents=True)
    page.write_text(PO, "utf-8")
    (tmp_path / "source_docs").mkdir()
    shown = bilect("export", "xliff", cwd=tmp_path)
    assert (shown.status, shown.stderr) == (0, "1 file exported, 1 written\n")
    carrier = tmp_path / "build/xliff/zh_CN/LC_MESSAGES/a.xlf"
    carrier.write_text(carrier.read_text("utf-8").replace("空白", "空的"), "utf-8")
    assert bilect("import", carrier, "--dry-run", cwd=tmp_path).status == 0
    assert page.read_text("utf-8") == PO
    shown = bilect("import", carrier, cwd=tmp_path, environment={"SOURCE_DATE_EPOCH": "1800000000"})
    assert (shown.status, shown.stderr) == (0, "locales/zh_CN/LC_MESSAGES/a.po: 1 taken, 9 as they were\n")
    changed = PO.replace("空白", "空的").replace("2026-02-03 10:00+0800", "2027-01-15 08:00+0000")
    assert page.read_text("utf-8") == changed
    page.write_text(PO.replace("空白", "空无"), "utf-8")
    shown = bilect("import", carrier, cwd=tmp_path)
    assert shown.status == 1
    assert '.po:55: "empty context" was changed here since the export, and in the file; kept' in shown.stderr
    assert page.read_text("utf-8") == PO.replace("空白", "空无")


def test_a_folder_with_templates_gives_its_catalogs_alone(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(SIMPLE, "utf-8")
    (tmp_path / "a.pot").write_text(SIMPLE.replace("Language: zh_CN", "Language: "), "utf-8")
    shown = bilect("export", "xliff", ".", "-o", "out", cwd=tmp_path)
    assert (shown.status, shown.stderr) == (0, "1 file exported, 1 written\n")
    assert bilect("export", "xliff", "a.pot", "--lang", "zh_TW", cwd=tmp_path).status == 0


def test_no_file_leads_an_import_out_of_its_folder_or_over_a_catalog(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "a.po").write_text(SIMPLE, "utf-8")
    (inside / "a.xlf").write_text(exported(SIMPLE).replace("一", "壹").replace('"a.po"', '"../a.po"'), "utf-8")
    shown = bilect("import", "a.xlf", cwd=inside)
    assert (shown.status, "is outside the folder" in shown.stderr) == (2, True)
    assert (tmp_path / "a.po").read_text("utf-8") == SIMPLE
    (inside / "b.po").write_text(PO, "utf-8")
    assert bilect("import", "a.xlf", "-o", "b.po", cwd=inside).status == 2
    assert (inside / "b.po").read_text("utf-8") == PO
    (inside / "a.po").write_text(HEADER + "\n" + '#~ msgid "kept"\n#~ msgstr "留"\n', "utf-8")
    shown = bilect("import", "a.xlf", "a.po", "-o", "a.po", cwd=inside)
    assert "留" in (inside / "a.po").read_text("utf-8")
