"""The form for test reports: JUnit XML as Jenkins, GitLab and Azure read it.

https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape  # xml.sax.saxutils loads all of urllib
from itertools import groupby

from pipeline.model import Finding
from pipeline.text.printable import one_line
from pipeline.validator.reports.common import position, rule_called


def junit(findings: Sequence[Finding]) -> str:
    """Return a suite a file and a test case a finding: errors and warnings fail, accepted ones are skipped, info passes."""
    suites = [_suite(path, list(members)) for path, members in groupby(findings, lambda finding: finding.path)]
    if not suites:  # no test at all is a failure to several readers
        none = {**_counts("bilect", findings), "tests": "1"}
        suites = [_element("testsuite", none, ['<testcase name="no findings" classname="bilect"/>'])]
    counts = {**_counts("bilect check", findings)}
    del counts["skipped"]  # only suites have it
    if not findings:
        counts["tests"] = "1"
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _element("testsuites", counts, suites) + "\n"


def _counts(name: str, findings: Sequence[Finding]) -> dict[str, str]:
    failures = sum(finding.accepted is None and finding.severity != "info" for finding in findings)
    skipped = sum(finding.accepted is not None for finding in findings)
    tests = len(findings)
    return {"name": name, "tests": str(tests), "failures": str(failures), "errors": "0", "skipped": str(skipped)}


def _suite(path: str, findings: Sequence[Finding]) -> str:
    return _element("testsuite", _counts(one_line(path), findings), [_case(finding) for finding in findings])


def _case(finding: Finding) -> str:
    name = f"{position(finding)} {rule_called(finding)}"
    case = {"name": name, "classname": finding.name}
    if finding.accepted is not None:
        return _element("testcase", case, [_element("skipped", {"message": one_line(finding.accepted)}, [])])
    if finding.severity == "info":
        return _element("testcase", case, [_element("system-out", {}, list(_lines(finding)))])
    told = {"type": finding.severity, "message": one_line(finding.message)}
    return _element("testcase", case, [_element("failure", told, list(_lines(finding)))])


def _lines(finding: Finding) -> Iterator[str]:
    yield escape(f"{position(finding)}: {one_line(finding.message)}", quote=False)
    for label, text in (("source", finding.source), ("target", finding.target), ("fix", finding.fix)):
        if text:
            yield escape(f"{label}: {one_line(text)}", quote=False)


def _element(name: str, attributes: dict[str, str], content: Sequence[str]) -> str:
    opening = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    inner = "\n".join(content)
    return f"<{name}{opening}>{inner}</{name}>" if content else f"<{name}{opening}/>"
