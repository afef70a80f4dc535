"""What every message of a catalog should be: there once, translated by a person, with flags and comments that hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

import polib

from pipeline.text.said import said
from pipeline.text.suggestion import did_you_mean
from pipeline.validator.base import Found, rule
from pipeline.validator.messages import CheckedCatalog

_MARKER = "#-#-#-#-#"  # msgcat's, around the name of each file that it took a version from
_FORMATS = frozenset(
    "awk boost c c++ csharp elisp gcc-internal gfc-internal java java-printf javascript kde kde-kuit librep lisp lua"
    " modula2 objc object-pascal ocaml perl perl-brace php python python-brace qt qt-plural ruby rust rust-named scheme sh"
    " sh-printf smalltalk tcl ycp d go jsx fluent".split()
)
# Formats that one text may have at once: they mark their places in the same way, or see none of the other's.
_TOGETHER = (
    frozenset({"c", "objc", "gcc-internal", "gfc-internal", "python", "perl", "php", "awk", "sh-printf", "kde", "lua",
               "ruby", "tcl", "ycp", "c++", "boost", "qt", "qt-plural", "go", "d", "javascript"}),
    frozenset({"python-brace", "perl-brace", "csharp", "java", "rust", "c++", "fluent", "jsx"}),
)  # fmt: skip
_PLAIN_FLAGS = frozenset({"fuzzy", "wrap", "no-wrap", "markdown-text", "rst-text", "md-text", "xml-text", "safe-html",
                          "ignore-same", "ignore-end-stop", "read-only", "terminology", "forbidden"})  # fmt: skip
_FORMAT_FLAG = re.compile(r"(no-|possible-|impossible-|)(.+)-format")
_RANGE = re.compile(r"range:\s*(\d+)[.][.](\d+)\s*")
_WEBLATE = re.compile(r"(?:ignore|max|placeholders|regex|replacements|priority|font|strict|check)-?[\w-]*(?::.*)?")


def _live(catalog: CheckedCatalog) -> Iterator[polib.POEntry]:
    return (message for message in catalog.catalog if not message.obsolete)


def _target(message: polib.POEntry) -> str:
    return message.msgstr or " / ".join(filter(None, message.msgstr_plural.values()))


def _found(catalog: CheckedCatalog, message: polib.POEntry, what: str, fix: str) -> Found:
    key = f"{message.msgctxt or ''}\x04{0 if message.msgid_plural else -1}"
    line = message.linenum or 1
    return Found(catalog.path, line, what, source=message.msgid, target=_target(message), fix=fix, key=key)


@rule("PO140", "duplicate-message", "error")
def duplicate_message(catalog: CheckedCatalog) -> Iterator[Found]:
    """Every text stands in a catalog once, or with different contexts."""
    first: dict[tuple[str | None, str], polib.POEntry] = {}
    for message in _live(catalog):
        context: str | None = message.msgctxt
        earlier = first.setdefault((context, message.msgid), message)
        if earlier is not message and (message.msgid or context is not None):
            what = said(
                "the same message stands in line {line}; gettext refuses such a catalog", line=earlier.linenum or 1
            )
            yield _found(catalog, message, what, said("keep the one that is right: msguniq --use-first, or by hand"))


@rule("PO141", "second-header", "error")
def second_header(catalog: CheckedCatalog) -> Iterator[Found]:
    """Only the header has an empty text and no context."""
    for message in _live(catalog):
        context: str | None = message.msgctxt
        if not message.msgid and context is None:
            what = said("a second message has an empty text, as only the header has; gettext refuses such a catalog")
            yield _found(catalog, message, what, said("put its fields into the first, and delete it"))


@rule("PO142", "unmerged-compendium", "error")
def unmerged_compendium(catalog: CheckedCatalog) -> Iterator[Found]:
    """No translation holds several versions with the lines of msgcat, #-#-#-#-#, between them."""
    if _MARKER not in catalog.catalog.source.text:  # no message is taken apart for nothing
        return
    head = catalog.catalog.head
    if head and _MARKER in head.msgstr:
        what = said("the header holds several versions, with lines #-#-#-#-# between them")
        fix = said("keep one of each field, delete the others and the lines")
        yield _found(catalog, head, what, fix)._replace(severity="warning")
    for message in _live(catalog):
        texts = (message.msgstr, *message.msgstr_plural.values())
        if not message.fuzzy and _MARKER not in message.msgid and any(_MARKER in text for text in texts):
            what = said("the translation holds several versions, with lines #-#-#-#-# between them")
            yield _found(catalog, message, what, said("keep one of them, and delete the lines"))


@rule("PO143", "catalog-empty", "info")
def catalog_empty(catalog: CheckedCatalog) -> Iterator[Found]:
    """A catalog holds messages."""
    if catalog.catalog.head is not None and next(_live(catalog), None) is None and not catalog.catalog.findings:
        obsolete = len(catalog.catalog)
        message = (
            said("the catalog has no messages, only {number} obsolete", number=obsolete)
            if obsolete
            else said("the catalog has no messages")
        )
        yield Found(catalog.path, 0, message, fix="delete it, or bilect update")


@rule("PO144", "translation-in-template", "warning")
def translation_in_template(catalog: CheckedCatalog) -> Iterator[Found]:
    """A template holds no translations."""
    if catalog.is_template:
        for message in _live(catalog):
            if _target(message):
                fix = said("move it to the catalog of its language")
                yield _found(catalog, message, said("a template holds a translation"), fix)


@rule("PO145", "stray-previous-text", "info")
def stray_previous_text(catalog: CheckedCatalog) -> Iterator[Found]:
    """Only fuzzy messages keep their previous text."""
    if "#|" not in catalog.catalog.source.text:
        return
    for message in _live(catalog):
        previous = (message.previous_msgid, message.previous_msgctxt, message.previous_msgid_plural)
        if any(previous) and not message.fuzzy:
            what = said("the message keeps its previous text (#|), and is not fuzzy")
            yield _found(catalog, message, what, said("delete the #| lines, or mark it fuzzy again"))


@rule("PO146", "unknown-flag", "info")
def unknown_flag(catalog: CheckedCatalog) -> Iterator[Found]:
    """Every flag is one that gettext knows; msgcat and most editors drop others."""
    for message in _flagged(catalog):
        for flag in dict.fromkeys(message.flags):
            if not _is_known(flag):
                known = [*_PLAIN_FLAGS, *(f"{name}-format" for name in _FORMATS)]
                fix = did_you_mean(flag, known) or said("write what it says into a #. comment")
                yield _found(catalog, message, said("gettext knows no flag {flag}", flag=flag), fix)


def _flagged(catalog: CheckedCatalog) -> Iterator[polib.POEntry]:
    if "\n#," in catalog.catalog.source.text:
        yield from (message for message in _live(catalog) if message.flags and message.flags != ["fuzzy"])


def _is_known(flag: str) -> bool:
    if flag in _PLAIN_FLAGS or flag.startswith("range:") or _WEBLATE.fullmatch(flag):
        return True
    found = _FORMAT_FLAG.fullmatch(flag)
    return found is not None and found[2] in _FORMATS


@rule("PO147", "conflicting-flags", "warning")
def conflicting_flags(catalog: CheckedCatalog) -> Iterator[Found]:
    """The flags of a message do not contradict each other, and each is there once."""
    for message in _flagged(catalog):
        for one, other in _conflicts(message.flags):
            what = said("the flags {one} and {other} contradict each other", one=one, other=other)
            yield _found(catalog, message, what, said("keep one of them"))
        for flag, count in Counter(message.flags).items():
            if count > 1:
                what = said("the flag {flag} is there {number} times", flag=flag, number=count)
                yield _found(catalog, message, what, said("keep it once"))._replace(severity="info")


def _conflicts(flags: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of flags that do not go together; a flag that says no more than another does is one too."""
    if "wrap" in flags and "no-wrap" in flags:
        yield "wrap", "no-wrap"
    ranges = sorted({flag for flag in flags if flag.startswith("range:")})
    yield from pairwise(ranges)
    parts = [(found[1], found[2]) for flag in dict.fromkeys(flags) if (found := _FORMAT_FLAG.fullmatch(flag))]
    for (prefix, name), (other_prefix, other_name) in combinations(parts, 2):
        one, other = f"{prefix}{name}-format", f"{other_prefix}{other_name}-format"
        if name == other_name or (not prefix and not other_prefix and not _go_together(name, other_name)):
            yield one, other


def _go_together(one: str, other: str) -> bool:
    """Whether one text may have both formats; a format that is not known goes with any."""
    return not {one, other} <= _FORMATS or any({one, other} <= group for group in _TOGETHER)


@rule("PO148", "range-invalid", "warning")
def range_invalid(catalog: CheckedCatalog) -> Iterator[Found]:
    """A range flag says the smallest and the largest number of a message with a plural: range: 1..5."""
    for message in _flagged(catalog):
        for flag in message.flags:
            if not flag.startswith("range:"):
                continue
            found = _RANGE.fullmatch(flag)
            if not found or int(found[1]) >= int(found[2]):
                yield _found(
                    catalog, message, said("{flag} is no range", flag=flag), said("write range: SMALLEST..LARGEST")
                )
            elif not message.msgid_plural:
                what = said("{flag} is on a message without a plural", flag=flag)
                yield _found(catalog, message, what, said("delete the flag"))


_WITH_PERCENT = frozenset(f"{name}-format" for name in ("c", "python", "objc", "perl", "php"))
_DIRECTIVE = re.compile(r"%(?!\s|[,.;:)，。；：）]|\Z)")


@rule("PO149", "format-flag-on-prose", "warning")
def format_flag_on_prose(catalog: CheckedCatalog) -> Iterator[Found]:
    """A text is marked as a format only where it holds a directive: not for “100 % of” or “50%”."""
    for message in _flagged(catalog):
        for flag in message.flags:
            texts = f"{message.msgid}\n{message.msgid_plural or ''}"
            if flag not in _WITH_PERCENT or "%" not in texts or _is_format(texts):
                continue
            what = said(
                "{flag} on a text whose % is no directive: programs refuse translations that write it otherwise",
                flag=flag,
            )
            yield _found(catalog, message, what, said("write no-{flag}", flag=flag))


def _is_format(text: str) -> bool:
    """Whether a % of a text may begin a directive; that of “50 % of” and “100%.” does not."""
    return _DIRECTIVE.search(text) is not None
