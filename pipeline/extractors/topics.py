"""The topics that a page announces: a bilingual list, or one that its heading calls topics."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pipeline.extractors.bilingual import column_pairs
from pipeline.extractors.listings import Listing, listings, tables
from pipeline.model import Page, Texts, Topic, Unit
from pipeline.text.halves import MOST_OF, Halves, listed_halves
from pipeline.text.markup import plain
from pipeline.text.script import has_han

_FEWEST = 3  # texts that make a list of topics
_LONGEST = 100  # characters of a title; what is longer is prose
_TOPIC_WORDS = re.compile(
    r"主题|主題|大纲|大綱|知识点|知識點|topics?\b|syllabus|outline|covers?\b|course contents?|what you.ll learn"
    r"|课程内容|課程內容",
    re.IGNORECASE,
)
_OTHER_WORDS = re.compile(
    r"资料|資料|参考|參考|教材|术语|術語|词汇|讲师|講師|先修|下载|下載|作业|faq|references?\b|resources?\b|links?\b|glossary"
    r"|materials?\b|instructors?\b|staff|prerequisites?\b|textbooks?\b|see also|release notes|what's next|下一步|另请参阅",
    re.IGNORECASE,
)
_PROSE_END = re.compile(r"[。.！!；;：:]$")


def topics(page: Page, taken: Collection[int] = ()) -> Iterator[Topic]:
    """The topics of a page in reading order; lines in ``taken`` are lectures and announce none."""
    found = _bilingual(page) or _in_table(page) or _announced(page, taken)
    for number, (line, texts) in enumerate(found, 1):
        yield Topic(number, line, texts)


def _bilingual(page: Page) -> list[tuple[int, Texts]]:
    """The texts of the bilingual lists of the first section that has one; a section of topics before any other."""
    runs = [(run, halves) for run in listings(page) if _is_bilingual(halves := _halves(run.blocks))]
    runs = [(run, halves) for run, halves in runs if _is_announced(run) or not _OTHER_WORDS.search(_introduction(run))]
    first = next((run for run, _ in runs if _is_announced(run)), runs[0][0] if runs else None)
    same = [pair for pair in runs if first and _same_section(pair[0], first)]
    found = [text for run, halves in same for text in zip(run.blocks, halves, strict=True)]
    return [(block.line, texts_of(block.text, half)) for block, half in found] if len(found) >= _FEWEST else []


def _halves(blocks: Sequence[Unit]) -> list[Halves | None]:
    return listed_halves([block.text for block in blocks])


def _is_bilingual(halves: Sequence[Halves | None]) -> bool:
    return sum(half is not None for half in halves) >= MOST_OF * len(halves)


def _same_section(run: Listing, first: Listing) -> bool:
    """Whether ``run`` stands under the heading of ``first``, or under the one that announces topics above it."""
    announcing = [heading for heading in first.headings if _TOPIC_WORDS.search(heading.text)]
    section = announcing[0] if announcing else first.headings[-1] if first.headings else None
    return section in run.headings if section else not run.headings


def _introduction(run: Listing) -> str:
    return "\n".join([*(heading.text for heading in run.headings[-1:]), run.before])


def _is_announced(run: Listing) -> bool:
    return any(_TOPIC_WORDS.search(heading.text) for heading in run.headings[1:] or run.headings) or bool(
        _TOPIC_WORDS.search(run.before)
    )


def _in_table(page: Page) -> list[tuple[int, Texts]]:
    """The rows of the first table under a heading of topics with a column for each language."""
    for table in tables(page):
        if any(_TOPIC_WORDS.search(heading.text) for heading in table.headings):
            pairs = column_pairs(table)
            if len(pairs) >= _FEWEST:
                return [(pair.unit.line, {"en": pair.en, "zh": pair.zh}) for pair in pairs]
    return []


def _announced(page: Page, taken: Collection[int]) -> list[tuple[int, Texts]]:
    """The texts of the first list in one language that a heading or a text before it calls topics."""
    for run in listings(page):
        blocks = [block for block in run.blocks if block.level <= 1]
        called = _introduction(run)
        if len(blocks) < _FEWEST or not _TOPIC_WORDS.search(called) or any(block.line in taken for block in blocks):
            continue
        if sum(map(is_title, blocks)) >= MOST_OF * len(blocks):
            return [(block.line, texts_of(block.text, None)) for block in blocks]
    return []


def is_title(block: Unit) -> bool:
    """Whether a block may be a title: short, and no sentence."""
    shown = plain(block.text)
    return len(shown) <= _LONGEST and not _PROSE_END.search(shown)


def texts_of(text: str, halves: Halves | None) -> Texts:
    """What a text says in each language: its halves, or all of it in the language it is written in."""
    if halves:
        return {"en": halves[0], "zh": halves[1]}
    shown = plain(text)
    return {"zh" if has_han(shown) else "en": shown}
