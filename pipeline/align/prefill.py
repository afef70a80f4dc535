"""What the pages of a course already say in the other language: the translations that an alignment can vouch for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.align.course import Course, Match
from pipeline.catalogs.prefilled import Prefill
from pipeline.extractors.bilingual import bilingual_pairs, units_of_blocks
from pipeline.extractors.faults import translation_fault
from pipeline.model import Lecture, Outline, Page, Unit
from pipeline.text.markup import plain

Key = tuple[str | None, str]


def prefills(course: Course) -> Mapping[str, Mapping[Key, Prefill]]:
    """For the path of each page the translations of its messages that the course's own pages give, with their origin.

    A pair that is not certain is fuzzy. Of several translations of one text the surest counts.
    """
    found: dict[str, dict[Key, Prefill]] = {page.path: {} for page in course.pages}
    for path, key, prefill in _all(course):
        known = found[path].get(key)
        if known is None or (known.fuzzy and not prefill.fuzzy):
            found[path][key] = prefill
    return found


def _all(course: Course) -> Iterator[tuple[str, Key, Prefill]]:
    pages = {page.path: page for page in course.pages}
    for page in course.pages:
        for key, prefill in _halves(page):
            yield page.path, key, prefill
    zh, en = course.zh, course.en
    if not zh or not en or zh is en:
        return
    for row in course.rows:
        if row.zh and row.en and row.titles:
            yield from _title(pages[zh.path], row.zh, "zh", (en, row.en, "en"), row.titles)
            yield from _title(pages[en.path], row.en, "en", (zh, row.zh, "zh"), row.titles)


def _halves(page: Page) -> Iterator[tuple[Key, Prefill]]:
    """The other half of each text that says the same in both languages."""
    units = units_of_blocks(page)
    for pair in bilingual_pairs(page):
        if pair.found in {"list", "halves"} and (unit := units.get(pair.unit)):
            half, language = (pair.zh, "Chinese") if page.language == "en" else (pair.en, "English")
            if not translation_fault(unit.text, half):  # a half has lost its links, and could not be written
                yield (unit.context, unit.text), Prefill(half, False, f"from the {language} half of this text")


def _title(
    page: Page, lecture: Lecture, language: str, other: tuple[Outline, Lecture, str], match: Match
) -> Iterator[tuple[str, Key, Prefill]]:
    """The title of a lecture, and its label where that stands in a cell of its own, from the other page."""
    outline, partner, other_language = other
    origin = f"{outline.path}:{partner.line}"
    why = "certain" if match.tier == "accept" else "please check"
    if match.evidence:
        why += f" ({'; '.join(match.evidence)})"
    texts = {lecture.texts.get(language, ""): partner.texts.get(other_language, ""), lecture.label: partner.label}
    for unit in _row(page, lecture):
        if (text := texts.get(plain(unit.text))) and plain(unit.text) == unit.text:
            note = f"from {origin}: {why}" if unit.line == lecture.line else f"from the label of {origin}: {why}"
            yield page.path, (unit.context, unit.text), Prefill(text, match.tier != "accept", note)


def _row(page: Page, lecture: Lecture) -> Iterator[Unit]:
    """The units of the line of a lecture, and the cells of its row."""
    own = next((unit for unit in page.units if unit.line == lecture.line and lecture.label != unit.text), None)
    for unit in page.units:
        if unit is own or (own and own.cell and unit.cell and unit.cell[:2] == own.cell[:2]):
            yield unit
