"""TOML as users write it: parsed, with the line that a key stands on, which tomllib does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

from pipeline.model import PipelineError
from pipeline.text.foreign import known
from pipeline.text.said import said

_TOLD_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def toml_document(data: bytes, path: str) -> dict[str, object]:
    """Return the tables and values of a TOML file, with or without a byte order mark.

    Raises:
        PipelineError: It is no UTF-8 or no TOML; the message says the line.
    """
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PipelineError("is not UTF-8", path=path, line=line, remedy="save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        told = _TOLD_LINE.search(str(error))
        words, at_end, _ = _TOLD_LINE.sub("", str(error)).partition(" (at end of document)")
        why = known(words.strip())
        if at_end:
            why = said("{why} at the end", why=why)
        line = int(told[1]) if told else data.count(b"\n") + 1
        raise PipelineError(said("is not TOML: {why}", why=why), path=path, line=line) from error


def line_of(lines: Sequence[str], location: Sequence[str | int], start: int = 0) -> int:
    """Return the 1-based line that a key stands on, or that of the innermost table found around it.

    ``location`` is the way to the key (``("accept", 1, "rule")``: the second ``[[accept]]``); the search begins at the
    0-based line ``start``.

    >>> line_of(["[[accept]]", "rule = 'a'", "[[accept]]", "rule = 'b'"], ("accept", 1, "rule"))
    4
    """
    place = start
    for position, step in enumerate(location):
        if isinstance(step, int):
            head = re.compile(rf"\s*\[\[\s*{re.escape(str(location[position - 1]))}\s*\]\]")
            heads = [number for number, line in enumerate(lines) if head.match(line)]
            place = heads[step] if step < len(heads) else place
        else:
            key = re.compile(rf"""\s*\[*\s*["']?{re.escape(step)}["']?\s*[=.\]]""")
            place = next((number for number in range(place, len(lines)) if key.match(lines[number])), place)
    return place + 1
