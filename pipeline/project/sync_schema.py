"""The JSON form of how a track was put in step with another, fixed for everybody outside.

pydantic takes 40 ms to import: only what prints JSON imports this module.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from pipeline.align.track_moved import Moved
from pipeline.align.track_retiming import Retiming


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class StretchRecord(_Record):
    """Cues of a track that were moved alike; they start from ``start_ms`` to before ``end_ms``, on their old clock."""

    start_ms: int
    end_ms: int
    offset_ms: int = Field(description="a time t of the track stands at t × rate + offset_ms in the reference")
    moments: int = Field(description="places at which both tracks say the same")
    agreeing: int = Field(description="how many of them the offset puts within 400 ms")
    off_ms: int = Field(description="how far these are off, in the middle")
    is_sure: bool = Field(description="whether most of its moments agree, and some in each part")


class SyncRecord(_Record):
    """How a track was put in step with another, as `bilect subs sync --report` writes it."""

    rate: float = Field(description="what times are multiplied with, the same in all stretches")
    ratio: str = Field(description="the frame rates that explain it, as 25:23.976; empty where none do")
    stretches: tuple[StretchRecord, ...] = Field(description="in order of time, without gaps")
    moved: int = Field(ge=0, description="cues at another time than before")
    misplaced: tuple[int, ...] = Field(
        description="cues that the reference has no place for; positions from 0 in the input file"
    )


def sync_json(retiming: Retiming, moved: Moved, changed: int) -> str:
    """Return the JSON object of a track that was put in step."""
    record = SyncRecord(
        rate=round(retiming.rate, 9),
        ratio=retiming.ratio,
        stretches=tuple(StretchRecord.model_validate(stretch) for stretch in retiming.stretches),
        moved=changed,
        misplaced=moved.misplaced,
    )
    return record.model_dump_json(indent=2)
