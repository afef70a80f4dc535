"""Two lists of titles, in either language, put side by side."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.align.assign import best_assignment, best_chain, longest_increasing
from pipeline.align.posterior import Odds, Side, free_posteriors, odds_of, ordered_posteriors
from pipeline.align.score import Comparison
from pipeline.model import Alignment, Pair, Tier
from pipeline.text.lexicon import Lexicon, shared_lexicon
from pipeline.text.printable import excerpt
from pipeline.text.said import said
from pipeline.text.script import Title, display_width, folded

__all__ = ["align_lists"]

_ANCHOR = 0.8  # free pairs at least this sure tell whether the lists have one order
_IN_ORDER, _LONG_IN_ORDER = 0.85, 0.5  # the share of the anchors that must keep it
_CROSSING, _CROSSING_ALIKE = 0.9, 0.7  # a pair against the order is this sure
_LIKELY_IN_ORDER, _LIKELY = 0.6, 0.4  # a pair at least this sure is better told than left out
_SURE_IN_ORDER, _SURE = 0.95, 0.97  # a pair that is accepted
_SURE_WITHOUT_ORDER, _ALIKE = 0.8, 0.5  # and none is accepted for its place alone
_EXPLAINED = 0.55  # nor for one term in lists with omissions, if that is little of a title: a neighbour has it too
_LEAD = 0.1  # and none whose score another title comes as near as this
_NEAR_BEST, _LEAST_ALIKE = 0.8, 0.3
_MOST_CELLS = 40_000  # beyond, the order is only looked at between anchors
_MOST_TERMS, _SHOWN = 4, 40  # terms, and characters of a title, that the evidence shows
_COUNTS = {2: said("two"), 3: said("three"), 4: said("four"), 5: said("five")}
_SAME_PLACE, _SAME_ORDER, _OTHER_PLACE = said("same place"), said("same order"), said("another place")

_Rows = Sequence[Mapping[int, float]]


class _Rival(NamedTuple):
    """Another pair that a title may be in, and how much better than its score the pair's is."""

    lead: float
    left: int
    right: int


class _Found(NamedTuple):
    """Pairs, how probable each possible pair is in the order found, and how probable it is without regard to order.

    ``rivals`` says by left what else its left or its right may go with, and what lead in score the pair has.
    ``complete`` is whether no title of either list has been left without a partner.
    """

    pairs: dict[int, int]
    rows: _Rows
    free: _Rows
    rivals: Mapping[int, _Rival]
    lefts: Sequence[int]
    ordered: bool
    complete: bool
    crossing: Collection[int] = ()  # the lefts that stand elsewhere in the order


def align_lists(left: Sequence[str], right: Sequence[str], *, lexicon: Lexicon | None = None) -> Alignment[int]:
    """The pairs of titles that say the same, with what has no partner.

    Each side may be English, Chinese or bilingual; whether both lists have one order is found out. A pair is 1:1,
    except that lefts which differ only in their part share a right that has no part. ``score`` is the probability that
    the pair is true; an ``accept`` has more for it than its place. ``lexicon`` may know the course's own terms.
    """
    comparison = Comparison(left, right, lexicon or shared_lexicon())
    leaders = _leaders(comparison)
    places = {leader: place for place, leader in enumerate(dict.fromkeys(leaders))}
    found = _found(comparison, list(places))
    pairs = [
        _pair(comparison, found, places[leader], (i, found.pairs[places[leader]]))
        for i, leader in enumerate(leaders)
        if places[leader] in found.pairs
    ]
    paired, taken = {pair.left for pair in pairs}, {pair.right for pair in pairs}
    return Alignment(
        tuple(pairs),
        tuple(i for i in range(len(left)) if i not in paired),
        tuple(j for j in range(len(right)) if j not in taken),
    )


def _leaders(comparison: Comparison) -> list[int]:
    """For each left itself, or the first of those it shares a right with.

    Lefts that differ only in their part share a right that has no part, if no other right is like it.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for i, title in enumerate(comparison.left):
        if title.part is not None and title.base:
            groups[folded(title.base)].append(i)
    leaders = list(range(len(comparison.left)))
    for group in groups.values():
        if len({comparison.left[i].part for i in group}) == len(group) > 1 and _one_for_all(comparison, group[0]):
            for i in group:
                leaders[i] = group[0]
    return leaders


def _one_for_all(comparison: Comparison, left: int) -> bool:
    alike = comparison.alike_to(left)
    best = max(alike.values(), default=0.0)
    near = [comparison.right[j] for j, value in alike.items() if value >= _NEAR_BEST * best]
    return best >= _LEAST_ALIKE and len(near) == 1 and near[0].part is None


def _found(comparison: Comparison, lefts: Sequence[int]) -> _Found:
    """The pairs of these lefts, by their places among them, with the rights."""
    scores = comparison.scores()
    scores = [scores[i] for i in lefts]
    left_known, right_known = comparison.known()
    odds = odds_of(
        scores,
        Side([display_width(comparison.left[i].base) for i in lefts], [left_known[i] for i in lefts]),
        Side([display_width(title.base) for title in comparison.right], right_known),
    )
    left_kinds, right_kinds = [comparison.kinds[0][i] for i in lefts], comparison.kinds[1]
    free = _of_equals(free_posteriors(odds), right_kinds)
    chain = _anchors_in_order(odds, free)
    if chain is None:
        pairs = _in_turn(best_assignment(_above(free, _LIKELY)), left_kinds, right_kinds)
        rivals = _rivals(scores, pairs, left_kinds, right_kinds)
        complete = len(pairs) == len(lefts) == len(right_kinds)
        return _Found(pairs, free, free, rivals, lefts, ordered=False, complete=complete)
    rows = _ordered_rows(odds, chain)
    pairs = best_chain(_above(rows, _LIKELY_IN_ORDER))
    crossing = _crossing(comparison, lefts, pairs, free)
    for i, j in crossing.items():
        rows[i] = {j: free[i][j]}
    pairs = dict(sorted({**pairs, **crossing}.items()))
    rivals = _rivals(scores, pairs, left_kinds, right_kinds)
    complete = len(pairs) == len(lefts) == len(right_kinds)
    return _Found(pairs, rows, free, rivals, lefts, ordered=True, complete=complete, crossing=set(crossing))


def _rivals(
    scores: _Rows, pairs: Mapping[int, int], left_kinds: Sequence[int], right_kinds: Sequence[int]
) -> dict[int, _Rival]:
    """By left the best other use of the left or the right of each pair; equal titles are no rivals."""
    rivals = {i: _Rival(-math.inf, i, j) for i, j in pairs.items()}
    left_of = {j: i for i, j in pairs.items()}
    for i, row in enumerate(scores):
        partner = pairs.get(i)
        for j, score in row.items():
            if partner is not None and right_kinds[j] != right_kinds[partner]:
                rivals[i] = max(rivals[i], _Rival(score, i, j))
            other = left_of.get(j)
            if other is not None and left_kinds[other] != left_kinds[i]:
                rivals[other] = max(rivals[other], _Rival(score, i, j))
    return {i: rivals[i]._replace(lead=scores[i].get(j, -math.inf) - rivals[i].lead) for i, j in pairs.items()}


def _anchors_in_order(odds: Odds, free: _Rows) -> list[tuple[int, int]] | None:
    """The sure pairs that follow one order, or None where too many do not."""
    needed = _IN_ORDER
    anchors = list(best_assignment(_above(free, _ANCHOR)).items())
    if (
        len(odds.left) * len(odds.right) > _MOST_CELLS
    ):  # nothing is sure among thousands, but half of them keep no order by chance
        needed = _LONG_IN_ORDER
        anchors = list(best_assignment([{j: math.log(odd) for j, odd in row.items()} for row in odds.rows]).items())
    order = longest_increasing([j for _, j in anchors])
    return [anchors[place] for place in order] if len(order) >= needed * len(anchors) else None


def _in_turn(pairs: Mapping[int, int], left: Sequence[int], right: Sequence[int]) -> dict[int, int]:
    """The pairs, where equal lefts take equal rights in their turn."""
    turns: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, j in pairs.items():
        turns[left[i], right[j]].append(j)
    waiting = {kinds: iter(sorted(places)) for kinds, places in turns.items()}
    return {i: next(waiting[left[i], right[j]]) for i, j in sorted(pairs.items())}


def _crossing(comparison: Comparison, lefts: Sequence[int], pairs: Mapping[int, int], free: _Rows) -> dict[int, int]:
    """Sure pairs against the order among what the order leaves alone: a title that stands elsewhere in one list."""
    taken = set(pairs.values())
    rows = [
        {}
        if place in pairs
        else {
            j: chance
            for j, chance in row.items()
            if j not in taken and comparison.alike(lefts[place], j) >= _CROSSING_ALIKE
        }
        for place, row in enumerate(free)
    ]
    return best_assignment(_above(rows, _CROSSING))


def _above(rows: _Rows, threshold: float) -> list[dict[int, float]]:
    return [{j: chance - threshold for j, chance in row.items() if chance > threshold} for row in rows]


def _of_equals(rows: _Rows, kinds: Sequence[int]) -> _Rows:
    """The rows, where each of several equal rights has the chance that any of them is the partner."""
    if len({*kinds}) == len(kinds):
        return rows
    merged = []
    for row in rows:
        sums: dict[int, float] = defaultdict(float)
        for j, chance in row.items():
            sums[kinds[j]] += chance
        merged.append({j: min(1.0, sums[kinds[j]]) for j in row})
    return merged


def _ordered_rows(odds: Odds, chain: Sequence[tuple[int, int]]) -> list[dict[int, float]]:
    """The chances of the pairs that keep the order.

    Two long lists are cut at their anchors, and a stretch that is still too long has no chances but its anchors.
    """
    height, width = len(odds.left), len(odds.right)
    rows: list[dict[int, float]] = [{} for _ in range(height)]
    corners = [(-1, -1), (height, width)]
    if height * width > _MOST_CELLS:
        corners[1:1] = chain
        for i, j in chain:
            rows[i][j] = 1.0
    for (i, j), (next_i, next_j) in pairwise(corners):
        lefts, rights = range(i + 1, next_i), range(j + 1, next_j)
        if 0 < len(lefts) * len(rights) <= _MOST_CELLS:
            for left, chances in zip(lefts, ordered_posteriors(odds.cells(lefts, rights)), strict=True):
                rows[left] = dict(zip(rights, chances, strict=True))
    return rows


def _pair(comparison: Comparison, found: _Found, place: int, pair: tuple[int, int]) -> Pair[int]:
    """The pair with its score, tier and evidence; ``place`` is that of its left among the lefts that were looked at."""
    i, j = pair
    sure, free = found.rows[place].get(j, 0.0), found.free[place].get(j, 0.0)
    words, solid = _words_in_common(comparison, i, j)
    rival = found.rivals[place]
    accepted = solid and rival.lead >= _LEAD and _is_told(comparison, pair, found.complete)
    probable = sure >= (_SURE_IN_ORDER if found.ordered else _SURE) and free >= _SURE_WITHOUT_ORDER
    tier: Tier = "accept" if accepted and probable else "review"
    evidence = [words, *_numbers_in_common(comparison.left[i], comparison.right[j])]
    if solid and rival.lead < _LEAD:
        other = comparison.right[rival.right] if rival.left == place else comparison.left[found.lefts[rival.left]]
        evidence.append(said("also like “{text}”", text=excerpt(other.raw, _SHOWN)))
    if found.ordered:
        evidence.append(_OTHER_PLACE if place in found.crossing else _SAME_PLACE if i == j else _SAME_ORDER)
    return Pair(i, j, round(sure, 3), tier, tuple(evidence))


def _is_told(comparison: Comparison, pair: tuple[int, int], complete: bool) -> bool:
    """Whether the words of two titles are enough for a pair.

    A title whose partner is missing likes its neighbour for a single term, "Binary Search" 图搜索 for the 搜索.
    """
    if comparison.alike(*pair) < _ALIKE:
        return False
    return complete or comparison.least_share(*pair) >= _EXPLAINED or len(comparison.shared(*pair)) > 1


def _words_in_common(comparison: Comparison, i: int, j: int) -> tuple[str, bool]:
    """What the words say for a pair, and whether they are more than numbers."""
    left, right = comparison.left[i].base, comparison.right[j].base
    if folded(left) == folded(right):
        return said("same words") if left else said("no words"), True
    terms = comparison.shared(i, j)
    if not terms:
        return said("no shared term"), False
    shown = ", ".join(terms[:_MOST_TERMS]) + (", …" if len(terms) > _MOST_TERMS else "")
    is_solid = any(character.isalpha() for character in shown)
    if len(terms) == 1:
        return said("one shared term: {terms}", terms=shown), is_solid
    return said("{count} shared terms: {terms}", count=_COUNTS.get(len(terms), len(terms)), terms=shown), is_solid


def _numbers_in_common(left: Title, right: Title) -> Iterator[str]:
    if left.part is not None and left.part == right.part:
        yield f"{left.part_label} = {right.part_label}"
    elif left.part is not None and right.part is None:
        yield said("{part} of a title without parts", part=left.part_label)
    if left.ordinal and left.ordinal == right.ordinal:
        is_same = left.label == right.label
        yield said("both numbered {label}", label=left.label) if is_same else f"{left.label} = {right.label}"
    if codes := [code for code in left.codes if code in right.codes]:
        yield said("course code {code}", code=codes[0])
