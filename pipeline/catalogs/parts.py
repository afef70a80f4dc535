"""A message and its translation taken apart side by side: rows, cells, items, lines, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from pipeline.text.lazily import lazily
from pipeline.text.sentences import sentences

_BLOCK_TAG = (
    r"</?(?:address|article|aside|blockquote|br|caption|center|col|colgroup|dd|details|div|dl|dt|figcaption|figure|h[1-6]"
    r"|header|hr|li|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b[^<>]*>"
)
_BLANK_LINE = r"\n[ \t]*\n"
_MARKER = r"(?:>[ \t]?)*(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,3}[.)、][ \t]+|\#{1,6}[ \t]+)"
_STRUCTURE = lazily(rf"{_BLOCK_TAG}|{_BLANK_LINE}|\n(?=[ \t]*{_MARKER})", re.IGNORECASE)
_ROWS = re.compile(rf"{_BLOCK_TAG}|\n|(?<!\\)\|", re.IGNORECASE)
_LINES = re.compile(rf"{_BLOCK_TAG}|\n", re.IGNORECASE)
_NAME = re.compile(r"</?\w+")
_LEAD = re.compile(rf"\s*{_MARKER}")
_TRAIL = re.compile(r"(?<=\S)[ \t]+#+\s*\Z")
_OPENING = re.compile(r"<([a-zA-Z]\w*)\b[^<>]*>")
_CLOSING = re.compile(r"</(\w+)\s*>")
_KEY = re.compile(r"""([A-Za-z_][\w.-]*):[ \t]+(?=\S)""")
_RULE = re.compile(r"[\s|:-]*")

_NUMBER = re.compile(r"\d+")
_WIDE = lazily(
    "[\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
)
_LINE_BREAK = re.compile(r"(?<![ \t])[ \t]*+\n\s*")


class Piece(NamedTuple):
    """A part of a source text and what it says in the translation.

    ``is_certain`` is False where only the number of the parts says which belong together.
    """

    source: str
    target: str
    is_certain: bool = True
    is_whole: bool = False


def pieces(source: str, target: str) -> Iterator[Piece]:
    """Yield the whole without the marks of its block, then its cells, items and lines where both sides have the same.

    What tags stand around is yielded with and without them.
    """
    yield from _piece(Piece(source, target, is_whole=True))
    for cell in _cells(source, target):
        yield from _piece(cell)


def sentence_pieces(source: str, target: str) -> list[Piece]:
    """Return the sentences of both where their numbers agree, else nothing."""
    left, right = sentences(source), sentences(target)
    if len(left) != len(right) or len(left) < 2 or not _say_the_same_numbers(left, right):
        return []
    return [Piece(one, other, is_certain=False) for one, other in zip(left, right, strict=True)]


def shares(parts: Sequence[str], source: str, target: str) -> list[str] | None:
    """Return which part of ``target`` belongs to each of the ``parts`` that ``source`` was split into, None if unknown.

    It is known where the sentences of both sides can be counted, or their lines and cells.
    """
    cells = _cells(source, target)
    if len(cells) == len(parts):
        return [cell.target for cell in cells]
    aligned = sentence_pieces(source, target)
    ends = list(accumulate(len(sentences(part)) for part in parts))
    if not aligned or ends[-1] != len(aligned):
        return None
    said = [piece.target for piece in aligned]
    return [glued(said[start:end]) for start, end in pairwise([0, *ends])]


def glued(texts: Sequence[str]) -> str:
    """Return the texts one after the other, with a blank between them where neither side is Chinese.

    >>> glued(["One.", "Two."]), glued(["一。", "二。"])
    ('One. Two.', '一。二。')
    """
    joined = ""
    for text in texts:
        needs_none = not joined or not text or _WIDE.match(joined[-1]) or _WIDE.match(text[0])
        joined += text if needs_none else f" {text}"
    return joined


def unwrapped(text: str) -> str:
    """Return a text on one line, its blanks single.

    >>> unwrapped("one\\n  two"), unwrapped("一\\n二")
    ('one two', '一二')
    """
    return " ".join(glued(_LINE_BREAK.split(text.strip())).split())


def _cells(source: str, target: str) -> list[Piece]:
    for boundary in _boundaries(source):
        (left, left_shape), (right, right_shape) = _cut(boundary, source), _cut(boundary, target)
        if len(left) == len(right) > 1:
            return [Piece(*both, left_shape == right_shape) for both in zip(left, right, strict=True)]
    return []


def _boundaries(source: str) -> tuple[re.Pattern[str], ...]:
    """Return where a text may be cut, the finest first."""
    if source.lstrip().startswith("|"):
        return _ROWS, _LINES
    return _LINES, _STRUCTURE


def _cut(boundary: re.Pattern[str], text: str) -> tuple[list[str], list[str]]:
    """Return the parts of a text that say something, and what stands between them, tags by their names."""
    shape, parts, start = [], [], 0
    for match in (*boundary.finditer(text), None):
        part = text[start : match.start() if match else len(text)].strip()
        if not _RULE.fullmatch(part):
            parts.append(part)
            shape.append("")
        if match:
            name = _NAME.match(match[0])
            shape += [name[0].casefold()] if name else ["|"] if match[0] == "|" else []
            start = match.end()
    return parts, shape


def _piece(part: Piece) -> Iterator[Piece]:
    one, other = unwrapped(_unmarked(part.source)), _unmarked(part.target).strip()
    other = unwrapped(other) if "\n" in other else other
    key = _KEY.match(one)
    if key and other.startswith(key[0]):
        one, other = _unquoted(one[key.end() :]), _unquoted(other[key.end() :])
    if one and other:
        yield part._replace(source=one, target=other)
        within, said = _wrapped(one), _wrapped(other)
        if within and said and within[:2] == said[:2]:
            yield part._replace(source=within[2], target=said[2])


def _wrapped(text: str) -> tuple[list[str], list[str], str] | None:
    """Return the names of the tags before and after a text and the text itself, None without such tags."""
    before, after = [], []
    while found := _OPENING.match(text):
        before.append(found[1].casefold())
        text = text[found.end() :].lstrip()
    while text.endswith(">") and (found := _CLOSING.fullmatch(text, max(text.rfind("<"), 0))):
        after.append(found[1].casefold())
        text = text[: found.start()].rstrip()
    return (before, after, text) if text and (before or after) else None


def _unmarked(text: str) -> str:
    lead = _LEAD.match(text)
    if not lead:
        return text
    return _TRAIL.sub("", text[lead.end() :]) if "#" in lead[0] else text[lead.end() :]


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] and text[0] in "\"'" else text


def _say_the_same_numbers(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether no sentence has a number on the right that stands in another sentence on the left."""
    known = [set(_NUMBER.findall(text)) for text in left]
    every = set().union(*known)
    return all(not (set(_NUMBER.findall(text)) & every) - here for text, here in zip(right, known, strict=True))
