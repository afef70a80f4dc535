"""Where the findings of `bilect check` go: stdout, files, and what GitHub shows of a step."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli.console import columns_of_terminal, fail, in_colour, note, out
from pipeline.cli.files import deliver_bytes
from pipeline.model import Finding, PipelineError
from pipeline.project.bare import project_around
from pipeline.project.files import reason
from pipeline.text.said import said
from pipeline.text.tongue import _, counted
from pipeline.validator.report import FORMS, report
from pipeline.validator.reports.text import COLUMNS

_OF_REPOSITORY = frozenset({"github", "gitlab", "sarif"})  # whose readers know files by their path in the repository


def form_and_file(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> list[tuple[str, str]]:
    """Return form and file of each ``FORM=FILE``.

    Raises:
        click.BadParameter: One is of another shape, or names no form.
    """
    pairs = [(form, path) for form, _sign, path in (value.partition("=") for value in values)]
    for value, (form, path) in zip(values, pairs, strict=True):
        if form not in FORMS or not path:
            wrong = _("{value!r} is not FORM=FILE, with FORM one of {forms}.")
            raise click.BadParameter(wrong.format(value=value, forms=", ".join(FORMS)))
    return pairs


def deliver_reports(
    findings: Sequence[Finding], form: str, output: str | None, more: Sequence[tuple[str, str]]
) -> None:
    """Write the findings in a form to stdout or to the file ``output``, and in each form of ``more`` to its file.

    A report that cannot be written is told, and the others are.
    """
    is_printed = output is None or output == "-"
    for each, path in [*more, *([] if is_printed else [(form, str(output))])]:
        try:
            deliver_bytes(report(_told(findings, each), each).encode("utf-8", "replace"), path, ())
            number = counted(len(findings), "finding")
            note(_("{file}: {findings} as {form}").format(file=path, findings=number, form=each))
        except PipelineError as error:
            fail(error)
    if is_printed:
        is_coloured = form == "text" and in_colour(sys.stdout)
        printed = report(_told(findings, form), form, colour=is_coloured, columns=columns_of_terminal(COLUMNS))
        if printed:
            out(printed.rstrip("\n"))
    if form == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        _summarise(_told(findings, form), Path(summary))


def _told(findings: Sequence[Finding], form: str) -> Sequence[Finding]:
    """The findings with their paths as readers of a form know them."""
    if form not in _OF_REPOSITORY or not findings:
        return findings
    from pipeline.project.repository import places  # with what starts git, which other forms do not need

    try:
        known = places(project_around())
    except PipelineError:  # a wrong configuration is told by who reads it first
        known = places(None)
    return [replace(finding, path=known.within(finding.path)) for finding in findings]


def _summarise(findings: Sequence[Finding], path: Path) -> None:
    """Append a table to the summary of the step, which other commands of the step may have begun."""
    from pipeline.validator.reports.github import SUMMARY_LIMIT, step_summary  # only where there is such a step

    try:
        with path.open("ab") as stream:
            stream.write(step_summary(findings, SUMMARY_LIMIT - stream.tell()).encode())
    except OSError as error:
        fail(PipelineError(said("cannot be written: {why}", why=reason(error)), path=path.as_posix()))
