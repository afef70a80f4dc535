"""What rules on two pages look at: a page and its translation that stands beside it, block beside block, without a catalog.

Where two pages have the same shape, their blocks belong together one by one; else the aligner says which do. Rules take
a `PagePair` and ask it for its ``sections``: the stretches between two headings that belong together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal, NamedTuple

from pipeline.align.pages import align_blocks
from pipeline.model import Page, Severity, Unit
from pipeline.text.lexicon import Lexicon
from pipeline.text.printable import excerpt
from pipeline.text.said import said
from pipeline.validator.base import Found, rule

Form = Literal["heading", "list item", "table", "code", "text"]
Side = Literal[0, 1]  # the source, the translation
SIDES: tuple[Side, Side] = (0, 1)

_FORMS: dict[str, Form] = {"heading": "heading", "list item": "list item"}
_ALIKE = 0.3  # of the blocks of the shorter page surely have a partner, where one is the translation of the other
_FEW = 4  # blocks of a page too short to say
_SHOWN = 60  # characters of a text that a message quotes


class Part(NamedTuple):
    """A block of a page, or a whole table; ``number`` is its place in the page, from 0."""

    number: int
    form: Form
    level: int
    blocks: tuple[Unit, ...]

    @property
    def line(self) -> int:
        """The line that it begins in."""
        return self.blocks[0].line

    @property
    def last_line(self) -> int:
        """The line that it ends in."""
        return self.blocks[-1].line + self.blocks[-1].text.count("\n")

    @property
    def text(self) -> str:
        """What it says; of a table the rows."""
        return "\n".join(row_text(row) for row in self.rows) if self.form == "table" else self.blocks[0].text

    @property
    def rows(self) -> list[tuple[Unit, ...]]:
        """The cells of a table, row by row."""
        return [tuple(row) for _, row in groupby(self.blocks, lambda cell: cell.cell[1] if cell.cell else 0)]

    @property
    def markdown(self) -> str:
        """Its Markdown source, as far as it tells what it is."""
        if self.form == "code":
            return f"```\n{self.blocks[0].text}\n```"
        marks = {"heading": "#" * max(1, self.level) + " ", "list item": "- "}
        return marks.get(self.form, "") + self.text


def row_text(row: Iterable[Unit]) -> str:
    """Return a row of a table as Markdown writes it."""
    return f"| {' | '.join(cell.text for cell in row)} |"


class Bead(NamedTuple):
    """Parts of two pages that say the same; one side may be empty, ``is_sure`` is a pair of one and one."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    is_sure: bool


class Section(NamedTuple):
    """What stands on both pages between one pair of headings and the next; the headings are its first parts."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]


class LastChange(NamedTuple):
    """When a page was last changed, by git: ``moment`` and ``added`` (of its first commit) are seconds since 1970."""

    commit: str
    date: str
    moment: int
    added: int


@dataclass(frozen=True, eq=False)
class PagePair:
    """A page and the page that stands beside it as its translation.

    ``lexicon`` may know the course's terms; ``changes`` are the last ones of both, None where git does not know.
    """

    source: Page
    translated: Page
    lexicon: Lexicon | None = None
    changes: tuple[LastChange | None, LastChange | None] = (None, None)

    @cached_property
    def parts(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """The parts of both pages."""
        return parts_of(self.source), parts_of(self.translated)

    @cached_property
    def beads(self) -> tuple[Bead, ...]:
        """All parts of both pages in the order of the source, each once; those of the translation alone come last."""
        left, right = self.parts
        if _shape(left) == _shape(right):
            return tuple(Bead((one,), (other,), True) for one, other in zip(left, right, strict=True))
        found = align_blocks([each.markdown for each in left], [each.markdown for each in right], lexicon=self.lexicon)
        beads = [
            Bead(tuple(left[i] for i in pair.left), tuple(right[j] for j in pair.right), pair.tier == "accept")
            for pair in found.pairs
        ]
        beads += [Bead((left[i],), (), False) for i in found.left_only]
        beads.sort(key=lambda bead: bead.left[0].number)
        return (*beads, *(Bead((), (right[j],), False) for j in found.right_only))

    @cached_property
    def is_alike(self) -> bool:
        """Whether one page can be the translation of the other."""
        fewest = min(map(len, self.parts))
        return fewest < _FEW or self.certain >= _ALIKE * fewest

    @cached_property
    def certain(self) -> int:
        """How many blocks surely say the same."""
        return sum(bead.is_sure for bead in self.beads)

    @cached_property
    def partners(self) -> dict[tuple[Side, int], Bead]:
        """The bead of each part, by its page and its index."""
        found: dict[tuple[Side, int], Bead] = {}
        for bead in self.beads:
            found.update({(0, each.number): bead for each in bead.left})
            found.update({(1, each.number): bead for each in bead.right})
        return found

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The stretches between headings that belong together, in order."""
        cuts = [(0, 0)]
        for bead in self.beads:
            if len(bead.left) == len(bead.right) == 1 and bead.left[0].form == bead.right[0].form == "heading":
                cut = (bead.left[0].number, bead.right[0].number)
                if cut[0] >= cuts[-1][0] and cut[1] >= cuts[-1][1]:
                    cuts.append(cut)
        left, right = self.parts
        ends = [*cuts[1:], (len(left), len(right))]
        return tuple(Section(left[i:i_end], right[j:j_end]) for (i, j), (i_end, j_end) in zip(cuts, ends, strict=True))

    def page(self, side: Side) -> Page:
        """The source or the translation."""
        return self.translated if side else self.source

    def place(self, side: Side, line: int) -> str:
        """Where in one of the pages, for a message."""
        return f"{self.page(side).path}:{line}"

    def line_for(self, part: Part) -> int:
        """The line of the translation at which a part of the source that it lacks would stand."""
        for index in range(part.number - 1, -1, -1):
            if right := self.partners[0, index].right:
                return max(each.last_line for each in right)
        return 1


def parts_of(page: Page) -> tuple[Part, ...]:
    """Return the blocks of a page, tables as one, without its front matter and the texts in its tags."""
    groups: list[list[Unit]] = []
    for block in page.blocks:
        if block.kind in {"front matter", "attribute"}:
            continue
        if groups and block.cell and groups[-1][0].cell and block.cell[0] == groups[-1][0].cell[0]:
            groups[-1].append(block)
        else:
            groups.append([block])
    return tuple(Part(index, _form(group[0]), group[0].level, tuple(group)) for index, group in enumerate(groups))


def _form(block: Unit) -> Form:
    if block.cell is not None:
        return "table"
    return "code" if block.kind == "code" else _FORMS.get(block.kind, "text")


def _shape(parts: Iterable[Part]) -> list[tuple[Form, int, tuple[int, ...]]]:
    """What two pages have in common whose parts belong together one by one."""
    return [
        (each.form, each.level, tuple(map(len, each.rows)) if each.form == "table" else ()) for each in parts
    ]  # fmt: skip


def quoted(text: str) -> str:
    """Return a text for a message, short and in quotes."""
    return f"“{excerpt(text, _SHOWN)}”"


OfPair = Callable[[PagePair], Iterator[Found]]


def pair_rule(code: str, name: str, severity: Severity) -> Callable[[OfPair], OfPair]:
    """Register the decorated function as a rule on pages that are translations of each other."""

    def register(finds: OfPair) -> OfPair:
        def of_pair(pair: PagePair) -> Iterator[Found]:
            if pair.is_alike:
                yield from finds(pair)

        of_pair.__doc__ = finds.__doc__
        rule(code, name, severity)(of_pair)
        return finds

    return register


@rule("P202", "pages-unlike", "info")
def pages_unlike(pair: PagePair) -> Iterator[Found]:
    """Two pages whose names differ in their language only say the same."""
    if not pair.is_alike:
        ours, theirs = map(len, pair.parts)
        message = said(
            "has little in common with {page}: {same} of {ours} and {theirs} blocks surely say the same",
            page=pair.source.path, same=pair.certain, ours=ours, theirs=theirs,
        )  # fmt: skip
        fix = said("rename one of the two if it is no translation of the other; else bring them in step")
        yield Found(pair.translated.path, 1, message, fix=fix)


@pair_rule("P214", "pair-outdated", "info")
def pair_outdated(pair: PagePair) -> Iterator[Found]:
    """A translated page was changed after its source, or with it."""
    first, second = pair.changes
    if first is None or second is None:
        return
    pages = [(first, pair.source), (second, pair.translated)]
    if second.added < first.added:  # the English page is the translation
        pages.reverse()
    (change, source), (last, translated) = pages
    if change.moment > last.moment:
        message = said(
            "{page} was changed on {date} ({commit}), this page last on {last_date} ({last_commit})",
            page=source.path, date=change.date, commit=change.commit, last_date=last.date, last_commit=last.commit,
        )  # fmt: skip
        fix = said(
            "`git diff {commit} -- {page}` shows what is new there; bring it over", commit=last.commit, page=source.path
        )
        yield Found(translated.path, 1, message, fix=fix)
