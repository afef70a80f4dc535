"""Which lectures a page itself says are not there: "L6, L11 and L13 are breaks", "官方未发布第14讲"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Page
from pipeline.text.lazily import lazily
from pipeline.text.markup import plain

NOT_THERE = lazily(
    r"未发布|未發布|未公开|未公開|未录|未錄|没有|沒有|暂无|暫無|无课|缺失|缺少|不含|不包括|除外|除了|跳过|休息|放假|假期|停课|取消"
    r"|(?<![a-z])(?:breaks?|holidays?|not (?:released|available|published|recorded|held)|never|cancel\w*|skipped|except"
    r"|excluding|missing|without|unreleased|unavailable|no (?:class|lectures?|slides|videos?|recordings?))(?![a-z])",
    re.IGNORECASE,
)
_WORD = r"(?:lectures?|lec\.?|lessons?|weeks?|sessions?|chapters?|L|第)"
_MENTION = lazily(
    rf"(?<![a-z]){_WORD}\s*#?\d{{1,3}}(?!\d|\.\d)(?:\s*(?:[-~～–—、,，&和与及至到]|and|to)\s*(?:{_WORD}\s*#?)?\d{{1,3}}(?!\d))*",
    re.IGNORECASE,
)
_STEP = lazily(r"(?P<number>\d{1,3})|(?P<to>[-~～–—至到]|\bto\b)", re.IGNORECASE)
_CLAUSE = lazily(r"[。；;！!？?\n（）()]|\.(?=\s|$)|[，,](?!\s*(?:lectures?|L|第)?\s*\d)", re.IGNORECASE)


def absent_lectures(page: Page) -> frozenset[int]:
    """The numbers of the lectures that a sentence of the page says are missing; lectures and cells count for nothing."""
    prose = (block for block in page.blocks if block.kind not in {"cell", "heading", "code", "attribute"})
    return frozenset(number for block in prose for number in absent_numbers(plain(block.text)))


def absent_numbers(text: str) -> Iterator[int]:
    """The numbers of lectures that a text says are not there.

    >>> list(absent_numbers("说明：L6、L11是break")), list(absent_numbers("Lecture 1~16 (第9至11讲未发布)"))
    ([6, 11], [9, 10, 11])
    """
    for clause in clauses(text):
        if NOT_THERE.search(clause):
            yield from mentioned_numbers(clause)


def clauses(text: str) -> list[str]:
    """What a text says one after the other: sentences, brackets, and what a comma parts but for numbers."""
    return _CLAUSE.split(text)


def mentioned_numbers(clause: str) -> Iterator[int]:
    """The numbers of the lectures that a clause names.

    >>> list(mentioned_numbers("Lectures 3 and 4 repeat 第7讲"))
    [3, 4, 7]
    """
    for mention in _MENTION.finditer(clause):
        yield from _numbers(mention[0])


def _numbers(mention: str) -> Iterator[int]:
    last, is_range = 0, False
    for step in _STEP.finditer(mention):
        if step["to"]:
            is_range = True
            continue
        number = int(step["number"])
        yield from range(last + 1, number) if is_range else ()
        yield number
        last, is_range = number, False
