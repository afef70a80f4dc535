"""Reading and writing files: whole or not at all, and never outside the folder that they belong to."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

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
    try:
        target = path.resolve()
        if within is not None and not target.is_relative_to(within.resolve()):
            raise PipelineError(f"leads out of the project, to {target.as_posix()}", path=path.as_posix())
        if _holds(target, data):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except (OSError, RuntimeError) as error:  # a RuntimeError is a loop of links, until Python 3.13
        raise PipelineError(f"cannot be written: {reason(error)}", path=path.as_posix()) from error
    return True


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _replace(path: Path, data: bytes) -> None:
    # a short name of its own: with ".tmp" behind it the longest file names would be too long
    temporary = path.with_name(f".bilect-{secrets.token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(temporary, flags, 0o666), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)  # it is still there only when something failed


def reason(error: Exception) -> str:
    """Return what the system says of a failure, without path and number."""
    return ((isinstance(error, OSError) and error.strerror) or str(error)).lower()
