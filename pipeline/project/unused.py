"""What of a project's configuration accepts or leaves out findings that are not there any more."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from pipeline.model import Finding
from pipeline.project.files import read_bytes
from pipeline.project.root import Project
from pipeline.project.selection import with_severities
from pipeline.project.toml import line_of
from pipeline.validator.base import findings, is_on, rules
from pipeline.validator.suppression import Suppression, Unused, fits, selects, suppressed_by_path

_PER_FILE = "[check.per-file]"  # so begins the reason of what it accepts


def unused_settings(project: Project, found: Sequence[Finding], looked_at: Iterable[str]) -> list[Finding]:
    """Return a finding for each word of ``[check.per-file]`` and of ``[check] ignore`` that no finding needs.

    ``found`` must be all findings of the project, the accepted ones too, and ``looked_at`` the paths of all its files that
    rules looked at: a pattern that fits another file of the project is not judged.
    """
    check = project.config.check
    if not check.per_file and not check.ignore:
        return []
    made = [*_unused_patterns(project, found, frozenset(looked_at)), *_unused_ignores(project, found)]
    return with_severities(suppressed_by_path(made, check.per_file), check.severity)


def _unused_patterns(project: Project, found: Sequence[Finding], looked_at: frozenset[str]) -> Iterator[Finding]:
    others: list[str] | None = None
    for pattern, words in project.config.check.per_file.items():
        setting = f'{_PER_FILE} "{pattern}"'
        own = [each for each in found if (each.accepted or "").startswith(_PER_FILE) and fits(pattern, each.path)]
        for word in words:
            if any(selects(word, each.code, each.name) for each in own) or not _is_judged(project, word):
                continue
            others = [each for each in _files(project) if each not in looked_at] if others is None else others
            if not any(fits(pattern, each) for each in others):
                yield from _told(project, ("check", "per-file", pattern), setting, word)


def _unused_ignores(project: Project, found: Sequence[Finding]) -> Iterator[Finding]:
    for word in project.config.check.ignore:
        if not any(selects(word, each.code, each.name) for each in found) and _is_judged(project, word):
            yield from _told(project, ("check", "ignore"), "[check] ignore", word)


def _is_judged(project: Project, word: str) -> bool:
    """Whether all rules that a word selects have looked at the project, those of the findings' own housekeeping apart."""
    optional = project.config.check.optional
    return all(
        each.subject is not None and not each.code.startswith("X") and is_on(each, optional)
        for each in rules()
        if selects(word, each.code, each.name)
    )


def _files(project: Project) -> Iterator[str]:
    for folder in (project.config.source, project.config.locales):
        for place, _, names in os.walk(project.root / folder):
            yield from (os.path.relpath(os.path.join(place, name), project.root).replace(os.sep, "/") for name in names)


def _told(project: Project, key: tuple[str, ...], setting: str, word: str) -> Iterator[Finding]:
    name = "bilect.toml" if (project.root / "bilect.toml").is_file() else "pyproject.toml"
    lines = read_bytes(project.root / name, name).decode("utf-8-sig", "replace").split("\n")
    place = Suppression(name, line_of(lines, key), (word,), setting, range(0))
    yield from findings(Unused(place, word, setting))
