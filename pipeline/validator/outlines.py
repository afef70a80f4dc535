"""Rules that hold the topics that a page announces against the lectures that it lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.align.course import Course
from pipeline.model import Lecture, Topic
from pipeline.text.said import Said, Value, said
from pipeline.text.script import folded, title_of
from pipeline.validator.base import Found, rule
from pipeline.validator.course_places import (
    announced_groups,
    announced_lists,
    both,
    both_titles,
    called,
    lines_of,
    place,
)

_ABOUT_THE_COURSE = re.compile(
    r".*欢迎.*|.*(?:复习|複習|回顾|期中|期末|考试|考試|放假|休息|停课)"
    r"|(?:本|课程|課程)*(?:简介|簡介|介绍|介紹|概述|概览|導論|总结|總結|小结|结语|结束语|答疑|安排)(?:与.{1,6})?"
    r"|welcome.*|(?:.* )?(?:review|break|exams?|midterms?|finals?|quiz)(?: .*)?"
    r"|(?:course |class )?(?:introduction|intro|overview|logistics|summary|conclusions?|wrap.?up|q ?& ?a|orientation)"
    r"(?: (?:to|of) (?:the|this) course)?",
    re.IGNORECASE,
)
_AND = re.compile(r"[、,，/&与和及]|\band\b", re.IGNORECASE)
_HEAD = 4  # Han characters at the end of a title that name its subject
_NEAR = 30  # per cent of characters that make a title worth to be named as the nearest
_LEAST = {"zh": 3, "en": 8}  # characters that are found in another title for more than chance


@rule("A101", "lecture-without-topic", "warning")
def lecture_without_topic(course: Course) -> Iterator[Found]:
    """Every lecture belongs to a topic that the page announces."""
    for outline, alignment in announced_lists(course):
        topics = [topic.texts for topic in outline.topics]
        paired = {pair.left for pair in alignment.pairs}
        for group in announced_groups(outline, alignment):
            lectures = [outline.lectures[position] for position in group]
            if not paired.isdisjoint(group) or any(_needs_no_topic(lecture, topics) for lecture in lectures):
                continue
            message = _with_nearest(_without_topic(lectures, outline.topics), lectures[0].texts, outline.topics)
            fix = said("add the topic, or accept that the lecture has none")
            line, column = place(course, outline, lectures[0])
            yield Found(outline.path, line, message, column, *both_titles(course, outline, lectures[0]), fix)


def _without_topic(lectures: Sequence[Lecture], topics: Sequence[Topic]) -> Said:
    name, lines = called(lectures[0]), lines_of(topics)
    if len(lectures) == 1:
        return said(
            "{lecture} has none of the {topics} topics in lines {lines}", lecture=name, topics=len(topics), lines=lines
        )
    return said(
        "{lecture} in its {rows} rows has none of the {topics} topics in lines {lines}",
        lecture=name, rows=len(lectures), topics=len(topics), lines=lines,
    )  # fmt: skip


def _needs_no_topic(lecture: Lecture, topics: Sequence[Mapping[str, str]]) -> bool:
    return (
        _is_about_the_course(lecture)
        or _is_one_of(lecture.texts, topics)
        or _is_part_of(lecture.texts, topics)
        or _names_one_of(lecture.texts, topics)
        or _has_head_of(lecture.texts, topics)
    )


def _is_one_of(texts: Mapping[str, str], topics: Iterable[Mapping[str, str]]) -> bool:
    """Whether a title is that of a topic, which another lecture has already (`duplicate-title` says so)."""
    bases = {language: folded(title_of(text).base) for language, text in texts.items()}
    return any(bases[language] == folded(topic.get(language, "")) for topic in topics for language in bases)


def _names_one_of(texts: Mapping[str, str], topics: Iterable[Mapping[str, str]]) -> bool:
    """Whether a title names a topic among other things ("迁移学习和 Transformer" where Transformers are one)."""
    named = {_singular(part) for text in texts.values() for part in _AND.split(title_of(text).base)}
    return len(named) > 1 and any(_singular(text) in named for topic in topics for text in topic.values())


def _singular(text: str) -> str:
    return folded(text).removesuffix("s")


def _is_about_the_course(lecture: Lecture) -> bool:
    """Whether a lecture introduces or closes the course, which no list of topics announces."""
    return any(_ABOUT_THE_COURSE.fullmatch(title_of(text).base) for text in lecture.texts.values())


def _is_part_of(texts: Mapping[str, str], others: Iterable[Mapping[str, str]]) -> bool:
    """Whether another text of the same language names this one among others ("semi-supervised learning and alignment")."""
    return any(
        len(part := folded(title_of(text).base)) >= _LEAST.get(language, 0) and part in folded(other.get(language, ""))
        for language, text in texts.items()
        for other in others
    )


def _has_head_of(texts: Mapping[str, str], topics: Iterable[Mapping[str, str]]) -> bool:
    """Whether a Chinese title ends as just one of the topics does ("下游任务迁移学习", "NLP 的迁移学习"): it goes on with it.

    Where several topics end alike ("…的机器学习"), the end says nothing.
    """
    tail = folded(title_of(texts.get("zh", "")).base)[-_HEAD:]
    return len(tail) == _HEAD and sum(folded(topic.get("zh", "")).endswith(tail) for topic in topics) == 1


@rule("A102", "topic-without-lecture", "warning")
def topic_without_lecture(course: Course) -> Iterator[Found]:
    """Every topic that the page announces is taught in a lecture."""
    for outline, alignment in announced_lists(course):
        for index in alignment.right_only:
            topic = outline.topics[index]
            if _is_part_of(topic.texts, [lecture.texts for lecture in outline.lectures]):
                continue
            what = said(
                "topic {number} is in none of the {lectures} lectures in lines {lines}",
                number=topic.number, lectures=len(outline.lectures), lines=lines_of(outline.lectures),
            )  # fmt: skip
            message = _with_nearest(what, topic.texts, outline.lectures)
            fix = said("add the lecture, drop the topic, or accept that it has none")
            line, column = place(course, outline, topic)
            yield Found(outline.path, line, message, column, *both(topic.texts), fix)


def _with_nearest(what: Said, texts: Mapping[str, str], others: Sequence[Topic] | Sequence[Lecture]) -> Said:
    """What is said, and what is most like a title among the others, and how much, where anything is near."""
    from rapidfuzz.fuzz import ratio  # 8 ms, which only courses need

    alike = [
        (round(ratio(folded(text), folded(each.texts[language]))), -each.line, each, each.texts[language])
        for each in others
        for language, text in texts.items()
        if language in each.texts
    ]
    share, _, nearest, text = max(alike, key=lambda one: one[:2], default=(0, 0, None, ""))
    if nearest is None or share < _NEAR:
        return what
    values: dict[str, Value] = {"what": what, "number": nearest.number, "title": text, "share": share}
    if isinstance(nearest, Topic):
        return said("{what}; the nearest is topic {number}, “{title}”, {share} % alike", **values)
    return said("{what}; the nearest is lecture {number}, “{title}”, {share} % alike", **values)
