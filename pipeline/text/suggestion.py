"""What somebody most likely meant by a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.text.said import said


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like ``word``, empty when none is near.

    >>> nearest("chekc", ["check", "export"])
    'check'
    """
    from difflib import get_close_matches  # most words are known

    return next(iter(get_close_matches(word, list(known), n=1)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'check'?`` with the nearest known word, or an empty text when none is near.

    >>> did_you_mean("chekc", ["check", "export"])
    "did you mean 'check'?"
    """
    meant = nearest(word, known)
    return said("did you mean {word!r}?", word=meant) if meant else ""
