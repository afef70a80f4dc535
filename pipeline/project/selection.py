"""Which findings a project wants, and how grave it finds them: `select`, `ignore` and `severity` of its configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.model import Finding, PipelineError, Severity
from pipeline.project.root import Project
from pipeline.text.said import said
from pipeline.validator.base import known_selectors
from pipeline.validator.suppression import selects

Selection = tuple[tuple[str, ...], tuple[str, ...]]


def selection(project: Project | None, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Selection:
    """Return the words that select rules, none for all of them, and those that ignore rules.

    ``select`` and ``ignore`` are what a command was told: ``select`` instead of both lists of the configuration,
    ``ignore`` besides them.

    Raises:
        PipelineError: A word, or one of the configuration, selects no rule.
    """
    known_selectors((*select, *ignore))
    if not project:
        return tuple(select), tuple(ignore)
    check = project.config.check
    _known(check.select, "[check] select")
    _known(check.ignore, "[check] ignore")
    return (tuple(select), tuple(ignore)) if select else (check.select, (*check.ignore, *ignore))


def is_selected(finding: Finding, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether words select a finding, and none ignores it."""
    return (not select or _is_named(finding, select)) and not _is_named(finding, ignore)


def _is_named(finding: Finding, words: Iterable[str]) -> bool:
    return any(selects(word, finding.code, finding.name) for word in words)


def with_severities(found: Iterable[Finding], severities: Mapping[str, Severity]) -> list[Finding]:
    """Return all of ``found``, each as grave as the project says: by its name, else by the longest beginning of its code.

    Raises:
        PipelineError: A word selects no rule.
    """
    _known(severities, "[check.severity]")
    return [_with_severity(each, severities) for each in found] if severities else list(found)


def _with_severity(finding: Finding, severities: Mapping[str, Severity]) -> Finding:
    words = [word for word in severities if selects(word, finding.code, finding.name)]
    if not words:
        return finding
    nearest = max(words, key=lambda word: (word.lower() == finding.name, len(word)))
    return replace(finding, severity=severities[nearest])


def _known(words: Iterable[str], place: str) -> None:
    try:
        known_selectors(words)
    except PipelineError as error:
        message = said("{place}: {what}", place=place, what=error.message)
        raise PipelineError(message, remedy=error.remedy) from error
