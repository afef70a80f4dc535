"""`select`, `ignore` and `severity` below `[check]` of the configuration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import bilect

from pipeline.model import Finding, PipelineError, Severity
from pipeline.project.selection import with_severities

FOUND = Finding("M101", "untranslated", "warning", "a.po", 3, 1, "the translation is a blank")


def project(tmp_path: Path, configuration: str) -> Path:
    (tmp_path / "bilect.toml").write_text(configuration, "utf-8")
    page = tmp_path / "source_docs/ml/p.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("# The notes\n\n[x](#the-note)\n\n<a id='b'></a> One.\n\n<a id='b'></a> Two.\n", "utf-8")
    return tmp_path


def found(at: Path, *arguments: str) -> dict[str, str]:
    shown = bilect("check", *arguments, "--format", "json", "--fail-on", "never", cwd=at)
    assert shown.status == 0, shown
    return {each["code"]: each["severity"] for each in json.loads(shown.stdout)}


@pytest.mark.parametrize(
    ("configuration", "arguments", "codes"),
    [
        ("", (), {"L101", "L103"}),
        ('[check]\nselect = ["L101"]\n', (), {"L101"}),
        ('[check]\nignore = ["broken-anchor"]\n', (), {"L101"}),
        ('[check]\nselect = ["L"]\nignore = ["L10"]\n', (), set()),
        ('[check]\nignore = ["L103"]\n', ("--select", "L103"), {"L103"}),
        ('[check]\nselect = ["L101"]\n', ("--ignore", "duplicate-anchor"), set()),
        ('[check]\nignore = ["L103"]\n', ("source_docs/ml/p.md",), {"L101"}),
    ],
)
def test_the_configuration_selects_rules_until_an_option_does(
    tmp_path: Path, configuration: str, arguments: tuple[str, ...], codes: set[str]
) -> None:
    assert found(project(tmp_path, configuration), *arguments).keys() == codes


def test_a_run_counts_what_the_configuration_selects(tmp_path: Path) -> None:
    shown = bilect("run", cwd=project(tmp_path, '[check]\nselect = ["L101"]\n')).stdout
    assert ("duplicate-anchor" in shown, "broken-anchor" in shown) == (True, False), shown


def test_a_run_says_once_how_much_is_not_translated_and_a_check_once_a_catalog(tmp_path: Path) -> None:
    at = project(tmp_path, "")
    shown = bilect("run", cwd=at).stdout
    assert ("0 of 3 messages translated" in shown, "untranslated" in shown) == (True, False), shown
    assert found(at)["M101"] == "info"


def test_the_configuration_says_how_grave_findings_are(tmp_path: Path) -> None:
    at = project(tmp_path, '[check]\nseverity = { "L103" = "error", "duplicate-anchor" = "info" }\n')
    assert found(at) == {"L101": "info", "L103": "error"}
    assert bilect("check", cwd=at).status == 1
    assert bilect("check", "--ignore", "L103", "--fail-on", "warning", cwd=at).status == 0


def test_findings_in_catalogs_that_are_named_are_as_grave_as_the_configuration_says(tmp_path: Path) -> None:
    at = project(tmp_path, '[check.severity]\nuntranslated = "warning"\n')
    (at / "a.po").write_text('msgid ""\nmsgstr "Language: zh_CN\\n"\n\nmsgid "Learn"\nmsgstr ""\n', "utf-8")
    assert found(at, "a.po", "--select", "M101") == {"M101": "warning"}


@pytest.mark.parametrize(
    ("severities", "severity"),
    [
        ({}, "warning"),
        ({"L": "error"}, "warning"),
        ({"m": "error"}, "error"),
        ({"M101": "info", "M": "error", "M1": "warning"}, "info"),
        ({"M101": "info", "Untranslated": "error"}, "error"),
    ],
)
def test_the_word_that_says_most_about_a_rule_says_how_grave_it_is(
    severities: dict[str, Severity], severity: Severity
) -> None:
    assert [each.severity for each in with_severities([FOUND], severities)] == [severity]


def test_a_severity_of_no_rule_is_an_error() -> None:
    with pytest.raises(PipelineError, match="no rule is called 'M999'"):
        with_severities([], {"M999": "info"})


@pytest.mark.parametrize(
    ("configuration", "said"),
    [
        ('[check]\nselect = ["broken-ancor"]\n', "[check] select: no rule is called 'broken-ancor' (did you mean"),
        ('[check]\nignore = ["Q"]\n', "[check] ignore: no rule is called 'Q'"),
        ('[check]\nseverity = { "M999" = "info" }\n', "[check.severity]: no rule is called 'M999'"),
        (
            '[check]\nseverity = { M142 = "loud" }\n',
            "bilect.toml:2: check.severity.M142 should be 'error', 'warning' or",
        ),
        ('[check]\nselct = ["M"]\n', "bilect.toml:2: unknown key 'selct' (did you mean 'select'?)"),
    ],
)
def test_a_mistake_in_the_configuration_is_told_in_a_line(tmp_path: Path, configuration: str, said: str) -> None:
    at = project(tmp_path, configuration)
    for command in ("check", "run"):
        shown = bilect(command, cwd=at)
        assert (shown.status, said in shown.stderr, shown.stderr.count("\n")) == (2, True, 1), shown
