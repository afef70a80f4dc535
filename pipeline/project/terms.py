"""The glossaries of a project, in its root and in its courses, and what they are good for: a lexicon, and findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline.model import Finding, Language, PipelineError
from pipeline.project.discovery import CourseFolder
from pipeline.project.root import Project
from pipeline.text.cedict import Index
from pipeline.text.lexicon import Lexicon, lexicon_with, read_index
from pipeline.text.said import said
from pipeline.text.terms import Term, Terms, term_key

if (
    TYPE_CHECKING
):  # a command that only asks for the lexicon of a project without terms needs no reader of XML and catalogs
    from pipeline.catalogs.catalog import Catalog
    from pipeline.catalogs.glossary import Glossary

NAMES = ("terms.csv", "terms.tsv", "terms.tbx")
"""What a glossary is called, in the root of a project and in a course folder."""

DICTIONARIES = ".bilect/dictionaries"
"""Where imported dictionaries stand in a project."""

MEMORY_FILE = ".bilect/memory.sqlite"
"""Where the memory of a project stands."""

Pairs = tuple[tuple[str, str], ...]
"""English terms with their Chinese ones."""

_REMEDY = said("import it again: bilect terms import FILE")
_MOST_WORDS = 6  # of a remembered text that is taken for a term


@dataclass(frozen=True, slots=True)
class ProjectTerms:
    """The terms that hold for a course, and what could not be read of them."""

    terms: tuple[Term, ...] = ()
    troubles: tuple[PipelineError, ...] = ()


def glossary_of(data: bytes, path: str) -> Glossary:
    """Return the glossary in the bytes of a table or a TBX file.

    Raises:
        PipelineError: It is neither.
    """
    from pipeline.catalogs.glossary import read_glossary  # XML readers are heavy
    from pipeline.catalogs.tbx import is_tbx, read_tbx

    return read_tbx(data, path) if is_tbx(data) or path.lower().endswith(".tbx") else read_glossary(data, path)


def glossary_paths(project: Project, folder: str = ".") -> list[str]:
    """Return the glossaries that stand in a folder of a project."""
    paths = [PurePosixPath(folder, name).as_posix() for name in NAMES]
    return [path for path in paths if (project.root / path).is_file()]


def course_terms(project: Project, folder: CourseFolder) -> ProjectTerms:
    """Return the terms of a course: its own ones, then those of the project that it does not render itself.

    What is wrong with the glossary of the project, `shared_troubles` tells, once for all courses.
    """
    own = terms_in(project, glossary_paths(project, folder.path) if folder.path not in {"", "."} else [])
    shared = terms_in(project, glossary_paths(project))
    taken = {term_key(term.en) for term in own.terms}
    kept = [term for term in shared.terms if term_key(term.en) not in taken]
    return ProjectTerms((*own.terms, *kept), own.troubles)


def shared_terms(project: Project) -> tuple[Term, ...]:
    """Return the terms of the glossaries in the root of a project."""
    return terms_in(project, glossary_paths(project)).terms


def shared_troubles(project: Project) -> list[PipelineError]:
    """Return what could not be read of the glossaries in the root of a project, and of its dictionaries."""
    damaged = [path for path in dictionary_paths(project) if _dictionary(path, path.stat().st_mtime_ns) is None]
    return [
        *terms_in(project, glossary_paths(project)).troubles,
        *(PipelineError("is a damaged dictionary", path=_shown(project, path), remedy=_REMEDY) for path in damaged),
    ]


def _shown(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix()


def terms_in(project: Project, paths: Iterable[str]) -> ProjectTerms:
    """Return the terms of glossaries of a project, file by file, and what of them could not be read."""
    terms: list[Term] = []
    troubles: list[PipelineError] = []
    for path in paths:
        try:
            glossary = glossary_of(project.read(path), path)
        except PipelineError as error:
            troubles.append(error)
            continue
        terms += glossary.terms
        troubles += glossary.troubles
    return ProjectTerms(tuple(terms), tuple(troubles))


# --- the lexicon


def lexicon_of(project: Project, terms: Sequence[Term], remembered: Pairs = ()) -> Lexicon | None:
    """Return the lexicon of a project: its approved terms come first, its dictionaries last; None without any.

    ``remembered`` are pairs of the memory (`remembered_terms`). The same terms give the same lexicon.
    """
    found = (_dictionary(path, path.stat().st_mtime_ns) for path in dictionary_paths(project))
    indexes = tuple(index for index in found if index)
    pairs = (
        (term.en, text) for term in terms if term.status == "approved" for text in term.simplified or term.traditional
    )
    known = tuple(pairs)
    return lexicon_with(known, indexes, remembered) if known or indexes or remembered else None


def remembered_terms(project: Project) -> Pairs:
    """Return the short texts of the memory with their translations, as the memory was last left; none without one.

    For commands whose result a person looks at: what `bilect run` and `bilect check` find must not depend on a file that
    is on one machine only.
    """
    path = project.root / MEMORY_FILE
    try:
        changed = path.stat()
    except OSError:
        return ()
    return _remembered(path, changed.st_mtime_ns, changed.st_size)


@lru_cache(maxsize=4)
def _remembered(path: Path, *_changed: int) -> Pairs:
    from pipeline.catalogs.memory import short_pairs  # SQLite is heavy

    try:
        return short_pairs(path, words=_MOST_WORDS)
    except PipelineError:  # the commands of the memory tell what is wrong with it
        return ()


def dictionary_paths(project: Project) -> list[Path]:
    """Return the dictionaries that were imported into a project, by name."""
    return sorted((project.root / DICTIONARIES).glob("*.txt"))


@lru_cache(maxsize=4)
def _dictionary(path: Path, _changed: int) -> Index | None:
    return read_index(path)


# --- findings


def term_findings(catalog: Catalog, path: str, terms: Terms) -> Iterator[Finding]:
    """Yield the uses of terms in a catalog that its translations do not render as they should."""
    from pipeline.validator.base import findings  # a project without terms needs none of these
    from pipeline.validator.terms import TermedCatalog

    yield from findings(TermedCatalog(path, catalog_language(catalog), list(catalog), terms))


def catalog_language(catalog: Catalog) -> Language:
    """Return the language that the header of a catalog names; zh_CN where it names none that is known."""
    from pipeline.catalogs.tags import language_named

    return language_named(catalog.metadata.get("Language", "")) or "zh_CN"
