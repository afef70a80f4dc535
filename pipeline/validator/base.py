"""The rules: what they are, how they register, and running them on a subject.

A rule is one generator function in any module of this package; its docstring states the good state, its first
parameter says by its type what it looks at (a `Page`, an `Outline`, a course, a message, a track …)::

    @rule("L101", "duplicate-anchor", "warning")
    def duplicate_anchor(page: Page) -> Iterator[Found]:
        \"\"\"Every anchor of a page is defined once.\"\"\"
        for line, name in …:
            yield Found(page.path, line, said("the anchor {name} is defined twice", name=name), fix="rename one")

The rule is found by a walk of the package; a new module is named in `subjects`, so that only checks of its subject load
it. A page `docs/<name>.md` beside this module explains it to users, with its code and name as the heading; a test asks
for it, and `make docs` lists it. A rule of taste, which not every project wants, is off until somebody asks for it:
``rule(code, name, "info", is_default=False)``; `is_on` says what asking is, `findings` takes what was asked for, and
``message_rule`` knows the same word. First letters of codes: A outlines and their alignment, E encodings, L links and anchors, M
messages, P pages, PO catalogs, ST subtitles, X the findings' own housekeeping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, TypeVar, get_type_hints

from pipeline.model import Change, Edit, Finding, PipelineError, Severity, Spot
from pipeline.text.said import said
from pipeline.text.suggestion import did_you_mean
from pipeline.validator.subjects import modules_for

_PACKAGE = "pipeline.validator"
Subject = TypeVar("Subject")


class Found(NamedTuple):
    """What a rule yields: the place and the words of a finding; code, name and severity come from the rule.

    ``line`` and ``column`` count from 1, line 0 is the whole file. ``severity`` is given only where this finding is
    weaker than the rule's others, because it is less certain. ``key``, ``spots`` and what follows are those of a `Finding`.
    """

    path: str
    line: int
    message: str
    column: int = 1
    source: str = ""
    target: str = ""
    fix: str = ""
    severity: Severity | None = None
    key: str = ""
    spots: tuple[Spot | None, Spot | None] = (None, None)
    edit: Edit | None = None
    end: tuple[int, int] | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule: ``sentence`` states the good state, ``subject`` is the type that ``finds`` looks at.

    ``subject`` is None where findings of that name are made elsewhere: while a track is read or a page is exported. A rule
    that is no default finds nothing until it is selected.
    """

    code: str
    name: str
    severity: Severity
    sentence: str
    subject: type | None = None
    finds: Callable[..., Iterator[Found]] | None = None
    is_default: bool = True


_RULES: dict[str, Rule] = {}


def rule(
    code: str, name: str, severity: Severity, *, is_default: bool = True
) -> Callable[[Callable[[Subject], Iterator[Found]]], Callable[[Subject], Iterator[Found]]]:
    """Register the decorated function as a rule.

    Raises:
        ValueError: The code or the name is taken.
    """

    def register(finds: Callable[[Subject], Iterator[Found]]) -> Callable[[Subject], Iterator[Found]]:
        hints = get_type_hints(finds)
        subject = next(hints[parameter] for parameter in hints if parameter != "return")
        sentence = (finds.__doc__ or "").strip().split("\n\n")[0]
        _add(Rule(code, name, severity, sentence, subject, finds, is_default))
        return finds

    return register


def found_elsewhere(code: str, name: str, severity: Severity, sentence: str) -> None:
    """Register a rule whose findings lower floors make, or exporters, so that users find it explained."""
    _add(Rule(code, name, severity, sentence))


def _add(made: Rule) -> None:
    for other in _RULES.values():
        if other.code == made.code or other.name == made.name:
            raise ValueError(f"rule {made.code} {made.name} is already {other.code} {other.name}")
    _RULES[made.code] = made


@cache
def _modules() -> tuple[str, ...]:
    return tuple(module.name for module in iter_modules(import_module(_PACKAGE).__path__))


@cache
def _all_imported() -> None:
    for module in _modules():
        import_module(f"{_PACKAGE}.{module}")


@cache
def _imported_for(classes: tuple[str, ...]) -> None:
    for module in modules_for(classes, _modules()):
        import_module(f"{_PACKAGE}.{module}")


def rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by code."""
    _all_imported()
    return _registered()


def _registered() -> tuple[Rule, ...]:
    return tuple(_RULES[code] for code in sorted(_RULES))


def rule_named(code_or_name: str) -> Rule:
    """Return the rule with that code or name, in upper or lower case.

    Raises:
        PipelineError: There is none; the remedy names the nearest.
    """
    wanted = code_or_name.strip().casefold()
    for registered in (_registered, rules):  # most know a rule that is loaded: the others load all
        known = {spelling.casefold(): each for each in registered() for spelling in (each.code, each.name)}
        if wanted in known:
            return known[wanted]
    remedy = did_you_mean(wanted, [each.name for each in rules()]) or said("bilect rule lists them all")
    raise PipelineError(said("no rule is called {name!r}", name=code_or_name), remedy=remedy)


def is_on(asked: Rule, selected: Iterable[str]) -> bool:
    """Whether a rule looks at all: by default, or because a word selects it, by its name or a beginning of its code.

    A family's letters alone (``M``) select no rule that is off by default: whoever wants all messages checked has not
    asked for taste.
    """
    return asked.is_default or any(
        word.lower() == asked.name or (word[-1:].isdigit() and asked.code.startswith(word.upper())) for word in selected
    )


def findings(subject: object, selected: Iterable[str] = ()) -> Iterator[Finding]:
    """Yield what every rule for this type of subject finds, rule by rule in the order of their codes.

    ``selected`` are the words that turn rules on which are off by default.
    """
    words = tuple(selected)
    _imported_for(tuple(each.__name__ for each in type(subject).__mro__))
    for each in _registered():
        if each.subject and each.finds and isinstance(subject, each.subject) and is_on(each, words):
            for found in each.finds(subject):
                yield _finding(each, found)


def _finding(by: Rule, found: Found) -> Finding:
    return Finding(
        code=by.code,
        name=by.name,
        severity=found.severity or by.severity,
        path=found.path,
        line=found.line,
        column=found.column,
        message=found.message,
        source=found.source,
        target=found.target,
        fix=found.fix,
        key=found.key,
        spots=found.spots,
        edit=found.edit,
        end=found.end,
        change=found.change,
    )


def documentation(of: Rule) -> str:
    """Return the Markdown page that explains a rule to users."""
    from importlib.resources import files  # 2 ms, which a check does not need

    return files("pipeline.validator").joinpath("docs", f"{of.name}.md").read_text(encoding="utf-8")


def known_selectors(words: Iterable[str]) -> None:
    """Let words pass that select rules: a code, the beginning of one, or a name.

    Raises:
        PipelineError: A word selects no rule; the remedy names the nearest.
    """
    for word in words:
        if not any(each.code.startswith(word.upper()) for each in rules()):
            rule_named(word)
