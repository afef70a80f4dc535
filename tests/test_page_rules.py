"""Rules on one page: each fires on its fixture and is silent on the neighbour; the five pages give the known findings."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import ROOT

from pipeline.extractors.page import read_page
from pipeline.model import Finding, Page
from pipeline.validator.base import findings, rules

# name: (a page that fires once, its line, a neighbour that stays silent)
FIXTURES: dict[str, tuple[bytes, int, bytes]] = {
    "unreadable-page": (b"text\0more", 1, b"text more"),
    "front-matter-syntax": (b"---\ntitle: 'a\n---\n", 2, b"---\ntitle: 'a'\n---\n"),
    "broken-encoding": (b"good\n\nb\x81d\n", 3, "good\n\nbéd\n".encode()),
    "legacy-encoding": ("课程讲义\n".encode("gb18030"), 1, "课程讲义\n".encode()),
    "mojibake": ("one\n\nwhatâ€™s\n".encode(), 3, "one\n\nwhat’s “été”\n".encode()),
    "duplicate-anchor": (
        b'<a id="x">a</a>\n\n<sup id="x">b</sup>\n',
        3,
        b'<a id="x">a</a>\n\n`<sup id="x">` and <!-- <b id="x"> --> and {% include v.html id="x" %}\n',
    ),
    "broken-anchor": (b"# Notes\n\n[a](#note)\n", 3, b"# Notes\n\n[a](#notes) [b](#top) `[c](#d)`\n"),
    "label-target-mismatch": (
        b"see\n[[Courses/7.021 Motion | 7.012]]\n",
        2,
        b"see\n[[Courses/7.021 Motion | 7.021[J]]] and [[Courses/6.867 ML | 6.7900]] (6.7900, formerly 6.867)\n"
        b"and [[Courses/6.867 ML | 6.7900]], that is 6.7900 (formerly 6.867)\n",
    ),
    "broken-table": (b"a\n\n<table><tr><td>x</td></tr>\n", 3, b"a\n\n<table><tr><td>x</table>\n"),
}


def found_in(data: bytes) -> list[Finding]:
    return list(findings(read_page(data, "page.md")))


@pytest.mark.parametrize("name", FIXTURES)
def test_each_rule_fires_on_its_fixture_and_is_silent_on_the_neighbour(name: str) -> None:
    fires, line, silent = FIXTURES[name]
    assert [(finding.name, finding.line) for finding in found_in(fires)] == [(name, line)]
    assert found_in(silent) == []


def test_every_rule_on_pages_has_a_fixture() -> None:
    assert {each.name for each in rules() if each.subject is Page} == set(FIXTURES)


def findings_at(path: str) -> list[tuple[str, int]]:
    data = (ROOT / "source_docs" / path).read_bytes()
    return [(finding.name, finding.line) for finding in findings(read_page(data, path))]


def test_the_five_pages_give_what_is_wrong_with_them_and_nothing_else() -> None:
    assert findings_at("mit-ml-for-healthcare/catalog.en.md") == [
        ("mojibake", 11),
        ("label-target-mismatch", 17),
        ("label-target-mismatch", 17),
    ]
    assert findings_at("mit-ml-for-healthcare/course.zh.md") == [("duplicate-anchor", 242)]
    assert findings_at("personalized-ml/course.en.md") == []
    assert findings_at("ml-health-online/course.en.md") == [("mojibake", 13)]
    assert findings_at("dl-for-healthcare/labs.en.md") == [("duplicate-anchor", 11), ("duplicate-anchor", 13)]
    assert findings_at("mit-ml-for-healthcare/lectures.en.md") == []


def test_label_and_target_that_disagree_are_both_named() -> None:
    data = (ROOT / "source_docs/mit-ml-for-healthcare/catalog.en.md").read_bytes()
    messages = [finding.message for finding in findings(read_page(data, "c.md")) if finding.code == "L102"]
    assert messages == ["the label says 6.8611, the target is 6.8610", "the label says 9.520, the target is 6.7910"]


def test_mojibake_is_shown_before_and_after() -> None:
    (finding,) = [each for each in findings(page("ml-health-online/course.en.md")) if each.name == "mojibake"]
    assert "32 places" in finding.message
    assert "mac_roman" in finding.message
    assert finding.source.endswith("Medicine \uf8ffü§ñ")
    assert finding.target.endswith("Medicine 🤖")


def page(path: str) -> Page:
    return read_page((ROOT / "source_docs" / path).read_bytes(), Path(path).name)
