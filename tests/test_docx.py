"""A course as a Word document: real styles, links and languages, the same bytes each time, and nothing in it that runs."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lesson import PAGE, PNG, SAID
from terminal import bilect

from pipeline.align.course import course_of
from pipeline.exporters.base import Layout, Material, Paper
from pipeline.exporters.docx import word_document
from pipeline.exporters.docx_tables import widths_for
from pipeline.extractors.page import read_page
from pipeline.model import PipelineError
from pipeline.text.terms import Term, Terms

HOSTILE = (
    "</w:t><w:instrText>INCLUDETEXT x</w:instrText><script>alert(1)</script> [x](javascript:alert(3)) [z](file:///etc/passwd) "
    "{{ site.secret }} ]]> &evil; =cmd|'/c calc'!A1 ![x](../../secret.png) [y](http://a.b/\"onclick=alert) \x00\x1b\ufffe"
)


def made(page: str, said: dict[str, str], layout: Layout = "interleaved", paper: Paper = "a4") -> bytes:
    pages = [read_page(page.encode(), "c/a.md"), read_page(b"Only a line.\n", "c/b.md")]
    material = Material(
        course_of("c", "c", pages),
        {"c/a.md": {(None, one): other for one, other in said.items()}},
        pictures={"c/wave.png": PNG, "c/broken.png": PNG[:20]}.get,
        layout=layout,
        paper=paper,
        terms=Terms((Term("wave", ("波",), note="physics"),)),
    )
    (output,) = word_document(material)
    assert output.path == "handout.docx"
    return output.data


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


@pytest.fixture(scope="module")
def document() -> bytes:
    return made(PAGE, SAID)


def test_paragraphs_have_the_styles_of_what_they_are(document: bytes) -> None:
    styles = {(each.style.name if each.style else "", each.text) for each in opened(document).paragraphs}
    for name, text in (
        ("Title", "信号\nSignals"), ("Heading 1", "信号\nSignals"), ("Heading 2", "波与噪声\nWaves and noise"),
        ("Heading 3", "Deep"), ("List Number", "第三"), ("List Bullet", "nested"), ("Quote", "说过一次"),
        ("Source Code", 'print("<wave>")'), ("Heading 1", "术语表\nGlossary"), ("Normal", "作者 · Author: Ada Byron"),
    ):  # fmt: skip
        assert any(style == name and shown.startswith(text) for style, shown in styles), (name, text)


def test_every_run_says_its_language_and_chinese_ones_their_font(document: bytes) -> None:
    runs = re.findall(r"<w:r>(?:(?!</w:r>).)*<w:t (?:(?!</w:r>).)*</w:r>", part(document))
    assert len(runs) > 30
    assert all('<w:lang w:val="en-US" w:eastAsia="zh-CN"/>' in run for run in runs)
    chinese = next(run for run in runs if "说过一次" in run)
    assert '<w:rFonts w:hint="eastAsia" w:eastAsia="DengXian"/>' in chinese
    assert 'w:eastAsia="DengXian"' in part(document, "word/styles.xml")


def test_a_list_starts_with_its_own_number(document: bytes) -> None:
    assert re.findall(r'startOverride w:val="(\d+)"', part(document, "word/numbering.xml")) == ["3", "1"]


def test_links_are_links_and_lead_nowhere_else(document: bytes) -> None:
    linked = re.findall(r'Target="([^"]*)" TargetMode="External"', part(document, "word/_rels/document.xml.rels"))
    assert linked == [
        "https://example.org/notes?a=1&amp;b=2", "https://example.org/far.png", "https://www.youtube.com/watch?v=abcdefghijk",
    ]  # fmt: skip
    body = part(document)
    anchors = re.findall(r'w:anchor="([^"]*)"', body)
    assert anchors == ["page_2", "note_1_1"]
    assert set(anchors) <= set(re.findall(r'w:name="([^"]*)"', body))


def test_a_picture_is_carried_along_with_its_description_and_a_broken_one_is_words(document: bytes) -> None:
    assert re.findall(r'descr="([^"]*)"', part(document)) == ["a wave"]
    assert ">broken<" in part(document)


def test_the_same_course_gives_the_same_bytes_and_says_nothing_of_the_machine(document: bytes) -> None:
    assert made(PAGE, SAID) == document
    properties = opened(document).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("信号 · Signals", "Ada Byron", "")
    assert properties.created is not None
    assert properties.created.year == 2000
    assert "python-docx" not in part(document, "docProps/core.xml")


@pytest.mark.parametrize("layout", ["interleaved", "side-by-side", "target", "table"])
def test_each_layout_is_a_document(layout: Layout) -> None:
    data = made(PAGE, SAID, layout)
    body, tables = part(data), len(opened(data).tables)
    assert ("said once" in body) == (layout != "target")
    assert "说过一次" in body
    assert tables == {"interleaved": 2, "target": 2}.get(layout, tables)
    assert tables > 2 or layout in {"interleaved", "target"}
    assert body.count("<w:tr>") == body.count("<w:cantSplit/>")


def test_what_is_unsure_or_missing_is_marked(document: bytes) -> None:
    texts = [each.text for each in opened(document).paragraphs]
    assert "第三 〔待核对〕" in texts
    assert "fourth 〔未翻译〕" in texts


def test_letter_paper_is_asked_for() -> None:
    assert '<w:pgSz w:w="12240" w:h="15840"/>' in part(made(PAGE, SAID, paper="letter"))


def test_nothing_that_a_page_or_a_translation_says_is_more_than_text() -> None:
    for page, said in ((PAGE.replace("said once", HOSTILE), SAID), (PAGE, {**SAID, "said once": HOSTILE})):
        data = made(page.replace("students of physics", '"</w:t><w:fldSimple/>"'), said)
        assert opened(data).paragraphs
        body = part(data)
        assert "<w:instrText" not in body
        assert "<w:fldSimple" not in body
        assert "alert(1)" not in body
        rels = part(data, "word/_rels/document.xml.rels")
        assert "javascript" not in rels
        assert "file:" not in rels
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert [name for name in archive.namelist() if ".." in name or "secret" in name or "vba" in name] == []


def test_deep_nesting_is_written_and_not_followed_without_end() -> None:
    page = "".join(f"{'  ' * depth}- a{depth}\n" for depth in range(50)) + "\n" + "<b>" * 3000 + "deep\n"
    assert "deep" in part(made(page, {}))


def test_columns_fill_the_page_and_none_is_too_narrow_for_a_number() -> None:
    widths = widths_for([2, 30, 500, 40, 60], 9638)
    assert sum(widths) == 9638
    assert min(widths) == 700
    assert len(set(widths_for([5] * 30, 9638))) == 1


def test_without_python_docx_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "pipeline.exporters.word.package", raising=False)
    with pytest.raises(PipelineError, match="need python-docx") as raised:
        made(PAGE, SAID)
    assert raised.value.remedy == "pip install 'bilect[docx]'"


def test_the_command_makes_the_document_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.en.md").write_text("# Waves\n\nAir.\n", "utf-8")
    assert bilect("export", "docx", "a.en.md", "-o", "out.docx", cwd=tmp_path).status == 0
    assert opened((tmp_path / "out.docx").read_bytes()).paragraphs[0].text.startswith("Waves")
