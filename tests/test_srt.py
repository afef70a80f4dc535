"""SRT files are read whole, whatever is wrong with them, and written back as they were."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import srt
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model import Cue, PipelineError
from pipeline.subtitles.formats import format_of, formats, read_track, track_bytes
from pipeline.subtitles.srt_format import _well_formed, read_srt, srt_bytes
from pipeline.subtitles.srt_recovery import recovered

GOOD = """1
00:00:01,000 --> 00:00:02,500
Risk stratification

2
00:00:02,500 --> 00:00:05,000
风险分层
is what we call it

"""
HELLO, WORLD = Cue(1000, 2000, "Hello"), Cue(3000, 4000, "World")


def names(data: bytes) -> list[str]:
    return [finding.name for finding in read_srt(data, "a.srt").findings]


def test_a_good_file_gives_its_cues_their_lines_and_no_finding() -> None:
    track = read_srt(GOOD.encode(), "a.srt")
    assert track.cues == (Cue(1000, 2500, "Risk stratification"), Cue(2500, 5000, "风险分层\nis what we call it"))
    assert track.lines == (2, 6)
    assert (track.encoding, track.findings) == ("utf-8", ())


TWO = "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nWorld\n"
REPAIRS = {
    "dots for commas": TWO.replace(",", "."),
    "a float printed as milliseconds": TWO.replace("2,000", "2,000.0000000000009"),
    "full-width signs": TWO.replace(":", "：").replace(",", "，"),
    "no milliseconds": TWO.replace(",000", ""),
    "no hours": TWO.replace("00:00:", "00:"),
    "no blanks at the arrow": TWO.replace(" --> ", "-->"),
    "other arrows": TWO.replace("-->", "->", 1).replace("-->", "→"),
    "blanks around": TWO.replace("00:00:0", "  00:00:0").replace("\nHello", " \nHello"),
    "settings after the times": TWO.replace("2,000", "2,000 X1:1 X2:2 Y1:3").replace("4,000", "4,000 align:start"),
    "text after the times": TWO.replace("\nHello", " Hello"),
    "no index": TWO.replace("1\n", "", 1).replace("2\n", "", 1),
    "no index at one cue": TWO.replace("\n2\n", "\n"),
    "words for indexes": TWO.replace("1\n", "one\n", 1).replace("\n2\n", "\ntwo\n"),
    "doubled indexes": TWO.replace("\n2\n", "\n1\n"),
    "indexes from 0": TWO.replace("1\n", "0\n", 1).replace("\n2\n", "\n1\n"),
    "no blank line between": TWO.replace("\n\n", "\n"),
    "neither index nor blank line": TWO.replace("\n\n2\n", "\n"),
    "every second line blank": TWO.replace("\n\n", "\n").replace("\n", "\n\n"),
    "words before the first cue": "WEBVTT\n\n" + TWO,
    "a NUL": TWO.replace("Hello", "Hel\0lo"),
    "a byte order mark": "\ufeff" + TWO,
    "a mark inside, where two files were joined": TWO.replace("\n2\n", "\n\ufeff1\n"),
    "CRLF": TWO.replace("\n", "\r\n"),
    "CRLF made twice": TWO.replace("\n", "\r\r\n"),
    "CR alone": TWO.replace("\n", "\r"),
}


@pytest.mark.parametrize("text", REPAIRS.values(), ids=REPAIRS)
def test_a_repaired_file_has_the_same_two_cues_and_says_so(text: str) -> None:
    track = read_srt(text.encode(), "a.srt")
    assert track.cues == (HELLO, WORLD)
    assert track.findings
    assert all(finding.severity != "error" and finding.path == "a.srt" and finding.line for finding in track.findings)
    assert track_bytes(track) == text.encode()


QUIET = {
    "no line break at the end": GOOD.rstrip("\n"),
    "one line break at the end": GOOD.rstrip("\n") + "\n",
    "many blank lines between": GOOD.replace("\n\n", "\n\n\n"),
    "more than a day": "1\n25:00:00,000 --> 125:00:01,000\nHello\n\n",
    "a cue without text": "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nWorld\n\n",
    "times of day in the text": "1\n00:00:01,000 --> 00:00:02,000\n12:30:45 is not a cue\n9:30, then\n\n",
    "a number for a text": "1\n00:00:01,000 --> 00:00:02,000\n28\n\n2\n00:00:03,000 --> 00:00:04,000\nWorld\n\n",
}


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_what_is_allowed_is_not_reported(text: str) -> None:
    track = read_srt(text.encode())
    assert track.findings == ()
    assert [cue.text for cue in track.cues] == [part.content.strip("\n") for part in srt.parse(text)]
    assert track_bytes(track) == text.encode()


def test_a_finding_names_the_line_and_shows_it() -> None:
    data = GOOD.replace("00:00:02,500 -->", "00:00:02,560.0000000000009 -->").encode()
    (finding,) = read_srt(data, "a.srt").findings
    assert (finding.code, finding.name, finding.severity, finding.line) == ("ST102", "subtitle-syntax", "warning", 6)
    assert finding.source == "00:00:02,560.0000000000009 --> 00:00:05,000"
    assert "2560 ms to 5000 ms" in finding.message


def test_blank_lines_inside_a_text_lose_nothing() -> None:
    data = "1\n00:00:01,000 --> 00:00:02,000\n\nHello\n\nworld\n\n\nagain\n\n2\n00:00:03,000 --> 00:00:04,000\nWorld\n"
    track = read_srt(data.encode())
    assert track.cues == (Cue(1000, 2000, "Hello\nworld\nagain"), WORLD)
    assert [(finding.name, finding.line) for finding in track.findings] == [("subtitle-syntax", 3)]


def test_a_paragraph_that_is_a_number_stays_text() -> None:
    data = "00:00:01,000 --> 00:00:02,000\nHello\n\n28\n\n00:00:03,000 --> 00:00:04,000\nWorld\n"
    assert [cue.text for cue in read_srt(data.encode()).cues] == ["Hello\n28", "World"]


def test_times_that_cannot_be_read_are_an_error_and_glue_nothing_to_the_cue_before() -> None:
    data = GOOD.replace("00:00:02,500 --> 00:00:05,000", "00:00:02,500 --> garbage")
    track = read_srt(data.encode())
    assert track.cues == (Cue(1000, 2500, "Risk stratification"),)
    (finding,) = track.findings
    assert (finding.severity, finding.line) == ("error", 6)
    assert finding.source == "风险分层\nis what we call it"


def test_durations_that_are_never_seen_are_kept_and_reported() -> None:
    data = b"1\n00:00:02,000 --> 00:00:01,000\nHello\n\n2\n00:00:03,000 --> 00:00:03,000\nWorld\n\n"
    track = read_srt(data)
    assert track.cues == (Cue(2000, 1000, "Hello"), Cue(3000, 3000, "World"))
    assert [(finding.name, finding.line) for finding in track.findings] == [("subtitle-time", 2), ("subtitle-time", 6)]


def test_cues_out_of_order_stay_where_they_are_and_are_reported() -> None:
    data = b"1\n00:00:03,000 --> 00:00:04,000\nWorld\n\n2\n00:00:01,000 --> 00:00:02,000\nHello\n\n"
    assert read_srt(data).cues == (WORLD, HELLO)
    assert names(data) == ["subtitle-order"]
    assert srt_bytes(read_srt(data).cues).startswith(b"1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n")


def test_a_time_before_zero_is_zero() -> None:
    data = b"1\n-00:00:01,000 --> 00:00:02,000\nHello\n"
    assert read_srt(data).cues == (Cue(0, 2000, "Hello"),)
    assert names(data) == ["subtitle-syntax"]


def test_a_file_that_is_wrong_in_every_cue_is_not_reported_in_every_cue() -> None:
    data = b"".join(b"%d\n00:00:%02d.000 --> 00:00:%02d.900\nx\n\n" % (n, n, n) for n in range(1, 50))
    findings = read_srt(data).findings
    assert len(findings) == 20
    assert "and 19 more up to 194" in findings[-1].message


FRAME = "1\n00:00:01,000 --> 00:00:02,500\n{}\n\n2\n00:00:02,500 --> 00:00:05,000\n{}\n\n"
CHINESE = FRAME.format("我们今天来讲风险分层，这是医疗机器学习的第一个主题", "你们可以看到这些病人的数据")
TRADITIONAL = FRAME.format("我們今天來講風險分層，這是醫療機器學習的第一個主題", "你們可以看到這些病人的資料")


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (CHINESE, "utf-16", "utf-16-le"),
        ("\ufeff" + CHINESE, "utf-16-be", "utf-16-be"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (GOOD, "utf-16-be", "utf-16-be"),
        (CHINESE, "utf-8-sig", "utf-8-sig"),
    ],
)
def test_encodings_are_found_and_reported(text: str, codec: str, encoding: str) -> None:
    track = read_srt(text.encode(codec), "a.srt")
    assert track.cues == read_srt(text.removeprefix("\ufeff").encode()).cues
    assert track.encoding == encoding
    assert [(finding.name, finding.severity) for finding in track.findings] == [("subtitle-encoding", "info")]
    assert track_bytes(track) == text.encode(codec)


def test_a_broken_byte_is_marked_and_its_line_named() -> None:
    data = CHINESE.encode().replace("病人".encode(), b"\xe7\x97")
    track = read_srt(data, "a.srt")
    assert track.cues[1].text == "你们可以看到这些\ufffd的数据"
    assert [(finding.name, finding.line) for finding in track.findings] == [("subtitle-syntax", 7)]
    assert track_bytes(track) == data


def test_english_from_an_old_windows_program_keeps_its_quotes_and_accents() -> None:
    text = FRAME.format("Don’t call it a café", "that’s a “clinic”")
    track = read_srt(text.encode("cp1252"))
    assert (track.encoding, [cue.text for cue in track.cues]) == (
        "cp1252",
        ["Don’t call it a café", "that’s a “clinic”"],
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_only_the_changed_cue_changes_in_the_file(codec: str, newline: str) -> None:
    text = CHINESE.replace("2\n00", "7\n00").replace("\n", newline)
    track = read_srt(text.encode(codec), "a.srt")
    changed = replace(track.cues[1], text="两行\n文字", end_ms=4900)
    data = track_bytes(replace(track, cues=(track.cues[0], changed)))
    expected = text.replace("你们可以看到这些病人的数据", f"两行{newline}文字").replace("05,000", "04,900")
    assert data == expected.encode(codec)


def test_a_track_that_lost_or_won_a_cue_is_written_anew() -> None:
    track = read_srt(GOOD.encode())
    assert track_bytes(replace(track, cues=track.cues[1:])) == srt_bytes(track.cues[1:])


HOPELESS = {
    "0 bytes": b"",
    "blanks": b"\n\n  \n",
    "a message": b"No transcript found\n",
    "binary": bytes(range(256)) * 40,
    "NULs": b"\0" * 1000,
    "a web page": b"<!DOCTYPE html><html><body>404 Not Found --> home</body></html>",
    "a broken mark": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("data", HOPELESS.values(), ids=HOPELESS)
def test_a_hopeless_file_has_one_clear_error_and_stays_as_it_is(data: bytes) -> None:
    track = read_srt(data, "a.srt")
    (finding,) = track.findings
    assert (finding.name, finding.severity, finding.path, finding.line) == ("subtitle-unreadable", "error", "a.srt", 1)
    assert track.cues == ()
    assert track_bytes(track) == data


def test_formats_are_known_by_their_suffix() -> None:
    assert "srt" in [format_.name for format_ in formats()]
    assert format_of("talks/A.SRT").name == "srt"
    assert read_track(GOOD.encode(), "a.srt").cues == read_srt(GOOD.encode()).cues
    with pytest.raises(PipelineError, match=r"known are .*srt"):
        format_of("a.docx")


# --- what holds for every file

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd"), min_size=1, max_size=40)
CUES = st.lists(
    st.builds(Cue, st.integers(0, 10**8), st.integers(0, 10**8), st.lists(TEXTS, max_size=3).map("\n".join)),
    min_size=1,
    max_size=8,
)


def arrowless(text: str) -> str:
    """A text without what is written into a line that could be read as times."""
    return re.sub(r"\s*(?:-*>|⟶)\s*", "", text)


def in_order(cues: list[Cue]) -> list[Cue]:
    return sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))


@given(CUES)
def test_cues_that_are_written_are_read_again(cues: list[Cue]) -> None:
    data = srt_bytes(cues)
    track = read_srt(data)
    assert [arrowless(cue.text) for cue in track.cues] == [arrowless(cue.text) for cue in in_order(cues)]
    assert [(cue.start_ms, cue.end_ms) for cue in track.cues] == [(cue.start_ms, cue.end_ms) for cue in in_order(cues)]
    assert srt_bytes(track.cues) == data
    assert track_bytes(track) == data
    assert not {"subtitle-syntax", "subtitle-index", "subtitle-order"} & {finding.name for finding in track.findings}


@given(CUES)
def test_what_is_written_srt_reads_the_same(cues: list[Cue]) -> None:
    written = [replace(cue, text=cue.text or "-") for cue in cues]
    parsed = list(srt.parse(srt_bytes(written).decode()))
    millisecond = timedelta(milliseconds=1)
    assert [part.index for part in parsed] == list(range(1, len(cues) + 1))
    assert [(p.start // millisecond, p.end // millisecond) for p in parsed] == [
        (cue.start_ms, cue.end_ms) for cue in in_order(written)
    ]


PIECES = st.sampled_from(
    ["\n", "\n\n", "\n", "1", "2", "42", "00:00:01,000 --> 00:00:02,000", "00:00:03,000 --> 00:00:04,000", "-->", " ",
     "文字", "00:00:05.5 -> 0:0:6", "Hello", "\r\n", "\ufeff", "-00:00:01,000 --> 00:00:02,000", "01:02",
     "12:30:45 left", "\0"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
@example("00:00:05.5 -> 0:0:6 00:00:01,000 --> 00:00:02,000\ufeff")
def test_in_rubble_no_cue_is_lost_or_invented_and_no_word_either(text: str) -> None:
    track = read_srt(text.encode(), "a.srt")
    lines = text.replace("\r\n", "\n").replace("\0", "").removeprefix("\ufeff").split("\n")
    certain = {n for n, line in enumerate(lines, 1) if line == "00:00:01,000 --> 00:00:02,000"}
    possible = {n for n, line in enumerate(lines, 1) if line.count(":") >= 2 and "-" in line}
    assert certain <= set(track.lines) <= possible
    assert sorted(set(track.lines)) == list(track.lines)
    if track.cues:
        kept = "\n".join([*(cue.text for cue in track.cues), *(f.message + f.source for f in track.findings)])
        words = "\n".join(lines[track.lines[0] :])
        assert all(kept.count(word) >= words.count(word) for word in ("Hello", "文字", "left"))
    assert track_bytes(track) == text.encode()
    again = read_srt(srt_bytes(track.cues)).cues
    assert [cue.start_ms for cue in again] == [cue.start_ms for cue in in_order(list(track.cues))]
    assert [arrowless(cue.text) for cue in again] == [arrowless(cue.text) for cue in in_order(list(track.cues))]


@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_quick_reader_and_the_careful_one_agree(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\0", "")
    quick = _well_formed(text)
    blocks, remarks = recovered(text)
    if quick:
        assert quick.cues == [block.cue for block in blocks]
        assert quick.lines == [block.times + 1 for block in blocks]
        assert quick.indexes == [block.index for block in blocks]
        assert not remarks


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    track = read_srt(data)
    assert track.cues or [finding.severity for finding in track.findings] == ["error"]
    assert track_bytes(track) == data
