"""Blanks at the edges, double blanks, and characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.model import Edit
from pipeline.text.lazily import lazily
from pipeline.text.said import said, said_of
from pipeline.text.script import HAN
from pipeline.text.series import listed
from pipeline.validator.codelike import is_code
from pipeline.validator.messages import Remark, Translation, message_rule

_BLANK = " \t\u00a0\u202f\u3000"
_INNER_BLANKS = re.compile(r"(?<=[^\s|])(?: {2,}+|[ \t\u00a0]*+\u3000[ \t\u00a0\u3000]*+)(?=[^\s|])")
_HAN_OR_MARK = lazily(f"[{HAN}，。、；：？！（）“”《》「」]")
_LAID_OUT = re.compile(r"\||^[ \t]*+(?:[-*+]|\d+[.)]) {2,}|^.{1,40} {3,}+\S", re.MULTILINE)

_INVISIBLE = lazily(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffd\ue000-\uf8ff\U000e0001\U000f0000-\U0010fffd]"
)
_NAMES = {
    "\u200b": said("zero-width space"), "\ufeff": said("byte order mark"), "\u00ad": said("soft hyphen"),
    "\ufffd": said("replacement character"), "\u2060": said("word joiner"), "\u200e": said("left-to-right mark"),
    "\u200f": said("right-to-left mark"), "\u200c": said("zero-width non-joiner"), "\u200d": said("zero-width joiner"),
}  # fmt: skip
_MOST_NAMED = 20  # characters of one text
_ROOM_OF_ITS_OWN = "，。、；：？！）》」』"  # after these a Chinese text has no blank
_DROPPED = "\u00ad\u200b\ufeff\u2060"  # carries no meaning in any text that does not part its words with it
_WITHOUT_SPACES = ("km", "th", "lo", "my", "bo")  # these part their words with a zero-width space
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ckb", "ps", "sd", "ug", "yi", "dv")


@message_rule("M141", "edge-blank", "warning")
def edge_blank(translation: Translation) -> Iterator[Remark]:
    """A translation begins and ends with the blanks of its source."""
    source, target = translation.source, translation.target
    if not (source[0] in _BLANK or source[-1] in _BLANK or target[0] in _BLANK or target[-1] in _BLANK):
        return
    if not source.strip() or not target.strip() or ("\n" in target.strip() and is_code(source)):
        return
    before, after = _start(source), _end(source)
    if after and _is_chinese(translation) and target[-1] in _ROOM_OF_ITS_OWN:
        after = ""
    mended = before + target[len(_start(target)) : len(target) - len(_end(target))] + after
    if mended == target:
        return
    if _start(target) != before:
        text, at = _at_start(len(_start(target)), len(before)), (0, len(_start(target)))
    else:
        text, at = _at_end(len(_end(target)), len(after)), (len(target) - len(_end(target)), len(target))
    yield Remark(text, at=at, fix="make it the same as in the source", edit=Edit(mended))


def _is_chinese(translation: Translation) -> bool:
    return translation.language.startswith(("zh", "ja", "yue"))


def _start(text: str) -> str:
    return text[: len(text) - len(text.lstrip(_BLANK))]


def _end(text: str) -> str:
    return text[len(text.rstrip(_BLANK)) :]


def _at_start(has: int, had: int) -> str:
    if has and not had:
        return said("the translation begins with a blank")
    if not has:
        return said("the translation begins with no blanks, the source with {had}", had=had)
    return said_of(
        has,
        "the translation begins with {number} blank, the source with {had}",
        "the translation begins with {number} blanks, the source with {had}",
        had=had,
    )


def _at_end(has: int, had: int) -> str:
    if has and not had:
        return said("the translation ends with a blank")
    if not has:
        return said("the translation ends with no blanks, the source with {had}", had=had)
    return said_of(
        has,
        "the translation ends with {number} blank, the source with {had}",
        "the translation ends with {number} blanks, the source with {had}",
        had=had,
    )


@message_rule("M142", "double-blank", "warning")
def double_blank(translation: Translation) -> Iterator[Remark]:
    """Words of a translation stand one blank apart."""
    target = translation.target
    if "  " not in target and "\u3000" not in target:
        return
    maybe = [*_INNER_BLANKS.finditer(target)]
    if not maybe or is_code(target) or _LAID_OUT.search(target):
        return
    prose = translation.target_prose
    found = [
        match for match in maybe if _is_plain(prose, target, match) and not _is_from(translation.source, target, match)
    ]
    if not found or _has_as_many(translation, len(found)):
        return
    parts, end = [], 0
    for match in found:
        parts += [target[end : match.start()], " "]
        end = match.end()
    text = (
        said("a full-width space between two words")
        if "\u3000" in found[0][0]
        else said("{number} blanks between two words", number=len(found[0][0]))
    )
    edit = Edit("".join((*parts, target[end:])))
    yield Remark(text, at=found[0].span(), fix="leave one blank", edit=edit)


def _is_plain(prose: str, target: str, match: re.Match[str]) -> bool:
    """Whether blanks stand in running text, not within code or another piece of syntax."""
    return prose[match.start() - 1] == target[match.start() - 1] or prose[match.end()] == target[match.end()]


def _is_from(source: str, target: str, match: re.Match[str]) -> bool:
    """Whether the source sets off the same label or mark with as many blanks."""
    before = target[max(0, match.start() - 3) : match.start()]
    return before.isascii() and not before[-1:].isalnum() and before + match[0] in source


def _has_as_many(translation: Translation, count: int) -> bool:
    """Whether the source is set so too; between Han characters there is nothing for blanks to set apart."""
    return len(_INNER_BLANKS.findall(translation.source)) >= count and not _HAN_OR_MARK.search(translation.target)


@message_rule("M143", "invisible-character", "warning")
def invisible_character(translation: Translation) -> Iterator[Remark]:
    """A translation has no character that nobody sees."""
    target = translation.target
    if (target.isascii() and target.isprintable()) or not _INVISIBLE.search(target):
        return
    if not (found := _stray(translation)):
        return
    characters = list(dict.fromkeys(match[0] for match in found))
    edit = None
    if all(character in _DROPPED for character in characters):
        places = {match.start() for match in found}
        edit = Edit("".join(character for place, character in enumerate(target) if place not in places))
    fix = said("delete it") if edit or "\ufffd" not in target else said("write what stood here")
    text = said("the translation has a {names}", names=_names(characters))
    yield Remark(text, at=found[0].span(), fix=fix, edit=edit)


def _stray(translation: Translation) -> list[re.Match[str]]:
    target, language = translation.target, translation.language.split("_")[0]
    found = []
    in_source = {character for character in set(_INVISIBLE.findall(target)) if character in translation.source}
    for match in _INVISIBLE.finditer(target):
        if match[0] in in_source or (match[0] == "\u200b" and language in _WITHOUT_SPACES):
            continue
        if match[0] in "\u200c\u200d" and _joins(target, match.start()):
            continue
        if unicodedata.bidirectional(match[0]) != "BN" and language in _RIGHT_TO_LEFT and match[0] != "\ufffd":
            continue
        found.append(match)
    return found


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands within an emoji, or between letters of a writing that joins its letters."""
    around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return any(ord(character) > 0x2000 and not _HAN_OR_MARK.match(character) for character in around) or any(
        "\u0590" <= character < "\u1000" for character in around
    )


def _names(characters: list[str]) -> str:
    named = [said("{name} (U+{number:04X})", name=_name(each), number=ord(each)) for each in characters[:_MOST_NAMED]]
    return listed([*named, "…"] if len(characters) > _MOST_NAMED else named)


def _name(character: str) -> str:
    known = _NAMES.get(character)
    if known:
        return known
    if unicodedata.category(character) == "Co":
        return said("private character")
    if unicodedata.category(character) == "Cc":
        return said("control character")
    return unicodedata.name(character, "").lower()
