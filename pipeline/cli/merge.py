"""`bilect merge`: a catalog brought up to date with a template, what msgmerge does."""

from __future__ import annotations

import gc

import click

from pipeline.catalogs.merge import MergeResult, merged
from pipeline.catalogs.po import catalog_bytes, whole_catalog
from pipeline.cli.console import note
from pipeline.cli.files import deliver_bytes, named
from pipeline.project.bare import project_around
from pipeline.project.clock import now


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("-o", "--output", metavar="OUT", help="The merged catalog; without it, or with -, standard output.")
def command(old: str, new: str, output: str | None) -> int:
    """Merge a catalog with a newer template.

    OLD is a .po file, NEW a .pot (or .po) file. The order, the places and the notes are those of NEW; every translation
    of OLD is kept: where its text is still there, where it moved, as fuzzy where it changed a little, with the previous
    text, or as obsolete. A catalog in which only line numbers moved comes out as it was. - is standard input.

    \b
    bilect merge course.po course.pot -o course.po
    """
    if old == new == "-":
        raise click.UsageError("two files cannot both be standard input")
    gc.disable()  # a catalog is a tree, and looking for circles in it takes a third of the time
    project = project_around()
    files = [named(path, project) for path in (old, new)]
    catalog, template = (whole_catalog(file.read(), file.shown) for file in files)
    result = merged(catalog, template, date=now())
    data = catalog_bytes(result.catalog if result.content_changed else catalog)
    deliver_bytes(data, output, files[1:] if output == old else files)
    note(_summary(result))
    return 0


def _summary(result: MergeResult) -> str:
    counts = {
        "kept": result.kept, "moved": result.moved, "fuzzy": result.fuzzy, "new": result.new, "obsolete": result.obsolete,
    }  # fmt: skip
    return ", ".join(f"{number} {name}" for name, number in counts.items()) + "."
