"""A track that is shifted, drifts or was cut anew is put in step with another track, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.align.track_moved import moved
from pipeline.align.track_retiming import Retiming, Stretch, retiming_of
from pipeline.model import Cue
from pipeline.subtitles.frame_rates import RATIOS, frame_rate
from pipeline.subtitles.srt_format import read_srt

SAMPLE = Path(__file__).parent.parent / "source_docs" / "sample-lecture"
EN, ZH = (read_srt((SAMPLE / f"risk-stratification.{language}.srt").read_bytes()).cues for language in ("en", "zh"))
HALF = EN[-1].end_ms // 2
CASES: dict[str, Callable[[int], float]] = {
    "nothing": lambda time: time,
    "two seconds late": lambda time: time + 2_000,
    "fifteen seconds late": lambda time: time + 15_000,
    "24 frames for 25": lambda time: time * 25 / 24,
    "25 frames for 23.976": lambda time: time * 23.976 / 25,
    "30 frames for 24": lambda time: time * 24 / 30,
    "slow, and a second late": lambda time: time * 1.001 + 1_000,
    "an ad break in the middle": lambda time: time + 60_000 * (time >= HALF),
    "eight seconds more, and slow": lambda time: (time + 8_000 * (time >= HALF)) * 1.001,
}


def timed(cues: Sequence[Cue], when: Callable[[int], float]) -> list[Cue]:
    rate = (when(1_000) - when(0)) / 1_000
    return [
        Cue(start := round(when(cue.start_ms)), start + round((cue.end_ms - cue.start_ms) * rate), cue.text)
        for cue in cues
    ]


def residuals(found: Sequence[Cue], due: Sequence[Cue]) -> list[int]:
    return [abs(cue.start_ms - other.start_ms) for cue, other in zip(found, due, strict=True)]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(
    ("track", "reference"), [(ZH, EN), (EN, ZH), (EN, EN), (ZH, ZH)], ids=["zh-en", "en-zh", "en", "zh"]
)
def test_a_track_is_put_in_step(name: str, track: Sequence[Cue], reference: Sequence[Cue]) -> None:
    late = timed(track, CASES[name])
    retiming = retiming_of(late, reference)
    back = moved(late, retiming)
    assert retiming.problem == ""
    assert back.misplaced == ()
    assert [cue.text for cue in back.cues] == [cue.text for cue in track]
    assert median(residuals(back.cues, track)) <= 150
    assert max(residuals(back.cues, track)) <= 400


@pytest.mark.parametrize(
    ("when", "ratio"),
    [
        (lambda time: time * 23.976 / 25, "25:23.976"),
        (lambda time: time * 25 / 24 + 3_000, "24:25"),
        (lambda time: time, ""),
    ],
)
def test_frame_rates_are_told_by_name(when: Callable[[int], float], ratio: str) -> None:
    assert retiming_of(timed(ZH, when), EN).ratio == ratio


def test_cues_of_what_was_cut_out_keep_their_place_and_are_told() -> None:
    reference = [
        cue for cue in timed(EN, lambda time: time - 30_000 * (time >= HALF)) if not HALF - 30_000 <= cue.end_ms < HALF
    ]
    reference.sort(key=lambda cue: cue.start_ms)
    back = moved(ZH, retiming_of(ZH, reference))
    assert [cue.text for cue in back.cues] == [cue.text for cue in ZH]
    assert [cue.start_ms for cue in back.cues] == sorted(cue.start_ms for cue in back.cues)
    assert back.misplaced


def test_a_track_that_repeats_itself_is_in_step_with_itself() -> None:
    twice = [*EN, *timed(EN, lambda time: time + 240_000)]
    assert retiming_of(timed(twice, lambda time: time + 3_000), twice).stretches[0].offset_ms == -3_000


@pytest.mark.parametrize(("track", "reference"), [(EN, EN), (ZH, EN)], ids=["en", "zh-en"])
def test_a_part_in_which_nothing_agrees_is_told(track: Sequence[Cue], reference: Sequence[Cue]) -> None:
    def astray(cue: Cue) -> Cue:
        by = (900, 3_100, 1_700, 4_300)[cue.start_ms // 5_000 % 4] if HALF <= cue.start_ms < 1.6 * HALF else 0
        return Cue(cue.start_ms + by, cue.end_ms + by, cue.text)

    found = retiming_of([astray(cue) for cue in track], reference)
    assert [stretch.is_sure for stretch in found.stretches] == [False]
    assert found.stretches[0].silent is not None
    first, last = found.stretches[0].silent
    assert HALF - 5_000 <= first <= HALF + 10_000
    assert 1.4 * HALF <= last <= 1.6 * HALF + 5_000
    assert all(stretch.is_sure for stretch in retiming_of(track, reference).stretches)


def test_other_words_at_the_same_times_are_no_partner() -> None:
    words = [cue.text for cue in EN]
    other = [Cue(cue.start_ms, cue.end_ms, text) for cue, text in zip(EN, words[::-1], strict=True)]
    assert retiming_of(ZH[:40], other[:40]).problem
    assert retiming_of([Cue(0, 1_000, "Good night.")], EN).problem
    assert retiming_of([], EN).problem


@given(
    st.lists(st.tuples(st.integers(0, 100_000), st.integers(-100, 5_000)), max_size=30),
    st.lists(st.integers(-200_000, 200_000), min_size=1, max_size=4),
)
def test_no_cue_is_lost_and_none_overtakes_another(times: list[tuple[int, int]], offsets: list[int]) -> None:
    cues = [Cue(start, start + length, str(number)) for number, (start, length) in enumerate(times)]
    places = [number * 25_000 for number in range(len(offsets))]
    stretches = [
        Stretch(at, at + 25_000, offset, 9, 9, 0, at + 100, at + 20_000)
        for at, offset in zip(places, offsets, strict=True)
    ]
    back = moved(cues, Retiming(1.001, tuple(stretches))).cues
    assert [cue.text for cue in back] == [cue.text for cue in cues]
    before = sorted(range(len(cues)), key=lambda place: cues[place].start_ms)
    starts = [back[place].start_ms for place in before]
    assert starts == sorted(starts)
    assert min(starts, default=0) >= 0


@pytest.mark.parametrize(
    ("name", "rate"), [("25", 25.0), ("23.98", 24_000 / 1_001), ("30000/1001", 30_000 / 1_001), ("12.5", 12.5)]
)
def test_frame_rates_are_read_as_people_write_them(name: str, rate: float) -> None:
    assert float(frame_rate(name)) == rate


@pytest.mark.parametrize("name", ["", "0", "-25", "fast", "1/0", "9" * 5_000, "nan"])
def test_what_is_no_frame_rate_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no frame rate"):
        frame_rate(name)


def test_ratios_of_rates_have_one_name_each() -> None:
    assert RATIOS[25 / (24_000 / 1_001)] == "25:23.976"
    assert len(set(RATIOS.values())) == len(RATIOS)
