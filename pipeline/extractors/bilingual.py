"""The texts of a page that say the same in both languages, as pairs: what a hybrid page teaches a memory and a glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from pipeline.extractors.listings import Row, Table, tables
from pipeline.model import Page, Unit
from pipeline.text.halves import bilingual_halves, listed_halves
from pipeline.text.lazily import lazily
from pipeline.text.markup import plain
from pipeline.text.script import HAN, has_han, narrowed

Found = Literal["halves", "list", "columns", "fragment", "neighbours"]


@dataclass(frozen=True, slots=True)
class BilingualPair:
    """A text in English and in Chinese, markup stripped, with the unit that says it.

    ``found`` is how: the two "halves" of a heading or a caption, those of a text in a bilingual "list" or table column,
    two "columns" of a row, a "fragment" of running text, two "neighbours" in the page; of the latter and of columns
    ``other`` is the unit of the second text.
    """

    en: str
    zh: str
    unit: Unit
    found: Found
    other: Unit | None = None


def bilingual_pairs(page: Page) -> tuple[BilingualPair, ...]:
    """The pairs of a page in reading order; what may be no translation ("接口 3 (React)") is none.

    Their units are among the blocks of the page.
    """
    pairs = [*_in_lists(page), *_alone(page), *_neighbours(page), *_fragments(page)]
    for table in tables(page):
        pairs += column_pairs(table)
        pairs += _in_columns(table)
    first: dict[tuple[int, str], BilingualPair] = {}
    for pair in pairs:
        first.setdefault((pair.unit.start, pair.en), pair)
    return tuple(sorted(first.values(), key=lambda pair: pair.unit.start))


def split(page: Page) -> Page:
    """``page`` with the half in its own language as the unit where a text says the same in both, the blocks as they are.

    The unit has the exact place of its half. A text whose half stands in it twice, goes over lines or holds markup of its
    own stays whole.
    """
    halves = {
        pair.unit.start: pair.en if page.language == "en" else pair.zh
        for pair in bilingual_pairs(page)
        if pair.found in {"list", "halves"}
    }
    return replace(page, units=tuple(_half(page, unit, halves.get(unit.start, "")) for unit in page.units))


def _half(page: Page, unit: Unit, half: str) -> Unit:
    raw = page.data[unit.start : unit.end].decode(page.encoding, "replace")
    if not half or raw != unit.text or raw.count(half) != 1:
        return unit
    before = raw[: raw.index(half)]
    if "\n" in before + half:
        return unit
    start = unit.start + len(before.encode(page.encoding))
    end = start + len(half.encode(page.encoding))
    return unit._replace(start=start, end=end, column=unit.column + len(before), text=half)


def units_of_blocks(page: Page) -> dict[Unit, Unit]:
    """For each block of ``page`` with something to translate its unit: the block itself, or the half that it was split to."""
    whole = set(page.blocks)
    lines: dict[int, list[Unit]] = {}
    for block in page.blocks if not whole.issuperset(page.units) else ():
        lines.setdefault(block.line, []).append(block)
    found = {}
    for unit in page.units:
        around = [unit] if unit in whole else [each for each in lines[unit.line] if _holds(each, unit)]
        found.update(dict.fromkeys(around[:1], unit))
    return found


def _holds(block: Unit, half: Unit) -> bool:
    return block.kind == half.kind and block.start <= half.start and half.end <= block.end


# --- one unit that says both


def _listed(units: Sequence[Unit]) -> Iterator[BilingualPair]:
    for unit, halves in zip(units, listed_halves([unit.text for unit in units]), strict=True):
        if halves and has_han(halves[1]) and _numbers_agree(*halves):
            yield BilingualPair(*halves, unit, "list")


_NUMBER = lazily(r"\d+(?:\.\d+)*")


def _numbers_agree(english: str, chinese: str) -> bool:
    """Whether two texts name the same numbers, or one of them none ("3D", "三维")."""
    first, second = (sorted(_NUMBER.findall(text)) for text in (english, chinese))
    return not first or not second or first == second


def _in_lists(page: Page) -> Iterator[BilingualPair]:
    for is_list, run in groupby(page.blocks, lambda block: block.kind == "list item"):
        if is_list:
            yield from _listed(list(run))


def _in_columns(table: Table) -> Iterator[BilingualPair]:
    for column in sorted({column for row in table.rows for column in row}):
        yield from _listed([row[column] for row in table.rows if column in row])


def _alone(page: Page) -> Iterator[BilingualPair]:
    """Headings, captions and terms; English of one word in brackets after Chinese may be anything."""
    for unit in page.blocks:
        halves = bilingual_halves(unit.text) if unit.kind in {"heading", "caption", "term"} else None
        if halves and (len(halves[0].split()) > 1 or unit.text.lstrip("*_ ").startswith(halves[0])):
            yield BilingualPair(*halves, unit, "halves")


_PLACE = r"[A-Za-z][\w ,:&'’/–-]{1,80}?"
_FRAGMENT = lazily(
    rf"(?:(?<=[{HAN}《“「，。、；：（(])|^)\s?(?P<en>{_PLACE})\s?[（(](?:\*\*|<strong>|<b>)(?P<zh>[^*<>（）()]*[{HAN}][^*<>（）()]*)(?:\*\*|</strong>|</b>)[）)]"
    rf"|(?:\*\*|<strong>|<b>|[《「“])(?P<first>[^*<>（）()《》「」“”。，]*[{HAN}][^*<>（）()《》「」“”。，]*)(?:\*\*|</strong>|</b>|[》」”])\s?"
    rf"[（(]\s?(?P<second>[A-Za-z][a-z]+(?:[ -][A-Za-z][\w'’]*)+)\s?[）)]"
)


def _fragments(page: Page) -> Iterator[BilingualPair]:
    """Names in running text whose extent the page marks: `English（**中文**）`, `**中文**（English words）`."""
    for unit in page.blocks:
        if unit.kind in {"paragraph", "list item", "quote", "definition"} and bilingual_halves(unit.text) is None:
            for match in _FRAGMENT.finditer(unit.text):
                english, chinese = match["en"] or match["second"], match["zh"] or match["first"]
                yield BilingualPair(english.strip(), chinese.strip(), unit, "fragment")


# --- two units

_ENGLISH_COLUMN = lazily(r"\ben\b|english|英文|英语|英語|原文", re.IGNORECASE)
_CHINESE_COLUMN = lazily(r"\bzh\b|chinese|中文|汉语|漢語|译名|譯名|译文|譯文", re.IGNORECASE)


def column_pairs(table: Table) -> list[BilingualPair]:
    """The rows of a table whose header names a column of each language."""
    header, *rows = table.rows
    columns = _column(header, _ENGLISH_COLUMN), _column(header, _CHINESE_COLUMN)
    if None in columns or columns[0] == columns[1]:
        return []
    pairs = []
    for row in rows:
        english, chinese = (row.get(column or 0) for column in columns)
        if english and chinese and has_han(chinese.text) and not has_han(english.text):
            one, other = (english, chinese) if english.start < chinese.start else (chinese, english)
            pairs.append(BilingualPair(plain(english.text), plain(chinese.text), one, "columns", other))
    return pairs


def _column(header: Row, words: re.Pattern[str]) -> int | None:
    return next((column for column, cell in header.items() if words.search(plain(cell.text))), None)


_FEWEST = 2  # neighbours that must translate each other, one pair after the other


_LINK = lazily(r"<a\b|\]\(", re.IGNORECASE)  # a line of links stands beside texts of all kinds


def _neighbours(page: Page) -> Iterator[BilingualPair]:
    """Paragraphs that alternate between the languages, two pairs or more, alike in length and in their numbers."""
    run: list[BilingualPair] = []
    units = [unit for unit in page.blocks if unit.kind != "attribute"]
    place = 0
    while place + 1 < len(units):
        pair = _neighbour_pair(units[place], units[place + 1])
        if pair and (not run or has_han(run[-1].unit.text) == has_han(pair.unit.text)):
            run.append(pair)
            place += 2
            continue
        if len(run) >= _FEWEST:
            yield from run
        run = []
        place += 1
    if len(run) >= _FEWEST:
        yield from run


def _neighbour_pair(one: Unit, other: Unit) -> BilingualPair | None:
    if any(unit.kind != "paragraph" or _LINK.search(unit.text) for unit in (one, other)):
        return None
    if has_han(one.text) == has_han(other.text):
        return None
    english, chinese = (one, other) if has_han(other.text) else (other, one)
    en, zh = plain(english.text), plain(chinese.text)
    han = len(re.findall(f"[{HAN}]", zh))
    words = len(re.findall(r"[A-Za-z]{2,}", en))
    if words < 2 or han < 0.5 * len(narrowed(zh)) or not 0.3 * words <= han <= 6 * words:
        return None
    if not _numbers_agree(en, zh):
        return None
    return BilingualPair(en, zh, one, "neighbours", other)
