"""What a page says of its material: "slides: Lecture 1~25", "19 papers"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Claim, Page
from pipeline.text.lazily import lazily
from pipeline.text.markup import plain

_MATERIAL = {
    "slides": r"课件|課件|幻灯|slides?\b|ppt\b",
    "notes": r"笔记|筆記|讲义|講義|\bnotes?\b",
    "exercises": r"习题|習題|作业|作業|练习|練習|homeworks?\b|assignments?\b|exercises?\b|recitations?\b|problem sets?\b",
    "readings": r"阅读|閱讀|论文|論文|文献|readings?\b|papers?\b",
    "code": r"代码|代碼|\bcode\b|notebooks?\b|\blabs?\b",
    "videos": r"视频|視頻|videos?\b",
    "exams": r"考试|試卷|试卷|exams?\b|quiz(?:zes)?\b",
    "projects": r"项目|項目|projects?\b",
    "lectures": r"(?<![第至到\d.])\d+\s*(?:讲|講|lectures?\b)",
    "topics": r"(?<![第\d.])\d+\s*(?:个|個|大)?\s?(?:主题|主題|知识点|知識點|topics?\b)",
}
_MATERIALS = lazily("|".join(f"(?P<{kind}>{words})" for kind, words in _MATERIAL.items()), re.IGNORECASE)
_WHAT = (
    r"lectures?|lec|recitations?|labs?|notes?|homeworks?|hw|assignments?|projects?|chapters?|weeks?|modules?|quiz(?:zes)?"
    r"|units?|sessions?|lessons?|videos?|作业|作業|习题|習題|笔记|筆記|课件|課件|实验|實驗|章节|L"
)
_RANGE = lazily(
    rf"(?<![a-z])(?P<what>{_WHAT})\s*\.?#?\s*(?P<first>\d{{1,3}})\s*[-~～–—至到]\s*(?:(?P=what)\s*)?(?P<last>\d{{1,3}})(?!\d)"
    r"|第\s*(?P<from>\d{1,3})\s*[-~～–—至到]\s*第?\s*(?P<to>\d{1,3})\s*(?P<unit>讲|講|章|课|課|周|週|节|節)"
    rf"|(?P<numbered>{_WHAT})\s*(?:编号|編號|更新)?[至到]\s*第?\s*(?P<upto>\d{{1,3}})(?!\d)",
    re.IGNORECASE,
)
_COUNT = lazily(
    r"(?<![A-Za-z\d.~～–—-])(?P<count>\d{1,3})\s*(?:"
    r"\+?\s*(?P<what>篇|份|讲|講|套|章|门课程?|門課程?|papers?\b|lectures?\b|articles?\b|readings?\b|videos?\b|slides?\b"
    r"|topics?\b|chapters?\b|projects?\b|notebooks?\b|assignments?\b|homeworks?\b|labs?\b)"
    r"|个\s?(?P<project>project|项目|實驗|实验|作业|视频|章节)s?"
    r"|[个個大]\s?(?P<topic>主题|主題|知识点|知識點)"
    r"|\+?\s*(?:课程|老师|官方|教师|多)?推荐[^，。,.；;]{0,8}?(?P<paper>论文|文章|文献))",
    re.IGNORECASE,
)
_SINGULAR = {
    "讲": "lecture", "講": "lecture", "lec": "lecture", "l": "lecture", "课": "lecture", "課": "lecture",
    "节": "lecture", "節": "lecture", "篇": "paper", "论文": "paper", "文章": "paper", "文献": "paper",
    "章": "chapter", "章节": "chapter", "周": "week", "週": "week", "课件": "slide", "課件": "slide",
    "作业": "homework", "作業": "homework", "hw": "homework", "习题": "exercise", "習題": "exercise",
    "笔记": "note", "筆記": "note", "实验": "lab", "實驗": "lab", "项目": "project", "视频": "video",
    "主题": "topic", "主題": "topic", "知识点": "topic", "知識點": "topic",
    "门课": "course", "门课程": "course", "門課": "course", "門課程": "course", "份": "copy", "套": "set",
    "quizzes": "quiz",
}  # fmt: skip

_NOT_THERE = lazily(
    r"未发布|未發布|未公开|没有|不含|不包括|除了?|缺|not (?:released|available)|except|without|excluding|missing", re.I
)
_ORDINAL = lazily(r"第[\d\s和与至到及、,，]*$")  # "第 10 和 11 章" are two chapters, not ten and eleven
_REACH = 60
_BULLET = lazily(r"(?<=[。；;.\s])[-•*]\s+|[；;\n]")


def claims(page: Page) -> Iterator[Claim]:
    """What the page says of its material, block by block: each range, and each count in a stretch without one.

    What it says is not there ("L9~L12 were not released") is no claim.
    """
    for block in page.blocks:
        if block.kind not in {"list item", "paragraph", "front matter"} or not re.search(r"\d", block.text):
            continue
        text = plain(block.text)
        for stretch in _BULLET.split(text):
            material = _MATERIALS.search(stretch)
            if material and material.lastgroup:
                for what, first, last, count in _claimed(stretch):
                    yield Claim(block.line, material.lastgroup, what, first, last, count, text)


def _claimed(text: str) -> Iterator[tuple[str, int | None, int | None, int | None]]:
    """What is counted, from which number to which, or how many of it there are."""
    ranges = [match for match in _RANGE.finditer(text) if not _is_denied(text, match)]
    for match in ranges:
        if match["upto"]:
            yield singular(match["numbered"]), 1, int(match["upto"]), None
        else:
            first, last = int(match["first"] or match["from"]), int(match["last"] or match["to"])
            yield singular(match["what"] or match["unit"]), first, last, None
    for match in _COUNT.finditer(text) if not ranges else ():
        if _ORDINAL.search(_before(text, match)):
            continue
        what = singular(match["what"] or match["project"] or match["topic"] or match["paper"])
        if what == "copy" and re.match(r"[^，。,.；;]{0,4}(?:论文|文章|papers?)", text[match.end() :]):
            what = "paper"
        yield what, None, None, int(match["count"])


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """Whether the words just before a range, in its own bracket or clause, say that it is not there."""
    clause = re.split(r"[，。,.；;：:（(]", _before(text, match))[-1]
    return _NOT_THERE.search(clause) is not None


def _before(text: str, match: re.Match[str]) -> str:
    """The characters before a match that may change what it says."""
    return text[max(0, match.start() - _REACH) : match.start()]


def singular(word: str) -> str:
    """The English singular of what is counted ("lecture" for "讲", "Lectures" and "L")."""
    word = word.casefold()
    return _SINGULAR.get(word, word.removesuffix("s"))
