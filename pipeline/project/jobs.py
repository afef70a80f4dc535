"""The same work on many files, in this process or in several: same results, same order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from pipeline.model import PipelineError
from pipeline.text.said import said

if TYPE_CHECKING:
    from concurrent.futures import Executor  # at run time only where there are several processes

Task = TypeVar("Task")
Result = TypeVar("Result")

_ROUNDS = 8  # chunks for each process: few enough to cost little, enough that none waits long for the last


def mapped(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int = 1,
    executor: Callable[[int], Executor] | None = None,
) -> Iterator[Result]:
    """The result of each task, in the order of the tasks.

    ``jobs`` is the number of processes, 0 for one a core; with one, everything is done here as the results are asked
    for. ``executor`` makes what runs the work from the number of jobs; ``work``, tasks and results then go to other
    processes and must be picklable.

    Raises:
        PipelineError: A process ended before its work did.
    """
    wanted = min(jobs or os.cpu_count() or 1, len(tasks))
    if wanted <= 1 and executor is None:
        yield from map(work, tasks)
        return
    from concurrent.futures.process import BrokenProcessPool

    pool = (executor or _processes)(max(wanted, 1))
    try:
        with _interrupts_later():
            results = pool.map(work, tasks, chunksize=max(1, len(tasks) // (max(wanted, 1) * _ROUNDS)))
        yield from results
    except BrokenProcessPool as error:
        remedy = said("free memory, or use one process: --jobs 1, or jobs = 1 in bilect.toml")
        raise PipelineError("a process was ended from outside before its work was done", remedy=remedy) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _processes(jobs: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_parent)


def _leave_interrupts_to_the_parent() -> None:
    import signal  # here and below: one process needs it not

    # Ctrl-C goes to every process of the terminal; one line about it is enough
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """While processes are started no Ctrl-C is looked at, or one would hit them before they know to ignore it."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
