"""Units become messages: equal texts share one, and its notes say where it stands."""

from __future__ import annotations

from golden import ROOT

from pipeline.catalogs.messages import messages
from pipeline.extractors.page import read_page
from pipeline.model import Message


def messages_of(text: str) -> list[Message]:
    return messages(read_page(text.encode(), "p.md").units)


def test_equal_texts_share_one_message_with_all_references_in_reading_order() -> None:
    (title, same) = messages_of("# Title\n\nSame text.\n\n> Same text.\n")
    assert title.references == (("p.md", 1),)
    assert same.references == (("p.md", 3), ("p.md", 5))
    assert same.notes[0] == "paragraph, and in 1 more place · section: Title"


def test_a_note_names_kind_place_section_and_neighbours() -> None:
    path = "source_docs/mit-ml-for-healthcare/course.zh.md"
    found = {message.msgid: message.notes for message in messages(read_page((ROOT / path).read_bytes(), path).units)}
    assert found["课程主题"] == ("heading 2",)
    assert found["可解释性"][0] == "table cell, row 26 column 2, header 课时内容 · section: 课程视频 | B站"
    assert found["因果推断，第 1 部分"][1] == "before it: 第14讲 · after it: 第15讲"
    assert found["MIT医疗机器学习-学习资料"] == ("front matter: title",)
    assert found["6.S897; Machine Learning for Healthcare; 医疗机器学习"][0].startswith(
        "text of an image, and in 7 more places"
    )


def test_long_texts_need_no_neighbours() -> None:
    (_, long) = messages_of("First text.\n\n" + "word " * 30 + "\n")
    assert len(long.notes) == 1


def test_a_neighbour_is_shown_without_its_marks() -> None:
    found = messages_of("**a** ~~b~~ `c` 2~3 word\n\nShort text.\n\n***a*** ~~b~~ _c_ snake_case d*e*\n")
    assert found[1].notes[1] == "before it: a b c 2~3 word · after it: a b c snake_case de"
    assert [message.notes[1] for message in found[::2]] == ["after it: Short text.", "before it: Short text."]
