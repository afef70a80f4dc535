"""Bilingual subtitles: two tracks of one talk as one track whose every cue has both languages."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from pipeline.exporters.base import Material, Order, Output, exporter
from pipeline.exporters.spoken import translated_files
from pipeline.model import Cue, Finding, TrackPairing
from pipeline.subtitles.layout import CHINESE_WIDTH, ENGLISH_WIDTH, chinese_within, english_within, width
from pipeline.subtitles.limits import LIMITS, Limits
from pipeline.subtitles.srt_format import srt_bytes
from pipeline.subtitles.track import CODES

_LEAD_MS = 1_000  # how far Chinese may make an event longer than its English
_LEAST_MS = 300  # no event is cut shorter than this to end before the next
_LONG_MS = 7_000
_USUAL = LIMITS["netflix"]

# What a way to cut a pair into events costs: each event; a second line of either language; each further one; each second
# over seven; a cut at which the languages change so far apart.
_EVENT, _SECOND_LINE, _FURTHER_LINE, _SECOND, _MISMATCH_MS = 0.6, 0.4, 3.0, 0.5, 1_000


@dataclass(frozen=True, slots=True)
class _Event:
    """Cues that are shown together from ``start_ms`` to ``end_ms``; all times are on the English clock.

    ``first_ms`` to ``last_ms`` is when its English is said (its Chinese where it has none): that much it keeps.
    """

    start_ms: int
    end_ms: int
    first_ms: int
    last_ms: int
    en: tuple[Cue, ...] = ()
    zh: tuple[Cue, ...] = ()


class BilingualCue(NamedTuple):
    """What is shown from ``start_ms`` to ``end_ms``, in both languages; one that says nothing then is empty."""

    start_ms: int
    end_ms: int
    en: str
    zh: str

    def cue(self, order: Order) -> Cue:
        """Both languages as one text, the first of ``order`` above."""
        above, below = (self.zh, self.en) if order == "zh-en" else (self.en, self.zh)
        return Cue(self.start_ms, self.end_ms, "\n".join(text for text in (above, below) if text))


@exporter("srt", of="tracks")
def bilingual_tracks(material: Material) -> Iterator[Output]:
    """Bilingual subtitles of each talk that has an English and a Chinese track."""
    for pair in material.tracks:
        pairing = pair.pairing
        events = bilingual_events(pair.en.cues, pair.zh.cues, pairing, limits=material.limits)
        data = srt_bytes([event.cue(material.order) for event in events])
        yield Output(f"{pair.name}.srt", data, tuple(out_of_step(pair.zh.path, pairing)), pair.en.path)
    yield from translated_files(material, "srt", srt_bytes)


def out_of_step(path: str, pairing: TrackPairing) -> Iterator[Finding]:
    """What is told of two tracks that do not keep in step, at the path of the Chinese one."""
    name, severity = CODES["ST107"]
    fix = "listen there, and shift the cues or take the track of this video"
    for warning in pairing.warnings:
        yield Finding("ST107", name, severity, path, 1, 1, warning, fix=fix)


def bilingual_srt(en: Sequence[Cue], zh: Sequence[Cue], pairing: TrackPairing, order: Order = "zh-en") -> bytes:
    """The SRT file that holds two tracks as one; see `bilingual_cues`."""
    return srt_bytes(bilingual_cues(en, zh, pairing, order))


def bilingual_cues(
    en: Sequence[Cue], zh: Sequence[Cue], pairing: TrackPairing, order: Order = "zh-en"
) -> tuple[Cue, ...]:
    """One track with both languages in each cue, see `bilingual_events`; ``order`` says which stands above."""
    return tuple(event.cue(order) for event in bilingual_events(en, zh, pairing))


def bilingual_events(
    en: Sequence[Cue], zh: Sequence[Cue], pairing: TrackPairing, *, limits: Limits = _USUAL
) -> tuple[BilingualCue, ...]:
    """What two tracks say together, sorted and on the English clock, each language in lines that fit ``limits``.

    A pair becomes one cue, or several where it is long, cut where both languages change. Every cue of both tracks is
    in the result once, its text whole; one without a partner stands alone, or with what is shown at its time. Cues
    overlap only where those of a track do.
    """
    moved = [_moved(cue, pairing) for cue in zh]
    events = [_alone((en[place],), ()) for place in pairing.en_only]
    for pair in pairing.pairs:
        events += _events(_by_start([en[place] for place in pair.en]), _by_start([moved[place] for place in pair.zh]))
    events = _with_chinese(_in_order(events), _by_start([moved[place] for place in pairing.zh_only]))
    english, chinese = partial(english_within, limits), partial(chinese_within, limits)
    return tuple(
        BilingualCue(event.start_ms, event.end_ms, _lines(event.en, english), _lines(event.zh, chinese))
        for event in _apart(_in_order(events))
    )


def _moved(cue: Cue, pairing: TrackPairing) -> Cue:
    """A Chinese cue on the English clock."""
    start, end = (round(time * pairing.drift) + pairing.offset_ms for time in (cue.start_ms, cue.end_ms))
    return Cue(max(0, start), max(0, start, end), cue.text)


def _by_start(cues: Sequence[Cue]) -> list[Cue]:
    return sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))


def _in_order(events: Sequence[_Event]) -> list[_Event]:
    return sorted(events, key=lambda event: (event.first_ms, event.last_ms))


def _alone(en: tuple[Cue, ...], zh: tuple[Cue, ...]) -> _Event:
    start, end = (en or zh)[0].start_ms, max(cue.end_ms for cue in en or zh)
    return _Event(start, max(start, end), start, max(start, end), en, zh)


# --- a pair as events


def _events(en: list[Cue], zh: list[Cue]) -> list[_Event]:
    """A pair cut where it reads best, each event with cues of both languages."""
    lag = en[0].start_ms - zh[0].start_ms
    if abs(lag) > _LEAD_MS:  # the tracks run apart here: the Chinese starts with its English
        zh = [Cue(cue.start_ms + lag, cue.end_ms + lag, cue.text) for cue in zh]
    events, i, j = [], 0, 0
    for next_i, next_j in _cuts(en, zh):
        events.append(_event(tuple(en[i:next_i]), tuple(zh[j:next_j])))
        i, j = next_i, next_j
    return events


def _event(en: tuple[Cue, ...], zh: tuple[Cue, ...]) -> _Event:
    event = _alone(en, ())
    start = max(event.first_ms - _LEAD_MS, min(event.first_ms, zh[0].start_ms))
    end = min(event.last_ms + _LEAD_MS, max(event.last_ms, *(cue.end_ms for cue in zh)))
    return replace(event, start_ms=max(0, start), end_ms=end, zh=zh)


def _cuts(en: Sequence[Cue], zh: Sequence[Cue]) -> list[tuple[int, int]]:
    """Where the events of a pair end, English and Chinese, by dynamic programming."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(1, len(en) + 1):
        for j in range(1, len(zh) + 1):
            if (i == len(en)) != (j == len(zh)):
                continue  # an event without one of its languages would be left over
            mismatch = abs(_change(en, i) - _change(zh, j)) / _MISMATCH_MS if i < len(en) else 0.0
            ways = [
                (best[a, b][0] + _weight(en[a:i], zh[b:j]) + mismatch, (a, b))
                for a in range(i)
                for b in range(j)
                if (a, b) in best
            ]
            if ways:
                best[i, j] = min(ways)
    end, cuts = (len(en), len(zh)), []
    while end != (0, 0):
        cuts.append(end)
        end = best[end][1]
    return cuts[::-1]


def _change(cues: Sequence[Cue], place: int) -> int:
    """When the cue before ``place`` gives way to the one at it."""
    return (cues[place - 1].end_ms + cues[place].start_ms) // 2


def _weight(en: Sequence[Cue], zh: Sequence[Cue]) -> float:
    english = sum(len(cue.text) + 1 for cue in en) - 1
    chinese = sum(width(cue.text) + 0.5 for cue in zh) - 0.5
    lines = [math.ceil(english / ENGLISH_WIDTH), math.ceil(chinese / CHINESE_WIDTH)]
    cost = sum(_SECOND_LINE * (count > 1) + _FURTHER_LINE * max(0, count - 2) for count in lines)
    return _EVENT + cost + _SECOND * max(0, en[-1].end_ms - en[0].start_ms - _LONG_MS) / 1_000


# --- events as a track


def _with_chinese(events: list[_Event], alone: Sequence[Cue]) -> list[_Event]:
    """The events with the Chinese cues that have no partner: in a gap, or in the event that is shown at their time."""
    firsts = [event.first_ms for event in events]
    gaps = []
    for cue in alone:
        after = bisect_right(firsts, cue.start_ms)
        start = max([cue.start_ms, *(event.last_ms for event in events[max(0, after - 1) : after])])
        end = min([cue.end_ms, *firsts[after : after + 1]])
        if end - start >= min(_LEAST_MS, cue.end_ms - cue.start_ms) or not events:
            gaps.append(replace(_alone((), (cue,)), start_ms=start, end_ms=end, first_ms=start, last_ms=end))
            continue
        near = range(max(0, after - 1), min(len(events), after + 1))
        place = max(near, key=lambda place: _common(events[place], cue))
        events[place] = replace(events[place], zh=tuple(_by_start([*events[place].zh, cue])))
    return [*events, *gaps]


def _common(event: _Event, cue: Cue) -> int:
    return min(event.last_ms, cue.end_ms) - max(event.first_ms, cue.start_ms)


def _apart(events: Sequence[_Event]) -> list[_Event]:
    """The events one after the other: what is said keeps its time, and what was added to it gives way."""
    found: list[_Event] = []
    for event in events:
        start = event.start_ms
        if found and found[-1].end_ms > start:
            before = found[-1]
            start = max(start, min(before.last_ms, event.first_ms))
            if start - before.start_ms < _LEAST_MS:
                start = event.first_ms
            if before.last_ms <= start or start - before.start_ms >= _LEAST_MS:
                found[-1] = replace(before, end_ms=min(before.end_ms, start))
        found.append(replace(event, start_ms=start))
    return found


def _lines(cues: Sequence[Cue], broken: Callable[[str], str]) -> str:
    return broken("\n".join(cue.text for cue in cues if cue.text))
