"""Handouts as PDF: nothing that a page says is code of typst, every letter has a glyph, and the bytes are always the same."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from commands import invoked
from hypothesis import given, settings
from hypothesis import strategies as st
from lesson import PNG, material_of

from pipeline.exporters import pdf
from pipeline.exporters.base import Layout, Material, Output
from pipeline.exporters.document import handout_of
from pipeline.exporters.pictures import picture_of
from pipeline.exporters.typst_math import typst_math
from pipeline.exporters.typst_source import Fonts, Sheet, typst_document
from pipeline.exporters.typst_text import literal
from pipeline.extractors.page import read_page
from pipeline.model import PipelineError

try:
    import typst
except ImportError:
    pytest.skip("typst is not installed: bilect[pdf]", allow_module_level=True)

needs_chinese = pytest.mark.skipif(
    not pdf._press().choice.simplified, reason="no Chinese font here: sudo apt install fonts-noto-cjk"
)
LAYOUTS: tuple[Layout, ...] = get_args(Layout)

HOSTILE = (
    '#panic("ran")', '#read("/etc/passwd")', "#import \"@preview/x:0.1.0\": *", "#include \"/etc/passwd\"", "$ #panic() $",
    "*bold* _em_ `raw` = head", "@ref <label>", "\\", '\\"); panic("ran"); ("', '"; panic("ran"); "', '"]#panic("ran")[',
    "// note", "/* note", "*/", "}) #panic()", "\\u{22}", "{{ site.x }}", "#{panic()}", "#let x = 1", "]", "~", "---",
)  # fmt: skip
PAGE = """---
title: Signals
---
# Waves *and* noise

A wave has `freq` and $f_1 \\leq 2$; see [the notes][n].[^1] It’s 50 %.

```python
print("wave")
```

3. third
4. fourth
   - nested

- [x] done

> said once

| Name | Meaning |
| --- | --- |
| f | frequency |

![a wave](wave.png)

<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>

[^1]: Written in spring.
[^2]: Never named.

[n]: https://example.org/notes
"""
CHINESE = {"Waves *and* noise": "波与*噪声*", "third": "第三", "Written in spring.": "写于春天。", "frequency": "频率"}


def source(given: Material) -> str:
    sheet = Sheet(picture=lambda page, address: picture_of(given, page, address))
    return typst_document(handout_of(given), sheet).source


def made(given: Material) -> Output:
    return next(iter(pdf.pdf_handout(given)))


def read(data: bytes, folder: Path) -> str:
    """The text of a PDF, as poppler finds it."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed: sudo apt install poppler-utils")
    (folder / "x.pdf").write_bytes(data)
    ended = subprocess.run(["pdftotext", "-layout", "x.pdf", "-"], cwd=folder, capture_output=True, check=True)
    return ended.stdout.decode()


class TestNothingOfAPageIsCode:
    @given(st.text())
    def test_a_string_ends_where_it_was_ended(self, text: str) -> None:
        assert re.fullmatch(r'"(?:[^"\\\n]|\\["\\nt])*"', literal(text))

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_hostile_texts_in_page_and_translation_are_strings(self, layout: Layout) -> None:
        page = "---\ntitle: '#panic(1)'\n---\n" + "\n\n".join(f"Text {text}" for text in HOSTILE)
        page += "\n\n# #panic(2)\n\n- #panic(3)\n\n|#panic(4)|\n|-|\n|`#panic(5)`|\n\n```#panic(6)\n#panic(7)\n```\n"
        units = read_page(page.encode(), "course/page.md").units
        translations = {unit.text: f"{unit.text} {HOSTILE[number % 9]}" for number, unit in enumerate(units)}
        code = source(replace(material_of(page, translations), layout=layout)).partition("#shown(")[2]
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', code)
        assert "panic" in code
        assert not re.search(r"panic|read|import|include|passwd|#(?!footnote)", bare)

    @needs_chinese
    def test_hostile_texts_are_printed_as_they_are(self, tmp_path: Path) -> None:
        page = "\n\n".join(f"Line `{text}`" for text in HOSTILE if "`" not in text)
        text = read(made(material_of(page)).data, tmp_path)
        assert '#panic("ran")' in text
        assert '#read("/etc/passwd")' in text
        assert "root:" not in text

    def test_a_picture_is_never_read_from_outside_the_project(self) -> None:
        page = "![a](../../../etc/passwd) ![b](/etc/passwd) ![c](file:///etc/passwd) ![d](x.png)"
        asked: list[str] = []

        def pictures(path: str) -> bytes | None:
            asked.append(path)
            return b"root:x:0:0"

        given = replace(material_of(page), pictures=pictures)
        assert "picture(" not in source(given).partition("#shown(")[2]
        assert all(not path.startswith(("..", "/")) for path in asked)

    @given(st.text(alphabet=r"\{}^_$#\"abxfracinputtext 12+=()\\", max_size=30))
    @settings(max_examples=60, deadline=None)
    def test_a_formula_has_only_functions_of_mathematics(self, tex: str) -> None:
        bare = re.sub(r'"[^"]*"', "", typst_math(tex) or "")
        assert not re.findall(r"[a-z]{3,}", re.sub(r"(?:math|sym)\.[a-zA-Z]+", "", bare))

    def test_what_is_no_simple_formula_is_shown_as_it_was_written(self) -> None:
        assert typst_math(r"\input{/etc/passwd}") is None
        assert typst_math(r"x\begin{array}") is None
        assert typst_math("{" * 40 + "x" + "}" * 40) is None


@needs_chinese
class TestWhatAHandoutShows:
    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_every_block_is_in_the_pdf_in_each_layout(self, layout: Layout, tmp_path: Path) -> None:
        text = read(made(replace(material_of(PAGE, CHINESE), layout=layout)).data, tmp_path)
        for words in ("freq", 'print("wave")', "第三", "said once", "频率", "写于春天", "Never named",
                      "https://www.youtube.com/watch?v=abcdefghijk", "https://example.org/notes"):  # fmt: skip
            assert words in text
        assert ("third" in text) is (layout != "target")
        assert "未翻译" in text

    def test_the_order_of_languages_is_that_of_the_handout(self, tmp_path: Path) -> None:
        text = read(made(replace(material_of("One\n", {"One": "一个"}), order="en-zh")).data, tmp_path)
        assert text.index("One") < text.index("一个")

    def test_formulas_of_pages_compile(self) -> None:
        page = r"$\frac{a}{b} + \sqrt{x_1^2} \cdot \hat{y} \sum_{i=1}^n \mathbb{R} \text{if} \alpha' \left( \infty \right)$"
        assert "math.frac" in source(material_of(page))
        assert made(material_of(page)).data.startswith(b"%PDF")

    def test_headings_of_one_level_have_one_level(self) -> None:
        for front, level in (("---\ntitle: Title\n---\n", "2"), ("# Title\n\n", "2"), ("", "1")):
            code = source(material_of(f"{front}## One\n\ntext\n\n## Two\n\n#### Deep\n\n## Three\n"))
            levels = re.findall(r'heading\(level: (\d), en\(\{"(?:One|Two|Deep|Three)"', code)
            assert levels == [level, level, str(int(level) + 1), level]

    def test_headings_without_order_still_make_an_outline(self) -> None:
        assert made(material_of("##### deep\n\n# top\n\n#### deeper\n")).data.startswith(b"%PDF")

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_lists_and_styles_may_stand_in_each_other_however_deep(self, layout: Layout) -> None:
        lists = "".join(
            f"{'   ' * depth}1. ~~gone *{depth}*~~ <b><em><b><s><em>x</em></s></b></em></b>\n" for depth in range(40)
        )
        styles = f"{'<b><em><s><sup>' * 10}x\n"
        given = material_of(f"{lists}\n\n{styles}", {"x": "*~~删~~* ~~*改*~~ <s>a<s>b</s></s>"})
        assert made(replace(given, layout=layout)).data.startswith(b"%PDF")

    def test_a_footnote_that_names_itself_is_printed(self) -> None:
        assert made(material_of("Text[^a] and again[^a]\n\n[^a]: note[^a] of[^b]\n")).data.startswith(b"%PDF")

    def test_footnotes_that_name_each_other_without_end_are_printed(self, tmp_path: Path) -> None:
        notes = "".join(f"[^{number}]: note {number}[^{number + 1}]\n" for number in range(300))
        assert "note 299" in read(made(material_of(f"Text[^0]\n\n{notes}")).data, tmp_path)

    def test_a_long_text_goes_over_several_pages(self, tmp_path: Path) -> None:
        text = read(made(material_of("word " * 3_000 + "end\n")).data, tmp_path)
        assert text.count("word") == 3_000

    @pytest.mark.parametrize("text", ["word " * 450, "<br>".join(["verse"] * 60), "![a](a.png) " * 6])
    def test_a_text_that_is_higher_than_a_page_in_some_layout_may_break(self, text: str) -> None:
        short = replace(material_of("Short\n", {"Short": "短"}), layout="side-by-side")
        assert "whole: true" in source(short).partition("#shown(")[2]
        high = replace(material_of(f"{text}\n", {text.strip(): "短"}), layout="side-by-side")
        assert "whole: true" not in source(high).partition("#shown(")[2]

    def test_a_picture_of_the_project_is_carried_along(self) -> None:
        with_picture = made(replace(material_of("![a dot](dot.png)\n"), pictures={"course/dot.png": PNG}.get))
        assert b"/Subtype/Image" in with_picture.data.replace(b" /", b"/").replace(b"Subtype /", b"Subtype/")
        assert not with_picture.findings

    def test_a_broken_picture_is_told_and_left_out(self) -> None:
        broken = made(replace(material_of("![a dot](dot.png)\n"), pictures={"course/dot.png": PNG[:30]}.get))
        assert broken.data.startswith(b"%PDF")
        assert [finding.name for finding in broken.findings] == ["picture-broken"]

    def test_the_same_pages_make_the_same_bytes(self) -> None:
        assert made(material_of(PAGE, CHINESE)).data == made(material_of(PAGE, CHINESE)).data

    def test_paper_is_a4_or_letter(self, tmp_path: Path) -> None:
        boxes = [re.search(rb"/MediaBox\s*\[0 0 ([\d.]+)", made(replace(material_of(PAGE), paper=paper)).data)
                 for paper in ("a4", "letter")]  # fmt: skip
        assert [box and round(float(box[1])) for box in boxes] == [595, 612]

    def test_a_pdf_is_tagged_and_says_its_language_and_title(self) -> None:
        data = made(material_of(PAGE, CHINESE)).data
        assert b"/StructTreeRoot" in data
        assert b"pdfuaid" in data
        assert b"/Lang" in data


class TestGlyphs:
    def test_without_a_chinese_font_no_pdf_is_made_and_the_package_is_named(self) -> None:
        bare = pdf._Press(typst.Fonts(include_system_fonts=False), Fonts())
        with pytest.raises(PipelineError, match="fonts-noto-cjk"):
            bare.lacking("课程")

    def test_what_no_font_has_is_found(self) -> None:
        bare = pdf._Press(typst.Fonts(include_system_fonts=False), Fonts())
        assert bare.lacking("é – \u0378 \U0001fad6") == {"\u0378": "[U+0378]", "\U0001fad6": "[teapot]"}

    def test_an_emoji_is_left_out_of_a_sentence_and_named_where_it_stands_alone(self) -> None:
        sheet = Sheet(replaced={"🫖": "[teapot]", "\u0378": "[U+0378]"})
        code = typst_document(handout_of(material_of("🫖 Tea *🫖 time* \u0378\n\n🫖\n")), sheet).source
        assert '"Tea "' in code
        assert '"time"' in code
        assert "[U+0378]" in code
        assert '"[teapot]"' in code

    @needs_chinese
    def test_what_is_not_shown_is_told_with_its_line(self) -> None:
        findings = made(material_of("One\n\nTwo \u0378\n")).findings
        assert [(each.name, each.line) for each in findings] == [("glyph-missing", 3)]


def test_without_typst_the_command_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    press: Callable[[], object] = pdf._press.__wrapped__
    with pytest.raises(PipelineError, match=r'pip install "bilect\[pdf\]"'):
        press()


@needs_chinese
class TestInAProject:
    @pytest.fixture
    def project(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "source_docs/course").mkdir(parents=True)
        (tmp_path / "source_docs/course/page.en.md").write_text("# Waves\n\nA wave.\n", "utf-8")
        (tmp_path / "bilect.toml").write_text('paper = "letter"\n', "utf-8")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def test_a_run_makes_pdf_only_where_the_configuration_asks_for_it(self, project: Path) -> None:
        assert invoked("run").exit_code == 0
        assert not (project / "build/course/handout.pdf").exists()
        (project / "bilect.toml").write_text('exports = ["pdf"]\n', "utf-8")
        assert invoked("run").exit_code == 0
        assert b"%PDF" in (project / "build/course/handout.pdf").read_bytes()

    def test_an_export_that_nobody_knows_is_told(self, project: Path) -> None:
        (project / "bilect.toml").write_text('exports = ["pfd"]\n', "utf-8")
        with pytest.raises(PipelineError, match="no export format is called 'pfd'"):
            invoked("run")

    def test_the_paper_is_that_of_the_configuration_or_of_the_option(self, project: Path) -> None:
        sizes = []
        for options in ((), ("--paper", "a4")):
            assert invoked("export", "pdf", *options).exit_code == 0
            box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+)", (project / "build/course/handout.pdf").read_bytes())
            sizes.append(box and round(float(box[1])))
        assert sizes == [612, 595]
