"""The lists of a course as a picture: lectures beside topics, and the Chinese list of lectures beside the English one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from html import escape

from pipeline.align.course import PINNED, Match
from pipeline.align.coursetable import CourseTable, TableRow
from pipeline.exporters import frame
from pipeline.exporters.base import Material, Output, exporter
from pipeline.exporters.drawing import NARROW, WIDE, Link, Mark, Node, Panel, Size, Tie, drawing
from pipeline.exporters.own_words import in_chinese
from pipeline.exporters.tables import course_titles, lacks, sides
from pipeline.model import Lecture, Texts, Topic
from pipeline.text.printable import one_line
from pipeline.text.script import language_of

_TOLD = 20  # titles without a partner that the description names
_STYLE = """\
body { max-width: 960px; font-size: 15px; }
svg { display: block; width: 100%; height: auto; }
svg.narrow { display: none; }
details { padding: 0 20px 20px; }
.rows { overflow-x: auto; }
th, td { border-bottom: 1px solid var(--line); padding: .3em .6em; text-align: left; vertical-align: top; }
@media screen and (max-width: 640px) {
svg.wide { display: none; }
svg.narrow { display: block; }
details { padding: 0 8px 16px; }
}
@media print {
@page { margin: 12mm; }
tr { break-inside: avoid; }
}
"""


def panels_of(table: CourseTable) -> tuple[Panel, ...]:
    """The lists of a course that belong beside each other; empty where it has none."""
    return tuple(panel for panel in (_with_topics(table), _with_both_titles(table)) if panel)


def _with_topics(table: CourseTable) -> Panel | None:
    """The lectures of a course beside the topics that its list announces."""
    course = table.course
    base = course.zh or course.en
    if not base or base.path not in course.topic_pairs:
        return None
    rows = [row for row in table.rows if row.lecture]
    places = {id(topic): place for place, topic in enumerate(base.topics)}
    links = [
        _link(index, places[id(row.topic)], row.lecture.topics, (str(row.lecture.number), str(row.topic.number)))
        for index, row in enumerate(rows)
        if row.lecture and row.topic and row.lecture.topics and id(row.topic) in places
    ]
    lone = {id(row.topic): row for row in table.rows if row.topic and not row.lecture}
    return Panel(
        _headings(table, f"讲次 · Lectures ({len(rows)})", f"主题 · Topics ({len(base.topics)})"),
        tuple(_lecture_node(row) for row in rows),
        tuple(_topic_node(topic, lone.get(id(topic))) for topic in base.topics),
        tuple(links),
        table.chinese,
    )


def _headings(table: CourseTable, left: str, right: str) -> tuple[str, str]:
    return in_chinese(left, table.chinese), in_chinese(right, table.chinese)


def _lecture_node(row: TableRow) -> Node:
    number = str(row.lecture.number) if row.lecture else ""
    texts = tuple(lecture.texts[language] for language, lecture in sides(row).items())
    return Node(number, texts, *_mark(row, "topic")) if row.topic is None else Node(number, texts)


def _topic_node(topic: Topic, lone: TableRow | None) -> Node:
    texts = _in_order(topic.texts)
    return Node(str(topic.number), texts, *_mark(lone, "lecture")) if lone else Node(str(topic.number), texts)


def _in_order(texts: Texts) -> tuple[str, ...]:
    return tuple(texts[language] for language in ("zh", "en") if language in texts)


def _mark(row: TableRow, what: str) -> tuple[Mark, str]:
    """That something has no partner, and why this is accepted if it is."""
    reason = next((each for each in row.accepted if each.startswith(f"{what}: ")), "")
    return ("accepted", reason) if reason else ("alone", f"without {what}")


def _with_both_titles(table: CourseTable) -> Panel | None:
    """The Chinese lectures of a course beside the English ones, where two pages list them."""
    course = table.course
    if not course.zh or not course.en or course.zh is course.en:
        return None
    lists = course.zh.lectures, course.en.lectures
    places = [{id(lecture): place for place, lecture in enumerate(each)} for each in lists]
    links = []
    for row in course.rows:
        if row.zh and row.en and row.titles and id(row.zh) in places[0] and id(row.en) in places[1]:
            numbers = str(row.zh.number), str(row.en.number)
            links.append(_link(places[0][id(row.zh)], places[1][id(row.en)], row.titles, numbers))
    paired = {link.left for link in links}, {link.right for link in links}
    return Panel(
        _headings(
            table, f"中文讲次 · Chinese lectures ({len(lists[0])})", f"英文讲次 · English lectures ({len(lists[1])})"
        ),
        _title_nodes(lists[0], paired[0]),
        _title_nodes(lists[1], paired[1]),
        tuple(links),
        table.chinese,
    )


def _title_nodes(lectures: Sequence[Lecture], paired: Set[int]) -> tuple[Node, ...]:
    return tuple(
        Node(str(lecture.number), _in_order(lecture.texts))
        if place in paired
        else Node(str(lecture.number), _in_order(lecture.texts), "alone", "without a partner")
        for place, lecture in enumerate(lectures)
    )


def _link(left: int, right: int, match: Match, numbers: tuple[str, str]) -> Link:
    tie: Tie = "pinned" if match.evidence == (PINNED,) else "accept" if match.tier == "accept" else "review"
    why = "; ".join(match.evidence)
    return Link(left, right, tie, f"{numbers[0]} ↔ {numbers[1]}: {match.tier} {match.score:.2f}; {why}")


def as_svg(table: CourseTable, size: Size = WIDE) -> str:
    """The picture as an SVG document that stands alone."""
    panels = panels_of(table)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + drawing(_title(table), _told(panels), panels, size)


def in_words(table: CourseTable) -> str:
    """What the picture shows, for whoever cannot see it."""
    return _told(panels_of(table))


def as_html(table: CourseTable) -> str:
    """The picture as a page that needs no other file and no script: one size for phones, one for screens and paper."""
    panels, title = panels_of(table), _title(table)
    pictures = "".join(drawing(title, _told(panels), panels, size) for size in (WIDE, NARROW))
    rows = "\n".join(_rows(table))
    body = (
        f"<main>\n{pictures}<details>\n<summary>{in_chinese('表格', table.chinese)} · Table ({len(table.rows)})</summary>\n"
        f'<div class="rows" tabindex="0">\n<table>\n{rows}\n</table>\n</div>\n</details>\n</main>\n'
    )
    return frame.page(title, body, language_of(title), style=_STYLE)


def _title(table: CourseTable) -> str:
    titles = course_titles(table.course)
    return " · ".join(titles[language] for language in ("zh", "en") if language in titles) or table.course.name


def _told(panels: Sequence[Panel]) -> str:
    """What the picture shows, in words."""
    told = []
    for panel in panels:
        ties = Counter(link.tie for link in panel.links)
        counts = f"{ties['accept']} certain, {ties['review']} to review, {ties['pinned']} pinned"
        lone = [
            f"{node.number} {node.texts[0] if node.texts else ''}" for node in (*panel.left, *panel.right) if node.mark
        ]
        more = f"; and {len(lone) - _TOLD} more" if len(lone) > _TOLD else ""
        without = f" Without a partner: {'; '.join(lone[:_TOLD])}{more}." if lone else ""
        told.append(f"{panel.headings[0]}, {panel.headings[1]}: {len(panel.links)} pairs, {counts}.{without}")
    return " ".join(told)


_HEADINGS = ("讲 No.", "中文", "English", "主题 Topic", "缺 Missing")


def _rows(table: CourseTable) -> Iterator[str]:
    yield f"<thead><tr>{''.join(f'<th>{in_chinese(heading, table.chinese)}</th>' for heading in _HEADINGS)}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        both: Mapping[str, Lecture] = sides(row)
        titles = [both[language].texts[language] if language in both else "–" for language in ("zh", "en")]
        topic = f"{row.topic.number} {' · '.join(_in_order(row.topic.texts))}" if row.topic else "–"
        missing = lacks(row, table.chinese) or "–"
        cells = (str(row.lecture.number) if row.lecture else "–", *titles, topic, missing)
        yield f"<tr>{''.join(map(_cell, cells))}</tr>"
    yield "</tbody>"


def _cell(text: str) -> str:
    return f'<td lang="{language_of(text).replace("_", "-")}">{escape(one_line(text))}</td>'


@exporter("map")
def course_map(material: Material) -> Iterator[Output]:
    """The lists of a course side by side with lines between their pairs, as an SVG picture and as a page."""
    table = material.lecture_table()
    if panels_of(table):
        yield Output("map.svg", as_svg(table).encode())
        yield Output("map.html", as_html(table).encode())
