"""Which encoding a file has: by its mark, by what UTF-8 allows, then by which reading is the likeliest text.

GB18030 reads nearly any bytes without complaint, so that a reading proves nothing: all readings are weighed against
each other, also those that are not wanted, and one that is no likely text is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pipeline.text.lazily import lazily
from pipeline.text.likelihood import bits, joint_bits
from pipeline.text.said import said

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Codec → name. Those that are read; of equals the first wins, as this is Chinese material.
_READ = {
    "gb18030": "GB18030", "big5": "Big5", "cp950": "Big5 (code page 950)", "big5hkscs": "Big5-HKSCS", "cp1252": "Windows-1252",
}  # fmt: skip
_FOREIGN = {
    "cp932": "Shift-JIS", "euc_jp": "EUC-JP", "cp949": "EUC-KR", "cp1251": "Windows-1251", "koi8_r": "KOI8-R",
}  # fmt: skip
_UNICODE = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
}  # fmt: skip

_ESCAPED = "surrogateescape"
_BROKEN = lazily("[\udc80-\udcff]")
_CONTROL = lazily(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_COMMON_UTF8 = lazily(  # dashes, quotes, Chinese marks, Han characters, full-width forms
    rb"\xe2\x80[\x93-\xa6]|\xe3\x80[\x80-\x91]|[\xe4-\xe9][\x80-\xbf]{2}|\xef\xbc[\x81-\xbf]|\xef\xbd[\x80-\x9e]"
)
_FOREIGN_RUN = lazily(r"[^\x00-\x7f]+")
_HAN = lazily("[\u3400-\u9fff]")
_KANA = lazily("[\u3041-\u30ff]")
_CHINESE = lazily("[\xa0-\xff\u2000-\u2bff\u3000-\u9fff\uff00-\uffef\U0001f000-\U0003ffff]")
_SWALLOWED = lazily("(?<=[a-z])[\u3400-\u9fff](?![^\0-\x7f])|(?<![^\0-\x7f])[\u3400-\u9fff](?=[a-z])")
_NO_WORD = lazily("(?<![A-Za-zÀ-öø-ÿ])[ÐÞßðþÿ](?![A-Za-zÀ-öø-ÿ])")
_ACCENTS = lazily("[À-öø-ÿ](?=[À-öø-ÿ])")
_MIXED_WORD = lazily("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_JAPANESE, _CYRILLIC = lazily("[\u3041-\u30ff\uff66-\uff9f]"), lazily("[\u0410-\u044f]")
_TYPICAL = {
    "cp932": _JAPANESE, "euc_jp": _JAPANESE, "cp949": lazily("[\uac00-\ud7a3]"), "cp1251": _CYRILLIC, "koi8_r": _CYRILLIC,
}  # fmt: skip
_LIKELY = 15.5  # bits a character: the most that a text of rare Han characters costs
_ENOUGH = 3  # characters that say that a file is in a language that is not read
_SURPRISE = 10.0  # bits: among course pages in English and Chinese
_LATIN = lazily(r"[À-öø-ÿŒœŠšŽžŸ‘’‚“”„–—…«»§°·×€£©®™ºª¡¿\xa0µ±²³¼½¾•†‹›]+")
_MIXED_SCRIPTS = lazily(
    "[\u0100-\u02ff](?=[\u0370-\u07ff])|[\u0370-\u03ff](?=[\u0100-\u02ff\u0400-\u07ff])"
    "|[\u0400-\u052f](?=[\u0100-\u03ff\u0530-\u07ff])|[\u0530-\u07ff](?=[\u0100-\u052f])"
)
_SHORT = 400  # bytes
_SAMPLE = 40_000  # bytes that are enough to tell an encoding
_ZERO_SECOND = "一\u2000\u3000"  # of common characters, those whose second byte is zero in UTF-16
_STRAY = 300  # bytes among which one may be broken


class NotTextError(ValueError):
    """The bytes are no text in any encoding that is read; the message says what speaks against it (see `words_of`)."""


class Decoded(NamedTuple):
    """A file as text: ``bom`` bytes in front, then ``text`` in ``encoding``, a codec of Python.

    Some bytes may fit no encoding: each stands in ``text`` as one question mark at the indexes ``broken``, so that offsets
    into the encoded text are offsets on disk; ``data`` then holds the bytes, else nothing.
    """

    text: str
    encoding: str
    bom: int = 0
    broken: tuple[int, ...] = ()
    data: bytes = b""

    @property
    def lossless(self) -> bool:
        """Whether every byte belongs to the encoding."""
        return not self.broken

    @property
    def escaped(self) -> str:
        """The text, with each broken byte as the lone surrogate that Python writes back as that byte."""
        return self.data[self.bom :].decode(self.encoding, _ESCAPED) if self.broken else self.text

    @property
    def name(self) -> str:
        """What people call the encoding."""
        return encoding_name(self.encoding)


def encoding_name(encoding: str) -> str:
    """What people call the encoding that Python calls ``encoding``.

    >>> encoding_name("gb18030"), encoding_name("utf-16-le")
    ('GB18030', 'UTF-16 LE')
    """
    return {**_UNICODE, **_READ, **_FOREIGN}.get(encoding, encoding)


def encoded(escaped: str, encoding: str) -> bytes:
    """The bytes of a text in which lone surrogates stand for broken bytes, as in `Decoded.escaped`.

    Raises:
        UnicodeEncodeError: The encoding has not all of its characters.
    """
    return escaped.encode(encoding, _ESCAPED)


def decoded(data: bytes) -> Decoded:
    """The text of ``data``: by byte order mark, then UTF-8, then UTF-16 without a mark, then the legacy encodings.

    Raises:
        NotTextError: NUL bytes in what is not UTF-16, or no encoding that is read fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_mark(data, len(mark), encoding)
    if b"\0" in data:
        return _unmarked_utf16(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error)
    return _short(text, data) if len(data) < _SHORT and not text.isascii() else Decoded(text, "utf-8")


def _short(text: str, data: bytes) -> Decoded:
    """A few characters of GB18030 can be UTF-8 by chance, and then say nothing in three alphabets.

    >>> decoded("学习目录".encode("gb18030")).text
    '学习目录'
    """
    if _MIXED_SCRIPTS.search(text) and max(text) < "\u0800":
        chinese = data.decode("gb18030", _ESCAPED)
        cost = _cost(chinese, "gb18030")
        if cost is not None and cost < bits(text) + 6.0 * len(_MIXED_SCRIPTS.findall(text)):
            return Decoded(chinese, "gb18030")
    return Decoded(text, "utf-8")


def _with_mark(data: bytes, bom: int, encoding: str) -> Decoded:
    try:
        text = data[bom:].decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and b"\0" not in data:
            return _marked(data, encoding, bom)
        name, place = encoding_name(encoding), bom + error.start
        raise NotTextError(
            said("it starts with a {name} byte order mark but byte {place} is not {name}", name=name, place=place)
        ) from error
    if "\0" in text:
        raise NotTextError(said("it holds NUL characters"))
    return Decoded(text, encoding, bom)


def _unmarked_utf16(data: bytes) -> Decoded:
    """Text has blanks, line ends and Latin letters, whose zero bytes in UTF-16 all stand on the same side."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    is_stray = (even + odd) * 5 < len(data) and _is_utf8(data.replace(b"\0", b""))
    text = data.decode(encoding, "replace")
    other_side = min(even, odd) - sum(map(text.count, _ZERO_SECOND))
    if not is_stray and len(data) % 2 == 0 and other_side * 20 <= max(even, odd):
        sample = text[:_SAMPLE]
        if text.encode(encoding) == data and "\0" not in text and bits(sample) < _LIKELY * len(sample):
            return Decoded(text, encoding)
    raise NotTextError(said("it holds NUL bytes"))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """A file that is not UTF-8: in a legacy encoding where one fits, else UTF-8 with the broken bytes marked."""
    is_mixed = _has_lines_of_utf8(data)
    if not _is_mostly_utf8(data) and not is_mixed and not _CONTROL.search(data):
        readings = sorted(_readings(_sample(data)))
        likeliest = next((encoding for _, encoding in readings if _fits(data, encoding)), "")
        if likeliest:
            return _legacy(data, likeliest)
    found = _marked(data, "utf-8")
    if (len(found.broken) > max(8, len(found.text) // 20) and not is_mixed) or _CONTROL.search(data):
        others = len(found.broken) - 1
        raise NotTextError(
            said("byte {place} and {others} others fit no encoding that is read", place=error.start, others=others)
        )
    return found


def _marked(data: bytes, encoding: str, bom: int = 0) -> Decoded:
    text = data[bom:].decode(encoding, _ESCAPED)
    places = tuple(match.start() for match in _BROKEN.finditer(text))
    return Decoded(_BROKEN.sub("?", text), encoding, bom, places, data if places else b"")


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the file is UTF-8 but for a few broken bytes: GB18030 would read nearly anything."""
    broken = len(_BROKEN.findall(data.decode("utf-8", _ESCAPED)))
    common = len(_COMMON_UTF8.findall(data))
    short = len(re.findall(rb"[\xc3-\xdf][\x80-\xbf](?![\x80-\xbf])", data))  # not rare in GB18030
    return common >= broken or common + short > 4 * broken


def _has_lines_of_utf8(data: bytes) -> bool:
    """Whether the file is UTF-8 but for lines that were pasted in another encoding."""
    good = bad = 0
    for line in data.split(b"\n"):
        if not line.isascii():
            is_good = _is_utf8(line) and _COMMON_UTF8.search(line)
            good, bad = good + bool(is_good), bad + (not is_good)
    return good >= bad


def _legacy(data: bytes, encoding: str) -> Decoded:
    """The file in the likeliest of all encodings, if it is one that is read.

    Raises:
        NotTextError: It is not; the message names it.
    """
    if encoding not in _READ:
        raise NotTextError(said("it looks like {name}, which is not read", name=encoding_name(encoding)))
    return _marked(data, encoding)


def _sample(data: bytes) -> bytes:
    """The lines that tell the encoding, up to a size that takes no time."""
    if len(data) <= _SAMPLE:
        return data
    return b"".join(islice((line for line in data.splitlines(keepends=True) if not line.isascii()), _SAMPLE))[:_SAMPLE]


def _readings(sample: bytes) -> Iterator[tuple[float, str]]:
    """What each encoding that fits makes of the sample, as (cost, codec)."""
    allowed = len(sample) // _STRAY
    for rank, encoding in enumerate([*_READ, *_FOREIGN]):
        text = sample.decode(encoding, _ESCAPED)
        broken = len(_BROKEN.findall(text))
        cost = _cost(text, encoding) if broken <= allowed else None
        if cost is not None:
            yield cost + rank + 40.0 * broken, encoding


def _fits(data: bytes, encoding: str) -> bool:
    text = data.decode(encoding, _ESCAPED)
    try:
        return len(_BROKEN.findall(text)) <= len(data) // _STRAY and text.encode(encoding, _ESCAPED) == data
    except UnicodeEncodeError:
        return False


def _cost(text: str, encoding: str) -> float | None:
    """What the text costs; None where nobody writes such a text in that encoding."""
    foreign = "".join(_FOREIGN_RUN.findall(text))
    cost = bits(text) + joint_bits(text)
    if encoding in _FOREIGN:
        share = 0.3 if _TYPICAL[encoding] is _JAPANESE else 0.7  # kana among Han characters
        is_typical = len(foreign) >= _ENOUGH and len(_TYPICAL[encoding].findall(foreign)) >= share * len(foreign)
        return cost + _SURPRISE + 6.0 * len(_MIXED_WORD.findall(text)) if is_typical else None
    if encoding == "cp1252":
        is_latin = len(_LATIN.sub("", foreign)) + len(_NO_WORD.findall(text)) <= 0.02 * len(foreign)
        return cost + 3.0 * len(_ACCENTS.findall(text)) if is_latin else None
    is_likely = len(_CHINESE.findall(foreign)) >= 0.9 * len(foreign) and bits(foreign) < _LIKELY * len(foreign) + 8.0
    swallowed = len(_SWALLOWED.findall(text))  # an accented letter of a Latin word takes its neighbour with it
    if not is_likely or 2 * swallowed > len(_HAN.findall(foreign)):
        return None
    doubt = 0.0 if _HAN.search(foreign) else _SURPRISE
    return cost + doubt + 10.0 * swallowed + 6.0 * len(_KANA.findall(foreign))
