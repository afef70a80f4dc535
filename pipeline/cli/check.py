"""`bilect check`: what is wrong with pages, catalogs, lists and subtitles, and what to do about it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from pipeline.cli.check_known import baseline_written, looked_at, new_against_baseline
from pipeline.cli.check_reports import deliver_reports, form_and_file
from pipeline.cli.console import fail
from pipeline.model import Finding, PipelineError
from pipeline.project.bare import project_around
from pipeline.project.catalog_checks import CatalogChecks, catalogs_and_sources, checked_catalogs, named_terms
from pipeline.project.lock import guarded
from pipeline.project.selection import is_selected, selection
from pipeline.text.tongue import _
from pipeline.validator.report import FORMS, exit_status

if TYPE_CHECKING:
    from pipeline.project.baseline import Looked
    from pipeline.project.fixing import MendedFile, Wishes
    from pipeline.project.root import Project

Mended = TypeVar("Mended")


def _words(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMS)),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the report to FILE, not to stdout.")
@click.option(
    "--report", "reports", multiple=True, callback=form_and_file, metavar="FORM=FILE",
    help="Write FILE too, in another form: sarif=bilect.sarif.",
)  # fmt: skip
@click.option(
    "--select",
    multiple=True,
    callback=_words,
    metavar="CODE",
    help="Only these rules (codes, their beginnings, or names).",
)
@click.option("--ignore", multiple=True, callback=_words, metavar="CODE", help="All rules but these.")
@click.option(
    "--fail-on", type=click.Choice(("error", "warning", "never")), default="error", show_default=True,
    help="From which severity on the exit status is 1.",
)  # fmt: skip
@click.option("--terms", "glossary", metavar="FILE", help="A glossary (CSV or TBX) to use instead of the project's.")
@click.option(
    "--max-warnings", type=click.IntRange(min=0), metavar="N", help="Exit with 1 when there are more warnings."
)
@click.option("--changed", metavar="REV", help="Only what a change since REV, a commit or branch of git, brought.")
@click.option(
    "--baseline", metavar="FILE", help="Only what FILE does not list; default: check.baseline of bilect.toml."
)
@click.option("--write-baseline", is_flag=True, help="Write all findings to the baseline; what is gone leaves it.")
@click.option(
    "--fix", is_flag=True, help="Mend in catalogs and subtitles what is safe to mend, and report what is left."
)
@click.option("--unsafe-fixes", is_flag=True, help="Mend also what a translator should look at afterwards.")
@click.option("--diff", is_flag=True, help="Only show what would be mended; exit with 1 if anything would.")
def command(
    paths: tuple[str, ...],
    form: str,
    output: str | None,
    reports: list[tuple[str, str]],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: Literal["error", "warning", "never"],
    glossary: str | None,
    max_warnings: int | None,
    changed: str | None,
    baseline: str | None,
    write_baseline: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
) -> int:
    """Check the project, or only PATHs. They may be pages, subtitles, catalogs and folders, in a project or not.

    \b
    bilect check                              the whole project
    bilect check course.zh.md --select A,L    one page, two families of rules
    bilect check a.po --terms terms.csv       a catalog, with the terms that it should use
    bilect check locales --diff               what --fix would do to catalogs
    bilect check --changed origin/main        what a branch brought
    """
    if changed is not None and write_baseline:
        raise click.UsageError(_("A baseline lists all findings: leave out --changed or --write-baseline."))
    look = _Look(paths, glossary, *selection(project_around(), select, ignore), changed, baseline)
    written: list[MendedFile] | None = None
    if diff or fix or unsafe_fixes:
        from pipeline.cli.check_fixes import fixed, shown_diff  # most checks mend nothing

        if diff:
            return _mending(look, unsafe_fixes, shown_diff, writes=False)
        written = _mending(look, unsafe_fixes, fixed, writes=True)
    checks = look.checks()
    for trouble in checks.troubles:
        fail(trouble)
    found = look.wanted(checks)
    looked = looked_at(paths, look.select, look.ignore, checks.troubles)
    if write_baseline:
        return baseline_written(found, baseline, looked)
    found = look.new(found, looked)
    deliver_reports(found, form, output, reports)
    if written is not None:
        from pipeline.cli.check_fixes import tell_fixed

        tell_fixed(written, sum(each.accepted is None for each in found))
    return _status(found, fail_on, max_warnings)


@dataclass(frozen=True)
class _Look:
    """What one call looks at: which files, with which glossary and rules, and what of it counts."""

    paths: tuple[str, ...]
    glossary: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    changed: str | None
    baseline: str | None

    @property
    def is_wanted(self) -> Callable[[Finding], bool]:
        return partial(is_selected, select=self.select, ignore=self.ignore)

    def checks(self) -> CatalogChecks:
        """What is wrong with the files as they are."""
        return _checked(self.paths, self.glossary, self.select)

    def wanted(self, checks: CatalogChecks) -> list[Finding]:
        """The findings of the rules that look."""
        return [*filter(self.is_wanted, checks.findings)]

    def new(self, found: list[Finding], looked: Looked) -> list[Finding]:
        """Those of ``found`` that count: what the change brought, where only this does, and no baseline lists."""
        known = new_against_baseline(self.brought(found), self.baseline, looked if self.changed is None else None)
        return [*filter(self.is_wanted, known)]

    def brought(self, found: list[Finding]) -> list[Finding]:
        """Those of ``found`` that the change brought, where only these count."""
        if self.changed is None:
            return found
        from pipeline.project.changed import brought  # with what starts git

        glossary = self.glossary and os.path.abspath(self.glossary)  # for the files of an older commit
        before = partial(_checked, glossary=glossary, select=self.select)
        return [*brought(found, self.changed, self.paths, lambda then: self.wanted(before(then)))]


def _mending(
    look: _Look, unsafe_fixes: bool, end: Callable[[Wishes, Project | None], Mended], *, writes: bool
) -> Mended:
    """What ``end`` makes of the findings that may be mended, with the project to itself where it writes."""
    from pipeline.cli.check_fixes import without_known
    from pipeline.project.fixing import Wishes

    project = project_around()
    with guarded(project, writes=writes):
        every = look.wanted(look.checks())
        new = without_known(look.brought(every), look.baseline)
        return end(Wishes(new, look.is_wanted, unsafe_fixes, look.select, every), project)


def _status(found: Sequence[Finding], fail_on: Literal["error", "warning", "never"], max_warnings: int | None) -> int:
    if max_warnings is not None and sum(_counts(each, "warning") for each in found) > max_warnings:
        return 1
    return exit_status(found, None if fail_on == "never" else fail_on)


def _checked(paths: Sequence[str], glossary: str | None, select: Sequence[str]) -> CatalogChecks:
    """What is wrong with the project, or with the pages, subtitles and catalogs that ``paths`` name."""
    troubles: list[PipelineError] = []
    terms = named_terms(glossary, troubles) if glossary is not None else None
    catalogs, sources = catalogs_and_sources(paths)
    checks = CatalogChecks()
    if sources or not paths:
        from pipeline.project.work import checked  # with pydantic and the aligner, which catalogs need not

        of_pages = checked(sources, terms, select)
        checks.findings += of_pages.findings
        checks.troubles += of_pages.troubles
    if catalogs:
        gc.disable()  # what is kept of a large catalog has no circles, and looking for them takes a tenth of the time
        of_catalogs = checked_catalogs(catalogs, project_around(), terms, select)
        checks.findings += of_catalogs.findings
        checks.troubles += of_catalogs.troubles
    checks.troubles[:0] = troubles
    return checks


def _counts(finding: Finding, severity: str) -> bool:
    return finding.severity == severity and finding.accepted is None
