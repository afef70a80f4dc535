"""The JSON form of findings, fixed for everybody outside.

pydantic takes 40 ms to import: only the JSON reports import this module.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from pipeline.model import Finding, Severity


class FindingRecord(BaseModel):
    """A finding as `bilect check --format json` prints it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(description="the code of the rule, A101")
    name: str = Field(description="the name of the rule, lecture-without-topic")
    severity: Severity
    path: str = Field(description="as given, with /, relative to the project inside one")
    line: int = Field(ge=0, description="counts from 1; 0 is the whole file")
    column: int = Field(ge=0, description="counts from 1, in code points")
    message: str
    source: str = Field(description="the text that the finding is about, as it stands in the source")
    target: str = Field(description="the text that it is held against, or its translation")
    fix: str = Field(description="what to do")
    accepted: str | None = Field(description="the reason why a maintainer lives with it")


def record(finding: Finding) -> dict[str, object]:
    """Return the values of a finding in the order and with the names of the JSON form."""
    names = FindingRecord.model_fields
    return FindingRecord.model_validate({name: getattr(finding, name) for name in names}).model_dump()
