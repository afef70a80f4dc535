"""The lecture table of a course in three forms: for spreadsheets, for programs, and for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pipeline.align.course import Course, Match
from pipeline.align.coursetable import CourseTable, TableRow
from pipeline.exporters.base import Material, Output, exporter
from pipeline.exporters.own_words import in_chinese
from pipeline.exporters.sheet import csv_bytes, csv_text, markdown_cell
from pipeline.model import Claim, Language, Lecture, Outline, Video
from pipeline.text.printable import one_line

COLUMNS = (
    "number", "zh", "en", "topic", "topic_zh", "topic_en", "materials", "subtitles_zh", "subtitles_en", "videos",
    "missing", "accepted", "tier", "score", "evidence", "topic_tier", "topic_score", "topic_evidence", "zh_place",
    "en_place",
)  # fmt: skip


def sides(row: TableRow) -> dict[str, Lecture]:
    """The lecture of a row as the Chinese and the English list have it, under ``zh`` and ``en``."""
    lecture = row.lecture
    both = {"zh": lecture.zh, "en": lecture.en} if lecture else {}
    return {language: each for language, each in both.items() if each and language in each.texts}


def _cells(table: CourseTable, row: TableRow) -> tuple[str, ...]:
    return tuple(map(one_line, (*_title_cells(row), *_topic_cells(row), *_source_cells(row), *_pair_cells(table, row))))


def _topic_cells(row: TableRow) -> tuple[str, str, str]:
    topic = row.topic
    return (str(topic.number), topic.texts.get("zh", ""), topic.texts.get("en", "")) if topic else ("", "", "")


def _source_cells(row: TableRow) -> Iterator[str]:
    subtitles = row.subtitles.get("zh", ()), row.subtitles.get("en", ())
    videos = tuple(video.url for video in row.videos)
    yield from map("; ".join, (row.materials, *subtitles, videos, row.missing, row.accepted))


def _pair_cells(table: CourseTable, row: TableRow) -> Iterator[str]:
    for match in (row.lecture.titles, row.lecture.topics) if row.lecture else (None, None):
        yield from _match_cells(row, match)
    both = sides(row)
    yield _place(table.course.zh, both.get("zh"))
    yield _place(table.course.en, both.get("en"))


def _title_cells(row: TableRow) -> tuple[str, str, str]:
    both = sides(row)
    texts = [both[language].texts[language] if language in both else "" for language in ("zh", "en")]
    return (str(row.lecture.number) if row.lecture else "", texts[0], texts[1])


def _match_cells(row: TableRow, match: Match | None) -> tuple[str, str, str]:
    """Tier, score with three decimals, and evidence; what is no lecture has none of them."""
    if match is None:
        return ("none" if row.lecture else "", "", "")
    return match.tier, f"{match.score:.3f}", "; ".join(match.evidence)


def _place(outline: Outline | None, lecture: Lecture | None) -> str:
    return f"{outline.path}:{lecture.line}" if outline and lecture else ""


def as_csv(table: CourseTable) -> str:
    """The lecture table as CSV (RFC 4180) with a header row, for git: ``\\n`` at line ends, no byte order mark."""
    return csv_text(COLUMNS, [_cells(table, row) for row in table.rows])


def as_json(table: CourseTable) -> str:
    """The lecture table as a JSON object; docs/json.md explains it."""
    from pipeline.exporters.schema import LectureTableRecord  # pydantic is heavy

    course = table.course
    codes = dict.fromkeys(code for outline in course.outlines for code in outline.codes)
    record = LectureTableRecord.model_validate(
        {
            "course": one_line(course.name),  # JSON holds no bytes that are no text
            "titles": course_titles(course),
            "codes": tuple(codes),
            "lectures": [_row_values(course, row) for row in table.rows],
            "claims": table.claims,
            "videos": table.videos,
        }
    )
    return record.model_dump_json(indent=2) + "\n"


def _row_values(course: Course, row: TableRow) -> dict[str, object]:
    both, lecture = sides(row), row.lecture
    outlines = {"zh": course.zh, "en": course.en}
    label = next((each.label for each in (lecture.zh, lecture.en) if each), "") if lecture else ""
    return {
        "number": lecture.number if lecture else None,
        "label": label,
        "texts": {language: each.texts[language] for language, each in both.items()},
        "places": {
            language: {"path": one_line(outline.path), "line": each.line}
            for language, each in both.items()
            if (outline := outlines[language])
        },
        "titles": lecture.titles if lecture else None,
        "topic": row.topic,
        "topics": lecture.topics if lecture else None,
        "materials": row.materials,
        "subtitles": row.subtitles,
        "videos": row.videos,
        "missing": row.missing,
        "accepted": row.accepted,
    }


def course_titles(course: Course) -> dict[str, str]:
    """The first title that the pages of a course give it in each language, under ``zh`` and ``en``."""
    titles: dict[str, str] = {}
    for outline in course.outlines:
        if outline.title:
            titles.setdefault("en" if outline.language == "en" else "zh", outline.title)
    return titles


# --- Markdown

_KINDS: Mapping[str, str] = {
    "slides": "课件 slides", "notes": "笔记 notes", "exercises": "习题 exercises", "readings": "阅读 readings",
    "code": "代码 code", "videos": "视频 videos", "exams": "考试 exams", "projects": "项目 projects",
    "lectures": "课程 lectures", "title zh": "中文标题 title", "title en": "英文标题 English title", "topic": "主题 topic",
    "lecture": "讲次 lecture", "subtitles zh": "中文字幕 zh", "subtitles en": "英文字幕 en", "video": "视频 video",
}  # fmt: skip
_Column = tuple[str, str, Callable[[TableRow, Language], str]]
_NUMBER: _Column = ("讲 · No.", "---:", lambda row, _: str(row.lecture.number) if row.lecture else "–")
_TITLES: tuple[_Column, ...] = (
    ("中文", "---", lambda row, _: markdown_cell(_title_cells(row)[1])),
    ("English", "---", lambda row, _: markdown_cell(_title_cells(row)[2])),
)


def in_both(word: str, chinese: Language) -> str:
    """A kind of material, or what is missing, in both languages ("笔记 notes")."""
    return in_chinese(_KINDS.get(word, word), chinese)


def _topic(row: TableRow, _: Language) -> str:
    topic = row.topic
    words = " · ".join(topic.texts[key] for key in ("zh", "en") if key in topic.texts) if topic else ""
    return markdown_cell(f"{topic.number} {words}") if topic else ""


def _subtitles(row: TableRow, _: Language) -> str:
    """The languages that a lecture has subtitles in; of a talk without a lecture the files."""
    languages = [key for key in ("zh", "en") if key in row.subtitles]
    return ", ".join(
        languages if row.lecture else [markdown_cell(path) for key in languages for path in row.subtitles[key]]
    )


def _sure(row: TableRow, chinese: Language) -> str:
    """What a person should look at: pairs that are not certain, and pairs that a person has made."""
    lecture = row.lecture
    matches = (("标题 titles", lecture.titles), ("主题 topic", lecture.topics)) if lecture else ()
    return "; ".join(
        f"{in_chinese(what, chinese)}: {match.tier} {match.score:.2f}"
        for what, match in matches
        if match and match.tier != "accept"
    )


def lacks(row: TableRow, chinese: Language) -> str:
    """What a row lacks in both languages, and what it may lack with the reason."""
    accepted = (each.partition(": ") for each in row.accepted)
    told = (f"{in_both(what, chinese)} ({in_chinese('已接受', chinese)} {why})" for what, _, why in accepted)
    return ", ".join([*(in_both(what, chinese) for what in row.missing), *told])


def _listed(words: tuple[str, ...], chinese: Language) -> str:
    return markdown_cell(", ".join(in_both(word, chinese) for word in words))


_OPTIONAL: tuple[_Column, ...] = (
    ("主题 · Topic", "---", _topic),
    ("资料 · Material", "---", lambda row, chinese: _listed(row.materials, chinese)),
    ("字幕 · Subtitles", "---", _subtitles),
    ("视频 · Video", "---", lambda row, _: " ".join(f"[{video.provider}]({video.url})" for video in row.videos)),
    ("缺 · Missing", "---", lambda row, chinese: markdown_cell(lacks(row, chinese))),
    ("待查 · Look at", "---", _sure),
)
"""Columns that a course has only where one of its rows says something in them."""


def as_markdown(table: CourseTable) -> str:
    """The lecture table as a Markdown table, what is not there as –; then material and videos of the whole course."""
    chinese = table.chinese
    chosen = [column for column in _OPTIONAL if any(column[2](row, chinese) for row in table.rows)]
    columns = (_NUMBER, *_TITLES, *chosen)
    lines = [_line(in_chinese(heading, chinese) for heading, _, _ in columns), _line(rule for _, rule, _ in columns)]
    lines += [_line(cell(row, chinese) or "–" for _, _, cell in columns) for row in table.rows]
    whole = [*_claim_lines(table.claims, chinese), *_video_lines(table.videos, chinese)]
    return "\n".join([*lines, "", *whole] if whole else lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _claim_lines(claims: tuple[Claim, ...], chinese: Language) -> Iterator[str]:
    for claim in claims:
        yield f"- {in_both(claim.kind, chinese)}: {markdown_cell(claim.text)}"


def _video_lines(videos: tuple[Video, ...], chinese: Language) -> Iterator[str]:
    for video in videos:
        yield f"- {in_both('video', chinese)}: [{video.provider}]({video.url})"


@exporter("csv")
def lecture_table(material: Material) -> Iterator[Output]:
    """The lecture table of a course as CSV for spreadsheets, as JSON for programs and as Markdown for people."""
    table = material.lecture_table()
    if table.rows:
        yield Output("lectures.csv", csv_bytes(COLUMNS, [_cells(table, row) for row in table.rows]))
        yield Output("lectures.json", as_json(table).encode())
        yield Output("lectures.md", as_markdown(table).encode())
