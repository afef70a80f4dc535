"""The words of the project as values: every floor passes these and nothing else.

Those of outlines, pairs and tracks are loaded when they are first used: to make a class takes half a millisecond, and
`bilect --help` and the commands on pages need none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from pipeline.model.outlines import Claim, Lecture, Outline, Texts, Topic, Video
    from pipeline.model.pairs import Alignment, Pair, Tier
    from pipeline.model.tracks import Cue, TrackPair, TrackPairing

__all__ = [
    "Alignment", "Change", "Claim", "Cue", "Edit", "Finding", "Kind", "Language", "Lecture", "Message", "Outline", "Page",
    "Pair", "PipelineError", "Severity", "Spot", "Texts", "Tier", "Topic", "TrackPair", "TrackPairing", "Unit", "Video",
]  # fmt: skip

Severity = Literal["error", "warning", "info"]
Language = Literal["en", "zh_CN", "zh_TW"]

Kind = Literal[
    "heading", "paragraph", "list item", "cell", "caption", "term", "definition", "footnote",
    "quote", "attribute", "front matter", "code", "cue",
]  # fmt: skip


class PipelineError(Exception):
    """Something the user can mend: says where, what was found and what to do.

    ``line`` counts from 1; 0 means the whole file.
    """

    def __init__(self, message: str, *, path: str = "", line: int = 0, remedy: str = "") -> None:
        self.message, self.path, self.line, self.remedy = message, path, line, remedy
        place = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
        super().__init__(f"{place}{message}" + (f" ({remedy})" if remedy else ""))


class Unit(NamedTuple):
    """A stretch of a source page that is translated.

    ``start`` and ``end`` are byte offsets on disk (a byte order mark counts), ``line`` and ``column`` count from 1,
    columns in code points. ``text`` is decoded, repaired of mojibake and free of block markup; ``context`` is the
    msgctxt that keeps it apart from an equal text, or None. ``level`` is that of a heading or the depth of a list item,
    ``cell`` (table of the page, row, column), each from 1, ``key`` a front matter key or the name of an attribute,
    ``section`` the heading it stands under, ``form`` how the page writes it (see `extractors.spans`), ``note`` what the
    page says to translators about it.

    A named tuple, not a dataclass: a thousand pages hold a hundred thousand of them.
    """

    path: str
    line: int
    column: int
    start: int
    end: int
    kind: Kind
    text: str
    context: str | None = None
    level: int = 0
    cell: tuple[int, int, int] | None = None
    key: str = ""
    section: str = ""
    form: str = "markdown"
    note: str = ""


class Message(NamedTuple):
    """A source text with all places it stands at: what a template holds.

    ``references`` are (path, 1-based line) in reading order; ``notes`` become ``#.`` lines.
    """

    msgid: str
    context: str | None = None
    references: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    msgstr: str = ""
    fuzzy: bool = False


Spot = tuple[int, int]
"""Where in a text: start and end in code points."""


class Edit(NamedTuple):
    """What a text should be instead; ``is_safe`` where nobody could want it otherwise."""

    text: str
    is_safe: bool = True


class Change(NamedTuple):
    """What an edit changes in a file: lines and columns count from 1, the end is behind its last character.

    ``text`` is what stands there instead, as the file writes it.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One true thing to tell the user: where, the text in both languages, why, and what to do.

    ``accepted`` is the reason a maintainer gave for living with it, or None. ``key`` tells equal texts of a file apart
    (the context and plural form of a message), ``spots`` are the places in source and target that the finding is about,
    ``edit`` is what the target should be, where a rule knows that, and ``change`` the same in the file. ``end`` is the line
    and the column behind the place, where they are known.
    """

    code: str
    name: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    source: str = ""
    target: str = ""
    fix: str = ""
    accepted: str | None = None
    key: str = ""
    spots: tuple[Spot | None, Spot | None] = (None, None)
    edit: Edit | None = None
    end: tuple[int, int] | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page read from disk: what stands in it in reading order, and what was wrong with reading it.

    ``data`` are the bytes on disk, ``text`` is what they say in ``encoding``. ``blocks`` holds every stretch, ``units``
    those with something to translate.
    """

    path: str
    data: bytes
    text: str
    encoding: str
    language: Language
    blocks: tuple[Unit, ...] = ()
    units: tuple[Unit, ...] = ()
    findings: tuple[Finding, ...] = ()


_HOMES = {
    **dict.fromkeys(("Claim", "Lecture", "Outline", "Texts", "Topic", "Video"), "pipeline.model.outlines"),
    **dict.fromkeys(("Alignment", "Pair", "Tier"), "pipeline.model.pairs"),
    **dict.fromkeys(("Cue", "TrackPair", "TrackPairing"), "pipeline.model.tracks"),
}

if not TYPE_CHECKING:  # else every name would be taken for one of the model

    def __getattr__(name: str) -> object:
        if name in _HOMES:
            return getattr(import_module(_HOMES[name]), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})  # `help` and completion show what is not loaded yet too
