"""Rules on the words and marks of messages: each fires on its fixture, and is silent on the neighbour."""

from __future__ import annotations

import polib
import pytest

from pipeline.catalogs.catalog import read_catalog
from pipeline.model import Finding
from pipeline.validator.base import findings, rules
from pipeline.validator.messages import CheckedCatalog, checked_catalog

MINE = ("M10", "M12", "M13", "M14", "M15")


def catalog_of(*pairs: tuple[str, str], language: str = "zh_CN") -> CheckedCatalog:
    file = polib.POFile()
    file.metadata = {"Language": language, "Content-Type": "text/plain; charset=UTF-8", "X-Source-Language": "en"}
    for number, (source, target) in enumerate(pairs):
        file.append(polib.POEntry(msgid=source, msgstr=target, msgctxt=str(number) if number else None))
    return checked_catalog(read_catalog(str(file).encode(), "a.po"), "a.po")


def found_in(source: str, target: str, language: str = "zh_CN") -> list[Finding]:
    return [each for each in findings(catalog_of((source, target), language=language)) if each.code.startswith(MINE)]


def names(source: str, target: str, language: str = "zh_CN") -> set[str]:
    return {finding.name for finding in found_in(source, target, language)}


# rule, language, source, a translation that fires, one that stays silent
FIXTURES: tuple[tuple[str, str, str, str, str], ...] = (
    ("unchanged-prose", "zh_CN", "Close the dome when it rains.", "Close the dome when it rains.", "下雨时关闭圆顶。"),
    ("unchanged-prose", "zh_CN", "The mirror of the dome is in the tower and not in the yard.",
     "镜面，is in the tower and not in the yard。", "镜面（the mirror of the dome is in the tower）在塔里。"),
    ("unchanged-prose", "cs", "mirror", "mirror", "zrcadlo"),
    ("other-language", "zh_CN", "The dome opens.", "The dome is now open to the sky.", "圆顶打开。"),
    ("other-language", "zh_CN", "The dome opens.", "ドームがひらいています。", "圆顶打开。"),
    ("other-language", "en", "圆顶打开。", "圆顶现在打开。", "The dome (圆顶) opens."),
    ("number-mismatch", "zh_CN", "It takes 40 minutes.", "需要 45 分钟。", "需要四十分钟。"),
    ("number-mismatch", "zh_CN", "from 1 through 12", "从0到12", "从一到十二"),
    ("number-mismatch", "de", "It weighs 1,250.5 kg.", "Es wiegt 1.350,5 kg.", "Es wiegt 1.250,5 kg."),
    ("number-mismatch", "zh_CN", "A crowd of 35,000 people", "4.5 万人", "3.5 万人"),
    ("number-mismatch", "zh_CN", "May 5, 2021", "2012 年 5 月 5 日", "2021 年 5 月 5 日"),
    ("number-mismatch", "fr", "a 180° turn", "un tour de 180", "un tour de 180°"),
    ("course-code-changed", "zh_CN", "It follows 6.S897.", "本课承接 6.S987。", "本课承接 6.S897。"),
    ("final-mark", "zh_CN", "Close the dome.", "关闭圆顶", "关闭圆顶。"),
    ("final-mark", "zh_CN", "Closing the dome", "关闭圆顶。", "关闭圆顶"),
    ("final-mark", "zh_CN", "as follows:", "如下", "如下："),
    ("final-mark", "zh_CN", "Is it **open?**", "打开了吗", "**打开了吗？**"),
    ("final-mark", "ja", "The dome is open.", "ドームは開いています", "ドームは開いています。"),
    ("final-mark", "hi", "The dome is open.", "गुंबद खुला है", "गुंबद खुला है।"),
    ("final-mark", "el", "Is the dome open?", "Είναι ανοιχτός ο θόλος", "Είναι ανοιχτός ο θόλος;"),
    ("final-mark", "fr", "Is the dome open?", "Le dôme est-il ouvert", "Le dôme est-il ouvert\u202f?"),
    ("final-mark", "es", "Is the dome open?", "¿Está abierta la cúpula", "¿Está abierta la cúpula?"),
    ("final-mark", "ar", "Is the dome open?", "هل القبة مفتوحة", "هل القبة مفتوحة؟"),
    ("final-mark", "cs", "Opening…", "Otevírání", "Otevírání…"),
    ("final-mark", "cs", "Really?!", "Opravdu?", "Opravdu!?"),
    ("half-width-end", "zh_CN", "Close the dome.", "关闭圆顶.", "关闭圆顶。"),
    ("bracket-balance", "zh_CN", "The dome (of steel) is heavy.", "圆顶（钢制很重。", "圆顶（钢制)很重。"),
    ("bracket-balance", "zh_CN", "See the notes (part 1).", "见笔记）。", "1) 见笔记 :)。"),
    ("quote-balance", "zh_CN", 'It is the "finder".', "这是“寻星镜。", "这是「寻星镜」。"),
    ("quote-balance", "de", 'It is the "finder".', 'Das ist der "Sucher.', "Das ist der „Sucher“."),
    ("edge-blank", "zh_CN", "Close the dome.", "关闭圆顶。 ", "关闭圆顶。"),
    ("edge-blank", "fr", "Name: ", "Nom :", "Nom : "),
    ("double-blank", "zh_CN", "the dome of it", "它的  圆顶", "它的 圆顶"),
    ("double-blank", "zh_CN", "the dome of it", "它的\u3000圆顶", "它的圆顶"),
    ("invisible-character", "zh_CN", "the dome", "圆\u200b顶", "圆顶👩\u200d🚀"),
    ("invisible-character", "zh_CN", "the dome", "圆\ufffd顶", "圆顶"),
    ("emphasis-not-shown", "zh_CN", 'the **"finder"** scope', "**“寻星镜”**望远镜", "“**寻星镜**”望远镜"),
    ("emphasis-not-shown", "zh_CN", "use **`open`** here", "用**`open`**打开", "用 **`open`** 打开"),
    ("repeated-word", "zh_CN", "the mirror of it", "它的的镜面", "天天慢慢看它的目的的人"),
    ("repeated-word", "cs", "two lemons", "dva dva citrony", "dva citrony"),
    ("mixed-writing", "zh_CN", "It is being repaired.", "望遠鏡正在維修。", "望远镜正在维修。"),
    ("mixed-writing", "zh_TW", "It is being repaired.", "望远镜正在维修。", "望遠鏡正在維修。"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "language", "source", "fires", "silent"), FIXTURES)
def test_each_rule_fires_on_its_fixture_and_is_silent_on_the_neighbour(
    name: str, language: str, source: str, fires: str, silent: str
) -> None:
    assert name in names(source, fires, language)
    assert name not in names(source, silent, language)


def test_every_rule_on_the_text_of_messages_has_a_fixture() -> None:
    of_catalogs = {"untranslated", "plural-form-missing", "many-translations"}  # tested below
    mine = {each.name for each in rules() if each.subject is CheckedCatalog and each.code.startswith(MINE)}
    assert mine == {name for name, *_ in FIXTURES} | of_catalogs


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("zh_CN", "Introduction", "简介"),
        ("zh_CN", "`cargo build`", "`cargo build`"),
        ("zh_CN", "GitHub Actions", "GitHub Actions"),
        ("zh_CN", "https://example.org/a_b", "https://example.org/a_b"),
        ("zh_CN", "E = mc^2", "E = mc^2"),
        ("zh_CN", "for x in range(3):\n    print(x)", "for x in range(3):\n    print(x)"),
        ("zh_CN", "Java, Go, ...", "Java、Go……"),
        ("zh_CN", "Apples, pears, etc.", "苹果、梨等"),
        ("zh_CN", "Both of them were found twice in 1980s Vienna.", "二者在 80 年代的维也纳出现过 2 次。"),
        ("zh_CN", "at 3 pm on the first day", "第 1 天 15 点"),
        ("zh_CN", "UTF-8 and x86 in Python 3", "Python 3 中的 UTF-8 与 x86"),
        ("zh_CN", "the interval [0, 1)", "区间 [0, 1)"),
        ("zh_CN", "a 19\" rack", "19 英寸机架"),
        ("zh_CN", "Hello!", "你好！"),
        ("zh_CN", "It works (mostly).", "它可以用（大部分情况下）。"),
        ("zh_CN", "- [x] Done", "- [x] 完成"),
        ("zh_CN", "step by step", "一步一步地"),
        ("fr", "Do \"this\": now!", "Faites «\u00a0cela\u00a0»\u202f: maintenant\u202f!"),
        ("ja", "Text:", "テキスト："),
        ("hy", "The dome.", "Գմբեթը։"),
        ("en", "第五讲：望远镜", "Lecture 5: Telescopes"),
    ],
)  # fmt: skip
def test_good_translations_are_not_reported(language: str, source: str, target: str) -> None:
    assert names(source, target, language) == set()


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("Close it.", "关闭它.", "关闭它。"),
        ("as follows:", "如下:", "如下："),
        ("Close it.", " 关闭它。 ", "关闭它。"),
        ("close the dome", "关闭  圆\u200b顶", "关闭 圆\u200b顶"),
        ("the dome", "圆\u200b顶\ufeff", "圆顶"),
    ],
)
def test_a_safe_edit_mends_the_text_and_nothing_is_found_in_it(source: str, target: str, mended: str) -> None:
    edits = [finding.edit for finding in found_in(source, target) if finding.edit]
    assert mended in [edit.text for edit in edits]
    assert all(edit.is_safe for edit in edits)
    texts = {edit.text for edit in edits}
    for text in texts:
        assert text not in {each.edit.text for each in found_in(source, text) if each.edit}


def test_an_emphasis_is_mended_with_a_blank_that_is_not_put_without_asking() -> None:
    (finding,) = found_in('the **"finder"** scope', "**“寻星镜”**望远镜")
    assert finding.edit == ("**“寻星镜”** 望远镜", False)
    assert finding.spots[1] == (0, 9)


def test_what_is_unsure_is_an_info() -> None:
    severities = {
        ("// Open the dome of the telescope.\n",) * 2,
        ("as follows:", "如下所示。"),
        ("There are 2 of them here", "都在这里"),
        ("the red dome of it", "红色圆顶 5 个"),
        ("the person", "那个人那个人来了"),
    }
    for source, target in severities:
        assert {finding.severity for finding in found_in(source, target)} == {"info"}, (source, target)


def test_untranslated_messages_are_told_once_for_the_catalog() -> None:
    found = [each for each in findings(catalog_of(("One", "一"), ("Two", ""), ("Three", ""))) if each.code == "M101"]
    assert [(each.message, each.source, each.severity) for each in found] == [
        ("2 of 3 messages are not translated", "Two", "info")
    ]
    assert not [each for each in findings(catalog_of(("One", "一"))) if each.code == "M101"]


def test_a_plural_form_without_a_text_is_found_beside_one_that_has_a_text() -> None:
    text = (
        'msgid ""\nmsgstr "Language: cs\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "dome"\nmsgid_plural "domes"\nmsgstr[0] "kopule"\nmsgstr[1] "{}"\n'
    )
    checked = [checked_catalog(read_catalog(text.format(form).encode(), "a.po"), "a.po") for form in ("", "kopule")]
    found = [[each.message for each in findings(one) if each.code == "M102"] for one in checked]
    assert found == [["the plural form 1 is empty"], []]


def test_equal_texts_with_two_translations_are_found_but_not_single_words() -> None:
    pairs = (("Open the dome", "打开圆顶"), ("Open the dome", "开启穹顶"), ("Open the dome", "打开圆顶。"))
    (found,) = (each for each in findings(catalog_of(*pairs)) if each.code == "M151")
    assert (found.target, found.severity) == ("开启穹顶", "info")
    silent = catalog_of(("Reading", "阅读"), ("Reading", "雷丁"))
    assert not [each for each in findings(silent) if each.code == "M151"]


def test_half_width_colons_that_are_a_habit_are_told_once() -> None:
    pairs = [(f"dome {number}:", f"圆顶 {number} 号:") for number in range(30)]
    found = [each for each in findings(catalog_of(*pairs)) if each.code == "M132"]
    assert [(each.severity, each.message) for each in found] == [
        ("info", "30 texts end with the half-width :, others with ：")
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "1,",
        "一",
        "(",
        '"',
        "“",
        "*",
        "**a",
        " ",
        "\n",
        "的",
        "a ",
        "1.",
        "``",
        "。",
        "!",
        "1万",
        "a'",
        "\u200b",
    ],
)
def test_ten_thousand_times_the_same_is_looked_at_without_trouble(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    names(f"the dome {text}.", f"圆顶 {text}")
    names(text, f"圆{text}")
