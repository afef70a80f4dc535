"""The JSON forms of units, outlines, alignments and track pairings, fixed for everybody outside.

pydantic takes 40 ms to import: only what prints JSON imports this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from pipeline.align.listed import PairedLists
from pipeline.model import Kind, Language, Outline, Tier, TrackPairing, Unit
from pipeline.project.doctor import Need

if TYPE_CHECKING:
    from pipeline.align.paired_texts import PairedTexts

_PATH = "as given, with /, relative to the project inside one"
_LINE = "counts from 1"
_TEXTS = "the text in each language that the page says it in, under the keys en and zh"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class UnitRecord(_Record):
    """A unit as `bilect extract --format json` prints it."""

    path: str = Field(description=_PATH)
    line: int = Field(ge=1, description=_LINE)
    column: int = Field(ge=1, description="counts from 1, in code points")
    start: int = Field(ge=0, description="byte offset on disk; a byte order mark counts")
    end: int = Field(ge=0, description="byte offset on disk, behind the last byte")
    kind: Kind
    text: str = Field(description="decoded, repaired of mojibake, without the markup of its block")
    context: str | None = Field(description="the msgctxt that keeps it apart from an equal text")


class TopicRecord(_Record):
    """A topic that a page announces."""

    number: int = Field(ge=1, description="counts from 1, in reading order")
    line: int = Field(ge=1, description=_LINE)
    texts: Mapping[Literal["en", "zh"], str] = Field(description=_TEXTS)


class LectureRecord(_Record):
    """A lecture that a page lists."""

    number: int = Field(ge=0, description="as printed")
    label: str = Field(description="the printed form of the number, 第5讲")
    line: int = Field(ge=1, description=_LINE)
    texts: Mapping[Literal["en", "zh"], str] = Field(description=_TEXTS)


class ClaimRecord(_Record):
    """What a page says of its material."""

    line: int = Field(ge=1, description=_LINE)
    kind: str = Field(
        description="slides, notes, exercises, readings, code, videos, exams, projects, lectures or topics"
    )
    what: str = Field(description="what is counted: lecture, recitation, paper …")
    first: int | None = Field(description="where the claim is a range")
    last: int | None = Field(description="where the claim is a range")
    count: int | None = Field(description="where the claim is a number")
    text: str = Field(description="the words of the page")


class VideoRecord(_Record):
    """A video that a page plays or links."""

    line: int = Field(ge=1, description=_LINE)
    provider: str = Field(description="youtube, bilibili or vimeo")
    id: str
    url: str


class OutlineRecord(_Record):
    """A page as `bilect outline --format json` prints it."""

    path: str = Field(description=_PATH)
    language: Language
    title: str = Field(description="empty where the page has none")
    codes: tuple[str, ...] = Field(description="of the course")
    topics: tuple[TopicRecord, ...]
    lectures: tuple[LectureRecord, ...]
    claims: tuple[ClaimRecord, ...]
    videos: tuple[VideoRecord, ...]


class ListedRecord(_Record):
    """A title, block or sentence of one of the two sides."""

    index: int = Field(ge=0, description="counts from 0, in reading order")
    text: str
    line: int = Field(ge=1, description=_LINE)


class PairRecord(_Record):
    """Two titles that belong together."""

    left: ListedRecord
    right: ListedRecord
    score: float = Field(ge=0, le=1)
    tier: Tier
    evidence: tuple[str, ...] = Field(description="why, in words")


class AlignmentRecord(_Record):
    """Two lists side by side as `bilect align --format json` prints them."""

    pairs: tuple[PairRecord, ...] = Field(description="by the index of their left side")
    left_only: tuple[int, ...] = Field(description="indexes of titles without a partner")
    right_only: tuple[int, ...] = Field(description="indexes of titles without a partner")


class TextPairRecord(_Record):
    """Blocks or sentences that belong together, n to m."""

    left: tuple[ListedRecord, ...]
    right: tuple[ListedRecord, ...]
    score: float = Field(ge=0, le=1)
    tier: Tier
    evidence: tuple[str, ...] = Field(description="why, in words")


class TextAlignmentRecord(_Record):
    """Two pages or texts side by side as `bilect align --pages` and `--sentences` print them with `--format json`."""

    pairs: tuple[TextPairRecord, ...] = Field(description="by the index of the first of their left side")
    left_only: tuple[int, ...] = Field(description="indexes of blocks or sentences without a partner")
    right_only: tuple[int, ...] = Field(description="indexes of blocks or sentences without a partner")


class TrackPairRecord(_Record):
    """Cues of two tracks that say the same; positions count from 0 in the input files."""

    en: tuple[int, ...]
    zh: tuple[int, ...]
    score: float


class PairingRecord(_Record):
    """How two tracks were joined, as `bilect subs merge --report` writes it."""

    offset_ms: int = Field(description="a Chinese time t stands at t × drift + offset_ms on the English clock")
    drift: float
    pairs: tuple[TrackPairRecord, ...]
    en_only: tuple[int, ...] = Field(description="cues without a partner, positions from 0")
    zh_only: tuple[int, ...] = Field(description="cues without a partner, positions from 0")
    warnings: tuple[str, ...]


class NeedRecord(_Record):
    """Something that bilect needs or can use, as `bilect doctor --format json` prints it."""

    name: str
    purpose: str = Field(description="what it is good for")
    status: Literal["ok", "missing", "old"]
    found: str = Field(description="its version or place; empty where there is none to tell")
    is_required: bool = Field(description="whether bilect does not work without it")
    install: Mapping[str, str] = Field(description="the command that installs it, under debian, macos and windows")


def units_json(units: Iterable[Unit]) -> str:
    """Return the JSON array of ``units``, in their order."""
    fields = UnitRecord.model_fields
    records = TypeAdapter(list[UnitRecord])
    rows = [{name: getattr(unit, name) for name in fields} for unit in units]
    return records.dump_json(records.validate_python(rows), indent=2).decode()


def outline_json(outline: Outline) -> str:
    """Return the JSON object of one outline."""
    return OutlineRecord.model_validate(outline).model_dump_json(indent=2)


def outlines_json(outlines: Iterable[Outline]) -> str:
    """Return the JSON array of ``outlines``, in their order."""
    records = TypeAdapter(list[OutlineRecord])
    return records.dump_json(records.validate_python(list(outlines), from_attributes=True), indent=2).decode()


def alignment_json(lists: PairedLists) -> str:
    """Return the JSON object of two aligned lists."""
    pairs = tuple(
        PairRecord.model_validate(
            {
                "left": lists.left[pair.left],
                "right": lists.right[pair.right],
                "score": pair.score,
                "tier": pair.tier,
                "evidence": pair.evidence,
            }
        )
        for pair in lists.alignment.pairs
    )
    alone = lists.alignment.left_only, lists.alignment.right_only
    return AlignmentRecord(pairs=pairs, left_only=alone[0], right_only=alone[1]).model_dump_json(indent=2)


def text_alignment_json(texts: PairedTexts) -> str:
    """Return the JSON object of two aligned texts."""
    pairs = tuple(
        TextPairRecord.model_validate(
            {
                "left": [texts.left[index] for index in pair.left],
                "right": [texts.right[index] for index in pair.right],
                "score": pair.score,
                "tier": pair.tier,
                "evidence": pair.evidence,
            }
        )
        for pair in texts.alignment.pairs
    )
    alone = texts.alignment.left_only, texts.alignment.right_only
    return TextAlignmentRecord(pairs=pairs, left_only=alone[0], right_only=alone[1]).model_dump_json(indent=2)


def needs_json(needs: Iterable[Need]) -> str:
    """Return the JSON array of ``needs``, in their order."""
    records = TypeAdapter(list[NeedRecord])
    return records.dump_json(records.validate_python(list(needs), from_attributes=True), indent=2).decode()


def pairing_json(pairing: TrackPairing) -> str:
    """Return the JSON object of one track pairing."""
    return PairingRecord.model_validate(pairing).model_dump_json(indent=2)
