"""Two subtitle tracks whose cues are cut differently, paired by what is said when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from pipeline.align.track_clock import Clock, clock_of, tells_clock
from pipeline.align.track_gaps import Gap, clock_time, language_warnings, lonely_stretches
from pipeline.align.track_lattice import Bead, beads
from pipeline.align.track_remedy import with_remedy
from pipeline.align.track_sides import ChineseCues, Sentences, shared_weight, sides
from pipeline.align.track_silent import is_silent, with_silent_cues
from pipeline.align.track_sync import Moment, Stretch, Sync, is_confirmed, stretches, sync_of
from pipeline.model import Cue, TrackPair, TrackPairing
from pipeline.text.said import phrase, said

# Paired sentences share at least so many times the words that sentences some way off do: 8 to 48 in 90 pairs of tracks,
# at most 4 where English and Chinese were of different lectures.
_UNRELATED = 5.0
_ELSEWHERE = (-9, -6, 6, 9)
_FEW_SENTENCES, _ENOUGH_SENTENCES = 12, 1_000
_MOST_STRETCHES = 5


def pair_tracks(en: Sequence[Cue], zh: Sequence[Cue]) -> TrackPairing:
    """Every cue of an English and a Chinese track once: in a pair with what says the same, or on its own.

    A pair holds one English sentence, or the few that one Chinese cue ties together. Positions count from 0 in the
    order given, which need not be that of time. A cue without text is in the pair in whose time it stands. Tracks that are
    shifted or drift are paired all the same and ``offset_ms`` and ``drift`` tell; ``warnings`` say where they run apart,
    what mends that, and that they do not belong together.

    >>> said = [Cue(0, 1500, "Two patients."), Cue(2000, 4000, "One is seen first.")]
    >>> pair_tracks(said, [Cue(100, 1400, "两个病人"), Cue(2100, 3000, "其中一个"), Cue(3000, 4000, "先就诊")]).pairs[1].zh
    (1, 2)
    """
    pairing = _pairing(en, zh)
    warnings = with_remedy(pairing, en, zh, _pairing)
    return replace(pairing, warnings=warnings) if warnings != pairing.warnings else pairing


def _pairing(en: Sequence[Cue], zh: Sequence[Cue]) -> TrackPairing:
    order_en, order_zh = _by_time(en), _by_time(zh)
    if not order_en or not order_zh:
        return TrackPairing((), tuple(range(len(en))), tuple(range(len(zh))))
    english, chinese = sides([en[place] for place in order_en], [zh[place] for place in order_zh])
    clock = clock_of(english, chinese)
    moved = chinese.at(clock.english(chain(chinese.starts, chinese.ends)))
    found = beads(english, moved)
    paired = [bead for bead in found if bead.i0 < bead.i1 and bead.j0 < bead.j1]
    starts = [Moment(chinese.starts[bead.j0], english.starts[bead.i0]) for bead in paired]
    sync = sync_of(starts if tells_clock(english, chinese) else ())
    cues_en = [_places(order_en, english.cues[bead.i0].start, english.cues[bead.i1 - 1].stop) for bead in paired]
    cues_zh = [_places(order_zh, bead.j0, bead.j1) for bead in paired]
    scores = [_score(english, moved, bead) for bead in paired]
    pairing = TrackPairing(
        pairs=tuple(map(TrackPair, cues_en, cues_zh, scores)),
        en_only=_others(en, cues_en),
        zh_only=_others(zh, cues_zh),
        offset_ms=round(sync.offset),
        drift=round(sync.drift, 6),
        warnings=(
            *language_warnings(en, zh),
            *(
                _unrelated(english, moved, paired)
                or _out_of_step(lonely_stretches(english, moved, found), clock, starts, sync)
            ),
        ),
    )
    return with_silent_cues(pairing, en, zh)


def _by_time(cues: Sequence[Cue]) -> list[int]:
    """The places of the cues that have text, in order of time."""
    spoken = (place for place, cue in enumerate(cues) if not is_silent(cue))
    return sorted(spoken, key=lambda place: (cues[place].start_ms, cues[place].end_ms))


def _others(cues: Sequence[Cue], paired: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """The places of the cues that are in no pair."""
    taken = set(chain.from_iterable(paired))
    return tuple(place for place in range(len(cues)) if place not in taken)


def _places(order: Sequence[int], first: int, last: int) -> tuple[int, ...]:
    """Places in time, half open, as places in the track that was given."""
    return tuple(sorted(order[first:last]))


def _score(english: Sentences, chinese: ChineseCues, bead: Bead) -> float:
    """How sure a pair is, 0…1: half for time in common, half for words in common."""
    start, end = english.starts[bead.i0], english.ends[bead.i1 - 1]
    first, last = chinese.starts[bead.j0], chinese.ends[bead.j1 - 1]
    common = max(0, min(end, last) - max(start, first)) / max(1, max(end, last) - min(start, first))
    spoken = english.words[bead.i0]
    for more in english.words[bead.i0 + 1 : bead.i1]:
        spoken = {**spoken, **more}
    if not spoken:
        return round(common, 3)
    meant = frozenset(spoken).intersection(chain.from_iterable(chinese.words[bead.j0 : bead.j1]))
    shared = sum(map(spoken.__getitem__, meant))
    return round(min(1.0, common / 2 + shared / sum(spoken.values())), 3)


def _unrelated(english: Sentences, chinese: ChineseCues, paired: Sequence[Bead]) -> list[str]:
    """A warning where paired sentences hardly share more words than sentences that are not paired."""
    if len(paired) < _FEW_SENTENCES:
        return []
    sample = paired[:: 1 + len(paired) // _ENOUGH_SENTENCES]
    here, elsewhere = _words_at(0, english, chinese, sample), 0.0
    for distance in _ELSEWHERE:
        elsewhere += _words_at(distance, english, chinese, sample) / len(_ELSEWHERE)
    if here >= _UNRELATED * elsewhere:
        return []
    return [said("the tracks hardly agree in what they say: they may belong to different lectures")]


def _words_at(distance: int, english: Sentences, chinese: ChineseCues, paired: Sequence[Bead]) -> float:
    """The words that the Chinese of each pair shares with the English so many sentences away."""
    return sum(
        shared_weight(english.words[sentence + distance], chinese.words[cue])
        for bead in paired
        for sentence in range(bead.i0, bead.i1)
        if 0 <= sentence + distance < len(english.words)
        for cue in range(bead.j0, bead.j1)
    )


def _out_of_step(gaps: Sequence[Gap], clock: Clock, starts: Sequence[Moment], sync: Sync) -> list[str]:
    """Where cues have no partner, and where the clocks run apart and the cues that are paired say so too."""
    apart = [
        stretch
        for stretch in stretches([Moment(*point) for point in clock.points()], sync)
        if is_confirmed(stretch, starts, sync) and not any(gap.holds(stretch) for gap in gaps)
    ]
    return [*(gap.words for gap in gaps), *map(_words, apart[:_MOST_STRETCHES])]


_EARLY = phrase(
    "from {start} to {end} the Chinese cues come {seconds:.1f} s early, "
    "measured by the rest; there they are paired by what they say"
)
_LATE = phrase(
    "from {start} to {end} the Chinese cues come {seconds:.1f} s late, "
    "measured by the rest; there they are paired by what they say"
)


def _words(stretch: Stretch) -> str:
    form, seconds = _EARLY if stretch.early_ms > 0 else _LATE, abs(stretch.early_ms) / 1000
    return said(form, start=clock_time(stretch.start_ms), end=clock_time(stretch.end_ms), seconds=seconds)
