"""Several words as one value of a sentence, put together as each language does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.text.said import phrase, said


def listed(words: Iterable[str]) -> str:
    """Return words, at least one, with a comma between them.

    >>> listed(["slides", "notes", "code"])
    'slides, notes, code'
    """
    return _in_a_row(phrase("{before}, {last}"), list(words))


def either(words: Iterable[str]) -> str:
    """Return words, at least one, of which one is meant.

    >>> either(["slides", "notes"])
    'slides or notes'
    """
    return _in_a_row(phrase("{before} or {last}"), list(words))


def together(words: Iterable[str]) -> str:
    """Return words, at least one, all of which are meant.

    >>> together(["slides", "notes"])
    'slides and notes'
    """
    return _in_a_row(phrase("{before} and {last}"), list(words))


def _in_a_row(form: str, words: Sequence[str]) -> str:
    """Words as values of a form for two; halves of halves, since a thousand in one chain would be nested too deep to tell."""
    middle = len(words) // 2
    if not middle:
        return words[0]
    return said(form, before=_in_a_row(form, words[:middle]), last=_in_a_row(form, words[middle:]))
