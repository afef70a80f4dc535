"""What is said of tracks, of reading and of pairing them is told in Chinese, to the last word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from malformed import FILES
from spoken_chinese import in_english, left_in_english, speak_chinese
from test_malformed_subtitles import bytes_of
from test_subtitle_rules import GOOD, SAID, bilingual, track
from test_subtitle_rules import chinese as in_chinese
from test_track_pair_rules import LAST, talk
from test_tracks import EN, ZH, said_again
from test_tracks import moved as delayed

from pipeline.align.track_retiming import retiming_of
from pipeline.align.tracks import pair_tracks
from pipeline.model import Cue, PipelineError
from pipeline.subtitles.formats import format_of, read_track
from pipeline.subtitles.frame_rates import frame_rate
from pipeline.subtitles.retiming import milliseconds_of, shifted
from pipeline.subtitles.track import Track
from pipeline.text.said import said, words_of
from pipeline.text.series import listed
from pipeline.text.terms import Term, Terms
from pipeline.text.tongue import told
from pipeline.validator.base import findings
from pipeline.validator.track_media import TrackOfMedia
from pipeline.validator.track_pairs import PairedTracks
from pipeline.validator.tracks import CheckedTrack


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_chinese(monkeypatch)


def test_what_reading_a_malformed_file_finds_is_told_in_chinese() -> None:
    found = [each for name in FILES for each in read_track(bytes_of(FILES[name][0]), name).findings]
    assert {each.code for each in found} > {"ST101", "ST102", "ST104", "ST105"}
    assert left_in_english(found) == []


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.srt", b"", "没有字幕：文件是空的"),
        ("a.srt", b"Hello", "没有字幕：没有一行是字幕的时间：文件内容是 'Hello'"),
        ("a.vtt", b"WEBVTT\n\n0:1 --> 2\nHi\n\n00:01.000 --> 00:02.000\nHi\n", "时间无法读取，这条字幕已略去"),
        ("a.bcc", b"{}", "没有字幕：文件不是 Bilibili 的 JSON：没有名为 body 的列表"),
        ("a.ttml", b"<!DOCTYPE tt><tt/>", "没有字幕：文件不是可读取的 TTML：写有文档类型声明，而字幕用不到它"),
        ("a.ttml", b"<html/>", "没有字幕：文件不是可读取的 TTML：根元素是 <html>，不是 <tt>"),
        ("a.ass", b"[Events]\n", "没有字幕：没有一行是 Dialogue：文件内容是 '[Events]'"),
        ("a.vtt", b"1\n00:00:01,000 --> 00:00:02,000\nHi\n", "文件是 SRT，文件名却写着 VTT"),
        ("a.srt", b"7\r\n00:00:01,000 --> 00:00:02,000\r\nHi\r\n", "文件不是以 LF 换行的纯 UTF-8：以 CRLF 换行"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_in_chinese(name: str, data: bytes, message: str) -> None:
    found = [*read_track(data, name).findings]
    assert message in [told(each.message) for each in found]
    assert left_in_english(found) == []


@pytest.mark.parametrize(
    ("many", "end"), [(25, "；第 92、96、100、104、108 行也是如此"), (60, "到第 246 行为止的另外 30 行也是如此")]
)
def test_findings_that_repeat_are_told_in_chinese(many: int, end: str) -> None:
    cues = "".join(f"{n}\n00:00:{n:02},500 --> 00:00:{n:02},500\nHi\n\n" for n in range(1, many + 1))
    found = [each for each in read_track(cues.encode(), "a.srt").findings if each.code == "ST105"]
    assert told(found[-1].message).startswith("这条字幕不会显示：开始的同时就结束；")
    assert left_in_english(found) == []


BAD: tuple[Track, ...] = (
    track(*((n * 900, n * 900 + 2_000, f"<i>{'x' * 90}\nb\nc") for n in range(20))),
    track(*((n * 2_000, n * 2_000 + 2_001, "One.") for n in range(20))),
    track(*((n * 2_000, n * 2_000 + 1_960, "One.") for n in range(20))),
    track((0, 2_000, "One."), (1_000, 3_000, "</b>Two.")),
    track((0, 2_000, "One."), (2_040, 2_100, "Two."), (3_000, 13_000, "Three.")),
    track(*((n * 9_000, n * 9_000 + 8_000, " ") for n in range(6))),
    track(*((n * 9_000, n * 9_000 + 8_000, "No transcript found.") for n in range(6))),
    track(*((n * 100, n * 100 + 90, "One.") for n in range(6))),
    track(*((n * 9_000, n * 9_000 + 8_000, "One.") for n in range(6))),
    track(*((n * 1_000, n * 1_000 + 1_000, "向" * 14) for n in range(12))),
    track(*((n * 1_000, n * 1_000 + 1_000, "x" * 21) for n in range(12))),
    track(*(GOOD * 6), *((n * 9_000, n * 9_000 + 3_000, "它是一个箭头") for n in range(5))),
    track((0, 5_000, "所以，向量是什么？"), path="talk.en.srt"),
    track((0, 5_000, "So what is a vector?"), path="talk.zh.srt"),
    track((0, 5_000, "So what is a vector, and what can we do with it? 向量"), path="talk.zh.srt"),
    track((0, 5_000, "这个向量说的是什么？"), path="talk.zh-TW.srt"),
    in_chinese(*["and what can we do with it?"] * 5),
    in_chinese("长度 \n方向", "一共有２５个"),
    in_chinese(*["长度 \n方向", "一共有２５个"] * 12),
    bilingual("It has a length.", "它有长度", "An arrow.\n一个箭头"),
    bilingual(*["It has a length."] * 6, *["An arrow.\n一个箭头"] * 2),
    track(
        *((n * 5_000, n * 5_000 + 5_000, f"What is a vector?\n{SAID[0]}") for n in range(5)), (0, 5_000, "它\nIt is")
    ),
    track(
        *((n * 5_000, n * 5_000 + 5_000, f"What is a vector?\n{SAID[0]}") for n in range(5)),
        *((n * 5_000, n * 5_000 + 5_000, f"{SAID[0]}\nWhat is a vector?") for n in range(2)),
    ),
)


def test_what_is_wrong_with_a_track_is_told_in_chinese() -> None:
    found = [each for bad in BAD for each in findings(CheckedTrack(bad))]
    assert {each.code for each in found} == {f"ST{number}" for number in range(110, 125)}
    assert left_in_english(found) == []


def test_what_stands_after_the_end_of_a_video_is_told_in_chinese() -> None:
    cues = ((9_000, 13_000, "Bye."), *((n * 1_000, n * 1_000 + 900, "Again.") for n in range(20, 30)))
    found = [*findings(TrackOfMedia(track(*cues), "talk.mp4", 10_500))]
    assert told(found[0].message) == "这条字幕在 talk.mp4（10.5 s）结束 2.5 s 之后才结束"
    assert left_in_english(found) == []


def test_what_two_tracks_say_otherwise_is_told_in_chinese() -> None:
    tracks = talk(
        ("It takes 314 steps to get there.", "到那里需要341步"),
        ("The eigenvalue of it is large.", "它的特征值很大"),
        ("Some prisoners would never discover the hidden strategy.", ""),
        LAST,
    )
    terms = Terms([Term("eigenvalue", ("本征值", "本徵值"))])
    found = [*findings(PairedTracks(tracks.en, tracks.zh, tracks.pairing, terms))]
    assert {each.code for each in found} == {"ST130", "ST131", "ST132"}
    assert left_in_english(found) == []


@pytest.mark.parametrize(
    ("en", "zh", "message"),
    [
        (EN, [*ZH[:30], *delayed(ZH[30:], 9_000)], "；bilect subs sync ZH --to EN 可使两者同步"),
        (EN, ZH[:24], "32 条英文字幕中有 32 条没有中文"),
        (said_again(EN, 2), [*said_again(ZH, 2)[:59], *delayed(ZH, 440_000)], "条没有英文"),
        (
            EN,
            [Cue(cue.start_ms, cue.end_ms, other.text) for cue, other in zip(ZH, ZH[::-1], strict=True)],
            "可能不是同一讲",
        ),
        (ZH, EN, "两条字幕轨颠倒了：第一条是中文，第二条是英文"),
        (EN, EN, "两条字幕轨都是英文：只按时间配对"),
        (ZH, ZH, "两条字幕轨都是中文：只按时间配对"),
    ],
)
def test_what_cannot_be_paired_is_told_in_chinese(en: list[Cue], zh: list[Cue], message: str) -> None:
    warnings = pair_tracks(en, zh).warnings
    assert any(message in told(warning) for warning in warnings), list(map(told, warnings))
    assert [form for warning in warnings for form in in_english(warning)] == []


def test_why_a_track_cannot_be_put_in_step_is_told_in_chinese() -> None:
    others = [Cue(cue.start_ms, cue.end_ms, other.text) for cue, other in zip(ZH, ZH[::-1], strict=True)]
    problems = [retiming_of(zh, en).problem for zh, en in (([], EN), (ZH, EN[:1]), (others, EN))]
    assert all(problems)
    assert [form for problem in problems for form in in_english(problem)] == []


@pytest.mark.parametrize(
    "refused",
    [
        lambda: shifted(track(*GOOD), -9_000),
        lambda: shifted(track((0, 359_999_998, "One.")), 9_000),
        lambda: format_of("a.docx"),
        lambda: format_of("a.ttml").write([]),
    ],
)
def test_what_cannot_be_done_is_told_in_chinese(refused: Callable[[], object]) -> None:
    with pytest.raises(PipelineError) as error:
        refused()
    assert in_english(error.value.message) + in_english(error.value.remedy) == []


@pytest.mark.parametrize("refused", [lambda: frame_rate("x"), lambda: milliseconds_of("x")])
def test_what_is_no_time_is_told_in_chinese(refused: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="'x' is no") as error:
        refused()
    assert in_english(words_of(error.value)) == []


def test_lines_and_names_are_listed_as_in_chinese() -> None:
    assert told(said("lines {lines}", lines=listed(["3", "14", "15"]))) == "第 3、14、15 行"
    assert told(listed(map(str, range(3000)))).count("、") == 2999
