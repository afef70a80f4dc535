"""Pairs of texts with the rules that must speak about each, and no other: `golden/messages.tsv`.

`fires` names the rules that must find something at any severity, with | between those of which one is enough; no other rule
may give a warning or an error, but for those that `beside` names. A pair without names must stay silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.catalogs.po import read_catalog
from pipeline.validator.base import findings, rules
from pipeline.validator.messages import checked_catalog


class Row(NamedTuple):
    line: int
    language: str
    flags: str
    fires: tuple[str, ...]
    beside: tuple[str, ...]
    source: str
    target: str


_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))")
_ESCAPED = {"n": "\n", "t": "\t", "\\": "\\"}


def _decoded(text: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPED[match[3]] if match[3] else chr(int(match[1] or match[2], 16)), text)


def rows() -> Iterator[Row]:
    lines = (Path(__file__).parent / "golden" / "messages.tsv").read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines[1:], 2):
        if line and not line.startswith("# "):
            language, flags, fires, beside, source, target = line.split("\t")
            names = tuple(fires.split()), tuple(beside.split())
            yield Row(number, language, flags, *names, _decoded(source), _decoded(target))


ROWS = tuple(rows())


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + escaped.replace("\x07", "\\a") + '"'


def _found(row: Row) -> dict[str, str]:
    """The names of the rules that find something, each with its weightiest severity."""
    source = "zh_CN" if row.language == "en" else "en"
    fields = {
        "Project-Id-Version": "course 1.0",
        "Report-Msgid-Bugs-To": "staff@example.org",
        "POT-Creation-Date": "2024-01-05 10:00+0800",
        "PO-Revision-Date": "2024-01-06 10:00+0800",
        "Last-Translator": "Lin <lin@example.org>",
        "Language-Team": "Course <team@example.org>",
        "Language": row.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source,
    }
    header = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items())
    flags = f"#, {row.flags}\n" if row.flags else ""
    text = f'msgid ""\nmsgstr ""\n{header}\n{flags}msgid {_quoted(row.source)}\nmsgstr {_quoted(row.target)}\n'
    catalog = read_catalog(text.encode(), "course.po")
    assert not catalog.findings
    found: dict[str, str] = {}
    for finding in findings(checked_catalog(catalog, "course.po")):
        if finding.severity != "info" or finding.name not in found:
            found[finding.name] = finding.severity
    return found


@pytest.mark.parametrize("row", ROWS, ids=[f"line {row.line} {' '.join(row.fires) or 'silent'}" for row in ROWS])
def test_a_pair_of_the_gold_gives_its_findings_and_no_other(row: Row) -> None:
    found = _found(row)
    missed = [names for names in row.fires if found.keys().isdisjoint(names.split("|"))]
    allowed = {name for names in (*row.fires, *row.beside) for name in names.split("|")}
    surplus = [name for name, severity in found.items() if severity != "info" and name not in allowed]
    assert (missed, surplus) == ([], []), f"{row.source!r} → {row.target!r}: expected {row.fires}, found {found}"


def test_the_gold_names_rules_and_covers_three_languages_half_of_it_silent() -> None:
    known = {rule.name for rule in rules()}
    named = {name for row in ROWS for names in (*row.fires, *row.beside) for name in names.split("|")}
    assert named - known == set()
    assert len(ROWS) >= 300
    assert {row.language for row in ROWS} == {"zh_CN", "zh_TW", "en"}
    assert 0.4 <= sum(not row.fires for row in ROWS) / len(ROWS) <= 0.6


@pytest.mark.parametrize(("singular", "is_found"), [("One file", False), ("%d file", False), ("%s file", True)])
def test_the_first_of_several_plural_forms_may_say_its_number_in_words(singular: str, *, is_found: bool) -> None:
    text = (
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        f'#, c-format\nmsgid "%d 个文件"\nmsgid_plural "%d 个文件"\nmsgstr[0] "{singular}"\nmsgstr[1] "%d files"\n'
    )
    found = findings(checked_catalog(read_catalog(text.encode(), "course.po"), "course.po"))
    assert any(finding.name == "percent-placeholder" for finding in found) == is_found
