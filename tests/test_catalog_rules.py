"""Rules on catalogs: each fires on its fault, and says nothing of the catalog without it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogs.plurals import plural_forms
from pipeline.catalogs.po import read_catalog
from pipeline.model import Finding
from pipeline.project.root import project_of
from pipeline.project.run import run
from pipeline.project.work import checked
from pipeline.validator.base import findings
from pipeline.validator.messages import checked_catalog
from pipeline.validator.stale import CatalogInTree, CatalogOfPage, Key

HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: course 1.0\\n"
"Report-Msgid-Bugs-To: \\n"
"POT-Creation-Date: 2025-01-31 18:00+0000\\n"
"PO-Revision-Date: 2025-01-31 18:00+0000\\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
MESSAGE = '\nmsgid "Lecture"\nmsgstr "讲座"\n'
PLURAL = '\nmsgid "%d day"\nmsgid_plural "%d days"\n'
SIMPLE = HEADER + MESSAGE
GOOD = SIMPLE + PLURAL + 'msgstr[0] "%d 天"\n'
GERMAN = SIMPLE.replace("zh_CN", "de").replace("nplurals=1; plural=0;", "nplurals=2; plural=n != 1;")
SIMPLIFIED = "为机器学习与医疗数据编写课程说明，请读者们对照两种语言检查每个标题与译文是否准确。" * 6
TRADITIONAL = "為機器學習與醫療資料編寫課程說明，請讀者們對照兩種語言檢查每個標題與譯文是否準確。"


def found(text: str, path: str = "course.po") -> list[Finding]:
    catalog = read_catalog(text.encode("utf-8", "surrogateescape"), path)
    return [*catalog.findings, *(each for each in findings(checked_catalog(catalog, path)) if each.code[:2] == "PO")]


def codes(text: str, path: str = "course.po") -> set[str]:
    return {finding.code for finding in found(text, path)}


def replaced(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def message(text: str) -> str:
    return GOOD + "\n" + text


def without(name: str) -> str:
    return "".join(line for line in GOOD.splitlines(keepends=True) if not line.startswith(f'"{name}:'))


FAULTS = {
    "no header": (MESSAGE, "PO110"),
    **{f"no {name}": (without(name), "PO110") for name in ("Language", "Content-Type", "MIME-Version", "POT-Creation-Date")},
    "no Plural-Forms": (without("Plural-Forms"), "PO120"),
    "boilerplate project": (replaced("course 1.0", "PACKAGE VERSION"), "PO111"),
    "boilerplate translator": (replaced("Translator: ", "Translator: FULL NAME <EMAIL@ADDRESS>"), "PO111"),
    "boilerplate comment": ("# Copyright (C) YEAR THE PACKAGE'S COPYRIGHT HOLDER\n" + GOOD, "PO111"),
    "boilerplate charset": (replaced("UTF-8", "CHARSET"), "PO111"),
    "repeated field": (replaced('"MIME', '"Language: zh_CN\\n"\n"MIME'), "PO112"),
    "unknown field": (replaced('"MIME', '"Generator: x\\n"\n"MIME'), "PO113"),
    "no field": (replaced('"MIME', '"what is this\\n"\n"MIME'), "PO113"),
    "fuzzy header": ("#, fuzzy\n" + GOOD, "PO114"),
    "header in the second place": (MESSAGE + "\n" + HEADER, "PO115"),
    "header with a reference": ("#: course.md:3\n" + GOOD, "PO115"),
    "invisible character": (replaced("course 1.0", "course\u0085 1.0"), "PO115"),
    "ISO date": (replaced("Revision-Date: 2025-01-31 18:00+0000", "Revision-Date: 2025-01-31T18:00:00+08:00"), "PO116"),
    "empty date": (replaced("Revision-Date: 2025-01-31 18:00+0000", "Revision-Date: "), "PO116"),
    "no such day": (replaced("Revision-Date: 2025-01-31", "Revision-Date: 2025-02-31"), "PO116"),
    "old date": (replaced("Revision-Date: 2025", "Revision-Date: 1970"), "PO116"),
    "future date": (replaced("Revision-Date: 2025", "Revision-Date: 2525"), "PO116"),
    "MIME version": (replaced("MIME-Version: 1.0", "MIME-Version: 1.1"), "PO116"),
    "transfer encoding": (replaced("8bit", "7bit"), "PO116"),
    "content type": (replaced("text/plain", "text/html"), "PO116"),
    "odd charset": (replaced("UTF-8", "klingon"), "PO102"),
    "charset without Han": (HEADER.replace("UTF-8", "ISO-8859-1") + '\nmsgid "a"\nmsgstr "b"\n', "PO116"),
    "no version": (replaced("course 1.0", "course"), "PO117"),
    "translator without address": (replaced("Translator: ", "Translator: Li Lei"), "PO117"),
    "address that reaches nobody": (replaced("Team: ", "Team: <a@example.org>"), "PO117"),
    "plural syntax": (replaced("plural=0;", "plural=(0;"), "PO121"),
    "plural without expression": (replaced("nplurals=1; plural=0;", "1"), "PO121"),
    "division by zero": (replaced("plural=0;", "plural=1%n;"), "PO121"),
    "overflow": (replaced("plural=0;", "plural=0*(0-n);"), "PO121"),
    "form that is not there": (replaced("plural=0;", "plural=n>1;"), "PO121"),
    "form that is not used": (SIMPLE.replace("nplurals=1", "nplurals=2"), "PO121"),
    "junk": (replaced("nplurals=1", "Plural-Forms: nplurals=1"), "PO121"),
    "plurals of another language": (SIMPLE.replace("nplurals=1; plural=0;", "nplurals=2; plural=n != 1;"), "PO122"),
    "plurals of Polish": (
        SIMPLE.replace("zh_CN", "pl").replace("nplurals=1; plural=0;", "nplurals=2; plural=n != 1;"), "PO122"),
    "too many forms": (GOOD + 'msgstr[1] "%d 天"\n', "PO123"),
    "language by name": (replaced("zh_CN", "Chinese"), "PO130"),
    "language with charset": (replaced("zh_CN", "zh_CN.UTF-8"), "PO130"),
    "no such language": (replaced("zh_CN", "qy"), "PO130"),
    "language in capitals": (replaced("zh_CN", "ZH"), "PO130"),
    "traditional text": (message(f'msgid "a"\nmsgstr "{TRADITIONAL}"\n'), "PO131"),
    "simplified text": (GOOD.replace("zh_CN", "zh_TW") + f'\nmsgid "a"\nmsgstr "{SIMPLIFIED}"\n', "PO131"),
    "Chinese as German": (GERMAN + f'\nmsgid "a"\nmsgstr "{SIMPLIFIED}"\n', "PO131"),
    "X-Poedit-Language": (replaced('"MIME', '"X-Poedit-Language: Greek\\n"\n"MIME'), "PO131"),
    "duplicate": (GOOD + MESSAGE, "PO140"),
    "second header": (GOOD + "\n" + HEADER, "PO141"),
    "compendium": (message('msgid "a"\nmsgstr "#-#-#-#-#  a.po  #-#-#-#-#\\n"\n"b"\n'), "PO142"),
    "compendium in the header": (replaced('"MIME', '"#-#-#-#-#  a.po  #-#-#-#-#\\n"\n"MIME'), "PO142"),
    "no messages": (HEADER, "PO143"),
    "previous text": (message('#| msgid "b"\nmsgid "a"\nmsgstr "b"\n'), "PO145"),
    "unknown flag": (message('#, pyhton-format\nmsgid "a"\nmsgstr "b"\n'), "PO146"),
    "two answers": (message('#, c-format, no-c-format\nmsgid "%d a"\nmsgstr "%d b"\n'), "PO147"),
    "two formats": (message('#, c-format, lisp-format\nmsgid "%d a"\nmsgstr "%d b"\n'), "PO147"),
    "two wraps": (message('#, wrap, no-wrap\nmsgid "a"\nmsgstr "b"\n'), "PO147"),
    "twice the same": (message('#, no-wrap, no-wrap\nmsgid "a"\nmsgstr "b"\n'), "PO147"),
    "no range": (message('#, range: 1-5\nmsgid "%d a"\nmsgid_plural "%d as"\nmsgstr[0] "%d b"\n'), "PO148"),
    "range without plural": (message('#, range: 1..5\nmsgid "a"\nmsgstr "b"\n'), "PO148"),
    "no format": (message('#, python-format\nmsgid "50 % of all"\nmsgstr "一半"\n'), "PO149"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_by_its_rule_alone(text: str, code: str) -> None:
    assert codes(text) - {"PO110"} <= {code}
    assert code in codes(text)


QUIET = {
    "good": GOOD,
    "a comment at the end": GOOD + "\n# end\n",
    "obsolete duplicate": GOOD + '\n#~ msgid "Lecture"\n#~ msgstr "课"\n',
    "other context": GOOD + '\nmsgctxt "a"\nmsgid "Lecture"\nmsgstr "课"\n',
    "known flags": message('#, fuzzy, no-wrap, python-format, markdown-text\nmsgid "%d a"\nmsgstr "b"\n'),
    "a directive": message('#, c-format\nmsgid "%d %% of %s"\nmsgstr "%d %% %s"\n'),
    "fuzzy with previous": message('#, fuzzy\n#| msgid "b"\nmsgid "a"\nmsgstr "b"\n'),
    "fuzzy compendium": message('#, fuzzy\nmsgid "a"\nmsgstr "#-#-#-#-#  a.po  #-#-#-#-#\\n"\n'),
    "on compendiums": message('msgid "lines #-#-#-#-#"\nmsgstr "行 #-#-#-#-#"\n'),
    "a variety": GOOD.replace("zh_CN", "sr@latin").replace("nplurals=1; plural=0;", "nplurals=3; plural=n%10==1 && "
        "n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;").replace(PLURAL + 'msgstr[0] "%d 天"\n', ""),
    "traditional": GOOD.replace("zh_CN", "zh_TW") + f'\nmsgid "a"\nmsgstr "{TRADITIONAL}"\n',
    "page as team": replaced("Team: ", "Team: Chinese (https://example.org/team)"),
    "the file of another program": replaced('"MIME', '"X-Generator: Poedit 3.4.2\\n"\n"Generated-By: Babel 2.9\\n"\n"MIME'),
}  # fmt: skip


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_a_good_catalog_has_no_findings(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", [text for text, _ in FAULTS.values()] + list(QUIET.values()))
@pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs gettext")
def test_what_msgfmt_accepts_has_no_error_of_form(text: str) -> None:
    checked = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", "-"], input=text.encode(), capture_output=True, check=False
    )
    errors = {finding.code for finding in found(text) if finding.severity == "error"}
    assert checked.returncode or not errors - {"PO142"}  # which is about what a translation says


@pytest.mark.parametrize(
    ("path", "is_found"),
    [
        ("locales/en/LC_MESSAGES/a/course.po", True), ("locales/zh_TW/LC_MESSAGES/a/course.po", True),
        ("locales/zh_CN/LC_MESSAGES/a/it.po", False), ("zh_TW.po", True), ("po/en.po", True), ("po/zh.po", False),
        ("zh-CN.po", False), ("zh_CN/it.po", False), ("course.po", False), ("is-this.po", False),
    ],
)  # fmt: skip
def test_the_path_of_a_catalog_says_its_language(path: str, is_found: bool) -> None:
    assert ("PO131" in codes(GOOD, path)) is is_found


def test_a_template_is_not_asked_for_what_translators_write() -> None:
    template = (
        GOOD.replace("zh_CN", "")
        .replace("Team: ", "Team: LANGUAGE <LL@li.org>")
        .replace("讲座", "")
        .replace("%d 天", "")
    )
    template = template.replace("Revision-Date: 2025-01-31 18:00+0000", "Revision-Date: YEAR-MO-DA HO:MI+ZONE")
    template = template.replace("nplurals=1; plural=0;", "nplurals=INTEGER; plural=EXPRESSION;")
    assert found("#, fuzzy\n" + template, "course.pot") == []
    assert codes(template + '\nmsgid "a"\nmsgstr "b"\n', "course.pot") == {"PO144"}


def test_a_finding_of_the_header_names_the_line_of_its_field() -> None:
    (finding,) = found(replaced("MIME-Version: 1.0", "MIME-Version: 1.1"))
    assert (finding.line, finding.target, finding.fix) == (10, "1.1", "write 1.0")


def test_a_date_is_told_as_it_should_be_written() -> None:
    text = replaced("Revision-Date: 2025-01-31 18:00+0000", "Revision-Date: 2024-04-15T18:42:46+08:00")
    assert found(text)[0].fix == "write 2024-04-15 18:42+0800"


def test_messages_with_a_wrong_number_of_forms_are_one_finding() -> None:
    text = GOOD + 'msgstr[1] "%d 天"\n' + PLURAL.replace("day", "week") + 'msgstr[0] "%d 周"\nmsgstr[1] "%d 周"\n'
    (finding,) = found(text)
    assert "2 forms where 1 is due; 1 more" in finding.message


@pytest.mark.parametrize(
    ("field", "numbers"),
    [
        ("nplurals=2; plural=n != 1;", [1, 0, 1]),
        ("nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;", [2, 0, 1]),
        ("nplurals=2; plural=!(n==1)", [1, 0, 1]),
        ("nplurals=9; plural=2+n*3-1;", [1, 4, 7]),
    ],
)
def test_an_expression_is_that_of_c(field: str, numbers: list[int]) -> None:
    assert [plural_forms(field).form(n) for n in range(3)] == numbers


@given(st.text(alphabet="n01?:()!=<>&|%+-*/ ", max_size=60))
def test_any_expression_is_read_or_refused(text: str) -> None:
    found = set(codes(HEADER.replace("plural=0;", f"plural={text};") + MESSAGE))
    assert found <= {"PO120", "PO121", "PO122", "PO123"}, found


@pytest.mark.parametrize("expression", ["(" * 900, "!" * 900, "n?" * 300, "1+" * 400 + "1", "n" * 100_000])
def test_a_bomb_of_an_expression_is_a_finding(expression: str) -> None:
    assert "PO121" in codes(HEADER.replace("plural=0;", f"plural={expression};") + MESSAGE)


def test_a_catalog_that_its_page_has_left_behind_is_told_once() -> None:
    checked = checked_catalog(read_catalog(GOOD.encode()), "course.po")
    new: dict[Key, int] = {(None, "Lecture"): 1, (None, "Homework"): 3, (None, "Exam"): 5}
    missing, gone = findings(CatalogOfPage(checked, "course.md", new))
    assert missing.message == "2 texts of course.md are not in the catalog, the first in line 3"
    assert (gone.message, gone.source) == ("1 text of the catalog is no longer in course.md", "%d day")
    assert list(findings(CatalogOfPage(checked, "course.md", {(None, "Lecture"): 1, (None, "%d day"): 2}))) == []


def test_a_reference_to_no_file_is_told_where_others_are_right() -> None:
    text = GOOD.replace('msgid "Lecture"', '#: a.md:3\n#: gone.md:4\n#: week 1/b.md:5 c%20d.md:1\nmsgid "Lecture"')
    checked = checked_catalog(read_catalog(text.encode()), "course.po")
    files = {"a.md", "c d.md"}
    told = [finding.source for finding in findings(CatalogInTree(checked, files.__contains__))]
    assert told == ["gone.md", "week", "1/b.md"]
    assert list(findings(CatalogInTree(checked, lambda _: False))) == []


PAGE = "# Lecture\n\nA long sentence about closures and their types.\n"


def catalog_codes() -> list[str]:
    found = checked([]).findings
    return sorted(finding.code for finding in found if finding.path.startswith("locales/"))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "source_docs" / "a").mkdir(parents=True)
    (tmp_path / "source_docs" / "a" / "course.en.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / ".bilect").mkdir()
    monkeypatch.chdir(tmp_path)
    run(project_of(tmp_path))
    return tmp_path


def test_a_project_is_checked_with_its_catalogs_beside_their_pages(project: Path) -> None:
    assert catalog_codes() == ["M101"]
    (project / "source_docs" / "a" / "course.en.md").write_text(f"{PAGE}\nA new text.\n", encoding="utf-8")
    assert catalog_codes() == ["M101", "PO160"]
    run(project_of(project))
    assert catalog_codes() == ["M101"]


def test_findings_in_catalogs_are_accepted_in_course_toml(project: Path) -> None:
    toml = '[[accept]]\nrule = "untranslated"\nreason = "later"\n'
    (project / "source_docs" / "a" / "course.toml").write_text(toml, encoding="utf-8")
    (finding,) = [each for each in checked([]).findings if each.path.startswith("locales/")]
    assert finding.accepted == "later"


def test_findings_are_kept_until_something_changes(project: Path) -> None:
    (cache,) = (project / ".bilect" / "findings").glob("*.json")
    before = checked([]).findings
    kept = json.loads(cache.read_text())
    for row in kept.values():
        row[2][0][6] = "from the cache"
    cache.write_text(json.dumps(kept))
    assert "from the cache" in [each.message for each in checked([]).findings]
    (catalog,) = (project / "locales" / "zh_CN").rglob("*.po")
    catalog.write_bytes(catalog.read_bytes() + b"\n# looked at\n")
    assert checked([]).findings == before


@pytest.mark.parametrize("content", ["", "{", "[]", '{"a": 1}', "[" * 100_000, None])
def test_a_broken_cache_is_none(project: Path, content: str | None) -> None:
    before = checked([]).findings
    (cache,) = (project / ".bilect" / "findings").glob("*.json")
    rows = json.loads(cache.read_text())
    broken = json.dumps({path: [row[0], {}, [["x"]]] for path, row in rows.items()})
    cache.write_text(broken if content is None else content)
    assert checked([]).findings == before


def test_checking_leaves_no_trace_where_nothing_was_run(project: Path) -> None:
    shutil.rmtree(project / ".bilect")
    checked([])
    assert not (project / ".bilect").exists()


BOMBS = {
    "broken UTF-8": HEADER.encode() + b'\nmsgid "a"\nmsgstr "\xff\xfe"\n',
    "truncated": GOOD.encode()[:-30],
    "NUL": GOOD.replace("Lecture", "Lec\0ture").encode(),
    "only NUL": b"\0" * 10_000,
    "brackets": message(f'msgid "a"\nmsgstr "{"(" * 100_000}"\n').encode(),
    "percent": message(f'#, c-format\nmsgid "{"% " * 50_000}"\nmsgstr "{"%" * 100_000}"\n').encode(),
    "blanks": message(f'msgid "{" " * 100_000}"\nmsgstr "{"　" * 100_000}"\n').encode(),
    "letters": message(f'msgid "{"aaaa" * 50_000}b"\nmsgstr "{"天" * 200_000}"\n').encode(),
    "tags": message(f'msgid "{"<a " * 30_000}"\nmsgstr "{"<" * 100_000}"\n').encode(),
    "marks": message(f'msgid "{"*_`" * 30_000}"\nmsgstr "{"**`" * 30_000}"\n').encode(),
    "a regular expression": message('msgid "(a+)+$ ^(\\\\w|\\\\d)*$"\nmsgstr "' + "a" * 100_000 + '!"\n').encode(),
    "flags": message("#, " + ", ".join(["x-format", "range:1..2"] * 5_000) + '\nmsgid "a"\nmsgstr "b"\n').encode(),
    "header": HEADER.encode() + b'"' + b"X-a: b\\n" * 20_000 + b'"\n',
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_what_is_made_to_break_a_reader_is_checked(data: bytes) -> None:
    catalog = read_catalog(data, "course.po")
    assert all(each.path == "course.po" for each in findings(checked_catalog(catalog, "course.po")))
