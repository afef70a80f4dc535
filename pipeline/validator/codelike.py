"""Which messages are program text rather than sentences: catalogs of programming courses are full of both."""

from __future__ import annotations

import re

from pipeline.text.lazily import lazily
from pipeline.text.words import STOP_WORDS

_CODE_LINE = lazily(
    r"^[ \t]*+(?:>>>|\.\.\. |\$ |#include\b|//|/\*|import \w|from \S++ import\b|def \w|class \w++[(:]|@(?![A-Z0-9_]++@)\w"
    r"|<\?|--?\w++[ =])"
    r"|[;{}\\][ \t]*+$|[\w\])\"'][ \t]*+(?:[-+*/|&]?=|==|->|=>|:=)[ \t]*+[\w\"'(\[{]|\w\(\)|^[ \t]{4,}+\S",
    re.MULTILINE,
)
_ASSIGNED_CALL = re.compile(r"\s*+[\w.\[\]]++ = [\w.]++\(.*\)\W{0,9}+\Z")
_WORD = re.compile(r"(?<![\w.$@/\\:{<-])[A-Za-z]{1,40}+(?:['’][a-z]{1,3})?(?![\w$@/\\(={}>]|::|\.\w)")
_COMMENT_START = re.compile(r"\s*+(?:///?!?|#|\"|/\*|--)")
_SENTENCE_LENGTH = 400


def is_code(text: str) -> bool:
    """Return whether a text is lines of a program, a session on a terminal, or one expression."""
    if not _CODE_LINE.search(text):
        return False
    if _ASSIGNED_CALL.match(text):
        return True
    return "\n" in text.strip() or stop_words(text) < 2


def is_in_code(text: str) -> bool:
    """Return whether a text was taken out of a program: a comment with its mark, or a string in its quotes."""
    return _COMMENT_START.match(text) is not None


def english_prose(text: str) -> list[str]:
    """Return the English words of the beginning of a text, without names of a program and addresses."""
    return _WORD.findall(text[:_SENTENCE_LENGTH])


def stop_words(text: str) -> int:
    """Return how many different small words of English (the, of, is …) the beginning of a text has."""
    return len({word.casefold() for word in english_prose(text)} & STOP_WORDS)
