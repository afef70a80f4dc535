"""What a change brought: the findings of now that were not there at the commit it began with."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import chdir
from pathlib import Path

from pipeline.model import Finding, PipelineError
from pipeline.project.bare import project_around, with_slashes
from pipeline.project.repository import Change, Places, change_since, places, tracked, tree_before
from pipeline.validator.baseline import identity

Check = Callable[[Sequence[str]], Iterable[Finding]]


def brought(findings: Sequence[Finding], revision: str, paths: Sequence[str], check: Check) -> list[Finding]:
    """Return the findings that were not there at ``revision``, in their order; ``check`` finds what is wrong with ``paths``.

    What stood there then is checked in the same way, and each finding that is there still is taken away: known by its
    file, also where that was renamed, its rule and its texts. Files that git ignores have none.

    Raises:
        PipelineError: There is no git, no repository or no such commit, or the history does not reach back to it.
    """
    here = Path.cwd()
    change = change_since(revision, here)
    if change.is_none or not findings:
        return []
    now = places(project_around())
    before = _before(change, paths, check, now)
    known = tracked(change)
    new = []
    for finding in findings:
        path = now.within(finding.path)
        mark = (change.renamed.get(path, path), *identity(finding))
        if before[mark] > 0:
            before[mark] -= 1
        elif path in known:
            new.append(finding)
    return new


def _before(change: Change, paths: Sequence[str], check: Check, now: Places) -> Counter[tuple[str, ...]]:
    """How often each finding was there at the base, by its path in the repository and its identity."""
    here = Path.cwd()
    named = list(map(with_slashes, paths))
    folders = [*now.bases, *(Path(os.path.abspath(path)) for path in named)]
    with tree_before(change, folders) as root:
        start = root / os.path.relpath(here, change.top)
        if not start.is_dir():
            return Counter()
        earlier = list(_earlier(named, change, root, here))
        with chdir(start):
            return Counter(_checked(earlier, check)) if earlier or not named else Counter()


def _earlier(named: Iterable[str], change: Change, root: Path, here: Path) -> Iterator[str]:
    """The paths by their names at the base, relative to the folder that stands for ``here``; new ones had none."""
    for path in named:
        inside = os.path.relpath(os.path.abspath(path), change.top)
        old = root / change.renamed.get(Path(inside).as_posix(), inside)
        if old.is_relative_to(root) and old.exists():
            yield os.path.relpath(old, root / os.path.relpath(here, change.top))


def _checked(paths: Sequence[str], check: Check) -> Iterator[tuple[str, ...]]:
    try:
        then = places(project_around())
        found = list(check(paths))
    except PipelineError:  # there was no project then, or no right configuration: all is new
        return
    for finding in found:
        yield (then.within(finding.path), *identity(finding))
