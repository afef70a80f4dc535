"""A Chinese cue that is said over several English ones, cut onto their times where one event would be too much."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import NamedTuple

from pipeline.model import Cue
from pipeline.subtitles.layout import chinese_within, english_width, english_within, width
from pipeline.subtitles.limits import Limits
from pipeline.subtitles.recut import recut

_LONGEST = 1_000  # characters of a cue, and a sixteenth as many cues, that are still subtitles
_MOST_CUES = 64
_SURELY_FITS = 0.7  # of the lines' width: words may leave a line that much shorter
_TOO_MUCH = 100.0  # what a line more than there may be costs, or a second more; each event costs 1


class Share(NamedTuple):
    """English cues, in order, and what of a Chinese one is shown with them."""

    en: tuple[Cue, ...]
    zh: Cue


def shares(en: Sequence[Cue], zh: Cue, limits: Limits) -> list[Share]:
    """The English cues, by their times, with the Chinese one: all together, or in as many parts as ``limits`` ask for.

    Together the parts are the text of the Chinese cue, without the blanks where it was cut. It stays whole where it has
    fewer words than parts.
    """
    whole = [Share(tuple(en), zh)]
    if not 1 < len(en) <= _MOST_CUES or len(zh.text) > _LONGEST or _fit(en, zh.text, limits):
        return whole
    groups = _groups(en, zh, limits)
    spans = [
        Cue(group[0].start_ms, max(cue.end_ms for cue in group), " ".join(cue.text for cue in group))
        for group in groups
    ]
    texts = recut(zh.text, spans, "zh_CN")
    if len(groups) < 2 or not all(texts):
        return whole
    starts = [zh.start_ms, *(span.start_ms for span in spans[1:])]
    ends = [*(span.end_ms for span in spans[:-1]), zh.end_ms]
    return [
        Share(tuple(group), Cue(start, max(start, end), text))
        for group, start, end, text in zip(groups, starts, ends, texts, strict=True)
    ]


def _fit(en: Sequence[Cue], zh: str, limits: Limits) -> bool:
    """Whether all can be one event: not too long, and no language in too many lines."""
    return (
        max(cue.end_ms for cue in en) - en[0].start_ms <= limits.longest
        and _english_lines(en, limits) <= limits.lines
        and (
            width(zh) <= _SURELY_FITS * limits.lines * limits.chinese_width
            or chinese_within(limits, zh).count("\n") < limits.lines
        )
    )


def _english_lines(en: Sequence[Cue], limits: Limits) -> int:
    """How many lines English cues have together; 1 stands for any number that surely fits."""
    text = "\n".join(cue.text for cue in en)
    if english_width(text) <= _SURELY_FITS * limits.lines * limits.english_width:
        return 1
    return english_within(limits, text).count("\n") + 1


def _groups(en: Sequence[Cue], zh: Cue, limits: Limits) -> list[Sequence[Cue]]:
    """The English cues in as few runs as fit, of much the same size, by dynamic programming."""
    sizes = [0.0, *accumulate(english_width(cue.text) + 1 for cue in en)]
    chinese = width(zh.text) / (limits.lines * limits.chinese_width)  # events that the Chinese fills
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(en) + 1):
        costs = []
        for start in range(end - 1, -1, -1):
            share = (sizes[end] - sizes[start]) / sizes[-1]
            excess = _excess(en[start:end], limits) + max(0, ceil(share * chinese - 0.1) - 1)
            costs.append((best[start][0] + 1 + share * share + _TOO_MUCH * excess, start))
            if excess and start < end - 1:
                break  # a longer run would be worse
        best.append(min(costs))
    ends = [len(en)]
    while start := best[ends[-1]][1]:
        ends.append(start)
    ends.append(0)
    return [en[start:end] for end, start in pairwise(ends)][::-1]


def _excess(en: Sequence[Cue], limits: Limits) -> float:
    """How many lines and seconds of English are too much for one event; what a single cue has is as it is."""
    if len(en) == 1:
        return 0.0
    over = max(0, max(cue.end_ms for cue in en) - en[0].start_ms - limits.longest) / 1_000
    return over + max(0, _english_lines(en, limits) - limits.lines)
