"""What a run made of courses, pages and tracks that are gone since: tables and exports, removed where they are as made.

A file a course in `.bilect/made` of the project says what was made and what its bytes were; who deletes it keeps the
files. Nothing else is ever taken for made here: people keep files of their own beside exports, and edit tables.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from pipeline.model import PipelineError
from pipeline.project.discovery import Sources
from pipeline.project.files import write_generated
from pipeline.project.locales import table_path
from pipeline.project.root import Project

_FOLDER = PurePosixPath(".bilect", "made")
_LARGEST = 1 << 24  # bytes of a record: a hundred thousand files


@dataclass(frozen=True, slots=True)
class Remains:
    """What stands on disk of courses that are gone, as paths, sorted: ``made`` as it was made, ``kept`` otherwise.

    ``records`` are those of the courses, to be removed with it. ``stale`` is what was made of pages and tracks that are
    gone from courses that live.
    """

    made: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """The files that were made of a course: their paths, and digests of what was written."""

    course: str
    files: Mapping[str, str] = field(default_factory=dict)


def digest(data: bytes) -> str:
    """Return what tells the bytes of a file from all others."""
    return blake2b(data, digest_size=16).hexdigest()


def keep_record(project: Project, course: str, made: Mapping[str, str]) -> None:
    """Remember the digests of files that were made of a course, beside those made earlier that are still there."""
    path = _record_path(course)
    known = record.files if (record := _record(project, path)) else {}
    files = {name: known[name] for name in known if name not in made and (project.root / name).is_file()} | dict(made)
    if files == known or not (project.root / _FOLDER.parent).is_dir():
        return
    data = json.dumps({"course": course, "files": dict(sorted(files.items()))}, ensure_ascii=False).encode(
        "utf-8", "surrogateescape"
    )
    with suppress(PipelineError, OSError):  # then the files stay when the course goes
        write_generated(project.root / _FOLDER / ".gitignore", b"*\n", project.root)
        write_generated(project.root / path, data, project.root)


def made_no_more(project: Project, course: str, made: Collection[str]) -> list[str]:
    """Return what earlier runs made of a course and this one did not, where it is as it was made; ``made`` is all of now."""
    known = record.files if (record := _record(project, _record_path(course))) else {}
    living = _by_name(made)
    gone = sorted(path for path in known if _is_there(project, path, living))
    return [path for path in gone if _digest_of(project, path) == known[path]]


def remains(project: Project, sources: Sources) -> Remains:
    """Return what is on disk of courses that are gone; nothing where a part of the source folder could not be read."""
    if sources.troubles:
        return Remains()
    courses = {course.name for course in sources.courses}
    records = list(_records(project))
    living = _by_name(path for _, record in records if record.course in courses for path in record.files)
    gone = {path: record for path, record in records if record.course not in courses}
    made: set[str] = set()
    kept = set(_tables(project, courses))
    for record in gone.values():
        for path, written in record.files.items():
            if _is_there(project, path, living):
                (made if _digest_of(project, path) == written else kept).add(path)
    return Remains(tuple(sorted(made)), tuple(sorted(kept - made)), tuple(sorted(gone)))


def _tables(project: Project, courses: set[str]) -> Iterator[str]:
    """The tables of courses that are gone: they are kept in git, and there may be no record of them here."""
    pattern = PurePosixPath(table_path(project.config, "*"))
    for path in project.root.glob(pattern.as_posix()):
        if path.parent.name not in courses:
            yield path.relative_to(project.root).as_posix()


def _is_there(project: Project, path: str, living: Mapping[str, Collection[str]]) -> bool:
    """Whether a file that was made is on disk and is none of the ``living``; a link there is a person's."""
    place = project.root / path
    if not _is_ours(project, path) or place.is_symlink() or not place.is_file():
        return False
    others = living.get(_name(path), ())
    return path not in others and not any(_is_one_file(place, project.root / other) for other in others)


def _by_name(paths: Iterable[str]) -> dict[str, set[str]]:
    """Paths by what is the same on a disk that tells no case and no forms of letters apart."""
    found: dict[str, set[str]] = {}
    for path in paths:
        found.setdefault(_name(path), set()).add(path)
    return found


def _name(path: str) -> str:
    return normalize("NFC", normalize("NFD", path).casefold())


def _is_one_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # the other is not there
        return False


def _is_ours(project: Project, path: str) -> bool:
    """Whether a file stands where tables and exports do: a record may be anyone's."""
    place, config = PurePosixPath(path), project.config
    folders = (PurePosixPath(config.build), PurePosixPath(config.locales, "tables"))
    return ".." not in place.parts and any(place.is_relative_to(folder) for folder in folders)


def _digest_of(project: Project, path: str) -> str:
    try:
        return digest(project.read(path))
    except PipelineError:
        return ""


def _record_path(course: str) -> str:
    return (_FOLDER / f"{sha256(course.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.json").as_posix()


def _records(project: Project) -> Iterator[tuple[str, Record]]:
    for place in sorted(Path(project.root, _FOLDER).glob("*.json")):
        path = place.relative_to(project.root).as_posix()
        if record := _record(project, path):
            yield path, record


def _record(project: Project, path: str) -> Record | None:
    """A record, None where there is none or somebody has edited it so that it is none any more."""
    said: object = None
    with suppress(OSError, ValueError, RecursionError):
        place = project.root / path
        said = json.loads(place.read_bytes().decode("utf-8", "surrogateescape")) if _is_small(place) else None
    if not isinstance(said, dict) or not isinstance(said.get("course"), str) or not isinstance(said.get("files"), dict):
        return None
    return Record(said["course"], {str(name): str(value) for name, value in said["files"].items()})


def _is_small(place: Path) -> bool:
    return place.stat().st_size <= _LARGEST
