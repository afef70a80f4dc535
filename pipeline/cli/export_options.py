"""The options of `bilect export`, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Literal, ParamSpec, TypedDict, TypeVar

import click

if TYPE_CHECKING:
    from pipeline.catalogs.translations import Fuzzy
    from pipeline.exporters.base import Layout, Order, Paper
    from pipeline.extractors.adaptation import HeadingIds
    from pipeline.model import Language

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Wishes(TypedDict):
    """What the options say; None where the configuration or a default counts."""

    output: str | None
    catalog: str | None
    lang: Language | None
    order: Order
    layout: Layout
    paper: Paper | None
    fuzzy: Fuzzy | None
    percent: int
    pseudo: bool
    heading_ids: HeadingIds | None
    jobs: int | None
    version: Literal["2.1", "1.2"] | None


_OPTIONS = (
    click.option(
        "-o", "--output", metavar="OUT", help="A file for one input, a folder for several or for a folder; - is stdout."
    ),
    click.option(
        "--catalog", metavar="PO|DIR", type=click.Path(exists=True),
        help="Where the translations are; default: the catalogs of the project, or those beside the pages.",
    ),
    click.option(
        "--lang",
        type=click.Choice(("en", "zh_CN", "zh_TW")),
        help="The language to translate into; default: the other one.",
    ),
    click.option(
        "--order",
        type=click.Choice(("zh-en", "en-zh")),
        default="zh-en",
        show_default=True,
        help="Which language comes first.",
    ),
    click.option(
        "--layout",
        type=click.Choice(("interleaved", "side-by-side", "target", "table")),
        default="interleaved",
        show_default=True,
        help="Handouts: one language under the other, beside it, translations only, or rows of a table.",
    ),
    click.option(
        "--paper", type=click.Choice(("a4", "letter")), help="PDF: the paper; default: what bilect.toml says, else A4."
    ),
    click.option(
        "--fuzzy",
        type=click.Choice(("use", "mark", "source")),
        help="Fuzzy translations: use them, use them behind ⚠, or show the source.",
    ),
    click.option(
        "--min", "percent", type=click.IntRange(0, 100), default=0, metavar="PERCENT",
        help="Leave out pages and subtitles of which less is translated.",
    ),
    click.option("--pseudo", is_flag=True, help="Pages: accented letters in brackets instead of translations."),
    click.option(
        "--heading-ids",
        type=click.Choice(("keep", "linked", "none")),
        help="Pages: which translated headings keep their ids: all, those that links lead to, or none.",
    ),
    click.option("--jobs", type=click.IntRange(0), metavar="N", help="Pages: processes to use; 0 is one a core."),
    click.option("--version", type=click.Choice(("2.1", "1.2")), help="XLIFF: which version; 2.1 unless given."),
)  # fmt: skip


def export_options(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return the function with the options of `Wishes`."""
    return reduce(lambda function, option: option(function), reversed(_OPTIONS), command)
