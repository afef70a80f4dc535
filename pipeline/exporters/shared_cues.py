"""Chinese cues said over several English ones, cut onto their times where one event would be too much."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise, starmap
from math import ceil
from typing import NamedTuple

from pipeline.model import Cue
from pipeline.subtitles.layout import chinese_within, english_lines_needed, english_width, width
from pipeline.subtitles.limits import Limits
from pipeline.subtitles.recut import recut

_LONGEST = 1_000  # characters of a cue, and a sixteenth as many cues, that are still subtitles
_MOST_CUES = 64
_SURELY_FITS = 0.7  # of the lines' width: words may leave a line that much shorter
_MARKS = frozenset("，。、；：？！…—")
_TOO_MUCH = 100.0  # what a line more than there may be costs, or a second more; each event costs 1


class Share(NamedTuple):
    """English cues, in order, and the Chinese cues, or what of them, is shown with them."""

    en: tuple[Cue, ...]
    zh: tuple[Cue, ...]


def shares(en: Sequence[Cue], zh: Sequence[Cue], limits: Limits) -> list[Share]:
    """English cues with Chinese ones, both by their times: all together, or in as many parts as ``limits`` ask for.

    Together the parts are the text of the Chinese cues, without the blanks where it was cut. It stays whole where it has
    fewer words than parts. Several cues are cut only where that has the English fit better and no part is a flash.
    """
    whole = [Share(tuple(en), tuple(zh))]
    if not 1 < len(en) <= _MOST_CUES or sum([len(cue.text) for cue in zh]) > _LONGEST:
        return whole
    english, chinese = _English.of(en, limits), zh[0] if len(zh) == 1 else _joined(zh)
    excess = english.excess(0, len(en))
    if not excess and _fits(chinese.text, limits):
        return whole
    ends = _ends(english, width(chinese.text) / (limits.lines * limits.chinese_width))
    is_gain = max(starmap(english.excess, pairwise(ends))) < excess or not excess
    if len(ends) == 2 or not (is_gain or len(zh) == 1):
        return whole
    parts = _parts(english, chinese, ends)
    is_flash = len(zh) > 1 and min(map(_shown, parts)) < limits.shortest
    return whole if is_flash or not all(part.zh[0].text for part in parts) else parts


def _joined(cues: Sequence[Cue]) -> Cue:
    """Chinese cues as one, with a blank between them where no mark ends the one before."""
    text = ""
    for cue in cues:
        blank = " " if text and text[-1] not in _MARKS else ""
        text += blank + cue.text.strip()
    return Cue(cues[0].start_ms, max([cue.end_ms for cue in cues]), text)


def _shown(part: Share) -> int:
    """How long a part is shown."""
    return max(part.en[-1].end_ms, part.zh[0].end_ms) - part.en[0].start_ms


def _parts(english: _English, zh: Cue, ends: Sequence[int]) -> list[Share]:
    """The runs of the English cues up to each of ``ends``, each with its part of the Chinese."""
    groups = [english.cues[start:end] for start, end in pairwise(ends)]
    spans = [
        Cue(group[0].start_ms, max([cue.end_ms for cue in group]), " ".join([cue.text for cue in group]))
        for group in groups
    ]
    starts = [zh.start_ms, *(span.start_ms for span in spans[1:])]
    stops = [*(span.end_ms for span in spans[:-1]), zh.end_ms]
    return [
        Share(tuple(group), (Cue(start, max(start, stop), text),))
        for group, start, stop, text in zip(groups, starts, stops, recut(zh.text, spans, "zh_CN"), strict=True)
    ]


def _fits(zh: str, limits: Limits) -> bool:
    """Whether Chinese text has no more lines than it may have."""
    if width(zh) <= _SURELY_FITS * limits.lines * limits.chinese_width:
        return True
    return chinese_within(limits, zh).count("\n") < limits.lines


class _English(NamedTuple):
    """English cues that share a Chinese one; ``sizes`` are the characters before each cue, a blank after each counted."""

    cues: Sequence[Cue]
    sizes: Sequence[float]
    limits: Limits

    @classmethod
    def of(cls, cues: Sequence[Cue], limits: Limits) -> _English:
        return cls(cues, [0.0, *accumulate([english_width(cue.text) + 1 for cue in cues])], limits)

    def excess(self, start: int, end: int) -> float:
        """How many lines and seconds a run of cues has too much for one event."""
        cues, limits = self.cues[start:end], self.limits
        shown = max([cue.end_ms for cue in cues]) - cues[0].start_ms
        over = (shown - limits.longest) / 1_000 if shown > limits.longest else 0.0
        if self.sizes[end] - self.sizes[start] - 1 <= _SURELY_FITS * limits.lines * limits.english_width:
            return over
        lines = english_lines_needed(limits, "\n".join([cue.text for cue in cues]))
        return over + max(0, lines - limits.lines)


def _ends(english: _English, events: float) -> list[int]:
    """Where runs of the cues end, and 0: as few runs as fit, of much the same size, by dynamic programming.

    ``events`` is how many the Chinese fills.
    """
    sizes, whole = english.sizes, english.sizes[-1]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(sizes)):
        costs = []
        for start in range(end - 1, -1, -1):
            share = (sizes[end] - sizes[start]) / whole
            excess = english.excess(start, end) if start < end - 1 else 0.0  # what a single cue has is as it is
            excess += max(0, ceil(share * events - 0.1) - 1)
            costs.append((best[start][0] + 1 + share * share + _TOO_MUCH * excess, start))
            if excess and start < end - 1:
                break  # a longer run would be worse
        best.append(min(costs))
    ends = [len(sizes) - 1]
    while ends[-1]:
        ends.append(best[ends[-1]][1])
    return ends[::-1]
