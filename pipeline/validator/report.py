"""Findings in the forms that people, editors and CI read: a form is one function, and ``FORMS`` names it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from pipeline.model import Finding, Severity
from pipeline.text.printable import one_line
from pipeline.text.script import display_width

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_COLOURS: Mapping[Severity, str] = {"error": "31", "warning": "33", "info": "36"}
_COLOUR = re.compile("\x1b\\[[0-9;]*m")
_COLUMNS = 160  # of one text in the form for people; JSON has it whole
_ANNOTATIONS = 10  # of each severity: GitHub shows no more a step


def report(findings: Iterable[Finding], form: str, *, colour: bool = False) -> str:
    """Return all findings in one of ``FORMS``, sorted by path, line and column; every line ends with ``\\n``.

    What comes from a page is shown with its control characters escaped.
    """
    text = FORMS[form](sorted(findings, key=_place))
    return text if colour else _COLOUR.sub("", text)


def exit_status(findings: Iterable[Finding], fail_on: Severity | None = "error") -> int:
    """Return 1 when a finding that is not accepted is ``fail_on`` or worse, else 0; None is never."""
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on else ()
    return int(any(finding.accepted is None and finding.severity in failing for finding in findings))


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.path, finding.line, finding.column, finding.code, finding.message


# --- for people


def _text(findings: Sequence[Finding]) -> str:
    if not findings:
        return "No findings.\n"
    standing = [finding for finding in findings if finding.accepted is None]
    accepted = [finding for finding in findings if finding.accepted is not None]
    parts = [_group(members) for _, members in groupby(standing, lambda finding: finding.path)]
    if accepted:
        parts.append("Accepted:\n" + _group(accepted))
    return "\n".join([*parts, _summary(standing, accepted)])


def _group(findings: Iterable[Finding]) -> str:
    return "".join(f"{line}\n" for finding in findings for line in (_headline(finding), *_evidence(finding)))


def _headline(finding: Finding) -> str:
    place = _painted("1", _position(finding))
    severity = _painted(_COLOURS[finding.severity], finding.severity)
    return f"{place}: {severity} {_rule(finding)}: {one_line(finding.message)}"


def _evidence(finding: Finding) -> Iterator[str]:
    texts = {"source": finding.source, "target": finding.target, "reason": finding.accepted, "fix": finding.fix}
    for label, text in texts.items():
        if text and not (label == "fix" and finding.accepted):
            yield f"    {_painted('2', f'{label:6}')}  {_clipped(one_line(text), _COLUMNS)}"


def _clipped(text: str, columns: int) -> str:
    """Return as much of ``text`` as fits the columns; ``…`` says that more follows."""
    if display_width(text) <= columns:
        return text
    widths = accumulate(map(display_width, text), initial=1)
    return text[: sum(width <= columns for width in widths) - 1] + "…"


def _summary(standing: Sequence[Finding], accepted: Sequence[Finding]) -> str:
    counted = Counter(finding.severity for finding in standing)
    counts = ", ".join(_plural(counted[severity], severity) for severity in SEVERITIES if counted[severity])
    total = _plural(len(standing), "finding") if standing else "No findings"
    lived_with = f" ({len(accepted)} accepted)" if accepted else ""
    hint = f"Explain one: bilect rule {standing[0].code}\n" if standing else ""
    return f"{total}{counts and f': {counts}'}{lived_with}.\n{hint}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 or noun == "info" else f"{count} {noun}s"


def _painted(colour: str, text: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"


def _position(finding: Finding) -> str:
    path = one_line(finding.path)
    return f"{path}:{finding.line}:{finding.column}" if finding.line else path


def _rule(finding: Finding) -> str:
    return f"{finding.code} {finding.name}"


# --- for editors and scripts


def _concise(findings: Sequence[Finding]) -> str:
    return "".join(f"{_one(finding)}\n" for finding in findings)


def _one(finding: Finding) -> str:
    accepted = "" if finding.accepted is None else f" [accepted: {one_line(finding.accepted)}]"
    message = one_line(finding.message)
    return f"{_position(finding)}: {finding.severity} {_rule(finding)}: {message}{accepted}"


def _json(findings: Sequence[Finding]) -> str:
    return json.dumps(_records(findings), ensure_ascii=False, indent=2) + "\n"


def _jsonl(findings: Sequence[Finding]) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in _records(findings))


def _records(findings: Sequence[Finding]) -> list[dict[str, object]]:
    from pipeline.validator.schema import record  # pydantic is heavy, and only these two forms need it

    return [record(finding) for finding in findings]


# --- for GitHub


def _github(findings: Sequence[Finding]) -> str:
    """Return workflow commands for the worst findings, all others as plain lines of the log.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    standing = [finding for finding in findings if finding.accepted is None]
    shown = [
        finding
        for severity in ("error", "warning")
        for finding in [each for each in standing if each.severity == severity][:_ANNOTATIONS]
    ]
    kept = set(map(id, shown))
    others = [finding for finding in findings if id(finding) not in kept]
    more = sum(finding.accepted is None for finding in others)
    lines = [_annotation(finding) for finding in shown]
    lines += [_one(finding).replace("##[", "## [").replace("::", ": :") for finding in others]  # commands, to a runner
    if more:
        lines.append(f"::notice title=bilect::{_plural(more, 'more finding')} in the log of this step")
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding) -> str:
    place = {"file": one_line(finding.path), "line": finding.line, "col": finding.column, "title": _rule(finding)}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
    texts = (finding.message, finding.source, finding.target, finding.fix)
    return f"::{finding.severity} {properties}::" + _escaped("\n".join(one_line(text) for text in texts if text))


def _property(value: str) -> str:
    return _escaped(value).replace(":", "%3A").replace(",", "%2C")


def _escaped(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "text": _text,
    "concise": _concise,
    "json": _json,
    "jsonl": _jsonl,
    "github": _github,
}
