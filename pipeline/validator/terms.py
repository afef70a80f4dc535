"""Rules on terms: a catalog says what the glossary of its project says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import polib

from pipeline.model import Language
from pipeline.text.lexicon import shared_lexicon
from pipeline.text.said import said
from pipeline.text.script import has_han
from pipeline.text.series import either
from pipeline.text.terms import Term, Terms, Use, holds, searchable, tokens
from pipeline.text.words import STOP_WORDS
from pipeline.validator.base import Found, rule

_AROUND = 40  # characters shown on either side of a term
_SHORT = 2  # characters of a rendering that may stand in a longer word by chance


@dataclass(frozen=True, eq=False, slots=True)
class TermedCatalog:
    """The messages of a catalog with the terms that they should use."""

    path: str
    language: Language
    messages: Sequence[polib.POEntry]
    terms: Terms


class Misuse(NamedTuple):
    """A use of a term in a source, and what its translation does.

    ``forbidden`` is what it says and should not; ``other`` what it says that may be another meaning of the English word.
    """

    line: int
    source: str
    target: str
    use: Use
    forbidden: str
    other: str = ""


@rule("M201", "term-not-used", "warning")
def term_not_used(catalog: TermedCatalog) -> Iterator[Found]:
    """A translation renders the terms of its source as the glossary does."""
    for misuse in _misuses(catalog):
        if not misuse.forbidden:
            term = misuse.use.terms[0]
            wanted = _wanted(misuse.use, catalog.language)
            is_sure = not misuse.other and all(each.status == "approved" for each in misuse.use.terms)
            yield Found(
                catalog.path,
                misuse.line,
                _not_used(term.en, wanted, misuse.other),
                source=_excerpt(misuse.source, misuse.use),
                target=_start(misuse.target),
                fix=said("write {term}, or add what stands here to {place}", term=wanted[0], place=term.place),
                severity=None if is_sure else "info",
            )


def _not_used(term: str, wanted: Sequence[str], other: str) -> str:
    """What to say of a term; ``other`` is what may be another meaning of it."""
    due = either(wanted)
    if not other:
        return said("{term!r} is {due} in the glossary, and not in this translation", term=term, due=due)
    return said(
        "{term!r} is {due} in the glossary, and not in this translation; {other} may be another meaning of it",
        term=term,
        due=due,
        other=other,
    )


@rule("M202", "forbidden-term", "warning")
def forbidden_term(catalog: TermedCatalog) -> Iterator[Found]:
    """A translation has no rendering that the glossary forbids."""
    for misuse in _misuses(catalog):
        if misuse.forbidden:
            term = misuse.use.terms[0]
            wanted = _wanted(misuse.use, catalog.language)
            yield Found(
                catalog.path,
                misuse.line,
                said("{term!r} is not to be called {forbidden}", term=term.en, forbidden=misuse.forbidden),
                source=_excerpt(misuse.source, misuse.use),
                target=_start(misuse.target),
                fix=said("write {due}", due=wanted[0])
                if wanted
                else said("write another word; {place} forbids this one", place=term.place),
            )


@lru_cache(maxsize=1)
def _misuses(catalog: TermedCatalog) -> tuple[Misuse, ...]:
    """What both rules look for, found once."""
    return tuple(misuse for message in catalog.messages for misuse in _of_message(message, catalog))


def _of_message(message: polib.POEntry, catalog: TermedCatalog) -> Iterator[Misuse]:
    """The misuses in a message that is translated, and by a person: what is fuzzy is not done yet."""
    target = message.msgstr or next(iter(message.msgstr_plural.values()), "")
    if message.obsolete or message.fuzzy or not has_han(target):
        return
    source = f"{message.msgid}\n{message.msgid_plural}".strip()
    uses = {use.terms: use for use in reversed(catalog.terms.used(source)) if is_meant(source, use)}
    allowed = [text for terms in uses for term in terms for text in term.renderings(catalog.language)]
    for terms, use in reversed(uses.items()):
        wanted = _wanted(use, catalog.language)
        wrong = _forbidden(target, terms, allowed)
        if wrong or (wanted and not holds(target, wanted)):
            other = "" if wrong else _other_meaning(source[use.start : use.end], target, wanted)
            yield Misuse(message.linenum or 0, source, target, use, wrong, other)


_BEFORE = re.compile(r"([\w'’]+)[\s*_]+$")
_BEHIND = re.compile(r"[\s*_]+([\w'’]+)")
_SUBJECT = frozenset(
    "to i you we they it can could cannot will would shall should may might must can't won't don't let's".split()
)
_RELATIVE, _MANNER = frozenset({"that", "which", "who"}), frozenset("as like well together properly correctly".split())
_SENTENCE_END = re.compile(r"[.:;!?。：][\s*_)]*$")


def is_meant(source: str, use: Use) -> bool:
    """Say whether the word of a glossary is meant: not a verb that is written like its noun, and no part of a name.

    >>> text = "They function as the Arm Interrupt Controller does."
    >>> [is_meant(text, use) for use in Terms([Term("function"), Term("controller")]).used(text)]
    [False, False]
    """
    term = use.terms[0]
    before, behind = _BEFORE.search(source[: use.start]), _BEHIND.match(source, use.end)
    words = before[1] if before else "", behind[1] if behind else ""
    if " " not in term.en and not any(each.part_of_speech for each in use.terms):
        small = [word.casefold() for word in words]
        if small[0] in _SUBJECT or (small[0] in _RELATIVE and small[1] in _MANNER):
            return False
    is_capital = source[use.start].isupper() and term.en[0].islower() and any(word[:1].isupper() for word in words)
    return not (is_capital and not _is_title(source))


def _is_title(text: str) -> bool:
    """Whether all words that say something have capitals, and no sentence ends here."""
    words = [token.text for token in tokens(text)]
    return not _SENTENCE_END.search(text) and all(
        not word[0].islower() or word in STOP_WORDS or len(word) < 4 for word in words
    )


_LIKELY = 0.5  # the weight of a translation that a dictionary gives


def _other_meaning(word: str, target: str, wanted: Sequence[str]) -> str:
    """What the translation says that a dictionary gives for the word too, and the glossary does not; empty for nothing."""
    rest, keys = searchable(target), [searchable(each) for each in wanted]
    for candidate in shared_lexicon().chinese(word) if len(word.split()) == 1 else ():
        text = searchable(candidate.text)
        if candidate.weight >= _LIKELY and len(text) > 1 and text in rest and not any(text in key for key in keys):
            return candidate.text
    return ""


def _wanted(use: Use, language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for term in use.terms for text in term.renderings(language)))


def _forbidden(target: str, terms: Sequence[Term], allowed: Sequence[str]) -> str:
    """The first forbidden rendering of the terms that the translation has outside what is allowed; empty for none."""
    rest = ""
    for wrong in dict.fromkeys(text for term in terms if term.status == "approved" for text in term.forbidden):
        rest = rest or _without(searchable(target), sorted(map(searchable, allowed), key=len, reverse=True))
        if (key := searchable(wrong)) and key in rest and (len(key) > _SHORT or _is_word(key, rest)):
            return wrong
    return ""


def _without(text: str, parts: Sequence[str]) -> str:
    for part in parts:
        text = text.replace(part, "\n") if part else text
    return text


def _is_word(key: str, text: str) -> bool:
    """Whether a short rendering is made of whole words of the text."""
    from rjieba import cut  # 50 ms and 5 MB, needed only where a forbidden rendering is short

    borders, end = {0}, 0
    for word in cut(text):
        end += len(word)
        borders.add(end)
    starts = (start for start in borders if text.startswith(key, start))
    return any(start + len(key) in borders for start in starts)


def _excerpt(source: str, use: Use) -> str:
    start, end = max(0, use.start - _AROUND), use.end + _AROUND
    before, behind = "…" if start else "", "…" if end < len(source) else ""
    return f"{before}{' '.join(source[start:end].split())}{behind}"


def _start(target: str) -> str:
    shown = " ".join(target.split())
    return shown if len(shown) <= 2 * _AROUND else f"{shown[: 2 * _AROUND]}…"
