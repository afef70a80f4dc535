"""A message as exchange formats hold it: one segment a form, with everything else that gettext knows as properties.

The formats differ in their markup only. What is written is what is read back: `segments_of` and `exchanged` are each
other's inverse.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

import polib

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.syntax import references
from pipeline.catalogs.xmltext import FORBIDDEN

EXTRACTED, TRANSLATORS = "extracted-comment", "translator-comment"  # categories of notes
PREVIOUS = "previous-source"
_BLANK = re.compile(r"\s")
_AS_JSON = "-json"  # behind the name of what holds characters that XML cannot
_PREVIOUS = {
    "previous-context": "previous_msgctxt",
    PREVIOUS: "previous_msgid",
    "previous-plural": "previous_msgid_plural",
}

Named = tuple[str, str]  # name and value


class Segment(NamedTuple):
    """One form of a message.

    ``key`` is the same in every export of the message. ``properties`` may repeat a name; ``notes`` are (category, text),
    ``places`` are as after ``#:``. ``form`` is None where the message has no plural.
    """

    key: str
    source: str
    target: str
    fuzzy: bool = False
    properties: tuple[Named, ...] = ()
    notes: tuple[Named, ...] = ()
    places: tuple[str, ...] = ()
    form: int | None = None
    is_final: bool = False  # nobody is to translate it: obsolete, or the header


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A message that a file brings; ``exported`` and ``comment`` are marks of what it said when it was exported.

    They are empty where the file does not say. One that is not ``is_bound`` is known by its text only, not by its context.
    ``width`` is that of the catalog, where the message is its header.
    """

    message: polib.POEntry
    exported: str = ""
    comment: str = ""
    is_bound: bool = True
    width: int = 0


class Sheet(NamedTuple):
    """What a file brings for one catalog; ``path`` is what the file calls it, locales are empty where it names none."""

    path: str
    source_locale: str
    target_locale: str
    messages: list[Exchanged]


class Outgoing(NamedTuple):
    """A catalog to write: what it is called, its locales, and its messages, the header first."""

    path: str
    source_locale: str
    target_locale: str
    messages: Iterable[tuple[Segment, ...]]


def outgoing(catalog: Catalog, path: str, source_locale: str, target_locale: str) -> Outgoing:
    """Return what is written of a catalog: all of it."""
    messages = [catalog.head, *catalog] if catalog.head is not None else list(catalog)
    return Outgoing(path, source_locale, target_locale, _segments(messages, catalog.width))


def _segments(messages: Sequence[polib.POEntry], width: int) -> Iterator[tuple[Segment, ...]]:
    seen: Counter[str] = Counter()
    for message in messages:
        key = "m" + sha256(f"{message.msgctxt}\4{message.msgid}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
        seen[key] += 1
        yield segments_of(message, key if seen[key] == 1 else f"{key}-{seen[key]}", width)


def segments_of(message: polib.POEntry, key: str, width: int = 0) -> tuple[Segment, ...]:
    """Return the forms of a message; ``width`` is that of its catalog, which the header says."""
    is_header = not message.msgid and message.msgctxt is None
    properties = tuple(_safe(_properties(message, width if is_header else None)))
    notes = tuple(_safe(_notes(message)))
    places = tuple(place for place in map(_place, message.occurrences) if not FORBIDDEN.search(place))
    plain = Segment(key, message.msgid, message.msgstr, message.fuzzy, properties, notes, places)
    plain = plain._replace(is_final=is_header or bool(message.obsolete))
    if not message.msgstr_plural:
        return (plain,)
    extra = tuple(_safe([("singular", message.msgid), ("plural", message.msgid_plural or "")]))
    return tuple(
        plain._replace(
            key=f"{key}.{form}",
            source=message.msgid_plural if form else message.msgid,
            target=text,
            properties=(*properties, *extra, ("plural-form", str(form))),
            form=form,
        )
        for form, text in sorted(message.msgstr_plural.items())
    )


def _properties(message: polib.POEntry, width: int | None) -> Iterator[Named]:
    context: str | None = message.msgctxt
    if context is not None:
        yield "context", context
    if width is not None:
        yield "wrap", str(width)
    yield from (("flag", flag) for flag in message.flags if flag != "fuzzy")
    yield from (("sticky-flag", flag) for flag in getattr(message, "sticky", ()))
    for name, attribute in _PREVIOUS.items():
        previous: str | None = getattr(message, attribute)
        if previous is not None:
            yield name, previous
    if message.obsolete:
        yield "obsolete", "yes"
    yield from (("blank-comment", mark) for mark in getattr(message, "blank_comments", ()))
    yield from (("place", place) for place in map(_place, message.occurrences) if FORBIDDEN.search(place))
    yield "exported", mark_of(message)
    if message.tcomment:
        yield "exported-comment", digest(message.tcomment)


def _notes(message: polib.POEntry) -> Iterator[Named]:
    if message.comment:
        yield EXTRACTED, message.comment
    if message.tcomment:
        yield TRANSLATORS, message.tcomment


def _place(occurrence: tuple[str, str]) -> str:
    path, number = occurrence
    shown = f"\u2068{path}\u2069" if _BLANK.search(path) else path
    return f"{shown}:{number}" if number else shown


def _safe(named: Iterable[Named]) -> Iterator[Named]:
    for name, value in named:
        yield (name + _AS_JSON, json.dumps(value)) if FORBIDDEN.search(value) else (name, value)


def _decoded(named: Iterable[Named]) -> Iterator[Named]:
    for name, value in named:
        if name.endswith(_AS_JSON):
            try:
                text = json.loads(value)
            except ValueError:
                text = value
            yield name.removesuffix(_AS_JSON), text if isinstance(text, str) else value
        else:
            yield name, value


def forms_of(message: polib.POEntry) -> list[str]:
    """Return the translation of a message: one text, or one a plural form."""
    forms = message.msgstr_plural
    return [forms[number] for number in sorted(forms)] if forms else [message.msgstr]


def mark_of(message: polib.POEntry) -> str:
    """Return a short mark of the translation, by which a later one is known to be another: "fuzzy:…" or "final:…"."""
    return f"{'fuzzy' if message.fuzzy else 'final'}:{digest(chr(0).join(forms_of(message)))}"


def digest(text: str) -> str:
    """Return twelve hexadecimal digits that stand for the text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def exchanged(segments: Iterable[Segment]) -> Iterator[Exchanged]:
    """Yield the messages of segments; forms of one plural follow each other."""
    forms: list[Segment] = []
    for segment in segments:
        if forms and not _is_next_form(forms, segment):
            yield _exchanged(forms)
            forms = []
        forms.append(segment)
    if forms:
        yield _exchanged(forms)


def _is_next_form(forms: Sequence[Segment], segment: Segment) -> bool:
    def identity(form: Segment) -> list[Named]:
        return [
            named for named in form.properties if named[0].startswith(("context", "singular", "plural", "obsolete"))
        ]

    if segment.form is None or any(form.form in (None, segment.form) for form in forms):
        return False
    others = [named for named in identity(forms[0]) if named[0] != "plural-form"]
    return others == [named for named in identity(segment) if named[0] != "plural-form"]


def _exchanged(forms: Sequence[Segment]) -> Exchanged:
    first = forms[0]
    several = list(_decoded(first.properties))
    named = dict(several)
    message = polib.POEntry(
        msgctxt=named.get("context"),
        msgid=named.get("singular", first.source),
        obsolete=named.get("obsolete") == "yes",
        flags=["fuzzy"] * any(form.fuzzy for form in forms) + [value for name, value in several if name == "flag"],
        encoding="utf-8",
    )
    if "plural" in named:
        message.msgid_plural = named["plural"]
        message.msgstr_plural = {form.form or 0: form.target for form in forms}
    else:
        message.msgstr = first.target
    for name, attribute in _PREVIOUS.items():
        setattr(message, attribute, named.get(name))
    notes = list(_decoded(first.notes))
    message.comment = "\n".join(text for category, text in notes if category == EXTRACTED)
    message.tcomment = "\n".join(text for category, text in notes if category == TRANSLATORS)
    places = [*first.places, *(value for name, value in several if name == "place")]
    message.occurrences = [place for text in places for place in references(text)]
    message.__dict__["sticky"] = tuple(value for name, value in several if name == "sticky-flag")
    message.__dict__["blank_comments"] = tuple(value for name, value in several if name == "blank-comment")
    is_bound, wrap = "context" in named or "exported" in named, named.get("wrap", "")
    width = int(wrap) if wrap.isdecimal() and len(wrap) < 5 else 0
    return Exchanged(message, named.get("exported", ""), named.get("exported-comment", ""), is_bound, width)
