"""The memory of a project: what it takes from files, and what it fills in; through real processes where that matters."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal import bilect

from pipeline.catalogs.exchanged import outgoing
from pipeline.catalogs.languages import UNKNOWN, Locales
from pipeline.catalogs.memory import Memory, Origin, Remembered, opened
from pipeline.catalogs.memory_files import READERS, as_tmx, as_tsv
from pipeline.catalogs.merge import merged
from pipeline.catalogs.po import Catalog, catalog_bytes, read_catalog
from pipeline.catalogs.suggestions import Wanted, suggestions
from pipeline.catalogs.xliff import Version, xliff_bytes
from pipeline.model import PipelineError
from pipeline.project.bare import named_file
from pipeline.project.memory import Fill, filled, in_step, remembered
from pipeline.project.root import project_of

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"PO-Revision-Date: 2025-03-01 10:00+0800\\n"\n'
)
DONE = """
#: a.en.md:3
msgid "Decision trees"
msgstr "决策树"

msgctxt "menu"
msgid "Home"
msgstr "主页"

#, fuzzy
#| msgid "Random forest"
msgid "Random forests are trees"
msgstr "随机森林"

#~ msgid "Goodbye"
#~ msgstr "再见"

msgid "Lecture 3: see figure 3"
msgstr "第3讲：见图3"

msgid "Read [the notes](a.md) first"
msgstr "请先读[讲义](a.md)"
"""


def catalog(text: str) -> Catalog:
    return read_catalog((HEADER + text).encode(), "page.po")


def empty(*msgids: str) -> Catalog:
    return catalog("".join(f'\nmsgid "{msgid}"\nmsgstr ""\n' for msgid in msgids))


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    memory = opened(tmp_path / "memory.sqlite")
    with memory.writing():
        path = "locales/zh_CN/LC_MESSAGES/course/page.po"
        memory.remember(Origin(path, is_catalog=True), READERS[".po"]((HEADER + DONE).encode(), path, UNKNOWN))
    yield memory
    memory.close()


# --- what files say


def test_a_catalog_gives_its_pairs_a_fuzzy_one_with_the_text_that_it_was_made_for() -> None:
    pairs = READERS[".po"]((HEADER + DONE).encode(), "page.po", UNKNOWN)
    assert pairs[0] == Remembered(
        "Decision trees", "决策树", "en", "zh_CN", None, "a.en.md:3", "2025-03-01 10:00+0800", True, "page.po"
    )
    assert [(pair.source, pair.reviewed) for pair in pairs[1:4]] == [
        ("Home", True),
        ("Random forest", False),
        ("Goodbye", True),
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.tsv", "Trees\t树\nHome\t主页\tmenu\n", [("Trees", "树", "en", "zh_CN")]),
        ("a.csv", "中文;English\n树;Trees\n;\n", [("树", "Trees", "zh_CN", "en")]),
        ("a.csv", 'source,target,context\n"a, b","甲，""乙""",menu\n', [("a, b", '甲，"乙"', "en", "zh_CN")]),
        ("a.csv", "zh-TW,en\n資料,data\n", [("資料", "data", "zh_TW", "en")]),
        ("a.tsv", "树\tTrees\n", [("树", "Trees", "zh_CN", "en")]),
    ],
)
def test_a_table_says_itself_which_column_is_what(
    name: str, text: str, expected: list[tuple[str, str, str, str]]
) -> None:
    pairs = READERS[name[-4:]](text.encode("gb18030" if "中文" in text else "utf-8"), name, UNKNOWN)
    assert [pair[:4] for pair in pairs][:1] == expected


def test_named_locales_count_more_than_what_texts_look_like() -> None:
    (pair,) = READERS[".csv"](b"ok,OK\n", "a.csv", Locales("en", "zh_CN"))
    assert (pair.source_locale, pair.target_locale) == ("en", "zh_CN")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.tsv", b"\0\1\2" * 50),
        ("a.csv", b"one column\n"),
        ("a.tmx", b"<tmx"),
        ("a.xlf", b"<xliff"),
        ("a.xliff", b'<xliff version="3.0"/>'),
        ("a.xlf", b"<tmx/>"),
        ("a.po", b'msgid "open\n'),
        ("a.csv", b""),
    ],
)
def test_a_file_without_pairs_is_a_clear_error(name: str, data: bytes) -> None:
    with pytest.raises(PipelineError, match=f"^{name}"):
        READERS[name[name.index(".") :]](data, name, UNKNOWN)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), min_size=1).filter(str.strip)


@given(TEXTS, TEXTS, st.none() | TEXTS, st.booleans())
def test_what_is_exported_as_a_table_is_imported_again(
    source: str, target: str, context: str | None, reviewed: bool
) -> None:
    pair = Remembered(source, target, "en", "zh_CN", context, "a.md:7", "2025-03-01 10:00+0800", reviewed, "a.tsv")
    assert READERS[".tsv"](as_tsv([pair]), "a.tsv", UNKNOWN) == [pair]


def test_what_is_exported_as_tmx_is_imported_again_without_paths_of_this_machine(memory: Memory) -> None:
    written = as_tmx([*memory.pairs(), Remembered("x y", "甲", "en", "zh_CN", origin="/home/me/pairs.csv")])
    assert b"/home/me" not in written
    pairs = READERS[".tmx"](written, "a.tmx", UNKNOWN)
    assert pairs[0].place == "a.en.md:3"
    assert [(*pair[:5], pair.reviewed) for pair in pairs[:-1]] == [(*p[:5], p.reviewed) for p in memory.pairs()]


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_what_is_exported_as_xliff_gives_the_pairs_of_its_catalog(version: Version) -> None:
    plural = '\nmsgid "a tree"\nmsgid_plural "%d trees"\nmsgstr[0] "%d棵树"\n\nmsgid "Not yet"\nmsgstr ""\n'
    page = catalog(DONE + plural)
    written = xliff_bytes([outgoing(page, "page.po", "en", "zh_CN")], version)
    pairs = READERS[".xlf"](written, "page.xlf", UNKNOWN)
    due = READERS[".po"](page.data, "page.xlf", UNKNOWN)
    assert [pair._replace(place="") for pair in pairs] == [pair._replace(place="") for pair in due]
    assert [pair.place for pair in pairs] == [pair.place or "page.po" for pair in due]


def test_an_xliff_of_another_program_says_its_locales_states_and_suggestions_are_no_pairs() -> None:
    written = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file original="a.docx" source-language="en-US" target-language="zh-Hans" datatype="plaintext"><body>
    <trans-unit id="1"><source>Decision trees</source><target state="final">决策树</target></trans-unit>
    <trans-unit id="2"><source>A <g id="1">forest</g></source><target state="needs-translation">林</target></trans-unit>
    <trans-unit id="3"><source>Empty</source><target/></trans-unit>
    <trans-unit id="4"><source>Same</source><target>Same</target></trans-unit>
    <trans-unit id="5"><source>Bagging</source><alt-trans><target>装袋</target></alt-trans></trans-unit>
  </body></file></xliff>""".encode()
    known = [(*pair[:6], pair.reviewed) for pair in READERS[".xliff"](written, "a.xliff", Locales("de", "fr"))]
    assert known == [
        ("Decision trees", "决策树", "en", "zh_CN", None, "a.docx", True),
        ("A forest", "林", "en", "zh_CN", None, "a.docx", False),
    ]


def test_an_xliff_unit_of_which_only_a_part_is_translated_is_not_reviewed() -> None:
    part = "<segment><source>{}</source>{}</segment>"
    unit = part.format("One. ", "<target>一。</target>") + part.format("Two.", "")
    written = (
        '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="zh-Hans">'
        f'<file id="f"><unit id="u">{unit}</unit></file></xliff>'
    )
    (pair,) = READERS[".xlf"](written.encode(), "a.xlf", UNKNOWN)
    assert (pair.source, pair.target, pair.reviewed) == ("One. Two.", "一。", False)


# --- filling


def test_the_same_text_in_the_same_context_is_final_and_all_else_is_fuzzy_with_a_note(memory: Memory) -> None:
    done = filled(empty("Decision trees", "Home", "Random forest", "Decision tree", "Quantum"), memory)
    assert done.fill == Fill(final=1, fuzzy=3, left=1)
    same, other, unsure, like, new = done.catalog
    assert (same.msgstr, same.fuzzy, same.comment) == ("决策树", False, "")
    assert (other.msgstr, other.fuzzy) == ("主页", True)
    assert other.comment == "memory: 100 % of course/page.po, in another context"
    assert (unsure.msgstr, unsure.fuzzy) == ("随机森林", True)
    assert unsure.comment == "memory: 100 % of course/page.po, fuzzy there"
    assert (like.msgstr, like.fuzzy, like.previous_msgid) == ("决策树", True, "Decision trees")
    assert like.comment.startswith("memory: 96 % of course/page.po\nchanged: ")
    assert (new.msgstr, new.fuzzy) == ("", False)


def test_numbers_are_put_in_place_where_that_is_certain(memory: Memory) -> None:
    (message,) = filled(empty("Lecture 12: see figure 12"), memory).catalog
    assert (message.msgstr, message.fuzzy) == ("第12讲：见图12", True)
    assert "99 % of course/page.po, its numbers changed" in message.comment
    (message,) = filled(empty("Lecture 12: see figure 7"), memory).catalog
    assert message.msgstr == "第3讲：见图3"


def test_a_suggestion_that_would_break_the_page_stands_in_a_note_only(memory: Memory) -> None:
    done = filled(empty("Read the notes first"), memory, minimum=60)
    (message,) = done.catalog
    assert (message.msgstr, message.fuzzy, done.fill.noted) == ("", False, 1)
    assert message.comment.startswith("memory: ")
    assert message.comment.endswith("请先读[讲义](a.md)")
    again = filled(read_catalog(catalog_bytes(done.catalog)), memory, minimum=60)
    assert catalog_bytes(again.catalog) == again.catalog.data


def test_what_is_typed_is_never_touched_and_of_two_translations_none_is_final(memory: Memory) -> None:
    typed = catalog('\n# mine\n#, fuzzy, max-length:9\nmsgid "Decision trees"\nmsgstr "树"\n')
    assert catalog_bytes(filled(typed, memory).catalog) == typed.data
    with memory.writing():
        memory.remember(Origin("b.tsv", is_catalog=False), [Remembered("Decision trees", "判定树", "en", "zh_CN")])
    (message,) = filled(empty("Decision trees"), memory).catalog
    assert message.fuzzy
    assert message.comment.endswith(", one of 2 translations")


WHOLE = "Trees are easy to read. A forest of many trees is much harder to read, and most often better."


@pytest.fixture
def paragraph(memory: Memory) -> Callable[[str], Memory]:
    """The memory with one paragraph, as translated."""

    def with_translation(target: str) -> Memory:
        with memory.writing():
            memory.remember(Origin("b.tsv", is_catalog=False), [Remembered(WHOLE, target, "en", "zh_CN")])
        return memory

    return with_translation


class TestASplitParagraph:
    PARTS = (WHOLE[:23], WHOLE[24:])

    def test_each_part_takes_its_part_of_the_translation(self, paragraph: Callable[[str], Memory]) -> None:
        memory = paragraph("树容易读懂。由许多树组成的森林难读得多，但往往更好。")
        done = filled(empty("Quantum", *self.PARTS, "Decision trees"), memory)
        assert done.fill == Fill(final=1, fuzzy=2, left=1)
        _, first, second, _ = done.catalog
        assert (first.msgstr, first.fuzzy, first.previous_msgid) == ("树容易读懂。", True, WHOLE)
        assert (second.msgstr, second.fuzzy) == ("由许多树组成的森林难读得多，但往往更好。", True)
        assert second.comment == (
            "memory: 99 % of b.tsv\nsplit: part 2 of 2 of the previous text, with its part of the translation"
        )

    def test_where_nobody_can_tell_the_first_has_all_and_the_others_say_so(
        self, paragraph: Callable[[str], Memory]
    ) -> None:
        whole = "树容易读懂，由许多树组成的森林难读得多，但往往更好。"
        memory = paragraph(whole)
        done = filled(empty(*self.PARTS), memory)
        assert done.fill == Fill(fuzzy=1, noted=1)
        first, second = done.catalog
        assert (first.msgstr, first.fuzzy) == (whole, True)
        assert (second.msgstr, second.comment) == ("", "split: part 2 of 2; the first has the translation of all")
        again = filled(read_catalog(catalog_bytes(done.catalog)), memory)
        assert (again.fill, catalog_bytes(again.catalog)) == (Fill(left=1), again.catalog.data)

    def test_what_a_merge_has_left_to_the_first_part_stays_with_it(self, paragraph: Callable[[str], Memory]) -> None:
        memory = paragraph("树容易读懂，由许多树组成的森林难读得多，但往往更好。")
        old = catalog(f'\nmsgid "{WHOLE}"\nmsgstr "树容易读懂，由许多树组成的森林难读得多，但往往更好。"\n')
        split = merged(old, empty(*self.PARTS), date="").catalog
        assert filled(split, memory).fill == Fill(left=1)

    def test_a_part_that_stands_alone_is_like_any_other_text(self, paragraph: Callable[[str], Memory]) -> None:
        memory = paragraph("树容易读懂。由许多树组成的森林难读得多，但往往更好。")
        assert filled(empty(self.PARTS[0], "Quantum"), memory).fill == Fill(left=2)
        (message,) = filled(empty(self.PARTS[1]), memory).catalog
        assert message.fuzzy
        assert message.previous_msgid == WHOLE

    def test_lines_of_a_list_take_the_lines_of_its_translation(self, memory: Memory) -> None:
        with memory.writing():
            pair = Remembered("- a first line\n- a second line", "- 第一行\n- 第二行", "en", "zh_CN")
            memory.remember(Origin("b.tsv", is_catalog=False), [pair])
        first, second = filled(empty("- a first line", "- a second line"), memory).catalog
        assert (first.msgstr, second.msgstr) == ("- 第一行", "- 第二行")


def test_a_translation_is_read_backwards_only_as_fuzzy(memory: Memory) -> None:
    backwards = read_catalog((HEADER.replace("zh_CN", "en") + '\nmsgid "决策树"\nmsgstr ""\n').encode())
    (message,) = filled(backwards, memory).catalog
    assert (message.msgstr, message.fuzzy) == ("Decision trees", True)
    assert message.comment == "memory: 100 % of course/page.po, read backwards"


def test_what_a_memory_has_filled_in_does_not_come_back_as_a_pair(memory: Memory) -> None:
    done = filled(empty("Decision tree"), memory)
    assert READERS[".po"](catalog_bytes(done.catalog), "page.po", UNKNOWN) == []


# --- a project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "source_docs").mkdir()
    folder = tmp_path / "locales" / "zh_CN" / "LC_MESSAGES" / "course"
    folder.mkdir(parents=True)
    (folder / "page.po").write_text(HEADER + DONE, "utf-8")
    (folder / "other.po").write_text(HEADER + '\nmsgid "Decision trees"\nmsgstr ""\n', "utf-8")
    return tmp_path


def test_only_catalogs_that_have_changed_are_read_again(project: Path) -> None:
    memory = opened(project / "m.sqlite")
    home = project_of(project)
    page = project / "locales/zh_CN/LC_MESSAGES/course/page.po"
    assert in_step(memory, home).read == 2
    assert in_step(memory, home).read == 0
    os.utime(page, (1, 1))
    assert in_step(memory, home).read == 0
    page.write_text(HEADER + '\nmsgid "New"\nmsgstr "新"\n', "utf-8")
    assert in_step(memory, home).read == 1
    assert [pair.source for pair in memory.pairs()] == ["New"]
    page.unlink()
    assert in_step(memory, home).forgotten == 1
    assert len(memory) == 0
    memory.close()


def test_search_finds_in_both_languages_and_its_json_is_fixed(project: Path) -> None:
    shown = bilect("memory", "search", "树", cwd=project)
    assert shown.status == 0
    assert "决策树" in shown.stdout
    assert "Decision trees" in shown.stdout
    assert "a.en.md:3" in shown.stdout
    shown = bilect("memory", "search", "--format", "json", "--limit", "1", "decision", "tree", cwd=project)
    (found,) = json.loads(shown.stdout)
    assert (found["score"], found["likeness"], found["translation"]) == (96, "contains", "决策树")
    shown = bilect("memory", "search", "nothing at all", cwd=project)
    assert (shown.status, shown.stdout) == (1, "Nothing like it.\n")


def test_fill_writes_only_what_it_says(project: Path) -> None:
    other = project / "locales/zh_CN/LC_MESSAGES/course/other.po"
    before = other.read_bytes()
    shown = bilect("memory", "fill", "--dry-run", cwd=project)
    assert shown.stdout.endswith("1 of 2 catalogs would be changed: 1 filled.\n")
    assert other.read_bytes() == before
    assert bilect("memory", "fill", cwd=project).stdout.endswith("1 of 2 catalogs changed: 1 filled.\n")
    assert polib.pofile(str(other))[0].msgstr == "决策树"


def test_a_file_is_imported_once_listed_and_forgotten(project: Path) -> None:
    (project / "pairs.tsv").write_text("Gradient descent\t梯度下降\n", "utf-8")
    shown = bilect("memory", "import", "pairs.tsv", "missing.po", "pairs.tsv", cwd=project)
    assert (shown.status, shown.stdout) == (2, "7 pairs in the memory, of 3 files, 2 of them catalogs.\n")
    assert "missing.po: there is no such file" in shown.stderr
    assert "1  imported  pairs.tsv" in bilect("memory", "list", cwd=project).stdout
    assert bilect("memory", "forget", "pairs.tsv", cwd=project).stdout == "pairs.tsv: 1 pair forgotten.\n"


def test_what_was_exported_fills_the_memory_of_another_project(project: Path, tmp_path: Path) -> None:
    assert bilect("memory", "export", "-o", "all.tmx", cwd=project).status == 0
    assert bilect("memory", "import", "all.tmx", "--memory", "other.db", cwd=tmp_path).status == 0
    other = opened(tmp_path / "other.db")
    assert [each.target for each in suggestions(other, "Decision trees", Wanted())] == ["决策树"]
    other.close()
    shown = bilect("memory", "search", "x", "--memory", "typo.db", cwd=tmp_path)
    assert (shown.status, "typo.db: there is no such file" in shown.stderr) == (2, True)
    assert not (tmp_path / "typo.db").exists()


def test_a_memory_that_somebody_else_is_writing_can_be_searched(project: Path) -> None:
    opened(project / "memory.sqlite").close()
    database = sqlite3.connect(project / "memory.sqlite", isolation_level=None)
    database.execute("begin immediate")
    reader = opened(project / "memory.sqlite")
    assert suggestions(reader, "决策树", Wanted()) == []
    reader.close()
    database.close()


def test_what_cannot_be_kept_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("", "utf-8")
    (tmp_path / "pairs.tsv").write_text("Trees\t树\n", "utf-8")
    memory = opened(tmp_path / "in the way" / "memory.sqlite")
    with pytest.raises(PipelineError, match="cannot be written"):
        remembered(memory, named_file(str(tmp_path / "pairs.tsv"), None))
    memory.close()
