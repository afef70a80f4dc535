"""Lists of titles side by side: real lectures and topics, every mix of languages, and bad input."""

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import Alignment, align_lists
from pipeline.text.halves import bilingual_halves
from pipeline.text.lexicon import shared_lexicon

# The lectures of MIT 6.S897 as published, as the Chinese page translates them, and the topics of that page.
ENGLISH = [
    "What Makes Healthcare Unique?", "Overview of Clinical Care", "Deep Dive Into Clinical Data",
    "Risk Stratification, Part 1", "Risk Stratification, Part 2", "Physiological Time-Series",
    "Natural Language Processing (NLP), Part 1", "Natural Language Processing (NLP), Part 2",
    "Translating Technology Into the Clinic", "Application of Machine Learning to Cardiac Imaging",
    "Differential Diagnosis", "Machine Learning for Pathology", "Machine Learning for Mammography",
    "Causal Inference, Part 1", "Causal Inference, Part 2", "Reinforcement Learning, Part 1",
    "Reinforcement Learning, Part 2", "Disease Progression Modeling and Subtyping, Part 1",
    "Disease Progression Modeling and Subtyping, Part 2", "Precision Medicine", "Automating Clinical Work Flows",
    "Regulation of Machine Learning / Artificial Intelligence in the US", "Fairness", "Robustness to Dataset Shift",
    "Interpretability",
]  # fmt: skip
CHINESE = [
    "是什么让医疗保健与众不同？", "临床护理概述", "深入研究临床数据", "风险分层，第 1 部分", "风险分层，第 2 部分",
    "生理时间序列", "自然语言处理 (NLP)，第 1 部分", "自然语言处理 (NLP)，第 2 部分", "将技术转化为临床",
    "机器学习在心脏成像中的应用", "鉴别诊断", "病理学机器学习", "用于乳房 X 光检查的机器学习", "因果推断，第 1 部分",
    "因果推断，第 2 部分", "强化学习，第 1 部分", "强化学习，第 2 部分", "疾病进展建模和亚型，第 1 部分",
    "疾病进展建模和亚型，第 2 部分", "精准医学", "自动化临床工作流程", "美国对机器学习/人工智能的监管", "公平",
    "数据集转移的鲁棒性", "可解释性",
]  # fmt: skip
TOPICS = [
    "Overview of Clinical Care（**临床护理概述**）", "Deep Dive into Clinical Data（**深入研究临床数据**）",
    "Risk Stratification（**风险分层**）", "Physiological Time-Series（**生理时间序列**）",
    "Natural Language Processing (NLP)（**自然语言处理(NLP)**）",
    "Translating Technology into the Clinic（**将技术转化到临床**）",
    "Machine Learning for Cardiology（**机器学习在心脏成像中的应用**）",
    "Machine Learning for Differential Diagnosis（**鉴别诊断**）", "Machine Learning for Pathology（**病理学机器学习**）",
    "Machine Learning for Mammography（**用于乳房X光检查的机器学习**）", "Causal Inference（**因果推断**）",
    "Reinforcement Learning（**强化学习**）", "Disease Progression & Subtyping（**疾病进展建模和亚型**）",
    "Precision Medicine（**精准医学**）", "Automating Clinical Workflows（**自动化临床工作流程**）",
]  # fmt: skip
TOPIC_OF = {
    2: 1, 3: 2, 4: 3, 5: 3, 6: 4, 7: 5, 8: 5, 9: 6, 10: 7, 11: 8, 12: 9, 13: 10, 14: 11, 15: 11, 16: 12, 17: 12, 18: 13,
    19: 13, 20: 14, 21: 15,
}  # fmt: skip
TRADITIONAL = {
    "机": "機",
    "学": "學",
    "习": "習",
    "临": "臨",
    "疗": "療",
    "断": "斷",
    "数": "數",
    "据": "據",
    "护": "護",
}


def found(alignment: Alignment[int]) -> dict[int, int]:
    return {pair.left: pair.right for pair in alignment.pairs}


def shuffled(texts: Sequence[str], seed: int) -> tuple[list[str], list[int]]:
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)
    return [texts[place] for place in order], order


def assert_whole(alignment: Alignment[int], left: Sequence[str], right: Sequence[str]) -> None:
    """Every title is in a pair or alone, pairs are sorted, and scores and tiers are what they may be."""
    lefts = [pair.left for pair in alignment.pairs]
    assert sorted([*lefts, *alignment.left_only]) == list(range(len(left)))
    assert {pair.right for pair in alignment.pairs} | {*alignment.right_only} == set(range(len(right)))
    assert not {pair.right for pair in alignment.pairs} & {*alignment.right_only}
    assert lefts == sorted(lefts)
    assert list(alignment.right_only) == sorted(alignment.right_only)
    assert all(0 <= pair.score <= 1 and pair.tier in ("accept", "review") and pair.evidence for pair in alignment.pairs)


@pytest.mark.parametrize(
    ("left", "right"), [(ENGLISH, CHINESE), (CHINESE, ENGLISH), (ENGLISH, ENGLISH), (CHINESE, CHINESE)]
)
def test_lectures_in_order_are_all_paired(left: list[str], right: list[str]) -> None:
    alignment = align_lists(left, right)
    assert found(alignment) == {i: i for i in range(25)}
    assert sum(pair.tier == "accept" for pair in alignment.pairs) >= 24
    assert_whole(alignment, left, right)


@pytest.mark.parametrize("seed", range(6))
def test_lectures_are_paired_when_either_list_is_shuffled(seed: int) -> None:
    mixed, order = shuffled(ENGLISH, seed)
    assert found(align_lists(CHINESE, mixed)) == {lecture: place for place, lecture in enumerate(order)}
    mixed, order = shuffled(CHINESE, seed)
    assert found(align_lists(mixed, ENGLISH)) == dict(enumerate(order))


@pytest.mark.parametrize("seed", range(6))
def test_with_lectures_missing_on_both_sides_none_is_lost_and_none_accepted_wrongly(seed: int) -> None:
    chance = random.Random(seed)
    ours = [lecture for lecture in range(25) if chance.random() > 0.15]
    theirs = [lecture for lecture in range(25) if chance.random() > 0.15]
    alignment = align_lists([CHINESE[lecture] for lecture in ours], [ENGLISH[lecture] for lecture in theirs])
    assert set(ours) & set(theirs) <= {ours[pair.left] for pair in alignment.pairs}
    assert all(ours[pair.left] == theirs[pair.right] for pair in alignment.pairs if pair.tier == "accept")


@pytest.mark.parametrize("lectures", [CHINESE, ENGLISH])
@pytest.mark.parametrize("half", ["both", "english", "chinese"])
def test_lectures_find_their_topics_and_parts_share_one(lectures: list[str], half: str) -> None:
    halves = [bilingual_halves(topic) or ("", "") for topic in TOPICS]
    topics = {"both": TOPICS, "english": [pair[0] for pair in halves], "chinese": [pair[1] for pair in halves]}[half]
    alignment = align_lists(lectures, topics)
    assert {left + 1: right + 1 for left, right in found(alignment).items()} == TOPIC_OF
    assert alignment.left_only == (0, 21, 22, 23, 24)
    assert alignment.right_only == ()


@pytest.mark.parametrize("seed", range(4))
def test_chinese_lectures_find_their_topics_in_any_order(seed: int) -> None:
    topics, order = shuffled(TOPICS, seed)
    assert found(align_lists(CHINESE, topics)) == {
        lecture - 1: order.index(topic - 1) for lecture, topic in TOPIC_OF.items()
    }


def test_traditional_titles_are_paired_like_simplified_ones() -> None:
    traditional = [text.translate({ord(one): other for one, other in TRADITIONAL.items()}) for text in CHINESE]
    assert found(align_lists(ENGLISH, traditional)) == {i: i for i in range(25)}
    assert found(align_lists(shuffled(CHINESE, 1)[0], traditional)) == dict(enumerate(shuffled(CHINESE, 1)[1]))


def test_evidence_names_terms_parts_and_place() -> None:
    pair = align_lists(CHINESE, ENGLISH).pairs[15]
    assert pair.evidence == (
        "one shared term: 强化学习=reinforcement learning", "第 1 部分 = Part 1", "same place",
    )  # fmt: skip
    shared = align_lists(["风险分层（上）", "风险分层（下）", "公平"], ["Fairness", "Risk Stratification"])
    assert [pair.evidence for pair in shared.pairs] == [
        ("one shared term: 风险分层=risk stratification", "上 of a title without parts"),
        ("one shared term: 风险分层=risk stratification", "下 of a title without parts"),
        ("one shared term: 公平=fairness",),
    ]


def test_evidence_counts_each_character_once_and_names_what_else_a_title_is_like() -> None:
    left = ["3.1 Life Sciences and Learning", "Language Models", "Fairness", "Applications", "Causal Inference"]
    right = ["3.1 生命科学与学习", "语言模型导论", "公平", "语言模型应用", "因果推断"]
    first, second, third, *_ = align_lists(left, right).pairs
    assert first.evidence == (
        "two shared terms: 生命科学=life sciences, 学习=learning", "both numbered 3.1", "same place",
    )  # fmt: skip
    assert (second.tier, second.evidence[1:]) == ("review", ("also like “语言模型应用”", "same place"))
    assert (third.tier, third.evidence) == ("accept", ("one shared term: 公平=fairness", "same place"))


def test_parts_that_disagree_are_no_pair_and_parts_without_a_common_right_share_none() -> None:
    left, right = ["Causal Inference, Part 1", "Causal Inference, Part 2"], ["因果推断（下）", "因果推断（上）"]
    assert found(align_lists(left, right)) == {0: 1, 1: 0}
    assert len(align_lists(left, ["因果推断", "因果推断导论"]).pairs) <= 2


def test_numbers_alone_do_not_make_a_pair() -> None:
    alignment = align_lists(["Lecture 1: Fairness", "Lecture 2: Trees"], ["第1讲 树", "第2讲 公平"])
    assert found(alignment) == {0: 1, 1: 0}


def test_lectures_that_are_only_numbered_are_paired_by_number() -> None:
    assert found(align_lists([f"Lecture {n}" for n in (1, 2, 4, 5)], ["第一讲", "第三讲", "第四讲", "第五讲"])) == {
        0: 0, 2: 2, 3: 3,
    }  # fmt: skip


def test_terms_of_the_course_make_pairs_that_no_dictionary_knows() -> None:
    left, right = ["Foozle Theory", "Barzling"], ["嘟嘟学", "噜噜理论"]
    taught = shared_lexicon().with_pairs([("foozle", "噜噜"), ("Barzling", "嘟嘟学")])
    assert found(align_lists(left, right, lexicon=taught)) == {0: 1, 1: 0}


def test_a_title_that_stands_elsewhere_in_one_list_is_found() -> None:
    moved = [*ENGLISH[:5], *ENGLISH[6:20], ENGLISH[5], *ENGLISH[20:]]
    pairs = align_lists(CHINESE, moved).pairs
    assert [pair.right for pair in pairs] == [0, 1, 2, 3, 4, 19, *range(5, 19), *range(20, 25)]
    assert [pair.left for pair in pairs if "another place" in pair.evidence] == [5]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ([], []),
        ([], ["树"]),
        (["Trees"], []),
        (["", "", ""], ["", ""]),
        (["1", "2", "3"], ["3", "1", "2"]),
        (["?", "…"], ["树", "🌲"]),
        (["Введение", "Деревья"], ["Введение", "Графы", "Деревья"]),
        (["はじめに", "木"], ["导论", "树"]),
    ],
)
def test_odd_lists_give_a_whole_result(left: list[str], right: list[str]) -> None:
    assert_whole(align_lists(left, right), left, right)


def test_equal_titles_are_paired_in_turn() -> None:
    left, right = ["Exercises", "Trees", "Exercises", "Graphs", "Exercises"], ["练习", "树", "练习", "图", "练习"]
    assert found(align_lists(left, right)) == {i: i for i in range(5)}
    many = align_lists(["Exercises"] * 300, ["练习"] * 300)
    assert all(one.right < two.right for one, two in pairwise(many.pairs))


def test_the_same_words_are_a_pair_in_any_script() -> None:
    assert found(align_lists(["1", "Деревья", "🌲 !"], ["🌲 !", "1", "Деревья"])) == {0: 1, 1: 2, 2: 0}


def test_very_long_titles_are_read_in_part() -> None:
    left = [f"{title} {'and so on ' * 1000}" for title in ENGLISH[:6]]
    right = [f"{title}{'等等' * 5000}" for title in CHINESE[:6]]
    assert_whole(align_lists(left, right), left, right)


def test_hundreds_of_titles_of_the_same_few_words_are_aligned_too() -> None:
    chance = random.Random(0)
    rows = [chance.sample(WORDS, 3) for _ in range(400)]
    left = [" ".join(english for english, _ in row) for row in rows]
    right = ["".join(chinese for _, chinese in row) for row in rows]
    alignment = align_lists(left, right)
    assert_whole(alignment, left, right)
    assert sum(pair.left == pair.right for pair in alignment.pairs) > 380


def test_numbers_are_never_accepted_for_themselves() -> None:
    alignment = align_lists([f"Введение {n}" for n in range(1, 9)], [f"树{n}" for n in range(1, 9)])
    assert {pair.tier for pair in alignment.pairs} <= {"review"}


WORDS = [
    ("tree", "树木"), ("graph", "图形"), ("network", "网络"), ("clinical", "临床"), ("causal", "因果"), ("risk", "风险"),
    ("image", "图像"), ("language", "语言"), ("learning", "学习"), ("gradient", "梯度"), ("matrix", "矩阵"),
    ("theorem", "定理"), ("patient", "患者"), ("disease", "疾病"), ("protein", "蛋白质"), ("database", "数据库"),
    ("compiler", "编译器"), ("memory", "内存"), ("thread", "线程"), ("vector", "向量"),
]  # fmt: skip

TITLES = st.lists(
    st.sampled_from([*ENGLISH[:8], *CHINESE[:8], *TOPICS[:3], "", "1", "第 2 讲", "(2)"]) | st.text(max_size=6),
    max_size=7,
)


@given(TITLES, TITLES)
@settings(max_examples=60)
def test_any_two_lists_give_a_whole_result_and_the_same_one_twice(left: list[str], right: list[str]) -> None:
    alignment = align_lists(left, right)
    assert_whole(alignment, left, right)
    assert align_lists(left, right) == alignment


def test_a_pair_is_not_accepted_where_another_title_is_as_like() -> None:
    left = ["Language Models", "Fairness", "Trees", "Graphs"]
    right = ["公平", "语言模型和数据集", "语言模型与应用", "树", "图"]
    tiers = {pair.left: pair.tier for pair in align_lists(left, right).pairs}
    assert tiers.get(0) != "accept"
    assert align_lists(left, ["公平", "语言模型", "树", "图"]).pairs[0].tier == "accept"


def _otherwise(text: str, place: int) -> str:
    """The same title as another page may write it."""
    text = text.replace(", Part 1", " (I)").replace(", Part 2", " II")
    text = text.replace("，第 1 部分", "（上）").replace("，第 2 部分", "（下）")
    text = text.translate({ord(one): other for one, other in TRADITIONAL.items()})
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" < letter < "~" else letter for letter in text)
    chinese = not text.isascii()
    return [
        text.upper(), wide, f"第{place + 1}讲：{text}" if chinese else f"Week 1: Lecture {place + 1} – {text}",
        f"{place + 1:02d} - {text.replace(' and ', ' & ')}", f"{place + 1}、{text}" if chinese else f"L{place + 1} {text}",
    ][place % 5]  # fmt: skip


@pytest.mark.parametrize("lectures", [ENGLISH, CHINESE])
@pytest.mark.parametrize("seed", [None, 0, 1])
def test_titles_of_one_language_are_paired_however_they_are_written(lectures: list[str], seed: int | None) -> None:
    written = [_otherwise(text, place) for place, text in enumerate(lectures)]
    mixed, order = (written, list(range(25))) if seed is None else shuffled(written, seed)
    alignment = align_lists(lectures, mixed)
    assert found(alignment) == {lecture: order.index(lecture) for lecture in range(25)}
    assert sum(pair.tier == "accept" for pair in alignment.pairs) >= 24


@pytest.mark.parametrize(("title", "neighbour"), [("Binary Search", "图搜索"), ("Compilers", "编译器的优化与代码生成")])
def test_one_shared_term_is_not_enough_where_titles_are_missing_if_it_is_little_of_one(
    title: str, neighbour: str
) -> None:
    left = ["Sorting", "Hash Tables", title, "Shortest Paths", "Dynamic Programming"]
    right = ["排序", "哈希表", neighbour, "最短路径", "动态规划"]
    tiers = [pair.tier for pair in align_lists([*left, "Exam Review"], right).pairs]
    assert tiers == ["accept", "accept", "review", "accept", "accept"]
