"""Pieces of markup in a source and its translation: what is lost, what is added, and where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Severity
from pipeline.text.markup import CODE_SPAN
from pipeline.text.said import said
from pipeline.validator.messages import Remark, Translation

_FENCE = re.compile(r"^[ \t>]*+(`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^[ \t>]*+\1[`~]*+[ \t]*+$|\Z)", re.DOTALL | re.MULTILINE)
_RST = re.compile(r":[a-z][a-z0-9+._-]*+:`[^`]|[^`\s]`__?(?!\w)|(?<!`)``(?!`)[^`]|::\s*\Z")
_NOT_CODE = re.compile(r"__?(?!\w)|:[a-z]")
_ROLE_BEFORE = re.compile(r":[a-z][a-z0-9+._-]{0,40}+:\Z")
_ESCAPED_TICK = re.compile(r"(?<![`\\\w])\\`(?!`)")
_VISIBLE = re.compile(r"[^\n]")
SHOWN = 60  # characters of a piece in a message


class Piece(NamedTuple):
    """A piece of markup: what it counts as, as it is written, and where it stands in code points."""

    key: str
    text: str
    start: int
    end: int

    @property
    def spot(self) -> tuple[int, int]:
        """Its place in the text."""
        return self.start, self.end

    @property
    def shown(self) -> str:
        """It as it is written, on one line, shortened."""
        text = " ".join(self.text.split())
        return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


class Difference(NamedTuple):
    """The pieces that only the source has, and those that only the translation has."""

    lost: list[Piece]
    added: list[Piece]


Pieces = Callable[[str], list[Piece]]


def difference(before: Sequence[Piece], after: Sequence[Piece]) -> Difference:
    """Return what two lists of pieces do not share, in any order, counted; the last ones of equal pieces differ."""
    if [piece.key for piece in before] == [piece.key for piece in after]:
        return Difference([], [])
    return Difference(_without(before, after), _without(after, before))


def _without(pieces: Sequence[Piece], others: Sequence[Piece]) -> list[Piece]:
    left = Counter(piece.key for piece in others)
    rest = []
    for piece in pieces:
        if left[piece.key] > 0:
            left[piece.key] -= 1
        else:
            rest.append(piece)
    return rest


def sources_of(translation: Translation) -> tuple[str, ...]:
    """Return the texts that a translation may follow: a plural form follows either of the two that English has."""
    if translation.form < 0:
        return (translation.source,)
    return translation.source, translation.message.msgid, translation.message.msgid_plural


def nearest_difference(translation: Translation, pieces: Pieces) -> Difference:
    """Return in what a translation differs from the source, or from the other plural form where that is nearer."""
    after = pieces(translation.target)
    found = [difference(pieces(source), after) for source in sources_of(translation)]
    return min(found, key=lambda each: len(each.lost) + len(each.added))


def remarks_on(changed: Difference, named: str, severity: Severity | None = None) -> Iterator[Remark]:
    """Yield one remark for all that differs, with the first of it as its spots.

    ``named`` is the form that names the pieces, such as "the tag {pieces}".
    """
    lost, added = changed
    if not lost and not added:
        return
    at, source_at = added[0].spot if added else None, lost[0].spot if lost else None
    if lost and added:
        words = said("{lost} became {added}", lost=said(named, pieces=_list(lost)), added=_list(added))
        fix = said("write {piece} as in the source", piece=lost[0].shown)
    elif lost:
        words = said("{pieces} is missing", pieces=said(named, pieces=_list(lost)))
        fix = said("put {piece} into the translation", piece=lost[0].shown)
    else:
        words = said("{pieces} is not in the source", pieces=said(named, pieces=_list(added)))
        fix = said("remove {text}", text=added[0].shown)
    yield Remark(words, at, source_at, fix, severity=severity)


def _list(pieces: Sequence[Piece]) -> str:
    first = ", ".join(piece.shown for piece in pieces[:3])
    return first if len(pieces) <= 3 else said("{pieces} and {number} more", pieces=first, number=len(pieces) - 3)


def found_by(pattern: re.Pattern[str], text: str) -> list[Piece]:
    """Return what a pattern finds, as pieces that count as what they say but for blanks."""
    return [Piece(" ".join(match[0].split()), match[0], *match.span()) for match in pattern.finditer(text)]


def is_rst(text: str) -> bool:
    """Whether a text is reStructuredText: it has roles, references or literals of it."""
    return "`" in text and _RST.search(text) is not None


def code_spans(text: str) -> list[Piece]:
    """Return the code spans of a text; what backticks mean in reStructuredText besides is none."""
    if "`" not in text:
        return []
    return [
        Piece(" ".join(match[2].split()), match[0], *match.span())
        for match in CODE_SPAN.finditer(_ESCAPED_TICK.sub("  ", without_fences(text)))
        if len(match[1]) > 1
        or not (
            _NOT_CODE.match(text, match.end()) or _ROLE_BEFORE.search(text, max(0, match.start() - 42), match.start())
        )
    ]


def without_fences(text: str) -> str:
    """``text`` of the same length with blanks for its fenced code."""
    if "```" not in text and "~~~" not in text:
        return text
    return _FENCE.sub(blank, text)


@lru_cache(maxsize=8)  # a rule asks several times for the texts of one message
def without_codes(text: str) -> str:
    """``text`` of the same length with blanks for its fenced code and its code spans."""
    if "`" not in text and "~~~" not in text:
        return text
    text = without_fences(text)
    kept, start = [], 0
    for span in code_spans(text):
        kept += [text[start : span.start], " " * (span.end - span.start)]
        start = span.end
    return "".join([*kept, text[start:]])


def fences(text: str) -> list[Piece]:
    """Return the fenced code blocks of a text."""
    if "```" not in text and "~~~" not in text:
        return []
    return found_by(_FENCE, text)


def blank(match: re.Match[str]) -> str:
    """Return as many blanks as a match has characters; lines stay lines."""
    return _VISIBLE.sub(" ", match[0])


_CODE_LINE = re.compile(
    r"(?: {4}|\t).*\S|.*[;{}]\s*\Z|(?:[\w.]+ = |import |from \w+ import|def |class |fn |let |[$>]{1,3} ).*|.*\):?\Z"
)
_CODE_SIGN = re.compile(r"[;{}=()$]|\n(?: {4}|\t)")


def is_code(text: str) -> bool:
    """Whether the lines of a text are those of a program: a third of them looks so."""
    if not _CODE_SIGN.search(text) or "```" in text or "~~~" in text:
        return False  # of a text with fenced code, that code is looked at
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and sum(_CODE_LINE.match(line) is not None for line in lines) * 3 >= len(lines)


_COMMENTS = re.compile(
    r"\"\"\".*?(?:\"\"\"|\Z)|'''.*?(?:'''|\Z)|/\*.*?(?:\*/|\Z)|(?<!\S)(?://|#|--)[^\n]*+|^[ \t]*+\*[^\n]*+",
    re.DOTALL | re.MULTILINE,
)


def without_comments(text: str) -> str:
    """A program of the same length with blanks for its comments and docstrings; lines stay lines."""
    return _COMMENTS.sub(blank, text)
