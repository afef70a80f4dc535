"""The tables at the end of a handout, lectures, topics and terms, so that every format shows them as those of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.align.coursetable import CourseTable, TableRow
from pipeline.exporters.addresses import safe_url
from pipeline.exporters.document import Both, Grid, Handout, InLanguage
from pipeline.exporters.handout_words import chinese_among
from pipeline.exporters.nodes import Inline, Link, Text, plain_text
from pipeline.exporters.own_words import in_chinese
from pipeline.exporters.tables import in_both, lacks, sides
from pipeline.model import Language, Video
from pipeline.text.script import has_han


def lecture_grid(table: CourseTable, order: tuple[Language, ...]) -> Grid:
    """The rows of a lecture table under headings in both languages, without columns that would be empty in all rows.

    ``order`` are the languages of the handout as it shows them: so stand the columns of titles too.
    """
    chinese = chinese_among((*order, table.chinese))
    titles = [_title("zh"), _title("en")]
    ordered = titles if order[:1] != ("en",) else titles[::-1]
    columns = [_NUMBER, *ordered, *_OPTIONAL]
    shown = [column for column in columns if any(column[2](row, chinese) for row in table.rows)]
    head = tuple(_heading(zh, en, order) for zh, en, _ in shown)
    rows = [tuple(_cell(nodes(row, chinese), chinese) for _, _, nodes in shown) for row in table.rows]
    return Grid((head, *rows), has_head=True)


def topic_grid(table: CourseTable, order: tuple[Language, ...]) -> Grid | None:
    """The topics that a course announces in both languages, with the lectures on each; None where it announces none."""
    base = table.course.zh or table.course.en
    if not base or not base.topics:
        return None
    chinese = chinese_among((*order, table.chinese))
    keys = ("en", "zh") if order[:1] == ("en",) else ("zh", "en")
    names = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}
    shown = [key for key in keys if any(key in topic.texts for topic in base.topics)]
    lectures: dict[int, list[str]] = {}
    for row in table.rows:
        if row.topic and row.lecture:
            lectures.setdefault(row.topic.number, []).append(str(row.lecture.number))
    heads = [("序", "No."), *(names[key] for key in shown), *([("讲", "Lectures")] if lectures else [])]
    rows: list[tuple[Both | None, ...]] = [tuple(_heading(zh, en, order) for zh, en in heads)]
    for topic in base.topics:
        texts = [str(topic.number), *(topic.texts.get(key, "") for key in shown)]
        texts += [", ".join(lectures.get(topic.number, ()))] if lectures else []
        rows.append(tuple(_cell(_text(text), chinese) for text in texts))
    return Grid(tuple(rows))


def glossary_grid(handout: Handout) -> Grid:
    """Return the terms of a handout as a table without heads, in the order of its languages; notes where there are any."""
    chinese = chinese_among(handout.languages)
    is_english_first = handout.languages[:1] == ("en",)
    rows: list[tuple[Both | None, ...]] = []
    for en, zh, note in handout.terms:
        both = [Both(InLanguage(chinese, (Text(zh),)), None, "same"), Both(InLanguage("en", (Text(en),)), None, "same")]
        rows.append((*(both[::-1] if is_english_first else both), _note(note, chinese)))
    noted = any(row[2] for row in rows)
    return Grid(tuple(row if noted else row[:2] for row in rows), has_head=False)


Nodes = tuple[Inline, ...]
_Column = tuple[str, str, Callable[[TableRow, Language], Nodes]]


def _heading(zh: str, en: str, order: tuple[Language, ...]) -> Both:
    """The heading of a column in the languages of a handout; in a handout of one language in that alone."""
    chinese = chinese_among(order)
    said = in_chinese(zh, chinese)
    if len(order) == 1:
        return Both(InLanguage(order[0], (Text(en if order[0] == "en" else said),)), None, "same")
    return Both(InLanguage(chinese, (Text(said),)), InLanguage("en", (Text(en),)), "final")


def _cell(nodes: Nodes, chinese: Language) -> Both | None:
    """A cell in whatever language its text is; what is no text of a page needs no translation."""
    if not nodes:
        return None
    is_chinese = has_han(plain_text(nodes))
    return Both(InLanguage(chinese if is_chinese else "en", nodes), None, "same")


def _text(text: str) -> Nodes:
    return (Text(text),) if text else ()


def _title(key: str) -> _Column:
    names = ("中文", "Chinese") if key == "zh" else ("英文", "English")

    def nodes(row: TableRow, _: Language) -> Nodes:
        lecture = sides(row).get(key)
        return _text(lecture.texts[key] if lecture else "")

    return (*names, nodes)


def _topic(row: TableRow, _: Language) -> Nodes:
    topic = row.topic
    return _text(
        f"{topic.number} {' · '.join(topic.texts[key] for key in ('zh', 'en') if key in topic.texts)}" if topic else ""
    )


def _subtitles(row: TableRow, _: Language) -> Nodes:
    keys = [key for key in ("zh", "en") if key in row.subtitles]
    return _text(", ".join(keys if row.lecture else [path for key in keys for path in row.subtitles[key]]))


def _videos(row: TableRow, _: Language) -> Nodes:
    return tuple(_joined(row.videos))


def _joined(videos: tuple[Video, ...]) -> Iterator[Inline]:
    for number, video in enumerate(videos):
        url = safe_url(video.url)
        if number:
            yield Text(" ")
        yield Link(url, (Text(video.provider),)) if url else Text(video.provider)


def _note(text: str, chinese: Language) -> Both | None:
    return Both(InLanguage(chinese if has_han(text) else "en", (Text(text),)), None, "same") if text else None


_NUMBER: _Column = ("讲", "No.", lambda row, _: _text(str(row.lecture.number) if row.lecture else ""))
_OPTIONAL: tuple[_Column, ...] = (
    ("主题", "Topic", _topic),
    ("资料", "Material", lambda row, chinese: _text(", ".join(in_both(word, chinese) for word in row.materials))),
    ("字幕", "Subtitles", _subtitles),
    ("视频", "Video", _videos),
    ("缺", "Missing", lambda row, chinese: _text(lacks(row, chinese))),
)
