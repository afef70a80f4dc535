"""What of the findings of `bilect check` is new: against a baseline, and against a commit."""

from __future__ import annotations

from collections.abc import Sequence

import click

from pipeline.cli.console import note
from pipeline.model import Finding, PipelineError
from pipeline.project.bare import project_around, shown_path
from pipeline.project.baseline import BaselineFile, Looked, against_baseline, baseline_file, write_baseline
from pipeline.text.tongue import _, counted, ngettext


def looked_at(
    paths: Sequence[str], select: Sequence[str], ignore: Sequence[str], troubles: Sequence[PipelineError]
) -> Looked:
    """Return what a check looks at, in the words of a baseline."""
    project = project_around() if paths else None
    shown = tuple(shown_path(path, project) for path in paths)
    return Looked(shown, tuple(select), tuple(ignore), frozenset(trouble.path for trouble in troubles))


def new_against_baseline(findings: list[Finding], named: str | None, looked: Looked | None) -> list[Finding]:
    """Return what the baseline does not list, and a finding for each of its entries that is used no more.

    Without a baseline that is named or configured, these are all findings.

    Raises:
        PipelineError: The baseline is missing, or is none.
    """
    file = baseline_file(named, project_around())
    if file is None:
        return findings
    judged = against_baseline(findings, file, looked)
    if judged.known:
        told = ngettext(
            "{number:,} finding in the baseline {file} is not shown.",
            "{number:,} findings in the baseline {file} are not shown.",
            judged.known,
        )
        note(told.format(number=judged.known, file=file.shown))
    return judged.new


def baseline_written(findings: Sequence[Finding], named: str | None, looked: Looked) -> int:
    """Write the baseline that is named or configured, say what that changed, and return the exit status.

    Raises:
        PipelineError: There is a file that is no baseline, or it cannot be written.
    """
    file = _demanded(baseline_file(named, project_around()))
    made = write_baseline(findings, file, looked)
    total = counted(sum(entry.count for entry in made.entries), "finding")
    told = _("{file}: {findings} from now on let pass ({added} added, {removed} removed)")
    note(told.format(file=file.shown, findings=total, added=made.added, removed=made.gone))
    return 0


def _demanded(file: BaselineFile | None) -> BaselineFile:
    if file is None:
        message = _(
            '--write-baseline needs a file: name it with --baseline FILE, or with baseline = "FILE" in bilect.toml'
        )
        raise click.UsageError(message)
    return file
