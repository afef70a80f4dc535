"""The quoted strings of a PO file: text to `"…"` and back."""

from __future__ import annotations

import re

try:
    from _json import encode_basestring  # in C; the package around it takes 2 ms to load
except ImportError:  # not CPython
    from json.encoder import encode_basestring

from pipeline.text.lazily import lazily

__all__ = ["encode_basestring", "quoted", "unescaped", "unquoted"]

_SIMPLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\", "\n": ""}
_BYTE = r"\\(?:[0-7]{1,3}|x[0-9A-Fa-f]+)"
_ESCAPE = lazily(rf"((?:{_BYTE})+)|\\(.)", re.DOTALL)
_ONE_BYTE = lazily(_BYTE)
_BETWEEN = lazily(r'"[ \t\r]*\n(?:#~?\|?)?[ \t]*"')
_GETTEXT_ESCAPES = str.maketrans({value: "\\" + name for name, value in _SIMPLE.items() if value})


def quoted(text: str) -> str:
    r"""Return the text between quotes, with the escapes gettext writes: ``\a \b \f \n \r \t \v \\ \"``.

    >>> print(quoted('a "b"\n'))
    "a \"b\"\n"
    """
    # The C encoder of JSON writes the same escapes, except for the control characters that it writes as \u00xx.
    literal = encode_basestring(text)
    return f'"{text.translate(_GETTEXT_ESCAPES)}"' if "\\u" in literal else literal


def unquoted(literals: str, charset: str) -> str:
    r"""Return the text of the quoted strings, one a line, with or without ``#~`` or ``#|`` before each.

    >>> unquoted('""\n"caf\\303\\251\\n"\n', "utf-8")
    'café\n'
    """
    stripped = literals.strip()
    if "\n" in stripped:
        stripped = stripped.replace('"\n"', "")
        if "\n" in stripped:
            stripped = _BETWEEN.sub("", stripped)
    return unescaped(stripped[1:-1], charset)


def unescaped(text: str, charset: str) -> str:
    """Return what the inside of a quoted string says; octal and hexadecimal escapes are bytes in ``charset``.

    An escape that gettext does not know stays as it is.
    """
    if "\\" not in text:
        return text
    if "\\\\" not in text:  # then no backslash can be the second half of another escape
        text = text.replace('\\"', '"').replace("\\n", "\n")
        if "\\" not in text:
            return text

    def meaning(escape: re.Match[str]) -> str:
        numbers, name = escape.groups()
        if numbers is None:
            return _SIMPLE.get(name, escape[0])
        return bytes(map(_byte, _ONE_BYTE.findall(numbers))).decode(charset, "surrogateescape")

    return _ESCAPE.sub(meaning, text)


def _byte(escape: str) -> int:
    return int(escape[2:], 16) & 0xFF if escape[1] == "x" else int(escape[1:], 8) & 0xFF
