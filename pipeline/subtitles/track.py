"""A subtitle file as a value: its cues, and what is needed to write it back byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import lt

from pipeline.model import Cue, Finding, Severity
from pipeline.text.said import phrase, said, sentence
from pipeline.text.series import listed

CODES: dict[str, tuple[str, Severity]] = {
    "ST101": ("subtitle-unreadable", "error"),
    "ST102": ("subtitle-syntax", "warning"),
    "ST103": ("subtitle-encoding", "info"),
    "ST104": ("subtitle-index", "info"),
    "ST105": ("subtitle-time", "warning"),
    "ST106": ("subtitle-order", "info"),
    "ST107": ("subtitle-sync", "warning"),
}
"""Code → name and severity of what can be wrong with a subtitle file, or with two of them, before anybody reads them."""

_SHOWN = 20  # findings of one kind in one file; a file that is wrong in every cue is wrong once


@dataclass(frozen=True, slots=True)
class Track:
    """The cues of one language as one file holds them, in the order of the file.

    ``lines`` are the 1-based lines of the cues' times, ``data`` the bytes on disk, ``encoding`` the codec that reads
    them (``utf-8-sig`` where UTF-8 has a byte order mark). A file that cannot be read has no cues and an error finding.
    """

    path: str
    format: str
    cues: tuple[Cue, ...]
    lines: tuple[int, ...]
    encoding: str
    data: bytes
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding before it knows its file; ``kind`` is what remarks that repeat each other have in common.

    ``detail`` is of the file, or `said`.
    """

    code: str
    line: int
    kind: str
    detail: str = ""
    source: str = ""
    fix: str = ""
    severity: Severity | None = None


def findings_of(path: str, remarks: Iterable[Remark]) -> tuple[Finding, ...]:
    """The remarks as findings by line; of more than 20 of a kind, the twentieth names the lines of the others."""
    kinds: dict[tuple[str, str], list[Remark]] = {}
    for remark in sorted(remarks, key=lambda remark: remark.line):
        kinds.setdefault((remark.code, remark.kind), []).append(remark)
    found = [finding for same in kinds.values() for finding in _of_one_kind(path, same)]
    return tuple(sorted(found, key=lambda finding: finding.line))


def _of_one_kind(path: str, remarks: list[Remark]) -> list[Finding]:
    shown = [_finding(path, remark, _message(remark)) for remark in remarks[:_SHOWN]]
    if rest := [remark.line for remark in remarks[_SHOWN:]]:
        last = remarks[_SHOWN - 1]
        shown[-1] = _finding(path, last, _and_more(_message(last), rest))
    return shown


def _message(remark: Remark) -> str:
    if not remark.detail:
        return remark.kind
    return said("{kind}: {detail}", kind=sentence(remark.kind), detail=remark.detail)


def _finding(path: str, remark: Remark, message: str) -> Finding:
    name, severity = CODES[remark.code]
    return Finding(
        code=remark.code,
        name=name,
        severity=remark.severity or severity,
        path=path,
        line=remark.line,
        column=1,
        message=message,
        source=remark.source,
        fix=remark.fix,
    )


def _and_more(message: str, lines: list[int]) -> str:
    """A message with line numbers for people: the first ten, and how many more up to which."""
    first, more = listed(map(str, lines[:10])), len(lines) - 10
    if more <= 0:
        return said("{message}; the same on lines {lines}", message=sentence(message), lines=first)
    form = phrase("{message}; the same on lines {lines} and {more} more up to {last}")
    return said(form, message=sentence(message), lines=first, more=more, last=lines[-1])


def _are_in_order(cues: list[Cue]) -> bool:
    """Whether all cues are shown, and none starts before the one above it or before 0, as in nearly every file."""
    starts = [cue.start_ms for cue in cues]
    return (
        min(starts, default=0) >= 0 and all(map(lt, starts, [cue.end_ms for cue in cues])) and starts == sorted(starts)
    )


def time_remarks(cues: Iterable[Cue], lines: Iterable[int]) -> list[Remark]:
    """What the times of a file's cues say against it: cues that end before or when they start, and disorder."""
    cues = list(cues)
    if _are_in_order(cues):
        return []
    remarks, numbered = [], list(zip(cues, lines, strict=True))
    for cue, line in numbered:
        if cue.start_ms < 0:
            fix = said("give the cue a start of 0 or later")
            remarks.append(Remark("ST105", line, "this cue starts before 0", source=cue.text, fix=fix))
        if cue.end_ms <= cue.start_ms:
            kind = (
                said("this cue is never shown: it ends when it starts")
                if cue.end_ms == cue.start_ms
                else said("this cue is never shown: it ends before it starts")
            )
            fix = said("give the cue an end after its start")
            remarks.append(Remark("ST105", line, kind, source=cue.text, fix=fix))
    for (before, _), (cue, line) in pairwise(numbered):
        if cue.start_ms < before.start_ms:
            kind = said("this cue starts before the cue above it")
            remarks.append(Remark("ST106", line, kind, source=cue.text, fix="sort the cues: bilect format"))
    return remarks
