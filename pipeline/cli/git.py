"""`bilect git`: catalogs merged and compared by message in git."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.console import fail, note, out, tell_done
from pipeline.model import PipelineError
from pipeline.project.bare import NamedFile, named_files, project_around
from pipeline.project.catalog_files import CATALOGS
from pipeline.project.git import Step, install, uninstall
from pipeline.project.lock import guarded
from pipeline.project.merging import merged_files, resolved
from pipeline.text.printable import excerpt, one_line
from pipeline.text.tongue import _, ngettext, told

_TOLD = 5  # messages of a conflict that are named


@click.group()
def command() -> None:
    """Merge and compare catalogs by message in git.

    `bilect git install` in a clone, once: then two people can translate one file, and `git diff` shows messages.
    """


_everywhere = click.option("--global", "everywhere", is_flag=True, help="In all your repositories, not in this one.")


@command.command("install")
@_everywhere
def install_command(everywhere: bool) -> int:
    """Have git merge and compare catalogs by message.

    This sets a merge driver and a textconv in the configuration of the repository, which git does not share: each clone
    needs it once. The lines that it adds to .gitattributes are for all; a clone without bilect merges as before.

    \b
    bilect git install             in this repository
    bilect git install --global    in all of yours
    """
    for step in install(Path.cwd(), everywhere=everywhere):
        _tell(step)
    if not everywhere:
        note(_("Commit .gitattributes. Each clone needs bilect git install once."))
    return 0


@command.command("uninstall")
@_everywhere
def uninstall_command(everywhere: bool) -> int:
    """Undo what bilect git install did."""
    for step in uninstall(Path.cwd(), everywhere=everywhere):
        _tell(step)
    return 0


@command.command("resolve")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--take", type=click.Choice(("ours", "theirs")), required=True,
    help="Whose translations stay: those in msgstr (ours) or those in the comments (theirs).",
)  # fmt: skip
def resolve_command(paths: tuple[str, ...], take: str) -> int:
    """Settle what a merge left in catalogs, for one side.

    For some messages only, edit the file: keep one translation, delete the comment lines that begin with merge-conflict,
    and the word fuzzy. In a rebase git calls ours what you rebase onto.

    \b
    bilect git resolve --take theirs locales && git add locales
    """
    project = project_around()
    files, troubles = named_files(paths, CATALOGS, project)
    for trouble in troubles:
        fail(trouble)
    with guarded(project, writes=True):
        for file in files:
            _resolve(file, take)
    return 0


def _resolve(file: NamedFile, take: str) -> None:
    try:
        count = resolved(file.path, file.shown, take_theirs=take == "theirs")
    except PipelineError as error:
        fail(error)
        return
    if count or file.is_alone:
        note(_("{file}: {number} settled.").format(file=file.shown, number=count))


@command.command("merge-driver", hidden=True)
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("path", default="")
def merge_driver(base: Path, ours: Path, theirs: Path, path: str) -> int:
    """Merge three versions of a catalog into OURS, as git asks for with %O %A %B %P.

    The status is 1 where both sides translated a message differently.
    """
    shown = one_line(path or ours.as_posix())
    merged = merged_files(base, ours, theirs)
    if merged.trouble:
        by_line = _("{file}: {trouble}; it is merged line by line")
        left = _("{file}: {trouble}; {file} is left as this side has it")
        note((by_line if merged.is_clean else left).format(file=shown, trouble=told(merged.trouble)))
        return int(not merged.is_clean)
    for _line, msgid in merged.conflicts[:_TOLD]:
        note(_("{file}: both sides translated {text}").format(file=shown, text=_short(msgid)))
    if merged.conflicts:
        count = len(merged.conflicts)
        fuzzy = ngettext(
            "{file}: {number} message is fuzzy now,"
            " with the other translation in the comment (bilect rule merge-conflict-kept)",
            "{file}: {number} messages are fuzzy now,"
            " with the other translation in the comment (bilect rule merge-conflict-kept)",
            count,
        )
        note(fuzzy.format(file=shown, number=count))
    return int(bool(merged.conflicts))


@command.command("textconv", hidden=True)
@click.argument("path", type=click.Path(path_type=Path))
def textconv(path: Path) -> int:
    """Show a catalog as git diff compares it: a block a message."""
    from pipeline.catalogs.readable import readable
    from pipeline.project.files import read_bytes

    if text := readable(read_bytes(path)):
        out(text.removesuffix("\n"))
    return 0


def _tell(step: Step) -> None:
    tell_done(f"{step.path}: {told(step.action)}")
    for line in step.lines:
        tell_done(f"    {line}")


def _short(text: str) -> str:
    return f"“{excerpt(text, 60)}”"
