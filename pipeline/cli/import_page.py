"""`bilect import TRANSLATED SOURCE`: a page that was translated or edited outside, into the catalog of its source."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipeline.catalogs.po import whole_catalog
from pipeline.cli.console import note, out, out_bytes, shell
from pipeline.cli.files import named, page_of
from pipeline.cli.update import diff_lines
from pipeline.extractors.page import PageOptions
from pipeline.model import Language, Page, PipelineError
from pipeline.project.bare import TRACKS, NamedFile, shown_path
from pipeline.project.clock import now
from pipeline.project.discovery import SourceFile
from pipeline.project.editions import demand_no_edition
from pipeline.project.exchange import target_locale
from pipeline.project.files import read_bytes, told_of, write_atomically
from pipeline.project.import_order import ImportOrder
from pipeline.project.importing import Imported, imported
from pipeline.project.importing_tracks import imported_track
from pipeline.project.locales import catalog_path, course_name, project_name
from pipeline.project.lock import guarded
from pipeline.project.options import adaptation, page_options
from pipeline.project.root import Project
from pipeline.project.talks import source_files, talk_file
from pipeline.project.terms import course_terms, lexicon_of, shared_terms
from pipeline.subtitles.formats import read_track
from pipeline.subtitles.limits import LIMITS
from pipeline.subtitles.talk import Talk, talk_of
from pipeline.text.lexicon import Lexicon
from pipeline.text.naming import file_name, target_language
from pipeline.text.printable import one_line
from pipeline.text.said import said
from pipeline.text.tongue import _, told

_MOST = 20  # lines about single texts, unless -v asks for all


@dataclass(frozen=True, slots=True)
class PageWishes:
    """What the options of the command say."""

    output: str | None
    theirs: bool = False
    dry_run: bool = False
    shows: bool = False


@dataclass(frozen=True, slots=True)
class _Home:
    """The catalog of the page ``source``: where it is read and written, None for stdout, and its name in the header."""

    old: Path | None
    new: Path | None
    shown: str
    name: str
    source: str


def import_page(file: str, source: str, project: Project | None, wishes: PageWishes) -> int:
    """Take what a page says into the catalog of its source, tell about it, and return the exit status.

    Raises:
        PipelineError: One of the pages cannot be read, both are in one language, or the catalog is broken or unknown.
    """
    files = named(file, project), named(source, project)
    if files[0].data is None and os.path.samefile(files[0].path, files[1].path):
        raise PipelineError(
            "is its own source", path=files[0].shown, remedy="name the translated page, then its source"
        )
    talks = [_talk(each) for each in files if TRACKS.covers(each.path.name)]
    translated, original = (
        [talk.page for talk in talks] if len(talks) == 2 else [page_of(each, project) for each in files]
    )
    language = _language(translated, original)
    home = _home(files[1], language, project, wishes.output)
    before = read_bytes(home.old, home.shown) if home.old and home.old.is_file() else None
    order = _order(language, home, project, wishes)
    if project and PurePosixPath(files[0].shown).is_relative_to(project.config.source):
        order = replace(order, may_be_export=False)  # a source is made by hand
    if len(talks) == 2:
        limits = project.config.subtitles.limits if project else LIMITS["netflix"]
        made = imported_track(talks[0], talks[1], (before, home.shown), order, limits)
    else:
        made = imported(translated, original, before, home.shown, order)
    if wishes.shows:
        for line in diff_lines((home.shown, before), (home.shown, made.after)):
            out(line)
    if not wishes.dry_run and not (wishes.shows and wishes.output == "-"):
        _deliver(made, home, project)
    return _told(made, home, wishes)


def _talk(file: NamedFile) -> Talk:
    track = read_track(file.read(), file.shown)
    for finding in track.findings:
        if finding.severity == "error":
            raise PipelineError(finding.message, path=track.path, line=finding.line, remedy=finding.fix)
    return talk_of(track, file_name(PurePosixPath(file.shown).name).language)


def fill_into(pages: tuple[Page, Page], catalog: str, project: Project | None) -> int:
    """Fill the catalog of one of two pages from the other, tell about it, and return the exit status.

    The source is the page that is not in the language of the catalog; of a new catalog, the left one.

    Raises:
        PipelineError: The catalog cannot be read or written, or is of another page.
    """
    path = Path(catalog)
    shown = shown_path(catalog, project)
    with guarded(project, writes=True):
        before = read_bytes(path, shown) if path.is_file() else None
        source, translated = pages
        if before and target_locale(whole_catalog(before, shown), shown) == source.language:
            source, translated = translated, source
        language = _language(translated, source)
        name = PurePosixPath(source.path).name
        home = _Home(path, path, shown, f"{file_name(name).stem} 1.0", source.path)
        order = replace(_order(language, home, project, PageWishes(catalog)), may_be_export=False)
        made = imported(translated, source, before, shown, order)
        _deliver(made, home, project)
    return _told(made, home, PageWishes(catalog))


def _language(translated: Page, source: Page) -> Language:
    """The language of the catalog: that of the translated page, by its name, or else by its text.

    Raises:
        PipelineError: The pages are called pages of one language, or the translated one was made by conversion.
    """
    demand_no_edition(translated)
    named_language = file_name(PurePosixPath(translated.path).name).language
    if named_language and named_language == source.language:
        what = said("is in {language}, as {file} is", language=named_language, file=source.path)
        raise PipelineError(what, path=translated.path, remedy="name the translated page, then its source")
    if translated.language == source.language:  # hardly anything in it is translated yet
        return target_language(source.language)
    return translated.language


def _home(source: NamedFile, language: Language, project: Project | None, output: str | None) -> _Home:
    file = _source_file(source, project) if project else None
    own = project.root / catalog_path(project.config, file, language) if project and file else None
    name = project_name(course_name(file), file.name) if file else f"{source.inside.stem.replace('/', '-')} 1.0"
    if output is None and own is None:
        outside, inside = said("name its catalog with -o"), said("name its catalog with -o, or a page of the project")
        remedy = inside if project else outside
        raise PipelineError("is no page of a project, so it has no catalog", path=source.shown, remedy=remedy)
    if output is None or own is None:
        new = own if output is None else None if output == "-" else Path(output)
        return _Home(new, new, shown_path(str(new), project) if new else "-", name, source.shown)
    new = None if output == "-" else Path(output)
    old = new if new and new.is_file() else own
    return _Home(old, new, shown_path(output, project), name, source.shown)


def _source_file(source: NamedFile, project: Project) -> SourceFile | None:
    """The file of the project that a page is.

    Raises:
        PipelineError: It is the hand-made translation of another one.
    """
    for course in project.sources().courses:
        for file in (*course.pages, *map(talk_file, course.subtitles)):
            if file.path != source.shown:
                continue
            beside = [each for each in source_files(course) if (each.name, each.language) == (file.name, "en")]
            if file.language != "en" and beside:
                other = beside[0].path
                remedy = said(
                    "import it into the catalog of that: bilect import {file} {other}", file=file.path, other=other
                )
                what = said("is the translation of {other}", other=other)
                raise PipelineError(what, path=file.path, remedy=remedy)
            return file
    return None


def _order(language: Language, home: _Home, project: Project | None, wishes: PageWishes) -> ImportOrder:
    if project is None:
        return ImportOrder(language, home.name, now(), PageOptions(), theirs=wishes.theirs)
    config, options = project.config, page_options(project.config)
    order = ImportOrder(language, home.name, now(), options, adaptation(config), config.references, config.bugs)
    return replace(order, theirs=wishes.theirs, lexicon=_lexicon(project, home.source))


def _lexicon(project: Project, path: str) -> Lexicon | None:
    """The lexicon of the course that a page is in, else that of the project."""
    for course in project.sources().courses:
        if any(file.path == path for file in source_files(course)):
            return lexicon_of(project, course_terms(project, course).terms)
    return lexicon_of(project, shared_terms(project))


def _deliver(made: Imported, home: _Home, project: Project | None) -> None:
    if home.new is None:
        out_bytes(made.after)
        return
    inside = project.root if project and home.new.resolve().is_relative_to(project.root) else None
    with told_of(home.shown):
        write_atomically(home.new, made.after, inside)


def _told(made: Imported, home: _Home, wishes: PageWishes) -> int:
    """Say what became of the texts, and return 1 where something of the page is not in the catalog."""
    lines = [one_line(f"{each.path}:{each.line}: {told(each.message)}") for each in made.sayings]
    visible = lines if shell().verbosity > 0 else lines[:_MOST]
    for line in visible:
        note(line)
    if len(lines) > len(visible):
        note(_("… and {number} more; -v shows them").format(number=len(lines) - len(visible)))
    note(one_line(_("{file}: {what}").format(file=home.shown, what=_(", ").join(_counts(made, wishes)))))
    return int(any(each.is_lost for each in made.sayings))


def _counts(made: Imported, wishes: PageWishes) -> Iterator[str]:
    if not (made.changed or made.filled or made.noted):
        yield _("nothing to take")
    done = _("{number} changed"), _("{number} filled in"), _("{number} given a note")
    would = _("{number} would be changed"), _("{number} would be filled in"), _("{number} would be given a note")
    numbers = made.changed, made.filled, made.noted
    for number, form in zip(numbers, would if wishes.dry_run else done, strict=True):
        if number:
            yield form.format(number=number)
    if made.fuzzy:
        yield _("{number} of them fuzzy").format(number=made.fuzzy)
    if lost := sum(each.is_lost for each in made.sayings):
        yield _("{number} not taken").format(number=lost)
