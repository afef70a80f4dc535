"""Rules on the form of messages: line breaks, the marks that begin a block, emphasis, and marks that stray into a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.model import Edit, Severity
from pipeline.text.lazily import lazily
from pipeline.text.markup import SYNTAX
from pipeline.text.said import phrase, said, said_of
from pipeline.validator.markup_parts import Piece, blank, is_code, sources_of, without_codes, without_comments
from pipeline.validator.messages import Remark, Translation, message_rule

# What is said of line breaks that begin and end a text, by whether they are added (True) or missing.
_EDGES = {
    (True, None): said("the translation begins with a line break"),
    (False, None): said("the translation does not begin with the line break of its source"),
    (None, True): said("the translation ends with a line break"),
    (None, False): said("the translation does not end with the line break of its source"),
    (True, True): said("the translation begins with a line break and ends with a line break"),
    (True, False): said("the translation begins with a line break and does not end with the line break of its source"),
    (False, True): said("the translation does not begin with the line break of its source and ends with a line break"),
    (False, False): said(
        "the translation does not begin with the line break of its source "
        "and does not end with the line break of its source"
    ),
}
_BLANK_LINES = re.compile(r"\n[ \t]*+\n\s*+")


@message_rule("M119", "line-breaks-changed", "error")
def line_breaks_changed(translation: Translation) -> Iterator[Remark]:
    """A translation begins and ends with a line break where its source does, and has as many paragraphs and lines of code."""
    source, target = translation.source, translation.target
    if source == target or ("\n" not in source and "\n" not in target and "\r" not in source + target):
        return
    edges = _edges(source, target)
    if edges:
        yield edges
    else:
        yield from _inner_breaks(translation)


def _edges(source: str, target: str) -> Remark | None:
    """What is said of the line breaks that begin and end a text, with one edit for both."""
    mended = target
    at_start: bool | None = None  # whether a break is added, missing, or as it should be
    at_end: bool | None = None
    if (source[:1] == "\n") != (target[:1] == "\n"):
        at_start = target[:1] == "\n"
        mended = mended.lstrip("\r\n") if at_start else "\n" + mended
    if source.endswith(("\n", "\r")) != target.endswith(("\n", "\r")):
        at_end = target.endswith(("\n", "\r"))
        mended = mended.rstrip("\r\n") if at_end else mended + source[len(source.rstrip("\r\n")) :]
    if at_start is None and at_end is None:
        return None
    at = (0, min(1, len(target))) if at_start is not None else (max(0, len(target) - 1), len(target))
    return Remark(_EDGES[at_start, at_end], at, fix="begin and end it as the source", edit=Edit(mended))


def _inner_breaks(translation: Translation) -> Iterator[Remark]:
    source, target = translation.source.strip(" \n"), translation.target.strip(" \n")
    if ("\r" in source) != ("\r" in target):
        yield Remark(
            "the line breaks are of another kind (CR) than in the source", fix="write line breaks as in the source"
        )
        return
    if is_code(source):
        yield from _code_lines(source, target)
        return
    before, after = len(_BLANK_LINES.findall(source)), len(_BLANK_LINES.findall(target))
    if before != after and "```" not in source:
        words = said_of(
            after + 1,
            "the translation has {number} paragraph instead of {before}",
            "the translation has {number} paragraphs instead of {before}",
            before=before + 1,
        )
        yield Remark(words, fix="keep the paragraphs of the source", severity="warning")
    elif source.count("\n") != target.count("\n") and "```" not in source:
        words = said_of(
            target.count("\n") + 1,
            "the translation has {number} line instead of {before}",
            "the translation has {number} lines instead of {before}",
            before=source.count("\n") + 1,
        )
        yield Remark(words, fix="keep the lines where they matter", severity=_weight(source))


def _code_lines(source: str, target: str) -> Iterator[Remark]:
    """The lines of a program but for comments, which may run over more or fewer lines in another language."""
    before, after = (
        sum(line.strip() != "" for line in without_comments(text).split("\n")) for text in (source, target)
    )
    if before != after:
        words = said_of(
            after,
            "the translation has {number} line of code instead of {before}",
            "the translation has {number} lines of code instead of {before}",
            before=before,
        )
        yield Remark(words, fix="keep the lines of code as they are", severity="warning")


def _weight(source: str) -> Severity:
    """How much the lines of a source matter: those of soft-wrapped prose can fall anywhere."""
    lines = source.split("\n")
    matters = any(_BLOCK.match(line) or line.endswith(("  ", "\\", ".", ":", "|", "?", "!")) for line in lines[:-1])
    return "warning" if matters else "info"


_BLOCK = re.compile(
    r"[ \t]{0,3}(?:(?P<level>#{1,6})[ \t]|(?P<bullet>[-*+])[ \t]|(?P<number>\d{1,4}[.)])[ \t]|(?P<quote>>)[ \t]?)"
)
_BLOCK_GLUED = re.compile(r"\s*(?:[#＃]+|[-*+•·]|[（(]?[\d一二三四五六七八九十]+[.)、．）]|[>＞])\s*")
_MISSING = {
    "level": phrase("the heading {mark} that begins the text is missing"),
    "bullet": phrase("the list mark {mark} that begins the text is missing"),
    "number": phrase("the list number {mark} that begins the text is missing"),
    "quote": phrase("the quotation mark {mark} that begins the text is missing"),
}
_MISSING_OF_LINE = {
    "level": phrase("the heading of the line {line!r} is missing"),
    "bullet": phrase("the list mark of the line {line!r} is missing"),
    "number": phrase("the list number of the line {line!r} is missing"),
    "quote": phrase("the quotation mark of the line {line!r} is missing"),
}
_ADDED = {
    "level": phrase("the text begins with {mark}, which makes a heading of it"),
    "quote": phrase("the text begins with {mark}, which makes a quotation of it"),
}


@message_rule("M160", "block-mark-changed", "error")
def block_mark_changed(translation: Translation) -> Iterator[Remark]:
    """A translation begins with the mark of a heading, list or quotation, of the same level, where its source does."""
    before = _BLOCK.match(translation.source)
    if before and "\n" in translation.source:
        yield from _marks_of_lines(translation)
    if not before:
        yield from _mark_of_its_own(translation)
        return
    after = _BLOCK.match(translation.target)
    kind = before.lastgroup or ""
    if after and after.lastgroup == kind:
        if kind == "level" and len(before[kind]) != len(after[kind]):
            mended = before[kind] + translation.target[after.end(kind) :]
            levels = len(after[kind]), len(before[kind])
            words = said("the heading is of level {level} instead of {due}", level=levels[0], due=levels[1])
            fix = said("write {text}", text=before[kind])
            yield Remark(words, after.span(kind), before.span(kind), fix, Edit(mended))
        elif kind == "number" and before[kind] != after[kind]:
            words = said("the list number {number} became {other}", number=before[kind], other=after[kind])
            fix = said("write {text}", text=before[kind])
            yield Remark(words, after.span(kind), before.span(kind), fix, severity="warning")
        return
    glued = _BLOCK_GLUED.match(translation.target)
    mended = before[0] + translation.target[glued.end() if glued else 0 :].lstrip()
    words = said(_MISSING[kind], mark=before[kind])
    at, fix = glued.span() if glued else (0, 1), said("begin with {mark}", mark=before[kind])
    yield Remark(words, at, before.span(kind), fix, Edit(mended, is_safe=not glued))


def _marks_of_lines(translation: Translation) -> Iterator[Remark]:
    """What is said of a list in one message whose translation has as many lines and fewer of its marks."""
    lines, others = translation.source.split("\n"), translation.target.split("\n")
    if len(lines) != len(others) or is_code(translation.source):
        return
    for line, other in zip(lines[1:], others[1:], strict=True):
        mark = _BLOCK.match(line)
        if mark and other.strip() and not _BLOCK.match(other):
            kind = mark.lastgroup or ""
            words = said(_MISSING_OF_LINE[kind], line=other.strip()[:30])
            yield Remark(words, fix=said("write {text}", text=mark[kind]))
            return


def _mark_of_its_own(translation: Translation) -> Iterator[Remark]:
    after = _BLOCK.match(translation.target)
    if after and after.lastgroup in {"level", "quote"} and translation.source[:1] not in "#>":
        mark = after[after.lastgroup]
        words = said(_ADDED[after.lastgroup], mark=mark)
        yield Remark(words, after.span(after.lastgroup), fix=said("remove {text}", text=mark), severity="warning")


_EMPHASIS = re.compile(
    r"(?<!\\)(?:\*{2,3}(?!\*)|(?<!\*)\*(?![*\s])|(?<![*\s])\*(?!\*)|~~(?!~)|(?<!\w)__(?=\w)|(?<=\w)__(?!\w))"
)


_STRUCK = re.compile(r"~~|<(?:s|del|strike)\b")


def _emphasis(text: str) -> list[Piece]:
    if "*" not in text and "~~" not in text and "__" not in text:
        return []
    shown = SYNTAX.sub(blank, without_codes(text))
    return [Piece(match[0][:2], match[0], *match.span()) for match in _EMPHASIS.finditer(shown)]


@message_rule("M161", "emphasis-unpaired", "warning")
def emphasis_unpaired(translation: Translation) -> Iterator[Remark]:
    """Every mark of emphasis in a translation, such as **, is closed, and what is struck out stays so."""
    if "~~" in translation.source and not _STRUCK.search(translation.target):
        marks = [piece for piece in _emphasis(translation.source) if piece.key == "~~"]
        if len(marks) > 1 and len(marks) % 2 == 0:
            spot = (marks[0].start, marks[1].end)
            yield Remark("what is struck out is no longer so", source_at=spot, fix="write ~~ around it")
    if "*" not in translation.target and "~~" not in translation.target and "__" not in translation.target:
        return
    if "**" in translation.source:
        yield from _weakened(translation)
    uneven = [
        mark
        for mark in ("**", "*", "~~", "__")
        if translation.form >= 0 or translation.target.count(mark) % 2 != translation.source.count(mark) % 2
    ]
    if uneven:
        yield from _not_closed(translation, uneven)


_ESCAPED_STRONG = re.compile(r"\\\*\\?\*")


def _weakened(translation: Translation) -> Iterator[Remark]:
    """What to say where all that is bold in the source is in italics in the translation, or stands in asterisks."""
    source, target = translation.source, translation.target
    if "**" in target.replace("\\**", "") or is_code(source):
        return
    bold = [piece for piece in _emphasis(source) if piece.key == "**"]
    if not bold:
        return
    escaped = _ESCAPED_STRONG.search(without_codes(target))
    if escaped and not _ESCAPED_STRONG.search(source):
        edit = Edit(_ESCAPED_STRONG.sub("**", target), is_safe=False)
        yield Remark("the marks ** are escaped: the page shows them", escaped.span(), bold[0].spot, "write **", edit)
    elif _count(target, "*") > 1 and not _count(source, "*"):
        yield Remark("what is bold in the source is in italics", source_at=bold[0].spot, fix="write ** around it")


def _count(text: str, mark: str) -> int:
    return sum(piece.key == mark for piece in _emphasis(text))


def _not_closed(translation: Translation, uneven: list[str]) -> Iterator[Remark]:
    marks = _emphasis(translation.target)
    last = {piece.key: piece for piece in marks}
    has = Counter(piece.key for piece in marks)
    odd = [mark for mark in uneven if has[mark] % 2]
    had = [Counter(piece.key for piece in _emphasis(source)) for source in sources_of(translation)] if odd else []
    for mark in odd:
        if any(each[mark] % 2 for each in had) or (mark in ("__", "*") and not had[0][mark]):
            continue
        words = said("a mark {mark} is not closed", mark=mark)
        yield Remark(words, last[mark].spot, fix=said("put the other {mark} where it belongs", mark=mark))


_HAN = "\u3400-\u9fff\u3000-\u303f\uff00-\uffef"
_STRAY = lazily(rf"[<>{{}}\\^~|`](?<=[{_HAN}].)(?=[{_HAN}])")  # the mark first: it is looked for at once


def _strays(text: str) -> list[Piece]:
    shown = SYNTAX.sub(blank, without_codes(text))
    return [Piece(match[0], match[0], *match.span()) for match in _STRAY.finditer(shown)]


@message_rule("M164", "stray-mark", "warning")
def stray_mark(translation: Translation) -> Iterator[Remark]:
    """No mark of code or markup stands between the words of a translation that its source does not have."""
    target = translation.target
    if not _STRAY.search(target):
        return
    for piece in {each.text: each for each in _strays(target)}.values():
        if target.count(piece.text) > max(source.count(piece.text) for source in sources_of(translation)):
            mended = target[: piece.start] + target[piece.end :]
            words = said("the mark {mark} stands in the sentence and not in the source", mark=piece.text)
            yield Remark(words, piece.spot, fix="remove it", edit=Edit(mended, is_safe=False))
            return
