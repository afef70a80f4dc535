"""ASS and SSA are read, changed and written without losing anything of the file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model import Cue
from pipeline.subtitles.ass_text import cue_text, event_text
from pipeline.subtitles.formats import format_of, labels_of, read_track, track_bytes
from pipeline.subtitles.markup import converted
from pipeline.subtitles.retiming import retimed_bytes, shifted

ASS = r"""[Script Info]
; made by hand
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: English,Arial,30
Style: Chinese,Noto Sans,34

[Fonts]
fontname: own.ttf
Dialogue? M0,[x]

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:09.00,English,,0,0,0,,not shown
Dialogue: 0,0:00:01.00,0:00:02.50,English,Anna,0,0,0,,{\i1}Fever{\i0}, chills,\Nand more{check this}
Dialogue: 1,0:00:01.00,0:00:02.50,*Chinese,,0,0,0,,发热\h寒战
Dialogue: 0,0:00:02.00,0:00:03.00,English,,0,0,0,,{\p1\pos(9,9)}m 0 0 l 9 9{\p0}
Dialogue: 0,0:00:03.00,0:00:04.00,English,,0,0,0,,a set \{1, 2\} {\p1}m 0 0 l 9 9{\p0} here
"""
SSA = b"""[Script Info]
ScriptType: v4.00

[Events]
Format: Marked, Start, End, Style, Text
Dialogue: Marked=0,0:00:01.00,0:00:02.50,*Default,one, two
"""


def test_dialogues_are_cues_and_comments_and_drawings_are_not() -> None:
    track = read_track(ASS.encode(), "a.ass")
    assert track.findings == ()
    assert track.lines == (17, 18, 20)
    assert labels_of(track) == ("English", "Chinese", "English")
    assert track.cues == (
        Cue(1000, 2500, "{\\i1}Fever{\\i0}, chills,\nand more{\\*check this}"),
        Cue(1000, 2500, "发热\xa0寒战"),
        Cue(3000, 4000, "a set {1, 2} {\\p1}{\\=m 0 0 l 9 9}{\\p0} here"),
    )
    assert read_track(SSA, "a.ssa").cues == (Cue(1000, 2500, "one, two"),)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_changed_fields_of_changed_cues_are_new(mark: bytes, newline: str) -> None:
    text = ASS.replace("\n", newline)
    track = read_track(mark + text.encode(), "a.ass")
    assert track_bytes(track) == track.data
    assert (
        retimed_bytes(shifted(track, 1004, 3000))
        == mark
        + text.replace("0:00:03.00,0:00:04.00,English,,0,0,0,,a", "0:00:04.00,0:00:05.00,English,,0,0,0,,a").encode()
    )
    second = replace(track.cues[1], text="发热 {x}\n寒战")
    changed = replace(track, cues=(track.cues[0], second, track.cues[2]))
    assert track_bytes(changed) == mark + text.replace("发热\\h寒战", "发热 \\{x\\}\\N寒战").encode()


def test_cues_that_are_taken_out_or_added_leave_the_rest_of_the_file_as_it_is() -> None:
    track = read_track(ASS.encode(), "a.ass")
    fewer = track_bytes(replace(track, cues=track.cues[1:2])).decode()
    assert fewer == "".join(
        line for line in ASS.splitlines(keepends=True) if "Fever" not in line and "a set" not in line
    )
    more = track_bytes(replace(track, cues=(*track.cues, Cue(5000, 6000, "{new}")))).decode()
    assert "Dialogue: 0,0:00:05.00,0:00:06.00,English,Anna,0,0,0,,\\{new\\}\n" in more
    assert set(ASS.splitlines()) < set(more.splitlines())


def test_a_text_that_the_encoding_of_the_file_has_not_turns_it_into_utf_8() -> None:
    data = ASS.replace("发热\\h寒战", "发热，寒战，今天我们讲败血症").encode("gb18030")
    track = read_track(data, "a.ass")
    assert track.encoding == "gb18030"
    assert track_bytes(track) == data
    changed = replace(track, cues=(replace(track.cues[0], text="发烧"), *track.cues[1:]))
    assert "发烧" in track_bytes(changed).decode("gb18030")


@given(st.text(r"{}\Nnhpi10=* a中" + "\n\xa0\u2060", max_size=14))
@example("{\\\n}")
def test_any_text_is_one_line_of_a_file_and_comes_back(text: str) -> None:
    held = event_text(text)
    assert "\n" not in held
    read = cue_text(held)
    assert event_text(cue_text(event_text(read))) == event_text(read)
    if "{\\" not in text and "\u2060" not in text:
        assert read == text


@given(st.text(r"{}\Nnhpi10=* a中", max_size=14))
def test_an_event_that_was_not_typed_here_keeps_its_words(raw: str) -> None:
    shown = cue_text(raw)
    assert cue_text(event_text(shown)) == cue_text(event_text(cue_text(event_text(shown))))


@pytest.mark.parametrize(
    ("text", "before", "after", "expected"),
    [
        (r"{\b1\i1}a{\b0}b", "ass", "srt", "<b><i>a</i></b><i>b</i>"),
        (r"{\an8\fs20}a{\*note} {\p1}{\=m 0 0}{\p0}b", "ass", "srt", r"{\an8}a b"),
        (r"{\i1}vector<b> x{\r}y", "ass", "vtt", "<i>vector&lt;b> x</i>y"),
        ("a<b>c", "sbv", "vtt", "a&lt;b>c"),
        ("vector&lt;b> &amp;", "vtt", "srt", "vector<b> &amp;"),
        (r"{\an8}<b>a</b> <font color=red>b</font>", "srt", "ass", r"{\an8}{\b1}a{\b0} b"),
        (r"{\frac{1}{2}} and {\sqrt 2}", "srt", "vtt", r"{\frac{1}{2}} and {\sqrt 2}"),
        (r"{\sqrt 2}", "srt", "ass", "{\u2060\\sqrt 2}"),
        ("{\u2060\\sqrt 2}", "ass", "srt", r"{\sqrt 2}"),
        (r"{\i1}a", "ass", "ssa", r"{\i1}a"),
    ],
)
def test_markup_is_written_as_the_other_format_writes_it(text: str, before: str, after: str, expected: str) -> None:
    assert converted([Cue(0, 1, text)], before, after)[0].text == expected


@pytest.mark.parametrize("part", ["{", "{\\", "\\{", "{a{", "{\\t(", "<b>", "{\\i1}"])
def test_markup_without_an_end_takes_no_longer_than_its_length(part: str) -> None:
    text = part * 100_000
    held = event_text(cue_text(text))
    assert len(held) <= 4 * len(text)
    assert len(converted([Cue(0, 1, "{" + "\\t()" * 50_000)], "srt", "ass")[0].text) >= 200_000
    assert converted([Cue(0, 1, text)], "srt", "ass")


def event(times: str) -> bytes:
    return f"[Events]\nDialogue: 0,{times},Default,,0,0,0,,a\n".encode()


@pytest.mark.parametrize(
    ("data", "line", "code", "count"),
    [
        (event("0:00:01.00,0:00:02.00") + b"and the rest\n", 3, "ST102", 1),
        (event("0:00:01.00,0:00:02.00")[9:], 1, "ST102", 1),
        (event("0:00:01,000,0:00:02.00"), 2, "ST105", 0),
        (event("0:00:01.000,0:00:02.00"), 2, "ST102", 1),
        (event("0:00:02.00,0:00:01.00"), 2, "ST105", 1),
        (event("0:00:01.00,0:00:02.00") + b"Dialogue: 0,0:00:01.00\n", 3, "ST102", 1),
        (event("0:00:01.00,0:00:02.00").replace(b"Dia", b"Format: Text, Start\nDia"), 2, "ST102", 1),
        (b"[Script Info]\n", 1, "ST101", 0),
        (b"", 1, "ST101", 0),
        (bytes(range(256)), 1, "ST101", 0),
    ],
)
def test_what_is_wrong_is_said_with_its_line(data: bytes, line: int, code: str, count: int) -> None:
    track = read_track(data, "a.ass")
    assert len(track.cues) == count
    if count:
        assert (line, code) in [(finding.line, finding.code) for finding in track.findings]
    else:
        assert [finding.code for finding in track.findings] == ["ST101"]
    assert track_bytes(track) == data


@pytest.mark.parametrize("path", ["a.ass", "a.ssa"])
def test_a_new_file_holds_the_cues(path: str) -> None:
    cues = (Cue(0, 900, "{a} C:\\new"), Cue(3_600_000_000, 3_600_001_000, "末\n行"))
    track = read_track(format_of(path).write(cues), path)
    assert (track.cues, track.findings) == (cues, ())
