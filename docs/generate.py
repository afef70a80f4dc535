"""Writes the documents that are made from the code: `make docs`. With --check, exits 1 when one is out of date."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, Field

from pipeline.exporters.schema import LectureTableRecord
from pipeline.project.memory_schema import SuggestionRecord
from pipeline.project.schema import (
    AlignmentRecord,
    NeedRecord,
    OutlineRecord,
    PairingRecord,
    TextAlignmentRecord,
    UnitRecord,
)
from pipeline.project.stats_schema import StatsRecord
from pipeline.project.sync_schema import SyncRecord
from pipeline.project.terms_schema import ProposalRecord, TermRecord
from pipeline.validator.base import rules
from pipeline.validator.reports.schema import FindingRecord

HERE = Path(__file__).parent
BEGIN, END = "<!-- made by make docs: -->\n", "<!-- so far -->\n"
ARRAY, OBJECT = "An array of objects", "An object"
SHAPES: Mapping[str, tuple[str, type[BaseModel]]] = MappingProxyType(
    {
        "bilect extract --format json": (ARRAY, UnitRecord),
        "bilect outline --format json": (f"{OBJECT} for one page, an array of them for several", OutlineRecord),
        "bilect align --format json": (OBJECT, AlignmentRecord),
        "bilect align --pages, --sentences": (OBJECT, TextAlignmentRecord),
        "bilect export csv: lectures.json": (OBJECT, LectureTableRecord),
        "bilect stats --format json": (OBJECT, StatsRecord),
        "bilect memory search --format json": (ARRAY, SuggestionRecord),
        "bilect terms list --format json": (ARRAY, TermRecord),
        "bilect terms mine --format json": (ARRAY, ProposalRecord),
        "bilect check --format json": (ARRAY, FindingRecord),
        "bilect subs merge --report": (OBJECT, PairingRecord),
        "bilect subs sync --report": (OBJECT, SyncRecord),
        "bilect doctor --format json": (ARRAY, NeedRecord),
    }
)


def rule_rows() -> Iterator[str]:
    yield "| code | rule | severity | the good state |\n| --- | --- | --- | --- |\n"
    for rule in rules():
        link = f"[{rule.name}](../pipeline/validator/docs/{rule.name}.md)"
        severity = rule.severity if rule.is_default else f"{rule.severity}, off by default"
        yield f"| {rule.code} | {link} | {severity} | {' '.join(rule.sentence.split())} |\n"


class Said(BaseModel):
    """What a JSON schema says of a value, as far as a reader wants to know it."""

    type: str = ""
    description: str = ""
    enum: list[str] = []
    any_of: list[Said] = Field(alias="anyOf", default=[])
    items: Said | None = None
    ref: str = Field(alias="$ref", default="")
    properties: dict[str, Said] = {}
    shapes: dict[str, Said] = Field(alias="$defs", default={})

    @property
    def shape(self) -> str:
        """The name of the shape that the value is, or is an array of; empty where it is no object."""
        return (self.items.ref if self.items else self.ref).rpartition("/")[2]

    @property
    def named_type(self) -> str:
        if self.items:
            return f"array of {self.items.named_type}s"
        if self.ref:
            return "object"
        return " or ".join([f"`{choice}`" for choice in self.enum] or [each.type for each in self.any_of or [self]])


def shape_rows() -> Iterator[str]:
    for command, (what, model) in SHAPES.items():
        whole = Said.model_validate(model.model_json_schema())
        yield f"\n## {command}\n\n{what}:\n\n"
        yield from table_rows(whole)
        yield from nested_rows(whole, whole.shapes, "", {})


def table_rows(whole: Said) -> Iterator[str]:
    yield "| key | type | meaning |\n| --- | --- | --- |\n"
    for name, said in whole.properties.items():
        yield f"| `{name}` | {said.named_type} | {said.description} |\n"


def nested_rows(whole: Said, shapes: Mapping[str, Said], above: str, shown: dict[str, str]) -> Iterator[str]:
    """The tables of the objects inside an object, each shape once; ``shown`` says under which name."""
    for shape in dict.fromkeys(said.shape for said in whole.properties.values() if said.shape):
        names = [name for name, said in whole.properties.items() if said.shape == shape]
        named = " and ".join(f"`{above}{name}`" for name in names)
        if shape in shown:
            yield f"\n{named}: as `{shown[shape]}`.\n"
            continue
        shown[shape] = f"{above}{names[0]}"
        yield f"\n{named}:\n\n"
        yield from table_rows(shapes[shape])
        yield from nested_rows(shapes[shape], shapes, f"{above}{names[0]}.", shown)


MADE = MappingProxyType({"rules.md": rule_rows, "json.md": shape_rows})


def main() -> int:
    stale = []
    for name, rows in MADE.items():
        path = HERE / name
        before, _, rest = path.read_text("utf-8").partition(BEGIN)
        text = before + BEGIN + "".join(rows()) + END + rest.partition(END)[2]
        if text != path.read_text("utf-8"):
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, "utf-8", newline="\n")
    if stale:
        print("out of date:" if "--check" in sys.argv else "written:", *stale)
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
