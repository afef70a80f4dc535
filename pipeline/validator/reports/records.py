"""The JSON forms for scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pipeline.model import Finding


def json_array(findings: Sequence[Finding]) -> str:
    """Return one JSON array of all findings."""
    return json.dumps(_records(findings), ensure_ascii=False, indent=2) + "\n"


def json_lines(findings: Sequence[Finding]) -> str:
    """Return one JSON object a line."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in _records(findings))


def _records(findings: Sequence[Finding]) -> list[dict[str, object]]:
    from pipeline.validator.reports.schema import record  # pydantic is heavy, and only these two forms need it

    return [record(finding) for finding in findings]
