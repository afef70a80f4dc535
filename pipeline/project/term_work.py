"""The work of `bilect terms`: counting, mining, importing and exporting the terms of a project or of a glossary."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from pipeline.align.termcorpus import Proposal, Translated
from pipeline.align.termmining import mined
from pipeline.catalogs.glossary import appended, decoded_text, glossary_bytes
from pipeline.catalogs.po import read_catalog
from pipeline.extractors.page import read_page
from pipeline.model import Page, PipelineError
from pipeline.project.bare import NamedFile, named_files
from pipeline.project.catalog_files import CATALOGS_AND_TEMPLATES, project_catalogs
from pipeline.project.files import write_generated
from pipeline.project.options import page_options
from pipeline.project.root import Project
from pipeline.project.terms import (
    DICTIONARIES,
    catalog_language,
    course_terms,
    glossary_of,
    glossary_paths,
    lexicon_of,
    shared_terms,
    shared_troubles,
)
from pipeline.text.lexicon import index_bytes, shared_lexicon
from pipeline.text.said import said
from pipeline.text.terms import Term, Terms, holds, term_key

_GLOSSARY = "terms.csv"


@dataclass(slots=True)
class Counted:
    """A term with the messages that use it, and those of them that render it as they should."""

    term: Term
    uses: int = 0
    rendered: int = 0


def all_terms(project: Project, troubles: list[PipelineError]) -> list[Term]:
    """Return the terms of a project and of its courses, each once, those of the project first."""
    troubles.extend(shared_troubles(project))
    terms = dict.fromkeys(shared_terms(project))
    for course in project.sources().courses:
        found = course_terms(project, course)
        terms |= dict.fromkeys(found.terms)
        troubles.extend(found.troubles)
    return list(terms)


def counted(terms: Sequence[Term], catalogs: Iterable[NamedFile], troubles: list[PipelineError]) -> list[Counted]:
    """Return terms with the counts of their uses in the translated messages of catalogs, in their order."""
    counts = {term: Counted(term) for term in terms}
    known = Terms(counts)
    for file in catalogs if terms else ():
        try:
            catalog = read_catalog(file.read(), file.shown)
        except PipelineError as error:
            troubles.append(error)
            continue
        language = catalog_language(catalog)
        for message in catalog:
            if message.msgstr and not message.obsolete:
                for term in {term for use in known.used(message.msgid) for term in use.terms}:
                    counts[term].uses += 1
                    counts[term].rendered += holds(message.msgstr, term.renderings(language))
    return list(counts.values())


# --- mining


@dataclass(slots=True)
class Sources:
    """Where terms are looked for: pages, and messages with their translations."""

    pages: list[Page] = field(default_factory=list)
    messages: list[Translated] = field(default_factory=list)
    troubles: list[PipelineError] = field(default_factory=list)


def project_sources(project: Project) -> Sources:
    """Return the pages and the catalogs of a project."""
    sources = Sources()
    found = project.sources()
    sources.troubles.extend(found.troubles)
    files = [file for course in found.courses for file in course.pages]
    for file in files:
        _read_page(sources, NamedFile(project.root / file.path, file.path, PurePosixPath(file.path), False), project)
    catalogs, troubles = project_catalogs(project)
    sources.troubles.extend(troubles)
    for catalog in catalogs:
        _read_catalog(sources, catalog)
    return sources


def named_sources(catalogs: Sequence[str], pages: Iterable[NamedFile], project: Project | None) -> Sources:
    """Return the pages, and the catalogs that paths name."""
    sources = Sources()
    for page in pages:
        _read_page(sources, page, project)
    files, troubles = named_files(catalogs, CATALOGS_AND_TEMPLATES, project)
    sources.troubles.extend(troubles)
    for file in files:
        _read_catalog(sources, file)
    return sources


def _read_page(sources: Sources, file: NamedFile, project: Project | None) -> None:
    try:
        data = file.read()
        sources.pages.append(
            read_page(data, file.shown, page_options(project.config)) if project else read_page(data, file.shown)
        )
    except PipelineError as error:
        sources.troubles.append(error)


def _read_catalog(sources: Sources, file: NamedFile) -> None:
    try:
        catalog = read_catalog(file.read(), file.shown)
    except PipelineError as error:
        sources.troubles.append(error)
        return
    sources.messages += (
        Translated(f"{file.shown}:{message.linenum}", message.msgid, message.msgstr)
        for message in catalog
        if message.msgstr and not message.fuzzy and not message.obsolete
    )


def proposals(sources: Sources, project: Project | None) -> list[Proposal]:
    """Return the terms that are found in the sources and not in the glossary of the project yet, the likeliest first."""
    known = all_terms(project, []) if project else []
    lexicon = lexicon_of(project, known) if project else None
    taken = {term_key(term.en) for term in known}
    found = mined(sources.pages, sources.messages, lexicon or shared_lexicon())
    return [each for each in found if term_key(each.en) not in taken]


def proposed_terms(found: Iterable[Proposal]) -> list[Term]:
    """Return proposals as terms, with the reason in their notes."""
    return [Term(each.en, (each.zh,), note=f"mined: {reason(each)}", status="proposed") for each in found]


def reason(proposal: Proposal) -> str:
    """Return why a pair is proposed, in words.

    >>> reason(Proposal("trait", "特征", 0.9, printed=1, together=3, alone=2))
    'printed side by side once; together in 3 translations, without in 2'
    """
    printed = said("printed side by side {times}", times=_times(proposal.printed))
    with_, without = proposal.together, proposal.alone
    together = said("together in {number} translations", number=with_)
    if without:
        together = said("together in {number} translations, without in {alone}", number=with_, alone=without)
    if proposal.printed and proposal.together:
        return said("{first}; {second}", first=printed, second=together)
    return printed if proposal.printed else together if proposal.together else ""


def _times(number: int) -> str:
    if number <= 2:
        return said("once") if number == 1 else said("twice")
    return said("{number} times", number=number)


# --- files


@dataclass(frozen=True, slots=True)
class Added:
    """What became of terms that were to be added to the glossary ``path``: ``other`` are there with another rendering."""

    path: str
    added: int
    same: int
    other: tuple[str, ...] = ()


def add(project: Project, terms: Iterable[Term]) -> Added:
    """Add terms behind those of the project's glossary, which is made where there is none; no row of it changes.

    Raises:
        PipelineError: The glossary cannot be read or written, or is no table.
    """
    path = next((path for path in glossary_paths(project) if not path.endswith(".tbx")), _GLOSSARY)
    data = project.read(path) if (project.root / path).is_file() else b""
    known: dict[str, set[str]] = {}
    if data.strip():
        for term in glossary_of(data, path).terms:
            known.setdefault(term_key(term.en), set()).update(term.simplified, term.traditional)
    new, same, other = [], 0, []
    for term in terms:
        renderings = known.get(term_key(term.en))
        if renderings is None:
            known[term_key(term.en)] = {*term.simplified, *term.traditional}
            new.append(term)
        elif renderings.issuperset({*term.simplified, *term.traditional}):
            same += 1
        else:
            other.append(f"{term.en}: {'; '.join(term.simplified or term.traditional)}")
    if new:
        project.write(path, appended(data, new, path) if data.strip() else glossary_bytes(new))
    return Added(path, len(new), same, tuple(other))


_DICTIONARY = frozenset({"word", "translation"})


def dictionary_rows(data: bytes, path: str) -> Iterator[tuple[str, str]] | None:
    """Return the (word, translation) rows of a dictionary in the columns of ECDICT; None where the file is none.

    Raises:
        PipelineError: It is no text.
    """
    if not data.startswith(b"<"):
        text = decoded_text(data, path)
        titles = text.partition("\n")[0].removeprefix("\ufeff").strip().casefold().split(",")
        if _DICTIONARY.issubset(titles):
            return _dictionary_rows(text, titles.index("word"), titles.index("translation"))
    return None


def _dictionary_rows(text: str, word: int, translation: int) -> Iterator[tuple[str, str]]:
    rows = csv.reader(io.StringIO(text, newline=""))
    next(rows)
    for row in rows:
        if len(row) > max(word, translation) and row[translation]:
            yield row[word], row[translation]


def add_dictionary(project: Project, name: str, rows: Iterable[tuple[str, str]]) -> tuple[str, int]:
    """Add a dictionary to those of the project, in place of one of the same name; return where it stands and its terms.

    Raises:
        PipelineError: It holds no word with a Chinese translation, or cannot be written.
    """
    from pipeline.text.ecdict import dictionary_index  # only an import needs it

    try:
        index = dictionary_index(rows)
    except csv.Error as error:
        message = said("is no table: {why}", why=str(error))
        raise PipelineError(message, path=name, remedy="restore the file") from error
    if not index.english:
        raise PipelineError("holds no English word with a Chinese translation", path=name, remedy="name another file")
    path = f"{DICTIONARIES}/{PurePosixPath(name).stem}.txt"
    write_generated(project.root / path, index_bytes(index), project.root)
    return path, index.english.count(b"\n")


def placed(terms: Iterable[Term], status: str) -> list[Term]:
    """Return the terms of a status, or all, without the places that only this project knows."""
    return [replace(term, place="") for term in terms if status in {"all", term.status}]
