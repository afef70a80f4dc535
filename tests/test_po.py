from __future__ import annotations

import gettext
import io

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs.po import (
    catalog_bytes,
    formatted,
    new_catalog,
    read_catalog,
    template_bytes,
)
from pipeline.model import Message

HEADER = b'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'

EVERYTHING = (
    "# 译者\n#\nmsgid \"\"\nmsgstr \"\"\n\"language: zh_CN\\n\"\n\"X-B: 2\\n\"\n\"X-A: 1\\n\"\n\"X-B: 3\\n\"\n\"stray line\\n\"\n"
    '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    "\n\n#. heading 2\n#, fuzzy, max-length:20\n#= markdown-text\n#no blank\n#  two blanks\n"
    "#: notes/a.md:3 b%20c.md:4\n#: \u2068d e.md\u2069:5\n#| msgctxt \"was\"\n#| msgid \"\"\n#| \"old\"\n"
    'msgctxt "row 1"\nmsgid "Hello \\"you\\"\\n"\n"tab\\there"\nmsgstr "\\344\\275\\240\\xe5\\xa5\\xbd \\\\n"\n'
    'msgid "no blank line before"\nmsgid_plural "plural"\nmsgstr[0] "一"\nmsgstr[1] ""\n"多"\n'
    '  msgid"loose"\n\n\n  msgstr "松" "散"\n'
    '\n# kept\n#, fuzzy\n#~| msgid "before"\n#~ msgctxt "c"\n#~ msgid "gone"\n#~ msgstr "去"\n#~ "了"\n# the end\n'
)  # fmt: skip

FILES = {
    "empty": b"",
    "one newline": b"\n",
    "no newline at the end": b'msgid "a"\nmsgstr "b"',
    "everything": EVERYTHING.encode(),
    "CRLF": EVERYTHING.replace("\n", "\r\n").encode(),
    "byte order mark": b"\xef\xbb\xbf" + EVERYTHING.encode(),
    "header in the middle": b'msgid "a"\nmsgstr "b"\n\n' + HEADER + b'\nmsgid "c"\nmsgstr "d"\n',
    "only comments": b"# a\n#. b\n\n#~ \n#|\n",
    "GBK": EVERYTHING.replace("UTF-8", "GBK").replace("\u2068", "").replace("\u2069", "").encode("gbk"),
    "undecodable": HEADER + b'\nmsgid "a\xff\xe4"\nmsgstr "\x80"\n',
    "UTF-16": EVERYTHING.encode("utf-16"),
    "unknown charset": HEADER.replace(b"UTF-8", b"klingon") + b'\nmsgid "\xe4"\nmsgstr ""\n',
    "broken": HEADER + b'\n# c\nmsgid "a\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d" e\n<<<<<<< x\n\nmsgid "f"\nmsgstr "g"\n',
    "domain": b'domain "other"\n\nmsgid "a"\nmsgstr "b"\n',
    "old Mac lines": b'msgid "a"\rmsgstr "b"\r',
}


def sole(data: bytes) -> polib.POEntry:
    (message,) = read_catalog(data)
    return message


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_reading_and_writing_gives_the_same_bytes(data: bytes) -> None:
    catalog = read_catalog(data)
    for message in catalog:
        assert (message.msgid, message.flags, message.linenum) is not None
    assert catalog_bytes(catalog) == data


LINES = st.sampled_from(
    [line + "\n" for line in EVERYTHING.split("\n")] + ['"', "\\", "#~ ", "msgid ", "\r", "\n", "x\n"]
)
TEXTS = st.lists(LINES, max_size=30).map("".join)


@given(
    st.binary(max_size=200)
    | TEXTS.map(str.encode)
    | st.tuples(TEXTS, st.binary(max_size=9)).map(lambda p: p[0].encode() + p[1])
)
def test_any_bytes_are_read_without_a_traceback_and_written_back(data: bytes) -> None:
    catalog = read_catalog(data)
    assert catalog_bytes(catalog) == data
    read_catalog(formatted(catalog))
    assert all(finding.line > 0 and finding.column > 0 for finding in catalog.findings)


@given(TEXTS, st.data())
def test_changing_one_message_leaves_the_text_of_all_others(text: str, data: st.DataObject) -> None:
    catalog = read_catalog(text.encode())
    if not len(catalog):
        return
    index = data.draw(st.integers(0, len(catalog) - 1))
    catalog[index].msgstr = "新"
    again = read_catalog(catalog_bytes(catalog))
    others = [(m.msgid, m.msgstr, m.tcomment) for n, m in enumerate(catalog) if n != index]
    assert [(m.msgid, m.msgstr, m.tcomment) for n, m in enumerate(again) if n != index] == others
    assert len(again.findings) == len(catalog.findings)


def test_all_parts_of_a_message_are_read() -> None:
    catalog = read_catalog(EVERYTHING.encode())
    first, plural, loose, gone = catalog
    assert isinstance(first, polib.POEntry)
    assert (first.msgctxt, first.msgid, first.msgstr) == ("row 1", 'Hello "you"\ntab\there', "你好 \\n")
    assert first.flags == ["fuzzy", "max-length:20"]
    assert first.fuzzy
    assert vars(first)["sticky"] == ("markdown-text",)
    assert (first.comment, first.tcomment) == ("heading 2", "no blank\n two blanks")
    assert first.occurrences == [("notes/a.md", "3"), ("b%20c.md", "4"), ("d e.md", "5")]
    assert (first.previous_msgctxt, first.previous_msgid, first.linenum) == ("was", "old", 24)
    assert (plural.msgid_plural, plural.msgstr_plural) == ("plural", {0: "一", 1: "多"})
    assert (loose.msgid, loose.msgstr) == ("loose", "松散")
    assert (gone.obsolete, gone.msgctxt, gone.msgstr, gone.tcomment) == (True, "c", "去了", "kept")
    assert gone.previous_msgid == "before"
    assert not catalog.findings


def test_polib_reads_the_same_from_what_polib_can_read() -> None:
    text = "\n".join(
        line for line in EVERYTHING.split("\n") if not line.startswith(("#=", "#no", "  msg")) and "\u2068" not in line
    )
    text = text.replace("\\344\\275\\240\\xe5\\xa5\\xbd", "你好").replace("#  two", "# two").replace("#~|", "# ")
    names = (
        "msgctxt",
        "msgid",
        "msgid_plural",
        "msgstr",
        "msgstr_plural",
        "flags",
        "comment",
        "tcomment",
        "occurrences",
    )
    theirs, ours = polib.pofile(text), read_catalog(text.encode())
    assert [[getattr(m, name) for name in names] for m in ours] == [
        [getattr(m, name) for name in names] for m in theirs
    ]
    assert ours.header == theirs.header


class TestHeader:
    def test_its_fields_keep_order_and_case_and_the_first_of_two_counts(self) -> None:
        catalog = read_catalog(EVERYTHING.encode())
        assert list(catalog.metadata.items())[:4] == [
            ("language", "zh_CN"), ("X-B", "2"), ("X-A", "1"), ("Content-Type", "text/plain; charset=UTF-8"),
        ]  # fmt: skip
        assert catalog.header == "译者\n"
        assert not catalog.metadata_is_fuzzy

    def test_a_changed_field_changes_its_line_only(self) -> None:
        catalog = read_catalog(EVERYTHING.encode())
        catalog.metadata["X-A"] = "new"
        assert catalog_bytes(catalog).decode() == EVERYTHING.replace("X-A: 1", "X-A: new")

    def test_new_fields_stand_before_extensions_and_removed_ones_go(self) -> None:
        catalog = read_catalog(b'msgid ""\nmsgstr ""\n"A: 1\\n"\n"B: 2\\n"\n"X-Tool: t\\n"\n')
        catalog.metadata["Language"] = "en"
        del catalog.metadata["B"]
        assert catalog_bytes(catalog) == b'msgid ""\nmsgstr ""\n"A: 1\\n"\n"Language: en\\n"\n"X-Tool: t\\n"\n'

    def test_its_fuzzy_flag_and_comment_can_be_changed(self) -> None:
        catalog = read_catalog(b"#, fuzzy\n" + HEADER)
        assert catalog.metadata_is_fuzzy
        catalog.metadata_is_fuzzy = False
        catalog.header = "by me"
        assert catalog_bytes(catalog) == b"# by me\n" + HEADER

    def test_it_stays_where_it_stands(self) -> None:
        catalog = read_catalog(FILES["header in the middle"])
        assert catalog.metadata["Language"] == "zh_CN"
        catalog[0].msgstr = "e"
        assert catalog_bytes(catalog) == FILES["header in the middle"].replace(b'"b"', b'"e"')


class TestCharset:
    def test_it_is_kept(self) -> None:
        catalog = read_catalog(FILES["GBK"])
        assert catalog.encoding == "GBK"
        assert not catalog.findings
        catalog[2].msgstr = "中"
        assert 'msgid "loose"\nmsgstr "中"\n' in catalog_bytes(catalog).decode("gbk")

    def test_it_becomes_utf8_when_it_lacks_a_character(self) -> None:
        catalog = read_catalog(HEADER.replace(b"UTF-8", b"GB2312") + '\nmsgid "a"\nmsgstr "中"\n'.encode("gb2312"))
        catalog[0].msgstr += "🎓"
        assert catalog_bytes(catalog) == HEADER + '\nmsgid "a"\nmsgstr "中🎓"\n'.encode()

    def test_it_is_that_of_the_header_only(self) -> None:
        lines = b'\nmsgid "Content-Type: text/html; charset=GBK"\nmsgstr "\xe4\xb8\xad"\n'
        assert read_catalog(lines)[0].msgstr == "中"
        head = b'msgid ""\nmsgstr "A: 1\\nContent-Type: text/plain; charset=GBK\\n"\n'
        assert read_catalog(head + b'\nmsgid "a"\nmsgstr "\xd6\xd0"\n')[0].msgstr == "中"

    def test_it_can_be_changed_in_the_header(self) -> None:
        catalog = read_catalog(HEADER + '\nmsgid "a"\nmsgstr "中"\n'.encode())
        catalog.metadata["Content-Type"] = "text/plain; charset=GBK"
        assert catalog_bytes(catalog) == HEADER.replace(b"UTF-8", b"GBK") + b'\nmsgid "a"\nmsgstr "\xd6\xd0"\n'

    def test_undecodable_bytes_are_a_finding_and_stay(self) -> None:
        catalog = read_catalog(FILES["undecodable"])
        (finding,) = catalog.findings
        assert (finding.code, finding.name, finding.severity) == ("PO102", "encoding-invalid", "error")
        assert (finding.line, finding.column) == (6, 9)
        assert "3 bytes are no UTF-8; the first is 0xff" in finding.message
        catalog[0].tcomment = "look"
        assert b'# look\nmsgid "a\xff\xe4"\nmsgstr "\x80"\n' in catalog_bytes(catalog)

    @pytest.mark.parametrize(("name", "words"), [("UTF-16", "UTF-16"), ("unknown charset", "'klingon'")])
    def test_what_gettext_cannot_read_is_a_finding(self, name: str, words: str) -> None:
        (finding,) = read_catalog(FILES[name], "a.po").findings
        assert (finding.path, finding.code) == ("a.po", "PO102")
        assert words in finding.message

    def test_a_byte_order_mark_stays_in_front(self) -> None:
        catalog = read_catalog(b'\xef\xbb\xbfmsgid "a"\nmsgstr ""\n')
        catalog[0].msgstr = "b"
        assert catalog_bytes(catalog) == b'\xef\xbb\xbfmsgid "a"\nmsgstr "b"\n'


BROKEN = [
    ('msgid "a\nmsgstr "b"\n', 1, 7, "no closing quote"),
    ('msgid "a"\nmsgstr "say "hi" there"\n', 2, 14, "unexpected 'hi"),
    ('msgid "a"\nmsgstr b"\n', 2, 8, "followed by 'b\"'"),
    ('msgid "a"\n', 1, 1, "msgstr is missing"),
    ('msgid "a"\n\n# c\nmsgid "b"\nmsgstr ""\n', 1, 1, "msgstr is missing"),
    ('msgstr "b"\n', 1, 1, "msgstr without a msgid"),
    ('msgctxt "a"\nmsgstr "b"\n', 1, 1, "msgid is missing"),
    ('msgid "a"\nmsgstr\n', 2, 1, "msgstr has no text"),
    ('msgid "a"\nmsgid_plural "b"\n', 1, 1, "msgstr[0] is missing"),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n', 3, 1, "where msgstr[0] is due"),
    ('#~ msgid "a"\nmsgstr "b"\n', 2, 1, "some lines of this message are marked"),
    ('msgid "a"\n#~ "x"\nmsgstr "b"\n', 2, 4, "some lines of this message are marked"),
    ('msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> x\n', 2, 1, "merge conflict"),
    (f'msgid "a"\nmsgid_plural "b"\nmsgstr[{"9" * 5000}] "c"\n', 3, 7, "msgstr is followed by '[9999"),
    ("what\n", 1, 1, "unexpected 'what'"),
    ('msgid "a"\nmsgstr "b\\q"\n', 2, 10, "unknown escape \\q"),
]


class TestBrokenSyntax:
    @pytest.mark.parametrize(("broken", "line", "column", "words"), BROKEN)
    def test_is_one_finding_at_its_place_and_the_next_message_is_read(
        self, broken: str, line: int, column: int, words: str
    ) -> None:
        data = HEADER + b"\n" + broken.encode() + b'\n# next\nmsgid "good"\nmsgstr "gut"\n'
        catalog = read_catalog(data, "a.po")
        (finding,) = catalog.findings
        assert (finding.code, finding.name, finding.severity, finding.path) == ("PO101", "po-syntax", "error", "a.po")
        assert (finding.line - 5, finding.column) == (line, column)
        assert words in finding.message
        assert finding.fix
        assert (catalog[-1].msgid, catalog[-1].tcomment) == ("good", "next")

    @pytest.mark.parametrize("broken", [broken for broken, *_ in BROKEN])
    def test_is_kept_as_it_is_when_a_message_changes(self, broken: str) -> None:
        data = HEADER + b"\n" + broken.encode() + b'\nmsgid "good"\nmsgstr "gut"\n'
        catalog = read_catalog(data)
        catalog[-1].msgstr = "好"
        assert catalog_bytes(catalog) == data.replace(b"gut", "好".encode())

    def test_includes_a_string_without_a_keyword(self) -> None:
        (finding,) = read_catalog(b'"a"\n\nmsgid "good"\nmsgstr "gut"\n').findings
        assert (finding.line, finding.column, finding.message) == (1, 1, "a string without a keyword")

    def test_is_one_finding_for_a_whole_merge_conflict_wherever_it_starts(self) -> None:
        conflict = '<<<<<<< HEAD\n#: a.md:1\nmsgid "f"\nmsgstr "g"\n||||||| base\n=======\nmsgid "f"\n>>>>>>> x\n'
        for before in ("", 'msgid "a\nmsgstr "b"\n', 'msgid "a"\nmsgstr ""\n'):
            for text in (conflict, conflict.replace("\n", "\r\n")):
                catalog = read_catalog((before + text + '\nmsgid "good"\nmsgstr "gut"\n').encode())
                *_, finding = catalog.findings
                assert (finding.line, finding.column) == (before.count("\n") + 1, 1)
                assert finding.message == "a merge conflict of 8 lines is left in the file"
                assert len(catalog.findings) == 1 + ('"a\n' in before)
                assert catalog[-1].msgid == "good"

    def test_says_what_a_lonely_marker_is(self) -> None:
        (finding,) = read_catalog(b'msgid "a"\nmsgstr "b"\n=======\n').findings
        assert finding.message == "a marker line of a merge conflict is left in the file"

    def test_is_kept_when_the_message_after_it_is_removed(self) -> None:
        catalog = read_catalog(HEADER + b'\nmsgid "a"\nmsgstr b"\n\nmsgid "good"\nmsgstr "gut"\n')
        catalog.clear()
        assert catalog_bytes(catalog) == HEADER + b'\nmsgid "a"\nmsgstr b"\n'

    def test_gives_all_findings_in_one_run(self) -> None:
        findings = read_catalog(FILES["broken"]).findings
        assert [(finding.line, finding.column) for finding in findings] == [(7, 7), (11, 12), (12, 1)]

    @pytest.mark.parametrize(
        "good",
        [
            'msgid "a"\n\nmsgstr "b"\n\n"c"\n',
            'msgid"a"msgstr"b" "c"\n',
            'msgid "a" # c\n'.replace(" # c", "") + 'msgstr "b"\n "c" # trailing\n',
            'msgid "a"\nmsgstr "b\\\nc"\n',
            'msgid "a"\\\nmsgstr "b"\n"c"\\\n',
            "#|\n#~\n" + 'msgid "a"\nmsgstr "bc"\n',
        ],
    )
    def test_is_not_seen_where_gettext_sees_none(self, good: str) -> None:
        catalog = read_catalog(good.encode())
        assert not catalog.findings
        assert (catalog[0].msgid, catalog[0].msgstr) == ("a", "bc")


class TestChanges:
    TWO = b'# c\nmsgid "a"\nmsgstr "1"\n\n\nmsgid "b"\nmsgstr "2"'

    def test_setting_the_same_value_changes_nothing(self) -> None:
        catalog = read_catalog(self.TWO)
        catalog[0].msgstr = "1"
        catalog[1].flags.append("fuzzy")
        catalog[1].flags.remove("fuzzy")
        assert catalog_bytes(catalog) == self.TWO

    def test_a_change_inside_a_list_is_seen(self) -> None:
        catalog = read_catalog(self.TWO)
        catalog[1].flags.append("fuzzy")
        assert catalog_bytes(catalog) == self.TWO.replace(b'msgid "b"', b'#, fuzzy\nmsgid "b"') + b"\n"

    def test_a_value_set_before_the_message_was_read_is_kept(self) -> None:
        message = sole(b'msgid "a"\nmsgstr "1"\n')
        message.msgstr = "2"
        assert (message.msgid, message.msgstr) == ("a", "2")

    def test_messages_can_be_added_removed_and_moved(self) -> None:
        catalog = read_catalog(self.TWO)
        catalog.append(polib.POEntry(msgid="c", msgstr="3"))
        assert catalog_bytes(catalog) == self.TWO + b'\n\nmsgid "c"\nmsgstr "3"\n'
        del catalog[0]
        assert catalog_bytes(catalog) == b'msgid "b"\nmsgstr "2"\n\nmsgid "c"\nmsgstr "3"\n'
        catalog.reverse()
        assert catalog_bytes(catalog) == b'msgid "c"\nmsgstr "3"\n\n\nmsgid "b"\nmsgstr "2"'

    def test_crlf_is_kept(self) -> None:
        catalog = read_catalog(b'msgid "a"\r\nmsgstr ""\r\n\r\nmsgid "b"\r\nmsgstr "c"\r\n')
        catalog[0].msgstr = "one\ntwo"
        lines = b'msgid "a"\r\nmsgstr ""\r\n"one\\n"\r\n"two"\r\n'
        assert catalog_bytes(catalog) == lines + b'\r\nmsgid "b"\r\nmsgstr "c"\r\n'

    def test_unknown_flags_and_sticky_lines_survive(self) -> None:
        message = (
            b'# a\n#. b\n#: c.md:1\n#, fuzzy, max-length:20\n#= markdown-text\n#| msgid "z"\nmsgid "a"\nmsgstr "b"\n'
        )
        catalog = read_catalog(message)
        catalog[0].msgstr = "c"
        assert catalog_bytes(catalog) == message.replace(b'"b"', b'"c"')


def test_a_catalog_becomes_an_mo_file_through_polib() -> None:
    translations = gettext.GNUTranslations(io.BytesIO(read_catalog(HEADER + b'\nmsgid "a"\nmsgstr "b"\n').to_binary()))
    assert translations.gettext("a") == "b"


class TestNewCatalog:
    def test_it_has_the_header_that_gettext_wants(self) -> None:
        assert catalog_bytes(new_catalog("zh_CN", "course 1.0", "2026-01-02 03:04+0800")).decode() == (
            'msgid ""\nmsgstr ""\n"Project-Id-Version: course 1.0\\n"\n"Report-Msgid-Bugs-To: \\n"\n'
            '"POT-Creation-Date: 2026-01-02 03:04+0800\\n"\n"PO-Revision-Date: 2026-01-02 03:04+0800\\n"\n'
            '"Last-Translator: \\n"\n"Language-Team: \\n"\n"Language: zh_CN\\n"\n"MIME-Version: 1.0\\n"\n'
            '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
            '"Plural-Forms: nplurals=1; plural=0;\\n"\n"X-Generator: bilect\\n"\n'
        )

    def test_english_has_two_plural_forms(self) -> None:
        assert new_catalog("en", "c 1", "d").metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"


class TestTemplate:
    def test_it_is_written_in_one_form(self) -> None:
        messages = [
            Message("Hello", references=(("notes/a b.md", 3), ("c.md", 40)), notes=("heading 2", "one\ntwo")),
            Message("Hello", context="row 1"),
            Message('50% discount on "this"\nand\x0bthat\\'),
            Message("50%, 100 %"),
            Message(""),
        ]
        head, body = (
            template_bytes(messages, project="course 1.0", date="2026-01-02 03:04+0800").decode().split("\n\n", 1)
        )
        assert head.startswith('msgid ""\nmsgstr ""\n"Project-Id-Version: course 1.0\\n"\n')
        assert '"POT-Creation-Date: 2026-01-02 03:04+0800\\n"\n' in head
        assert body == (
            '#. heading 2\n#. one\n#. two\n#: notes/a%20b.md:3\n#: c.md:40\nmsgid "Hello"\nmsgstr ""\n\n'
            'msgctxt "row 1"\nmsgid "Hello"\nmsgstr ""\n\n'
            '#, no-c-format, no-python-format\nmsgid ""\n"50% discount on \\"this\\"\\n"\n"and\\vthat\\\\"\nmsgstr ""\n\n'
            'msgid "50%, 100 %"\nmsgstr ""\n'
        )

    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=5, unique=True))
    def test_any_text_is_read_back(self, texts: list[str]) -> None:
        catalog = read_catalog(template_bytes([Message(text, text) for text in texts], project="p 1", date="d"))
        assert not catalog.findings
        assert [(message.msgctxt, message.msgid) for message in catalog] == [(text, text) for text in texts]
