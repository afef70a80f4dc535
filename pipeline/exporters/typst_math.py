r"""TeX of a page as mathematics of typst, where it is simple; what is not known here is shown as it was written.

What comes out consists of functions and symbols named in this module and of strings: no letter of a page is code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SIGNS = re.compile(r"\\(?:[a-zA-Z]+|.)|[{}^_&~]|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
).split()
_SYMBOLS: Mapping[str, str] = {
    **{name: f"sym.{name}" for name in _GREEK},
    "varepsilon": '"ε"', "varphi": '"φ"', "cdot": '"⋅"', "times": '"×"', "div": '"÷"', "pm": '"±"', "mp": '"∓"',
    "leq": '"≤"', "le": '"≤"', "geq": '"≥"', "ge": '"≥"', "neq": '"≠"', "ne": '"≠"', "approx": '"≈"', "equiv": '"≡"',
    "sim": '"∼"', "propto": '"∝"', "infty": '"∞"', "partial": '"∂"', "nabla": '"∇"', "in": '"∈"', "notin": '"∉"',
    "subset": '"⊂"', "subseteq": '"⊆"', "cup": '"∪"', "cap": '"∩"', "forall": '"∀"', "exists": '"∃"', "to": '"→"',
    "rightarrow": '"→"', "leftarrow": '"←"', "Rightarrow": '"⇒"', "mid": '"|"', "ldots": '"…"', "dots": '"…"',
    "cdots": '"⋯"', "sum": "sym.sum", "prod": "sym.product", "int": "sym.integral", "ell": '"ℓ"', "circ": '"∘"',
    "log": "math.log", "ln": "math.ln", "exp": "math.exp", "max": "math.max", "min": "math.min", "sin": "math.sin",
    "cos": "math.cos", "tan": "math.tan", "lim": "math.lim", "det": "math.det", "Pr": "math.Pr", "arg": "math.arg",
    "%": '"%"', "#": '"#"', "$": '"$"', "&": '"&"', "_": '"_"', "{": '"{"', "}": '"}"', "|": '"‖"',
    ",": "h(0.17em)", ";": "h(0.28em)", ":": "h(0.22em)", "!": "h(-0.17em)", " ": "h(0.25em)", "quad": "h(1em)",
    "qquad": "h(2em)", "left": "", "right": "", "displaystyle": "", "argmax": "math.arg + math.max",
}  # fmt: skip
_WRAPPED: Mapping[str, str] = {
    "sqrt": "math.sqrt", "hat": "math.hat", "bar": "math.overline", "overline": "math.overline", "vec": "math.arrow",
    "tilde": "math.tilde", "dot": "math.dot", "mathbf": "math.bold", "mathbb": "math.bb", "mathcal": "math.cal",
    "mathrm": "math.upright", "boldsymbol": "math.bold",
}  # fmt: skip
_WORDS = {"text", "textrm", "operatorname", "mbox"}
_SIGN = re.compile(r"[\w()\[\]+\-*/=<>|,.:;!?'…·×÷±≤≥≠≈∞→∈∑∏∫√αβγδεζηθικλμνξπρστφχψω]")
_RELATIONS = frozenset("=<>≤≥≠≈≡∼∝∈∉⊂⊆→←⇒")
_OPERATIONS = frozenset("+-*×÷±∓⋅∪∩∘")
_NOTHING = '""'
_LONGEST, _DEEPEST = 400, 12


class _Unknown(Exception):  # noqa: N818 - nothing is wrong: the formula is shown as it was written
    """A mark that is not known here."""


def typst_math(tex: str) -> str | None:
    """The code of a formula, None where it has a command that is not known.

    >>> typst_math(r"x_1 \\leq 2"), typst_math(r"\\input{/etc/passwd}")
    ('{math.attach(math.italic("x"), b: "1"); math.class("relation", "≤"); "2"}', None)
    """
    if len(tex) > _LONGEST:
        return None
    try:
        return _Formula(tex).whole()
    except _Unknown:
        return None


def _spaced(code: str) -> str:
    """A sign with the room that it wants: much around a relation, less around an operation."""
    if code.strip('"') in _RELATIONS:
        return f'math.class("relation", {code})'
    if code.strip('"') in _OPERATIONS:
        minus = code.replace("-", "−")
        return f'math.class("binary", {minus})'
    return code


class _Formula:
    """Reads a formula from left to right."""

    def __init__(self, tex: str) -> None:
        self._signs: list[str] = [sign for sign in _SIGNS.findall(tex) if not sign.isspace()]
        self._place = 0
        self._depth = 0

    def whole(self) -> str:
        made = self._run(end="")
        if made == "{}":
            raise _Unknown
        return made

    def _next(self) -> str:
        if self._place >= len(self._signs):
            raise _Unknown
        self._place += 1
        return self._signs[self._place - 1]

    def _peek(self) -> str:
        return self._signs[self._place] if self._place < len(self._signs) else ""

    def _run(self, end: str) -> str:
        """What stands before ``end``, with what is above and below each part."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unknown
        parts: list[str] = []
        while (sign := self._peek()) != end:
            if not sign:
                raise _Unknown
            parts.append(self._attached(self._atom()))
        if end:
            self._next()
        self._depth -= 1
        return "{" + "; ".join(filter(None, parts)) + "}"

    def _attached(self, base: str) -> str:
        above = below = ""
        while self._peek() in {"^", "_"}:
            if self._next() == "^":
                above = self._once(above)
            else:
                below = self._once(below)
        if not above and not below:
            return base
        places = "".join(f", {key}: {code}" for key, code in (("t", above), ("b", below)) if code)
        return f"math.attach({base or _NOTHING}{places})"

    def _once(self, before: str) -> str:
        if before:
            raise _Unknown
        return self._atom()

    def _atom(self) -> str:
        sign = self._next()
        if sign == "{":
            return self._run("}")
        if sign.startswith("\\"):
            return self._command(sign[1:])
        if sign == "~":
            return "h(0.25em)"
        if not _SIGN.match(sign):
            raise _Unknown
        return f'math.italic("{sign}")' if sign.isalpha() and sign.isascii() else _spaced(f'"{sign}"')

    def _command(self, name: str) -> str:
        if name in _SYMBOLS:
            return _spaced(_SYMBOLS[name])
        if name in {"frac", "tfrac", "dfrac"}:
            return f"math.frac({self._atom()}, {self._atom()})"
        if name in _WORDS:
            return self._upright()
        if name in _WRAPPED and self._peek() != "[":
            return f"{_WRAPPED[name]}({self._atom()})"
        raise _Unknown

    def _upright(self) -> str:
        """Words in a formula; without their blanks they are letters only."""
        if self._next() != "{":
            raise _Unknown
        letters: list[str] = []
        while (sign := self._next()) != "}":
            if not sign.replace("-", "").isalnum():
                raise _Unknown
            letters.append(sign)
        return f'math.upright("{"".join(letters)}")'
