"""The forms for GitHub Actions."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Finding
from pipeline.text.printable import one_line
from pipeline.validator.reports.common import concise_line, plural, rule_called, standing

_ANNOTATIONS = 10  # of each severity: GitHub shows no more a step


def github(findings: Sequence[Finding]) -> str:
    """Return workflow commands for the worst findings, all others as plain lines of the log.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    open_ = standing(findings)
    shown = [
        finding
        for severity in ("error", "warning")
        for finding in [each for each in open_ if each.severity == severity][:_ANNOTATIONS]
    ]
    kept = set(map(id, shown))
    others = [finding for finding in findings if id(finding) not in kept]
    more = sum(finding.accepted is None for finding in others)
    lines = [_annotation(finding) for finding in shown]
    lines += [
        concise_line(finding).replace("##[", "## [").replace("::", ": :") for finding in others
    ]  # commands, to a runner
    if more:
        lines.append(f"::notice title=bilect::{plural(more, 'more finding')} in the log of this step")
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding) -> str:
    place = {"file": one_line(finding.path), "line": finding.line, "col": finding.column, "title": rule_called(finding)}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
    texts = (finding.message, finding.source, finding.target, finding.fix)
    return f"::{finding.severity} {properties}::" + _escaped("\n".join(one_line(text) for text in texts if text))


def _property(value: str) -> str:
    return _escaped(value).replace(":", "%3A").replace(",", "%2C")


def _escaped(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
