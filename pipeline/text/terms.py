"""The terms of a project, and finding them in texts: what English calls a thing, and what Chinese may call it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline.model import Language
from pipeline.text.markup import SYNTAX, TAG
from pipeline.text.script import spacing_free

__all__ = ["STATUSES", "Status", "Term", "Terms", "Token", "Use", "bases", "holds", "searchable", "term_key", "tokens"]

Status = Literal["approved", "proposed"]
STATUSES: tuple[Status, ...] = ("approved", "proposed")


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a glossary has it.

    ``simplified`` and ``traditional`` are the renderings that are allowed, the usual one first; ``forbidden`` those that
    are not. A term ``case_sensitive`` is only what is written like it. ``place`` is where it stands, ``path:line``.
    """

    en: str
    simplified: tuple[str, ...] = ()
    traditional: tuple[str, ...] = ()
    part_of_speech: str = ""
    note: str = ""
    forbidden: tuple[str, ...] = ()
    case_sensitive: bool = False
    status: Status = "approved"
    place: str = ""

    def renderings(self, language: Language) -> tuple[str, ...]:
        """Return what the term may be called in a language; nothing where the glossary does not say."""
        return {"en": (self.en,), "zh_CN": self.simplified, "zh_TW": self.traditional}[language]


class Token(NamedTuple):
    """A Latin word or number of a text; ``start`` and ``end`` are its place."""

    text: str
    start: int
    end: int


class Use(NamedTuple):
    """A place at which a text uses a term; ``terms`` are all those that are written so, ``start`` and ``end`` code points."""

    terms: tuple[Term, ...]
    start: int
    end: int


# Not a part of a name, an address or a compound: file_name, foo.bar, a::b, non-trait, trait()
_WORD = re.compile(
    r"(?<![\w@#$\\])(?<![^\s(\[]\.)(?<!::)(?<![\w/][-/])"
    r"[A-Za-z\u00c0-\u024f0-9]++(?:['’][A-Za-z]++)*+(?:\+\+|\#(?!\w))?"
    r"(?!\w|::|[-/.]\w|\(\))"
)
_PART = re.compile(r"[A-Za-z\u00c0-\u024f0-9]++(?:['’][A-Za-z]++)*+(?:\+\+|\#(?!\w))?")
_GAP = re.compile(r"[\s*_]{1,6}|[-‐‑]")


def _hidden(text: str) -> str:
    """The text with its markup, code and addresses as NUL, as long as it was."""
    if not re.search(r"[`<\[{&$:/@!]", text):
        return text
    return SYNTAX.sub(lambda match: "\0" * len(match[0]), text)


def tokens(text: str) -> list[Token]:
    """Return the words of a text that a reader reads, in reading order; code, addresses and names of programs are none.

    The parts of a compound ("non-blocking") are words too.

    >>> [token.text for token in tokens("The `Box` of trait-objects, see [C++](https://example.org/Box)")]
    ['The', 'of', 'trait', 'objects', 'see', 'C++']
    """
    return [Token(match[0], match.start(), match.end()) for match in _PART.finditer(_hidden(text))]


_VERBS = frozenset({"verb", "v", "动词", "動詞"})


@lru_cache(maxsize=65536)
def bases(word: str, *, as_verb: bool = False) -> tuple[str, ...]:
    """Return what a word may be an inflected form of, itself first: of a noun, or of a verb too.

    >>> bases("matrices"), bases("closures"), bases("borrowed", as_verb=True)
    (('matrices', 'matrice', 'matrix', 'matrex'), ('closures', 'closure'), ('borrowed', 'borrow', 'borrowe'))
    """
    return tuple(dict.fromkeys([word, *_singulars(word), *(_infinitives(word) if as_verb else ())]))


def _singulars(word: str) -> Iterator[str]:
    if len(word) < 3 or not word.endswith("s") or word.endswith("ss"):
        return
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    if not word.endswith(("us", "is")):
        yield word[:-1]
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield word[:-2]
    if word.endswith("ices"):
        yield from (word[:-4] + "ix", word[:-4] + "ex")
    if word.endswith("ses"):
        yield word[:-2] + "is"


def _infinitives(word: str) -> Iterator[str]:
    for suffix in ("ing", "ed"):
        if word.endswith(suffix) and len(word) > len(suffix) + 2:
            stem = word[: -len(suffix)]
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    if word.endswith("ied") and len(word) > 4:
        yield word[:-3] + "y"


def term_key(term: str) -> str:
    """Return the words of a term as a glossary is searched by them: small letters, single blanks."""
    return " ".join(_plain(part) for part in _PART.findall(term)) or term.casefold()


def _plain(word: str) -> str:
    small = word.casefold().replace("’", "'")
    return small.removesuffix("'s")


class Terms:
    """Terms that can be found in a text: whole words, in their inflected forms, the longest term first.

    Nouns are found in the plural, verbs (by their part of speech) in all forms, and in "pattern-matching" so too is
    "pattern matching"; "trait" is not found in "sub-trait" or "Trait::new".
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._by_first: dict[str, list[tuple[tuple[str, ...], list[Term]]]] = {}
        by_words: dict[tuple[str, ...], list[Term]] = {}
        for term in self.terms:
            if words := tuple(term_key(term.en).split()):
                by_words.setdefault(words, []).append(term)
        for words, same in sorted(by_words.items(), key=lambda pair: -len(pair[0])):
            self._by_first.setdefault(words[0], []).append((words, same))

    def __len__(self) -> int:
        return len(self.terms)

    def used(self, text: str) -> list[Use]:
        """Return where a text uses terms, in reading order and without overlap.

        >>> uses = Terms([Term("trait"), Term("trait object")]).used("Trait objects of `trait`")
        >>> [term.en for use in uses for term in use.terms]
        ['trait object']
        """
        shown = _hidden(text)
        words = [Token(match[0], match.start(), match.end()) for match in _PART.finditer(shown)]
        free = {match.start() for match in _WORD.finditer(shown)}
        found: list[Use] = []
        place = 0
        while place < len(words):
            use, length = self._use_at(words, place, shown, free)
            if use:
                found.append(use)
            place += length
        return found

    def _use_at(self, words: list[Token], place: int, shown: str, free: set[int]) -> tuple[Use | None, int]:
        for key in bases(_plain(words[place].text), as_verb=True):
            for wanted, terms in self._by_first.get(key, ()):
                run = words[place : place + len(wanted)]
                if len(run) < len(wanted) or not _is_run(run, shown, free):
                    continue
                if fitting := tuple(term for term in terms if _is_written(term, wanted, run)):
                    return Use(fitting, run[0].start, run[-1].end), len(run)
        return None, 1


def _is_run(run: list[Token], shown: str, free: set[int]) -> bool:
    """Whether words follow each other as those of a term do, and are no part of a longer name."""
    if len(run) == 1:
        return run[0].start in free
    if shown[run[0].start - 1 : run[0].start] in {"_", "."} or shown[run[-1].end : run[-1].end + 1] == "_":
        return False
    return all(_GAP.fullmatch(shown, one.end, other.start) for one, other in pairwise(run))


def _is_written(term: Term, wanted: tuple[str, ...], run: list[Token]) -> bool:
    """Whether the words of a text are a form of the term."""
    if term.case_sensitive:
        written = _PART.findall(term.en)
        last = run[-1].text.replace("’", "'").removesuffix("'s")
        return [token.text for token in run[:-1]] == written[:-1] and last in {written[-1], written[-1] + "s"}
    as_verb = term.part_of_speech.casefold() in _VERBS
    keys = [_plain(token.text) for token in run]
    if wanted[:-1] == tuple(keys[:-1]) and wanted[-1] in bases(keys[-1], as_verb=as_verb and len(keys) == 1):
        return True
    return as_verb and wanted[0] in bases(keys[0], as_verb=True) and wanted[1:] == tuple(keys[1:])


_EMPHASIS = re.compile(r"[*_~`]")
_LONG = 4  # characters of a rendering into which a particle may slip


def searchable(text: str) -> str:
    """Return a translation as renderings are looked for in it: without tags, emphasis, blanks and case."""
    return _EMPHASIS.sub("", spacing_free(TAG.sub("", text) if "<" in text else text)).casefold()


def holds(text: str, renderings: Iterable[str]) -> bool:
    """Say whether a translation holds one of the renderings; blanks, case, emphasis and a 的 between words do not count.

    >>> holds("**外部** 函数的接口", ["外部函数接口"])
    True
    """
    whole = searchable(text)
    bare = whole.replace("的", "")
    keys = [searchable(rendering) for rendering in renderings]
    return any(key in whole or (len(key) >= _LONG and key.replace("的", "") in bare) for key in keys if key)
