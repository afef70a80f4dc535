"""WebVTT, SubViewer and Bilibili's JSON are read, written and converted without losing a cue."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal import bilect

from pipeline.model import Cue
from pipeline.subtitles.formats import format_of, read_track, track_bytes
from pipeline.subtitles.markup import converted

VTT = b"""WEBVTT - Sepsis
Kind: captions

STYLE
::cue { color: yellow }

NOTE checked by the lecturer

intro
00:01.000 --> 00:02.500 align:start position:10%
<v Anna>Fever &amp; chills &lt; 3 days</v>

01:00:03.000 --> 01:00:04.000
two
<i>lines</i>
"""
SBV = b"0:00:01.000,0:00:02.500\nFever, chills\nand more\n\n0:00:03.000,0:00:04.000\nTwo\n"
BCC = json.dumps(
    {"font_size": 0.4, "body": [{"from": 1, "to": 2.5, "location": 2, "content": "发热"}], "own": "kept"}
).encode()
CUES = (Cue(1000, 2500, "发热 & chills\n<3 & a --> b"), Cue(3000, 3000, ""), Cue(3_600_000_000, 3_600_001_000, "末"))
FILES = {"a.vtt": VTT, "a.sbv": SBV, "a.bcc": BCC}


def test_webvtt_is_read_as_browsers_read_it() -> None:
    track = read_track(VTT, "a.vtt")
    assert track.findings == ()
    assert track.lines == (10, 13)
    assert track.cues == (
        Cue(1000, 2500, "<v Anna>Fever & chills < 3 days</v>"),
        Cue(3_603_000, 3_604_000, "two\n<i>lines</i>"),
    )


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_a_file_whose_cues_did_not_change_is_written_as_it_was(path: str, newline: bytes) -> None:
    data = b"\xef\xbb\xbf" + FILES[path].replace(b"\n", newline)
    track = read_track(data, path)
    assert track.cues
    assert track_bytes(track) == data


def test_only_what_changed_is_written_anew() -> None:
    track = read_track(VTT, "a.vtt")
    first = replace(track.cues[0], start_ms=1500)
    assert track_bytes(replace(track, cues=(first, track.cues[1]))) == VTT.replace(
        b"00:01.000 -", b"00:00:01.500 -"
    ).replace(b"> 00:02.500", b"> 00:00:02.500")
    track = read_track(SBV, "a.sbv")
    second = replace(track.cues[1], text="2")
    assert track_bytes(replace(track, cues=(track.cues[0], second))) == SBV.replace(b"Two", b"2")
    track = read_track(BCC, "a.bcc")
    changed = json.loads(track_bytes(replace(track, cues=(replace(track.cues[0], text="寒战"),))))
    assert (changed["own"], changed["body"][0]) == ("kept", {"from": 1, "to": 2.5, "location": 2, "content": "寒战"})


@pytest.mark.parametrize("path", FILES)
def test_cues_survive_writing_and_reading(path: str) -> None:
    assert read_track(format_of(path).write(CUES), path).cues == CUES


@pytest.mark.parametrize("path", FILES)
@given(texts=st.lists(st.text("a1 中<>&;,:.-b/lt\n0", max_size=20), min_size=1, max_size=5))
def test_no_text_loses_or_doubles_a_cue(path: str, texts: list[str]) -> None:
    cues = [Cue(1000 * place, 1000 * place + 900, text) for place, text in enumerate(texts)]
    data = format_of(path).write(cues)
    again = read_track(data, path)
    assert [(cue.start_ms, cue.end_ms) for cue in again.cues] == [(cue.start_ms, cue.end_ms) for cue in cues]
    assert format_of(path).write(again.cues) == data


@pytest.mark.parametrize(
    ("path", "data", "line", "code", "count"),
    [
        ("a.vtt", b"1\n00:00:01,000 --> 00:00:02,000\nrenamed\n", 1, "ST102", 1),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n\nb\n", 6, "ST102", 1),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:03.000 --> 00:04.000\nb\n", 5, "ST102", 2),
        ("a.vtt", b"WEBVTT\n\nsoon --> later\na\n\n00:03.000 --> 00:04.000\nb\n", 3, "ST105", 1),
        ("a.vtt", b"WEBVTT\n\n00:05.000 --> 00:04.000\nb\n", 3, "ST105", 1),
        ("a.vtt", b"WEBVTT\n\nnobody\nsays\n\n00:03.000 --> 00:04.000\nb\n", 3, "ST102", 1),
        ("a.sbv", b"0:00:01.000,0:00:02.000\na\n\nb\n", 3, "ST102", 1),
        ("a.sbv", b"ad\n\n0:00:01.000,0:00:02.000\na\n", 1, "ST102", 1),
        ("a.bcc", b'{"body": [{"from": 1, "to": 2, "content": "a"},\n{"from": "x", "content": "b"}]}', 2, "ST105", 1),
        ("a.bcc", b'{"body": [{"from": NaN, "to": 2, "content": ""}]}', 1, "ST101", 0),
        ("a.bcc", b'{"body": [', 1, "ST101", 0),
        ("a.bcc", b"[" * 100_000, 1, "ST101", 0),
        ("a.bcc", b"[1]", 1, "ST101", 0),
        ("a.sbv", b"", 1, "ST101", 0),
        ("a.vtt", b"WEBVTT\n", 1, "ST101", 0),
        ("a.vtt", bytes(range(256)), 1, "ST101", 0),
    ],
)
def test_what_is_wrong_is_said_with_its_line(path: str, data: bytes, line: int, code: str, count: int) -> None:
    track = read_track(data, path)
    assert len(track.cues) == count
    assert (line, code) in [(finding.line, finding.code) for finding in track.findings]
    assert track_bytes(track) == data


def test_markup_that_a_format_has_not_is_left_out() -> None:
    cues = [Cue(0, 1, "{\\an8}<v Anna><i>a < b</i></v> <00:00:01.000>c")]
    assert [converted(cues, "vtt", form)[0].text for form in ("srt", "bcc")] == ["<i>a < b</i> c", "a < b c"]
    assert converted(cues, "vtt", "vtt")[0].text == cues[0].text


WRONG = (
    ("in", "-o", "out"),
    ("in", "-o", "-", "--to", "srt"),
    ("in/a.vtt", "-o", "-"),
    ("in/a.vtt", "-o", "a.doc"),
    ("in/a.vtt", "-o", "b.vtt", "--to", "srt"),
    ("in", "-o", "out", "--to", "docx"),
    ("none.srt", "-o", "a.vtt"),
    ("in/a.vtt", "-o", "in/a.vtt"),
)


def test_files_and_folders_are_converted(tmp_path: Path) -> None:
    (tmp_path / "in/deep").mkdir(parents=True)
    (tmp_path / "in/a.vtt").write_bytes(VTT)
    (tmp_path / "in/deep/b.sbv").write_bytes(SBV)
    (tmp_path / "in/bad.bcc").write_bytes(b"{}")
    shown = bilect("subs", "convert", "in/a.vtt", "-o", "a.srt", cwd=tmp_path)
    assert (shown.status, shown.stdout, shown.stderr) == (0, "", "in/a.vtt: 2 cues written to a.srt.\n")
    assert "Fever & chills < 3 days\n" in (tmp_path / "a.srt").read_text("utf-8")
    shown = bilect("subs", "convert", "in", "-o", "out", "--to", "vtt", cwd=tmp_path)
    assert shown.status == 2
    assert "bilect: in/bad.bcc: no subtitles: " in shown.stderr
    assert sorted(path.name for path in (tmp_path / "out").rglob("*.vtt")) == ["a.vtt", "b.vtt"]
    shown = bilect("subs", "convert", "in/deep", "-o", "-", "--to", "srt", cwd=tmp_path)
    assert (shown.status, shown.stdout.count(" --> ")) == (0, 2)
    for wrong in WRONG:
        shown = bilect("subs", "convert", *wrong, cwd=tmp_path)
        assert (shown.status, shown.stderr.count("\n")) == (2, 1)
    assert (tmp_path / "in/a.vtt").read_bytes() == VTT


def test_standard_input_is_read_as_what_it_is(tmp_path: Path) -> None:
    shown = bilect(
        "subs", "shift", "-", "1s", cwd=tmp_path, stdin=b"WEBVTT\n\nNOTE kept\n\n00:01.000 --> 00:02.000\na\n"
    )
    assert shown.stdout == "WEBVTT\n\nNOTE kept\n\n00:00:02.000 --> 00:00:03.000\na\n"
    shown = bilect("subs", "convert", "-", "-o", "-", "--to", "srt", cwd=tmp_path, stdin=VTT)
    assert (shown.status, shown.stderr) == (0, "")
    shown = bilect("subs", "convert", "-", "-o", "a.srt", cwd=tmp_path, stdin=VTT)
    assert (shown.status, shown.stderr) == (0, "-: 2 cues written to a.srt.\n")
    assert "Fever & chills < 3 days\n" in (tmp_path / "a.srt").read_text("utf-8")


def test_a_track_in_another_format_than_its_name_says_keeps_it_and_is_not_formatted_as_srt(tmp_path: Path) -> None:
    (tmp_path / "talk.en.srt").write_bytes(
        b"WEBVTT\n\nSTYLE\n::cue(b) { color: red }\n\n00:01.000 --> 00:02.000\n<b>a</b>\n"
    )
    shown = bilect("subs", "convert", "talk.en.srt", "-o", "talk.en.ass", cwd=tmp_path)
    assert "talk.en.srt:1:1: warning ST102 subtitle-syntax: the file is VTT, and its name says SRT" in shown.stderr
    shown = bilect("subs", "shift", "talk.en.srt", "1s", "-o", "late.srt", cwd=tmp_path)
    assert shown.stderr == "bilect: late.srt: the track keeps its format, vtt (name a file that ends in .vtt)\n"
    shown = bilect("format", "talk.en.srt", cwd=tmp_path)
    assert shown.stderr.startswith(
        "bilect: talk.en.srt: the file is VTT, and its name says SRT (call it talk.en.vtt)\n"
    )


def test_webvtt_converted_to_webvtt_keeps_header_styles_notes_names_and_settings(tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_bytes(VTT.replace(b"\n", b"\r\n") + b"\r\nNOTE last words\r\n")
    bilect("subs", "convert", "a.vtt", "-o", "b.vtt", cwd=tmp_path)
    made = VTT.replace(b"\n00:0", b"\n00:00:0").replace(b"> 00:02", b"> 00:00:02")
    assert (tmp_path / "b.vtt").read_bytes() == made.replace(b"< 3", b"&lt; 3") + b"\nNOTE last words\n"


def test_ass_converted_to_ass_keeps_styles_and_comments(tmp_path: Path) -> None:
    head = "[Script Info]\n; made by hand\n[V4+ Styles]\nStyle: Own,Arial\n[Events]\n"
    text = f"{head}Comment: 0,0:00:00.00,0:00:01.00,Own,,0,0,0,,x\nDialogue: 0,0:00:01.00,0:00:02.00,Own,,0,0,0,,发热\n"
    (tmp_path / "a.ass").write_bytes(text.encode("utf-16"))
    bilect("subs", "convert", "a.ass", "-o", "b.ass", cwd=tmp_path)
    assert (tmp_path / "b.ass").read_text("utf-8") == text
