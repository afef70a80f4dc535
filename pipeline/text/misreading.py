"""The ways in which a text is read in a wrong encoding and saved so, and the way back from each.

Every way back is proved: what it gives, written in the right encoding and read in the wrong one, is what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.encoding import encoding_name
from pipeline.text.lazily import lazily
from pipeline.text.said import said

_LONGEST = 4096  # characters of a run that are taken back at once; what is longer is taken back in pieces
_RUN = re.compile(r"[^\x00-\x7f]+")
_LEADS, _TAILS = (0xE2, 0xF4), (0x80, 0xBF)  # bytes of UTF-8: the first of three or four, and the further ones
_LATIN_LEADS = (0xC2, 0xC3)  # the first byte of what Windows-1252 and Mac Roman have besides ASCII
_COMMON = bytes([*range(0xC0), *range(0xE3, 0xEA)])
_HAN_LEADS = tuple(bytes([lead]) for lead in range(0xE4, 0xEA))
_TWO_BYTE = ("gb18030", "big5")
_BEYOND_GREEK = range(0xD0, 0xE0)


class Undone(NamedTuple):
    """What stands at ``start`` to ``end`` (code points), and what it says when it is read as it should have been."""

    start: int
    end: int
    before: str
    after: str
    codec: str  # what it was read in


class Misreading(NamedTuple):
    """Text of the encoding ``meant`` that was read as ``codec``."""

    meant: str
    codec: str

    @property
    def words(self) -> str:
        """What happened, to be told."""
        return said("{encoding} that was read as {codec}", encoding=encoding_name(self.meant), codec=self.codec)

    def undone(self, text: str) -> Iterator[Undone]:
        """The stretches of ``text`` that can be taken back, in reading order, whether that makes sense or not."""
        if self.meant == "utf-8":
            yield from (_from_one_byte if self.codec in _ONE_BYTE else _from_two_bytes)(text, self.codec)
        elif self.codec == "utf-8":
            yield from _from_utf8(text, self.meant)
        else:
            yield from _from_latin(text, self.meant)


def possible(text: str, raw: bytes | None = None) -> tuple[Misreading, ...]:
    """The misreadings that ``text``, in UTF-8 ``raw``, may have suffered: a quick look that rules out nearly all clean texts."""
    raw = text.encode("utf-8", "surrogatepass") if raw is None else raw
    rare = raw.translate(None, _COMMON)  # first bytes of sequences, without those of Chinese
    found: list[Misreading] = []
    if b"\xc3" in rare:
        found += (each for each in MISREADINGS if each.codec == "cp1252" and _in_latin(each.meant).search(text))
    # each sign is looked for in all of the text: those of two bytes only where one of their first bytes is
    signs = _MAC_SIGNS if any(lead in rare for lead in b"\xc2\xc3\xc5\xc6") else _MAC_SIGNS_OF_THREE_BYTES
    if any(sign in text for sign in signs) and _start("mac_roman").search(text):
        found.append(Misreading("utf-8", "mac_roman"))
    if any(lead in raw for lead in _HAN_LEADS) and _is_suspect(text):
        found += (Misreading("utf-8", codec) for codec in ("gb18030", "big5"))
    if any(lead in rare for lead in _BEYOND_GREEK) and _MIXED.search(text):
        found.append(Misreading("gb18030", "utf-8"))
    return tuple(found)


@lru_cache
def _in_latin(meant: str) -> re.Pattern[str]:
    if meant == "utf-8":
        return _start("cp1252")
    high, tail = _halves(meant)
    return re.compile(high + tail + high + tail)


def _is_suspect(text: str) -> bool:
    """Whether a sequence of three bytes may begin in ``text``, or a single accented letter stand in a word."""
    matches = _suspects().finditer(text)
    return any(not match["next"] or any(_continues(match["next"], codec) for codec in _TWO_BYTE) for match in matches)


@lru_cache
def _suspects() -> re.Pattern[str]:
    """Where that may be; ``next`` has still to be looked at, since a class of all that may follow is slow to make."""
    long, latin = ("".join(_characters(codec, *span) for codec in _TWO_BYTE) for span in (_LEADS, _LATIN_LEADS))
    accent = _accent_in_a_word("gb18030").pattern
    letters = accent[1 : accent.index("]")]
    return re.compile(
        rf"[{long}{latin}{letters}](?:(?<=[{letters}]){accent[len(letters) + 2 :]}"
        rf"|(?<=[{latin}])(?=[{latin}{long}])|(?<=[{long}])(?=(?P<next>[^\x00-\x7f])))"
    )


def _continues(character: str, codec: str) -> bool:
    """Whether its first byte is a further one of UTF-8, so that it may stand behind the first of a sequence."""
    raw = character.encode(codec, "ignore")
    return len(raw) == 2 and _TAILS[0] <= raw[0] <= _TAILS[1]


@lru_cache
def remains_of(codec: str) -> re.Pattern[str]:
    """What is left of a sequence, read in ``codec``, of which bytes were lost: replaced, or a no-break space made a blank."""
    if codec in _TWO_BYTE:
        return re.compile(f"[{_characters(codec, *_LEADS)}][^\x00-\x7f]{{0,2}}?[\ufffd?]")
    if codec == "utf-8":
        return re.compile("\ufffd+")
    codec = "mac_roman" if codec == "mac_roman" else "cp1252"
    tail = _span(codec, 0x80, 0xBF)
    two, three, four = _span(codec, 0xC2, 0xC3), _span(codec, 0xE2, 0xEF), _span(codec, 0xF0, 0xF0)
    return re.compile(
        f"{two}[\ufffd?]|Ã (?=[a-z ])|{three}(?:[\ufffd?]{tail}|{tail}[\ufffd? ])|{four}{tail}{{1,2}}[\ufffd?]"
    )


# --- UTF-8 read in an encoding of one byte

_ONE_BYTE = ("cp1252", "mac_roman")
# what the leads of the sequences that count look like in Mac Roman
_MAC_SIGNS_OF_THREE_BYTES = "√≈‚„‰\uf8ff"
_MAC_SIGNS = "ÂÊÁËÈÔ¬ƒŒœ" + _MAC_SIGNS_OF_THREE_BYTES
_MAC_LEADS = frozenset({0xC2, 0xC3, 0xC4, 0xC5, 0xCE, 0xCF, *range(0xE2, 0xF5)})


def _from_one_byte(text: str, codec: str) -> Iterator[Undone]:
    table, end = _table(codec), 0
    for begin in _start(codec).finditer(text):
        match = _sequences(codec).match(text, begin.start()) if begin.start() >= end else None
        if not match:
            continue
        end = match.end()
        raw = bytes(table[character] for character in match[0])
        try:
            after = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        for name in (codec, "latin-1") if codec == "cp1252" else (codec,):
            if read_as(raw, name) == match[0]:
                yield Undone(match.start(), match.end(), match[0], after, name)
                break


def read_as(raw: bytes, codec: str) -> str:
    """What the bytes look like in ``codec``; those that cp1252 leaves open are the controls of the same number."""
    return raw.decode("latin-1").translate(_C1_OF_CP1252) if codec == "cp1252" else raw.decode(codec, "replace")


_C1_OF_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}


@lru_cache
def _table(codec: str) -> dict[str, int]:
    """Character → byte for 0x80–0xFF; in cp1252 the C1 controls too, which is what Latin-1 makes of 0x80–0x9F."""
    table = {bytes([byte]).decode(codec, "ignore"): byte for byte in range(0x80, 0x100)}
    table.pop("", None)
    if codec == "cp1252":
        table |= {chr(byte): byte for byte in range(0x80, 0xA0)}
    return table


def _span(codec: str, first: int, last: int) -> str:
    """A character class of what the bytes from first to last look like."""
    is_wanted = _MAC_LEADS.__contains__ if codec == "mac_roman" and first >= 0xC0 else (lambda _byte: True)
    table = _table(codec).items()
    return "[" + "".join(re.escape(char) for char, byte in table if first <= byte <= last and is_wanted(byte)) + "]"


@lru_cache
def _sequences(codec: str) -> re.Pattern[str]:
    """One or more UTF-8 multi-byte sequences as they look when read in ``codec``."""
    tail = _span(codec, 0x80, 0xBF)
    two, three, four = _span(codec, 0xC2, 0xCF), _span(codec, 0xE0, 0xEF), _span(codec, 0xF0, 0xF4)
    first = f"(?:{two}{tail}|{three}{tail}{{2}}|{four}{tail}{{3}})"
    # in Mac Roman, the leads of Cyrillic are dashes: they count inside a run only
    cyrillic = re.escape(read_as(b"\xd0", codec)) + re.escape(read_as(b"\xd1", codec))
    further = f"(?:{first}|[{cyrillic}]{tail})"
    return re.compile(f"{first}{further}*+" if codec == "mac_roman" else f"{further}++")


@lru_cache
def _start(codec: str) -> re.Pattern[str]:
    tail = _span(codec, 0x80, 0xBF)
    return re.compile(f"{_span(codec, 0xC2, 0xF4)}{tail}(?:(?<={_span(codec, 0xC2, 0xDF)}.)|(?={tail}))")


# --- UTF-8 read in an encoding of two bytes


def _from_two_bytes(text: str, codec: str) -> Iterator[Undone]:
    end = 0
    for match in _suspects().finditer(text):
        start = match.start()
        if start < end or not (_may_begin(text[start : start + 2], codec) and _begins(text[start : start + 3], codec)):
            continue
        length, after = _longest(text, start, codec)
        if length > 1 and (after[0] >= "\u0800" or _misread_again(after)):
            end = start + length
            yield Undone(start, end, text[start:end], after, codec)
    if codec == "gb18030" and _accent_in_a_word(codec).search(text):
        yield from _accents(text, codec)


def _may_begin(pair: str, codec: str) -> bool:
    """Whether a sequence of three bytes or four may begin with two characters, or such of two as other mojibake consists of."""
    long, latin = (_set_of(codec, *span) for span in (_LEADS, _LATIN_LEADS))
    if pair[0] in long:
        return pair[1:] > "\x7f" and _continues(pair[1], codec)
    return pair[0] in latin and (pair[1:] in latin or pair[1:] in long)


@lru_cache
def _set_of(codec: str, first: int, last: int) -> frozenset[str]:
    return frozenset(_characters(codec, first, last))


@lru_cache
def _characters(codec: str, first: int, last: int) -> str:
    """The characters whose first byte is in that range; where it begins a sequence, the second byte continues it."""
    tails = range(0x80, 0xC0) if first >= 0xC0 else range(0x40, 0xFF)
    # all at once, apart by line ends, which continue no sequence: one by one takes ten times as long
    pairs = b"".join([bytes((lead, tail, 0x0A)) for lead in range(first, last + 1) for tail in tails])
    found = set(pairs.decode(codec, "ignore").split("\n"))
    return "".join(sorted(each for each in found if len(each) == 1 and each > "\x7f"))


def _begins(text: str, codec: str) -> bool:
    """Whether two characters of UTF-8 are whole, or one of four bytes: what few clean texts have."""
    return len(_decoded_prefix(text.encode(codec, "ignore")).encode()) >= 4


def _longest(text: str, start: int, codec: str) -> tuple[int, str]:
    """The longest stretch from ``start`` that is whole characters in both encodings: its length, and what it was."""
    for size in (8, 64, 512, _LONGEST):  # a clean text ends the search at once, however long its run
        run = _RUN.match(text, start, start + size)
        length, after = _prefix(run[0] if run else "", codec)
        if length < size - 4:
            break
    return length, after


def _prefix(run: str, codec: str) -> tuple[int, str]:
    pieces, ends, size = [], {0: 0}, 0
    for count, character in enumerate(run, 1):
        pieces.append(_encoded(character, codec))
        if not pieces[-1]:
            break
        size += len(pieces[-1])
        ends[size] = count
    text = _decoded_prefix(b"".join(pieces))
    least = _misread_again(text)
    while len(text) > least and "\x7f" < text[-1] < "\u0800":  # two bytes at the end are rather one clean character
        text = text[:-1]
    while text:
        size = len(text.encode())
        if size in ends:
            length = ends[size]
            return (length, text) if read_back(text, codec) == run[:length] else (0, "")
        text = text[:-1]
    return 0, ""


def _misread_again(text: str) -> int:
    """Where mojibake of one byte ends that stands in ``text``; 0 where there is none."""
    return max((match.end() for codec in _ONE_BYTE for match in _sequences(codec).finditer(text)), default=0)


def _decoded_prefix(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return raw[: error.start].decode("utf-8")


def _encoded(character: str, codec: str) -> bytes:
    for name in ("big5", "cp950") if codec == "big5" else (codec,):
        try:
            return character.encode(name)
        except UnicodeEncodeError:
            continue
    return b""


def read_back(text: str, codec: str) -> str:
    """What ``text`` looks like after it was written in UTF-8 and read in ``codec``; empty where it cannot be."""
    for name in ("big5", "cp950") if codec == "big5" else (codec,):
        try:
            return text.encode().decode(name)
        except UnicodeDecodeError:
            continue
    return ""


def _accents(text: str, codec: str) -> Iterator[Undone]:
    """Words with one Han character where an accented letter was, as ``caf茅``."""
    letters = _accented(codec)
    for match in _one_in_a_word(codec).finditer(text):
        after = "".join(letters.get(character, character) for character in match[0])
        yield Undone(match.start(), match.end(), match[0], after, codec)


@lru_cache
def _accented(codec: str) -> dict[str, str]:
    pairs = [bytes((0xC3, tail)) for tail in range(0x80, 0xC0)] + [b"\xc5\x92", b"\xc5\x93"]
    letters = {pair.decode(codec, "ignore"): pair.decode() for pair in pairs}
    return {character: letter for character, letter in letters.items() if len(character) == 1 and letter.isalpha()}


@lru_cache
def _accent_in_a_word(codec: str) -> re.Pattern[str]:
    """A quick look for one of those words."""
    return re.compile(rf"[{''.join(_accented(codec))}](?<=[a-z].)(?=[a-z\s,.;:!?)])")


@lru_cache
def _one_in_a_word(codec: str) -> re.Pattern[str]:
    letter = "[" + "".join(_accented(codec)) + "]"
    return re.compile(
        rf"(?<!\w)[A-Za-z]*(?:{letter}[a-z]+)+{letter}?(?!\w)|(?<!\w)[A-Za-z][a-z]+{letter}(?=[\s,.;:!?)])"
    )


# --- GB18030 or Big5 read as Latin letters, or as UTF-8


def _from_latin(text: str, meant: str) -> Iterator[Undone]:
    table = _table("cp1252")
    for match in _pairs(meant).finditer(text):
        raw = bytes(table.get(character) or ord(character) for character in match[0])
        try:
            after = raw.decode(meant)
        except UnicodeDecodeError:
            continue
        for name in ("cp1252", "latin-1") if _CHINESE.fullmatch(after) else ():
            if after.encode(meant) == raw and read_as(raw, name) == match[0]:
                yield Undone(match.start(), match.end(), match[0], after, name)
                break


_CHINESE = lazily("[\u2014\u2018-\u201d\u2026\u00b7\u3000-\u3017\u3400-\u9fff\uff01-\uff5e]+")


@lru_cache
def _pairs(meant: str) -> re.Pattern[str]:
    """Pairs of bytes, as GB2312 and Big5 have them, in Latin letters."""
    high, tail = _halves(meant)
    return re.compile(f"(?:{high}{tail})++")


def _halves(meant: str) -> tuple[str, str]:
    high = _span("cp1252", 0xA1, 0xFE)
    return high, high if meant == "gb18030" else high.replace("]", "@-~]")


_MIXED = re.compile("[\u0080-\u03ff](?:(?=[\u0400-\u07ff])|(?<=[\u0400-\u07ff].))")
_TWO_BYTES = re.compile("[\u0080-\u07ff]{2,}")


def _from_utf8(text: str, meant: str) -> Iterator[Undone]:
    for match in _TWO_BYTES.finditer(text):
        try:
            after = match[0].encode().decode(meant)
        except UnicodeDecodeError:
            continue
        if after.encode(meant) == match[0].encode():
            yield Undone(match.start(), match.end(), match[0], after, "utf-8")


MISREADINGS = (
    Misreading("utf-8", "cp1252"),
    Misreading("utf-8", "mac_roman"),
    Misreading("utf-8", "gb18030"),
    Misreading("utf-8", "big5"),
    Misreading("gb18030", "cp1252"),
    Misreading("big5", "cp1252"),
    Misreading("gb18030", "utf-8"),
)
