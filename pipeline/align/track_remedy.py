"""Whether `bilect subs sync` puts two tracks in step that `pair_tracks` calls out of step, and the warnings that say so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.align.track_moved import moved
from pipeline.align.track_retiming import retiming_of
from pipeline.model import Cue, TrackPairing
from pipeline.text.said import phrase, said, sentence

_ENOUGH_CUES = 5_000  # of either track, four hours; to try takes longer than to pair them once
_REMEDY = phrase("{warning}; bilect subs sync ZH --to EN puts them in step")

Pair = Callable[[Sequence[Cue], Sequence[Cue]], TrackPairing]


def with_remedy(pairing: TrackPairing, en: Sequence[Cue], zh: Sequence[Cue], pair: Pair) -> tuple[str, ...]:
    """The warnings of a pairing; those that are gone once the Chinese track is synchronised name the command.

    ``pair`` pairs the tracks again as they would be then: nothing is promised that was not tried.
    """
    warnings = pairing.warnings
    if not warnings or max(len(en), len(zh)) > _ENOUGH_CUES:
        return warnings
    retiming = retiming_of(zh, en)
    if retiming.problem:
        return warnings
    left = pair(en, moved(zh, retiming).cues).warnings
    if len(left) >= len(warnings):
        return warnings
    return tuple(each if each in left else said(_REMEDY, warning=sentence(each)) for each in warnings)
