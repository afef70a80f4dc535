"""Where lines of subtitles end, whatever the text."""

from itertools import accumulate, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.subtitles.layout import chinese_lines, english_lines, english_lines_needed, english_within
from pipeline.subtitles.limits import Limits
from pipeline.subtitles.pieces import Pieces, english_pieces

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


def _thorough(pieces: Pieces, limit: int) -> tuple[int, float]:
    """The fewest lines that pieces fit in, and the least that breaks into so many cost, of all ways to break them."""
    costs = [0.0, *pieces.costs(range(1, pieces.number))]
    found = []
    for marks in product([False, True], repeat=pieces.number - 1):
        ends = [0, *(place for place, is_end in enumerate(marks, 1) if is_end), pieces.number]
        lines = [len(pieces.said(*span)) for span in pairwise(ends)]
        over = sum(line > limit and end - start > 1 for line, (start, end) in zip(lines, pairwise(ends), strict=True))
        slacks = sum((2 * max(0, 1 - line / limit)) ** 2 for line in lines)
        found.append((over, len(lines), round(slacks + sum(costs[end] for end in ends[1:-1]), 9)))
    return min(found)[1:]


@given(
    st.lists(
        st.sampled_from("a of Ada Byron, 1815 (she was) born. incomprehensibilities".split()), min_size=2, max_size=9
    )
)
def test_no_other_breaks_into_as_few_lines_read_better(words: list[str]) -> None:
    text, limit = " ".join(words), 16
    pieces, lines = english_pieces(text), english_lines(text, limit).split("\n")
    ends = list(accumulate(len(line.split()) for line in lines))
    slacks = sum((2 * max(0, 1 - len(line) / limit)) ** 2 for line in lines)
    cost = slacks + sum(pieces.costs(range(end, end + 1))[0] for end in ends[:-1])
    assert (len(lines), round(cost, 9)) == _thorough(pieces, limit)


def test_tags_take_no_room_and_full_width_marks_take_two() -> None:
    assert english_lines("<i>one two</i> three", 9) == "<i>one two</i>\nthree"
    assert english_lines("one two three", 9) == "one two\nthree"
    assert chinese_lines("<i>我们先看</i>x例子", 5) == "<i>我们先看</i>\nx例子"
    assert chinese_lines("我们先看“例子”", 5) == "我们先看\n“例子”"


@pytest.mark.parametrize(
    "sign", ["👨\u200d👩\u200d👧\u200d👦", "👍🏽", "🇨🇳", "a\u0301", "か\u3099", "中\ufe00", "1\ufe0f\u20e3"]
)
def test_what_is_one_sign_is_never_broken(sign: str) -> None:
    text = f"我们{sign}都{sign}{sign}看" * 9
    lines = chinese_lines(text, 6)
    assert lines.count("\n") > 5
    assert lines.replace("\n", "") == text
    assert lines.count(sign) == text.count(sign)
