"""Mojibake: text that somebody read in a wrong encoding and saved again, found and undone with proof.

A stretch counts as damaged only when it can be taken back exactly, and when what it then says is so much likelier than
what it says now that chance is ruled out: natural text such as ``résumé”—``, ``«Â»`` or a rare Han character stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from pipeline.text.lazily import lazily
from pipeline.text.likelihood import bits, joint_bits, least_bits
from pipeline.text.misreading import Misreading, Undone, possible, remains_of

_PROOF = 18.0  # bits: evidence for one stretch that proves that a page has suffered a misreading
_PROOF_IN_HAN = 20.0  # the same among Han characters, of which there are more
_PROOF_OF_MANY = 26.0  # bits: evidence for three stretches or more
_OFTEN = 12.4  # bits a character: what Chinese costs, half of it in frequent characters
_STRONG = 12.0  # bits: evidence for one stretch of Han characters that counts among others
_PART = 4.0  # bits: evidence for a further stretch of a page that has suffered it
_ENOUGH = 3000  # characters of a run that are weighed
_DEEPEST = 3  # times that a text is misread


class Mojibake(NamedTuple):
    """One damaged run: ``start`` and ``end`` in code points, what stands there, what was meant, and the ``codec``.

    ``steps`` are the misreadings undone, the last one first; ``codec`` is what the text was read in then.
    """

    start: int
    end: int
    before: str
    after: str
    codec: str
    steps: tuple[Misreading, ...] = ()


def mojibake(text: str, raw: bytes | None = None) -> tuple[Mojibake, ...]:
    """The damaged runs of ``text``, which ``raw`` may say in UTF-8, in reading order.

    Every run, written in the right encoding and read in the wrong one, gives what stands there.

    >>> [(found.before, found.after) for found in mojibake("whatâ€™s 鏈哄櫒瀛︿範")]
    [('â€™', '’'), ('鏈哄櫒瀛︿範', '机器学习')]
    """
    if text.isascii():
        return ()
    kinds = possible(text, raw)
    return tuple(sorted(_proven(text, kinds), key=lambda run: run.start)) if kinds else ()


class Lost(NamedTuple):
    """A place where characters were lost on the way, so that nothing can prove what stood there; in code points."""

    start: int
    end: int
    before: str


def lost(text: str, found: Iterable[Mojibake]) -> tuple[Lost, ...]:
    """The places of ``text`` that cannot be repaired, in reading order; ``found`` is what `mojibake` finds in it.

    These are replacement characters, and remains of the misreadings found with a question mark or a blank in place of
    their last byte.

    >>> [place.before for place in lost("whatâ€™s â€� Ã l", mojibake("whatâ€™s â€� Ã l"))]
    ['â€�', 'Ã ']
    """
    runs = tuple(found)
    if not runs and "\ufffd" not in text:
        return ()
    remains = [_REPLACED, *(remains_of(codec) for codec in dict.fromkeys(run.codec for run in runs))]
    places = {
        match.start(): Lost(match.start(), match.end(), match[0])
        for pattern in remains
        for match in pattern.finditer(text)
        if _is_free(match.start(), match.end(), runs)
    }
    ordered = sorted(places.values())
    return tuple(each for before, each in pairwise([Lost(0, 0, ""), *ordered]) if each.start >= before.end)


def repaired(text: str) -> str:
    """``text`` with its mojibake undone, also where it was damaged more than once; other text comes back as it is.

    >>> repaired("whatâ€™s"), repaired("“医疗”，café Ã 2")
    ('what’s', '“医疗”，café Ã 2')
    """
    return without(text, mojibake(text))


class Replacement(Protocol):
    """What stands where in a text, and what should stand there."""

    @property
    def start(self) -> int:
        """Where it starts, in code points."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def after(self) -> str:
        """What should stand there."""


def without(text: str, found: Iterable[Replacement]) -> str:
    """``text`` with the runs ``found`` in it, in reading order, replaced by what was meant."""
    pieces: list[str] = []
    last = 0
    for run in found:
        pieces += (text[last : run.start], run.after)
        last = run.end
    return "".join(pieces) + text[last:]


_REPLACED = re.compile("\ufffd+|(?:锟斤拷)+|(?:ï¿½)+")

# --- evidence

_Weighed = tuple[float, Mojibake]


def _proven(text: str, kinds: Iterable[Misreading]) -> list[Mojibake]:
    """The runs of all misreadings that are proved, the best proved first; what they take no other gets."""
    weighed = [(kind, list(_weighed(text, kind, _DEEPEST))) for kind in kinds]
    weighed = [(kind, runs) for kind, runs in weighed if _is_proof(runs)]
    weighed.sort(key=lambda each: -sum(evidence for evidence, _ in each[1]))
    taken: list[Mojibake] = []
    for _, runs in weighed:
        free = [(evidence, run) for evidence, run in runs if _is_free(run.start, run.end, taken)] if taken else runs
        if _is_proof(free):
            taken = sorted([*taken, *(run for _, run in free)], key=lambda run: run.start)
    return taken


def _is_proof(runs: list[_Weighed]) -> bool:
    """Whether one stretch is beyond chance, or several are together; in Chinese, chance has more to choose from."""
    strong = [
        evidence for evidence, run in runs if evidence >= _STRONG or _ASCII_OR_NO_HAN.search(run.before + run.after)
    ]
    needed = _PROOF_IN_HAN if runs and _HAN.search(runs[0][1].before) else _PROOF
    return any(evidence >= needed for evidence in strong) or (sum(strong) >= _PROOF_OF_MANY and len(strong) >= 3)


def _is_free(start: int, end: int, taken: Sequence[Mojibake]) -> bool:
    place = bisect_right(taken, start, key=lambda run: run.start)
    return (place == 0 or taken[place - 1].end <= start) and (place == len(taken) or end <= taken[place].start)


def _weighed(text: str, kind: Misreading, depth: int) -> Iterator[_Weighed]:
    for undone in kind.undone(text):
        after, steps = _deepest(undone.after, depth - 1)
        evidence = _evidence(text, undone, after) if _is_writing(after) else 0.0
        if evidence >= _PART:
            yield evidence, Mojibake(undone.start, undone.end, undone.before, after, undone.codec, (kind, *steps))


def _deepest(text: str, depth: int) -> tuple[str, tuple[Misreading, ...]]:
    """What ``text`` was before it was misread yet again, and how; itself where it was not."""
    best: tuple[float, str, tuple[Misreading, ...]] = (0.0, text, ())
    kinds = (possible(text) or _one_pair(text)) if depth and not text.isascii() else ()
    for kind in kinds:
        runs = list(_weighed(text, kind, depth))
        total = sum(evidence for evidence, _ in runs)
        if total > best[0] and total >= _PROOF / 2:
            best = (total, without(text, [run for _, run in runs]), runs[0][1].steps)
    return best[1:]


def _one_pair(text: str) -> tuple[Misreading, ...]:
    """Two Latin letters that were mojibake themselves may be one Han character."""
    is_pair = len(text) == 2 and all("\xa1" <= character <= "\xff" for character in text)
    return (Misreading("gb18030", "cp1252"), Misreading("big5", "cp1252")) if is_pair else ()


# What people write: Latin letters, Greek, Cyrillic, punctuation, signs, kana, Han, full width, emoji.
_WRITING = lazily(
    "[\t\n\r -~\u00a0-\u017f\u0370-\u052f\u2000-\u206f\u20a0-\u20cf\u2100-\u23ff\u2460-\u27bf\u2900-\u2bff\u3000-\u30ff"
    "\u3400-\u9fff\uac00-\ud7a3\ufe00-\ufe0f\uff00-\uffef\U0001f000-\U0001faff\U00020000-\U000323af]+"
)
_LETTER_OF_A_WORD = lazily("[\u3400-\u9fff\uac00-\ud7a3\u0100-\u017f\u0370-\u052f]")
_OPENING, _CLOSING = frozenset("«»„“‘‚\"'([‹›”’"), frozenset("»«”’“‘›‹°§·®©™¹²³ªº…–—\xa0")
_HAN = lazily("[\u3400-\u9fff]")
_ASCII_OR_NO_HAN = lazily(r"[a-z]|\A[^㐀-鿿]+\Z")
_HAN_IN_A_WORD = lazily("[a-z][\u4e00-\u9fff]|[\u4e00-\u9fff][a-z]")
_CHANGES = lazily(
    "[\u3400-\u9fff](?=[@-~\u0080-\u1fff\u2010-\u2017\u2030-\u2fff\uac00-\ud7a3])|[\u0080-\u1fff\uac00-\ud7a3](?![\u0080-\u1fff\uac00-\ud7a3])"
)
_MATHS = frozenset("π∂∑∏∫Ω∞±≤≥≠µ°√∆")


def _is_writing(text: str) -> bool:
    if "\ufffd" in text or "\xa0\xa0" in text:
        return False
    return _WRITING.fullmatch(text) is not None


def _evidence(text: str, undone: Undone, after: str) -> float:
    """How many bits speak for the repair: what stands there, in its place, against what was meant."""
    left, right = text[undone.start - 1 : undone.start], text[undone.end : undone.end + 1]
    part = min(1.0, _ENOUGH / len(undone.before))  # the beginning of what is very long tells as much
    before, after = undone.before[: int(len(undone.before) * part)], after[: int(len(after) * part)]
    gain = least_bits(before) + joint_bits(left + before + right) - bits(after) - joint_bits(left + after + right)
    glued = (left + before[0], before[-1] + right)
    return (gain + 3.0 * len(_HAN_IN_A_WORD.findall(" ".join(glued))) - _doubt(before, after, left, right)) / part


def _doubt(before: str, after: str, left: str, right: str) -> float:
    """What speaks for ``before`` as natural text: closing marks behind a letter, formulas, rows of one sign."""
    doubt = 4.0 * len(_CHANGES.findall(after)) if _HAN.match(before) else 0.0
    if len(after) == 1 and len(before) < 4 and left.isalpha() and _LETTER_OF_A_WORD.match(after):
        doubt += 20.0
    if _HAN.search(after) and before < "\u0800":
        if len(before) == 2 * len(after) > 2 and (len(set(after)) == 1 or (len(before) > 4 and len(set(before)) <= 2)):
            return float("inf")  # a row of one sign
        doubt += 3.0 * max(0.0, bits(after) - _OFTEN * len(after))  # any Latin letters are some Han characters
    if len(before) == 2 and before[1] in _CLOSING and (left in _OPENING or left.isupper()):
        doubt += 0.0 if right.islower() and before[1] != "\xa0" else 20.0  # nothing closes in a word, as in l'Ã©tat
    if _opens_spanish(before, left, right):
        doubt += 20.0
    if len(before) == 2 and before[1] in _MATHS and before[0] in "√¬≈∆ƒ":
        doubt += 12.0 if left.islower() else 20.0
    return doubt


def _opens_spanish(before: str, left: str, right: str) -> bool:
    """Whether it is ``¡C`` of ``¡Correcto!``, which is a full stop in Big5; a capital behind a small letter begins no word."""
    if len(before) != 2 or before[0] not in "¡¿" or not before[1].isalpha() or left.isalnum():
        return False
    return not (before[1].islower() and right.isupper())
