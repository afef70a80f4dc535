"""What labels lectures: "Lecture 5", "第5讲", "Week 2", "05"; and whether a list of them counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.model import Lecture
from pipeline.text.halves import MOST_OF
from pipeline.text.script import title_of

LECTURE_KINDS = frozenset(
    "lecture lec l lesson week w chapter chap ch module unit session class day episode ep video "
    "讲 講 章 课 課 课时 課時 单元 單元 模块 模組 节 節 节课 節課 周 週 集 次课 次課 期 讲座 講座 章节 章節".split()
)

_BARE = re.compile(r"[#P]?(\d{1,3})\.?")  # P1 is the first video of a list on Bilibili
_WORDY = re.compile(r"第\s?(\d{1,3})(?:\.\d{1,3})*\s?[-–—:：(（ ].{1,30}(?:讲|講|课|課|节|節)")  # 第7- 选修 讲


def label_number(text: str) -> int | None:
    """The number of a text that is a label and nothing else ("第5讲", "Lecture 5", "05").

    >>> [label_number(text) for text in ("第1.2讲", "Lecture 5", "05", "P5", "第7- 选修 讲", "Lecture 5: Trees", "3 trees")]
    [1, 5, 5, 5, 7, None, None]
    """
    if bare := _BARE.fullmatch(text):
        return int(bare[1])
    title = title_of(text)
    if title.ordinal and not title.base:
        return title.ordinal[0]
    wordy = _WORDY.fullmatch(text)
    return int(wordy[1]) if wordy else None


def label_kind(label: str) -> str:
    """The word that a label counts ("讲", "lecture", "实验"); empty for a bare number."""
    return title_of(label).kind or ("讲" if _WORDY.fullmatch(label) else "")


def is_lecture(lecture: Lecture) -> bool:
    """Whether the label of a lecture says that it is one; a bare number and "实验1" do not."""
    return label_kind(lecture.label) in LECTURE_KINDS


class LabelPath(NamedTuple):
    """What a label counts (``series``: the word and the year) and where it stands: (1, 2) for "第1.2讲", (2, 1) for "第2A讲"."""

    series: tuple[str, str]
    numbers: tuple[int, ...]


_YEAR = re.compile(r"((?:19|20)\d{2})\s*(?:年|[-–—:：/]|\b)")
_PATH = re.compile(r"(\d{1,6}(?:\.\d{1,3})*)\s?([A-Z](?![A-Za-z]))?")


def label_path(lecture: Lecture) -> LabelPath:
    """The number of a lecture in all its levels; all words for lectures are one series."""
    year = _YEAR.match(lecture.label)
    printed = _PATH.search(lecture.label, year.end() if year else 0)
    numbers = [int(number) for number in printed[1].split(".")] if printed else [lecture.number]
    if printed and printed[2]:
        numbers.append(ord(printed[2]) - ord("A") + 1)
    kind = label_kind(lecture.label)
    return LabelPath(("" if kind in LECTURE_KINDS else kind, year[1] if year else ""), tuple(numbers))


def counts_up(lectures: Sequence[Lecture]) -> bool:
    """Whether the numbers of most lectures go up by at most three from one to the next, or start anew."""
    steps = [(earlier.number, later.number) for earlier, later in pairwise(lectures)]
    return sum(0 <= later - earlier <= 3 or later <= 1 for earlier, later in steps) >= MOST_OF * len(steps)
