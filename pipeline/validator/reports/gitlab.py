"""The form for GitLab: a Code Quality report.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from pipeline.model import Finding, Severity
from pipeline.text.printable import one_line
from pipeline.validator.baseline import numbered_fingerprints
from pipeline.validator.reports.common import standing

_SEVERITIES: Mapping[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def gitlab(findings: Sequence[Finding]) -> str:
    """Return one JSON array of the findings that are not accepted, which GitLab tells apart by their fingerprints."""
    open_ = standing(findings)
    issues = [_issue(finding, known) for finding, known in zip(open_, numbered_fingerprints(open_), strict=True)]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, known: str) -> dict[str, object]:
    remedy = f" ({one_line(finding.fix)})" if finding.fix else ""
    return {
        "description": f"{finding.code}: {one_line(finding.message)}{remedy}",
        "check_name": finding.name,
        "fingerprint": known,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": one_line(finding.path), "lines": {"begin": max(finding.line, 1)}},
    }
