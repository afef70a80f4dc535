"""A catalog brought up to date with its template: what msgmerge does, without losing a word that somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import polib

from pipeline.catalogs.carry import (
    Key,
    as_obsolete,
    is_whole,
    key_of,
    make_fuzzy,
    taken_over,
    translations,
    untranslated,
)
from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.message import SourcedMessage, said_by
from pipeline.catalogs.similar import Text, matches

_NPLURALS = re.compile(r"nplurals\s*=\s*(\d)\b")  # no language has more than six


@dataclass(frozen=True, slots=True)
class Prefill:
    """A translation that something other than a person suggests; ``note`` says where it comes from."""

    text: str
    fuzzy: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class MergeResult:
    """A merged catalog, and how many of its messages are kept, moved to another context, fuzzy now, new, or gone now.

    ``content_changed`` is False if nothing but references differs from the old catalog: its file can be left alone.
    """

    catalog: Catalog
    content_changed: bool
    kept: int = 0
    moved: int = 0
    fuzzy: int = 0
    new: int = 0
    obsolete: int = 0


def merged(old: Catalog, template: Catalog, *, date: str, prefill: Mapping[Key, Prefill] | None = None) -> MergeResult:
    """Return the old translations in the order of the template; what the template lacks becomes obsolete.

    A message that the old catalog lacks takes its translation, in this order, from one that disappeared and had the
    same text in another context; from a similar one that disappeared, as fuzzy; from ``prefill``; from one with the
    same text that is still in use elsewhere, as fuzzy. References and ``#.`` notes are the template's; the comments
    and flags of translators stay, and so does every translation: one that finds no message is kept as obsolete.

    ``date`` is the POT-Creation-Date if content changed and the template names none. Neither catalog is changed.
    """
    merge = _Merge(old, template)
    merge.take_moved()
    merge.take_similar()
    merge.open_new()
    merge.fill(prefill or {})
    merge.take_siblings()
    catalog = old.with_messages([*merge.messages, *merge.obsolete()])
    changed = len(old) != len(catalog) or any(
        said_by(was) != said_by(is_) for was, is_ in zip(old, catalog, strict=True)
    )
    if changed and catalog.metadata:
        catalog.metadata["POT-Creation-Date"] = template.metadata.get("POT-Creation-Date") or date
    return MergeResult(catalog, changed, **merge.counts)


class _Merge:
    """The work of one merge: the messages of the result and the old ones that they come from.

    ``origins`` maps indexes of ``wanted`` and ``messages`` to those of ``old``; ``used`` are the old messages that
    the result says wholly.
    """

    def __init__(self, old: Catalog, template: Catalog) -> None:
        forms = _NPLURALS.search(old.metadata.get("Plural-Forms", ""))
        self.forms = int(forms[1]) if forms else 1
        self.old: list[polib.POEntry] = list(old)
        self.wanted: list[polib.POEntry] = []
        self.messages: list[polib.POEntry] = []
        self.origins: dict[int, int] = {}
        self.used: set[int] = set()
        self.counts = dict.fromkeys(("kept", "moved", "fuzzy", "new", "obsolete"), 0)
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
                _release(message)

    def take_moved(self) -> None:
        """Take what has the same text in a context that is gone; as fuzzy unless all such say the same."""
        gone = self._by_text(self._unused())
        for number in self._open():
            found = gone.get(self.wanted[number].msgid)
            if found:
                index = next((index for index in found if index not in self.used), found[0])
                alike = len({tuple(translations(self.old[other])) for other in found}) == 1
                self._take(number, index, "moved" if alike and not self.old[index].obsolete else "fuzzy")

    def take_similar(self) -> None:
        """Take what has a similar text and is gone, as fuzzy."""
        siblings = self._by_text(self.used)
        new = [number for number in self._open() if self.wanted[number].msgid not in siblings]
        gone = self._unused()
        if not new or not gone:
            return
        around_new = _neighbours([self.origins.get(number) for number in range(len(self.wanted))])
        kept = set(self.origins.values())
        around_gone = _neighbours([index if index in kept else None for index in range(len(self.old))])
        found = matches(
            [Text(self.wanted[number].msgid, *around_new[number]) for number in new],
            [Text(self.old[index].msgid, *around_gone[index]) for index in gone],
        )
        for match in found:
            self._take(new[match.new], gone[match.old], "fuzzy")

    def open_new(self) -> None:
        """Make a message without translation of what comes from no old one."""
        for number in self._open():
            self.messages[number] = untranslated(self.wanted[number], self.forms)
            self.counts["new"] += 1

    def fill(self, prefill: Mapping[Key, Prefill]) -> None:
        """Write suggestions into what is empty, and their notes beside what still says what was suggested."""
        for message in self.messages if prefill else ():
            suggestion = prefill.get(key_of(message))
            if suggestion is None or not suggestion.text:
                continue
            if not translations(message):
                _write(message, suggestion)
            if suggestion.note and suggestion.text in translations(message):
                message.comment = f"{message.comment}\n{suggestion.note}".lstrip("\n")

    def take_siblings(self) -> None:
        """Take what has the same text in another context and is still used there, as fuzzy."""
        siblings = self._by_text(self.used)
        for number in self._open():
            if not translations(self.messages[number]) and (found := siblings.get(self.wanted[number].msgid)):
                self._take(number, found[0], "fuzzy")
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
                message.msgctxt = _free_context(old, taken)
            taken[key_of(message)] = message
            self.counts["obsolete"] += not old.obsolete
            yield message

    def _take(self, number: int, index: int, how: str) -> None:
        old = self.old[index]
        message = taken_over(self.wanted[number], old, self.forms)
        if how == "fuzzy":
            make_fuzzy(message, old)
        self.messages[number] = message
        self.origins[number] = index
        if is_whole(message, old):
            self.used.add(index)
        self.counts[how] += 1

    def _open(self) -> list[int]:
        """Return the numbers of the messages that come from no old one."""
        return [number for number in range(len(self.wanted)) if number not in self.origins]

    def _unused(self) -> list[int]:
        """Return the indexes of the translated old messages that the result does not say."""
        return [index for index, old in enumerate(self.old) if index not in self.used and translations(old)]

    def _by_text(self, indexes: Iterable[int]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index in indexes:
            if translations(self.old[index]):
                found.setdefault(self.old[index].msgid, []).append(index)
        return found


def _release(message: polib.POEntry) -> None:
    """Let go of what takes memory and is not looked at again: a large template has as many messages as the catalog."""
    if isinstance(message, SourcedMessage):
        message.release()


def _worth(message: polib.POEntry) -> tuple[bool, bool]:
    return bool(translations(message)), not message.obsolete


def _neighbours(known: Sequence[int | None]) -> list[tuple[int | None, int | None]]:
    """Return for each place what is known nearest before it and after it; None where nothing is."""
    before = list(_latest(known))
    after = list(_latest(reversed(known)))
    return list(zip(before, reversed(after), strict=True))


def _latest(known: Iterable[int | None]) -> Iterator[int | None]:
    last: int | None = None
    for value in known:
        last = last if value is None else value
        yield last


def _write(message: polib.POEntry, suggestion: Prefill) -> None:
    if message.msgid_plural:
        message.msgstr_plural = message.msgstr_plural | {0: suggestion.text}
    else:
        message.msgstr = suggestion.text
    if suggestion.fuzzy and "fuzzy" not in message.flags:
        message.flags = ["fuzzy", *message.flags]


def _free_context(message: polib.POEntry, taken: Mapping[Key, polib.POEntry]) -> str:
    context: str | None = message.msgctxt
    names = (f"{context or ''} (duplicate {number})".strip() for number in count(2))
    return next(name for name in names if (name, message.msgid) not in taken)
