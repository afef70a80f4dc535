"""XLIFF 2.0 to 2.2: units written and read.

Source: https://docs.oasis-open.org/xliff/xliff-core/v2.1/xliff-core-v2.1.html, with its metadata module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from pipeline.catalogs.exchanged import PREVIOUS, Named, Outgoing, Segment
from pipeline.catalogs.tags import language_tag
from pipeline.catalogs.xmltext import FORBIDDEN, children, escaped, in_attribute, name_of

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"  # that of 2.1 too
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
FUZZY = "bilect:fuzzy"  # the subState of a translation that gettext calls fuzzy
_PLURAL_FORM = "plural-form"


def written(files: Iterable[Outgoing]) -> Iterator[str]:
    """Yield the text of a document piece by piece; all files must have the same two locales."""
    files = list(files)
    source, target = language_tag(files[0].source_locale), language_tag(files[0].target_locale)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<xliff xmlns="{NAMESPACE}" xmlns:mda="{METADATA}" version="2.1" srcLang="{source}" trgLang="{target}">\n'
    for number, file in enumerate(files, 1):
        yield f'  <file id="f{number}" original="{in_attribute(file.path)}" xml:space="preserve">\n'
        for forms in file.messages:
            yield from _message(forms)
        yield "  </file>\n"
    yield "</xliff>\n"


def _message(forms: tuple[Segment, ...]) -> Iterator[str]:
    if forms[0].form is None:
        yield from _unit(forms[0])
        return
    group = forms[0].key.rpartition(".")[0]
    no = ' translate="no"' if forms[0].is_final else ""
    yield f'    <group id="{group}" type="bilect:plural"{no}>\n'
    for form in forms:
        yield from _unit(form)
    yield "    </group>\n"


def _unit(segment: Segment) -> Iterator[str]:
    name = next((in_attribute(value) for name, value in segment.properties if name == "context" and value), "")
    yield f'    <unit id="{segment.key}"' + (f' name="{name}"' if name else "")
    yield (' translate="no"' if segment.is_final else "") + ' canResegment="no">\n'
    yield '      <mda:metadata><mda:metaGroup category="gettext">\n'
    for name, value in segment.properties:
        if name != PREVIOUS:
            yield f'        <mda:meta type="{name}">{escaped(value)}</mda:meta>\n'
    yield "      </mda:metaGroup></mda:metadata>\n"
    yield from _notes(segment)
    yield f"      <segment{_state(segment)}>\n        <source>{_content(segment.source)}</source>\n"
    if segment.target or segment.fuzzy:
        yield f"        <target>{_content(segment.target)}</target>\n"
    yield "      </segment>\n    </unit>\n"


def _notes(segment: Segment) -> Iterator[str]:
    previous = [(name, value) for name, value in segment.properties if name == PREVIOUS]
    notes = [*segment.notes, *previous, *(("location", place) for place in segment.places)]
    if not notes:
        return
    yield "      <notes>\n"
    for category, text in notes:
        side = ' appliesTo="source"' if category == PREVIOUS else ""
        yield f'        <note category="{category}"{side}>{escaped(text)}</note>\n'
    yield "      </notes>\n"


def _state(segment: Segment) -> str:
    """The state of a segment; an untranslated one says none, so that a tool that knows no states can fill it."""
    if segment.fuzzy:
        return f' state="initial" subState="{FUZZY}"'
    if segment.target:
        return ' state="final"' if segment.is_final else ' state="translated"'
    return ""


def _content(text: str) -> str:
    return escaped(text) if not FORBIDDEN.search(text) else "".join(map(_character, text))


def _character(char: str) -> str:
    return f'<cp hex="{ord(char):04X}"/>' if FORBIDDEN.match(char) else escaped(char)


def segment_of(unit: Element) -> Segment:
    """Return what a ``<unit>`` says; several segments are put together again."""
    data = {child.get("id", ""): _plain(child, {}) for group in children(unit, "originalData") for child in group}
    pieces = list(children(unit, "segment", "ignorable"))
    source = "".join(_text(piece, "source", data) or "" for piece in pieces)
    targets = [_text(piece, "target", data) for piece in pieces]
    if any(targets):  # ignorable stretches without a target are as in the source
        targets = [
            _text(piece, "source", data) if text is None and name_of(piece) == "ignorable" else text
            for piece, text in zip(pieces, targets, strict=True)
        ]
    target = "".join(text or "" for text in targets)
    segments = [piece for piece in pieces if name_of(piece) == "segment"]
    if target == source and not any(piece.get("state") for piece in segments):
        target = ""  # a copy that nobody vouches for: some programs write it for what is untranslated
    kinds = [(note.get("category", ""), "".join(note.itertext()), note) for note in _notes_of(unit)]
    properties = [*_properties(unit), *((name, text) for name, text, _ in kinds if name.startswith(PREVIOUS))]
    places = [text for name, text, _ in kinds if name == "location"]
    others = [each for each in kinds if each[0] != "location" and not each[0].startswith(PREVIOUS)]
    notes = [(_category(name, note), text) for name, text, note in others]
    is_partial = bool(target) and not all(_text(piece, "target", data) for piece in segments)
    form = dict(properties).get(_PLURAL_FORM, "")
    return Segment(
        unit.get("id", ""), source, target, is_partial or _is_fuzzy(segments), tuple(properties), tuple(notes), tuple(places),
        int(form) if form.isdecimal() and len(form) < 3 else None, unit.get("translate") == "no",
    )  # fmt: skip


def _notes_of(unit: Element) -> Iterator[Element]:
    for group in (each for each in unit.iter() if name_of(each) == "notes"):  # translate-toolkit's are in the segment
        yield from children(group, "note")


def _properties(unit: Element) -> Iterator[Named]:
    for meta in unit.iter(f"{{{METADATA}}}meta"):
        yield meta.get("type", ""), "".join(meta.itertext())


def _category(category: str, note: Element) -> str:
    """A note of another program is a translator's, unless it is about the source."""
    known = category.startswith(("extracted-comment", "translator-comment"))
    return category if known else "extracted-comment" if note.get("appliesTo") == "source" else "translator-comment"


def _is_fuzzy(segments: Iterable[Element]) -> bool:
    """Whether a segment says that it is at its beginning: one that says nothing does not."""
    return any(segment.get("state") == "initial" for segment in segments)


def _text(piece: Element, name: str, data: Mapping[str, str]) -> str | None:
    found = next(children(piece, name), None)
    return None if found is None else _plain(found, data)


def _plain(element: Element, data: Mapping[str, str]) -> str:
    """The text of an element, inline codes as the characters that they stand for."""
    written = [element.text or ""]
    for child in element:
        name = name_of(child)
        reading = _CODES.get(name, _span)
        written += [reading(child, data), child.tail or ""]
    return "".join(written)


def _code_point(element: Element, _data: Mapping[str, str]) -> str:
    try:
        return chr(int(element.get("hex", ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _code(element: Element, data: Mapping[str, str], end: str = "") -> str:
    held = data.get(element.get(f"dataRef{end}", ""))
    return held if held is not None else element.get(f"equiv{end}", "")


def _span(element: Element, data: Mapping[str, str]) -> str:
    return _code(element, data, "Start") + _plain(element, data) + _code(element, data, "End")


_CODES: Mapping[str, Callable[[Element, Mapping[str, str]], str]] = {
    "cp": _code_point,
    "ph": _code,
    "sc": _code,
    "ec": _code,
    "sm": lambda *_: "",
    "em": lambda *_: "",
}
