"""`bilect init`: a new project."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.console import note, tell_done
from pipeline.project.starting import Started, start_project
from pipeline.text.script import display_width
from pipeline.text.tongue import _

_SHOWN = 4  # files that are named


@click.command()
@click.argument("folder", default=".", metavar="[DIR]")
@click.option("--example", is_flag=True, help="With an example course, to try things on.")
def command(folder: str, example: bool) -> int:
    """Start a project in a folder.

    DIR, or the current folder, gets bilect.toml with words on every setting, source_docs/ for pages and subtitles,
    locales/ for translators, and lines in .gitattributes and .gitignore. Nothing that is there is overwritten, and a
    project needs none of it but source_docs/. Pages and subtitles in a folder without any other file become its first
    course.

    \b
    bilect init my-courses --example
    """
    started = start_project(Path(folder), example=example)
    for before, after in started.moved:
        tell_done(_("moved    {file} to {place}").format(file=before, place=after))
    for verb, paths in ((_("made"), started.made), (_("added to"), started.added), (_("kept"), started.kept)):
        for path in paths:
            tell_done(f"{verb}{' ' * max(1, 9 - display_width(verb))}{path}")
    note(_next(folder, started))
    return 0


def _next(folder: str, started: Started) -> str:
    place = Path(folder).as_posix()
    head = _("Next:") if folder == "." else _("Next in {folder}:").format(folder=place)
    return (
        f"{_first(started)}{head}\n"
        f"    bilect run            {_('templates and catalogs for translators; handouts and subtitles in build/')}\n"
        f"    bilect check          {_('what is wrong, where, and what to do about it')}\n"
        f"    bilect git install    {_('two translators in one file, without conflicts')}"
    )


def _first(started: Started) -> str:
    """What there is to do before a run, as a line, where there is something."""
    source, made = started.source, started.made
    if started.loose:
        files = ", ".join(started.loose[:_SHOWN]) + (" …" if len(started.loose) > _SHOWN else "")
        told = _("Move {files} into a course, a folder in {folder}/: what lies elsewhere is not read.")
        return told.format(files=files, folder=source) + "\n"
    if f"{source}/README.md" in made and not any(path.startswith(f"{source}/example/") for path in made):
        return _("Put a course into {folder}/: its README.md says how.").format(folder=source) + "\n"
    return ""
