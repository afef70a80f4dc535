"""The bytes of a catalog as text and back, in the charset that its header names."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.text.said import said, said_of

_HEADER = re.compile(rb'msgid[ \t]*""[ \t\r]*\n[ \t]*msgstr((?:[ \t]*"[^\n]*(?:\n|\Z))+)')
_DECLARED = re.compile(r'(?:^|"|\\n)Content-Type:[^"\n]*?charset=([^\s;"\\]+)', re.IGNORECASE)
# The encodings that gettext accepts (po_charset), under Python's names; all hold ASCII unchanged.
_ACCEPTED = re.compile(
    r"utf[-_]?8|(?:us-)?ascii|iso[-_]8859-\d+|latin-?1|koi8-[rut]|cp(?:1|125|8|9)\d+|windows-125\d|gb2312|gbk|gb18030|"
    r"euc-(?:jp|kr)|big5(?:-?hkscs)?|shift_jis|sjis|johab|tis-620",
    re.IGNORECASE,
)
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_UTF8 = "utf-8"
_BINARY = said("the file is no text")
_BARE_UTF16 = re.compile(rb"(?:[\t\n\r -~]\0){4}|(?:\0[\t\n\r -~]){4}")  # without a byte order mark
_HEAD = 8192  # bytes in which a file that is no text has a NUL
ESCAPED = "surrogateescape"  # the error handler that keeps undecodable bytes


class Decoded(NamedTuple):
    """The text, the Python codec that turns it back into the same bytes, and what was wrong with them.

    ``offset`` is that of the first undecodable byte, as an index of the text. Where the file is not refused, gettext reads
    it all the same.
    """

    text: str
    charset: str
    problem: str = ""
    fix: str = ""
    offset: int = 0
    is_readable: bool = True
    is_refused: bool = True


def decoded(data: bytes) -> Decoded:
    """Return the text of the catalog; bytes that the charset does not allow become lone surrogates.

    A catalog without a charset, or with one that gettext does not know, is read as UTF-8.
    """
    if problem := _no_text(data):
        fix = said("restore the file") if problem == _BINARY else said("save it as UTF-8")
        return Decoded(data.decode(_UTF8, ESCAPED), _UTF8, problem, fix, is_readable=False)
    return _read(data)


def _no_text(data: bytes) -> str:
    """What is to be said of bytes that are no text in any charset of gettext; empty for those that are."""
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return said("the file is UTF-32, which no gettext tool reads")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or _BARE_UTF16.match(data):
        return said("the file is UTF-16, which no gettext tool reads")
    return _BINARY if b"\0" in data[:_HEAD] and b"msgid" not in data else ""


def _read(data: bytes) -> Decoded:
    header = _HEADER.search(data)
    declared = declared_in(header[1].decode("latin-1")) if header else "CHARSET"
    if declared == "CHARSET":
        return _in_utf8(data, "UTF-8")
    if not _holds_ascii(declared):
        text = data.decode(_UTF8, ESCAPED)
        problem = said("unknown charset {charset!r}", charset=declared)
        fix = said("declare charset=UTF-8 and save the file so")
        return Decoded(text, _UTF8, problem, fix, is_refused=re.search("[\udc80-\udcff]", text) is not None)
    if declared.lower() in ("utf-8", "utf8", "utf_8", "ascii", "us-ascii"):
        return _in_utf8(data, declared)
    text = data.decode(declared, ESCAPED)
    if text.encode(declared, ESCAPED) != data:
        text = data.decode(_UTF8, ESCAPED)
        problem = said("the bytes of the file are not proper {charset}", charset=declared)
        return Decoded(text, _UTF8, problem, said("save it as UTF-8"))
    return _with_problem(text, declared, declared)


def declared_in(header: str) -> str:
    """Return the charset that a header names, "CHARSET" if none, as in templates."""
    found = _DECLARED.search(header)
    return found[1] if found else "CHARSET"


def codec_for(charset: str) -> str:
    """Return the charset if gettext and Python know it, otherwise UTF-8."""
    return charset if _holds_ascii(charset) else _UTF8


def encoded(text: str, charset: str) -> bytes:
    """Return the text in the charset, with the bytes that could not be decoded as they were.

    Raises:
        UnicodeEncodeError: the charset has not all characters of the text.
    """
    return text.encode(charset, ESCAPED)


def _in_utf8(data: bytes, declared: str) -> Decoded:
    try:
        text = data.decode(_UTF8)
    except UnicodeDecodeError:
        return _with_problem(data.decode(_UTF8, ESCAPED), _UTF8, declared)
    if "ascii" in declared.lower() and not text.isascii():
        problem = said("the header declares {charset}, but the file is UTF-8", charset=declared)
        return Decoded(text, _UTF8, problem, said("declare charset=UTF-8"))
    return Decoded(text, _UTF8)


def _with_problem(text: str, charset: str, declared: str) -> Decoded:
    escaped = None if text.isascii() else re.search("[\udc80-\udcff]", text)
    if escaped is None:
        return Decoded(text, charset)
    # counted without a list of them: a file that is no text has millions
    number = len(encoded(text, charset)) - len(text.encode(charset, "ignore"))
    problem = said_of(
        number,
        "1 byte is no {charset}; the first is 0x{byte:02x}",
        "{number} bytes are no {charset}; the first is 0x{byte:02x}",
        charset=declared,
        byte=ord(escaped[0]) - 0xDC00,
    )
    fix = said("save the file in the charset that its header names")
    return Decoded(text, charset, problem, fix, escaped.start())


def _holds_ascii(charset: str) -> bool:
    if not _ACCEPTED.fullmatch(charset):
        return False
    try:
        return _ASCII.encode(charset) == _ASCII.encode("ascii")
    except (LookupError, UnicodeError):
        return False
