"""What a file would be with its mojibake undone, its stray lines of another encoding read, and in UTF-8 where wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.text.encoding import Decoded, NotTextError, decoded, encoded, encoding_name
from pipeline.text.misreading import Misreading, read_as, read_back
from pipeline.text.mojibake import Lost, Mojibake, lost, mojibake, without
from pipeline.text.places import Lines
from pipeline.text.said import said
from pipeline.text.series import listed

_BROKEN = re.compile("[\udc80-\udcff]")
_PO_CHARSET = re.compile(r"(Content-Type:[^\"\n]*?charset=)[^\s;\"\\]+", re.IGNORECASE)
_META_CHARSET = re.compile(r"(<meta\b[^<>]*?\bcharset\s*=\s*[\"']?)[\w.:-]+", re.IGNORECASE)


class Mend(NamedTuple):
    """One place that is mended, in code points of the old text, and the proof that it is: how it was damaged."""

    start: int
    end: int
    before: str
    after: str
    proof: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A file before and after: its texts and encodings, its new bytes, what is mended, and what cannot be.

    Bytes that fit no encoding are lone surrogates in both texts. ``unwritable`` are the repairs that are left out since
    the encoding of the file has not the characters.
    """

    before: str
    after: str
    old_encoding: str
    new_encoding: str
    data: bytes
    mends: tuple[Mend, ...] = ()
    lost: tuple[Lost, ...] = ()
    unwritable: tuple[Mend, ...] = ()


def repair(data: bytes, name: str = "", *, to_utf8: bool = False) -> Repair:
    """The file ``data`` repaired, and converted to UTF-8 without a byte order mark if that is wanted too.

    ``name`` says by its end where the file names its encoding itself: the header of a catalog, a ``<meta>`` of a page.

    Raises:
        NotTextError: It is no text, or holds bytes of no encoding and should be converted.
    """
    file = decoded(data)
    new_encoding = "utf-8" if to_utf8 else file.encoding
    runs = mojibake(file.text)
    mends = sorted([*map(_mend, runs), *_stray_lines(file, runs)])
    kept, unwritable = _divided(mends, new_encoding)
    after = without(file.escaped, kept)
    if new_encoding != file.encoding:
        if _BROKEN.search(after):
            number = len(file.broken)
            raise NotTextError(
                said("{number} of its bytes are not {name}: mend them first", number=number, name=file.name)
            )
        after = _naming_utf8(after, name)
    mark = b"" if to_utf8 else data[: file.bom]
    return Repair(
        before=file.escaped,
        after=after,
        old_encoding=_described(file.encoding, file.bom),
        new_encoding=_described(new_encoding, len(mark)),
        data=mark + encoded(after, new_encoding),
        mends=tuple(kept),
        lost=lost(file.text, runs),
        unwritable=tuple(unwritable),
    )


def _described(encoding: str, bom: int) -> str:
    name = encoding_name(encoding)
    return said("{encoding} with a byte order mark", encoding=name) if bom else name


def _divided(mends: list[Mend], encoding: str) -> tuple[list[Mend], list[Mend]]:
    """The mends that can be written in the encoding, and the others."""
    divided: tuple[list[Mend], list[Mend]] = ([], [])
    for mend in mends:
        divided[not _is_writable(mend.after, encoding)].append(mend)
    return divided


def _is_writable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _mend(run: Mojibake) -> Mend:
    ways = listed(step.words for step in run.steps)
    shown = _bytes_of(run.steps[-1], run)
    return Mend(run.start, run.end, run.before, run.after, said("{ways}: {bytes}", ways=ways, bytes=shown))


def _bytes_of(step: Misreading, run: Mojibake) -> str:
    """The bytes of what was meant, and what they look like in the wrong encoding: anybody can check it."""
    if len(run.steps) > 1:
        raw = run.after.encode(step.meant, "ignore")  # a part that was misread less often may be of no such bytes
        return said("{bytes} at the start", bytes=raw.hex(" ").upper())
    raw = run.after.encode(step.meant)
    seen = read_back(run.after, step.codec) if step.codec in ("gb18030", "big5") else read_as(raw, run.codec)
    return said("{bytes} read as {codec} is {seen}", bytes=raw.hex(" ").upper(), codec=run.codec, seen=seen)


def _stray_lines(file: Decoded, runs: tuple[Mojibake, ...]) -> Iterator[Mend]:
    """Lines of a UTF-8 file that were pasted in a legacy encoding: whole lines that it reads without a fault."""
    if file.encoding != "utf-8" or not file.broken:
        return
    lines = Lines(file.text)
    damaged = {lines.place(run.start)[0] - 1 for run in runs}
    start = 0
    for number, line in enumerate(file.escaped.split("\n")):
        if number not in damaged and _BROKEN.search(line) and (found := _legacy_line(encoded(line, "utf-8"))):
            raw = _BROKEN.findall(line)
            proof = said(
                "{encoding} in a file of UTF-8: {number} bytes of the line are no UTF-8",
                encoding=found.name,
                number=len(raw),
            )
            yield Mend(start, start + len(line), line, found.text, proof)
        start += len(line) + 1


def _legacy_line(raw: bytes) -> Decoded | None:
    try:
        found = decoded(raw)
    except NotTextError:
        return None
    return found if found.lossless and found.encoding != "utf-8" and not mojibake(found.text) else None


def _naming_utf8(text: str, name: str) -> str:
    """The text, saying of itself that it is UTF-8 where it names an encoding."""
    suffix = name.lower().rpartition(".")[2]
    if suffix in ("po", "pot"):
        return _PO_CHARSET.sub(r"\g<1>UTF-8", text, count=1)
    return _META_CHARSET.sub(r"\g<1>utf-8", text, count=1) if suffix in ("html", "htm") else text
