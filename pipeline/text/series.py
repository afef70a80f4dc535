"""Several words as one value of a sentence, put together as each language does it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from pipeline.text.said import said


def listed(words: Iterable[str]) -> str:
    """Return words, at least one, with a comma between them.

    >>> listed(["slides", "notes", "code"])
    'slides, notes, code'
    """
    return reduce(lambda before, last: said("{before}, {last}", before=before, last=last), words)


def either(words: Iterable[str]) -> str:
    """Return words, at least one, of which one is meant.

    >>> either(["slides", "notes"])
    'slides or notes'
    """
    return reduce(lambda before, last: said("{before} or {last}", before=before, last=last), words)


def together(words: Iterable[str]) -> str:
    """Return words, at least one, all of which are meant.

    >>> together(["slides", "notes"])
    'slides and notes'
    """
    return reduce(lambda before, last: said("{before} and {last}", before=before, last=last), words)
