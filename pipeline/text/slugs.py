"""The ids that site generators make of headings, so that a link can lead to them: GitHub, kramdown, Hugo, MkDocs, pandoc."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

Dialect = Literal["github", "kramdown", "hugo", "mkdocs", "pandoc"]

_BLANKS = re.compile(r"\s+")
_EMOJI_CODE = re.compile(r"(?<!\w):[a-z0-9_+-]+:")
_MARKS = frozenset(("Mn", "Mc", "Me", "Pc"))


def slug(text: str, dialect: Dialect) -> str:
    """The id of a heading that says ``text``, as far as the heading alone tells.

    >>> [slug("2. What's new? 新", dialect) for dialect in ("github", "mkdocs", "pandoc")]
    ['2-whats-new-新', '2-whats-new', 'whats-new-新']
    """
    text = text.strip()
    if dialect == "mkdocs":
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
    kept = "-_." if dialect == "pandoc" else "- "
    letters = (each if _is_letter(each) or each in kept or each.isspace() else "" for each in text.lower())
    made = "".join(letters)
    if dialect == "pandoc":
        return re.sub(r"^[\W\d_]+", "", _BLANKS.sub("-", made)) or "section"
    return made.replace(" ", "-")


def slugs(texts: Iterable[str], dialect: Dialect) -> Iterator[str]:
    """The ids of all headings of a page in reading order; one that is taken gets a number, from 1.

    >>> list(slugs(["Notes", "Notes", "Notes 1"], "github"))
    ['notes', 'notes-1', 'notes-1-1']
    """
    taken: set[str] = set()
    mark = "_" if dialect == "mkdocs" else "-"
    for text in texts:
        base = slug(text, dialect)
        made, number = base, 0
        while made in taken:
            number += 1
            made = f"{base}{mark}{number}"
        taken.add(made)
        yield made


def letters_of(text: str) -> str:
    """What all ids of a heading have in common: its letters and digits in lower case.

    >>> letters_of("2. What's new?") == letters_of("2-whats-new")
    True
    """
    return "".join(filter(_is_letter, unicodedata.normalize("NFKC", text).lower())).replace("_", "")


def without_emoji_codes(text: str) -> str:
    """``text`` without ``:rocket:`` and the like."""
    return _EMOJI_CODE.sub("", text)


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in _MARKS
