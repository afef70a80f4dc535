"""Plural-Forms of a header: how many forms there are, and which of them a number takes."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.said import said

Form = Callable[[int], int]
_TOKENS = re.compile(r"\s*+(?:(\d+|n|&&|\|\||[=!<>]=|[-+*/%<>!?:()])|(\S))")
_FIELD = re.compile(r"(.*?)\bnplurals\s*+=\s*+(\d{1,30})\s*+;\s*+plural\s*+=([^;]*)(;?.*)", re.DOTALL)
_LONGEST, _DEEPEST, _LARGEST = 1000, 40, 2**32
_BINARY: Mapping[str, tuple[int, Callable[[int, int], int]]] = {
    "||": (1, lambda a, b: int(bool(a or b))),
    "&&": (2, lambda a, b: int(bool(a and b))),
    **{sign: (3, made) for sign, made in (("==", operator.eq), ("!=", operator.ne))},
    **{sign: (4, made) for sign, made in (("<", operator.lt), (">", operator.gt), ("<=", operator.le), (">=", operator.ge))},
    **{sign: (5, made) for sign, made in (("+", operator.add), ("-", operator.sub))},
    **{sign: (6, made) for sign, made in (("*", operator.mul), ("/", operator.floordiv), ("%", operator.mod))},
}  # fmt: skip


class PluralForms(NamedTuple):
    """What a Plural-Forms field says; ``before`` and ``after`` are what stands round it and does not belong there."""

    number: int
    form: Form
    before: str = ""
    after: str = ""


@lru_cache(maxsize=64)
def plural_forms(field: str) -> PluralForms:
    """Return what a Plural-Forms field says.

    ``form`` raises ZeroDivisionError, and OverflowError where a value leaves the range of unsigned numbers of 32 bits.

    Raises:
        ValueError: It is none that gettext reads; its words say why (see `words_of`).
    """
    found = _FIELD.fullmatch(field)
    if found is None:
        raise ValueError(said("nplurals=NUMBER; plural=EXPRESSION; is due"))
    return PluralForms(int(found[2]), _expression(found[3]), found[1].strip(), found[4].removeprefix(";").strip())


def _expression(text: str) -> Form:
    if len(text) > _LONGEST:
        raise ValueError(said("the expression is too long"))
    tokens: list[str] = []
    for token, stray in _TOKENS.findall(text):
        if stray:
            raise ValueError(said("the expression holds {stray!r}", stray=stray))
        tokens.append(token)
    parser = _Parser(tokens)
    form = parser.choice(0)
    if parser.tokens:
        raise ValueError(said("the expression goes on with {found!r} where it should end", found=parser.tokens[-1]))
    return form


class _Parser:
    """The grammar of expressions in C, by precedence; each method takes its tokens and returns what they compute."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = list(reversed(tokens))

    def take(self) -> str:
        if not self.tokens:
            raise ValueError(said("the expression ends too early"))
        return self.tokens.pop()

    def demand(self, token: str) -> None:
        if (found := self.take()) != token:
            raise ValueError(said("the expression has {found!r} where {due!r} is due", found=found, due=token))

    def choice(self, depth: int) -> Form:
        condition = self.binary(1, depth)
        if not self.tokens or self.tokens[-1] != "?":
            return condition
        self.take()
        chosen = self.choice(depth + 1)
        self.demand(":")
        other = self.choice(depth + 1)
        return lambda n: chosen(n) if condition(n) else other(n)

    def binary(self, least: int, depth: int) -> Form:
        left = self.unary(depth)
        while self.tokens and self.tokens[-1] in _BINARY and _BINARY[self.tokens[-1]][0] >= least:
            sign = self.take()
            level, compute = _BINARY[sign]
            left = _combined(sign, compute, left, self.binary(level + 1, depth + 1))
        return left

    def unary(self, depth: int) -> Form:
        if depth > _DEEPEST:
            raise ValueError(said("the expression is nested too deep"))
        piece = self.take()
        if piece == "!":
            inner = self.unary(depth + 1)
            return lambda n: int(not inner(n))
        if piece == "(":
            inner = self.choice(depth + 1)
            self.demand(")")
            return inner
        if piece == "n":
            return lambda n: n
        if not piece.isdecimal():
            raise ValueError(said("the expression has {found!r} where a number or n is due", found=piece))
        number = int(piece)
        return lambda _: number


def _combined(sign: str, compute: Callable[[int, int], int], left: Form, right: Form) -> Form:
    if sign == "&&":
        return lambda n: int(bool(left(n)) and bool(right(n)))
    if sign == "||":
        return lambda n: int(bool(left(n)) or bool(right(n)))

    def computed(n: int) -> int:
        value = int(compute(left(n), right(n)))
        if not 0 <= value < _LARGEST:
            raise OverflowError
        return value

    return computed
