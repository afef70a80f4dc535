"""Simplified Chinese as it is written in Taiwan: characters, words and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.model import PipelineError
from pipeline.text.lazily import lazily
from pipeline.text.markup import IMAGE, SYNTAX
from pipeline.text.said import said
from pipeline.text.script import HAN, has_han

if TYPE_CHECKING:  # 20 ms and an extra
    from opencc import OpenCC

Overrides = tuple[tuple[str, str], ...]
"""Simplified phrases with what they are called instead of what the dictionaries say; the first of equal ones counts."""

_CONVERSION = "s2twp"  # characters as Taiwan has them, and its words: 软件 is 軟體
_DOUBLE = str.maketrans("“”", "「」")
_SINGLE = lazily(rf"‘([^‘’\n]*[{HAN}][^‘’\n]*)’")


def traditional(text: str, overrides: Overrides = ()) -> str:
    """The text in the characters, words and quotation marks of Taiwan; code, addresses, tags and placeholders stay.

    Raises:
        PipelineError: OpenCC is not installed.

    >>> traditional("这个“软件”用 `默认值` 训练[神经网络](https://example.org/软件)")
    '這個「軟體」用 `默认值` 訓練[神經網路](https://example.org/软件)'
    >>> traditional("支持向量机", (("支持向量机", "支援向量機"),))
    '支援向量機'
    """
    if not has_han(text):
        return text
    parts, end = [], 0
    for match in SYNTAX.finditer(text):
        parts += [_prose(text[end : match.start()], overrides), _syntax(match[0], overrides)]
        end = match.end()
    return "".join((*parts, _prose(text[end:], overrides)))


def _syntax(markup: str, overrides: Overrides) -> str:
    """Markup, of which only the text of an image and the words in a formula are prose."""
    if image := IMAGE.fullmatch(markup):
        return f"![{_prose(image[1], overrides)}{markup[image.end(1) :]}"
    return _prose(markup, overrides) if markup.startswith("$") else markup


def _prose(text: str, overrides: Overrides) -> str:
    if not text or text.isascii():
        return text
    pattern, known = _pattern(overrides)
    parts, end = [], 0
    for match in pattern.finditer(text) if pattern else ():
        parts += [_converted(text[end : match.start()]), known[match[0]]]
        end = match.end()
    return "".join((*parts, _converted(text[end:])))


def _converted(text: str) -> str:
    made: str = _converter().convert(text) if text and not text.isascii() else text
    return _SINGLE.sub(r"『\1』", made).translate(_DOUBLE)


@lru_cache(maxsize=16)  # one for each course
def _pattern(overrides: Overrides) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """What finds the longest override at each place, and what stands there instead."""
    known: dict[str, str] = {}
    for simplified, instead in overrides:
        known.setdefault(simplified, instead)
    longest = sorted(known, key=lambda phrase: (-len(phrase), phrase))
    return (re.compile("|".join(map(re.escape, longest))) if longest else None), known


@cache
def _converter() -> OpenCC:
    try:
        from opencc import OpenCC  # heavy, and an extra
    except ImportError as error:
        message = said("an edition in traditional Chinese needs OpenCC, which is not installed")
        raise PipelineError(message, remedy="pip install 'bilect[tw]'") from error
    return OpenCC(_CONVERSION)


def _refuse(error: PipelineError) -> None:
    raise error


def overrides_in(text: str, path: str, tell: Callable[[PipelineError], object] = _refuse) -> Overrides:
    """The overrides in a table of two columns with a tab between them: simplified, traditional.

    Blank lines and those that begin with ``#`` say nothing, and neither does a first line of titles. ``tell`` gets what is
    wrong with a line; where it does not raise that, the others count.

    Raises:
        PipelineError: A line is no such row, and nobody else is told.
    """
    return tuple(_rows(text.removeprefix("\ufeff").splitlines(), path, tell))


def _rows(lines: Iterable[str], path: str, tell: Callable[[PipelineError], object]) -> Iterable[tuple[str, str]]:
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or line.startswith("#") or (number == 1 and cells[:2] == ["zh_CN", "zh_TW"]):
            continue
        if len(cells) < 2 or not (cells[0] and cells[1]):
            message = said("is no row of two phrases with a tab between them")
            tell(PipelineError(message, path=path, line=number, remedy="write: simplified, tab, traditional"))
            continue
        yield cells[0], cells[1]
