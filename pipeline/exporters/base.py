"""What an exporter gets and gives, and the registry that finds them.

An exporter is one function in any module of this package; its docstring says what it makes::

    @exporter("csv")
    def lecture_table(material: Material) -> Iterator[Output]:
        \"\"\"The lecture table of a course, for spreadsheets.\"\"\"

It is named in `formats`, so that only what is asked for is loaded, and `bilect export` offers it under its name. What few
people want is only made when they ask for it, not by each `bilect run`: ``in_run=False``. What is made of two tracks
alone, and so of bare subtitle files too, says ``of="tracks"``. What is made of all courses together says
`@exporter_of_all("site")` and takes a sequence of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal

from pipeline.align.course import Course
from pipeline.align.coursetable import CourseTable, table_of
from pipeline.catalogs.translations import Translations
from pipeline.exporters.formats import IN_RUN, MODULES
from pipeline.extractors.adaptation import Adaptation
from pipeline.extractors.page import PageOptions
from pipeline.model import Finding, Language, PipelineError, TrackPairing, Unit
from pipeline.subtitles.limits import LIMITS, Limits
from pipeline.subtitles.track import Track
from pipeline.text.said import said
from pipeline.text.series import listed
from pipeline.text.suggestion import did_you_mean
from pipeline.text.terms import Terms

Order = Literal["zh-en", "en-zh"]
Layout = Literal["interleaved", "side-by-side", "target", "table"]
"""How a handout shows two languages: one under the other, beside each other, only the translation, or as rows."""
Paper = Literal["a4", "letter"]
Pictures = Callable[[str], bytes | None]


def no_pictures(_path: str) -> None:
    """Return nothing: no file is at hand."""


@dataclass(frozen=True)
class TrackPairFiles:
    """The two subtitle tracks of one talk; ``name`` is the path inside the course without language and extension."""

    name: str
    en: Track
    zh: Track

    @cached_property
    def pairing(self) -> TrackPairing:
        """Which of their cues say the same; found out once for all who ask."""
        from pipeline.align.tracks import pair_tracks  # 15 ms, which courses without talks do not need

        return pair_tracks(self.en.cues, self.zh.cues)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a course has to export.

    ``translations`` holds for the path of each page what its catalog says, by context and msgid; ``targets`` the language
    that each is translated into. ``wish`` says how pages are fitted to it. ``table`` makes the lecture table with the
    subtitle files and what a maintainer has accepted, the same at each call; None where only the pages count. ``limits``
    are those of subtitles. ``pictures`` gives the bytes of a file of the project by its path, None where there is none.

    What handouts need besides: ``layout`` and ``paper``; the ``terms`` of the course; ``translators`` by the path of
    the page; and ``left_out``, the paths of pages that are not in them. ``chinese`` is what is written beside English.
    """

    course: Course
    translations: Mapping[str, Translations] = field(default_factory=dict)
    targets: Mapping[str, Language] = field(default_factory=dict)
    tracks: tuple[TrackPairFiles, ...] = ()
    order: Order = "zh-en"
    options: PageOptions = PageOptions()
    wish: Adaptation = Adaptation()
    table: Callable[[], CourseTable] | None = None
    limits: Limits = LIMITS["netflix"]
    pictures: Pictures = no_pictures
    layout: Layout = "interleaved"
    paper: Paper = "a4"
    terms: Terms = field(default_factory=lambda: Terms(()))
    translators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: Set[str] = frozenset()
    chinese: Language = "zh_CN"

    def translation(self, unit: Unit) -> str | None:
        """What the catalog of its page says for a unit, None where it says nothing."""
        return self.translations.get(unit.path, {}).get((unit.context, unit.text)) or None

    def lecture_table(self) -> CourseTable:
        """The lecture table of the course."""
        table = self.table() if self.table else table_of(self.course)
        return table if table.chinese == self.chinese else replace(table, chinese=self.chinese)


@dataclass(frozen=True, slots=True)
class Output:
    """A file to write: ``path`` is relative to the folder of the export, with ``/``.

    ``source`` is the path of the page or track it is made of, empty where it is made of the whole course.
    """

    path: str
    data: bytes
    findings: tuple[Finding, ...] = ()
    source: str = ""


Export = Callable[[Material], Iterator[Output]]
ExportOfAll = Callable[[Sequence[Material]], Iterator[Output]]
Origin = Literal["course", "tracks"]

_EXPORTERS: dict[str, Export] = {}
_OF_ALL: dict[str, ExportOfAll] = {}
_ASKED_FOR: set[str] = set()
_OF_TRACKS: set[str] = set()


def exporter(name: str, *, of: Origin = "course", in_run: bool = True) -> Callable[[Export], Export]:
    """Register the decorated function as the exporter ``name``; `bilect run` leaves it out unless ``in_run``."""

    def register(export: Export) -> Export:
        _EXPORTERS[name] = export
        if of == "tracks":
            _OF_TRACKS.add(name)
        if not in_run:
            _ASKED_FOR.add(name)
        return export

    return register


def exporter_of_all(name: str) -> Callable[[ExportOfAll], ExportOfAll]:
    """Register the decorated function as the exporter ``name`` of all courses together; no run makes it."""

    def register(export: ExportOfAll) -> ExportOfAll:
        _OF_ALL[name] = export
        return export

    return register


_PACKAGE = "pipeline.exporters"


@cache
def _all_imported() -> None:
    for module in iter_modules(import_module(_PACKAGE).__path__, f"{_PACKAGE}."):
        import_module(module.name)


def _imported(name: str) -> None:
    """Import the module that makes a format; all of them where none is said to."""
    if name in MODULES:
        import_module(f"{_PACKAGE}.{MODULES[name]}")
    else:
        _all_imported()


def exporters() -> Mapping[str, Export]:
    """Return every exporter by its name, sorted."""
    _all_imported()
    return dict(sorted(_EXPORTERS.items()))


def run_exporters(asked: Sequence[str] = ()) -> tuple[Export, ...]:
    """Return the exporters whose files every `bilect run` makes, by name, then those that are ``asked`` for.

    Raises:
        PipelineError: None has that name.
    """
    return tuple({name: exporter_named(name) for name in (*IN_RUN, *asked)}.values())


def is_of_tracks(name: str) -> bool:
    """Say whether the exporter of that name takes nothing of a course but the tracks of its talks."""
    _imported(name)
    return name in _OF_TRACKS


def exporter_of_all_named(name: str) -> ExportOfAll | None:
    """Return the exporter of all courses together of that name, None where there is none."""
    _imported(name)
    return _OF_ALL.get(name)


def exporter_named(name: str) -> Export:
    """Return the exporter of that name.

    Raises:
        PipelineError: There is none; the remedy names the nearest.
    """
    _imported(name)
    if name in _EXPORTERS:
        return _EXPORTERS[name]
    names = sorted({*exporters(), *_OF_ALL})
    remedy = did_you_mean(name, names) or said("there are {names}", names=listed(names))
    raise PipelineError(said("no export format is called {name!r}", name=name), remedy=remedy)
