"""What a track says in place of another: the sentences of a talk filled from its track in the other language."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pipeline.align.pagefill import Counterpart, PageFill
from pipeline.align.tracks import pair_tracks
from pipeline.catalogs.worddiff import ALIGNED
from pipeline.model import Tier, TrackPairing, Unit
from pipeline.subtitles.layout import width
from pipeline.subtitles.sentences import Sentence, blank_of, joined_texts
from pipeline.subtitles.talk import Talk, clock_time
from pipeline.text.script import has_han
from pipeline.text.sentences import sentences

_SURE = 0.4  # the score from which a pair of one sentence is taken as it is
_RELATED = 0.25  # the mean score of tracks of one talk; those of others have half of that
_NEAR_MS = 700  # how far from the end of a sentence its translation may end and be sure
_OFF_MS = 1_500
_SHARES = (0.25, 1.5)  # the width of a translation against that of its source
_STOPS = "。！？.!?…"
_STOP, _PAUSE = 1.2, 0.4  # what a full stop, and a pause, are worth in seconds where two sentences are told apart
_PAUSE_MS = 200
_REACH = 8  # pieces around a time among which its cut is looked for


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a cue of the other track says up to a full stop in it; times are on the clock of the talk."""

    place: int
    start_ms: int
    end_ms: int
    text: str


def filled_from_tracks(talk: Talk, other: Talk) -> PageFill:
    """What ``other``, a track in the other language, says for each sentence of ``talk``.

    A sentence that was paired alone and with a good score has its translation; where several were paired together they
    are told apart by times and full stops, and what is not certain is for review.
    """
    filling = _Filling(talk, other)
    found = tuple(sorted(filling.counterparts(), key=lambda each: each.unit.start))
    said = {each.unit.start for each in found}
    left = tuple(unit for unit in talk.page.units if unit.start not in said)
    return PageFill(found, left, tuple(filling.unplaced()))


class _Filling:
    """The work on two tracks; ``owners`` are the sentences that each cue of the talk says."""

    def __init__(self, talk: Talk, other: Talk) -> None:
        self.talk, self.other = talk, other
        self.is_english = talk.page.language == "en"
        self.blank = blank_of(other.track.cues, other.page.language)
        en, zh = (talk, other) if self.is_english else (other, talk)
        self.pairing: TrackPairing = pair_tracks(en.track.cues, zh.track.cues)
        self.owners: dict[int, list[int]] = defaultdict(list)
        for number, sentence in enumerate(talk.sentences):
            for place in sentence.places:
                self.owners[place].append(number)
        self.pairs = [
            ((pair.en, pair.zh) if self.is_english else (pair.zh, pair.en), pair.score) for pair in self.pairing.pairs
        ]
        mean = sum(score for _, score in self.pairs) / len(self.pairs) if self.pairs else 0.0
        self.is_related = mean >= _RELATED

    def unplaced(self) -> Iterator[Unit]:
        """The cues of the other track that no sentence has."""
        alone = self.pairing.zh_only if self.is_english else self.pairing.en_only
        cues = set(alone) if self.is_related else set(range(len(self.other.track.cues)))
        for unit, sentence in zip(self.other.page.units, self.other.sentences, strict=True):
            if cues.issuperset(sentence.places):
                yield unit

    def counterparts(self) -> Iterator[Counterpart]:
        if not self.is_related:
            return
        paired = {place for (mine, _), _ in self.pairs for place in mine}
        for numbers, pairs in self._groups():
            score = min(self.pairs[pair][1] for pair in pairs)
            theirs = sorted({place for pair in pairs for place in self.pairs[pair][0][1]}, key=self._start)
            said = self._told_apart([self.talk.sentences[number] for number in numbers], theirs)
            for number, (pieces, is_near) in zip(numbers, said, strict=True):
                if not pieces:
                    continue
                doubts = [] if score >= _SURE else [f"score {score:.2f}"]
                if not all(place in paired for place in self.talk.sentences[number].places):
                    doubts.append("cues of the sentence have no partner")
                if not is_near:
                    doubts.append("told apart from its neighbour by time")
                yield self._counterpart(
                    number, pieces, score, [*doubts, *_misfits(self.talk.sentences[number], pieces)]
                )

    def _groups(self) -> list[tuple[list[int], list[int]]]:
        """Sentences that share cues or pairs, with their pairs, each group in order."""
        members = [
            sorted({owner for place in mine for owner in self.owners.get(place, ())}) for (mine, _), _ in self.pairs
        ]
        first = list(range(len(self.talk.sentences)))

        def root(number: int) -> int:
            while first[number] != number:
                first[number] = number = first[first[number]]
            return number

        for numbers in members:
            for one, other in pairwise(numbers):
                low, high = sorted((root(one), root(other)))
                first[high] = low
        groups: dict[int, tuple[list[int], list[int]]] = {}
        for number in range(len(first)):
            groups.setdefault(root(number), ([], []))[0].append(number)
        for pair, numbers in enumerate(members):
            if numbers:
                groups[root(numbers[0])][1].append(pair)
        return [group for group in groups.values() if group[1]]

    # --- sentences that were paired together

    def _start(self, place: int) -> tuple[int, int]:
        cue = self.other.track.cues[place]
        return cue.start_ms, cue.end_ms

    def _time(self, time: int) -> int:
        """A time of the other track on the clock of the talk."""
        offset, drift = self.pairing.offset_ms, self.pairing.drift
        return round(time * drift) + offset if self.is_english else round((time - offset) / drift)

    def _pieces(self, places: Sequence[int]) -> list[_Piece]:
        pieces: list[_Piece] = []
        for place in places:
            cue = self.other.track.cues[place]
            text = joined_texts(cue.text.split("\n"), self.blank)
            start, end, done = self._time(cue.start_ms), self._time(cue.end_ms), 0
            for part in sentences(text):
                done += len(part)
                now = end if done >= len(text) else start + (end - start) * done // len(text)
                pieces.append(_Piece(place, pieces[-1].end_ms if done > len(part) else start, now, part))
        return pieces

    def _told_apart(self, said: Sequence[Sentence], places: Sequence[int]) -> list[tuple[list[_Piece], bool]]:
        """For each of some sentences its pieces, and whether where it ends is certain."""
        pieces = self._pieces(places)
        if len(said) == 1:
            return [(pieces, True)]
        cuts, doubts = _cuts(pieces, [_boundary(before, after) for before, after in pairwise(said)])
        sure = [True, *(doubt <= _NEAR_MS for doubt in doubts), True]
        bounds = [0, *cuts, len(pieces)]
        return [
            (pieces[start:end], sure[number] and sure[number + 1])
            for number, (start, end) in enumerate(pairwise(bounds))
        ]

    # --- what is said of it

    def _counterpart(self, number: int, pieces: Sequence[_Piece], score: float, doubts: Sequence[str]) -> Counterpart:
        unit = self.talk.page.units[number]
        text = joined_texts((piece.text for piece in pieces), self.blank)
        place = pieces[0].place
        line = self.other.track.lines[place]
        tier: Tier = "review" if doubts else "accept"
        where = f"{self.other.track.path}:{line}, {clock_time(self.other.track.cues[place].start_ms)}"
        notes = (f"{ALIGNED}{where}, please check: {'; '.join(doubts)}",) if doubts else ()
        return Counterpart(unit, text, line, tier, (f"score {score:.2f}",), notes)


def _misfits(sentence: Sentence, pieces: Sequence[_Piece]) -> Iterator[str]:
    """What of the time and the length of a translation does not fit its sentence."""
    early = sentence.cues[0].start_ms - pieces[0].start_ms, sentence.cues[-1].end_ms - pieces[-1].end_ms
    if (off := max(map(abs, early))) > _OFF_MS:
        yield f"{off / 1000:.1f} s off"
    sizes = width(sentence.text), width("".join(piece.text for piece in pieces))
    share = sizes[1] / max(1, sizes[0]) if not has_han(sentence.text) else sizes[0] / max(1, sizes[1])
    if not _SHARES[0] <= share <= _SHARES[1]:
        yield "an unusual length"


def _boundary(before: Sentence, after: Sentence) -> int:
    """When a sentence gives way to the next."""
    return (before.cues[-1].end_ms + after.cues[0].start_ms) // 2


def _cuts(pieces: Sequence[_Piece], times: Sequence[int]) -> tuple[list[int], list[int]]:
    """Where the pieces are cut nearest to some times, in order, and how many milliseconds off each cut is."""
    changes = list(accumulate((_change(pieces, place) for place in range(len(pieces) + 1)), max))
    cuts, least = [], 0
    for time in times:
        near = bisect_left(changes, time)
        reach = range(max(least, near - _REACH), min(len(pieces), max(least, near + _REACH)) + 1)
        least = min(reach, key=lambda place: _cost(pieces, place, time))
        cuts.append(least)
    return cuts, [abs(changes[cut] - time) for cut, time in zip(cuts, times, strict=True)]


def _change(pieces: Sequence[_Piece], place: int) -> int:
    if not 0 < place < len(pieces):
        return pieces[0].start_ms if not place else pieces[-1].end_ms
    return (pieces[place - 1].end_ms + pieces[place].start_ms) // 2


def _cost(pieces: Sequence[_Piece], place: int, time: int) -> float:
    off = abs(_change(pieces, place) - time) / 1000
    if not 0 < place < len(pieces):
        return off
    before, after = pieces[place - 1], pieces[place]
    return off - _STOP * (before.text[-1] in _STOPS) - _PAUSE * (after.start_ms - before.end_ms >= _PAUSE_MS)
