"""Reading and writing files: whole or not at all, and never outside the folder that they belong to."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from pipeline.model import PipelineError

LARGEST = 64 * 1024 * 1024  # bytes; the largest real page or catalog measured has 8.3 MB


def read_bytes(path: Path, shown: str = "") -> bytes:
    """Return the bytes of a file; ``shown`` is how messages name it (default: ``path``).

    Raises:
        PipelineError: It is missing, unreadable, a folder, or larger than ``LARGEST``.
    """
    place = shown or path.as_posix()
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise PipelineError(f"cannot be read: {reason(error)}", path=place) from error
    if len(data) > LARGEST:
        raise PipelineError(f"is larger than {LARGEST >> 20} MiB", path=place, remedy="split it")
    return data


def write_atomically(path: Path, data: bytes, within: Path | None = None) -> bool:
    """Write ``data`` to ``path`` unless it holds them already; say whether anything was written.

    The file is complete at every moment: the bytes go to a temporary file beside it, are flushed to the disk, and are
    renamed. Missing folders are made, the file's permissions kept. With ``within``, no link leads out of that folder.

    Raises:
        PipelineError: It cannot be written, or would be outside ``within``.
    """
    return _written(path, data, within, os.fsync)


def write_generated(path: Path, data: bytes, within: Path | None = None) -> bool:
    """Write what can be made again, like `write_atomically` but without waiting for the disk.

    No reader ever sees half of the file; only after a loss of power may it be missing or empty, and the next run makes
    it again. Waiting costs more than all the rest that a thousand templates take.

    Raises:
        PipelineError: It cannot be written, or would be outside ``within``.
    """
    return _written(path, data, within, lambda _descriptor: None)


def _written(path: Path, data: bytes, within: Path | None, flush: Callable[[int], None]) -> bool:
    try:
        target = path.resolve()
        if within is not None and not target.is_relative_to(within.resolve()):
            raise PipelineError(f"leads out of the project, to {target.as_posix()}", path=path.as_posix())
        if _holds(target, data):
            return False
        _replace(target, data, flush)
    except (OSError, RuntimeError) as error:  # a RuntimeError is a loop of links, until Python 3.13
        raise PipelineError(f"cannot be written: {reason(error)}", path=path.as_posix()) from error
    return True


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _replace(path: Path, data: bytes, flush: Callable[[int], None]) -> None:
    # a short name of its own: with ".tmp" behind it the longest file names would be too long
    temporary = path.with_name(f".bilect-{os.urandom(8).hex()}")
    with _new_file(temporary) as stream:
        try:
            stream.write(data)
            stream.flush()
            flush(stream.fileno())
            stream.close()  # Windows renames no open file
            with suppress(FileNotFoundError):
                temporary.chmod(stat.S_IMODE(path.stat().st_mode))
            temporary.replace(path)
        except BaseException:  # Ctrl-C too leaves nothing behind
            temporary.unlink(missing_ok=True)
            raise


def _new_file(path: Path) -> BinaryIO:
    """A file that was not there, open for writing; missing folders are made."""
    try:
        return path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")


def reason(error: Exception) -> str:
    """Return what the system says of a failure, without path and number."""
    return ((isinstance(error, OSError) and error.strerror) or str(error)).lower()
