"""Options that say how wide the lines of subtitles may be and how many there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from typing import ParamSpec, TypedDict, TypeVar

import click

from pipeline.project.root import Project
from pipeline.subtitles.limits import LIMITS, Limits
from pipeline.text.tongue import _

_WIDTHS = re.compile(r"([0-9]{1,3})(?:[,:x/]([0-9]{1,3}))?", re.ASCII)
_NARROWEST, _WIDEST = 4, 500

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Wishes(TypedDict):
    """What of the limits the user names."""

    preset: str | None
    widths: tuple[int, int] | None
    lines: int | None
    stops: str | None


class _Widths(click.ParamType[tuple[int, int]]):
    name = "widths"

    def convert(
        self, value: str | tuple[int, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if not isinstance(value, str):
            return value
        match = _WIDTHS.fullmatch(value.replace(" ", ""))
        widths = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not all(_NARROWEST <= each <= _WIDEST for each in widths):
            wrong = _("{value!r} is no width: write 42, or 42,16, from {least} to {most}")
            self.fail(wrong.format(value=value, least=_NARROWEST, most=_WIDEST), param, ctx)
        return widths


_OPTIONS = (
    click.option(
        "--preset", type=click.Choice(tuple(LIMITS)), metavar="NAME",  # the names of all are wider than a terminal
        help="Whose limits: netflix and ted 42,16 in 2 lines; bbc 37,16; bilibili 42,20 in 1. Without it those of the project.",
    ),
    click.option(
        "--width", "widths", type=_Widths(), metavar="EN,ZH",
        help="Characters in an English line, full-width ones in a Chinese line; one number is for both.",
    ),
    click.option("--lines", type=click.IntRange(1, 10), metavar="N", help="Lines that one language may have."),
    click.option(
        "--stops", type=click.Choice(("keep", "drop")), help="What becomes of the ， or 。 at the end of a Chinese line."
    ),
)  # fmt: skip


def limit_options(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function with the options of `Wishes`."""
    return reduce(lambda function, option: option(function), reversed(_OPTIONS), command)


def limits_of(project: Project | None, preset: str | None = None) -> Limits:
    """The limits of the preset, else those of the project, else Netflix's."""
    if preset is not None or project is None:
        return LIMITS[preset or "netflix"]
    return project.config.subtitles.limits


def wished_limits(project: Project | None, wishes: Wishes) -> Limits:
    """The limits that count, but for what the command says itself."""
    limits = limits_of(project, wishes["preset"])
    if wishes["widths"]:
        limits = limits._replace(english_width=wishes["widths"][0], chinese_width=wishes["widths"][1])
    if wishes["lines"]:
        limits = limits._replace(lines=wishes["lines"])
    return limits._replace(final_stops=wishes["stops"] == "keep") if wishes["stops"] else limits
