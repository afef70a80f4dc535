"""The words of the project as values: every floor passes these and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

Severity = Literal["error", "warning", "info"]
Tier = Literal["accept", "review", "none"]
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


@dataclass(frozen=True, slots=True)
class Cue:
    """One timed subtitle; times are milliseconds from the start of the medium, ``text`` has ``\\n`` between lines."""

    start_ms: int
    end_ms: int
    text: str


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


Texts = Mapping[str, str]  # keys "en" and "zh"; a missing key means the page does not say it in that language


@dataclass(frozen=True, slots=True)
class Topic:
    """One point of the list of topics that a page announces; ``number`` counts from 1 in reading order."""

    number: int
    line: int
    texts: Texts


@dataclass(frozen=True, slots=True)
class Lecture:
    """One row of a lecture table or one lesson heading; ``number`` as printed, ``label`` the printed form ("第5讲")."""

    number: int
    label: str
    line: int
    texts: Texts


@dataclass(frozen=True, slots=True)
class Claim:
    """What a page says of its material: "Lecture 1~25", "19 papers".

    ``kind`` is slides, notes, exercises, readings …; ``what`` the thing counted ("lecture", "recitation"); ``first``
    and ``last`` are None where only a ``count`` is claimed.
    """

    line: int
    kind: str
    what: str
    first: int | None
    last: int | None
    count: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Video:
    """A video that a page embeds or links."""

    line: int
    provider: str
    id: str
    url: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The topics, lectures, claims and videos of one page, each list in reading order."""

    path: str
    language: str
    title: str
    codes: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    lectures: tuple[Lecture, ...] = ()
    claims: tuple[Claim, ...] = ()
    videos: tuple[Video, ...] = ()


Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Pair(Generic[Place]):
    """Two aligned things; ``left`` and ``right`` count from 0 (tuples of indexes where n:m is possible).

    ``score`` is 0…1; ``tier`` says whether it may be used as it is; ``evidence`` says why, in words.
    """

    left: Place
    right: Place
    score: float
    tier: Tier
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment(Generic[Place]):
    """Pairs sorted by their left side, and what has no partner."""

    pairs: tuple[Pair[Place], ...]
    left_only: tuple[int, ...]
    right_only: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TrackPair:
    """Cues of two tracks that say the same; indexes count from 0 in the order given, both sides are non-empty."""

    en: tuple[int, ...]
    zh: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class TrackPairing:
    """Every cue of two tracks exactly once: in a pair or on its own.

    A Chinese time ``t`` stands at ``t * drift + offset_ms`` on the English clock.
    """

    pairs: tuple[TrackPair, ...]
    en_only: tuple[int, ...]
    zh_only: tuple[int, ...]
    offset_ms: int = 0
    drift: float = 1.0
    warnings: tuple[str, ...] = ()


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
