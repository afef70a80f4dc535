"""Compiled catalogs, as programs load them: what msgfmt makes.

Not with polib's ``to_binary``, which loses an empty context and copies all that it has for each message. polib's
``mofile`` reads what is written here.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import accumulate, chain

import polib

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.exchanged import forms_of
from pipeline.catalogs.header import with_utf8

_CREATED = re.compile(r"^POT-Creation-Date:.*\n", re.MULTILINE)  # msgfmt leaves it out, so that only content counts
_MAGIC = 0x950412DE
_HEADER = struct.Struct("<7I")  # magic, version, messages, where their tables are, size and place of the hash table
_PAIR = 8  # bytes of a length and an offset


def mo_bytes(catalog: Catalog, *, with_fuzzy: bool = False) -> bytes:
    """Return the compiled catalog in UTF-8; obsolete messages and, unless ``with_fuzzy``, fuzzy ones are left out.

    Source: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html, without the optional hash table.
    """
    texts = dict(_texts(catalog, with_fuzzy))
    keys = sorted(texts)
    sources, targets = _HEADER.size, _HEADER.size + _PAIR * len(keys)
    strings = [text + b"\0" for text in chain(keys, (texts[key] for key in keys))]
    offsets = accumulate(map(len, strings), initial=targets + _PAIR * len(keys))
    table = chain.from_iterable((len(text) - 1, offset) for text, offset in zip(strings, offsets, strict=False))
    head = _HEADER.pack(_MAGIC, 0, len(keys), sources, targets, 0, targets + _PAIR * len(keys))
    return b"".join([head, struct.pack(f"<{4 * len(keys)}I", *table), *strings])


def _texts(catalog: Catalog, with_fuzzy: bool) -> Iterator[tuple[bytes, bytes]]:
    """The messages as keys and values; of two with one key the first counts, as for gettext."""
    for message in reversed(catalog):
        if forms_of(message)[0] and not message.obsolete and (with_fuzzy or not message.fuzzy):
            yield _key(message), _bytes("\0".join(forms_of(message)))
    if catalog.head is not None:
        yield b"", _bytes(_CREATED.sub("", with_utf8(catalog.head.msgstr)))


def _key(message: polib.POEntry) -> bytes:
    context: str | None = message.msgctxt
    plural = f"\0{message.msgid_plural}" if message.msgid_plural else ""
    return _bytes(("" if context is None else f"{context}\4") + message.msgid + plural)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
