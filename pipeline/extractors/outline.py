"""A page to its outline: the topics it announces, the lectures it lists, what it claims of its material, its videos."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors.claims import claims
from pipeline.extractors.lectures import lectures
from pipeline.extractors.topics import topics
from pipeline.extractors.videos import videos
from pipeline.model import Outline, Page, Unit
from pipeline.text.markup import plain
from pipeline.text.script import title_of

_HEAD = 160  # characters of a text in the head of a page that may name the course; a longer one is prose


def outline(page: Page) -> Outline:
    """The outline of ``page``; lists are empty where it announces, lists or claims nothing."""
    listed = lectures(page)
    return Outline(
        page.path,
        page.language,
        _title(page),
        _codes(page),
        tuple(topics(page, {lecture.line for lecture in listed})),
        tuple(listed),
        tuple(claims(page)),
        tuple(videos(page)),
    )


def _title(page: Page) -> str:
    """The title in the front matter, else the first heading of the highest level."""
    for block in page.blocks:
        if block.kind == "front matter" and block.key.casefold() == "title":
            return plain(block.text)
    headings = [block for block in page.blocks if block.kind == "heading"]
    return plain(min(headings, key=lambda block: block.level).text) if headings else ""


def _codes(page: Page) -> tuple[str, ...]:
    """The codes of the course itself: those in its title, else in the first text of the page's head that has any."""
    for text in (_title(page), *(block.text for block in _head(page))):
        if codes := title_of(plain(text)).codes:
            return codes
    return ()


def _head(page: Page) -> Iterator[Unit]:
    """The short texts before the second heading of a page; lists and tables are of other things."""
    headings = 0
    for block in page.blocks:
        headings += block.kind == "heading"
        if headings > 1:
            return
        if block.kind == "front matter" and block.key.casefold() not in {"title", "subtitle", "description"}:
            continue
        if block.kind in {"front matter", "heading", "paragraph", "quote"} and len(plain(block.text)) <= _HEAD:
            yield block
