"""Two versions of a catalog merged message by message, as git asks for, from the version that both began with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.catalogs.carry import Key, as_obsolete, key_of, make_fuzzy
from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.charset import codec_for, declared_in, encoded
from pipeline.catalogs.form import rendered
from pipeline.catalogs.header import header_with, metadata_of, with_utf8
from pipeline.catalogs.message import SourcedMessage, said_by
from pipeline.catalogs.reconcile import (
    Judge,
    joined_lines,
    moment,
    reconciled,
    reconciled_header,
    texts_of,
)

Identity = tuple[object, int]  # the text of a message that all three have, else its key; and which of several it is


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """The bytes of a merged catalog, and the keys of the messages that the sides translated differently."""

    data: bytes
    conflicts: tuple[Key, ...]


Messages = Mapping[Identity, SourcedMessage]


class _Versions(NamedTuple):
    base: SourcedMessage | None
    ours: SourcedMessage | None
    theirs: SourcedMessage | None


def can_merge(catalog: Catalog) -> bool:
    """Return whether every byte of the catalog belongs to a message, and the header comes first."""
    return not (catalog.findings or catalog.kept or catalog.after_head)


def three_way(base: Catalog, ours: Catalog, theirs: Catalog) -> ThreeWay:
    """Return the catalog that has the changes of both sides; both must be ones that can be merged (`can_merge`).

    A message that only one side changed has the bytes of that side; line breaks inside strings are no change. What one
    side dropped and the other translated is kept as obsolete, or given to the message that the dropped one became. The
    order is that of the side that changed it, else of ``ours``; what the other side added stands behind its neighbour
    there. See `reconciled` for messages that both sides changed.
    """
    return _Merge(base, ours, theirs).result()


class _Merge:
    """The work of one merge."""

    def __init__(self, base: Catalog, ours: Catalog, theirs: Catalog) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        sides = [_messages(each) for each in (base, ours, theirs)]
        shared = set.intersection(*({message.text for message in side} for side in sides))
        self.by_identity = [_identified(side, shared) for side in sides]
        self.theirs_is_newer = _is_newer("POT-Creation-Date", theirs, ours)
        self.width = theirs.width if ours.width == base.width else ours.width
        self.newline = theirs.source.newline if ours.source.newline == base.source.newline else ours.source.newline
        self.conflicts: list[Key] = []
        self.judge = Judge(self.theirs_is_newer, lambda texts: texts in self.known_texts, _author(theirs))
        self.merged: dict[Identity, tuple[SourcedMessage, str]] = {}

    def result(self) -> ThreeWay:
        moved = dict(self._moved())
        for identity in dict.fromkeys(identity for side in self.by_identity[1:] for identity in side):
            versions = _Versions(*(side.get(identity) for side in self.by_identity))
            message = moved[identity] if identity in moved else self._one(versions)
            if message is not None:
                self.merged[identity] = message, self._text(message, versions)
        return ThreeWay(self._bytes(), tuple(self.conflicts))

    @cached_property
    def known_texts(self) -> frozenset[tuple[str, ...]]:
        """The translations that the base has; made only where a conflict is near."""
        return frozenset(map(texts_of, self.by_identity[0].values()))

    def _one(self, versions: _Versions) -> SourcedMessage | None:
        base, ours, theirs = versions
        if ours is None or theirs is None:
            return _of_one_side(base, ours or theirs)
        if ours.text == theirs.text or (base and base.text == theirs.text):
            return ours
        if base and base.text == ours.text:
            return theirs
        merged = reconciled(base, ours, theirs, self.judge)
        if merged.is_conflict:
            self.conflicts.append(key_of(merged.message))
        return merged.message

    def _moved(self) -> Iterator[tuple[Identity, SourcedMessage | None]]:
        """Yield what follows a source text that one side changed while the other changed its translation.

        The message that the old one became takes the new translation, and the old one goes. Where the old one had none
        yet, that is the untranslated message that is like it; the translation is then fuzzy.
        """
        base, *sides = self.by_identity
        for here, there in (sides, sides[::-1]):
            typed = [
                identity for identity, before in base.items()
                if identity not in here and identity in there and texts_of(there[identity]) not in ((), texts_of(before))
            ]  # fmt: skip
            added = [identity for identity in here if identity not in base and identity not in there] if typed else []
            waiting = []
            taken: set[Identity] = set()
            for old in typed:
                became = [each for each in added if each not in taken and _became(base[old], here[each])]
                taken.update(became)
                yield from ((identity, _retold(here[identity], base[old], there[old])) for identity in became)
                if became:
                    yield old, None
                else:
                    waiting.append(old)
            blank = [identity for identity in added if identity not in taken and not texts_of(here[identity])]
            for new, old in _alike(here, blank, base, waiting):
                yield new, _suggested(here[new], there[old])
                yield old, None

    def _text(self, message: SourcedMessage, versions: _Versions) -> str:
        """The lines of a message: as one side has them, unless both changed it or the other one broke its lines anew."""
        if message.is_changed():
            return self._rendered(message, self.width)
        base, ours, theirs = versions
        other, width = (theirs, self.theirs.width) if message is ours else (ours, self.ours.width)
        if base and other and base.text not in (other.text, message.text) and said_by(other) == said_by(base):
            return self._rendered(message, width)
        return self._with_newlines(message.text)

    # --- order and bytes

    def _order(self) -> Iterator[Identity]:
        """Yield the messages in the order of one side; what became obsolete comes last."""
        first, second = self._frame()
        stays = [identity for identity in first if identity in self.merged]
        here = {identity for identity in stays if _is_obsolete(first[identity]) or not self._is_gone(identity)}
        behind: dict[Identity | None, list[Identity]] = {}
        anchor = None
        for identity in second:
            if identity in here:
                anchor = anchor if self._is_gone(identity) else identity
            elif identity in self.merged and not self._is_gone(identity):
                behind.setdefault(anchor, []).append(identity)
        waiting = behind.get(None, [])
        for identity in filter(here.__contains__, stays):
            if waiting and (identity in second or self._is_gone(identity)):
                yield from waiting
                waiting = []
            yield identity
            waiting = behind.get(identity, waiting)
        yield from waiting
        gone = (identity for identity in dict.fromkeys((*second, *self.merged)) if identity in self.merged)
        yield from (identity for identity in gone if self._is_gone(identity) and identity not in here)

    def _frame(self) -> tuple[Messages, Messages]:
        """The side whose order is that of the result, and the other one."""
        base, ours, theirs = self.by_identity
        if _shape(ours) == _shape(base):
            return theirs, ours
        is_turned = _is_sorted_anew(base, theirs) and (self.theirs_is_newer or not _is_sorted_anew(base, ours))
        return (theirs, ours) if is_turned else (ours, theirs)

    def _is_gone(self, identity: Identity) -> bool:
        return _is_obsolete(self.merged[identity][0])

    def _bytes(self) -> bytes:
        head, declared = self._header()
        body = "".join(self._pieces(head))
        charset = self.ours.source.charset if declared == "CHARSET" else codec_for(declared)
        try:
            return encoded(body, charset)
        except UnicodeEncodeError:
            if head is None:
                return encoded(body, "utf-8")
        fields = metadata_of(head.msgstr)
        head = head.twin()
        head.msgstr = header_with(head.msgstr, fields | {"Content-Type": with_utf8(fields["Content-Type"])})
        return encoded("".join(self._pieces(head)), "utf-8")

    def _header(self) -> tuple[SourcedMessage | None, str]:
        """The header, and the charset that it names."""
        base, ours, theirs = self.base.head, self.ours.head, self.theirs.head
        head = ours or theirs
        if ours and theirs and ours.text != theirs.text:
            judge = Judge(_is_newer("PO-Revision-Date", self.theirs, self.ours))
            if base and base.text in (ours.text, theirs.text):
                head = theirs if base.text == ours.text else ours
            else:
                head = reconciled_header(base, ours, theirs, judge)
        return head, declared_in(head.msgstr) if head else "CHARSET"

    def _pieces(self, head: SourcedMessage | None) -> Iterator[str]:
        """Yield the text of the file in parts, with the blanks between them that the sides have there."""
        yield self.ours.source.text[: self.ours.beginning]
        gaps = self._gaps()
        before = ""
        if head is not None:
            before = self._rendered(head, self.width) if head.is_changed() else self._with_newlines(head.text)
            yield before
        for identity in self._order():
            text = self.merged[identity][1]
            if before:
                yield self._ended(before) + (self._with_newlines(gaps[identity]) if identity in gaps else self.newline)
            yield text
            before = text
        if tail := joined_lines(self.base.tail, self.ours.tail, self.theirs.tail):
            yield self._ended(before) + self._with_newlines(tail)

    def _ended(self, before: str) -> str:
        """What is missing to the end of the line before."""
        return "" if before.endswith("\n") or not before else self.newline

    def _gaps(self) -> Mapping[Identity, str]:
        """The blanks before each message, as a side has them where it does not come first."""
        gaps: dict[Identity, str] = {}
        for side, catalog in ((self.by_identity[1], self.ours), (self.by_identity[2], self.theirs)):
            for identity, message in side.items():
                if message.gap != catalog.beginning and message.source is catalog.source:
                    gaps.setdefault(identity, message.text_before)
        return gaps

    def _rendered(self, message: SourcedMessage, width: int) -> str:
        return rendered(message, width).replace("\n", self.newline)

    def _with_newlines(self, text: str) -> str:
        """The text of a side with the line ends of the result."""
        if self.ours.source.newline == self.theirs.source.newline:
            return text
        return text.replace("\r\n", "\n").replace("\n", self.newline)


def _messages(catalog: Catalog) -> list[SourcedMessage]:
    return [message for message in catalog if isinstance(message, SourcedMessage)]


def _identified(messages: Iterable[SourcedMessage], shared: set[str]) -> dict[Identity, SourcedMessage]:
    """The messages by what tells them apart; one that all three have as it is need not be taken apart for that."""
    seen: Counter[object] = Counter()
    found = {}
    for message in messages:
        name: object = message.text if message.text in shared else key_of(message)
        found[name, seen[name]] = message
        seen[name] += 1
    return found


def _shape(side: Messages) -> list[tuple[Identity, bool]]:
    return [(identity, _is_obsolete(message)) for identity, message in side.items()]


def _is_sorted_anew(base: Messages, side: Messages) -> bool:
    """Whether what both have stands in another order."""
    return [identity for identity in base if identity in side] != [identity for identity in side if identity in base]


def _of_one_side(base: SourcedMessage | None, side: SourcedMessage | None) -> SourcedMessage | None:
    """What becomes of a message that the other side does not have: what was typed since then is kept."""
    if side is None or base is None or (base.obsolete and not side.obsolete):
        return side
    if base.text == side.text:
        return None
    is_typed = texts_of(side) not in ((), texts_of(base)) or side.tcomment not in ("", base.tcomment)
    if not is_typed:
        return None
    kept = as_obsolete(side)
    return kept if isinstance(kept, SourcedMessage) else None


def _became(old: SourcedMessage, new: SourcedMessage) -> bool:
    """Whether an update made the new message of the old one."""
    is_same = old.msgid in (new.msgid, new.previous_msgid)
    return is_same and texts_of(new) == texts_of(old) and bool(new.msgid_plural) == bool(old.msgid_plural)


def _alike(
    here: Messages, blank: Sequence[Identity], base: Messages, gone: Sequence[Identity]
) -> Iterator[tuple[Identity, Identity]]:
    """Yield the new messages without translation that seem to come from messages that are gone, and these."""
    if not blank or not gone:
        return
    from pipeline.catalogs.similar import Text, matches  # rapidfuzz, which few merges need

    found = matches(*(
        [Text(side[identity].msgid, *around[identity]) for identity in wanted]
        for side, wanted, around in ((here, blank, _neighbours(here)), (base, gone, _neighbours(base)))
    ))  # fmt: skip
    for match in found:
        if bool(here[blank[match.new]].msgid_plural) == bool(base[gone[match.old]].msgid_plural):
            yield blank[match.new], gone[match.old]


def _neighbours(side: Messages) -> Mapping[Identity, tuple[object, object]]:
    """The keys before and behind each message."""
    order = list(side)
    keys = [key_of(message) for message in side.values()]
    return dict(zip(order, zip([None, *keys[:-1]], [*keys[1:], None], strict=True), strict=True))


def _suggested(new: SourcedMessage, translated: SourcedMessage) -> SourcedMessage:
    """A new message with the translation of the one that it seems to come from, as fuzzy."""
    message = _retold(new, new, translated)
    make_fuzzy(message, translated, new.comment)
    return message


def _retold(new: SourcedMessage, old: SourcedMessage, translated: SourcedMessage) -> SourcedMessage:
    """The message that an old one became, with the translation that the old one got meanwhile."""
    message = new.twin()
    message.msgstr, message.msgstr_plural = translated.msgstr, dict(translated.msgstr_plural)
    message.tcomment = joined_lines(old.tcomment, new.tcomment, translated.tcomment)
    if translated.fuzzy and not new.fuzzy:
        message.flags = ["fuzzy", *new.flags]
    return message


def _is_obsolete(message: SourcedMessage) -> bool:
    # a message is taken apart only where its text leaves a doubt
    return ("#~" in message.text or message.is_changed()) and bool(message.obsolete)


def _is_newer(field: str, one: Catalog, other: Catalog) -> bool:
    return moment(one.metadata.get(field)) > moment(other.metadata.get(field))


def _author(catalog: Catalog) -> str:
    name = catalog.metadata.get("Last-Translator", "").partition("<")[0].strip()
    date = catalog.metadata.get("PO-Revision-Date", "")
    known = (name if name != "FULL NAME" else "", date if moment(date) >= 0 else "")
    return ", ".join(filter(None, known))
