"""The form for code scanning: SARIF 2.1.0.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and what GitHub reads of it:
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from pipeline.model import Change, Finding, Severity
from pipeline.text.printable import one_line
from pipeline.validator.base import Rule, documentation, rules
from pipeline.validator.baseline import numbered_fingerprints
from pipeline.validator.reports.common import program_version

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "recommendation"}
_LINKED = re.compile(r"([\\\[\]])")  # [text](address) would become a link


def sarif(findings: Sequence[Finding]) -> str:
    """Return one run with all findings, the accepted ones suppressed, and the help of the rules that found them."""
    found = {finding.code for finding in findings}
    explained = [rule for rule in rules() if rule.code in found]
    places = {rule.code: index for index, rule in enumerate(explained)}
    prints = numbered_fingerprints(findings)
    version = program_version()
    driver = {"name": "bilect", **({"version": version} if version else {}), "rules": list(map(_rule, explained))}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The root of the repository."}}},
        "results": [_result(each, places, known) for each, known in zip(findings, prints, strict=True)],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    sentence = " ".join(rule.sentence.split())
    page = documentation(rule)
    return {
        "id": rule.code,
        "name": "".join(map(str.capitalize, rule.name.split("-"))),
        "shortDescription": {"text": sentence},
        "fullDescription": {"text": sentence},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.name, "translation"], "problem.severity": _PROBLEMS[rule.severity]},
    }


def _result(finding: Finding, places: Mapping[str, int], known: str) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": _location(finding)}],
        "partialFingerprints": {"primaryLocationLineHash": known if ":" in known else f"{known}:1"},
    }
    if finding.code in places:
        result["ruleIndex"] = places[finding.code]
    if finding.change:
        result["fixes"] = [_fix(finding, finding.change)]
    if finding.accepted is not None:
        accepted = {"kind": "external", "justification": one_line(finding.accepted)}
        result["suppressions"] = [accepted]
    return result


def _fix(finding: Finding, change: Change) -> dict[str, object]:
    """The edit as a replacement in the file, which is in the encoding that it has."""
    region = {
        "startLine": change.line, "startColumn": change.column, "endLine": change.end_line, "endColumn": change.end_column,
    }  # fmt: skip
    replacement = {"deletedRegion": region, "insertedContent": {"text": change.text}}
    place = _location(finding)["artifactLocation"]
    description = {"text": _LINKED.sub(r"\\\1", one_line(finding.fix or finding.message))}
    return {"description": description, "artifactChanges": [{"artifactLocation": place, "replacements": [replacement]}]}


def _message(finding: Finding) -> str:
    texts = (("source", finding.source), ("target", finding.target), ("fix", finding.fix))
    lines = [one_line(finding.message), *(f"{label}: {one_line(text)}" for label, text in texts if text)]
    return _LINKED.sub(r"\\\1", "\n".join(lines))


def _location(finding: Finding) -> dict[str, object]:
    """A region begins at line and column; where its end is not known, it reaches to the end of the line."""
    line = max(finding.line, 1)
    region = {"startLine": line, "startColumn": max(finding.column, 1) if finding.line else 1, "endLine": line}
    if finding.end and finding.line and finding.end > (line, region["startColumn"]):
        region["endLine"], region["endColumn"] = finding.end
    uri = quote(finding.path, safe="/", errors="surrogateescape")
    is_relative = not finding.path.startswith("/")
    place = {"uri": uri, "uriBaseId": "SRCROOT"} if is_relative else {"uri": f"file://{uri}"}
    return {"artifactLocation": place, "region": region}
