"""The JSON form of a lecture table, fixed for everybody outside.

pydantic takes 40 ms to import: only what writes the JSON imports this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.model import Tier

_LANGUAGES = "under the keys en and zh"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class PlaceRecord(_Record):
    """Where a lecture is listed."""

    path: str = Field(description="of the page, with /, relative to the project inside one")
    line: int = Field(ge=1, description="counts from 1")


class MatchRecord(_Record):
    """How sure a pair is, and why."""

    score: float = Field(ge=0, le=1)
    tier: Tier
    evidence: tuple[str, ...] = Field(description="why, in words; `pinned` where course.toml says so")


class TableTopicRecord(_Record):
    """The topic that a lecture belongs to."""

    number: int = Field(ge=1, description="counts from 1, in reading order")
    texts: Mapping[Literal["en", "zh"], str] = Field(description=f"the topic in each language, {_LANGUAGES}")


class TableVideoRecord(_Record):
    """A video."""

    provider: str = Field(description="youtube, bilibili or vimeo")
    url: str


class TableClaimRecord(_Record):
    """Material that a page tells of, for the course as a whole."""

    kind: str = Field(description="slides, notes, exercises, readings, code, videos, exams, projects or lectures")
    what: str = Field(description="what is counted: lecture, recitation, paper …")
    first: int | None = Field(description="where the claim is a range")
    last: int | None = Field(description="where the claim is a range")
    count: int | None = Field(description="where the claim is a number")
    text: str = Field(description="the words of the page")


class LectureRowRecord(_Record):
    """A lecture with all there is for it, or a topic or a talk without a lecture."""

    number: int | None = Field(description="as printed; null for a topic or a talk without a lecture")
    label: str = Field(description="the printed form of the number, 第5讲")
    texts: Mapping[Literal["en", "zh"], str] = Field(description=f"the title in each language, {_LANGUAGES}")
    places: Mapping[Literal["en", "zh"], PlaceRecord] = Field(description=f"where the titles stand, {_LANGUAGES}")
    titles: MatchRecord | None = Field(description="the pair of titles; null where one is missing")
    topic: TableTopicRecord | None
    topics: MatchRecord | None = Field(description="the pair of lecture and topic; null where there is none")
    materials: tuple[str, ...] = Field(description="what the pages say there is for it: slides, notes …")
    subtitles: Mapping[Literal["en", "zh"], tuple[str, ...]] = Field(description=f"paths of files, {_LANGUAGES}")
    videos: tuple[TableVideoRecord, ...]
    missing: tuple[str, ...] = Field(description="what other lectures of the course have: topic, notes, subtitles zh …")
    accepted: tuple[str, ...] = Field(description="what is missing, and the reason why course.toml accepts that")


class LectureTableRecord(_Record):
    """The lecture table of a course as `bilect export csv` writes it into lectures.json."""

    course: str = Field(description="the name of its folder")
    titles: Mapping[Literal["en", "zh"], str] = Field(description=f"those that its pages give it, {_LANGUAGES}")
    codes: tuple[str, ...] = Field(description="of the course")
    lectures: tuple[LectureRowRecord, ...] = Field(description="in the order of the page; then what has no lecture")
    claims: tuple[TableClaimRecord, ...] = Field(description="of material for the course as a whole")
    videos: tuple[TableVideoRecord, ...] = Field(description="of the course as a whole")
