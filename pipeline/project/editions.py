"""The edition in traditional Chinese, made as it is asked for: from the catalogs and pages in simplified Chinese.

Nothing is written into `locales/`: what a person typed in a catalog of zh_TW counts message by message, and all else follows
the one of zh_CN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.catalogs.po import read_catalog
from pipeline.catalogs.translations import MARK, Translations
from pipeline.extractors.page import PageOptions, read_page
from pipeline.model import Language, Page, PipelineError
from pipeline.project.bare import NamedFile
from pipeline.project.files import read_bytes
from pipeline.project.root import Project
from pipeline.project.terms import catalog_language, glossary_paths, terms_in
from pipeline.text.encoding import NotTextError, decoded
from pipeline.text.naming import file_name
from pipeline.text.said import said
from pipeline.text.terms import Term
from pipeline.text.traditional import Overrides, overrides_in, traditional

OVERRIDES = "zh_TW.overrides.tsv"
"""What the table of phrases that are rendered in another way is called, in the root of a project and in a course folder."""

EDITION: Language = "zh_TW"
BASE: Language = "zh_CN"
CREDIT = "OpenCC（由簡體中文轉換 · converted from simplified Chinese）"


def overrides_for(project: Project, folder: str, troubles: list[PipelineError]) -> Overrides:
    """Return what OpenCC is overruled by in a folder of a project: its own table and glossary, then those around it.

    In each folder the table comes before the glossary, of whose terms those count that are approved and have a rendering in
    both writings. ``troubles`` takes what cannot be read, each once however often it is told.
    """
    found: list[PipelineError] = []
    overrides = tuple(pair for each in _folders(folder) for pair in _overrides_in(project, each, found))
    add_new(troubles, found)
    return overrides


def add_new(troubles: list[PipelineError], found: Iterable[PipelineError]) -> None:
    """Add those of ``found`` that say what none of ``troubles`` says: many courses read one file."""
    known = set(map(str, troubles))
    troubles.extend({str(each): each for each in found if str(each) not in known}.values())


def _folders(folder: str) -> Iterator[str]:
    """A folder of a project and those around it, the root last; of a folder outside only the root."""
    path = PurePosixPath(folder)
    if not path.is_absolute() and ".." not in path.parts and path.parts:
        yield path.as_posix()
        yield from (each.as_posix() for each in path.parents if each.parts)
    yield "."


def _overrides_in(project: Project, folder: str, troubles: list[PipelineError]) -> Iterator[tuple[str, str]]:
    path = PurePosixPath(folder, OVERRIDES).as_posix()
    if Path(project.root, path).is_file():
        try:
            yield from overrides_in(decoded(project.read(path)).text, path, troubles.append)
        except NotTextError:
            troubles.append(PipelineError("is no text", path=path, remedy="restore the file"))
        except PipelineError as error:
            troubles.append(error)
    found = terms_in(project, glossary_paths(project, folder))
    troubles += found.troubles
    yield from _renderings(found.terms)


def _renderings(terms: Iterable[Term]) -> Iterator[tuple[str, str]]:
    """The renderings of terms in simplified characters with those in traditional ones: the first, the second, and so on."""
    for term in terms:
        if term.status == "approved":
            yield from zip(term.simplified, term.traditional, strict=False)


def edition_catalogs(
    find: Callable[[NamedFile, Language], Path | None], file: NamedFile
) -> tuple[Path | None, Path | None]:
    """Return the catalogs that the edition of a page is made of, with ``find`` to find them: its own, and that in zh_CN.

    One that is found for both is what its header says.
    """
    own, base = find(file, EDITION), find(file, BASE)
    if own is not None and own == base:
        catalog = read_catalog(read_bytes(own, own.as_posix()), own.as_posix())
        return (own, None) if catalog_language(catalog) == EDITION else (None, base)
    return own, base


def converter(overrides: Overrides) -> Callable[[str], str]:
    """Return what writes a text in simplified characters in traditional ones."""
    return partial(traditional, overrides=overrides)


def edition_name(path: str) -> str:
    """Return the path of a file of the edition, beside what is made in simplified Chinese.

    >>> edition_name("notes/handout.md"), edition_name("talk.zh_TW.srt")
    ('notes/handout.zh_TW.md', 'talk.zh_TW.srt')
    """
    whole = PurePosixPath(path)
    return path if file_name(whole.name).language else str(whole.with_name(f"{whole.stem}.{EDITION}{whole.suffix}"))


class Edition(NamedTuple):
    """What an edition says, and how many of its texts are converted, not typed for it."""

    translations: Translations
    converted: int


def edition_of(own: Translations, base: Translations, overrides: Overrides) -> Edition:
    """Return what the edition says: what a person typed for it, else what the simplified translation says, converted.

    A translation of its own that is marked as fuzzy stands behind a converted one that is not.

    Raises:
        PipelineError: OpenCC is not installed.
    """
    made = {
        key: traditional(said, overrides)
        for key, said in base.items()
        if key not in own or (own[key].startswith(MARK) and not said.startswith(MARK))
    }
    return Edition({**own, **made}, len(made))


COMMENT = "<!-- zh_TW: made from zh_CN with OpenCC -->"


def marked_page(data: bytes, path: str, options: PageOptions) -> bytes:
    """Return the page with a comment at its end that says what it is, where the page then still says the same."""
    end = b"" if data.endswith(b"\n") else b"\n"
    made = b"".join((data, end, b"\n", COMMENT.encode(), b"\n"))
    texts = ([block.text for block in read_page(each, path, options).blocks] for each in (data, made))
    return made if next(texts) == next(texts) else data


def demand_no_edition(page: Page) -> None:
    """Let a page pass that was not made by conversion.

    Raises:
        PipelineError: It was: its texts are nobody's, and would no longer follow the simplified ones.
    """
    if COMMENT in page.text:
        remedy = said(
            "write what should differ into {file}, or translations into the catalog of {locale}",
            file=OVERRIDES,
            locale=EDITION,
        )
        raise PipelineError("is an edition that was made from zh_CN", path=page.path, remedy=remedy)
