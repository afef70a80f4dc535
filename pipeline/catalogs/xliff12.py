"""XLIFF 1.2: units written and read, as its guide for gettext's catalogs has them.

Source: https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html and
https://docs.oasis-open.org/xliff/v1.2/xliff-profile-po/xliff-profile-po-1.2.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from pipeline.catalogs.exchanged import EXTRACTED, PREVIOUS, TRANSLATORS, Named, Outgoing, Segment
from pipeline.catalogs.syntax import references
from pipeline.catalogs.tags import language_tag
from pipeline.catalogs.xmltext import FORBIDDEN, children, escaped, in_attribute, name_of

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_FROM = {EXTRACTED: "developer", TRANSLATORS: "translator"}
_CATEGORIES = {
    "developer": EXTRACTED, "programmer": EXTRACTED, "developer-json": f"{EXTRACTED}-json",
    "translator-json": f"{TRANSLATORS}-json",
}  # fmt: skip
_UNFINISHED = re.compile(r"new|needs-.+")
_FORM = 1  # the version of what is written, not of the program: a release changes no file
_CONTROL = re.compile(r"U\+([0-9A-F]{4,6})")


def written(files: Iterable[Outgoing]) -> Iterator[str]:
    """Yield the text of a document piece by piece."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{NAMESPACE}" version="1.2">\n'
    for file in files:
        languages = (
            f'source-language="{language_tag(file.source_locale)}" target-language="{language_tag(file.target_locale)}"'
        )
        yield f'  <file original="{in_attribute(file.path)}" {languages} datatype="po" tool-id="bilect">\n'
        yield f'    <header><tool tool-id="bilect" tool-name="bilect" tool-version="{_FORM}"/></header>\n'
        yield "    <body>\n"
        for forms in file.messages:
            yield from _message(forms)
        yield "    </body>\n  </file>\n"
    yield "</xliff>\n"


def _message(forms: tuple[Segment, ...]) -> Iterator[str]:
    if forms[0].form is None:
        yield from _unit(forms[0])
        return
    no = ' translate="no"' if forms[0].is_final else ""
    yield f'      <group id="{forms[0].key.rpartition(".")[0]}" restype="x-gettext-plurals"{no}>\n'
    for form in forms:
        yield from _unit(form)
    yield "      </group>\n"


def _unit(segment: Segment) -> Iterator[str]:
    properties = dict(segment.properties)
    context = in_attribute(properties.get("context", ""))
    attributes = f' resname="{context}"' if context else ""
    attributes += ' translate="no"' if segment.is_final else ""
    attributes += ' restype="x-gettext-domain-header"' if not segment.source and segment.is_final else ""
    attributes += (' approved="no"' if segment.fuzzy else ' approved="yes"') if segment.target else ""
    yield f'      <trans-unit id="{segment.key}"{attributes} xml:space="preserve">\n'
    yield f"        <source>{_content(segment.source)}</source>\n"
    if segment.target or segment.fuzzy:
        state = "needs-review-translation" if segment.fuzzy else "translated"
        yield f'        <target state="{state}">{_content(segment.target)}</target>\n'
    yield '        <context-group purpose="information">\n'
    for name, value in segment.properties:
        if name != PREVIOUS:
            yield f'          <context context-type="x-{name}">{escaped(value)}</context>\n'
    yield "        </context-group>\n"
    yield from map(_location, segment.places)
    for category, text in segment.notes:
        base, json, _ = category.partition("-json")
        yield f'        <note from="{_FROM[base]}{json}">{escaped(text)}</note>\n'
    if PREVIOUS in properties:
        yield '        <alt-trans alttranstype="previous-version" xml:space="preserve">\n'
        yield f"          <source>{escaped(properties[PREVIOUS])}</source>\n"
        yield f"          <target>{_content(segment.target)}</target>\n        </alt-trans>\n"
    yield "      </trans-unit>\n"


def _location(place: str) -> str:
    path, number = references(place)[0]
    line = f'<context context-type="linenumber">{number}</context>' if number else ""
    file = f'<context context-type="sourcefile">{escaped(path)}</context>'
    return f'        <context-group purpose="location">{file}{line}</context-group>\n'


def _content(text: str) -> str:
    if not FORBIDDEN.search(text):
        return escaped(text)
    pieces = []
    for number, char in enumerate(text):
        code = f'<x id="c{number}" ctype="x-control" equiv-text="U+{ord(char):04X}"/>'
        pieces.append(code if FORBIDDEN.match(char) else escaped(char))
    return "".join(pieces)


def segment_of(unit: Element) -> Segment:
    """Return what a ``<trans-unit>`` says."""
    target = next(children(unit, "target"), None)
    source = "".join(_plain(element) for element in children(unit, "source"))
    text = _plain(target) if target is not None else ""
    state = target.get("state") if target is not None else None
    if text == source and not state and unit.get("approved") is None:
        text = ""  # a copy that nobody vouches for: some programs write it for what is untranslated
    properties, places = [], []
    for group in children(unit, "context-group"):
        if group.get("purpose") == "location":
            places.append(_place(group))
        elif group.get("purpose") == "information":
            properties += [
                (context.get("context-type", "").removeprefix("x-"), "".join(context.itertext())) for context in group
            ]
    properties += _previous(unit)
    notes = [
        (_CATEGORIES.get(note.get("from", ""), TRANSLATORS), "".join(note.itertext()))
        for note in children(unit, "note")
    ]
    form = dict(properties).get("plural-form", "")
    return Segment(
        unit.get("id", ""), source, text, _is_fuzzy(state, unit.get("approved"), text), tuple(properties), tuple(notes),
        tuple(filter(None, places)), int(form) if form.isdecimal() and len(form) < 3 else None, unit.get("translate") == "no",
    )  # fmt: skip


def _is_fuzzy(state: str | None, approved: str | None, text: str) -> bool:
    """Whether a unit says that its translation is not finished: one that says nothing does not."""
    if approved == "yes":
        return False
    return bool(_UNFINISHED.fullmatch(state)) if state else approved == "no" and bool(text)


def _place(group: Element) -> str:
    contexts = {context.get("context-type"): "".join(context.itertext()) for context in children(group, "context")}
    path, line = contexts.get("sourcefile", ""), contexts.get("linenumber", "")
    shown = f"\u2068{path}\u2069" if re.search(r"\s", path) else path
    return f"{shown}:{line}" if path and line else shown


def _previous(unit: Element) -> Iterator[Named]:
    for other in children(unit, "alt-trans"):
        if other.get("alttranstype") == "previous-version":
            for source in children(other, "source"):
                yield PREVIOUS, _plain(source)
            return


def _plain(element: Element) -> str:
    """The text of an element, with what its inline codes hold or stand for."""
    written = [element.text or ""]
    for child in element:
        written += [_code(child) if name_of(child) in {"x", "bx", "ex"} else _plain(child), child.tail or ""]
    return "".join(written)


def _code(element: Element) -> str:
    equivalent = element.get("equiv-text", "")
    control = _CONTROL.fullmatch(equivalent) if element.get("ctype") == "x-control" else None
    return chr(min(int(control[1], 16), 0x10FFFF)) if control else equivalent
