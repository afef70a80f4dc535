"""The header of a catalog: its fields, and the changed lines of a header that otherwise stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FIELD = re.compile(r"([^:\s][^:\n]*):[ \t]*(.*)")
_CHARSET = re.compile(r"charset=[^\s;]*", re.IGNORECASE)


def metadata_of(header: str) -> dict[str, str]:
    """Return the fields of a header in its order and case; of a repeated field the first counts, as for gettext.

    >>> metadata_of("Language: zh_CN\\nX-Generator: Poedit\\n")
    {'Language': 'zh_CN', 'X-Generator': 'Poedit'}
    """
    metadata: dict[str, str] = {}
    for line in header.split("\n"):
        if found := _FIELD.fullmatch(line):
            metadata.setdefault(found[1].strip(), found[2].strip())
    return metadata


def header_with(header: str, metadata: Mapping[str, str]) -> str:
    """Return the header with the fields of ``metadata``: lines that say the same stay, others change or go.

    New fields come last, but before those that begin with X-. Lines that are no field are kept.
    """
    kept, wanted = [], dict(metadata)
    old = metadata_of(header)
    for line in header.split("\n"):
        found = _FIELD.fullmatch(line)
        name = found[1].strip() if found else ""
        if not found or (name in metadata and (name not in wanted or old[name] == metadata[name])):
            wanted.pop(name, None)
            kept.append(line)
        elif name in wanted:
            kept.append(_field(name, wanted.pop(name)))
    while kept and not kept[-1]:
        kept.pop()
    place = next((index for index, line in enumerate(kept) if line.startswith("X-")), len(kept))
    extensions = [_field(name, value) for name, value in wanted.items() if name.startswith("X-")]
    standard = [_field(name, value) for name, value in wanted.items() if not name.startswith("X-")]
    return "".join(line + "\n" for line in [*kept[:place], *standard, *kept[place:], *extensions])


def with_utf8(content_type: str) -> str:
    """Return the value of Content-Type with the charset UTF-8."""
    return _CHARSET.sub("charset=UTF-8", content_type)


def new_metadata(language: str, project: str, date: str) -> dict[str, str]:
    """Return the fields of a new catalog, as gettext's own tools and checkers want them."""
    from babel.messages.plurals import get_plural  # 30 ms that only new catalogs need

    return {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": date,
        "PO-Revision-Date": date,
        "Last-Translator": "",
        "Language-Team": "",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": get_plural(language).plural_forms,
        "X-Generator": "bilect",
    }


def template_metadata(project: str, date: str, bugs: str = "") -> dict[str, str]:
    """Return the fields of a template; what a translator fills in stands as gettext's tools recognise it.

    ``bugs`` is the address to which mistakes in the sources are reported.
    """
    return {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": bugs,
        "POT-Creation-Date": date,
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Generator": "bilect",
    }


def _field(name: str, value: str) -> str:
    return f"{name}: {value}".replace("\n", " ")
