"""Catalogs beside what they were made from: the page, and the files that their references name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from pipeline.text.said import said, said_of
from pipeline.validator.base import Found, rule
from pipeline.validator.catalog_header import head_line
from pipeline.validator.messages import CheckedCatalog

Key = tuple[str | None, str]


@dataclass(frozen=True, eq=False)
class CatalogOfPage:
    """A catalog and the texts of its page, with their contexts and lines, as they are now."""

    checked: CheckedCatalog
    page: str
    texts: Mapping[Key, int]


@rule("PO160", "catalog-stale", "warning")
def catalog_stale(stale: CatalogOfPage) -> Iterator[Found]:
    """A catalog has the texts that its page has now."""
    catalog = stale.checked.catalog
    live = {(message.msgctxt, message.msgid): message for message in catalog if not message.obsolete}
    fix = said("bilect update")
    if missing := [(key, line) for key, line in stale.texts.items() if key not in live]:
        (_, text), line = missing[0]
        message = said_of(
            len(missing),
            "{number} text of {page} is not in the catalog, the first in line {line}",
            "{number} texts of {page} are not in the catalog, the first in line {line}",
            page=stale.page,
            line=line,
        )
        yield Found(stale.checked.path, head_line(stale.checked), message, source=text, fix=fix)
    if gone := [message for key, message in live.items() if key not in stale.texts]:
        first = gone[0]
        message = said_of(
            len(gone),
            "{number} text of the catalog is no longer in {page}",
            "{number} texts of the catalog are no longer in {page}",
            page=stale.page,
        )
        line, target = first.linenum or 1, first.msgstr
        yield Found(stale.checked.path, line, message, source=first.msgid, target=target, fix=fix)


@dataclass(frozen=True, eq=False)
class CatalogInTree:
    """A catalog and the files beside it: ``is_file`` says whether a path, relative to the project, is one."""

    checked: CheckedCatalog
    is_file: Callable[[str], bool]


@rule("PO161", "reference-broken", "info")
def reference_broken(tree: CatalogInTree) -> Iterator[Found]:
    """Every reference of a message names a file that is there, and a path with a blank has it as %20."""
    known: dict[str, bool] = {}
    places: dict[str, list[int]] = {}
    names: set[str] = set()
    for message in tree.checked.catalog:
        if message.obsolete:
            continue
        paths = [path for path, _ in message.occurrences]
        for path in paths:
            if path not in known:
                known[path] = tree.is_file(path) or ("%" in path and tree.is_file(path.replace("%20", " ")))
            if not known[path]:
                places.setdefault(path, []).append(message.linenum or 1)
                names.add(" ".join(paths))
    if places and any(known.values()):  # else the references are relative to another folder
        yield from _broken(tree, places, names)


def _broken(tree: CatalogInTree, places: dict[str, list[int]], names: Collection[str]) -> Iterator[Found]:
    split = {part: name for name in names if " " in name and tree.is_file(name) for part in name.split(" ")}
    for path, lines in places.items():
        if path in split:
            message = said(
                "the blank in “{name}” takes the reference apart: tools look for {path}", name=split[path], path=path
            )
            fix = said("write {name}, or rename the file", name=split[path].replace(" ", "%20"))
        else:
            message = (
                said("the reference names {path}, which is not there ({number} messages)", path=path, number=len(lines))
                if len(lines) > 1
                else said("the reference names {path}, which is not there", path=path)
            )
            fix = said("bilect update")
        yield Found(tree.checked.path, lines[0], message, source=path, fix=fix)
