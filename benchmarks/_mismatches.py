"""Puts mismatches into pages, each kind at random places with fixed seeds, and counts which of them the rules find.

Each page is a course of its own. A fault is found where a rule that may tell it has a finding that the page did not have
before.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from pipeline.align.course import course_of, topics_of_lectures
from pipeline.extractors.outline import outline
from pipeline.extractors.page import read_page
from pipeline.model import Finding, Outline
from pipeline.validator.base import findings
from pipeline.validator.course_places import announced_groups

_LINES = re.compile(r"lines? \d+(?:–\d+)?")


class Fault(NamedTuple):
    """A page with a fault in it, and what the fault is."""

    text: str
    what: str


Perturbation = Callable[[str, Outline, random.Random], Fault | None]


def _row(text: str, line: int) -> tuple[int, int]:
    """Where the table row or the line of a lecture begins and ends."""
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
    start, end = starts[line - 1], starts[line]
    opened, closed = text.rfind("<tr", 0, end), text.find("</tr>", start)
    if "<t" in text[start:end] and opened >= 0 and closed >= 0:
        return opened, closed + len("</tr>")
    return start, end


def _rows(text: str, found: Outline) -> list[tuple[int, int]]:
    """The rows of the lectures, without those that share one with another or span several."""
    rows = [_row(text, lecture.line) for lecture in found.lectures]
    return [row for row in rows if rows.count(row) == 1 and "rowspan" not in text[slice(*row)]]


def drop_announced(text: str, found: Outline, rnd: random.Random) -> Fault | None:
    """A topic is missing from a list that names one for each lecture."""
    return _drop_topic(text, found, rnd) if announced_groups(found, topics_of_lectures(found)) else None


def drop_summed_up(text: str, found: Outline, rnd: random.Random) -> Fault | None:
    """A topic is missing from a list that only sums up, which nothing on the page can tell."""
    return None if announced_groups(found, topics_of_lectures(found)) else _drop_topic(text, found, rnd)


def _drop_topic(text: str, found: Outline, rnd: random.Random) -> Fault | None:
    if not found.topics or not found.lectures:
        return None
    topic = rnd.choice(found.topics)
    start, end = _row(text, topic.line)
    return Fault(text[:start] + text[end:], " / ".join(topic.texts.values()))


def swap_rows(text: str, found: Outline, rnd: random.Random) -> Fault | None:
    """Two lectures have changed places."""
    rows = _rows(text, found)
    if len(rows) < 2:
        return None
    (a, b), (c, d) = sorted(rnd.sample(rows, 2))
    return Fault(text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:], f"{text[a:b]!r} and {text[c:d]!r}")


def renumber(text: str, found: Outline, rnd: random.Random) -> Fault | None:
    """A lecture has another number."""
    rows = _rows(text, found)
    if not rows:
        return None
    start, end = rnd.choice(rows)
    numbers = list(re.finditer(r"(?<=[第L.\d])\d+(?=[讲\s<|])", text[start:end]))
    if not numbers:
        return None
    number, row = numbers[0], text[start:end]
    new = abs(int(number[0]) + rnd.choice((-3, -2, -1, 1, 2, 3, 10)))
    new += new == int(number[0])
    row = f"{row[: number.start()]}{new}{row[number.end() :]}"
    return Fault(text[:start] + row + text[end:], f"{text[start:end]!r}: {number[0]} is {new}")


def change_claim(text: str, found: Outline, rnd: random.Random) -> Fault | None:
    """The end of a range of lectures is wrong by one to five."""
    claims = [claim for claim in found.claims if claim.what == "lecture" and claim.last and found.lectures]
    if not claims:
        return None
    claim = rnd.choice(claims)
    start, end = _row(text, claim.line)
    wrong = str((claim.last or 0) + rnd.choice((-2, -1, 1, 2, 5)))
    line = re.sub(rf"([~～–-]\s*){claim.last}(?!\d)", rf"\g<1>{wrong}", text[start:end], count=1)
    return Fault(text[:start] + line + text[end:], f"{claim.text} → {wrong}") if line != text[start:end] else None


def delete_lecture(text: str, found: Outline, rnd: random.Random) -> Fault | None:
    """A lecture is missing."""
    rows = _rows(text, found)
    if not rows:
        return None
    start, end = rnd.choice(rows)
    return Fault(text[:start] + text[end:], repr(text[start:end]))


def swap_topics(text: str, found: Outline, rnd: random.Random) -> Fault | None:
    """Two topics of a list that names one for each lecture have changed places."""
    if not announced_groups(found, topics_of_lectures(found)):
        return None
    first, second = sorted(rnd.sample(range(len(found.topics)), 2))
    (a, b), (c, d) = (_row(text, found.topics[each].line) for each in (first, second))
    return Fault(text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:], f"topics {first + 1} and {second + 1}")


def repeat_topic(text: str, found: Outline, rnd: random.Random) -> Fault | None:
    """A topic has the title of another."""
    if len(found.topics) < 2:
        return None
    (a, b), (c, d) = (_row(text, topic.line) for topic in rnd.sample(found.topics, 2))
    return Fault(text[:a] + text[c:d] + text[b:], f"{text[c:d]!r} in the place of {text[a:b]!r}")


def repeat_title(text: str, found: Outline, rnd: random.Random) -> Fault | None:
    """A lecture has the title of another one."""
    lectures = [each for each in found.lectures if all(title in text for title in each.texts.values())]
    if len(lectures) < 2:
        return None
    one, other = rnd.sample(lectures, 2)
    start, end = _row(text, one.line)
    row = text[start:end]
    for language in one.texts.keys() & other.texts.keys():
        row = row.replace(one.texts[language], other.texts[language])
    return Fault(text[:start] + row + text[end:], f"{row!r}") if row != text[start:end] else None


def count_topics(text: str, found: Outline, rnd: random.Random) -> Fault | None:
    """A line above the topics says that there are one or two more or fewer of them."""
    if len(found.topics) < 2:
        return None
    start, _ = _row(text, found.topics[0].line)
    count = len(found.topics) + rnd.choice((-2, -1, 1, 2))
    said = rnd.choice((f"本课程共 {count} 个主题：", f"课程包含{count}个知识点", f"The course covers {count} topics:"))
    return Fault(f"{text[:start]}\n{said}\n\n{text[start:]}", said)


KINDS: tuple[tuple[str, Perturbation, frozenset[str]], ...] = (
    ("a topic dropped", drop_announced, frozenset({"A101"})),
    ("… of a summary", drop_summed_up, frozenset({"A101"})),
    ("two topics swapped", swap_topics, frozenset({"A114"})),
    ("a topic repeated", repeat_topic, frozenset({"A113"})),
    ("topics miscounted", count_topics, frozenset({"A105"})),
    ("two rows swapped", swap_rows, frozenset({"A110"})),
    ("a lecture renumbered", renumber, frozenset({"A108", "A109", "A110"})),
    ("a title repeated", repeat_title, frozenset({"A113"})),
    ("a claim changed", change_claim, frozenset({"A105"})),
    ("a lecture deleted", delete_lecture, frozenset({"A102", "A105", "A108"})),
)


def told(text: str, name: str) -> Counter[tuple[str, str, str, str]]:
    """The findings about the outline of a page, without the lines they stand on."""
    return Counter((each.code, _LINES.sub("", each.message), each.source, each.target) for each in about(text, name))


def about(text: str, name: str) -> list[Finding]:
    """The findings about the outline of a page."""
    course = course_of(name, name, [read_page(text.encode(), name)])
    return [each for each in findings(course) if each.code.startswith("A")]


def report(texts: Mapping[str, str], rounds: int, show: bool) -> Iterator[str]:
    """The lines that say what is found on the pages as they are, and how many of the faults that are put into them.

    In each round each kind of fault is put once into each page that can have it; ``show`` adds what is not found.
    """
    counts = Counter(f"{each.code} {each.severity}" for name, text in texts.items() for each in about(text, name))
    listed = ", ".join(f"{count} {code}" for code, count in sorted(counts.items()))
    yield f"{len(texts)} pages as they are: {counts.total()} findings ({listed})"
    yield f"{'':<24}{'pages':>6}{'faults':>8}{'found':>7}{'recall':>8}"
    for kind, put, codes in KINDS:
        results = list(_results(texts, put, codes, rounds))
        hits = sum(hit for _, _, hit in results)
        pages = len({name for name, _, _ in results})
        yield f"{kind:<24}{pages:>6}{len(results):>8}{hits:>7}{hits / max(1, len(results)):>8.3f}"
        if show:
            yield from (f"    {name}: {what}" for name, what, hit in results if not hit)


def _results(
    pages: Mapping[str, str], put: Perturbation, codes: frozenset[str], rounds: int
) -> Iterator[tuple[str, str, bool]]:
    """For each fault the page, what it is, and whether it is told."""
    for name, text in pages.items():
        before, shape = told(text, name), outline(read_page(text.encode(), name))
        for seed in range(rounds):
            if fault := put(text, shape, random.Random(f"{seed} {name}")):
                new = told(fault.text, name) - before
                yield name, fault.what, any(code in codes for code, *_ in new)
