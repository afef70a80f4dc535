"""Bilingual subtitles: two tracks of one talk as one track whose every cue has both languages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from pipeline.exporters.base import Material, Order, Output, exporter
from pipeline.exporters.pair_cuts import cuts
from pipeline.exporters.shared_cues import shares
from pipeline.exporters.spoken import translated_files
from pipeline.model import Cue, Finding, TrackPairing
from pipeline.subtitles.layout import chinese_shown, english_shown
from pipeline.subtitles.limits import LIMITS, Limits
from pipeline.subtitles.srt_format import srt_bytes
from pipeline.subtitles.track import CODES
from pipeline.text.said import said

_LEAD_MS = 1_000  # how far Chinese may make an event longer than its English
_LEAST_MS = 300  # no event is cut shorter than this to end before the next
_TIMES = attrgetter("start_ms", "end_ms")
_SAID = attrgetter("first_ms", "last_ms")
_USUAL = LIMITS["netflix"]


class _Event(NamedTuple):
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
    fix = said("listen there, and shift the cues or take the track of this video")
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

    Where ``limits`` do not wrap, lines are those of the cues, one cue below the other; Chinese that is cut is one line.
    A pair becomes one cue, or several where it is long, cut where both languages change. Every cue of both tracks that
    has text is in the result once; one without a partner stands alone, or with what is shown at its time. English cues
    stay whole, and so do Chinese ones but where they are said over English that has more than ``limits`` allow in one cue:
    those are cut onto the times of the English, each of their characters once and in order. Cues overlap only where those
    of a track do.
    """
    moved = [_moved(cue, pairing) for cue in zh]
    events = [_alone((cue,), ()) for cue in _said(en, pairing.en_only)]
    for pair in pairing.pairs:
        events += _events(_told(en, pair.en), _told(moved, pair.zh), limits)
    events = _with_chinese(_in_order(events), _said(moved, pairing.zh_only))
    english, chinese = partial(english_shown, limits), partial(chinese_shown, limits)
    return tuple(
        BilingualCue(event.start_ms, event.end_ms, _lines(event.en, english), _lines(event.zh, chinese))
        for event in _apart(_in_order(events))
    )


def _moved(cue: Cue, pairing: TrackPairing) -> Cue:
    """A Chinese cue on the English clock."""
    start, end = cue.start_ms, cue.end_ms
    if pairing.drift != 1:
        start, end = round(start * pairing.drift), round(end * pairing.drift)
    start, end = start + pairing.offset_ms, end + pairing.offset_ms
    return Cue(max(0, start), max(0, start, end), cue.text)


def _said(cues: Sequence[Cue], places: Sequence[int]) -> list[Cue]:
    """The cues at some places that have text, by their times."""
    return _by_start([cues[place] for place in places if cues[place].text.strip()])


def _told(cues: Sequence[Cue], places: Sequence[int]) -> list[Cue]:
    """The cues of one side of a pair that have text, by their times; the first where none has."""
    return (_said(cues, places) if len(places) > 1 else []) or [cues[places[0]]]


def _by_start(cues: Sequence[Cue]) -> list[Cue]:
    return sorted(cues, key=_TIMES)


def _in_order(events: Sequence[_Event]) -> list[_Event]:
    return sorted(events, key=_SAID)


def _alone(en: tuple[Cue, ...], zh: tuple[Cue, ...]) -> _Event:
    start, end = _span(en or zh)
    return _Event(start, end, start, end, en, zh)


def _span(cues: Sequence[Cue]) -> tuple[int, int]:
    """When the first of the cues starts and the last of them ends."""
    start = cues[0].start_ms
    end = cues[0].end_ms if len(cues) == 1 else max([cue.end_ms for cue in cues])
    return start, max(start, end)


# --- a pair as events


def _events(en: list[Cue], zh: list[Cue], limits: Limits) -> list[_Event]:
    """A pair cut where it reads best, each event with cues of both languages."""
    lag = en[0].start_ms - zh[0].start_ms
    if abs(lag) > _LEAD_MS:  # the tracks run apart here: the Chinese starts with its English
        zh = [Cue(cue.start_ms + lag, cue.end_ms + lag, cue.text) for cue in zh]
    events, i, j = [], 0, 0
    for next_i, next_j in cuts(en, zh, limits):
        english, chinese = en[i:next_i], zh[j:next_j]
        if len(english) == 1:
            events.append(_event(tuple(english), tuple(chinese)))
        else:
            events += [_event(*share) for share in shares(english, chinese, limits)]
        i, j = next_i, next_j
    return events


def _event(en: tuple[Cue, ...], zh: tuple[Cue, ...]) -> _Event:
    (first, last), (start, end) = _span(en), _span(zh)
    start = max(first - _LEAD_MS, min(first, start))
    end = min(last + _LEAD_MS, max(last, end))
    return _Event(max(0, start), end, first, last, en, zh)


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
            gaps.append(_Event(start, end, start, end, (), (cue,)))
            continue
        near = range(max(0, after - 1), min(len(events), after + 1))
        place = max(near, key=lambda place: _common(events[place], cue))
        events[place] = events[place]._replace(zh=tuple(_by_start([*events[place].zh, cue])))
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
                found[-1] = before._replace(end_ms=min(before.end_ms, start))
        found.append(event if start == event.start_ms else event._replace(start_ms=start))
    return found


def _lines(cues: Sequence[Cue], broken: Callable[[str], str]) -> str:
    return broken(cues[0].text if len(cues) == 1 else "\n".join([cue.text for cue in cues if cue.text]))
