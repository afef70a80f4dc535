"""How much each title of one list says the same as each of another, in whatever of the two languages they are."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from pipeline.align.bilingual import Bilingual
from pipeline.align.monolingual import Monolingual
from pipeline.text.halves import bilingual_halves
from pipeline.text.lexicon import Lexicon
from pipeline.text.script import Title, folded, language_of, titles_of

__all__ = ["Comparison", "Faces"]

_SAME_PART, _OTHER_PART, _ONE_PART = 0.1, -2.0, -0.03  # another part is another title, however alike
_SAME_ORDINAL, _OTHER_ORDINAL = 0.1, -0.1  # lists are numbered anew, so a number is never more than a hint
_SAME_CODE = 0.15
_HUB_NEIGHBOURS = 5
_SAME_WORDS = 1.15  # surer than words that explain each other wholly
_ORDINAL_ALONE = 0.6  # "Lecture 5" and 第五讲
_MOST_EQUAL = 24  # of many equal titles no more than this many are compared with each other
_HEAD, _TAIL = 800, 64  # of an overlong text this much is read


class Faces:
    """A list of texts with what each says in English and in Chinese; a text has two faces where most have both.

    ``titles`` are the texts taken apart, without their other half; ``english`` and ``chinese`` give by position the
    titles that the text has in that language.
    """

    __slots__ = ("chinese", "english", "pairs", "titles")

    def __init__(self, texts: Sequence[str]) -> None:
        short = [text if len(text) <= _HEAD + _TAIL else text[:_HEAD] + text[-_TAIL:] for text in texts]
        halves = [bilingual_halves(text) for text in short]
        if 2 * sum(pair is not None for pair in halves) < len(short):  # a name in brackets, no list in two languages
            halves = [None] * len(short)
        self.pairs = [pair for pair in halves if pair]
        chinese = [language_of(text) != "en" for text in short]
        mostly_chinese = 2 * sum(chinese) >= max(1, len(short))
        english_titles = titles_of([pair[0] if pair else text for pair, text in zip(halves, short, strict=True)])
        chinese_titles = english_titles
        if self.pairs:
            chinese_titles = titles_of([pair[1] if pair else text for pair, text in zip(halves, short, strict=True)])
        self.english = {
            i: title for i, title in enumerate(english_titles) if halves[i] or not (mostly_chinese or chinese[i])
        }
        self.chinese = {i: title for i, title in enumerate(chinese_titles) if halves[i] or i not in self.english}
        self.titles = [self.chinese.get(i) or self.english[i] for i in range(len(short))]


_Scorer: TypeAlias = "Bilingual | Monolingual | _Turned"


class _View:
    """A scorer over those lefts and rights that have a certain face, by their places in the whole lists."""

    def __init__(self, scorer: _Scorer, lefts: Sequence[int], rights: Sequence[int]) -> None:
        self.scorer, self.lefts, self.rights = scorer, lefts, rights
        self._left_at = {i: at for at, i in enumerate(lefts)}
        self._right_at = {j: at for at, j in enumerate(rights)}

    def add_to(self, rows: list[dict[int, float]]) -> None:
        for at, found in enumerate(self.scorer.rows()):
            row = rows[self.lefts[at]]
            for right_at, similarity in found.items():
                j = self.rights[right_at]
                row[j] = max(similarity, row.get(j, 0.0))

    def shared(self, left: int, right: int) -> list[str]:
        if left in self._left_at and right in self._right_at:
            return self.scorer.shared(self._left_at[left], self._right_at[right])
        return []

    def least_share(self, left: int, right: int) -> float:
        if left in self._left_at and right in self._right_at:
            return min(self.scorer.shares(self._left_at[left], self._right_at[right]))
        return 0.0


class _Turned:
    """English and Chinese with their sides exchanged."""

    def __init__(self, scorer: Bilingual, width: int) -> None:
        self._scorer, self._width = scorer, width

    def known(self) -> list[float]:
        return self._scorer.known()

    def rows(self) -> list[dict[int, float]]:
        rows: list[dict[int, float]] = [{} for _ in range(self._width)]
        for i, row in enumerate(self._scorer.rows()):
            for j, similarity in row.items():
                rows[j][i] = similarity
        return rows

    def shared(self, left: int, right: int) -> list[str]:
        return self._scorer.shared(right, left)

    def shares(self, left: int, right: int) -> tuple[float, float]:
        return self._scorer.shares(right, left)


class Comparison:
    """The similarities of two lists of texts; ``left`` and ``right`` are their titles."""

    def __init__(self, left: Sequence[str], right: Sequence[str], lexicon: Lexicon) -> None:
        self._left_kinds, ours = _kinds(left)
        self._right_kinds, theirs = _kinds(right)
        self._views = _views(ours, theirs, lexicon)
        self._alike: list[dict[int, float]] = [{} for _ in ours.titles]
        for view in self._views:
            view.add_to(self._alike)
        _add_equal(self._alike, ours.titles, theirs.titles)
        self._rows = [
            {j: alike + _agreement(title, theirs.titles[j]) for j, alike in row.items()}
            for title, row in zip(ours.titles, self._alike, strict=True)
        ]
        self._known = _known(self._views, len(ours.titles), len(theirs.titles))
        self.left = [ours.titles[kind] for kind in self._left_kinds]
        self.right = [theirs.titles[kind] for kind in self._right_kinds]

    def alike(self, left: int, right: int) -> float:
        """How much of the wording of two titles is explained by the other, 0…1."""
        return min(1.0, self._alike[self._left_kinds[left]].get(self._right_kinds[right], 0.0))

    def least_share(self, left: int, right: int) -> float:
        """How much of that title is explained by the other which is explained less, 0…1."""
        kinds = self._left_kinds[left], self._right_kinds[right]
        if self._alike[kinds[0]].get(kinds[1], 0.0) >= 1:
            return 1.0
        return min(1.0, max((view.least_share(*kinds) for view in self._views), default=0.0))

    def alike_to(self, left: int) -> dict[int, float]:
        """How much each right that shares anything with a left is like it."""
        row = self._alike[self._left_kinds[left]]
        return {j: min(1.0, row[kind]) for j, kind in enumerate(self._right_kinds) if kind in row}

    def shared(self, left: int, right: int) -> list[str]:
        """The terms that both titles hold, as evidence: those of the two faces that share most."""
        kinds = self._left_kinds[left], self._right_kinds[right]
        return max((view.shared(*kinds) for view in self._views), key=len, default=[])

    def known(self) -> tuple[list[float], list[float]]:
        """For each left and each right the share 0…1 of its words that would be recognised in a partner."""
        left, right = self._known
        return [left[kind] for kind in self._left_kinds], [right[kind] for kind in self._right_kinds]

    @property
    def kinds(self) -> tuple[Sequence[int], Sequence[int]]:
        """The numbers of the texts of the lefts and of the rights: equal texts of one list have one number."""
        return self._left_kinds, self._right_kinds

    def scores(self) -> list[dict[int, float]]:
        """For each left how well the rights fit that share anything with it, by wording, part, ordinal and code.

        What is usual for its left and its right is taken off: a title that resembles all resembles none
        (cross-domain similarity local scaling, Conneau et al. 2018). About 0 for no pair, 0.5 for a sure one.
        """
        columns: dict[int, list[float]] = defaultdict(list)
        for row in self._rows:
            for j, score in row.items():
                columns[j].append(score)
        usual_right = {j: _usual(scores) for j, scores in columns.items()}
        rows = []
        for row in self._rows:
            usual = _usual(row.values())
            rows.append({j: score - (usual + usual_right[j]) / 2 for j, score in row.items()})
        return _unfolded(rows, self._left_kinds, self._right_kinds)


def _kinds(texts: Sequence[str]) -> tuple[list[int], Faces]:
    """For each text the number of the first equal one among the different texts, and their faces."""
    numbers: dict[str, int] = {}
    kinds = [numbers.setdefault(text, len(numbers)) for text in texts]
    return kinds, Faces(list(numbers))


def _unfolded(rows: list[dict[int, float]], left: Sequence[int], right: Sequence[int]) -> list[dict[int, float]]:
    """Rows between different texts as rows between places: equal texts go with those that stand at a like turn."""
    if len(rows) == len(left) and len({*right}) == len(right):
        return rows
    places: dict[int, list[int]] = defaultdict(list)
    for j, kind in enumerate(right):
        places[kind].append(j)
    turns: dict[int, int] = defaultdict(int)
    unfolded = []
    for kind in left:
        first = max(0, turns[kind] - _MOST_EQUAL // 2)
        turns[kind] += 1
        unfolded.append({j: score for k, score in rows[kind].items() for j in _window(places[k], first)})
    return unfolded


def _window(places: Sequence[int], first: int) -> Sequence[int]:
    return places if len(places) <= _MOST_EQUAL else places[min(first, len(places) - _MOST_EQUAL) :][:_MOST_EQUAL]


def _add_equal(rows: list[dict[int, float]], left: Sequence[Title], right: Sequence[Title]) -> None:
    """Titles whose words are the same in every script, and those that are only an ordinal."""
    places: dict[str, list[int]] = defaultdict(list)
    ordinals: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for j, title in enumerate(right):
        places[folded(title.base)].append(j)
        ordinals[title.ordinal].append(j)
    for row, title in zip(rows, left, strict=True):
        if title.base:
            row.update((j, _SAME_WORDS) for j in places.get(folded(title.base), ())[:_MOST_EQUAL])
        elif title.ordinal:
            row.update((j, _ORDINAL_ALONE) for j in ordinals[title.ordinal][:_MOST_EQUAL] if not right[j].base)


def _known(views: Sequence[_View], left: int, right: int) -> tuple[list[float], list[float]]:
    """Only English words that are to be found in Chinese may be unknown."""
    known = [1.0] * left, [1.0] * right
    for view in views:
        if isinstance(view.scorer, Monolingual):
            return [1.0] * left, [1.0] * right
        turned = isinstance(view.scorer, _Turned)
        places = view.rights if turned else view.lefts
        for place, share in zip(places, view.scorer.known(), strict=True):
            known[turned][place] = share
    return known


def _views(left: Faces, right: Faces, lexicon: Lexicon) -> list[_View]:
    """A view for each two faces that can be compared; the page's own bilingual texts teach their words."""
    if pairs := left.pairs + right.pairs:
        lexicon = lexicon.with_pairs(pairs, "page")
    views = []
    for ours, theirs in ((left.english, right.english), (left.chinese, right.chinese)):
        if ours and theirs:
            views.append(_view(Monolingual([*ours.values()], [*theirs.values()], lexicon), ours, theirs))
    if left.english and right.chinese:
        scorer = Bilingual([*left.english.values()], [*right.chinese.values()], lexicon)
        views.append(_view(scorer, left.english, right.chinese))
    if left.chinese and right.english:
        turned = _Turned(Bilingual([*right.english.values()], [*left.chinese.values()], lexicon), len(left.chinese))
        views.append(_view(turned, left.chinese, right.english))
    return views


def _view(scorer: _Scorer, ours: Iterable[int], theirs: Iterable[int]) -> _View:
    return _View(scorer, list(ours), list(theirs))


def _usual(scores: Iterable[float]) -> float:
    return sum(heapq.nlargest(_HUB_NEIGHBOURS, scores)) / _HUB_NEIGHBOURS


def _agreement(left: Title, right: Title) -> float:
    value = 0.0
    if left.part is not None and right.part is not None:
        value += _SAME_PART if left.part == right.part else _OTHER_PART
    elif left.part is not right.part:
        value += _ONE_PART
    if left.ordinal and len(left.ordinal) == len(right.ordinal):  # "Week 2: Lecture 3" beside "Lecture 5" says nothing
        value += _SAME_ORDINAL if left.ordinal == right.ordinal else _OTHER_ORDINAL
    if left.codes and right.codes:
        value += _SAME_CODE if set(left.codes) & set(right.codes) else 0.0
    return value
