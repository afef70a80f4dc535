"""The rules on two tracks of a talk: what the Chinese leaves out or says otherwise, and that a check tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.align.tracks import pair_tracks
from pipeline.model import Cue, Finding, TrackPairing
from pipeline.project.work import checked
from pipeline.subtitles.srt_format import read_srt, srt_bytes
from pipeline.subtitles.track import Track
from pipeline.text.terms import Term, Terms
from pipeline.validator.base import findings
from pipeline.validator.numbers import missing_number
from pipeline.validator.track_pairs import PairedTracks

TALK = (
    ("A vector has a length and a direction.", "向量有长度和方向"),
    ("We draw every vector as an arrow.", "我们把每个向量画成箭头"),
    ("The arrow begins at the origin.", "箭头从原点出发"),
    ("Now take two vectors and add them.", "现在取两个向量相加"),
    ("Their sum is again a vector.", "它们的和还是向量"),
    ("A matrix moves every vector of the plane.", "矩阵移动平面上的每个向量"),
)


def talk(*more: tuple[str, str]) -> PairedTracks:
    """Two tracks of a talk that end with ``more``, English and Chinese; what has no Chinese has no cue there."""
    said = [*TALK, *more]
    times = [(place * 4_000, place * 4_000 + 3_900) for place in range(len(said))]
    en, zh = (
        read_srt(srt_bytes(Cue(*time, each[side]) for time, each in zip(times, said, strict=True) if each[side]), path)
        for side, path in ((0, "talk.en.srt"), (1, "talk.zh.srt"))
    )
    return PairedTracks(en, zh, pair_tracks(en.cues, zh.cues))


def found(tracks: PairedTracks, code: str) -> list[Finding]:
    return [finding for finding in findings(tracks) if finding.code == code]


LAST = ("So that is all for today.", "今天就到这里")


def test_tracks_that_say_the_same_have_no_finding() -> None:
    assert list(findings(talk(LAST))) == []


def test_a_sentence_without_chinese_is_found_at_its_english() -> None:
    (finding,) = found(talk(("Some prisoners would never discover the hidden strategy.", ""), LAST), "ST130")
    assert (finding.path, finding.line) == ("talk.en.srt", 26)
    assert finding.source.startswith("Some prisoners")


@pytest.mark.parametrize(
    ("english", "before"),
    [
        ("Okay, thank you.", "今天的内容"),
        ("The determinant measures the area.", "今天的内容，行列式衡量的就是面积的变化"),
        ("[The teacher writes on the long blackboard]", "今天的内容"),
    ],
)
def test_what_others_say_or_nobody_needs_is_not_missing(english: str, before: str) -> None:
    assert found(talk(("This is what we do today.", before), (english, ""), LAST), "ST130") == []


def test_a_number_that_differs_is_found_at_its_chinese() -> None:
    (finding,) = found(talk(("It takes 314 steps to get there.", "到那里需要341步"), LAST), "ST131")
    assert (finding.path, finding.line, finding.message) == ("talk.zh.srt", 26, "the number 314 is missing")
    assert finding.target == "到那里需要341步"


def test_a_number_in_the_next_cue_is_there() -> None:
    assert found(talk(("It takes 314 steps.", "一步一步来"), ("So many!", "要314步这么多")), "ST131") == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("one half, followed by 2/3 and 10/3", "从½开始 接着是⅔和 10⁄3"),
        ("between 100 and 400 billion stars", "一千億到四千億顆恆星"),
        ("5 billion billion hashes, of 21 million", "500亿亿个 共21000000个"),
        ("get 20% off", "享有 8 折優惠"),
        ("the corner 1,1,1 and 1,234", "(1, 1, 1)一角和1234"),
        ("centered at 1111", "球心在(1, 1, 1, 1)"),
        ("at 90 degree angles", "构成了直角"),
        ("100% clear, and 2 inputs", "很清楚"),
    ],
)
def test_numbers_said_in_another_form_are_there(english: str, chinese: str) -> None:
    assert missing_number(english, chinese) == ""


@pytest.mark.parametrize(
    ("english", "chinese", "missing"), [("in 1984", "在1994年", "1984"), ("3.14 or so", "大约3.41", "3.14")]
)
def test_other_numbers_are_missing(english: str, chinese: str, missing: str) -> None:
    assert missing_number(english, chinese) == missing


def test_a_term_in_other_words_than_the_glossary_is_an_info() -> None:
    tracks = talk(("The eigenvalue of it is large.", "它的特征值很大"), LAST)
    terms = Terms([Term("eigenvalue", ("本征值",)), Term("vector", ("向量",))])
    (finding,) = found(PairedTracks(tracks.en, tracks.zh, tracks.pairing, terms), "ST132")
    assert finding.severity == "info"
    assert finding.message == "'eigenvalue' is 本征值 in the glossary, and not here"


def test_tracks_of_different_lectures_are_told_once_and_compared_no_further() -> None:
    tracks = talk(("It takes 314 steps to get there.", "到那里需要341步"))
    warned = TrackPairing(tracks.pairing.pairs, (), (), warnings=("the tracks hardly agree in what they say",))
    assert [each.code for each in findings(PairedTracks(tracks.en, tracks.zh, warned))] == ["ST107"]


def written(folder: Path, track: Track, name: str) -> None:
    (folder / name).write_bytes(srt_bytes(track.cues))


def test_a_check_of_a_folder_compares_its_tracks(tmp_path: Path) -> None:
    tracks = talk(("It takes 314 steps to get there.", "到那里需要341步"), LAST)
    written(tmp_path, tracks.en, "talk.en.srt")
    written(tmp_path, tracks.zh, "talk.zh.srt")
    assert "ST131" in [each.code for each in checked([str(tmp_path)]).findings]


def test_a_bilingual_track_is_not_compared_with_its_english(tmp_path: Path) -> None:
    tracks = talk(("It takes 314 steps to get there.", "到那里需要341步"), LAST)
    both = tuple(
        Cue(en.start_ms, en.end_ms, f"{zh.text}\n{en.text}")
        for en, zh in zip(tracks.en.cues, tracks.zh.cues, strict=True)
    )
    written(tmp_path, tracks.en, "talk.en.srt")
    (tmp_path / "talk.srt").write_bytes(srt_bytes(both))
    assert [each.code for each in checked([str(tmp_path)]).findings if each.code >= "ST13"] == []
