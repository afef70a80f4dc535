"""`bilect update`: what becomes of catalogs when pages change, are renamed, deleted, or give texts to each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from updating import (
    CATALOGS,
    TEXTS,
    TYPED,
    obsolete,
    said,
    start,
    start_translated,
    state,
    translate,
    update,
    write,
)

from pipeline.project.root import project_of
from pipeline.project.run import run


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start(tmp_path, monkeypatch)


@pytest.fixture
def translated() -> None:
    start_translated()


def test_a_first_update_makes_templates_and_catalogs_and_a_second_one_nothing() -> None:
    write("page.en.md", *TEXTS)
    result = update()
    assert result.stdout == f"{CATALOGS}/page.po: made, 4 new\n1 of 1 catalog updated, 1 template written.\n"
    before = state()
    assert update().stdout == "Nothing to update in 1 catalog.\n"
    assert state() == before


@pytest.mark.usefixtures("translated")
class TestAPageChanges:
    def test_lines_that_only_moved_leave_the_catalog_alone(self) -> None:
        before = state()[f"{CATALOGS}/page.po"]
        write("page.en.md", "", *TEXTS)
        assert update().stdout == "0 of 1 catalog updated, 1 template written.\n"
        assert state()[f"{CATALOGS}/page.po"] == before

    def test_each_line_says_what_became_of_the_messages(self) -> None:
        write("page.en.md", "A heading", "The first text stands here now.", "Completely different words.")
        assert update().stdout.startswith(f"{CATALOGS}/page.po: 1 new, 1 fuzzy, 1 obsolete\n")
        assert said("page") == {
            "A heading": "标题", "The first text stands here now.": "?第一段。", "Completely different words.": "",
        }  # fmt: skip

    def test_what_fits_nowhere_is_listed_for_those_who_ask(self) -> None:
        write("page.en.md", *TEXTS[:2])
        assert "fits nowhere" not in update("--dry-run").stderr
        line = 1 + Path(CATALOGS, "page.po").read_text(encoding="utf-8").split("\n").index(f'msgid "{TEXTS[2]}"')
        assert update("-v").stderr == (
            f'{CATALOGS}/page.po:{line}: the translation of "{TEXTS[2]}" fits nowhere now, and is kept as obsolete\n'
        )

    def test_the_order_is_that_of_the_page(self) -> None:
        write("page.en.md", *reversed(TEXTS))
        update()
        assert list(said("page")) == list(reversed(TEXTS))

    def test_header_fields_stay_and_only_a_new_content_has_a_new_date(self, monkeypatch: pytest.MonkeyPatch) -> None:
        path = Path(CATALOGS, "page.po")
        path.write_text(
            path.read_text(encoding="utf-8").replace("Last-Translator: ", "Last-Translator: Li"), encoding="utf-8"
        )
        head = path.read_bytes().split(b"\n\n")[0]
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770000000")
        write("page.en.md", "", *TEXTS)
        update()
        assert path.read_bytes().split(b"\n\n")[0] == head
        write("page.en.md", *TEXTS, "More.")
        update()
        after = path.read_bytes().split(b"\n\n")[0]
        assert b"POT-Creation-Date: 2026-02-02 02:40+0000" in after
        assert re.sub(rb'"POT-C.*', b"", after) == re.sub(rb'"POT-C.*', b"", head)

    def test_a_page_without_texts_leaves_its_catalog_obsolete(self) -> None:
        write("page.en.md")
        update()
        assert (said("page"), obsolete("page")) == ({}, TYPED)
        assert not Path("locales/templates/course/page.pot").exists()

    def test_a_page_that_cannot_be_read_keeps_its_catalog(self) -> None:
        before = state()
        Path("source_docs/course/page.en.md").write_bytes(b"\0\0\0")
        result = update()
        assert result.exit_code == 1
        assert "source_docs/course/page.en.md" in result.stderr
        assert [path for path, value in state().items() if before[path] != value] == ["source_docs/course/page.en.md"]


@pytest.mark.usefixtures("translated")
class TestARenamedPage:
    @pytest.mark.parametrize("name", ["course/other.en.md", "elsewhere/page.en.md", "course/part/page.en.md"])
    def test_it_takes_its_catalog_along(self, name: str) -> None:
        new = Path("source_docs", name)
        new.parent.mkdir(parents=True, exist_ok=True)
        Path("source_docs/course/page.en.md").rename(new)
        result = update()
        place = f"locales/zh_CN/LC_MESSAGES/{name.removesuffix('.en.md')}.po"
        assert f"{place}: taken along from {CATALOGS}/page.po, whose page was renamed" in result.stdout
        assert "locales/templates/course/page.pot: its page is gone: removed\n" in result.stdout
        found = Path(place).read_text(encoding="utf-8")
        assert all(f'msgstr "{text}"' in found for text in TYPED.values())
        assert f"#: source_docs/{name}:" in found
        assert "# mine" in found
        assert [path.as_posix() for path in Path("locales").rglob("*.po")] == [place]

    def test_it_may_have_changed_a_little(self) -> None:
        Path("source_docs/course/page.en.md").unlink()
        write("other.en.md", *TEXTS[1:], "A new text.")
        assert "other.po: taken along from" in update().stdout
        assert said("other")["The first text stands here."] == "第一段。"
        assert not Path(CATALOGS, "page.po").exists()

    def test_a_page_with_other_texts_takes_nothing(self) -> None:
        Path("source_docs/course/page.en.md").unlink()
        write("other.en.md", TEXTS[0], "Nothing of what was there, in quite a long text, is said in this page.")
        result = update()
        assert (
            f"{CATALOGS}/page.po: its page is gone: 3 obsolete, kept for when their texts come back\n" in result.stdout
        )
        assert said("other")[TEXTS[0]] == "标题"

    def test_pages_that_change_names_change_translations(self) -> None:
        write("other.en.md", "Other things are told.", "And more of them.")
        update()
        translate("other", {"Other things are told.": "别的。"})
        one, other = Path("source_docs/course/page.en.md"), Path("source_docs/course/other.en.md")
        kept = one.read_bytes()
        one.write_bytes(other.read_bytes())
        other.write_bytes(kept)
        result = update()
        assert f"{CATALOGS}/other.po: 1 new, 3 moved" in result.stdout
        assert f"{CATALOGS}/page.po: 1 new, 1 moved" in result.stdout
        assert said("page")["Other things are told."] == "别的。"
        assert {text: said("other")[text] for text in TYPED} == TYPED

    def test_a_run_that_was_killed_between_writing_and_removing_is_finished_by_the_next(self) -> None:
        old = Path(CATALOGS, "page.po").read_bytes()
        Path("source_docs/course/page.en.md").rename("source_docs/course/other.en.md")
        update()
        Path(CATALOGS, "page.po").write_bytes(old)
        result = update()
        assert (
            f"{CATALOGS}/page.po: its page is gone, and all that it says is in {CATALOGS}/other.po: removed"
            in result.stdout
        )
        assert not Path(CATALOGS, "page.po").exists()


@pytest.mark.usefixtures("translated")
class TestADeletedPage:
    def test_its_catalog_is_kept_obsolete_and_told_once(self) -> None:
        write("other.en.md", "Something else.")
        update()
        Path("source_docs/course/page.en.md").unlink()
        result = update()
        assert f"{CATALOGS}/page.po: its page is gone: 3 obsolete" in result.stdout
        assert (said("page"), obsolete("page")) == ({}, TYPED)
        assert update().stdout == "Nothing to update in 1 catalog.\n"

    def test_its_texts_come_back_with_it_or_in_another_page(self) -> None:
        write("other.en.md", "Something else.")
        update()
        Path("source_docs/course/page.en.md").unlink()
        update()
        write("other.en.md", "Something else.", TEXTS[1])
        assert f"{CATALOGS}/other.po: 1 moved\n" in update().stdout
        assert said("other")[TEXTS[1]] == "第一段。"
        write("page.en.md", *TEXTS)
        update()
        assert {text: said("page")[text] for text in TYPED} == TYPED

    def test_its_messages_come_back_with_all_that_was_said_of_them(self) -> None:
        write("other.en.md", "Something else.")
        write("page.en.md", "A heading", "The first text stands here now.", *TEXTS[2:])
        path = Path(CATALOGS, "page.po")
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("# mine\n", "# mine\n#, max-length:90\n"), encoding="utf-8")
        update()
        before = path.read_text(encoding="utf-8")
        assert "# mine\n#. paragraph\n#. before it: " in before
        assert "#. changed: … stands here {+now+}.\n" in before
        assert '#, fuzzy, max-length:90\n#| msgid "The first text stands here."\n' in before
        page = Path("source_docs/course/page.en.md")
        page.rename("kept.md")
        update()
        assert said("page") == {}
        Path("kept.md").rename(page)
        update()
        assert path.read_text(encoding="utf-8") == before

    def test_a_note_on_what_was_made_final_does_not_stay(self) -> None:
        write("other.en.md", "Something else.")
        write("page.en.md", "A heading", "The first text stands here now.", *TEXTS[2:])
        update()
        path = Path(CATALOGS, "page.po")
        path.write_text(path.read_text(encoding="utf-8").replace("#, fuzzy\n", ""), encoding="utf-8")
        Path("source_docs/course/page.en.md").unlink()
        update()
        assert "#. changed" not in path.read_text(encoding="utf-8")

    def test_a_catalog_in_which_nothing_was_typed_is_removed(self) -> None:
        write("other.en.md", "Something else.")
        update()
        Path("source_docs/course/other.en.md").unlink()
        result = update()
        assert f"{CATALOGS}/other.po: its page is gone, and nothing in it was translated: removed\n" in result.stdout
        assert not Path(CATALOGS, "other.po").exists()

    def test_files_that_are_not_ours_are_left_alone(self) -> None:
        foreign = 'msgid ""\nmsgstr "X-Generator: Poedit\\n"\n\n#: theme/a.html:1\nmsgid "Home"\nmsgstr "首页"\n'
        for name in ("zh_CN/LC_MESSAGES/theme/site.po", "zh_CN/LC_MESSAGES/site.po", "templates/theme/site.pot"):
            Path("locales", name).parent.mkdir(parents=True, exist_ok=True)
            Path("locales", name).write_text(foreign, encoding="utf-8")
        before = state()
        assert update().stdout == "Nothing to update in 1 catalog.\n"
        assert state() == before

    def test_without_any_page_nothing_is_taken_for_gone(self) -> None:
        Path("source_docs/course/page.en.md").rename("kept.md")
        before = state()
        result = update()
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
        assert state() == before


@pytest.mark.usefixtures("translated")
class TestATextMoves:
    def test_it_is_found_in_the_catalog_that_it_left(self) -> None:
        write("other.en.md", "Something else.")
        update()
        write("page.en.md", *TEXTS[:1], *TEXTS[2:])
        write("other.en.md", "Something else.", TEXTS[1])
        result = update("-v")
        assert f"{CATALOGS}/other.po: 1 moved\n{CATALOGS}/page.po: 1 obsolete\n" in result.stdout
        assert result.stderr == ""
        assert said("other")[TEXTS[1]] == "第一段。"
        assert "# mine" in Path(CATALOGS, "other.po").read_text(encoding="utf-8")
        assert update().stdout == "Nothing to update in 2 catalogs.\n"

    def test_one_that_was_translated_in_two_ways_is_fuzzy(self) -> None:
        write("other.en.md", TEXTS[1], "Something else.")
        write("third.en.md", "The third page.")
        update()
        translate("other", {TEXTS[1]: "另一种。"})
        write("page.en.md", *TEXTS[:1], *TEXTS[2:])
        write("other.en.md", "Something else.")
        write("third.en.md", "The third page.", TEXTS[1])
        update()
        assert said("third")[TEXTS[1]].startswith("?")

    def test_one_that_stays_where_it_was_is_not_copied(self) -> None:
        write("other.en.md", "Something else.", TEXTS[1])
        update()
        assert said("other")[TEXTS[1]] == ""


@pytest.mark.usefixtures("translated")
class TestOptions:
    def test_a_dry_run_writes_nothing_and_shows_what_an_update_shows(self) -> None:
        write("page.en.md", *TEXTS, "More.")
        before = state()
        dry = update("--dry-run", "--diff")
        assert state() == before
        assert dry.stderr.endswith("1 of 1 catalog would be updated, 1 template would be written.\n")
        wet = update("--diff")
        assert wet.stdout == dry.stdout
        assert f"--- a/{CATALOGS}/page.po\n+++ b/{CATALOGS}/page.po\n@@ " in wet.stdout
        assert '+msgid "More."\n+msgstr ""\n' in wet.stdout

    def test_a_diff_has_colours_where_they_are_wanted_and_never_obeys_a_page(self) -> None:
        write("page.en.md", *TEXTS, "More \x1b[2J.")
        shown = update("--dry-run", "--diff", "--color", "always").stdout
        assert '\x1b[32m+msgstr ""\x1b[0m' in shown
        assert "\x1b[2J" not in shown

    @pytest.mark.parametrize(
        "path", ["source_docs/course/other.en.md", f"{CATALOGS}/other.po", "locales/templates/course/other.pot"]
    )
    def test_a_path_narrows_it(self, path: str) -> None:
        write("other.en.md", "Something else.")
        update()
        write("other.en.md", "Something quite different.")
        write("page.en.md", *TEXTS, "More.")
        before = state()
        result = update(path)
        assert result.stdout.endswith("1 of 1 catalog updated, 1 template written.\n")
        assert {Path(name).stem for name, value in state().items() if before[name] != value} == {"other"}

    def test_a_path_that_names_nothing_is_told(self) -> None:
        Path("notes.txt").write_bytes(b"")
        write("page.en.md", *TEXTS, "More.")
        result = update("notes.txt", "gone.md", "/", "source_docs/course/page.en.md")
        assert result.exit_code == 2
        assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["gone.md", "/", "notes.txt"]
        assert "1 of 1 catalog updated" in result.stdout

    def test_another_language_has_its_own_catalogs_from_then_on(self) -> None:
        assert update("--lang", "zh_TW").stdout.startswith("locales/zh_TW/LC_MESSAGES/course/page.po: made, 4 new\n")
        write("page.en.md", *TEXTS, "More.")
        assert update().stdout.endswith("2 of 2 catalogs updated, 1 template written.\n")
        write("page.en.md", *TEXTS)
        assert update("--lang", "zh_TW").stdout.endswith("1 of 1 catalog updated, 1 template written.\n")


@pytest.mark.usefixtures("translated")
def test_run_does_to_catalogs_what_update_does() -> None:
    Path("source_docs/course/page.en.md").rename("source_docs/course/other.en.md")
    report = run(project_of(Path.cwd()))
    (outcome,) = report.outcomes
    assert (outcome.path, outcome.origin) == (f"{CATALOGS}/other.po", f"{CATALOGS}/page.po")
    assert said("other")[TEXTS[1]] == "第一段。"
    assert not Path(CATALOGS, "page.po").exists()
    assert not Path("locales/templates/course/page.pot").exists()
    assert update().stdout == "Nothing to update in 1 catalog.\n"
