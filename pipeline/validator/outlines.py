"""Rules that compare the lists of a course: topics, lectures, claims, codes, in one language and across two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz.fuzz import ratio

from pipeline.align.course import Course, is_collection, plain_codes
from pipeline.extractors.labels import is_lecture, label_kind
from pipeline.model import Alignment, Claim, Lecture, Outline, Pair, Topic
from pipeline.text.markup import plain
from pipeline.text.script import folded, has_han, narrowed, title_of
from pipeline.text.words import STOP_WORDS, english_words, stem
from pipeline.validator.base import Found, rule

_SAME_TITLE = 80  # per cent of characters that two wordings of one title share at least
_ANNOUNCED = 0.6  # share of lectures with a topic from which a list is taken to announce all of them
_OTHER_THINGS = (
    2.5  # times that a claim and a list may differ; beyond, they count different things (76 videos of 14 lectures)
)
_ABOUT_THE_COURSE = re.compile(
    r"(?:.*欢迎.*|welcome.*|(?:本|课程|課程)*(?:简介|簡介|介绍|介紹|概述|概览|導論|总结|總結|小结|结语|结束语|答疑|安排)(?:与.{1,6})?"
    r"|(?:course |class )?(?:introduction|intro|overview|logistics|summary|conclusions?|wrap.?up|q ?& ?a|orientation)"
    r"(?: (?:to|of) (?:the|this) course)?)",
    re.IGNORECASE,
)
_HEAD = 4  # Han characters at the end of a title that name its subject
_LEAST = {"zh": 3, "en": 8}  # characters that are found in another title for more than chance
_EXPLAINED = re.compile(
    r"说明|說明|未发布|未發布|未公开|不含|除外|缺|break|not released|except|missing|excluding|no slides", re.IGNORECASE
)


def _lists(course: Course) -> Iterator[tuple[Outline, Alignment[int]]]:
    """Each outline whose topics announce its lectures, with the alignment of the two.

    A list that names topics for less than three in five lectures promises none for each: it is a summary.
    """
    for outline in course.outlines:
        alignment = course.topic_pairs.get(outline.path)
        if alignment and len({pair.left for pair in alignment.pairs}) >= _ANNOUNCED * len(outline.lectures):
            yield outline, alignment


def _column(course: Course, outline: Outline, line: int, title: str) -> int:
    """The column at which a title stands in its line, 1 where the page does not have it as it is shown."""
    page = next(page for page in course.pages if page.path == outline.path)
    blocks = [block for block in page.blocks if block.line == line]
    return next((block.column for block in blocks if title in plain(block.text)), blocks[0].column if blocks else 1)


def _both(texts: Mapping[str, str]) -> tuple[str, str]:
    return texts.get("en", ""), texts.get("zh", "")


@rule("A101", "lecture-without-topic", "warning")
def lecture_without_topic(course: Course) -> Iterator[Found]:
    """Every lecture belongs to a topic that the page announces."""
    for outline, alignment in _lists(course):
        english = {row.zh.line: row.en for row in course.rows if row.zh and row.en and outline is course.zh}
        for index in alignment.left_only:
            lecture = outline.lectures[index]
            topics = [topic.texts for topic in outline.topics]
            if (
                _is_about_the_course(lecture)
                or _is_part_of(lecture.texts, topics)
                or _has_head_of(lecture.texts, topics)
            ):
                continue
            partner = english.get(lecture.line)
            texts = {**(partner.texts if partner else {}), **lecture.texts}
            message = f"lecture {lecture.number} has none of the {len(outline.topics)} topics in lines {_span(outline.topics)}"
            fix = "add the topic, or accept that the lecture has none"
            column = _column(course, outline, lecture.line, next(iter(lecture.texts.values())))
            yield Found(outline.path, lecture.line, message, column, *_both(texts), fix)


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
    for outline, alignment in _lists(course):
        for index in alignment.right_only:
            topic = outline.topics[index]
            if _is_part_of(topic.texts, [lecture.texts for lecture in outline.lectures]):
                continue
            lectures = f"the {len(outline.lectures)} lectures in lines {_span(outline.lectures)}"
            message = f"topic {topic.number} is in none of {lectures}"
            fix = "add the lecture, drop the topic, or accept that it has none"
            column = _column(course, outline, topic.line, next(iter(topic.texts.values())))
            yield Found(outline.path, topic.line, message, column, *_both(topic.texts), fix)


def _span(listed: Sequence[Topic] | Sequence[Lecture]) -> str:
    return f"{listed[0].line}–{listed[-1].line}"


def _wordings(course: Course) -> Iterator[tuple[Outline, Pair[int], str, str]]:
    """Each pair of a lecture and its topic with their titles in the language they share, parts left out."""
    for outline, alignment in _lists(course):
        for pair in alignment.pairs:
            lecture, topic = outline.lectures[pair.left], outline.topics[pair.right]
            for language in lecture.texts.keys() & topic.texts.keys():
                yield outline, pair, title_of(lecture.texts[language]).base, narrowed(topic.texts[language])


@rule("A103", "wording-drift", "warning")
def wording_drift(course: Course) -> Iterator[Found]:
    """A topic and its lecture are worded alike in the same language."""
    for outline, pair, said, announced in _wordings(course):
        likeness = ratio(folded(said), folded(announced))
        if _SAME_TITLE <= likeness < 100:
            how = f"the wording differs in {_difference(announced, said)}"
            yield _drift(course, (outline, pair), announced, said, how)


@rule("A104", "spacing-drift", "info")
def spacing_drift(course: Course) -> Iterator[Found]:
    """A topic and its lecture are spaced alike in the same language."""
    for outline, pair, said, announced in _wordings(course):
        if said != announced and folded(said) == folded(announced) and said.casefold() != announced.casefold():
            yield _drift(course, (outline, pair), announced, said, "only the spacing differs")


def _drift(course: Course, where: tuple[Outline, Pair[int]], announced: str, said: str, how: str) -> Found:
    outline, pair = where
    lecture, topic = outline.lectures[pair.left], outline.topics[pair.right]
    message = f"lecture {lecture.number} and topic {topic.number} (line {topic.line}) have one title, but {how}"
    column = _column(course, outline, lecture.line, next(iter(lecture.texts.values())))
    return Found(
        outline.path, lecture.line, message, column, announced, said, "choose one form and use it in both places"
    )


def _difference(one: str, other: str) -> str:
    """What stands between the common beginning and the common end of two texts."""
    start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    shortest = min(len(one), len(other)) - start
    tail = next((back for back in range(shortest) if one[-1 - back] != other[-1 - back]), shortest)
    return f"“{one[start : len(one) - tail]}” and “{other[start : len(other) - tail]}”"


@rule("A105", "range-mismatch", "warning")
def range_mismatch(course: Course) -> Iterator[Found]:
    """What a page claims of its lectures agrees with the lectures that it lists."""
    for outline in course.outlines:
        for claim in outline.claims:
            if claim.what != "lecture" or _EXPLAINED.search(claim.text):
                continue
            listed = _unlike(claim, _numbers(outline))
            if listed is not None:
                what = f"lectures {claim.first}–{claim.last}" if claim.last is not None else f"{claim.count} lectures"
                message = f"the {claim.kind} are said to cover {what}, the list has {listed} (lines {_span(outline.lectures)})"
                fix = "correct the number, or say on the page why they differ"
                texts = ("", claim.text) if has_han(claim.text) else (claim.text, "")
                column = _column(course, outline, claim.line, claim.text)
                yield Found(outline.path, claim.line, message, column, *texts, fix)


def _numbers(outline: Outline) -> list[int]:
    """The numbers of the lectures as printed; laboratories and the like among them are none."""
    return [lecture.number for lecture in outline.lectures if is_lecture(lecture) or not label_kind(lecture.label)]


def _unlike(claim: Claim, numbers: Sequence[int]) -> int | None:
    """How many lectures there are, or the last number, where that is not what is claimed; None where it agrees.

    Rows that share a number ("第1.1讲", "第1.2讲") may be counted as one or as many.
    """
    claimed = claim.last if claim.last is not None else claim.count
    if not numbers or not claimed:
        return None
    listed = {max(numbers)} if claim.last is not None else {len(numbers), len(set(numbers))}
    counts_others = max(claimed, *listed) > _OTHER_THINGS * min(claimed, *listed)
    return None if claimed in listed or counts_others else max(listed)


@rule("A106", "label-disagrees", "warning")
def label_disagrees(course: Course) -> Iterator[Found]:
    """The two languages of a label say the same."""
    if not course.zh or not course.en:
        return
    for row in course.rows:
        topic = row.topic
        if not (
            topic
            and row.zh
            and row.en
            and row.titles
            and row.titles.tier == "accept"
            and {"en", "zh"} <= topic.texts.keys()
            and "zh" in row.zh.texts
            and "en" in row.en.texts
        ):
            continue
        same_chinese = folded(title_of(row.zh.texts["zh"]).base) == folded(title_of(topic.texts["zh"]).base)
        said, witness = topic.texts["en"], title_of(row.en.texts["en"]).base
        if same_chinese and _says_otherwise(said, witness):
            message = (
                f"topic {topic.number} says “{said}” and “{topic.texts['zh']}”; lecture {row.zh.number} has the same "
                f"Chinese title, and its English one is “{witness}” ({course.en.path}:{row.en.line})"
            )
            fix = "translate one of the two anew, or accept that both are published titles"
            yield Found(
                course.zh.path,
                topic.line,
                message,
                _column(course, course.zh, topic.line, said),
                said,
                topic.texts["zh"],
                fix,
            )


def _says_otherwise(one: str, other: str) -> bool:
    """Whether each of two English titles has words that the other has not, in whatever form."""
    first, second = (_content(title) for title in (one, other))
    return (
        bool(first - second)
        and bool(second - first)
        and "".join(sorted("".join(first))) != "".join(sorted("".join(second)))
    )


def _content(title: str) -> set[str]:
    return {stem(word) for word in english_words(title)} - STOP_WORDS


@rule("A107", "course-code-mismatch", "info")
def course_code_mismatch(course: Course) -> Iterator[Found]:
    """All pages of a course give it the same code."""
    coded = [outline for outline in course.outlines if outline.codes] if not is_collection(course.outlines) else []
    for first, second in combinations(coded, 2):
        if not plain_codes(first.codes) & plain_codes(second.codes):
            said, other = " / ".join(second.codes), " / ".join(first.codes)
            message = f"this page calls the course {said}, {first.path} calls it {other}"
            yield Found(
                second.path,
                1,
                message,
                1,
                other,
                said,
                "say on one of the pages that they are one course, or accept it",
            )
