"""What can be put right in a subtitle file without asking what is said: each fix belongs to a rule, and to no more cues."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from itertools import pairwise

from pipeline.model import Cue, Edit, Finding
from pipeline.subtitles.durations import lengthened
from pipeline.subtitles.formats import read_track, step_of, track_bytes
from pipeline.subtitles.limits import Limits
from pipeline.subtitles.surgery import is_patchable, renumbered, without_cues
from pipeline.subtitles.track import Track
from pipeline.validator.subtitle_texts import half_width, is_empty, without_blanks
from pipeline.validator.subtitles import PLACED
from pipeline.validator.tracks import plain

_MOST_ROUNDS = 20

Fix = Callable[[Track, Limits], Track]


def mended_track(track: Track, codes: Collection[str], limits: Limits) -> tuple[Track, frozenset[str]]:
    """Return a track with the fixes of the rules ``codes``, and the rules of those that changed it.

    A fix is left out where the file could not be read again as it should be then, or other bytes of it would change.
    """
    if not is_patchable(track):
        return track, frozenset()
    done: set[str] = set()
    for _ in range(_MOST_ROUNDS):  # a cue that ends later may begin to overlap another
        before = track
        for code in (code for code in _FIXES if code in codes):
            made = _FIXES[code](track, limits)
            if made is not track:
                track = made
                done.add(code)
        if track is before:
            break
    return track, frozenset(done)


def with_offers(track: Track) -> list[Finding]:
    """Return the findings of reading a track, with an edit where `mended_track` can put them right."""
    found = list(track.findings)
    wrong = [place for place, each in enumerate(found) if each.code == "ST104"]
    if wrong and is_patchable(track) and renumbered(track) not in {None, track.data}:
        for place in wrong:
            found[place] = replace(found[place], edit=Edit("1"))
    return found


def _with_cues(track: Track, cues: list[Cue]) -> Track:
    """The track with other cues in the places of its own; itself where it could not be written so."""
    changed = tuple(cues)
    if changed == track.cues:
        return track
    return _read_back(track, track_bytes(replace(track, cues=changed)), changed)


def _read_back(track: Track, data: bytes | None, cues: tuple[Cue, ...]) -> Track:
    """The track that ``data`` hold; the track before where those are not its cues in its form."""
    if data is None or data == track.data:
        return track
    made = read_track(data, track.path)
    is_same = made.cues == cues and made.encoding == track.encoding and is_patchable(made)
    return made if is_same and (b"\r" in data) == (b"\r" in track.data) else track


def _without_empty(track: Track, _limits: Limits) -> Track:
    empty = [place for place, cue in enumerate(track.cues) if is_empty(cue.text)]
    if len(empty) == len(track.cues):
        return track
    gone = set(empty)
    left = tuple(cue for place, cue in enumerate(track.cues) if place not in gone)
    made = _read_back(track, without_cues(track, empty), left)
    was_counted = all(each.code != "ST104" for each in track.findings)
    return _renumbered(made, _limits) if was_counted else made


def _text_fix(mend: Callable[[str], str]) -> Fix:
    def fix(track: Track, _limits: Limits) -> Track:
        texts = [mend(cue.text) for cue in track.cues]
        return _with_cues(
            track,
            [cue if cue.text == text else replace(cue, text=text) for cue, text in zip(track.cues, texts, strict=True)],
        )

    return fix


def _shown(track: Track) -> list[int]:
    """The places of the cues that are shown for some time and hold something, in the order of their times."""
    cues = track.cues
    shown = [place for place, cue in enumerate(cues) if cue.end_ms > cue.start_ms and plain(cue.text).strip()]
    return sorted(shown, key=lambda place: cues[place].start_ms)


def _without_slight_overlaps(track: Track, limits: Limits) -> Track:
    ends: dict[tuple[int, int], int] = {}
    for before, after in pairwise(_shown(track)):
        one, other = track.cues[before], track.cues[after]
        is_slight = 0 < one.end_ms - other.start_ms < limits.gap
        is_plain = not PLACED.search(one.text + other.text)
        if is_slight and is_plain and one.start_ms < other.start_ms and one.end_ms <= other.end_ms:
            ends[one.start_ms, one.end_ms] = other.start_ms
    return _with_ends(track, ends)


def _without_slight_gaps(track: Track, limits: Limits) -> Track:
    ends: dict[tuple[int, int], int] = {}
    for before, after in pairwise(_shown(track)):
        one, start = track.cues[before], track.cues[after].start_ms
        becomes_long = one.end_ms - one.start_ms <= limits.longest < start - one.start_ms
        if 0 < start - one.end_ms < limits.gap and not becomes_long:
            ends[one.start_ms, one.end_ms] = start
    return _with_ends(track, ends)


def _without_short_times(track: Track, limits: Limits) -> Track:
    shown = [track.cues[place] for place in _shown(track)]
    longer = lengthened(track.cues, limits, step_of(track))
    return _with_ends(track, {times: longer[times] for cue in shown if (times := (cue.start_ms, cue.end_ms)) in longer})


def _with_ends(track: Track, ends: Mapping[tuple[int, int], int]) -> Track:
    """The track with other ends of some times: two cues at the same time, one in each language, stay together."""
    cues = [(cue, ends.get((cue.start_ms, cue.end_ms))) for cue in track.cues]
    return _with_cues(track, [cue if end is None else replace(cue, end_ms=end) for cue, end in cues])


def _renumbered(track: Track, _limits: Limits) -> Track:
    return _read_back(track, renumbered(track), track.cues)


_FIXES: Mapping[str, Fix] = {
    "ST116": _without_empty,
    "ST123": _text_fix(without_blanks),
    "ST124": _text_fix(half_width),
    "ST110": _without_slight_overlaps,
    "ST111": _without_slight_gaps,
    "ST112": _without_short_times,
    "ST104": _renumbered,
}
