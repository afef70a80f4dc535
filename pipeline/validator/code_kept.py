"""Rules on code in messages: what stands in backticks is not translated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Edit, Severity
from pipeline.text.said import said, said_of
from pipeline.text.script import has_han
from pipeline.validator.markup_parts import (
    Difference,
    Piece,
    code_spans,
    fences,
    is_code,
    is_rst,
    nearest_difference,
    remarks_on,
    sources_of,
    without_codes,
    without_comments,
    without_fences,
)
from pipeline.validator.messages import Remark, Translation, message_rule

_FULL_WIDTH = re.compile(r"[；，：（）！？＝＋＜＞｛｝［］＂＇“”‘’]")
_QUOTED_OR_NAMED = re.compile(r"\"[^\"]*+\"|'[^']*+'|<[^<>]*+>|\{[^{}]*+\}|//.*|#\s.*|/\*.*|\[[^\]]*+\]|--\s.*")
_ROUGHLY = re.compile(r"`++[^`]*+`*+")
_TICKS = re.compile(r"(?<!\\)`++")
_MARKDOWN, _ALL_MARKDOWN = re.compile(r"[\[\]<*_]"), re.compile(r"[\[\]<>*_#]")
_QUOTES = (("“", "”"), ('"', '"'), ("「", "」"), ("‘", "’"), ("'", "'"), ("『", "』"), ("«", "»"))


_MOST_TICKS = 1000  # each span is looked for in the whole text: what no person wrote is not taken apart


@message_rule("M116", "code-changed", "error")
def code_changed(translation: Translation) -> Iterator[Remark]:
    """A translation has the code of its source as it is: its code spans in any order, its code blocks line by line."""
    if "\n" in translation.source and is_code(translation.source):
        yield from _changed_program(translation)
        return
    if "`" not in translation.source and "`" not in translation.target and "~~~" not in translation.source:
        return
    if _sorted_code(translation.source) == _sorted_code(translation.target):
        return  # nearly all messages
    if max(translation.source.count("`"), translation.target.count("`")) > _MOST_TICKS:
        yield Remark("the code is not that of the source", fix="copy it from the source", severity="warning")
        return
    if tick := _missing_tick(translation):
        yield tick
        return
    yield from _changed_spans(translation)
    yield from _changed_blocks(translation)


def _sorted_code(text: str) -> list[str]:
    return sorted(_ROUGHLY.findall(text))


def _missing_tick(translation: Translation) -> Remark | None:
    ticks = _TICKS.findall(without_fences(translation.target))
    if len(ticks) % 2 and all(len(_TICKS.findall(without_fences(each))) % 2 == 0 for each in sources_of(translation)):
        last = [match.span() for match in _TICKS.finditer(without_fences(translation.target))][-1]
        return Remark("a backtick is missing: one opens code that nothing closes", last, fix="put the backtick back")
    return None


def _changed_spans(translation: Translation) -> Iterator[Remark]:
    spans = _literals if is_rst(translation.source) else code_spans
    changed = nearest_difference(translation, spans)
    if not changed.lost and not changed.added:
        return
    if in_quotes := _in_quotes(translation, changed.lost):
        yield in_quotes
        return
    had = {each.key for each in spans(translation.source)}
    has = {each.key for each in spans(translation.target)}
    lost = [each for each in changed.lost if each.key not in has]
    other_case = {each.key.casefold() for each in lost}
    added = [
        each
        for each in changed.added
        if each.key not in had and (each.key.casefold() in other_case or not _says(translation.source, each.key))
    ]
    if lost and not added:
        yield from _bare_or_missing(translation.target, lost)
    elif lost or added:
        yield from remarks_on(Difference(lost, added), "the code {pieces}", None if _is_sure(lost, added) else "info")


def _literals(text: str) -> list[Piece]:
    """The code of reStructuredText, which stands in two backticks."""
    return [each for each in code_spans(text) if each.text.startswith("``")] if "``" in text else []


def _says(text: str, code: str) -> bool:
    """Whether a text says this as a whole word, in upper or lower case."""
    return re.search(rf"(?<!\w){re.escape(code)}(?!\w)", text, re.IGNORECASE | re.ASCII) is not None


def _is_sure(lost: list[Piece], added: list[Piece]) -> bool:
    """Whether code was changed that is neither a text in it nor an example that is meant to be translated."""
    if any(_FULL_WIDTH.search(each.key) for each in added) and not any(_FULL_WIDTH.search(each.key) for each in lost):
        return True
    if not lost:
        return False
    bare = {_QUOTED_OR_NAMED.sub("", each.key).split(" ")[0] for each in added}
    return (
        len(lost) != len(added)
        or not any(has_han(each.key) for each in added)
        or any(_QUOTED_OR_NAMED.sub("", each.key).split(" ")[0] not in bare for each in lost)
    )


def _in_quotes(translation: Translation, lost: list[Piece]) -> Remark | None:
    """What is said of code that stands in quotes now, all of it with one edit."""
    found: list[tuple[Piece, str]] = []
    target = mended = translation.target
    for piece in lost:
        shown = without_codes(mended)
        forms = [form for form in _forms_in_quotes(piece.key) if form in shown]
        if forms:
            at = shown.index(forms[0])
            mended = mended[:at] + piece.text + mended[at + len(forms[0]) :]
            found.append((piece, forms[0]))
    if not found:
        return None
    piece, form = found[0]
    at = without_codes(target).index(form)
    which = ", ".join(dict.fromkeys(each.shown for each, _ in found))
    is_safe = not any(form in translation.source for _, form in found)  # else the source quotes it somewhere too
    words = said("the code {code} is in quotes instead of backticks", code=which)
    return Remark(words, (at, at + len(form)), piece.spot, said("write {text}", text=which), Edit(mended, is_safe))


def _forms_in_quotes(code: str) -> Iterator[str]:
    """What code may have become: in quotes, with what Markdown would read escaped, its own quotes taken for those."""
    inner = code[1:-1] if len(code) > 2 and code[0] == code[-1] and code[0] in "\"'" else code
    for written in dict.fromkeys((code, inner, _MARKDOWN.sub(r"\\\g<0>", code), _ALL_MARKDOWN.sub(r"\\\g<0>", code))):
        yield from (opening + written + closing for opening, closing in _QUOTES)


def _bare_or_missing(target: str, lost: list[Piece]) -> Iterator[Remark]:
    """What is said of code that stands in the translation without backticks, or not at all."""
    bare = [each for each in lost if _says(target, each.key)]
    if not bare:
        # One English word is often translated, as "non-`NULL`" is 非空.
        severity: Severity = "info" if lost[0].key.isalpha() else "warning"
        yield from remarks_on(Difference(lost, []), "the code {pieces}", severity)
        return
    first = bare[0]
    at = re.search(rf"(?<!\w){re.escape(first.key)}(?!\w)", target, re.IGNORECASE | re.ASCII)
    spot = at.span() if at else None
    words = said("the code {code} has lost its backticks", code=first.shown)
    yield Remark(words, spot, first.spot, said("write {text}", text=first.shown), severity="warning")


_COMMENT_OR_STRING = re.compile(
    r"\"(?:[^\"\\\n]++|\\.)*+\"|'(?:[^'\\\n]++|\\.)*+'|“[^”\n]*+”|(?://|#|--|%|;;).*|/\*.*?(?:\*/|\Z)|<!--.*?(?:-->|\Z)"
)
_BLANKS = re.compile(r"\s++")


def _changed_blocks(translation: Translation) -> Iterator[Remark]:
    before, after = fences(translation.source), fences(translation.target)
    if len(before) != len(after):
        yield from remarks_on(Difference(before[len(after) :], after[len(before) :]), "the code block {pieces}")
        return
    for one, other in zip(before, after, strict=True):
        yield from _changed_lines(one, other)


def _changed_program(translation: Translation) -> Iterator[Remark]:
    """What is said of a message that is a program; another number of lines is said elsewhere."""
    source, target = translation.source, translation.target
    if source != target and source.count("\n") == target.count("\n"):
        yield from _changed_lines(Piece("", source, 0, len(source)), Piece("", target, 0, len(target)))


def _changed_lines(one: Piece, other: Piece) -> Iterator[Remark]:
    lines, others = without_comments(one.text).split("\n"), without_comments(other.text).split("\n")
    if len(lines) != len(others):
        words = said_of(
            len(others),
            "the code block has {number} line instead of {before}",
            "the code block has {number} lines instead of {before}",
            before=len(lines),
        )
        yield Remark(words, other.spot, one.spot, "keep the lines of code as they are", severity="warning")
        return
    at = other.start
    for line, changed in zip(lines, others, strict=True):
        if line != changed and _bare(line) != _bare(changed) and not _is_told(_bare(changed)):
            words = said(
                "the line of code {line!r} became {changed!r}", line=line.strip()[:60], changed=changed.strip()[:60]
            )
            yield Remark(words, (at, at + len(changed)), one.spot, "keep code as it is")
            return
        at += len(changed) + 1


def _is_told(line: str) -> bool:
    """Whether a line tells in Chinese what would stand there, as "... compute something ..." does."""
    return has_han(line) and not _FULL_WIDTH.search(line)


def _bare(line: str) -> str:
    """A line of code without its strings, comments and blanks."""
    return _BLANKS.sub("", _COMMENT_OR_STRING.sub("", line))
