"""`bilect merge`: a catalog brought up to date with a template, what msgmerge does."""

from __future__ import annotations

import gc

import click

from pipeline.catalogs.merge import MergeResult, merged
from pipeline.catalogs.po import catalog_bytes, whole_catalog
from pipeline.cli.console import detail, note, shell
from pipeline.cli.files import deliver_bytes, named
from pipeline.project.bare import project_around
from pipeline.project.clock import now
from pipeline.text.printable import excerpt
from pipeline.text.tongue import _, ngettext

_SHOWN = 70  # characters of a text in a list


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("-o", "--output", metavar="OUT", help="The merged catalog; without it, or with -, standard output.")
def command(old: str, new: str, output: str | None) -> int:
    """Merge a catalog with a newer template.

    OLD is a .po file, NEW a .pot (or .po) file. The order, the places and the notes are those of NEW; every translation
    of OLD is kept: where its text is still there, where it moved, as fuzzy where it changed a little, was split or was
    joined, with the previous text and a note on the change, or as obsolete. A catalog in which only line numbers moved
    comes out as it was. OLD may come from another program that cuts the page in another way. - is standard input.

    \b
    bilect merge course.po course.pot -o course.po
    """
    if old == new == "-":
        raise click.UsageError(_("two files cannot both be standard input"))
    gc.disable()  # a catalog is a tree, and looking for circles in it takes a third of the time
    project = project_around()
    files = [named(path, project) for path in (old, new)]
    catalog, template = (whole_catalog(file.read(), file.shown) for file in files)
    result = merged(catalog, template, date=now())
    data = catalog_bytes(result.catalog if result.content_changed else catalog)
    deliver_bytes(data, output, files[1:] if output == old else files)
    note(_summary(result))
    if result.unplaced:
        _tell_unplaced(result, files[0].shown)
    return 0


def _tell_unplaced(result: MergeResult, path: str) -> None:
    count = len(result.unplaced)
    told = ngettext(
        "{number} translation fits nowhere now; it stays as obsolete",
        "{number} translations fit nowhere now; they stay as obsolete",
        count,
    ).format(number=count)
    end = _("{sentence}.") if shell().verbosity > 0 else _("{sentence} (-v lists them).")
    note(end.format(sentence=told))
    for message in result.unplaced:
        detail(f"{path}:{message.linenum}: {excerpt(message.msgid, _SHOWN)}")


def _summary(result: MergeResult) -> str:
    counts = (
        (_("{number} kept"), result.kept),
        (_("{number} moved"), result.moved),
        (_("{number} fuzzy"), result.fuzzy),
        (_("{number} new"), result.new),
        (_("{number} obsolete"), result.obsolete),
    )
    told = _(", ").join(each.format(number=number) for each, number in counts)
    return _("{sentence}.").format(sentence=told)
