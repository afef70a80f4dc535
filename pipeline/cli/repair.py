"""`bilect repair`: mojibake and encodings of files, shown as a diff, written, and undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from pipeline.cli.console import detail, fail, note, out, out_bytes
from pipeline.cli.files import named
from pipeline.cli.table import BOLD, GREEN, RED, painted
from pipeline.model import PipelineError
from pipeline.project.bare import FileKind, NamedFile, named_files, project_around
from pipeline.project.lock import guarded
from pipeline.project.undo import can_be_undone, replace_source, undo
from pipeline.text.encoding import NotTextError
from pipeline.text.naming import PAGE_SUFFIXES
from pipeline.text.places import Lines
from pipeline.text.printable import one_line, visible
from pipeline.text.repair import Mend, Repair, repair
from pipeline.text.said import said, words_of
from pipeline.text.tongue import _, counted, ngettext, told

TEXTS = FileKind(
    said("page, subtitle file or catalog"),
    (*PAGE_SUFFIXES, ".srt", ".vtt", ".sbv", ".ass", ".ssa", ".bcc", ".po", ".pot", ".txt"),
)
_CYAN = "36"
_CONTEXT = 3  # lines around a change, as in any diff
_NAMED = 5  # places that a note names


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--to-utf8", is_flag=True, help="Convert to UTF-8 without a byte order mark, too.")
@click.option("--write", "action", flag_value="write", help="Write the files; the old bytes are kept.")
@click.option("--undo", "action", flag_value="undo", help="Bring back the bytes from before the last --write.")
def command(paths: tuple[str, ...], to_utf8: bool, action: str | None) -> int:
    """Repair mojibake and encodings of pages, subtitles and catalogs.

    A PATH is one of these, a .txt file, or a folder of them, in a project or not; - is standard input. Without --write
    nothing is written: the diff is shown, and the exit status is 1 when there is one. With -v, each repair is shown
    with its proof: the bytes that were meant, and what they look like read wrongly.

    The old bytes are kept in .bilect/undo of the project, or of the folder of the file.

    \b
    bilect repair source_docs                 what would change
    bilect repair --write course.en.md        write what is mended
    bilect repair --undo course.en.md         take it back
    bilect repair --to-utf8 --write old.md    GB18030, Big5, UTF-16 … to UTF-8
    """
    if action == "undo" and (to_utf8 or "-" in paths):
        raise click.UsageError(_("--undo takes files and folders, and no other option"))
    project = project_around()
    files, troubles = named_files([path for path in paths if path != "-"], TEXTS, project)
    for trouble in troubles:
        fail(trouble)
    if "-" in paths:
        files.append(named("-", project))
    with guarded(project, writes=action is not None):
        if action == "undo":
            return _undone(files)
        changed = sum(_repaired(file, to_utf8, action == "write") for file in files)
    _summary(changed, len(files), action == "write")
    return int(changed > 0 and action != "write")


def _repaired(file: NamedFile, to_utf8: bool, writes: bool) -> bool:
    """Show or write one file; say whether it is another now, or would be."""
    try:
        data = file.read()
        result = repair(data, file.path.name, to_utf8=to_utf8)
        changes = result.data != data
        if changes and writes and file.data is None:
            replace_source(file.path, data, result.data, file.shown)
    except NotTextError as error:
        fail(PipelineError(said("is not repaired: {why}", why=words_of(error)), path=file.shown))
        return False
    except PipelineError as error:
        fail(error)
        return False
    if writes and file.data is not None:
        out_bytes(result.data)
    elif changes and not writes:
        out("\n".join(_diff(file.shown, result)))
    _tell(file.shown, result, writes and changes)
    return changes


def _tell(path: str, result: Repair, is_written: bool) -> None:
    """Say what is proved, what was lost, and what the encoding cannot hold."""
    lines = Lines(result.before)
    for mend in result.mends:
        detail(f"{_place(path, lines, mend.start)}: {_shown(mend)}: {one_line(told(mend.proof))}")
    for mend in result.unwritable:
        place = _place(path, lines, mend.start)
        form = _("{place}: {change} cannot be written in {encoding}: use --to-utf8")
        note(form.format(place=place, change=_shown(mend), encoding=told(result.new_encoding)))
    if result.lost:
        note(_lost(path, result, lines))
    if is_written:
        note(_done(path, result))


def _lost(path: str, result: Repair, lines: Lines) -> str:
    places = ", ".join(f"{lines.place(each.start)[0]} ({one_line(each.before)})" for each in result.lost[:_NAMED])
    more = len(result.lost) - _NAMED
    all_ = _("{file}: lost for good, restore it from its source: line {places}")
    some = _("{file}: lost for good, restore it from its source: line {places} and {number} more")
    return (some if more > 0 else all_).format(file=path, places=places, number=more)


def _done(path: str, result: Repair) -> str:
    count = len(result.mends)
    repaired = ngettext("{file}: {number} place repaired", "{file}: {number} places repaired", count)
    converted = _("{file}: converted from {encoding}")
    both = ngettext(
        "{file}: {number} place repaired and converted from {encoding}",
        "{file}: {number} places repaired and converted from {encoding}",
        count,
    )
    form = repaired if result.old_encoding == result.new_encoding else both if count else converted
    return form.format(file=path, number=count, encoding=told(result.old_encoding))


def _shown(mend: Mend) -> str:
    return f"{one_line(mend.before)} → {one_line(mend.after)}".replace("\xa0", "\\xa0")


def _place(path: str, lines: Lines, start: int) -> str:
    return ":".join((path, *map(str, lines.place(start))))


def _summary(changed: int, total: int, writes: bool) -> None:
    files = counted(total, "file")
    if not changed:
        note(_("Nothing to repair in {files}.").format(files=files))
    elif writes:
        form = _("{number} of {files} written; bilect repair --undo brings the old bytes back.")
        note(form.format(number=changed, files=files))
    else:
        form = ngettext(
            "{number} of {files} would change; --write writes it.",
            "{number} of {files} would change; --write writes them.",
            changed,
        )
        note(form.format(number=changed, files=files))


def _undone(files: Sequence[NamedFile]) -> int:
    """Give files their old bytes back: those that were named, and those in folders that were repaired."""
    count = 0
    for file in files:
        if not file.is_alone and not can_be_undone(file.path):
            continue
        try:
            undo(file.path, file.shown)
        except PipelineError as error:
            fail(error)
            continue
        count += 1
        detail(_("{file}: as it was").format(file=file.shown))
    form = ngettext("{number} file has the old bytes again.", "{number} files have the old bytes again.", count)
    note(form.format(number=count))
    return 0


# --- the diff


def _diff(path: str, result: Repair) -> Iterator[str]:
    """A unified diff in which every character can be seen; a repair changes lines, and neither adds nor takes any."""
    yield painted(BOLD, f"--- {one_line(path)}\t{result.old_encoding}")
    yield painted(BOLD, f"+++ {one_line(path)}\t{result.new_encoding}")
    old, new = _lines(result.before), _lines(result.after)
    if old == new:
        same = _("The text is the same, its bytes are not: {old} becomes {new}.")
        yield same.format(old=told(result.old_encoding), new=told(result.new_encoding))
    for first, end in _hunks([number for number, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]):
        start, stop = max(0, first - _CONTEXT), min(len(old), end + _CONTEXT)
        size = stop - start
        yield painted(_CYAN, f"@@ -{start + 1},{size} +{start + 1},{size} @@")
        yield from _hunk(old[start:stop], new[start:stop])


def _lines(text: str) -> list[str]:
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if lines[-1] == "" else lines


def _hunks(changed: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Changed lines (from 0) in groups whose contexts touch, each as its first line and the one behind its last."""
    start = 0
    for index, number in enumerate(changed):
        if index + 1 == len(changed) or changed[index + 1] - number > 2 * _CONTEXT:
            yield changed[start], number + 1
            start = index + 1


def _hunk(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    waiting: list[str] = []
    for before, after in zip(old, new, strict=True):
        if before != after:
            yield painted(RED, f"-{visible(before)}")
            waiting.append(painted(GREEN, f"+{visible(after)}"))
            continue
        yield from waiting
        waiting.clear()
        yield f" {visible(before)}"
    yield from waiting
