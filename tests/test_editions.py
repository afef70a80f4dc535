"""The edition in traditional Chinese: what is converted, what stays, and what a person typed for it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from commands import invoked
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import PipelineError
from pipeline.project.editions import COMMENT, CREDIT, OVERRIDES
from pipeline.project.exporting import Exported, ExportOrder, materials
from pipeline.text import traditional as conversion
from pipeline.text.markup import SYNTAX
from pipeline.text.traditional import overrides_in, traditional

PAGE = """---
title: Neural networks
---

# Neural networks

Good software saves data with `numpy` from {{ site.name }}.

Not translated.
"""
PO = """msgid ""
msgstr ""
"Language: zh_CN\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Last-Translator: Li Lei <li@example.org>\\n"

msgid "Neural networks"
msgstr "神经网络"

msgid "Good software saves data with `numpy` from {{ site.name }}."
msgstr "好的软件用 `numpy` 保存来自 {{ site.name }} 的数据，质量很高。"
"""
CHINESE = "# 软件工程\n\n“质量”和[网络](https://example.org/网络)，`变量`。\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, and the current folder."""
    monkeypatch.chdir(tmp_path)
    return project_in(tmp_path)


def project_in(root: Path, more: Mapping[str, str] = MappingProxyType({})) -> Path:
    files = {
        "bilect.toml": "",
        "source_docs/ml/page.en.md": PAGE,
        "source_docs/tools/tools.zh.md": CHINESE,
        "locales/zh_CN/LC_MESSAGES/ml/page.po": PO,
        **more,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def exported(root: Path, form: str, *options: str) -> dict[str, str]:
    result = invoked("export", form, "--lang", "zh_TW", *options, "-o", "out")
    assert result.exit_code == 0, result.stderr
    return {
        path.relative_to(root / "out").as_posix(): path.read_text("utf-8")
        for path in sorted((root / "out").rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    "untouched",
    ["`软件`", "{{ 软件 }}", "{% 软件 %}", "https://example.org/软件", "<b title='软件'>", "<!-- 软件 -->", "[^软件]",
     "<code>软件</code>", "软件@example.org", "%s", "{name}"],
)  # fmt: skip
def test_what_is_no_prose_stays(untouched: str) -> None:
    text = f"见 {untouched} 软件" if untouched != "软件@example.org" else "soft@example.org 软件"
    made = traditional(text)
    assert made.endswith("軟體")
    assert untouched in made or "soft@example.org" in made


@given(st.text(alphabet="软件数据质量“”‘’`[](){}<>!*$ \n:/.ab-", max_size=60))
def test_markup_is_the_same_afterwards(text: str) -> None:
    def marks(each: str) -> list[str]:
        return [match[0] for match in SYNTAX.finditer(each) if not match[0].startswith(("![", "$"))]

    assert marks(traditional(text)) == marks(text)


def test_the_text_of_an_image_and_the_label_of_a_link_are_prose() -> None:
    assert traditional("![软件](软件.png) [[软件 | 质量]]") == "![軟體](软件.png) [[软件 | 質量]]"


def test_quotation_marks_are_those_of_taiwan() -> None:
    assert traditional("“**软件**”说：“用‘数据’。”") == "「**軟體**」說：「用『資料』。」"
    assert traditional("Bayes’ 定理") == "Bayes’ 定理"


def test_the_longest_override_wins_and_the_first_of_equal_ones() -> None:
    overrides = (("网络", "網絡"), ("神经网络", "類神經網路"), ("网络", "網"))
    assert traditional("神经网络和网络", overrides) == "類神經網路和網絡"


def test_a_table_of_overrides_may_have_titles_comments_and_a_byte_order_mark() -> None:
    text = "\ufeffzh_CN\tzh_TW\n# 品質\n\n质量\t品質\t注\n"
    assert overrides_in(text, "a.tsv") == (("质量", "品質"),)
    with pytest.raises(PipelineError, match=r"a\.tsv:2: is no row"):
        overrides_in("质量\t品質\n发布 發布\n", "a.tsv")


def test_without_opencc_the_package_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    conversion._converter.cache_clear()
    monkeypatch.setitem(sys.modules, "opencc", None)
    assert traditional("no Chinese") == "no Chinese"
    with pytest.raises(PipelineError, match=r"pip install 'bilect\[tw\]'"):
        traditional("软件")
    conversion._converter.cache_clear()


def test_pages_of_the_edition_are_made_from_the_simplified_catalog_and_from_simplified_pages(root: Path) -> None:
    made = exported(root, "page")
    assert list(made) == ["ml/page.zh_TW.md", "tools/tools.zh_TW.md"]
    page = made["ml/page.zh_TW.md"]
    assert "title: 神經網路" in page
    assert "好的軟體用 `numpy` 儲存來自 {{ site.name }} 的資料，質量很高。" in page
    assert "Not translated." in page
    assert made["tools/tools.zh_TW.md"] == (
        f"# 軟體工程\n\n「質量」和[網路](https://example.org/网络)，`变量`。\n\n{COMMENT}\n"
    )
    assert page.endswith(f"\n{COMMENT}\n")
    assert not (root / "locales/zh_TW").exists()


def test_terms_and_overrides_win_and_those_of_the_course_before_all(root: Path) -> None:
    project_in(
        root,
        {
            "terms.csv": "en,zh_CN,zh_TW,status\nneural network,神经网络,類神經網路,\ndata,数据,數據,proposed\n",
            "zh_TW.overrides.tsv": "质量\t品質\n软件\t軟體甲\n",
            "source_docs/ml/zh_TW.overrides.tsv": "软件\t軟體乙\n",
        },
    )
    made = exported(root, "page")
    assert "title: 類神經網路" in made["ml/page.zh_TW.md"]
    assert "好的軟體乙用" in made["ml/page.zh_TW.md"]
    assert "的資料，品質很高" in made["ml/page.zh_TW.md"]
    assert "# 軟體甲工程" in made["tools/tools.zh_TW.md"]
    assert "好的軟體乙用" in exported(root, "md")["ml/handout.zh_TW.md"]


def test_what_a_person_typed_for_the_edition_stands(root: Path) -> None:
    own = PO.replace("zh_CN", "zh_TW").replace("神经网络", "类神经網路").split('msgid "Good')[0]
    project_in(root, {"locales/zh_TW/LC_MESSAGES/ml/page.po": own})
    page = exported(root, "page")["ml/page.zh_TW.md"]
    assert "# 类神经網路" in page
    assert "好的軟體" in page
    assert (root / "locales/zh_TW/LC_MESSAGES/ml/page.po").read_text("utf-8") == own


def test_one_catalog_that_is_named_is_what_its_header_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.en.md").write_text(PAGE, "utf-8")
    (tmp_path / "a.po").write_text(PO, "utf-8")
    (tmp_path / "b.po").write_text(PO.replace("zh_CN", "zh_TW"), "utf-8")
    made = [
        invoked("export", "page", "page.en.md", "--lang", "zh_TW", "--catalog", name).stdout
        for name in ("a.po", "b.po")
    ]
    assert "# 神經網路" in made[0]
    assert "# 神经网络" in made[1]
    assert COMMENT not in made[1]


def test_handouts_of_the_edition_hold_no_simplified_text_and_say_how_they_were_made(root: Path) -> None:
    project_in(root, {"locales/en/LC_MESSAGES/tools/tools.po": 'msgid "软件工程"\nmsgstr "Software engineering"\n'})
    made = exported(root, "md")
    assert list(made) == ["ml/handout.zh_TW.md", "tools/handout.zh_TW.md"]
    assert "神經網路 · Neural networks" in made["ml/handout.zh_TW.md"]
    assert "软件" not in made["ml/handout.zh_TW.md"]
    assert "軟體工程 · Software engineering" in made["tools/handout.zh_TW.md"]
    (material, *_) = materials((), ExportOrder("md", language="zh_TW"), Exported())
    assert material.translators == {"source_docs/ml/page.en.md": ("Li Lei", CREDIT)}


def test_a_page_of_the_edition_is_not_imported_as_if_somebody_had_typed_it(root: Path) -> None:
    exported(root, "page")
    with pytest.raises(PipelineError, match="is an edition that was made from zh_CN"):
        invoked("import", "out/ml/page.zh_TW.md", "source_docs/ml/page.en.md")
    assert not (root / "locales/zh_TW").exists()


def test_a_broken_table_of_overrides_is_one_line(root: Path) -> None:
    project_in(root, {"zh_TW.overrides.tsv": "质量 品質\n"})
    for form in ("page", "md"):
        shown = invoked("export", form, "--lang", "zh_TW")
        assert shown.exit_code == 2
        assert shown.stderr.count("zh_TW.overrides.tsv:1: is no row") == 1


def test_texts_of_attributes_are_converted_in_handouts_and_code_is_not(root: Path) -> None:
    page = '# 软件\n\n<img src=\'软件.png\' alt="软件"> 和 `<img alt="软件">` 数据\n\n```\n软件\n```\n'
    project_in(root, {"source_docs/tools/tools.zh.md": page})
    text = exported(root, "md")["tools/handout.zh_TW.md"]
    assert "![軟體](<软件.png>) 和" in text
    assert "\n软件\n" in text


def test_subtitles_of_the_edition_are_called_traditional(root: Path) -> None:
    lines = "1\n00:00:01,000 --> 00:00:04,000\n{}\n\n2\n00:00:05,000 --> 00:00:09,000\n{}\n"
    talk = "source_docs/ml/talk"
    english, chinese = lines.format("Good software.", "Saves data."), lines.format("好的软件。", "保存数据。")
    project_in(root, {f"{talk}.en.srt": english, f"{talk}.zh.srt": chinese})
    made = exported(root, "youtube")
    assert "好的軟體" in made["ml/youtube/talk/talk.zh-Hant.srt"]
    assert not any("zh-Hans" in name for name in made)
    assert "儲存資料" in exported(root, "tracks")["ml/talk.zh_TW.srt"]


def test_an_override_adds_no_markup_to_a_page(root: Path) -> None:
    project_in(root, {"zh_TW.overrides.tsv": "软件\t<script>alert(1)</script>\n数据\t<img src=x onerror=alert(2)>\n"})
    result = invoked("export", "page", "--lang", "zh_TW", "-o", "out")
    assert result.exit_code == 1
    assert "translation-left-out" in result.stderr
    assert all("alert" not in path.read_text("utf-8") for path in (root / "out").rglob("*.md"))


def test_tables_that_cannot_be_read_whole_are_told_once_and_the_rest_counts(root: Path) -> None:
    project_in(root, {"terms.csv": 'en,zh_CN\n"open,软件\n', OVERRIDES: "质量\t本質\n发布 發布\n"})
    for form in ("page", "html"):
        result = invoked("export", form, "--lang", "zh_TW", "-o", form)
        told = sorted(line.partition(": is no")[0] for line in result.stderr.splitlines() if "is no" in line)
        assert (result.exit_code, told) == (2, ["bilect: terms.csv:2", f"bilect: {OVERRIDES}:2"])
        assert all("本質" in path.read_text("utf-8") for path in (root / form).rglob("*.*") if path.is_file())


def test_a_glossary_that_is_no_table_is_told_by_a_handout_without_an_edition_too(root: Path) -> None:
    project_in(root, {"terms.csv": 'en,zh_CN\n"open,软件\n'})
    result = invoked("export", "md", "-o", "made")
    assert (result.exit_code, result.stderr.count("bilect: terms.csv:2: is no table")) == (2, 1)
    assert len(list((root / "made").rglob("*.md"))) == 2
