"""Where lines of subtitles end, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.subtitles.layout import english_lines_needed, english_within
from pipeline.subtitles.limits import Limits

_ENGLISH = st.text("ab I1.,-–\n<>{(“ ", max_size=80)


@given(_ENGLISH, st.sampled_from([1, 4, 7.5, 42]))
def test_as_many_lines_are_said_to_be_needed_as_are_made(text: str, limit: float) -> None:
    limits = Limits(english_width=limit)
    assert english_lines_needed(limits, text) == english_within(limits, text).count("\n") + 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("one\ntwo", 2),
        ("one\ntwo\nthree", 1),
        ("x" * 60, 1),
        ("a " + "x" * 60 + " b", 3),
        ("word " * 2_000, 1),
    ],
)
def test_words_that_are_too_wide_need_a_line_of_their_own(text: str, lines: int) -> None:
    assert english_lines_needed(Limits(), text) == lines
