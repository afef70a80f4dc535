"""One message, or one header, that two people changed: what both of them wanted, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from pipeline.catalogs.header import header_with, metadata_of
from pipeline.catalogs.message import SourcedMessage, said_by
from pipeline.catalogs.strings import quoted, unquoted

Value = TypeVar("Value")
Texts = tuple[str, ...]

CONFLICT = "merge-conflict: "  # begins the lines of a translator's comment that hold the other translation
_DATES = ("POT-Creation-Date", "PO-Revision-Date")
_OTHER = re.compile(rf'{CONFLICT}msgstr(?:\[(\d)\])? (".*")( \(fuzzy\))?')


class Judge(NamedTuple):
    """What decides where both sides changed the same: ``theirs_is_newer`` says whose template or revision is.

    ``is_known`` says whether a text was some message's translation before either side began, ``author`` who made the
    other side's, and when; empty where its header does not say.
    """

    theirs_is_newer: bool
    is_known: Callable[[Texts], bool] = lambda _texts: False
    author: str = ""


class Reconciled(NamedTuple):
    """A message that says what both sides want, and whether they want different translations."""

    message: SourcedMessage
    is_conflict: bool = False


class OtherTranslation(NamedTuple):
    """A translation that a conflict keeps beside that of its message; ``forms`` are the plural forms, or one text."""

    forms: Texts
    fuzzy: bool


def texts_of(message: SourcedMessage | None) -> Texts:
    """Return the forms of the translation, without empty ones at the end; nothing for an untranslated message."""
    if message is None:
        return ()
    forms = [message.msgstr, *(message.msgstr_plural[number] for number in sorted(message.msgstr_plural))]
    while forms and not forms[-1]:
        forms.pop()
    return tuple(forms)


def reconciled(base: SourcedMessage | None, ours: SourcedMessage, theirs: SourcedMessage, judge: Judge) -> Reconciled:
    """Return the message that both sides changed, or both added.

    What only one of them changed is as that side has it: translation, comments, flags, notes, places, state. Of notes
    and places that both changed, those of the newer template stay. A conflict has the translation of ``ours``, is fuzzy,
    and keeps that of ``theirs`` in lines of its comment that begin with ``CONFLICT``.
    """
    taken, is_fuzzy, is_conflict = _translation(base, ours, theirs, judge)
    message = taken.twin()
    message.flags = _flags(base, ours, theirs, is_fuzzy)
    message.sticky = tuple(joined(base.sticky if base else (), ours.sticky, theirs.sticky))
    message.tcomment = joined_lines(base.tcomment if base else "", ours.tcomment, theirs.tcomment)
    for name in ("msgid_plural", "comment", "occurrences"):
        setattr(message, name, _chosen(judge, *(getattr(each, name, None) for each in (base, ours, theirs))))
    message.obsolete = _is_obsolete(base, ours, theirs)
    if message.obsolete:
        message.comment, message.occurrences = "", []
    message.occurrences = list(message.occurrences)
    if is_conflict:
        message.tcomment = "\n".join(filter(None, (message.tcomment, *_conflict_lines(theirs, judge.author))))
    same = (side for side in (ours, theirs) if _says_the_same(side, message))
    return Reconciled(next(same, message), is_conflict)


def reconciled_header(
    base: SourcedMessage | None, ours: SourcedMessage, theirs: SourcedMessage, judge: Judge
) -> SourcedMessage:
    """Return the header that both sides changed: never a conflict, with the newest dates and the name beside them."""
    fields = [metadata_of(each.msgstr) if each else {} for each in (base, ours, theirs)]
    merged: dict[str, str] = {}
    for name in dict.fromkeys((*fields[1], *fields[2])):
        values = [each.get(name) for each in fields]
        known = [value for value in values[1:] if value is not None]
        value = max(known, key=moment) if name in _DATES else _chosen(judge, *values)
        if value is not None:
            merged[name] = value
    header = ours.twin()
    header.msgstr = header_with(ours.msgstr, merged)
    header.tcomment = joined_lines(base.tcomment if base else "", ours.tcomment, theirs.tcomment)
    header.flags = _flags(base, ours, theirs, "fuzzy" in ours.flags and "fuzzy" in theirs.flags)
    same = (side for side in (ours, theirs) if said_by(side) == said_by(header))
    return next(same, header)


def moment(date: str | None) -> float:
    """Return the seconds since 1970 of a date as gettext writes it, with or without time and zone; -1 for no date.

    >>> moment("2026-11-20 18:00+0800") > moment("2026-11-20 09:00+0000") > moment("YEAR-MO-DA HO:MI+ZONE")
    True
    """
    for form, text in (("%Y-%m-%d %H:%M%z", f"{date}"), ("%Y-%m-%d %H:%M%z", f"{date}+0000")):
        try:
            return datetime.strptime(text, form).timestamp()
        except (ValueError, OverflowError):
            continue
    return -1


def joined(base: Collection[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return what ``ours`` has and ``theirs`` did not take away, and behind it what ``theirs`` added.

    >>> joined(["a", "b"], ["a", "b", "c"], ["b", "d"])
    ['b', 'c', 'd']
    """
    kept = [each for each in ours if each in theirs or each not in base]
    return [*kept, *(each for each in theirs if each not in ours and each not in base)]


def joined_lines(base: str, ours: str, theirs: str) -> str:
    """Return the text with the lines that both sides added and without those that one took away."""
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    return "\n".join(joined(*(text.split("\n") if text else [] for text in (base, ours, theirs))))


def other_translation(message: SourcedMessage) -> OtherTranslation | None:
    """Return the other translation that a conflict left in the comment of the message; None where there is none.

    Of several, one below the other, it is the last.
    """
    found = [match for line in message.tcomment.split("\n") if (match := _OTHER.fullmatch(line))]
    while any(later[1] in (None, "0") for later in found[1:]):
        found.pop(0)
    if not found:
        return None
    return OtherTranslation(tuple(unquoted(match[2], "utf-8") for match in found), any(match[3] for match in found))


def resolve(message: SourcedMessage, *, take_theirs: bool) -> None:
    """Settle a conflict for one side: its translation stays, and nothing of the other one.

    It stays fuzzy where that side had it so.
    """
    other = other_translation(message)
    fuzzy = message.previous_msgid is not None
    if other and take_theirs:
        fuzzy = other.fuzzy
        if message.msgstr_plural:
            message.msgstr_plural = dict.fromkeys(message.msgstr_plural, "") | dict(enumerate(other.forms))
        else:
            message.msgstr = other.forms[0]
    message.tcomment = "\n".join(line for line in message.tcomment.split("\n") if not line.startswith(CONFLICT))
    if not fuzzy:
        message.flags = [flag for flag in message.flags if flag != "fuzzy"]
        message.previous_msgctxt = message.previous_msgid = message.previous_msgid_plural = None


def _translation(
    base: SourcedMessage | None, ours: SourcedMessage, theirs: SourcedMessage, judge: Judge
) -> tuple[SourcedMessage, bool, bool]:
    """The side whose translation is taken, whether it is fuzzy then, and whether the other one is another."""
    before, mine, other = map(texts_of, (base, ours, theirs))
    if mine == other:
        was_fuzzy = base is not None and base.fuzzy
        # who typed it, or looked at it, has the last word
        fuzzy = _three(was_fuzzy, ours.fuzzy, theirs.fuzzy) if mine == before else ours.fuzzy and theirs.fuzzy
        return (ours if ours.fuzzy == fuzzy else theirs), fuzzy, False
    if (not mine and _is_other(base, theirs)) or (mine == before and (other or not _is_other(base, ours))):
        return theirs, theirs.fuzzy, False
    if not other or other == before or _is_carried(theirs, judge):
        return ours, ours.fuzzy, False
    if _is_carried(ours, judge):
        return theirs, theirs.fuzzy, False
    return ours, True, True


def _is_other(base: SourcedMessage | None, side: SourcedMessage) -> bool:
    """Whether a side changed the translation, or what it thinks of it."""
    return texts_of(side) != texts_of(base) or side.fuzzy != (base is not None and base.fuzzy)


def _is_carried(message: SourcedMessage, judge: Judge) -> bool:
    """Whether nobody typed this: an update took it over from another message."""
    return message.fuzzy and judge.is_known(texts_of(message))


def _flags(base: SourcedMessage | None, ours: SourcedMessage, theirs: SourcedMessage, is_fuzzy: bool) -> list[str]:
    flags = joined(base.flags if base else (), ours.flags, theirs.flags)
    others = [flag for flag in flags if flag != "fuzzy"]
    return ["fuzzy", *others] if is_fuzzy else others


def _is_obsolete(base: SourcedMessage | None, ours: SourcedMessage, theirs: SourcedMessage) -> bool:
    if base is None:
        return ours.obsolete and theirs.obsolete
    return _three(base.obsolete, ours.obsolete, theirs.obsolete)


def _chosen(judge: Judge, base: Value, ours: Value, theirs: Value) -> Value:
    """What one side changed; where both did, what the newer side has."""
    if ours != base and judge.theirs_is_newer and theirs != base:
        return theirs
    return _three(base, ours, theirs)


def _three(base: Value, ours: Value, theirs: Value) -> Value:
    return theirs if ours == base else ours


def _conflict_lines(theirs: SourcedMessage, author: str) -> list[str]:
    by = f" ({author})" if author else ""
    fuzzy = " (fuzzy)" if theirs.fuzzy else ""
    forms = theirs.msgstr_plural
    said = (
        [f"msgstr[{number}] {quoted(forms[number])}{fuzzy}" for number in sorted(forms)]
        if forms
        else [f"msgstr {quoted(theirs.msgstr)}{fuzzy}"]
    )
    what = f"the other side{by} has what follows instead; decide, then delete these lines and the word fuzzy"
    return [CONFLICT + line for line in (what, *said)]


def _says_the_same(side: SourcedMessage, message: SourcedMessage) -> bool:
    return said_by(side) == said_by(message) and side.occurrences == message.occurrences
