"""How a message of a new template takes over an old translation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

import polib

from pipeline.catalogs.message import copy_of, translations
from pipeline.catalogs.worddiff import change_note, notes_in, with_note
from pipeline.text.script import spacing_free

Key = tuple[str | None, str]  # msgctxt, msgid


def key_of(message: polib.POEntry) -> Key:
    """Return what tells the message from all others of its catalog."""
    return message.msgctxt, message.msgid


def untranslated(new: polib.POEntry, forms: int) -> polib.POEntry:
    """Return the message of the template without a translation; ``forms`` is the number of plural forms."""
    message = copy_of(new)
    message.msgstr, message.flags = "", [flag for flag in new.flags if flag != "fuzzy"]
    message.msgstr_plural = dict.fromkeys(range(forms), "") if new.msgid_plural else {}
    return message


def taken_over(new: polib.POEntry, old: polib.POEntry, forms: int) -> polib.POEntry:
    """Return the old message with the text, the notes and the references of the new one.

    The comments and flags of translators stay, but for a format that the template says is none; flags of the template
    are added unless they say the opposite. It becomes fuzzy where the text is not the same (``msgctxt`` aside) and
    something was translated.
    """
    message = copy_of(old)
    message.obsolete = False
    if (old.msgctxt, old.msgid, old.msgid_plural) != (new.msgctxt, new.msgid, new.msgid_plural):
        message.msgctxt, message.msgid, message.msgid_plural = new.msgctxt, new.msgid, new.msgid_plural
    message.comment, message.occurrences = _notes(new, old), list(new.occurrences)
    message.tcomment = old.tcomment or new.tcomment
    if new.flags:
        # That a text is prose only its page knows: other programs take "50% of" for a format, and then refuse "一半".
        own = [flag for flag in old.flags if f"no-{flag}" not in new.flags]
        message.flags = [*own, *_additional(new.flags, own)]
    if bool(new.msgid_plural) != _has_forms(old):
        _change_number(message, translations(old), forms)
    if (old.msgid, old.msgid_plural) != (new.msgid, new.msgid_plural):
        make_fuzzy(message, old, new.comment)
    return message


def make_fuzzy(message: polib.POEntry, old: polib.POEntry, notes: str) -> None:
    """Mark the translation as one of the old message; of a fuzzy one the text that it was made for still counts.

    ``notes`` are those of the template, to which one on the change is added.
    """
    if not translations(message):
        return
    if not (old.fuzzy and old.previous_msgid is not None):
        message.previous_msgctxt, message.previous_msgid = old.msgctxt, old.msgid
        message.previous_msgid_plural = old.msgid_plural or None
    if "fuzzy" not in message.flags:
        message.flags = ["fuzzy", *message.flags]
    if message.previous_msgid is not None and message.previous_msgid != message.msgid:
        message.comment = with_note(notes, change_note(message.previous_msgid, message.msgid))


def suggestion(message: polib.POEntry, previous: str, target: str, notes: str) -> polib.POEntry:
    """Return the message with a translation that was made of an old one, as fuzzy; ``previous`` is its text."""
    message.previous_msgctxt, message.previous_msgid, message.previous_msgid_plural = None, previous, None
    message.msgstr, message.msgid_plural, message.msgstr_plural = target, "", {}
    if "fuzzy" not in message.flags:
        message.flags = ["fuzzy", *message.flags]
    message.comment = notes
    return message


def final(message: polib.POEntry, target: str, notes: str) -> polib.POEntry:
    """Return the message with a translation that needs no look: its text is the same but for blanks and block marks."""
    message.previous_msgctxt = message.previous_msgid = message.previous_msgid_plural = None
    message.msgstr, message.flags = target, [flag for flag in message.flags if flag != "fuzzy"]
    message.comment = notes
    return message


def is_whole(message: polib.POEntry, old: polib.POEntry) -> bool:
    """Return whether the message says all that the old translation says."""
    said = set(translations(message))
    return all(text in said for text in translations(old))


def is_rewrapped(message: polib.POEntry, old: polib.POEntry) -> bool:
    """Return whether the message says all that the old translation says, with other blanks at most."""
    return {spacing_free(text) for text in translations(old)} <= {spacing_free(text) for text in translations(message)}


def as_obsolete(old: polib.POEntry) -> polib.POEntry:
    """Return the message as one that the template no longer has: without places, with everything that was typed.

    The notes on a suggestion stay: they are true of it when its text comes back, and a memory knows its own by them.
    """
    message = copy_of(old)
    if not old.obsolete:
        notes = "\n".join(notes_in(old.comment)) if old.fuzzy or not translations(old) else ""
        message.obsolete, message.comment, message.occurrences = True, notes, []
    return message


def free_context(message: polib.POEntry, taken: Mapping[Key, polib.POEntry]) -> str:
    """Return a context in which the text of the message is not taken yet."""
    context: str | None = message.msgctxt
    names = (f"{context or ''} (duplicate {number})".strip() for number in count(2))
    return next(name for name in names if (name, message.msgid) not in taken)


def _notes(new: polib.POEntry, old: polib.POEntry) -> str:
    """The notes of the template, and those on a suggestion for as long as nobody has made it final."""
    notes: str = new.comment
    if (old.fuzzy or not translations(old)) and old.msgid == new.msgid:
        for note in notes_in(old.comment):
            notes = notes if note in notes.split("\n") else with_note(notes, note)
    return notes


def _has_forms(message: polib.POEntry) -> bool:
    return bool(message.msgid_plural or message.msgstr_plural)


def _change_number(message: polib.POEntry, texts: list[str], forms: int) -> None:
    first = texts[0] if texts else ""
    if message.msgid_plural:
        message.msgstr, message.msgstr_plural = "", dict.fromkeys(range(forms), "") | {0: first}
    else:
        message.msgstr, message.msgstr_plural = first, {}


def _additional(flags: Iterable[str], present: list[str]) -> list[str]:
    return [
        flag
        for flag in flags
        if flag not in present
        and flag != "fuzzy"
        and flag.removeprefix("no-") not in present
        and f"no-{flag}" not in present
    ]
