"""`bilect export page`: the work of one page, which may be done in another process, and what all of them share."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.catalogs.catalog import Catalog
from pipeline.catalogs.po import read_catalog
from pipeline.catalogs.translations import Fuzzy, Translations, translations_of
from pipeline.extractors.adaptation import Adaptation, linked_anchors
from pipeline.extractors.page import PageOptions, read_page
from pipeline.extractors.rewrite import Translate, translated_page
from pipeline.model import Finding, Language, Page, PipelineError, Unit
from pipeline.project.bare import Destination, NamedFile
from pipeline.project.discovery import SUBTITLES, TALK_SUFFIX
from pipeline.project.editions import BASE, EDITION, edition_catalogs, edition_of, marked_page
from pipeline.project.files import read_bytes
from pipeline.text.encoding import NotTextError, decoded
from pipeline.text.naming import file_name, target_language, translated_name
from pipeline.text.said import said
from pipeline.text.traditional import Overrides

_SHORT: Mapping[Language, tuple[str, ...]] = {"en": ("en",), "zh_CN": ("zh_CN", "zh"), "zh_TW": ("zh_TW",)}


@dataclass(frozen=True, slots=True)
class PageOrder:
    """What all pages of an export share.

    ``language`` None is the other one of each page; pages of which less than ``percent`` is translated are not
    exported; with ``is_pseudo`` no catalog is read. ``linked`` are the anchors that pages link to in each other, by path;
    ``overrides`` is what an edition in traditional Chinese overrules OpenCC by, by the folder of the page.
    """

    options: PageOptions = PageOptions()
    wish: Adaptation = Adaptation()
    language: Language | None = None
    fuzzy: Fuzzy = "source"
    percent: int = 0
    is_pseudo: bool = False
    linked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    overrides: Mapping[str, Overrides] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogs:
    """Where the catalog of a page may be: in ``given``, a file or a folder, else in the project, else beside the page.

    ``locales`` and ``source`` are folders of the project around, which is in ``root``; empty without one.
    """

    given: str = ""
    root: str = ""
    locales: str = ""
    source: str = ""

    def of(self, file: NamedFile, language: Language) -> Path | None:
        """Return the catalog of a page, or None."""
        if self.given and os.path.isfile(self.given):
            return Path(self.given)
        folders = [Path(self.given)] if self.given else [*self._of_project(file, language), file.path.parent]
        inside = file.inside if self.given else PurePosixPath(file.inside.name)
        for folder in folders:
            for name in _names(inside, language):
                if (path := folder / name).is_file():
                    return path
        return None

    def _of_project(self, file: NamedFile, language: Language) -> Iterator[Path]:
        place = PurePosixPath(file.shown)
        if self.source and place.is_relative_to(self.source):
            below = place.relative_to(self.source).parent
            if not below.parts:  # a page of no course has its catalog in a folder called as that of the sources
                below = PurePosixPath(PurePosixPath(self.source).name)
            yield Path(self.root, self.locales, language, "LC_MESSAGES", below)


def _names(inside: PurePosixPath, language: Language) -> Iterator[PurePosixPath]:
    """What the catalog of a page may be called in a folder of catalogs, the likeliest name first."""
    stems = dict.fromkeys((inside.stem, file_name(inside.name).stem, inside.name))
    if inside.suffix.lower() in SUBTITLES:  # talk.po is the catalog of talk.en.md
        stems = dict.fromkeys(
            (f"{file_name(inside.name).stem}{TALK_SUFFIX}", f"{inside.stem}{TALK_SUFFIX}", inside.name)
        )
    for stem in stems:
        yield inside.with_name(f"{stem}.po")
        for short in _SHORT[language]:
            yield inside.with_name(f"{stem}.{short}.po")
    for stem in stems:
        for short in _SHORT[language]:
            yield PurePosixPath(short, "LC_MESSAGES") / inside.with_name(f"{stem}.po")
            yield PurePosixPath(short) / inside.with_name(f"{stem}.po")


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of a page: ``data`` where it is not written, ``change`` whether a file is new or different.

    ``note`` says why nothing was made of it.
    """

    file: NamedFile
    findings: tuple[Finding, ...] = ()
    trouble: PipelineError | None = None
    data: bytes | None = None
    change: bool | None = None
    note: str = ""
    has_catalog: bool = True


class _Said(NamedTuple):
    """What the catalogs of a page say, None without one; ``is_converted`` where some of it is made from zh_CN."""

    translations: Translations | None = None
    findings: tuple[Finding, ...] = ()
    is_converted: bool = False


@dataclass(frozen=True, slots=True)
class PageWriter:
    """The work of one page, for this process or another: reads it, translates it, and writes it where it has a place."""

    order: PageOrder
    catalogs: Catalogs
    place: Destination | None
    paths: Mapping[NamedFile, Path]

    def __call__(self, file: NamedFile) -> PageOutcome:
        """Return what became of a page; what fails is in it."""
        try:
            page = read_page(file.read(), file.shown, self.order.options)
            language = self.order.language or target_language(page.language)
            spoken = self._said(file, page, language)
        except PipelineError as error:
            return PageOutcome(file, trouble=error)
        findings = (*page.findings, *spoken.findings)
        if any(each.name == "unreadable-page" for each in page.findings):
            return PageOutcome(file, findings)
        translate = _pseudo if self.order.is_pseudo else _from(spoken.translations)
        if self.order.percent and (share := translated_share(page, translate)) < self.order.percent:
            return PageOutcome(file, findings, note=said("{share} % translated, not exported", share=share))
        wish = replace(self.order.wish, language=language, linked=self.order.linked.get(file.shown, frozenset()))
        made = translated_page(page, translate, self.order.options, wish)
        outcome = PageOutcome(file, (*findings, *made.findings), has_catalog=spoken.translations is not None)
        return self._delivered(
            outcome, marked_page(made.data, file.shown, self.order.options) if spoken.is_converted else made.data
        )

    def _said(self, file: NamedFile, page: Page, language: Language) -> _Said:
        if self.order.is_pseudo:
            return _Said()
        if language == EDITION and page.language != EDITION:
            return self._edition(file, page)
        catalog = self._read(self.catalogs.of(file, language))
        if catalog is None:
            return _Said()
        return _Said(translations_of(catalog, self.order.fuzzy), tuple(catalog.findings))

    def _edition(self, file: NamedFile, page: Page) -> _Said:
        """What a page says in traditional Chinese; what it says in simplified Chinese is in a catalog, or the page itself."""
        found = tuple(map(self._read, edition_catalogs(self.catalogs.of, file)))
        findings = tuple(finding for catalog in found if catalog for finding in catalog.findings)
        own, base = (translations_of(catalog, self.order.fuzzy) if catalog else None for catalog in found)
        if page.language == BASE:
            base = {(unit.context, unit.text): unit.text for unit in page.units}
        if own is None and base is None:
            return _Said()
        overrides = self.order.overrides.get(PurePosixPath(file.shown).parent.as_posix(), ())
        made = edition_of(own or {}, base or {}, overrides)
        return _Said(made.translations, findings, made.converted > 0)

    def _read(self, path: Path | None) -> Catalog | None:
        if path is None:
            return None
        root = Path(self.catalogs.root)
        shown = path.relative_to(root) if self.catalogs.root and path.is_relative_to(root) else path
        return _catalog(path, path.absolute(), shown.as_posix())

    def _delivered(self, outcome: PageOutcome, data: bytes) -> PageOutcome:
        path = self.paths.get(outcome.file)
        if self.place is None or path is None:
            return replace(outcome, data=data)
        try:
            _spare_a_hand_made_page(path, outcome.file, data)
            return replace(outcome, change=self.place.write(path, data))
        except PipelineError as error:
            return replace(outcome, trouble=error)


@lru_cache(maxsize=1)  # one catalog may be that of a thousand pages
def _catalog(path: Path, _whole: Path, shown: str) -> Catalog:  # the same path may lead elsewhere from another folder
    return read_catalog(read_bytes(path, shown), shown)


def _pseudo(unit: Unit) -> str:
    from pipeline.text.pseudo import pseudo  # its patterns take 4 ms, and few ask for it

    return pseudo(unit.text)


def _from(translations: Translations | None) -> Translate:
    known = translations or {}
    return lambda unit: known.get((unit.context, unit.text))


def translated_share(page: Page, translate: Translate) -> int:
    """Return how much of a page is translated, in whole percent, rounded down; a page without texts is whole."""
    done = sum(bool((translate(unit) or "").strip()) for unit in page.units)
    return 100 * done // len(page.units) if page.units else 100


def _spare_a_hand_made_page(path: Path, file: NamedFile, data: bytes) -> None:
    """Let a place pass that holds no other page beside the source.

    Raises:
        PipelineError: It does: foo.en.md and foo.zh.md in one folder are both hand-made.
    """
    is_beside = file.data is None and path.parent.resolve() == file.path.parent.resolve()
    if is_beside and path.is_file() and path.name != file.path.name and read_bytes(path) != data:
        message = said("stands beside {source} and may be hand-made: it is not overwritten", source=file.shown)
        raise PipelineError(message, path=path.as_posix(), remedy="name another folder with -o, or delete it first")


def output_names(files: Sequence[NamedFile], language: Language | None) -> dict[NamedFile, PurePosixPath]:
    """Return the path in the output folder of each page that is exported: another language where its name says one.

    A page whose name says that it is in ``language`` already is not exported.
    """
    names = {}
    for file in files:
        own = file_name(file.inside.name).language
        if own is None or own != language:
            names[file] = file.inside.with_name(
                translated_name(file.inside.name, language or target_language(own or "en"))
            )
    return names


def anchors_between(files: Sequence[NamedFile]) -> dict[str, frozenset[str]]:
    """Return the anchors that pages link to in each other, by the page as shown; what cannot be read links to none."""
    return linked_anchors((file.shown, _linking_text(file)) for file in files)


def _linking_text(file: NamedFile) -> str:
    try:
        data = file.data if file.data is not None else read_bytes(file.path)
        return decoded(data).text if b"#" in data and (b"](" in data or b"href" in data) else ""
    except (PipelineError, NotTextError):
        return ""
