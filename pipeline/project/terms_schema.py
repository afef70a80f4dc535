"""The JSON forms of terms and of proposals, fixed for everybody outside.

pydantic takes 40 ms to import: only what prints JSON imports this module.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from pipeline.align.termcorpus import Proposal
from pipeline.project.term_work import Counted, reason
from pipeline.text.terms import Status


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class TermRecord(_Record):
    """A term as `bilect terms list --format json` prints it."""

    en: str
    zh_CN: tuple[str, ...] = Field(description="the renderings that are allowed, the usual one first")  # noqa: N815 a key
    zh_TW: tuple[str, ...] = Field(description="the same in traditional characters")  # noqa: N815 a key
    forbidden: tuple[str, ...] = Field(description="renderings that are not allowed")
    part_of_speech: str
    note: str
    case_sensitive: bool
    status: Status
    place: str = Field(description="where it stands, path:line")
    uses: int = Field(ge=0, description="translated messages whose source uses it")
    rendered: int = Field(ge=0, description="those of them whose translation renders it as the glossary does")


class EvidenceRecord(_Record):
    """A place at which a proposed pair was seen."""

    place: str = Field(description="path:line")
    source: str
    target: str


class ProposalRecord(_Record):
    """A pair as `bilect terms mine --format json` prints it."""

    en: str
    zh: str
    score: float = Field(ge=0, le=1)
    printed: int = Field(ge=0, description="places that print both languages side by side")
    together: int = Field(ge=0, description="translations that have both")
    alone: int = Field(ge=0, description="translations that have the English without the Chinese")
    reason: str = Field(description="the same in words")
    examples: tuple[EvidenceRecord, ...]


def terms_json(counts: Iterable[Counted]) -> str:
    """Return the JSON array of terms with the counts of their uses."""
    rows = [
        TermRecord(
            en=each.term.en, zh_CN=each.term.simplified, zh_TW=each.term.traditional, forbidden=each.term.forbidden,
            part_of_speech=each.term.part_of_speech, note=each.term.note, case_sensitive=each.term.case_sensitive,
            status=each.term.status, place=each.term.place, uses=each.uses, rendered=each.rendered,
        )
        for each in counts
    ]  # fmt: skip
    return TypeAdapter(list[TermRecord]).dump_json(rows, indent=2).decode()


def proposals_json(found: Iterable[Proposal]) -> str:
    """Return the JSON array of proposals."""
    rows = [
        ProposalRecord(
            en=each.en, zh=each.zh, score=min(1.0, each.score), printed=each.printed, together=each.together,
            alone=each.alone, reason=reason(each),
            examples=tuple(EvidenceRecord.model_validate(example) for example in each.examples),
        )
        for each in found
    ]  # fmt: skip
    return TypeAdapter(list[ProposalRecord]).dump_json(rows, indent=2).decode()
