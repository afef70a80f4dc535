"""Rules on the words and marks of messages: each fires on its fixture, and is silent on the neighbour."""

from __future__ import annotations

import polib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.catalogs.catalog import read_catalog
from pipeline.model import Finding
from pipeline.text.markup import SYNTAX
from pipeline.validator.base import findings, rules
from pipeline.validator.messages import CheckedCatalog, checked_catalog, without_syntax

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
    ("final-mark", "cs", "Really?!", "Opravdu!", "Opravdu?"),
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
        "ab ab 1 ",
        "继续继续，",
        "a 中",
        "http://a.b/c ",
    ],
)
def test_ten_thousand_times_the_same_is_looked_at_without_trouble(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    assert len(found_in(f"the dome {text}.", f"圆顶 {text}")) < 10  # told once, not ten thousand times
    assert len(found_in(text, f"圆{text}")) < 10


GOOD = (
    ("Chapter 3 covers 2 topics.", "第三章讲两个主题。", "zh_CN"),
    ("In the 21st century", "在二十一世纪", "zh_CN"),
    ("1,000,000 users", "100 万用户", "zh_CN"),
    ("over 2.5 billion people", "超过 25 亿人", "zh_CN"),
    ("1.2 trillion parameters", "1.2 万亿参数", "zh_CN"),
    ("10k stars", "1 万颗星", "zh_CN"),
    ("Lecture 10: Trees", "第十讲：树", "zh_CN"),
    ("The 1990s were good.", "上世纪九十年代很好。", "zh_CN"),
    ("by March 2024", "2024 年 3 月之前", "zh_CN"),
    ("due 05/06/2024", "截止 2024 年 5 月 6 日", "zh_CN"),
    ("at 8:30 am", "上午 8 点 30 分", "zh_CN"),
    ("at 2 p.m.", "14 点", "zh_CN"),
    ("a 3-dimensional array", "三维数组", "zh_CN"),
    ("half of the 12 students", "12 名学生中的一半", "zh_CN"),
    ("50% of them", "其中一半", "zh_CN"),
    ("one third", "1/3", "zh_CN"),
    ("See section 2.3.", "见 2.3 节。", "zh_CN"),
    ("Python 3.11 or later", "Python 3.11 及以上版本", "zh_CN"),
    ("Use `x = 5` and 7", "使用 `x = 5` 和 7", "zh_CN"),
    ("Windows 10", "Windows 10", "zh_CN"),
    ("24/7 support", "全天候支持", "zh_CN"),
    ("It took 1h 30min", "用时 1 小时 30 分钟", "zh_CN"),
    ("H2O and CO2 are here", "水和二氧化碳在这里", "zh_CN"),
    ("No. 5 is alive", "5 号活着", "zh_CN"),
    ("Top 10", "前十名", "zh_CN"),
    ("the first 100 days", "前 100 天", "zh_CN"),
    ("two-thirds", "三分之二", "zh_CN"),
    ("a 16-bit value", "16 位的值", "zh_CN"),
    ("version v2.0.1 is out", "v2.0.1 版本已发布", "zh_CN"),
    ("Hi :)", "你好 :)", "zh_CN"),
    ("(a) First\n(b) Second", "(a) 第一\n(b) 第二", "zh_CN"),
    ("f(x) = (0, 1]", "f(x) = (0, 1]", "zh_CN"),
    ("It's 5' 10\"", "身高 5 英尺 10 英寸", "zh_CN"),
    ("Don't", "不要", "zh_CN"),
    ("Read “War and Peace”.", "阅读《战争与和平》。", "zh_CN"),
    ("rock 'n' roll", "摇滚", "zh_CN"),
    ("- item one\n- item two", "- 第一项\n- 第二项", "zh_CN"),
    ("line one  \nline two", "第一行  \n第二行", "zh_CN"),
    ("| a | b |", "| 甲 | 乙 |", "zh_CN"),
    ("Hello\n", "你好\n", "zh_CN"),
    ("*a* and *b*", "*甲*和*乙*", "zh_CN"),
    ("2 * 3 * 4", "2 * 3 * 4 等于", "zh_CN"),
    ("**Bold**text", "**粗体**文本", "zh_CN"),
    ("very very good", "非常非常好", "zh_CN"),
    ("Try it", "试试看", "zh_CN"),
    ("They discussed", "他们讨论讨论", "zh_CN"),
    ("each step", "一个一个来", "zh_CN"),
    ("peaceful", "和和平平", "zh_CN"),
    ("object", "对对象的", "zh_CN"),
    ("He died", "死了了断", "zh_CN"),
    ("has been resolved", "为了了解情况", "zh_CN"),
    ("Yes", "是", "zh_CN"),
    ("What is this?", "这是什么？", "zh_CN"),
    ("Note that:", "请注意：", "zh_CN"),
    ("See e.g. Knuth et al.", "参见 Knuth 等", "zh_CN"),
    ("J. R. R. Tolkien et al.", "托尔金等人", "zh_CN"),
    ("Loading...", "正在加载……", "zh_CN"),
    ("Loading…", "正在加载……", "zh_CN"),
    ("Wait!", "等等！", "zh_CN"),
    ("by John Smith, Jr.", "小约翰·史密斯 著", "zh_CN"),
    ("Ph.D.", "博士", "zh_CN"),
    ("U.S.A.", "美国", "zh_CN"),
    ("A. B. C.", "甲乙丙", "zh_CN"),
    ("TensorFlow", "TensorFlow", "zh_CN"),
    ("Deep Learning", "Deep Learning", "zh_CN"),
    ("MIT OpenCourseWare", "MIT OpenCourseWare", "zh_CN"),
    ("PyTorch Geometric Temporal", "PyTorch Geometric Temporal", "zh_CN"),
    ("$E = mc^2$", "$E = mc^2$", "zh_CN"),
    ("John von Neumann", "John von Neumann", "zh_CN"),
    ("git commit -m \"fix\"", "git commit -m \"fix\"", "zh_CN"),
    ("Save", "Enregistrer", "fr"),
    ("Are you sure?", "Êtes-vous sûr ?", "fr"),
    ("Stop!", "¡Alto!", "es"),
    ("He said \"yes\".", "Er sagte „ja“.", "de"),
    ("He said \"yes\".", "Han sa ”ja”.", "sv"),
    ("It’s 3,5", "C’est 3,5", "fr"),
    ("1,234.5 km", "1 234,5 km", "fr"),
    ("Page 5 of 10", "صفحة ٥ من ١٠", "ar"),
    ("The end.", "終わり。", "ja"),
    ("Version 2", "バージョン２", "ja"),
    ("The end.", "끝.", "ko"),
    ("Hello.", "שלום.\u200f", "he"),
    ("He went", "می\u200cرود", "fa"),
    ("Hello.", "សួស្តី\u200bបង។", "km"),
    ("第1讲", "Lecture 1", "en"),
    ("共有三十个学生。", "There are 30 students.", "en"),
    ("注意：", "Note:", "en"),
    ("《红楼梦》", "Dream of the Red Chamber", "en"),
    ("2.5 万人", "25,000 people", "en"),
    ("你好。", "Hello.", "en"),
    ("6.S897/HST.956", "6.S897／HST.956", "zh_CN"),
    ("CS224N notes", "CS 224N 笔记", "zh_CN"),
    ("18.06 Linear Algebra", "18.06 线性代数", "zh_CN"),
    ("**Note:** read this.", "**注意：** 请阅读。", "zh_CN"),
)  # fmt: skip

FAULTY = (
    ("number-mismatch", "Chapter 3", "第四章"),
    ("number-mismatch", "Lecture 10", "第十一讲"),
    ("number-mismatch", "2.5 billion", "25 万"),
    ("number-mismatch", "in 2021", "在 2012 年"),
    ("number-mismatch", "90% of it", "其中九十五"),
    ("number-mismatch", "See section 2.3.", "见 3.2 节。"),
    ("final-mark", "Hello there.", "你好"),
    ("final-mark", "A title", "一个标题。"),
    ("final-mark", "Really?", "真的。"),
    ("final-mark", "Really?", "真的吗"),
    ("half-width-end", "It is.", "是的."),
    ("half-width-end", "What?", "什么?"),
    ("half-width-end", "Wait!", "等等!"),
    ("bracket-balance", "a (b) c", "甲（乙 丙"),
    ("bracket-balance", "a (b) c", "甲 乙）丙"),
    ("bracket-balance", "\"x\" is", "「甲 是"),
    ("bracket-balance", "Read War", "《战争"),
    ("quote-balance", "the \"x\" y", "“甲“乙"),
    ("quote-balance", "the \"x\" y", "\"甲乙"),
    ("edge-blank", "a b", "\u3000甲乙"),
    ("edge-blank", "a b", "甲乙\u00a0"),
    ("double-blank", "a b c", "甲乙  丙"),
    ("double-blank", "a b c", "甲， 乙\u3000丙"),
    ("invisible-character", "a", "甲\u200e乙"),
    ("invisible-character", "a", "\ufeff甲"),
    ("invisible-character", "a", "甲\x08乙"),
    ("invisible-character", "a", "甲\ue000乙"),
    ("invisible-character", "soft", "so\u00adft甲"),
    ("emphasis-not-shown", "**Note:** x", "**注意：**请"),
    ("emphasis-not-shown", "the *\"x\"* y", "这个*“x”*字"),
    ("emphasis-not-shown", "a **(b)** c", "甲**（乙）**丙"),
    ("emphasis-not-shown", "**a.** b", "**甲。**乙"),
    ("repeated-word", "go on", "继续继续进行"),
    ("repeated-word", "the a", "这是是一个"),
    ("repeated-word", "the x", "the the 甲"),
    ("repeated-word", "use x", "请使用使用这个"),
    ("unchanged-prose", "This is a sentence.", "This is a sentence."),
    ("unchanged-prose", "How does it work?", "How does it work?"),
    ("unchanged-prose", "In this lecture we discuss trees", "In this lecture we discuss trees"),
    ("other-language", "Open it now", "Open it in the now of this"),
    ("other-language", "Open", "これはペンです"),
    ("other-language", "Open", "Это ручка"),
    ("mixed-writing", "open", "開啟這個檔案後請關閉視窗"),
    ("course-code-changed", "6.S897 and 6.867", "6.S897 和 6.876"),
    ("course-code-changed", "Take HST.956[J]", "修读 HST.965[J]"),
    ("course-code-changed", "CS224n", "CS229"),
)  # fmt: skip


@pytest.mark.parametrize(("source", "target", "language"), GOOD)
def test_what_languages_do_differently_is_not_reported(source: str, target: str, language: str) -> None:
    assert names(source, target, language) == set()


@pytest.mark.parametrize(("name", "source", "target"), FAULTY)
def test_a_fault_that_a_reader_would_see_is_found(name: str, source: str, target: str) -> None:
    assert name in names(source, target)


_PIECES = st.sampled_from(
    "![ [[ ]] ][ ]( [^ ``` {% %} {{ }} {: <b> </b> <!-- --> http: wWw. ed2K: &amp; $$ :a: [toc]".split()
)


@given(
    st.lists(st.text(alphabet="aA1.- Bx[]`<>(){}$&:@!/w#;\\_*\n%|中ſ", max_size=4) | _PIECES, max_size=12).map("".join)
)
@example(r"\\[\\]")
@example("  \\begin{align}x\\end{align}")
def test_syntax_is_blanked_wherever_it_begins(text: str) -> None:
    assert without_syntax(text) == SYNTAX.sub(lambda match: " " * len(match[0]), text)
