"""Text of pages and files made safe to show: it must not steer a terminal or a log."""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile(r"[ \t]*[\r\n\v\f\x85\u2028\u2029]+[ \t]*")
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_JOINER = "\u200d"  # makes one picture of several emoji


def one_line(text: str) -> str:
    """Return ``text`` as one line, line ends and tabs as a space, what a terminal would hide or obey as an escape.

    >>> one_line("a\\x1b[2Jb\\n c\\u202e")
    'a\\\\x1b[2Jb c\\\\u202e'
    """
    line = _LINE_END.sub(" ", text.strip("\r\n")).replace("\t", " ")
    return line if line.isascii() and line.isprintable() else "".join(map(_shown, line))


def excerpt(text: str, most: int) -> str:
    """Return ``text`` as one line of at most so many characters, each run of blanks as one, what is cut off as an ellipsis.

    >>> excerpt("a long\\n  sentence", 8)
    'a long …'
    """
    line = one_line(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"


def visible(line: str) -> str:
    """Return one line of a file as it is, but for what a terminal would hide or obey, which is shown as an escape.

    >>> visible("a\\tb\\x1b[2J 👩\\u200d🎓")
    'a\\tb\\\\x1b[2J 👩\\u200d🎓'
    """
    return "".join(char if char == "\t" else _shown(char) for char in line)


def _shown(char: str) -> str:
    if "\udc80" <= char <= "\udcff":  # a byte that fits no encoding
        return f"\\x{ord(char) - 0xDC00:02x}"
    if unicodedata.category(char) in _HIDDEN and char != _JOINER:
        return char.encode("unicode_escape").decode("ascii")
    return char
