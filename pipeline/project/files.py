"""Reading and writing files: whole or not at all, and never outside the folder that they belong to."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from io import FileIO
from pathlib import Path

from pipeline.model import PipelineError
from pipeline.project.processes import host, is_running
from pipeline.text.foreign import known
from pipeline.text.said import said

LARGEST = 256 * 1024 * 1024  # bytes; a catalog of 200 MB is formatted in 1.2 GB of memory
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_TEMPORARY = re.compile(r"\.bilect-([0-9a-f]+)-([0-9a-f]{8})-[0-9a-f]{8}")
# what the process has open, a file too: that to which its output goes is not replaced either
_OPENED = re.compile(r"/dev/(?:std(?:in|out|err)|fd/\d+)|/proc/self/fd/\d+")
_CHUNK = 64 * 1024  # bytes that are read at once where a file does not say how many it has
_NO_NAMES = frozenset(("", os.curdir, os.pardir))  # what stands between slashes and is no file or folder in another
_DAY = 24 * 60 * 60  # seconds


class NoSpaceError(PipelineError):
    """The disk is full: no other file can be written either."""


@contextmanager
def told_of(path: str) -> Iterator[None]:
    """Tell trouble with a file by another path than the one it was opened by: the one that people know."""
    try:
        yield
    except PipelineError as error:
        raise type(error)(error.message, path=path, line=error.line, remedy=error.remedy) from error


def read_bytes(path: Path, shown: str = "") -> bytes:
    """Return the bytes of a file; ``shown`` is how messages name it (default: ``path``).

    Raises:
        PipelineError: It is missing, unreadable, a folder, or larger than ``LARGEST``.
    """
    place = shown or path.as_posix()
    try:
        with open(path, "rb", buffering=0) as stream:  # a buffer costs as much as the reading
            size = os.fstat(stream.fileno()).st_size
            if size > LARGEST:
                raise _too_large(place)
            data = stream.read(size + 1)  # to ask for LARGEST would take longer than the reading
            # a pipe, or a file that grows; one that is as long as it says ends there
            if len(data) != size and (more := stream.read(_CHUNK)):
                data = _with_rest(stream, data + more)
    except OSError as error:
        raise PipelineError(said("cannot be read: {why}", why=reason(error)), path=place) from error
    if len(data) > LARGEST:
        raise _too_large(place)
    return data


def _with_rest(stream: FileIO, data: bytes) -> bytes:
    parts, length = [data], len(data)
    while length <= LARGEST and (more := stream.read(_CHUNK)):
        parts.append(more)
        length += len(more)
    return b"".join(parts)


def _too_large(place: str) -> PipelineError:
    return PipelineError(said("is larger than {number} MiB", number=LARGEST >> 20), path=place, remedy="split it")


def write_atomically(path: Path, data: bytes, within: Path | None = None) -> bool:
    """Write ``data`` to ``path`` unless it holds them already; say whether anything was written.

    The file is complete at every moment: the bytes go to a temporary file beside it, are flushed to the disk, and are
    renamed. Missing folders are made, the file's permissions kept. With ``within``, no link leads out of that folder.
    What is no file of bytes, like ``/dev/stdout`` or a pipe, is written to and never replaced.

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
    return _written(path, data, within, _unflushed)


def write_new(path: Path, data: bytes, within: Path) -> bool:
    """Write what can be made again where there is no file yet; say whether that was so, and could be done at once.

    Where not, nothing has happened, and `write_generated` has the answer.
    """
    target = os.fspath(path)
    with suppress(OSError):
        return _is_below(target, os.fspath(within)) and _link_new(target, data, _unflushed)
    return False


def _unflushed(_descriptor: int) -> None:
    """Let the system write to the disk when it likes."""


def _written(path: Path, data: bytes, within: Path | None, flush: Callable[[int], None]) -> bool:
    # with strings, not paths: a thousand templates are written in the time that half of them took
    try:
        if _OPENED.fullmatch(os.fspath(path)):
            return _poured(os.fspath(path), data)
        target, before = _target(path, within)
        if before and _is_stream(before):
            return _poured(target, data)
        if before and before.st_size == len(data) and _holds(target, data):
            return False
        if before or not _link_new(target, data, flush):
            _replace(target, data, flush, before and stat.S_IMODE(before.st_mode))
    except OSError as error:
        message, place = said("cannot be written: {why}", why=reason(error)), path.as_posix()
        if error.errno in _FULL:
            remedy = said("every file is whole; make room, and run it again")
            raise NoSpaceError(message, path=place, remedy=remedy) from error
        raise PipelineError(message, path=place) from error
    return True


def _target(path: Path, within: Path | None) -> tuple[str, os.stat_result | None]:
    """Where the bytes for a path go, and the state of the file that stands there; one look tells that it is no link."""
    target = os.fspath(path)
    if within is not None and _is_below(target, os.fspath(within)):
        before = _state(target, follow_symlinks=False)
        if before is None or not stat.S_ISLNK(before.st_mode):
            return target, before
    target = os.path.realpath(path)
    if within is not None and not _is_inside(target, os.path.realpath(within)):
        raise _outside(path, target)
    before = _state(os.fspath(path))
    # the place of a pipe has no name in the end, only the link to it
    return (os.fspath(path) if before and _is_stream(before) else target), before


def is_stream(path: str) -> bool:
    """Say whether what is at a path has no name of its own: a device, a pipe or a socket, or what the process has open."""
    try:
        state = _state(path)
    except (OSError, ValueError):
        return False
    return state is not None and (_is_stream(state) or _OPENED.fullmatch(path) is not None)


def _is_stream(state: os.stat_result) -> bool:
    """Whether bytes that are written go elsewhere: to a device, a pipe or a socket."""
    return not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode))


def _poured(path: str, data: bytes) -> bool:
    with open(path, "ab", buffering=0) as stream:  # behind what `>> file` holds already
        _write_all(stream.write, data)
    return True


def _outside(path: Path, target: str) -> PipelineError:
    message = said("leads out of the project, to {place}", place=Path(target).as_posix())
    return PipelineError(message, path=path.as_posix())


def remove(path: Path, within: Path) -> None:
    """Remove a file, and the folders up to ``within`` that it leaves empty; one that is not there is none.

    Raises:
        PipelineError: It cannot be removed, or is outside ``within``.
    """
    folder = os.path.realpath(path.parent)
    if not _is_inside(os.path.join(folder, ""), os.path.realpath(within)):
        raise _outside(path, folder)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise PipelineError(said("cannot be removed: {why}", why=reason(error)), path=path.as_posix()) from error
    with suppress(OSError):  # of the first folder that is not empty
        for parent in path.parents:
            if parent == within:
                break
            parent.rmdir()


def clear_temporary(folder: Path, now: float) -> int:
    """Remove what killed processes left of their writes in a folder and below; return how many files there were.

    ``now`` is in seconds since 1970: what another machine left, which cannot be asked, is removed after a day.
    """
    cleared = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            found = name.startswith(".bilect-") and _TEMPORARY.fullmatch(name)
            if found and _is_abandoned(os.path.join(parent, name), found, now):
                with suppress(OSError):  # another command does the same
                    os.unlink(os.path.join(parent, name))
                    cleared += 1
    return cleared


def _is_abandoned(path: str, name: re.Match[str], now: float) -> bool:
    if name[2] == _host_number() and not is_running(int(name[1], 16)):
        return True
    state = _state(path)
    return state is not None and now - state.st_mtime > _DAY


@lru_cache(maxsize=1)
def _host_number() -> str:
    return f"{zlib.crc32(host().encode('utf-8', 'replace')):08x}"


def _is_below(path: str, folder: str) -> bool:
    """Whether no step upwards and no link to a folder is on the way from ``folder`` to ``path``."""
    start = os.path.join(folder, "")
    if not path.startswith(start):
        return False
    *folders, name = path.removeprefix(start).split(os.sep)
    if not _NO_NAMES.isdisjoint((*folders, name)):
        return False
    place = start
    for folder_name in folders:
        place = os.path.join(place, folder_name)
        if os.path.islink(place):
            return False
    return True


def _is_inside(path: str, folder: str) -> bool:
    return os.path.normcase(path).startswith(os.path.join(os.path.normcase(folder), ""))


def _state(path: str, *, follow_symlinks: bool = True) -> os.stat_result | None:
    try:
        return os.stat(path, follow_symlinks=follow_symlinks)
    except FileNotFoundError:
        return None


def _holds(path: str, data: bytes) -> bool:
    with open(path, "rb") as stream:
        return stream.read() == data


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a file to be made by a program, which takes the place of ``path`` if all goes well.

    It is beside ``path``, in a folder that is made if it is missing; whatever stops the work, nothing of it is left.

    Raises:
        PipelineError: There is no place for it, or the program made nothing.
    """
    target = os.path.realpath(path)
    temporary = os.path.join(os.path.dirname(target), _temporary_name())
    try:
        if (before := _state(os.fspath(path))) and _is_stream(before):
            message = said("is no file: what a program makes cannot be written there")
            raise PipelineError(message, path=path.as_posix())
        _new_file(temporary).close()
        try:
            yield Path(temporary)
            if before:
                os.chmod(temporary, stat.S_IMODE(before.st_mode))
            os.replace(temporary, target)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
    except OSError as error:
        raise PipelineError(said("cannot be written: {why}", why=reason(error)), path=path.as_posix()) from error


def _temporary_name() -> str:
    # a short name of its own: with ".tmp" behind it the longest file names would be too long
    return f".bilect-{os.getpid():x}-{_host_number()}-{os.urandom(4).hex()}"


def _link_new(path: str, data: bytes, flush: Callable[[int], None]) -> bool:
    """Write a file that has no name until it is whole; say whether the system can, and the name is still free.

    It takes three quarters of the time of a temporary name, and nothing is left of it whenever it is stopped.
    """
    if sys.platform != "linux":
        return False
    try:
        descriptor = os.open(os.path.dirname(path), os.O_TMPFILE | os.O_WRONLY, 0o666)
    except OSError:  # the file system knows no such files, or the folder is missing
        return False
    try:
        if os.fstat(descriptor).st_mode & stat.S_IWOTH:  # before Linux 6.0 some file systems forget the umask here
            return False
        _write_all(partial(os.write, descriptor), data)
        flush(descriptor)
        with suppress(OSError):
            # the name of a descriptor is a link; Python follows one only where it is given a folder too, whichever
            os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor, follow_symlinks=True)
            return True
    finally:
        os.close(descriptor)
    return False


def _write_all(write: Callable[[memoryview], int], data: bytes) -> None:
    rest = memoryview(data)
    while rest:  # the system may take less than all
        rest = rest[write(rest) :]


def _replace(path: str, data: bytes, flush: Callable[[int], None], mode: int | None) -> None:
    temporary = os.path.join(os.path.dirname(path), _temporary_name())
    is_there = False
    with _new_file(temporary) as stream:
        try:
            _write_all(stream.write, data)
            flush(stream.fileno())
            stream.close()  # Windows renames no open file
            if mode is not None:
                os.chmod(temporary, mode)
            os.replace(temporary, path)
            is_there = True
        finally:
            if not is_there:  # whatever stopped it, Ctrl-C too, nothing is left behind
                with suppress(FileNotFoundError):
                    os.unlink(temporary)


def _new_file(path: str) -> FileIO:
    """A file that was not there, open for writing; missing folders are made."""
    try:
        return open(path, "xb", buffering=0)  # what is written at once needs no buffer
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return open(path, "xb", buffering=0)


def reason(error: Exception) -> str:
    """Return what the system says of a failure, without path and number."""
    return known(((isinstance(error, OSError) and error.strerror) or str(error)).lower())


@dataclass(frozen=True, slots=True)
class TreeFiles:
    """The files that pages may link to, by paths relative to ``root``: those there are, and those that are ``made``."""

    root: str
    made: frozenset[str] = frozenset()

    def __contains__(self, path: object) -> bool:
        """Return whether there is a file at that path."""
        return isinstance(path, str) and (path in self.made or os.path.isfile(os.path.join(self.root, path)))
