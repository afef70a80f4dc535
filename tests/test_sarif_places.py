"""SARIF says where a finding ends, and its fixes do to the file what the edit of the finding does to the text."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from golden import ROOT

from pipeline.catalogs.po import read_catalog
from pipeline.model import Finding
from pipeline.validator.base import findings
from pipeline.validator.messages import checked_catalog
from pipeline.validator.report import report

CATALOG = """\
msgid ""
msgstr ""
"Language: zh_CN\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Call `x` \\"now\\", then stop here."
msgstr ""
"先调用“x”\\"现在\\"，\\n"
"然后在这里停下\u200b。"

msgid "Some text ends here."
msgstr "文本在这里结束."

msgid "`a` and `b` are two names."
msgstr ""
"“a”和"
"“b”是两个名字。"

msgid "One file"
msgid_plural "{n} files, and no more."
msgstr[0] "{n} 个文件\u200b，没有更多。"
"""


def found() -> list[Finding]:
    return list(findings(checked_catalog(read_catalog(CATALOG.encode(), "a.po"), "a.po")))


def results() -> list[dict[str, object]]:
    made: list[dict[str, object]] = json.loads(report(found(), "sarif"))["runs"][0]["results"]
    return made


def test_a_region_ends_where_the_spot_ends() -> None:
    regions = {
        (each.code, text[each.line - 1][each.column - 1 : each.end[1] - 1])
        for text in [CATALOG.split("\n")]
        for each in found()
        if each.end and each.end[0] == each.line
    }
    assert {("M116", "“x”"), ("M143", "\u200b"), ("M132", ".")} <= regions
    (stop,) = (each for each in results() if each["ruleId"] == "M132")
    region = {"startLine": 12, "startColumn": 16, "endLine": 12, "endColumn": 17}
    assert stop["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "a.po", "uriBaseId": "SRCROOT"}, "region": region}}
    ]


@pytest.mark.parametrize("finding", [each for each in found() if each.edit], ids=lambda each: each.code)
def test_a_fix_makes_the_translation_that_the_edit_says(finding: Finding) -> None:
    change, edit = finding.change, finding.edit
    assert change
    assert edit
    starts = [0, *(at + 1 for at, character in enumerate(CATALOG) if character == "\n")]
    first, last = starts[change.line - 1] + change.column - 1, starts[change.end_line - 1] + change.end_column - 1
    mended = read_catalog((CATALOG[:first] + change.text + CATALOG[last:]).encode(), "a.po")
    texts = [text for each in mended for text in (each.msgstr, *each.msgstr_plural.values())]
    assert edit.text in texts
    assert not mended.findings


def test_numbers_for_characters_are_not_mended_by_a_fix() -> None:
    text = CATALOG.replace("文本", "\\346\\226\\207本")
    (stop,) = (
        each for each in findings(checked_catalog(read_catalog(text.encode(), "a.po"), "a.po")) if each.code == "M132"
    )
    assert stop.edit
    assert stop.change is None


def test_sarif_with_fixes_is_valid_by_its_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="pip install jsonschema checks SARIF against its schema")
    path = Path(os.environ.get("BILECT_SPECS") or ROOT / ".bilect" / "specs") / "sarif-schema-2.1.0.json"
    if not path.is_file():
        pytest.skip("make specs fetches the schema of SARIF")
    assert any("fixes" in each for each in results())
    schema = json.loads(path.read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(json.loads(report(found(), "sarif")))] == []
