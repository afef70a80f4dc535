"""Catalogs with the edits of their findings: what would change, and the files written."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from pipeline.catalogs.message import SourcedMessage
from pipeline.catalogs.po import catalog_bytes, read_catalog
from pipeline.model import Finding, PipelineError
from pipeline.project.catalog_files import CATALOGS
from pipeline.project.files import read_bytes, told_of, write_atomically
from pipeline.project.root import Project
from pipeline.validator.fixes import is_safe, mend

_HUNK = re.compile(r"@@ -(\d+)(.*) \+(\d+)(.*) @@")


@dataclass(frozen=True, slots=True)
class MendedFile:
    """A catalog whose bytes change from ``before`` to ``after``; ``count`` is the number of edits."""

    shown: str
    before: bytes
    after: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which findings are to be mended: those that were ``found``, safe ones only unless ``with_unsafe``.

    What is found only after an edit is mended too where ``is_selected``; nothing that is accepted is.
    """

    found: Sequence[Finding]
    is_selected: Callable[[Finding], bool]
    with_unsafe: bool = False
    selected: tuple[str, ...] = ()

    def cover(self, finding: Finding) -> bool:
        """Whether a finding is to be mended, as far as it itself says."""
        has_edit = is_safe(finding) or (self.with_unsafe and finding.edit is not None)
        return has_edit and finding.accepted is None and self.is_selected(finding)


def mended_files(wishes: Wishes, project: Project | None) -> tuple[list[MendedFile], list[PipelineError]]:
    """Return the catalogs that change when the findings are mended, and those that cannot be read; nothing is written."""
    accepted = {_identity(each) for each in wishes.found if each.accepted is not None}
    paths = dict.fromkeys(each.path for each in wishes.found if wishes.cover(each) and CATALOGS.covers(each.path))
    made, troubles = [], []
    for path in paths:
        try:
            catalog = read_catalog(read_bytes(_on_disk(path, project), path), path)
        except PipelineError as error:
            troubles.append(error)
            continue
        count = mend(
            catalog, path, lambda each: wishes.cover(each) and _identity(each) not in accepted, wishes.selected
        )
        if count:
            made.append(MendedFile(path, catalog.data, catalog_bytes(catalog), count))
    return made, troubles


def _identity(finding: Finding) -> tuple[str, str, str, str]:
    return finding.path, finding.code, finding.key, finding.source


def _on_disk(shown: str, project: Project | None) -> Path:
    """Where the file is that findings call so: inside a project they name it from its root."""
    is_outside = project is None or os.path.isabs(shown) or shown.startswith("../")
    return Path(shown) if is_outside or project is None else project.root / shown


def write_mended(file: MendedFile, project: Project | None) -> None:
    """Write a catalog that `mended_files` has changed.

    Raises:
        PipelineError: It cannot be written, or was changed since it was read.
    """
    path = _on_disk(file.shown, project)
    if read_bytes(path, file.shown) != file.before:
        raise PipelineError("was changed meanwhile, and is left as it is", path=file.shown, remedy="run it again")
    with told_of(file.shown):
        write_atomically(path, file.after)


def diff_of(file: MendedFile) -> Iterator[str]:
    """Yield the lines of a unified diff, which `patch` takes; only the messages that change are compared."""
    yield f"--- {file.shown}"
    yield f"+++ {file.shown}"
    for before, after in zip_longest(_messages(file.before), _messages(file.after)):
        if before and after and before.text != after.text:
            starts = [each.source.line_at(each.start) - 1 for each in (before, after)]
            yield from _hunks(before.text, after.text, starts)


def _messages(data: bytes) -> Iterable[SourcedMessage]:
    catalog = read_catalog(data)
    found = [each for each in (catalog.head, *catalog) if isinstance(each, SourcedMessage)]
    return sorted(found, key=lambda each: each.start)


def _hunks(before: str, after: str, starts: Sequence[int]) -> Iterator[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="")
    for line in list(lines)[2:]:
        if found := _HUNK.fullmatch(line):
            yield f"@@ -{int(found[1]) + starts[0]}{found[2]} +{int(found[3]) + starts[1]}{found[4]} @@"
        else:
            yield line
