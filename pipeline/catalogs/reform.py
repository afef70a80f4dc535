"""A whole catalog in msgcat's form straight from its text: what the fields of the messages say is never made.

This is for catalogs without faults in the usual layout, and in them for the messages that most of them consist of; the
others are rendered one by one. `writing.formatted` does the same for all catalogs, and takes five times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from pipeline.catalogs.charset import encoded
from pipeline.catalogs.form import canonical_flags, directives_for, rendered
from pipeline.catalogs.linebreak import ascii_lines, chinese_lines, columns, is_breakable
from pipeline.catalogs.message import Source, SourcedMessage
from pipeline.catalogs.syntax import flags_in, references, stretches
from pipeline.catalogs.wrap import PAGE_WIDTH, literal_lines, reference_lines
from pipeline.text.lazily import lazily

_SEAM = "\x02"  # where two lines of a string were joined
# A string that goes on after a comment, or whose line ends inside an escape.
_FAULTY_SEAM = re.compile(rf"\n#[^\n{_SEAM}]*{_SEAM}|(?<!\\)(?:\\\\)*+\\{_SEAM}")
# Printable characters, and the escapes that msgcat writes.
_CHARS = r'[^"\\\x00-\x01\x03-\x1f]*+'  # and seams
_LITERAL = rf'"{_CHARS}(?:\\[abfnrtv"\\]{_CHARS})*+"'
# Comments in msgcat's order and spelling.
_NOTES = rf"(?:#(?: [^\n{_SEAM}]+)?\n)*+(?:#\.(?: [^\n{_SEAM}]+)?\n)*+"
_STRINGS = (
    rf"(?:msgctxt {_LITERAL}\n)?+msgid {_LITERAL}\n"
    rf"(?:msgstr {_LITERAL}|msgid_plural {_LITERAL}\nmsgstr\[0\] {_LITERAL}(?:\nmsgstr\[[1-9]\] {_LITERAL})*+)"
)
# Groups: references, flags, #= lines and the strings.
_MESSAGE = lazily(rf"{_NOTES}((?:#: [^\n]*[^\s][^\n]*\n)*+)(#, [^\n]+\n)?+(#= [^\n]+\n)?+({_STRINGS})\n*")
_UNTRANSLATED = re.compile(r'^msgstr(?:\[0\])? ""$', re.MULTILINE)
_PORTION = re.compile(r"(?:[^\\]|\\[^n])*+(?:\\n)?")
_LONGEST_KEYWORD = len('msgid_plural ""')
_BETWEEN = '"\n"'  # two lines of a string
_PART = 1 << 17  # characters


class _UnusualError(Exception):
    """The catalog has to be read in the ordinary way."""


def reformed(text: str, width: int, charset: str) -> list[bytes] | None:
    """Return the parts of the bytes of a catalog with every message in msgcat's form, the obsolete ones last.

    None stands for a catalog that has to be read message by message: it has faults, or an unusual layout. ``width`` is in
    columns, or NEWLINES_ONLY; ``charset`` is that of the file.

    Raises:
        UnicodeEncodeError: The charset lacks a character that was written as octal escape.
    """
    if "\r" not in text:
        return _reformed(text, width, charset)
    if not text.count("\r") == text.count("\n") == text.count("\r\n"):
        return None
    parts = _reformed(text.replace("\r\n", "\n"), width, charset)
    return parts and [part.replace(b"\n", b"\r\n") for part in parts]


def _reformed(text: str, width: int, charset: str) -> list[bytes] | None:
    beginning = "\ufeff" if text.startswith("\ufeff") else ""
    parts: list[bytes] = []  # encoded at once, which takes a quarter of the memory
    obsolete: list[str] = []
    try:
        for part in _parts(text, len(beginning)):
            live: list[str] = []
            for message, is_obsolete in _messages(part, width, charset):
                (obsolete if is_obsolete else live).append(message)
            parts += [encoded("\n".join(live), charset)] if live else []
    except _UnusualError:
        return None
    parts += [encoded(message, charset) for message in obsolete]
    between = [b"\n"] * max(0, 2 * len(parts) - 1)
    between[::2] = parts
    return [encoded(beginning, charset), *between]


def _parts(text: str, start: int) -> Iterator[str]:
    """Yield the text in parts that begin after blank lines: what is small stays in the cache of the processor."""
    while start < len(text):
        end = text.find("\n\n", start + _PART)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end


def _messages(text: str, width: int, charset: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines of each message of the text, or of several in a row, ended by a newline, and whether it is obsolete.

    Raises:
        _UnusualError: A part of the text is no message between blank lines.
    """
    if _SEAM in text:
        raise _UnusualError
    joined = text.replace(_BETWEEN, _SEAM).strip("\n") + "\n\n"
    usual, broken, position = _usual(width).match, partial(_long_string(width).sub, _breaker(width)), 0
    while position < len(joined):
        if found := usual(joined, position):
            yield broken(found[0][:-2].replace(_SEAM, "")) + "\n", False
            position = found.end()
        elif joined[position] == "\n":
            position += 1
        else:
            end = joined.find("\n\n", position)
            yield from _unusual(joined[position:end], width, charset)
            position = end + 2


@lru_cache(maxsize=64)
def _usual(width: int) -> re.Pattern[str]:
    """Return the pattern of messages in a row of which only the strings may change, each with the blank line after it."""
    one_place = rf" (?!\./)[^\s\u2068{_SEAM}]+\n"
    is_full, is_double = rf"[^\n]{{{(width or PAGE_WIDTH) - 1}}}", r"[^\n]* ([!-~]++) (?:[^\n]* )?\1[ \n]"
    places = rf"(?!{is_full}|{is_double})(?: (?!\./|:)[!-~]++(?<!:))++\n"
    untranslated = rf'(?:msg(?:ctxt|id|id_plural) [^\n]*\n)++msgstr(?:\[0\])? "{_SEAM}*"\n'
    flags = rf"(?:#, fuzzy\n(?!{untranslated}))?+"
    return re.compile(rf"(?:{_NOTES}(?:#:(?:{one_place}|{places}))?+{flags}{_STRINGS}\n\n)++")


def _unusual(block: str, width: int, charset: str) -> Iterator[tuple[str, bool]]:
    if _FAULTY_SEAM.search("\n" + block):
        raise _UnusualError
    message = block.replace(_SEAM, "")
    found = _MESSAGE.fullmatch(message)
    shown = _shown(message, found, width) if found else None
    if shown is not None:
        yield shown, False
    else:
        yield from _one_by_one(message + "\n", width, charset)


def _shown(message: str, found: re.Match[str], width: int) -> str | None:
    places, flags, sticky, strings = found.groups()
    shown_flags, names = _flag_line(flags) if flags else ("", ())
    if "no-wrap" in names:
        width = 0
    directives = directives_for(names)
    if "fuzzy" in names and _UNTRANSLATED.search(strings):
        return None
    notes = message[: found.start(1)] + (_places(places, width) if places else "") + shown_flags + _sticky(sticky)
    breaker = _breaker(width) if directives is None else partial(_broken, width=width, directives=directives)
    return notes + _long_string(width).sub(breaker, strings) + "\n"


def _broken(string: re.Match[str], width: int, directives: re.Pattern[str] | None) -> str:
    keyword, plain, other = string.groups()
    return "\n".join(literal_lines("", keyword, _portions(plain or other or ""), width, directives))


@lru_cache(maxsize=64)
def _breaker(width: int) -> Callable[[re.Match[str]], str]:
    """Return what `_broken` does for messages that are no formats, with a short cut for the most usual strings."""
    room = width - len('""')
    cut = ascii_lines(room)

    def broken(string: re.Match[str]) -> str:
        keyword, plain, other = string.groups()
        beside = room - len(keyword) - 1
        lines: Sequence[str] | None = ()
        if plain and width and "   " not in plain:
            if len(plain) <= beside:
                return string[0]
            lines = cut(plain)
        elif not other or room <= 0 or "\\\\\\" in other:
            pass
        elif "\\n" in other:
            lines = _short_lines(other, room)
        elif "   " not in other:
            # what takes two columns takes three bytes of UTF-8 or more
            if len(other) <= beside and len(other) + len(other.encode("utf-8", "replace")) <= 2 * beside:
                return string[0]
            lines = chinese_lines(other, room)
        if not lines:
            return _broken(string, width, None)
        if len(lines) == 1 and (columns(lines[0]) <= beside or not is_breakable(lines[0])):
            return string[0]
        return f'{keyword} ""\n"{_BETWEEN.join(lines)}"'

    return broken


def _short_lines(literal: str, room: int) -> list[str]:
    """Return the literal cut after each newline; none where a line may be too long, or is the only one."""
    lines = _portions(literal)
    is_short = len(lines) > 1 and literal.isascii() and len(max(lines, key=len)) <= room
    return lines if is_short else []


@lru_cache(maxsize=64)
def _long_string(width: int) -> re.Pattern[str]:
    """Return the pattern of a string that may take more than a line.

    Groups: the keyword, then either ASCII without escapes but of quotes, or else all between the quotes.
    """
    is_long = rf"[^\n]{{{max(0, width - _LONGEST_KEYWORD) // 2},}}|" if width else ""
    plain = r'[ !#-\[\]-~]*+(?:\\"[ !#-\[\]-~]*+)*+'
    return re.compile(rf'^(msg[^ ]+) "(?={is_long}[^\n]*\\n)(?:({plain})"$|([^\n]*)"$)', re.MULTILINE)


def _portions(literal: str) -> list[str]:
    """Return the literal cut after each newline."""
    if "\\\\" in literal:
        return [portion for portion in _PORTION.findall(literal) if portion] or [""]
    if not 0 <= literal.find("\\n") < len(literal) - 2:
        return [literal]
    portions = literal.replace("\\n", "\\n\n").split("\n")
    return portions if portions[-1] else portions[:-1]


def _one_by_one(text: str, width: int, charset: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines of each message of the text and whether it is obsolete."""
    source, position = Source(text, charset), 0
    for start, end, is_message, problems in stretches(text):
        if problems or not is_message:
            raise _UnusualError
        message = SourcedMessage(source, position, start, end)
        yield rendered(message, width), bool(message.obsolete)
        position = end
    if text[position:].strip(" \t\n\f\v"):
        raise _UnusualError


def _places(lines: str, width: int) -> str:
    places = [place for line in lines.split("\n") for place in references(line[2:])]
    return "\n".join(reference_lines(places, width or PAGE_WIDTH)) + "\n"


@lru_cache(maxsize=1024)
def _flag_line(line: str) -> tuple[str, tuple[str, ...]]:
    flags = canonical_flags(flags_in(line[2:]))
    return ("#, " + ", ".join(flags) + "\n" if flags else ""), tuple(flags)


def _sticky(line: str | None) -> str:
    flags = flags_in(line[2:]) if line else []
    return "#= " + ", ".join(flags) + "\n" if flags else ""
