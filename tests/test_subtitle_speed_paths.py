"""What the quick readers of WebVTT and SubViewer find, the careful ones find too; times of many cues are read as one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Cue
from pipeline.subtitles import sbv_format, vtt_format
from pipeline.subtitles.blocks import BlockFormat
from pipeline.subtitles.formats import format_of, read_track, track_bytes
from pipeline.subtitles.stamps import read_stamps, written_stamps

BLOCKS = {"vtt": vtt_format._BLOCKS, "sbv": sbv_format._BLOCKS}
PIECES = st.sampled_from(
    ["\n", "\n\n", "WEBVTT\n\n", "00:01.000 --> 00:02.000\n", "00:00:03.000 --> 100:00:04.000 line:0\n", "-->", " ", "\t\n",
     "0:00:01.000,0:00:02.000\n", "0:00:03.000,12:00:04.000\n", "7", "intro\n", "文字\n\n", "NOTE x\n", "&amp;", "1:2,3:4\n",
     "Kind: captions\n", "Hello\n\n", "\x0b", "\x85"]
)  # fmt: skip
WELL_FORMED = {
    "a header and its lines": (
        "vtt",
        "WEBVTT - x\nKind: captions\n\n00:01.000 --> 00:02.000\nA\nB\n\n\n00:03.000 --> 00:04.000\n\n",
    ),
    "identifiers": (
        "vtt",
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000 align:start\nA\n\nintro\n01:00:03.000 --> 01:00:04.000\nB",
    ),
    "no text": ("vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\nB &amp; C\n"),
    "SubViewer": ("sbv", "0:00:01.000,0:00:02.000\nA\n\n0:00:03.000,0:00:04.000\n\n\n0:00:05.000,0:00:06.000\nB\nC\n"),
}


def agrees(blocks: BlockFormat, text: str) -> bool:
    """Whether the quick reader reads a text, and then as the careful one."""
    quick = blocks.quick(text)
    assert quick is None or quick == blocks._slowly(text)
    return quick is not None


@pytest.mark.parametrize(("name", "text"), WELL_FORMED.values(), ids=WELL_FORMED)
def test_well_formed_files_are_read_quickly_and_alike(name: str, text: str) -> None:
    assert agrees(BLOCKS[name], text)


@pytest.mark.parametrize("name", BLOCKS)
@given(pieces=st.lists(PIECES, max_size=20).map("".join))
def test_the_quick_reader_and_the_careful_one_agree(name: str, pieces: str) -> None:
    agrees(BLOCKS[name], pieces)
    agrees(BLOCKS[name], f"WEBVTT\n\n{pieces}" if name == "vtt" else f"0:00:01.000,0:00:02.000\nA\n\n{pieces}")


@given(st.lists(st.integers(-5, 10**13)), st.sampled_from(["d", "02"]), st.sampled_from([".", ","]))
def test_times_that_are_written_are_read_again(times: list[int], hours: str, point: str) -> None:
    assert read_stamps(written_stamps(times, point, hours)) == [max(0, time) for time in times]


@pytest.mark.parametrize("path", ["a.srt", "a.vtt", "a.sbv"])
def test_an_index_or_an_hour_of_thousands_of_digits_is_no_number(path: str) -> None:
    digits = "9" * 5000
    times = "00:00:01.000,00:00:02.000" if path == "a.sbv" else "00:00:01.000 --> 00:00:02.000"
    data = f"{digits}\n{times}\nA\n\n\n\n{digits}\n\n{times}\nB\n\n{digits}:{times}\nC\n".encode()
    track = read_track(data, path)
    assert [(cue.start_ms, cue.end_ms) for cue in track.cues] == [(1000, 2000)] * 2
    assert "C" in "".join([*(cue.text for cue in track.cues), *(finding.source for finding in track.findings)])
    assert track_bytes(track) == data


@pytest.mark.parametrize("form", ["bcc", "sbv", "srt", "vtt"])
def test_a_million_hours_are_times_in_every_format(form: str) -> None:
    cue = Cue(3_600_000_000_000, 3_600_000_001_000, "A")
    assert read_track(format_of(f"a.{form}").write([cue]), f"a.{form}").cues == (cue,)
