"""Bytes to text and back: which encoding a file has, and what mojibake it holds.

Mojibake is UTF-8 that somebody once read in a one-byte encoding and saved again. A run of characters is called
mojibake only with proof: encoded back it must be UTF-8, and what it then says must be more likely than what it says now.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
MOJIBAKE_CODECS = ("cp1252", "mac_roman")
_BROKEN = re.compile("[\udc80-\udcff]")
_LATIN = re.compile(r"(?<=[A-Za-z])[À-öø-ÿŒœŠšŽž]{1,2}|[À-öø-ÿŒœŠšŽž]{1,2}(?=[A-Za-z])|[‘’“”–—…«»§°·×€]")
_CHINESE = re.compile("[\u2014\u2018-\u201d\u2026\u3000-\u3017\u4e00-\u9fff\uff01-\uff5e]")


class NotTextError(ValueError):
    """The bytes are no text in any encoding that is looked for; the message says what speaks against it."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text: ``bom`` bytes in front, then ``text`` in ``encoding``.

    ``lossless`` is False where some bytes fit no encoding: each stands in ``text`` as one question mark, so that offsets
    into its UTF-8 are offsets on disk; ``data`` then holds the bytes.
    """

    text: str
    encoding: str
    bom: int = 0
    lossless: bool = True
    data: bytes = b""


def decoded(data: bytes) -> Decoded:
    """The text of ``data``, by byte order mark, then UTF-8, then the legacy Chinese encodings.

    Raises:
        NotTextError: NUL bytes in what is not UTF-16, or no encoding fits.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _with_bom(data, len(mark), encoding.removesuffix("-sig"))
    if b"\0" in data:
        raise NotTextError("it holds NUL bytes")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error)


def _with_bom(data: bytes, bom: int, encoding: str) -> Decoded:
    try:
        text = data[bom:].decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(
            f"it starts with a {encoding} byte order mark but byte {bom + error.start} is not {encoding}"
        ) from error
    if "\0" in text:
        raise NotTextError("it holds NUL characters")
    return Decoded(text, encoding, bom)


def _legacy(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """A file that is not UTF-8: in a legacy encoding where one fits, else UTF-8 with the broken bytes marked."""
    if not _is_mostly_utf8(data):
        for encoding in _likely_encodings(data):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if _is_written_in(text, encoding) and text.encode(encoding) == data:
                return Decoded(text, encoding)
    text, broken = _BROKEN.subn("?", data.decode("utf-8", "surrogateescape"))
    if broken > max(8, len(text) // 20):
        raise NotTextError(f"byte {error.start} and {broken - 1} others fit no encoding that is looked for")
    return Decoded(text, "utf-8", lossless=False, data=data)


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the file is UTF-8 but for a few broken bytes: GB18030 would read nearly anything."""
    multibyte = len(re.findall(rb"[\xe3-\xe9][\x80-\xbf]{2}|[\xc3-\xdf][\x80-\xbf](?![\x80-\xbf])", data))
    return multibyte > 4 * data.decode("utf-8", "replace").count("\ufffd")


def _likely_encodings(data: bytes) -> list[str]:
    from charset_normalizer import from_bytes  # slow to import, and needed only for the rare file that is not UTF-8

    guess = from_bytes(data[:65536], cp_isolation=["gb18030", "big5"]).best()
    first = guess.encoding if guess else "gb18030"
    return [first, *(name for name in ("gb18030", "big5", "cp1252") if name != first)]


def _is_written_in(text: str, encoding: str) -> bool:
    """Whether ``text`` is what people write in ``encoding``: Han characters in runs, or Latin letters inside words.

    Read as GB18030, an accented Latin letter swallows its neighbour and gives one lone Han character.
    """
    if encoding == "cp1252":
        return _LATIN.sub("", text).isascii()
    foreign = re.findall(r"[^\x00-\x7f]+", text)
    likely = sum(len(_CHINESE.findall(run)) for run in foreign)
    total = sum(map(len, foreign))
    return likely >= 0.9 * total and total >= 1.5 * len(foreign)


@dataclass(frozen=True, slots=True)
class Mojibake:
    """One damaged run: ``start`` and ``end`` in code points, what stands there, what was meant, and the ``codec``."""

    start: int
    end: int
    before: str
    after: str
    codec: str


def mojibake(text: str) -> tuple[Mojibake, ...]:
    """The damaged runs of ``text`` in reading order, read in the one codec that explains most of them.

    Every run encodes back to the UTF-8 bytes of what was meant.

    >>> [(found.before, found.after) for found in mojibake("whatâ€™s")]
    [('â€™', '’')]
    """
    if text.isascii() or not _may_hold_mojibake(text):
        return ()
    best: tuple[Mojibake, ...] = ()
    for codec in MOJIBAKE_CODECS:
        found = _runs(text, codec)
        if len(found) > len(best):
            best = found
    return best


def _may_hold_mojibake(text: str) -> bool:
    """A look at the bytes that rules out nearly every clean page: U+00C0–U+00FF stand in all but one damaged run, ``¬†``."""
    raw = text.encode("utf-8", "surrogatepass")
    return b"\xc3" in raw or b"\xc2\xac" in raw


def repaired(text: str) -> str:
    """``text`` with its mojibake undone, also where it was damaged more than once; other text comes back as it is.

    >>> repaired("whatâ€™s"), repaired("“医疗”，café Ã 2")
    ('what’s', '“医疗”，café Ã 2')
    """
    return without(text, mojibake(text))


def without(text: str, found: tuple[Mojibake, ...]) -> str:
    """``text`` with the runs ``found`` in it replaced by what was meant."""
    pieces: list[str] = []
    last = 0
    for run in found:
        pieces += (text[last : run.start], run.after)
        last = run.end
    return "".join(pieces) + text[last:]


def _runs(text: str, codec: str) -> tuple[Mojibake, ...]:
    """Runs of sequences that decode; none at all unless one of them is beyond chance."""
    pattern = _sequence(codec)
    found = [
        Mojibake(match.start(), match.end(), match[0], after, codec)
        for match in pattern.finditer(text)
        if (after := _meant(match[0], codec)) and _is_plausible(match[0], after, text, match.start())
    ]
    strong = sum(len(run.before) > 2 * len(run.after) for run in found)
    return tuple(found) if strong or len(found) >= 3 else ()


def _meant(before: str, codec: str) -> str:
    """What ``before`` was, undone as often as it was done; empty where it is no UTF-8."""
    table, after = _table(codec), before
    while _sequence(codec).fullmatch(after):
        try:
            after = bytes(table[character] for character in after).decode("utf-8")
        except UnicodeDecodeError:
            break
    return "" if after == before else after


@lru_cache
def _table(codec: str) -> dict[str, int]:
    """Character → byte for 0x80–0xFF; in cp1252 the C1 controls too, which is what Latin-1 makes of 0x80–0x9F."""
    table = {bytes([byte]).decode(codec, "ignore"): byte for byte in range(0x80, 0x100)}
    table.pop("", None)
    if codec == "cp1252":
        table |= {chr(byte): byte for byte in range(0x80, 0xA0)}
    return table


@lru_cache
def _sequence(codec: str) -> re.Pattern[str]:
    """One or more UTF-8 multi-byte sequences as they look when read in ``codec``."""
    table = _table(codec)

    def span(first: int, last: int) -> str:
        return "[" + "".join(re.escape(character) for character, byte in table.items() if first <= byte <= last) + "]"

    tail = span(0x80, 0xBF)
    return re.compile(f"(?:{span(0xC2, 0xDF)}{tail}|{span(0xE0, 0xEF)}{tail}{{2}}|{span(0xF0, 0xF4)}{tail}{{3}})+")


# What mojibake usually hides: Latin letters, Greek, Cyrillic, punctuation, signs, kana, Han, full width, emoji.
_MEANT = re.compile(
    "[\u00a0-\u017f\u0370-\u052f\u2000-\u206f\u20a0-\u20cf\u2100-\u23ff\u2460-\u27bf\u2900-\u2bff\u3000-\u30ff"
    "\u3400-\u9fff\uac00-\ud7a3\ufe00-\ufe0f\uff00-\uffef\U0001f000-\U0001faff]+"
)
_SINGLE_WORDS = re.compile("[\u3400-\u9fff\uac00-\ud7a3\u0100-\u017f\u0370-\u052f]")


def _is_plausible(before: str, after: str, text: str, start: int) -> bool:
    """Whether ``after`` is what people write, so that natural text such as ``résumé”—`` or ``CAFÉ»`` stays."""
    if not _MEANT.fullmatch(after) or any(a == b == "\u00a0" for a, b in pairwise(after)):
        return False
    glued = start > 0 and text[start - 1].isalpha()
    return not (len(after) == 1 and glued and _SINGLE_WORDS.match(after) and len(before) < 4)
