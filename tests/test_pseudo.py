"""The pseudo-locale: visible, longer, and with everything in it that must survive a translation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extractors.faults import translation_fault
from pipeline.extractors.page import read_page
from pipeline.extractors.rewrite import translated_page
from pipeline.text.pseudo import pseudo


@pytest.mark.parametrize(
    "kept",
    ["[^1]", "`f(x)`", "<b id='x'>", "{{ page.title }}", "{% include x.html %}", "https://example.org/a", "(path/to.md)",
     "![an image](x.png)", "[[path/x|", "{name}", "%s", "%(count)d", ":smile:", "&nbsp;", "$x_i$", "{: .note}", "ann@example.org",
     "[ref][]", "\\alpha"],
)  # fmt: skip
def test_what_is_no_word_stays(kept: str) -> None:
    source = f"one [word]{kept} two" if kept.startswith("(") else f"one {kept} two"
    assert kept in pseudo(source)
    assert "ŏńĕ" in pseudo(source)


def test_the_text_is_in_brackets_and_about_a_third_longer() -> None:
    text = "Introduction to machine learning"
    made = pseudo(text)
    assert (made[0], made[-1]) == ("【", "】")
    assert 1.25 <= len(made) / len(text) <= 1.5
    assert pseudo("机器学习导论与实践") == "【机器学习导论与实践～～～】"
    assert pseudo(text) == made


@given(
    st.lists(
        st.sampled_from(
            ["word ", "[a](b)", "*x* ", "**y**", "`c`", "<i>t</i>", "[[p | q]]", "机器", "[^1]", "{{ l }}", "![i](j)"]
        )
    )
)
def test_a_pseudo_translation_breaks_no_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert translation_fault(text, pseudo(text)) == ""


def test_a_whole_page_shows_what_is_no_message() -> None:
    source = (
        "---\ntitle: A course\n---\n# One title\n\nSome *text* with [a link](x.md).\n\n| a cell | `code` |\n|---|---|\n"
    )
    made = translated_page(read_page(source.encode(), "p.md"), lambda unit: pseudo(unit.text))
    assert made.findings == ()
    assert made.data.decode() == (
        "---\ntitle: 【Ă ćŏŭŕśĕ···】\n---\n# 【Ŏńĕ ţĭţļĕ···】\n\n【Śŏṁĕ *ţĕxţ* ŵĭţĥ [ă ļĭńķ](x.md).········】\n\n"
        "| 【ă ćĕļļ··】 | `code` |\n|---|---|\n"
    )
