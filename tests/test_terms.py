"""Terms: found in texts, read from tables and TBX, mined, and checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.align.termcorpus import Translated
from pipeline.align.termmining import mined
from pipeline.catalogs.catalog import read_catalog
from pipeline.catalogs.glossary import appended, glossary_bytes, read_glossary
from pipeline.catalogs.tbx import Version, is_tbx, read_tbx, tbx_bytes
from pipeline.cli import main
from pipeline.extractors.page import read_page
from pipeline.model import Finding, Language, PipelineError
from pipeline.project.config import Config
from pipeline.project.root import Project
from pipeline.project.terms import lexicon_of
from pipeline.project.work import checked
from pipeline.text.lexicon import lexicon_with
from pipeline.text.terms import Term, Terms, holds
from pipeline.validator.base import findings
from pipeline.validator.terms import TermedCatalog

TRAIT = Term("trait", ("特征", "特质"), ("特徵",), "noun", "not 特性", ("特性",))


def found(text: str, *terms: Term) -> list[str]:
    return [text[use.start : use.end] for use in Terms(terms).used(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Traits and a trait's method, **trait**s", ["Traits", "trait's", "trait"]),
        ("`trait` <code>trait</code> https://trait.org/trait [x](trait.md) {{ trait }}", []),
        ("sub-trait, trait_object, Trait::new, trait.rs, portrait, my.trait, trait()", []),
        ("(trait) trait, trait. “trait”", ["trait"] * 4),
    ],
)
def test_a_term_is_a_whole_word_outside_code_and_names(text: str, expected: list[str]) -> None:
    assert found(text, Term("trait")) == expected


def test_the_longest_term_wins_also_over_hyphens_and_line_ends() -> None:
    terms = Term("trait"), Term("trait object"), Term("object")
    assert found("trait-objects, trait\nobjects, a trait of objects", *terms) == [
        "trait-objects", "trait\nobjects", "trait", "objects",
    ]  # fmt: skip


def test_plurals_are_found_and_other_forms_of_what_the_glossary_calls_a_verb() -> None:
    assert found("matrices analyses libraries boxes", *map(Term, ("matrix", "analysis", "library", "box"))) == [
        "matrices", "analyses", "libraries", "boxes",
    ]  # fmt: skip
    assert found("borrowing borrowed borrows", Term("borrow")) == ["borrows"]
    assert found("borrowing borrowed borrows", Term("borrow", part_of_speech="verb")) == [
        "borrowing",
        "borrowed",
        "borrows",
    ]


def test_a_term_that_is_case_sensitive_is_not_another_word() -> None:
    assert found("it runs IT and ITs", Term("IT", case_sensitive=True)) == ["IT", "ITs"]


def test_a_rendering_is_found_behind_blanks_emphasis_case_and_a_particle() -> None:
    assert holds("这是 **外部** 函数的接口", ["外部函数接口"])
    assert holds("使用 Cargo 命令", ["cargo"])
    assert not holds("特性", ["特征", "特质"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("titles", ["en {0} zh_CN {0} Forbidden", "术语 {0} 译名 {0} 禁用译法"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_in_any_encoding_delimiter_and_language(delimiter: str, titles: str, encoding: str) -> None:
    text = titles.replace(" {0} ", delimiter) + "\r\n" + delimiter.join(["trait", "特征|特质", "特性"]) + "\r\n"
    (term,) = read_glossary(text.encode(encoding), "terms.csv").terms
    assert (term.en, term.simplified, term.forbidden, term.place) == (
        "trait",
        ("特征", "特质"),
        ("特性",),
        "terms.csv:2",
    )


def test_a_table_without_titles_is_read_by_its_languages() -> None:
    (term,) = read_glossary("鞍点\tsaddle point\n".encode()).terms
    assert (term.en, term.simplified) == ("saddle point", ("鞍点",))


def test_a_row_that_is_no_term_is_told_with_its_line_and_the_rest_is_read() -> None:
    glossary = read_glossary(
        "en,zh_CN,status\ntrait,特征,\n,无,\nbox,,\nlint,检查,maybe\nloop,循环,proposed\n".encode(), "t.csv"
    )
    assert [(term.en, term.status) for term in glossary.terms] == [("trait", "approved"), ("loop", "proposed")]
    assert [error.line for error in glossary.troubles] == [3, 4, 5]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\0\x01\xff" * 50, "not a text"),
        (b"just words\n", "one cell"),
        (b"en,note\ntrait,x\n", "no column for Chinese"),
        ('en,zh\n"trait,特征\n'.encode(), "never closed"),
        ("en,zh\n<<<<<<< HEAD\ntrait,特征\n=======\n".encode(), "merge conflict"),
    ],
)
def test_a_file_that_is_no_glossary_is_told_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(PipelineError, match=message) as error:
        read_glossary(data, "terms.csv")
    assert "terms.csv" in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_written_as_a_table_is_read_back() -> None:
    terms = [TRAIT, Term("IT", ("信息技术",), case_sensitive=True), Term("Rust", ("Rust",), status="proposed")]
    back = read_glossary(glossary_bytes(terms)).terms
    assert [(*term.renderings("zh_CN"), term.case_sensitive, term.status) for term in back] == [
        ("特征", "特质", False, "approved"), ("信息技术", True, "approved"), ("Rust", False, "proposed"),
    ]  # fmt: skip


def test_rows_are_added_in_the_form_of_the_file_and_the_others_stay() -> None:
    old = "译名;我的列;术语;状态\r\n特征;x;trait;\r\n循环;;loop;".encode("gb18030")
    new = appended(old, [Term("closure", ("闭包",), status="proposed")])
    assert new == old + "\r\n闭包;;closure;proposed\r\n".encode("gb18030")
    with pytest.raises(PipelineError, match="no column for the status"):
        appended("en,zh\na,啊\n".encode(), [Term("b", ("吧",), status="proposed")])


@pytest.mark.parametrize("version", [2, 3])
def test_what_is_written_as_tbx_is_read_back(version: Version) -> None:
    terms = [TRAIT, Term("I/O <&>", ("输入输出",), note="a & b", case_sensitive=True, status="proposed")]
    data = tbx_bytes(terms, version)
    assert is_tbx(data)
    back = [
        Term(**{name: getattr(term, name) for name in Term.__slots__} | {"place": ""}) for term in read_tbx(data).terms
    ]
    assert back == terms


def test_tbx_with_data_categories_as_tags_is_read() -> None:
    data = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://m">
    <text><body><conceptEntry id="c1"><langSec xml:lang="en-US"><termSec><term>trait</term></termSec></langSec>
    <langSec xml:lang="zh-Hans-CN"><termSec><term>特性</term>
    <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec><termSec><term>特征</term></termSec></langSec></conceptEntry></body></text></tbx>"""
    (term,) = read_tbx(data.encode(), "a.tbx").terms
    assert (term.simplified, term.forbidden, term.place) == (("特征",), ("特性",), "a.tbx:#1")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("<tbx><text>", "is no XML"),
        ("<html/>", "is no TBX"),
        ('<!DOCTYPE tbx [<!ENTITY a "aaaa">]><tbx>&a;</tbx>', "entities"),
    ],
)
def test_a_broken_tbx_is_told_in_one_line(data: str, message: str) -> None:
    with pytest.raises(PipelineError, match=message):
        read_tbx(data.encode(), "a.tbx")


# --- checked


def misuses(
    msgid: str, msgstr: str, *terms: Term, language: Language = "zh_CN", flags: str = ""
) -> list[tuple[str, str]]:
    catalog = read_catalog(f'{flags}msgid "{msgid}"\nmsgstr "{msgstr}"\n'.encode())
    found = findings(TermedCatalog("a.po", language, list(catalog), Terms(terms or (TRAIT,))))
    return [(each.name, each.severity) for each in found]


def test_a_translation_without_the_rendering_of_a_term_is_found() -> None:
    assert misuses("Traits are implemented.", "实现了性状。") == [("term-not-used", "warning")]
    assert misuses("Traits are implemented.", "实现了特质。") == []
    assert misuses("The `trait` keyword", "关键字") == []


def test_a_term_that_is_proposed_is_no_warning_and_another_language_none_at_all() -> None:
    assert misuses("a trait", "性状", Term("trait", ("特征",), status="proposed")) == [("term-not-used", "info")]
    assert misuses("a trait", "性狀", Term("trait", ("特征",)), language="zh_TW") == []


def test_what_is_fuzzy_or_has_no_chinese_is_left_alone() -> None:
    assert misuses("a trait", "性状", flags="#, fuzzy\n") == []
    assert misuses("a trait", "a trait") == misuses("a trait", "") == []


def test_one_of_two_homographs_is_enough() -> None:
    terms = Term("borrow", ("借用",), part_of_speech="verb"), Term("borrow", ("借贷",), part_of_speech="noun")
    assert misuses("borrow it", "借贷", *terms) == []
    assert misuses("borrow it", "拿走", *terms) == [("term-not-used", "warning")]


def test_a_forbidden_rendering_is_found_where_its_term_is_meant_and_not_inside_another() -> None:
    assert misuses("a trait", "一个特性", TRAIT) == [("forbidden-term", "warning")]
    assert misuses("a feature", "一个特性", TRAIT) == []
    owner = Term("owner", ("所有者",), forbidden=("所有",))
    assert misuses("the owner", "所有者", owner) == []
    assert misuses("the owner", "归 它 所有", owner) == [("forbidden-term", "warning")]
    assert misuses("a type", "键入 数据类型", Term("type", ("类型",), forbidden=("型",))) == []


def project_with(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


PO = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n\nmsgid "All traits"\nmsgstr "所有性状"\n'


def of_terms(*paths: str) -> list[Finding]:
    found = checked(paths).findings
    return [each for each in found if each.code in ("M201", "X101")]


def test_a_project_is_checked_with_its_terms_and_its_course_has_the_last_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    catalog = "locales/zh_CN/LC_MESSAGES/rust/page.po"
    accept = '[[accept]]\nrule = "M201"\npage = "page.en.md"\nreason = "old book"\n'
    files = {"source_docs/rust/page.en.md": "All traits\n", catalog: PO, "terms.csv": "en,zh_CN\ntrait,特征\n"}
    project_with(tmp_path, files)
    (finding,) = of_terms()
    assert (finding.code, finding.path, finding.line, finding.source) == ("M201", catalog, 5, "All traits")
    project_with(tmp_path, {"source_docs/rust/course.toml": accept})
    assert [each.accepted for each in of_terms("source_docs/rust/page.en.md")] == ["old book"]
    project_with(tmp_path, {"source_docs/rust/terms.csv": "en,zh_CN\ntrait,性状\n"})
    assert [each.name for each in of_terms()] == ["stale-acceptance"]
    project_with(tmp_path, {"terms.csv": "en,zh_CN\n,特征\n"})
    assert [str(error) for error in checked([]).troubles] == [
        "terms.csv:2: a row without English (write the term, or drop the row)"
    ]


def test_the_terms_of_a_project_come_first_where_lists_are_paired(tmp_path: Path) -> None:
    project = Project(tmp_path, Config())
    assert lexicon_of(project, []) is None
    lexicon = lexicon_of(project, [Term("attention", ("关注",)), Term("loss", ("亏",), status="proposed")])
    assert lexicon is not None
    assert lexicon.chinese("attention")[0].text == "关注"
    assert lexicon.chinese("loss")[0].text != "亏"
    assert lexicon_of(project, [Term("attention", ("关注",))]) is lexicon


def test_a_catalog_of_no_project_is_checked_with_a_glossary_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    project_with(tmp_path, {"in/a.po": PO, "in/b.po": 'msgid "open\n', "g.csv": "en,zh_CN\ntrait,特征\nbox\n"})
    with pytest.raises(SystemExit) as ended:
        main(["check", "in", "in/missing.po", "--terms", "g.csv", "--format", "concise", "--select", "M201,PO101"])
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert [line.split(": ")[0] for line in said.out.splitlines()[:2]] == ["in/a.po:5:1", "in/b.po:1:7"]
    assert [line.split(": ")[1] for line in said.err.splitlines()] == ["g.csv:3", "in/missing.po"]


# --- mined


def translated(*texts: str) -> list[Translated]:
    return [Translated(f"a.po:{line}", *text.split(" = ")) for line, text in enumerate(texts, 1)]


MESSAGES = translated(
    "A closure is called = 调用一个闭包",
    "Closures capture variables = 闭包捕获变量",
    "Write a closure for the borrow checker = 为借用检查器写一个闭包",
    "The borrow checker rejects it = 借用检查器拒绝了它",
    "Fix what the borrow checker says = 修正借用检查器指出的错误",
    "Variables of a loop = 循环的变量",
    "Rename the variable = 重命名这个变量",
    "Each *enumeration* has variants = 每个枚举（enumeration）都有变体",
)


def test_words_that_go_together_are_mined_and_the_longest_term_stands_for_its_parts() -> None:
    found = {(each.en, each.zh): each for each in mined([], MESSAGES, lexicon_with())}
    assert {
        ("closure", "闭包"),
        ("borrow checker", "借用检查器"),
        ("variable", "变量"),
        ("enumeration", "枚举"),
    } == set(found)
    checker = found["borrow checker", "借用检查器"]
    assert (checker.together, checker.alone, checker.printed, len(checker.examples)) == (3, 0, 0, 2)
    assert found["enumeration", "枚举"].printed == 1


def test_pairs_that_a_page_prints_are_mined_with_their_place() -> None:
    page = read_page("# 课程\n\n介绍 **无监督学习**（Unsupervised Learning）与时间。\n".encode(), "a.zh.md")
    (found,) = mined([page], [], lexicon_with())
    assert (found.en, found.zh, found.examples[0].place) == ("Unsupervised Learning", "无监督学习", "a.zh.md:3")


# --- the command


def bilect(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["terms", *arguments])
    said = capsys.readouterr()
    return ended.value.code, said.out, said.err


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    page = "# 课程\n\n介绍 **无监督学习**（Unsupervised Learning）与时间。\n"
    project_with(tmp_path, {"source_docs/rust/page.en.md": "All traits\n", "source_docs/rust/zh.zh.md": page})
    project_with(tmp_path, {"locales/zh_CN/LC_MESSAGES/rust/page.po": PO})
    return tmp_path


def test_terms_are_mined_once_then_listed_with_their_uses(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bilect(capsys, "list")[2].startswith("No terms: terms.csv")
    assert "terms.csv: 1 proposed term added." in bilect(capsys, "mine", "--write")[2]
    assert bilect(capsys, "mine", "--write")[2] == "No term is proposed.\nterms.csv: 0 proposed terms added.\n"
    with (project / "terms.csv").open("a", encoding="utf-8") as stream:
        stream.write("trait,特征\n")
    (learning, trait) = json.loads(bilect(capsys, "list", "--format", "json")[1])
    assert (learning["zh_CN"], learning["status"], learning["uses"]) == (["无监督学习"], "proposed", 0)
    assert (trait["uses"], trait["rendered"], trait["place"]) == (1, 0, "terms.csv:3")
    status, said, _ = bilect(capsys, "check", "--format", "concise")
    assert (status, said.split(": ")[0]) == (1, "locales/zh_CN/LC_MESSAGES/rust/page.po:5:1")


def test_what_is_imported_changes_no_row_and_what_is_exported_can_be_imported(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = "术语;译名;状态\r\ntrait;特征;\r\n"
    project_with(project, {"terms.csv": mine, "new.csv": "en,zh\ntrait,性状\nclosure,闭包\nloop,\n"})
    status, _, said = bilect(capsys, "import", "new.csv", "missing.csv")
    assert status == 2
    assert said.splitlines() == [
        "bilect: new.csv:4: 'loop' has no Chinese (write one, or drop the row)",
        "terms.csv: 1 terms added, 0 known, 1 known with another rendering.",
        "  not added: trait: 性状",
        "bilect: missing.csv: there is no such file (mend the path)",
    ]
    assert (project / "terms.csv").read_text("utf-8") == mine.replace("\r\n", "\n") + "closure;闭包;approved\n"
    assert bilect(capsys, "export", "-o", "all.tbx")[0] == 0
    assert "0 terms added, 2 known" in bilect(capsys, "import", "all.tbx")[2]


def test_a_glossary_that_cannot_be_read_is_not_called_missing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project_with(project, {"terms.csv": 'en,zh\n"trait,特征\n'})
    for command in ("list", "check"):
        status, _, said = bilect(capsys, command)
        assert (status, len(said.splitlines())) == (2, 1)
        assert "a quote is never closed" in said


def test_a_dictionary_is_kept_beside_the_terms_and_read_by_the_lexicon(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project_with(project, {"ecdict.csv": "word,phonetic,definition,translation\nfoozle,,,n. 噜噜\\nvt. 啦啦\n"})
    assert bilect(capsys, "import", "ecdict.csv")[2] == ".bilect/dictionaries/ecdict.txt: 1 words of a dictionary.\n"
    lexicon = lexicon_of(Project(project, Config()), [Term("foozle", ("呜呜",))])
    assert lexicon is not None
    assert [each.text for each in lexicon.chinese("foozles")] == ["呜呜", "噜噜", "啦啦"]
    (project / ".bilect/dictionaries/ecdict.txt").write_bytes(b"cut short")
    assert [error.message for error in checked([]).troubles] == ["is a damaged dictionary"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--terms", "source_docs"], "cannot be read"),
        (["import", "source_docs"], "is a folder"),
        (["export", "-o", "source_docs"], "cannot be written"),
        (["export", "--terms", "a.csv", "-o", "a.csv"], "is an input"),
        (["check", "nowhere.po", "--terms", "a.csv"], "no such file"),
    ],
)
def test_bad_input_is_one_line(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    project_with(project, {"a.csv": "en,zh\ntrait,特征\n"})
    status, _, errors = bilect(capsys, *arguments)
    assert status == 2
    assert [line for line in errors.splitlines() if said in line]
    assert len(errors.splitlines()) == 1


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Traits that function as types", "起作用的性状", []),
        ("See the Rust Trait Reference.", "参阅 Rust 性状参考。", []),
        ("Unsafe Traits", "不安全的性状", ["warning"]),
        ("The traits of a function", "一个函数", ["warning"]),
        ("a variable number", "可变数量", ["info"]),
    ],
)
def test_a_word_that_is_not_the_term_is_no_finding_and_one_that_may_be_another_no_warning(
    source: str, target: str, expected: list[str]
) -> None:
    terms = (
        Term("trait", ("特征",)),
        Term("function", ("函数",)),
        Term("reference", ("引用",)),
        Term("variable", ("变量",)),
    )
    found = misuses(source, target, *(terms if expected else terms[1:3]))
    assert [severity for _, severity in found] == expected
