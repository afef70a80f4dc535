"""`bilect export`: translated pages, handouts, tables, subtitles, and catalogs for other programs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal, Unpack

import click

from pipeline.cli.console import detail, fail, note, out_bytes
from pipeline.cli.export_options import Wishes, export_options
from pipeline.cli.files import lines_of, named
from pipeline.model import Finding, Language, PipelineError
from pipeline.project.bare import PAGES, Destination, NamedFile, destination, named_files, project_around
from pipeline.project.editions import EDITION, overrides_for
from pipeline.project.files import TreeFiles
from pipeline.project.jobs import mapped
from pipeline.project.options import adaptation, page_options
from pipeline.project.page_export import (
    Catalogs,
    PageOrder,
    PageOutcome,
    PageWriter,
    anchors_between,
    output_names,
)
from pipeline.project.progress import watched
from pipeline.project.root import Project, project_of
from pipeline.text.tongue import _, counted, told
from pipeline.validator.report import exit_status

_CATALOG_FORMS: Mapping[str, Literal["xliff", "tmx", "mo"]] = {
    "xliff": "xliff", "xlf": "xliff", "xliff12": "xliff", "tmx": "tmx", "mo": "mo",
}  # fmt: skip

if TYPE_CHECKING:
    from pipeline.project.exporting import ExportOrder


@click.command()
@click.argument("form", metavar="FORMAT")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@export_options
def command(form: str, paths: tuple[str, ...], **wishes: Unpack[Wishes]) -> int:
    """Export the project, or only PATHs, as FORMAT.

    \b
    page      each page in the other language, with the structure and the code of its source
    md        a bilingual handout in Markdown
    html      the same as one page that needs no other file, for screens and paper
    pdf       the same for paper, with its fonts, tagged for screen readers; needs typst (`bilect doctor` says how)
    epub      the same as a book for readers and phones
    docx      the same for Word; needs python-docx
    srt       bilingual subtitles of each talk that has two tracks, or one and a translation; so do ass, vtt, sbv and bcc
    tracks    the two languages of each such talk on one clock, a plain SRT file each
    player    a page that plays each such talk with both tracks and its transcript, from a file
    youtube   folders to upload: subtitles by language, title, description with chapters
    bilibili  folders to upload: subtitles as Bilibili's JSON
    site      a folder of pages for all courses: handouts, tables, pictures, players, downloads
    csv       the lecture table, as CSV, JSON and Markdown
    anki      cards of terms and lecture titles, for Anki
    map       a picture of lectures and topics side by side, as SVG and HTML
    xliff     catalogs for translation programs; `bilect import` takes them back
    tmx       catalogs as a translation memory
    mo        compiled catalogs

    \b
    bilect export md                        handouts of all courses, into build/
    bilect export md --lang zh_TW           in traditional Chinese, made from the simplified
    bilect export map course.md -o map.html  the form that the name of the file says
    bilect export page notes/ -o out/       pages of any folder, translated by the catalogs beside them
    bilect export page a.md --catalog a.po  one page, on standard output; - is standard input
    bilect export page notes/ -o x --pseudo  what translations would do to the pages
    bilect export xliff locales/zh_CN -o zh_CN.xlf  all catalogs of a language in one file
    """
    if form in _CATALOG_FORMS:
        return _catalog_files(form, paths, wishes)
    return _pages(paths, wishes) if form == "page" else _courses(form, paths, wishes)


def _catalog_files(form: str, paths: Sequence[str], wishes: Wishes) -> int:
    """Export catalogs for other programs."""
    from pipeline.cli.exchange import export_catalogs  # pages need none of it
    from pipeline.project.exchange import Wish

    with_fuzzy = None if wishes["fuzzy"] is None else wishes["fuzzy"] != "source"
    version = wishes["version"] or ("1.2" if form == "xliff12" else "2.1")
    return export_catalogs(
        paths, wishes["output"], Wish(_CATALOG_FORMS[form], version, with_fuzzy, wishes["lang"] or "")
    )


def _courses(form: str, paths: Sequence[str], wishes: Wishes) -> int:
    """Export what is made of whole courses."""
    from pipeline.project.exporting import ExportOrder, exported, write_exports  # with the aligner

    output = wishes["output"]
    wish = ExportOrder(
        form, output, wishes["catalog"], wishes["lang"], wishes["order"], wishes["fuzzy"], wishes["percent"],
        wishes["layout"], wishes["paper"],
    )  # fmt: skip
    if (status := _all_courses(paths, wish)) is not None:
        return status
    result = exported(paths, wish)
    to_stdout = output == "-" or (
        output is None and len(result.files) == 1 and not Path(result.files[0][0]).parent.name
    )
    if to_stdout:
        for _path, data in result.files:
            out_bytes(data)
    elif output is None and any(not Path(path).parent.name for path, _ in result.files):
        raise click.UsageError(_("several files need a folder: name it with -o"))
    else:
        changed = write_exports(result)
        note(_exported(len(result.files), len(changed)))
    for line in result.notes:
        note(told(line))
    for trouble in result.troubles:
        fail(trouble)
    return _told(result.findings)


def _all_courses(paths: Sequence[str], order: ExportOrder) -> int | None:
    """Export what is made of all courses together; None where the form is no such one."""
    from pipeline.exporters.base import exporter_of_all_named
    from pipeline.project.whole_export import folder_of, whole_exported, write_whole

    if (export := exporter_of_all_named(order.form)) is None:
        return None
    folder = folder_of(paths, order)
    result = whole_exported(export, paths, order)
    if result.files:
        written, removed = write_whole(result, folder)
        gone = _(", {number} removed").format(number=len(removed)) if removed else ""
        note(_("{file}: {what}").format(file=folder.as_posix(), what=_exported(len(result.files), len(written)) + gone))
    else:
        note(_exported(0, 0))
    for line in result.notes:
        note(told(line))
    for trouble in result.troubles:
        fail(trouble)
    return _told(result.findings)


def _exported(files: int, written: int) -> str:
    if not files:
        return _("nothing to export")
    return _("{files} exported, {number} written").format(files=counted(files, "file"), number=written)


def _told(findings: Iterable[Finding]) -> int:
    found = list(dict.fromkeys(findings))
    if found:
        note("\n".join(lines_of(found)))
    return exit_status(found, "error")


def _pages(paths: Sequence[str], wishes: Wishes) -> int:
    """Export pages, each for itself."""
    project = project_around() if paths else project_of(Path.cwd())
    files = _page_files(paths, project)
    if wishes["output"] is None and project and _are_sources(files, project):
        files = [file._replace(inside=_below_source(PurePosixPath(file.shown), project)) for file in files]
    names = output_names(files, wishes["lang"])
    for file in files:
        if file not in names:
            detail(_("{file}: is in that language already, not exported").format(file=file.shown))
    place = _destination(paths, project, list(names), wishes)
    found, troubles = place.places_of(names) if place else ({}, [])
    for trouble in troubles:
        fail(trouble)
    writer = PageWriter(_order(project, names, wishes), _catalogs(project, wishes), place, found)
    jobs = wishes["jobs"] if wishes["jobs"] is not None else project.config.jobs if project else 1
    pages = list(found or names)
    return _finished(watched(mapped(writer, pages, jobs), len(pages), "pages"))


def _page_files(paths: Sequence[str], project: Project | None) -> list[NamedFile]:
    """The pages to export: those named, else all of the project."""
    if not paths and project:
        sources = project.sources()
        for trouble in sources.troubles:
            fail(trouble)
        pages = [PurePosixPath(page.path) for course in sources.courses for page in course.pages]
        return [NamedFile(project.root / page, page.as_posix(), _below_source(page, project)) for page in pages]
    files, troubles = named_files([path for path in paths if path != "-"], PAGES, project)
    for trouble in troubles:
        fail(trouble)
    return files + ([named("-", project)] if "-" in paths else [])


def _below_source(page: PurePosixPath, project: Project) -> PurePosixPath:
    return page.relative_to(project.config.source)


def _destination(
    paths: Sequence[str], project: Project | None, files: Sequence[NamedFile], wishes: Wishes
) -> Destination | None:
    """Where the pages go; None is standard output."""
    if wishes["output"] == "-" or (wishes["output"] is None and not _are_sources(files, project)):
        if len(files) > 1:
            raise click.UsageError(
                _("{number} pages do not fit one output: name a folder with -o").format(number=len(files))
            )
        return None
    if wishes["output"] is None and project:
        build = os.path.relpath(project.root / project.config.build)
        return Destination(Path(build), is_folder=True, inputs=tuple(files))
    return destination(wishes["output"] or "", paths or [os.curdir], files)


def _are_sources(files: Sequence[NamedFile], project: Project | None) -> bool:
    """Whether all pages are sources of the project, whose exports go to its build folder."""
    return project is not None and all(
        file.data is None and PurePosixPath(file.shown).is_relative_to(project.config.source) for file in files
    )


def _order(project: Project | None, names: dict[NamedFile, PurePosixPath], wishes: Wishes) -> PageOrder:
    order = PageOrder(
        language=wishes["lang"],
        percent=wishes["percent"],
        is_pseudo=wishes["pseudo"],
        fuzzy=wishes["fuzzy"] or "source",
    )
    wish = replace(order.wish, heading_ids="linked")
    if project:
        wish = adaptation(project.config)
        order = replace(order, options=page_options(project.config), fuzzy=wishes["fuzzy"] or project.config.fuzzy)
        if wishes["lang"] == EDITION:
            folders = {PurePosixPath(file.shown).parent.as_posix() for file in names}
            troubles: list[PipelineError] = []
            overrides = {folder: overrides_for(project, folder, troubles) for folder in sorted(folders)}
            order = replace(order, overrides=overrides)
            for trouble in troubles:
                fail(trouble)
    groups = _neighbours(project, names, wishes["lang"])
    made = frozenset(
        str(PurePosixPath(file.shown).with_name(name.name)) for group in groups for file, name in group.items()
    )
    files = TreeFiles(str(project.root) if project else os.curdir, made)
    wish = replace(wish, files=files, heading_ids=wishes["heading_ids"] or wish.heading_ids)
    linked: dict[str, frozenset[str]] = {}
    for group in groups if wish.heading_ids == "linked" else ():
        linked |= anchors_between(list(group))
    return replace(order, wish=wish, linked=linked)


def _neighbours(
    project: Project | None, names: dict[NamedFile, PurePosixPath], language: Language | None
) -> list[dict[NamedFile, PurePosixPath]]:
    """The pages that may link to each other: all pages of the project course by course, else those exported."""
    if project is None or not _are_sources(list(names), project):
        return [names]
    groups = []
    for course in project.sources().courses:
        pages = [PurePosixPath(page.path) for page in course.pages]
        files = [NamedFile(project.root / page, page.as_posix(), _below_source(page, project)) for page in pages]
        groups.append(output_names(files, language))
    return groups


def _catalogs(project: Project | None, wishes: Wishes) -> Catalogs:
    if project is None:
        return Catalogs(wishes["catalog"] or "")
    return Catalogs(wishes["catalog"] or "", str(project.root), project.config.locales, project.config.source)


def _finished(outcomes: Iterable[PageOutcome]) -> int:
    """Tell what became of the pages, in their order; data that have no place go to standard output."""
    findings: list[Finding] = []
    exported = written = without = 0
    is_shown = False
    for outcome in outcomes:
        findings += outcome.findings
        if outcome.trouble:
            fail(outcome.trouble)
        elif outcome.note:
            note(_("{file}: {what}").format(file=outcome.file.shown, what=told(outcome.note)))
        elif outcome.data is not None:
            is_shown = True
            out_bytes(outcome.data)
        elif outcome.change is not None:
            exported, written = exported + 1, written + outcome.change
        without += not outcome.has_catalog
    if not is_shown:
        note(_exported(exported, written))
    if without:
        detail(_("{pages} without a catalog").format(pages=counted(without, "page")))
    return _told(findings)
