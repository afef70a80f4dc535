"""`bilect extract`: the texts of pages, as templates for translators or as JSON for programs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

import click

from pipeline.catalogs.template import References, references_named
from pipeline.cli.console import detail, fail, note, out_bytes, wants_details
from pipeline.cli.files import deliver, named, tell
from pipeline.extractors.page import PageOptions
from pipeline.model import Finding
from pipeline.project.bare import SOURCES, Destination, NamedFile, destination, named_files, project_around
from pipeline.project.clock import now
from pipeline.project.extraction import Extracted, Outcome, Templates, TemplateWriter, extracted, template_name
from pipeline.project.files import read_bytes
from pipeline.project.jobs import mapped
from pipeline.project.options import page_options
from pipeline.project.progress import watched
from pipeline.project.root import Project, project_of
from pipeline.text.tongue import _, counted
from pipeline.validator.report import exit_status


def _references(_context: click.Context, _option: click.Parameter, word: str | None) -> References | None:
    if word is None:
        return None
    try:
        return references_named(word)
    except ValueError as error:
        wrong = _("it should be full, file, none or a number of lines, not {word!r}")
        raise click.BadParameter(wrong.format(word=word)) from error


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "-o", "--output", metavar="OUT",
    help="A file for one page, a folder for several or for a folder; - is standard output.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(("pot", "json")), default="pot", show_default=True,
    help="A gettext template for each page, or all units in one JSON array.",
)  # fmt: skip
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@click.option(
    "--references", metavar="FORM", callback=_references,
    help="How templates name places: full (file and line), file, none, or N: lines rounded down to multiples of N.",
)  # fmt: skip
@click.option(
    "--bilingual", type=click.Choice(("keep", "pair")),
    help="Texts in both languages: keep them whole, or take the half in the language of the page.  [default: keep]",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(0), metavar="N", help="Processes to use; 0 is one a core.  [default: 1]")
def command(
    paths: tuple[str, ...],
    output: str | None,
    form: str,
    check: bool,
    references: References | None,
    bilingual: Literal["keep", "pair"] | None,
    jobs: int | None,
) -> int:
    """Extract the texts of pages into templates.

    A PATH is a Markdown or HTML page, a subtitle track or a folder of them, in a project or not; - is standard input.
    The template of foo.en.md is foo.en.pot, that of a track foo.en.subtitles.pot; in an output folder it stands where
    its page stands in the input folder. A template that would differ in nothing but its date is left alone.
    docs/json.md explains the JSON form.

    \b
    bilect extract                         the templates of the project, in its locales
    bilect extract course.en.md            one template, on standard output
    bilect extract pages -o templates      a template for every page of a folder
    bilect extract pages --format json     all texts with their places
    bilect extract talk.en.srt -o talk.pot  a subtitle track, sentence by sentence
    """
    output = None if output == "-" else output
    if not paths and form == "pot" and output is None:
        return _project_templates(check, {"references": references, "bilingual": bilingual})
    if check and output is None:
        raise click.UsageError(_("--check needs a file or a folder to look at: name it with -o"))
    files, settings = _files(paths or _source_pages())
    options = settings.options._replace(bilingual=bilingual) if bilingual else settings.options
    jobs = settings.jobs if jobs is None else jobs
    if form == "json":
        found = mapped(partial(extracted, options=options), files, jobs)
        return _units(list(watched(found, len(files), "pages")), output, check)
    if output is None and len(files) > 1:
        many = _("{number} templates do not fit one output: name a folder with -o")
        raise click.UsageError(many.format(number=len(files)))
    templates = Templates(options, now(), references or settings.references)
    if output is None:
        return _printed([extracted(file, options) for file in files], templates)
    return _written(templates, destination(output, paths, files), jobs, is_dry=check)


def _project_templates(check: bool, wanted: Mapping[str, str | int | None]) -> int:
    """Bring the templates of the project up to date, or say with ``check`` whether they are.

    ``wanted`` are keys of the configuration with the values that the command line gives, None for its own.
    """
    from pipeline.project.lock import guarded  # only a project has one

    project = project_of(Path.cwd())
    given = {key: value for key, value in wanted.items() if value is not None}
    if given:
        project = replace(project, config=project.config.model_copy(update=given))
    with guarded(project, writes=not check):
        return _brought_up(project, check)


def _brought_up(project: Project, check: bool) -> int:
    from pipeline.project.load import load  # with the aligner, which only a project needs
    from pipeline.project.locales import templates

    sources = project.sources()
    for trouble in sources.troubles:
        fail(trouble)
    changed, total, findings = [], 0, []
    for folder in sources.courses:
        loaded = load(project, folder)
        for trouble in loaded.troubles:
            fail(trouble)
        findings += [finding for _, page in loaded.sources for finding in page.findings]
        for _file, _name, change in templates(project, loaded):
            total += 1
            if change.data is not None:
                changed.append(change.path)
                if not check:
                    project.write(change.path, change.data)
    tell(findings)
    for path in changed:
        detail(_("{file}: {what}").format(file=path, what=_said(True, check)))
    would, told = _("{number} of {templates} would be written."), _("{number} of {templates} written.")
    note((would if check else told).format(number=len(changed), templates=counted(total, "template")))
    return max(exit_status(findings), int(check and bool(changed)))


def _source_pages() -> list[str]:
    """The paths of all pages of the project around, from the current folder."""
    from pipeline.project.talks import source_files  # with all that reads subtitles

    project = project_of(Path.cwd())
    pages = [page.path for course in project.sources().courses for page in source_files(course)]
    return [os.path.relpath(project.root / path) for path in pages]


class _Settings(NamedTuple):
    """What the project around says about extraction, or the defaults."""

    options: PageOptions = PageOptions()
    references: References = "full"
    jobs: int = 1


def _files(paths: Sequence[str]) -> tuple[list[NamedFile], _Settings]:
    """The pages that ``paths`` name, and how to read them; paths that name none are told."""
    project = project_around()
    files, troubles = named_files([path for path in paths if path != "-"], SOURCES, project)
    for trouble in troubles:
        fail(trouble)
    given = [named("-", project)] if "-" in paths else []
    config = project.config if project else None
    settings = _Settings(page_options(config), config.references, config.jobs) if config else _Settings()
    return files + given, settings


def _told(results: Iterable[Extracted | Outcome]) -> int:
    """Tell what was wrong with the pages; return the exit status that it means."""
    findings: list[Finding] = []
    for result in results:
        findings += result.findings
        if result.trouble:
            fail(result.trouble)
    tell(findings)
    return exit_status(findings)


def _units(results: Sequence[Extracted], output: str | None, check: bool) -> int:
    """Write all units as JSON, or say with ``check`` whether the file would change."""
    from pipeline.project.schema import units_json  # pydantic is heavy

    status = _told(results)
    text = units_json(unit for result in results for unit in result.units) + "\n"
    if check and output is not None:
        return max(status, int(not os.path.isfile(output) or read_bytes(Path(output)) != text.encode()))
    deliver(text, output, [result.file for result in results])
    return status


def _printed(results: Sequence[Extracted], templates: Templates) -> int:
    """Write the template of the page that could be read to standard output."""
    status = _told(results)
    for result in results:
        if result.is_read:
            out_bytes(templates.of(result))
    return status


def _written(templates: Templates, place: Destination, jobs: int, *, is_dry: bool) -> int:
    """Write the template of each page that could be read, or say with ``is_dry`` whether a file differs."""
    paths, troubles = place.places_of({file: template_name(file) for file in place.inputs})
    for trouble in troubles:
        fail(trouble)
    written = mapped(TemplateWriter(templates, place, paths, is_dry), place.inputs, jobs)
    outcomes = list(watched(written, len(place.inputs), "pages"))
    status = _told(outcomes)
    if not place.is_folder or wants_details():
        for outcome in outcomes:
            if outcome.change is not None:
                what = _said(outcome.change, is_dry)
                note(_("{file}: {what}").format(file=paths[outcome.file].as_posix(), what=what))
    changed, unchanged = (sum(outcome.change is kind for outcome in outcomes) for kind in (True, False))
    if place.is_folder:
        told = _("{templates} written, {number} unchanged in {folder}.")
        would = _("{templates} would be written, {number} unchanged in {folder}.")
        told, made, folder = (would if is_dry else told), counted(changed, "template"), place.path.as_posix()
        note(told.format(templates=made, number=unchanged, folder=folder))
    return max(status, int(is_dry and changed > 0))


def _said(is_changed: bool, is_dry: bool) -> str:
    return _("unchanged") if not is_changed else _("would be written") if is_dry else _("written")
