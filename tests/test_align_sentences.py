"""Sentences put side by side."""

from __future__ import annotations

from golden import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align.listed import lectures_and_topics
from pipeline.align.sentences import align_block_sentences, align_sentences, align_to_points
from pipeline.extractors.outline import outline
from pipeline.extractors.page import read_page
from pipeline.model import Alignment, Page, Pair
from pipeline.text.said import Said
from pipeline.text.sentences import sentences

ENGLISH = [
    "We read scans.",
    "Deep learning finds the tumour in each of them, and a physician looks at it.",
    "Thank you.",
]
CHINESE = ["我们读扫描图。", "深度学习在每一张里找到肿瘤。", "医生会查看它。", "谢谢。"]


def found(alignment: Alignment[tuple[int, ...]]) -> dict[tuple[int, ...], tuple[int, ...]]:
    """The pairs, counted from 1."""
    return {tuple(i + 1 for i in pair.left): tuple(j + 1 for j in pair.right) for pair in alignment.pairs}


def page(path: str) -> Page:
    return read_page((ROOT / "source_docs" / path).read_bytes(), path)


def test_the_sentences_of_the_catalog_note_cross_those_of_the_introduction() -> None:
    note = next(u.text for u in page("mit-ml-for-healthcare/catalog.en.md").units if u.text.startswith("Introduces"))
    chinese = page("mit-ml-for-healthcare/course.zh.md").units
    first = next(place for place, unit in enumerate(chinese) if unit.text.startswith("MIT 6.S897"))
    texts = [unit.text for unit in chinese[first : first + 4] if unit.kind == "paragraph"]
    introduction = [sentence for text in texts for sentence in sentences(text)]
    alignment = align_sentences(sentences(note), introduction)
    assert found(alignment) == {(1,): (3,), (2,): (4,), (3,): (2,)}
    assert [pair.tier for pair in alignment.pairs] == ["accept"] * 3
    assert (alignment.left_only, alignment.right_only) == ((3,), (0,))


def test_lessons_go_with_the_points_that_the_course_covers() -> None:
    online = outline(page("ml-health-online/course.en.md"))
    lessons, points = ([each.texts["en"] for each in texts] for texts in (online.lectures, online.topics))
    alignment = align_sentences(lessons, points)
    links = {(i + 1, j + 1) for pair in alignment.pairs for i in pair.left for j in pair.right}
    gold = {(2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (7, 3), (8, 4), (9, 5)}
    assert 2 * len(links & gold) / (len(links) + len(gold)) > 0.9
    assert links <= gold
    assert {(pair.left + 1, pair.right + 1) for pair in lectures_and_topics(online).alignment.pairs} == links


def test_lectures_join_their_neighbour_in_its_topic_but_not_two_topics() -> None:
    lectures = ["Pixels: colour", "Pixels: bitmaps", "Fairness", "Networks: routers", "Farewell"]
    found = align_to_points(lectures, ["Pixels", "Fairness", "Networks"])
    assert [(pair.left, pair.right) for pair in found.pairs] == [(0, 0), (1, 0), (2, 1), (3, 2)]
    assert (found.left_only, found.right_only) == ((4,), ())
    assert found.pairs[1].tier == "review"
    assert found.pairs[1].evidence == ("shared: pixels", "joins “Pixels: colour”")
    assert not align_to_points(["Pixels: colour", "Fairness"], ["Pixels", "Pixels: bitmaps", "Fairness"]).left_only


def test_what_one_sentence_says_in_one_language_two_may_say_in_the_other() -> None:
    alignment = align_sentences(ENGLISH, CHINESE)
    assert found(alignment) == {(1,): (1,), (2,): (2, 3), (3,): (4,)}
    assert alignment.pairs[1].evidence[-1] == "one sentence on the left, 2 sentences on the right"
    assert found(align_sentences(CHINESE, ENGLISH)) == {(1,): (1,), (2, 3): (2,), (4,): (3,)}


def test_sentences_are_paired_in_their_blocks_and_what_is_left_over_where_it_surely_belongs() -> None:
    many = [[f"Chapter {number} is about nothing."] for number in range(30)]
    others = [[f"无关的第 {number} 句。"] for number in range(30)]
    left = [[*ENGLISH[:2], "Reinforcement learning chooses the dosage of insulin."], ["Thank you."], *many]
    right = [[CHINESE[0], *CHINESE[1:3]], [*CHINESE[3:], "强化学习选择胰岛素的剂量。"], *others]
    blocks: Alignment[tuple[int, ...]] = Alignment(
        (Pair((0,), (0,), 0.9, "accept"), Pair((1,), (1,), 0.9, "accept")), (), ()
    )
    alignment = align_block_sentences(left, right, blocks)
    assert found(alignment) == {(1,): (1,), (2,): (2, 3), (3,): (5,), (4,): (4,)}
    assert alignment.pairs[2].tier == "review"
    assert "in blocks that are no pair" in alignment.pairs[2].evidence
    assert all(isinstance(words, Said) for words in alignment.pairs[2].evidence)  # told in the language of the user


@settings(max_examples=40)
@given(*[st.lists(st.sampled_from([*ENGLISH, *CHINESE, "", "7", "a" * 3000]), max_size=9)] * 2)
def test_every_sentence_is_in_one_pair_or_alone(left: list[str], right: list[str]) -> None:
    alignment = align_sentences(left, right)
    assert sorted([*alignment.left_only, *(i for pair in alignment.pairs for i in pair.left)]) == [*range(len(left))]
    assert sorted([*alignment.right_only, *(j for pair in alignment.pairs for j in pair.right)]) == [*range(len(right))]
    assert all(1 in (len(pair.left), len(pair.right)) for pair in alignment.pairs)


def test_a_text_beside_an_empty_one_or_one_of_a_language_that_is_not_known_is_all_alone() -> None:
    for left, right in ((ENGLISH, []), ([], CHINESE), ([], []), (["Bonjour le monde.", "Il fait beau."], CHINESE)):
        alignment = align_sentences(left, right)
        assert not alignment.pairs
        assert (len(alignment.left_only), len(alignment.right_only)) == (len(left), len(right))
