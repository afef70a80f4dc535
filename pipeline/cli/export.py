"""`bilect export`: translated pages, handouts, tables and subtitles."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.console import fail, in_colour, note, out_bytes
from pipeline.exporters.base import Order
from pipeline.model import Language
from pipeline.project.exporting import ExportOrder, exported, write_exports
from pipeline.validator.report import exit_status, report


@click.command()
@click.argument("form", metavar="FORMAT")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "-o", "--output", metavar="OUT", help="A file for one input, a folder for several or for a folder; - is stdout."
)
@click.option("--catalog", metavar="PO|DIR", help="Where the translations are; default: the catalogs of the project.")
@click.option(
    "--lang",
    type=click.Choice(("en", "zh_CN", "zh_TW")),
    help="The language to translate into; default: the other one.",
)
@click.option(
    "--order",
    type=click.Choice(("zh-en", "en-zh")),
    default="zh-en",
    show_default=True,
    help="Which language comes first.",
)
@click.option("--fuzzy", type=click.Choice(("use", "source")), help="Fuzzy translations: use them, or show the source.")
def command(
    form: str,
    paths: tuple[str, ...],
    output: str | None,
    catalog: str | None,
    lang: Language | None,
    order: Order,
    fuzzy: str | None,
) -> int:
    """Export the project, or only PATHs, as FORMAT.

    \b
    page   each page in the other language, with the structure and the code of its source
    md     a bilingual handout in Markdown
    srt    bilingual subtitles of each talk that has two tracks
    csv    the lecture table, as CSV, JSON and Markdown

    \b
    bilect export md                        handouts of all courses, into build/
    bilect export page notes/ -o out/       pages of any folder, translated by the catalogs beside them
    """
    result = exported(paths, ExportOrder(form, output, catalog, lang, order, fuzzy))
    to_stdout = output == "-" or (
        output is None and len(result.files) == 1 and not Path(result.files[0][0]).parent.name
    )
    if to_stdout:
        for _, data in result.files:
            out_bytes(data)
    elif output is None and any(not Path(path).parent.name for path, _ in result.files):
        raise click.UsageError("several files need a folder: name it with -o")
    else:
        changed = write_exports(result)
        note(f"{len(result.files)} files exported, {len(changed)} written" if result.files else "nothing to export")
    for trouble in result.troubles:
        fail(trouble)
    if result.findings:
        note(report(result.findings, "concise", colour=in_colour(sys.stderr)).rstrip("\n"))
    return exit_status(result.findings, "error")
