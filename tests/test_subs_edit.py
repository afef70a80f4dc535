"""`bilect subs shift` and `bilect subs wrap`."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import ROOT
from hypothesis import given
from hypothesis import strategies as st
from terminal import bilect

from pipeline.model import Cue
from pipeline.subtitles.limits import LIMITS, Limits
from pipeline.subtitles.retiming import milliseconds_of, misfits, retimed_bytes, shifted, wrapped
from pipeline.subtitles.srt_format import read_srt
from pipeline.subtitles.track import Track

SAMPLE = ROOT / "source_docs/sample-lecture"
EN, ZH = SAMPLE / "risk-stratification.en.srt", SAMPLE / "risk-stratification.zh.srt"
LONG = (
    "1\n00:00:01,000 --> 00:00:02,000\n<i>大家早上好，今天我们要讲的是机器学习的基本概念和方法</i>\n"
    "and this is the English of it, which is a little longer than a line may be\n\n"
    "2\n00:00:03,000 --> 00:00:04,000\nThree lines\nthat all\nfit.\n\n"
)


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("2", 2000), ("+2s", 2000), ("-1.5s", -1500), ("-1,5s", -1500), ("500ms", 500), ("1:30", 90_000), ("2m", 120_000),
        ("00:00:02,000", 2000), ("-00:00:02.5", -2500), ("1:00:00", 3_600_000),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text: str, ms: int) -> None:
    assert milliseconds_of(text) == ms


@pytest.mark.parametrize("text", ["", "s", "two", "1:99", "2h", "--2s", "1e3", "9" * 5000, "٢s"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no time: write 2s"):
        milliseconds_of(text)


@given(st.integers(-1_200, 10_000_000))
def test_a_track_that_is_shifted_there_and_back_is_the_same_to_the_byte(by: int) -> None:
    track = read_srt(EN.read_bytes(), "en.srt")
    there = read_srt(retimed_bytes(shifted(track, by)), "en.srt")
    assert [cue.text for cue in there.cues] == [cue.text for cue in track.cues]
    assert there.cues[0].start_ms == track.cues[0].start_ms + by
    assert retimed_bytes(shifted(there, -by)) == track.data


def test_text_beside_the_times_is_not_lost_when_they_move() -> None:
    track = read_srt(b"1\n00:00:01,000 --> 00:00:02,000 Hello\nthere\n\n", "x.srt")
    assert retimed_bytes(shifted(track, 1000)) == b"1\n00:00:02,000 --> 00:00:03,000\nHello\nthere\n\n"


def test_encoding_and_line_ends_stay() -> None:
    data = ZH.read_text("utf-8").replace("\n", "\r\n").encode("gb18030")
    moved = retimed_bytes(shifted(read_srt(data, "zh.srt"), 1000))
    assert moved.startswith(b"1\r\n00:00:02,360 --> 00:00:03,520\r\n")
    back = shifted(read_srt(moved, "zh.srt"), -1000)
    assert retimed_bytes(back) == data


def test_each_language_of_a_cue_is_broken_by_its_own_rule_and_what_fits_stays() -> None:
    track = read_srt(LONG.encode(), "x.srt")
    done = wrapped(track, LIMITS["netflix"])
    assert done.cues[0].text.split("\n") == [
        "<i>大家早上好，今天我们要讲的", "是机器学习的基本概念和方法</i>",
        "and this is the English of it, which", "is a little longer than a line may be",
    ]  # fmt: skip
    assert done.cues[1] == track.cues[1]
    assert misfits(done, LIMITS["netflix"]) == [7]


@pytest.mark.parametrize("limits", [Limits(42, 16, 2), Limits(20, 8, 2), Limits(4, 4, 1)])
@pytest.mark.parametrize("path", [EN, ZH])
def test_wrapping_loses_no_character_and_is_done_once(path: Path, limits: Limits) -> None:
    track = read_srt(path.read_bytes(), path.name)
    done = wrapped(track, limits)
    assert ["".join(cue.text.split()) for cue in done.cues] == ["".join(cue.text.split()) for cue in track.cues]
    assert wrapped(done, limits) == done


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("我们看，它动了。", "我们看，它动了"), ("好吗？", "好吗？"), ("“好。”", "“好。”"), ("<i>好。</i>", "<i>好</i>"),
        ("等等……", "等等……"), ("。", "。"), ("先看，\n再说。", "先看\n再说"), ("Fine, thanks.", "Fine, thanks."),
    ],
)  # fmt: skip
def test_final_stops_of_chinese_lines_are_dropped_where_that_is_wanted(text: str, without: str) -> None:
    track = Track("x.srt", "srt", (Cue(0, 1000, text),), (1,), "utf-8", b"")
    assert wrapped(track, Limits(final_stops=False)).cues[0].text == without
    assert wrapped(track, Limits()).cues[0].text == text


def test_wrap_takes_the_limits_of_the_project_unless_a_preset_is_named(tmp_path: Path) -> None:
    (tmp_path / "bilect.toml").write_text('[subtitles]\npreset = "bilibili"\nchinese_width = 8\n', "utf-8")
    (tmp_path / "zh.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\n我们先看风险，再看模型。\n\n", "utf-8")
    shown = bilect("subs", "wrap", "zh.srt", cwd=tmp_path)
    assert shown.stdout.splitlines()[2:4] == ["我们先看风险", "再看模型"]
    shown = bilect("subs", "wrap", "zh.srt", "--preset", "ted", "--stops", "drop", cwd=tmp_path)
    assert shown.stdout.splitlines()[2] == "我们先看风险，再看模型"


def test_chinese_lines_end_between_words_and_never_before_a_particle() -> None:
    track = read_srt("1\n00:00:01,000 --> 00:00:02,000\n我们用机器学习的方法来预测病人的风险\n".encode(), "x.srt")
    lines = wrapped(track, Limits(42, 8, 2)).cues[0].text.split("\n")
    assert not [line for line in lines[1:] if line[0] in "的，。"]
    assert all(any(word in line for line in lines) for word in ("机器", "学习", "方法", "预测", "病人", "风险"))


def test_both_commands_in_a_terminal(tmp_path: Path) -> None:
    shown = bilect("subs", "shift", EN, "-1s", "-o", "out.srt", cwd=tmp_path)
    assert (shown.status, shown.stdout, shown.stderr) == (0, "", "56 of 56 cues moved by -1 s.\n")
    assert (tmp_path / "out.srt").read_bytes().startswith(b"1\n00:00:00,200 --> 00:00:01,640\n")
    shown = bilect("subs", "wrap", "-", "--width", "42,16", cwd=tmp_path, stdin=LONG.encode())
    assert shown.status == 0
    assert shown.stderr == "warning: -: 1 cue does not fit 2 lines: line 7\n1 of 2 cues broken anew.\n"
    shown = bilect("subs", "shift", EN, "-5s", "--from", "0:09", cwd=tmp_path)
    assert ".srt:15: the cue now starts at 00:00:04,080, before the one above it ends\n" in shown.stderr


def test_what_cannot_be_done_is_one_line_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "en.srt").write_bytes(EN.read_bytes())
    cases = {
        ("shift", "en.srt", "-1.5s"): "en.srt:2: the cue at 00:00:01,200 would come 0.3 s before 0 (move it by",
        ("shift", "en.srt", "999:00:00"): "would end after 99:59:59,999 (move it by less)",
        ("shift", "en.srt", "-3d"): "'-3d' is no time: write 2s",
        ("shift", "en.srt", "2s", "-o", "en.srt"): "en.srt: is an input, and is not overwritten",
        ("shift", "en.srt", "2s", "-o", "x.doc"): "x.doc: no subtitle format has the suffix '.doc'",
        ("shift", "none.srt", "2s"): "none.srt: there is no such file",
        ("wrap", "en.srt", "--width", "2"): "'2' is no width: write 42, or 42,16, from 4 to 500",
        ("wrap", "-"): "is empty",
    }
    for arguments, message in cases.items():
        shown = bilect("subs", *arguments, cwd=tmp_path)
        assert (shown.status, shown.stdout, shown.stderr.count("\n")) == (2, "", 1), shown.stderr
        assert message in shown.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["en.srt"]
    assert (tmp_path / "en.srt").read_bytes() == EN.read_bytes()


def test_hours_of_many_digits_are_written_again() -> None:
    track = read_srt(b"1\n999999999:00:01,000 --> 999999999:00:02,000\n" + b"word " * 20 + b"\n\n", "x.srt")
    assert read_srt(retimed_bytes(wrapped(track, LIMITS["ted"]))).cues[0].start_ms == track.cues[0].start_ms
