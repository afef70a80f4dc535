"""A message as msgcat writes it, with the unknown flags and ``#=`` lines that msgcat drops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import polib

from pipeline.catalogs.wrap import PAGE_WIDTH, reference_lines, string_lines

# The order in which gettext names the formats of a message.
_FORMATS = (
    "c", "objc", "c++", "python", "python-brace", "java", "java-printf", "csharp", "javascript", "scheme", "lisp",
    "elisp", "librep", "ruby", "sh", "awk", "lua", "object-pascal", "smalltalk", "qt", "qt-plural", "kde", "kde-kuit",
    "boost", "tcl", "perl", "perl-brace", "php", "gcc-internal", "gfc-internal", "ycp",
)  # fmt: skip
_RANK = {"fuzzy": -1} | {
    f"{wish}{name}-format": rank for rank, name in enumerate(_FORMATS) for wish in ("", "no-", "possible-")
}
_RANGE, _WRAP, _UNKNOWN = len(_FORMATS), len(_FORMATS) + 1, len(_FORMATS) + 2
# A directive and its conversion, which is missing where it is not valid; gettext then looks no further.
_DIRECTIVE = re.compile(
    r"%(?:\([^)]*\))?(?:\d+\$)?[ #+'I0-]*(?:\d+|\*)?(?:\.(?:\d+|\*)?)?(?:hh?|ll?|[Lqjzt])?([diouxXeEfFgGcrsaApnCSm%]?)"
)


def rendered(message: polib.POEntry, width: int) -> str:
    r"""Return the lines of the message, each ended by ``\n``, in msgcat's form.

    ``width`` is in columns; NEWLINES_ONLY breaks strings after newlines only.
    """
    return "\n".join([*_comment_lines(message, width), *_text_lines(message, width)]) + "\n"


def canonical_flags(flags: Iterable[str]) -> list[str]:
    """Return the flags, each once, in gettext's order; those that gettext does not know come last.

    What holds anyway, "wrap", goes.

    >>> canonical_flags(["max-length:20", "no-wrap", "python-format", "fuzzy"])
    ['fuzzy', 'python-format', 'no-wrap', 'max-length:20']
    """
    return sorted(dict.fromkeys(flag for flag in flags if flag != "wrap"), key=_flag_rank)


def directives_for(flags: Sequence[str]) -> re.Pattern[str] | None:
    """Return the pattern of the format directives inside which a message of these flags is not broken."""
    return _DIRECTIVE if "python-format" in flags or "c-format" in flags else None


def _flag_rank(flag: str) -> int:
    if flag.startswith("range:"):
        return _RANGE
    return _WRAP if flag in ("wrap", "no-wrap") else _RANK.get(flag, _UNKNOWN)


def _comment_lines(message: polib.POEntry, width: int) -> Iterator[str]:
    blank: Sequence[str] = getattr(message, "blank_comments", ())
    for mark, comment in (("#", message.tcomment), ("#.", message.comment)):
        if comment or mark in blank:
            yield from (f"{mark} {line}" if line else mark for line in comment.split("\n"))
    if message.occurrences:
        yield from reference_lines(message.occurrences, width or PAGE_WIDTH)
    flags = canonical_flags(message.flags)
    if "fuzzy" in flags and not _has_translation(message):
        flags.remove("fuzzy")  # nothing is there to be checked
    if flags:
        yield "#, " + ", ".join(flags)
    sticky: Sequence[str] = getattr(message, "sticky", ())
    if sticky:
        yield "#= " + ", ".join(sticky)


def _has_translation(message: polib.POEntry) -> bool:
    # msgcat looks at the first form only, and would have the others pass for checked
    return bool(message.msgstr or any(message.msgstr_plural.values()))


def _text_lines(message: polib.POEntry, width: int) -> Iterator[str]:
    flags = message.flags
    if "no-wrap" in flags:
        width = 0
    directives = directives_for(flags)
    mark, before = ("#~ ", "#~| ") if message.obsolete else ("", "#| ")
    for keyword, text in _previous(message):
        yield from string_lines(before, keyword, text, width, directives)
    for keyword, text in _current(message):
        yield from string_lines(mark, keyword, text, width, directives)


def _previous(message: polib.POEntry) -> Iterator[tuple[str, str]]:
    for keyword in ("msgctxt", "msgid", "msgid_plural"):
        text: str | None = getattr(message, f"previous_{keyword}")
        if text is not None:
            yield keyword, text


def _current(message: polib.POEntry) -> Iterator[tuple[str, str]]:
    if message.msgctxt is not None:
        yield "msgctxt", message.msgctxt
    yield "msgid", message.msgid
    if not message.msgid_plural and not message.msgstr_plural:
        yield "msgstr", message.msgstr
        return
    yield "msgid_plural", message.msgid_plural
    # The forms must be numbered from 0 without a gap, or gettext refuses the file.
    forms = {int(number): text for number, text in message.msgstr_plural.items()} or {0: message.msgstr}
    yield from ((f"msgstr[{number}]", forms.get(number, "")) for number in range(max(forms) + 1))
