"""The page that an edited export was: made anew from the catalog, and laid beside what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.align.returned import matched_blocks
from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.translations import Fuzzy, Translations, translations_of
from pipeline.extractors.adaptation import Adaptation
from pipeline.extractors.links import links
from pipeline.extractors.page import read_page
from pipeline.extractors.rewrite import translated_page
from pipeline.model import Page, Unit
from pipeline.project.import_order import ImportOrder

_EXPORTED = 0.3  # the share of a catalog's translations that a page made with it says as they are
_STILL_SAID = 0.6  # and where nearly all were edited, the share of their pairs of characters that it still has
_IN_COMMON = 0.5  # the share of the blocks of both that such a page has in common with what was exported


class _Everything:
    """All files that an address may lead to."""

    def __contains__(self, path: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class ExportedBase:
    """A page as it was exported: its blocks, and the same with addresses led to the other language.

    ``found`` gives for its blocks, by index, those of the page that it became.
    """

    blocks: Sequence[Unit]
    led: Sequence[Unit]
    found: Mapping[int, int]


def exported_base(translated: Page, source: Page, catalog: Catalog, order: ImportOrder) -> ExportedBase | None:
    """Return the page that ``translated`` was before it was edited; None where it was not made with this catalog."""
    texts = {block.text for block in translated.blocks}
    modes: tuple[Fuzzy, ...] = ("source", "use", "mark") if any(each.fuzzy for each in catalog) else ("source",)
    said = max(
        (translations_of(catalog, mode) for mode in modes),
        key=lambda each: sum(text in texts for text in each.values()),
    )
    if not _is_made_of(translated, said):
        return None
    pages = [_exported(source, said, order, wish) for wish in (Adaptation(), _led(order))]
    led = pages[1] if len(pages[1].blocks) == len(pages[0].blocks) else pages[0]
    has_led = sum(block.text in texts for block in led.blocks) >= sum(block.text in texts for block in pages[0].blocks)
    found = matched_blocks((led if has_led else pages[0]).blocks, translated.blocks)
    is_whole = 2 * len(found) >= _IN_COMMON * (len(led.blocks) + len(translated.blocks))
    return ExportedBase(pages[0].blocks, led.blocks, found) if is_whole else None


def _is_made_of(translated: Page, said: Translations) -> bool:
    """Whether a page says what a catalog says, text by text, or after many edits at least in most of its words."""
    texts = {block.text for block in translated.blocks}
    if not said or sum(text in texts for text in said.values()) >= _EXPORTED * len(said):
        return bool(said)
    had, has = (Counter(pair for text in each for pair in pairwise(text)) for each in (said.values(), texts))
    return (had & has).total() >= _STILL_SAID * had.total()


def _led(order: ImportOrder) -> Adaptation:
    return replace(order.wish, language=order.language, files=_Everything(), heading_ids="none")


def _exported(source: Page, said: Translations, order: ImportOrder, wish: Adaptation) -> Page:
    made = translated_page(source, lambda unit: said.get((unit.context, unit.text)), order.options, wish)
    return read_page(made.data, source.path, order.options)


def placed(source: Sequence[Unit], base: Sequence[Unit]) -> Iterator[tuple[int, Unit]]:
    """Yield for the blocks of an exported page, by index, those of its source; values that are no prose are in neither."""
    offset = len(source) - len(base)
    matter = {_matter_key(source, place): block for place, block in enumerate(source) if block.kind == "front matter"}
    for index, block in enumerate(base):
        if block.kind != "front matter":
            yield index, source[index + offset]
        elif found := matter.get(_matter_key(base, index)):
            yield index, found


def _matter_key(blocks: Sequence[Unit], place: int) -> tuple[str, int]:
    key = blocks[place].key
    return key, sum(block.key == key and block.kind == "front matter" for block in blocks[:place])


def led_back(text: str, led: str, plain: str) -> str:
    """Return ``text`` with the addresses that the export led to the other language as the source has them."""
    if led == plain:
        return text
    for made, own in zip(links(led), links(plain), strict=False):
        if made.target != own.target:
            text = text.replace(made.target, own.target)
    return text
