"""What somebody most likely meant by a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'check'?`` with the nearest known word, or an empty text when none is near.

    >>> did_you_mean("chekc", ["check", "export"])
    "did you mean 'check'?"
    """
    nearest = get_close_matches(word, list(known), n=1)
    return f"did you mean {nearest[0]!r}?" if nearest else ""
