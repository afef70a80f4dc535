"""Rules that hold the topics that a page announces against the lectures that it lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.align.course import Course
from pipeline.model import Lecture, Topic
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
            where = f"{len(topics)} topics in lines {lines_of(outline.topics)}"
            rows = f" in its {len(group)} rows" if len(group) > 1 else ""
            near = _nearest(lectures[0].texts, outline.topics, "topic")
            message = f"{called(lectures[0])}{rows} has none of the {where}{near}"
            fix = "add the topic, or accept that the lecture has none"
            line, column = place(course, outline, lectures[0])
            yield Found(outline.path, line, message, column, *both_titles(course, outline, lectures[0]), fix)


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
            lectures = f"the {len(outline.lectures)} lectures in lines {lines_of(outline.lectures)}"
            near = _nearest(topic.texts, outline.lectures, "lecture")
            message = f"topic {topic.number} is in none of {lectures}{near}"
            fix = "add the lecture, drop the topic, or accept that it has none"
            line, column = place(course, outline, topic)
            yield Found(outline.path, line, message, column, *both(topic.texts), fix)


def _nearest(texts: Mapping[str, str], others: Sequence[Topic] | Sequence[Lecture], what: str) -> str:
    """What is most like a title among the others, and how much; empty where nothing is near."""
    from rapidfuzz.fuzz import ratio  # 8 ms, which only courses need

    alike = [
        (round(ratio(folded(text), folded(each.texts[language]))), -each.line, each, each.texts[language])
        for each in others
        for language, text in texts.items()
        if language in each.texts
    ]
    share, _, nearest, text = max(alike, key=lambda one: one[:2], default=(0, 0, None, ""))
    return f"; the nearest is {what} {nearest.number}, “{text}”, {share} % alike" if nearest and share >= _NEAR else ""
