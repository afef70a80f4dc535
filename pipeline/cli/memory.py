"""`bilect memory`: what was translated before, found again and filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

import click

from pipeline.catalogs.languages import Locales
from pipeline.catalogs.memory import Memory
from pipeline.catalogs.memory_files import as_tmx, as_tsv
from pipeline.catalogs.po import catalog_bytes, whole_catalog
from pipeline.catalogs.suggestions import Suggestion, Wanted, suggestions
from pipeline.catalogs.tags import locale_of
from pipeline.cli.console import detail, fail, note, out, tell_done, told_and_awaited
from pipeline.cli.files import deliver_bytes
from pipeline.cli.table import GREEN, YELLOW, Column, dim, table
from pipeline.model import PipelineError
from pipeline.project.bare import NamedFile, named_files, project_around
from pipeline.project.catalog_files import CATALOGS, project_catalogs
from pipeline.project.files import NoSpaceError
from pipeline.project.lock import at_work
from pipeline.project.memory import (
    IMPORTED,
    Fill,
    demand_lasting,
    filled,
    in_step,
    is_catalog_of_course,
    origin_name,
    project_memory,
    remembered,
)
from pipeline.project.progress import watched
from pipeline.project.root import Project, project_of
from pipeline.text.printable import one_line
from pipeline.text.tongue import _, counted

_FORMS = {".tmx": "tmx", ".tsv": "tsv"}


@click.group()
def command() -> None:
    """Find, fill in and exchange what was translated before.

    The memory is .bilect/memory.sqlite of the project; it says what the catalogs say, and what was imported. It can be
    deleted: what the catalogs say comes back by itself, what was imported is to be imported again.
    """


def _memory_option(function: Callable[..., int]) -> Callable[..., int]:
    return click.option(
        "--memory",
        "file",
        metavar="FILE",
        help="Another memory, which is not kept in step with the catalogs; import makes it where it is missing.",
    )(function)


def _locale(_context: click.Context, option: click.Parameter, value: str | None) -> str:
    if value is None:
        return ""
    if not (locale := locale_of(value)):
        raise click.BadParameter(_("{value!r} is no locale, as zh_CN is").format(value=value), param=option)
    return locale


@command.command("import")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--from", "source", callback=_locale, metavar="LOCALE", help="The locale that FILE translates from.")
@click.option("--to", "target", callback=_locale, metavar="LOCALE", help="The locale that FILE translates into.")
@_memory_option
def import_(files: tuple[str, ...], source: str, target: str, file: str | None) -> int:
    """Take pairs from catalogs, TMX and XLIFF files and tables into the memory.

    A table is a .tsv or .csv file, one pair a row: source, target, and a context if you like, or what a first row names
    (source, target, context, or languages). Without FILE the catalogs of the project are read, which every command of
    the memory does for those that have changed. A file that is imported again takes the place of what it said before.

    \b
    bilect memory import old.tmx job.xliff glossary.tsv
    bilect memory import --from en --to zh_CN pairs.csv
    """
    with _opened(file) as (memory, project):
        found, troubles = named_files(files, IMPORTED, project) if files else ([], [])
        for trouble in troubles:
            fail(trouble)
        for each in watched(found, len(found), "files"):
            _import(memory, each, Locales(source, target))
        origins = memory.origins().values()
        catalogs = sum(origin.is_catalog for origin in origins)
        told = _("{pairs} in the memory, of {files}, {number} of them catalogs.")
        tell_done(told.format(pairs=counted(len(memory), "pair"), files=counted(len(origins), "file"), number=catalogs))
    return 0


def _import(memory: Memory, file: NamedFile, locales: Locales) -> None:
    origin = memory.origins().get(file.shown)
    if origin and origin.is_catalog:
        told = _("{file}: is a catalog of the project, {pairs}")
        note(told.format(file=one_line(file.shown), pairs=counted(origin.pairs, "pair")))
        return
    try:
        pairs = counted(remembered(memory, file, locales), "pair")
        note(_("{file}: {what}").format(file=one_line(file.shown), what=pairs))
    except PipelineError as error:
        fail(error)


@command.command("forget")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@_memory_option
def forget(files: tuple[str, ...], file: str | None) -> int:
    """Drop what was imported from FILEs.

    A FILE is called as `bilect memory list` calls it.
    """
    with _existing(file) as (memory, _project), memory.writing():
        demand_lasting(memory)
        for path in files:
            origin = memory.origins().get(path)
            if origin is None:
                fail(PipelineError("nothing was imported from it", path=path, remedy="see bilect memory list"))
            elif origin.is_catalog:
                fail(PipelineError("is a catalog of the project", path=path, remedy="it goes with the catalog"))
            else:
                pairs = counted(memory.forget(path), "pair")
                tell_done(_("{file}: {pairs} forgotten.").format(file=one_line(path), pairs=pairs))
    return 0


@command.command("list")
@_memory_option
def list_(file: str | None) -> int:
    """List the files that the memory is from."""
    with _existing(file) as (memory, _project):
        rows = [
            (str(origin.pairs), _("catalog") if origin.is_catalog else _("imported"), origin.path)
            for origin in memory.origins().values()
        ]
    columns = Column(_("pairs"), is_number=True), Column(_("kind"), colour=dim), Column(_("file"), gives=True)
    out("\n".join(table(columns, rows)) if rows else _("The memory is empty."))
    return 0


@command.command("export")
@click.option("-o", "--output", metavar="OUT", help="A .tmx or .tsv file; without it, or with -, standard output.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("tmx", "tsv")),
    help="TMX 1.4b, or a table.  [default: by the end of OUT, tmx]",
)
@_memory_option
def export(output: str | None, form: str | None, file: str | None) -> int:
    """Write all pairs as TMX or as a table.

    Both are read again by `bilect memory import`.

    \b
    bilect memory export -o course.tmx
    """
    form = form or _FORMS.get(Path(output or "").suffix.lower(), "tmx")
    with _existing(file) as (memory, _project):
        data = (as_tmx if form == "tmx" else as_tsv)(memory.pairs())
        deliver_bytes(data, output, ())
        note(_("{sentence}.").format(sentence=counted(len(memory), "pair")))
    return 0


# --- search


@command.command("search")
@click.argument("words", nargs=-1, required=True, metavar="TEXT")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="At most so many pairs.")
@click.option(
    "--min", "minimum", type=click.IntRange(1, 100), default=60, show_default=True, metavar="PERCENT",
    help="How alike a text has to be that does not contain TEXT.",
)  # fmt: skip
@click.option("--from", "source", callback=_locale, metavar="LOCALE", help="Only pairs with TEXT in this locale.")
@click.option("--to", "target", callback=_locale, metavar="LOCALE", help="Only translations into this locale.")
@click.option(
    "--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True,
    help="For people, or for programs.",
)  # fmt: skip
@_memory_option
def search(
    words: tuple[str, ...], limit: int, minimum: int, source: str, target: str, form: str, file: str | None
) -> int:
    """Find how a text was translated, in either language.

    First the same text, then like ones and longer ones that contain it; each says how much is alike in per cent, and
    what alone differs. docs/json.md explains the JSON form. The exit status is 1 when nothing is found.

    \b
    bilect memory search risk stratification
    bilect memory search 树
    """
    text = " ".join(words)
    if not text.strip():
        raise click.UsageError(_("TEXT is empty"))
    with _existing(file) as (memory, _project):
        wanted = Wanted(source or None, target or None, minimum, contains=True)
        found = suggestions(memory, text, wanted)[:limit]
        is_empty = not found and not len(memory)
    if form == "json":
        from pipeline.project.memory_schema import suggestions_json  # pydantic is heavy

        out(suggestions_json(found))
    elif found:
        out("\n".join(_shown(found)))
    else:
        out(
            _("The memory is empty: translate a catalog, or bilect memory import FILE.")
            if is_empty
            else _("Nothing like it.")
        )
    return int(not found)


def _shown(found: Sequence[Suggestion]) -> Iterator[str]:
    columns = (
        Column("%", is_number=True, colour=lambda score: GREEN if score == "100" else ""),
        Column(_("differs in"), colour=lambda _text: YELLOW),
        Column(_("text"), gives=True),
        Column(_("translation"), gives=True),
    )
    rows = [(str(each.score), _difference(each), each.source, each.target) for each in found]
    return table(columns, rows, notes=[_origin(each) for each in found])


def _difference(suggestion: Suggestion) -> str:
    said = {
        "exact": "", "similar": _("words"), "contains": _("is longer"), "numbers": _("numbers"), "markup": _("markup"),
    }  # fmt: skip
    return said.get(suggestion.likeness, suggestion.likeness)


def _origin(suggestion: Suggestion) -> str:
    pair = suggestion.pair
    parts = [
        pair.place if pair.place and is_catalog_of_course(pair.origin) else origin_name(pair.origin),
        pair.place if not is_catalog_of_course(pair.origin) else "",
        _("context {context}").format(context=pair.context) if pair.context is not None else "",
        "" if pair.reviewed else _("fuzzy"),
        _("and in {places}").format(places=counted(suggestion.times - 1, "more place")) if suggestion.times > 1 else "",
    ]
    return " · ".join(filter(None, parts))


# --- fill


@command.command("fill")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--min", "minimum", type=click.IntRange(1, 100), default=75, show_default=True, metavar="PERCENT",
    help="How alike a text has to be for its translation to be filled in.",
)  # fmt: skip
@click.option("-n", "--dry-run", is_flag=True, help="Write nothing; say what would be filled.")
@click.option("--wait", is_flag=True, help="Wait for another process that is at work on the project.")
@_memory_option
def fill(paths: tuple[str, ...], minimum: int, dry_run: bool, wait: bool, file: str | None) -> int:
    """Fill empty messages of catalogs with what was translated before.

    A PATH is a catalog or a folder of them; without any, these are all of the project. What is typed is never touched. A
    translation of the same text in the same context that was reviewed is final; all else is fuzzy, and a note says where
    it is from and how alike. One that would break the markup of its page stands in a note only.

    \b
    bilect memory fill --dry-run
    bilect memory fill --min 90 locales/zh_CN/LC_MESSAGES/ml
    """
    with _existing(file) as (memory, project):
        files, troubles = named_files(paths, CATALOGS, project) if paths else project_catalogs(project_of(Path.cwd()))
        for trouble in troubles:
            fail(trouble)
        with at_work(project, told_and_awaited if wait else None) if project and not dry_run else nullcontext():
            _fill(memory, files, minimum, is_dry=dry_run)
    return 0


def _fill(memory: Memory, files: Sequence[NamedFile], minimum: int, *, is_dry: bool) -> None:
    total, changed, say = Fill(), 0, out if is_dry else tell_done
    for file in watched(files, len(files), "catalogs"):
        try:
            catalog, done = filled(whole_catalog(file.read(), file.shown), memory, minimum=minimum)
            data = catalog_bytes(catalog)
            if not is_dry:
                file.write(data)
        except NoSpaceError:  # nothing that follows can be written either
            raise
        except PipelineError as error:
            fail(error)
            continue
        total = Fill(*map(sum, zip(total, done, strict=True)))
        changed += data != catalog.data
        line = _("{file}: {what}").format(file=one_line(file.shown), what=_said(done))
        (say if done.final or done.fuzzy or done.noted else detail)(line)
    told = (
        _("{number} of {catalogs} would be changed: {what}.")
        if is_dry
        else _("{number} of {catalogs} changed: {what}.")
    )
    say(told.format(number=changed, catalogs=counted(len(files), "catalog"), what=_said(total)))


def _said(done: Fill) -> str:
    names = (_("{number} filled"), _("{number} filled as fuzzy"), _("{number} only noted"), _("{number} still empty"))
    said = [name.format(number=number) for number, name in zip(done, names, strict=True) if number]
    return _(", ").join(said) or _("nothing is empty")


# --- what they share


@contextmanager
def _existing(file: str | None) -> Iterator[tuple[Memory, Project | None]]:
    """The memory that a command works with, which is not to be made where it is misspelt."""
    if file is not None and not Path(file).exists():
        raise PipelineError("there is no such file", path=file, remedy="mend the path; bilect memory import makes one")
    with _opened(file) as found:
        yield found


@contextmanager
def _opened(file: str | None) -> Iterator[tuple[Memory, Project | None]]:
    """The memory that a command works with, in step with the catalogs where it is that of the project."""
    project = project_around()
    with closing(project_memory(project, file)) as memory:
        if project and file is None:
            step = in_step(memory, project)
            for trouble in step.troubles:
                fail(trouble)
            if step.read or step.forgotten:
                told = _("{catalogs} read, {number} forgotten.") if step.forgotten else _("{catalogs} read.")
                detail(told.format(catalogs=counted(step.read, "catalog"), number=step.forgotten))
        if not memory.is_lasting:
            told = _("{file}: cannot be written; what is found out now is not kept.")
            detail(told.format(file=one_line(memory.path)))
        yield memory, project
