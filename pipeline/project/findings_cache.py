"""What was found in catalogs when they were last checked, so that a run looks only at those that have changed.

A file a course in `.bilect/findings` of the project; who deletes it only waits. An answer counts as long as all that it
came from is the same: the catalog, its page, the terms, the rules, and which of the files that it names are there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import astuple, dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import TypeGuard

from pipeline.model import Change, Edit, Finding, PipelineError
from pipeline.project.files import write_generated
from pipeline.text.said import parts_of, said_again

_FOLDER = Path(".bilect", "findings")
_NAMES = [each.name for each in fields(Finding)]
_SAID = (_NAMES.index("message"), _NAMES.index("fix"))
_LONGEST = 1 << 26  # bytes of a file that is read: no cache is worth more

Known = dict[str, bool]  # paths that a rule asked for, and whether they are there


@dataclass
class FindingsCache:
    """The findings in the catalogs of a course, by path: the key that they are the answer to, paths, and findings."""

    place: Path
    root: Path
    kept: dict[str, list[object]] = field(default_factory=dict)
    is_changed: bool = False

    def findings(self, path: str, key: str, look: Callable[[Known], Iterable[Finding]]) -> list[Finding]:
        """Return what ``look`` finds in a catalog, from the cache where the same was asked before."""
        kept = self.kept.get(path)
        if kept and kept[0] == key:
            with suppress(TypeError, ValueError, LookupError, AttributeError):  # somebody edited the file
                return self._read(kept)
        known: Known = {}
        found = list(look(known))
        self.kept[path] = [key, known, [_row(finding) for finding in found]]
        self.is_changed = True
        return found

    def _read(self, kept: list[object]) -> list[Finding]:
        _, known, rows = kept
        if not isinstance(known, dict) or not isinstance(rows, list):
            raise TypeError
        if any((self.root / path).is_file() is not there for path, there in known.items()):
            raise ValueError
        return [_finding(row) for row in rows]

    def write(self) -> None:
        """Keep what was found, where a run has left its folder; else, and where nothing can be written, all is checked anew."""
        if self.is_changed and (self.root / _FOLDER.parent).is_dir():
            data = json.dumps(self.kept).encode()
            with suppress(PipelineError, OSError):
                write_generated(self.root / _FOLDER / ".gitignore", b"*\n", self.root)
                write_generated(self.place, data, self.root)


def findings_cache(root: Path, course: str) -> FindingsCache:
    """Return what is kept of a course."""
    from hashlib import sha256  # 2 ms, with OpenSSL, which catalogs outside a project do not need

    name = sha256(course.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    place = root / _FOLDER / f"{name}.json"
    kept: object = None
    with suppress(OSError, ValueError, RecursionError):
        if place.stat().st_size <= _LONGEST:
            kept = json.loads(place.read_bytes())
    return FindingsCache(place, root, kept if _is_kept(kept) else {})


def _is_kept(kept: object) -> TypeGuard[dict[str, list[object]]]:
    return isinstance(kept, dict) and all(isinstance(row, list) and len(row) == 3 for row in kept.values())


def _row(finding: Finding) -> list[object]:
    """A finding as JSON can hold it, with the parts of what is said."""
    row: list[object] = list(astuple(finding))
    for place in _SAID:
        row[place] = parts_of(getattr(finding, _NAMES[place]))
    return row


def _finding(row: object) -> Finding:
    if not isinstance(row, list):
        raise TypeError
    for place in _SAID:
        row[place] = said_again(row[place])
    *plain, spots, edit, end, change = row
    one, other = (tuple(spot) if spot else None for spot in spots)
    return replace(
        Finding(*plain),
        spots=(one, other),
        edit=Edit(*edit) if edit else None,
        end=tuple(end) if end else None,
        change=Change(*change) if change else None,
    )


def key_of(*parts: object) -> str:
    """Return the key of an answer that depends on ``parts`` and on the rules as they are now."""
    from hashlib import sha256  # as above

    digest = sha256(_rules_version().encode())
    for part in parts:
        digest.update(part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogateescape"))
        digest.update(b"\x00")
    return digest.hexdigest()


@cache
def _rules_version() -> str:
    """What tells one state of the rules from another: the sizes and times of their files."""
    folder = Path(__file__).parent.parent
    paths = sorted(
        path for part in ("validator", "catalogs", "text", "extractors") for path in (folder / part).glob("*.py")
    )
    return repr([(path.name, (stat := path.stat()).st_size, stat.st_mtime_ns) for path in paths])
