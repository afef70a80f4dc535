"""English words of a text, and the forms under which a dictionary may list them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

__all__ = ["STOP_WORDS", "american", "english_key", "english_words", "initials", "lemmas", "stem"]

_WORD = re.compile(r"c\+\+|\b[cfj]#|[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)*")
_MARKS = re.compile("[\u0300-\u036f]")

STOP_WORDS = frozenset(
    "a an the and or nor but if of in on at to for from by with about into onto over under between among through as is are"
    " was were be been being do does did it its this that these those there here we you i he she they our your my their"
    " his her them us me not no so than then too very can could will would shall should may might must have has had what"
    " how why when where which who whom whose all any each both such own same also just only some more most other up out"
    " off via per vs let lets s t".split()
)
"""Words that say little of what a title is about."""


def english_words(text: str) -> list[str]:
    """The Latin words and numbers of a text in reading order, in lower case, without diacritics and possessive 's.

    >>> english_words("Q&A: Bayes’ Self-Attention in C++ 3.11 – Newton's “Naïve” method")
    ['q', 'a', 'bayes', 'self', 'attention', 'in', 'c++', '3.11', 'newton', 'naive', 'method']
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain.replace("’", "'")).casefold())
    return [word.removesuffix("'s") for word in _WORD.findall(plain)]


def english_key(text: str) -> str:
    """The words of a term joined by single blanks: the form in which terms are looked up."""
    return " ".join(english_words(text))


_BRITISH = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"is(ations?|e[drs]?|ing)\b", r"iz\1"), (r"ys(e[drs]?|ing)\b", r"yz\1"),
        (r"(?<=[a-z]{3})our(s|ed|ing|al|hoods?)?\b", r"or\1"), (r"(?<=[a-z][nt])tre(s)?\b", r"ter\1"),
        (r"(?<=e)ll(ed|ing|ers?)\b", r"l\1"),
    )
)  # fmt: skip


def american(term: str) -> str:
    """A term as it may be spelled in America; other words with such letters change too, so it is one try more to look up.

    >>> american("behavioural optimisation"), american("centre of colours"), american("labelled data")
    ('behavioral optimization', 'center of colors', 'labeled data')
    """
    for pattern, replacement in _BRITISH:
        term = pattern.sub(replacement, term)
    return term


def initials(words: Iterable[str]) -> str:
    """The first letters of words: the acronym that may stand for them."""
    return "".join(word[0] for word in words)


# What a suffix may be replaced by, and what the form found is worth: 0.95 the same word, less for one derived from it.
_SUFFIXES: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("ies", ("y",), 0.97),
    ("es", ("", "e", "is"), 0.97),
    ("s", ("",), 0.97),
    ("ied", ("y",), 0.95),
    ("ed", ("", "e"), 0.95),
    ("ying", ("ie", "y"), 0.95),
    ("ing", ("", "e"), 0.95),
    ("isation", ("ization", "ize", ""), 0.9),
    ("ization", ("ize", "", "ized"), 0.9),
    ("ising", ("izing", "ize"), 0.95),
    ("ise", ("ize",), 0.95),
    ("ized", ("ize",), 0.95),
    ("ification", ("ify",), 0.9),
    ("ication", ("icate", "y"), 0.9),
    ("ation", ("ate", "e", "", "ative"), 0.9),
    ("ition", ("e", "ite", ""), 0.9),
    ("ion", ("", "e"), 0.9),
    ("ability", ("able", "", "e"), 0.9),
    ("ibility", ("ible",), 0.9),
    ("ivity", ("ive",), 0.9),
    ("icity", ("ic",), 0.9),
    ("ity", ("", "e"), 0.9),
    ("iness", ("y",), 0.9),
    ("ness", ("",), 0.9),
    ("ment", ("",), 0.85),
    ("able", ("", "e"), 0.8),
    ("ible", ("", "e"), 0.8),
    ("ative", ("ation", "ate"), 0.85),
    ("ive", ("ion", "e", ""), 0.85),
    ("ically", ("ic", "ical"), 0.9),
    ("ally", ("al", ""), 0.9),
    ("ly", ("", "le"), 0.85),
    ("ical", ("ic", "y", "ics"), 0.9),
    ("ial", ("y", ""), 0.85),
    ("al", ("", "e"), 0.8),
    ("ic", ("", "y", "ics", "e"), 0.85),
    ("ential", ("ence",), 0.9),
    ("antial", ("ance",), 0.9),
    ("atory", ("ate", "ation"), 0.9),
    ("ory", ("", "e", "ion"), 0.85),
    ("ous", ("", "e"), 0.85),
    ("ful", ("",), 0.8),
    ("less", ("",), 0.6),
    ("er", ("", "e"), 0.8),
    ("or", ("", "e", "ion"), 0.8),
    ("ist", ("y", "", "ism"), 0.75),
    ("ance", ("ant", "e", ""), 0.8),
    ("ence", ("ent", "e", ""), 0.8),
    ("our", ("or",), 0.97),
    ("re", ("er",), 0.97),
)
_MIN_STEM = 3


@cache
def lemmas(word: str) -> tuple[tuple[str, float], ...]:
    """The forms under which a dictionary may list a word, each with what a translation of it is worth, best first.

    >>> lemmas("clustering")[:2], dict(lemmas("stratified"))["stratify"]
    ((('clustering', 1.0), ('cluster', 0.95)), 0.95)
    """
    forms = {word: 1.0}
    for form, worth in _derived(word):
        forms.setdefault(form, worth)
        if worth > 0.9:  # "regulations": the plural first, then what it derives from
            for again, less in _derived(form):
                forms[again] = max(forms.get(again, 0.0), round(worth * less, 3))
    return tuple(sorted(forms.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0])))


def _derived(word: str) -> list[tuple[str, float]]:
    forms = []
    for suffix, replacements, worth in _SUFFIXES:
        if not word.endswith(suffix) or len(word) - len(suffix) < _MIN_STEM:
            continue
        if suffix in ("s", "es") and word.endswith(("ss", "us")):  # class, corpus
            continue
        stem = word[: -len(suffix)]
        forms += [(stem + end, worth) for end in replacements]
        if stem[-1] == stem[-2] and suffix in ("ed", "ing", "er"):  # planned, planning, planner
            forms.append((stem[:-1], worth))
    return forms


_ENDINGS = re.compile(
    r"(?:(?:iz|is)?ations?|(?:iz|is)(?:e|ing|ed|er)s?|ies|ied|ings?|ed|ers?|ors?|ment|ness|ions?|ity|ly|es|s|e|y)$"
)


def stem(word: str) -> str:
    """A key that the common forms of an English word share; no word itself.

    >>> stem("modeling") == stem("models"), stem("stratification") == stem("stratified"), stem("bias")
    (True, False, 'bias')
    """
    if len(word) < 5 or word[0].isdigit() or word.endswith(("ss", "us", "is")):
        return word
    cut = _ENDINGS.sub("", word)
    return cut if len(cut) >= 4 else word
