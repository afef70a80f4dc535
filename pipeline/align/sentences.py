"""Sentences put side by side: those of two paragraphs, of two short texts, and of the blocks of two pages."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from pipeline.align.lists import align_lists
from pipeline.align.score import Comparison
from pipeline.model import Alignment, Pair
from pipeline.text.lexicon import Lexicon, shared_lexicon
from pipeline.text.said import said, said_of
from pipeline.text.script import display_width, language_of

__all__ = ["align_block_sentences", "align_sentences", "align_to_points"]

_MOST_TOGETHER = 4  # sentences that say together what one says
_ROUNDS = 3  # in which a group grows by one sentence on each side
_LENGTH_TRUST = 0.3  # what a misfit of lengths by a factor of e weighs, in shares of words
_CHINESE_WIDTH = 0.65  # columns of a Chinese sentence for each of its English one
_SAME_LANGUAGE_ALIKE = 0.25  # of two sentences of one language, one of which may say a part of the other only
_SEED_ALIKE = 0.5
_MOST_TERMS = 4  # shown in the evidence
_SURE_PLACE = 0.9  # of two blocks of one sentence, which need not share a word
_SHORT = 900  # cells: the sentences of two texts of 30 may go anywhere

_Group = tuple[tuple[int, ...], tuple[int, ...]]


def align_sentences(
    left: Sequence[str], right: Sequence[str], *, lexicon: Lexicon | None = None
) -> Alignment[tuple[int, ...]]:
    """The sentences of two texts that say the same, n to one; they may stand in another order.

    A sentence joins those that stand beside it where they say together what one of the other text says. Two texts of
    one language, or of both, can be compared.
    """
    lexicon = lexicon or shared_lexicon()
    found = align_lists(left, right, lexicon=lexicon)
    joining = _Joining(left, right, lexicon)
    pairs: list[Pair[tuple[int, ...]]] = []
    groups: dict[int, _Group] = {pair.left: ((pair.left,), (pair.right,)) for pair in found.pairs}
    joining.grow(groups, set(found.left_only), set(found.right_only))
    for pair in found.pairs:
        lefts, rights = groups[pair.left]
        evidence = [words for words in pair.evidence if words not in {"same place", "same order"}]
        if len(lefts) + len(rights) > 2:
            on_the_left, on_the_right = _counted(lefts), _counted(rights)
            evidence.append(said("{left} on the left, {right} on the right", left=on_the_left, right=on_the_right))
        pairs.append(Pair(lefts, rights, pair.score, pair.tier, tuple(evidence)))
    return _alignment(pairs, len(left), len(right))


def align_to_points(left: Sequence[str], right: Sequence[str], *, lexicon: Lexicon | None = None) -> Alignment[int]:
    """The pairs of two lists of titles, where a left may join a neighbour in its right: lessons, and points that they cover.

    Only where the lefts are more than the rights, and of their language; else a pair is 1:1.
    """
    found = align_lists(left, right, lexicon=lexicon)
    joining = _Joining(left, right, lexicon or shared_lexicon())
    if len(left) <= len(right) or not joining.is_one_language:
        return found
    seeds = joining.seeds(found)
    groups: dict[int, _Group] = {pair.left: ((pair.left,), (pair.right,)) for pair in (*found.pairs, *seeds)}
    joining.grow(groups, set(found.left_only) - groups.keys(), set())
    joined = [
        joining.pair(i, rights[0], f"joins “{left[key]}”")
        for key, (lefts, rights) in groups.items()
        for i in lefts
        if i != key
    ]
    pairs = sorted((*found.pairs, *seeds, *joined), key=lambda pair: pair.left)
    paired, taken = {pair.left for pair in pairs}, {pair.right for pair in pairs}
    return Alignment(
        tuple(pairs),
        tuple(i for i in range(len(left)) if i not in paired),
        tuple(j for j in range(len(right)) if j not in taken),
    )


def _counted(places: Sequence[int]) -> str:
    return said_of(len(places), "one sentence", "{number} sentences")


def align_block_sentences(
    left: Sequence[Sequence[str]],
    right: Sequence[Sequence[str]],
    blocks: Alignment[tuple[int, ...]],
    *,
    lexicon: Lexicon | None = None,
) -> Alignment[tuple[int, ...]]:
    """The sentences of two pages that say the same, counted through; ``left`` and ``right`` hold those of each block.

    They are paired within the ``blocks`` that belong together, and what is left over wherever it surely belongs. In two
    short texts each may belong anywhere.
    """
    lefts, rights = list(chain.from_iterable(left)), list(chain.from_iterable(right))
    if len(lefts) * len(rights) <= _SHORT:
        return align_sentences(lefts, rights, lexicon=lexicon)
    left_places, right_places = _places(left), _places(right)
    pairs: list[Pair[tuple[int, ...]]] = []
    for block in blocks.pairs:
        ours = [place for i in block.left for place in left_places[i]]
        theirs = [place for j in block.right for place in right_places[j]]
        if len(ours) == len(theirs) == 1 and block.score >= _SURE_PLACE:
            pairs.append(Pair((ours[0],), (theirs[0],), block.score, block.tier, block.evidence))
        else:
            pairs += _placed(
                align_sentences([lefts[i] for i in ours], [rights[j] for j in theirs], lexicon=lexicon), ours, theirs
            )
    pairs += _elsewhere(lefts, rights, _alignment(pairs, len(lefts), len(rights)), lexicon)
    return _alignment(pairs, len(lefts), len(rights))


def _places(blocks: Sequence[Sequence[str]]) -> list[range]:
    places, start = [], 0
    for block in blocks:
        places.append(range(start, start + len(block)))
        start += len(block)
    return places


def _placed(
    found: Alignment[tuple[int, ...]], ours: Sequence[int], theirs: Sequence[int]
) -> Iterator[Pair[tuple[int, ...]]]:
    for pair in found.pairs:
        left, right = tuple(ours[i] for i in pair.left), tuple(theirs[j] for j in pair.right)
        yield Pair(left, right, pair.score, pair.tier, pair.evidence)


def _elsewhere(
    lefts: Sequence[str], rights: Sequence[str], found: Alignment[tuple[int, ...]], lexicon: Lexicon | None
) -> Iterator[Pair[tuple[int, ...]]]:
    """Sentences that are sure pairs although their blocks are none."""
    ours, theirs = found.left_only, found.right_only
    rest = align_lists([lefts[i] for i in ours], [rights[j] for j in theirs], lexicon=lexicon)
    for pair in rest.pairs:
        if pair.tier == "accept":
            evidence = (
                *(words for words in pair.evidence if not words.startswith("same ")),
                said("in blocks that are no pair"),
            )
            yield Pair((ours[pair.left],), (theirs[pair.right],), pair.score, "review", evidence)


def _alignment(pairs: Sequence[Pair[tuple[int, ...]]], left: int, right: int) -> Alignment[tuple[int, ...]]:
    ours = {place for pair in pairs for place in pair.left}
    theirs = {place for pair in pairs for place in pair.right}
    return Alignment(
        tuple(sorted(pairs, key=lambda pair: (pair.left, pair.right))),
        tuple(i for i in range(left) if i not in ours),
        tuple(j for j in range(right) if j not in theirs),
    )


@dataclass
class _Joining:
    """Sentences without a partner that join the pair of a neighbour."""

    left: Sequence[str]
    right: Sequence[str]
    lexicon: Lexicon
    fits: dict[_Group, float] = field(default_factory=dict)

    def grow(self, groups: dict[int, _Group], lefts: set[int], rights: set[int]) -> None:
        """Put what is left over into the groups that it belongs to, the best first; groups keep their keys."""
        for _ in range(_ROUNDS):
            offers = sorted(self._offers(groups, lefts, rights), reverse=True)
            grown: set[int] = set()
            for _, key, (ours, theirs) in offers:
                fresh = {*ours} - {*groups[key][0]}, {*theirs} - {*groups[key][1]}
                if key not in grown and fresh[0] <= lefts and fresh[1] <= rights:
                    groups[key] = ours, theirs
                    lefts -= fresh[0]
                    rights -= fresh[1]
                    grown.add(key)
            if not grown:
                return

    def seeds(self, found: Alignment[int]) -> list[Pair[int]]:
        """For rights without a partner the likest left: none has one where several lefts are as like it."""
        seeds = []
        for j in found.right_only:
            alike, i = max(((self.comparison.alike(i, j), -i) for i in found.left_only), default=(0.0, 0))
            if alike >= _SEED_ALIKE and alike >= max(self.comparison.alike_to(-i).values()):
                seeds.append(self.pair(-i, j, said("likest of several")))
        return list({seed.left: seed for seed in seeds}.values())

    def pair(self, left: int, right: int, why: str) -> Pair[int]:
        """A pair for review with what its texts share."""
        terms = self.comparison.shared(left, right)[:_MOST_TERMS]
        evidence = (said("shared: {terms}", terms=", ".join(terms)), why) if terms else (why,)
        return Pair(left, right, round(self.comparison.alike(left, right), 3), "review", evidence)

    def _offers(
        self, groups: dict[int, _Group], lefts: set[int], rights: set[int]
    ) -> Iterator[tuple[float, int, _Group]]:
        for key, group in groups.items():
            before = None
            for larger in _larger(group, lefts, rights):
                if before is None and not self.is_one_language:
                    before = self._fit(group)
                gain = self._likeness(group, larger) if before is None else self._fit(larger) - before
                if gain > 0:
                    yield gain, key, larger

    @cached_property
    def is_one_language(self) -> bool:
        chinese = [
            2 * sum(language_of(text) != "en" for text in texts) > len(texts) for texts in (self.left, self.right)
        ]
        return chinese[0] == chinese[1]

    @cached_property
    def comparison(self) -> Comparison:
        return Comparison(self.left, self.right, self.lexicon)

    @cached_property
    def _scores(self) -> list[dict[int, float]]:
        return self.comparison.scores()

    def _likeness(self, group: _Group, larger: _Group) -> float:
        """How alike the new sentence and the one that it would belong to are, 0 if hardly."""
        i = next(iter({*larger[0]} - {*group[0]}), group[0][0])
        j = next(iter({*larger[1]} - {*group[1]}), group[1][0])
        alike = self.comparison.alike(i, j)
        return alike if alike >= _SAME_LANGUAGE_ALIKE and self._scores[i].get(j, -1.0) >= 0 else 0.0

    def _fit(self, group: _Group) -> float:
        """How much of the words of both sides is explained by the other, less what their lengths say against it."""
        if group in self.fits:
            return self.fits[group]
        ours, theirs = " ".join(self.left[i] for i in group[0]), " ".join(self.right[j] for j in group[1])
        usual = math.log(_CHINESE_WIDTH) * (1 if language_of(ours) == "en" else -1)
        misfit = abs(math.log((display_width(theirs) + 2) / (display_width(ours) + 2)) - usual)
        self.fits[group] = Comparison([ours], [theirs], self.lexicon).alike(0, 0) - _LENGTH_TRUST * misfit
        return self.fits[group]


def _larger(group: _Group, lefts: set[int], rights: set[int]) -> Iterator[_Group]:
    """The groups with one more sentence, a neighbour on the side that may grow."""
    ours, theirs = group
    if len(theirs) == 1 and len(ours) < _MOST_TOGETHER:
        yield from ((tuple(sorted((*ours, i))), theirs) for i in (min(ours) - 1, max(ours) + 1) if i in lefts)
    if len(ours) == 1 and len(theirs) < _MOST_TOGETHER:
        yield from ((ours, tuple(sorted((*theirs, j)))) for j in (min(theirs) - 1, max(theirs) + 1) if j in rights)
