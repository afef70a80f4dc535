"""XML written and read as exchange formats need it: nothing lost, nothing expanded, nothing fetched."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers import expat

from pipeline.model import PipelineError
from pipeline.text.foreign import known
from pipeline.text.said import said

FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold, even escaped
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_DEEPEST = 64  # elements inside each other; real files have ten
_ENCODING = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_OWN_CODECS = frozenset({"utf-8", "ascii", "iso8859-1", "utf-16", "utf-16-le", "utf-16-be"})  # that expat reads itself
_REMEDY = said("export it again, or mend the place")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


class Part(NamedTuple):
    """An element of a file: at its start, when it has only its attributes, or at its end, when it is whole."""

    is_start: bool
    name: str  # without namespace
    element: ET.Element


def escaped(text: str) -> str:
    """Return the text as the content of an element; it must hold nothing `FORBIDDEN`.

    >>> escaped("a < b && c\\r")
    'a &lt; b &amp;&amp; c&#13;'
    """
    return text.translate(_ESCAPES)


def in_attribute(text: str) -> str:
    """Return the text as it stands between the double quotes of an attribute; what XML cannot hold becomes U+FFFD."""
    return FORBIDDEN.sub("\ufffd", text).translate(_ESCAPES).translate(_IN_ATTRIBUTE)


def name_of(element: ET.Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: ET.Element, *names: str) -> Iterator[ET.Element]:
    """Yield the children with one of these names, whatever their namespace."""
    return (child for child in element if name_of(child) in names)


def parts(data: bytes, path: str, starts: Collection[str], ends: Collection[str]) -> Iterator[Part]:
    """Yield the elements with these names in reading order, while the file is read: those of ``ends`` take no memory after.

    No entity is expanded but those of XML itself, and nothing outside the file is read.

    Raises:
        PipelineError: It is not well-formed, declares entities, or is nested too deep.
    """
    clean = _readable(data, path)
    try:
        _check_prolog(clean, path)
        yield from _parts(clean, path, starts, ends)
    except ET.ParseError as error:
        line, column = error.position
        raise _malformed(path, line, column, expat.errors.messages.get(error.code, str(error))) from error
    except expat.ExpatError as error:
        raise _malformed(path, error.lineno, error.offset, expat.ErrorString(error.code)) from error


def _parts(data: bytes, path: str, starts: Collection[str], ends: Collection[str]) -> Iterator[Part]:
    above: list[ET.Element] = []
    # without entities, which are refused, there is nothing that could be expanded or fetched
    for event, element in ET.iterparse(BytesIO(data), ("start", "end")):  # noqa: S314
        name = name_of(element)
        if event == "start":
            if len(above) >= _DEEPEST:
                message = said("elements are nested more than {number} deep", number=_DEEPEST)
                raise PipelineError(message, path=path, remedy=_REMEDY)
            above.append(element)
            if name in starts:
                yield Part(True, name, element)
            continue
        above.pop()
        if name in ends:
            yield Part(False, name, element)
            element.clear()
            if above:
                above[-1].remove(element)


def _readable(data: bytes, path: str) -> bytes:
    """The bytes in an encoding that expat reads."""
    declared = _ENCODING.match(data[:200])
    if declared is None:
        return data
    name = declared[1].decode("ascii")
    try:
        if codecs.lookup(name).name in _OWN_CODECS:
            return data
        text = data.decode(name)
    except LookupError as error:
        message = said("names an unknown encoding, {name}", name=name)
        raise PipelineError(message, path=path, line=1, remedy=_REMEDY) from error
    except UnicodeError as error:
        message = said("is not in {name}, the encoding that it names", name=name)
        raise PipelineError(message, path=path, line=1, remedy=_REMEDY) from error
    return (text[: declared.start(1)] + "utf-8" + text[declared.end(1) :]).encode("utf-8", "replace")


class _RootReachedError(Exception):
    """The prolog is over."""


def _check_prolog(data: bytes, path: str) -> None:
    """Let a file pass whose document type, if any, declares no entities: there can be none after the first element."""
    parser = expat.ParserCreate()

    def entity(name: str, *_others: object) -> None:
        what = said("declares an entity, {name}, which a file of translations never needs", name=name[:40])
        raise PipelineError(what, path=path, line=parser.CurrentLineNumber, remedy="delete its <!ENTITY …>")

    def root(_name: str, _attributes: object) -> None:
        raise _RootReachedError

    parser.EntityDeclHandler = entity
    parser.StartElementHandler = root
    try:
        parser.Parse(data, True)
    except _RootReachedError:
        return


def _malformed(path: str, line: int, column: int, what: str) -> PipelineError:
    message = said("column {column}: is not well-formed XML: {why}", column=column + 1, why=known(what))
    return PipelineError(message, path=path, line=line, remedy=_REMEDY)
