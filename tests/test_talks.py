"""Tracks as pages of sentences: the same sentences whatever the cues, with their places, times and rooms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Cue
from pipeline.subtitles.sentences import spoken_sentences
from pipeline.subtitles.srt_format import read_srt, srt_bytes
from pipeline.subtitles.talk import talk_of

LECTURE = [
    Cue(1_000, 3_000, "Good morning. Today\nwe talk about triage,"),
    Cue(3_000, 5_000, "that is, about who is seen first."),
    Cue(6_000, 7_000, "[LAUGHTER]"),
    Cue(7_000, 9_000, "Dr. Li asks: why?"),
    Cue(9_000, 11_000, "- Because beds are few."),
]
SENTENCES = [
    "Good morning.",
    "Today we talk about triage, that is, about who is seen first.",
    "[LAUGHTER]",
    "Dr. Li asks: why?",
    "- Because beds are few.",
]


def texts(cues: list[Cue]) -> list[str]:
    return [sentence.text for sentence in spoken_sentences(cues, "en")]


def test_a_sentence_is_whole_whatever_the_cues() -> None:
    assert texts(LECTURE) == SENTENCES
    moved = [Cue(cue.start_ms * 2 + 700, cue.end_ms * 2 + 700, cue.text) for cue in LECTURE]
    assert texts(moved) == SENTENCES
    cut_anew = [Cue(1_000, 2_000, "Good morning."), Cue(2_000, 4_000, "Today we talk about"),
                Cue(4_000, 5_000, "triage, that is, about who is\nseen first."), *LECTURE[2:]]  # fmt: skip
    assert texts(cut_anew) == SENTENCES


def test_a_cue_that_says_two_sentences_gives_each_its_part_of_the_time() -> None:
    first, second, *_ = spoken_sentences(LECTURE, "en")
    assert (first.places, second.places) == ((0,), (0, 1))
    assert first.cues[0].text == "Good morning."
    assert second.cues[0].text == "Today we talk about triage,"
    assert first.cues[0].end_ms <= second.cues[0].start_ms
    assert first.shown_ms + second.shown_ms <= 4_000


def test_chinese_without_full_stops_ends_at_pauses_and_keeps_blanks() -> None:
    cues = [
        Cue(0, 1_000, "大家早上好"),
        Cue(1_500, 3_000, "上周我们讲了数据"),
        Cue(3_000, 4_000, "也看到了它们\n有多杂乱"),
    ]
    said = spoken_sentences(cues, "zh_CN")
    assert [sentence.text for sentence in said] == ["大家早上好", "上周我们讲了数据 也看到了它们 有多杂乱"]


def test_captions_without_full_stops_are_cut_where_they_pause() -> None:
    cues = [
        Cue(1_000 * i + 500 * (i // 10), 1_000 * i + 900 + 500 * (i // 10), "so this goes on and on") for i in range(40)
    ]
    lengths = [len(text) for text in texts(cues)]
    assert len(lengths) > 3
    assert max(lengths) <= 240


@given(st.lists(st.tuples(st.integers(0, 9_000), st.integers(0, 9_000), st.text(max_size=30)), max_size=12))
def test_every_word_of_every_cue_is_in_one_sentence(rows: list[tuple[int, int, str]]) -> None:
    cues = [Cue(start, end, text) for start, end, text in rows]
    for language in ("en", "zh_CN"):
        said = spoken_sentences(cues, language)
        parts: dict[int, str] = {}
        for sentence in said:
            for place, cue in zip(sentence.places, sentence.cues, strict=True):
                parts[place] = parts.get(place, "") + cue.text
        for place, cue in enumerate(cues):
            assert "".join(parts.get(place, "").split()) == "".join(cue.text.split())


def test_the_unit_of_a_sentence_knows_its_place_its_time_and_its_room() -> None:
    data = srt_bytes(LECTURE).replace(b"\n", b"\r\n")
    units = talk_of(read_srt(data, "talk.en.srt")).page.units
    assert [unit.text for unit in units] == SENTENCES
    first, second, *_ = units
    assert data[first.start : first.end] == b"Good morning."
    assert (first.line, first.column, second.line, second.column) == (3, 1, 3, 15)
    assert data[second.start : second.end].startswith(b"Today\r\nwe talk")
    assert data[: second.end].endswith(b"seen first.")
    assert units[3].note == "time 0:07–0:09 · 18 characters can be read in it"


def test_a_track_that_holds_both_languages_is_no_source() -> None:
    cues = [Cue(0, 1_000, "大家早上好\nGood morning, everyone."), Cue(1_000, 2_000, "我们开始吧\nLet us begin.")]
    assert talk_of(read_srt(srt_bytes(cues), "talk.srt")).page.units == ()
