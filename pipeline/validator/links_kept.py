"""Rules on links in messages: they lead where those of the source lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice

from pipeline.model import Severity
from pipeline.text.lazily import lazily
from pipeline.text.markup import WIKILINK
from pipeline.text.script import has_han
from pipeline.validator.markup_parts import (
    Difference,
    Piece,
    blank,
    nearest_difference,
    remarks_on,
    without_codes,
)
from pipeline.validator.messages import Remark, Translation, message_rule

_TARGET = r"(?:<[^<>\n]*+>|(?:[^\s()\\]++|\\.|\((?:[^\s()\\]++|\\.)*+\))*+)"
_TITLE = r"""(?:\s++(?:"[^"]*+"|'[^']*+'|“[^”]*+”|\([^()]*+\)))?+"""
_LINK_END = re.compile(rf"\]\(\s*+(?P<target>{_TARGET}){_TITLE}\s*+\)|\]\[(?P<label>[^\[\]\n]++)\]")
_HTML_TARGET = re.compile(r"""<[a-zA-Z][^<>]*?\s(?:href|src)\s*+=\s*+(?P<target>"[^"]*+"|'[^']*+'|[^\s"'<>]++)""")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]++\]:\s*+(?P<target>\S++)", re.MULTILINE)
_RST_TARGET = re.compile(r"`[^`<>]*+<(?P<target>[^<>`]++)>`__?(?!\w)")
_IMAGE_START = re.compile(r"!\[(?:[^\[\]\\]|\\.){0,400}\Z")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]++\](?!:)|(?<!\w)\[#?\w*+\]_(?!\w)")
_LOCALE = re.compile(
    r"(?<=[/._=-])(?:en|zh|cn|tw|english|chinese)(?:[-_](?:us|gb|cn|tw|hk|hans|hant)){0,2}(?=[/._?&#-]|\Z)"
    r"|(?<=//)(?:en|zh|zh-cn|cn|www)\."
)
_SLASHES, _END_OF_PATH = re.compile(r"(?<!:)//+"), re.compile(r"/(?:index\.html?)?\Z")
_ALIKE = 0.75
_MOST_LOOKED_FOR = 500


def _normal(target: str) -> str:
    """A target as two languages share it: without what names a language, http as https, no slash at the end."""
    target = target.strip("<>\"' ").replace("&amp;", "&")
    if target.startswith(("http", "//", "HTTP")):
        target = re.sub(r"^https?:", "", target, flags=re.IGNORECASE)
    return _END_OF_PATH.sub("", _SLASHES.sub("/", _LOCALE.sub("", target.lower())))


def _links(text: str) -> list[Piece]:
    """The links, images and definitions of a text by where they lead; the label of a reference is one that is defined."""
    found = []
    if "](" in text or "][" in text:
        text_shown = without_codes(text)
        for match in _LINK_END.finditer(text_shown):
            if match["label"] is not None:
                found.append(Piece(f"[{match['label'].casefold()}]", match[0][1:], match.start() + 1, match.end()))
                continue
            before = text_shown[max(0, match.start() - 402) : match.start()]
            mark = "!" if _IMAGE_START.search(before) else ""
            found.append(Piece(mark + _normal(match["target"]), match["target"], *match.span("target")))
    for sign, pattern in (("href", _HTML_TARGET), ("src", _HTML_TARGET), ("]:", _DEFINITION), (">`_", _RST_TARGET)):
        if sign in text and (sign != "src" or "href" not in text):
            shown = text if pattern is _RST_TARGET else without_codes(text)
            for match in pattern.finditer(shown):
                found.append(Piece(_normal(match["target"]), match["target"], *match.span("target")))
    return found


@message_rule("M114", "link-changed", "error")
def link_changed(translation: Translation) -> Iterator[Remark]:
    """A translation has the links and images of its source, leading to the same places or to the same in its language."""
    if _may_link(translation.source) or _may_link(translation.target):
        changed = nearest_difference(translation, _links)
        if len(changed.lost) != len(changed.added):
            yield from remarks_on(changed, "the link to {pieces}")
        elif changed.lost:
            yield from remarks_on(changed, "the link to {pieces}", _doubt(changed))


def _may_link(text: str) -> bool:
    return "](" in text or "][" in text or "href" in text or "src" in text or "]:" in text or ">`_" in text


def _doubt(changed: Difference) -> Severity | None:
    """How sure it is that a target was not changed on purpose, for a page in the other language."""
    for lost, added in zip(changed.lost, changed.added, strict=True):
        if lost.key[:1] == "!" != added.key[:1]:
            return None
        if lost.text.startswith("["):
            return "warning"
        if has_han(added.text) and not has_han(lost.text):
            continue
        ratio = SequenceMatcher(None, lost.key[-200:], added.key[-200:], autojunk=False).ratio()
        if ratio >= _ALIKE or not added.text or "//" not in lost.text:
            return "warning"
    return "info"


def _footnotes(text: str) -> list[Piece]:
    return _keyed(_FOOTNOTE, text) if "[^" in text or "]_" in text else []


def _keyed(pattern: re.Pattern[str], text: str) -> list[Piece]:
    return [Piece(match[0], match[0], *match.span()) for match in pattern.finditer(without_codes(text))]


def _wikilinks(text: str) -> list[Piece]:
    if "[[" not in text:
        return []
    matches = WIKILINK.finditer(without_codes(text))
    return [Piece(match[1] + match[2].strip(), match[0], *match.span()) for match in matches]


@message_rule("M118", "footnote-changed", "error")
def footnote_changed(translation: Translation) -> Iterator[Remark]:
    """A translation has the footnote marks and the wikilinks of its source."""
    source, target = translation.source, translation.target
    if "[^" in source or "[^" in target or "]_" in source:
        yield from remarks_on(nearest_difference(translation, _footnotes), "the footnote mark {pieces}")
    if "[[" in source or "[[" in target:
        yield from remarks_on(nearest_difference(translation, _wikilinks), "the wikilink {pieces}")


_URL = re.compile(
    r"(?:https?|ftp)://[A-Za-z0-9][^\s<>\[\]\"'`，。；、（）《》】【：！？“”|\\{}]*+|(?<![\w/@.])www\.[\w.-]+\.\w+[^\s<>\[\]\"'`，。；、（）《》】【：！？“”|\\{}]*+"
)
_MAIL = re.compile(r"(?<![\w.+/@-])[A-Za-z0-9][\w.+-]{0,63}+@(?:[A-Za-z0-9-]{1,63}+\.)++[A-Za-z]{2,}+")
_PATH = re.compile(
    r"(?<![\w/.:@~<(\[-])(?:~?/|\.{1,2}/)?+(?:[A-Za-z0-9_.-]{1,80}+/)++[A-Za-z0-9_-]{1,80}+\.[A-Za-z]\w{0,4}+(?![\w/])",
    re.ASCII,
)
_END = lazily(r"[.,;:!?'*_)~]+\Z|(?=[\u3000-\u9fff]).*", re.DOTALL)
_LINK_TARGET = re.compile(rf"(?<=\])\({_TARGET}{_TITLE}\s*+\)")


def _addresses(text: str) -> list[Piece]:
    """The URLs, e-mail addresses and paths in prose; those of links belong to the links."""
    found = []
    if "://" in text or "www." in text:
        shown = without_codes(text)
        shown = _HTML_TARGET.sub(blank, _LINK_TARGET.sub(blank, shown)) if "](" in text or "=" in text else shown
        shown = _RST_TARGET.sub(blank, shown) if ">`_" in text else shown
        shown = _DEFINITION.sub(blank, shown) if "]:" in text else shown
        for match in _URL.finditer(shown):
            url = _END.sub("", match[0]) if "(" not in match[0] else match[0].rstrip(".,;:")
            url = url[:-1] if url.endswith(")") and url.count("(") < url.count(")") else url
            found.append(Piece(_normal(url), url, match.start(), match.start() + len(url)))
    if "/" in text and "." in text:
        shown = _URL.sub(blank, _LINK_TARGET.sub(blank, without_codes(text)))
        found += [Piece(match[0].strip("_").lower(), match[0], *match.span()) for match in _PATH.finditer(shown)]
    if "@" in text:
        shown = without_codes(text)
        found += [Piece(match[0].lower(), match[0], *match.span()) for match in _MAIL.finditer(shown)]
    return found


def _unsaid(pieces: list[Piece], text: str) -> list[Piece]:
    """The pieces that a text says nowhere; beyond so many, which no person wrote, none is looked for."""
    said = {key for key in islice(dict.fromkeys(each.key for each in pieces), _MOST_LOOKED_FOR) if key in text}
    return [each for each in pieces if each.key not in said]


@message_rule("M115", "address-changed", "warning")
def address_changed(translation: Translation) -> Iterator[Remark]:
    """A translation has the URLs, e-mail addresses and paths of files that the prose of its source has."""
    source, target = translation.source, translation.target
    if source == target:
        return
    if (
        "://" in source
        or "@" in source
        or "www." in source
        or "://" in target
        or ("/" in source and "." in source and _PATH.search(source))
    ):
        changed = nearest_difference(translation, _addresses)
        asked, said = source.lower(), target.lower()
        changed = Difference(_unsaid(changed.lost, said), _unsaid(changed.added, asked))
        if not changed.lost and {each.key for each in changed.added} <= {link.key for link in _links(source)}:
            return
        has_links = "](" in target and "](" not in source
        severity: Severity | None = "info" if has_links or not changed.lost else None
        yield from remarks_on(changed, "the address {pieces}", severity)
