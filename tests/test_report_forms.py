"""The forms of reports that other programs read: valid by their own rules, and safe to show whatever a page says."""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from golden import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Finding
from pipeline.text.said import said
from pipeline.validator.report import report
from pipeline.validator.reports.github import step_summary
from pipeline.validator.suppression import NO_REASON

TOPICLESS = Finding(
    "A101", "lecture-without-topic", "warning", "source_docs/a b/讲.zh.md", 12, 3,
    "lecture 3 has no topic", "望远镜 [a](b)", "Telescopes", "add the topic", spots=((0, 3), None),
)  # fmt: skip
BROKEN = Finding("P201", "translation-left-out", "error", "a.po", 0, 0, "breaks the page")
HINT = replace(TOPICLESS, severity="info", path="b.md")
LIVED_WITH = replace(TOPICLESS, line=9, accepted="an introduction")
ALL = [TOPICLESS, BROKEN, HINT, LIVED_WITH]

HOSTILE = st.text(st.sampled_from("a中<>&\"'|`]\n\r\x00\x1b\u202e\u2028\ufffe\udc80{}\\-")) | st.sampled_from(
    ["</script><script>alert(1)</script>", "</style>", "]]>", "--><img src=x onerror=alert(1)>", "javascript:alert(1)"]
)
FINDINGS = st.builds(
    replace,
    st.sampled_from(ALL),
    path=HOSTILE.filter(bool),
    message=HOSTILE,
    source=HOSTILE,
    target=HOSTILE,
    fix=HOSTILE,
)


# --- SARIF


def sarif_run(findings: Sequence[Finding]) -> dict[str, list[dict[str, object]]]:
    (run,) = json.loads(report(findings, "sarif"))["runs"]
    return dict(run)


def test_sarif_has_place_level_and_texts_of_a_finding() -> None:
    (result,) = sarif_run([TOPICLESS])["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("A101", 0, "warning")
    assert result["message"] == {
        "text": "lecture 3 has no topic\nsource: 望远镜 \\[a\\](b)\ntarget: Telescopes\nfix: add the topic"
    }
    place = {"uri": "source_docs/a%20b/%E8%AE%B2.zh.md", "uriBaseId": "SRCROOT"}
    region = {"startLine": 12, "startColumn": 3, "endLine": 12}
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": place, "region": region}}]


def test_sarif_explains_each_rule_once_with_the_page_that_users_read() -> None:
    driver = json.loads(report(ALL, "sarif"))["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == ["A101", "P201"]
    assert driver["rules"][0]["name"] == "LectureWithoutTopic"
    assert driver["rules"][0]["help"]["markdown"].startswith("# A101 lecture-without-topic\n")


def test_sarif_suppresses_what_is_accepted() -> None:
    lived_with, standing = sarif_run([TOPICLESS, LIVED_WITH])["results"]
    assert lived_with["suppressions"] == [{"kind": "external", "justification": "an introduction"}]
    assert "suppressions" not in standing


@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_fingerprints_stay_when_lines_move_and_are_never_shared(form: str) -> None:
    def prints(findings: Sequence[Finding]) -> list[str]:
        return re.findall(r'"(?:fingerprint|primaryLocationLineHash)": "(.*)"', report(findings, form))

    moved = replace(TOPICLESS, line=40, column=1, message="reworded")
    assert prints([TOPICLESS]) == prints([moved]) != prints([replace(TOPICLESS, target="Telescope")])
    assert len(set(prints([TOPICLESS, moved, BROKEN]))) == 3


@pytest.mark.parametrize("findings", [ALL, []])
def test_sarif_is_valid_by_its_schema(findings: list[Finding]) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="pip install jsonschema checks SARIF against its schema")
    path = Path(os.environ.get("BILECT_SPECS") or ROOT / ".bilect" / "specs") / "sarif-schema-2.1.0.json"
    if not path.is_file():
        pytest.skip("make specs fetches the schema of SARIF")
    schema = json.loads(path.read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(json.loads(report(findings, "sarif")))] == []


# --- GitLab


def test_gitlab_gets_what_is_not_accepted_with_its_own_severities() -> None:
    issues = json.loads(report(ALL, "gitlab"))
    assert [each["severity"] for each in issues] == ["major", "info", "minor"]
    assert issues[0]["location"] == {"path": "a.po", "lines": {"begin": 1}}
    assert issues[2]["description"] == "A101: lecture 3 has no topic (add the topic)"
    assert issues[2]["check_name"] == "lecture-without-topic"
    assert json.loads(report([], "gitlab")) == []


# --- JUnit

_ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": set("name tests failures errors group time skipped timestamp hostname id package file log url".split()),
    "testcase": {"name", "time", "classname", "group"},
    "failure": {"type", "message"}, "skipped": {"type", "message"}, "system-out": set(),
}  # fmt: skip
_CHILDREN = {
    "testsuites": {"testsuite"}, "testsuite": {"testcase"}, "testcase": {"failure", "skipped", "system-out"},
}  # fmt: skip


def assert_jenkins_reads(xml: str) -> ET.Element:
    """What junit-10.xsd of Jenkins asks for, by hand: names, where they stand, and numbers that add up."""
    root = ET.fromstring(xml)
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) <= _ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= _CHILDREN.get(element.tag, set())
    for suite in root:
        assert {"name", "tests", "failures", "errors"} <= set(suite.attrib)
        cases = list(suite.iter("testcase"))
        assert (int(suite.attrib["tests"]), all(case.attrib["name"] for case in cases)) == (len(cases), True)
        assert int(suite.attrib["failures"]) == len(list(suite.iter("failure")))
        assert int(suite.attrib["skipped"]) == len(list(suite.iter("skipped")))
    assert root.attrib["tests"] == str(len(list(root.iter("testcase"))))
    return root


def test_junit_fails_for_errors_and_warnings_skips_the_accepted_and_passes_hints() -> None:
    root = assert_jenkins_reads(report(ALL, "junit"))
    assert [[child.tag for child in case] for case in root.iter("testcase")] == [
        ["failure"], ["system-out"], ["skipped"], ["failure"],
    ]  # fmt: skip
    failure = list(root.iter("failure"))[-1]
    assert failure.attrib == {"type": "warning", "message": "lecture 3 has no topic"}
    assert "source: 望远镜 [a](b)\ntarget: Telescopes\nfix: add the topic" in (failure.text or "")


def test_junit_of_nothing_is_one_test_that_passes() -> None:
    root = assert_jenkins_reads(report([], "junit"))
    assert [case.attrib["name"] for case in root.iter("testcase")] == ["no findings"]


# --- HTML


class Reader(HTMLParser):
    """The elements of a page with their attributes, checked to be nested."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.text.setdefault(self._open[-1], []).append(data)


def test_html_shows_both_languages_with_the_spot_marked() -> None:
    page = Reader(report(ALL, "html"))
    assert page.text["title"] == ["bilect check: 3 findings"]
    assert page.text["mark"] == ["望远镜"] * 3
    assert [attributes["lang"] for tag, attributes in page.elements if tag == "p" and "lang" in attributes][:2] == [
        "zh",
        "en",
    ]
    assert Reader(report([], "html")).text["h1"] == ["No findings"]


def test_html_can_be_filtered_by_severity_rule_and_file() -> None:
    page = Reader(report(ALL, "html"))
    values = [attributes["value"] for tag, attributes in page.elements if tag == "option"]
    assert values == [
        "",
        "error",
        "warning",
        "info",
        "accepted",
        "",
        "A101",
        "P201",
        "",
        "a.po",
        "b.md",
        TOPICLESS.path,
    ]
    shown = [attributes for tag, attributes in page.elements if tag == "article"]
    assert [each["data-severity"] for each in shown] == ["error", "info", "accepted", "warning"]


def test_every_link_of_the_html_leads_to_something_in_it() -> None:
    page = Reader(report(ALL, "html"))
    links = {attributes["href"] for tag, attributes in page.elements if tag == "a"}
    assert links <= {f"#{attributes['id']}" for _, attributes in page.elements if "id" in attributes}
    assert not any("src" in attributes for _, attributes in page.elements)


def test_the_html_allows_only_its_own_style_and_script() -> None:
    page = report(ALL, "html")
    for name in ("style", "script"):
        (inner,) = re.findall(f"<{name}>(.*?)</{name}>", page, re.DOTALL)
        assert f"{name}-src &#x27;sha256-{b64encode(sha256(inner.encode()).digest()).decode()}&#x27;" in page
    assert "default-src &#x27;none&#x27;" in page


def test_html_is_in_the_language_of_the_user_and_what_programs_read_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    broken = replace(BROKEN, message=said("no rule is called {name!r}", name="x"), fix="fill it in")
    findings = [replace(TOPICLESS, accepted=NO_REASON), broken, HINT]
    forms = ("json", "jsonl", "sarif", "junit", "gitlab", "github", "concise")
    english = [report(findings, form) for form in forms]
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert [report(findings, form) for form in forms] == english
    page = Reader(report(findings, "html"))
    assert page.elements[0] == ("html", {"lang": "zh-CN"})
    assert (page.text["title"], page.text["h1"]) == (["bilect check：2 个问题"], ["2 个问题"])
    assert {"没有名为 'x' 的规则"} < set(page.text["p"])
    assert page.text["b"] == ["修正", "修正", "已接受"]
    assert {" 请填写它", " 没有写明理由"} < set(page.text["p"])
    assert [text for text in page.text["label"] if text.strip()] == ["严重程度 ", "规则 ", "文件 ", "文字 "]
    (output,) = [attributes for tag, attributes in page.elements if tag == "output"]
    assert (output["data-all"], output["data-some"]) == ("显示全部 {total} 个", "显示 {total} 个中的 {shown} 个")
    # the page on a rule is in English, and says so
    assert [attributes for tag, attributes in page.elements if tag == "pre"] == [{"lang": "en"}] * 2


# --- whatever a page says


@settings(max_examples=25)
@given(st.lists(FINDINGS, max_size=3))
def test_no_text_breaks_a_form(findings: list[Finding]) -> None:
    quiet = [name for name, _ in Reader(report([replace(each, path="a.md") for each in ALL], "html")).elements]
    page = Reader(report(findings, "html"))
    assert {name for name, _ in page.elements} <= {*quiet, "mark"}
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert_jenkins_reads(report(findings, "junit"))
    for form in ("sarif", "gitlab", "junit", "html"):
        assert not re.search("[\x00-\x09\x0b-\x1f\u2028\u202e\ufffe]", report(findings, form).replace("\\n", ""))
    json.loads(report(findings, "sarif"))
    json.loads(report(findings, "gitlab"))


# --- the summary of a step on GitHub


def test_the_summary_is_a_table_with_the_worst_first() -> None:
    rule = "A101 lecture-without-topic | lecture 3 has no topic | 望远镜 &#91;a&#93;(b) | Telescopes |"
    assert step_summary(ALL).splitlines() == [
        "### bilect check: 3 findings (1 error, 1 warning, 1 info; 1 accepted)",
        "",
        "| | place | rule | what | source | target |",
        "| --- | --- | --- | --- | --- | --- |",
        "| error | <code>a.po</code> | P201 translation-left-out | breaks the page |  |  |",
        f"| warning | <code>source&#95;docs/a b/讲.zh.md&#58;12&#58;3</code> | {rule}",
        f"| info | <code>b.md&#58;12&#58;3</code> | {rule}",
    ]
    assert step_summary([]) == "### bilect check: no findings\n"


@settings(max_examples=40)
@given(st.lists(FINDINGS, min_size=1, max_size=3))
def test_no_text_breaks_the_summary(findings: list[Finding]) -> None:
    _, _, *rows = step_summary([replace(each, accepted=None) for each in findings]).rstrip("\n").split("\n")
    assert {row.count("|") for row in rows} <= {7}
    assert not re.search("<(?!/?code>)|&(?!#)", "".join(rows))


def test_the_summary_keeps_to_its_limit_and_says_what_it_leaves_out() -> None:
    many = [replace(TOPICLESS, line=line) for line in range(1, 2000)]
    text = step_summary(many, 5000)
    assert len(text.encode()) <= 5000
    assert re.search(r"\n\n\d+ more findings are in the log of this step\.\n$", text)
    assert step_summary(many, 10) == ""
