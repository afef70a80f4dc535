"""Two pages, each a sequence of blocks, put side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from pipeline.align.assign import best_assignment
from pipeline.align.beads import SHARES, Bead, Lattice
from pipeline.align.blocks import block_of
from pipeline.align.evidence import in_common
from pipeline.align.fit import Fit
from pipeline.model import Alignment, Pair, Tier
from pipeline.text.lexicon import Lexicon, shared_lexicon
from pipeline.text.said import said

__all__ = ["align_blocks"]

_ROUNDS = 1  # in which the shares of the moves are estimated
_JOINS = 1.0  # how much surer a pair must become by a neighbour that stands alone
_CROSSES = 3.0  # the odds, as a logarithm, that a pair against the order needs beyond those of chance
_CROSSING_WORDS = 3.0
_SURE = 0.95
_SURE_WORDS = 1.0  # what is accepted has more for it than its place
_ELSEWHERE = said("another place")

_Indexes = tuple[int, ...]


def align_blocks(left: Sequence[str], right: Sequence[str], *, lexicon: Lexicon | None = None) -> Alignment[_Indexes]:
    """The blocks of two pages that say the same, n to m, with what has no partner.

    ``left`` and ``right`` are the Markdown sources of the blocks, each page in either language. A pair is a run of
    neighbours on both sides; pairs are in the order of the page, but for a block that clearly stands elsewhere.
    ``score`` is the probability that the pair is true; an ``accept`` is 1:1 and has more for it than its place. Time and memory
    grow linearly with the length of the pages.

    >>> align_blocks(["# Graphs", "Trees are connected graphs."], ["# 图", "树是连通图。"]).pairs[1].left
    (1,)
    """
    ours, theirs = [block_of(source) for source in left], [block_of(source) for source in right]
    fit = Fit(ours, theirs, lexicon or shared_lexicon())
    lattice = Lattice(len(left), len(right), fit.gain, windows=fit.windows)
    shares = lattice.estimated(SHARES, rounds=_ROUNDS)
    ordered = _joined(fit, lattice.best(shares))
    chances = lattice.chances(shares)
    pairs = [_pair(fit, bead, _chance(bead, chances), _place(bead)) for bead in ordered if bead.is_pair]
    for bead, chance in _crossing(fit, ordered):
        pairs.append(_pair(fit, bead, chance, _ELSEWHERE))
    paired_left, paired_right = {i for pair in pairs for i in pair.left}, {j for pair in pairs for j in pair.right}
    return Alignment(
        tuple(sorted(pairs, key=lambda pair: pair.left)),
        tuple(i for i in range(len(left)) if i not in paired_left),
        tuple(j for j in range(len(right)) if j not in paired_right),
    )


def _place(bead: Bead) -> str:
    return said("same place") if (bead.i0, bead.i1) == (bead.j0, bead.j1) else said("same order")


def _joined(fit: Fit, beads: Sequence[Bead]) -> list[Bead]:
    """The beads, where a pair has taken up neighbours on one side that stood alone and belong to it."""
    joined: list[Bead] = []
    for bead in beads:
        joined.append(bead)
        while len(joined) > 1 and (both := _both(fit, joined[-2], joined[-1])):
            joined[-2:] = [both]
    return joined


def _both(fit: Fit, first: Bead, second: Bead) -> Bead | None:
    """Two beads in a row as one, if just one of them is a pair and becomes surer by the other."""
    if first.is_pair == second.is_pair:
        return None
    pair = first if first.is_pair else second
    both = Bead(first.i0, second.i1, first.j0, second.j1)
    return both if fit.gain(*both) > fit.gain(*pair) + _JOINS else None


def _chance(bead: Bead, chances: Mapping[Bead, float]) -> float:
    """The probability of a bead; that of the surest pair in one that was joined."""
    if bead in chances:
        return chances[bead]
    return max((chance for part, chance in chances.items() if _within(part, bead)), default=0.0)


def _within(part: Bead, whole: Bead) -> bool:
    return whole.i0 <= part.i0 and part.i1 <= whole.i1 and whole.j0 <= part.j0 and part.j1 <= whole.j1


def _crossing(fit: Fit, beads: Sequence[Bead]) -> Iterator[tuple[Bead, float]]:
    """Pairs against the order among what the order leaves alone, with their probability."""
    lefts = [i for bead in beads if bead.j0 == bead.j1 for i in range(bead.i0, bead.i1)]
    rights = {j for bead in beads if bead.i0 == bead.i1 for j in range(bead.j0, bead.j1)}
    by_chance = math.log(max(1, len(lefts) * len(rights)))
    rows: list[dict[int, float]] = []
    for i in lefts:
        near = [j for j in fit.near(i) if j in rights]
        told = [j for j in near if fit.words(range(i, i + 1), range(j, j + 1)) >= _CROSSING_WORDS]
        rows.append({j: fit.gain(i, i + 1, j, j + 1) - by_chance - _CROSSES for j in told})
    for place, j in best_assignment(rows).items():
        i, odds = lefts[place], rows[place][j]
        yield Bead(i, i + 1, j, j + 1), 1 / (1 + math.exp(-odds))


def _pair(fit: Fit, bead: Bead, chance: float, place: str) -> Pair[_Indexes]:
    lefts, rights = range(bead.i0, bead.i1), range(bead.j0, bead.j1)
    # that a whole run belongs to a pair, and not only most of it, is never certain enough to be accepted
    alone = len(lefts) == len(rights) == 1
    sure = chance >= _SURE and fit.words(lefts, rights) >= _SURE_WORDS
    tier: Tier = "accept" if alone and sure and place != _ELSEWHERE else "review"
    return Pair(tuple(lefts), tuple(rights), round(chance, 3), tier, (*in_common(fit, lefts, rights), place))
