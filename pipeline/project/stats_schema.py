"""The JSON form of how far the translation is, fixed for everybody outside.

pydantic takes 40 ms to import: only what prints JSON imports this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict, Field

from pipeline.catalogs.counts import Counts
from pipeline.project.stats import CatalogStats, Step, counts_together, hours_left, next_hour


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class AmountRecord(_Record):
    """A number of messages and the length of their sources."""

    messages: int = Field(ge=0)
    words: int = Field(ge=0, description="of sources that are not Chinese, between blanks, without markup")
    characters: int = Field(ge=0, description="of Chinese sources: Han characters, and words between them")


class CountsRecord(_Record):
    """What became of messages."""

    percent: int = Field(ge=0, le=100, description="of the messages that are translated, rounded down")
    total: AmountRecord
    translated: AmountRecord
    fuzzy: AmountRecord
    untranslated: AmountRecord


class CatalogRecord(_Record):
    """How far a catalog is."""

    path: str = Field(description="as given, with /, relative to the project inside one")
    locale: str = Field(description="? where neither path nor header says it")
    course: str
    page: str
    counts: CountsRecord


class StepRecord(_Record):
    """Work on one catalog."""

    path: str = Field(description="the catalog")
    check: int = Field(ge=0, description="fuzzy messages to check")
    translate: int = Field(ge=0, description="messages to translate")
    finishes: bool = Field(description="whether nothing is left in the catalog then")


class LocaleRecord(_Record):
    """How far a locale is, and what the next hour of work on it would best be."""

    locale: str
    counts: CountsRecord
    hours: float = Field(ge=0, description="that the rest takes")
    next: tuple[StepRecord, ...] = Field(description="the hour that finishes the most pages")


class CourseRecord(_Record):
    """How far a course is in a locale."""

    locale: str
    course: str
    counts: CountsRecord


class StatsRecord(_Record):
    """How far the translation is, as `bilect stats --format json` prints it."""

    rate: int = Field(gt=0, description="English words that are translated in an hour")
    counts: CountsRecord
    locales: tuple[LocaleRecord, ...]
    courses: tuple[CourseRecord, ...]
    catalogs: tuple[CatalogRecord, ...]


def stats_json(catalogs: Sequence[CatalogStats], rate: int) -> str:
    """Return the JSON object of the catalogs and of the work that is left."""
    locales = dict.fromkeys(each.locale for each in catalogs)
    courses = dict.fromkeys((each.locale, each.course) for each in catalogs)
    record = StatsRecord(
        rate=rate,
        counts=_counts(catalogs),
        locales=tuple(_locale(name, [each for each in catalogs if each.locale == name], rate) for name in locales),
        courses=tuple(
            CourseRecord(
                locale=locale,
                course=course,
                counts=_counts(each for each in catalogs if (each.locale, each.course) == (locale, course)),
            )
            for locale, course in courses
        ),
        catalogs=tuple(CatalogRecord.model_validate(each) for each in catalogs),
    )
    return record.model_dump_json(indent=2)


def _locale(name: str, catalogs: Sequence[CatalogStats], rate: int) -> LocaleRecord:
    steps = tuple(map(_step, next_hour(catalogs, rate)))
    return LocaleRecord(locale=name, counts=_counts(catalogs), hours=round(hours_left(catalogs, rate), 2), next=steps)


def _step(step: Step) -> StepRecord:
    return StepRecord(path=step.catalog.path, check=step.check, translate=step.translate, finishes=step.finishes)


def _counts(catalogs: Iterable[CatalogStats]) -> CountsRecord:
    together: Counts = counts_together(catalogs)
    return CountsRecord.model_validate(together)
