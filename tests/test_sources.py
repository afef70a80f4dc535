"""The real pages are the bytes that their table says."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

SOURCES = Path(__file__).parent.parent / "source_docs"
TABLE = re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|", (SOURCES / "README.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("path", "due"), TABLE)
def test_a_source_is_the_bytes_that_the_table_says(path: str, due: str) -> None:
    assert sha256((SOURCES / path).read_bytes()).hexdigest() == due


def test_every_page_stands_in_the_table() -> None:
    pages = {path.relative_to(SOURCES).as_posix() for path in SOURCES.glob("*/*.md") if path.name != "README.md"}
    assert pages == {path for path, _ in TABLE}
