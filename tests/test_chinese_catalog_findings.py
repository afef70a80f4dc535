"""What rules on catalogs, terms, acceptances and baselines say is told in Chinese, whole, and is English for programs."""

from __future__ import annotations

import re

import pytest
from spoken_chinese import speak_chinese
from test_catalog_rules import FAULTS, GOOD, HEADER, PLURAL, found
from test_format_rules import UNLIKE, plural

from pipeline.catalogs.po import read_catalog
from pipeline.model import Finding, PipelineError
from pipeline.text.script import has_han
from pipeline.text.terms import Term, Terms
from pipeline.text.tongue import told
from pipeline.validator.acceptance import Acceptance, Stale
from pipeline.validator.base import findings, rule_named, rules
from pipeline.validator.baseline import Entry, Unused, read_baseline
from pipeline.validator.messages import checked_catalog
from pipeline.validator.stale import CatalogInTree, CatalogOfPage
from pipeline.validator.suppression import Suppression, suppressed, suppressed_by_path
from pipeline.validator.suppression import Unused as UnusedWord
from pipeline.validator.terms import TermedCatalog

ENGLISH = re.compile(r"\b(?:the|is|are|has|have|which|write|with|and|of|not|it|them)\b")
QUOTED = re.compile(r"“[^”]*”|'[^']*'|what is this")  # what catalogs say themselves


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_chinese(monkeypatch)


def is_chinese(text: str) -> bool:
    return has_han(told(text)) and not ENGLISH.search(QUOTED.sub("", told(text)))


def said_by(each: Finding) -> tuple[str, str]:
    return told(each.message), told(each.fix)


def of_messages(body: str, path: str = "course.po") -> list[Finding]:
    return [*findings(checked_catalog(read_catalog((HEADER + "\n" + body).encode(), path), path))]


MORE_FAULTS = (
    GOOD.replace("course 1.0", ""),
    GOOD.replace("course 1.0", "1.0"),
    GOOD.replace("nplurals=1; plural=0;", "nplurals=2000; plural=0;"),
    GOOD.replace("zh_CN", "zh_CN@odd"),
    GOOD.replace("zh_CN", "zho_CN"),
    GOOD.replace("zh_CN", ""),
    GOOD.replace('"MIME', '"X-Poedit-Language: x\\n"\n"MIME'),
    GOOD.replace("Team: ", "Team: a@b.org").replace("Translator: ", "Translator: A <a@b.org>"),
    HEADER + "\n" + "".join(f'msgid "a{number}"\nmsgstr "b{number}"\n\n' for number in range(30)),
    HEADER.replace("Language: zh_CN", "Plural: x") + '\n#~ msgid "a"\n#~ msgstr "b"\n',
)


def test_whatever_is_wrong_with_a_catalog_is_told_in_chinese() -> None:
    faulty = [found(text) for text, _code in FAULTS.values()]
    faulty += [of_messages(body, "course.pot") for body in UNLIKE.values()]
    faulty += [found(text) for text in MORE_FAULTS]
    faulty += [found("# FIRST AUTHOR\n" + GOOD, "zh_TW.po"), found(GOOD + '\nmsgid "a"\nmsgstr "b"\n', "a.pot")]
    said = {text for found_in in faulty for each in found_in for text in (each.message, each.fix) if text}
    assert len(said) > 100
    assert [text for text in said if not is_chinese(text)] == []


@pytest.mark.parametrize(
    ("body", "code", "message", "fix"),
    [
        (
            plural("c-format", "one page", "%d pages", "一页"),
            "PO151",
            "复数形式 0 用于 1、2、3……，却没有写 %d",
            "请写上 %d",
        ),
        ('msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n', "M101", "2 条消息中有 2 条没有翻译", "请翻译它们"),
        ('msgid "a page"\nmsgstr "ページです"\n', "M104", "译文里有日文字母", "请翻译它"),
        (PLURAL + 'msgstr[0] "%d 天"\nmsgstr[1] ""\n', "M102", "复数形式 1 是空的", "请翻译它"),
        (
            '# merge-conflict: msgstr "乙"\n#, fuzzy\nmsgid "a"\nmsgstr "甲"\n',
            "PO103",
            "合并给这条消息留下了两个译文；另一个是“乙”",
            "请保留一个，并删去以 merge-conflict 开头的注释行和 fuzzy 一词；或用 bilect git resolve",
        ),
    ],
)
def test_what_is_wrong_with_a_message_is_told_in_chinese(body: str, code: str, message: str, fix: str) -> None:
    catalog = read_catalog((HEADER + "\n" + body).encode(), "course.po")
    each = next(each for each in (*of_messages(body), *findings(catalog)) if each.code == code)
    assert said_by(each) == (message, fix)


def test_what_a_page_has_left_behind_is_told_in_chinese() -> None:
    text = GOOD.replace('msgid "Lecture"', '#: a.md:3\n#: gone.md:4 week 1/b.md:1\nmsgid "Lecture"')
    checked = checked_catalog(read_catalog(text.encode()), "course.po")
    missing, gone = findings(CatalogOfPage(checked, "course.md", {(None, "Lecture"): 1, (None, "Exam"): 5}))
    assert said_by(missing) == ("course.md 有 1 段文字不在翻译文件里，第一段在第 5 行", "请运行 bilect update")
    assert told(gone.message) == "翻译文件有 1 段文字已不在 course.md 里"
    broken = findings(CatalogInTree(checked, {"a.md"}.__contains__))
    assert told(next(iter(broken)).message) == "引用位置指向不存在的 gone.md"


def test_how_a_term_is_to_be_called_is_told_in_chinese() -> None:
    catalog = read_catalog((HEADER + '\nmsgid "All traits"\nmsgstr "所有性状"\n').encode())
    terms = Terms([Term("trait", ("特征", "特质"), place="terms.csv:2")])
    (unused,) = findings(TermedCatalog("a.po", "zh_CN", catalog, terms))
    assert said_by(unused) == (
        "'trait' 在术语表里是“特征/特质”，这个译文里却没有",
        "请写成“特征”，或把这里的译法加入 terms.csv:2",
    )


def test_what_is_accepted_in_vain_is_told_in_chinese() -> None:
    (stale,) = findings(Stale("course.toml", Acceptance("stale-pin", "x", page="a.md", line=3, at=4)))
    assert said_by(stale) == (
        "已没有符合 page 'a.md'、line 3 的 stale-pin 问题可接受",
        "请删去或改正这个 [[accept]]",
    )
    (gone,) = findings(Unused("b.json", Entry("a.po", "M111 brace-placeholder", "x", "0" * 16, 3), 2))
    assert told(gone.message) == "a.po 中的 M111 brace-placeholder 问题已经消失（3 个中的 2 个）"
    comment = Suppression("a.md", 1, ("L101",), "", range(3))
    (unused,) = suppressed([], [comment], [rule.subject for rule in rules() if rule.code == "L101" and rule.subject])
    assert said_by(unused) == ("L101 在这里已经没有发现问题", "请从这条注释里删去 L101，或删去整条注释")
    (setting,) = findings(UnusedWord(comment, "L101", "[check] ignore"))
    assert said_by(setting) == ("[check] ignore 写有 L101，而它在那里已经没有发现问题", "请在这里删去 L101")


def test_an_error_in_what_is_accepted_is_told_in_chinese() -> None:
    with pytest.raises(PipelineError) as error:
        suppressed_by_path([], {"a.md": ["stale-acceptanc"]})
    assert told(error.value.message) == "[check.per-file] \"a.md\"：没有名为 'stale-acceptanc' 的规则"
    with pytest.raises(PipelineError) as error:
        rule_named("xyzzy")
    assert told(error.value.remedy) == "bilect rule 会列出全部规则"
    with pytest.raises(PipelineError) as error:
        read_baseline(b'{"bilect-baseline": 1, "findings": [3]}', "b.json")
    assert (told(error.value.message), str(error.value).partition(" (")[0]) == (
        "其中有一项不是问题记录：3",
        "b.json: holds what is no finding: 3",
    )


def test_rules_whose_findings_are_made_elsewhere_are_told_in_chinese_too() -> None:
    assert [each.code for each in rules() if each.finds is None and not is_chinese(each.sentence)] == []
