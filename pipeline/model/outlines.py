"""What a page announces, as values: topics, lectures, claims and videos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Texts = Mapping[str, str]  # keys "en" and "zh"; a missing key means the page does not say it in that language


@dataclass(frozen=True, slots=True)
class Topic:
    """One point of the list of topics that a page announces; ``number`` counts from 1 in reading order."""

    number: int
    line: int
    texts: Texts


@dataclass(frozen=True, slots=True)
class Lecture:
    """One row of a lecture table or one lesson heading; ``number`` as printed, ``label`` the printed form ("第5讲")."""

    number: int
    label: str
    line: int
    texts: Texts


@dataclass(frozen=True, slots=True)
class Claim:
    """What a page says of its material: "Lecture 1~25", "19 papers".

    ``kind`` is slides, notes, exercises, readings …; ``what`` the thing counted ("lecture", "recitation"); ``first``
    and ``last`` are None where only a ``count`` is claimed.
    """

    line: int
    kind: str
    what: str
    first: int | None
    last: int | None
    count: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Video:
    """A video that a page embeds or links."""

    line: int
    provider: str
    id: str
    url: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The topics, lectures, claims and videos of one page, each list in reading order."""

    path: str
    language: str
    title: str
    codes: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    lectures: tuple[Lecture, ...] = ()
    claims: tuple[Claim, ...] = ()
    videos: tuple[Video, ...] = ()
