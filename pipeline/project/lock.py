"""One command at a time writes to a project: a lock of the system on `.bilect/lock`, which ends with its process.

The file says who holds it. It is left behind only where a process was killed; the system has freed the lock then, and
the next command takes it over. A record lock and not ``flock``: the children of a process that was killed would keep it.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.model import PipelineError
from pipeline.project.clock import seconds
from pipeline.project.files import clear_temporary, reason
from pipeline.project.processes import host
from pipeline.project.root import Project
from pipeline.text.said import said

LOCK = ".bilect/lock"
_LONG = 3600  # seconds that no run takes: after them a lock of another machine, which cannot be asked, is an old one
_UNWRITABLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT})
_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, waits: bool) -> None:
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # Windows lets nobody read what is locked
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
            except OSError as error:
                if not (waits and error.errno == errno.EDEADLK):  # it gives up after ten seconds
                    raise
            else:
                return
else:
    import fcntl

    def _lock(descriptor: int, *, waits: bool) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)


class LockedError(PipelineError):
    """Another process is at work on the project."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock."""

    pid: int
    host: str

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is on another machine."""
        return self.host != host()


@contextmanager
def at_work(project: Project, on_wait: Callable[[LockedError], None] | None = None) -> Iterator[None]:
    """Be the only process that writes to a project, rid of what killed ones have left there; see `locked`.

    Raises:
        LockedError: Another process holds the lock, and ``on_wait`` is not given.
        PipelineError: It cannot be locked.
    """
    config = project.config
    with locked(project.root, on_wait):
        for folder in (config.locales, config.build, config.source, ".bilect/undo"):
            clear_temporary(project.root / folder, seconds())
        yield


def guarded(project: Project | None, *, writes: bool) -> AbstractContextManager[None]:
    """Return `locked` for a command that ``writes`` to files which may be those of a project, else nothing to hold."""
    return locked(project.root) if project and writes else nullcontext()


@contextmanager
def locked(root: Path, on_wait: Callable[[LockedError], None] | None = None) -> Iterator[None]:
    """Hold the lock of a project; where nothing can be written, there is nothing to guard.

    ``on_wait`` is told who holds it before this process waits for it.

    Raises:
        LockedError: Another process holds it, and ``on_wait`` is not given.
        PipelineError: It cannot be locked.
    """
    path = root / LOCK
    try:
        stream = _held(path, on_wait)
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            remedy = said("make .bilect a folder that can be written, or remove it")
            raise PipelineError(said("cannot be locked: {why}", why=reason(error)), path=LOCK, remedy=remedy) from error
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError):  # one that stays does no harm
            stream.truncate(0)
            path.unlink()  # while it is still held: nobody can have taken it
            path.parent.rmdir()
        stream.close()


def _held(path: Path, on_wait: Callable[[LockedError], None] | None) -> IO[bytes]:
    """The open file of the lock, which this process holds and which says so."""
    while True:
        path.parent.mkdir(exist_ok=True)
        with suppress(FileNotFoundError), ExitStack() as opened:  # the folder went with the lock of another
            stream = opened.enter_context(path.open("a+b", buffering=0))
            _acquire(stream, on_wait)
            if _is_at(path, stream):
                _refuse_elsewhere(stream)
                with suppress(OSError):  # on a full disk it holds as well, but nobody can read whose it is
                    stream.truncate(0)
                    stream.write(f"{os.getpid()} {host()}\n".encode())
                opened.pop_all()
                return stream


def _acquire(stream: IO[bytes], on_wait: Callable[[LockedError], None] | None) -> None:
    try:
        _lock(stream.fileno(), waits=False)
    except OSError as error:
        if error.errno in {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS}:  # some network drives know no locks
            return
        if error.errno not in _HELD:
            raise
        held = _error(_holder(stream))
        if on_wait is None:
            raise held from error
        on_wait(held)
        _lock(stream.fileno(), waits=True)


def _is_at(path: Path, stream: IO[bytes]) -> bool:
    """Whether the file that was locked is still the one at the path: its holder removes it when it is done."""
    if sys.platform == "win32":  # where an open file cannot be removed
        return True
    try:
        return os.path.samestat(os.stat(path), os.fstat(stream.fileno()))
    except FileNotFoundError:
        return False


def _refuse_elsewhere(stream: IO[bytes]) -> None:
    holder = _holder(stream)
    if holder and holder.is_elsewhere and seconds() - os.fstat(stream.fileno()).st_mtime < _LONG:
        raise _error(holder)


def _holder(stream: IO[bytes]) -> Holder | None:
    stream.seek(0)
    pid, _, name = stream.read(400).decode("utf-8", "replace").strip().partition(" ")
    return Holder(int(pid), name) if pid.isdecimal() else None


def _error(holder: Holder | None) -> LockedError:
    message = said("another process is at work on this project")
    if holder:
        message = said("process {pid} on {host} is at work on this project", pid=holder.pid, host=holder.host)
    remedy = said("wait until it is done; run, update and memory fill do so with --wait")
    if holder and holder.is_elsewhere:
        remedy = said("wait until it is done; if it was killed, delete {lock}", lock=LOCK)
    return LockedError(message, path=LOCK, remedy=remedy)
