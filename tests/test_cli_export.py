"""`bilect export page`: what goes in, where it goes, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Shown
from terminal import bilect as bilect_at

from pipeline.catalogs.po import read_catalog
from pipeline.catalogs.translations import translations_of
from pipeline.project.bare import PAGES, named_files
from pipeline.project.page_export import Catalogs

PAGE = "# A title\n\nOne text.\n\nAnother text.\n"
CATALOG = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "A title"\nmsgstr "标题"\n\n#, fuzzy\nmsgid "One text."\nmsgstr "一段。"\n\n'
    'msgid "Another text."\nmsgstr ""\n'
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, "notes/foo.en.md", PAGE)
    write(tmp_path, "notes/deep/bar.md", PAGE)
    write(tmp_path, "notes/foo.en.po", CATALOG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bilect(*arguments: str, stdin: str = "") -> Shown:
    return bilect_at(*arguments, cwd=Path.cwd(), stdin=stdin.encode())


def write(root: Path, path: str, text: str) -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="")
    return place


def test_a_folder_keeps_its_paths_and_a_name_its_language(folder: Path) -> None:
    result = bilect("export", "page", "notes", "-o", "out")
    assert (result.status, result.stderr) == (0, "2 files exported, 2 written\n")
    assert (folder / "out/foo.zh.md").read_text("utf-8") == "# 标题\n\nOne text.\n\nAnother text.\n"
    assert (folder / "out/deep/bar.md").read_text("utf-8") == PAGE
    assert bilect("export", "page", "notes", "-o", "out").stderr == "2 files exported, 0 written\n"


@pytest.mark.usefixtures("folder")
def test_one_page_goes_to_standard_output_and_can_come_from_standard_input() -> None:
    expected = "# 标题\n\nOne text.\n\nAnother text.\n"
    assert bilect("export", "page", "notes/foo.en.md").stdout == expected
    assert bilect("export", "page", "-", "--catalog", "notes/foo.en.po", stdin=PAGE).stdout == expected


def test_an_output_is_a_file_for_one_page_or_a_folder(folder: Path) -> None:
    assert bilect("export", "page", "notes/foo.en.md", "-o", "made.md").status == 0
    assert bilect("export", "page", "notes/foo.en.md", "-o", "made/").status == 0
    assert (folder / "made.md").is_file()
    assert (folder / "made/foo.zh.md").is_file()
    result = bilect("export", "page", "notes")
    assert (result.status, result.stdout) == (2, "")
    assert "2 pages do not fit one output: name a folder with -o" in result.stderr


@pytest.mark.parametrize(
    "place", ["c/foo.en.po", "c/foo.po", "c/foo.zh_CN.po", "c/zh_CN/LC_MESSAGES/foo.po", "c/zh/foo.po"]
)
def test_a_catalog_is_found_in_a_folder_under_any_usual_name(folder: Path, place: str) -> None:
    write(folder, place, CATALOG)
    (page,), _ = named_files(["notes/foo.en.md"], PAGES, None)
    assert Catalogs("c").of(page, "zh_CN") == Path(place)
    assert Catalogs().of(page, "zh_CN") == Path("notes/foo.en.po")


def test_fuzzy_translations_are_used_marked_or_not_shown() -> None:
    catalog = read_catalog(CATALOG.encode(), "a.po")
    key = (None, "One text.")
    assert [translations_of(catalog, each).get(key) for each in ("use", "mark", "source")] == [
        "一段。",
        "⚠ 一段。",
        None,
    ]


def test_a_page_of_which_too_little_is_translated_is_left_out_with_a_note(folder: Path) -> None:
    result = bilect("export", "page", "notes", "-o", "out", "--min", "33", "--lang", "zh_CN")
    assert result.status == 0
    assert "notes/deep/bar.md: 0 % translated, not exported" in result.stderr
    assert [path.name for path in (folder / "out").rglob("*.md")] == ["foo.zh.md"]


def test_a_pseudo_locale_needs_no_catalog(folder: Path) -> None:
    (folder / "notes/foo.en.po").unlink()
    text = bilect("export", "page", "notes/foo.en.md", "--pseudo").stdout
    assert text == "# 【Ă ţĭţļĕ···】\n\n【Ŏńĕ ţĕxţ.···】\n\n【Ăńŏţĥĕŕ ţĕxţ.····】\n"


def test_neither_of_a_pair_of_pages_is_overwritten(folder: Path) -> None:
    hand_made = write(folder, "notes/foo.zh.md", "# 手写\n")
    result = bilect("export", "page", "notes/foo.en.md", "-o", "notes/")
    assert (result.status, "is not overwritten" in result.stderr) == (2, True)
    assert hand_made.read_text("utf-8") == "# 手写\n"
    assert (folder / "notes/foo.en.md").read_text("utf-8") == PAGE


def test_a_page_that_is_in_the_language_already_is_not_exported(folder: Path) -> None:
    write(folder, "notes/foo.zh.md", "# 手写\n")
    bilect("export", "page", "notes", "-o", "out", "--lang", "zh_CN")
    assert sorted(path.name for path in (folder / "out").rglob("*.md")) == ["bar.md", "foo.zh.md"]
    assert (folder / "out/foo.zh.md").read_text("utf-8").startswith("# 标题")


def test_what_breaks_a_page_is_told_and_the_rest_is_written(folder: Path) -> None:
    write(folder, "notes/foo.en.po", CATALOG.replace("标题", "标题<b>"))
    result = bilect("export", "page", "notes", "-o", "out", "--fuzzy", "use")
    assert result.status == 1
    assert (
        "notes/foo.en.md:1:3: error P201 translation-left-out: the translation is left out: it adds <b>"
        in result.stderr
    )
    assert (folder / "out/foo.zh.md").read_text("utf-8") == "# A title\n\n一段。\n\nAnother text.\n"


def test_bad_files_are_told_and_the_rest_is_exported(folder: Path) -> None:
    (folder / "notes/pic.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    write(folder, "notes/foo.en.po", 'msgid "open\n')
    result = bilect("export", "page", "notes", "gone.md", "-o", "out")
    assert result.status == 2
    assert "gone.md: there is no such file" in result.stderr
    assert "notes/pic.md:1:1: error P101 unreadable-page" in result.stderr
    assert "po-syntax" in result.stderr
    assert (folder / "out/deep/bar.md").is_file()


def test_several_processes_make_the_same_files(folder: Path) -> None:
    for number in range(6):
        write(folder, f"notes/{number}.md", PAGE)
    one = bilect("export", "page", "notes", "-o", "one", "--pseudo")
    two = bilect("export", "page", "notes", "-o", "two", "--pseudo", "--jobs", "2")
    assert (one.status, one.stderr) == (two.status, two.stderr)
    made = [
        {path.relative_to(folder / name): path.read_bytes() for path in (folder / name).rglob("*.md")}
        for name in ("one", "two")
    ]
    assert made[0] == made[1]
    assert len(made[0]) == 8


def test_the_configuration_says_how_links_and_ids_are_kept(folder: Path) -> None:
    write(
        folder, "bilect.toml",
        'heading_ids = "keep"\ndialect = "hugo"\n\n[[links]]\nfrom = "/en/"\nto = "/zh/"\n',
    )  # fmt: skip
    write(folder, "source_docs/c/a.en.md", "# A title\n\n[b](b.en.md) [x](/en/x)\n")
    write(folder, "source_docs/c/b.en.md", "# Other\n")
    write(folder, "locales/zh_CN/LC_MESSAGES/c/a.po", CATALOG)
    assert bilect("export", "page").status == 0
    assert (folder / "build/c/a.zh.md").read_text("utf-8") == "# 标题 {#a-title}\n\n[b](b.zh.md) [x](/zh/x)\n"
    write(folder, "bilect.toml", '[[links]]\nform = "/en/"\nto = "x"\n')
    result = bilect("export", "page")
    assert (result.status, "did you mean 'from'" in result.stderr) == (2, True)


def test_run_and_export_make_the_same_pages(folder: Path) -> None:
    write(
        folder, "source_docs/c/a.en.md", "---\nlayout: page\n---\n# A title\n\n[b](b.en.md#other-one) ![i](i.en.png)\n"
    )
    write(folder, "source_docs/c/b.en.md", "---\nlayout: page\n---\n# Other one\n")
    write(folder, "source_docs/c/i.zh.png", "")
    bilect("run")
    for name, text, target in (("a", "A title", "标题"), ("b", "Other one", "另一个")):
        path = folder / f"locales/zh_CN/LC_MESSAGES/c/{name}.po"
        path.write_text(
            path.read_text("utf-8").replace(f'"{text}"\nmsgstr ""', f'"{text}"\nmsgstr "{target}"'), "utf-8"
        )
    bilect("run")
    made = {path.name: path.read_text("utf-8") for path in (folder / "build/c").glob("*.zh.md")}
    assert made["a.zh.md"].endswith("# 标题\n\n[b](b.zh.md#other-one) ![i](i.zh.png)\n")
    assert made["b.zh.md"].endswith("# 另一个 {#other-one}\n")
    assert bilect("export", "page").stderr == "2 files exported, 0 written\n"
    assert bilect("export", "md").stderr == "1 file exported, 0 written\n"
    assert bilect("export", "page", "source_docs/c/a.en.md").stderr == "1 file exported, 0 written\n"


def test_a_broken_catalog_of_a_project_is_named_by_its_path_in_it(folder: Path) -> None:
    write(folder, "source_docs/c/a.en.md", "# A title\n")
    write(folder, "locales/zh_CN/LC_MESSAGES/c/a.po", 'msgid "A title"\nmsgstr "标题"\n\n<<<<<<< HEAD\n')
    assert "\nlocales/zh_CN/LC_MESSAGES/c/a.po:4" in bilect("export", "page").stderr


def test_a_table_of_a_course_that_cannot_be_read_is_told_and_all_courses_are_written(folder: Path) -> None:
    for course in ("a", "b", "c"):
        write(folder, f"source_docs/{course}/page.en.md", PAGE)
    write(folder, "source_docs/b/zh_TW.overrides.tsv", "no row\n")
    shown = bilect("export", "md", "--lang", "zh_TW")
    assert shown.status == 2
    assert "source_docs/b/zh_TW.overrides.tsv:1" in shown.stderr
    assert sorted(path.parent.name for path in folder.rglob("handout*.md")) == ["a", "b", "c"]


def test_two_tracks_are_one_talk_and_go_into_the_file_that_is_named(folder: Path) -> None:
    for language, text in (("en", "Good morning."), ("zh", "早上好")):
        write(folder, f"talk.{language}.srt", f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n\n")
    assert bilect("export", "srt", "talk.en.srt", "talk.zh.srt", "-o", "both.srt").status == 0
    assert (folder / "both.srt").read_text("utf-8").endswith("早上好\nGood morning.\n\n")
