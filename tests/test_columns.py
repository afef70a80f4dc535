"""Text in columns of a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.columns import wrapped
from pipeline.text.script import display_width

TEXTS = st.text(alphabet="ab 学习，（）(),.é📚\u3000", max_size=80)


@given(TEXTS, st.integers(2, 30))
def test_wrapping_changes_nothing_but_blanks_and_keeps_the_width(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(display_width, lines)) <= columns


def test_a_line_breaks_at_blanks_and_between_han_characters() -> None:
    assert wrapped("Deep Learning 深度学习", 10) == ["Deep", "Learning", "深度学习"]
    assert wrapped("深度学习入门", 8) == ["深度学习", "入门"]


def test_a_mark_does_not_begin_a_line_that_its_text_ended() -> None:
    assert wrapped("深度学习，入门（二）", 8) == ["深度学", "习，入门", "（二）"]


def test_a_word_wider_than_the_line_is_cut() -> None:
    assert wrapped("an https://example.org", 8) == ["an", "https://", "example.", "org"]


def test_a_text_without_a_letter_is_one_empty_line() -> None:
    assert (wrapped("", 8), wrapped("  ", 8)) == ([""], [""])
