"""Whom a handout names: the authors, sources and licences that the front matter of its pages gives, and its translators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from pipeline.exporters.addresses import safe_url
from pipeline.exporters.base import Material
from pipeline.exporters.handout_words import word_in_both
from pipeline.extractors.yaml_nodes import compose
from pipeline.model import Language, Page
from pipeline.text.printable import excerpt

Role = Literal["author", "source", "licence", "translator"]

_ROLES: Mapping[str, Role] = {
    "author": "author", "authors": "author", "instructor": "author", "instructors": "author", "teacher": "author",
    "source": "source", "source_url": "source", "original": "source", "original_url": "source",
    "canonical": "source", "canonical_url": "source",
    "licence": "licence", "license": "licence", "copyright": "licence", "rights": "licence",
}  # fmt: skip
_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_WANTED = re.compile(rf"^(?:{'|'.join(_ROLES)})[ \t]*:", re.MULTILINE | re.IGNORECASE)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Credit:
    """Somebody or something that a handout names; ``url`` is harmless or empty, ``pages`` are those it holds for.

    ``chinese`` is the Chinese that its line is printed in beside English.
    """

    role: Role
    text: str
    url: str = ""
    pages: tuple[str, ...] = ()
    chinese: Language = "zh_CN"

    def __str__(self) -> str:
        """Return the line as it is printed, in both languages."""
        address = f" <{self.url}>" if self.url and self.url != self.text else ""
        return f"{word_in_both(self.role, self.chinese)}: {self.text}{address}"


def credits_of(material: Material, pages: Iterable[Page]) -> tuple[Credit, ...]:
    """The credits of some pages of a course by their role, each once."""
    found: dict[tuple[Role, str, str], list[str]] = {}
    for page in pages:
        for credit in (*_of_front_matter(page.text), *_translators(material, page)):
            found.setdefault((credit.role, credit.text, credit.url), []).append(page.path)
    made = [Credit(role, text, url, tuple(paths), material.chinese) for (role, text, url), paths in found.items()]
    return tuple(sorted(made, key=lambda credit: get_args(Role).index(credit.role)))


def _translators(material: Material, page: Page) -> Iterator[Credit]:
    for name in material.translators.get(page.path, ()):
        yield Credit("translator", _short(name))


@cache
def _of_front_matter(text: str) -> tuple[Credit, ...]:
    matter = _MATTER.match(text)
    if not matter or not _WANTED.search(matter[1]):  # most pages: no YAML is read for them
        return ()
    keys = _top_level(matter[1])
    return tuple(
        Credit(role, value, safe_url(keys.get(f"{key}_url", "")) or (value if value.startswith("http") else ""))
        for key, role in _ROLES.items()
        if (value := _short(keys.get(key, "")))
    )


def _top_level(matter: str) -> dict[str, str]:
    """The texts of the keys of a front matter, those of a list joined; nothing where it is broken."""
    import yaml  # only for pages that credit somebody

    try:
        root = compose(matter)
    except yaml.YAMLError:
        return {}
    if not isinstance(root, yaml.MappingNode):
        return {}
    return {str(key.value).casefold(): ", ".join(_scalars(value)) for key, value in root.value}


def _scalars(node: object) -> Iterator[str]:
    """The texts of a value: itself, its points, or the names in a mapping of an author."""
    import yaml  # as above

    for each in node.value if isinstance(node, yaml.SequenceNode) else (node,):
        if isinstance(each, yaml.ScalarNode):
            yield str(each.value)
        elif isinstance(each, yaml.MappingNode):
            names = (value for key, value in each.value if str(key.value).casefold() == "name")
            yield from (str(name.value) for name in names if isinstance(name, yaml.ScalarNode))


def _short(text: str) -> str:
    return excerpt(text, _LONGEST)
