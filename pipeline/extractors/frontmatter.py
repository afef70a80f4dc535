"""Front matter to spans: the values that readers see, by key and by looking like prose; the rest is never touched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.extractors.spans import Form, Span
from pipeline.text.foreign import known
from pipeline.text.lazily import lazily
from pipeline.text.markup import URL, is_message
from pipeline.text.said import said, words_of

if TYPE_CHECKING:
    import yaml  # at run time only for pages that have YAML: it takes 12 ms, a tenth of the start of a command

_FENCED = re.compile(rb"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(rb"\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)

PROSE_KEYS = frozenset(
    "title subtitle description summary excerpt abstract tagline headline lead intro caption alt venue location subject "
    "prereq prerequisites coreq corequisites nav_title short_title linktitle sidebar_label label question answer "
    "message notice instructor_note".split()
)
SKIPPED_KEYS = frozenset(
    "tags tag categories category keywords author authors name slug id uid url permalink link links href src path file "
    "image images img cover thumbnail avatar icon logo layout template collection status date ctime mtime mstime "
    "lang language locale version weight order parent redirect_from redirect_to aliases css js class style script "
    "scripts comments email github twitter license draft published public_date kind format theme toc".split()
)
_IDENTIFIER = re.compile(r"[\w.+-]++(?:[/\\:#@?=&][\w.+/\\:#@?=&%-]*+)?")
_HAN = lazily(r"[\u3400-\u9fff]")


class KeyChoice(NamedTuple):
    """Which front matter keys are translated: ``wanted`` and ``skipped`` names go before the defaults."""

    wanted: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()


class FrontMatter(NamedTuple):
    """The front matter of a page: where it ends, its spans, and what is wrong with it (byte offset, message), if anything."""

    end: int
    spans: tuple[Span, ...] = ()
    fault: tuple[int, str] | None = None


def front_matter(source: bytes, choice: KeyChoice) -> FrontMatter:
    """What the front matter of ``source`` holds; ``end`` is 0 where there is none."""
    if source.startswith(b"+++") and (match := _TOML.match(source)):
        return _toml(match, choice)
    match = _FENCED.match(source) if source.startswith(b"---") else None
    if not match:
        return FrontMatter(0)
    if not match[1].strip():
        return FrontMatter(match.end())
    return _yaml(match, choice)


def _yaml(match: re.Match[bytes], choice: KeyChoice) -> FrontMatter:
    import yaml

    from pipeline.extractors.yaml_nodes import compose

    start = match.start(1)
    text = match[1].decode("utf-8", "replace")
    try:
        root = compose(text)
    except yaml.YAMLError as error:
        return FrontMatter(match.end(), fault=_fault(error, text, start))
    to_byte = _byte_offsets(text, start)
    spans = tuple(span for node, key in _scalars(root, choice) if (span := _span(node, key, text, to_byte)))
    return FrontMatter(match.end(), tuple(sorted(spans)))


_TOML_STRING = lazily(
    rb"""^[ \t]*(?P<key>[\w-]+(?:\.[\w-]+)*|"[^"\n]+")[ \t]*=[ \t]*"""
    rb"""(?:"(?P<basic>(?:[^"\\\n]|\\.)+)"(?!")|'(?P<literal>[^'\n]+)'(?!'))""",
    re.MULTILINE,
)


def _toml(match: re.Match[bytes], choice: KeyChoice) -> FrontMatter:
    """TOML front matter: strings of one line; those of several lines and of arrays stay as they are."""
    text = match[1].decode("utf-8", "replace")
    try:
        _demand_toml(text)
    except (ValueError, RecursionError) as error:  # of a number of 5,000 digits Python says that in its own words
        line = re.search(r"line (\d+)", str(error))
        start = match.start(1) + sum(map(len, match[1].splitlines(keepends=True)[: int(line[1]) - 1 if line else 0]))
        return FrontMatter(
            match.end(), fault=(start, said("the TOML front matter is broken: {why}", why=words_of(error)))
        )
    spans = []
    for found in _TOML_STRING.finditer(match[1]):
        form: Form = "toml basic" if found["basic"] else "toml literal"
        first, last = found.span(form.removeprefix("toml "))
        raw, key = match[1][first:last].decode(), found["key"].decode().strip('"').rpartition(".")[2]
        value = _basic_value(raw) if form == "toml basic" else raw
        if value is not None and _is_wanted(key, value, choice):
            start = match.start(1)
            spans.append(Span(start + first, start + last, "front matter", form, key=key, text=value))
    return FrontMatter(match.end(), tuple(spans))


def _demand_toml(text: str) -> None:
    import tomllib  # few pages have TOML, and what reads it has many regular expressions

    from pipeline.extractors.yaml_nodes import MOST_CHARACTERS

    if len(text) > MOST_CHARACTERS:
        raise ValueError(
            said("it has {number:,} characters (at most {most:,} are read)", number=len(text), most=MOST_CHARACTERS)
        )
    tomllib.loads(text)


def _basic_value(raw: str) -> str | None:
    """What a basic string of TOML says; None where it is none, but a line of a string of several lines."""
    import tomllib  # as above

    try:
        value: str = tomllib.loads(f'v = "{raw}"')["v"]
    except tomllib.TOMLDecodeError:
        return None
    return value


def _fault(error: yaml.YAMLError, text: str, start: int) -> tuple[int, str]:
    mark = getattr(error, "context_mark", None) or getattr(
        error, "problem_mark", None
    )  # a quote is mended where it opens
    index = min(mark.index, len(text)) if mark else getattr(error, "position", 0)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or said("cannot be read")
    return start + len(text[:index].encode()), said("the YAML front matter is broken: {why}", why=known(problem))


def _byte_offsets(text: str, start: int) -> Any:
    """A function from code points in ``text`` to byte offsets in the page."""
    if text.isascii():
        return lambda index: start + index
    return lambda index: start + len(text[:index].encode())


def _scalars(root: Any, choice: KeyChoice) -> Iterator[tuple[Any, str]]:
    """The string nodes to translate with their keys; a node that aliases repeat comes once."""
    import yaml

    seen: set[int] = set()
    queue: list[tuple[Any, str]] = [(root, "")]
    while queue:
        node, key = queue.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            queue.extend(
                (value, str(name.value)) for name, value in reversed(node.value) if isinstance(name, yaml.ScalarNode)
            )
        elif isinstance(node, yaml.SequenceNode):
            queue.extend((value, key) for value in reversed(node.value))
        elif (
            isinstance(node, yaml.ScalarNode)
            and node.tag == "tag:yaml.org,2002:str"
            and _is_wanted(key, node.value, choice)
        ):
            yield node, key


def _is_wanted(key: str, value: str, choice: KeyChoice) -> bool:
    name = key.casefold()
    if name in choice.skipped:
        return False
    if name not in choice.wanted:
        if name in SKIPPED_KEYS or name.endswith(("_url", "_id", "_date", "_path", "_class")):
            return False
        if name not in PROSE_KEYS and not _looks_like_prose(value):
            return False
    return is_message(value)  # last: it takes longest


def _looks_like_prose(value: str) -> bool:
    """Words with blanks between them, or Han characters: no identifier, path, address or date."""
    if _HAN.search(value):
        return True
    if URL.match(value) or _IDENTIFIER.fullmatch(value):
        return False
    return len(re.findall(r"[^\W\d_]{2,}", value)) >= 2 and " " in value.strip()


_FORMS: dict[str | None, Form] = {
    None: "yaml plain", "": "yaml plain", "'": "yaml single", '"': "yaml double", "|": "yaml literal", ">": "yaml folded",
}  # fmt: skip


def _span(node: Any, key: str, text: str, to_byte: Any) -> Span | None:
    """The span of one scalar: inside its quotes, or the lines of a block scalar without their first indentation."""
    form = _FORMS[node.style]
    first, last = node.start_mark.index, node.end_mark.index
    value = node.value
    if form in {"yaml single", "yaml double"}:
        first, last = first + 1, last - 1
    elif form in {"yaml literal", "yaml folded"}:
        lines = text.index("\n", first) + 1
        first = lines + len(text[lines:last]) - len(text[lines:last].lstrip())
        last = first + len(text[first:last].rstrip())
        value = value.strip()
    if first >= last:
        return None
    return Span(to_byte(first), to_byte(last), "front matter", form, key=key, text=value)
