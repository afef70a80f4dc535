"""The forms for people: with both texts, the spot marked beneath, in the width of a terminal; or one line a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from pipeline.model import Finding, Severity, Spot
from pipeline.text.columns import wrapped
from pipeline.text.printable import one_line, visible
from pipeline.text.tongue import _, counted, told
from pipeline.text.width import display_width
from pipeline.validator.reports.common import (
    SEVERITIES,
    concise_line,
    position,
    reason_told,
    rule_called,
    standing,
)

COLUMNS = 160  # where no terminal says its width; JSON has every text whole
_FEWEST_COLUMNS = 40
_LABEL = 12  # columns before a text
_COLOURS: Mapping[Severity, str] = {"error": "31", "warning": "33", "info": "36"}
_ELLIPSIS = "…"


def text(findings: Sequence[Finding], columns: int = COLUMNS) -> str:
    """Return findings, sorted by file, for a terminal of so many columns, in colour; the accepted ones stand apart.

    At the end all are counted by rule.
    """
    if not findings:
        return _("No findings.") + "\n"
    width = max(columns, _FEWEST_COLUMNS)
    open_ = standing(findings)
    accepted = [finding for finding in findings if finding.accepted is not None]
    parts = [_group(members, width) for _path, members in groupby(open_, lambda finding: finding.path)]
    if accepted:
        parts.append(_("Accepted:") + "\n" + _group(accepted, width))
    return "\n".join([*parts, _summary(open_, accepted)])


def painted(colour: str, text: str) -> str:
    """Return a text in a colour or weight of terminals (the number of its SGR sequence)."""
    return f"\x1b[{colour}m{text}\x1b[0m"


def concise(findings: Sequence[Finding]) -> str:
    """Return one line a finding, as compilers write it."""
    return "".join(f"{concise_line(finding)}\n" for finding in findings)


def _group(findings: Iterable[Finding], columns: int) -> str:
    return "".join(f"{line}\n" for finding in findings for line in (_headline(finding), *_evidence(finding, columns)))


def _headline(finding: Finding) -> str:
    place = painted("1", position(finding))
    severity = painted(_COLOURS[finding.severity], _(finding.severity))
    return f"{place}: {severity} {rule_called(finding)}: {one_line(told(finding.message))}"


def _evidence(finding: Finding, columns: int) -> Iterator[str]:
    of_source, of_target = finding.spots
    texts: list[tuple[str, str, Spot | None]] = [
        (_("source"), finding.source, of_source),
        (_("target"), finding.target, of_target),
    ]
    for label, text, spot in texts:
        if text:
            yield from _text_lines(label, text, spot, (columns - _LABEL, _COLOURS[finding.severity]))
    words = (_("fix"), told(finding.fix)) if finding.accepted is None else (_("reason"), reason_told(finding.accepted))
    if words[1]:
        yield from _advice(*words, columns - _LABEL)


def _text_lines(label: str, text: str, spot: Spot | None, look: tuple[int, str]) -> Iterator[str]:
    columns, colour = look
    head = f"    {painted('2', _label(label))}  "
    if spot is None:
        yield head + _clipped(one_line(text[: 2 * columns]), columns)
        return
    before, inside, after = marked_text(text, spot, columns)
    yield head + before + (painted(f"1;{colour}", inside) if inside else "") + after
    yield " " * (_LABEL + display_width(before)) + painted(colour, "^" * max(1, display_width(inside)))


def _advice(label: str, words: str, columns: int) -> Iterator[str]:
    first, *more = wrapped(one_line(words), columns)
    yield f"    {painted('2', _label(label))}  {first}"
    for line in more:
        yield " " * _LABEL + line


def _label(word: str) -> str:
    return word + " " * (6 - display_width(word))


def _clipped(text: str, columns: int) -> str:
    """As much of ``text`` as fits the columns; ``…`` says that more follows."""
    if display_width(text) <= columns:
        return text
    return _fitting(text, columns - 1)[0] + _ELLIPSIS


def _fitting(cells: Iterable[str], columns: int) -> tuple[str, int]:
    """The first of ``cells`` that fit together, and how many they are."""
    taken: list[str] = []
    for cell in cells:
        columns -= display_width(cell)
        if columns < 0:
            break
        taken.append(cell)
    return "".join(taken), len(taken)


def marked_text(text: str, spot: Spot, columns: int) -> tuple[str, str, str]:
    """Return a text as one line of at most so many columns: before its spot, in it, behind it.

    What is too long is cut on either side; of a spot that is wider than the line, its beginning is shown. A line end is
    ``↵``.

    >>> marked_text("机器学习，and so on", (4, 5), 12)
    ('…学习', '，', 'and …')
    """
    start = min(max(spot[0], 0), len(text))
    end = min(max(spot[1], start), len(text))
    inside, shown = _fitting(map(_cell, text[start : min(end, start + columns)]), columns - 2)
    room = columns - display_width(inside)
    before = [_cell(each) for each in reversed(text[max(0, start - columns - 1) : start])]
    after = [_cell(each) for each in text[start + shown : start + shown + columns + 1]]
    room_before = max(room // 2, room - sum(map(display_width, after)))
    room_after = room - min(room_before, sum(map(display_width, before)))
    return "".join(reversed(_cut(before, room_before))), inside, "".join(_cut(after, room_after))


def _cut(cells: Sequence[str], columns: int) -> Sequence[str]:
    """As many of ``cells`` as fit the columns; ``…`` stands for those left out."""
    if _fitting(cells, columns)[1] == len(cells):
        return cells
    return [*cells[: _fitting(cells, columns - 1)[1]], _ELLIPSIS]


def _cell(character: str) -> str:
    if character == "\n":
        return "↵"
    return " " if character == "\t" else visible(character)


def _summary(open_: Sequence[Finding], accepted: Sequence[Finding]) -> str:
    counts = Counter(finding.severity for finding in open_)
    by_severity = _(", ").join(counted(counts[severity], severity) for severity in SEVERITIES if counts[severity])
    total = (
        _("{findings}: {counts}").format(findings=counted(len(open_), "finding"), counts=by_severity)
        if open_
        else _("No findings")
    )
    summed = (
        _("{total} ({number} accepted).").format(total=total, number=len(accepted))
        if accepted
        else _("{total}.").format(total=total)
    )
    lines = [summed, *_by_rule(open_), *_fixable(open_)]
    if open_:
        lines.append(_("Explain one: bilect rule {code}").format(code=open_[0].code))
    return "".join(f"{line}\n" for line in lines)


def _by_rule(open_: Iterable[Finding]) -> Iterator[str]:
    """A line for each rule with how often it was broken, where there are several; the most frequent first."""
    by_rule = Counter((finding.code, finding.name) for finding in open_)
    if len(by_rule) < 2:
        return
    widest = max(len(code) for code, _name in by_rule)
    for (code, name), count in sorted(by_rule.items(), key=lambda each: (-each[1], each[0])):
        yield f"{count:6}  {code:{widest}}  {name}"


def _fixable(open_: Iterable[Finding]) -> Iterator[str]:
    edits = [finding.edit for finding in open_ if finding.edit]
    safe = sum(edit.is_safe for edit in edits)
    if safe:
        yield _("bilect check --fix mends {number} of them; --diff shows how.").format(number=safe)
    if len(edits) > safe:
        unsafe = (
            _("bilect check --unsafe-fixes mends {number} more, for you to review.")
            if safe
            else _("bilect check --unsafe-fixes mends {number} of them, for you to review.")
        )
        yield unsafe.format(number=len(edits) - safe)
