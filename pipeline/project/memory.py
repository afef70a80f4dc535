"""The memory of a project: kept in step with its catalogs, filled from other files, and used to fill catalogs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import polib

from pipeline.catalogs.languages import UNKNOWN, Locales, locales_of
from pipeline.catalogs.memory import Memory, Origin, opened
from pipeline.catalogs.memory_files import (
    READERS,
    pairs_of,
    suggestion_note,
    without_suggestion_notes,
)
from pipeline.catalogs.message import copy_of, translations
from pipeline.catalogs.po import Catalog, read_catalog
from pipeline.catalogs.splits import NEARLY_THE_SAME, Open, Part, split_parts
from pipeline.catalogs.suggestions import Suggestion, Wanted, adapted, suggestions
from pipeline.catalogs.worddiff import SPLIT, change_note, notes_in
from pipeline.extractors.faults import translation_fault
from pipeline.model import PipelineError
from pipeline.project.bare import FileKind, NamedFile
from pipeline.project.catalog_files import place_in_locales, project_catalogs
from pipeline.project.clock import now
from pipeline.project.progress import watched
from pipeline.project.root import Project
from pipeline.project.terms import MEMORY_FILE
from pipeline.text.printable import one_line
from pipeline.text.said import said

IMPORTED = FileKind(said("catalog, TMX or XLIFF file, or table of pairs"), tuple(READERS))

_ENOUGH = 75  # per cent from which a translation is quicker to correct than to write
_SHOWN = 200  # characters of a translation that is told in a note


# --- opening it, and keeping it in step


def project_memory(project: Project | None, file: str | None) -> Memory:
    """Return the memory in a file, or that of the project.

    Raises:
        PipelineError: There is neither, or it cannot be used.
    """
    if file is not None:
        return opened(Path(file))
    if project is None:
        raise PipelineError("no project here, and no memory is named", remedy="name one with --memory FILE")
    path = project.root / MEMORY_FILE
    if not path.resolve().is_relative_to(project.root.resolve()):
        raise PipelineError("leads out of the project", path=MEMORY_FILE, remedy="name it with --memory FILE")
    return opened(path, MEMORY_FILE)


@dataclass(slots=True)
class Step:
    """What bringing a memory in step with catalogs did: files read and forgotten, and what could not be read."""

    read: int = 0
    forgotten: int = 0
    troubles: list[PipelineError] = field(default_factory=list)


def in_step(memory: Memory, project: Project) -> Step:
    """Have the memory say what the catalogs of the project say now; only those that have changed are read."""
    step = Step()
    files, step.troubles = project_catalogs(project)
    stamps = dict(_stamps(files))
    known = {path: origin for path, origin in memory.origins().items() if origin.is_catalog}
    changed = [path for path, stamp in stamps.items() if path not in known or known[path].stamp != stamp]
    gone = known.keys() - stamps.keys()
    if not changed and not gone:
        return step
    with memory.writing():
        for path in sorted(gone):
            step.forgotten += 1
            memory.forget(path)
        for path in watched(changed, len(changed), "catalogs"):
            try:
                data = project.read(path)
            except PipelineError as error:  # what is known of it stays
                step.troubles.append(error)
                continue
            origin = Origin(path, is_catalog=True, stamp=stamps[path], digest=_digest(data))
            if path in known and known[path].digest == origin.digest:
                memory.restamp(origin)
            else:
                step.read += 1
                memory.remember(origin, pairs_of(read_catalog(data, path), path, Locales(target=_locale_in(path))))
    return step


def _stamps(files: Sequence[NamedFile]) -> Iterator[tuple[str, str]]:
    for file in files:
        try:
            state = file.path.stat()
        except FileNotFoundError:  # somebody has just removed it
            continue
        yield file.shown, f"{state.st_size} {state.st_mtime_ns}"


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _locale_in(path: str) -> str:
    """The locale that the folders of a catalog say; empty where none do."""
    place = place_in_locales(path)
    return place.locale if place else ""


# --- files of others


def demand_lasting(memory: Memory) -> None:
    """Let a memory pass that keeps what is written.

    Raises:
        PipelineError: It is a copy of what cannot be written.
    """
    if not memory.is_lasting:
        raise PipelineError("cannot be written", path=memory.path, remedy="name another file with --memory")


def remembered(memory: Memory, file: NamedFile, locales: Locales = UNKNOWN) -> int:
    """Put the pairs of a file into a memory, in the place of what it had of that file; return their number.

    Raises:
        PipelineError: It cannot be read or holds no pairs, or nothing can be written.
    """
    IMPORTED.demand(file)
    data = file.read()
    read = READERS[file.path.suffix.lower()]
    date = now()
    pairs = [pair if pair.date else pair._replace(date=date) for pair in read(data, file.shown, locales)]
    demand_lasting(memory)
    with memory.writing():
        return memory.remember(Origin(file.shown, is_catalog=False, digest=_digest(data)), pairs)


# --- filling catalogs


class Fill(NamedTuple):
    """Empty messages by what became of them: filled as ``final`` or ``fuzzy``.

    ``noted`` are those of which only a note says what is suggested: it would break a page, or stands in another part of
    the same text; ``left`` are those without any.
    """

    final: int = 0
    fuzzy: int = 0
    noted: int = 0
    left: int = 0


class Filled(NamedTuple):
    """A catalog with what a memory suggests."""

    catalog: Catalog
    fill: Fill


def filled(catalog: Catalog, memory: Memory, locales: Locales = UNKNOWN, minimum: int = _ENOUGH) -> Filled:
    """Return the catalog with suggestions where nothing is typed; whatever is typed stays.

    What is final has the same text and context as what somebody has reviewed, and one translation only. All else is
    fuzzy, and says in a note what it is from and how alike, with the text that it was made for as the previous one. The
    parts of a longer text, beside each other, share its translation where its sentences or lines can be counted; else
    the first has all of it.
    """
    wanted = Wanted(*locales_of(catalog, locales), minimum=minimum, contains=True)
    found = {
        place: suggestions(memory, message.msgid, wanted, message.msgctxt)
        for place, message in enumerate(catalog)
        if not (message.obsolete or not message.msgid or translations(message) or len(message.msgstr_plural) > 1)
    }
    single = [Open(place, catalog[place].msgid, found[place]) for place in found if not catalog[place].msgid_plural]
    parts = split_parts(single, lambda text, target: not translation_fault(text, target))
    counts = dict.fromkeys(("final", "fuzzy", "noted", "left"), 0)
    messages: list[polib.POEntry] = list(catalog)
    for place, known in found.items():
        message = messages[place]
        if part := parts.get(place):
            messages[place], kind = _filled_part(message, part)
        else:
            likely = [each for each in known if each.score >= minimum and not _is_whole_of(message, each)]
            messages[place], kind = _filled_message(message, likely) if likely else (message, "left")
        counts[kind] += 1
    return Filled(catalog.with_messages(messages), Fill(**counts))


def _is_whole_of(message: polib.POEntry, suggestion: Suggestion) -> bool:
    """Whether a longer text is suggested for what is known to be a part of one: another part has its translation."""
    is_part = any(note.startswith(SPLIT) for note in notes_in(message.comment))
    return is_part and suggestion.likeness == "contains" and suggestion.score < NEARLY_THE_SAME


def _filled_part(message: polib.POEntry, part: Part) -> tuple[polib.POEntry, str]:
    """The message with its part of the translation of a longer text, or the note that another part has it."""
    new = copy_of(message)
    others = [note for note in without_suggestion_notes(message.comment).split("\n") if not note.startswith(SPLIT)]
    if not part.target:
        new.comment = "\n".join(filter(None, [*others, part.note]))
        return new, "noted"
    new.msgstr, new.flags = part.target, ["fuzzy", *(flag for flag in message.flags if flag != "fuzzy")]
    new.previous_msgctxt, new.previous_msgid = None, part.suggestion.source
    new.comment = "\n".join(filter(None, [*others, _note(part.suggestion, message), part.note]))
    return new, "fuzzy"


def _filled_message(message: polib.POEntry, found: Sequence[Suggestion]) -> tuple[polib.POEntry, str]:
    """The message with the best suggestion that its page allows, and what that is."""
    best = next((each for each in found if not _fault(message, each)), None)
    new = copy_of(message)
    if best is None:
        best = found[0]
        shown = one_line(best.target)
        shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
        note = f"{_note(best)}; not filled in, because {_fault(message, best)}: {shown}"
        new.comment = "\n".join(filter(None, [without_suggestion_notes(message.comment), note]))
        return (message if new.comment == message.comment else new), "noted"
    rivals = sum(_is_final(message, each) for each in found)
    _write(new, adapted(best, message.msgid))
    if _is_final(message, best) and rivals == 1:
        new.comment = without_suggestion_notes(message.comment)
        return new, "final"
    new.flags = ["fuzzy", *(flag for flag in message.flags if flag != "fuzzy")]
    rivalry = f", one of {rivals} translations" if rivals > 1 and _is_final(message, best) else ""
    notes = [without_suggestion_notes(message.comment), _note(best, message) + rivalry]
    if best.source != message.msgid:
        new.previous_msgctxt, new.previous_msgid = None, best.source
        notes.append(change_note(best.source, message.msgid))
    new.comment = "\n".join(filter(None, notes))
    return new, "fuzzy"


def _fault(message: polib.POEntry, suggestion: Suggestion) -> str:
    return translation_fault(message.msgid, adapted(suggestion, message.msgid))


def _is_final(message: polib.POEntry, suggestion: Suggestion) -> bool:
    pair = suggestion.pair
    is_same = suggestion.likeness == "exact" and pair.context == message.msgctxt and not message.msgid_plural
    return is_same and pair.reviewed and not suggestion.is_reversed


def _write(message: polib.POEntry, text: str) -> None:
    if message.msgid_plural:
        message.msgstr_plural = {0: text}
    else:
        message.msgstr = text


def _note(suggestion: Suggestion, message: polib.POEntry | None = None) -> str:
    """Where a suggestion is from, and what speaks against it."""
    pair = suggestion.pair
    reasons = [
        "its numbers changed" if message and adapted(suggestion, message.msgid) != suggestion.target else "",
        "in another context" if message and pair.context != message.msgctxt and suggestion.score == 100 else "",
        "read backwards" if suggestion.is_reversed else "",
        "fuzzy there" if not pair.reviewed else "",
    ]
    return ", ".join([suggestion_note(suggestion.score, origin_name(pair.origin)), *filter(None, reasons)])


def origin_name(path: str) -> str:
    """Return how a person calls the file that a pair is from: a catalog of the project by course and page.

    >>> origin_name("locales/zh_CN/LC_MESSAGES/course/page.po")
    'course/page.po'
    """
    place = place_in_locales(path)
    return one_line(PurePosixPath(place.course, place.page + PurePosixPath(path).suffix).as_posix() if place else path)


def is_catalog_of_course(path: str) -> bool:
    """Say whether a path is that of a catalog, whose messages name their pages."""
    return place_in_locales(path) is not None
