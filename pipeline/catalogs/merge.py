"""A catalog brought up to date with its template: what msgmerge does, without losing a word that somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polib

from pipeline.catalogs.carry import (
    Key,
    as_obsolete,
    final,
    free_context,
    is_rewrapped,
    is_whole,
    key_of,
    make_fuzzy,
    suggestion,
    taken_over,
    untranslated,
)
from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.message import release, say_the_same, translations
from pipeline.catalogs.parts import glued, shares
from pipeline.catalogs.prefilled import Prefill, is_helpful, without_aligned, write_prefill
from pipeline.catalogs.regroup import Placed, regrouped
from pipeline.catalogs.reuse import Found, Known, Parts, found_sentences
from pipeline.catalogs.similar import Text, likeness, matches, neighbours
from pipeline.catalogs.worddiff import JOINED, TAKEN, change_note, split_notes, with_note
from pipeline.text.script import spacing_free

_NEARLY_THE_SAME = 90.0  # per cent of the characters, from which nobody asks whether a text was split or joined
_NPLURALS = re.compile(r"nplurals\s*=\s*(\d)\b")  # no language has more than six


@dataclass(frozen=True, slots=True)
class MergeResult:
    """A merged catalog, and how many of its messages are kept, moved to another context, fuzzy now, new, or gone now.

    ``filled`` counts those that took a suggestion of ``prefill``.
    ``unplaced`` are the old messages that were in use and of whose translation nothing found a place.
    ``content_changed`` is False if nothing but references differs from the old catalog: its file can be left alone.
    """

    catalog: Catalog
    content_changed: bool
    kept: int = 0
    moved: int = 0
    fuzzy: int = 0
    new: int = 0
    obsolete: int = 0
    filled: int = 0
    unplaced: tuple[polib.POEntry, ...] = ()


def merged(
    old: Catalog,
    template: Catalog,
    *,
    date: str,
    prefill: Mapping[Key, Prefill] | None = None,
    pool: Iterable[polib.POEntry] = (),
) -> MergeResult:
    """Return the old translations in the order of the template; what the template lacks becomes obsolete.

    A message that the old catalog lacks takes its translation, in this order, from one that disappeared and had the
    same text in another context; from one with the same text in ``pool``, the messages of other catalogs; from one
    that disappeared and had the same text with other blanks and block marks, or in a cell, item or line; as fuzzy from
    one that it is a part of, or from those that it is made of; from a similar one; from a similar part or a sentence
    of one; from ``prefill``; from one with the same text that is still in use elsewhere. References and ``#.`` notes
    are the template's, and a note says how a fuzzy translation came about; the comments and flags of translators stay,
    and so does every translation: what no message says wholly is kept as obsolete.

    ``date`` is the POT-Creation-Date if content changed and the template names none. Neither catalog is changed.
    """
    merge = _Merge(old, template)
    merge.take_moved()
    merge.take_elsewhere(pool)
    merge.take_pieces()
    merge.take_similar(at_least=_NEARLY_THE_SAME)
    merge.take_split()
    merge.take_joined()
    merge.take_similar()
    merge.take_similar_pieces()
    merge.open_new()
    merge.fill(prefill or {})
    merge.take_siblings()
    catalog = old.with_messages([*merge.messages, *merge.obsolete()])
    changed = len(old) != len(catalog) or not all(map(say_the_same, old, catalog))
    bugs = template.metadata.get("Report-Msgid-Bugs-To")  # says the project, in the template, and not the translator
    if bugs and catalog.metadata.get("Report-Msgid-Bugs-To") != bugs and catalog.metadata:
        catalog.metadata["Report-Msgid-Bugs-To"], changed = bugs, True
    if changed and catalog.metadata:
        catalog.metadata["POT-Creation-Date"] = template.metadata.get("POT-Creation-Date") or date
    return MergeResult(catalog, changed, **merge.counts, unplaced=merge.unplaced())


class _Merge:
    """The work of one merge: the messages of the result and the old ones that they come from.

    ``origins`` maps indexes of ``wanted`` and ``messages`` to those of ``old``; ``used`` are the old messages that
    the result says wholly, ``placed`` those of which it says something.
    """

    def __init__(self, old: Catalog, template: Catalog) -> None:
        forms = _NPLURALS.search(old.metadata.get("Plural-Forms", ""))
        self.forms = int(forms[1]) if forms else 1
        self.old: list[polib.POEntry] = list(old)
        self.wanted: list[polib.POEntry] = []
        self.messages: list[polib.POEntry] = []
        self.origins: dict[int, int] = {}
        self.filled: set[int] = set()
        self.used: set[int] = set()
        self.placed: set[int] = set()
        self.pieces: set[tuple[int, str]] = set()
        self.counts = dict.fromkeys(("kept", "moved", "fuzzy", "new", "obsolete", "filled"), 0)
        self._take_equal(template)

    def _take_equal(self, template: Catalog) -> None:
        """Take what has the same text in the same context; of several a translated one, of those one in use."""
        best: dict[Key, int] = {}
        for index, message in enumerate(self.old):
            known = best.setdefault(key_of(message), index)
            if known != index and _worth(message) > _worth(self.old[known]):
                best[key_of(message)] = index
        seen: set[Key] = set()
        for message in template:
            key = key_of(message)
            if message.obsolete or key in seen:
                continue
            index = best.get(key, -1)
            seen.add(key if index < 0 else key_of(self.old[index]))
            self.wanted.append(message)
            self.messages.append(message)
            if index >= 0:
                self._take(len(self.wanted) - 1, index, "kept")
                release(message)
                release(self.old[index])

    def take_moved(self) -> None:
        """Take what has the same text in a context that is gone; as fuzzy unless all such say the same."""
        gone = self._by_text(self._unused())
        for number in self._open():
            found = gone.get(self.wanted[number].msgid)
            if found:
                index = next((index for index in found if index not in self.used), found[0])
                alike = len({tuple(translations(self.old[other])) for other in found}) == 1
                self._take(number, index, "moved" if alike and not self.old[index].obsolete else "fuzzy")

    def take_elsewhere(self, pool: Iterable[polib.POEntry]) -> None:
        """Take what has the same text in another catalog; as fuzzy unless it stood in the same context."""
        wanted: dict[str, list[polib.POEntry]] = {self.wanted[number].msgid: [] for number in self._open()}
        for message in pool if wanted else ():
            if message.msgid in wanted and translations(message):
                wanted[message.msgid].append(message)
        for number in self._open():
            new = self.wanted[number]
            found = sorted(wanted[new.msgid], key=lambda other: (other.msgctxt != new.msgctxt, other.fuzzy))
            if found:
                alike = [translations(other) for other in found if other.msgctxt == new.msgctxt]
                is_same = bool(alike) and all(texts == alike[0] for texts in alike)
                self._put(number, found[0], "moved" if is_same else "fuzzy")

    def take_pieces(self) -> None:
        """Take what has the same text but for blanks and marks of its block, or in a cell, an item or a line."""
        parts = Parts(self._gone()) if self._open() else None
        for number in self._single() if parts else ():
            found = parts.find(self.wanted[number].msgid) if parts else None
            if found:
                self._take_piece(number, found, f"{TAKEN}a longer message, by the order of its parts")

    def take_split(self) -> None:
        """Take what is a part of one that is gone, each its own part of the translation, as fuzzy."""
        wholes = [Placed(known.number, known.source) for known in self._gone()]
        for index, numbers in regrouped(wholes, self._placed_open()):
            old = self.old[index]
            targets = shares([self.wanted[number].msgid for number in numbers], old.msgid, old.msgstr)
            notes = split_notes(len(numbers), is_shared=bool(targets))
            for part, (number, note) in enumerate(zip(numbers, notes, strict=True)):
                if targets or not part:
                    self._suggest(number, (index,), targets[part] if targets else old.msgstr, note)
                else:
                    self._leave(number, note)

    def take_joined(self) -> None:
        """Take the translations of all that it is made of, as fuzzy."""
        parts = [Placed(known.number, known.source) for known in self._gone() if not self.old[known.number].obsolete]
        for number, indexes in regrouped(self._placed_open(), parts):
            target = glued([self.old[index].msgstr for index in indexes])
            self._suggest(number, indexes, target, f"{JOINED}from {len(indexes)} messages")

    def take_similar_pieces(self) -> None:
        """Take what is similar to a cell, an item or a line of what is gone, or one of its sentences, as fuzzy."""
        if not self._open():
            return
        gone = self._known(self._unused())
        known = found_sentences(gone)
        for number in self._single():
            if found := known.get(spacing_free(self.wanted[number].msgid)):
                self._take_piece(number, found, f"{TAKEN}the previous text, one of its sentences")
        numbers = self._single()
        texts = [self.wanted[number].msgid for number in numbers]
        for position, found in Parts(gone).similar(texts, self.pieces):
            self._take_piece(numbers[position], found, "")

    def unplaced(self) -> tuple[polib.POEntry, ...]:
        """Return the old messages in use of whose translation nothing found a place."""
        return tuple(
            self.old[index] for index in self._unused() if index not in self.placed and not self.old[index].obsolete
        )

    def take_similar(self, at_least: float = 0) -> None:
        """Take what has a similar text and is gone, as fuzzy; only if that many per cent of the characters are the same."""
        siblings = self._siblings()
        new = [number for number in self._open() if self.wanted[number].msgid not in siblings]
        gone = [index for index in self._unused() if index not in self.placed]
        if not new or not gone:
            return
        around_new = neighbours([self.origins.get(number) for number in range(len(self.wanted))])
        kept = set(self.origins.values())
        around_gone = neighbours([index if index in kept else None for index in range(len(self.old))])
        found = matches(
            [Text(self.wanted[number].msgid, *around_new[number]) for number in new],
            [Text(self.old[index].msgid, *around_gone[index]) for index in gone],
        )
        for match in found:
            number, index = new[match.new], gone[match.old]
            if not at_least or likeness(self.wanted[number].msgid, self.old[index].msgid) >= at_least:
                self._take(number, index, "fuzzy")

    def open_new(self) -> None:
        """Make a message without translation of what comes from no old one."""
        for number in self._open():
            self.messages[number] = untranslated(self.wanted[number], self.forms)
            self.counts["new"] += 1

    def fill(self, prefill: Mapping[Key, Prefill]) -> None:
        """Write suggestions into what is empty, and their notes beside what still says what was suggested."""
        for message in self.messages if prefill else ():
            suggestion = prefill.get(key_of(message))
            if suggestion is None:
                continue
            if suggestion.text and not translations(message):
                write_prefill(message, suggestion)
                self.counts["filled"] += 1
            if suggestion.note and is_helpful(message, suggestion):
                message.comment = with_note(without_aligned(message.comment), suggestion.note)

    def take_siblings(self) -> None:
        """Take what has the same text in another context and is still used there, as fuzzy."""
        siblings = self._siblings()
        for number in self._open():
            found = siblings.get(self.wanted[number].msgid)
            if found is not None and not translations(self.messages[number]):
                self._take(number, found, "fuzzy")
                self.counts["new"] -= 1

    def obsolete(self) -> Iterator[polib.POEntry]:
        """Yield as obsolete the old messages that the result does not say.

        No two messages of a catalog may have the same key, obsolete or not: gettext refuses the file. What says
        something else under a key that is taken gets a context of its own.
        """
        taken = {key_of(message): message for message in self.messages}
        for index, old in enumerate(self.old):
            if index in self.used or not (old.obsolete or old.tcomment or translations(old)):
                continue
            message = as_obsolete(old)
            if same := taken.get(key_of(old)):
                if is_whole(same, old) and old.tcomment in ("", same.tcomment):
                    continue
                message.msgctxt = free_context(old, taken)
            taken[key_of(message)] = message
            self.counts["obsolete"] += not old.obsolete
            yield message

    def _take(self, number: int, index: int, how: str) -> None:
        old = self.old[index]
        message = self._put(number, old, how)
        self.origins[number] = index
        self.placed.add(index)
        if is_whole(message, old):
            self.used.add(index)

    def _put(self, number: int, old: polib.POEntry, how: str) -> polib.POEntry:
        message = taken_over(self.wanted[number], old, self.forms)
        if how == "fuzzy":
            make_fuzzy(message, old, self.wanted[number].comment)
        self.messages[number] = message
        self.filled.add(number)
        self.counts[how] += 1
        return message

    def _take_piece(self, number: int, found: Found, note: str) -> None:
        old, new = self.old[found.number], self.wanted[number]
        if found.is_certain and not old.fuzzy:
            message = final(taken_over(new, old, self.forms), found.target, new.comment)
            self.messages[number] = message
            self.filled.add(number)
            self.counts["moved"] += 1
        else:
            message = self._suggest(number, (found.number,), found.target, change_note(found.source, new.msgid) or note)
            message.previous_msgid = found.source
        self.placed.add(found.number)
        self.pieces.add((found.number, found.source))
        if is_rewrapped(message, old):
            self.used.add(found.number)
        elif not found.is_whole:
            # what is said of a table is not said of each cell; it stays with the obsolete one
            message.tcomment = new.tcomment
            message.flags = [*(["fuzzy"] * message.fuzzy), *(flag for flag in new.flags if flag != "fuzzy")]

    def _suggest(self, number: int, indexes: Sequence[int], target: str, note: str) -> polib.POEntry:
        """Fill in a translation that is made of old ones, as fuzzy, with all comments of these."""
        olds = [self.old[index] for index in indexes]
        message = taken_over(self.wanted[number], olds[0], self.forms)
        notes = with_note(self.wanted[number].comment, note)
        message.tcomment = "\n".join(
            dict.fromkeys(filter(None, [message.tcomment, *(old.tcomment for old in olds[1:])]))
        )
        self.messages[number] = suggestion(message, glued([old.msgid for old in olds]), target, notes)
        self.filled.add(number)
        self.placed.update(indexes)
        self.counts["fuzzy"] += 1
        return message

    def _leave(self, number: int, note: str) -> None:
        """Leave a message without translation, and say why."""
        message = untranslated(self.wanted[number], self.forms)
        message.comment = with_note(message.comment, note)
        self.messages[number] = message
        self.filled.add(number)
        self.counts["new"] += 1

    def _open(self) -> list[int]:
        """Return the numbers of the messages that nothing was found for yet."""
        return [number for number in range(len(self.wanted)) if number not in self.filled]

    def _single(self) -> list[int]:
        """Return the numbers of the open messages that have no plural."""
        return [number for number in self._open() if not self.wanted[number].msgid_plural]

    def _placed_open(self) -> list[Placed]:
        return [Placed(number, self.wanted[number].msgid) for number in self._single()]

    def _gone(self) -> list[Known]:
        """Return the translated old messages without plural of which the result says nothing."""
        return self._known(index for index in self._unused() if index not in self.placed)

    def _known(self, indexes: Iterable[int]) -> list[Known]:
        known = [(index, self.old[index]) for index in indexes]
        return [Known(index, old.msgid, old.msgstr) for index, old in known if old.msgstr and not old.msgid_plural]

    def _unused(self) -> list[int]:
        """Return the indexes of the translated old messages that the result does not say."""
        return [index for index, old in enumerate(self.old) if index not in self.used and translations(old)]

    def _siblings(self) -> dict[str, int]:
        """Return by the texts that are open and in use elsewhere too the first old message that says them there."""
        texts = {self.wanted[number].msgid for number in self._open()}
        found: dict[str, int] = {}
        for number, index in self.origins.items() if texts else ():
            message = self.messages[number]
            if index in self.used and message.msgid in texts and translations(message):
                found[message.msgid] = min(index, found.get(message.msgid, index))
        return found

    def _by_text(self, indexes: Iterable[int]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index in indexes:
            if translations(self.old[index]):
                found.setdefault(self.old[index].msgid, []).append(index)
        return found


def _worth(message: polib.POEntry) -> tuple[bool, bool]:
    return bool(translations(message)), not message.obsolete
