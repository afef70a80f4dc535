"""TTML and DFXP are read; what would harm the reader is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from terminal import bilect

from pipeline.model import Cue, PipelineError
from pipeline.subtitles.formats import labels_of, read_track, track_bytes

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en" '
    'xmlns:ttp="http://www.w3.org/ns/ttml#parameter"{}>\n<head><metadata><p>no cue</p></metadata></head><body{}>'
)


def document(paragraphs: str, rates: str = "", body: str = "") -> bytes:
    return f"{HEAD.format(rates, body)}<div>\n{paragraphs}\n</div></body></tt>\n".encode()


def cues_of(paragraphs: str, rates: str = "", body: str = "") -> list[tuple[int, int, str]]:
    track = read_track(document(paragraphs, rates, body), "a.ttml")
    assert [finding.code for finding in track.findings] == []
    return [(cue.start_ms, cue.end_ms, cue.text) for cue in track.cues]


@pytest.mark.parametrize(
    ("times", "rates", "start", "end"),
    [
        ('begin="00:00:01" end="00:00:02.5"', "", 1000, 2500),
        ('begin="1.5s" dur="500ms"', "", 1500, 2000),
        ('begin="1h" end="61m"', "", 3_600_000, 3_660_000),
        ('begin="00:00:01:12" end="50f"', ' ttp:frameRate="25"', 1480, 2000),
        ('begin="24f" dur="24f"', ' ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"', 1001, 2002),
        ('begin="15000000t" end="25000000t"', ' ttp:tickRate="10000000"', 1500, 2500),
        ('begin="00:00:01:10.1" end="4s"', ' ttp:frameRate="25" ttp:subFrameRate="2"', 1420, 4000),
    ],
)
def test_times_are_clocks_or_offsets(times: str, rates: str, start: int, end: int) -> None:
    assert cues_of(f"<p {times}>a</p>", rates) == [(start, end, "a")]


def test_times_count_from_what_holds_them() -> None:
    assert cues_of('<p begin="1s" end="2s">a</p>', body=' begin="10s"') == [(11_000, 12_000, "a")]
    nested = '<p begin="1s" end="9s"><span begin="1s" end="2s">a</span> <span begin="2s" dur="20s">b</span></p>'
    assert cues_of(nested) == [(2000, 3000, "a"), (3000, 9000, "b")]
    in_turn = '<p dur="1s">a</p><p begin="1s" dur="2s">b</p>'
    assert cues_of(f'<div timeContainer="seq">{in_turn}</div>', body=' begin="0s"') == [
        (0, 1000, "a"), (2000, 4000, "b"),
    ]  # fmt: skip


def test_text_keeps_its_words_and_its_lines() -> None:
    said = 'begin="0s" end="1s"'
    text = (
        f'<p {said}>\n  Fever &amp; <span tts:fontStyle="italic" xmlns:tts="x">chills</span>,\n <br/> and &lt;more </p>'
    )
    assert cues_of(text) == [(0, 1000, "Fever & chills,\nand <more")]
    assert cues_of(f'<p xml:space="preserve" {said}>a  b</p>') == [(0, 1000, "a  b")]
    assert cues_of(f"<p {said}/>") == [(0, 1000, "")]


def test_the_language_of_each_cue_is_told() -> None:
    data = document('<p begin="0s" end="1s">a</p><p begin="0s" end="1s" xml:lang="zh-Hans">甲</p>')
    assert labels_of(read_track(data, "a.dfxp")) == ("en", "zh-Hans")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'<!DOCTYPE tt [<!ENTITY a "b">]><tt/>', "document type"),
        (b'<!DOCTYPE tt SYSTEM "file:///etc/passwd"><tt/>', "document type"),
        (b"<html/>", "its root is <html>"),
        (b"<tt><p>", "on line 1"),
        (b"<tt>" + b"<div>" * 300, "more than 200 elements"),
        (document("<p>a</p>"), "no paragraph has times"),
        (b"", "no XML"),
        (bytes(range(256)), "no subtitles"),
    ],
)
def test_what_is_no_ttml_is_refused_with_its_reason(data: bytes, said: str) -> None:
    track = read_track(data, "a.ttml")
    assert (track.cues, [finding.code for finding in track.findings]) == ((), ["ST101"])
    assert said in track.findings[0].message
    assert track_bytes(track) == data


def test_times_that_are_wrong_are_said_with_their_line() -> None:
    track = read_track(
        document('<p begin="soon" end="2s">a</p>\n<p begin="3s">b</p>\n<p begin="9s" end="10s">c</p>'), "a.ttml"
    )
    assert track.cues == (Cue(0, 2000, "a"), Cue(3000, 9000, "b"), Cue(9000, 10_000, "c"))
    assert [(finding.line, finding.code) for finding in track.findings] == [(4, "ST105"), (5, "ST105")]


def test_ttml_is_converted_and_not_written(tmp_path: Path) -> None:
    data = document('<p begin="0s" end="1s">a</p>')
    (tmp_path / "a.ttml").write_bytes(data)
    assert bilect("subs", "convert", "a.ttml", "-o", "-", "--to", "srt", cwd=tmp_path).stdout.startswith(
        "1\n00:00:00,000"
    )
    shown = bilect("subs", "shift", "a.ttml", "1s", cwd=tmp_path)
    assert (shown.status, len(shown.stderr.splitlines())) == (2, 1)
    track = read_track(data, "a.ttml")
    with pytest.raises(PipelineError, match="not written"):
        track_bytes(replace(track, cues=()))
