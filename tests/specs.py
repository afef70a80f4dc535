"""The examples of the CommonMark and GFM specifications, where they are at hand: `make specs` fetches both, with their licences.

They are looked for in the folder that BILECT_SPECS names, else in `.bilect/specs`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from golden import ROOT

NAMES = ("commonmark", "gfm")
_EXAMPLE = re.compile(r"^(`{32}) example[^\n]*\n(.*?)^\.\n(.*?)^\1$", re.DOTALL | re.MULTILINE)


class Example(NamedTuple):
    """One example: the line of the specification it stands on, its Markdown and the HTML that it gives."""

    line: int
    markdown: str
    html: str


def examples(text: str) -> list[Example]:
    """The examples of a `spec.txt`, in which ``→`` is a tab."""
    return [
        Example(text.count("\n", 0, match.start()) + 1, match[2].replace("→", "\t"), match[3].replace("→", "\t"))
        for match in _EXAMPLE.finditer(text)
    ]


def specification(name: str) -> list[Example]:
    """The examples of a specification; a test that asks for one that is not there is skipped, saying so."""
    folder = Path(os.environ.get("BILECT_SPECS") or ROOT / ".bilect" / "specs")
    path = folder / f"{name}.txt"
    if not path.is_file():
        pytest.skip(f"there is no {path}: `make specs` fetches it")
    return examples(path.read_text(encoding="utf-8"))
