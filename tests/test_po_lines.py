from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs.linebreak import (
    ascii_lines,
    chinese_lines,
    classes_of,
    columns,
    cuts,
    is_breakable,
    may_break,
    profile_of,
)
from pipeline.catalogs.wrap import NEWLINES_ONLY, PAGE_WIDTH, reference_lines, string_lines

WRAPPED = [
    ("a " * 40, ['msgid ""', '"' + "a " * 38 + '"', '"a a "']),
    ("中" * 40, ['msgid ""', '"' + "中" * 38 + '"', '"中中"']),
    ("中" * 36, ['msgid ""', '"' + "中" * 36 + '"']),
    ("x" * 100, [f'msgid "{"x" * 100}"']),
    ("中" * 37 + "，，。", ['msgid ""', '"' + "中" * 36 + '"', '"中，，。"']),
    ("a" * 70 + " \\\\\\\\", ['msgid ""', '"' + "a" * 70 + " " + "\\" * 6 + '"', '"\\\\"']),
    ("one\ntwo\n", ['msgid ""', '"one\\n"', '"two\\n"']),
    ("a" * 64 + " bcdefg\n", ['msgid ""', '"' + "a" * 64 + ' bcdefg\\n"']),
    ("\u2028" + "a " * 38 + "\u2028" + "a " * 38, ['msgid ""', '"\u2028' + "a " * 38 + "\u2028" + "a " * 38 + '"']),
    ("🇨🇳" * 40, ['msgid ""', '"' + "🇨🇳" * 38 + '"', '"' + "🇨🇳" * 2 + '"']),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), WRAPPED)
def test_lines_are_those_of_msgcat(text: str, lines: list[str]) -> None:
    assert string_lines("", "msgid", text, PAGE_WIDTH) == lines


def test_a_mark_before_the_lines_takes_room() -> None:
    assert string_lines("#~ ", "msgid", "a " * 38, PAGE_WIDTH) == ['#~ msgid ""', '#~ "' + "a " * 37 + '"', '#~ "a "']


def test_without_a_width_lines_end_after_newlines_only() -> None:
    assert string_lines("", "msgstr", "a " * 99, NEWLINES_ONLY) == [f'msgstr "{"a " * 99}"']
    assert string_lines("", "msgstr", "a\n", NEWLINES_ONLY) == ['msgstr "a\\n"']
    assert string_lines("", "msgstr", "a\n\nb", NEWLINES_ONLY) == ['msgstr ""', '"a\\n"', '"\\n"', '"b"']


@pytest.mark.parametrize(
    "parts",
    [
        "one |two", "well-|known", "1-2", "(a) |b", "a, |b", "docs.|python.|org", "x/|y", "中|文，“好”。", "第 |1 |讲", "第|1|讲",
        "《书》|（一）", "a|—|b",
        "$5", "5%", "no\u00a0break", "zero\u200b|width", "e\u0301t|中", "✅ |done", "👩\u200d🎓|👩", "한|국", "がっ|こ|う",
    ],
)  # fmt: skip
def test_lines_may_end_where_uax_14_says(parts: str) -> None:
    text = parts.replace("|", "")
    classes = classes_of(text)
    pieces, start = [], 0
    for index in [index for index in range(1, len(text)) if may_break(classes, index)] + [len(text)]:
        pieces.append(text[start:index])
        start = index
    assert "|".join(pieces) == parts


@pytest.mark.parametrize(
    ("text", "number"), [("abc", 3), ("中文。", 6), ("Ａ", 2), ("e\u0301", 1), ("🎓", 2), ("…", 1)]
)
def test_columns_are_those_of_gettext(text: str, number: int) -> None:
    assert columns(text) == number


def test_references_fill_a_line_of_79_bytes() -> None:
    places = [(f"notes/{number:02}.md", str(number)) for number in range(10, 20)]
    assert reference_lines(places) == [
        "#: notes/10.md:10 notes/11.md:11 notes/12.md:12 notes/13.md:13 notes/14.md:14",
        "#: notes/15.md:15 notes/16.md:16 notes/17.md:17 notes/18.md:18 notes/19.md:19",
    ]


def test_references_are_named_once_and_without_a_leading_dot() -> None:
    assert reference_lines([("./a.md", "1"), ("a b.md", ""), ("./a.md", "1")]) == ["#: a.md:1 \u2068a b.md\u2069"]


CHARS = st.sampled_from(
    list("abZ19  -.,/\"'()[]{}!?%$+|&;:\\é·") + list("中文的，。（）《》“”…—：、；？") + ["囍", "Ａ", "🎓", "\u2028"]
)


def line_ends(text: str) -> list[int]:
    """Where a line may end by the rule, but for the middle of an escaped backslash."""
    classes = classes_of(text)
    places = [place for place in range(1, len(text)) if may_break(classes, place)]
    return [place for place in places if text[place - 1 : place + 1] != r"\\"]


def broken_with_care(text: str, room: int) -> list[str]:
    """The lines by the rule alone: each ends at the last place that fits, or at the next one."""
    lines, start = [], 0
    while columns(text[start:]) > room:
        places = [place for place in line_ends(text) if place > start]
        fitting = [place for place in places if columns(text[start:place]) <= room]
        if not places:
            break
        cut = fitting[-1] if fitting else places[0]
        lines.append(text[start:cut])
        start = cut
    return [*lines, text[start:]]


@given(st.text(CHARS, min_size=1, max_size=60), st.integers(1, 20))
def test_the_quick_ways_to_break_lines_do_as_the_rule_says(text: str, room: int) -> None:
    if "\\\\\\" in text or "   " in text or "\u2028" in text or text.endswith("\\n"):
        return
    expected = broken_with_care(text, room)
    if text.isascii():
        assert ascii_lines(room)(text) == expected
        assert is_breakable(text) == bool(line_ends(text))
        return
    assert chinese_lines(text, room) in (None, expected)
    if chinese_lines(text, room):
        assert is_breakable(text) == bool(line_ends(text))
    profile = profile_of(text)
    if profile is not None and r"\\" not in text:
        assert len(profile) == columns(text)
        assert cuts(profile, room) == list(map(len, expected))


def test_usual_chinese_text_is_broken_the_quick_way() -> None:
    assert chinese_lines("这是第 1 讲的标题，" * 4, 20) == ["这是第 1 讲的标题，", *["这是第 1 讲的标题，"] * 3]
    assert chinese_lines("囍" * 40, 20) is None
