"""XLIFF of either version: whole documents written and read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pipeline.catalogs import xliff2, xliff12
from pipeline.catalogs.exchanged import Outgoing, Segment, Sheet, exchanged
from pipeline.catalogs.tags import locale_of
from pipeline.catalogs.xmltext import parts
from pipeline.model import PipelineError
from pipeline.text.said import said

Version = Literal["2.1", "1.2"]

_STARTS = frozenset({"xliff", "file"})
_ENDS = frozenset({"unit", "trans-unit"})


def xliff_bytes(files: Sequence[Outgoing], version: Version = "2.1") -> bytes:
    """Return the document that holds the catalogs, one ``<file>`` each.

    Raises:
        PipelineError: There are none, or they differ in a language, and version 2.1 has one pair of them a document.
    """
    if not files:
        raise PipelineError("there is no catalog to export")
    if version == "2.1":
        for file in files[1:]:
            if file[1:3] != files[0][1:3]:
                one, other = (f"{each.source_locale} → {each.target_locale}" for each in (files[0], file))
                message = said("one XLIFF 2.1 file cannot hold {one} and {other}", one=one, other=other)
                remedy = said("name a folder with -o, or choose --version 1.2")
                raise PipelineError(message, path=file.path, remedy=remedy)
    module = xliff2 if version == "2.1" else xliff12
    return "".join(module.written(files)).encode("utf-8", "replace")


def read_xliff(data: bytes, path: str) -> list[Sheet]:
    """Return what an XLIFF document of version 1.1, 1.2 or 2.x brings, one sheet for each of its files.

    Raises:
        PipelineError: It is not well-formed, or no XLIFF of these versions.
    """
    sheets: list[tuple[Sheet, list[Segment]]] = []
    version, languages = "", ("", "")
    for is_start, name, element in parts(data, path, _STARTS, _ENDS):
        if name == "xliff" and is_start:
            version = element.get("version", "")
            languages = element.get("srcLang", ""), element.get("trgLang", "")
        elif not version.startswith(("1.", "2.")):
            break
        elif is_start:
            source = languages[0] or element.get("source-language", "")
            target = languages[1] or element.get("target-language", "")
            sheets.append((Sheet(element.get("original", ""), locale_of(source), locale_of(target), []), []))
        elif sheets:
            sheets[-1][1].append((xliff2 if name == "unit" else xliff12).segment_of(element))
    if not version.startswith(("1.", "2.")):
        what = said("is no XLIFF file")
        if version:
            what = said("is XLIFF {version}, which is not known", version=version)
        raise PipelineError(what, path=path, remedy="versions 1.2 and 2.0 to 2.2 are read")
    return [sheet._replace(messages=list(exchanged(segments))) for sheet, segments in sheets]
