"""The way back: the bytes that a file had before bilect changed it, kept beside its project and given back.

Each change keeps the old bytes in `.bilect/undo` of the project, or of the folder of a file that is in none, under the
name of the file and of what was written. The old bytes are on the disk before the new ones are, so that a run that is
killed half-way loses nothing, and several changes are undone one after the other.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pipeline.model import PipelineError
from pipeline.project.files import read_bytes, reason, write_atomically
from pipeline.project.root import project_of
from pipeline.text.said import said

_FOLDER = Path(".bilect", "undo")


def replace_source(path: Path, old: bytes, new: bytes, shown: str = "") -> None:
    """Write ``new`` to the file that holds ``old``, so that `undo` can bring ``old`` back.

    Raises:
        PipelineError: It cannot be written, leads out of its project, or does not hold ``old`` any more.
    """
    home = _homes(path)[0]
    if read_bytes(path, shown) != old:
        raise PipelineError("was changed while it was read", path=shown or path.as_posix(), remedy="try again")
    record = home / _FOLDER / _name(path, home, new)
    write_atomically(home / _FOLDER / ".gitignore", b"*\n", home)
    write_atomically(record, old, home)
    try:
        shutil.copymode(path, record)
    except OSError as error:
        raise PipelineError(said("cannot be written: {why}", why=reason(error)), path=record.as_posix()) from error
    write_atomically(path, new, home)


def undo(path: Path, shown: str = "") -> None:
    """Give a file the bytes that it had before its last `replace_source`.

    Raises:
        PipelineError: There was none, the file was changed since, or it cannot be written.
    """
    place, current = shown or path.as_posix(), read_bytes(path, shown)
    for home in _homes(path):
        record = home / _FOLDER / _name(path, home, current)
        if record.is_file():
            write_atomically(path, read_bytes(record), home)
            _forget(record)
            return
    if not (records := list(_records(path))):
        raise PipelineError("was not repaired, or is as it was", path=place, remedy="nothing to undo")
    for record in records:
        if read_bytes(record) == current:  # the run was killed before it wrote the file
            _forget(record)
            return
    remedy = said("its old bytes are in {file}", file=records[-1].as_posix())
    raise PipelineError("was changed since it was repaired", path=place, remedy=remedy)


def can_be_undone(path: Path) -> bool:
    """Say whether old bytes of a file are kept."""
    return any(True for _ in _records(path))


def _homes(path: Path) -> list[Path]:
    """The folders that may keep the old bytes of a file: its project, then the folder it really stands in."""
    real = Path(os.path.realpath(path)).parent
    try:
        return [project_of(Path(os.path.abspath(path)).parent).root, real]
    except PipelineError:  # no project, or one that is configured wrongly
        return [real]


def _name(path: Path, home: Path, content: bytes) -> str:
    return f"{_prefix(path, home)}{sha256(content).hexdigest()}"


def _prefix(path: Path, home: Path) -> str:
    inside = os.path.relpath(os.path.realpath(path), os.path.realpath(home))
    return sha256(os.fsencode(Path(inside).as_posix())).hexdigest()[:16] + "-"


def _records(path: Path) -> Iterator[Path]:
    """What is kept of a file, the oldest first."""
    for home in dict.fromkeys(_homes(path)):
        found = (home / _FOLDER).glob(f"{_prefix(path, home)}*")
        yield from sorted(found, key=lambda record: record.stat().st_mtime_ns)


def _forget(record: Path) -> None:
    with suppress(OSError):  # one that stays does no harm
        record.unlink()
        if [path.name for path in record.parent.iterdir()] == [".gitignore"]:
            (record.parent / ".gitignore").unlink()
            record.parent.rmdir()
            record.parent.parent.rmdir()
