"""How far long work is, for whoever watches: the command line draws it, all others see nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Protocol, TypeVar

Thing = TypeVar("Thing")


class Watcher(Protocol):
    """Who passes on the things of a loop, and draws how many there were."""

    def __call__(self, things: Iterator[Thing], total: int, noun: str, /) -> Iterator[Thing]:
        """Return an iterator over ``things``."""


_WATCHER: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


def watch(watcher: Watcher | None) -> None:
    """Have ``watcher`` pass the things of all loops on, with how many there are and what they are called."""
    _WATCHER.set(watcher)


def watched(things: Iterable[Thing], total: int, noun: str) -> Iterator[Thing]:
    """Return an iterator over ``things``, ``total`` of a kind that ``noun`` names in the plural."""
    watcher = _WATCHER.get()
    return iter(things) if watcher is None else watcher(iter(things), total, noun)
