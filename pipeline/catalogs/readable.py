"""A catalog as people compare it: a block a message, texts unwrapped and without quotes, no places."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polib

from pipeline.catalogs.charset import decoded
from pipeline.catalogs.po import read_catalog
from pipeline.text.printable import visible

# What a terminal would hide or obey: few lines have any of it, and `visible` looks at each character.
_UNSAFE = re.compile(
    "^.*[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff].*$", re.M
)


def readable(data: bytes) -> str:
    """Return the text of a catalog, for reading only; of a broken one, the file as it is.

    It changes where a translator or a template changed something, and not where only line numbers moved or lines were
    broken anew.
    """
    catalog = read_catalog(data)
    if catalog.findings or catalog.kept:
        text = decoded(data).text
    else:
        head = [_header(catalog.head)] if catalog.head is not None else []
        text = "\n".join([*head, *("\n".join([*_lines(message), ""]) for message in catalog)])
    return _UNSAFE.sub(lambda line: visible(line[0]), text.replace("\r\n", "\n"))


def _header(head: polib.POEntry) -> str:
    comment = "".join(f"# {line}".rstrip() + "\n" for line in head.tcomment.split("\n")) if head.tcomment else ""
    return f"{comment}{_flags(head)}{head.msgstr}"


def _flags(message: polib.POEntry) -> str:
    return f"#, {', '.join(message.flags)}\n" if message.flags else ""


def _lines(message: polib.POEntry) -> Iterator[str]:
    for mark, comment in (("#", message.tcomment), ("#.", message.comment)):
        if comment:
            yield from (f"{mark} {line}".rstrip() for line in comment.split("\n"))
    if message.flags:
        yield _flags(message).rstrip()
    gone = "#~ " if message.obsolete else ""
    for name in ("msgctxt", "msgid", "msgid_plural"):
        if (before := getattr(message, f"previous_{name}")) is not None:
            yield from _text(f"{gone}#| {name}", before)
    if message.msgctxt is not None:
        yield from _text(f"{gone}msgctxt", message.msgctxt)
    yield from _text(f"{gone}msgid", message.msgid)
    if not message.msgstr_plural:
        yield from _text(f"{gone}msgstr", message.msgstr)
        return
    yield from _text(f"{gone}msgid_plural", message.msgid_plural)
    for number in sorted(message.msgstr_plural):
        yield from _text(f"{gone}msgstr[{number}]", message.msgstr_plural[number])


def _text(name: str, text: str) -> Iterator[str]:
    """The lines of a text behind its name; further ones stand below it, where no line begins otherwise."""
    first, *others = text.split("\n")
    yield f"{name} {first}".rstrip()
    yield from (f"    {line}".rstrip() for line in others)
