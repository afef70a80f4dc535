"""Comments that suppress findings: what they reach, what they leave, and that one that nothing needs is told."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from terminal import bilect

from pipeline.catalogs.po import Catalog, read_catalog
from pipeline.extractors.page import read_page
from pipeline.model import Finding, Page
from pipeline.validator.messages import CheckedCatalog
from pipeline.validator.suppression import NO_REASON, Suppression, in_catalog, in_page, suppressed, suppressed_by_path

FOUND = Finding("X101", "stale-acceptance", "warning", "a.po", 9, 1, "something")
CATALOG = """# bilect: ignore=PO103 the header is old
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

# a note
# bilect: ignore=X101,stale-pin  the brand (品牌)
#: a.md:3
msgid "One"
msgstr ""
"第一"

# bilect:ignore X1
#, fuzzy
msgid "Two"
msgstr "二"

# bilect: ignore=
msgid "Three"
msgstr "三"
"""
PAGE = """# Title

<!-- bilect:ignore L101 the anchor comes later -->
See [this](#later)
and more.

<!-- bilect:ignore L101,P1 -->

| a | b |
| - | - |
| c | d |

    <!-- bilect:ignore L101 an example -->

Write `<!-- bilect:ignore L101 x -->` before it. <!-- bilect:ignore-file E101 legacy -->
"""


def of_catalog(text: str = CATALOG) -> list[Suppression]:
    return in_catalog(read_catalog(text.encode()), "a.po")


def of_page(text: str = PAGE) -> list[Suppression]:
    return in_page(read_page(text.encode(), "p.md"))


def test_a_translator_comment_reaches_the_lines_of_its_message() -> None:
    header, first, fuzzy, empty = of_catalog()
    assert (header.words, header.lines) == (("PO103",), range(4))
    assert (first.words, first.reason) == (("X101", "stale-pin"), "the brand (品牌)")
    assert (first.line, first.lines, first.is_judged) == (6, range(5, 11), True)
    assert (fuzzy.words, fuzzy.reason, fuzzy.is_judged) == (("X1",), NO_REASON, False)
    assert empty.words == ("",)


def test_a_comment_on_a_page_reaches_the_next_block_and_examples_reach_nothing() -> None:
    paragraph, table, whole = of_page()
    assert (paragraph.line, paragraph.lines, paragraph.reason) == (3, range(4, 6), "the anchor comes later")
    assert (table.words, table.lines) == (("L101", "P1"), range(9, 12))
    assert (whole.words, whole.reason, 10**6 in whole.lines) == (("E101",), "legacy", True)


def test_a_page_in_another_encoding_gives_its_reason() -> None:
    data = (
        "# 课程\n\n<!-- bilect:ignore L101 以后再写这一节的内容 -->\n这是一个段落，内容很多，见[这里](#x)。\n".encode(
            "gb18030"
        )
    )
    (only,) = in_page(read_page(data, "p.md"))
    assert (only.reason, only.lines) == ("以后再写这一节的内容", range(4, 5))


@pytest.mark.parametrize("word", ["X101", "x101", "X1", "X", "stale-acceptance", "Stale-Acceptance"])
def test_a_rule_is_suppressed_by_its_code_the_beginning_of_it_and_its_name(word: str) -> None:
    (marked,) = suppressed([FOUND], [Suppression("a.po", 5, (word,), "why", range(5, 11))])
    assert marked == replace(FOUND, accepted="why")


@pytest.mark.parametrize(
    "other",
    [{"line": 11}, {"line": 4}, {"path": "b.po"}, {"code": "X102", "name": "stale-pin"}, {"accepted": "before"}],
)
def test_nothing_else_is_suppressed(other: dict[str, object]) -> None:
    finding = replace(FOUND, **other)  # type: ignore[arg-type]
    assert suppressed([finding], [Suppression("a.po", 5, ("X101",), "why", range(5, 11))]) == [finding]


def messages(suppressions: list[Suppression], ran: tuple[type, ...]) -> list[tuple[int, str, str]]:
    return [(each.line, each.message, each.fix) for each in suppressed([], suppressions, ran)]


def test_a_word_that_nothing_needs_is_a_finding_where_its_rules_have_looked() -> None:
    unused = of_page()[:1]
    assert messages(unused, (Page,)) == [
        (3, "nothing here is found by L101 any more", "remove L101 from this comment, or the comment")
    ]
    assert messages(unused, (Catalog, CheckedCatalog)) == []
    assert messages(unused, ()) == []


def test_a_comment_that_names_no_rule_is_a_finding_and_one_in_a_fuzzy_message_is_not_judged() -> None:
    wrong = of_catalog('# bilect: ignore=untranslatd x\nmsgid "a"\nmsgstr "b"\n')
    ((line, message, _),) = messages(wrong, (Catalog,))
    assert (line, message) == (1, "no rule is called 'untranslatd'")
    assert [each[1] for each in messages(of_catalog()[2:], (Catalog,))] == ["this comment names no rule"]


def test_of_several_words_only_those_that_nothing_needs_are_told() -> None:
    both = [replace(of_page()[0], words=("L101", "P101"))]
    found = Finding("L101", "broken-anchor", "warning", "p.md", 4, 1, "x")
    kept, unused = suppressed([found], both, (Page,))
    assert kept.accepted == "the anchor comes later"
    assert "P101" in unused.message


PO = '# bilect: ignore=M201 old book\nmsgid "All traits"\nmsgstr "所有性状"\n'


def test_what_a_catalog_suppresses_is_listed_as_accepted_and_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text('msgid ""\nmsgstr "Language: zh_CN\\n"\n\n' + PO, "utf-8")
    (tmp_path / "t.csv").write_text("en,zh_CN\ntrait,特征\n", "utf-8")
    arguments = ("check", "a.po", "--terms", "t.csv", "--select", "M201,X103")
    shown = bilect(*arguments, "--format", "json", "--max-warnings", "0", cwd=tmp_path)
    assert [(each["code"], each["accepted"]) for each in json.loads(shown.stdout)] == [("M201", "old book")]
    assert shown.status == 0
    assert "reason  old book" in bilect(*arguments, cwd=tmp_path).stdout


def test_what_a_page_suppresses_is_accepted(tmp_path: Path) -> None:
    page = "# The notes\n\n<!-- bilect:ignore broken-anchor later -->\n\n[x](#the-note)\n\n[y](#the-nots)\n"
    (tmp_path / "p.md").write_text(page, "utf-8")
    shown = bilect("check", "p.md", "--format", "json", "--select", "L103,X103", cwd=tmp_path)
    assert [(each["line"], each["accepted"]) for each in json.loads(shown.stdout)] == [(5, "later"), (7, None)]


@pytest.mark.skipif(not shutil.which("msgcat"), reason="gettext is not installed")
def test_the_comment_survives_gettext() -> None:
    through = subprocess.run(["msgcat", "-"], input=CATALOG.encode(), capture_output=True, check=True).stdout
    assert [each.words for each in of_catalog(through.decode())] == [each.words for each in of_catalog()]


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("legacy/**", "legacy/a/b.po", True),
        ("legacy", "x/legacy/a.po", True),
        ("legacy/", "legacy/a.po", True),
        ("*.po", "a/b/c.po", True),
        ("a/*.po", "a/b/c.po", False),
        ("a/**/c.po", "a/c.po", True),
        ("a/**/c.po", "a/b/b/c.po", True),
        ("./a/?.po", "a/b.po", True),
        ("a.po", "b/xa.po", False),
        ("[a].po", "a.po", False),
        ("[a].po", "[a].po", True),
    ],
)
def test_a_pattern_of_the_configuration_fits_paths_of_the_project(pattern: str, path: str, fits: bool) -> None:
    (finding,) = suppressed_by_path([replace(FOUND, path=path)], {pattern: ["stale-acceptance"]})
    assert finding.accepted == (f'[check.per-file] "{pattern}"' if fits else None)


@pytest.mark.parametrize(
    ("configuration", "status", "said"),
    [
        ('[check.per-file]\n"p.md" = ["L103"]\n', 0, ""),
        ('[check.per-file]\n"*.md" = ["L1", "X103"]\n', 0, ""),
        (
            '[check.per-file]\n"p.md" = ["broken-ancor"]\n',
            2,
            "[check.per-file] \"p.md\": no rule is called 'broken-ancor' (did you mean 'broken-anchor'?)",
        ),
        (
            '[check.per-file]\n"p.md" = "L103"\n',
            2,
            "bilect.toml:2: check.per-file.p.md should be a list in square brackets",
        ),
        ("[check.per_file]\n", 2, "bilect.toml:1: unknown key 'per_file' (did you mean 'per-file'?)"),
    ],
)
def test_the_configuration_accepts_rules_in_files(tmp_path: Path, configuration: str, status: int, said: str) -> None:
    (tmp_path / "bilect.toml").write_text(configuration, "utf-8")
    page = tmp_path / "source_docs/ml/p.md"
    page.parent.mkdir(parents=True)
    page.write_text("# The notes\n\n[x](#the-note)\n", "utf-8")
    shown = bilect("check", "--select", "L103", "--fail-on", "warning", cwd=tmp_path)
    assert (shown.status, said in shown.stderr) == (status, True), shown
    assert status or "(1 accepted)" in shown.stdout


@pytest.mark.parametrize(
    ("configuration", "told"),
    [
        ('[check.per-file]\n"p.md" = ["L103"]\n', ""),
        ('[check.per-file]\n"p.md" = ["L103", "L101"]\n', '[check.per-file] "p.md" names L101'),
        ('[check.per-file]\n"q.md" = ["L103"]\n', '[check.per-file] "q.md" names L103'),
        ('[check.per-file]\n"other.po" = ["M133"]\n', ""),
        ('[check.per-file]\n"p.md" = ["M301"]\n', ""),
        ('[check]\nignore = ["L103"]\n', ""),
        ('[check]\nignore = ["L103", "bracket-balance"]\n', "[check] ignore names bracket-balance"),
    ],
)
def test_what_the_configuration_accepts_and_nothing_finds_is_told(
    tmp_path: Path, configuration: str, told: str
) -> None:
    (tmp_path / "bilect.toml").write_text(configuration, "utf-8")
    page = tmp_path / "source_docs/ml/p.md"
    page.parent.mkdir(parents=True)
    page.write_text("# The notes\n\n[x](#the-note)\n", "utf-8")
    catalog = tmp_path / "locales/zh_CN/other.po"  # of no page: looked at only where it is named
    catalog.parent.mkdir(parents=True)
    catalog.write_bytes(b"")
    shown = bilect("check", "--select", "X103", "--format", "concise", cwd=tmp_path)
    lines = [line for line in shown.stdout.splitlines() if "X103" in line]
    assert len(lines) == bool(told), shown
    assert not told or (lines[0].startswith("bilect.toml:2:") and told in lines[0])
    assert shown.status == 0
    assert "X103" not in bilect("check", "source_docs", "--select", "X103", cwd=tmp_path).stdout
