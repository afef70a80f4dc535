"""The tags of a page as a browser gets them: what a translation must leave as it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pyromark
import yaml

from pipeline.extractors.html import BLOCKS
from pipeline.extractors.markdown import OPTIONS
from pipeline.extractors.masking import parsable
from pipeline.extractors.yaml_nodes import compose

_FRONT_MATTER = re.compile(
    r"(?:(?P<yaml>---)[ \t]*\r?\n(?P<lines>.*?)^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(?P<toml>.*?)^\+\+\+)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style)\b.*?(?:</(?P=raw)\s*+>|\Z)"
    r"""|<(/?[a-zA-Z][a-zA-Z0-9:-]*+)(?:\s(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)?/?>""",
    re.DOTALL | re.IGNORECASE,
)
_BLOCKS = frozenset(name.decode() for name in BLOCKS)
_FREE = frozenset(("em", "strong", "del", "br"))  # Chinese has no italics, and lines break elsewhere


def tag_names(text: str, is_html: bool) -> list[str]:
    """The names of the tags of a page in reading order, end tags with ``/``; of Markdown, as CommonMark renders it."""
    if not is_html:
        matter = _FRONT_MATTER.match(text)
        text = pyromark.html(parsable(text[matter.end() :] if matter else text), options=OPTIONS)
    return [name.lower() for _, name in _TAG.findall(text) if name]


def have_same_blocks(before: list[str], after: list[str]) -> bool:
    """Whether two pages have the same block tags in the same order, and between them the same others but for emphasis.

    >>> have_same_blocks(["p", "em", "/em", "a", "/a", "/p"], ["p", "a", "/a", "/p"])
    True
    >>> have_same_blocks(["p", "a", "/a", "/p"], ["p", "/p"])
    False
    """
    return before == after or _blocks(before) == _blocks(after)


def _blocks(names: list[str]) -> list[tuple[str, ...]]:
    blocks: list[tuple[str, ...]] = []
    inline: list[str] = []
    for name in names:
        bare = name.removeprefix("/")
        if bare in _BLOCKS:
            blocks += (tuple(sorted(inline)), (name,))
            inline = []
        elif bare not in _FREE:
            inline.append(name)
    return [*blocks, tuple(sorted(inline))]


Value = tuple[str, str]


def front_matter_values(text: str) -> list[Value] | None:
    """The type and the text of every key and value in the front matter of a page, in order; None where it cannot be read."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return []
    try:
        return list(_yaml_values(match["lines"]) if match["yaml"] else _toml_values(tomllib.loads(match["toml"])))
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _yaml_values(text: str) -> Iterator[Value]:
    seen: set[int] = set()
    queue: list[yaml.Node | None] = [compose(text)]
    while queue:
        node = queue.pop()
        if node is None or id(node) in seen:  # what an alias repeats comes once
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            queue.extend(part for pair in reversed(node.value) for part in reversed(pair))
        elif isinstance(node, yaml.SequenceNode):
            queue.extend(reversed(node.value))
        else:
            yield node.tag, node.value.strip()


def _toml_values(value: object) -> Iterator[Value]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield "key", key
            yield from _toml_values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _toml_values(inner)
    else:
        yield type(value).__name__, str(value)
