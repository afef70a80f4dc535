"""A page to its outline: the topics it announces, the lectures it lists, what it claims of its material, its videos.

Lists, tables and headings of any page are looked at; one counts when most of it has the form of topics or lectures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from pipeline.model import Claim, Lecture, Outline, Page, Topic, Unit, Video
from pipeline.text.markup import plain
from pipeline.text.halves import bilingual_halves
from pipeline.text.script import has_han, title_of

_FEWEST = 3  # lines that make a list
_MOST_OF = 0.6  # share of a list that has the form it is taken for

_TOPIC_WORDS = re.compile(
    r"主题|主題|大纲|大綱|目录|知识点|topics?\b|syllabus|outline|covers?\b|contents|what you.ll learn", re.IGNORECASE
)
_LECTURE_KINDS = frozenset(
    "lecture lec l lesson week w chapter chap ch module unit session class day episode ep video "
    "讲 講 章 课 課 课时 課時 单元 單元 模块 节 节课 周 週 集".split()
)


def outline(page: Page) -> Outline:
    """The outline of ``page``; lists are empty where it announces, lists or claims nothing."""
    return Outline(
        page.path,
        page.language,
        _title(page),
        _codes(page),
        tuple(_topics(page)),
        tuple(_lectures(page)),
        tuple(_claims(page)),
        tuple(_videos(page)),
    )


def _title(page: Page) -> str:
    """The title in the front matter, else the first heading of the highest level."""
    for block in page.blocks:
        if block.kind == "front matter" and block.key.casefold() == "title":
            return plain(block.text)
    headings = [block for block in page.blocks if block.kind == "heading"]
    return plain(min(headings, key=lambda block: block.level).text) if headings else ""


def _codes(page: Page) -> tuple[str, ...]:
    """The codes of the course itself: those in the title, else in the first block that names any."""
    for block in page.blocks:
        if block.kind == "front matter" and block.key.casefold() not in {"title", "subtitle", "description"}:
            continue
        if codes := title_of(plain(block.text)).codes:
            return codes
    return ()


# --- topics


def _topics(page: Page) -> Iterator[Topic]:
    runs = list(_runs(page.blocks))
    bilingual = [run for run in runs if _is_bilingual(run)]
    announced = [run for before, run in _introduced(page.blocks, runs) if _TOPIC_WORDS.search(before)]
    for number, block in enumerate(next(iter(bilingual or announced), []), 1):
        yield Topic(number, block.line, _texts(block.text))


def _runs(blocks: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Neighbouring list items of the first level, three or more."""
    for is_list, members in groupby(blocks, lambda block: block.kind == "list item"):
        run = [block for block in members if block.level == 1]
        if is_list and len(run) >= _FEWEST:
            yield run


def _introduced(blocks: Sequence[Unit], runs: Iterable[list[Unit]]) -> Iterator[tuple[str, list[Unit]]]:
    """Each run with the text of the block before it and of its heading."""
    place = {block: index for index, block in enumerate(blocks)}
    for run in runs:
        index = place[run[0]]
        before = blocks[index - 1].text if index else ""
        yield f"{run[0].section}\n{before}" if len(before) < 120 else run[0].section, run


def _is_bilingual(run: Sequence[Unit]) -> bool:
    return sum(bilingual_halves(block.text) is not None for block in run) >= _MOST_OF * len(run)


def _texts(text: str) -> dict[str, str]:
    if halves := bilingual_halves(text):
        return {"en": halves[0], "zh": halves[1]}
    shown = plain(text)
    return {"zh" if has_han(shown) else "en": shown}


# --- lectures


def _lectures(page: Page) -> list[Lecture]:
    """The longest list of lectures in a table, in list items, or in headings, looked for in this order."""
    tables = [_table_lectures(cells) for cells in _tables(page.blocks)]
    lists = [_labelled(run) for run in _runs(page.blocks)]
    for found in (tables, lists, [_heading_lectures(page.blocks)]):
        best = max(found, key=len, default=[])
        if len(best) >= _FEWEST:
            return best
    return []


def _tables(blocks: Sequence[Unit]) -> Iterator[list[list[Unit]]]:
    """The rows of each table of the page."""
    cells = [block for block in blocks if block.cell]
    for _, table in groupby(cells, lambda block: block.cell and block.cell[0]):
        yield [list(row) for _, row in groupby(table, lambda block: block.cell and block.cell[:2])]


def _table_lectures(rows: list[list[Unit]]) -> list[Lecture]:
    """The rows in which one column numbers and another names, or in which one cell does both."""
    found: list[Lecture] = []
    for row in rows:
        labels = [(cell, number) for cell in row if (number := _number(plain(cell.text))) is not None]
        names = [cell for cell in row if all(cell is not label for label, _ in labels)]
        if labels and names:
            (label, number), name = labels[0], _name_cell(names)
            found.append(Lecture(number, plain(label.text), name.line, _row_texts(names)))
        elif labelled := _labelled(row[:1]):
            found += labelled
    most = len(rows) - 1
    is_list = len(found) >= max(_FEWEST, _MOST_OF * most) and _counts_up(found)
    return found if is_list else []


def _number(text: str) -> int | None:
    """The number of a text that is a label and nothing else ("第5讲", "Lecture 5", "05")."""
    if re.fullmatch(r"#?\d{1,3}", text):
        return int(text.lstrip("#"))
    title = title_of(text)
    return title.ordinal[0] if title.ordinal and not title.base else None


def _name_cell(cells: Sequence[Unit]) -> Unit:
    return max(cells[:2], key=lambda cell: len(plain(cell.text)))


def _row_texts(cells: Sequence[Unit]) -> dict[str, str]:
    """The name of a row in each language: a bilingual cell, or a column for each."""
    name = _name_cell(cells)
    texts = _texts(name.text)
    for cell in cells[:2]:
        if len(texts) == 1 and cell is not name:
            other = _texts(cell.text)
            texts |= other if not texts.keys() & other.keys() else {}
    return texts


def _counts_up(lectures: Sequence[Lecture]) -> bool:
    steps = [later.number - earlier.number for earlier, later in pairwise(lectures)]
    return sum(0 <= step <= 3 for step in steps) >= _MOST_OF * len(steps)


def _labelled(run: Sequence[Unit]) -> list[Lecture]:
    """The texts of a run that begin with "Lecture 5:" or the like, if most do."""
    found = []
    for block in run:
        title = title_of(plain(block.text))
        if title.ordinal and title.base and title.kind in _LECTURE_KINDS:
            found.append(Lecture(title.ordinal[0], title.label, block.line, _unlabelled(block.text, title.label)))
    return found if len(found) >= _MOST_OF * len(run) else []


def _heading_lectures(blocks: Sequence[Unit]) -> list[Lecture]:
    """The headings of one level that are numbered ("3. How …", "Week 3: …", "第三讲 …")."""
    best: list[Lecture] = []
    for level in range(1, 5):
        found = []
        for block in blocks:
            title = title_of(plain(block.text)) if block.kind == "heading" and block.level == level else None
            if title and title.ordinal and title.base and title.kind in {"", *_LECTURE_KINDS}:
                found.append(Lecture(title.ordinal[0], title.label, block.line, _unlabelled(block.text, title.label)))
        if len(found) > len(best) and _counts_up(found):
            best = found
    return best


def _unlabelled(text: str, label: str) -> dict[str, str]:
    """The texts of a title without its label; the title stays as it is printed otherwise."""
    texts = _texts(text)
    pattern = r"[\s\[(【#]*" + r"\s*".join(map(re.escape, label.split())) + r"[\s:：.,、|·)\]】–—-]*"
    return {language: re.sub(pattern, "", shown, count=1) if shown else shown for language, shown in texts.items()}


# --- claims

_MATERIAL = {
    "slides": r"课件|課件|幻灯|slides?\b|ppt\b",
    "notes": r"笔记|筆記|讲义|講義|\bnotes?\b",
    "exercises": r"习题|習題|作业|作業|练习|homeworks?\b|assignments?\b|exercises?\b|recitations?\b|problem sets?\b",
    "readings": r"阅读|閱讀|论文|論文|文献|readings?\b|papers?\b",
    "code": r"代码|代碼|\bcode\b|notebooks?\b|\blabs?\b",
    "videos": r"视频|視頻|videos?\b",
    "exams": r"考试|试卷|exams?\b|quiz(?:zes)?\b",
    "projects": r"项目|projects?\b",
    "lectures": r"(?<!第)\b\d+\s*(?:讲|講|lectures?\b)",
}
_MATERIALS = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _MATERIAL.items()), re.IGNORECASE)
_WHAT = (
    r"lectures?|lec|recitations?|labs?|notes?|homeworks?|hw|assignments?|projects?|chapters?|weeks?|modules?|quiz(?:zes)?"
    r"|units?|sessions?|lessons?|videos?|作业|作業|习题|笔记|课件|L"
)
_RANGE = re.compile(
    rf"(?<![a-z])(?P<what>{_WHAT})\s*\.?#?\s*(?P<first>\d{{1,3}})\s*[-~～–—至到]\s*(?:(?P=what)\s*)?(?P<last>\d{{1,3}})(?!\d)"
    r"|第\s*(?P<from>\d{1,3})\s*[-~～–—至到]\s*第?\s*(?P<to>\d{1,3})\s*(?P<unit>讲|講|章|课|周|节)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<![\d.第~～–—-])(?P<count>\d{1,3})\s*(?P<what>篇|份|讲|講|套|papers?\b|lectures?\b|articles?\b|readings?\b|videos?\b|slides?\b)",
    re.IGNORECASE,
)
_SINGULAR = {
    "讲": "lecture",
    "講": "lecture",
    "lec": "lecture",
    "l": "lecture",
    "篇": "paper",
    "章": "chapter",
    "周": "week",
}


def _claims(page: Page) -> Iterator[Claim]:
    """What the page says of its material, block by block: each range, and each count in a block without one."""
    for block in page.blocks:
        if block.kind not in {"list item", "paragraph", "front matter"}:
            continue
        text = plain(block.text)
        material = _MATERIALS.search(text) if re.search(r"\d", text) else None
        if not material or not material.lastgroup:
            continue
        ranges = list(_RANGE.finditer(text))
        for match in ranges:
            first, last = int(match["first"] or match["from"]), int(match["last"] or match["to"])
            what = _singular(match["what"] or match["unit"])
            yield Claim(block.line, material.lastgroup, what, first, last, None, text)
        for match in _COUNT.finditer(text) if not ranges else ():
            yield Claim(block.line, material.lastgroup, _singular(match["what"]), None, None, int(match["count"]), text)


def _singular(word: str) -> str:
    word = word.casefold()
    return _SINGULAR.get(word, word.removesuffix("s"))


# --- videos

_EMBEDS = (
    ("youtube", re.compile(r"""(?:youtube(?:-nocookie)?\.com/embed/)([\w-]{11})""")),
    ("youtube", re.compile(r"""\{%-?\s*(?:include\s+\S*youtube\S*|youtube)\s+(?:id=)?["']?([\w-]{11})\b""")),
    ("youtube", re.compile(r"""\{\{<\s*youtube\s+(?:id=)?["']?([\w-]{11})\b""")),
    ("bilibili", re.compile(r"""player\.bilibili\.com/player\.html\?[^\s"'<>]*?bvid=(BV\w{10})""")),
    ("vimeo", re.compile(r"player\.vimeo\.com/video/(\d+)")),
)
_LINKS = (
    ("youtube", re.compile(r"(?:youtube\.com/watch\?(?:[^\s\"'<>)]*?&)?v=|youtu\.be/)([\w-]{11})")),
    ("bilibili", re.compile(r"bilibili\.com/video/(BV\w{10})")),
    ("vimeo", re.compile(r"(?<!player\.)vimeo\.com/(\d{6,})")),
)
_ADDRESSES = {
    "youtube": "https://www.youtube.com/watch?v=",
    "bilibili": "https://www.bilibili.com/video/",
    "vimeo": "https://vimeo.com/",
}


def _videos(page: Page) -> list[Video]:
    """The videos that the page plays, each once; those it links where it plays none."""
    return _found_videos(page.text, _EMBEDS) or _found_videos(page.text, _LINKS)


def _found_videos(text: str, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> list[Video]:
    matches = sorted(
        (match.start(), provider, match[1]) for provider, pattern in patterns for match in pattern.finditer(text)
    )
    videos: dict[tuple[str, str], Video] = {}
    for start, provider, name in matches:
        video = Video(text.count("\n", 0, start) + 1, provider, name, _ADDRESSES[provider] + name)
        videos.setdefault((provider, name), video)
    return list(videos.values())
