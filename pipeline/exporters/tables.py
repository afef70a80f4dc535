"""The lecture table of a course: number, both titles, topic, and how sure each pair is, in three forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from pipeline.align.course import Course, LectureRow
from pipeline.exporters.base import Material, Output, exporter

COLUMNS = (
    "number", "zh", "en", "score", "tier", "evidence",
    "topic", "topic_zh", "topic_en", "topic_score", "topic_tier", "topic_evidence",
)  # fmt: skip
_BOM = "\ufeff"  # without it a Chinese Excel reads a CSV as GBK


def records(course: Course) -> list[dict[str, str | int | float | None]]:
    """The rows of the lecture table; ``score``, ``tier`` and ``evidence`` are those of the pair of titles."""
    return [dict(zip(COLUMNS, _values(row), strict=True)) for row in course.rows]


def _values(row: LectureRow) -> tuple[str | int | float | None, ...]:
    topic, titles, topics = row.topic, row.titles, row.topics
    return (
        row.number,
        row.zh.texts.get("zh", "") if row.zh else "",
        row.en.texts.get("en", "") if row.en else "",
        round(titles.score, 3) if titles else None,
        titles.tier if titles else "none",
        "; ".join(titles.evidence) if titles else "",
        topic.number if topic else None,
        topic.texts.get("zh", "") if topic else "",
        topic.texts.get("en", "") if topic else "",
        round(topics.score, 3) if topics else None,
        topics.tier if topics else "none",
        "; ".join(topics.evidence) if topics else "",
    )


def as_csv(course: Course) -> str:
    """The lecture table as CSV (RFC 4180) with a header row."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records(course))
    return stream.getvalue()


def as_json(course: Course) -> str:
    """The lecture table as a JSON array of objects with the columns as keys; what is missing is null or empty."""
    return json.dumps(records(course), ensure_ascii=False, indent=2) + "\n"


def as_markdown(course: Course) -> str:
    """The lecture table as a Markdown table, with the pairs' tiers and without their evidence in words."""
    lines = ["| 讲 · No. | 中文 | English | 主题 · Topic | sure of |", "| ---: | --- | --- | --- | --- |"]
    for row in records(course):
        topic = f"{row['topic']} {row['topic_zh']} · {row['topic_en']}" if row["topic"] else "–"
        sure = f"titles: {_tier(row['tier'], row['score'])}; topic: {_tier(row['topic_tier'], row['topic_score'])}"
        cells = (str(row["number"]), str(row["zh"]) or "–", str(row["en"]) or "–", topic, sure)
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _tier(tier: str | float | None, score: str | float | None) -> str:
    return f"{tier} {score}" if score is not None else "none"


@exporter("csv")
def lecture_table(material: Material) -> Iterator[Output]:
    """The lecture table of a course as CSV for spreadsheets, as JSON for programs and as Markdown for people."""
    if material.course.rows:
        yield Output("lectures.csv", (_BOM + as_csv(material.course)).encode())
        yield Output("lectures.json", as_json(material.course).encode())
        yield Output("lectures.md", as_markdown(material.course).encode())
