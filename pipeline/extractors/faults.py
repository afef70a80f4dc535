"""What a translation would break in its page: markup that it adds or has lost, compared with its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping
from typing import TYPE_CHECKING, NamedTuple

import pyromark

from pipeline.extractors.markdown import OPTIONS
from pipeline.text.markup import COMMENT, LIQUID, WIKILINK, tags, unescaped
from pipeline.text.said import said

if TYPE_CHECKING:
    from pyromark.event import BrokenLink

_TEXT_ATTRIBUTE = re.compile(
    r"""\s(alt|title|placeholder|aria-label|href|src)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)
_SCHEME = re.compile(
    r"(?:\]\(\s*<?|\]:\s*<?|=\s*[\"']?\s*|<|\\(?:href|url)\s*\{\s*)([a-z][a-z0-9+.-]*):",  # TeX has links too
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")
_ANY_MARKUP = re.compile(r"[<\[\]{}`]")
_LIQUID_START = re.compile(r"\{[{%]")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\](?!:)")
_SHOWN = re.compile(r"<(?:(a)\b[^>]*?href=\"([^\"]*)\"|(img)\b[^>]*?src=\"([^\"]*)\"|(code)>(.*?)</code>)", re.DOTALL)
Telling = Callable[[str], str]
_ADDED: Mapping[str, Telling] = {
    "a": lambda shown: said("it adds a link: {shown}", shown=shown),
    "img": lambda shown: said("it adds an image: {shown}", shown=shown),
    "code": lambda shown: said("it adds a code span: {shown}", shown=shown),
}
_LOST: Mapping[str, Telling] = {
    "a": lambda shown: said("it has lost a link: {shown}", shown=shown),
    "img": lambda shown: said("it has lost an image: {shown}", shown=shown),
    "code": lambda shown: said("it has lost a code span: {shown}", shown=shown),
}

Labels = Container[str]  # of the links that a page defines, in lower case


def translation_fault(source: str, target: str, form: str = "markdown", labels: Labels = frozenset()) -> str:
    """What in ``target`` would break the page that ``source`` stands in, in words; empty where nothing does.

    Tags, comments, Liquid, wikilinks and footnote marks stay as they are, in any order; of links, images and code spans
    there are as many as before. Emphasis, addresses and the texts in tags (alt, title …) may change, but not to another
    URL scheme. ``form`` is that of the unit, ``labels`` are those that the page defines links for.
    """
    if not _ANY_MARKUP.search(target) and not _ANY_MARKUP.search(source):
        return ""
    for marks, added, lost in _MARKS:
        if differing := _difference(marks(source), marks(target)):
            return added(differing.mark) if differing.is_added else lost(differing.mark)
    if len(_LIQUID_START.findall(source)) != len(_LIQUID_START.findall(target)):
        return _liquid_differs("")
    if schemes := _schemes(target) - _schemes(source):
        return said("it adds the URL scheme {scheme}:", scheme=min(schemes))
    return _shown_fault(source, target, labels) if form in {"markdown", "cell"} else ""


def _frames(text: str) -> list[str]:
    """The tags of a text without what a translator may change in them."""
    return [_BLANKS.sub(" ", _TEXT_ATTRIBUTE.sub(r" \1", tag)) for tag in tags(text)]


def _comments(text: str) -> list[str]:
    return COMMENT.findall(text) + ["<!--"] * (text.count("<!--") - len(COMMENT.findall(text))) if "<!" in text else []


def _wikilinks(text: str) -> list[str]:
    return [f"{mark}[[{target.strip()}" for mark, target, _ in WIKILINK.findall(text)] if "[[" in text else []


def _liquid_differs(_mark: str) -> str:
    return said("its Liquid differs")


# What finds the marks of a text, and what is said of one that a translation adds or has lost.
_MARKS: tuple[tuple[Callable[[str], list[str]], Telling, Telling], ...] = (
    (
        _frames,
        lambda mark: said("it adds {mark}", mark=mark),
        lambda mark: said("it has lost {mark}", mark=mark),
    ),
    (
        _comments,
        lambda mark: said("it adds the comment {mark}", mark=mark),
        lambda mark: said("it has lost the comment {mark}", mark=mark),
    ),
    (LIQUID.findall, _liquid_differs, _liquid_differs),
    (
        _wikilinks,
        lambda mark: said("it adds the wikilink {mark}", mark=mark),
        lambda mark: said("it has lost the wikilink {mark}", mark=mark),
    ),
    (
        _FOOTNOTE.findall,
        lambda mark: said("it adds the footnote mark {mark}", mark=mark),
        lambda mark: said("it has lost the footnote mark {mark}", mark=mark),
    ),
)


class _Differing(NamedTuple):
    mark: str
    is_added: bool


def _difference(before: list[str], after: list[str]) -> _Differing | None:
    """The first mark that only one of the two has; what is added goes before what is lost."""
    if before == after or sorted(before) == sorted(after):
        return None
    had, has = Counter(before), Counter(after)
    added, lost = list((has - had).elements()), list((had - has).elements())
    return _Differing(added[0], True) if added else _Differing(lost[0], False)


def _schemes(text: str) -> set[str]:
    """The URL schemes of links, formulas and attributes; http and https count as one."""
    return {scheme.lower().replace("https", "http") for scheme in _SCHEME.findall(text)}


def _shown_fault(source: str, target: str, labels: Labels) -> str:
    """The link, image or code span that a reader would see in one of the two and not in the other."""
    if not any(mark in text for text in (source, target) for mark in ("[", "`", "<")):
        return ""
    before, after = _shown(source, labels), _shown(target, labels)
    for name in _ADDED:
        if len(before[name]) == len(after[name]):
            continue
        had, has = Counter(before[name]), Counter(after[name])
        telling, differing = (_ADDED, has - had) if has.total() > had.total() else (_LOST, had - has)
        return telling[name](unescaped(min(differing.elements())))
    return ""


def _shown(text: str, labels: Labels) -> dict[str, list[str]]:
    """The targets of the links and images of a text, and its code spans, as Markdown renders it."""

    def defined(link: BrokenLink) -> tuple[str, str] | None:
        return (link["reference"], "") if link["reference"].casefold() in labels else None

    line = "x " + text.replace("\n", " ")  # no text begins a block here
    rendered = pyromark.html(line, options=OPTIONS, broken_link_callback=defined if labels else None)
    found: dict[str, list[str]] = {name: [] for name in _ADDED}
    for match in _SHOWN.finditer(rendered):
        name = match[1] or match[3] or match[5]
        found[name].append(match[match.lastindex or 0])
    return found
