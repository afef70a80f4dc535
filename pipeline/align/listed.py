"""The lists that pages and text files hold, put side by side, with the places of their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.align.course import Pins, topics_of_lectures
from pipeline.align.lists import align_lists
from pipeline.align.sentences import align_to_points
from pipeline.model import Alignment, Lecture, Outline, Pair, PipelineError, Texts, Topic
from pipeline.text.lexicon import Lexicon
from pipeline.text.said import said
from pipeline.text.script import has_han

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Listed:
    """A title of a list: ``index`` counts from 0 in reading order, ``line`` from 1."""

    index: int
    text: str
    line: int


class ListRow(NamedTuple):
    """Two titles that belong together and why, or one title alone."""

    left: Listed | None
    right: Listed | None
    pair: Pair[int] | None


@dataclass(frozen=True, slots=True)
class TitleList:
    """A list of titles, each in the languages in which its page says it, and the lines that they stand on.

    ``what`` says what is listed: lecture, topic, line. ``language`` is ``en`` or ``zh``, that of most titles.
    """

    what: str
    language: str
    texts: tuple[Texts, ...]
    lines: tuple[int, ...]

    def said_in(self, language: str) -> tuple[Listed, ...]:
        """Return the titles in one language, or in the other where they have none in this."""
        chosen = (texts.get(language) or next(iter(texts.values()), "") for texts in self.texts)
        return tuple(Listed(*each) for each in zip(range(len(self.lines)), chosen, self.lines, strict=True))

    def languages(self) -> frozenset[str]:
        """Return the languages in which at least half of the titles are said."""
        keys = ("en", "zh")
        return frozenset(key for key in keys if 2 * sum(key in texts for texts in self.texts) >= len(self.texts))


@dataclass(frozen=True, slots=True)
class PairedLists:
    """Two lists of titles and which belong together; ``left_name`` and ``right_name`` say what is listed."""

    left: tuple[Listed, ...]
    right: tuple[Listed, ...]
    alignment: Alignment[int]
    left_name: str
    right_name: str

    def rows(self) -> Iterator[ListRow]:
        """Yield every pair and every title without a partner, in reading order of the left list, then of the right."""
        rows = [
            (pair.left, ListRow(self.left[pair.left], self.right[pair.right], pair)) for pair in self.alignment.pairs
        ]
        rows += [(index, ListRow(self.left[index], None, None)) for index in self.alignment.left_only]
        yield from (row for _, row in sorted(rows, key=lambda each: each[0]))
        yield from (ListRow(None, self.right[index], None) for index in self.alignment.right_only)


def lecture_list(outline: Outline) -> TitleList:
    """Return the lectures of a page, or its topics where it lists no lectures.

    Raises:
        PipelineError: It has neither.
    """
    titles: Sequence[Lecture | Topic] = outline.lectures or outline.topics
    if not titles:
        raise _nothing(said("no list of lectures or topics is found"), outline)
    return _titles("lecture" if outline.lectures else "topic", outline, titles)


def _titles(what: str, outline: Outline, titles: Sequence[Lecture | Topic]) -> TitleList:
    own = "en" if outline.language == "en" else "zh"
    missing = 2 * sum(own in title.texts for title in titles) < len(titles)
    language = own if not missing else "zh" if own == "en" else "en"
    return TitleList(what, language, tuple(title.texts for title in titles), tuple(title.line for title in titles))


_NO_LECTURES = said("no list of lectures is found, and one page is aligned with its own topics")
_NO_TOPICS = said("no list of topics is found, and one page is aligned with its own topics")


def _nothing(what: str, outline: Outline) -> PipelineError:
    return PipelineError(what, path=outline.path, remedy="bilect outline shows what is found")


def line_list(text: str, path: str) -> TitleList:
    """Return the titles of a text with one a line; blank lines are none.

    Raises:
        PipelineError: It has no title.
    """
    numbered = [(line.strip(), number) for number, line in enumerate(_LINE_END.split(text), 1) if line.strip()]
    if not numbered:
        raise PipelineError("has no title", path=path, remedy="write one title a line")
    texts = tuple({"zh" if has_han(line) else "en": line} for line, _ in numbered)
    chinese = 2 * sum("zh" in each for each in texts) >= len(texts)
    return TitleList("line", "zh" if chinese else "en", texts, tuple(number for _, number in numbered))


def paired_lists(left: TitleList, right: TitleList, lexicon: Lexicon | None = None) -> PairedLists:
    """Return two lists side by side.

    Where one is in both languages and the other in one, the first is taken in the language that the other lacks. A
    ``lexicon`` may know the terms of a project.
    """
    languages = _languages(left, right)
    lefts, rights = left.said_in(languages[0]), right.said_in(languages[1])
    alignment = align_lists([each.text for each in lefts], [each.text for each in rights], lexicon=lexicon)
    return PairedLists(lefts, rights, alignment, left.what, right.what)


def _languages(left: TitleList, right: TitleList) -> tuple[str, str]:
    lefts, rights = left.languages(), right.languages()
    if len(lefts) == 2 and len(rights) == 1:
        return next(iter(lefts - rights)), next(iter(rights))
    if len(rights) == 2 and len(lefts) == 1:
        return next(iter(lefts)), next(iter(rights - lefts))
    return left.language, right.language


def lectures_and_topics(outline: Outline, pins: Pins | None = None) -> PairedLists:
    """Return the lectures of a page beside its own topics, of which one may cover several lectures.

    ``pins`` are what a maintainer has decided.

    Raises:
        PipelineError: It lists no lectures, or no topics.
    """
    for what, found in ((_NO_LECTURES, outline.lectures), (_NO_TOPICS, outline.topics)):
        if not found:
            raise _nothing(what, outline)
    lectures = _titles("lecture", outline, outline.lectures)
    topics = _titles("topic", outline, outline.topics)
    language = "zh" if all("zh" in texts for texts in lectures.texts) else "en"  # as topics_of_lectures has it
    alignment = topics_of_lectures(outline, pins or Pins(), align_to_points)
    return PairedLists(lectures.said_in(language), topics.said_in(language), alignment, "lecture", "topic")
