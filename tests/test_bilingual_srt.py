"""A bilingual track has every cue of both tracks once, in order, in lines that can be read."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
import srt
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import Cue, TrackPairing, pair_tracks
from pipeline.align.course import Course
from pipeline.exporters.base import Material, TrackPairFiles
from pipeline.exporters.shared_cues import shares
from pipeline.exporters.subtitles import bilingual_cues, bilingual_events, bilingual_srt, bilingual_tracks
from pipeline.model import TrackPair
from pipeline.subtitles.layout import chinese_lines, english_lines, width
from pipeline.subtitles.limits import LIMITS
from pipeline.subtitles.srt_format import read_srt

SAMPLE = Path(__file__).parent.parent / "source_docs" / "sample-lecture"
EN, ZH = (read_srt((SAMPLE / f"risk-stratification.{language}.srt").read_bytes()).cues for language in ("en", "zh"))
HAN = re.compile("[一-鿿]")


def bare(text: str) -> str:
    return "".join(text.split())


def merged(en: list[Cue], zh: list[Cue], *pairs: tuple[tuple[int, ...], tuple[int, ...]]) -> tuple[Cue, ...]:
    paired_en, paired_zh = ({place for pair in pairs for place in pair[side]} for side in (0, 1))
    pairing = TrackPairing(
        pairs=tuple(TrackPair(left, right, 1.0) for left, right in pairs),
        en_only=tuple(place for place in range(len(en)) if place not in paired_en),
        zh_only=tuple(place for place in range(len(zh)) if place not in paired_zh),
    )
    return bilingual_cues(en, zh, pairing)


# --- the sample lecture


def test_the_sample_lecture_has_each_cue_once_and_both_languages_in_every_event() -> None:
    cues = bilingual_cues(EN, ZH, pair_tracks(EN, ZH))
    said = [bare(cue.text) for cue in cues]
    assert all(HAN.search(text) and re.search("[a-z]", text) for text in said)
    lines = [line for cue in cues for line in cue.text.split("\n")]
    assert bare("".join(line for line in lines if HAN.search(line))) == bare("".join(cue.text for cue in ZH))
    assert bare("".join(line for line in lines if not HAN.search(line))) == bare("".join(cue.text for cue in EN))
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(cues))


def test_the_sample_lecture_has_lines_that_can_be_read() -> None:
    for cue in bilingual_cues(EN, ZH, pair_tracks(EN, ZH)):
        chinese = [line for line in cue.text.split("\n") if HAN.search(line)]
        english = [line for line in cue.text.split("\n") if not HAN.search(line)]
        assert cue.text == "\n".join(chinese + english)
        assert max(map(width, chinese)) <= 16
        assert max(map(len, english)) <= 42
        assert len(chinese) <= 2


def test_english_can_stand_above() -> None:
    cues = bilingual_cues(EN, ZH, pair_tracks(EN, ZH), "en-zh")
    assert cues[0].text == "Good morning, everyone.\n大家早上好"


def test_the_file_is_numbered_and_read_by_srt() -> None:
    data = bilingual_srt(EN, ZH, pair_tracks(EN, ZH))
    parts = list(srt.parse(data.decode()))
    assert [part.index for part in parts] == list(range(1, len(parts) + 1))
    assert read_srt(data).findings == ()
    assert data.startswith("1\n00:00:01,200 --> 00:00:02,640\n大家早上好\nGood morning, everyone.\n\n2\n".encode())


def test_a_shifted_track_gives_the_same_file_at_english_times() -> None:
    late = [Cue(cue.start_ms + 2000, cue.end_ms + 2000, cue.text) for cue in ZH]
    shifted, plain = (bilingual_cues(EN, zh, pair_tracks(EN, zh)) for zh in (late, ZH))
    assert [cue.text for cue in shifted] == [cue.text for cue in plain]
    assert max(abs(a.start_ms - b.start_ms) for a, b in zip(shifted, plain, strict=True)) <= 100


def test_the_exporter_writes_a_file_for_each_talk_and_says_where_its_tracks_are_out_of_step() -> None:
    en, zh = (
        read_srt((SAMPLE / f"risk-stratification.{name}.srt").read_bytes(), f"a.{name}.srt") for name in ("en", "zh")
    )
    jumping = [*ZH[:30], *(Cue(cue.start_ms + 9000, cue.end_ms + 9000, cue.text) for cue in ZH[30:])]
    tracks = (TrackPairFiles("talk", en, zh), TrackPairFiles("b/jump", en, replace(zh, cues=tuple(jumping))))
    talk, jump = bilingual_tracks(Material(Course("c", "c", (), ()), tracks=tracks))
    assert (talk.path, talk.source, talk.findings) == ("talk.srt", "a.en.srt", ())
    assert talk.data == bilingual_srt(EN, ZH, pair_tracks(EN, ZH))
    assert [(finding.code, finding.path) for finding in jump.findings] == [("ST107", "a.zh.srt")]


def test_lines_are_those_of_the_project() -> None:
    limits = LIMITS["bilibili"]._replace(english_width=24, chinese_width=12)
    en, zh = (
        [Cue(0, 5000, "Some sleep well, and the others do not.")],
        [Cue(0, 5000, "有些人睡得很好，其他人却不是这样。")],
    )
    pairing = TrackPairing((TrackPair((0,), (0,), 1.0),), (), ())
    (event,) = bilingual_events(en, zh, pairing, limits=limits)
    assert (event.zh, event.en) == ("有些人睡得很好\n其他人却不是这样", "Some sleep well,\nand the others do not.")


# --- pairs as events


def test_a_short_pair_is_one_event_from_the_first_start_to_the_last_end() -> None:
    cues = merged([Cue(1000, 2000, "Stop."), Cue(5000, 6000, "Go.")], [Cue(1100, 2300, "停"), Cue(4900, 6000, "走")],
                  ((0,), (0,)), ((1,), (1,)))  # fmt: skip
    assert cues == (Cue(1000, 2300, "停\nStop."), Cue(4900, 6000, "走\nGo."))


def test_a_long_pair_is_cut_where_both_languages_change() -> None:
    en = [
        Cue(0, 3000, "So when we look at the patients of a clinic,"),
        Cue(3000, 6000, "we see that some of them never come back,"),
    ]
    zh = [Cue(0, 2900, "所以当我们去看一家诊所的病人时"), Cue(2950, 6000, "会发现其中一些人再也没有回来过")]
    cues = merged(en, zh, ((0, 1), (0, 1)))
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(0, 3000), (3000, 6000)]


def test_english_keeps_its_time_where_chinese_of_the_sentence_before_lasts_longer() -> None:
    cues = merged([Cue(0, 2000, "One."), Cue(2000, 4000, "Two.")], [Cue(0, 2600, "一"), Cue(2600, 4000, "二")],
                  ((0,), (0,)), ((1,), (1,)))  # fmt: skip
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(0, 2000), (2000, 4000)]


def test_cues_without_partner_stand_alone() -> None:
    cues = merged([Cue(0, 2000, "One."), Cue(3000, 4000, "[Music]")], [Cue(0, 2000, "一"), Cue(8000, 9000, "字幕：小明")],
                  ((0,), (0,)))  # fmt: skip
    assert [cue.text for cue in cues] == ["一\nOne.", "[Music]", "字幕：小明"]


def test_a_chinese_cue_without_partner_joins_the_event_of_its_time() -> None:
    cues = merged(
        [Cue(0, 4000, "See figure two.")], [Cue(0, 2000, "请看图二"), Cue(1000, 3000, "图二：风险曲线")], ((0,), (0,))
    )
    assert [cue.text for cue in cues] == ["请看图二\n图二：风险曲线\nSee figure two."]


def test_an_empty_cue_gives_no_blank_line() -> None:
    assert merged([Cue(0, 2000, "One.")], [Cue(0, 2000, "")], ((0,), (0,)))[0].text == "One."


def test_a_cue_without_text_takes_no_time_from_others() -> None:
    en = [Cue(0, 2000, "See figure"), Cue(2000, 3000, " "), Cue(3000, 5000, "two.")]
    zh = [Cue(0, 5000, "请看图二"), Cue(1000, 2000, "")]
    assert merged(en, zh, ((0, 2), (0,))) == (Cue(0, 5000, "请看图二\nSee figure\ntwo."),)


# --- one Chinese cue over several English ones

LONG_EN = [
    Cue(0, 3_000, "If you pick names at random,"),
    Cue(3_000, 6_000, "most of the calls that the three nurses make"),
    Cue(6_000, 9_000, "will not reach anybody who is at risk,"),
    Cue(9_000, 12_000, "and that is what a model is for."),
]
LONG_ZH = Cue(0, 12_000, "随机挑选名字的话，护士打的大多数电话都找不到有风险的人，而这正是模型的用处。")


def test_a_chinese_cue_over_several_english_ones_is_cut_onto_their_times() -> None:
    cues = merged(LONG_EN, [LONG_ZH], ((0, 1, 2, 3), (0,)))
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(0, 6_000), (6_000, 12_000)]
    assert bare("".join("".join(HAN.findall(cue.text)) for cue in cues)) == "".join(HAN.findall(LONG_ZH.text))
    for cue in cues:
        lines = cue.text.split("\n")
        assert max(sum(bool(HAN.search(line)) is side for line in lines) for side in (True, False)) <= 2


def test_a_chinese_cue_over_english_that_fits_stays_whole() -> None:
    en = [Cue(0, 2_000, "If you pick names at random,"), Cue(2_000, 4_000, "most calls are wasted.")]
    (cue,) = merged(en, [Cue(0, 4_000, "随机挑选 大多数电话都白打了")], ((0, 1), (0,)))
    assert cue.text == "随机挑选 大多数电话都白打了\nIf you pick names at random,\nmost calls are wasted."


def test_what_is_shown_for_too_long_is_cut_though_its_lines_are_few() -> None:
    en = [Cue(0, 4_500, "So we wait."), Cue(4_500, 9_000, "And then we look.")]
    cues = merged(en, [Cue(0, 9_000, "我们等着，然后再看。")], ((0, 1), (0,)))
    assert cues == (Cue(0, 4_500, "我们等着，\nSo we wait."), Cue(4_500, 9_000, "然后再看。\nAnd then we look."))


def test_a_chinese_cue_of_fewer_words_than_parts_stays_whole() -> None:
    (cue,) = merged(LONG_EN, [Cue(0, 12_000, "好")], ((0, 1, 2, 3), (0,)))
    assert cue.text.startswith("好\n")


def test_a_tag_that_stands_over_a_cut_is_closed_and_opened_again() -> None:
    cues = merged(LONG_EN, [Cue(0, 12_000, f"<i>{LONG_ZH.text}</i>")], ((0, 1, 2, 3), (0,)))
    assert all(cue.text.count("<i>") == cue.text.count("</i>") == 1 for cue in cues)


TWO_EN = [
    Cue(0, 3_000, "A model that is trained on the records of a clinic will see all"),
    Cue(3_000, 6_000, "that the doctors of this clinic wrote in the years before."),
]
TWO_ZH = [Cue(0, 900, "大家都知道，"), Cue(900, 6_000, "用诊所记录训练的模型会看到 医生前几年写下的一切")]


def test_several_chinese_cues_are_cut_where_the_english_would_have_more_lines_than_may_be() -> None:
    cues = merged(TWO_EN, TWO_ZH, ((0, 1), (0, 1)))
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(0, 3_000), (3_000, 6_000)]
    assert ["".join(HAN.findall(cue.text)) for cue in cues] == [
        "大家都知道用诊所记录训练的模型会看到",
        "医生前几年写下的一切",
    ]
    assert all(sum(not HAN.search(line) for line in cue.text.split("\n")) == 2 for cue in cues)


def test_several_chinese_cues_stay_whole_where_a_part_would_be_a_flash() -> None:
    flash = [TWO_EN[0], Cue(3_000, 3_400, TWO_EN[1].text)]
    (cue,) = merged(flash, [TWO_ZH[0], Cue(900, 3_400, TWO_ZH[1].text)], ((0, 1), (0, 1)))
    assert (cue.start_ms, cue.end_ms) == (0, 3_400)


def test_several_chinese_cues_stay_whole_where_one_english_cue_is_too_long_by_itself() -> None:
    en = [Cue(0, 4_000, f"{TWO_EN[0].text} that the doctors wrote"), Cue(4_000, 5_000, "before.")]
    zh = [TWO_ZH[0], Cue(900, 5_000, TWO_ZH[1].text)]
    assert len(merged(en, zh, ((0, 1), (0, 1)))) == 1


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 6_000), st.sampled_from(["So", "we go on", "to the next of the topics."])), max_size=12),
    st.lists(st.sampled_from(["所以", "数据，", "向量", "AUC ", "3.5 ", "为什么？", "\n"]), max_size=30),
    st.sampled_from(sorted(LIMITS)),
)  # fmt: skip
def test_every_character_of_a_cut_cue_is_there_once_and_in_order(
    said: list[tuple[int, str]], words: list[str], preset: str
) -> None:
    ends = list(accumulate(duration for duration, _ in said))
    en = [Cue(end - duration, end, text) for end, (duration, text) in zip(ends, said, strict=True)]
    if not en:
        return
    zh = Cue(0, ends[-1], "".join(words))
    parts = shares(en, [zh], LIMITS[preset])
    assert [cue for part in parts for cue in part.en] == en
    assert bare("".join(cue.text for part in parts for cue in part.zh)) == bare(zh.text)
    assert parts[0].zh[0].start_ms == 0
    assert parts[-1].zh[-1].end_ms == ends[-1]
    assert all(cue.text for part in parts[1:] for cue in part.zh)


# --- lines


@pytest.mark.parametrize(
    "lines",
    [
        "Short enough",
        "a line|and another",
        "If you reach fifteen points,|you are sent for a blood test.",
        "which is one of the reasons|why we look at the data twice",
        "<i>one of the reasons why we look</i>|at <b>all the data</b> twice or more",
        "- Is that high?|- It depends on what we would do next,|I think, and on the cost",
    ],
)
def test_english_is_broken_where_it_reads_well(lines: str) -> None:
    given_text = re.sub(r"\|(?!-)", " ", lines).replace("|", "\n") if len(lines) > 42 else lines.replace("|", "\n")
    assert english_lines(given_text).split("\n") == lines.split("|")


@pytest.mark.parametrize(
    "lines",
    [
        "这就是风险分层",
        "如果模型看到了确诊后才开的药，|它在实验室里会显得很出色",
        "按照坏事发生的可能性|给人群进行排序并分组",
        "模型用了 gradient boosting| 和 random forest 两种方法",
    ],
)
def test_chinese_is_broken_at_marks_and_between_words(lines: str) -> None:
    assert chinese_lines(lines.replace("|", "")).split("\n") == [line.strip() for line in lines.split("|")]


def test_a_word_longer_than_a_line_is_not_broken() -> None:
    assert english_lines("x" * 60) == "x" * 60
    assert chinese_lines("x" * 60 + " 好") == "x" * 60 + "\n好"


MIXED = st.text(st.sampled_from("风险分层的模型，。！？（）“” \nab1<i>{-–的了3.%"), max_size=80)


@given(MIXED)
def test_breaking_lines_changes_nothing_but_blanks(text: str) -> None:
    assert bare(chinese_lines(text)) == bare(text)
    assert bare(english_lines(text)) == bare(text)


@given(
    st.lists(st.sampled_from(["risk", "a", "of", "patients,", "stratification", "the", "is."]), min_size=1, max_size=14)
)
def test_english_lines_keep_to_their_width(words: list[str]) -> None:
    assert all(len(line) <= 42 for line in english_lines(" ".join(words)).split("\n"))


# --- what holds for every pair of tracks (law 5)


def tracks(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[Cue]]:
    """Tracks whose cues do not overlap; each text ends in a mark of its own."""
    times = st.tuples(st.integers(0, 2_500), st.integers(0, 6_000))

    def built(parts: list[tuple[tuple[int, int], str]]) -> list[Cue]:
        cues, end = [], 0
        for number, ((gap, duration), text) in enumerate(parts):
            cues.append(Cue(end + gap, end + gap + duration, f"{text}#{number};"))
            end = cues[-1].end_ms
        return cues

    return st.lists(st.tuples(times, texts), max_size=14).map(built)


ENGLISH = tracks(
    st.sampled_from(
        ["", "So ", "a vector of data ", "Why? ", "and then we go on to the next of the topics ", "It ends.\n"]
    )
)
CHINESE = tracks(st.sampled_from(["", "所以", "数据的向量", "为什么？好", "然后 我们继续来看下一个主题", "结束\n了"]))


def marks(cues: tuple[Cue, ...] | list[Cue]) -> list[str]:
    return sorted(re.findall(r"#\d+;", "".join(bare(cue.text) for cue in cues)))


@settings(deadline=None)
@given(ENGLISH, CHINESE, st.sampled_from(["zh-en", "en-zh"]), st.integers(-9_000, 9_000))
def test_every_cue_is_accounted_for(en: list[Cue], zh: list[Cue], order: str, offset: int) -> None:
    zh = [Cue(max(0, cue.start_ms + offset), max(0, cue.end_ms + offset), cue.text) for cue in zh]
    cues = bilingual_cues(en, zh, pair_tracks(en, zh), "en-zh" if order == "en-zh" else "zh-en")
    assert marks(cues) == marks([*en, *zh])
    assert sum(len(bare(cue.text)) for cue in cues) == sum(len(bare(cue.text)) for cue in (*en, *zh))
    assert all(before.start_ms <= after.start_ms for before, after in pairwise(cues))
    assert all(cue.start_ms <= cue.end_ms for cue in cues)
    if offset >= 0:  # the rest would not start before 0, and so overlap
        assert all(before.end_ms <= after.start_ms for before, after in pairwise(cues))
    parts = list(srt.parse(bilingual_srt(en, zh, pair_tracks(en, zh)).decode()))
    assert [part.index for part in parts] == list(range(1, len(cues) + 1))


def test_a_text_that_is_no_subtitle_keeps_its_lines() -> None:
    assert english_lines("word " * 2_000) == "word " * 2_000


# --- lines as they are


@given(
    st.lists(
        st.tuples(st.sampled_from(["one two three", "a long line " * 6, "- A\n- B"]), st.integers(1, 9_000)),
        min_size=1,
        max_size=6,
    )
)
def test_without_wrapping_each_cue_keeps_its_lines_and_long_pairs_are_still_cut(said: list[tuple[str, int]]) -> None:
    ends = list(accumulate(duration for _, duration in said))
    en = [Cue(end - duration, end, text) for (text, duration), end in zip(said, ends, strict=True)]
    zh = [Cue(0, ends[-1], "我们先看风险，再看模型，最后看看它们在医院里怎么用。" * 2)]
    pairing = TrackPairing((TrackPair(tuple(range(len(en))), (0,), 1.0),), (), ())
    kept, broken = (
        bilingual_events(en, zh, pairing, limits=LIMITS["netflix"]._replace(wrap=wrap)) for wrap in (False, True)
    )
    assert [(event.start_ms, event.end_ms) for event in kept] == [(event.start_ms, event.end_ms) for event in broken]
    assert "\n".join(event.en for event in kept) == "\n".join(cue.text for cue in en)
    assert not any("\n" in event.zh for event in kept)
    assert "".join(event.zh for event in kept) == zh[0].text
