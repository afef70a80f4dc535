"""Translated messages as terms are looked for in them: their English phrases, and their Chinese words and compounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.text.lexicon import Lexicon
from pipeline.text.markup import prose
from pipeline.text.script import HAN
from pipeline.text.terms import bases, tokens
from pipeline.text.words import STOP_WORDS

_WORDS, _PARTS = 4, 4  # words of an English term, words of a Chinese one
LONGEST = 12  # characters of a Chinese term
SMALL = frozenset(  # small words, at which no Chinese term begins or ends
    "的 了 着 过 地 得 在 是 有 和 与 或 及 而 但 且 也 就 都 还 又 再 才 很 更 最 太 不 没 没有 无 非 一 个 一个"
    " 一种 一些 这 这个 这些 那 那个 那些 它 它们 他 她 我 我们 你 您 你们 其 之 者 所 以 为 于 从 到 由 向 对 对于"
    " 关于 把 被 将 让 使 使用 用 给 等 时 中 上 下 里 内 外 后 前 来 去 可 可以 能 能够 会 要 需要 应 应该 必须 如"
    " 如果 若 则 因为 因此 所以 由于 虽然 不过 然后 并 并且 以及 即 例如 比如 通过 进行 其中 其他 每个 每 各 某 某个"
    " 任何 所有 这样 那么 什么 如何 怎么 为什么 请 本 该 此 只 仅 仅仅 已 已经 正在 当 同 同时 之间 之后 之前 以上"
    " 以下 称为 叫做 即可 也就是".split()
)
HAN_WORD = re.compile(f"[{HAN}]+")
_GAP = re.compile(r"[ \t\n]{1,2}|-")


class Evidence(NamedTuple):
    """Where a pair was seen: the two texts that say it."""

    place: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term that was found, 0…1 how likely it is one.

    ``printed`` counts the places that print both languages side by side, ``together`` the translations that have both,
    ``alone`` those that have the English without the Chinese.
    """

    en: str
    zh: str
    score: float
    printed: int = 0
    together: int = 0
    alone: int = 0
    examples: tuple[Evidence, ...] = ()


class Translated(NamedTuple):
    """A message with its translation, and where it stands."""

    place: str
    source: str
    target: str


def is_known(english: str, chinese: str, lexicon: Lexicon) -> bool:
    """Say whether a dictionary renders an English term so."""
    return any(candidate.text == lexicon.simplified(chinese) for candidate in lexicon.chinese(english))


def cut(text: str) -> list[str]:
    """Return the words of a Chinese text."""
    import rjieba  # 50 ms and 5 MB, needed only here

    return [str(word) for word in rjieba.cut(text)]


@dataclass(frozen=True)
class Corpus:
    """Translated messages with their words."""

    messages: Sequence[Translated]

    @cached_property
    def chinese_words(self) -> list[list[str]]:
        """The Chinese words of each message, in their order."""
        return [cut(prose(message.target)) for message in self.messages]

    @cached_property
    def english(self) -> list[dict[str, str]]:
        """The English terms of each message: as keys, with one form in which they are written."""
        runs = [list(_runs(message.source)) for message in self.messages]
        known = Counter(word.casefold() for message in runs for run in message for word in run)
        return [dict(_phrases(message, known)) for message in runs]

    @cached_property
    def chinese(self) -> list[set[str]]:
        """The Chinese terms that each message may have: its words, and compounds of them."""
        return [set(_compounds(words)) for words in self.chinese_words]


def _runs(text: str) -> Iterator[list[str]]:
    """The words of a text that stand beside each other, run by run."""
    run: list[str] = []
    end = -1
    for token in tokens(text):
        if run and not _GAP.fullmatch(text, end, token.start):
            yield run
            run = []
        run.append(token.text.replace("’", "'").removesuffix("'s"))
        end = token.end
    if run:
        yield run


def _phrases(runs: Iterable[Sequence[str]], known: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for run in runs:
        small = [word.casefold() for word in run]
        for start in range(len(run)):
            for end in range(start + 1, min(start + _WORDS, len(run)) + 1):
                last = small[end - 1]
                if last in STOP_WORDS or not last[0].isalpha() or len(last) < 2 or "'" in last:
                    break
                last = _singular(last, known)
                written = run[end - 1] if last == small[end - 1] else last
                yield " ".join([*small[start : end - 1], last]), " ".join([*run[start : end - 1], written])


def _singular(word: str, known: Mapping[str, int]) -> str:
    """The form of a word that the texts use too, where it is the plural of one."""
    return next((base for base in bases(word)[1:] if len(base) > 2 and known.get(base)), word)


def _compounds(words: Sequence[str]) -> Iterator[str]:
    """The Chinese words and the compounds of up to four that stand beside each other."""
    for start, first in enumerate(words):
        if first in SMALL or not HAN_WORD.fullmatch(first):
            continue
        compound = ""
        for word in words[start : start + _PARTS]:
            if not HAN_WORD.fullmatch(word) or len(compound) + len(word) > LONGEST:
                break
            compound += word
            if word not in SMALL:
                yield compound
