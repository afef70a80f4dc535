"""Rules on front matter: a page beside its translation, and a page beside the others of its course."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Page, Severity
from pipeline.text.lazily import lazily
from pipeline.text.said import said
from pipeline.text.script import title_of
from pipeline.text.series import listed
from pipeline.validator.base import Found, rule
from pipeline.validator.page_pairs import PagePair, pair_rule

_MATTER = re.compile(
    r"\ufeff?(?:---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(?P<toml>.*?)^\+\+\+)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_TOML_KEY = r"^[ \t]*\[?\[?[\"']?{}[\"']?[ \t]*(?:=|\]|\.)"
# What only a translation has, or has otherwise: it says in which language, by whom, of what.
_OF_TRANSLATIONS = lazily(
    r"lang|language|locale|i18n|hreflang|translat\w*|source\w*|original\w*|upstream\w*|reviewe[rd]\w*|proofread\w*|commit|sha"
    r"|hash|ref|alternate\w*|slug|permalink|url|path|aliases|redirect_\w+|last_?mod\w*|mod\w*|update\w*|ctime|mtime|mstime|hl",
    re.IGNORECASE,
)
_SAME_TYPES = frozenset({"int", "float", "bool", "timestamp"})
_SAME_KEYS = re.compile(
    r"(?:\w+[_-])?(?:id|uid|code|codes|number|no|date|weight|order|layout|template|video|youtube|bilibili)"
)
_FEWEST = 4  # pages of a course whose front matter tells what is usual
_USUAL = 0.75  # of the other pages have a key that a page is missed in


class Key(NamedTuple):
    """A key of a front matter: its line, the type of its value and the value, empty where it is no scalar."""

    line: int
    type: str
    value: str


@lru_cache(maxsize=4)
def _keys(page: Page) -> Mapping[str, Key] | None:
    """The keys at the top of a front matter; None where it cannot be read."""
    match = _MATTER.match(page.text)
    if match is None:
        return {}
    from yaml import YAMLError  # 10 ms, which catalogs need not

    try:
        return _yaml_keys(match["yaml"]) if match["yaml"] is not None else _toml_keys(match["toml"])
    except (YAMLError, ValueError, RecursionError):
        return None


def _yaml_keys(text: str) -> Mapping[str, Key] | None:
    from yaml import MappingNode, ScalarNode

    from pipeline.extractors.yaml_nodes import compose

    root = compose(text)
    if root is None:
        return {}
    if not isinstance(root, MappingNode):
        return None
    found = {}
    for name, value in root.value:
        if isinstance(name, ScalarNode):
            said = value.value if isinstance(value, ScalarNode) else ""
            found[str(name.value)] = Key(name.start_mark.line + 2, value.tag.rpartition(":")[2], said.strip())
    return found


def _toml_keys(text: str) -> Mapping[str, Key]:
    if len(text) > 65536:
        raise ValueError("longer than any front matter")
    found = {}
    for name, value in tomllib.loads(text).items():
        place = re.search(_TOML_KEY.format(re.escape(name)), text, re.MULTILINE)
        line = text.count("\n", 0, place.start()) + 2 if place else 1
        is_scalar = not isinstance(value, dict | list)
        kind = "timestamp" if is_scalar and "date" in type(value).__name__ else type(value).__name__
        found[name] = Key(line, kind, str(value).strip() if is_scalar else "")
    return found


@pair_rule("P216", "front-matter-key-missing", "warning")
def front_matter_key_missing(pair: PagePair) -> Iterator[Found]:
    """The front matter of a translation has the keys of its source."""
    ours, theirs = _keys(pair.source), _keys(pair.translated)
    if not ours or theirs is None:
        return
    page = pair.translated.path
    if not theirs:
        message = said("has no front matter, {page} has {keys}", page=pair.source.path, keys=listed(ours))
        yield Found(page, 1, message, fix="copy it, and translate its title", severity="info")
        return
    for name, key in ours.items():
        if name not in theirs and not _OF_TRANSLATIONS.fullmatch(name):
            severity: Severity = "warning" if key.value or key.type in {"map", "seq", "dict", "list"} else "info"
            message = said("lacks the key “{name}” of {place}", name=name, place=pair.place(0, key.line))
            fix = said("add it, or take it out of {page}", page=pair.source.path)
            yield Found(page, 1, message, source=f"{name}: {key.value}".strip(), fix=fix, severity=severity)
    for name, key in theirs.items():
        if name not in ours and not _OF_TRANSLATIONS.fullmatch(name):
            message = said("the key “{name}” is not in {page}", name=name, page=pair.source.path)
            yield Found(
                page, key.line, message, target=f"{name}: {key.value}".strip(), fix="add it there too", severity="info"
            )


@pair_rule("P217", "front-matter-differs", "warning")
def front_matter_differs(pair: PagePair) -> Iterator[Found]:
    """Numbers, dates, ids and course codes of a front matter are the same in both languages."""
    ours, theirs = _keys(pair.source) or {}, _keys(pair.translated) or {}
    for name, key in ours.items():
        other = theirs.get(name)
        if (
            other is None
            or key.value == other.value
            or _OF_TRANSLATIONS.fullmatch(name)
            or not (key.value and other.value)
        ):
            continue
        is_same = key.type == other.type and key.type in _SAME_TYPES
        codes = title_of(key.value).codes, title_of(other.value).codes
        if not (is_same or _SAME_KEYS.fullmatch(name.casefold()) or (all(codes) and set(codes[0]) != set(codes[1]))):
            continue
        message = said(
            "the key “{name}” is {here}, at {place} it is {there}",
            name=name, here=other.value, place=pair.place(0, key.line), there=key.value,
        )  # fmt: skip
        fix = said("correct one of the two")
        severity: Severity = "info" if "date" in name.casefold() or key.type == "bool" else "warning"
        texts = f"{name}: {key.value}", f"{name}: {other.value}"
        yield Found(pair.translated.path, other.line, message, 1, *texts, fix, severity)


@dataclass(frozen=True, eq=False)
class PagesOfCourse:
    """The pages of a course, for what they have in common."""

    pages: tuple[Page, ...]


@rule("P104", "front-matter-key", "info")
def front_matter_key(course: PagesOfCourse) -> Iterator[Found]:
    """A page has the front matter keys that the other pages of its course have."""
    read = [(page, keys) for page in course.pages if (keys := _keys(page))]
    if len(read) < _FEWEST:
        return
    counts = Counter(name for _, keys in read for name in keys)
    for page, keys in read:
        for name, count in counts.items():
            others = len(read) - 1
            if name not in keys and count >= _USUAL * others and not _OF_TRANSLATIONS.fullmatch(name):
                message = said(
                    "lacks the key “{name}”, which {count} of the {others} other pages of the course have",
                    name=name, count=count, others=others,
                )  # fmt: skip
                yield Found(page.path, 1, message, fix="add it, or accept that this page has none")
