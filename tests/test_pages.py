"""The five real pages, and every construct that made one of them hard."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import ROOT, assert_golden
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extractors.frontmatter import KeyChoice
from pipeline.extractors.page import PageOptions, read_page
from pipeline.extractors.rewrite import translated_page
from pipeline.model import Page, Unit

PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in (ROOT / "source_docs").glob("*/*.md") if path.name != "README.md"
)


def page_at(path: str) -> Page:
    return read_page((ROOT / path).read_bytes(), path)


def units(text: str, path: str = "page.md") -> list[tuple[str, str]]:
    return [(unit.kind, unit.text) for unit in read_page(text.encode(), path).units]


def texts(text: str, path: str = "page.md") -> list[str]:
    return [unit.text for unit in read_page(text.encode(), path).units]


@pytest.mark.parametrize("path", PAGES)
def test_each_page_gives_its_golden_units(path: str) -> None:
    def line(unit: Unit) -> str:
        place = f"{unit.line}:{unit.column} {unit.kind}"
        details = " ".join(str(part) for part in (unit.level or "", unit.cell or "", unit.key) if part)
        return f"{place} {details} | {unit.text!r}\n".replace("  |", " |")

    assert_golden(f"units/{Path(path).parent.name}.{Path(path).name}.txt", "".join(map(line, page_at(path).units)))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_translations_is_written_back_byte_for_byte(path: str) -> None:
    page = page_at(path)
    assert translated_page(page, lambda unit: None).data == page.data
    assert translated_page(page, lambda unit: unit.text).data == page.data


@pytest.mark.parametrize("path", PAGES)
def test_every_message_can_be_changed_and_is_read_back_as_written(path: str) -> None:
    page = page_at(path)
    exported = translated_page(page, lambda unit: f"【{unit.text}】")
    assert exported.findings == ()
    again = read_page(exported.data, path)
    assert [unit.text for unit in again.units] == [f"【{unit.text}】" for unit in page.units]


@pytest.mark.parametrize("path", PAGES)
def test_every_unit_knows_its_exact_place(path: str) -> None:
    page = page_at(path)
    lines = page.data.split(b"\n")
    for unit in page.units:
        before = page.data[: unit.start]
        assert unit.line == before.count(b"\n") + 1
        assert unit.column == len(lines[unit.line - 1][: unit.start - before.rfind(b"\n") - 1].decode()) + 1
        first_word = unit.text.split()[0]
        assert first_word.isascii() is False or first_word in page.data[unit.start : unit.end].decode()


def test_the_chinese_page_has_a_message_for_each_cell_of_both_tables() -> None:
    page = page_at("source_docs/mit-ml-for-healthcare/course.zh.md")
    lectures = [unit for unit in page.units if unit.cell and unit.cell[0] == 1]
    links = [unit for unit in page.units if unit.cell and unit.cell[0] == 2 and unit.cell[2] == 2]
    assert len(lectures) == 2 + 25 * 2
    assert len(links) == 1 + 45
    assert lectures[-1].cell == (1, 26, 2)
    assert lectures[-1].text == "可解释性"
    rows = [unit.cell[1] for unit in links if unit.cell]
    assert rows == list(range(1, 47))  # rowspans in the first column shift nothing


def test_liquid_styles_addresses_and_comments_are_no_messages() -> None:
    for path in PAGES:
        for text in (unit.text for unit in page_at(path).units):
            assert not text.startswith(("{%", "#customers", "http", "/teaching", "2017-"))
            assert "REFERENCE" not in text


def test_a_heading_glued_to_a_break_is_a_heading() -> None:
    assert units("<br>\n## 课程主题\n\ntext here\n") == [("heading", "课程主题"), ("paragraph", "text here")]
    assert units("<center>note</center>\n## 课程主题\n") == [("paragraph", "note"), ("heading", "课程主题")]


def test_tags_right_below_a_style_are_no_code_however_far_they_are_indented() -> None:
    page = "<body>\n    <style>\n    .a {\n\n    }\n    </style>\n    <div>\n        <button>Play</button>\n    </div>\n</body>\n"
    assert units(page) == [("paragraph", "Play")]
    assert units(page.replace("</style>\n", "</style>\n\n")) == []
    assert units("<!-- one\ntwo -->\n    code < words\n") == []


def test_blank_lines_in_a_style_or_a_table_change_nothing() -> None:
    assert units("<br>\n## Title\n<style>\nb {\n\n  color: red;\n\n}\n</style>\n") == [("heading", "Title")]
    table = "<table>\n  <tr>\n\n    <td>one cell</td>\n\n        <td>two cells</td>\n  </tr>\n</table>\n"
    assert units(table) == [("cell", "one cell"), ("cell", "two cells")]


def test_what_wraps_the_whole_of_a_text_is_no_part_of_it() -> None:
    assert texts("<sup> A caption.<sup id='a1'>[1](#f1)</sup></sup>\n") == ["A caption.<sup id='a1'>[1](#f1)</sup>"]
    assert texts("<td><a href='x'>\n<strong>name</strong>\n</a></td>") == ["name"]
    assert texts("<b>one</b> and <b>two</b>\n") == ["<b>one</b> and <b>two</b>"]


def test_lines_of_one_element_each_are_messages_of_their_own() -> None:
    assert texts("<font>Description:</font>\n<font>Introduces students.</font>\n") == [
        "Description:",
        "Introduces students.",
    ]
    assert texts("![one picture](a.png)\n<sup>its caption</sup>\n") == ["one picture", "its caption"]


def test_a_block_element_by_style_ends_a_message() -> None:
    assert texts('<span><font style="display: block">Prerequisites</font><br><span>None.</span></span>\n') == [
        "Prerequisites",
        "None.",
    ]


def test_wikilinks_and_nested_brackets_stay_whole() -> None:
    assert texts("[[🎓Uni/6.39 Intro | 6.3900]] , or [6.7930[J]](http://a.b/c#d)\n") == [
        "[[🎓Uni/6.39 Intro | 6.3900]] , or [6.7930[J]](http://a.b/c#d)"
    ]


def test_lines_of_a_paragraph_are_joined_and_a_hard_break_stays() -> None:
    assert texts("> one\n> two  \n> three\n") == ["one two  \nthree"]
    assert texts("- 一行\n  二行\n") == ["一行二行"]
    exported = translated_page(read_page(b"> one\n> two  \n> three\n", "p.md"), lambda unit: "eins zwei  \ndrei")
    assert exported.data == b"> eins zwei  \n> drei\n"


def test_mojibake_is_repaired_in_what_translators_see_and_kept_on_disk() -> None:
    source = "whatâ€™s hype, and whatâ€™s not\n\nplain text\n".encode()
    page = read_page(source, "p.md")
    assert page.units[0].text == "what’s hype, and what’s not"
    assert source[page.units[0].start : page.units[0].end] == "whatâ€™s hype, and whatâ€™s not".encode()
    exported = translated_page(page, lambda unit: "普通文本" if unit.text == "plain text" else None)
    assert exported.data == "whatâ€™s hype, and whatâ€™s not\n\n普通文本\n".encode()


def test_front_matter_gives_its_prose_and_keeps_the_rest() -> None:
    matter = (
        "---\n# a comment\ntitle: A course   # why\nlayout: page\nsubtitle: 'It''s ours'\ntags: [one two, three]\n"
        'venue: "Room \\"A\\""\ndate: 2017-02-09\npermalink: /x/y\nempty:\nmotto: learn by doing\n'
        "description: >\n  folded text\n  goes on\n---\nBody text.\n"
    )
    assert units(matter) == [
        ("front matter", "A course"),
        ("front matter", "It's ours"),
        ("front matter", 'Room "A"'),
        ("front matter", "learn by doing"),
        ("front matter", "folded text goes on"),
        ("paragraph", "Body text."),
    ]
    translations = {"A course": "课程: 一", "It's ours": "它's", 'Room "A"': '"A" 室', "folded text goes on": "折叠"}
    exported = translated_page(read_page(matter.encode(), "p.md"), lambda unit: translations.get(unit.text))
    assert exported.findings == ()
    text = exported.data.decode()
    assert 'title: "课程: 一"   # why\n' in text
    assert "subtitle: 'It''s ours'\n".replace("It''s ours", "它''s") in text
    assert 'venue: "\\"A\\" 室"\n' in text
    assert "description: >\n  折叠\n---\n" in text


def test_which_front_matter_keys_are_translated_can_be_chosen() -> None:
    matter = b"---\ntitle: One title\nauthor: Ann Bee\n---\n"
    options = PageOptions(KeyChoice(wanted=frozenset({"author"}), skipped=frozenset({"title"})))
    assert [unit.text for unit in read_page(matter, "p.md", options).units] == ["Ann Bee"]


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("一<script>x</script>", "it adds <script>"),
        ("一", "it has lost <b>"),
        ("<b onclick='x()'>一</b>", "it adds <b onclick='x()'>"),
        ("<b>[一](javascript:x)</b>", "it adds the URL scheme javascript:"),
        ("<b>一</b> {{ page.title }}", "its Liquid differs"),
        ("<b>一</b> | 二  \n--- | ---", "it would change the blocks of the page: there would be another cell"),
    ],
)
def test_a_translation_that_would_break_the_page_is_left_out(target: str, why: str) -> None:
    page = read_page(b"A <b>word</b> here.\n\nAnother one.\n", "p.md")
    exported = translated_page(page, lambda unit: target if "word" in unit.text else "另一个。")
    assert exported.data == "A <b>word</b> here.\n\n另一个。\n".encode()
    (finding,) = exported.findings
    assert (finding.name, finding.line, finding.column) == ("translation-left-out", 1, 1)
    assert finding.message.endswith(why)
    assert finding.target == target


def test_a_page_that_is_no_text_is_one_finding() -> None:
    page = read_page(b"\x89PNG\r\n\x1a\n\0\0\0", "pic.md")
    assert page.units == ()
    assert [(finding.name, finding.severity) for finding in page.findings] == [("unreadable-page", "error")]


def test_broken_front_matter_is_one_finding_at_its_place_and_the_body_is_read() -> None:
    page = read_page(b"---\ntitle: x\nsubtitle: 'open\n---\nBody text.\n", "p.md")
    (finding,) = page.findings
    assert (finding.name, finding.severity) == ("front-matter-syntax", "error")
    assert 2 <= finding.line <= 4
    assert [unit.text for unit in page.units] == ["Body text."]


def test_broken_bytes_are_kept_and_named() -> None:
    data = b"good text here\n\nbad \xff byte\n"
    page = read_page(data, "p.md")
    assert [(finding.name, finding.line, finding.column) for finding in page.findings] == [("broken-encoding", 3, 5)]
    exported = translated_page(page, lambda unit: "好" if unit.line == 1 else None)
    assert exported.data == "好\n\n".encode() + b"bad \xff byte\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5"])
def test_other_encodings_are_read_and_written_back_in_kind(encoding: str) -> None:
    source = "# 機器學習\n\n第一課：資料\n\n" + "課程內容說明。" * 20 + "\n"
    data = source.encode(encoding)
    page = read_page(data, "p.md")
    assert [unit.text for unit in page.units][:2] == ["機器學習", "第一課：資料"]
    unit = page.units[1]
    assert data[unit.start : unit.end].decode(encoding.removesuffix("-sig").replace("utf-16", "utf-16-le")) == unit.text
    assert translated_page(page, lambda unit: None).data == data
    exported = translated_page(page, lambda unit: "Lesson one" if unit.line == 3 else None)
    assert exported.data == source.replace("第一課：資料", "Lesson one").encode(encoding)


MARKUP = st.sampled_from(
    ["# ", "## ", "- ", "1. ", "> ", "| a | b |\n|---|---|\n", "<br>", "<table>", "<td>", "</table>", "<div>", "</div>", "`",
     "```\n", "\n", "\n\n", "    ", "\t", "  \n", "\r\n", "---\n", "<!--", "-->", "[a](b)", "![c](d)", "{{ x }}", "{% y %}",
     "[[p | q]]", "<style>", "</style>", "**", "_", "&amp;", "\\", "|", "<sup>", "</sup>", "词", "word ", "‚Äô", "\ufeff",
     "[^1]: ", "$$", "title: x\n", "+++\n", "<a title=\"t t\">", "'", '"', "<"]
)  # fmt: skip


@given(st.lists(MARKUP, max_size=30).map("".join))
def test_any_page_is_written_back_byte_for_byte(text: str) -> None:
    page = read_page(text.encode(), "p.md")
    assert translated_page(page, lambda unit: unit.text).data == text.encode()


@given(st.lists(MARKUP, max_size=30).map("".join), st.sampled_from(["p.md", "p.html"]))
def test_any_translated_page_says_exactly_what_was_put_in(text: str, path: str) -> None:
    page = read_page(text.encode(), path)
    exported = translated_page(page, lambda unit: f"译{unit.text}")
    left_out = {(finding.line, finding.column) for finding in exported.findings}
    again = read_page(exported.data, path)
    assert len(again.units) == len(page.units)
    for before, after in zip(page.units, again.units, strict=True):
        assert after.text == (before.text if (before.line, before.column) in left_out else f"译{before.text}")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_and_written_back(data: bytes) -> None:
    assert translated_page(read_page(data, "p.md"), lambda unit: None).data == data
