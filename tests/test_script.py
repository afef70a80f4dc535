"""Writing systems, numerals, folding, titles and bilingual halves."""

import doctest
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import halves as halves_module
from pipeline.text import numerals, script
from pipeline.text.halves import bilingual_halves, listed_halves
from pipeline.text.script import (
    chinese_number,
    display_width,
    folded,
    has_han,
    language_of,
    number_of,
    roman_number,
    spacing_free,
    title_of,
    titles_of,
)

MIXED = st.text(
    st.sampled_from("aB9 \t.,:()（），。、第部分讲一二Ⅱ①·—-ＡＸ光课\u200b\u3000é\u0301ßİ《》…"), max_size=30
)


@pytest.mark.parametrize("module", [script, numerals, halves_module])
def test_examples_in_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Machine Learning for Healthcare", "en"),
        ("医疗机器学习", "zh_CN"),
        ("強化學習與因果推論", "zh_TW"),
        ("Transformer 架构", "zh_CN"),
        ("The word 道 has no single translation in English", "en"),
        ('<a href="https://example.org/a/b?c=d">这里</a>', "zh_CN"),
        ("临床", "zh_CN"),
        ("2019", "en"),
        ("", "en"),
    ],
)
def test_language_is_told_by_han_share_and_by_characters_of_one_writing(text: str, language: str) -> None:
    assert language_of(text) == language


@given(st.lists(st.sampled_from(["课", "学习", "㐀", "𠀀", "。", "word ", "a", "x-y ", "é", " ", "\n"]), max_size=40))
def test_a_text_is_chinese_where_a_quarter_of_its_words_and_han_characters_are_han(pieces: list[str]) -> None:
    text = "".join(pieces)
    han = len(re.findall(f"[{script.HAN}]", text))
    words = len(re.findall("[a-zé]+(?:-[a-z]+)*", text))
    assert (language_of(text) != "en") == (han > 0 and han >= 0.25 * (han + words))


def test_a_han_character_takes_two_columns_and_a_combining_mark_none() -> None:
    assert [display_width(t) for t in ("abc", "中文", "（a）", "e\u0301", "Ａ", "")] == [3, 4, 5, 1, 2, 0]
    assert has_han("Ｘ光")
    assert not has_han("Ｘ・ー")


def _chinese(number: int) -> str:
    digits, units = "零一二三四五六七八九", ("", "十", "百", "千")
    written = ""
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), map(int, str(number)), strict=True):
        written += digits[digit] + units[place] if digit else "零"
    while "零零" in written:
        written = written.replace("零零", "零")
    return written.rstrip("零") or "零"


@given(st.integers(0, 9999))
def test_every_chinese_numeral_reads_back(number: int) -> None:
    assert chinese_number(_chinese(number)) == number
    assert number_of(f"第{_chinese(number)}讲") == number
    assert number_of(unicodedata.normalize("NFKC", str(number))) == number


def test_numbers_are_read_in_every_form() -> None:
    forms = {
        "25": 25,
        "２５": 25,
        "Ⅻ": 12,
        "xiv": 14,
        "Seven": 7,
        "第 3 部分": 3,
        "三十": 30,
        "一万二千": 12000,
        "⑦": 7,
    }
    assert {text: number_of(text) for text in forms} == forms


@pytest.mark.parametrize("text", ["", "word", "iix", "讲", "第讲", "3.5", "9" * 5000, "-1"])
def test_what_is_no_numeral_gives_none(text: str) -> None:
    assert number_of(text) is None
    assert chinese_number(text) is None
    assert roman_number(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("用于乳房 X 光检查的机器学习", "用于乳房X光检查的机器学习"),
        ("自然语言处理 (NLP)，第 1 部分", "自然语言处理（NLP）, 第1部分"),
        ("Q & A", "q&a"),
        ("“引号” 与 — 破折号", '"引号"与-破折号'),
        ("Deep  Learning\u200b", "deep learning"),
        ("ＮＬＰ……", "nlp..."),
    ],
)
def test_titles_that_differ_only_in_spacing_or_width_fold_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_words_of_latin_letters_stay_apart_when_folded() -> None:
    assert folded("Deep Learning") != folded("DeepLearning")
    assert spacing_free("Ｄeep Learning") == "DeepLearning"


@given(MIXED | st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "ordinal", "base", "part"),
    [
        ("Lecture 5: Risk Stratification, Part 2", (5,), "Risk Stratification", 2),
        ("第五讲 强化学习", (5,), "强化学习", None),
        ("第1~3讲：导论", (1,), "导论", None),
        ("【第12课时】树", (12,), "树", None),
        ("第一节课：树", (1,), "树", None),
        ("L05 Graphs", (5,), "Graphs", None),
        ("Week 2", (2,), "", None),
        ("1. Trees", (1,), "Trees", None),
        ("1.2 Trees", (1, 2), "Trees", None),
        ("Section 3.1: Trees", (3, 1), "Trees", None),
        ("1.树", (1,), "树", None),
        ("二、树", (2,), "树", None),
        ("（二）树", (2,), "树", None),
        ("① 树", (1,), "树", None),
        ("IV. Trees", (4,), "Trees", None),
        ("自然语言处理 (NLP)，第 2 部分", (), "自然语言处理 (NLP)", 2),
        ("微积分Ⅱ", (), "微积分", 2),
        ("Calculus III", (), "Calculus", 3),
        ("树（下）", (), "树", 2),
        ("树 上篇", (), "树", 1),
        ("树（第二部分）", (), "树", 2),
        ("Trees (2)", (), "Trees", 2),
        ("Trees (Part 1 of 3)", (), "Trees", 1),
        ("Trees (cont.)", (), "Trees", 2),
        ("树之二", (), "树", 2),
        ("Trees, step 3", (), "Trees", 3),
        ("3.4：树，第 3 步", (3, 4), "树", 3),
        ("Week 2: Lecture 3 – Trees", (2, 3), "Trees", None),
        ("第二章第三节", (2, 3), "", None),
        ("第二周：第三讲 树（下）", (2, 3), "树", 2),
        ("Lec. 5 – Trees", (5,), "Trees", None),
        ("5.", (5,), "", None),
        ("05 - Trees", (5,), "Trees", None),
        ("Chapter V", (5,), "", None),
        ("Lecture-5 Trees", (5,), "Trees", None),
        ("(Lecture 5) Trees", (5,), "Trees", None),
        ("#5 Trees", (5,), "Trees", None),
        ("§3.1 Trees", (3, 1), "Trees", None),
        ("P05 树", (5,), "树", None),
        ("实验三：树", (3,), "树", None),
        ("CS229 Lecture 5: Trees", (5,), "CS229 Trees", None),
        ("Trees (2/3)", (), "Trees", 2),
        ("Trees 2 of 3", (), "Trees", 2),
        ("Trees, cont'd", (), "Trees", 2),
        ("Trees (b)", (), "Trees", 2),
        ("Trees, second half", (), "Trees", 2),
        ("树（中）", (), "树", 2),
        ("树 续", (), "树", 2),
        ("树（续二）", (), "树", 3),
        ("树（其二）", (), "树", 2),
        ("树（下半部分）", (), "树", 2),
    ],
)
def test_an_ordinal_and_a_part_are_separated_from_the_base(
    text: str, ordinal: tuple[int, ...], base: str, part: int | None
) -> None:
    title = title_of(text)
    assert (title.ordinal, title.base, title.part) == (ordinal, base, part)


@pytest.mark.parametrize(
    "text",
    [
        "L1 regularization", "L2 范数", "3D vision", "2017 in review", "Video I/O", "Mac OS X", "f(x)", "第一课程",
        "10:30 break", "线上", "深入 (2019)", "Counterpart 2x", "6.042 Mathematics", "15-445 Databases",
        "p53 protein", "3-SAT", "5-fold validation", "第三方库", "6.006 3.2", "CS229: Trees", "Continuity", "手续", "Vitamin C",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_ordinal_or_a_part_stays_in_the_base(text: str) -> None:
    title = title_of(text)
    assert (title.base, title.ordinal, title.part) == (text, (), None)


def test_course_codes_are_found_and_stay_in_the_base() -> None:
    texts = ["6.S897 医疗机器学习", "HST.956[J] Healthcare", "CS224n", "【14-455】", "T81-558 x", "EECS 498", "GPT-3"]
    titles = [title_of(text) for text in texts]
    assert [t.codes for t in titles] == [
        ("6.S897",), ("HST.956[J]",), ("CS224n",), ("14-455",), ("T81-558",), ("EECS 498",), (),
    ]  # fmt: skip
    assert titles[0].base == "6.S897 医疗机器学习"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("MIT18.06: Linear Algebra", ("18.06",)),
        ("CMU11-667 Language", ("11-667",)),
        ("CS50-WEB and CS294-158", ("CS50-WEB", "CS294-158")),
        ("about 12.625% of 40.625", ()),
        ("ERROR 1105, ISO 8601, SHA256, IAP 2020, YOLO9000", ()),
    ],
)
def test_a_number_a_standard_or_a_model_is_no_course_code(text: str, codes: tuple[str, ...]) -> None:
    assert title_of(text).codes == codes


@pytest.mark.parametrize(
    ("text", "ordinal", "kind", "base"),
    [
        ("第1.2讲", (1, 2), "讲", ""),
        ("第2A讲 树", (2,), "讲", "树"),
        ("2031年第4讲：树", (4,), "讲", "树"),
        ("Lecture 2B: Trees", (2,), "lecture", "Trees"),
        ("实验3", (3,), "实验", ""),
    ],
)
def test_labels_with_a_decimal_a_letter_or_a_year_are_ordinals(
    text: str, ordinal: tuple[int, ...], kind: str, base: str
) -> None:
    title = title_of(text)
    assert (title.ordinal, title.kind, title.base) == (ordinal, kind, base)


def test_a_bilingual_list_has_short_and_equal_halves_and_any_other_only_emphasised_ones() -> None:
    topics = ["Regression（**回归**）", "CNNs（**卷积网络**）", "Trees (树)", "BERT（**BERT**）", "Others"]
    assert listed_halves(topics)[1:] == [("CNNs", "卷积网络"), ("Trees", "树"), ("BERT", "BERT"), None]
    assert listed_halves(["界面与交互 1 (动画)", "界面与交互 2 (selenium)", "界面与交互 3"]) == [None, None, None]
    assert bilingual_halves("[文档](https://example.org/docs)") is None


def test_a_bare_digit_is_a_part_only_beside_its_like() -> None:
    assert [t.part for t in titles_of(["注意力1", "注意力2", "Python 3"])] == [1, 2, None]
    assert [t.base for t in titles_of(["Trees #1", "Trees #2", "树 - 1", "树-2"])] == ["Trees", "Trees", "树", "树"]
    assert [t.part for t in titles_of(["GPT-2", "GPT-3"])] == [None, None]


def test_the_last_of_three_is_part_three_and_of_two_part_two() -> None:
    assert [t.part for t in titles_of(["树（上）", "树（中）", "树（下）", "图（上）", "图（下）"])] == [1, 2, 3, 1, 2]


@given(MIXED)
def test_any_text_is_taken_apart_without_loss_of_its_raw_form(text: str) -> None:
    title = title_of(text)
    assert title.raw == text
    assert titles_of([text, text])[0].raw == text
    halves = bilingual_halves(text)
    assert halves is None or (has_han(halves[1]) and not has_han(halves[0]))


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("Causal Inference（**因果推断**）", ("Causal Inference", "因果推断")),
        ("强化学习 (Reinforcement Learning)", ("Reinforcement Learning", "强化学习")),
        ("Fairness / 公平", ("Fairness", "公平")),
        ("公平 | <b>Fairness</b>", ("Fairness", "公平")),
        ("Fairness<br>公平", ("Fairness", "公平")),
        ("Language Processing (NLP)（语言处理(NLP)）", ("Language Processing (NLP)", "语言处理(NLP)")),
        ("自然语言处理 (NLP)", None),
        ("卷积网络（LeNet）", None),
        ("TCP/IP 协议", None),
        ("A/B 测试", None),
        ("Lecture 5 | 强化学习", None),
        ("课程资料 | 下载", None),
        ("Fairness", None),
        (")", None),
        ("a 树（", None),
    ],
)  # fmt: skip
def test_a_bilingual_text_is_split_into_its_halves(text: str, halves: tuple[str, str] | None) -> None:
    assert bilingual_halves(text) == halves


def test_a_very_long_title_is_taken_apart_quickly_and_whole() -> None:
    text = "Lecture 5: " + " " * 20_000 + "树" * 20_000 + " " * 20_000 + "Part 2"
    title = title_of(text)
    assert (title.ordinal, title.part, len(title.base)) == ((5,), 2, 20_000)
    assert bilingual_halves("Trees" + " \t" * 20_000 + "|" + " " * 20_000 + "树") == ("Trees", "树")
    assert bilingual_halves("Trees" + "）" * 20_000 + "树") is None
