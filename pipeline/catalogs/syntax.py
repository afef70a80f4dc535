"""The grammar of a PO file: where each message stands in the text, and what it says.

One regular expression reads messages in the usual layout at about 200 MB/s. What it refuses goes to
`statements.py`, which reads token by token and can say what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from pipeline.catalogs.statements import Statement, Unreadable, message_statements, next_message
from pipeline.catalogs.strings import unescaped, unquoted
from pipeline.text.said import said

_STRING = r'[ \t]*+"[^"\\\n]*+(?:\\(?:[abfnrtv"\\0-7]|x[0-9A-Fa-f])[^"\\\n]*+)*+"[ \t\r]*+(?:\n|\Z)'


def _body(mark: str, previous: str) -> str:
    """Return the pattern of a message after its comments, where ``mark`` and ``previous`` begin its lines.

    Groups: previous texts, msgctxt, msgid, msgstr, msgid_plural, msgstr[n].
    """
    strings = rf"{_STRING}(?:{mark}{_STRING})*+"
    return (
        rf"((?:{previous}msg(?:ctxt|id_plural|id){_STRING}(?:{previous}{_STRING})*+)*+)"
        rf"(?:{mark}msgctxt({strings}))?+{mark}msgid({strings})"
        rf"(?:{mark}msgstr({strings})|{mark}msgid_plural({strings})((?:{mark}msgstr\[\d\]{strings})++))"
    )


_LIVE = _body("", r"#[|][ \t]*+")
_OBSOLETE = _body(r"#~[ \t]*+", r"#~[|][ \t]*+")
# gettext lets a message go on after blank lines.
_NO_MORE = r'(?![ \t\r\n\f\v]*+(?:#~[ \t\r\f\v]*+)?(?:"|msgstr|msgid_plural))'
_MESSAGE = re.compile(rf"[ \t\r\n\f\v]*+((?:#(?![~|]).*+\n)*+)(?:{_LIVE}|{_OBSOLETE}){_NO_MORE}")
_PLURAL, _OBSOLETE_PLURAL = 7, 13  # groups
_PREVIOUS = re.compile(rf"(msgctxt|msgid_plural|msgid)({_STRING}(?:#~?[|]{_STRING})*+)")
_FORM = re.compile(rf"msgstr\[(\d)\]({_STRING}(?:(?:#~)?{_STRING})*+)")
_ESCAPE = re.compile(r'\\(?:[abfnrtv"\\0-7\n]|x[0-9A-Fa-f])|(\\.)')
_REFERENCE = re.compile(r"(?:\u2068([^\u2069]*)\u2069|(\S+?))(?:\s*:\s*([0-9]+))?(?=\s|\Z)")
_BLANKS = re.compile(r"[ \t\r\n\f\v]*")
_MOST_FAULTS = 10_000  # a file that is no catalog has one in every line
_LINE_END = re.compile(r"[ \t\r]*\n?")


class Problem(NamedTuple):
    """A fault in the text: its offset, what it is, and what to do."""

    offset: int
    message: str
    fix: str


class Stretch(NamedTuple):
    """A part of the text: a message with its comments, or, kept as it is, something that is none."""

    start: int
    end: int
    is_message: bool = True
    problems: tuple[Problem, ...] = ()


@dataclass
class Fields:
    """What a message says, under the names polib gives to the parts.

    polib has no name for ``sticky``, the flags of ``#=`` lines, and for ``blank_comments``: "#" or "#." where such a
    line stands alone, which leaves ``tcomment`` or ``comment`` empty.
    """

    msgid: str = ""
    msgstr: str = ""
    msgctxt: str | None = None
    msgid_plural: str = ""
    msgstr_plural: dict[int, str] = field(default_factory=dict)
    obsolete: bool = False
    encoding: str = "utf-8"
    comment: str = ""
    tcomment: str = ""
    occurrences: list[tuple[str, str]] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    sticky: tuple[str, ...] = ()
    blank_comments: tuple[str, ...] = ()
    previous_msgctxt: str | None = None
    previous_msgid: str | None = None
    previous_msgid_plural: str | None = None


def stretches(text: str) -> Iterator[Stretch]:
    """Yield the messages and the broken parts in reading order; between them are only blanks, after them comments.

    What follows ``_MOST_FAULTS`` faults is one broken part.
    """
    match, position, faults = _MESSAGE.match, int(text.startswith("\ufeff")), 0
    while faults < _MOST_FAULTS:
        found = match(text, position)
        if found and found[_PLURAL] is found[_OBSOLETE_PLURAL]:  # both None: the order of msgstr[n] needs no check
            stretch: Stretch | None = Stretch(found.start(1), found.end())
        else:
            stretch = _unusual_stretch(text, position)
        if stretch is None:
            return
        yield stretch
        position = stretch.end
        faults += len(stretch.problems)
    start = _end_of(_BLANKS, text, position)
    if start < len(text):
        fix = said("mend what stands above first, or restore the file")
        what = said("from here on the file is not read: it has {number:,} faults before", number=faults)
        yield Stretch(start, len(text), False, (Problem(start, what, fix),))


def fields_of(text: str, charset: str) -> Fields:
    """Return what the text of one message says."""
    found = _MESSAGE.match(text)
    if found is None:
        return _fields_of_statements(message_statements(text, 0), charset)
    notes, *groups = found.groups()
    obsolete = groups[2] is None
    previous, context, msgid, msgstr, plural, forms = groups[6:] if obsolete else groups[:6]
    fields = Fields(msgid=unquoted(msgid, charset), obsolete=obsolete, encoding=charset)
    if msgstr is not None:
        fields.msgstr = unquoted(msgstr, charset)
    else:
        fields.msgid_plural = unquoted(plural, charset)
        fields.msgstr_plural = {int(n): unquoted(form, charset) for n, form in _FORM.findall(forms)}
    if context is not None:
        fields.msgctxt = unquoted(context, charset)
    for keyword, strings in _PREVIOUS.findall(previous) if previous else ():
        setattr(fields, f"previous_{keyword}", unquoted(strings, charset))
    if notes:
        _read_comments(fields, notes.split("\n")[:-1])
    return fields


def _unusual_stretch(text: str, position: int) -> Stretch | None:
    start = _end_of(_BLANKS, text, position)
    try:
        statements = message_statements(text, position)
    except Unreadable as error:
        broken = text[start : next_message(text, error)].rstrip(" \t\r\n\f\v")
        end = _end_of(_LINE_END, text, start + len(broken))
        return Stretch(start, end, False, (Problem(error.offset, error.message, error.fix),))
    if not statements:
        return None
    end = _end_of(_LINE_END, text, statements[-1].end)
    faults = (problem for statement in statements for problem in _bad_escapes(text, statement))
    problems = tuple(islice(faults, _MOST_FAULTS))
    return Stretch(start, end, statements[-1].kind != "domain", problems)


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _bad_escapes(text: str, statement: Statement) -> Iterator[Problem]:
    if statement.kind == "#":
        return
    for escape in _ESCAPE.finditer(text, statement.start, statement.end):
        if escape[1]:
            what = said("unknown escape {escape} in a string", escape=escape[0])
            yield Problem(escape.start(), what, "write \\\\ for a backslash")


def _fields_of_statements(statements: list[Statement], charset: str) -> Fields:
    fields = Fields(encoding=charset, obsolete="~" in statements[-1].mode)
    for statement in statements:
        if statement.kind == "msgstr[]":
            fields.msgstr_plural[statement.number] = unescaped(statement.raw, charset)
        elif statement.kind != "#":
            name = ("previous_" if statement.kind == "|" else "") + statement.keyword
            setattr(fields, name, unescaped(statement.raw, charset))
    lines = [line.lstrip() for comments in statements if comments.kind == "#" for line in comments.raw.split("\n")]
    _read_comments(fields, [line for line in lines if line])
    return fields


def _read_comments(fields: Fields, lines: list[str]) -> None:
    translator, extracted = [], []
    for raw in lines:
        line = raw.rstrip("\r")
        kind, rest = line[1:2], line[2:]
        if kind == ":":
            fields.occurrences += references(rest)
        elif kind == ".":
            extracted.append(rest.removeprefix(" "))
        elif kind == ",":
            fields.flags += flags_in(rest)
        elif kind == "=":
            fields.sticky += tuple(flags_in(rest))
        else:
            translator.append(line[1:].removeprefix(" "))
    fields.tcomment, fields.comment = "\n".join(translator), "\n".join(extracted)
    if translator == [""] or extracted == [""]:
        fields.blank_comments = tuple(mark for mark, found in (("#", translator), ("#.", extracted)) if found == [""])


def flags_in(line: str) -> list[str]:
    """Return the flags of a line, without the ``#,`` or ``#=`` before them."""
    return [flag for part in line.split(",") if (flag := part.strip())]


def references(line: str) -> list[tuple[str, str]]:
    """Return (path, line number or "") of each place named after ``#:``; a path with blanks is in U+2068 … U+2069.

    >>> references("a.md:3 b.md \u2068c d.md\u2069:12")
    [('a.md', '3'), ('b.md', ''), ('c d.md', '12')]
    """
    if "\u2068" in line or " :" in line or ": " in line:
        return [(isolated or path, number) for isolated, path, number in _REFERENCE.findall(line)]
    places = [word.rpartition(":") for word in line.split()]
    return [
        (path, number) if path and number.isdecimal() else (path + colon + number, "") for path, colon, number in places
    ]
