"""Rules on two pages: their headings, lists, tables and blocks of code, and which of them one page lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.align.pages import align_blocks
from pipeline.model import Severity
from pipeline.text.said import Said, said, said_of
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


def _missing(pair: PagePair, lack: _Lack, severity: Severity) -> Iterator[Found]:
    """The findings about parts of one page; all of them where there are few."""
    page = pair.translated.path
    for part in lack.parts if len(lack.parts) <= _MANY else lack.parts[:1]:
        text = quoted(part.text.partition("\n")[0] if part.form != "code" else part.text)
        if lack.side == 0:
            message = _and_more(_lacking(part.form, text, pair.place(0, part.line)), lack)
            fix = said("translate it, or take it out of {page}", page=pair.source.path)
            yield Found(page, pair.line_for(part), message, source=part.text, fix=fix, severity=severity)
        else:
            message = _and_more(_added(part.form, text, pair.source.path), lack)
            fix = said("add it to {page}, or take it out here", page=pair.source.path)
            yield Found(page, part.line, message, target=part.text, fix=fix, severity=severity)


def _and_more(what: Said, lack: _Lack) -> Said:
    more = len(lack.parts) - 1
    return said("{what}, nor {more} more", what=what, more=more) if more >= _MANY else what


def _lacking(form: Form, text: str, place: str) -> Said:
    match form:
        case "heading":
            return said("lacks the heading {text} of {place}", text=text, place=place)
        case "list item":
            return said("lacks the list item {text} of {place}", text=text, place=place)
        case "table":
            return said("lacks the table {text} of {place}", text=text, place=place)
        case _:
            return said("lacks the block of code {text} of {place}", text=text, place=place)


def _added(form: Form, text: str, page: str) -> Said:
    match form:
        case "heading":
            return said("the heading {text} is not in {page}", text=text, page=page)
        case "list item":
            return said("the list item {text} is not in {page}", text=text, page=page)
        case "table":
            return said("the table {text} is not in {page}", text=text, page=page)
        case _:
            return said("the block of code {text} is not in {page}", text=text, page=page)


@pair_rule("P203", "heading-missing", "warning")
def heading_missing(pair: PagePair) -> Iterator[Found]:
    """Every heading of a page has one in its translation, and the other way round."""
    lack = _lack(pair, "heading", *pair.parts)
    if lack and lack.parts:
        yield from _missing(pair, lack, "warning" if lack.is_sure else "info")
    elif lack:
        there, here = (sum(each.form == "heading" for each in parts) for parts in pair.parts)
        message = said_of(
            here, "has {number} heading, {page} has {there}", "has {number} headings, {page} has {there}",
            page=pair.source.path, there=there,
        )  # fmt: skip
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
            message = said(
                "a heading of level {here}, at {place} of level {there}",
                here=other.level, place=pair.place(0, one.line), there=one.level,
            )  # fmt: skip
            severity: Severity = "warning" if not usual else "info"
            marks = "#" * (one.level + usual)
            fix = said("write it with {marks}", marks=marks) if marks else said("give both one level")
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
                message = said(
                    "stands before what precedes it in the source, at {place}", place=pair.place(0, one.line)
                )
                fix = said("bring the sections of both pages in one order")
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


def _of_sections(pair: PagePair, form: Form) -> Iterator[Found]:
    """What sections lack of one form, or have in another."""
    for section in pair.sections:
        left, right = _open(pair, section)
        lack = _lack(pair, form, left, right)
        if lack is None:
            continue
        if lack.is_sure:
            yield from _missing(pair, lack, "warning")
            continue
        counts = [sum(each.form == form for each in side) for side in (left, right)]
        first = next(each for each in (right, left)[not counts[1]] if each.form == form)
        line = first.line if counts[1] else pair.line_for(first)
        there = next((each.line for each in left if each.form == form), section.left[0].line if section.left else 1)
        message = _compared(form, counts[1], counts[0], pair.place(0, there))
        yield Found(
            pair.translated.path, line, message, fix="compare the two sections", severity="info",
            source=_title(section.left), target=_title(section.right),
        )  # fmt: skip


def _compared(form: Form, here: int, there: int, place: str) -> Said:
    if not here:
        return _none_here(form, there, place)
    if not there:
        return said("{here} in this section, none at {place}", here=_counted(form, here), place=place)
    return said("{here} in this section, {there} at {place}", here=_counted(form, here), there=there, place=place)


def _none_here(form: Form, there: int, place: str) -> Said:
    match form:
        case "list item":
            return said("no list items in this section, {there} at {place}", there=there, place=place)
        case "table":
            return said("no tables in this section, {there} at {place}", there=there, place=place)
        case _:
            return said("no blocks of code in this section, {there} at {place}", there=there, place=place)


def _counted(form: Form, count: int) -> Said:
    match form:
        case "list item":
            return said_of(count, "{number} list item", "{number} list items")
        case "table":
            return said_of(count, "{number} table", "{number} tables")
        case _:
            return said_of(count, "{number} block of code", "{number} blocks of code")


def _title(parts: Sequence[Part]) -> str:
    return parts[0].text if parts and parts[0].form == "heading" else ""


@pair_rule("P206", "list-length", "warning")
def list_length(pair: PagePair) -> Iterator[Found]:
    """The lists of a section have as many items in both languages."""
    yield from _of_sections(pair, "list item")


@pair_rule("P207", "table-missing", "warning")
def table_missing(pair: PagePair) -> Iterator[Found]:
    """Every table of a section is there in both languages."""
    yield from _of_sections(pair, "table")


@pair_rule("P208", "code-missing", "warning")
def code_missing(pair: PagePair) -> Iterator[Found]:
    """Every block of code of a section is there in both languages."""
    yield from _of_sections(pair, "code")


@pair_rule("P209", "table-shape", "warning")
def table_shape(pair: PagePair) -> Iterator[Found]:
    """A table has as many rows and columns as its source."""
    for bead in pair.beads:
        if len(bead.left) == len(bead.right) == 1 and bead.left[0].form == bead.right[0].form == "table":
            yield from _shape_of_table(pair, bead.left[0], bead.right[0])


def _shape_of_table(pair: PagePair, one: Part, other: Part) -> Iterator[Found]:
    columns = [Counter(map(len, table.rows)).most_common(1)[0][0] for table in (one, other)]
    place = pair.place(0, one.line)
    if columns[0] != columns[1]:
        message = said_of(
            columns[1],
            "a table of {number} column, at {place} of {there}",
            "a table of {number} columns, at {place} of {there}",
            place=place,
            there=columns[0],
        )
        fix = said("give both the same columns")
        yield Found(pair.translated.path, other.line, message, 1, row_text(one.rows[0]), row_text(other.rows[0]), fix)
    if len(one.rows) != len(other.rows):
        yield from _rows_of_table(pair, one, other)


def _rows_of_table(pair: PagePair, one: Part, other: Part) -> Iterator[Found]:
    """The rows that a table has more than the other, if they are few; else only how many each has."""
    rows, theirs = one.rows, other.rows
    counts = said_of(
        len(theirs),
        "a table of {number} row, at {place} of {there}",
        "a table of {number} rows, at {place} of {there}",
        place=pair.place(0, one.line),
        there=len(rows),
    )
    found = align_blocks([row_text(row) for row in rows], [row_text(row) for row in theirs], lexicon=pair.lexicon)
    alone = [rows[i] for i in found.left_only] if len(rows) > len(theirs) else [theirs[j] for j in found.right_only]
    if len(alone) != abs(len(rows) - len(theirs)) or len(alone) > _MANY:
        yield Found(pair.translated.path, other.line, counts, fix="give both the same rows")
        return
    for row in alone:
        if len(rows) > len(theirs):
            message = said("{counts}; lacks the row of {place}", counts=counts, place=pair.place(0, row[0].line))
            yield Found(pair.translated.path, other.line, message, source=row_text(row), fix="translate the row")
        else:
            message = said("{counts}; this row is not there", counts=counts)
            fix = said("add the row to {page}, or take it out here", page=pair.source.path)
            yield Found(pair.translated.path, row[0].line, message, target=row_text(row), fix=fix)
