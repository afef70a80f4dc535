"""Rules on labels in two languages: their halves say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.align.course import Course, LectureRow
from pipeline.model import Lecture, Outline, Topic
from pipeline.text.lexicon import shared_lexicon
from pipeline.text.said import said
from pipeline.text.script import folded, title_of
from pipeline.text.series import either, listed
from pipeline.text.words import STOP_WORDS, english_words, stem
from pipeline.validator.base import Found, rule
from pipeline.validator.course_places import both, place
from pipeline.validator.label_words import unexplained

_MOST_WORDS = 3  # of a half that are shown


@rule("A106", "label-disagrees", "warning")
def label_disagrees(course: Course) -> Iterator[Found]:
    """The two languages of a label say the same."""
    told = set()
    for found in _against_lectures(course):
        told.add((found.path, found.line))
        yield found
    for outline in course.outlines:
        yield from (found for found in _by_dictionary(course, outline) if (found.path, found.line) not in told)


def _against_lectures(course: Course) -> Iterator[Found]:
    """The topics whose Chinese half is the title of a lecture, with another English half than that lecture has."""
    for row in course.rows:
        if not (course.zh and course.en and row.topic and row.zh and row.en and _has_all_titles(row)):
            continue
        topic, chinese, english = row.topic, row.zh.texts["zh"], row.en.texts["en"]
        announced, witness = topic.texts["en"], title_of(english).base
        same_chinese = folded(title_of(chinese).base) == folded(title_of(topic.texts["zh"]).base)
        if same_chinese and says_otherwise(announced, witness):
            message = said(
                "topic {topic} says “{en}” and “{zh}”; lecture {lecture} has the same Chinese title, and its English one is"
                " “{witness}” ({place})",
                topic=topic.number,
                en=announced,
                zh=topic.texts["zh"],
                lecture=row.zh.number,
                witness=witness,
                place=f"{course.en.path}:{row.en.line}",
            )
            fix = said("translate one of the two anew, or accept that both are published titles")
            line, column = place(course, course.zh, topic)
            yield Found(course.zh.path, line, message, column, announced, topic.texts["zh"], fix)


def _has_all_titles(row: LectureRow) -> bool:
    """Whether the topic of a row is bilingual, and its lecture surely has a title in each language."""
    return bool(
        row.topic and row.zh and row.en and row.titles and row.titles.tier == "accept"
        and {"en", "zh"} <= row.topic.texts.keys() and "zh" in row.zh.texts and "en" in row.en.texts
    )  # fmt: skip


def says_otherwise(one: str, other: str) -> bool:
    """Whether each of two English titles has words that the other has not, in whatever form."""
    first, second = (_content(title) for title in (one, other))
    same_letters = "".join(sorted("".join(first))) == "".join(sorted("".join(second)))
    return bool(first - second) and bool(second - first) and not same_letters


def _content(title: str) -> set[str]:
    return {stem(word) for word in english_words(title)} - STOP_WORDS


def _by_dictionary(course: Course, outline: Outline) -> Iterator[Found]:
    """The labels in which the dictionaries find nothing that both halves say; a free rendering is one too: info."""
    lexicon = course.lexicon or shared_lexicon()
    labels: list[Topic | Lecture] = [*outline.topics, *outline.lectures]
    for label in labels:
        english, chinese = both(label.texts)
        words = unexplained(english, chinese, lexicon) if english and chinese else None
        if words:
            line, column = place(course, outline, label)
            message = said(
                "nothing in the Chinese says {en}; nothing in the English says {zh}",
                en=_shown(words.english), zh=_shown(words.chinese),
            )  # fmt: skip
            fix = said("correct the half that is wrong, or accept it as a free rendering")
            yield Found(outline.path, line, message, column, english, chinese, fix, "info")


def _shown(words: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    return listed(
        said("{word} ({meanings})", word=word, meanings=either(meanings)) for word, meanings in words[:_MOST_WORDS]
    )
