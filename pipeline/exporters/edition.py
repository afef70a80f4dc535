"""An edition of a course in traditional characters: what its pages, tables and tracks say in simplified ones, converted.

The bytes of pages stay: handouts are made of the texts of their blocks, and `bilect export page` has its own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar, cast

from pipeline.align.course import Course, LectureRow, Match
from pipeline.align.coursetable import CourseTable, TableRow
from pipeline.catalogs.translations import Translations
from pipeline.exporters.base import Material, TrackPairFiles
from pipeline.exporters.spoken import TranslatedTalk
from pipeline.model import Claim, Lecture, Outline, Page, Texts, Topic, Unit
from pipeline.text.markup import TAG
from pipeline.text.terms import Terms

Convert = Callable[[str], str]
_Value = TypeVar("_Value")
_SHOWN_MARKUP = re.compile(rf"(?P<tag>{TAG.pattern})|(?<!`)`[^`]+`(?!`)")
_ATTRIBUTE = re.compile(r"""(\s(?:alt|title)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)


def traditional_edition(material: Material, convert: Convert) -> Material:
    """The material with all that its sources say in simplified Chinese as ``convert`` writes it.

    What catalogs say is converted by whoever reads them, since what a person typed for the edition stands as it is.
    """
    made = _Edition(convert)
    simplified = {page.path for page in material.course.pages if page.language == "zh_CN"}
    return replace(
        material,
        course=made.course(material.course),
        translations={
            path: made.sources(said) if path in simplified else said for path, said in material.translations.items()
        },
        table=partial(made.table_of, material.table) if material.table else None,
        tracks=tuple(map(made.talk, material.tracks)),
        terms=made.terms(material.terms),
        chinese="zh_TW",
    )


class _Edition:
    """Writes one value after the other anew, each once: what was one value is one afterwards, for whoever asks that."""

    def __init__(self, convert: Convert) -> None:
        self._convert = convert
        self._made: dict[
            int, tuple[object, object]
        ] = {}  # with the old value, which keeps its id from being used again

    def _once(self, value: _Value, make: Callable[[_Value], _Value]) -> _Value:
        if id(value) not in self._made:
            self._made[id(value)] = (value, make(value))
        made = self._made[id(value)][1]
        return cast("_Value", made)

    def sources(self, said: Translations) -> Translations:
        """Translations by what their sources say now."""
        return {(context, self._convert(text)): translation for (context, text), translation in said.items()}

    def course(self, course: Course) -> Course:
        return replace(
            course,
            pages=tuple(map(self._page, course.pages)),
            outlines=tuple(self._once(each, self._outline) for each in course.outlines),
            rows=tuple(self._once(each, self._row) for each in course.rows),
            zh=self._once(course.zh, self._outline) if course.zh else None,
            en=self._once(course.en, self._outline) if course.en else None,
        )

    def table_of(self, make: Callable[[], CourseTable]) -> CourseTable:
        """The table of another edition in this one."""
        return self._once(make(), self._table)

    def _table(self, table: CourseTable) -> CourseTable:
        return replace(
            table,
            course=self.course(table.course),
            rows=tuple(map(self._table_row, table.rows)),
            claims=tuple(map(self._claim, table.claims)),
        )

    def terms(self, terms: Terms) -> Terms:
        """The terms with the simplified renderings converted where only these are known, and with their notes."""
        return Terms(
            replace(
                term,
                traditional=term.traditional or tuple(map(self._convert, term.simplified)),
                note=self._convert(term.note),
            )
            for term in terms.terms
        )

    def talk(self, talk: TrackPairFiles) -> TrackPairFiles:
        if isinstance(talk, TranslatedTalk):  # its track is made of translations
            return talk
        cues = tuple(replace(cue, text=self._convert(cue.text)) for cue in talk.zh.cues)
        return replace(talk, zh=replace(talk.zh, cues=cues))

    def _page(self, page: Page) -> Page:
        if page.language != "zh_CN":
            return page
        blocks, units = (tuple(map(self._unit, each)) for each in (page.blocks, page.units))
        return replace(page, language="zh_TW", blocks=blocks, units=units)

    def _unit(self, unit: Unit) -> Unit:
        if unit.kind == "code":
            return unit
        text = _SHOWN_MARKUP.sub(self._tag, unit.text) if "<" in unit.text else unit.text
        return unit._replace(text=self._convert(text))

    def _tag(self, match: re.Match[str]) -> str:
        """A tag with the texts of its attributes; what is code stays."""
        return _ATTRIBUTE.sub(lambda found: found[1] + self._convert(found[2]), match[0]) if match["tag"] else match[0]

    def _outline(self, outline: Outline) -> Outline:
        return replace(
            outline,
            language="zh_TW" if outline.language == "zh_CN" else outline.language,
            title=self._convert(outline.title),
            topics=tuple(self._once(each, self._topic) for each in outline.topics),
            lectures=tuple(self._once(each, self._lecture) for each in outline.lectures),
            claims=tuple(map(self._claim, outline.claims)),
        )

    def _claim(self, claim: Claim) -> Claim:
        return replace(claim, text=self._convert(claim.text))

    def _texts(self, texts: Texts) -> Mapping[str, str]:
        return {language: self._convert(text) if language == "zh" else text for language, text in texts.items()}

    def _topic(self, topic: Topic) -> Topic:
        return replace(topic, texts=self._texts(topic.texts))

    def _lecture(self, lecture: Lecture) -> Lecture:
        return replace(lecture, label=self._convert(lecture.label), texts=self._texts(lecture.texts))

    def _row(self, row: LectureRow) -> LectureRow:
        return replace(
            row,
            zh=self._once(row.zh, self._lecture) if row.zh else None,
            en=self._once(row.en, self._lecture) if row.en else None,
            topic=self._once(row.topic, self._topic) if row.topic else None,
            titles=self._match(row.titles),
            topics=self._match(row.topics),
        )

    def _match(self, match: Match | None) -> Match | None:
        """A match with its evidence, which quotes the texts."""
        return replace(match, evidence=tuple(map(self._convert, match.evidence))) if match else None

    def _table_row(self, row: TableRow) -> TableRow:
        return replace(
            row,
            lecture=self._once(row.lecture, self._row) if row.lecture else None,
            topic=self._once(row.topic, self._topic) if row.topic else None,
        )
