"""Writes the documents that are made from the code: `make docs`. With --check, exits 1 when one is out of date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from pipeline.validator.base import rules
from pipeline.validator.schema import FindingRecord

HERE = Path(__file__).parent
BEGIN, END = "<!-- made by make docs: -->\n", "<!-- so far -->\n"
SHAPES = {"bilect check --format json": FindingRecord}


def rule_rows() -> Iterator[str]:
    yield "| code | rule | severity | the good state |\n| --- | --- | --- | --- |\n"
    for rule in rules():
        link = f"[{rule.name}](../pipeline/validator/docs/{rule.name}.md)"
        yield f"| {rule.code} | {link} | {rule.severity} | {' '.join(rule.sentence.split())} |\n"


def shape_rows() -> Iterator[str]:
    for command, model in SHAPES.items():
        yield f"\n## {command}\n\nAn array of objects:\n\n| key | type | meaning |\n| --- | --- | --- |\n"
        for name, said in model.model_json_schema()["properties"].items():
            yield f"| `{name}` | {type_of(said)} | {said.get('description', '')} |\n"


def type_of(said: dict[str, object]) -> str:
    choices = said.get("anyOf") or said.get("enum") or [said]
    assert isinstance(choices, list)
    return " or ".join(str(each["type"]) if isinstance(each, dict) else f"`{each}`" for each in choices)


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
