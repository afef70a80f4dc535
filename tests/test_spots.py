"""A spot in a translation is a line and a column of the file, whatever breaks and escapes its strings have."""

from __future__ import annotations

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs.message import Source
from pipeline.catalogs.po import catalog_bytes, new_catalog, read_catalog
from pipeline.catalogs.spots import place_of

CATALOG = r"""msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

# a comment
#: a.md:3
msgctxt "x"
msgid "One"
msgstr ""
"第一\n"
"say \"第二\" \\ tab\t."

msgid "file"
msgid_plural "files"
msgstr[0] "一个文件"
msgstr[1] "多个\303\251文件"
"""


@pytest.mark.parametrize(
    ("index", "form", "offset", "place"),
    [
        (0, -1, None, (8, 1)),
        (0, -1, 0, (9, 2)),
        (0, -1, 2, (9, 4)),
        (0, -1, 3, (10, 2)),
        (0, -1, 7, (10, 6)),
        (0, -1, 8, (10, 8)),
        (0, -1, 99, (10, 22)),
        (1, 0, 2, (14, 14)),
        (1, 1, 0, (15, 12)),
        (1, 1, 3, (15, 22)),
        (1, 1, None, (15, 1)),
        (1, 5, 0, (12, 1)),
    ],
)
def test_a_character_of_a_translation_has_a_line_and_a_column(
    index: int, form: int, offset: int | None, place: tuple[int, int]
) -> None:
    assert place_of(read_catalog(CATALOG.encode())[index], form, offset) == place


def test_a_message_of_no_file_has_no_line() -> None:
    assert place_of(polib.POEntry(msgid="a", msgstr="b"), -1, 0) == (0, 1)


@given(
    st.text(st.characters(codec="utf-8", exclude_characters='\x00"\\\a\b\f\n\r\t\v')), st.text("ab \n学", max_size=200)
)
def test_the_place_of_a_character_shows_that_character(mark: str, around: str) -> None:
    catalog = new_catalog("zh_CN", "x", "2026-01-01 00:00+0000")
    text = f'{around}\\"\n{mark}☃{around}'
    catalog.append(polib.POEntry(msgid="a", msgstr=text))
    read = read_catalog(catalog_bytes(catalog))
    line, column = place_of(read[0], -1, text.index("☃"))
    assert read.source.text.split("\n")[line - 1][column - 1] == "☃"


@given(st.text("a\nb", max_size=30), st.lists(st.integers(0, 30), max_size=9))
def test_lines_and_columns_are_known_whatever_was_asked_for_before(text: str, offsets: list[int]) -> None:
    source = Source(text, "utf-8")
    for offset in (min(each, len(text)) for each in offsets):
        before = text[:offset]
        assert (source.line_at(offset), source.column_at(offset)) == (
            before.count("\n") + 1,
            len(before) - before.rfind("\n"),
        )
