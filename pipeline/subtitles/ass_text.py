r"""The text of an ASS event as the text of a cue, and back, so that nothing is lost and nothing hostile gets in.

In a cue, ``{\i1}`` stays as it is, a comment ``{so}`` becomes ``{\*so}`` and a drawing ``{\=m 0 0 l 9 9}``, so that each of
them is markup for all who measure or read text; all else is what is seen. ``\N`` and ``\n`` are line breaks, ``\h`` is a
no-break space. A brace that is seen is written ``\{``, as libass reads it.
"""

from __future__ import annotations

import re
from itertools import chain

JOINER = "\u2060"
"""Takes no room: between ``\\`` and a letter, or ``{`` and ``\\``, it keeps them from being markup."""

_TOKEN = re.compile(rf"\\[{{}}Nnh{JOINER}]|\{{[^}}]*\}}")
_ESCAPE = re.compile(rf"\\[{{}}Nnh{JOINER}]")
_SIGNS = {"\\{": "{", "\\}": "}", "\\N": "\n", "\\n": "\n", "\\h": "\xa0", "\\" + JOINER: "\\"}
_MARKUP = re.compile(r"\{\\[^{}\n]*\}")  # never over two lines
_SPECIAL = re.compile(rf"[{{}}\n\xa0]|\\(?=[Nnh{{}}{JOINER}]|\Z)")
_WRITTEN = {"{": "\\{", "}": "\\}", "\n": "\\N", "\xa0": "\\h", "\\": "\\" + JOINER}
_DRAWS = re.compile(r"\\p(\d+)")


def cue_text(raw: str) -> str:
    r"""The text of a cue from what an event holds.

    >>> cue_text(r"{\i1}two{\i0}\Nlines{aside} \{1, 2\}")
    '{\\i1}two{\\i0}\nlines{\\*aside} {1, 2}'
    """
    if "\\" not in raw and "{" not in raw:
        return raw
    parts, seen, end, draws = [], "", 0, False
    closed = raw.rfind("}") + 1  # no block starts behind it; looking for its end from each brace would take long
    for match in chain(_TOKEN.finditer(raw, 0, closed), _ESCAPE.finditer(raw, closed)):
        seen += raw[end : match.start()]
        end = match.end()
        if match[0][0] == "\\":
            seen += match[0] if draws else _SIGNS[match[0]]
            continue
        block = match[0][1:-1].replace("{", "")
        parts += [
            _drawing(seen) if draws else guarded(seen),
            f"{{{block}}}" if block[:1] == "\\" else f"{{\\*{block}}}",
        ]
        seen = ""
        if scales := _DRAWS.findall(block):
            draws = scales[-1].strip("0") != ""
    seen += raw[end:]
    return "".join([*parts, _drawing(seen) if draws else guarded(seen)])


def guarded(text: str) -> str:
    """Text that is seen, with a joiner in what would be markup."""
    return _MARKUP.sub(lambda match: "{" + JOINER + match[0][1:], text) if "{\\" in text else text


def unguarded(text: str) -> str:
    """Text with no joiner where `guarded` puts one."""
    return text.replace("{" + JOINER + "\\", "{\\")


def _drawing(commands: str) -> str:
    bare = commands.translate({ord("{"): None, ord("}"): None})
    return f"{{\\={bare}}}" if bare.strip() else ""


def event_text(text: str) -> str:
    r"""What an event holds, in one line, from the text of a cue.

    >>> print(event_text("{\\an8}a set {1, 2}\nin C:\\new"))
    {\an8}a set \{1, 2\}\Nin C:\⁠new
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "{" not in text and "\\" not in text:
        return _escaped(text)
    parts, end = [], 0
    for match in _MARKUP.finditer(text):
        parts += [_escaped(text[end : match.start()]), _block(match[0])]
        end = match.end()
    return "".join([*parts, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _WRITTEN[match[0]], text)


def _block(block: str) -> str:
    if block[2:3] == "=":
        return block[3:-1]
    return f"{{{block[3:]}" if block[2:3] == "*" else block


def is_drawing(text: str) -> bool:
    """Whether a cue shows nothing but a drawing."""
    return "{\\=" in text and not _MARKUP.sub("", text).strip()
