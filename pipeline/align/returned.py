"""A page that somebody edited, beside the page as it was before: which block of it is which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from pipeline.model import Unit

_ALIKE = 45.0  # per cent of the characters that a text keeps where its neighbours are known
_ALIKE_ELSEWHERE = 70.0  # and where it may have come from anywhere
_MOST_COMPARED = 40_000  # pairs of texts of a stretch in which all changed

_Key = tuple[str, str, str]


def matched_blocks(before: Sequence[Unit], after: Sequence[Unit]) -> Mapping[int, int]:
    """For the blocks of a page, by index, those of the same page after it was edited; both are in one language.

    First what is equal in its place, then what is equal elsewhere; between these the most similar, then what stands in
    the place of as many of its kinds; at last what is similar and moved. What was deleted or added is not in it.
    """
    return _Matching(before, after).found


class _Matching:
    """The work on one page; ``found`` is by index, ``taken`` are the indexes behind that have their partner."""

    def __init__(self, before: Sequence[Unit], after: Sequence[Unit]) -> None:
        self.before, self.after = before, after
        self.found: dict[int, int] = {}
        self.taken: set[int] = set()
        gaps = list(self._equal())
        self._moved()
        for lefts, rights in gaps:
            self._similar(self._open_left(lefts), self._open_right(rights), _ALIKE)
            self._in_place(self._open_left(lefts), self._open_right(rights))
        all_left, all_right = self._open_left(range(len(before))), self._open_right(range(len(after)))
        self._similar(all_left, all_right, _ALIKE_ELSEWHERE)

    def _pair(self, left: int, right: int) -> None:
        self.found[left] = right
        self.taken.add(right)

    def _equal(self) -> Iterator[tuple[range, range]]:
        """Pair what is equal in its place, and yield the stretches between."""
        start = new_start = 0
        steps = Indel.opcodes([_key(block) for block in self.before], [_key(block) for block in self.after])
        for block in steps.as_matching_blocks():
            yield range(start, block.a), range(new_start, block.b)
            for offset in range(block.size):
                self._pair(block.a + offset, block.b + offset)
            start, new_start = block.a + block.size, block.b + block.size

    def _moved(self) -> None:
        """Pair what is equal and stands elsewhere now, where it is alone of its kind."""
        lefts, rights = self._open_left(range(len(self.before))), self._open_right(range(len(self.after)))
        here, there = _alone(self.before, lefts), _alone(self.after, rights)
        for key, left in here.items():
            if key in there:
                self._pair(left, there[key])

    def _similar(self, lefts: Sequence[int], rights: Sequence[int], least: float) -> None:
        """Pair what is similar, the most similar first."""
        if len(lefts) * len(rights) > _MOST_COMPARED:
            return
        likeness = [
            (-value, abs((left - lefts[0]) - (right - rights[0])), left, right)
            for left in lefts
            for right in rights
            if self.before[left].kind == self.after[right].kind
            and (value := fuzz.ratio(self.before[left].text, self.after[right].text, score_cutoff=least))
        ]
        for _, _, left, right in sorted(likeness):
            if left not in self.found and right not in self.taken:
                self._pair(left, right)

    def _in_place(self, lefts: Sequence[int], rights: Sequence[int]) -> None:
        """Pair what was written anew, where as many blocks of the same kinds stand in the place."""
        if [_shape(self.before[left]) for left in lefts] == [_shape(self.after[right]) for right in rights]:
            for left, right in zip(lefts, rights, strict=True):
                self._pair(left, right)

    def _open_left(self, places: Iterable[int]) -> list[int]:
        return [place for place in places if place not in self.found]

    def _open_right(self, places: Iterable[int]) -> list[int]:
        return [place for place in places if place not in self.taken]


def _key(block: Unit) -> _Key:
    return block.kind, block.key, block.text


def _shape(block: Unit) -> tuple[str, int, str]:
    return block.kind, block.level, block.key


def _alone(blocks: Sequence[Unit], places: Sequence[int]) -> dict[_Key, int]:
    """The places of the texts that stand there once."""
    counts = Counter(_key(blocks[place]) for place in places)
    return {_key(blocks[place]): place for place in places if counts[_key(blocks[place])] == 1}
