"""A pair of several cues is cut into events where that costs least."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import Cue
from pipeline.exporters.pair_cuts import cuts
from pipeline.subtitles.limits import LIMITS, Limits

Places = list[tuple[int, int]]


def cues(ends: list[int], texts: list[str]) -> list[Cue]:
    return [Cue(start, end, text) for (start, end), text in zip(pairwise([0, *ends]), texts, strict=True)]


ENGLISH = ["So", "we look at the data of all patients", "and then we go on to the next of the topics that matter here"]
CHINESE = ["所以", "我们来看所有病人的数据", "然后我们继续来看下一个在这里很重要的主题"]


def track(texts: list[str]) -> st.SearchStrategy[list[Cue]]:
    parts = st.lists(st.tuples(st.integers(1, 6_000), st.sampled_from(texts)), min_size=1, max_size=4)
    return parts.map(
        lambda parts: cues([sum(each for each, _ in parts[: n + 1]) for n in range(len(parts))], [t for _, t in parts])
    )


def ways(end: tuple[int, int], start: tuple[int, int] = (0, 0)) -> Iterator[Places]:
    """All ways to cut a pair: each event has a cue of both languages."""
    yield [end]
    for i in range(start[0] + 1, end[0]):
        for j in range(start[1] + 1, end[1]):
            for rest in ways(end, (i, j)):
                yield [(i, j), *rest]


def price(en: list[Cue], zh: list[Cue], places: Places, limits: Limits) -> float:
    total = 0.0
    for (a, b), (i, j) in pairwise([(0, 0), *places]):
        total += 0.6 + max(0.0, en[i - 1].end_ms - en[a].start_ms - limits.longest) / 2_000
        english = len("\n".join(cue.text for cue in en[a:i])) / limits.english_width
        chinese = (sum(len(cue.text) + 0.5 for cue in zh[b:j]) - 0.5) / limits.chinese_width
        total += sum(0.4 + 3 * max(0, ceil(lines) - limits.lines) for lines in (english, chinese) if lines > 1)
    return total + sum(
        abs(en[i - 1].end_ms + en[i].start_ms - zh[j - 1].end_ms - zh[j].start_ms) / 2_000 for i, j in places[:-1]
    )


@settings(max_examples=60, deadline=None)
@given(track(ENGLISH), track(CHINESE), st.sampled_from(["netflix", "bbc", "bilibili"]))
def test_no_other_way_costs_less(en: list[Cue], zh: list[Cue], preset: str) -> None:
    found = cuts(en, zh, LIMITS[preset])
    assert found[-1] == (len(en), len(zh))
    least = min(price(en, zh, way, LIMITS[preset]) for way in ways((len(en), len(zh))))
    assert price(en, zh, found, LIMITS[preset]) == pytest.approx(least, abs=0.01)


def test_a_pair_with_one_cue_of_a_language_is_not_cut() -> None:
    en, zh = cues([3_000, 6_000], ENGLISH[1:]), cues([6_000], CHINESE[:1])
    assert (cuts(en, zh, Limits()), cuts(zh, en, Limits())) == ([(2, 1)], [(1, 2)])
