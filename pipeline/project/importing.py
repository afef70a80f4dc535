"""A page that was translated or edited outside, taken into the catalog of its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polib

from pipeline.align.assign import longest_increasing
from pipeline.align.pagefill import PageFill, filled_from_pages
from pipeline.catalogs.carry import Key, key_of
from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.merge import merged
from pipeline.catalogs.message import copy_of, translations
from pipeline.catalogs.messages import messages
from pipeline.catalogs.po import catalog_bytes, new_catalog, read_catalog, template_bytes, whole_catalog
from pipeline.catalogs.prefilled import Prefill, origins_in
from pipeline.catalogs.translations import MARK
from pipeline.catalogs.worddiff import notes_in
from pipeline.extractors.bilingual import units_of_blocks
from pipeline.extractors.rewrite import translated_page
from pipeline.model import Page, PipelineError, Unit
from pipeline.project.exported_base import ExportedBase, exported_base, led_back, placed
from pipeline.project.import_order import ImportOrder
from pipeline.project.sayings import Saying, reason_in, saying_of, short
from pipeline.text.said import said


@dataclass(slots=True)
class Imported:
    """A catalog with what a page brought.

    ``filled`` counts the messages that had no translation, ``changed`` those that had another, ``fuzzy`` those of both
    that should be looked at; ``kept`` those that have another and keep it, ``noted`` those that
    got no translation but a note on one. ``is_export`` says that the page was made
    with this catalog. ``sayings`` tell what could not be placed, in the order of the lines.
    """

    catalog: Catalog
    after: bytes
    filled: int = 0
    changed: int = 0
    fuzzy: int = 0
    kept: int = 0
    noted: int = 0
    is_export: bool = False
    sayings: list[Saying] = field(default_factory=list)


def imported(translated: Page, source: Page, before: bytes | None, path: str, order: ImportOrder) -> Imported:
    """Return the catalog of ``source`` with what ``translated`` says; ``before`` are its bytes at ``path``, if any.

    A page that was exported with the catalog and edited gives its edits. Another one fills what has no translation.

    Raises:
        PipelineError: The catalog is broken, or is of another page.
    """
    work = opened(translated, source, before, path, order)
    base = exported_base(translated, source, work.result.catalog, order) if order.may_be_export else None
    if base:
        work.take_edits(base)
    else:
        work.take_fills(filled_from_pages(source, translated, order.options, order.lexicon))
    return work.finished(is_export=base is not None)


def opened(translated: Page, source: Page, before: bytes | None, path: str, order: ImportOrder) -> CatalogImport:
    """Return the work on the catalog of ``source``, which is brought up to date first.

    Raises:
        PipelineError: The catalog is broken, or is of another page.
    """
    is_there = before is not None and bool(before.strip())
    old = whole_catalog(before or b"", path) if is_there else new_catalog(order.language, order.name, order.date)
    made = template_bytes(
        messages(source.units), project=order.name, date=order.date, references=order.references, bugs=order.bugs
    )
    template = read_catalog(made, path)
    _demand_same_page(old, template, source, path)
    merge = merged(old, template, date=order.date, prefill=_origins(old))
    work = CatalogImport(translated, source, merge.catalog, order)
    work.is_new = before is None or merge.content_changed
    return work


def _origins(catalog: Catalog) -> dict[Key, Prefill]:
    """What a catalog says of where its translations are from: the course, which would say it again, is not read here."""
    return {
        key_of(message): Prefill(text, message.fuzzy, note)
        for message in catalog
        if not message.obsolete
        for text in translations(message)[:1]
        for note in origins_in(message.comment)
    }


def _demand_same_page(old: Catalog, template: Catalog, source: Page, path: str) -> None:
    """Let a catalog pass that has a text of the page, or none at all.

    Raises:
        PipelineError: It has none: all of it would become obsolete.
    """
    known = {message.msgid for message in old}
    if known and known.isdisjoint(message.msgid for message in template):
        what = said("has no text of {page}: it is the catalog of another page", page=source.path)
        raise PipelineError(what, path=path, remedy="name the right catalog, or one that is not there yet")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A translation that a page brings, the line where it stands there, and the unit that it is of."""

    unit: Unit
    text: str
    line: int
    fuzzy: bool = False
    note: str = ""


class CatalogImport:
    """The work on one catalog, which is up to date with the source; ``changed`` are the messages that are new in it.

    ``is_new`` says that it is not the catalog on disk even if nothing changes.
    """

    is_new = False

    def __init__(self, translated: Page, source: Page, catalog: Catalog, order: ImportOrder) -> None:
        self.translated, self.source, self.order = translated, source, order
        self.units = units_of_blocks(source)
        self.known = {key_of(message): message for message in catalog if not message.obsolete}
        self.result = Imported(catalog, catalog.data)
        self.wanted: dict[Key, Wanted] = {}
        self.changed: dict[Key, polib.POEntry] = {}

    # --- an exported page

    def take_edits(self, base: ExportedBase) -> None:
        """Want what was edited, and tell what has no place."""
        after = self.translated.blocks
        found = base.found
        edits: list[Wanted] = []
        for index, block in placed(self.source.blocks, base.blocks):
            unit, place = self.units.get(block), found.get(index)
            if place is None:
                self._deleted(block, unit)
            elif after[place].text in (base.blocks[index].text, base.led[index].text):
                continue
            elif unit is None:
                if not _holds_others(block, self.source.blocks):
                    self.say(after[place], said("is changed, but is no text that is translated: not taken"))
            else:
                text = led_back(after[place].text, base.led[index].text, base.blocks[index].text)
                text = text.removeprefix(MARK) if base.blocks[index].text.startswith(MARK) else text
                edits.append(Wanted(unit, text, after[place].line))
        self.take_texts(edits)
        self._elsewhere(base)

    def take_texts(self, edits: Iterable[Wanted]) -> None:
        """Want what was edited."""
        places: dict[Key, list[Wanted]] = {}
        for edit in edits:
            places.setdefault((edit.unit.context, edit.unit.text), []).append(edit)
        for wanted in places.values():
            self._agreed(wanted)

    def _agreed(self, edits: Sequence[Wanted]) -> None:
        """Want an edit; of a text that stands several times all that were edited must say the same."""
        first = edits[0]
        for other in edits[1:]:
            if other.text != first.text:
                message = said("says something else than line {line} for the same text: not taken", line=first.line)
                self.result.sayings.append(Saying(self.translated.path, other.line, message))
        self.wanted[first.unit.context, first.unit.text] = first

    def _deleted(self, block: Unit, unit: Unit | None) -> None:
        if unit:
            message = said(
                "is not in {page}; what the catalog has for it is kept: {text}",
                page=self.translated.path,
                text=short(unit.text),
            )
            self.result.sayings.append(Saying(self.source.path, block.line, message, is_lost=False))

    def _elsewhere(self, base: ExportedBase) -> None:
        """Tell what was added and what was moved."""
        after, found = self.translated.blocks, base.found
        taken, starts = set(found.values()), {unit.start for unit in self.translated.units}
        nowhere = said("stands nowhere in {page}: not taken", page=self.source.path)
        for place, block in enumerate(after):
            if place not in taken and (block.start in starts or block.form == "code"):
                self.say(block, nowhere)
        pairs = sorted(found.items())
        kept = set(longest_increasing([place for _, place in pairs]))
        lines = {index: block.line for index, block in placed(self.source.blocks, base.blocks)}
        for number, (index, place) in enumerate(pairs):
            if number not in kept and index in lines:
                message = said(
                    "stands in another place than line {line} of {page}, whose order stays",
                    line=lines[index],
                    page=self.source.path,
                )
                self.say(after[place], message, is_lost=False)

    def say(self, block: Unit, message: str, *, is_lost: bool = True) -> None:
        """Tell something about a text of the translated page."""
        self.result.sayings.append(saying_of(block, message, is_lost=is_lost))

    # --- another page

    def take_fills(self, fill: PageFill) -> None:
        """Want what is paired for messages that have no translation, or another one that is to be replaced."""
        for key, each in fill.by_message().items():
            prefill = each.prefill
            message = self.known.get(key)
            had = translations(message) if message is not None else []
            if not had or (self.order.theirs and prefill.text):
                self.wanted[key] = Wanted(each.unit, prefill.text, each.line, prefill.fuzzy, prefill.note)
            elif prefill.text and had != [prefill.text]:
                self.result.kept += 1
                kept = said("has another translation in the catalog; kept, --theirs takes what the page says")
                self.say(each.unit._replace(path=self.translated.path, line=each.line, text=prefill.text), kept)
        for block in fill.unplaced:
            self.say(block, said("stands nowhere in {page}: not taken", page=self.source.path))

    # --- the catalog

    def finished(self, *, is_export: bool) -> Imported:
        """Return the catalog with what is wanted and would not break its page."""
        self._write()
        result = self.result
        result.sayings.sort(key=lambda saying: (saying.path != self.translated.path, saying.line))
        result.is_export = is_export
        if self.is_new or self.changed:
            if self.changed and "PO-Revision-Date" in result.catalog.metadata:
                result.catalog.metadata["PO-Revision-Date"] = self.order.date
            result.after = catalog_bytes(result.catalog)
        return result

    def _write(self) -> None:
        broken = self._broken()
        for key, wanted in self.wanted.items():
            message = self.known.get(key)
            if message is None:
                continue
            if fault := broken.get((wanted.unit.line, wanted.unit.column)):
                what = said("{why}; not taken: {text}", why=fault, text=short(wanted.text))
                self.result.sayings.append(Saying(self.translated.path, wanted.line, what))
            else:
                self._set(key, message, wanted)
        self.result.catalog = self.result.catalog.with_messages(
            self.changed.get(key_of(each), each) if not each.obsolete else each for each in self.result.catalog
        )

    def _broken(self) -> dict[tuple[int, int], str]:
        """What would break the source, by the place of its unit."""
        if not self.wanted or self.source.units[0].kind == "cue":
            return {}

        def translate(unit: Unit) -> str | None:
            wanted = self.wanted.get((unit.context, unit.text))
            return (wanted.text or None) if wanted else None

        made = translated_page(self.source, translate, self.order.options)
        return {(each.line, each.column): reason_in(each.message) for each in made.findings}

    def _set(self, key: Key, message: polib.POEntry, wanted: Wanted) -> None:
        had = translations(message)
        if had == [wanted.text] and (message.fuzzy == wanted.fuzzy or wanted.fuzzy):
            return
        new = copy_of(message)
        ours = {*notes_in(message.comment), *origins_in(message.comment)}
        notes = [line for line in message.comment.split("\n") if line not in ours]
        new.comment = "\n".join(filter(None, [*notes, wanted.note]))
        if not wanted.text:
            if new.comment != message.comment:
                self.changed[key] = new
                self.result.noted += 1
            return
        self.changed[key] = new
        new.msgstr = wanted.text
        new.flags = [*(["fuzzy"] * wanted.fuzzy), *(flag for flag in message.flags if flag != "fuzzy")]
        new.previous_msgctxt = new.previous_msgid = new.previous_msgid_plural = None
        self.result.filled += not had
        self.result.changed += bool(had)
        self.result.fuzzy += wanted.fuzzy


def _holds_others(block: Unit, blocks: Iterable[Unit]) -> bool:
    """Whether there are texts in a block: those of an image are told for themselves."""
    return any(block.start < each.start and each.end <= block.end for each in blocks)
