"""What `bilect check` does to files with --fix, --unsafe-fixes and --diff."""

from __future__ import annotations

import sys

from pipeline.cli.console import fail, in_colour, note, out
from pipeline.model import Finding, PipelineError
from pipeline.project.bare import project_around
from pipeline.project.baseline import against_baseline, baseline_file
from pipeline.project.fixing import MendedFile, Wishes, diff_of, mended_files, write_mended
from pipeline.project.root import Project
from pipeline.text.printable import visible
from pipeline.text.tongue import _, counted

_COLOURS = {"-": "31", "+": "32", "@": "36"}


def without_known(found: list[Finding], baseline: str | None) -> list[Finding]:
    """Return the findings that the baseline, named or configured, does not list: what it lets pass is not mended."""
    file = baseline_file(baseline, project_around())
    return found if file is None else [*against_baseline(found, file, None).new]


def shown_diff(wishes: Wishes, project: Project | None) -> int:
    """Print what mending would change, and return 1 when it would change anything."""
    made, troubles = mended_files(wishes, project)
    for trouble in troubles:
        fail(trouble)
    for file in made:
        for line in diff_of(file):
            out(_coloured(visible(line)) if in_colour(sys.stdout) else visible(line) if sys.stdout.isatty() else line)
    files = counted(len(made), "file")
    note(_("{findings} would be mended in {files}.").format(findings=_edits(made), files=files))
    return int(bool(made))


def fixed(wishes: Wishes, project: Project | None) -> list[MendedFile]:
    """Mend the catalogs, and return those that were written."""
    made, troubles = mended_files(wishes, project)
    for trouble in troubles:
        fail(trouble)
    written = []
    for file in made:
        try:
            write_mended(file, project)
        except PipelineError as error:
            fail(error)
        else:
            written.append(file)
    return written


def tell_fixed(written: list[MendedFile], left: int) -> None:
    """Say what was mended, and how many findings are left."""
    files = counted(len(written), "file")
    note(_("Fixed {findings} in {files}, {left:,} left.").format(findings=_edits(written), files=files, left=left))


def _edits(made: list[MendedFile]) -> str:
    return counted(sum(file.count for file in made), "finding")


def _coloured(line: str) -> str:
    colour = "1" if line.startswith(("---", "+++")) else _COLOURS.get(line[:1], "")
    return f"\x1b[{colour}m{line}\x1b[0m" if colour else line
