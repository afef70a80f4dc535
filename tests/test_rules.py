"""The registry of rules, and that users find every rule explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from inspect import getclosurevars
from pathlib import Path
from pkgutil import iter_modules
from typing import get_args

import pytest
from terminal import bilect

import pipeline.validator
from pipeline.cli.markdown import rendered
from pipeline.model import Outline, PipelineError
from pipeline.text.script import display_width
from pipeline.validator.base import _RULES as REGISTERED
from pipeline.validator.base import Found, documentation, findings, rule, rule_named, rules
from pipeline.validator.subjects import MODULES_FOR, modules_for


@pytest.fixture
def _own_registry() -> Iterator[None]:
    rules()
    kept = dict(REGISTERED)
    REGISTERED.clear()
    yield
    REGISTERED.clear()
    REGISTERED.update(kept)


def untitled(outline: Outline) -> Iterator[Found]:
    """Every page has a title."""
    if not outline.title:
        yield Found(outline.path, 1, "the page has no title", fix="write one")


@pytest.mark.usefixtures("_own_registry")
def test_a_rule_looks_at_the_subjects_its_first_parameter_names() -> None:
    rule("A199", "untitled", "info")(untitled)
    (finding,) = findings(Outline("a.en.md", "en", ""))
    assert (finding.code, finding.name, finding.severity) == ("A199", "untitled", "info")
    assert (finding.path, finding.line, finding.column, finding.fix) == ("a.en.md", 1, 1, "write one")
    assert list(findings(Outline("a.en.md", "en", "Title"))) == []
    assert list(findings("another subject")) == []
    assert rules()[0].sentence == "Every page has a title."


@pytest.mark.usefixtures("_own_registry")
def test_a_finding_may_be_weaker_than_its_rule() -> None:
    def unsure(outline: Outline) -> Iterator[Found]:
        """Sure."""
        yield Found(outline.path, 0, "perhaps", severity="info")

    rule("A198", "unsure", "warning")(unsure)
    assert [finding.severity for finding in findings(Outline("a.en.md", "en", ""))] == ["info"]


@pytest.mark.usefixtures("_own_registry")
@pytest.mark.parametrize(("code", "name"), [("A199", "other"), ("A190", "untitled")])
def test_two_rules_cannot_share_a_code_or_a_name(code: str, name: str) -> None:
    rule("A199", "untitled", "info")(untitled)

    def other(outline: Outline) -> Iterator[Found]:
        """Another."""
        yield Found(outline.path, 0, "")

    with pytest.raises(ValueError, match="already"):
        rule(code, name, "info")(other)


@pytest.mark.parametrize("spelling", ["stale-acceptance", "X101", "x101", " Stale-Acceptance "])
def test_a_rule_is_found_by_code_and_by_name(spelling: str) -> None:
    assert rule_named(spelling).code == "X101"


def test_each_module_of_rules_is_loaded_for_what_it_looks_at() -> None:
    found: dict[str, set[str]] = {}
    for each in rules():
        if each.finds:
            written = getclosurevars(each.finds).nonlocals.get(
                "finds", each.finds
            )  # what a rule on messages is made of
            module = written.__module__.rpartition(".")[2]
            for subject in get_args(each.subject) or (each.subject,):
                found.setdefault(subject.__name__, set()).add(module)
    modules = {module.name for module in iter_modules(pipeline.validator.__path__)}
    found[""] = modules - set().union(*found.values())
    assert {subject: " ".join(sorted(names)) for subject, names in found.items()} == MODULES_FOR


def test_a_module_that_no_list_names_is_loaded_for_every_subject() -> None:
    assert modules_for(["Outline"], ["pages", "new", "base"]) == ["new"]
    assert modules_for(["Special", "Page"], ["pages", "new", "base"]) == ["pages", "new"]


def test_an_unknown_rule_is_told_with_the_nearest_name() -> None:
    with pytest.raises(PipelineError, match="did you mean 'stale-acceptance'"):
        rule_named("stale-aceptance")


def test_every_rule_states_its_good_state_in_one_sentence() -> None:
    assert [each.code for each in rules() if not each.sentence.endswith(".")] == []


def test_every_rule_has_a_page_headed_by_its_code_and_name() -> None:
    for each in rules():
        assert documentation(each).splitlines()[0] == f"# {each.code} {each.name}"
        assert documentation(each).endswith("\n")


def test_every_page_says_why_shows_both_languages_and_says_what_to_do() -> None:
    for page in files("pipeline.validator").joinpath("docs").iterdir():
        text = page.read_text(encoding="utf-8")
        headings = [line for line in text.splitlines() if line.startswith("## ")]
        assert headings == ["## Why", "## Example", "## What to do"], page.name


@pytest.mark.usefixtures("_own_registry")
@pytest.mark.parametrize("word", ["A1", "a197", "A19", "rule-of-taste", "Rule-Of-Taste"])
def test_a_rule_that_is_off_by_default_finds_only_what_somebody_selects(word: str) -> None:
    def taste(outline: Outline) -> Iterator[Found]:
        """Tasteful."""
        yield Found(outline.path, 0, "not nice")

    rule("A197", "rule-of-taste", "info", is_default=False)(taste)
    subject = Outline("a.en.md", "en", "")
    assert [list(findings(subject, words)) for words in ((), ("A",), ("A2", "ST"))] == [[], [], []]
    assert [each.code for each in findings(subject, ["P", word])] == ["A197"]


def test_a_page_is_shown_on_a_terminal_without_its_markup(tmp_path: Path) -> None:
    shown = bilect("rule", "X103", "--color", "always", cwd=tmp_path).stdout
    assert shown.startswith("\x1b[1mX103 unused-suppression\x1b[0m\n\nEvery comment")
    assert '\n    \x1b[36mmsgid "Yahoo!"\x1b[0m\n' in shown
    assert bilect("rule", "X103", cwd=tmp_path).stdout == documentation(rule_named("X103"))


def test_every_page_fits_a_terminal_but_for_its_code() -> None:
    for each in rules():
        for columns in (40, 80):
            lines = re.sub("\x1b\\[[0-9]+m", "", rendered(documentation(each), columns)).split("\n")
            wide = [line for line in lines if display_width(line) > columns and not line.startswith(("    ", "|"))]
            assert wide == [], each.name
