"""What several forms of reports say in the same words."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import Finding, Severity
from pipeline.text.printable import one_line
from pipeline.text.said import Said
from pipeline.text.tongue import told

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


def standing(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are not accepted, in their order."""
    return [finding for finding in findings if finding.accepted is None]


def plural(count: int, noun: str) -> str:
    """Return a number with its noun, in English for programs: "1 error", "2 errors", "2 info"."""
    return f"{count} {noun}" if count == 1 or noun == "info" else f"{count} {noun}s"


def reason_told(accepted: str) -> str:
    """Return why a finding is accepted as a person wrote it, whatever its language, or that nobody wrote why."""
    return told(accepted) if isinstance(accepted, Said) else accepted


def position(finding: Finding) -> str:
    """Return the place of a finding: path, line and column, or the path alone for a whole file."""
    path = one_line(finding.path)
    return f"{path}:{finding.line}:{finding.column}" if finding.line else path


def rule_called(finding: Finding) -> str:
    """Return the code and the name of the rule of a finding."""
    return f"{finding.code} {finding.name}"


def concise_line(finding: Finding) -> str:
    """Return a finding in one line, without its texts."""
    accepted = "" if finding.accepted is None else f" [accepted: {one_line(finding.accepted)}]"
    message = one_line(finding.message)
    return f"{position(finding)}: {finding.severity} {rule_called(finding)}: {message}{accepted}"


def program_version() -> str:
    """Return the version of the installed bilect; empty where it runs from its sources alone."""
    from importlib.metadata import PackageNotFoundError, version  # takes longer to import than most reports to make

    try:
        return version("bilect")
    except PackageNotFoundError:
        return ""
