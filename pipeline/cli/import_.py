"""`bilect import`: translations that come back, into the catalogs that they are from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from pipeline.catalogs.exchanged import Sheet, forms_of
from pipeline.catalogs.po import catalog_bytes, whole_catalog
from pipeline.catalogs.taking import Reason, Taken, Told, taken_back
from pipeline.cli.console import detail, fail, note, out_bytes, shell
from pipeline.cli.files import named
from pipeline.model import PipelineError
from pipeline.project.bare import PAGES, TRACKS, NamedFile, project_around, shown_path
from pipeline.project.catalog_files import CATALOGS_AND_TEMPLATES
from pipeline.project.clock import now
from pipeline.project.exchange import home_of, in_one, made_catalog, sheets, target_locale
from pipeline.project.files import read_bytes, told_of, write_atomically
from pipeline.project.lock import guarded
from pipeline.project.root import Project
from pipeline.project.sayings import short
from pipeline.text.said import said
from pipeline.text.tongue import _, counted

_MOST = 20  # lines about single messages, unless -v asks for all


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the options of the command say."""

    catalog: str | None
    output: str | None
    theirs: bool
    dry_run: bool


@click.command("import")
@click.argument("file")
@click.argument("catalog", required=False, metavar="[CATALOG|SOURCE]")
@click.option("-o", "--output", metavar="OUT", help="Write this file instead of the catalog; - is stdout.")
@click.option("--theirs", is_flag=True, help="What changed on both sides is taken from the file.")
@click.option("-n", "--dry-run", is_flag=True, help="Write nothing; say what would be taken.")
@click.option("--diff", "shows", is_flag=True, help="Pages: show what changes in the catalog, on standard output.")
def command(file: str, catalog: str | None, output: str | None, theirs: bool, dry_run: bool, shows: bool) -> int:
    """Import translations from XLIFF, TMX, PO, pages or tracks into their catalogs.

    FILE says which catalogs it is from, unless CATALOG names one, or a folder that they are in. Only translations and
    translators' comments are taken that changed in the file since it was exported. What was changed here meanwhile is
    told and kept, and the exit status is 1. -o makes the catalog anew where it is missing.

    Of a page or a track, its source is named behind it. One that was exported and edited gives its catalog exactly the edits.
    One that was translated elsewhere is aligned with its source, and fills what has no translation yet: what is not
    certain is fuzzy. What fits nowhere is told with its line, and the exit status is 1.

    \b
    bilect import page.xlf                 back into the catalog that it was exported from
    bilect import page.xlf page.po         into this one
    bilect import memory.tmx page.po       what page.po lacks and the memory has
    bilect import page.xlf -o new.po       a catalog made of the file alone
    bilect import page.zh.md page.en.md    an edited or translated page, into the catalog of the project
    bilect import page.zh.md page.en.md -o page.po
    bilect import talk.zh.srt talk.en.srt  an edited or translated track
    """
    project = project_around()
    if _has_source(file) or (catalog and _has_source(catalog)):
        from pipeline.cli.import_page import PageWishes, import_page  # with the aligner

        if not catalog:
            raise click.UsageError(_("Missing argument 'SOURCE': the page or the track that it is a translation of"))
        with guarded(project, writes=not (output or dry_run)):
            return import_page(file, catalog, project, PageWishes(output, theirs, dry_run, shows))
    if shows:
        raise click.UsageError(_("--diff is for pages; -n says what would be taken"))
    carrier = named(file, project)
    wishes = Wishes(catalog, output, theirs, dry_run)
    with guarded(project, writes=not (output or dry_run)):
        return _taken_sheets(carrier, project, wishes)


def _has_source(path: str) -> bool:
    return (PAGES.covers(path) or TRACKS.covers(path)) and not os.path.isdir(path)


def _taken_sheets(carrier: NamedFile, project: Project | None, wishes: Wishes) -> int:
    found = sheets(carrier)
    kept = 0
    for path, sheet in _pairs(carrier, found, project, wishes):
        try:
            kept += _taken(carrier, path, sheet, wishes, project) if path else _made(carrier, sheet, wishes)
        except PipelineError as error:
            fail(error)
    return int(kept > 0)


def _pairs(
    carrier: NamedFile, found: list[Sheet], project: Project | None, wishes: Wishes
) -> Iterator[tuple[Path | None, Sheet]]:
    """The catalogs that are to take something, and what; None for one that is made of the file alone."""
    if wishes.catalog and not os.path.isdir(wishes.catalog):
        path = Path(wishes.catalog)
        whole = whole_catalog(read_bytes(path), shown_path(wishes.catalog, project))
        locale = target_locale(whole, wishes.catalog)
        sheet = in_one(found, locale)
        others = {each.target_locale for each in found} - {locale, ""}
        if not sheet.messages and others:
            what = said(
                "is in {locales}, and the catalog in {locale}", locales=", ".join(sorted(others)), locale=locale
            )
            raise PipelineError(what, path=carrier.shown, remedy="name the right catalog")
        yield path, sheet
        return
    if len(found) > 1 and wishes.output:
        many = _("{file} is from {number} catalogs, which do not fit one -o")
        raise click.UsageError(many.format(file=carrier.shown, number=len(found)))
    if not found:
        raise PipelineError("holds no translations", path=carrier.shown, remedy="export it again")
    if not wishes.output and not any(CATALOGS_AND_TEMPLATES.covers(sheet.path) for sheet in found):
        raise PipelineError(
            "does not say which catalog it is from", path=carrier.shown, remedy="name the catalog behind it"
        )
    folder = Path(wishes.catalog) if wishes.catalog else project.root if project else Path()
    for sheet in found:
        try:
            yield (None if wishes.output and _is_new(sheet, folder) else home_of(sheet.path, folder)), sheet
        except PipelineError as error:
            fail(PipelineError(error.message, path=error.path or carrier.shown, remedy=error.remedy))


def _is_new(sheet: Sheet, folder: Path) -> bool:
    """Whether the catalog that a sheet is from is not there."""
    try:
        return not home_of(sheet.path, folder).is_file()
    except PipelineError:
        return True


def _made(carrier: NamedFile, sheet: Sheet, wishes: Wishes) -> int:
    """Make a catalog of what a file holds, where -o says."""
    output = Path(wishes.output or "")
    if output.is_file() and not wishes.dry_run:
        message = said("is there, and {file} is from another catalog: it is not replaced", file=carrier.shown)
        raise PipelineError(message, path=output.as_posix(), remedy="name it as CATALOG, or another output")
    _deliver(made_catalog(sheet), wishes, output, output.as_posix(), None)
    messages = counted(len(sheet.messages), "message")
    told = _("{file}: made of {source}, {messages}")
    note(told.format(file=wishes.output, source=carrier.shown, messages=messages))
    return 0


def _taken(carrier: NamedFile, path: Path, sheet: Sheet, wishes: Wishes, project: Project | None) -> int:
    """Let a catalog take what a sheet brings, and say of how many messages something was kept."""
    shown = shown_path(str(path), project)
    if not path.is_file():
        what = said("is not here, and {file} is from it", file=carrier.shown)
        raise PipelineError(what, path=shown, remedy="name it behind the file, or make it anew with -o")
    catalog = whole_catalog(read_bytes(path, shown), shown)
    locale = target_locale(catalog, shown)
    if sheet.target_locale and locale and sheet.target_locale != locale:
        other = sheet.target_locale
        what = said("is in {locale}, and {file} in {other}", locale=locale, file=carrier.shown, other=other)
        raise PipelineError(what, path=shown)
    taken = taken_back(catalog, sheet.messages, theirs=wishes.theirs)
    if taken.taken and "PO-Revision-Date" in taken.catalog.metadata:
        taken.catalog.metadata["PO-Revision-Date"] = now()
    _deliver(catalog_bytes(taken.catalog), wishes, path, shown, project)
    return _told(taken, shown)


def _deliver(data: bytes, wishes: Wishes, path: Path, shown: str, project: Project | None) -> None:
    if wishes.dry_run:
        return
    if wishes.output == "-":
        out_bytes(data)
    elif wishes.output:
        write_atomically(Path(wishes.output), data)
    else:
        home = project.root if project and path.resolve().is_relative_to(project.root) else None
        with told_of(shown):
            is_new = write_atomically(path, data, home)
        if is_new:
            detail(_("{file}: written").format(file=shown))


def _told(taken: Taken, shown: str) -> int:
    """Say what became of the messages, one line for each that needs a look."""
    lines = list(_lines([*taken.moved, *taken.told], shown))
    visible = lines if shell().verbosity > 0 else lines[:_MOST]
    for line in visible:
        note(line)
    if len(lines) > len(visible):
        note(_("… and {number} more; -v shows them").format(number=len(lines) - len(visible)))
    parts = [_("{number} taken").format(number=taken.taken)]
    counts = (
        (_("{number} as they were"), taken.same),
        (_("{number} not taken"), len(taken.told)),
        (_("{number} not here"), taken.absent),
    )
    parts += [what.format(number=number) for what, number in counts if number]
    note(_("{file}: {what}").format(file=shown, what=_(", ").join(parts)))
    return len(taken.told)


def _lines(several: Iterable[Told], shown: str) -> Iterator[str]:
    sayings = _sayings()
    for reason, message, brought in several:
        place = f"{shown}:{message.linenum}" if message is not None and message.linenum else shown
        translation = short(" / ".join(filter(None, forms_of(brought))))
        told = _("{place}: {text} {said}: {translation}")
        yield told.format(place=place, text=short(brought.msgid), said=sayings[reason], translation=translation)


def _sayings() -> Mapping[Reason, str]:
    """What became of a message, said behind its text."""
    return {
        "taken": _("has another source text since the export; the translation is taken, and is fuzzy"),
        "differs": _("has another translation here; kept, --theirs takes what the file has"),
        "both changed": _("was changed here since the export, and in the file; kept, --theirs takes what the file has"),
        "comment": _("has a comment that was changed here and in the file; kept, --theirs takes the file's"),
        "emptied": _("is empty in the file; its translation is kept, --theirs empties it"),
        "forms": _("has other plural forms in the file; not taken"),
        "source changed": _("has another source text since the export; the translation in the file is not taken"),
        "no such message": _("is no longer in the catalog; its translation is not taken"),
        "several": _("stands in several contexts with different translations; not taken"),
    }
