"""How well runs of blocks fit each other, as the logarithm of odds: shared terms, marks, lengths, forms."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from pipeline.align.anchors import turned, windows_of
from pipeline.align.blocks import Block, Form
from pipeline.align.features import Features, related
from pipeline.text.lexicon import Lexicon
from pipeline.text.script import has_han

__all__ = ["Fit"]

_TRUST = 0.35  # features are not independent of each other
_LENGTH_OF_MATCH = 0.5  # a long block holds much by chance
_LEAST_MATCH = 0.2
_HALF_SURE = 40.0  # odds beyond weigh less and less
_SILENT = -0.3
_LEAST_TELLING = 0.2
_MOST_BY_CHANCE = 0.9
_SPREAD_TRUE, _SPREAD_ANY = 0.35, 1.0  # of the logarithm of the ratio of lengths
_LENGTH_TRUST = 0.7
_ODDEST_LENGTH = -6.0
_COLUMNS_OF_ENGLISH = 0.7  # that Chinese takes
_SMALL = 6  # columns added to both lengths
_OTHER_FORM, _OTHER_FLOW, _OTHER_LEVEL, _FORM_OF_ONE = -3.0, -1.5, -1.0, -0.5
_HEADING_IN_RUN, _ITEM_IN_RUN = -4.0, -1.0
_FLOWING = frozenset({"paragraph", "list item", "quote", "definition"})
_ALWAYS_TOLD = frozenset({"image", "code"})  # also where only one page has them
_ALL_CELLS = 40_000  # up to here every block is compared with every one


class Fit:
    """The odds of any two runs of the blocks of two pages; ``windows`` say where pairs are looked for.

    For each cut of the left page they hold cuts of the right one.
    """

    def __init__(self, left: Sequence[Block], right: Sequence[Block], lexicon: Lexicon) -> None:
        height, width = len(left), len(right)
        self.left, self.right = left, right
        self.features = related(left, right, lexicon)
        self.windows = windows_of(self.features[0], height, width)
        self.is_whole = height * width <= _ALL_CELLS
        narrow = [] if self.is_whole else self.windows
        self._matches = (
            _Matches(self.features[0], (height, width), narrow),
            _Matches(self.features[1], (width, height), turned(narrow, width) if narrow else []),
        )
        self._widths = [block.width for block in left], [block.width for block in right]
        self._usual = [sum(widths) / max(1, len(widths)) for widths in self._widths]
        self._ratio = _ratio(left, right)
        self._forms = _Forms(left, right)

    def gain(self, i0: int, i1: int, j0: int, j1: int) -> float:
        """The logarithm of how many times likelier what is seen is if two runs say the same.

        Blocks are taken together only where the first and the last of them have something in common with the run.
        """
        lefts, rights = range(i0, i1), range(j0, j1)
        if len(lefts) + len(rights) > 2 and not self._all_share(lefts, rights):
            return -math.inf
        ours, theirs = sum(self._widths[0][i0:i1]), sum(self._widths[1][j0:j1])
        return self.words(lefts, rights) + self._forms.odds(lefts, rights) + self._length(ours, theirs)

    def words(self, lefts: range, rights: range) -> float:
        """What terms and marks say for two runs."""
        ours, theirs = self._matches
        odds = ours.odds(lefts, rights, self._excess(1, rights)) + theirs.odds(rights, lefts, self._excess(0, lefts))
        return _TRUST * odds / (1 + _TRUST * abs(odds) / _HALF_SURE)

    def shared(self, lefts: range, rights: range) -> list[str]:
        """The features of the left run that have their like in the right one, those first that tell most."""
        ours = self._matches[0]
        found = {number for i in lefts for j in rights for number in ours.found[i].get(j, ())}
        return [ours.names[number] for number in sorted(found, key=lambda number: (-ours.worth[number], number))]

    def holds(self, name: str, rights: range) -> bool:
        """Whether one of the rights holds a feature of its page."""
        return any(j in rights for j in self.features[1].places[name])

    def near(self, left: int) -> list[int]:
        """The rights that share anything with a left."""
        return list(self._matches[0].found[left])

    def _all_share(self, lefts: range, rights: range) -> bool:
        found = self._matches[0].found
        if len(lefts) > 1 and not all(any(j in found[i] for j in rights) for i in (lefts[0], lefts[-1])):
            return False
        return len(rights) == 1 or all(any(j in found[i] for i in lefts) for j in (rights[0], rights[-1]))

    def _excess(self, side: int, run: range) -> float:
        """How much longer than usual a run is, as a logarithm."""
        width = sum(self._widths[side][run.start : run.stop])
        return math.log((width + _SMALL) / (self._usual[side] + _SMALL))

    def _length(self, ours: int, theirs: int) -> float:
        ratio = math.log((theirs + _SMALL) / (ours * self._ratio + _SMALL))
        odds = math.log(_SPREAD_ANY / _SPREAD_TRUE) - ratio * ratio / 2 * (_SPREAD_TRUE**-2 - _SPREAD_ANY**-2)
        return _LENGTH_TRUST * max(_ODDEST_LENGTH, odds)


def _ratio(left: Sequence[Block], right: Sequence[Block]) -> float:
    """How many columns of the right page a column of the left makes."""
    ours, theirs = (2 * sum(has_han(block.text) for block in side) > len(side) for side in (left, right))
    return 1.0 if ours == theirs else _COLUMNS_OF_ENGLISH if theirs else 1 / _COLUMNS_OF_ENGLISH


class _Matches:
    """For each block of one page what its features say for and against each block of the other.

    ``found`` has for a block and one opposite the numbers of the features that both have, ``worth`` what each is worth.
    """

    def __init__(self, features: Features, shape: tuple[int, int], windows: Sequence[range]) -> None:
        height, width = shape
        self._missed = [_SILENT * features.silent.get(i, 0) for i in range(height)]
        self.found: list[dict[int, list[int]]] = [{} for _ in range(height)]
        self.names: list[str] = []
        self.worth: list[float] = []
        for name, partners in features.partners.items():
            held = features.places[name]
            by_chance = min(_MOST_BY_CHANCE, (len(partners) + 0.5) / (width + 1))
            kept = max(by_chance, features.kept[name] * min(1.0, len(partners) / len(held)))
            against = math.log((1 - kept) / (1 - by_chance))
            worth = math.log(kept / by_chance) - against
            if worth >= _LEAST_TELLING:
                self.names.append(name)
                self.worth.append(worth)
                self._add(held, sorted(partners), windows)
                for i in held:
                    self._missed[i] += against

    def _add(self, held: Sequence[int], partners: Sequence[int], windows: Sequence[range]) -> None:
        number = len(self.worth) - 1
        for i in held:
            row = self.found[i]
            near = partners
            if windows:
                first, last = bisect_left(partners, windows[i].start - 1), bisect_right(partners, windows[i].stop)
                near = partners[first:last]
            for j in near:
                row.setdefault(j, []).append(number)

    def odds(self, run: range, opposite: range, excess: float) -> float:
        """What the features of a run say for one opposite that is so much longer than usual (logarithms)."""
        tax, odds = _LENGTH_OF_MATCH * excess, 0.0
        for i in run:
            row = self.found[i]
            numbers = row.get(opposite.start, ())
            if len(opposite) > 1:
                numbers = [*{number: None for j in opposite for number in row.get(j, ())}]
            odds += self._missed[i]
            for number in numbers:
                worth = self.worth[number] - tax
                odds += worth if worth > _LEAST_MATCH else _LEAST_MATCH
        return odds


class _Forms:
    """What the forms of blocks say: what is a heading in one page is one in the other, if that has any."""

    def __init__(self, left: Sequence[Block], right: Sequence[Block]) -> None:
        self._blocks = left, right
        counts = Counter(block.form for block in left), Counter(block.form for block in right)
        self._told = (counts[0].keys() & counts[1].keys()) | _ALWAYS_TOLD
        total = max(1, len(right))
        self._rare = {form: math.log(0.95 / min(0.95, count / total + 0.05)) for form, count in counts[1].items()}

    def odds(self, lefts: range, rights: range) -> float:
        ours, theirs = self._blocks[0][lefts.start : lefts.stop], self._blocks[1][rights.start : rights.stop]
        if len(ours) == len(theirs) == 1:
            return self._pair(ours[0], theirs[0])
        in_runs = sum(_in_run(run[place].form) for run in (ours, theirs) if len(run) > 1 for place in range(len(run)))
        return in_runs + min(self._pair(a, b) for a in ours for b in theirs) / 2

    def _pair(self, ours: Block, theirs: Block) -> float:
        if ours.form == theirs.form:
            return self._rare[ours.form] + (_OTHER_LEVEL if ours.level != theirs.level else 0.0)
        told = (ours.form in self._told) + (theirs.form in self._told)
        if told == 2:
            return _OTHER_FLOW if ours.form in _FLOWING and theirs.form in _FLOWING else _OTHER_FORM
        if {ours.form, theirs.form} & _ALWAYS_TOLD:
            return _OTHER_FORM
        return told * _FORM_OF_ONE


def _in_run(form: Form) -> float:
    return 0.0 if form == "paragraph" else _ITEM_IN_RUN if form in _FLOWING else _HEADING_IN_RUN
