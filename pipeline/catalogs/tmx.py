"""TMX 1.4b: translation memories written and read.

Source: https://www.gala-global.org/tmx-14b.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple
from xml.etree.ElementTree import Element

from pipeline.catalogs.exchanged import EXTRACTED, TRANSLATORS, Exchanged, Named, Outgoing, Segment, exchanged
from pipeline.catalogs.tags import language_tag, locale_of
from pipeline.catalogs.xmltext import FORBIDDEN, LANG, children, escaped, in_attribute, name_of, parts
from pipeline.model import PipelineError

_STARTS = frozenset({"tmx", "header"})
_ENDS = frozenset({"tu"})
_CONTEXTS = ("x-context", "context", "x-po-context", "x-msgctxt")
_ORIGINS = ("x-catalog", "x-origin", "x-document", "x-filename", "file", "x-file")
_FORM = 1  # the version of what is written, not of the program: a release changes no file
_CONTROL = re.compile(r"U\+([0-9A-F]{4,6})")
_OF_HEADER = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2})([+-])([0-9]{2})([0-9]{2})")


class TmxUnit(NamedTuple):
    """A source text and one translation of it.

    Locales are the project's own where they mean one of them ("zh_CN" for zh-Hans-CN). ``context`` is None where the
    file says none; ``origin`` is the catalog or document that it is from, ``note`` what is said about it. Fuzzy and
    obsolete ones are marked so by files of bilect only. ``properties`` are all props, names without ``x-``.
    """

    source: str
    target: str
    source_locale: str
    target_locale: str
    context: str | None = None
    origin: str = ""
    note: str = ""
    fuzzy: bool = False
    obsolete: bool = False
    properties: tuple[Named, ...] = ()


def tmx_bytes(files: Iterable[Outgoing], *, with_fuzzy: bool = True) -> bytes:
    """Return a memory of all translations in the catalogs, with their contexts, notes and origins.

    Fuzzy and obsolete ones have a prop that says so; without ``with_fuzzy`` they are left out, since many programs
    heed no props.
    """
    files = list(files)
    sources = {language_tag(file.source_locale) for file in files}
    srclang = sources.pop() if len(sources) == 1 else "*all*"
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f'  <header creationtool="bilect" creationtoolversion="{_FORM}" segtype="block" o-tmf="PO"'
        f' adminlang="en" srclang="{srclang}" datatype="plaintext"/>\n  <body>\n'
    )
    written = chain.from_iterable(_file(file, with_fuzzy) for file in files)
    return "".join([head, *written, "  </body>\n</tmx>\n"]).encode("utf-8", "replace")


def _file(file: Outgoing, with_fuzzy: bool) -> Iterator[str]:
    languages = language_tag(file.source_locale), language_tag(file.target_locale)
    stamp = ""
    for forms in file.messages:
        if not forms[0].source and forms[0].is_final:
            stamp = _stamp(forms[0].target)
            continue
        for segment in forms:
            is_obsolete = ("obsolete", "yes") in segment.properties
            if segment.source and segment.target and (with_fuzzy or not (segment.fuzzy or is_obsolete)):
                yield from _unit(segment, file.path, languages, stamp)


def _stamp(header: str) -> str:
    """Who changed a catalog last, and when, as attributes of a variant: the same catalog always gives the same bytes."""
    fields = dict(line.partition(": ")[::2] for line in header.split("\n"))
    attributes = ""
    if date := _OF_HEADER.fullmatch(fields.get("PO-Revision-Date", "").strip()):
        attributes = f' changedate="{_utc(date)}"'
    who = fields.get("Last-Translator", "").strip()
    return attributes + (f' changeid="{in_attribute(who)}"' if who and "EMAIL@ADDRESS" not in who else "")


def _utc(date: re.Match[str]) -> str:
    from datetime import UTC, datetime  # half a millisecond that only an export needs

    sign, hours, minutes = date.groups()[5:]
    try:
        local = datetime.fromisoformat(f"{date[1]}-{date[2]}-{date[3]}T{date[4]}:{date[5]}:00{sign}{hours}:{minutes}")
        return local.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    except (ValueError, OverflowError):
        return f"{date[1]}{date[2]}{date[3]}T{date[4]}{date[5]}00Z"


def _unit(segment: Segment, path: str, languages: tuple[str, str], stamp: str) -> Iterator[str]:
    yield f'    <tu tuid="{segment.key}">\n'
    yield from (f"      <note>{escaped(text)}</note>\n" for category, text in segment.notes if category == EXTRACTED)
    yield from (_prop(category, text) for category, text in segment.notes if category != EXTRACTED)
    if path:
        yield _prop("catalog", FORBIDDEN.sub("\ufffd", path))
    yield from (_prop(name, value) for name, value in segment.properties)
    yield from (_prop("reference", place) for place in segment.places)
    if segment.fuzzy:
        yield _prop("fuzzy", "yes")
    for language, text, attributes in zip(languages, (segment.source, segment.target), ("", stamp), strict=True):
        yield f'      <tuv xml:lang="{language}"{attributes}><seg>{_content(text)}</seg></tuv>\n'
    yield "    </tu>\n"


def _prop(name: str, value: str) -> str:
    return f'      <prop type="x-{name}">{escaped(value)}</prop>\n'


def _content(text: str) -> str:
    if not FORBIDDEN.search(text):
        return escaped(text)
    codes = (
        f'<ph type="x-control">U+{ord(char):04X}</ph>' if FORBIDDEN.match(char) else escaped(char) for char in text
    )
    return "".join(codes)


def read_tmx(data: bytes, path: str) -> Iterator[TmxUnit]:
    """Yield what a memory holds, while it is read: one for each translation of a unit.

    The source is what the unit or the header calls so, else its first variant. Inline codes are flattened to what
    they hold.

    Raises:
        PipelineError: It is not well-formed, or no TMX.
    """
    source_language, is_tmx = "", False
    for is_start, name, element in parts(data, path, _STARTS, _ENDS):
        if is_start:
            is_tmx = is_tmx or name == "tmx"
            source_language = element.get("srclang", source_language)
        elif is_tmx:
            yield from _units(element, element.get("srclang", source_language))
    if not is_tmx:
        raise PipelineError("is no TMX file", path=path, remedy="its first element is <tmx>")


def _units(unit: Element, source_language: str) -> Iterator[TmxUnit]:
    variants = [variant for each in children(unit, "tuv") if (variant := _variant(each)) is not None]
    if len(variants) < 2:
        return
    wanted = locale_of(source_language) if source_language != "*all*" else ""
    first = next((variant for variant in variants if variant[0] == wanted), variants[0])
    props = [(prop.get("type", ""), "".join(prop.itertext())) for prop in unit.iter() if name_of(prop) == "prop"]
    notes = ["".join(note.itertext()) for note in unit.iter() if name_of(note) == "note"]
    named = dict(props)
    properties = tuple((name.removeprefix("x-"), value) for name, value in props)
    for locale, text in variants:
        if locale != first[0]:
            yield TmxUnit(
                first[1], text, first[0], locale, _first(named, _CONTEXTS), _first(named, _ORIGINS) or "",
                "\n".join(notes), named.get("x-fuzzy") == "yes", named.get("x-obsolete") == "yes", properties,
            )  # fmt: skip


def _variant(variant: Element) -> tuple[str, str] | None:
    """The locale and the text of a ``<tuv>``; old files have ``lang`` without ``xml:``."""
    segment = next(children(variant, "seg"), None)
    locale = locale_of(variant.get(LANG) or variant.get("lang") or "")
    return (locale, _plain(segment)) if segment is not None else None


def _first(named: dict[str, str], names: Iterable[str]) -> str | None:
    return next((named[name] for name in names if name in named), None)


def _plain(element: Element) -> str:
    written = [element.text or ""]
    for child in element:
        control = _CONTROL.fullmatch(child.text or "") if child.get("type") == "x-control" else None
        written += [chr(min(int(control[1], 16), 0x10FFFF)) if control else _plain(child), child.tail or ""]
    return "".join(written)


def exchanged_units(units: Iterable[TmxUnit]) -> Iterator[Exchanged]:
    """Yield the messages that a memory holds; a unit of another program is known by its text only."""
    return exchanged(map(_segment, units))


def _segment(unit: TmxUnit) -> Segment:
    named = dict(unit.properties)
    notes = [(EXTRACTED, unit.note)] if unit.note else []
    notes += [(name, value) for name, value in unit.properties if name.startswith((EXTRACTED, TRANSLATORS))]
    properties = unit.properties
    if unit.context is not None and "context" not in named:
        properties = (*properties, ("context", unit.context))
    form = named.get("plural-form", "")
    places = tuple(value for name, value in unit.properties if name == "reference")
    number = int(form) if form.isdecimal() and len(form) < 3 else None
    return Segment("", unit.source, unit.target, unit.fuzzy, properties, tuple(notes), places, number)
