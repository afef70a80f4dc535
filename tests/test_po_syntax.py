from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
