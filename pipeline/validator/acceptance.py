"""Mismatches that a maintainer has accepted with a reason: they stay listed, and no longer count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from pipeline.model import Finding, PipelineError
from pipeline.text.said import said
from pipeline.text.series import together
from pipeline.validator.base import Found, findings, rule, rule_named


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One ``[[accept]]`` of a course.toml: which findings, and the reason to live with them.

    ``rule`` is a code or a name; each other selector narrows it: ``page`` is a path relative to the course folder,
    ``line`` a line of that page, ``text`` a part of what the finding shows in either language. ``at`` is the line of
    course.toml that it stands on.
    """

    rule: str
    reason: str
    page: str = ""
    line: int = 0
    text: str = ""
    at: int = 0


class Stale(NamedTuple):
    """An acceptance of the course.toml ``path`` that no finding matches."""

    path: str
    acceptance: Acceptance


def with_acceptances(
    found: Iterable[Finding],
    acceptances: Sequence[Acceptance],
    path: str,
    pages: Mapping[str, str] = MappingProxyType({}),
) -> list[Finding]:
    """Return all of ``found`` in their order, the accepted ones with their reason, then one for each stale acceptance.

    ``path`` is that of the course.toml: only findings in its folder are touched, and those in the catalogs of its pages;
    ``pages`` gives for the path of each catalog that of its page. ``found`` must be all findings of the course, or an
    acceptance looks stale whose page was not read.
    """
    marked, used = marked_by(found, acceptances, path, pages)
    for acceptance in acceptances:
        if acceptance not in used:
            marked.extend(findings(Stale(path, acceptance)))
    return marked


def needs_catalogs(acceptance: Acceptance) -> bool:
    """Return whether only a catalog can have what an acceptance is for: a rule on messages or on catalogs names it."""
    try:
        return rule_named(acceptance.rule).code.startswith(("M", "PO"))
    except PipelineError:
        return False


def marked_by(
    found: Iterable[Finding],
    acceptances: Sequence[Acceptance],
    path: str,
    pages: Mapping[str, str] = MappingProxyType({}),
) -> tuple[list[Finding], set[Acceptance]]:
    """Return all of ``found`` in their order, the accepted ones with their reason, and which acceptances that takes.

    The arguments are those of `with_acceptances`.
    """
    folder = PurePosixPath(path).parent
    marked: list[Finding] = []
    used: set[Acceptance] = set()
    for finding in found:
        place = PurePosixPath(pages.get(finding.path, finding.path))
        inside = place.relative_to(folder).as_posix() if place.is_relative_to(folder) else None
        matching = [acceptance for acceptance in acceptances if _matches(acceptance, finding, inside)]
        used.update(matching)
        marked.append(replace(finding, accepted=matching[0].reason) if matching else finding)
    return marked, used


def _matches(acceptance: Acceptance, finding: Finding, page: str | None) -> bool:
    """Whether a finding about a page, relative to the folder of the course, is accepted; None is another course."""
    return (
        acceptance.rule.casefold() in (finding.code.casefold(), finding.name)
        and page is not None
        and acceptance.page in ("", page)
        and acceptance.line in (0, finding.line)
        and any(acceptance.text in text for text in (finding.message, finding.source, finding.target))
    )


@rule("X101", "stale-acceptance", "warning")
def stale_acceptance(stale: Stale) -> Iterator[Found]:
    """Every accepted mismatch of a course.toml is still there."""
    acceptance = stale.acceptance
    try:
        known = rule_named(acceptance.rule)
    except PipelineError as error:
        yield Found(stale.path, acceptance.at, error.message, source=acceptance.reason, fix=error.remedy)
        return
    if not known.is_default:  # it may be selected another time
        return
    selectors = _selectors(acceptance)
    message = (
        said("no {rule} finding with {selectors} is left to accept", rule=known.name, selectors=selectors)
        if selectors
        else said("no {rule} finding is left to accept", rule=known.name)
    )
    yield Found(stale.path, acceptance.at, message, source=acceptance.reason, fix="remove or correct this [[accept]]")


def _selectors(acceptance: Acceptance) -> str:
    """What narrows an acceptance, as its course.toml calls it."""
    narrowed = [("page", acceptance.page), ("line", acceptance.line), ("text", acceptance.text)]
    selectors = [f"{key} {value!r}" for key, value in narrowed if value]
    return together(selectors) if selectors else ""
