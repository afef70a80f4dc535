"""The catalogs of a project as files: which there are, and what their paths say of them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.model import PipelineError
from pipeline.project.bare import FileKind, NamedFile, files_in
from pipeline.project.root import Project
from pipeline.text.said import said

CATALOGS = FileKind(said("catalog"), (".po",))
CATALOGS_AND_TEMPLATES = FileKind(said("catalog"), (".po", ".pot"))
MESSAGES_FOLDER = "LC_MESSAGES"  # of gettext, between the locale and the course


class CatalogPlace(NamedTuple):
    """What the path of a catalog says: its locale, its course (empty for none) and its page."""

    locale: str
    course: str
    page: str


def project_catalogs(project: Project) -> tuple[list[NamedFile], list[PipelineError]]:
    """Return the catalogs of a project, by path, ``inside`` its locales; and the folders that cannot be read."""
    troubles: list[PipelineError] = []
    folder = project.root / project.config.locales
    return (list(files_in(str(folder), CATALOGS, project, troubles)) if folder.is_dir() else []), troubles


def place_in_locales(path: str) -> CatalogPlace | None:
    """Return what the folders of a catalog say, None where they are not those of gettext.

    >>> place_in_locales("locales/zh_CN/LC_MESSAGES/course/week-1/page.po")
    CatalogPlace(locale='zh_CN', course='course', page='week-1/page')
    """
    whole = PurePosixPath(path)
    folders = whole.parent.parts
    if MESSAGES_FOLDER not in folders[1:]:
        return None
    place = folders.index(MESSAGES_FOLDER, 1)
    course, *inside = folders[place + 1 :] or ("",)
    return CatalogPlace(folders[place - 1], course, "/".join((*inside, whole.stem)))
