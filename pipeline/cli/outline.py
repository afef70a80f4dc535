"""`bilect outline`: what a page announces, lists and claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

from pipeline.cli.console import fail, out
from pipeline.cli.files import named, page_of
from pipeline.cli.table import BOLD, DIM, Column, dim, painted, paragraph, table
from pipeline.extractors.outline import outline
from pipeline.model import Claim, Outline, PipelineError, Texts
from pipeline.project.bare import project_around
from pipeline.text.tongue import _, counted

_TEXTS = (Column("English", gives=True), Column("中文", gives=True))


@click.command()
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option(
    "--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True,
    help="For people, or for programs: an object for one page, an array for several.",
)  # fmt: skip
def command(pages: tuple[str, ...], form: str) -> None:
    """Show the topics, lectures, claims and videos of pages.

    A PAGE is a Markdown or HTML file, in a project or not; - is standard input. Each line is told, so that you can see
    where a number comes from. docs/json.md explains the JSON form.

    \b
    bilect outline course.zh.md
    bilect outline --format json course.en.md course.zh.md
    """
    found = list(_outlines(pages))
    if form == "json":
        _print_json(found, len(pages))
        return
    for place, each in enumerate(found):
        out("\n".join(("",) * bool(place) + tuple(_shown(each))))


def _outlines(pages: Sequence[str]) -> Iterator[Outline]:
    """The outlines of the pages that can be read; the others are told."""
    project = project_around()
    for path in pages:
        try:
            yield outline(page_of(named(path, project), project))
        except PipelineError as error:
            fail(error)


def _print_json(outlines: Sequence[Outline], asked: int) -> None:
    from pipeline.project.schema import outline_json, outlines_json  # pydantic is heavy

    if asked > 1:
        out(outlines_json(outlines))
    elif outlines:
        out(outline_json(outlines[0]))


def _shown(each: Outline) -> Iterator[str]:
    """An outline as a person reads it, line by line."""
    yield from paragraph(BOLD, each.title or _("(no title)"))
    yield from paragraph(DIM, " · ".join((each.path, each.language, *each.codes)))
    missing = []
    for section in _sections(each):
        if section.rows:
            yield from ("", painted(BOLD, section.title))
            yield from table((Column(_("line"), is_number=True, colour=dim), *section.columns), section.rows, "  ")
        else:
            missing.append(section.none)
    if missing:
        yield from ("", painted(DIM, _(", ").join(missing)))


class _Section(NamedTuple):
    """One table of an outline: how it is called, how that there is none is said, and its columns behind that of the line."""

    title: str
    none: str
    columns: tuple[Column, ...]
    rows: list[tuple[str, ...]]


def _sections(each: Outline) -> Iterator[_Section]:
    yield _Section(
        counted(len(each.topics), "topic"),
        _("no topics"),
        (Column(_("no"), is_number=True), *_TEXTS),
        [(str(topic.line), str(topic.number), *_texts(topic.texts)) for topic in each.topics],
    )
    yield _Section(
        counted(len(each.lectures), "lecture"),
        _("no lectures"),
        (Column(_("label")), *_TEXTS),
        [(str(found.line), found.label or str(found.number), *_texts(found.texts)) for found in each.lectures],
    )
    yield _Section(
        counted(len(each.claims), "claim"),
        _("no claims"),
        (Column(_("about")), Column(_("says")), Column(_("in the words of the page"), gives=True)),
        [(str(claim.line), _(claim.kind), _says(claim), claim.text) for claim in each.claims],
    )
    yield _Section(
        counted(len(each.videos), "video"),
        _("no videos"),
        (Column(_("provider")), Column(_("address"), gives=True)),
        [(str(video.line), video.provider, video.url) for video in each.videos],
    )


def _texts(texts: Texts) -> tuple[str, str]:
    return texts.get("en", ""), texts.get("zh", "")


def _says(claim: Claim) -> str:
    if claim.first is not None:
        return _("{what} {first}–{last}").format(what=_(claim.what), first=claim.first, last=claim.last)
    return counted(claim.count or 0, claim.what)
