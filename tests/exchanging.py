"""A catalog with all that gettext knows, and how it goes to XLIFF and comes back."""

from __future__ import annotations

import polib

from pipeline.catalogs.catalog import Catalog, read_catalog
from pipeline.catalogs.exchanged import Exchanged, outgoing
from pipeline.catalogs.writing import formatted
from pipeline.catalogs.xliff import Version, read_xliff, xliff_bytes

HEADER = r"""# 译者：一二三
msgid ""
msgstr ""
"Project-Id-Version: stars 1\n"
"POT-Creation-Date: 2026-01-01 10:00+0800\n"
"PO-Revision-Date: 2026-02-03 10:00+0800\n"
"Last-Translator: 王 <w@example.org>\n"
"Language: zh_CN\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=n != 1;\n"
"X-Own: kept\n"
"""

BODY = """
# a translator's note
#
# more of it
#. kind: heading
#. <b>& ]]>
#: a.md:3 \u2068b c.md\u2069:12 d#e.md
#, python-format, max-length:20
#= sticky
msgctxt "menu <\\"x\\">\\n\\tline"
msgid "One <b>`code`</b> {{ x }} [l](u) & &amp; ]]>\\r\\n\\t end "
msgstr "一 <b>`code`</b> {{ x }} [l](u) & &amp; ]]>\\r\\n\\t 尾 "

#, fuzzy, max-length:9
#| msgctxt "old place"
#| msgid "Old"
msgid "New"
msgstr "新\\a\\v"

msgid "bell \\a"
msgstr ""

#
#.
msgid "blank comments"
msgstr "空"

#: a.md:4
#, fuzzy
#| msgid "%d fil"
#| msgid_plural "%d fils"
msgid "%d file"
msgid_plural "%d files"
msgstr[0] "一份"
msgstr[1] ""

msgctxt ""
msgid "empty context"
msgstr "空白"

#, fuzzy
msgid "fuzzy and empty"
msgstr ""

msgid "same"
msgstr "same"

# note of an old one
#, fuzzy
#~| msgid "very old"
#~ msgid "gone"
#~ msgstr "走了"

#~ msgctxt "menu"
#~ msgid "gone"
#~ msgid_plural "all gone"
#~ msgstr[0] "走"
#~ msgstr[1] "都走了"
"""

PO = formatted(read_catalog((HEADER + BODY).encode("utf-8"))).decode("utf-8")

VERSIONS: tuple[Version, ...] = ("2.1", "1.2")


def catalog_of(text: str) -> Catalog:
    return read_catalog(text.encode("utf-8"), "a.po")


def exported(text: str, version: Version = "2.1") -> str:
    return xliff_bytes([outgoing(catalog_of(text), "a.po", "en", "zh_CN")], version).decode("utf-8")


def brought(document: str) -> list[Exchanged]:
    (sheet,) = read_xliff(document.encode("utf-8"), "a.xlf")
    return sheet.messages


def message(text: str, source: str) -> polib.POEntry:
    return next(each for each in catalog_of(text) if each.msgid == source)


SIMPLE = (
    HEADER
    + '\nmsgid "one"\nmsgstr "一"\n\n#, fuzzy\n#| msgid "to"\nmsgid "two"\nmsgstr "二"\n\nmsgid "three"\nmsgstr ""\n'
)
