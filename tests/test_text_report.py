"""The form for people: both texts in the width of a terminal, and the spot marked under the very characters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Edit, Finding
from pipeline.text.script import display_width
from pipeline.validator.report import report
from pipeline.validator.reports.text import marked_text

STOP = Finding(
    code="M131",
    name="final-punctuation",
    severity="warning",
    path="locales/zh_CN/LC_MESSAGES/ml/course.po",
    line=12,
    column=15,
    message="the translation ends with . instead of 。",
    source="Use the GPU.",
    target="使用 GPU.",
    fix="write 。",
    spots=((11, 12), (6, 7)),
)


def lines_of(finding: Finding, columns: int = 80, *, colour: bool = False) -> list[str]:
    return report([finding], "text", columns=columns, colour=colour).splitlines()


def test_both_spots_are_marked_under_their_characters() -> None:
    assert lines_of(STOP)[:6] == [
        "locales/zh_CN/LC_MESSAGES/ml/course.po:12:15: warning M131 final-punctuation:"
        " the translation ends with . instead of 。",
        "    source  Use the GPU.",
        "                       ^",
        "    target  使用 GPU.",
        "                    ^",
        "    fix     write 。",
    ]


def test_han_characters_are_marked_two_columns_wide() -> None:
    shown = lines_of(replace(STOP, target="机器学习，好", spots=(None, (2, 5))))
    assert shown[2:4] == ["    target  机器学习，好", "                ^^^^^^"]


def test_the_spot_is_coloured_too_on_a_terminal() -> None:
    shown = lines_of(STOP, colour=True)
    assert shown[3].endswith("使用 GPU\x1b[1;33m.\x1b[0m")
    assert shown[4].endswith("\x1b[33m^\x1b[0m")


def test_a_place_without_a_character_is_marked_by_one_sign() -> None:
    shown = lines_of(replace(STOP, target="使用 GPU", spots=(None, (6, 6))))
    assert shown[2:4] == ["    target  使用 GPU", "                    ^"]


def test_what_cannot_be_seen_is_shown_as_an_escape_and_marked_whole() -> None:
    shown = lines_of(replace(STOP, target="机\u200b器\n学", spots=(None, (1, 2))))
    assert shown[2:4] == ["    target  机\\u200b器↵学", "              ^^^^^^"]


def test_long_texts_are_cut_around_the_spot() -> None:
    text = "学习" * 100 + "GPU." + "很快" * 100
    shown = lines_of(replace(STOP, target=text, spots=(None, (203, 204))), 50)
    assert shown[2] == "    target  …习学习学习学习GPU.很快很快很快很快很…"
    assert shown[3].index("^") == display_width(shown[2].partition(".")[0])
    before, inside, after = marked_text(text, (203, 204), 38)
    assert (inside, before[0], after[-1]) == (".", "…", "…")
    assert before.endswith("习GPU")
    assert after.startswith("很快")


@given(st.text(max_size=60), st.integers(-3, 70), st.integers(0, 70), st.integers(8, 100))
def test_the_marked_line_never_is_wider_than_the_terminal(text: str, start: int, length: int, columns: int) -> None:
    parts = marked_text(text, (start, start + length), columns)
    assert display_width("".join(parts)) <= columns


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_but_the_headline_is_wider_than_the_terminal(columns: int) -> None:
    long = replace(STOP, source="word " * 99, target="词" * 99, fix="write it otherwise " * 9, spots=((0, 400), None))
    assert all(display_width(line) <= columns for line in lines_of(long, columns)[1:])


def test_findings_are_counted_by_rule_and_the_way_to_mend_them_is_told() -> None:
    other = replace(STOP, code="M111", name="placeholder", severity="error", line=3, edit=Edit("", is_safe=False))
    mendable = replace(STOP, edit=Edit("使用 GPU。"))
    assert report([mendable, replace(mendable, line=14), other], "text").splitlines()[-7:] == [
        "",
        "3 findings: 1 error, 2 warnings.",
        "     2  M131  final-punctuation",
        "     1  M111  placeholder",
        "bilect check --fix mends 2 of them; --diff shows how.",
        "bilect check --unsafe-fixes mends 1 more, for you to review.",
        "Explain one: bilect rule M111",
    ]


def test_a_text_of_a_million_characters_is_looked_at_only_around_its_spot() -> None:
    text = "词" * 1_000_000
    assert marked_text(text, (500_000, 900_000), 20) == ("…", "词" * 9, "…")
