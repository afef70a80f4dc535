"""What a page says in place of another: the messages of a source page filled from its translation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from pipeline.align.evidence import NOTHING_SHARED
from pipeline.align.lists import align_lists
from pipeline.align.pages import align_blocks
from pipeline.align.sentences import align_sentences
from pipeline.catalogs.carry import Key
from pipeline.catalogs.prefilled import Prefill
from pipeline.catalogs.worddiff import ALIGNED
from pipeline.extractors.bilingual import units_of_blocks
from pipeline.extractors.page import PageOptions
from pipeline.extractors.rewrite import translated_page
from pipeline.model import Page, Pair, Tier, Unit
from pipeline.text.lexicon import Lexicon
from pipeline.text.printable import one_line
from pipeline.text.said import said
from pipeline.text.script import has_han
from pipeline.text.sentences import sentences

_AGREED = 0.7  # the share of pairs in place from which pages of one structure are taken to say the same throughout
_DONE = 0.8  # the share of texts that differ from their source in a page that is translated throughout
_SHORT = 60  # characters up to which such a page keeps a text as it is: a name
_MOST_SENTENCES = 8
_LONGEST = 500  # characters of a text that is shown in a note


class Counterpart(NamedTuple):
    """What a page says for a unit of its source: its text at a line, how sure that is and why.

    ``text`` is empty where only the ``notes`` say something.
    """

    unit: Unit
    text: str
    line: int
    tier: Tier
    evidence: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def prefill(self) -> Prefill:
        """The same as a suggestion."""
        return Prefill(self.text, self.tier != "accept", "\n".join(self.notes))


@dataclass(frozen=True, slots=True)
class PageFill:
    """What a translated page says for the units of its source, in their order, and what it says besides.

    ``left`` are the units of the source that it says nothing for, ``unplaced`` the texts of the page that no unit has.
    """

    counterparts: tuple[Counterpart, ...]
    left: tuple[Unit, ...]
    unplaced: tuple[Unit, ...]

    def by_message(self) -> Mapping[Key, Counterpart]:
        """Return what is said for each message; of several translations of one text the surest counts, then the first."""
        found: dict[Key, Counterpart] = {}
        for each in self.counterparts:
            key = each.unit.context, each.unit.text
            if key not in found or _rank(each) > _rank(found[key]):
                found[key] = each
        return found

    def prefills(self) -> Mapping[Key, Prefill]:
        """Return the same as suggestions."""
        return {key: each.prefill for key, each in self.by_message().items()}


def filled_from_pages(
    source: Page, translated: Page, options: PageOptions = PageOptions(), lexicon: Lexicon | None = None
) -> PageFill:
    """Return what ``translated``, a page in the other language, says for each unit of ``source``.

    Only a text that is the partner of one unit alone is its translation; of a text that says more or less, the sentences
    are in notes. What would break the page is in a note, too. ``lexicon`` may know the course's own terms.
    """
    filling = _Filling(source, translated, lexicon)
    found = filling.counterparts()
    found = _kept_as_they_are(found)
    broken = _broken(source, found, options)
    told = tuple(_told(each, broken.get((each.unit.line, each.unit.column), ""), translated.path) for each in found)
    said = {each.unit.start for each in told}
    left = tuple(unit for unit in source.units if unit.start not in said)
    unplaced = tuple(unit for unit in translated.units if unit.start not in filling.used)
    return PageFill(told, left, unplaced)


def _rank(each: Counterpart) -> tuple[bool, bool, bool]:
    return each.tier == "accept" and bool(each.text), bool(each.text), bool(each.notes)


class _Row(NamedTuple):
    """A block with its attributes, or a table: what is aligned as one."""

    blocks: tuple[Unit, ...]
    attributes: tuple[Unit, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return self.blocks[0].cell is not None

    @property
    def markdown(self) -> str:
        """Its Markdown source, as far as it tells what it is."""
        if self.is_table:
            rows = groupby(self.blocks, lambda block: block.cell[1] if block.cell else 0)
            return "\n".join(f"| {' | '.join(cell.text for cell in row)} |" for _, row in rows)
        block = self.blocks[0]
        marks = {"heading": "#" * max(1, block.level) + " ", "list item": "- ", "quote": "> "}
        return f"```\n{block.text}\n```" if block.form == "code" else marks.get(block.kind, "") + block.text


def _rows(page: Page) -> list[_Row]:
    rows: list[list[Unit]] = []
    attributes: list[list[Unit]] = []
    for block in page.blocks:
        if block.kind == "front matter":
            continue
        if block.kind == "attribute" and rows:
            attributes[-1].append(block)
        elif rows and block.cell and rows[-1][0].cell and block.cell[0] == rows[-1][0].cell[0]:
            rows[-1].append(block)
        else:
            rows.append([block])
            attributes.append([])
    return [_Row(tuple(row), tuple(own)) for row, own in zip(rows, attributes, strict=True)]


class _Filling:
    """The work on two pages; ``used`` are the places of the texts of the translated page that were paired."""

    def __init__(self, source: Page, translated: Page, lexicon: Lexicon | None) -> None:
        self.source, self.translated, self.lexicon = source, translated, lexicon
        self.units = units_of_blocks(source)
        self.left, self.right = _rows(source), _rows(translated)
        self.used: set[int] = set()

    def counterparts(self) -> list[Counterpart]:
        found = list(self._front_matter())
        for pair in self._pairs():
            lefts, rights = [self.left[i] for i in pair.left], [self.right[j] for j in pair.right]
            if len(lefts) == len(rights) == 1:
                found += self._of_rows(lefts[0], rights[0], pair)
            else:
                found += self._of_runs(lefts, rights, pair)
        return sorted(found, key=lambda each: each.unit.start)

    def _pairs(self) -> list[Pair[tuple[int, ...]]]:
        alignment = align_blocks(
            [row.markdown for row in self.left], [row.markdown for row in self.right], lexicon=self.lexicon
        )
        pairs = list(alignment.pairs)
        if [_shape(row) for row in self.left] != [_shape(row) for row in self.right]:
            return pairs
        in_place = {pair.left[0]: pair for pair in pairs if pair.left == pair.right and len(pair.left) == 1}
        if len(in_place) < _AGREED * len(self.left):
            return pairs
        elsewhere = [pair for pair in pairs if pair.left != pair.right]
        gone = {i for pair in elsewhere for side in (pair.left, pair.right) for i in side}
        why = (said("same place in pages of one structure"),)
        for i in range(len(self.left)):
            if i not in gone and (not elsewhere or i not in in_place):
                in_place[i] = Pair((i,), (i,), 1.0, "review" if elsewhere else "accept", why)
        return [*in_place.values(), *elsewhere]

    def _front_matter(self) -> Iterator[Counterpart]:
        there = _matter(self.translated)
        for place, block in _matter(self.source).items():
            if other := there.get(place):
                yield from self._of_blocks(block, other, Pair(0, 0, 1.0, "accept", ("same key",)))

    def _of_rows(self, left: _Row, right: _Row, pair: Pair[tuple[int, ...]]) -> Iterator[Counterpart]:
        if left.is_table != right.is_table:
            return
        why = Pair(0, 0, pair.score, pair.tier, pair.evidence)
        if left.is_table:
            yield from self._of_cells(left, right, why)
        else:
            yield from self._of_blocks(left.blocks[0], right.blocks[0], why)
        if [each.key for each in left.attributes] == [each.key for each in right.attributes]:
            for one, other in zip(left.attributes, right.attributes, strict=True):
                yield from self._of_blocks(one, other, why)

    def _of_cells(self, left: _Row, right: _Row, why: Pair[int]) -> Iterator[Counterpart]:
        """The cells of two tables: by place where the tables are as large, else in the rows that belong together."""
        one, other = _grid(left), _grid(right)
        numbers, numbers_there = list(one), list(other)
        rows: list[tuple[int, int, Pair[int]]] = []
        if len(one) == len(other):
            rows = [(i, j, why) for i, j in zip(numbers, numbers_there, strict=True)]
        else:
            texts = [[" ".join(cell.text for cell in row.values()) for row in grid.values()] for grid in (one, other)]
            found = align_lists(texts[0], texts[1], lexicon=self.lexicon)
            rows = [(numbers[pair.left], numbers_there[pair.right], pair) for pair in found.pairs]
        for i, j, pair in rows:
            if one[i].keys() == other[j].keys():
                for column, cell in one[i].items():
                    yield from self._of_blocks(cell, other[j][column], pair)

    def _of_blocks(self, block: Unit, other: Unit, why: Pair[int]) -> Iterator[Counterpart]:
        self.used.add(other.start)
        if (unit := self.units.get(block)) is None or why.tier == "none":
            return
        is_odd = has_han(other.text) != (self.translated.language != "en") and other.text != unit.text
        tier: Tier = "review" if is_odd or block.kind != other.kind else why.tier
        if tier == "review" and NOTHING_SHARED in why.evidence:
            self.used.discard(other.start)  # place and form alone do not make a translation
            return
        yield Counterpart(unit, other.text, other.line, tier, (f"score {why.score:.2f}", *why.evidence))

    def _of_runs(
        self, lefts: Sequence[_Row], rights: Sequence[_Row], pair: Pair[tuple[int, ...]]
    ) -> Iterator[Counterpart]:
        """Notes on what is said together: the sentences that belong to each unit."""
        others = [row.blocks[0] for row in rights if not row.is_table]
        units = [unit for row in lefts if not row.is_table and (unit := self.units.get(row.blocks[0]))]
        if not others or not units:
            return
        self.used |= {other.start for other in others}
        lines = ", ".join(str(other.line) for other in others)
        where = f"{self.translated.path}:{lines}"
        for unit, spoken in zip(units, self._sentences(units, others), strict=True):
            if len(units) == 1:
                what = f"{len(others)} texts of {where} say this together"
            else:
                what = f"{where} says this and what stands beside it"
            notes = (f"{ALIGNED}{what}", *(f"{ALIGNED}“{one}” = “{other}”" for one, other in spoken))
            yield Counterpart(unit, "", others[0].line, "none", pair.evidence, notes)

    def _sentences(self, units: Sequence[Unit], others: Sequence[Unit]) -> list[list[tuple[str, str]]]:
        """For each unit its sentences with theirs."""
        owners = [(place, text) for place, unit in enumerate(units) for text in sentences(unit.text)]
        there = [text for other in others for text in sentences(other.text)]
        found = align_sentences([text for _, text in owners], there, lexicon=self.lexicon)
        said: list[list[tuple[str, str]]] = [[] for _ in units]
        for pair in found.pairs:
            places = {owners[i][0] for i in pair.left}
            if len(places) == 1 and len(own := said[places.pop()]) < _MOST_SENTENCES:
                one, other = (
                    " ".join(owners[i][1] for i in pair.left),
                    "".join(there[j] for j in pair.right),
                )
                own.append((_shown(one), _shown(other)))
        return said


def _shape(row: _Row) -> tuple[object, ...]:
    return tuple(
        (block.kind, block.level, block.form == "code", block.cell and block.cell[1:])
        for block in (*row.blocks, *row.attributes)
    )


def _grid(row: _Row) -> dict[int, dict[int, Unit]]:
    """The cells of a table by row and column."""
    grid: dict[int, dict[int, Unit]] = {}
    for block in row.blocks:
        if block.cell:
            grid.setdefault(block.cell[1], {})[block.cell[2]] = block
    return grid


def _matter(page: Page) -> dict[tuple[str, int], Unit]:
    """The values of the front matter by their key, and the how manieth of that key each is."""
    found: dict[tuple[str, int], Unit] = {}
    for block in page.blocks:
        if block.kind == "front matter":
            found[block.key, sum(key == block.key for key, _ in found)] = block
    return found


def _kept_as_they_are(found: list[Counterpart]) -> list[Counterpart]:
    """What is translated: an equal text is not, unless it is a name in a page that is translated throughout."""
    said = [each for each in found if each.text]
    differing = sum(each.text != each.unit.text for each in said)
    is_done = differing >= _DONE * len(said)
    return [each for each in found if each.text != each.unit.text or (is_done and len(each.text) <= _SHORT)]


def _broken(source: Page, found: Sequence[Counterpart], options: PageOptions) -> dict[tuple[int, int], str]:
    """What would break the source, by the place of its unit."""
    texts = {each.unit.start: each.text for each in found}
    made = translated_page(source, lambda unit: texts.get(unit.start), options)
    return {
        (each.line, each.column): each.message.removeprefix("the translation is left out: ") for each in made.findings
    }


def _told(each: Counterpart, fault: str, path: str) -> Counterpart:
    """A counterpart with its notes; what would break its page is only told."""
    if not each.text:
        return each
    place = f"{path}:{each.line}"
    if fault:
        return each._replace(text="", tier="none", notes=(f"{ALIGNED}{place} says “{_shown(each.text)}”, but {fault}",))
    if each.tier == "accept":
        return each
    return each._replace(notes=(f"{ALIGNED}{place}, please check: {_shown('; '.join(each.evidence))}",))


def _shown(text: str) -> str:
    line = one_line(" ".join(text.split()))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
