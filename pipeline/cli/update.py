"""`bilect update`: the templates and catalogs of a project, brought up to date with its pages."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import cast

import click

from pipeline.catalogs.charset import decoded
from pipeline.cli.console import detail, fail, note, out, tell_done, told_and_awaited
from pipeline.cli.files import tell
from pipeline.cli.table import BOLD, GREEN, RED, painted
from pipeline.model import Finding, Language, PipelineError
from pipeline.project.bare import with_slashes
from pipeline.project.files import NoSpaceError
from pipeline.project.load import LoadedCourse, load
from pipeline.project.locales import LANGUAGES, Change
from pipeline.project.lock import at_work
from pipeline.project.orphans import Orphans, orphans
from pipeline.project.progress import watched
from pipeline.project.remains import Remains, remains
from pipeline.project.root import Project, project_of
from pipeline.project.update import (
    CatalogUpdate,
    CourseUpdate,
    Outcome,
    Selection,
    course_update,
    orphan_updates,
    write_catalog,
)
from pipeline.text.printable import excerpt, one_line, visible
from pipeline.text.tongue import _, counted
from pipeline.validator.report import exit_status

_COLOURS: Mapping[str, str] = {"-": RED, "+": GREEN, "@": "36"}  # by how a line of a diff begins
_SHOWN = 60  # characters of a text
_NO_FILE = "/dev/null"  # as diffs call it everywhere


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--lang", "languages", multiple=True, type=click.Choice(LANGUAGES), help="Only catalogs of this language."
)
@click.option("-n", "--dry-run", is_flag=True, help="Write nothing; say what would be written.")
@click.option("--diff", "shows", is_flag=True, help="Show what changes in the catalogs, on standard output.")
@click.option("--memory", "recalls", is_flag=True, help="Fill empty messages from the memory of the project.")
@click.option("--wait", is_flag=True, help="Wait for another process that is at work on the project.")
def command(
    paths: tuple[str, ...], languages: tuple[str, ...], dry_run: bool, shows: bool, recalls: bool, wait: bool
) -> int:
    """Bring templates and catalogs up to date with the pages.

    A PATH is a page, a catalog or a folder of the project; without one it is all of it. No translation is lost: it is
    kept, moved with its text to another page, fuzzy where the text has changed, or obsolete. A page that was renamed
    takes its catalog along. What bilect run made of a course that is gone is removed, unless somebody changed it. A
    catalog in which only line numbers would change is left alone. --lang makes catalogs of a further language too.
    --memory does what bilect memory fill does afterwards; memory = true in the configuration always does.

    \b
    bilect update --dry-run --diff             what would happen
    bilect update source_docs/ml --lang zh_TW  the catalogs of a course in traditional Chinese
    """
    project = project_of(Path.cwd())
    selection = Selection(_named(paths, project), cast("tuple[Language, ...]", languages))
    with nullcontext() if dry_run else at_work(project, told_and_awaited if wait else None):
        known = _recalling(project) if recalls or project.config.memory else project
        done = _Work(known, selection, is_dry=dry_run, shows=shows).done()
    for path in sorted(selection.paths or ()):
        if not Selection(frozenset((path,))).wants(*done.seen):
            fail(PipelineError("names no page and no catalog of a page", path=path, remedy="mend the path"))
    say = note if shows else out if dry_run else tell_done
    for line in _lines(done, is_dry=dry_run):
        say(line)
    for outcome in done.outcomes:
        for number, text in outcome.unplaced:
            place = f"{outcome.origin or outcome.path}:{number}"
            told = _("{place}: the translation of {text} fits nowhere now, and is kept as obsolete")
            detail(one_line(told.format(place=place, text=_excerpt(text))))
    tell(done.findings)
    return exit_status(done.findings)


def _recalling(project: Project) -> Project:
    """The project, so that its memory fills catalogs."""
    from pipeline.project.recall import recalling  # SQLite, which few updates need

    known, troubles = recalling(project)
    for trouble in troubles:
        fail(trouble)
    return known


def _named(paths: Sequence[str], project: Project) -> frozenset[str] | None:
    """The paths as they are called in the project, None for all of it; those that name nothing are told."""
    named: set[str] = set()
    for path in map(with_slashes, paths):
        whole = Path(os.path.abspath(path))  # resolve() would follow links
        if not whole.exists():
            fail(PipelineError("there is no such file or folder", path=path, remedy="mend the path"))
        elif not whole.is_relative_to(project.root):
            fail(PipelineError("is not in this project", path=path, remedy="name a page or a catalog of it"))
        elif project.root.joinpath(project.config.source).is_relative_to(whole):
            return None
        else:
            named.add(whole.relative_to(project.root).as_posix())
    return frozenset(named) if paths else None


@dataclass(slots=True)
class _Done:
    """What an update did or would do: ``seen`` are the paths of all pages and catalogs that it looked at."""

    outcomes: list[Outcome] = field(default_factory=list)
    templates: int = 0
    removed: list[str] = field(default_factory=list)
    remains: Remains = field(default_factory=Remains)
    total: int = 0
    seen: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


class _Work:
    """An update, course by course, so that one that cannot be finished has done the courses before."""

    def __init__(self, project: Project, selection: Selection, *, is_dry: bool, shows: bool) -> None:
        self.project, self.selection = project, selection
        self.is_dry, self.shows = is_dry, shows
        self.result = _Done()

    def done(self) -> _Done:
        sources = self.project.sources()
        for trouble in sources.troubles:
            fail(trouble)
        alone = orphans(self.project, sources)
        try:
            for folder in watched(sources.courses, len(sources.courses), "courses"):
                if self.selection.may_want(self.project, folder):
                    self._course(load(self.project, folder), alone)
            self._finish(orphan_updates(self.project, alone, self.selection))
            if self.selection == Selection():
                self.result.remains = remains(self.project, sources)
                for path in (*self.result.remains.made, *self.result.remains.records):
                    self._does(partial(self.project.remove, path))
        except NoSpaceError as error:
            fail(error)
        return self.result

    def _course(self, loaded: LoadedCourse, alone: Orphans) -> None:
        for trouble in loaded.troubles:
            if self.selection.wants(trouble.path):
                fail(trouble)
        self.result.seen |= {file.path for file, _ in loaded.tracks}
        for _file, page in loaded.sources:
            self.result.seen.add(page.path)
            if self.selection.wants(page.path):
                self.result.findings += [each for each in page.findings if each.severity == "error"]
        update = course_update(self.project, loaded, alone, self.selection)
        if self.project.config.memory:
            from pipeline.project.recall import recalled  # SQLite, which few updates need

            recalled(self.project, update)
        self._finish(update)

    def _finish(self, update: CourseUpdate) -> None:
        """Show, write and remember what is to become of some files."""
        for trouble in update.troubles:
            self.result.seen.add(trouble.path)
            if self.selection.wants(trouble.path):
                fail(trouble)
        for template in update.templates:
            self.result.templates += self._does(partial(self._template, template))
        for catalog in update.catalogs:
            self.result.total += 1
            self.result.seen |= {catalog.outcome.path, catalog.outcome.origin}
            if catalog.outcome.is_changed:
                self._catalog(catalog)
        for path in update.removed:
            self.result.seen.add(path)
            if self._does(partial(self.project.remove, path)):
                self.result.removed.append(path)

    def _template(self, change: Change) -> None:
        if change.data is not None:
            self.project.write(change.path, change.data)

    def _catalog(self, update: CatalogUpdate) -> None:
        if self._does(partial(write_catalog, self.project, update)):
            self.result.outcomes.append(update.outcome)
            for line in _diff(update) if self.shows else ():
                out(line)

    def _does(self, effect: Callable[[], object]) -> bool:
        """Have an effect, unless nothing is to be written; say whether that went well."""
        try:
            if not self.is_dry:
                effect()
        except NoSpaceError:  # nothing that follows can be written either
            raise
        except PipelineError as error:
            fail(error)
            return False
        return True


# --- what is told


def outcome_line(outcome: Outcome) -> str:
    """Return one line on what became of a catalog that changes."""
    counts = (
        (_("{number} new"), outcome.new),
        (_("{number} filled in from the pages"), outcome.filled),
        (_("{number} fuzzy"), outcome.fuzzy),
        (_("{number} moved"), outcome.moved),
        (_("{number} obsolete"), outcome.obsolete),
        (_("{number} filled in from the memory"), outcome.remembered),
        (_("{number} as fuzzy from the memory"), outcome.suggested),
        (_("{number} noted from the memory"), outcome.noted),
    )
    said = _(", ").join(told.format(number=number) for told, number in counts if number)
    if outcome.is_orphan:
        said = _end(outcome)
    elif outcome.origin:
        along = _("taken along from {file}, whose page was renamed").format(file=outcome.origin)
        said = _("{sentence}: {what}").format(sentence=along, what=said) if said else along
    elif outcome.is_new:
        said = _("made, {what}").format(what=said or _("without messages"))
    return one_line(_("{file}: {what}").format(file=outcome.path, what=said or _("notes and comments changed")))


def _end(outcome: Outcome) -> str:
    """What became of the catalog of a page that is gone."""
    if outcome.origin:
        return _("its page is gone, and all that it says is in {file}: removed").format(file=outcome.origin)
    if outcome.is_removed:
        return _("its page is gone, and nothing in it was translated: removed")
    told = _("its page is gone: {number} obsolete, kept for when their texts come back")
    return told.format(number=outcome.obsolete)


def _lines(done: _Done, *, is_dry: bool) -> Iterator[str]:
    for outcome in done.outcomes:
        yield outcome_line(outcome)
    for path in done.removed:
        yield one_line(_("{file}: its page is gone: removed").format(file=path))
    yield from remains_lines(done.remains)
    count, catalogs, templates = len(done.outcomes), counted(done.total, "catalog"), counted(done.templates, "template")
    if count or done.templates or done.removed or done.remains.made:
        told = _("{number} of {catalogs} updated, {templates} written.")
        would = _("{number} of {catalogs} would be updated, {templates} would be written.")
        yield (would if is_dry else told).format(number=count, catalogs=catalogs, templates=templates)
    else:
        yield _("Nothing to update in {catalogs}.").format(catalogs=catalogs)


def remains_lines(found: Remains) -> Iterator[str]:
    """Yield what becomes of the tables and exports of courses, pages and tracks that are gone, a line a folder."""
    for folder, number in sorted(Counter(PurePosixPath(path).parent.as_posix() for path in found.made).items()):
        files = counted(number, "file")
        yield one_line(_("{folder}: its course is gone: {files} removed").format(folder=folder, files=files))
    for path in found.kept:
        yield one_line(
            _("{file}: its course is gone; it was changed, or made elsewhere, and is kept").format(file=path)
        )
    for folder, number in sorted(Counter(PurePosixPath(path).parent.as_posix() for path in found.stale).items()):
        files = counted(number, "file")
        yield one_line(_("{folder}: {files} removed, made of what is no more").format(folder=folder, files=files))


def _excerpt(text: str) -> str:
    return f'"{excerpt(text, _SHOWN)}"'


def _diff(update: CatalogUpdate) -> Iterator[str]:
    outcome = update.outcome
    old = outcome.origin if outcome.origin and not outcome.is_orphan else outcome.path
    return diff_lines((old, update.before), (outcome.path, update.after))


def diff_lines(old: tuple[str, bytes | None], new: tuple[str, bytes | None]) -> Iterator[str]:
    """A unified diff of a catalog in which every character can be seen; both sides are a path and bytes, None for no file."""
    names = (
        f"a/{one_line(old[0])}" if old[1] is not None else _NO_FILE,
        f"b/{one_line(new[0])}" if new[1] is not None else _NO_FILE,
    )
    lines = difflib.unified_diff(_text_lines(old[1]), _text_lines(new[1]), *names, lineterm="")
    for number, line in enumerate(lines):
        colour = BOLD if number < 2 else _COLOURS.get(line[:1], "")
        yield painted(colour, visible(line))


def _text_lines(data: bytes | None) -> list[str]:
    text = decoded(data).text if data else ""
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []
