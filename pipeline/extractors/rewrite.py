"""A page in another language: its own bytes, with the translations in the places of their units.

Nothing is rendered anew, so nothing that is not translated can change. The result is read again before it is given out:
where it does not say exactly what was put in, the translations that break it are found and left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.extractors.forms import text_of, written
from pipeline.extractors.page import PageOptions, read_page
from pipeline.model import Finding, Page, Unit
from pipeline.text.markup import LIQUID, tags

Translate = Callable[[Unit], str | None]

_TEXT_ATTRIBUTE = re.compile(
    r"""\s(alt|title|placeholder|aria-label|href|src)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)
_SCHEME = re.compile(r"(?:\]\(\s*<?|=\s*[\"']?\s*|<)([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class TranslatedPage:
    """The bytes of a page with its translations, how many of its units have one, and the findings about those left out."""

    data: bytes
    translated: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    """A translation on its way into the page; ``unit`` has its offsets in the UTF-8 of the page."""

    place: int  # index among the blocks
    unit: Unit
    raw: str
    text: str


def translated_page(page: Page, translate: Translate, options: PageOptions = PageOptions()) -> TranslatedPage:
    """``page`` with ``translate(unit)`` in the place of each unit; None or an equal text leaves the page's own bytes.

    A translation that adds or drops tags, adds a URL scheme, cannot be written in the page's encoding, or after which the
    page would be read differently is left out, with a finding.
    """
    if not page.units:
        return TranslatedPage(page.data, 0)
    head, source = _head_and_source(page)
    inner = page if page.encoding == "utf-8" and not head else read_page(source, page.path, options)
    changes, findings = _changes(inner, source, translate)
    if not changes:
        return TranslatedPage(page.data, 0, tuple(findings))
    kept = _unbroken(inner, source, changes, options)
    places = {change.place for change in kept}
    for change in changes:
        if change.place not in places:
            findings.append(_left_out(change.unit, change.text, "it would change the blocks of the page"))
    data = _spliced(source, kept)
    data = data if page.encoding == "utf-8" else data.decode().encode(page.encoding)
    return TranslatedPage(head + data, len(kept), tuple(sorted(findings, key=lambda found: (found.line, found.column))))


def _head_and_source(page: Page) -> tuple[bytes, bytes]:
    """The byte order mark of a page, and what follows it in UTF-8."""
    if page.encoding == "utf-8":
        head = b"\xef\xbb\xbf" if page.data.startswith(b"\xef\xbb\xbf") else b""
        return head, page.data[len(head) :]
    return page.data[: len(page.data) - len(page.text.encode(page.encoding))], page.text.encode()


def _changes(page: Page, source: bytes, translate: Translate) -> tuple[list[_Change], list[Finding]]:
    changes, findings = [], []
    wanted = set(page.units)
    for place, unit in enumerate(page.blocks):
        text = translate(unit) if unit in wanted else None
        if not text or text == unit.text:
            continue
        if fault := translation_fault(unit.text, text) or _unwritable(text, page.encoding):
            findings.append(_left_out(unit, text, fault))
        else:
            changes.append(_Change(place, unit, written(text, unit, source), text))
    return changes, findings


def _left_out(unit: Unit, text: str, why: str) -> Finding:
    return Finding(
        "P201", "translation-left-out", "error", unit.path, unit.line, unit.column,
        f"the translation is left out: {why}", unit.text, text, "mend the translation; the page shows its source until then",
    )  # fmt: skip


def _unwritable(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        return f"{text[error.start]!r} cannot be written in {encoding}, the encoding of the page"
    return ""


def translation_fault(source: str, target: str) -> str:
    """What in ``target`` would break the page that ``source`` stands in: tags, Liquid or a URL scheme; empty where nothing does.

    Texts in tags (alt, title …) and addresses may change.
    """
    before, after = Counter(map(_frame, tags(source))), Counter(map(_frame, tags(target)))
    if added := list((after - before).elements()):
        return f"it adds {added[0]}"
    if lost := list((before - after).elements()):
        return f"it has lost {lost[0]}"
    if Counter(LIQUID.findall(source)) != Counter(LIQUID.findall(target)):
        return "its Liquid differs"
    if schemes := _schemes(target) - _schemes(source):
        return f"it adds the URL scheme {min(schemes)}:"
    return ""


def _schemes(text: str) -> set[str]:
    """The URL schemes of links and attributes; http and https count as one."""
    return {scheme.lower().replace("https", "http") for scheme in _SCHEME.findall(text)}


def _frame(tag: str) -> str:
    """A tag without what a translator may change in it."""
    return _BLANKS.sub(" ", _TEXT_ATTRIBUTE.sub(r" \1", tag))


def _spliced(source: bytes, changes: Sequence[_Change]) -> bytes:
    pieces: list[bytes] = []
    last = 0
    for change in sorted(changes, key=lambda each: each.unit.start):
        pieces += (source[last : change.unit.start], change.raw.encode())
        last = change.unit.end
    return b"".join(pieces) + source[last:]


def _unbroken(page: Page, source: bytes, changes: Sequence[_Change], options: PageOptions) -> list[_Change]:
    """The largest part of ``changes`` found by halving with which the page still reads as it should."""
    if _reads_right(page, source, changes, options):
        return list(changes)
    if len(changes) == 1:
        return []
    middle = len(changes) // 2
    kept = _unbroken(page, source, changes[:middle], options) + _unbroken(page, source, changes[middle:], options)
    while kept and not _reads_right(page, source, kept, options):  # each half is right, both together are not
        kept.pop()
    return kept


def _reads_right(page: Page, source: bytes, changes: Sequence[_Change], options: PageOptions) -> bool:
    """Whether the page, written with ``changes`` and read again, has the same blocks, and its units exactly these texts."""
    again = read_page(_spliced(source, changes), page.path, options).blocks
    if [_shape(block) for block in again] != [_shape(block) for block in page.blocks]:
        return False
    units = set(page.units)
    expected = {place: block.text for place, block in enumerate(page.blocks) if block in units}
    for change in changes:
        is_exact = change.unit.kind == "front matter"  # what its value says, in whatever quotes
        expected[change.place] = change.text if is_exact else text_of(change.raw, change.unit.form)
    return all(again[place].text == text for place, text in expected.items())


def _shape(block: Unit) -> tuple[object, ...]:
    return block.kind, block.level, block.cell, block.key
