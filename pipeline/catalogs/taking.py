"""Translations that come back: what changed in the file is taken, what changed meanwhile in the catalog is kept.

Three versions of a message meet: as it was exported (known by its mark), as it comes back, and as the catalog has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import polib

from pipeline.catalogs.carry import Key, key_of
from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.exchanged import Exchanged, digest, forms_of, mark_of
from pipeline.catalogs.message import copy_of

Reason = Literal[
    "taken", "both changed", "differs", "comment", "emptied", "forms", "source changed", "no such message", "several"
]


class Told(NamedTuple):
    """Something that was not, or not simply, taken: the message of the catalog, if any, and what the file says."""

    reason: Reason
    message: polib.POEntry | None
    brought: polib.POEntry


@dataclass(slots=True)
class Taken:
    """A catalog with what came back.

    ``taken`` counts the messages that changed, ``same`` those about which the file says nothing new. ``told`` are those
    of which something was kept that the file would have otherwise, and ``moved`` those that the catalog has under
    another source text, where the translation stands as fuzzy. ``absent`` counts the messages that the catalog does not
    have, and of which nothing new is lost.
    """

    catalog: Catalog
    taken: int = 0
    same: int = 0
    told: list[Told] = field(default_factory=list)
    moved: list[Told] = field(default_factory=list)
    absent: int = 0


def taken_back(catalog: Catalog, brought: Iterable[Exchanged], *, theirs: bool = False) -> Taken:
    """Return a catalog that takes translations and translators' comments from ``brought``.

    A message that changed on both sides is kept, unless ``theirs`` prefers the file's. Where the file does not say
    what was exported, only what the catalog lacks is taken. Nothing else changes: order, places, notes and flags are
    the catalog's, which itself is not changed.
    """
    work = _Work(catalog, theirs)
    for each in brought:
        if each.message.msgid:
            work.take(each)
    work.result.catalog = catalog.with_messages(work.messages)
    return work.result


class _Work:
    """The messages as they are so far, and where each stands; a message is copied before it changes."""

    def __init__(self, catalog: Catalog, theirs: bool) -> None:
        self.theirs = theirs
        self.messages: list[polib.POEntry] = list(catalog)
        self.copied: set[int] = set()
        self.result = Taken(catalog)
        self.by_key: dict[tuple[bool, Key], int] = {}
        self.by_text: dict[str, list[int]] = defaultdict(list)
        self.by_previous: dict[Key, list[int]] = defaultdict(list)
        for index, message in enumerate(self.messages):
            self.by_key.setdefault((bool(message.obsolete), key_of(message)), index)
            if not message.obsolete:
                self.by_text[message.msgid].append(index)
                previous: str | None = message.previous_msgid
                if message.fuzzy and previous is not None:
                    context: str | None = message.previous_msgctxt
                    self.by_previous[context, previous].append(index)

    def take(self, brought: Exchanged) -> None:
        theirs = brought.message
        places = self._places(brought)
        if not places:
            self._take_elsewhere(brought)
        elif len(places) > 1 and len({tuple(forms_of(self.messages[place])) for place in places}) > 1:
            self.result.told.append(Told("several", self.messages[places[0]], theirs))
        else:
            for place in places:
                self._take_at(place, brought)

    def _places(self, brought: Exchanged) -> Sequence[int]:
        """Where the message stands in the catalog: in use if it was, else wherever it is now."""
        theirs = brought.message
        if not brought.is_bound:
            return self.by_text.get(theirs.msgid, ())
        for obsolete in (bool(theirs.obsolete), not theirs.obsolete):
            place = self.by_key.get((obsolete, key_of(theirs)))
            if place is not None:
                return (place,)
        return ()

    def _take_at(self, place: int, brought: Exchanged) -> None:
        ours, theirs = self.messages[place], brought.message
        reasons = [self._translation(place, brought), self._comment(place, brought)]
        self.result.told += [Told(reason, ours, theirs) for reason in reasons if reason and reason != "taken"]
        self.result.taken += "taken" in reasons
        self.result.same += reasons == [None, None]

    def _translation(self, place: int, brought: Exchanged) -> Reason | None:
        ours, theirs = self.messages[place], brought.message
        if theirs.msgstr_plural:  # a memory has only the forms that are translated
            theirs.msgstr_plural = dict.fromkeys(ours.msgstr_plural, "") | theirs.msgstr_plural
        now, new = mark_of(ours), mark_of(theirs)
        if now == new or (brought.exported and new == brought.exported):
            return None
        if bool(ours.msgstr_plural) != bool(theirs.msgstr_plural) or not _fits(ours, theirs):
            return "forms" if any(forms_of(theirs)) else None
        if not any(forms_of(theirs)):
            if not (self.theirs and brought.exported):
                return "emptied" if brought.exported and any(forms_of(ours)) else None
        elif not (self.theirs or _is_free(ours, theirs, brought.exported)):
            return "both changed" if brought.exported else "differs"
        _set_translation(self._own(place), theirs)
        return "taken"

    def _comment(self, place: int, brought: Exchanged) -> Reason | None:
        ours, new = self.messages[place].tcomment, brought.message.tcomment
        exported = brought.comment or (digest("") if brought.exported else "")
        if new in (ours, "") or digest(new) == exported:
            return None
        if ours and digest(ours) != exported and not self.theirs:
            return "comment"
        self._own(place).tcomment = new
        return "taken"

    def _take_elsewhere(self, brought: Exchanged) -> None:
        """Take the translation of a text that changed since: it was carried over to the new one, as fuzzy."""
        theirs = brought.message
        if not any(forms_of(theirs)) or not brought.exported or mark_of(theirs) == brought.exported:
            self.result.absent += 1
            return
        places = self.by_previous.get(key_of(theirs), [])
        exported = brought.exported.partition(":")[2]
        if len(places) == 1:
            ours = self.messages[places[0]]
            is_unchanged = _text_mark(ours) == exported or not any(forms_of(ours))
            if bool(ours.msgstr_plural) == bool(theirs.msgstr_plural) and _fits(ours, theirs) and is_unchanged:
                _set_texts(self._own(places[0]), theirs)
                self.result.taken += 1
                self.result.moved.append(Told("taken", self.messages[places[0]], theirs))
                return
        reason: Reason = "source changed" if places else "no such message"
        self.result.told.append(Told(reason, self.messages[places[0]] if places else None, theirs))

    def _own(self, place: int) -> polib.POEntry:
        if place not in self.copied:
            self.copied.add(place)
            self.messages[place] = copy_of(self.messages[place])
        return self.messages[place]


def _text_mark(message: polib.POEntry) -> str:
    return mark_of(message).partition(":")[2]


def _fits(ours: polib.POEntry, theirs: polib.POEntry) -> bool:
    """Whether the forms that come are among those that there are."""
    return set(theirs.msgstr_plural) <= set(ours.msgstr_plural)


def _is_free(ours: polib.POEntry, theirs: polib.POEntry, exported: str) -> bool:
    """Whether the catalog says what was exported; if that is not known, whether nothing would be lost."""
    if exported:
        return mark_of(ours) == exported
    is_approval = ours.fuzzy and not theirs.fuzzy and forms_of(ours) == forms_of(theirs)
    return is_approval or not any(forms_of(ours))


def _set_translation(ours: polib.POEntry, theirs: polib.POEntry) -> None:
    _set_texts(ours, theirs)
    flags = [flag for flag in ours.flags if flag != "fuzzy"]
    if theirs.fuzzy:
        ours.flags = ["fuzzy", *flags]
    else:
        ours.flags = flags
        ours.previous_msgctxt = ours.previous_msgid = ours.previous_msgid_plural = None


def _set_texts(ours: polib.POEntry, theirs: polib.POEntry) -> None:
    if theirs.msgstr_plural:
        ours.msgstr_plural = {**ours.msgstr_plural, **theirs.msgstr_plural}
    else:
        ours.msgstr = theirs.msgstr
