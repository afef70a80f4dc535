"""Bilingual handouts in Markdown: each block of a page in both languages, one under the other.

A handout is made from the blocks of its pages, not from their bytes: Liquid, styles and scripts of a site have no place on
paper. Videos become links with their address printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.exporters.base import Material, Output, exporter
from pipeline.exporters.tables import as_markdown
from pipeline.model import Language, Outline, Page, Unit, Video
from pipeline.text.halves import bilingual_halves
from pipeline.text.markup import LIQUID, TAG, WIKILINK

_IMAGE_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(alt|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_BLANKS = re.compile(r"\s*\n\s*")


@exporter("md")
def handout(material: Material) -> Iterator[Output]:
    """One bilingual handout a course: its pages with both languages interleaved, and its lecture table."""
    course = material.course
    parts: list[str] = []
    both = zip(course.pages, course.outlines, strict=True)
    for page, outline in sorted(
        both, key=lambda each: (not each[1].topics, not each[1].lectures)
    ):  # the course page first
        if page.blocks and page.path not in material.left_out:
            parts += ("---", *_page(page, outline, material))
    if course.rows:
        parts += ("---", "## 课程表 · Lectures", as_markdown(material.lecture_table()).rstrip("\n"))
    if parts:
        yield Output("handout.md", ("\n\n".join([f"# {_course_title(material)}", *parts]) + "\n").encode())


def _course_title(material: Material) -> str:
    """The titles that the pages of the course give it, in the order of the handout."""
    titles: dict[str, str] = {}
    for outline in material.course.outlines:
        if outline.title:
            titles.setdefault("en" if outline.language == "en" else "zh", outline.title)
    shown = [titles[language] for language in material.order.split("-") if language in titles]
    return " · ".join(shown) or material.course.name


def _page(page: Page, outline: Outline, material: Material) -> Iterator[str]:
    """The parts of one page in reading order, each a block of Markdown."""
    videos = list(outline.videos)
    blocks = [block for block in page.blocks if block.kind != "attribute"]
    for group, members in groupby(blocks, _group):
        run = list(members)
        yield from _videos_before(videos, run[0].line)
        if group[0] == "cell":
            yield _table(run, page, material)
        elif group[0] == "list item":
            yield "\n".join(_item(block, page, material) for block in run)
        else:
            yield from filter(None, (_block(block, page, material) for block in run))
    yield from _videos_before(videos, page.text.count("\n") + 2)


def _group(block: Unit) -> tuple[str, int]:
    """What stays together: the cells of a table, the items of a list."""
    return (block.kind, block.cell[0] if block.cell else 0) if block.kind in {"cell", "list item"} else ("block", 0)


def _videos_before(videos: list[Video], line: int) -> Iterator[str]:
    while videos and videos[0].line < line:
        video = videos.pop(0)
        yield f"▶ <{video.url}>"


def _both(block: Unit, page: Page, material: Material) -> list[str]:
    """The source and its translation in the order of the handout; one text where there is no translation."""
    source = _shown(block.text)
    translation = material.translation(block)
    if not translation or translation == block.text or bilingual_halves(block.text):
        return [source] if source else []
    texts = [source, _shown(translation)]
    return texts if _comes_first(page.language, material) else texts[::-1]


def _comes_first(language: Language, material: Material) -> bool:
    return (language == "en") == (material.order == "en-zh")


def _shown(text: str) -> str:
    """A text as a handout shows it: images of HTML as those of Markdown, wikilinks as their aliases, no Liquid."""
    text = _IMAGE_TAG.sub(_image, LIQUID.sub("", text))
    text = WIKILINK.sub(lambda match: (match[3] or match[2]).strip(), text)
    return TAG.sub("", text).strip() if TAG.fullmatch(text) else text.strip()


def _image(match: re.Match[str]) -> str:
    attributes = {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(match[0])}
    return f"![{attributes.get('alt', '')}]({attributes['src']})" if attributes.get("src") else ""


def _block(block: Unit, page: Page, material: Material) -> str:
    texts = _both(block, page, material)
    if block.kind == "code":
        return block.text
    if block.kind == "front matter":
        if block.key.casefold() == "title":
            return f"## {' · '.join(texts)}"
        return "\n\n".join([f"**{block.key}:** {texts[0]}", *texts[1:]])
    if block.kind == "heading":
        return f"{'#' * min(block.level + 1, 6)} {' · '.join(_on_one_line(text) for text in texts)}" if texts else ""
    if block.kind in {"quote", "footnote", "definition"}:
        return "\n>\n".join("> " + text.replace("\n", "\n> ") for text in texts)
    return "\n\n".join(texts)


def _on_one_line(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _item(block: Unit, page: Page, material: Material) -> str:
    indent = "  " * max(block.level - 1, 0)
    texts = _both(block, page, material)
    return f"{indent}- " + f"  \n{indent}  ".join(text.replace("\n", f"\n{indent}  ") for text in texts)


def _table(cells: Sequence[Unit], page: Page, material: Material) -> str:
    """The cells of a table as a Markdown table; a cell that spans rows stands in the first of them."""
    texts: dict[tuple[int, int], list[str]] = {}
    for cell in cells:
        if cell.cell:
            texts.setdefault(cell.cell[1:], []).extend(_both(cell, page, material))
    rows = range(min(row for row, _ in texts), max(row for row, _ in texts) + 1)
    columns = range(1, max(column for _, column in texts) + 1)
    lines = [
        "| " + " | ".join(_cell(texts.get((row, column), ())) for column in columns) + " |"
        for row in rows
        if any((row, column) in texts for column in columns)
    ]
    return "\n".join([lines[0], "|" + " --- |" * len(columns), *lines[1:]])


def _cell(texts: Sequence[str]) -> str:
    return "<br>".join(_on_one_line(text).replace("|", "\\|") for text in texts)
