"""Rules on two pages: their headings, lists, tables and blocks of code, and which of them one page lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.align.pages import align_blocks
from pipeline.model import Severity
from pipeline.validator.base import Found
from pipeline.validator.page_pairs import SIDES, Form, PagePair, Part, Section, Side, pair_rule, quoted, row_text

_MANY = 3  # parts that one page lacks, told one by one


class _Lack(NamedTuple):
    """Parts that only the page ``side`` has; they are sure where nothing else explains that the counts differ."""

    side: Side
    parts: tuple[Part, ...]
    is_sure: bool


def _lack(pair: PagePair, form: Form, left: Sequence[Part], right: Sequence[Part]) -> _Lack | None:
    """What one side has more of a form than the other, and which of them have no partner."""
    ours, theirs = ([each for each in side if each.form == form] for side in (left, right))
    if len(ours) == len(theirs):
        return None
    side: Side = 0 if len(ours) > len(theirs) else 1
    more, less = (theirs, ours) if side else (ours, theirs)
    other: Side = 0 if side else 1
    alone = tuple(each for each in more if _is_alone(pair, side, each))
    is_sure = len(alone) == len(more) - len(less) and not any(_is_alone(pair, other, each) for each in less)
    return _Lack(side, alone, is_sure and bool(alone))


def _is_alone(pair: PagePair, side: Side, part: Part) -> bool:
    bead = pair.partners[side, part.number]
    return not (bead.left if side else bead.right)


def _missing(pair: PagePair, lack: _Lack, noun: str, severity: Severity) -> Iterator[Found]:
    """The findings about parts of one page; all of them where there are few."""
    page = pair.translated.path
    for part in lack.parts if len(lack.parts) <= _MANY else lack.parts[:1]:
        more = f", nor {len(lack.parts) - 1} more" if len(lack.parts) > _MANY else ""
        said = quoted(part.text.partition("\n")[0] if part.form != "code" else part.text)
        if lack.side == 0:
            message = f"lacks the {noun} {said} of {pair.place(0, part.line)}{more}"
            fix = f"translate it, or take it out of {pair.source.path}"
            yield Found(page, pair.line_for(part), message, source=part.text, fix=fix, severity=severity)
        else:
            message = f"the {noun} {said} is not in {pair.source.path}{more}"
            fix = f"add it to {pair.source.path}, or take it out here"
            yield Found(page, part.line, message, target=part.text, fix=fix, severity=severity)


@pair_rule("P203", "heading-missing", "warning")
def heading_missing(pair: PagePair) -> Iterator[Found]:
    """Every heading of a page has one in its translation, and the other way round."""
    lack = _lack(pair, "heading", *pair.parts)
    if lack and lack.parts:
        yield from _missing(pair, lack, "heading", "warning" if lack.is_sure else "info")
    elif lack:
        counts = [sum(each.form == "heading" for each in parts) for parts in pair.parts]
        message = f"has {counts[1]} headings, {pair.source.path} has {counts[0]}"
        yield Found(pair.translated.path, 1, message, fix="give both pages the same headings", severity="info")


@pair_rule("P204", "heading-level", "warning")
def heading_level(pair: PagePair) -> Iterator[Found]:
    """A heading has the level of its source; all of them may be one deeper, where the title stands elsewhere."""
    paired = [
        (bead.left[0], bead.right[0])
        for bead in pair.beads
        if len(bead.left) == len(bead.right) == 1 and bead.left[0].form == bead.right[0].form == "heading"
    ]
    shifts = Counter(other.level - one.level for one, other in paired)
    usual = shifts.most_common(1)[0][0] if shifts else 0
    for one, other in paired:
        if other.level - one.level != usual:
            message = f"a heading of level {other.level}, at {pair.place(0, one.line)} of level {one.level}"
            severity: Severity = "warning" if not usual else "info"
            fix = f"write it with {'#' * (one.level + usual)}" if one.level + usual > 0 else "give both one level"
            yield Found(
                pair.translated.path, other.line, message, other.blocks[0].column, one.text, other.text, fix, severity
            )


@pair_rule("P205", "heading-order", "info")
def heading_order(pair: PagePair) -> Iterator[Found]:
    """The headings of a translation stand in the order of their sources."""
    last = -1
    for bead in pair.beads:
        if len(bead.left) == len(bead.right) == 1 and bead.left[0].form == bead.right[0].form == "heading":
            one, other = bead.left[0], bead.right[0]
            if other.number < last:
                message = f"stands before what follows it in the source, at {pair.place(0, one.line)}"
                fix = "bring the sections of both pages in one order"
                yield Found(
                    pair.translated.path, other.line, message, other.blocks[0].column, one.text, other.text, fix
                )
            last = max(last, other.number)


def _open(pair: PagePair, section: Section) -> tuple[list[Part], list[Part]]:
    """The parts of a section but for those under a heading that the other page lacks: the heading tells it all."""
    sides: tuple[list[Part], list[Part]] = ([], [])
    for side in SIDES:
        is_told = False
        for part in section[side]:
            if part.form == "heading":
                is_told = _is_alone(pair, side, part)
            elif not (is_told and _is_alone(pair, side, part)):
                sides[side].append(part)
    return sides


def _of_sections(pair: PagePair, form: Form, noun: str) -> Iterator[Found]:
    """What sections lack of one form, or have in another."""
    for section in pair.sections:
        left, right = _open(pair, section)
        lack = _lack(pair, form, left, right)
        if lack is None:
            continue
        if lack.is_sure:
            yield from _missing(pair, lack, noun, "warning")
            continue
        counts = [sum(each.form == form for each in side) for side in (left, right)]
        first = next(each for each in (right, left)[not counts[1]] if each.form == form)
        line = first.line if counts[1] else pair.line_for(first)
        there = next((each.line for each in left if each.form == form), section.left[0].line if section.left else 1)
        message = f"{_counted(counts[1], noun)} in this section, {counts[0] or 'none'} at {pair.place(0, there)}"
        yield Found(
            pair.translated.path, line, message, fix="compare the two sections", severity="info",
            source=_title(section.left), target=_title(section.right),
        )  # fmt: skip


def _counted(count: int, noun: str) -> str:
    return (
        f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
        if noun != "block of code"
        else f"{count or 'no'} blocks of code"
    )


def _title(parts: Sequence[Part]) -> str:
    return parts[0].text if parts and parts[0].form == "heading" else ""


@pair_rule("P206", "list-length", "warning")
def list_length(pair: PagePair) -> Iterator[Found]:
    """The lists of a section have as many items in both languages."""
    yield from _of_sections(pair, "list item", "list item")


@pair_rule("P207", "table-missing", "warning")
def table_missing(pair: PagePair) -> Iterator[Found]:
    """Every table of a section is there in both languages."""
    yield from _of_sections(pair, "table", "table")


@pair_rule("P208", "code-missing", "warning")
def code_missing(pair: PagePair) -> Iterator[Found]:
    """Every block of code of a section is there in both languages."""
    yield from _of_sections(pair, "code", "block of code")


@pair_rule("P209", "table-shape", "warning")
def table_shape(pair: PagePair) -> Iterator[Found]:
    """A table has as many rows and columns as its source."""
    for bead in pair.beads:
        if len(bead.left) == len(bead.right) == 1 and bead.left[0].form == bead.right[0].form == "table":
            yield from _shape_of_table(pair, bead.left[0], bead.right[0])


def _shape_of_table(pair: PagePair, one: Part, other: Part) -> Iterator[Found]:
    columns = [Counter(map(len, table.rows)).most_common(1)[0][0] for table in (one, other)]
    rows, theirs = one.rows, other.rows
    if columns[0] != columns[1]:
        message = f"a table of {columns[1]} columns, at {pair.place(0, one.line)} of {columns[0]}"
        yield Found(
            pair.translated.path,
            other.line,
            message,
            1,
            row_text(rows[0]),
            row_text(theirs[0]),
            "give both the same columns",
        )
    if len(rows) == len(theirs):
        return
    found = align_blocks([row_text(row) for row in rows], [row_text(row) for row in theirs], lexicon=pair.lexicon)
    counts = f"a table of {len(theirs)} rows, at {pair.place(0, one.line)} of {len(rows)}"
    alone = [rows[i] for i in found.left_only] if len(rows) > len(theirs) else [theirs[j] for j in found.right_only]
    if len(alone) != abs(len(rows) - len(theirs)) or len(alone) > _MANY:
        yield Found(pair.translated.path, other.line, counts, fix="give both the same rows")
        return
    for row in alone:
        if len(rows) > len(theirs):
            message = f"{counts}; lacks the row of {pair.place(0, row[0].line)}"
            yield Found(pair.translated.path, other.line, message, source=row_text(row), fix="translate the row")
        else:
            fix = f"add the row to {pair.source.path}, or take it out here"
            yield Found(
                pair.translated.path, row[0].line, f"{counts}; this row is not there", target=row_text(row), fix=fix
            )
