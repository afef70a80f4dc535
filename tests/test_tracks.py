"""Tracks that are cut differently are paired by what is said when; every cue of both is in the result once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import Cue, TrackPairing, pair_tracks
from pipeline.align.track_moved import moved as synchronised
from pipeline.align.track_retiming import retiming_of
from pipeline.align.track_sides import SharedWords
from pipeline.align.track_sync import Moment, Stretch, Sync, is_confirmed
from pipeline.subtitles.srt_format import read_srt

SAMPLE = Path(__file__).parent.parent / "source_docs" / "sample-lecture"
EN, ZH = (read_srt((SAMPLE / f"risk-stratification.{language}.srt").read_bytes()).cues for language in ("en", "zh"))

# Written by hand: how many cues, English and Chinese, say each sentence of the sample lecture. The seventh pair is two
# sentences, "Whom do you call first?" and "You can't call everybody …", which one Chinese cue ties together.
SENTENCES = (
    "1:1 2:2 1:2 1:1 1:2 2:1 3:3 2:2 3:2 1:1 1:1 2:3 1:1 3:2 1:1 2:3 2:2 1:1 2:3 2:3 1:1 1:1 3:2 1:2 1:1 1:1 1:1 1:1 1:1"
    " 1:1 2:3 1:1 3:2 1:1 3:3"
)


def gold() -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    pairs, left, right = [], 0, 0
    for counts in SENTENCES.split():
        en, zh = map(int, counts.split(":"))
        pairs.append((tuple(range(left, left + en)), tuple(range(right, right + zh))))
        left, right = left + en, right + zh
    return pairs


def moved(cues: Sequence[Cue], offset: int, drift: float = 1.0) -> list[Cue]:
    return [
        replace(cue, start_ms=round(cue.start_ms * drift) + offset, end_ms=round(cue.end_ms * drift) + offset)
        for cue in cues
    ]


def links(pairing: TrackPairing) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(pair.en, pair.zh) for pair in pairing.pairs]


def test_the_sample_lecture_is_paired_as_people_would() -> None:
    pairing = pair_tracks(EN, ZH)
    assert links(pairing) == gold()
    assert (pairing.en_only, pairing.zh_only, pairing.warnings) == ((), (), ())
    assert abs(pairing.offset_ms) < 100
    assert pairing.drift == 1.0
    assert min(pair.score for pair in pairing.pairs) > 0.2


@pytest.mark.parametrize("offset", [-4_300, -800, 800, 2_000, 15_000, 100_000])
def test_a_shifted_track_is_paired_the_same_and_the_shift_is_told(offset: int) -> None:
    pairing = pair_tracks(EN, moved(ZH, offset))
    assert links(pairing) == gold()
    assert abs(pairing.offset_ms + offset) < 150
    assert pairing.warnings == ()


@pytest.mark.parametrize("drift", [25 / 23.976, 23.976 / 25, 1.001])
def test_a_track_at_another_speed_is_paired_the_same(drift: float) -> None:
    pairing = pair_tracks(EN, moved(ZH, 500, drift))
    assert len(set(links(pairing)) & set(gold())) >= 33
    times = [(cue.start_ms * drift + 500) * pairing.drift + pairing.offset_ms - cue.start_ms for cue in ZH]
    assert max(map(abs, times)) < 500


def test_a_track_that_jumps_is_followed_and_said_to_jump() -> None:
    later = [*ZH[:30], *moved(ZH[30:], 9_000)]
    pairing = pair_tracks(EN, later)
    assert len(set(links(pairing)) & set(gold())) >= 33
    (warning,) = pairing.warnings
    assert re.search(r"the Chinese cues come (8\.[89]|9\.[01]) s (early|late)", warning)
    assert warning.endswith("; bilect subs sync ZH --to EN puts them in step")
    assert pair_tracks(EN, synchronised(later, retiming_of(later, EN)).cues).warnings == ()


def test_a_long_stretch_without_chinese_throws_what_follows_not_out_of_step() -> None:
    pairing = pair_tracks(said_again(EN, 3), [*ZH, *moved(ZH, 480_000)])
    (warning,) = pairing.warnings
    assert re.fullmatch(r"from 4:0\d to 8:0\d 5\d of 5\d English cues have no Chinese", warning)
    assert links(pairing)[:30] == gold()[:30]
    assert {place for pair in pairing.pairs for place in pair.zh} == set(range(2 * len(ZH)))


def test_a_small_jump_is_said_where_the_starts_agree_on_it() -> None:
    (warning,) = pair_tracks(EN, [*ZH[:30], *moved(ZH[30:], 3_000)]).warnings
    assert re.search(r"the Chinese cues come (2\.[89]|3\.[01]) s (early|late)", warning)


@pytest.mark.parametrize(("early", "confirmed"), [(3_000, False), (9_000, True)])
def test_starts_that_are_scattered_confirm_no_small_jump(early: int, confirmed: bool) -> None:
    sync = Sync(0.0, 1.0)
    scattered = [Moment(1_000 * place, 1_000 * place + early + 700 * (place % 7 - 3)) for place in range(1, 50)]
    alike = [Moment(1_000 * place, 1_000 * place + early + 70 * (place % 7 - 3)) for place in range(1, 50)]
    stretch = Stretch(0, 60_000, early)
    assert is_confirmed(stretch, scattered, sync) is confirmed
    assert is_confirmed(stretch, alike, sync)


def test_tracks_of_different_lectures_are_said_to_be_so() -> None:
    texts = [cue.text for cue in ZH][::-1]
    other = [replace(cue, text=text) for cue, text in zip(ZH, texts, strict=True)]
    pairing = pair_tracks(EN, other)
    assert any("different lectures" in warning for warning in pairing.warnings)


def test_cues_where_nobody_speaks_the_other_language_stay_alone() -> None:
    thanks = [Cue(220_000, 223_000, "字幕由志愿者制作"), Cue(223_000, 226_000, "欢迎指正")]
    music = [Cue(400_000, 404_000, "[Music]")]
    pairing = pair_tracks([*EN, *music], [*ZH, *thanks])
    assert links(pairing) == gold()
    assert (pairing.en_only, pairing.zh_only) == ((56,), (59, 60))


def test_places_are_those_of_the_order_given() -> None:
    pairing = pair_tracks(EN[::-1], [*ZH[30:], *ZH[:30]])
    there = {(tuple(sorted(55 - e for e in en)), tuple(sorted((z + 30) % 59 for z in zh))) for en, zh in links(pairing)}
    assert there == set(gold())


def test_a_cue_moves_to_the_sentence_that_says_it_when_the_times_mislead() -> None:
    en = [Cue(0, 3000, "The vaccine is safe."), Cue(3000, 6000, "Diabetes is common.")]
    zh = [Cue(0, 1500, "疫苗很安全"), Cue(1800, 4100, "糖尿病"), Cue(4100, 6000, "很常见")]
    assert links(pair_tracks(en, zh)) == [((0,), (0,)), ((1,), (1, 2))]


@pytest.mark.parametrize(("mark", "cues"), [("。", (0, 1)), ("，", (0,))])
def test_where_the_times_leave_it_open_a_sentence_is_over_at_its_full_stop(mark: str, cues: tuple[int, ...]) -> None:
    en = [Cue(0, 3000, "Look over there."), Cue(3000, 6000, "Never mind it."), Cue(6000, 8000, "Here we go.")]
    zh = [
        Cue(0, 2450, "看那边吧"),
        Cue(2450, 3850, "在那里呢" + mark),
        Cue(3850, 6000, "别管它了。"),
        Cue(6000, 8000, "走吧。"),
    ]
    assert links(pair_tracks(en, zh))[0] == ((0,), cues)


@pytest.mark.parametrize("side", [0, 1])
def test_a_track_without_cues_leaves_the_other_alone(side: int) -> None:
    given_tracks = [EN, ZH]
    given_tracks[side] = ()
    pairing = pair_tracks(given_tracks[0], given_tracks[1])
    assert pairing.pairs == ()
    assert (len(pairing.en_only), len(pairing.zh_only)) == (len(given_tracks[0]), len(given_tracks[1]))


@pytest.mark.parametrize("blank", ["", " \n\t", "\u3000"])
def test_a_cue_without_text_is_in_the_pair_in_whose_time_it_stands_and_moves_nothing(blank: str) -> None:
    en, zh = [*EN, Cue(-1, 0, blank)], [Cue(90_000, 500_000, blank), *ZH]
    en[20:20] = [Cue(EN[20].start_ms + 100, EN[21].end_ms, blank)]
    plain, pairing = pair_tracks(EN, ZH), pair_tracks(en, zh)
    assert (pairing.en_only, pairing.zh_only) == ((57,), ())
    (home,) = [pair for pair in pairing.pairs if 20 in pair.en]
    assert any(zh[place].start_ms < en[20].end_ms and zh[place].end_ms > en[20].start_ms for place in home.zh)
    assert (pairing.offset_ms, pairing.drift, pairing.warnings) == (plain.offset_ms, plain.drift, ())
    assert [(len({*pair.en} - {20}), len({*pair.zh} - {0})) for pair in pairing.pairs] == [
        (len(pair.en), len(pair.zh)) for pair in plain.pairs
    ]


TWO_EN = (Cue(0, 2_000, "Two patients are here."), Cue(2_000, 4_000, "One is seen first."))
TWO_ZH = (Cue(0, 2_000, "两个病人在这里"), Cue(2_100, 4_000, "其中一个先就诊"))


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("side", [0, 1])
def test_two_cues_of_which_one_is_empty_stay_in_step(place: int, side: int) -> None:
    both = [list(TWO_EN), list(TWO_ZH)]
    both[side][place] = replace(both[side][place], text="")
    pairing = pair_tracks(both[0], both[1])
    assert (pairing.offset_ms, pairing.drift) == (0, 1.0)
    (pair,) = pairing.pairs
    assert 1 - place in (pair.en, pair.zh)[side]


def test_one_cue_that_stands_beyond_the_other_track_is_moved_to_it() -> None:
    pairing = pair_tracks(TWO_EN, [Cue(60_000, 62_000, "两个病人在这里")])
    assert (links(pairing), pairing.offset_ms) == ([((0,), (0,))], -60_000)


def test_tracks_of_empty_cues_have_no_pairs() -> None:
    pairing = pair_tracks([Cue(0, 1_000, "")], [Cue(0, 1_000, "你好"), Cue(1_000, 2_000, " ")])
    assert (pairing.pairs, pairing.en_only, pairing.zh_only) == ((), (0,), (0, 1))


TEXTS_EN = st.sampled_from(
    ["", "So", "a vector of data", "Stop.", "Why?", "30 patients,", "[Music]", "Mr.", "and then we go on"]
)
TEXTS_ZH = st.sampled_from(["", "所以", "数据的向量", "停。", "为什么？好", "30位病人", "♪", "然后 我们继续"])
TIMES = st.tuples(st.integers(0, 120_000), st.integers(-500, 9_000))


def tracks(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[Cue]]:
    return st.lists(st.builds(lambda time, text: Cue(time[0], time[0] + time[1], text), TIMES, texts), max_size=25)


@settings(deadline=None)
@given(tracks(TEXTS_EN), tracks(TEXTS_ZH))
def test_every_cue_is_in_one_pair_or_alone(en: list[Cue], zh: list[Cue]) -> None:
    pairing = pair_tracks(en, zh)
    assert all(pair.en and pair.zh and 0 <= pair.score <= 1 for pair in pairing.pairs)
    places_en = Counter(place for pair in pairing.pairs for place in pair.en) + Counter(pairing.en_only)
    places_zh = Counter(place for pair in pairing.pairs for place in pair.zh) + Counter(pairing.zh_only)
    assert places_en == Counter(range(len(en)))
    assert places_zh == Counter(range(len(zh)))
    assert pairing == pair_tracks(en, zh)


def said_again(cues: Sequence[Cue], times: int) -> list[Cue]:
    return [cue for n in range(times) for cue in moved(cues, n * 240_000)]


def test_a_track_that_ends_early_is_said_to_have_no_chinese_from_there_on() -> None:
    pairing = pair_tracks(EN, ZH[:24])
    (warning,) = pairing.warnings
    assert re.fullmatch(r"from 1:21 to 3:12 32 of 32 English cues have no Chinese", warning)


def test_a_jump_too_far_to_follow_is_said_to_leave_both_sides_alone() -> None:
    pairing = pair_tracks(said_again(EN, 2), [*said_again(ZH, 2)[:59], *moved(ZH, 240_000 + 200_000)])
    assert sum("English cues have no Chinese" in warning for warning in pairing.warnings) == 1
    assert sum("Chinese cues have no English" in warning for warning in pairing.warnings) == 1


def test_a_jump_is_followed_from_where_it_is_when_half_of_what_comes_after_is_in_other_words() -> None:
    zh = said_again(ZH, 3)
    after = [replace(cue, text="啊") if place % 2 else cue for place, cue in enumerate(moved(zh[100:], 30_000))]
    found = links(pair_tracks(said_again(EN, 3), [*zh[:100], *after]))
    due = [
        (tuple(place + n * len(EN) for place in en), tuple(place + n * len(ZH) for place in zh))
        for n in range(3)
        for en, zh in gold()
    ]
    assert len(set(found) & set(due)) >= 100


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [(ZH, EN, "swapped"), (EN, EN, "both tracks are English"), (ZH, ZH, "both tracks are Chinese")],
)
def test_tracks_of_the_wrong_languages_are_said_to_be_so(
    first: Sequence[Cue], second: Sequence[Cue], what: str
) -> None:
    assert what in pair_tracks(first, second).warnings[0]


def test_what_a_sentence_shares_with_cues_is_the_same_in_whatever_order_it_is_asked_for() -> None:
    shared = SharedWords([{1: 500, 2: 30}], [(1,), (2, 3), (), (1, 2), (3,), (2,)])
    spans = [(2, 3), (3, 5), (0, 1), (1, 6), (0, 0), (0, 6), (6, 6)]
    whole = [500, 30, 0, 530, 0, 30]
    assert [shared.weights(0, first, last) for first, last in spans] == [whole[first:last] for first, last in spans]
