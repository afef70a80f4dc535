"""`bilect init`: a new project."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.console import note, out
from pipeline.project.starting import Started, start_project


@click.command()
@click.argument("folder", default=".", metavar="[DIR]")
@click.option("--example", is_flag=True, help="With an example course, to try things on.")
def command(folder: str, example: bool) -> int:
    """Start a project in a folder.

    DIR, or the current folder, gets bilect.toml with words on every setting, source_docs/ for pages and subtitles,
    locales/ for translators, and lines in .gitattributes and .gitignore. Nothing that is there is overwritten, and a
    project needs none of it but source_docs/.

    \b
    bilect init my-courses --example
    """
    started = start_project(Path(folder), example=example)
    for verb, paths in (("made", started.made), ("added to", started.added), ("kept", started.kept)):
        for path in paths:
            out(f"{verb:9}{path}")
    note(_next(folder, started))
    return 0


def _next(folder: str, started: Started) -> str:
    where = "" if folder == "." else f" in {Path(folder).as_posix()}"
    source, made = started.source, started.made
    is_empty = f"{source}/README.md" in made and not any(path.startswith(f"{source}/example/") for path in made)
    first = f"Put a course into {source}/: its README.md says how.\n" if is_empty else ""
    return (
        f"{first}Next{where}:\n"
        "    bilect run            templates and catalogs for translators; handouts and subtitles in build/\n"
        "    bilect check          what is wrong, where, and what to do about it\n"
        "    bilect git install    two translators in one file, without conflicts"
    )
