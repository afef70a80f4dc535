"""The rules on one subtitle track: what each finds, what it leaves alone, and that many findings are told as few."""

from __future__ import annotations

import shutil
import wave
from pathlib import Path

import pytest

from pipeline.model import Cue, Finding
from pipeline.project.media import with_media
from pipeline.subtitles.limits import LIMITS
from pipeline.subtitles.track import Track
from pipeline.validator.base import findings
from pipeline.validator.track_media import TrackOfMedia
from pipeline.validator.tracks import CheckedTrack


def track(*cues: tuple[int, int, str], path: str = "talk.srt") -> Track:
    """A track of cues, each with its times in ms; the times of cue n stand on line 4n - 2."""
    lines = tuple(range(2, 4 * len(cues) + 1, 4))
    return Track(path, "srt", tuple(Cue(*cue) for cue in cues), lines, "utf-8", b"")


def found(subject: Track, code: str) -> list[Finding]:
    return [finding for finding in findings(CheckedTrack(subject)) if finding.code == code]


GOOD = (
    (1_000, 3_000, "So what is a vector?"),
    (3_000, 6_000, "A vector has <i>a length</i>\nand a direction."),
    (6_500, 9_000, "It is an arrow."),
)
CHINESE = ((1_000, 3_000, "那么，向量是什么？"), (3_000, 6_000, "向量有<i>长度</i>\n也有方向。"))


@pytest.mark.parametrize(
    "good",
    [
        track(),
        track(*GOOD),
        track(*GOOD, path="talk.en.srt"),
        track(*CHINESE, path="talk.zh.srt"),
        track((0, 4_000, "那么，向量是什么呢？大家来想一想\n想好了再看\nSo what is a vector?\nThink about it.")),
    ],
)
def test_a_good_track_has_no_finding(good: Track) -> None:
    assert list(findings(CheckedTrack(good))) == []


@pytest.mark.parametrize(
    ("code", "severity", "line", "message", "bad"),
    [
        ("ST110", "warning", 6, "this cue begins 0.5 s before", [(0, 2_000, "One."), (1_500, 3_000, "Two.")]),
        ("ST110", "info", 6, "this cue begins 0.001 s before", [(0, 2_000, "One."), (1_999, 3_000, "Two.")]),
        ("ST111", "info", 6, "only 40 ms lie", [(0, 2_000, "One."), (2_040, 3_000, "Two.")]),
        ("ST112", "info", 2, "this cue is shown for 0.832 s only", [(0, 832, "One.")]),
        ("ST113", "info", 2, "this cue is shown for 7.001 s", [(0, 7_001, "One.")]),
        ("ST114", "info", 2, "21.0 characters a second, of which 20", [(0, 1_000, "x" * 21)]),
        ("ST114", "warning", 2, "31.0 characters a second, of which 20", [(0, 1_000, "x" * 31)]),
        ("ST114", "info", 2, "10.0 characters a second, of which 9", [(0, 1_000, "向量是有方向的量啊啊")]),
        ("ST114", "warning", 2, "14.0 characters a second, of which 9", [(0, 1_000, "向" * 14)]),
        ("ST114", "warning", 2, "14.0 characters", [(0, 1_000, "向" * 14 + "\nA vector.")]),
        ("ST115", "info", 2, "a line is 43 characters long, 42 fit", [(0, 5_000, "x" * 43)]),
        ("ST115", "info", 2, "a line is 16.5 characters long, 16 fit", [(0, 5_000, "向" * 16 + "x")]),
        ("ST115", "info", 2, "this cue has 3 lines", [(0, 5_000, "a\nb\nc")]),
        ("ST116", "warning", 2, "this cue holds no text", [(0, 2_000, "<i> \u200b</i>&nbsp;")]),
        ("ST117", "warning", 2, "<i> is not closed", [(0, 2_000, "<b>so</b> <i>one")]),
        ("ST117", "warning", 2, "</font> closes nothing", [(0, 2_000, "one</font>")]),
        ("ST118", "warning", 2, "“No transcript found.” is not", [(0, 2_000, "<i>No transcript found.</i>")]),
        ("ST118", "warning", 2, "“请不吝点赞” is not", [(0, 2_000, "请不吝点赞 订阅")]),
    ],
)
def test_what_is_wrong_with_a_cue_is_found(
    code: str, severity: str, line: int, message: str, bad: list[tuple[int, int, str]]
) -> None:
    (finding,) = found(track(*bad), code)
    assert (finding.severity, finding.line) == (severity, line)
    assert finding.message.startswith(message)
    assert finding.fix


@pytest.mark.parametrize(
    ("code", "fine"),
    [
        ("ST110", [(0, 2_000, "向量"), (0, 2_000, "A vector")]),
        ("ST110", [(0, 2_000, "A vector"), (1_000, 3_000, r"{\an8}THE BOARD")]),
        ("ST110", [(2_000, 3_000, "Two."), (0, 2_000, "One.")]),  # disorder is another rule's
        ("ST111", [(0, 2_000, "One."), (2_083, 3_000, "Two.")]),
        ("ST112", [(0, 0, "One."), (0, 833, "Two.")]),  # so are cues that are never shown
        ("ST113", [(0, 7_000, "One.")]),
        ("ST114", [(0, 1_000, "<i>" + "x" * 20 + "</i>")]),
        ("ST114", [(0, 100, "Okay.")]),  # too short, not too much
        ("ST115", [(0, 5_000, f"<i>{'x' * 42}</i>\n{'向' * 16}")]),
        ("ST116", [(0, 2_000, "…")]),
        ("ST117", [(0, 2_000, "<b><i>one</b></i> if a<b, <v Anna>two"), (3_000, 4_000, "<I>one</i>")]),
        ("ST118", [(0, 4_000, "Go to example.com: there was no transcript found in 1850.")]),
    ],
)
def test_what_is_right_is_left_alone(code: str, fine: list[tuple[int, int, str]]) -> None:
    assert found(track(*fine), code) == []


@pytest.mark.parametrize(
    ("path", "text", "severity", "message"),
    [
        ("a/talk.en.srt", "所以，向量是什么？", "warning", "the name says English, the text is simplified Chinese"),
        (
            "talk.zh.srt",
            "So what is a vector?",
            "warning",
            "the name says simplified Chinese, the text is not in Chinese",
        ),
        (
            "talk.zh.srt",
            "So what is a vector, and what can we do with it? 向量",
            "warning",
            "the name says simplified Chinese, the text is mostly",
        ),
        ("talk.zh-TW.srt", "这个向量说的是什么？", "info", "the name says traditional Chinese, the text is simplified"),
    ],
)
def test_a_language_that_the_name_does_not_say_is_found(path: str, text: str, severity: str, message: str) -> None:
    (finding,) = found(track((0, 5_000, text), path=path), "ST119")
    assert (finding.severity, finding.line) == (severity, 1)
    assert finding.message.startswith(message)


@pytest.mark.parametrize(
    ("path", "text"),
    [("talk.srt", "向量"), ("talk.zh.srt", "這個向量說的是什麼？"), ("talk.zh.srt", "42"), ("talk.zh.srt", "")],
)
def test_a_name_that_says_nothing_else_is_right(path: str, text: str) -> None:
    assert found(track((0, 5_000, text), path=path), "ST119") == []


def test_a_thousand_infos_of_a_kind_are_one_finding_that_names_lines() -> None:
    (finding,) = found(track(*((n * 5_000, n * 5_000 + 5_000, "x" * 50) for n in range(1_000))), "ST115")
    assert finding.message == (
        "1,000 of 1,000 cues have lines that are too long or too many:"
        " lines 2, 6, 10, 14, 18, 22, 26, 30 and 992 more up to 3998"
    )


@pytest.mark.parametrize(("many", "told"), [(1, 1), (4, 4), (5, 4), (1_000, 4)])
def test_of_many_warnings_the_last_counts_the_others(many: int, told: int) -> None:
    warned = found(track(*((n * 5_000, n * 5_000 + 5_000, " ") for n in range(many))), "ST116")
    assert len(warned) == told
    if many == 5:
        assert warned[-1].message == "2 more cues hold no text: lines 14, 18"


SAID = ("那么向量是什么", "它有长度也有方向", "我们把它画成箭头")


def cues(*texts: str) -> Track:
    """A track with these texts, five seconds each."""
    return track(*((n * 5_000, n * 5_000 + 5_000, text) for n, text in enumerate(texts)))


def chinese(*texts: str) -> Track:
    """A Chinese track with ``texts`` at its end."""
    return cues(*SAID, *SAID, *SAID, *texts)


def bilingual(*texts: str) -> Track:
    """A track of both languages with ``texts`` at its end."""
    return cues(*(f"{text}\nWhat is a vector?" for text in SAID * 5), *texts)


@pytest.mark.parametrize(
    ("code", "message", "bad"),
    [
        ("ST120", "“and what can we do with it” is left in English", chinese("and what can we do with it?")),
        ("ST120", "“notice how the area changes” is left", chinese("所以 notice how the area changes")),
        ("ST120", "this cue is in Chinese, and the track", track(*(GOOD * 2), (9_000, 12_000, "它是一个箭头"))),
        ("ST121", "this cue has no Chinese", bilingual("It has a length.")),
        ("ST121", "this cue has no English", bilingual("它有长度")),
        ("ST122", "the languages do not stand as in most cues, Chinese", bilingual("An arrow.\n一个箭头")),
        ("ST122", "the languages do not stand", bilingual("这是\nThis is\n一个箭头\nan arrow")),
        ("ST123", "a line of this cue begins or ends with a blank", chinese("长度 \n方向")),
        ("ST124", "digits or Latin letters of this cue are full", chinese("一共有２５个")),
        ("ST118", "“翻译：人人影视字幕组” is not", chinese("翻译：人人影视字幕组")),
    ],
)
def test_what_is_wrong_with_a_text_is_found(code: str, message: str, bad: Track) -> None:
    told = found(bad, code)
    assert [finding.message.startswith(message) for finding in told][-1:] == [True]
    assert len(told) <= 3 + 1


@pytest.mark.parametrize(
    ("code", "fine"),
    [
        ("ST120", chinese("Grant Sanderson, New York", "f of x equals y", "用 Linear Algebra Done Right 这本书")),
        ("ST120", bilingual("It has a length.")),
        ("ST121", bilingual("[music]", "OK.", "42", "（掌声）", "so b is the sum\nb = sum(a)", "times（乘以） dz(i).")),
        ("ST121", chinese("It has a length.")),
        ("ST122", bilingual("It has a length.", "它有长度\n也有方向\nIt has a length")),
        ("ST123", chinese(" ", "长度\n方向", "它是一个箭头\n        —— 希尔伯特")),
        ("ST124", chinese("一共有 25 个，！")),
        ("ST118", chinese("我们来看字幕组的例子")),
    ],
)
def test_a_text_that_is_right_is_left_alone(code: str, fine: Track) -> None:
    assert found(fine, code) == []


def test_a_track_of_both_languages_in_cues_of_their_own_lacks_nothing() -> None:
    both = [cue for n in range(9) for cue in ((n, n + 1, SAID[0]), (n, n + 1, "And what can we do with it?"))]
    assert found(track(*both), "ST120") == []


@pytest.mark.parametrize(
    ("preset", "code", "cue", "is_found"),
    [
        ("netflix", "ST114", (0, 1_000, "向" * 8), False),
        ("netflix-child", "ST114", (0, 1_000, "向" * 8), True),
        ("netflix-sdh", "ST114", (0, 1_000, "向" * 11), False),
        ("ted", "ST112", (0, 900, "One."), True),
    ],
)
def test_the_limits_of_a_preset_count(preset: str, code: str, cue: tuple[int, int, str], is_found: bool) -> None:
    told = [finding.code for finding in findings(CheckedTrack(track(cue), LIMITS[preset]))]
    assert (code in told) == is_found


def test_a_cue_after_the_end_of_its_video_is_found() -> None:
    timed = TrackOfMedia(track(*GOOD, (9_000, 13_000, "Bye."), (20_000, 21_000, "Again.")), "talk.mp4", 10_500)
    assert [(each.line, each.message) for each in findings(timed)] == [
        (14, "this cue ends 2.5 s after the end of talk.mp4 (10.5 s)"),
        (18, "this cue begins 9.5 s after the end of talk.mp4 (10.5 s)"),
    ]


def test_a_last_cue_that_ends_a_little_late_is_right() -> None:
    assert list(findings(TrackOfMedia(track(*GOOD), "talk.mp4", 8_100))) == []


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_the_recording_beside_a_track_tells_its_end(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "talk.wav"), "wb") as recording:
        recording.setparams((1, 1, 8_000, 8_000 * 5, "NONE", ""))
        recording.writeframes(bytes(8_000 * 5))
    (timed,) = with_media(tmp_path, [track(*GOOD, path="talk.en.srt"), track(*GOOD, path="other.en.srt")])
    assert (timed.media, timed.length_ms) == ("talk.wav", 5_000)
