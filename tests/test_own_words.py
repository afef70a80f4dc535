"""What exporters say themselves is in the Chinese of the edition."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lesson import material_of
from opencc import OpenCC

import pipeline.exporters
from pipeline.exporters.base import exporter_named
from pipeline.exporters.own_words import in_chinese
from pipeline.exporters.site import site

FOLDER = Path(pipeline.exporters.__path__[0])
APART = {"handout_words.py", "own_words.py", "showing.py", "upload.py"}  # they have both
HAN = re.compile(r"[㐀-鿿]")
TO_TRADITIONAL = OpenCC("s2tw")


def said_in(path: Path) -> Iterator[str]:
    """The strings with Han characters that a module says, without its documentation."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield from [node.value] if HAN.search(node.value) else []


def test_what_exporters_say_has_traditional_characters() -> None:
    said = {text for path in FOLDER.glob("*.py") if path.name not in APART for text in said_in(path)}
    lines = [*(files("pipeline.exporters") / "player.html").read_text("utf-8").splitlines()]
    lines += re.findall(r'"[^"\n]*"', (FOLDER / "player.js").read_text("utf-8"))
    made = [in_chinese(text, "zh_TW") for text in (*said, *filter(HAN.search, lines))]
    assert len(made) > 60
    assert [text for text in made if TO_TRADITIONAL.convert(text) != text] == []


PAGE = """\
---
author: Ada
---

# Course

A course about models and what they learn.

## Lectures

1. Introduction
2. Regression
3. Classification
"""


@pytest.mark.parametrize("form", ["md", "html", "docx", "epub", "csv"])
def test_an_edition_says_nothing_in_simplified_characters(form: str) -> None:
    material = material_of(PAGE, {"Introduction": "引言", "Regression": "回歸"})
    material = replace(material, targets={"course/page.md": "zh_TW"}, chinese="zh_TW", layout="table")
    outputs = list(exporter_named(form)(material))
    assert [shown(output.data) for output in outputs] == [
        TO_TRADITIONAL.convert(shown(output.data)) for output in outputs
    ]
    assert outputs


def test_the_site_of_an_edition_says_nothing_in_simplified_characters() -> None:
    material = replace(material_of(PAGE), targets={"course/page.md": "zh_TW"}, chinese="zh_TW")
    pages = [output.data.decode() for output in site([material]) if output.path.endswith((".html", ".svg"))]
    assert pages == [TO_TRADITIONAL.convert(page) for page in pages]
    assert all('lang="zh-CN"' not in page for page in pages)


def shown(data: bytes) -> str:
    """All text of a file, of a zip archive that of its members; the theme of a Word document names fonts."""
    if not data.startswith(b"PK"):
        return data.decode()
    archive = ZipFile(BytesIO(data))
    return "\n".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist() if "theme" not in name)
