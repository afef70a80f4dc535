"""A baseline: the findings that a project had when it began to check, so that only new ones are told.

An entry knows a finding by its rule, its message and both texts, not by its line: it lapses when a text changes, and stays
when lines move.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.model import Finding, PipelineError
from pipeline.text.printable import excerpt
from pipeline.text.said import said
from pipeline.validator.base import Found, rule

_LINES = re.compile(r"\blines? [0-9]+")
_VERSION = 1
_KEY = "bilect-baseline"
_EXCERPT = 60  # characters of a text: enough to know it by


def identity(finding: Finding) -> tuple[str, ...]:
    """Return what makes a finding the same when its line, its file or the wording of a rule changes."""
    texts = (finding.source, finding.target)
    words = "" if any(texts) else _LINES.sub("line", finding.message)
    return (finding.code, finding.key, *texts, words)


def fingerprint(finding: Finding) -> str:
    """Return 16 hexadecimal digits that stay while the file, the rule and the texts of a finding do."""
    from hashlib import sha256  # 2 ms, with OpenSSL, which most checks do not need

    known = "\x00".join((finding.path, *identity(finding)))
    return sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def numbered_fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield a fingerprint for each finding, no two the same: those of equal findings end in :2, :3 and so on."""
    seen: Counter[str] = Counter()
    for finding in findings:
        known = fingerprint(finding)
        seen[known] += 1
        yield known if seen[known] == 1 else f"{known}:{seen[known]}"


@dataclass(frozen=True, slots=True)
class Entry:
    """``count`` equal findings that are known; ``text`` is the beginning of a text or of the message, for readers.

    ``reason`` is what a person wrote to it, ``at`` the line of the baseline that it stands on.
    """

    path: str
    rule: str
    text: str
    fingerprint: str
    count: int = 1
    reason: str = ""
    at: int = 0


class Unused(NamedTuple):
    """An entry of the baseline ``path`` that ``left`` fewer findings match than it allows."""

    path: str
    entry: Entry
    left: int


class Judged(NamedTuple):
    """Findings that are new, how many were known, and the entries that no finding uses, with how often."""

    new: list[Finding]
    known: int
    unused: list[tuple[Entry, int]]


def judged(findings: Iterable[Finding], entries: Sequence[Entry]) -> Judged:
    """Return what is new in findings against a baseline; accepted ones are neither new nor known, and stay."""
    allowed = Counter({each.fingerprint: each.count for each in entries})
    new, known = [], 0
    for finding in findings:
        print_ = fingerprint(finding) if finding.accepted is None else ""
        if print_ and allowed[print_] > 0:
            allowed[print_] -= 1
            known += 1
        else:
            new.append(finding)
    return Judged(new, known, [(each, allowed[each.fingerprint]) for each in entries if allowed[each.fingerprint]])


@rule("X105", "unused-baseline", "info")
def unused_baseline(unused: Unused) -> Iterator[Found]:
    """Every finding of the baseline is still there."""
    entry, left = unused.entry, unused.left
    message = (
        said("the {rule} finding in {path} is gone", rule=entry.rule, path=entry.path)
        if left == entry.count == 1
        else said(
            "the {rule} finding in {path} is gone ({left} of {number})",
            rule=entry.rule,
            path=entry.path,
            left=left,
            number=entry.count,
        )
    )
    yield Found(unused.path, entry.at, message, source=entry.text, fix="run bilect check --write-baseline")


class Renewed(NamedTuple):
    """The entries of a baseline that is written anew, and how many findings are added, and gone."""

    entries: list[Entry]
    added: int
    gone: int


def renewed(findings: Iterable[Finding], entries: Sequence[Entry], is_looked_at: Callable[[Entry], bool]) -> Renewed:
    """Return a baseline with all findings that are not accepted; reasons stay, and what was not looked at stays whole."""
    before = {each.fingerprint: each for each in entries}
    made: dict[str, Entry] = {each.fingerprint: each for each in entries if not is_looked_at(each)}
    counts: Counter[str] = Counter()
    for finding in findings:
        if finding.accepted is None:
            known = fingerprint(finding)
            counts[known] += 1
            reason = before[known].reason if known in before else ""
            made[known] = replace(_entry(finding, known), count=counts[known], reason=reason)
    old, new = _counts(entries), _counts(made.values())
    return Renewed(sorted(made.values(), key=_order), (new - old).total(), (old - new).total())


def _counts(entries: Iterable[Entry]) -> Counter[str]:
    return Counter({each.fingerprint: each.count for each in entries})


def _entry(finding: Finding, known: str) -> Entry:
    text = excerpt(finding.source or finding.target or finding.message, _EXCERPT)
    return Entry(finding.path, f"{finding.code} {finding.name}", text, known)


def _order(entry: Entry) -> tuple[str, str, str, str]:
    return entry.path, entry.rule, entry.text, entry.fingerprint


def written_baseline(entries: Iterable[Entry]) -> str:
    """Return the text of a baseline: JSON, an entry a line, so that versions of it merge and compare by line."""
    lines = [json.dumps(_record(each), ensure_ascii=False) for each in entries]
    body = ",\n    ".join(lines)
    return f'{{\n  "{_KEY}": {_VERSION},\n  "findings": [' + (f"\n    {body}\n  ]\n" if lines else "]\n") + "}\n"


def _record(entry: Entry) -> dict[str, str | int]:
    told: dict[str, str | int] = {
        "path": entry.path, "rule": entry.rule, "text": entry.text, "fingerprint": entry.fingerprint,
    }  # fmt: skip
    if entry.count > 1:
        told["count"] = entry.count
    if entry.reason:
        told["reason"] = entry.reason
    return told


def read_baseline(data: bytes, path: str) -> list[Entry]:
    """Return the entries of a baseline, in its order.

    Raises:
        PipelineError: It is none.
    """
    try:
        text = data.decode("utf-8-sig")
        document: object = json.loads(text)
    except UnicodeDecodeError as error:
        raise PipelineError("is not UTF-8", path=path, remedy=_REMEDY) from error
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise PipelineError("is no JSON", path=path, line=line, remedy=_REMEDY) from error
    records = document.get("findings") if isinstance(document, dict) and document.get(_KEY) == _VERSION else None
    if not isinstance(records, list):
        raise PipelineError("is no baseline of this version of bilect", path=path, remedy=_REMEDY)
    lines = {_printed(line): number for number, line in enumerate(text.splitlines(), start=1)}
    return [_read_entry(record, path, lines) for record in records]


_REMEDY = said("mend it, or remove it and run bilect check --write-baseline")
_PRINTED = re.compile(r'"fingerprint": *"([0-9a-f]{16})"')


def _printed(line: str) -> str:
    """The fingerprint in a line of a baseline."""
    found = _PRINTED.search(line)
    return found[1] if found else ""


def _read_entry(record: object, path: str, lines: Mapping[str, int]) -> Entry:
    told: Mapping[object, object] = record if isinstance(record, dict) else {}
    texts = [told.get(key, "") for key in ("path", "rule", "text", "fingerprint", "reason")]
    words = [text for text in texts if isinstance(text, str)]
    count = told.get("count", 1)
    if len(words) < len(texts) or not words[3] or type(count) is not int or count < 1:
        shown = excerpt(json.dumps(record, ensure_ascii=False), _EXCERPT)
        raise PipelineError(said("holds what is no finding: {shown}", shown=shown), path=path, remedy=_REMEDY)
    place, rule_of, text, known, reason = words
    return Entry(place, rule_of, text, known, count, reason, lines.get(known, 0))
