"""Templates: the messages of a page as the bytes of a .pot file, fast enough for a thousand pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache, partial
from typing import Literal
from urllib.parse import quote

from pipeline.catalogs.header import header_with, template_metadata
from pipeline.catalogs.strings import encode_basestring, quoted
from pipeline.catalogs.wrap import NEWLINES_ONLY, string_lines
from pipeline.model import Message
from pipeline.text.said import said

_DIRECTIVE = re.compile(r"%[ #+'0-]*\d*(?:\.\d+)?(?:hh|h|ll|[lLqjzt])?[AEFGXacdefgiopsux]|%\(")
_BLANK = re.compile(r"\s|[\u2068\u2069]")
_ANY_PROJECT = "\ue000"  # stands for the name of a project in a header that others share
_NOT_A_FORMAT = "#, no-c-format, no-python-format\n"

# How a template names the places of a message: path and line, path, not at all, or the line rounded down to a multiple.
References = Literal["full", "file", "none"] | int


def references_named(word: str) -> References:
    """Return the form of references that a word names.

    Raises:
        ValueError: It names none.
    """
    match word:
        case "full" | "file" | "none":
            return word
        case _ if word.isdecimal() and int(word):
            return int(word)
    raise ValueError(said("should be full, file, none or a number of lines"))


def template_bytes(
    messages: Iterable[Message], *, project: str, date: str, references: References = "full", bugs: str = ""
) -> bytes:
    """Return the .pot file of the messages, in their order, without translations.

    ``project`` is "name version" and ``date`` a ``YYYY-MM-DD HH:MM+ZZZZ``. References stand one a line; a blank in a
    path is percent-encoded, because most tools split references at blanks. A text in which a tool could see a format
    directive ("50% discount") is marked as none. Messages without text are left out: an empty msgid is the header.
    With other ``references`` than "full" a moved line changes fewer templates, or none. ``bugs`` is the address to which
    mistakes in the sources are reported.
    """
    blocks = [_header(project, date, bugs)]
    places = partial(_rounded_places, references) if isinstance(references, int) else _PLACES[references]
    blocks += [_block(message, places(message.references)) for message in messages if message.msgid]
    return "\n".join(blocks).encode("utf-8", "surrogateescape")


def _header(project: str, date: str, bugs: str) -> str:
    if project.isprintable() and _ANY_PROJECT not in date + bugs:  # of a thousand pages all but this is the same
        return _header_block(_ANY_PROJECT, date, bugs).replace(_ANY_PROJECT, quoted(project)[1:-1])
    return _header_block(project, date, bugs)


@lru_cache(maxsize=16)
def _header_block(project: str, date: str, bugs: str) -> str:
    header = header_with("", template_metadata(project, date, bugs))
    return f"{_string('msgid', '')}{_string('msgstr', header)}"


def _block(message: Message, places: str) -> str:
    msgid, said_context, _references, said, _msgstr, _fuzzy = message  # at once, in half the time
    notes = ""
    if said:
        lines = "\n".join(said).replace("\n", "\n#. ")
        notes = f"#. {lines}\n".replace("#. \n", "#.\n")
    flags = _NOT_A_FORMAT if "%" in msgid and _DIRECTIVE.search(msgid) else ""
    context = "" if said_context is None else _string("msgctxt", said_context)
    literal = encode_basestring(msgid)
    text = f"msgid {literal}\n" if "\\" not in literal else _string("msgid", msgid)  # without a call for nearly all
    return f'{notes}{places}{flags}{context}{text}msgstr ""\n'


def _full_places(references: Collection[tuple[str, int]]) -> str:
    if len(references) == 1:  # as nearly all have
        ((path, line),) = references
        return f"#: {_without_blanks(path)}:{line}\n"
    return "".join([f"#: {_without_blanks(path)}:{line}\n" for path, line in references])


def _file_places(references: Collection[tuple[str, int]]) -> str:
    return "".join([f"#: {_without_blanks(path)}\n" for path in dict.fromkeys(path for path, _ in references)])


def _no_places(_references: Collection[tuple[str, int]]) -> str:
    return ""


def _rounded_places(step: int, references: Collection[tuple[str, int]]) -> str:
    return _full_places(dict.fromkeys((path, max(1, line - line % step)) for path, line in references))


_PLACES = {"full": _full_places, "file": _file_places, "none": _no_places}


def _string(keyword: str, text: str) -> str:
    literal = encode_basestring(text)  # which is `quoted` where nothing is escaped
    if "\\" not in literal:
        return f"{keyword} {literal}\n"
    if "\n" in text:
        return "\n".join(string_lines("", keyword, text, NEWLINES_ONLY)) + "\n"
    return f"{keyword} {quoted(text)}\n"


@lru_cache(maxsize=4096)
def _without_blanks(path: str) -> str:
    return _BLANK.sub(lambda blank: quote(blank[0]), path)
