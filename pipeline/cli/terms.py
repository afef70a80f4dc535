"""`bilect terms`: the glossary of a project, what uses it, and where new terms come from."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Literal

import click

from pipeline.align.termcorpus import Proposal
from pipeline.catalogs.glossary import glossary_bytes
from pipeline.catalogs.tbx import tbx_bytes
from pipeline.cli.console import fail, in_colour, note, out, shell
from pipeline.cli.files import deliver_bytes, named
from pipeline.cli.table import GREEN, YELLOW, Column, dim, table
from pipeline.model import Finding, PipelineError
from pipeline.project.bare import PAGES, named_files, project_around
from pipeline.project.catalog_checks import catalogs_and_sources, checked_catalogs, named_terms
from pipeline.project.catalog_files import project_catalogs
from pipeline.project.lock import locked
from pipeline.project.root import Project, project_of
from pipeline.project.term_work import (
    Counted,
    Sources,
    add,
    add_dictionary,
    all_terms,
    counted,
    dictionary_rows,
    named_sources,
    placed,
    project_sources,
    proposals,
    proposed_terms,
    reason,
)
from pipeline.project.terms import NAMES, glossary_of
from pipeline.project.work import checked
from pipeline.text.printable import excerpt
from pipeline.text.terms import Term
from pipeline.text.tongue import _, ngettext, told
from pipeline.validator.report import exit_status, report

_CODES = frozenset({"M201", "M202"})
_TOLD = 10  # terms that are told by name
_SHOWN = 60  # characters of an example
_GLOSSARY = "A glossary (CSV or TBX) to use instead of the project's."


@click.group()
def command() -> None:
    """Keep the terms of a project: list, check, mine, import, export.

    They stand in terms.csv (or terms.tsv, terms.tbx) in the root of the project; a course may have its own, which wins in
    it. Columns: en, zh_CN, zh_TW, pos, note, forbidden, case, status (approved or proposed), in English or Chinese.
    """


def _failed(troubles: Sequence[PipelineError]) -> None:
    for trouble in troubles:
        fail(trouble)


def _terms(glossary: str | None) -> tuple[Project | None, list[Term]]:
    """The project around, and the terms that a command is about: those of a glossary, or all of the project.

    Raises:
        PipelineError: There is neither, or the glossary cannot be read.
    """
    troubles: list[PipelineError] = []
    project = project_around() if glossary is not None else project_of(Path.cwd())
    terms = (
        list(named_terms(glossary, troubles)) if glossary is not None else all_terms(project_of(Path.cwd()), troubles)
    )
    _failed(troubles)
    return project, terms


def _no_terms() -> None:
    """Say where terms come from, unless there is a glossary, and what is wrong with it is told."""
    if not shell().failed:
        note(_("No terms: terms.csv in the root of the project holds them; bilect terms mine proposes some."))


# --- list


@command.command("list", short_help="List the terms and how often they are used.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="What is printed.",
)
@click.option("--terms", "glossary", metavar="FILE", help=_GLOSSARY)
def list_(form: str, glossary: str | None) -> None:
    """List the terms, with how many translated messages use each, and how many of these render it as they should.

    docs/json.md explains the JSON form.
    """
    project, terms = _terms(glossary)
    troubles: list[PipelineError] = []
    catalogs, unread = project_catalogs(project) if project else ([], [])
    counts = counted(terms, catalogs, troubles)
    troubles.extend(unread)
    _failed(troubles)
    if form == "json":
        from pipeline.project.terms_schema import terms_json  # pydantic is heavy

        out(terms_json(counts))
    elif counts:
        out("\n".join(_listed(counts)))
    else:
        _no_terms()


def _listed(counts: Sequence[Counted]) -> list[str]:
    columns = (
        Column("English", gives=True), Column("中文", gives=True), Column("繁體", gives=True),
        Column(_("forbidden"), gives=True),
        Column(_("status"), colour=lambda status: YELLOW if status == "proposed" else ""),
        Column(_("uses"), is_number=True), Column(_("as here"), is_number=True), Column(_("place"), colour=dim),
    )  # fmt: skip
    rows = [
        (
            each.term.en, "; ".join(each.term.simplified), "; ".join(each.term.traditional), "; ".join(each.term.forbidden),
            each.term.status, str(each.uses), str(each.rendered) if each.uses else "", each.term.place,
        )
        for each in counts
    ]  # fmt: skip
    total = ngettext("{number} term", "{number} terms", len(counts))
    return [*table(columns, rows), "", total.format(number=len(counts))]


# --- check


@command.command("check", short_help="Check that translations use them.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--terms", "glossary", metavar="FILE", help=_GLOSSARY)
@click.option(
    "--format", "form", type=click.Choice(("text", "concise", "json", "jsonl", "github")), default="text",
    show_default=True, help="How findings are printed.",
)  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(("error", "warning", "never")), default="warning", show_default=True,
    help="From which severity on the exit status is 1.",
)  # fmt: skip
def check(
    paths: tuple[str, ...], glossary: str | None, form: str, fail_on: Literal["error", "warning", "never"]
) -> int:
    """Check that translations use the terms: of the project, or of the catalogs and folders that PATHs name.

    `bilect rule M201` and `bilect rule M202` explain what is found.

    \b
    bilect terms check
    bilect terms check a.po --terms terms.csv
    """
    project, terms = _terms(glossary)
    if not terms:
        _no_terms()
        return 0
    found, troubles = _findings(paths, project, terms if glossary is not None else None)
    _failed(troubles)
    if printed := report(found, form, colour=form == "text" and in_colour(sys.stdout)):
        out(printed.rstrip("\n"))
    return exit_status(found, None if fail_on == "never" else fail_on)


def _findings(
    paths: Sequence[str], project: Project | None, terms: Sequence[Term] | None
) -> tuple[list[Finding], list[PipelineError]]:
    if paths or not project:
        if not paths:
            raise click.UsageError(_("Missing argument 'PATH': there is no project here"))
        checks = checked_catalogs(paths, project, terms)
        return [each for each in checks.findings if each.code in _CODES], checks.troubles
    whole = checked((), terms)
    untold = [trouble for trouble in whole.troubles if PurePosixPath(trouble.path).name not in NAMES]
    return [each for each in whole.findings if each.code in _CODES], untold


# --- mine


@command.command("mine", short_help="Propose terms from pages and translations.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--min", "least", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="The least score.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the N likeliest.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="What is printed.",
)
@click.option("--write", is_flag=True, help="Add them to the project's terms.csv, as proposed.")
def mine(paths: tuple[str, ...], least: float, limit: int | None, form: str, write: bool) -> None:
    """Propose terms, from pages that print both languages and from translations.

    Without PATH from the whole project, else from the pages and catalogs that PATHs name. What the glossary has is not
    proposed again. Look at each before you approve it: in the column status of terms.csv.

    \b
    bilect terms mine
    bilect terms mine a.po --limit 40
    bilect terms mine --min 0.8 --write
    """
    project = project_around() if paths and not write else project_of(Path.cwd())
    sources = _sources(paths, project)
    _failed(sources.troubles)
    found = [each for each in proposals(sources, project) if each.score >= least][:limit]
    if form == "json":
        from pipeline.project.terms_schema import proposals_json  # pydantic is heavy

        out(proposals_json(found))
    elif found:
        out("\n".join(_proposed(found)))
    else:
        note(_("No term is proposed."))
    if write and project:
        with locked(project.root):
            added = add(project, proposed_terms(found))
        form = ngettext("{file}: {number} proposed term added.", "{file}: {number} proposed terms added.", added.added)
        note(form.format(file=added.path, number=added.added))


def _sources(paths: Sequence[str], project: Project | None) -> Sources:
    if not paths:
        return project_sources(project or project_of(Path.cwd()))
    catalogs, others = catalogs_and_sources(paths)
    pages, troubles = named_files(others, PAGES, project)
    sources = named_sources(catalogs, pages, project)
    sources.troubles[:0] = troubles
    return sources


def _proposed(found: Sequence[Proposal]) -> list[str]:
    columns = (
        Column(_("score"), is_number=True, colour=lambda score: GREEN if float(score or 0) >= 0.8 else YELLOW),
        Column("English", gives=True), Column("中文", gives=True), Column(_("why"), gives=True),
    )  # fmt: skip
    rows = [(f"{each.score:.2f}", each.en, each.zh, told(reason(each))) for each in found]
    notes = [
        f"{place}  {excerpt(source, _SHOWN)}  {excerpt(target, _SHOWN)}"
        for place, source, target in (each.examples[0] for each in found)
    ]
    total = ngettext("{number} proposal", "{number} proposals", len(found))
    return [*table(columns, rows, notes=notes), "", total.format(number=len(found))]


# --- import and export


@command.command("import", short_help="Import glossaries and dictionaries.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def import_(files: tuple[str, ...]) -> None:
    """Import glossaries (CSV, TSV, TBX) into the project's terms.csv, and dictionaries (ECDICT's CSV) beside it.

    No row of terms.csv changes: new terms are added behind, terms that have another rendering there are told. A
    dictionary (columns word and translation) is not checked; it helps where titles are paired, behind all else that is
    known, and stands in .bilect/dictionaries.

    \b
    bilect terms import glossary.tbx ecdict.csv
    """
    project = project_of(Path.cwd())
    with locked(project.root):
        for path in files:
            try:
                _import(path, project)
            except PipelineError as error:
                fail(error)


def _import(path: str, project: Project) -> None:
    file = named(path, project)
    data = file.read()
    if (rows := dictionary_rows(data, file.shown)) is not None:
        place, size = add_dictionary(project, file.shown, rows)
        note(_("{file}: {number} words of a dictionary.").format(file=place, number=size))
        return
    glossary = glossary_of(data, file.shown)
    _failed(glossary.troubles)
    added = add(project, glossary.terms)
    form = _("{file}: {added} terms added, {same} known, {other} known with another rendering.")
    note(form.format(file=added.path, added=added.added, same=added.same, other=len(added.other)))
    for term in added.other[:_TOLD]:
        note("  " + _("not added: {term}").format(term=term))
    if len(added.other) > _TOLD:
        note("  " + _("… and {number} more").format(number=len(added.other) - _TOLD))


@command.command("export", short_help="Export the terms as CSV or TBX.")
@click.option(
    "--format", "form", type=click.Choice(("csv", "tbx", "tbx2")),
    help="A table, TBX-Basic version 3 (ISO 30042:2019), or version 2; default: by the name of OUT, else a table.",
)  # fmt: skip
@click.option("-o", "--output", metavar="OUT", help="A file; without it, or with -, standard output.")
@click.option(
    "--status",
    type=click.Choice(("approved", "proposed", "all")),
    default="all",
    show_default=True,
    help="Which terms.",
)
@click.option("--terms", "glossary", metavar="FILE", help=_GLOSSARY)
def export(form: str | None, output: str | None, status: str, glossary: str | None) -> None:
    """Export the terms of the project and its courses, or those of another glossary.

    \b
    bilect terms export -o terms.tbx
    bilect terms export --terms terms.csv --format tbx2 -o old.tbx
    """
    _project, terms = _terms(glossary)
    kept = placed(terms, status)
    form = form or ("tbx" if (output or "").lower().endswith(".tbx") else "csv")
    data = glossary_bytes(kept) if form == "csv" else tbx_bytes(kept, 3 if form == "tbx" else 2)
    deliver_bytes(data, output, [named(glossary, None)] if glossary is not None else [])
    note(ngettext("{number} term.", "{number} terms.", len(kept)).format(number=len(kept)))
