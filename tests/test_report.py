"""Findings in every form: true to the finding, safe to print, and no more than a reader can take."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Finding, Severity
from pipeline.text.printable import one_line
from pipeline.text.script import display_width
from pipeline.validator.acceptance import Acceptance, with_acceptances
from pipeline.validator.report import FORMS, exit_status, report
from pipeline.validator.reports.schema import FindingRecord

TOPICLESS = Finding(
    code="A101",
    name="lecture-without-topic",
    severity="warning",
    path="source_docs/astronomy/course.zh.md",
    line=12,
    column=3,
    message="lecture 3 has no topic",
    source="望远镜",
    target="Telescopes",
    fix="add the topic, or accept it in course.toml",
)
BROKEN = Finding("E103", "not-text", "error", "source_docs/a.md", 0, 0, "is not text")
LIVED_WITH = replace(TOPICLESS, line=9, accepted="an introduction")


def of_severity(severity: Severity, count: int) -> list[Finding]:
    return [replace(TOPICLESS, severity=severity, line=line) for line in range(1, count + 1)]


# --- text


def test_text_shows_place_rule_both_languages_and_the_way_out_and_accepted_ones_apart() -> None:
    assert report([TOPICLESS, LIVED_WITH, BROKEN], "text") == (
        "source_docs/a.md: error E103 not-text: is not text\n"
        "\n"
        "source_docs/astronomy/course.zh.md:12:3: warning A101 lecture-without-topic: lecture 3 has no topic\n"
        "    source  望远镜\n"
        "    target  Telescopes\n"
        "    fix     add the topic, or accept it in course.toml\n"
        "\n"
        "Accepted:\n"
        "source_docs/astronomy/course.zh.md:9:3: warning A101 lecture-without-topic: lecture 3 has no topic\n"
        "    source  望远镜\n"
        "    target  Telescopes\n"
        "    reason  an introduction\n"
        "\n"
        "2 findings: 1 error, 1 warning (1 accepted).\n"
        "     1  A101  lecture-without-topic\n"
        "     1  E103  not-text\n"
        "Explain one: bilect rule E103\n"
    )


def test_nothing_found_is_said() -> None:
    assert report([], "text") == "No findings.\n"
    assert report([LIVED_WITH], "text").endswith("\nNo findings (1 accepted).\n")


def test_colours_come_only_when_asked_for() -> None:
    assert "\x1b[33mwarning\x1b[0m" in report([TOPICLESS], "text", colour=True)
    assert "\x1b" not in report([TOPICLESS], "text")


def test_a_long_text_is_cut_by_its_width_on_the_screen() -> None:
    shown = report([replace(TOPICLESS, source="行星" * 100, target="ab" * 100)], "text").splitlines()
    assert shown[1] == "    source  " + "行星" * 36 + "行…"
    assert [display_width(line) for line in shown[1:3]] == [159, 160]


# --- other forms


def test_concise_is_one_line_a_finding() -> None:
    assert report([TOPICLESS, LIVED_WITH], "concise") == (
        "source_docs/astronomy/course.zh.md:9:3: warning A101 lecture-without-topic: lecture 3 has no topic"
        " [accepted: an introduction]\n"
        "source_docs/astronomy/course.zh.md:12:3: warning A101 lecture-without-topic: lecture 3 has no topic\n"
    )


def test_json_is_one_array_of_the_fixed_shape() -> None:
    (first, second) = json.loads(report([TOPICLESS, LIVED_WITH], "json"))
    assert list(first) == list("code name severity path line column message source target fix accepted".split())
    for shown, finding in ((first, LIVED_WITH), (second, TOPICLESS)):
        assert shown == {name: value for name, value in asdict(finding).items() if name in shown}
    assert json.loads(report([], "json")) == []
    assert "望远镜" in report([TOPICLESS], "json")


def test_the_json_schema_names_every_field_that_others_may_rely_on() -> None:
    assert set(FindingRecord.model_json_schema()["required"]) == set(asdict(TOPICLESS)) - {
        "key",
        "spots",
        "edit",
        "end",
        "change",
    }


def test_jsonl_is_one_object_a_line() -> None:
    lines = report([TOPICLESS, BROKEN], "jsonl").splitlines()
    assert [json.loads(line)["code"] for line in lines] == ["E103", "A101"]


def test_github_gets_annotations_with_escaped_values() -> None:
    tricky = replace(TOPICLESS, path="a,b:c.md", message="100 % of\nit")
    assert report([tricky], "github") == (
        "::warning file=a%2Cb%3Ac.md,line=12,col=3,title=A101 lecture-without-topic::"
        "100 %25 of it%0A望远镜%0ATelescopes%0Aadd the topic, or accept it in course.toml\n"
    )
    assert report([BROKEN], "github") == "::error file=source_docs/a.md,title=E103 not-text::is not text\n"


def test_github_shows_the_worst_first_and_says_how_many_more_the_log_has() -> None:
    many = [*of_severity("warning", 12), *of_severity("error", 11), *of_severity("info", 2), LIVED_WITH]
    lines = report(many, "github").splitlines()
    assert [line.split()[0] for line in lines[:20]] == ["::error"] * 10 + ["::warning"] * 10
    assert [line.startswith("::") for line in lines[20:]] == [False] * 6 + [True]
    assert lines[-1] == "::notice title=bilect::5 more findings in the log of this step"


# --- what a page says cannot steer what reads the report

HOSTILE = st.text(st.sampled_from("a中%,:\n\r\x1b[31m\u202e#：\u2028\x00")) | st.sampled_from(
    ["::error::x", "##[group]x"]
)


@given(message=HOSTILE, source=HOSTILE, path=HOSTILE.filter(bool), accepted=st.none() | HOSTILE)
def test_no_text_breaks_out_of_its_line(message: str, source: str, path: str, accepted: str | None) -> None:
    finding = replace(TOPICLESS, message=message, source=source, path=path, accepted=accepted)
    for form in ("text", "concise", "github"):
        shown = report([finding], form)
        assert not re.search("[\x00-\x09\x0b-\x1f\u2028\u202e]", shown)
    assert len(report([finding], "concise").splitlines()) == 1
    assert len(report([finding], "jsonl").split("\n")) == 2
    shown = report([finding], "github")
    assert len(shown.splitlines()) == 1
    assert shown.startswith("::warning ") == (accepted is None)
    assert accepted is None or not re.search(r"^\s*::|##\[", shown)


def test_what_a_terminal_would_hide_is_shown_and_a_full_width_space_is_kept() -> None:
    assert one_line("a\u200bb\x07\uf8ff\u3000c👩\u200d⚕️") == "a\\u200bb\\x07\\uf8ff\u3000c👩\u200d⚕️"


@given(st.lists(st.sampled_from([TOPICLESS, BROKEN, LIVED_WITH])), st.sampled_from(sorted(FORMS)))
def test_the_order_of_findings_does_not_matter(findings: list[Finding], form: str) -> None:
    assert report(findings, form) == report(reversed(findings), form)


# --- the exit status


@pytest.mark.parametrize(
    ("findings", "fail_on", "status"),
    [
        ([], "info", 0),
        ([TOPICLESS], "error", 0),
        ([TOPICLESS], "warning", 1),
        ([TOPICLESS, BROKEN], "error", 1),
        ([BROKEN], None, 0),
        ([LIVED_WITH], "info", 0),
    ],
)
def test_the_status_is_1_for_findings_at_or_above_the_limit(
    findings: list[Finding], fail_on: Severity | None, status: int
) -> None:
    assert exit_status(findings, fail_on) == status


# --- acceptances

COURSE = "source_docs/astronomy/course.toml"


@pytest.mark.parametrize(
    "acceptance",
    [
        Acceptance("A101", "r"),
        Acceptance("lecture-without-topic", "r"),
        Acceptance("a101", "r", page="course.zh.md", line=12, text="望远"),
        Acceptance("A101", "r", text="Telescopes"),
    ],
)
def test_an_acceptance_marks_what_all_its_selectors_match(acceptance: Acceptance) -> None:
    assert with_acceptances([TOPICLESS, BROKEN], [acceptance], COURSE) == [replace(TOPICLESS, accepted="r"), BROKEN]


@pytest.mark.parametrize(
    ("acceptance", "said"),
    [
        (
            Acceptance("X101", "r", text="彗星", at=4),
            "no stale-acceptance finding with text '彗星' is left to accept",
        ),
        (Acceptance("X101", "r", page="a.md", line=2, at=4), "with page 'a.md' and line 2 is left"),
        (Acceptance("mojibak", "r", at=4), "no rule is called 'mojibak'"),
        (Acceptance("stale-acceptance", "r", at=4), "no stale-acceptance finding is left to accept"),
    ],
)
def test_an_acceptance_that_matches_nothing_is_a_finding(acceptance: Acceptance, said: str) -> None:
    kept, stale = with_acceptances([TOPICLESS], [acceptance], COURSE)
    assert kept == TOPICLESS
    assert (stale.name, stale.severity, stale.path, stale.line) == ("stale-acceptance", "warning", COURSE, 4)
    assert said in stale.message


def test_an_acceptance_reaches_no_other_course() -> None:
    other = replace(TOPICLESS, path="source_docs/astronomy-2/course.zh.md")
    assert [each.accepted for each in with_acceptances([other, TOPICLESS], [Acceptance("A101", "r")], COURSE)] == [
        None,
        "r",
    ]
