"""Catalogs and subtitles with the edits of their findings: what would change, and the files written."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.catalogs.message import SourcedMessage
from pipeline.catalogs.po import Catalog, catalog_bytes, read_catalog
from pipeline.model import Finding, PipelineError
from pipeline.project.bare import FileKind
from pipeline.project.catalog_files import CATALOGS
from pipeline.project.discovery import SUBTITLES
from pipeline.project.files import read_bytes, told_of, write_atomically
from pipeline.project.root import Project
from pipeline.subtitles.decoding import subtitle_text
from pipeline.subtitles.formats import read_track
from pipeline.subtitles.limits import LIMITS
from pipeline.text.linediff import unified
from pipeline.text.said import said
from pipeline.validator.fixes import is_safe, mend
from pipeline.validator.track_fixes import mended_track

_AROUND = 3  # lines of a diff before and behind what changes
Lines = tuple[int, int]  # of a file: first and behind the last, from 0
_SUBTITLES = FileKind(said("subtitle file"), tuple(sorted(SUBTITLES)))
_HUNK = re.compile(r"@@ -(\d+)(.*) \+(\d+)(.*) @@")


@dataclass(frozen=True, slots=True)
class MendedFile:
    """A catalog or a subtitle file whose bytes change from ``before`` to ``after``; ``count`` is the number of edits."""

    shown: str
    before: bytes
    after: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which findings are to be mended: those that were ``found``, safe ones only unless ``with_unsafe``.

    What is found only after an edit is mended too where ``is_selected``; nothing that is accepted is, nor what is
    ``known``: in a baseline, or before the change that is looked at.
    """

    found: Sequence[Finding]
    is_selected: Callable[[Finding], bool]
    with_unsafe: bool = False
    selected: tuple[str, ...] = ()
    known: Sequence[Finding] = ()

    def cover(self, finding: Finding) -> bool:
        """Whether a finding is to be mended, as far as it itself says."""
        if finding.edit is None:
            return False
        safe = finding.edit.is_safe if _SUBTITLES.covers(finding.path) else is_safe(finding)
        has_edit = safe or self.with_unsafe
        return has_edit and finding.accepted is None and self.is_selected(finding)


def mended_files(wishes: Wishes, project: Project | None) -> tuple[list[MendedFile], list[PipelineError]]:
    """Return the files that change when the findings are mended, and those that cannot be read; nothing is written."""
    apart = {_identity(each) for each in wishes.known} - {_identity(each) for each in wishes.found}
    apart |= {_identity(each) for each in wishes.found if each.accepted is not None}
    is_wanted = partial(_is_wanted, wishes, apart)
    by_path: dict[str, list[Finding]] = {}
    for each in wishes.found:
        if wishes.cover(each) and (CATALOGS.covers(each.path) or _SUBTITLES.covers(each.path)):
            by_path.setdefault(each.path, []).append(each)
    made, troubles = [], []
    for path, found in by_path.items():
        try:
            if CATALOGS.covers(path):
                file = _mended_catalog(path, project, is_wanted, wishes.selected)
            else:
                file = _mended_track(path, project, [*filter(is_wanted, found)])
        except PipelineError as error:
            troubles.append(error)
            continue
        if file.count:
            made.append(file)
    return made, troubles


def _is_wanted(wishes: Wishes, apart: set[tuple[str, str, str, str]], finding: Finding) -> bool:
    return wishes.cover(finding) and _identity(finding) not in apart


def _mended_catalog(
    path: str, project: Project | None, is_wanted: Callable[[Finding], bool], selected: Sequence[str]
) -> MendedFile:
    catalog = read_catalog(read_bytes(_on_disk(path, project), path), path)
    count = mend(catalog, path, is_wanted, selected)
    return MendedFile(path, catalog.data, catalog_bytes(catalog) if count else catalog.data, count)


def _mended_track(path: str, project: Project | None, found: Sequence[Finding]) -> MendedFile:
    """A subtitle file with the fixes of the rules that found something; what they find is found in the whole file."""
    track = read_track(read_bytes(_on_disk(path, project), path), path)
    limits = project.config.subtitles.limits if project else LIMITS["netflix"]
    made, codes = mended_track(track, {each.code for each in found}, limits)
    return MendedFile(path, track.data, made.data, sum(each.code in codes for each in found))


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
    if not CATALOGS.covers(file.shown):
        yield from _lines_of_diff(file)
        return
    before, after = read_catalog(file.before), read_catalog(file.after)
    lines = [catalog.source.text.removesuffix("\n").split("\n") for catalog in (before, after)]
    yield f"--- {file.shown}"
    yield f"+++ {file.shown}"
    for region in _regions(before, after):
        (old, old_start), (new, new_start) = (
            (whole[max(0, start - _AROUND) : end + _AROUND], max(0, start - _AROUND))
            for whole, (start, end) in zip(lines, region, strict=True)
        )
        for line in list(difflib.unified_diff(old, new, lineterm="", n=_AROUND))[2:]:
            if found := _HUNK.fullmatch(line):
                yield f"@@ -{int(found[1]) + old_start}{found[2]} +{int(found[3]) + new_start}{found[4]} @@"
            else:
                yield line


def _lines_of_diff(file: MendedFile) -> Iterator[str]:
    before, after = (subtitle_text(data).text.removesuffix("\n").split("\n") for data in (file.before, file.after))
    yield from unified(before, after, file.shown, _AROUND)


def _regions(before: Catalog, after: Catalog) -> list[tuple[Lines, Lines]]:
    """The lines of messages that change, in both files; what stands close together is one region."""
    regions: list[tuple[Lines, Lines]] = []
    for old, new in zip(_messages(before), _messages(after), strict=True):
        if old.text == new.text:
            continue
        ours, theirs = _lines(old), _lines(new)
        if regions and ours[0] - regions[-1][0][1] <= 2 * _AROUND:
            first = regions.pop()
            ours, theirs = (first[0][0], ours[1]), (first[1][0], theirs[1])
        regions.append((ours, theirs))
    return regions


def _lines(message: SourcedMessage) -> Lines:
    return message.source.line_at(message.start) - 1, message.source.line_at(message.end - 1)


def _messages(catalog: Catalog) -> list[SourcedMessage]:
    found = [each for each in (catalog.head, *catalog) if isinstance(each, SourcedMessage)]
    return sorted(found, key=lambda each: each.start)
