"""The lectures that a page lists: in tables, in lists, in headings or in lines of text.

``Lecture.number`` is the first number of the printed label: 1 for "第1.2讲", "Lecture 1" and "2031年第1讲". Several rows
may share it; the label keeps the printed form. Laboratories and the like that stand among the lectures are listed with
them ("实验1").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.extractors.labels import LECTURE_KINDS, counts_up, is_lecture
from pipeline.extractors.lecture_tables import table_lectures, unlabelled
from pipeline.extractors.listings import Listing, listings, ordinals, tables
from pipeline.extractors.topics import is_title, texts_of
from pipeline.model import Lecture, Page, Unit
from pipeline.text.halves import MOST_OF, listed_halves
from pipeline.text.markup import plain
from pipeline.text.script import title_of

FEWEST = 3  # lectures that make a list

_CALLED_LECTURES = re.compile(
    r"lectures?\b|lessons?\b|sessions?\b|schedule|syllabus|curriculum|calendar|course (?:outline|contents?|plan)"
    r"|table of contents|课程(?:安排|目录|大纲|内容|表|列表|清单)"
    r"|课时|讲次|章节|目录|大纲|課程|目錄|大綱|教学计划|教学进度|视频(?:列表|清单|章节)",
    re.IGNORECASE,
)
_COURSE_PAGE = re.compile(r"course|syllabus|lectures?\b|课程|課程|大纲|公开课|讲义", re.IGNORECASE)
_LONGEST = 120  # characters of a title; what is longer is prose


def lectures(page: Page) -> list[Lecture]:
    """The lectures in reading order: those of the first form that lists three or more, those with labels first."""
    forms = [_tables(page), _lists(page), _headings(page), _lines(page)]
    for found in forms:
        if len(found) >= FEWEST and sum(map(is_lecture, found)) >= MOST_OF * len(found):
            return found
    forms.append(_ordered(page))
    return next((found for found in forms if len(found) >= FEWEST), [])


def _tables(page: Page) -> list[Lecture]:
    return _longest(continued([(table_lectures(table), _header(table.rows[0].values())) for table in tables(page)]))


def _header(cells: Iterable[Unit]) -> str:
    return "|".join(plain(cell.text) for cell in cells)


def _lists(page: Page) -> list[Lecture]:
    runs = [
        [block for block in run.blocks if max(block.level, 1) == level] for run in listings(page) for level in (1, 2)
    ]
    return _longest(continued([(_mostly(labelled(run), run), "list") for run in runs if run]))


def _mostly(found: list[Lecture], run: Sequence[Unit]) -> list[Lecture]:
    return found if len(found) >= MOST_OF * len(run) else []


def _headings(page: Page) -> list[Lecture]:
    """The headings of one level that are numbered ("3. How …", "Week 3: …", "第三讲", "Week 2")."""
    best: list[Lecture] = []
    for level in range(1, 5):
        headings = [block for block in page.blocks if block.kind == "heading" and block.level == level]
        found = [*labelled(headings), *_bare_labels(page, level)]
        found.sort(key=lambda lecture: lecture.line)
        if len(found) > len(best) and counts_up(found):
            best = found
    return best


def _bare_labels(page: Page, level: int) -> Iterator[Lecture]:
    """The headings that are a label and nothing else; their title is what the next block says, if that is short."""
    for place, block in enumerate(page.blocks):
        title = title_of(plain(block.text)) if block.kind == "heading" and block.level == level else None
        if title and title.ordinal and not title.base and title.kind in LECTURE_KINDS:
            after = page.blocks[place + 1] if place + 1 < len(page.blocks) else block
            text = (
                after.text
                if after.kind == "heading" and after.level > level and not title_of(after.text).ordinal
                else ""
            )
            yield Lecture(title.ordinal[0], title.label, block.line, texts_of(text or block.text, None))


def _lines(page: Page) -> list[Lecture]:
    """The lines of paragraphs that begin with a label ("Lecture 3: …")."""
    found: list[Lecture] = []
    for block in page.blocks:
        if block.kind == "paragraph":
            for offset, line in enumerate(re.split(r" *\n|<br\s*/?>", block.text)):
                found += labelled(
                    [block._replace(text=line, line=block.line + offset)] if len(line) <= _LONGEST else []
                )
    found = [lecture for lecture in found if is_lecture(lecture)]
    return found if counts_up(found) else []


def _ordered(page: Page) -> list[Lecture]:
    """The first ordered list that a heading calls lectures, or that stands right under the title of a course."""
    for run in listings(page):
        blocks = [block for block in run.blocks if block.level <= 1]
        numbers = ordinals(page, blocks) if len(blocks) >= FEWEST and _is_called_lectures(run, page) else None
        if numbers and sum(map(is_title, blocks)) >= MOST_OF * len(blocks):
            halves = listed_halves([block.text for block in blocks])
            return [
                Lecture(number, str(number), block.line, texts_of(block.text, half))
                for number, block, half in zip(numbers, blocks, halves, strict=True)
            ]
    return []


def _is_called_lectures(run: Listing, page: Page) -> bool:
    near = [heading.text for heading in run.headings[-1:]] + [run.before]
    if any(_CALLED_LECTURES.search(text) for text in near):
        return True
    first = next((block for block in page.blocks if block.kind == "heading"), None)
    alone = not run.headings or run.headings == (first,)
    return alone and bool(_COURSE_PAGE.search(" ".join(heading.text for heading in run.headings)))


def labelled(run: Sequence[Unit]) -> list[Lecture]:
    """The texts of a run that begin with "Lecture 5:" or the like, without their labels; headings may have a bare number."""
    found = []
    for block, halves in zip(run, listed_halves([block.text for block in run]), strict=True):
        title = title_of(plain(block.text))
        known = LECTURE_KINDS | {""} if block.kind == "heading" and len(title.ordinal) == 1 else LECTURE_KINDS
        if title.ordinal and title.base and title.kind in known:
            texts = unlabelled(texts_of(block.text, halves), title.label)
            found.append(Lecture(title.ordinal[0], title.label, block.line, texts))
    return found


# --- lists that go on


def continued(parts: Sequence[tuple[list[Lecture], str]]) -> list[list[Lecture]]:
    """The lists that ``parts`` make, each with the header of its table: one that goes on where the last ended joins it,
    and so does one with the same header that starts anew."""
    joined: list[list[Lecture]] = []
    last = ""
    for found, header in parts:
        if found and joined and (_goes_on(joined[-1], found) or (header and header == last)):
            joined[-1] = joined[-1] + found
        elif found:
            joined.append(found)
        last = header if found else last
    return joined


def _goes_on(before: Sequence[Lecture], after: Sequence[Lecture]) -> bool:
    return 0 <= after[0].number - before[-1].number <= 1 and is_lecture(before[-1]) == is_lecture(after[0])


def _longest(lists: Sequence[list[Lecture]]) -> list[Lecture]:
    return max(lists, key=len, default=[])
