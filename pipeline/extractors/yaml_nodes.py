"""YAML of pages to nodes with their places, in bounded time and memory whatever it holds: `compose`."""

from __future__ import annotations

import yaml

from pipeline.text.said import said

MOST_CHARACTERS = 65536  # no page describes itself in more, and YAML takes quadratic time on some that try
_DEEPEST = 50
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str) -> yaml.Node | None:
    """The node that ``text`` is; aliases are the node that they repeat, and no tag makes an object of Python.

    Raises:
        yaml.YAMLError: It is no YAML, longer than ``MOST_CHARACTERS``, or nested deeper than 50 levels.
    """
    if len(text) > MOST_CHARACTERS:
        problem = said(
            "it has {number:,} characters (at most {most:,} are read)", number=len(text), most=MOST_CHARACTERS
        )
        raise yaml.MarkedYAMLError(problem=problem)
    if _may_be_deep(text):
        _demand_shallow(text)
    root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    return root


def _may_be_deep(text: str) -> bool:
    """Whether brackets and indents could nest too deep: each block stands to the right of the one around it."""
    indent = max((len(line) - len(line.lstrip("-?: \t")) for line in text.splitlines()), default=0)
    return text.count("[") + text.count("{") + 2 * indent > _DEEPEST


def _demand_shallow(text: str) -> None:
    """Look at the events first: composing calls itself for each level, in C, where no limit stops it."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            error = yaml.MarkedYAMLError(problem=said("it is nested deeper than {most} levels", most=_DEEPEST))
            error.problem_mark = event.start_mark  # type: ignore[assignment]  # the C loader has marks of its own
            raise error
