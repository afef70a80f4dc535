from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs.po import catalog_bytes, read_catalog
from pipeline.catalogs.statements import message_statements
from pipeline.catalogs.strings import quoted, unescaped, unquoted
from pipeline.catalogs.syntax import Stretch, fields_of, references, stretches


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_quoted_text_is_read_back(text: str) -> None:
    assert unquoted(quoted(text), "utf-8") == text


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (r"\a\b\f\n\r\t\v\\\"", '\a\b\f\n\r\t\v\\"'), (r"\\n", "\\n"), (r"\\\n", "\\\n"), (r"\344\275\240 \x41 \101b", "你 A Ab"),
        (r"\q\\", "\\q\\"), ("a\\\nb", "ab"), (r"\377", "\udcff"), (r"\x414", "\x14"),
    ],
)  # fmt: skip
def test_escapes_are_those_of_gettext(inside: str, text: str) -> None:
    assert unescaped(inside, "utf-8") == text


@pytest.mark.parametrize(
    ("line", "places"),
    [
        (" a.md:3 b.md", [("a.md", "3"), ("b.md", "")]),
        (" c:x:7", [("c:x", "7")]),
        (" a.md : 3 b.md:", [("a.md", "3"), ("b.md:", "")]),
        (" \u2068a b.md\u2069:3 c%20d.md:4", [("a b.md", "3"), ("c%20d.md", "4")]),
        (" \u2068open", [("\u2068open", "")]),
        (" :3", [(":3", "")]),
        ("", []),
    ],
)
def test_references_are_paths_and_lines(line: str, places: list[tuple[str, str]]) -> None:
    assert references(line) == places


def test_messages_are_found_with_their_comments() -> None:
    text = '\n# c\nmsgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr ""\n\n#~ msgid "d"\n#~ msgstr "e"\n\n# end\n'
    found = list(stretches(text))
    assert [text[start:end] for start, end, *_ in found] == [
        '# c\nmsgid "a"\nmsgstr "b"\n', 'msgid "c"\nmsgstr ""\n', '#~ msgid "d"\n#~ msgstr "e"\n',
    ]  # fmt: skip
    assert found[0] == Stretch(1, 26)


def test_a_message_reads_the_same_in_any_layout() -> None:
    usual = '#, a\n#| msgid "o"\nmsgctxt "c"\nmsgid "i"\nmsgid_plural "p"\nmsgstr[0] "x"\nmsgstr[1] "yz"\n'
    loose = '#, a\n#|msgid"o"\n\n msgctxt\n"c" msgid "i" msgid_plural "p"\nmsgstr [ 0 ]"x" msgstr[1]\n\n"y"\t"z"'
    assert fields_of(loose, "utf-8") == fields_of(usual, "utf-8")


def test_comments_with_blank_lines_between_them_are_one_statement_and_read_line_by_line() -> None:
    text = '# one\r\n\r\n  #. two\r\n \t\n#, fuzzy\n#| msgid "o"\n# three\nmsgid "i" msgstr "s"\n'
    assert [statement.kind for statement in message_statements(text, 0)] == ["#", "|", "#", "msgid", "msgstr"]
    fields = fields_of(text, "utf-8")
    assert (fields.tcomment, fields.comment, fields.flags) == ("one\nthree", "two", ["fuzzy"])
    assert (fields.previous_msgid, fields.msgid, fields.msgstr) == ("o", "i", "s")
    assert len(message_statements("# x\n\n" * 1000 + 'msgid "a" msgstr ""\n', 0)) == 3


@pytest.mark.parametrize("fault", ['msgid "a"\n', 'msgid "a\nmsgstr ""\n', 'msgid "' + "\\q" * 9 + '"\nmsgstr ""\n'])
def test_a_file_with_a_fault_in_every_line_is_read_up_to_ten_thousand_of_them_and_keeps_the_rest(fault: str) -> None:
    data = (fault * 10_100 + 'msgid "last"\nmsgstr "x"\n').encode()
    catalog = read_catalog(data)
    assert 10_000 < len(catalog.findings) < 10_010
    assert "from here on the file is not read" in catalog.findings[-1].message
    assert "last" not in {message.msgid for message in catalog}
    assert catalog_bytes(catalog) == data


def test_the_columns_of_faults_in_one_line_are_counted_from_its_start() -> None:
    text = 'msgid ""\nmsgstr ""\n\n# 课\nmsgid "一\\q 二\\w" msgstr "\\e"\n'
    assert [(each.line, each.column) for each in read_catalog(text.encode()).findings] == [(5, 9), (5, 13), (5, 25)]
    assert [(each.line, each.column) for each in read_catalog(f"\ufeff{text[19:]}".encode()).findings] == [
        (3, 9), (3, 13), (3, 25),
    ]  # fmt: skip


def test_bytes_that_are_no_text_are_counted() -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    data = head.encode() + b'# \xff \xfe\xfd \xe8\xaf\xbe \xf0\nmsgid "a"\nmsgstr ""\n'
    first = read_catalog(data).findings[0]
    assert (first.line, first.column, first.message) == (4, 3, "4 bytes are no UTF-8; the first is 0xff")
