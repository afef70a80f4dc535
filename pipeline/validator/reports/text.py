"""The forms for people: with both texts, or one line a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from pipeline.model import Finding, Severity
from pipeline.text.printable import one_line
from pipeline.text.script import display_width
from pipeline.validator.reports.common import SEVERITIES, concise_line, plural, position, rule_called, standing

_COLOURS: Mapping[Severity, str] = {"error": "31", "warning": "33", "info": "36"}
_COLUMNS = 160  # of one text; JSON has it whole


def text(findings: Sequence[Finding]) -> str:
    """Return findings for people, with colours: each with its texts and the way out, those of a file together."""
    if not findings:
        return "No findings.\n"
    open_ = standing(findings)
    accepted = [finding for finding in findings if finding.accepted is not None]
    parts = [_group(members) for _, members in groupby(open_, lambda finding: finding.path)]
    if accepted:
        parts.append("Accepted:\n" + _group(accepted))
    return "\n".join([*parts, _summary(open_, accepted)])


def _group(findings: Iterable[Finding]) -> str:
    return "".join(f"{line}\n" for finding in findings for line in (_headline(finding), *_evidence(finding)))


def _headline(finding: Finding) -> str:
    place = _painted("1", position(finding))
    severity = _painted(_COLOURS[finding.severity], finding.severity)
    return f"{place}: {severity} {rule_called(finding)}: {one_line(finding.message)}"


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


def _summary(open_: Sequence[Finding], accepted: Sequence[Finding]) -> str:
    counted = Counter(finding.severity for finding in open_)
    counts = ", ".join(plural(counted[severity], severity) for severity in SEVERITIES if counted[severity])
    total = plural(len(open_), "finding") if open_ else "No findings"
    lived_with = f" ({len(accepted)} accepted)" if accepted else ""
    hint = f"Explain one: bilect rule {open_[0].code}\n" if open_ else ""
    return f"{total}{counts and f': {counts}'}{lived_with}.\n{hint}"


def _painted(colour: str, text: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"


def concise(findings: Sequence[Finding]) -> str:
    """Return one line a finding, for editors."""
    return "".join(f"{concise_line(finding)}\n" for finding in findings)
