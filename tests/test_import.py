"""`bilect import TRANSLATED SOURCE`: a page that was edited or translated outside gives its catalog exactly that."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from golden import ROOT

from pipeline.align.returned import matched_blocks
from pipeline.catalogs.catalog import read_catalog
from pipeline.catalogs.message import copy_of
from pipeline.catalogs.messages import messages
from pipeline.catalogs.po import catalog_bytes, template_bytes
from pipeline.catalogs.translations import translations_of
from pipeline.extractors.adaptation import Adaptation
from pipeline.extractors.page import read_page
from pipeline.extractors.rewrite import translated_page
from pipeline.model import Page, Unit
from pipeline.project.import_order import ImportOrder
from pipeline.project.importing import Imported, imported
from pipeline.text.naming import target_language
from pipeline.text.pseudo import pseudo

DATE = "2026-01-02 03:04+0000"
SOURCES = sorted(path for path in ROOT.joinpath("source_docs").rglob("*.md") if path.name != "README.md")
TEXT = """# Heading

The first text stands here.

The second text stands there.

- one thing
- another thing
- the last thing

Some words at the end.
"""
TYPED = {
    "Heading": "标题",
    "The first text stands here.": "第一段在这里。",
    "The second text stands there.": "第二段在那里。",
    "one thing": "一件事",
    "another thing": "另外的事",
    "the last thing": "最后那一件",
    "Some words at the end.": "末尾的几句话。",
}
Said = Mapping[tuple[str | None, str], str]


def page(text: str, name: str = "page.en.md") -> Page:
    return read_page(text.encode(), name)


def order_for(source: Page) -> ImportOrder:
    return ImportOrder(target_language(source.language), "page 1.0", DATE)


def exported(source: Page, said: Said) -> Page:
    wish = Adaptation(language=target_language(source.language), heading_ids="linked")
    made = translated_page(source, lambda unit: said.get((unit.context, unit.text)), wish=wish)
    assert not made.findings
    return read_page(made.data, "page.zh.md" if source.language == "en" else "page.en.md")


def catalog_with(source: Page, said: Said) -> bytes:
    """The catalog of a page, with translations as a person types them."""
    catalog = read_catalog(template_bytes(messages(source.units), project="page 1.0", date=DATE))
    for message in catalog:
        message.msgstr = said.get((message.msgctxt, message.msgid), "")
    return catalog_bytes(catalog)


def typed(**edited: str) -> dict[tuple[str | None, str], str]:
    """The translations of TEXT; other ones by the second word of the source."""
    return {
        (None, text): edited.get(text.split()[1] if " " in text else text, translation)
        for text, translation in TYPED.items()
    }


def after(edit: Callable[[str], str]) -> Imported:
    """What becomes of the catalog of TEXT when its translated page is edited."""
    source = page(TEXT)
    text = exported(source, typed()).text
    edited = page(edit(text), "page.zh.md")
    assert edited.text != text
    return imported(edited, source, catalog_with(source, typed()), "page.po", order_for(source))


def said_in(made: Imported) -> Said:
    return translations_of(read_catalog(made.after))


def told(made: Imported) -> list[str]:
    return [f"{saying.path}:{saying.line}: {saying.message}" for saying in made.sayings]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
@pytest.mark.parametrize("share", [0.0, 0.2, 0.9])
def test_an_exported_page_that_was_edited_gives_exactly_its_edits(path: Path, share: float) -> None:
    source = read_page(path.read_bytes(), path.name)
    chosen = random.Random(share)
    before = {(unit.context, unit.text): pseudo(unit.text) for unit in source.units if chosen.random() < 0.8}
    wanted = {
        key: text.replace("【", "【改了的 ", 1) if chosen.random() < share else text for key, text in before.items()
    }
    made = imported(exported(source, wanted), source, catalog_with(source, before), "page.po", order_for(source))
    assert said_in(made) == wanted
    assert told(made) == []
    assert made.changed == sum(wanted[key] != text for key, text in before.items())


def test_a_page_as_it_was_exported_leaves_its_catalog_byte_for_byte() -> None:
    source = page(TEXT)
    before = catalog_with(source, typed())
    assert imported(exported(source, typed()), source, before, "page.po", order_for(source)).after == before


def test_notes_on_where_translations_are_from_go_only_where_one_was_edited() -> None:
    source = page(TEXT)
    catalog = read_catalog(catalog_with(source, typed()))
    notes = ("from the Chinese half of this text", "from the label of notes/other.zh.md:5: certain (same place)")
    changed = []
    for message, note in zip(catalog, notes, strict=False):
        changed.append(copy_of(message))
        changed[-1].comment = f"{message.comment}\n{note}"
    before = catalog_bytes(catalog.with_messages([*changed, *list(catalog)[2:]]))
    text = exported(source, typed()).text
    made = imported(page(text, "page.zh.md"), source, before, "page.po", order_for(source))
    assert made.after == before
    made = imported(page(text.replace("标题", "题目"), "page.zh.md"), source, before, "page.po", order_for(source))
    gone = {*before.decode().splitlines()} - {*made.after.decode().splitlines()}
    assert {line for line in gone if "Date" not in line} == {f"#. {notes[0]}", 'msgstr "标题"'}


def test_changed_words_are_taken() -> None:
    made = after(lambda text: text.replace("第二段在那里。", "第二段就在那边。"))
    assert said_in(made) == typed(second="第二段就在那边。")
    assert told(made) == []


def test_a_text_that_was_written_anew_is_taken() -> None:
    made = after(lambda text: text.replace("第二段在那里。", "全新写法"))
    assert said_in(made) == typed(second="全新写法")


def test_a_deleted_paragraph_is_told_and_keeps_its_translation() -> None:
    made = after(lambda text: text.replace("第二段在那里。\n\n", ""))
    assert said_in(made) == typed()
    assert told(made) == [
        'page.en.md:5: is not in page.zh.md; what the catalog has for it is kept: "The second text stands there."'
    ]


def test_an_added_paragraph_is_told_with_its_line_and_goes_into_no_neighbour() -> None:
    made = after(lambda text: text.replace("第二段在那里。", "译者加的一段。\n\n第二段在那里！"))
    assert said_in(made) == typed(second="第二段在那里！")
    assert told(made) == ['page.zh.md:5: stands nowhere in page.en.md: not taken: "译者加的一段。"']


def test_a_reordered_list_changes_no_translation_and_is_told() -> None:
    made = after(lambda text: text.replace("- 一件事\n- 另外的事\n", "- 另外的事\n- 一件事\n"))
    assert said_in(made) == typed()
    assert len(told(made)) == 1
    assert "stands in another place than line" in told(made)[0]


def test_a_text_that_was_moved_and_changed_is_found() -> None:
    made = after(lambda text: re.sub(r"第一段在这里。\n\n(.*?)$", r"\1\n\n第一段就在这里。\n", text, flags=re.DOTALL))
    assert said_in(made) == typed(first="第一段就在这里。")


def test_markup_that_would_break_the_page_is_told_and_not_taken() -> None:
    made = after(lambda text: text.replace("第二段在那里。", "第二段在<b>那里</b>。"))
    assert said_in(made) == typed()
    assert told(made) == ['page.zh.md:5: it adds <b>; not taken: "第二段在<b>那里</b>。"']


def test_a_fuzzy_translation_that_was_exported_stays_fuzzy_unless_it_was_edited() -> None:
    source = page(TEXT)
    catalog = read_catalog(catalog_with(source, typed()))
    for message in list(catalog)[1:3]:
        message.flags = ["fuzzy"]
    edited = page(exported(source, typed()).text.replace("第一段", "头一段"), "page.zh.md")
    made = imported(edited, source, catalog_bytes(catalog), "page.po", order_for(source))
    states = {message.msgid: (message.msgstr, message.fuzzy) for message in read_catalog(made.after)}
    assert states["The first text stands here."] == ("头一段在这里。", False)
    assert states["The second text stands there."] == ("第二段在那里。", True)


def test_two_edits_of_one_text_must_agree() -> None:
    source = page("Same here.\n\nWords between them.\n\nSame here.\n")
    said: Said = {(None, "Same here."): "这里相同。", (None, "Words between them."): "中间的话。"}
    text = exported(source, said).text
    one, other = text.replace("这里相同。", "这里一样。", 1), text.replace("这里相同。", "这里一样。")
    for edited in (one, other):
        made = imported(page(edited, "page.zh.md"), source, catalog_with(source, said), "page.po", order_for(source))
        assert said_in(made)[None, "Same here."] == "这里一样。"
    clash = page(other.replace("这里一样。", "这里同样。", 1), "page.zh.md")
    made = imported(clash, source, catalog_with(source, said), "page.po", order_for(source))
    assert told(made) == ["page.zh.md:5: says something else than line 1 for the same text: not taken"]


def test_blocks_are_matched_in_bounded_time_where_all_changed() -> None:
    def blocks(mark: str) -> list[Unit]:
        return [Unit("p", n, 1, 0, 0, "paragraph", f"{mark}{n}") for n in range(3000)]

    assert len(matched_blocks(blocks("一"), blocks("a"))) == 3000
