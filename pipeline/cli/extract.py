"""`bilect extract`: the texts of pages, as templates for translators or as JSON for programs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from pipeline.cli.console import detail, fail, note, out_bytes
from pipeline.cli.files import deliver, named, tell
from pipeline.extractors.page import PageOptions
from pipeline.model import PipelineError
from pipeline.project.bare import PAGES, Destination, NamedFile, destination, named_files, project_around
from pipeline.project.extraction import Extracted, extracted, new_template, template
from pipeline.project.files import read_bytes
from pipeline.project.load import load, page_options
from pipeline.project.locales import templates
from pipeline.project.root import project_of
from pipeline.validator.report import exit_status


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
def command(paths: tuple[str, ...], output: str | None, form: str, check: bool) -> int:
    """Extract the texts of pages into templates.

    A PATH is a Markdown or HTML page or a folder of them, in a project or not; - is standard input. The template of
    foo.en.md is foo.en.pot; in an output folder it stands where its page stands in the input folder. A template that
    would differ in nothing but its date is left alone. docs/json.md explains the JSON form.

    \b
    bilect extract                         the templates of the project, in its locales
    bilect extract course.en.md            one template, on standard output
    bilect extract pages -o templates      a template for every page of a folder
    bilect extract pages --format json     all texts with their places
    """
    output = None if output == "-" else output
    if not paths and form == "pot" and output is None:
        return _project_templates(check)
    if check and output is None:
        raise click.UsageError("--check needs a file or a folder to look at: name it with -o")
    files, options = _files(paths or _source_pages())
    if form == "pot" and output is None and len(files) > 1:
        raise click.UsageError(f"{len(files)} templates do not fit one output: name a folder with -o")
    results = [extracted(file, options) for file in files]
    for trouble in filter(None, (result.trouble for result in results)):
        fail(trouble)
    findings = [finding for result in results for finding in result.findings]
    tell(findings)
    if form == "json":
        changed = _units(results, output, check)
    elif output is None:
        changed = _printed(results)
    else:
        changed = _templates(results, destination(output, paths, files), check)
    return max(exit_status(findings), int(check and changed))


def _project_templates(check: bool) -> int:
    """Bring the templates of the project up to date, or say with ``check`` whether they are."""
    project = project_of(Path.cwd())
    sources = project.sources()
    for trouble in sources.troubles:
        fail(trouble)
    changed, total, findings = [], 0, []
    for folder in sources.courses:
        loaded = load(project, folder)
        for trouble in loaded.troubles:
            fail(trouble)
        findings += [finding for _, page in loaded.pages for finding in page.findings]
        for _, _, change in templates(project, loaded):
            total += 1
            if change.data is not None:
                changed.append(change.path)
                if not check:
                    project.write(change.path, change.data)
    tell(findings)
    for path in changed:
        detail(f"{path}: {_said(b'', check)}")
    note(f"{len(changed)} of {total} templates {_said(b'', check)}.")
    return max(exit_status(findings), int(check and bool(changed)))


def _source_pages() -> list[str]:
    """The paths of all pages of the project around, from the current folder."""
    project = project_of(Path.cwd())
    pages = [page.path for course in project.sources().courses for page in course.pages]
    return [os.path.relpath(project.root / path) for path in pages]


def _files(paths: Sequence[str]) -> tuple[list[NamedFile], PageOptions]:
    """The pages that ``paths`` name, and how to read them; paths that name none are told."""
    project = project_around()
    files, troubles = named_files([path for path in paths if path != "-"], PAGES, project)
    for trouble in troubles:
        fail(trouble)
    given = [named("-", project)] if "-" in paths else []
    return files + given, page_options(project.config) if project else PageOptions()


def _units(results: Iterable[Extracted], output: str | None, check: bool) -> bool:
    """Write all units as JSON; say whether a file would change."""
    from pipeline.project.schema import units_json  # pydantic is heavy

    text = units_json(unit for result in results for unit in result.units) + "\n"
    if check and output is not None:
        return not os.path.isfile(output) or read_bytes(Path(output)) != text.encode()
    deliver(text, output, [result.file for result in results])
    return False


def _printed(results: Iterable[Extracted]) -> bool:
    """Write the template of the page that could be read to standard output."""
    for result in results:
        if result.is_read:
            out_bytes(template(result))
    return False


def _templates(results: Iterable[Extracted], place: Destination, check: bool) -> bool:
    """Write the template of each page that could be read, unless ``check``; say whether a file differs."""
    places, troubles = place.places(".pot")
    for trouble in troubles:
        fail(trouble)
    say = detail if place.is_folder else note
    changed = unchanged = 0
    for result in results:
        if not result.is_read or result.file not in places:
            continue
        path = places[result.file]
        try:
            data = new_template(result, path)
            if data is not None and not check:
                place.write(path, data)
        except PipelineError as error:
            fail(error)
            continue
        changed, unchanged = changed + (data is not None), unchanged + (data is None)
        say(f"{path.as_posix()}: {_said(data, check)}")
    if place.is_folder:
        counted = f"{changed} template{'s' * (changed != 1)} {_said(b'', check)}, {unchanged} unchanged"
        note(f"{counted} in {place.path.as_posix()}.")
    return changed > 0


def _said(data: bytes | None, check: bool) -> str:
    return "unchanged" if data is None else "would be written" if check else "written"
