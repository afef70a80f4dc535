"""The forms for GitHub Actions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.model import Finding
from pipeline.text.printable import excerpt, one_line
from pipeline.validator.reports.common import SEVERITIES, concise_line, plural, position, rule_called, standing

_ANNOTATIONS = 10  # of each severity: GitHub shows no more a step
SUMMARY_LIMIT = 1024 * 1024  # bytes that GitHub takes of a step
_CELL = 200  # characters of a text in a table
_MARKDOWN = re.compile(r"[&<>|\\`*_\[\]~#!@$:]|(?<=w)\.")  # names of people and addresses would become links


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


# --- the summary of a step


def step_summary(findings: Sequence[Finding], limit: int = SUMMARY_LIMIT) -> str:
    """Return the findings that are not accepted as a Markdown table, the worst first, in at most ``limit`` bytes.

    What does not fit is counted; where not even that fits, the text is empty.
    """
    open_ = sorted(standing(findings), key=lambda each: (SEVERITIES.index(each.severity), *_sorted_by(each)))
    heading = f"### bilect check: {_counts(findings, open_)}\n"
    table = "\n| | place | rule | what | source | target |\n| --- | --- | --- | --- | --- | --- |\n"
    head = heading + (table if open_ else "")
    room = limit - len(head.encode()) - len(_left_out(len(open_)).encode())
    rows: list[str] = []
    for finding in open_:
        row = _row(finding)
        room -= len(row.encode())
        if room < 0:
            break
        rows.append(row)
    text = head + "".join(rows) + _left_out(len(open_) - len(rows))
    return text if len(text.encode()) <= limit else ""


def _sorted_by(finding: Finding) -> tuple[str, int, int]:
    return finding.path, finding.line, finding.column


def _counts(findings: Sequence[Finding], open_: Sequence[Finding]) -> str:
    counted = Counter(finding.severity for finding in open_)
    counts = ", ".join(plural(counted[severity], severity) for severity in SEVERITIES if counted[severity])
    accepted = len(findings) - len(open_)
    more = "; ".join(filter(None, (counts, f"{accepted} accepted" if accepted else "")))
    return (plural(len(open_), "finding") if open_ else "no findings") + (f" ({more})" if more else "")


def _left_out(count: int) -> str:
    return (
        f"\n{plural(count, 'more finding')} {'is' if count == 1 else 'are'} in the log of this step.\n" if count else ""
    )


def _row(finding: Finding) -> str:
    texts = (
        rule_called(finding),
        *(excerpt(text, _CELL) for text in (finding.message, finding.source, finding.target)),
    )
    cells = " | ".join(map(_literal, texts))
    return f"| {finding.severity} | <code>{_literal(position(finding))}</code> | {cells} |\n"


def _literal(text: str) -> str:
    return _MARKDOWN.sub(_entity, text)


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
