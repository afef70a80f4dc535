"""Pairs that a maintainer has pinned in a course.toml, and that the pages no longer have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.align.course import Course, PinKey, unknown_sides
from pipeline.model import Lecture, Topic
from pipeline.text.said import Said, said
from pipeline.text.suggestion import did_you_mean
from pipeline.validator.base import Found, rule

Sides = tuple[Literal["lecture"], Literal["topic"]] | tuple[Literal["en"], Literal["zh"]]
Listed = tuple[Lecture | Topic, ...]


@dataclass(frozen=True, slots=True)
class Pin:
    """One ``[[pin]]`` of a course.toml: a lecture and its topic, or an English and a Chinese lecture.

    ``left`` and ``right`` are numbers as printed, 0 for no partner, or titles; ``at`` is the line of course.toml.
    """

    sides: Sides
    left: PinKey
    right: PinKey
    at: int = 0


@dataclass(frozen=True, slots=True)
class PinnedCourse:
    """A course and one of the pins of its course.toml, which is at ``path``."""

    course: Course
    pin: Pin
    path: str


@rule("X102", "stale-pin", "warning")
def stale_pin(pinned: PinnedCourse) -> Iterator[Found]:
    """Every pair that is pinned in a course.toml is one that the pages of the course have."""
    pin = pinned.pin
    candidates = list(_lists(pinned.course, pin.sides))
    if not candidates:
        message = said("no two pages list the lectures for this pin")
        if pin.sides[0] == "lecture":
            message = said("no page lists lectures and topics for this pin")
        yield Found(pinned.path, pin.at, message, source=_said(pin), fix="remove this [[pin]]")
        return
    unknown = [(lists, unknown_sides((pin.left, pin.right), lists)) for lists in candidates]
    lists, sides = min(unknown, key=lambda each: sum(each[1]))
    for name, key, listed, is_unknown in zip(pin.sides, (pin.left, pin.right), lists, sides, strict=True):
        if is_unknown:
            message = _names_none(name, key, len(listed))
            yield Found(pinned.path, pin.at, message, source=_said(pin), fix=_way_out(key, listed))


def _lists(course: Course, sides: Sides) -> Iterator[tuple[Listed, Listed]]:
    """The lists that a pin may be about."""
    if sides[0] == "lecture":
        yield from ((each.lectures, each.topics) for each in course.outlines if each.lectures and each.topics)
    elif course.en and course.zh and course.en is not course.zh:
        yield course.en.lectures, course.zh.lectures


def _names_none(name: str, key: PinKey, count: int) -> Said:
    match name:
        case "lecture":
            return said("the pin lecture = {key!r} names none of the {count} lectures", key=key, count=count)
        case "topic":
            return said("the pin topic = {key!r} names none of the {count} topics", key=key, count=count)
        case "en":
            return said("the pin en = {key!r} names none of the {count} English lectures", key=key, count=count)
        case _:
            return said("the pin zh = {key!r} names none of the {count} Chinese lectures", key=key, count=count)


def _said(pin: Pin) -> str:
    return ", ".join(f"{name} = {key}" for name, key in zip(pin.sides, (pin.left, pin.right), strict=True))


def _way_out(key: PinKey, listed: Listed) -> str:
    """What to do: the nearest title, or the numbers that there are."""
    if isinstance(key, str):
        meant = did_you_mean(key, [title for each in listed for title in each.texts.values()])
        return meant or said("write the title as the page has it now, or remove this [[pin]]")
    numbers = [each.number for each in listed]
    return said(
        "the numbers go from {first} to {last}; correct or remove this [[pin]]", first=min(numbers), last=max(numbers)
    )
