"""Input that is made to break a reader, or looks like it: a result or a clear finding, never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import bilect
from test_identity import assert_identity

from pipeline.extractors.outline import outline
from pipeline.extractors.page import MOST_BYTES, read_page
from pipeline.extractors.rewrite import translated_page
from pipeline.text.markup import is_message, plain, prose, tags, without_code
from pipeline.validator.base import findings

SIZE = 20_000
REPEATED = (
    "[ ] ( ) < > * _ ` ~ | & ! \\ $ { } # - + = : ^ @ ' \" \n \r \t \0x0c > ![ [[ [^1] [a]( [a]:␠ ![a]( {{ {% {#␠ {% {%␠a␠%} "
    "{: <!-- <!--> <a␠\" <a␠b=' <a␠ <div> <div>\n <table> <table>\n\n <td> <b> </b> </div> <li> <ul><li> <script> <style>\n\n "
    "<svg> <code> <![CDATA[ <? <!A [[a| &amp &#1 &#x *a␠ **a␠_b␠ a@ a. a1 https: www. - - 1.␠ -␠>␠ "
    "`a ```␠ ~~~\n ---\n a\n===\n "
    "#␠a␠{ a␠␠\n a\\\n <td␠colspan=1000␠rowspan=1000> <tr><td␠colspan=1000␠rowspan=9> <b␠translate=no> "
    "<div>\n# <div>a >␠<div>\n>␠a\n "
    "youtube.com/watch?a bilibili.com/player.html? 1- Lecture␠1-2␠ [6.001](6.002)␠ <a␠id=x> (formerly␠ ： "
    "（ â€™ Ã !!!␠a\n :::\n {:.a}␠"
).split(" ")  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
def test_a_piece_many_thousand_times_is_read_and_written_back(piece: str) -> None:
    text = piece.replace("␠", " ")
    data = (text * (SIZE // len(text.encode()))).encode()
    for path in ("page.md", "page.html"):
        page = assert_identity(data, path)
        made = translated_page(page, lambda unit: f"译{unit.text}")
        assert made.translated + len(made.findings) == len(page.units)
        outline(page)
        findings(page)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("[", "]"), ("(", ")"), ("<div>", "</div>"), ("<table><tr><td>", "</td></tr></table>"), ("<b>", "</b>"), ("[a](", "b)"),
     ("![", "](b)")],
)  # fmt: skip
def test_what_nests_deep_is_read_and_written_back(opening: str, closing: str) -> None:
    data = f"{opening * 5000}some words{closing * 5000}\n".encode()
    for path in ("page.md", "page.html"):
        assert_identity(data, path)


@pytest.mark.parametrize(
    "text",
    [
        "> a\n>  {.b}\n> ---\n",
        "- a\n   {.b}\n  -",
        ">a\n}\n>\t{}\n>=\f",
        ">=\r> {}\n>=",
        "> a\r\n>  {#b}\v\r\n> ===\r\n",
    ],
)
def test_attributes_alone_on_the_last_line_of_an_underlined_heading_do_not_stop_the_reader(text: str) -> None:
    page = assert_identity(text.encode())
    translated_page(page, lambda unit: f"译{unit.text}")


@pytest.mark.parametrize("line", [">" * 200_000, "> " * 100_000, "- " * 100_000 + "a", "1. " * 70_000, "> - " * 50_000])
def test_a_hundred_thousand_containers_in_a_line_are_a_finding(line: str) -> None:
    page = assert_identity(f"{line} text\n".encode())
    assert [finding.message for finding in page.findings] == [
        "a page whose quotes and lists are nested a thousand deep is not read"
    ]
    assert page.units == ()


def test_a_page_of_more_texts_than_people_write_is_a_finding() -> None:
    data = b"a\n\n" * 300_002
    page = read_page(data, "page.md")
    assert [finding.message for finding in page.findings] == [
        "a page of more than 300,000 headings, paragraphs and cells is not read"
    ]
    assert translated_page(page, lambda unit: "x").data == data


@pytest.mark.parametrize("marks", ["[", "*a ", "`"])
def test_a_page_of_more_marks_than_people_write_is_a_finding(marks: str) -> None:
    page = read_page(marks.encode() * 4_000_001, "page.md")
    assert [finding.message for finding in page.findings] == [
        "a page of more than 4,000,000 brackets, ticks and stars is not read"
    ]
    assert page.units == ()


def test_a_page_over_32_mib_is_a_finding_and_a_file_over_256_is_not_read(tmp_path: Path) -> None:
    page = read_page(b"[" * (MOST_BYTES + 1), "page.md")
    assert [finding.message for finding in page.findings] == [
        "a page of 33,554,433 bytes is not read (at most 33,554,432)"
    ]
    with (tmp_path / "page.md").open("wb") as stream:
        stream.truncate(1 << 30)
    result = bilect("extract", "page.md", cwd=tmp_path)
    assert (result.status, result.stderr) == (2, "bilect: page.md: is larger than 256 MiB (split it)\n")


def test_a_table_of_many_columns_is_read() -> None:
    page = read_page(b"|ab" * 30_000 + b"|\n" + b"|-" * 30_000 + b"|\n" + b"|cd" * 30_000 + b"|\n", "page.md")
    assert [unit.cell for unit in page.units[-2:]] == [(1, 2, 29_999), (1, 2, 30_000)]


def matter(lines: str) -> bytes:
    return f"---\n{lines}\n---\nSome text.\n".encode()


@pytest.mark.parametrize(
    "lines",
    [
        "a: " + "[" * 30_000, "a: " + "[{" * 20_000, "- " * 20_000 + "a", "? " * 20_000 + "a", "? - " * 10_000, ": " * 20_000,
        "a: " + "{a: " * 400, "# " + "]" * 9000 + "\na: " + "[" * 9000, "".join(" " * depth + "a:\n" for depth in range(300)),
        "a: [ # ]\n " * 3000, "title: x" * 9000, "k" * 60_000 + ": a", "a: " + "!" * 60_000, ":" * 60_000, 'a: "' + "\\" * 60_000,
        "a: 'b", "a: *b", "a: &b *b", "%" + "a" * 999, "a: \x07", "a: !!python/object/apply:os.system ['echo a b']",
        "a: 2001-99-99",
        "<<: a", "? [a, b]\n: c d", "- a b\n- c: d e", "a b", "&a [*a, *a]", "a: !!int x y", "a: !!binary =", "0: a b\n1.5: c d",
    ],
    ids=lambda lines: lines[:20],
)  # fmt: skip
def test_front_matter_that_attacks_a_reader_harms_nothing(lines: str) -> None:
    page = assert_identity(matter(lines))
    assert "Some text." in [unit.text for unit in page.units]
    made = translated_page(page, lambda unit: "译文。")
    assert made.data.endswith("译文。\n".encode())
    assert {finding.name for finding in page.findings} <= {"front-matter-syntax"}


def test_aliases_that_multiply_give_each_text_once() -> None:
    lines = ["a0: &a0 [ten words of text]"]
    lines += [f"a{depth}: &a{depth} [{', '.join([f'*a{depth - 1}'] * 10)}]" for depth in range(1, 25)]
    assert [unit.text for unit in read_page(matter("\n".join(lines)), "page.md").units] == [
        "ten words of text",
        "Some text.",
    ]


@pytest.mark.parametrize(
    "lines", ["a = " + "[" * 20_000, "a = " + "9" * 5000, "x" * 70_000, 'a = """\nb = "\\q q"\n"""', "a = 1\na = 2"]
)
def test_toml_that_attacks_a_reader_harms_nothing(lines: str) -> None:
    page = assert_identity(f"+++\n{lines}\n+++\nSome text.\n".encode())
    assert "Some text." in [unit.text for unit in page.units]


@pytest.mark.parametrize(
    "data",
    [
        b"a\0b\n", b"\xff\xfea", b"\xff\xfe\x00\xd8a\x00", b"\xed\xa0\x80 lone surrogate\n", b"\xef\xbb\xbf\xff\xfe",
        b"\x80" * 999,
        b"\xc0\xaf overlong\n", b"\xf4\x90\x80\x80 beyond\n", "题目".encode("gb18030") + b"\xff\xff\n",
        b"%PDF-1.4\n\xe2\xe3\xcf\xd3\n",
    ],
    ids=repr,
)  # fmt: skip
def test_bytes_that_are_no_text_are_a_finding_or_come_back(data: bytes) -> None:
    for path in ("page.md", "page.html"):
        assert translated_page(read_page(data, path), lambda unit: None).data == data


@pytest.mark.parametrize(
    "piece",
    ["<!--", "{%", "{{", "{# ", "`a ", "<code>", "$a", "[^", "{:", "a.", "![a\\", '<a "', "a" * 99 + "1", "[[a"],
)
def test_inline_markup_that_is_never_closed_is_looked_at_once(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert isinstance(is_message(text), bool)
    for function in (plain, prose, without_code):
        assert len(function(text)) <= len(text)
    tags(text)


def test_character_references_of_any_length_are_read() -> None:
    assert plain("&#" + "9" * 5000 + "; &#x" + "f" * 5000 + "; &lt; a") == "\ufffd \ufffd < a"


def test_file_names_with_control_characters_stay_on_their_line(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/two\nlines\x1b[31m.md").write_bytes(b"---\na: [\n---\nSome text.\n")
    (tmp_path / "pages/b.md").write_bytes(b"Other text.\n")
    result = bilect("export", "page", "pages", "-o", "out", cwd=tmp_path)
    assert "\x1b[31m" not in result.stdout + result.stderr
    assert len(list((tmp_path / "out").iterdir())) == 2
    result = bilect("extract", "pages", "-o", "pots", cwd=tmp_path)
    assert "\x1b[31m" not in result.stdout + result.stderr
    result = bilect("outline", "pages/two\nlines\x1b[31m.md", cwd=tmp_path)
    assert "\x1b[31m" not in result.stdout + result.stderr
