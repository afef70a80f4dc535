"""What else of a page changes with its language: ids of headings that links need, and addresses of the other language."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from pipeline.extractors.links import anchor_of, links, written_anchors
from pipeline.model import Language, Page, Unit
from pipeline.text.markup import plain
from pipeline.text.naming import file_name, translated_name
from pipeline.text.slugs import Dialect, letters_of, slugs

HeadingIds = Literal["keep", "linked", "none"]

_SIGNS: tuple[tuple[Dialect, re.Pattern[str]], ...] = (
    ("hugo", re.compile(r"\A\ufeff?\+\+\+\s*$|\{\{[<%]", re.MULTILINE)),
    (
        "kramdown",
        re.compile(r"\{%-?\s*[a-z]|^\{:|\A\ufeff?---\s*$.*?^(?:layout|permalink):.*?^---", re.MULTILINE | re.DOTALL),
    ),
    ("mkdocs", re.compile(r"^(?:!!!|\?\?\?\+?) [a-z]|^=== \"", re.MULTILINE)),
    ("pandoc", re.compile(r"^#{1,6} .*\{#[^\s{}]+[^{}\n]*\}\s*$", re.MULTILINE)),
)
_NAMED_LANGUAGE = re.compile(r"\.(?:en|zh|cn|ch[st])[\w-]*\.\w", re.IGNORECASE)
_INNER_LINK = re.compile(r"[(<\"'=]#")
_LINK_WITH_ANCHOR = re.compile(r"(?:\]\(|\]:|=)\s*[<\"']?(?![a-z][a-z0-9+.-]*:|//)[^\s#()<>\"']+#", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Adaptation:
    """How a page is fitted to its new language.

    ``heading_ids`` says which translated headings keep the id of their source: all, those that links lead to, or none;
    ``dialect`` None is found from the page, and a page that shows none gets no ids. ``linked`` are the anchors of the page
    that other pages link to. ``links`` are (from, to): an address that begins with one begins with the other instead.
    ``files`` tells which files there are, by paths like that of the page: ``x.en.png`` becomes ``x.zh.png`` where it is one.
    """

    language: Language | None = None
    heading_ids: HeadingIds = "none"
    dialect: Dialect | None = None
    linked: frozenset[str] = frozenset()
    links: tuple[tuple[str, str], ...] = ()
    files: Container[str] = frozenset()


def heading_ids(page: Page, translated: Sequence[Unit], wish: Adaptation) -> Iterator[tuple[Unit, str, Dialect]]:
    """The ids that translated headings must be given: the heading, the id that its source has, and how to write it."""
    wanted = {unit for unit in translated if unit.kind == "heading" and unit.form == "markdown"}
    if (
        wish.heading_ids == "none"
        or not wanted
        or not (wish.heading_ids == "keep" or wish.linked or _INNER_LINK.search(page.text))
    ):
        return
    dialect = wish.dialect or _dialect_of(page.text)
    if dialect is None:
        return
    aimed_at = wish.linked | {anchor for link in links(page.text) if (anchor := anchor_of(link.target))}
    if wish.heading_ids == "linked" and not aimed_at:
        return
    headings = [block for block in page.blocks if block.kind == "heading"]
    ids = dict(zip(headings, slugs((plain(each.text) for each in headings), dialect), strict=True))
    written = written_anchors(page.text)
    counts = Counter(letters_of(plain(each.text)) for each in headings)
    for unit in headings:
        if unit not in wanted:
            continue
        made = ids[unit]
        if wish.heading_ids == "linked" and made not in aimed_at:  # another generator's id of the same words
            same = letters_of(plain(unit.text))
            made = next((each for each in sorted(aimed_at) if letters_of(each) == same and counts[same] == 1), "")
        if made and made not in written:
            yield unit, made, dialect


def _dialect_of(text: str) -> Dialect | None:
    return next((dialect for dialect, sign in _SIGNS if sign.search(text)), None)


def relinked(text: str, page: Page, wish: Adaptation) -> str:
    """``text``, a translated page, with its addresses led to the other language where there is one."""
    if not wish.links and not _NAMED_LANGUAGE.search(text):
        return text
    pieces: list[str] = []
    last = 0
    for link in sorted(links(text)):
        made = _led(link.target, page, wish)
        if made != link.target and link.start >= last:
            pieces += (text[last : link.start], made)
            last = link.end
    return "".join(pieces) + text[last:] if pieces else text


def _led(target: str, page: Page, wish: Adaptation) -> str:
    for before, after in wish.links:
        if target.startswith(before):
            return after + target[len(before) :]
    if wish.language is None or _SCHEME.match(target) or target.startswith(("#", "/")) or "{" in target:
        return target
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    folder, name = posixpath.split(path)
    if file_name(name).language in {None, wish.language}:
        return target
    made = posixpath.join(folder, translated_name(name, wish.language))
    place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(made)))
    return made + target[len(path) :] if place in wish.files else target


def linked_anchors(pages: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """The anchors that pages, given as (path, text), link to in each other, by the path of the page they lead to.

    Language and extension do not count. Of an address of the site (``/notes/lectures/``) only the last part is sure.
    """
    aims: dict[str, set[str]] = {}
    paths = []
    for own, text in pages:
        paths.append(own)
        for link in links(text) if _LINK_WITH_ANCHOR.search(text) else ():
            path, _, anchor = link.target.partition("#")
            if path and anchor and not _SCHEME.match(path):
                aims.setdefault(_aim(own, unquote(path)), set()).add(unquote(anchor))
    found = {path: aims.get(_key(path), set()) | aims.get(_key(posixpath.basename(path)), set()) for path in paths}
    return {path: frozenset(anchors) for path, anchors in found.items() if anchors}


def _aim(own: str, path: str) -> str:
    is_of_site = path.startswith("/") or path.endswith("/") or "." not in posixpath.basename(path)
    return _key(posixpath.basename(path.rstrip("/")) if is_of_site else posixpath.join(posixpath.dirname(own), path))


def _key(path: str) -> str:
    folder, name = posixpath.split(posixpath.normpath(path))
    return posixpath.join(folder, file_name(name).stem) if folder else f"*/{file_name(name).stem}"
