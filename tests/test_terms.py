"""Terms: found in texts, mined, and checked."""

from __future__ import annotations

import pytest

from pipeline.align.termcorpus import Translated
from pipeline.align.termmining import mined
from pipeline.catalogs.catalog import read_catalog
from pipeline.extractors.page import read_page
from pipeline.model import Language
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
