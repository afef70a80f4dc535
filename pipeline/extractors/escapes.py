"""Backslashes that keep a text what it is: one that begins like a block of Markdown is no block, and reads as it was typed."""

from __future__ import annotations

import re

from pipeline.text.lazily import lazily

_START = r"""(?:
    \#{1,6}(?=[ \t]|$)                      # a heading
  | [-+*](?=[ \t]|$) | > | \[[ xX]\](?=[ \t])   # a list item, a quote, a task
  | ~{3,} | :(?=[ \t]) | \[[^\[\]]+\]:      # a fence, a definition, the definition of a link or a footnote
  | (?:-[ \t]*){2,}$ | (?:\*[ \t]*){3,}$ | (?:_[ \t]*){3,}$ | =+[ \t]*$   # a rule, the underline of a heading
)"""
_NUMBER = r"(?P<number>\d{1,9})(?P<mark>[.)])(?=[ \t]|$)"
_MARKED = lazily(rf"^(?:(?P<start>(?={_START}))|{_NUMBER})", re.VERBOSE | re.MULTILINE)
_ESCAPED = lazily(rf"^(?:\\(?={_START})|(?P<number>\d{{1,9}})\\(?P<mark>[.)])(?=[ \t]|$))", re.VERBOSE | re.MULTILINE)
_OPENED = lazily(r"^(?=`{3,}[^`]*$|<(?:[a-zA-Z/?]|!(?:--|\[|[a-zA-Z])))", re.MULTILINE)
_TAG_START = lazily(r"<(?=[a-zA-Z/!?])")
_ODD_BACKSLASH = lazily(r"(?<!\\)(?:\\\\)*\\\Z")
_BRACKET = lazily(r"(?<!\\)([\[\]])")


def escaped(text: str) -> str:
    r"""``text`` with a backslash in each line that would start another block than a paragraph.

    >>> escaped("# 1"), escaped("1. 一"), escaped("-1")
    ('\\# 1', '1\\. 一', '-1')
    """
    return _MARKED.sub(lambda match: f"{match['number']}\\{match['mark']}" if match["number"] else "\\", text)


def unescaped(text: str) -> str:
    r"""``text`` without the backslashes that `escaped` writes.

    >>> unescaped(r"\# 1"), unescaped(r"1\. 一"), unescaped(r"\*a*")
    ('# 1', '1. 一', '\\*a*')
    """
    return _ESCAPED.sub(lambda match: f"{match['number']}{match['mark']}" if match["number"] else "", text)


def unopened(text: str, known: re.Pattern[str]) -> str:
    """``text`` with a backslash before a line that would open a fence or an HTML block and is none of the ``known`` tags."""
    return _OPENED.sub(lambda match: "" if known.match(text, match.start()) else "\\", text)


def without_lone_tags(text: str, known: re.Pattern[str]) -> str:
    """``text`` with ``&lt;`` for each ``<`` that a browser would take for the start of a tag and is none of the ``known``."""
    return _TAG_START.sub(lambda match: "<" if known.match(text, match.start()) else "&lt;", text)


def closed(text: str) -> str:
    r"""``text`` with a second backslash where it ends in one, so that what follows is not escaped.

    >>> closed("a\\"), closed("a\\\\")
    ('a\\\\', 'a\\\\')
    """
    return text + "\\" if text.endswith("\\") and _ODD_BACKSLASH.search(text) else text


def bracketed(text: str) -> str:
    r"""``text`` as it may stand between square brackets.

    >>> bracketed("a] b"), bracketed("[1] b")
    ('a\\] b', '[1] b')
    """
    depth = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket == "[" else -1
        if depth < 0:
            break
    return text if depth == 0 else _BRACKET.sub(r"\\\1", text)
