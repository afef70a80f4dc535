"""A PO file token by token, as GNU gettext reads it: for layouts out of the ordinary, and to say what is wrong.

A message may be spread over lines, or share one, as it likes; only comments end with their line, and ``#~`` and
``#|`` hold for the rest of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.text.said import said

_BLANK = r"(?:[ \t\r\n\f\v]|\\\n)"  # gettext joins lines at a final backslash
# Comments that follow each other are one token: a file of nothing else would be millions of them.
_COMMENTS = r"#[^\n]*+(?:\n[ \t\r\n\f\v]*+#(?![~|])[^\n]*+)*+"
_TOKEN = re.compile(
    rf"{_BLANK}*+(?:(?P<mark>#~\|?|#\|)|(?P<comment>{_COMMENTS})"
    r'|"(?P<string>[^"\\\n]*+(?:\\[\s\S][^"\\\n]*+)*+)"'
    rf"|(?P<keyword>[A-Za-z_]+)|\[{_BLANK}*(?P<index>[0-9]{{1,9}}){_BLANK}*\]|(?P<stray>.)|\Z)"
)
_FIRST_LINE = re.compile(r'^[ \t]*+(?:#~[ \t]*+)?msg(?:ctxt|id)[ \t]*+"|^<{7}(?: |$)', re.MULTILINE)
_MARKER = re.compile(r"<{7}|={7}|>{7}|\|{7}")  # a line of a merge conflict
_CONFLICT = re.compile(r"<{7}(?: [^\n]*)?\r?\n(?:(?!<{7}).*\n)*?>{7}.*\n?")

# What may stand before each kind of statement; "" is the start of the message.
_AFTER = {
    "#": ("", "#", "|"),
    "|": ("", "#", "|"),
    "domain": ("", "#"),
    "msgctxt": ("", "#", "|"),
    "msgid": ("", "#", "|", "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid",),
    "msgstr[]": ("msgid_plural", "msgstr[]"),
}
_COMPLETE = ("msgstr", "msgstr[]", "domain")


class Token(NamedTuple):
    """A token with its offsets in the text; ``mode`` is "~", "|" or "~|" after such a mark on the same line."""

    kind: str
    value: str
    start: int
    end: int
    mode: str


class Statement(NamedTuple):
    """Comment lines, or a keyword with its strings; ``raw`` is still escaped and ``number`` that of ``msgstr[n]``.

    ``kind`` is the keyword, "#" for comments and "|" for a previous text, whose keyword is then ``keyword``.
    """

    kind: str
    keyword: str
    number: int
    raw: str
    start: int
    end: int
    mode: str


class Unreadable(Exception):  # noqa: N818 - it never reaches a user: it becomes a finding
    """What broke a message: the place, what to say of it, and the offset from which the next message may start."""

    def __init__(self, offset: int, resume: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.offset, self.resume, self.message, self.fix = offset, resume, message, fix


def message_statements(text: str, position: int) -> list[Statement]:
    """Return the statements of the message at ``position``; nothing when only comments and blanks are left.

    Raises:
        Unreadable: the text there is no message; everything up to ``next_message`` belongs to the broken stretch.
    """
    read: list[Statement] = []
    kind = ""
    try:
        for statement in _statements(text, position):
            if kind in _COMPLETE and not kind == statement.kind == "msgstr[]":
                return read
            _check_order(text, read, statement)
            read.append(statement)
            kind = statement.kind
    except Unreadable as error:
        # A fault on a later line is not this message's; on the same line it is: an inner quote without backslash.
        if kind in _COMPLETE and "\n" in text[read[-1].end : error.offset]:
            return read
        raise
    if kind in ("", "#"):
        return []
    if kind not in _COMPLETE:
        raise _incomplete(read, len(text))
    return read


def next_message(text: str, error: Unreadable) -> int:
    """Return the offset of the first line of the next message after the error, its comments included."""
    found = _FIRST_LINE.search(text, error.resume)
    if found is None:
        return len(text)
    start = found.start()
    while start > error.resume:
        above = max(text.rfind("\n", 0, start - 1) + 1, error.resume)
        line = text[above:start]
        if above == start or not line.startswith("#") or (line.startswith("#~") and not line.startswith("#~|")):
            break
        start = above
    return start


def _tokens(text: str, position: int) -> Iterator[Token]:
    mode = ""
    while found := _TOKEN.match(text, position):
        kind = found.lastgroup
        if kind is None:
            return
        start = found.start(kind) - (kind in ("string", "index"))
        if "\n" in text[position:start]:
            mode = ""
        position = found.end()
        if kind == "mark":
            mode = found[kind][1:]
        else:
            yield Token(kind, found[kind], start, position, mode)


def _statements(text: str, position: int) -> Iterator[Statement]:
    tokens = _tokens(text, position)
    token = next(tokens, None)
    while token is not None:
        if token.kind == "comment":
            yield Statement("#", "#", -1, token.value, token.start, token.end, "")
            token = next(tokens, None)
            continue
        first, number = _keyword(text, token), -1
        token = next(tokens, None)
        if token is not None and token.kind == "index" and first.value == "msgstr":
            number, token = int(token.value), next(tokens, None)
        strings = []
        while token is not None and token.kind == "string":
            if token.mode != first.mode:
                raise _mixed(token.start)
            strings.append(token)
            token = next(tokens, None)
        if not strings or (token is not None and token.value == '"'):
            raise _without_string(text, first, token)
        kind = "|" if "|" in first.mode else first.value + ("[]" if number >= 0 else "")
        raw = "".join(string.value for string in strings)
        yield Statement(kind, first.value, number, raw, first.start, strings[-1].end, first.mode)


def _keyword(text: str, token: Token) -> Token:
    """Return the token if a statement may begin with it."""
    known = ("msgctxt", "msgid", "msgid_plural") if "|" in token.mode else (*_AFTER, "msgstr")
    if token.kind == "keyword" and token.value in known:
        return token
    resume = _line_end(text, token.start)
    if token.kind == "stray" and _MARKER.match(text, token.start):
        raise _conflict(text, token.start, resume)
    if token.kind == "stray" and token.value == '"':
        raise Unreadable(
            token.start, resume, said("this string has no closing quote"), said('put a " at the end of the line')
        )
    what = said("a string without a keyword")
    if token.kind != "string":
        what = said("unexpected {what}", what=_shown(text, token.start))
    fix = said('write \\" for a quote inside a string; a line that is no comment starts with msgid, msgstr or a quote')
    raise Unreadable(token.start, resume, what, fix)


def _conflict(text: str, offset: int, resume: int) -> Unreadable:
    """Return what is wrong with a whole conflict, or with the marker that is left of one."""
    whole = _CONFLICT.match(text, offset)
    if whole is None:
        fix = said("decide for one side, delete the other and the marker lines")
        return Unreadable(offset, resume, said("a marker line of a merge conflict is left in the file"), fix)
    lines = whole[0].count("\n", 0, -1) + 1
    fix = said(
        "between <<<<<<< and >>>>>>> stand both versions, with ======= between them: keep one, delete the marker lines"
    )
    what = said("a merge conflict of {lines} lines is left in the file", lines=lines)
    return Unreadable(offset, whole.end(), what, fix)


def _without_string(text: str, keyword: Token, token: Token | None) -> Unreadable:
    name = keyword.value
    if token is None or token.kind == "comment" or token.value in _AFTER:
        resume = len(text) if token is None else token.start
        fix = said('write {name} "" for an empty text', name=name)
        return Unreadable(keyword.start, resume, said("{name} has no text", name=name), fix)
    resume = _line_end(text, token.start)
    if token.value == '"':
        fix = said('put a " at the end of the line, and \\n inside the string for a line break')
        return Unreadable(token.start, resume, said("a string of this {name} has no closing quote", name=name), fix)
    what = said("{name} is followed by {what}", name=name, what=_shown(text, token.start))
    return Unreadable(token.start, resume, what, said("put the text between double quotes"))


def _check_order(text: str, read: list[Statement], statement: Statement) -> None:
    before = read[-1].kind if read else ""
    if before not in _AFTER[statement.kind]:
        if before in ("msgctxt", "msgid", "msgid_plural"):
            raise _incomplete(read, statement.start)
        what, fix = (
            said("{name} without a msgid before it", name=statement.keyword),
            said("put the missing msgid line back"),
        )
        raise Unreadable(statement.start, _line_end(text, statement.start), what, fix)
    forms = read[-1].number + 1 if before == "msgstr[]" else 0
    if statement.kind == "msgstr[]" and statement.number != forms:
        what = said("msgstr[{number}] stands where msgstr[{due}] is due", number=statement.number, due=forms)
        raise Unreadable(statement.start, _line_end(text, statement.start), what, said("number the forms from 0"))
    first = next((earlier for earlier in read if earlier.kind != "#"), statement)
    if statement.kind != "#" and first.mode.rstrip("|") != statement.mode.rstrip("|"):
        raise _mixed(statement.start)


def _mixed(offset: int) -> Unreadable:
    what = said("some lines of this message are marked with #~ or #| and some are not")
    return Unreadable(offset, offset, what, said("mark all of them or none"))


def _incomplete(read: list[Statement], resume: int) -> Unreadable:
    fault = next((statement for statement in read if statement.kind != "#"), read[-1])
    if read[-1].kind == "msgid_plural":
        what, fix = said("msgstr[0] is missing after msgid_plural"), said('add msgstr[0] ""')
        return Unreadable(fault.start, resume, what, fix)
    if read[-1].kind == "msgid":
        return Unreadable(fault.start, resume, said("msgstr is missing after msgid"), said('add msgstr "" after it'))
    return Unreadable(fault.start, resume, said("msgid is missing"), said("add the msgid that this belongs to"))


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def _shown(text: str, offset: int) -> str:
    line = text[offset : _line_end(text, offset)].rstrip()
    return repr(line if len(line) <= 40 else line[:39] + "…")
