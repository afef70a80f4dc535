"""Findings in the forms that people, editors and CI read: ``FORMS`` names the functions of `reports`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.model import Finding, Severity
from pipeline.validator.reports.common import SEVERITIES
from pipeline.validator.reports.text import COLUMNS, concise, text

_COLOUR = re.compile("\x1b\\[[0-9;]*m")


def _json(found: Sequence[Finding]) -> str:
    from pipeline.validator.reports.records import json_array  # here and below: a report is in one form of many

    return json_array(found)


def _json_lines(found: Sequence[Finding]) -> str:
    from pipeline.validator.reports.records import json_lines

    return json_lines(found)


def _github(found: Sequence[Finding]) -> str:
    from pipeline.validator.reports.github import github

    return github(found)


def _gitlab(found: Sequence[Finding]) -> str:
    from pipeline.validator.reports.gitlab import gitlab

    return gitlab(found)


def _sarif(found: Sequence[Finding]) -> str:
    from pipeline.validator.reports.sarif import sarif

    return sarif(found)


def _junit(found: Sequence[Finding]) -> str:
    from pipeline.validator.reports.junit import junit

    return junit(found)


def _page(found: Sequence[Finding]) -> str:
    from pipeline.validator.reports.page import page

    return page(found)


FORMS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "text": text,
    "concise": concise,
    "json": _json,
    "jsonl": _json_lines,
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
    "junit": _junit,
    "html": _page,
}


def report(findings: Iterable[Finding], form: str, *, colour: bool = False, columns: int = COLUMNS) -> str:
    """Return all findings in one of ``FORMS``, sorted by path, line and column; every line ends with ``\\n``.

    What comes from a page is shown with its control characters escaped. ``columns`` is the width of the form for people.
    """
    found = sorted(findings, key=_place)
    made = text(found, columns) if form == "text" else FORMS[form](found)
    return made if colour else _COLOUR.sub("", made)


def exit_status(findings: Iterable[Finding], fail_on: Severity | None = "error") -> int:
    """Return 1 when a finding that is not accepted is ``fail_on`` or worse, else 0; None is never."""
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on else ()
    return int(any(finding.accepted is None and finding.severity in failing for finding in findings))


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.path, finding.line, finding.column, finding.code, finding.message
