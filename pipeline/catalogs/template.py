"""Templates: the messages of a page as the bytes of a .pot file, fast enough for a thousand pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from pipeline.catalogs.header import header_with, template_metadata
from pipeline.catalogs.strings import quoted
from pipeline.catalogs.wrap import NEWLINES_ONLY, string_lines
from pipeline.model import Message

_DIRECTIVE = re.compile(r"%[ #+'0-]*\d*(?:\.\d+)?(?:hh|h|ll|[lLqjzt])?[AEFGXacdefgiopsux]|%\(")
_BLANK = re.compile(r"\s|[\u2068\u2069]")
_NOT_A_FORMAT = "#, no-c-format, no-python-format\n"


def template_bytes(messages: Iterable[Message], *, project: str, date: str) -> bytes:
    """Return the .pot file of the messages, in their order, without translations.

    ``project`` is "name version" and ``date`` a ``YYYY-MM-DD HH:MM+ZZZZ``. References stand one a line; a blank in a
    path is percent-encoded, because most tools split references at blanks. A text in which a tool could see a format
    directive ("50% discount") is marked as none. Messages without text are left out: an empty msgid is the header.
    """
    header = header_with("", template_metadata(project, date))
    blocks = [f"{_string('msgid', '')}{_string('msgstr', header)}"]
    blocks += [_block(message) for message in messages if message.msgid]
    return "\n".join(blocks).encode("utf-8", "surrogateescape")


def _block(message: Message) -> str:
    msgid = message.msgid
    notes = ""
    if message.notes:
        lines = "\n".join(message.notes).replace("\n", "\n#. ")
        notes = f"#. {lines}\n".replace("#. \n", "#.\n")
    places = "".join([f"#: {_without_blanks(path)}:{line}\n" for path, line in message.references])
    flags = _NOT_A_FORMAT if "%" in msgid and _DIRECTIVE.search(msgid) else ""
    context = "" if message.context is None else _string("msgctxt", message.context)
    text = _string("msgid", msgid)
    return f'{notes}{places}{flags}{context}{text}msgstr ""\n'


def _string(keyword: str, text: str) -> str:
    literal = quoted(text)
    if "\\" in literal and "\n" in text:
        return "\n".join(string_lines("", keyword, text, NEWLINES_ONLY)) + "\n"
    return f"{keyword} {literal}\n"


@lru_cache(maxsize=4096)
def _without_blanks(path: str) -> str:
    return _BLANK.sub(lambda blank: quote(blank[0]), path)
