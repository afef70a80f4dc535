"""A track that was translated or edited outside, taken into the catalog of its source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial

from pipeline.align.trackfill import filled_from_tracks
from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.translations import MARK, Fuzzy, Translations, translations_of
from pipeline.exporters.spoken import CutPart, texts_of_cues
from pipeline.model import Unit
from pipeline.project.import_order import ImportOrder
from pipeline.project.importing import CatalogImport, Imported, Wanted, opened
from pipeline.subtitles.layout import chinese_within, english_within
from pipeline.subtitles.limits import Limits
from pipeline.subtitles.sentences import blank_of, joined_texts
from pipeline.subtitles.talk import Talk
from pipeline.text.said import said

_TIMES = 0.5  # the share of cues of an exported track that still start when they did
_TEXTS = 0.3  # and that still say what they said
_SAME_MS = 50
_COMPARED = 4_000_000  # pairs of characters of cues that are compared: no cue that is read has 2,000
_BLANKS = re.compile(r"\s+")


def imported_track(
    translated: Talk, source: Talk, before: tuple[bytes | None, str], order: ImportOrder, limits: Limits
) -> Imported:
    """Return the catalog of ``source`` with what ``translated`` says; ``before`` are its bytes, if any, and its path.

    A track that was exported with the catalog, within ``limits``, and edited gives its edits. Another one fills what has
    no translation.

    Raises:
        PipelineError: The catalog is broken, or is of another page.
    """
    work = opened(translated.page, source.page, *before, order)
    said = _said_there(translated, work.result.catalog)
    edits = _Edits(translated, source, said, order, limits) if said and order.may_be_export else None
    if edits and edits.is_export():
        work.take_texts(edits.wanted())
        _tell(work, edits)
        return work.finished(is_export=True)
    work.take_fills(filled_from_tracks(source, translated))
    return work.finished(is_export=False)


def _tell(work: CatalogImport, edits: _Edits) -> None:
    for unit in edits.added():
        work.say(unit, said("is shown when nothing is said in {track}: not taken", track=edits.source.page.path))


def _said_there(translated: Talk, catalog: Catalog) -> Translations:
    """What the catalog says, its fuzzy translations as the track seems to have them."""
    text = _bare("".join(cue.text for cue in translated.track.cues))
    modes: tuple[Fuzzy, ...] = ("source", "use", "mark") if any(each.fuzzy for each in catalog) else ("source",)
    return max(
        (translations_of(catalog, mode) for mode in modes),
        key=lambda each: sum(_bare(said) in text for said in each.values()),
    )


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)


@dataclass(frozen=True, slots=True)
class _Group:
    """Cues of the source that belong together because a cue of the translated track covers them, with those that do."""

    places: tuple[int, ...]
    there: tuple[int, ...]


class _Edits:
    """An exported track and what it was exported from; cues are those of the source by place, and ``there`` the edited."""

    def __init__(self, translated: Talk, source: Talk, said: Translations, order: ImportOrder, limits: Limits) -> None:
        self.translated, self.source, self.said = translated, source, said
        self.parts: Mapping[int, Sequence[CutPart]] = texts_of_cues(source, partial(_of, said), order.language)
        self.within = partial(english_within if order.language == "en" else chinese_within, limits)
        self.blank = " " if order.language == "en" else blank_of(translated.track.cues, order.language)
        self.places = sorted(
            (place for place, parts in self.parts.items() if any(part.text for part in parts)),
            key=lambda place: source.track.cues[place].start_ms,
        )
        self.starts = [source.track.cues[place].start_ms for place in self.places]
        self.owner = [self._place(number) for number in range(len(translated.track.cues))]

    def is_export(self) -> bool:
        """Whether the track has the times and the texts of the export, most of them."""
        cues = self.translated.track.cues
        times = texts = 0
        for number, place in enumerate(self.owner):
            if place is not None:
                times += abs(cues[number].start_ms - self.source.track.cues[place].start_ms) <= _SAME_MS
                texts += _bare(cues[number].text) == self._exported(place)
        most = max(len(self.places), len(cues))
        return times >= _TIMES * most and texts >= _TEXTS * most

    def wanted(self) -> Iterator[Wanted]:
        """The sentences that say something else than they did."""
        new: dict[int, dict[int, str]] = defaultdict(dict)
        lines: dict[int, int] = {}
        for group in self._groups():
            cues = [self.translated.track.cues[number] for number in group.there]
            if "".join(_bare(cue.text) for cue in cues) == "".join(map(self._exported, group.places)):
                continue
            parts = [part for place in group.places for part in self.parts[place]]
            exported = "".join(map(self._exported, group.places))
            texts = _restored(
                [part.text for part in parts], exported, _rich("\n".join(cue.text for cue in cues), self.blank)
            )
            numbers = [(place, part.sentence) for place in group.places for part in self.parts[place]]
            for (place, sentence), text in zip(numbers, texts, strict=True):
                new[sentence][place] = text
                lines.setdefault(sentence, self.translated.track.lines[group.there[0]] if group.there else 0)
        for sentence, changed in sorted(new.items()):
            unit = self.source.page.units[sentence]
            text = self._rebuilt(sentence, changed).removeprefix(MARK).strip()
            if text and _bare(text) not in (_bare(self._before(unit)), _bare(unit.text)):
                yield Wanted(unit, text, lines[sentence] or 1)

    def added(self) -> Iterator[Unit]:
        """What is shown when nothing is said."""
        for unit, sentence in zip(self.translated.page.units, self.translated.sentences, strict=True):
            if all(self.owner[place] is None for place in sentence.places):
                yield unit

    # --- cues

    def _exported(self, place: int) -> str:
        return _bare(self.within(joined_texts((part.text for part in self.parts[place]), " ")))

    def _place(self, number: int) -> int | None:
        """The cue of the source that a cue covers, the first of several; else that with most time in common."""
        cue, cues = self.translated.track.cues[number], self.source.track.cues
        after = bisect_right(self.starts, cue.end_ms)
        near = range(max(0, bisect_right(self.starts, cue.start_ms) - 3), after)
        common = {
            self.places[each]: min(cue.end_ms, cues[self.places[each]].end_ms)
            - max(cue.start_ms, cues[self.places[each]].start_ms)
            for each in near
        }
        covered = (
            place for place in common if cue.start_ms <= (cues[place].start_ms + cues[place].end_ms) // 2 < cue.end_ms
        )
        if (first := next(covered, None)) is not None:
            return first
        best = max(common, key=common.__getitem__, default=None)
        return best if best is not None and common[best] > 0 else None

    def _groups(self) -> Iterator[_Group]:
        """Each cue of the source with its cues there; one that has none joins the one before it that is longer there."""
        there: dict[int, list[int]] = defaultdict(list)
        for number, place in enumerate(self.owner):
            if place is not None:
                there[place].append(number)
        places: list[int] = []
        for place in self.places:
            if places and not (
                not there[place] and self._covers([number for each in places for number in there[each]], place)
            ):
                yield _Group(tuple(places), tuple(number for each in places for number in there[each]))
                places = []
            places.append(place)
        if places:
            yield _Group(tuple(places), tuple(number for each in places for number in there[each]))

    def _covers(self, numbers: Sequence[int], place: int) -> bool:
        cue = self.source.track.cues[place]
        middle = (cue.start_ms + cue.end_ms) // 2
        return any(self.translated.track.cues[number].end_ms > middle for number in numbers)

    # --- texts

    def _before(self, unit: Unit) -> str:
        return (_of(self.said, unit) or "").removeprefix(MARK)

    def _rebuilt(self, sentence: int, changed: Mapping[int, str]) -> str:
        """A sentence with some parts changed; the others, and the blanks between them, are as they were."""
        old = self._before(self.source.page.units[sentence])
        text, end = "", 0
        for place in self.source.sentences[sentence].places:
            was = next((part.text for part in self.parts[place] if part.sentence == sentence), "")
            start = old.find(was, end) if was else -1
            is_known = start >= 0 and not old[end:start].strip()
            now = changed.get(place, was)
            blank = (
                old[end:start]
                if is_known
                else " "
                if joined_texts((text, now), self.blank)[len(text) :][:1] == " "
                else ""
            )
            text += (blank if text else "") + now if now else ""
            end = start + len(was) if is_known else end
        return text


def _of(said: Translations, unit: Unit) -> str | None:
    return said.get((unit.context, unit.text))


def _rich(text: str, blank: str) -> list[str]:
    """The characters of a text, each with the blank behind it, if any; the end of a line is ``blank``."""
    found: list[str] = []
    for character in text.strip().replace("\n", blank):
        if not character.isspace():
            found.append(character)
        elif found and not found[-1].endswith(" "):
            found[-1] += " "
    return found


def _restored(parts: Sequence[str], exported: str, new: Sequence[str]) -> list[str]:
    """The parts with what is new in an edited text; what stayed keeps the blanks and stops that the export left out."""
    if len(exported) * len(new) > _COMPARED:
        return ["".join(new).strip(), *[""] * (len(parts) - 1)]
    old, owners = _as_exported(parts, exported)
    texts: list[list[str]] = [[] for _ in parts]
    blocks = SequenceMatcher(None, exported, [each[0] for each in new], autojunk=False).get_opcodes()
    for number, (tag, i1, i2, j1, j2) in enumerate(blocks):
        if tag == "equal":
            for place in range(i1, i2):
                texts[owners[place]].append(old[place])
            if number + 1 < len(blocks) and blocks[number + 1][4] > j2:  # the blank before what is new is new, too
                texts[owners[i2 - 1]][-1] = old[i2 - 1].rstrip() + " " * new[j2 - 1].endswith(" ")
            continue
        spread = [owners[place] for place in range(i1, i2)] or [owners[max(0, i1 - 1)]]
        for place in range(j1, j2):
            texts[spread[(place - j1) * len(spread) // (j2 - j1)]].append(new[place])
        if j2 > j1 and i2 > i1:
            texts[spread[-1]].append(old[i2 - 1][1:].strip())
    return ["".join(text).strip() for text in texts]


def _as_exported(parts: Sequence[str], exported: str) -> tuple[list[str], list[int]]:
    """Each character of an export with what stood behind it and was left out, and the part that it is of."""
    old: list[str] = []
    owners: list[int] = []
    for owner, part in enumerate(parts):
        for character in part:
            if len(old) < len(exported) and character == exported[len(old)]:
                old.append(character)
                owners.append(owner)
            elif old and owners[-1] == owner:
                old[-1] += character
    while len(old) < len(exported):
        old.append(exported[len(old)])
        owners.append(len(parts) - 1)
    return old, owners
