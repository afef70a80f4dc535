"""The lines of a PO file as msgcat breaks them, and the width at which a file is broken."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, islice, pairwise

from pipeline.catalogs.linebreak import (
    ascii_lines,
    chinese_lines,
    classes_of,
    columns,
    cuts,
    may_break,
    profile_of,
    widths_of,
)
from pipeline.catalogs.strings import quoted
from pipeline.text.lazily import lazily

PAGE_WIDTH = 79  # columns; what gettext's programs write unless told otherwise
NEWLINES_ONLY = 0  # instead of a width: strings are broken after \n only, as with --no-wrap

_QUOTES = 2
_SEPARATOR = lazily("(?<=[\x85\u2028\u2029])")
_UNSPLIT = lazily(r"\\\\")
_MARK = r"(?:#~?\|?[ \t]*)?"
_CONTINUED = lazily(rf'^({_MARK})"((?!")[^"\\\n]*+(?:\\.[^"\\\n]*+)*+)"[ \t\r]*\n(?={_MARK}"(\S*\s?))', re.MULTILINE)
_LONG = lazily(r'^(?:[^"#\n]|#[~|])*+".{44,}"[ \t\r]*$', re.MULTILINE)
_ENOUGH = 5000  # lines looked at to tell the width of a file
_CONVINCING = 20  # broken lines without which a file is not taken for a narrow one
_LEAST = 20


def string_lines(
    prefix: str, keyword: str, text: str, width: int, directives: re.Pattern[str] | None = None
) -> list[str]:
    r"""Return the lines of ``keyword "text"``, each after ``prefix``, none wider than ``width`` columns if possible.

    ``directives`` finds the format directives inside which msgcat breaks no line, with the conversion as its group.

    >>> string_lines("", "msgid", "one\ntwo", NEWLINES_ONLY)
    ['msgid ""', '"one\\n"', '"two"']
    """
    return literal_lines(prefix, keyword, [quoted(portion)[1:-1] for portion in _portions(text)], width, directives)


def literal_lines(
    prefix: str, keyword: str, literals: list[str], width: int, directives: re.Pattern[str] | None = None
) -> list[str]:
    """Return what `string_lines` does, from what stands between the quotes, cut after each newline."""
    if not width:
        lines = literals if len(literals) > 1 else []
    else:
        room = width - len(prefix) - _QUOTES
        if len(literals) == 1:
            lines = _lines_below(literals[0], room, room - len(keyword) - 1, directives)
        else:
            lines = [line for literal in literals for line in _wrapped(literal, room, directives)]
    if not lines:
        return [f'{prefix}{keyword} "{literals[0]}"']
    return [f'{prefix}{keyword} ""', *[f'{prefix}"{line}"' for line in lines]]


def reference_lines(places: Iterable[tuple[str, str]], width: int = PAGE_WIDTH) -> list[str]:
    """Return the ``#:`` lines that name the places (path, line number or ""), filled to ``width`` bytes, as by msgcat.

    >>> reference_lines([("a.md", "3"), ("b c.md", "12"), ("d.md", "")])
    ['#: a.md:3 \u2068b c.md\u2069:12 d.md']
    """
    lines: list[str] = []
    used = width
    for full_path, number in dict.fromkeys(places):
        path = re.sub(r"^(?:\./)+", "", full_path)
        shown = f"\u2068{path}\u2069" if re.search(r"\s", path) else path
        place = f" {shown}:{number}" if number else f" {shown}"
        size = len(place.encode("utf-8", "replace"))
        if lines and used + size <= width:
            lines[-1] += place
            used += size
        else:
            lines.append("#:" + place)
            used = 2 + size
    return lines


def wrap_of_text(text: str) -> int:
    """Return the width at which most strings of the catalog's text are broken, or NEWLINES_ONLY.

    Each line that goes on in the next one says: the width is at least mine, and less than mine with the next piece.
    """
    changes: Counter[int] = Counter()
    broken = 0
    for prefix, line, following in map(re.Match.groups, islice(_CONTINUED.finditer(text), _ENOUGH)):
        if not line.endswith("\\n"):
            broken += 1
            least = len(prefix) + columns(line) + _QUOTES
            changes[least] += 1
            changes[least + max(1, columns(following if following.isascii() else following[:1]))] -= 1
    if not broken:
        return NEWLINES_ONLY
    width = _most_voted(changes, broken)
    unbroken = sum(columns(found[0]) > width + 1 for found in islice(_LONG.finditer(text), _ENOUGH))
    return NEWLINES_ONLY if unbroken >= broken else width


def _most_voted(changes: Counter[int], broken: int) -> int:
    edges = sorted(changes)
    votes = dict(zip(edges, accumulate(changes[edge] for edge in edges), strict=True))
    best = max(votes, key=lambda edge: (votes[edge], edge))
    usual = votes[edges[max(0, bisect_right(edges, PAGE_WIDTH) - 1)]]
    if usual * 20 >= votes[best] * 19 or best < _LEAST or (best < PAGE_WIDTH and broken < _CONVINCING):
        return PAGE_WIDTH
    return best


def _portions(text: str) -> list[str]:
    """Return the text cut after each newline; an empty text is one empty portion."""
    if "\n" not in text:
        return [text]
    *ended, last = text.split("\n")
    portions = [portion + "\n" for portion in ended]
    return [*portions, last] if last else portions


def _protected(literal: str, directives: re.Pattern[str] | None) -> set[int]:
    """Return the indexes before which no line ends: inside ``\\\\`` and directives, and before a last ``\\n``."""
    inside = {found.start() + 1 for found in _UNSPLIT.finditer(literal)}
    if literal.endswith("\\n"):
        inside.add(len(literal) - 2)
    for found in directives.finditer(literal) if directives else ():
        if not found[1]:
            break
        inside.update(range(found.start() + 1, found.end()))
    return inside


def _lines_below(only: str, room: int, room_beside: int, directives: re.Pattern[str] | None) -> list[str]:
    """Return the lines under the keyword of a text of one line, none where it stands beside the keyword."""
    if 2 * len(only) <= room_beside or (only.isascii() and len(only) <= room_beside):
        return []
    lines = _wrapped(only, room, directives)
    if len(lines) > 1:
        return lines
    may_stay = columns(only) <= room_beside or len(_wrapped(only, 1, directives)) == 1
    return [] if may_stay else lines


def _wrapped(literal: str, room: int, directives: re.Pattern[str] | None) -> list[str]:
    size = len(literal)
    if 2 * size <= room or (size <= room and literal.isascii()):
        return [literal]
    is_plain = "   " not in literal and "\\\\\\" not in literal and not (directives and "%" in literal)
    if not is_plain:
        return _wrapped_with_care(literal, room, directives)
    if literal.isascii() and literal.isprintable():
        return ascii_lines(room)(literal)
    return chinese_lines(literal, room) or _wrapped_by_profile(literal, room)


def _wrapped_by_profile(literal: str, room: int) -> list[str]:
    profile = None if "\\\\" in literal else profile_of(literal)
    if profile is None:
        return _wrapped_with_care(literal, room, None)
    if literal.endswith("\\n"):
        profile = profile[:-2] + "}}"  # no line ends before or inside these classes
    ends = [0, *accumulate(cuts(profile, room))]
    return [literal[start:end] for start, end in pairwise(ends)]


def _wrapped_with_care(literal: str, room: int, directives: re.Pattern[str] | None) -> list[str]:
    if columns(literal) <= room:
        return [literal]
    lines = [""]
    # A line or paragraph separator starts the count of columns anew, but does not end the line in the file.
    for run in _SEPARATOR.split(literal):
        first, *others = _filled(run, room, _protected(run, directives))
        lines[-1] += first
        lines += others
    return lines


def _filled(run: str, room: int, protected: set[int]) -> list[str]:
    """Return the run cut at the last place that fits on each line, or the next one where none does."""
    classes, size = classes_of(run), len(run)
    reach: Sequence[int] = range(size + 1) if run.isascii() and run.isprintable() else [0, *accumulate(widths_of(run))]
    lines, start = [], 0
    while reach[size] - reach[start] > room:
        limit = max(start, bisect_right(reach, reach[start] + room) - 1)
        for cut in chain(range(limit, start, -1), range(limit + 1, size)):
            if cut not in protected and may_break(classes, cut):
                break
        else:
            break
        lines.append(run[start:cut])
        start = cut
    return [*lines, run[start:]]
