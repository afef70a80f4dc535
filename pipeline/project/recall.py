"""Catalogs that are brought up to date take what they still lack from the memory of their project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace

from pipeline.catalogs.memory import Memory
from pipeline.catalogs.message import translations
from pipeline.catalogs.po import Catalog, catalog_bytes
from pipeline.model import PipelineError
from pipeline.project.memory import filled, in_step, project_memory
from pipeline.project.root import Project
from pipeline.project.update import CatalogUpdate, CourseUpdate


def recalling(project: Project) -> tuple[Project, tuple[PipelineError, ...]]:
    """Return the project, configured to recall what its memory has, which says now what its catalogs say.

    Where the memory cannot be used, that is told, and the project does not recall. What catalogs cannot be read is told
    where they are brought up to date.
    """
    troubles: tuple[PipelineError, ...] = ()
    try:
        with closing(project_memory(project, None)) as memory:
            in_step(memory, project)
    except PipelineError as error:
        troubles = (error,)
    return replace(project, config=project.config.model_copy(update={"memory": not troubles})), troubles


def recalled(project: Project, update: CourseUpdate) -> None:
    """Fill empty messages of the catalogs of an update with what the memory of the project suggests for them."""
    if not any(map(_has_empty, update.catalogs)):
        return
    try:
        with closing(project_memory(project, None)) as memory:
            update.catalogs = list(_recalled(memory, update.catalogs))
    except PipelineError as error:
        update.troubles.append(error)


def _recalled(memory: Memory, updates: Iterable[CatalogUpdate]) -> Iterator[CatalogUpdate]:
    for update in updates:
        catalog, fill = filled(update.catalog, memory) if _has_empty(update) else (update.catalog, None)
        if fill is None or _is_same(catalog, update.catalog):
            yield update
            continue
        outcome = replace(
            update.outcome, remembered=fill.final, suggested=fill.fuzzy, noted=fill.noted, is_changed=True
        )
        yield replace(update, catalog=catalog, after=catalog_bytes(catalog), outcome=outcome)


def _has_empty(update: CatalogUpdate) -> bool:
    is_of_page = update.page is not None and update.after is not None
    return is_of_page and any(not (each.obsolete or translations(each)) for each in update.catalog)


def _is_same(one: Catalog, other: Catalog) -> bool:
    """Whether nothing was filled in: what takes nothing is the very same message."""
    return all(new is old for new, old in zip(one, other, strict=True))
