"""Three versions of a catalog on disk merged into one of them, as git's merge drivers do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.catalogs.carry import Key
from pipeline.catalogs.message import SourcedMessage
from pipeline.catalogs.po import Catalog, catalog_bytes, read_catalog, whole_catalog
from pipeline.catalogs.reconcile import CONFLICT, resolve
from pipeline.catalogs.threeway import can_merge, three_way
from pipeline.project.files import read_bytes, told_of, write_atomically, write_generated
from pipeline.project.git import merged_by_lines
from pipeline.text.said import said


@dataclass(frozen=True, slots=True)
class MergedFiles:
    """How a merge ended: the messages that both sides translated differently, or the ``trouble`` with a version.

    ``is_clean`` says whether the file holds the changes of both sides, if only by git's own merge of lines.
    """

    conflicts: tuple[Key, ...] = ()
    trouble: str = ""
    is_clean: bool = True


def merged_files(base: Path, ours: Path, theirs: Path) -> MergedFiles:
    """Merge three versions of a catalog into the file ``ours``; no conflict marker ever gets into it.

    Versions that are no whole catalogs are merged line by line; where that fails, ``ours`` stays as it is.

    Raises:
        PipelineError: A file cannot be read or written, or git is needed and missing.
    """
    names = (said("this side"), said("the other side"))
    versions = [read_catalog(read_bytes(path), name) for path, name in zip((ours, theirs), names, strict=True)]
    trouble = next((_trouble(version) for version in versions if not can_merge(version)), "")
    if trouble:
        data = merged_by_lines(base, ours, theirs)
        if data is not None:
            write_generated(ours, data)
        return MergedFiles(trouble=trouble, is_clean=data is not None)
    merged = three_way(_readable(base), versions[0], versions[1])
    write_generated(ours, merged.data)
    return MergedFiles(merged.conflicts)


def resolved(path: Path, shown: str, *, take_theirs: bool) -> int:
    """Settle the conflicts that merges left in a catalog on disk for one side, and return how many there were.

    Raises:
        PipelineError: It cannot be read whole, or not be written.
    """
    catalog = whole_catalog(read_bytes(path, shown), shown)
    met = [each for each in catalog if isinstance(each, SourcedMessage) and CONFLICT in each.tcomment]
    for message in met:
        resolve(message, take_theirs=take_theirs)
    if met:
        with told_of(shown):
            write_atomically(path, catalog_bytes(catalog))
    return len(met)


def _readable(path: Path) -> Catalog:
    """The messages of the base that can be read; git gives an empty file where there is none."""
    return read_catalog(read_bytes(path), "the common version")


def _trouble(version: Catalog) -> str:
    if version.findings:
        first = version.findings[0]
        return said("{file} is broken in line {line}: {why}", file=version.path, line=first.line, why=first.message)
    return said("{file} has parts that are no messages", file=version.path)
