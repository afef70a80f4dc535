"""The baseline of a project as a file: which it is, what it lets pass, and writing it anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Finding, PipelineError
from pipeline.project.bare import shown_path
from pipeline.project.files import read_bytes, told_of, write_atomically
from pipeline.project.root import Project
from pipeline.validator.base import findings
from pipeline.validator.baseline import (
    Entry,
    Judged,
    Renewed,
    Unused,
    judged,
    read_baseline,
    renewed,
    written_baseline,
)


@dataclass(frozen=True, slots=True)
class BaselineFile:
    """Where a baseline is; ``shown`` is how results call it."""

    path: Path
    shown: str

    def entries(self) -> list[Entry]:
        """Return what the file lists.

        Raises:
            PipelineError: It is missing, or is no baseline.
        """
        if not self.path.exists():
            raise PipelineError("there is no such baseline", path=self.shown, remedy="--write-baseline makes it")
        return read_baseline(read_bytes(self.path, self.shown), self.shown)


def baseline_file(named: str | None, project: Project | None) -> BaselineFile | None:
    """Return the baseline that the user names, else that of the configuration; None where there is none."""
    if named is not None:
        return BaselineFile(Path(named), shown_path(named, project))
    if project and project.config.check.baseline:
        return BaselineFile(project.root / project.config.check.baseline, project.config.check.baseline)
    return None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a check looked at: everything without ``paths``, all rules without ``select`` and ``ignore``.

    ``unread`` are files that could not be read: what is wrong with them is not known.
    """

    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()

    def at(self, entry: Entry) -> bool:
        """Say whether a finding of that entry would have been found."""
        is_named = not self.paths or any(
            entry.path == path or entry.path.startswith(f"{path}/") or path == "." for path in self.paths
        )
        is_selected = (not self.select or _is_one_of(entry, self.select)) and not _is_one_of(entry, self.ignore)
        return is_named and is_selected and entry.path not in self.unread


def _is_one_of(entry: Entry, words: Iterable[str]) -> bool:
    code, _, name = entry.rule.partition(" ")
    return any(code.startswith(word.upper()) or name == word.lower() for word in words)


def against_baseline(found: Sequence[Finding], file: BaselineFile, looked: Looked | None) -> Judged:
    """Return what is new against a baseline, with one finding for each entry that is used no more.

    Entries that were not ``looked`` at are left in peace; without it all are.

    Raises:
        PipelineError: The baseline is missing, or is none.
    """
    entries = file.entries()
    told = judged(found, entries)
    unused = [(entry, left) for entry, left in told.unused if looked and looked.at(entry)]
    for entry, left in unused:
        told.new.extend(findings(Unused(file.shown, entry, left)))
    return Judged(told.new, told.known, unused)


def write_baseline(found: Sequence[Finding], file: BaselineFile, looked: Looked) -> Renewed:
    """Write a baseline with all that was found, and return what that changed; entries not ``looked`` at stay.

    Raises:
        PipelineError: There is a file that is no baseline, or it cannot be written.
    """
    before = file.entries() if file.path.exists() else []
    made = renewed(found, before, looked.at)
    with told_of(file.shown):
        write_atomically(file.path, written_baseline(made.entries).encode("utf-8", "replace"))
    return made
