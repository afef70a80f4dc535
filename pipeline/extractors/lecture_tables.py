"""The lectures of one table: a column numbers and another names, or one does both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extractors.labels import LECTURE_KINDS, counts_up, label_kind, label_number
from pipeline.extractors.listings import Row, Table
from pipeline.extractors.topics import texts_of
from pipeline.model import Lecture, Texts, Unit
from pipeline.text.halves import MOST_OF, listed_halves
from pipeline.text.lazily import lazily
from pipeline.text.markup import WORD, plain
from pipeline.text.script import has_han, title_of

_NUMBERS = lazily(
    r"#|\bno\b|\bnr\b|number|num\b|lectures?|lec\b|lessons?|weeks?|sessions?|class|units?|modules?|chapters?|days?|episodes?|p\b"
    r"|编号|編號|序号|序號|课时|課時|讲|講|周|週|节|節|章|课|課|集|期|单元|模块",
    re.IGNORECASE,
)
_NAMES = lazily(
    r"topics?\b|titles?\b|names?\b|contents?\b|subjects?\b|themes?\b|descriptions?\b|lectures?\b|内容|主题|主題|标题|標題|名称|題目|题目"
    r"|课题|視頻清单|视频清单|知识点|中文|英文|english|chinese",
    re.IGNORECASE,
)
_OTHER = lazily(
    r"dates?\b|time\b|day\b|due|slides?|readings?|notes?\b|videos?$|assignments?|homeworks?|links?|instructors?|speakers?|code\b"
    r"|materials?|日期|时间|時間|课件|課件|阅读|笔记|作业|链接|讲师|代码|资料",
    re.IGNORECASE,
)
_DATE = lazily(  # "3.14 Mon" is one, "1.2 Sets" is none
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{1,2}"
    r"|\d{1,2}\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(?!\d{1,2}\.\d{1,2}\s+(?!mon|tue|wed|thu|fri|sat|sun|[周週]|星期)[^\W\d])\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?"
    r"|\d{1,2}\s*月\s*\d{1,2}\s*日?)"
    r"(?:[\s,–-].*)?",
    re.IGNORECASE,
)


def table_lectures(table: Table) -> list[Lecture]:
    """The lectures of a table in the order of its rows; none where it lists something else."""
    header, body = _parts(table.rows)
    columns = sorted({column for row in body for column in row})
    for column in columns:
        if found := _both(body, column):
            return found
    for column in columns:
        if _numbers(header, body, column):
            return _named(header, body, column)
    return []


def _parts(rows: Sequence[Row]) -> tuple[Row, Sequence[Row]]:
    """The header of a table, empty where its first row is one like the others, and the rows below."""
    first = rows[0]
    is_header = all(label_number(plain(cell.text)) is None for cell in first.values()) and not any(
        title_of(plain(cell.text)).ordinal for cell in first.values()
    )
    return (first, rows[1:]) if is_header else ({}, rows)


def _both(body: Sequence[Row], column: int) -> list[Lecture]:
    """The rows of a table in which one column numbers and names ("Lecture 3: …")."""
    cells = [row[column] for row in body if column in row]
    found = []
    for cell, halves in zip(cells, listed_halves([cell.text for cell in cells]), strict=True):
        title = title_of(plain(cell.text))
        if title.ordinal and title.base and title.kind in LECTURE_KINDS:
            found.append(
                Lecture(title.ordinal[0], title.label, cell.line, unlabelled(texts_of(cell.text, halves), title.label))
            )
    return found if len(found) >= MOST_OF * len(body) and counts_up(found) else []


def _numbers(header: Row, body: Sequence[Row], column: int) -> bool:
    """Whether a column holds the labels: lectures in most rows, or numbers that count up below a fitting header."""
    labels = [plain(row[column].text) for row in body if column in row]
    numbers = [number for label in labels if (number := label_number(label)) is not None]
    if not numbers or len(numbers) < MOST_OF * len(body):
        return False
    kinds = [label_kind(label) for label in labels if label_number(label) is not None]
    if sum(kind in LECTURE_KINDS for kind in kinds) >= 0.5 * len(kinds):
        return True
    title = plain(header[column].text) if column in header else ""
    is_called = bool(_NUMBERS.search(title)) if header else True
    steps = sum(later - earlier in (0, 1) for earlier, later in pairwise(numbers))
    return is_called and not any(kinds) and numbers[0] <= 1 and steps >= 0.8 * (len(numbers) - 1)


def _named(header: Row, body: Sequence[Row], column: int) -> list[Lecture]:
    """A lecture for each row with a label in ``column`` and a name."""
    names = _name_columns(header, body, column)
    if not names:
        return []
    halves = {name: _halves(body, name) for name in names}
    found = []
    for place, row in enumerate(body):
        number = label_number(plain(row[column].text)) if column in row else None
        texts: Texts = {}
        for name in names:
            if name in row and WORD.search(plain(row[name].text)):
                texts = {**_texts(row[name], halves[name].get(place)), **texts}
        if number is not None and texts:
            first = next(row[name] for name in names if name in row)
            found.append(Lecture(number, plain(row[column].text), first.line, texts))
    return found if counts_up(found) else []


def _texts(cell: Unit, halves: tuple[str, str] | None) -> Texts:
    """What a cell names; a label of its own before the name is left out."""
    texts = texts_of(cell.text, halves)
    title = title_of(plain(cell.text))
    return unlabelled(texts, title.label) if title.base and title.kind in LECTURE_KINDS else texts


def _halves(body: Sequence[Row], column: int) -> dict[int, tuple[str, str] | None]:
    places = [place for place, row in enumerate(body) if column in row]
    return dict(zip(places, listed_halves([body[place][column].text for place in places]), strict=True))


def _name_columns(header: Row, body: Sequence[Row], label: int) -> list[int]:
    """The column that names the lectures, and after it one that names them in the other language, if there is one."""
    shown = {
        column: [plain(row[column].text) for row in body if column in row]
        for column in sorted({column for row in body for column in row} - {label})
    }
    able = [column for column, texts in shown.items() if _name(texts, len(body))]
    titles = {column: plain(header[column].text) if column in header else "" for column in able}
    able = [column for column in able if not _OTHER.search(titles[column]) or _NAMES.search(titles[column])]
    called = [column for column in able if _NAMES.search(titles[column])]
    first = next(iter(called or able), None)
    if first is None:
        return []
    other = [
        column
        for column in called or able
        if column != first and _is_chinese(shown[column]) != _is_chinese(shown[first])
    ]
    distinct = [column for column in other if len(set(shown[column])) >= MOST_OF * len(shown[column])]
    return [first, *distinct[:1]]


def _name(texts: Sequence[str], rows: int) -> bool:
    """Whether the texts of a column may name lectures: words in most rows, and no labels or dates."""
    words = [text for text in texts if WORD.search(text) and label_number(text) is None and not _DATE.fullmatch(text)]
    return len(words) >= 0.5 * rows


def _is_chinese(texts: Sequence[str]) -> bool:
    return sum(map(has_han, texts)) >= 0.5 * len(texts)


def unlabelled(texts: Texts, label: str) -> Texts:
    """The texts of a title without its label, or the label that each language has; else as they are printed."""
    return {language: _without(shown, label) for language, shown in texts.items()}


def _without(shown: str, label: str) -> str:
    for each in (label, title_of(shown).label):
        pattern = r"[\s\[(【《#]*" + r"\s*".join(map(re.escape, each.split())) + r"[\s:：.,、|·)\]】》–—-]*"
        rest = re.sub(rf"^{pattern}", "", shown) if each else shown
        if rest and rest != shown and _unopened(rest) <= _unopened(shown):
            return rest
    return shown


def _unopened(text: str) -> int:
    """How many brackets nothing opens: of "【Week 1 Waves】Tides" the week cannot be taken away."""
    return sum(max(0, text.count(closing) - text.count(opening)) for opening, closing in ("[]", "()", "【】", "《》"))
