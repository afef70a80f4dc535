"""A deck of cards for Anki: the terms and the lecture titles of a course in both languages.

The file is what Anki's import of text reads (https://docs.ankiweb.net/importing/text-files.html): lines that begin with ``#``
say how, then a note a line. English is the first field and Chinese the second; which side is asked, the type of note says.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.align.coursetable import TableRow
from pipeline.exporters.base import Material, Output, exporter
from pipeline.exporters.document import Handout, handout_of
from pipeline.exporters.tables import sides
from pipeline.model import Lecture, Outline, Unit
from pipeline.text.markup import plain
from pipeline.text.printable import one_line
from pipeline.text.terms import term_key

_NO_TAG = re.compile(r"[^\w.+-]+")
_SETTINGS = ("#separator:tab", "#html:false")
_COLUMNS = ("#guid column:1", "#columns:guid\tEnglish\t中文\ttags", "#tags column:4")


class _Card(NamedTuple):
    """A note: ``key`` is what stays of it when its texts are mended."""

    key: tuple[str, ...]
    en: str
    zh: str
    tags: tuple[str, ...]


@exporter("anki", in_run=False)
def cards(material: Material) -> Iterator[Output]:
    """The terms and the lecture titles of a course as a deck of cards, for Anki."""
    handout = handout_of(material)
    made = (*_terms(handout, material), *_lectures(material))
    known = {card.key: card for card in reversed(made) if card.en and card.zh and card.en != card.zh}
    if known:
        edition = "zh_TW" if "zh_TW" in handout.languages else ""
        lines = [*_SETTINGS, f"#deck:{_deck(handout)}", *_COLUMNS]
        lines += [_line(card, edition) for card in made if known.get(card.key) is card]
        yield Output("anki.tsv", ("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _terms(handout: Handout, material: Material) -> Iterator[_Card]:
    """The terms that the pages use; a term is one note, in however many courses it stands."""
    for en, zh, _ in handout.terms:
        yield _Card(("term", term_key(en)), en, zh, (_tag("course", material.course.name), "term"))


def _lectures(material: Material) -> Iterator[_Card]:
    """The titles of the lectures that have one in both languages; several of one number are told apart by their order.

    Titles that were paired and are not sure to say the same are on no card.
    """
    times: Counter[int] = Counter()
    for row in material.lecture_table().rows:
        if row.lecture:
            number = row.lecture.number
            times[number] += 1
            if row.lecture.titles and row.lecture.titles.tier != "accept":
                continue
            titles = _titles(row, material)
            tags = (_tag("course", material.course.name), _tag("lecture", f"{number:02}"))
            yield _Card(("lecture", material.course.path, str(number), str(times[number])), *titles, tags)


def _titles(row: TableRow, material: Material) -> tuple[str, str]:
    """The English and the Chinese title of a lecture; of a list in one language alone, what its catalog says."""
    both, course = sides(row), material.course
    en, zh = (plain(both[language].texts[language]) if language in both else "" for language in ("en", "zh"))
    if not zh and "en" in both and course.en:
        zh = _translated(both["en"], course.en, en, material)
    if not en and "zh" in both and course.zh:
        en = _translated(both["zh"], course.zh, zh, material)
    return en, zh


def _translated(lecture: Lecture, outline: Outline, title: str, material: Material) -> str:
    units = (unit for page in material.course.pages if page.path == outline.path for unit in page.units)
    for unit in units:
        if unit.line == lecture.line and plain(unit.text).endswith(title):
            return _without_number(unit, title, plain(material.translation(unit) or ""))
    return ""


def _without_number(unit: Unit, title: str, translation: str) -> str:
    """The translation of a title that stands behind its number: "1. Overview" in the page, "1. 概述" in the catalog."""
    return translation.removeprefix(plain(unit.text).removesuffix(title)).strip()


def _deck(handout: Handout) -> str:
    """The name of the deck; two colons in it would make decks inside others."""
    name = " · ".join(plain(title) for title in handout.titles.values()) or handout.name
    return re.sub(":{2,}", ":", one_line(name))


def _tag(group: str, name: str) -> str:
    """A tag in a group of tags; none has blanks or quotation marks."""
    return f"{group}::{_NO_TAG.sub('-', name).strip('-') or 'none'}"


def _line(card: _Card, edition: str) -> str:
    """A note: its id is made of what it is about, so that a later import mends it and keeps what was learnt."""
    digest = hashlib.sha256("\0".join((*card.key, edition)).encode("utf-8", "replace")).hexdigest()
    return "\t".join(map(_field, (f"bilect-{digest[:16]}", card.en, card.zh, " ".join(card.tags))))


def _field(text: str) -> str:
    """A field on one line; one with a quotation mark is quoted, as Anki reads it."""
    line = one_line(" ".join(text.split()))
    return '"' + line.replace('"', '""') + '"' if '"' in line else line
