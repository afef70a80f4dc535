"""Rules about where links lead: to anchors of the page itself, and to files beside it."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from pipeline.extractors.links import Link, anchor_of, links, written_anchors
from pipeline.model import Page
from pipeline.text.markup import plain, without_code
from pipeline.text.said import said
from pipeline.text.slugs import letters_of, without_emoji_codes
from pipeline.text.suggestion import did_you_mean
from pipeline.validator.base import Found, rule

# What a site puts in from elsewhere may hold any anchor.
_INCLUDED = re.compile(
    r"\{%-?\s*(?:include|render|capture|for|extends|block|import)\b|\{\{[<%]\s*(?:include|read|snippet|partial|import|embed)"
    r"|\{\{\s*(?:content|toc)\b|^import\s.+\sfrom\s|--8<--|\{!.+!\}",
    re.MULTILINE,
)
_SCRIPTED = re.compile(r"<script\b|<!--\s*#include", re.IGNORECASE)
_MADE_BY_SITES = re.compile(
    r"top|readme|(?:user-content-)?fn.*|L\d+(?:-L\d+)?|_\d+|section(?:-\d+)?|[/!:].*", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+$")
_LEADING_NUMBER = re.compile(r"^\d+")
_FILE = re.compile(r"[^/.][^/]*\.[a-zA-Z][a-zA-Z0-9]{1,9}\Z")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|/|\\|#|\?|$", re.IGNORECASE)
_MADE_BY_LIQUID = re.compile(r"[{}$<>*]|%7B", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageInTree:
    """A page with the files around it: ``files`` tells which there are, by paths like that of the page."""

    page: Page
    files: Container[str]


@rule("L103", "broken-anchor", "warning")
def broken_anchor(page: Page) -> Iterator[Found]:
    """Every link inside a page leads to a heading or an id of that page."""
    aimed = [(link, anchor) for link in links(page.text) if (anchor := unescape(anchor_of(link.target)))]
    if not aimed or _SCRIPTED.search(page.text) or _INCLUDED.search(without_code(page.text)):
        return
    anchors = _Anchors(page)
    for link, anchor in aimed:
        if not anchors.hold(anchor):
            meant = did_you_mean(anchor, sorted(anchors.written | anchors.likely))
            message = said("nothing on this page has the id “{anchor}”", anchor=anchor)
            yield _found(page, link, message, meant or said("name an id or a heading of the page"))


class _Anchors:
    """What links of a page can lead to; ``likely`` are the ids that most generators make of its headings."""

    def __init__(self, page: Page) -> None:
        self.written = written_anchors(page.text)
        self.folded = frozenset(each.casefold() for each in self.written)
        texts = [form for block in page.blocks if block.kind == "heading" for form in _forms(block.text)]
        self.likely = frozenset("-".join(re.findall(r"\w+", text.lower())) for text in texts)
        self.headings = Counter(letters_of(text) for text in texts)
        self.unnumbered = frozenset(_LEADING_NUMBER.sub("", letters) for letters in self.headings)

    def hold(self, anchor: str) -> bool:
        """Whether a link to ``anchor`` leads somewhere, by the rules of any generator."""
        if anchor.casefold() in self.folded or _MADE_BY_SITES.fullmatch(anchor) or _MADE_BY_LIQUID.search(anchor):
            return True
        letters = letters_of(anchor)
        if not letters or letters in self.headings or letters in self.unnumbered:
            return True
        return self.headings[_NUMBER.sub("", letters)] > 1  # the second heading of that text


def _forms(text: str) -> Iterator[str]:
    """What a generator may take for the text of a heading."""
    shown = plain(text)
    yield from dict.fromkeys((shown, without_emoji_codes(shown), text))


@rule("L104", "broken-link", "warning")
def broken_link(subject: PageInTree) -> Iterator[Found]:
    """Every file that a page links to or shows is there."""
    fix = said("mend the link, or add the file")
    for link, place in linked_files(subject.page):
        if not is_there(place, subject.files):
            yield _found(subject.page, link, said("there is no file {place}", place=place), fix)


def linked_files(page: Page) -> Iterator[tuple[Link, str]]:
    """The links of a page to files beside it, with the path of each, relative to where the path of the page is.

    An address without an extension is one of the site, which need not be called like its file.
    """
    for link in links(page.text):
        target = unescape(link.target)
        if _OUTSIDE.match(target) or _MADE_BY_LIQUID.search(target) or target.startswith("www."):
            continue
        path = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
        place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        if _FILE.search(path) and not place.startswith(".."):
            yield link, place


def is_there(place: str, files: Container[str]) -> bool:
    """Whether there is the file at ``place``, or one that a site makes it of."""
    return any(each in files for each in _sources(place))


def _sources(place: str) -> Iterator[str]:
    """The files that a site may make the file at ``place`` of."""
    yield place
    stem, extension = posixpath.splitext(place)
    if extension in {".html", ".htm"}:
        for source in (".md", ".markdown", ".ipynb", ".rst", ".Rmd", ".qmd"):
            yield stem + source


def _found(page: Page, link: Link, message: str, fix: str) -> Found:
    start = link.start
    line, column = page.text.count("\n", 0, start) + 1, start - page.text.rfind("\n", 0, start)
    return Found(page.path, line, message, column, source=link.target, fix=fix)
